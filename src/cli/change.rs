//! The commands that change a record: arguments become an operation, what it did is told.

use std::io::Read as _;
use std::path::Path;

use chrono::NaiveDate;

use super::args::{
    AddCommand, AddOptOutArgs, AddRecordingArgs, AddRequestArgs, Command, IdentityArgs,
    IdentityStep, TaskArgs,
};
use super::exit::Exit;
use super::{Ended, Failure, Session, environment, print, printed, when};
use crate::domain::conduct::{RejectionDraft, Resolution, TaskDraft};
use crate::domain::deadline::local_date;
use crate::domain::person::Person;
use crate::export::json;
use crate::mail::clean;
use crate::ops::add::{NewOptOut, NewRecording, NewRequest};
use crate::ops::{Action, Done, Op, OpError, Target};
use crate::when::ReceivedAt;

impl Session {
    /// Every command that is an operation.
    pub(super) fn change(&mut self, command: Command) -> Ended {
        let (ids, action) = match command {
            Command::Add(add) => return self.add(add),
            Command::Task(args) if args.from.is_some() => return self.task_from(&args),
            Command::Undo => return self.revert(&Op::Undo),
            Command::Redo => return self.revert(&Op::Redo),
            Command::Split { id, kind } => {
                let target = Target::from(self.desk.find(&id)?);
                return self.enter(&Op::Split(target, kind));
            }
            Command::Take { id, kind } => {
                let target = Target::from(self.desk.find(&id)?);
                return self.enter(&Op::Take(target, kind));
            }
            Command::Resolve(args) => (
                args.id,
                Action::Resolve(Resolution {
                    outcome: args.outcome,
                    note: args.note.as_deref().map(clean::text),
                    override_reason: args.override_reason.as_deref().map(clean::text),
                    delete_files: args.delete_files,
                }),
            ),
            other => {
                let (id, action) = self.action(other)?;
                (vec![id], action)
            }
        };
        let mut targets: Vec<Target> = Vec::new();
        for id in ids {
            let target = Target::from(self.desk.find(&id)?);
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        let done = self.desk.run(&Op::Act(targets, action))?;
        self.tell(&done)
    }

    /// The action of a command about one record.
    fn action(&self, command: Command) -> Result<(String, Action), Failure> {
        let date = |text: Option<String>| when::maybe_date(&self.texts, text.as_deref());
        Ok(match command {
            Command::Note { id, text } => (id, Action::Note(Self::text(&text)?)),
            Command::Edit(args) => (
                args.id,
                Action::EditPerson {
                    name: args.name.as_deref().map(clean::line),
                    emails: args.email.iter().map(|email| clean::line(email)).collect(),
                },
            ),
            Command::Identity(args) => self.identity(args)?,
            Command::Extend {
                id,
                reason,
                notified,
            } => (
                id,
                Action::Extend {
                    reason: clean::text(&reason),
                    notified_on: date(notified)?,
                },
            ),
            Command::Task(args) => {
                let follow_up_on = date(args.follow_up.clone())?;
                task(args, follow_up_on)
            }
            Command::Merge { id, into } => (id, Action::MergeInto(self.desk.find(&into)?)),
            Command::Hold { id, reason, review } => (
                id,
                Action::Hold {
                    reason: clean::text(&reason),
                    review_on: when::date(&self.texts, &review)?,
                },
            ),
            Command::Release { id } => (id, Action::LiftHold),
            Command::Reject(args) => (
                args.id,
                Action::Reject(RejectionDraft {
                    ground: args.ground,
                    facts: clean::text(&args.facts),
                    burden_accepted: args.accept_burden_of_proof,
                }),
            ),
            Command::Reopen { id, reason } => (id, Action::Reopen(clean::text(&reason))),
            other => return self.recording_action(other),
        })
    }

    /// The action of a command about a recording.
    fn recording_action(&self, command: Command) -> Result<(String, Action), Failure> {
        let date = |text: Option<String>| when::maybe_date(&self.texts, text.as_deref());
        Ok(match command {
            Command::LinkSent { id, on, expires } => (
                id,
                Action::LinkSent {
                    on: date(on)?,
                    expires_on: date(expires)?,
                },
            ),
            Command::Delivered { id, on, how } => (
                id,
                Action::Delivered {
                    on: date(on)?,
                    how: how.as_deref().map(clean::line),
                },
            ),
            Command::Agree {
                id,
                until,
                agreed_on,
                reference,
            } => (
                id,
                Action::Agree {
                    until: when::date(&self.texts, &until)?,
                    agreed_on: when::date(&self.texts, &agreed_on)?,
                    reference: clean::line(&reference),
                },
            ),
            Command::Consent {
                id,
                purpose,
                reference,
                on,
            } => (
                id,
                Action::Consent {
                    purpose: clean::line(&purpose),
                    reference: clean::line(&reference),
                    on: when::date(&self.texts, &on)?,
                },
            ),
            Command::Copy {
                id,
                place,
                status,
                on,
                delete_file,
            } => (
                id,
                Action::MarkCopy {
                    place: clean::line(&place),
                    status,
                    on: date(on)?,
                    delete_file,
                },
            ),
            other => {
                return Err(Failure::Usage(self.texts.message(
                    "not-a-change",
                    &[("command", format!("{other:?}").into())],
                )));
            }
        })
    }

    fn identity(&self, args: IdentityArgs) -> Result<(String, Action), Failure> {
        let on = when::maybe_date(&self.texts, args.on.as_deref())?;
        let action = match args.step {
            IdentityStep::Requested => Action::RequestIdentity {
                doubt: clean::text(&args.reason.unwrap_or_default()),
                on,
            },
            IdentityStep::Confirmed => Action::ConfirmIdentity {
                method: clean::line(&args.method.unwrap_or_default()),
                on,
            },
        };
        Ok((args.id, action))
    }

    fn add(&mut self, command: AddCommand) -> Ended {
        let op = match command {
            AddCommand::Request(args) => self.new_request(args)?,
            AddCommand::Recording(args) => self.new_recording(&args)?,
            AddCommand::Optout(args) => self.new_opt_out(args)?,
        };
        self.enter(&op)
    }

    /// Enters something new and prints its id.
    fn enter(&mut self, op: &Op) -> Ended {
        let done = self.desk.run(op)?;
        self.warn(&done);
        let Some(item) = done.items.first() else {
            return Ok(Exit::Done);
        };
        if self.global.json {
            let card = self.desk.detail(item.id())?;
            self.print_detail(&card)?;
        } else {
            printed(self.out.line(item.id().to_string()))?;
        }
        Ok(Exit::Done)
    }

    fn new_request(&self, args: AddRequestArgs) -> Result<Op, Failure> {
        let received = args
            .received
            .map(|text| when::received(&self.texts, self.desk.clock, &text))
            .transpose()?;
        let message = args
            .message
            .map(|message| Self::text_or_file(&message))
            .transpose()?;
        Ok(Op::AddRequest(NewRequest {
            kind: args.kind,
            person: person(&args.name, &args.email),
            received,
            channel: args.channel,
            language: self.texts.language(),
            message,
            mail: None,
        }))
    }

    fn new_recording(&self, args: &AddRecordingArgs) -> Result<Op, Failure> {
        Ok(Op::AddRecording(NewRecording {
            title: clean::line(&args.title),
            person: person(&args.name, &args.email),
            recorded_on: when::date(&self.texts, &args.recorded)?,
            form: args.form,
            link_sent_on: when::maybe_date(&self.texts, args.link_sent.as_deref())?,
            link_expires_on: when::maybe_date(&self.texts, args.link_expires.as_deref())?,
            copies: args.copy.iter().map(|given| copy(given)).collect(),
            declined: args.declined,
        }))
    }

    fn new_opt_out(&self, args: AddOptOutArgs) -> Result<Op, Failure> {
        let received = args
            .received
            .map(|text| when::received(&self.texts, self.desk.clock, &text))
            .transpose()?;
        Ok(Op::AddOptOut(NewOptOut {
            email: clean::line(&args.email),
            name: args.name.as_deref().map(clean::line),
            received_on: received.map(|received| match received {
                ReceivedAt::Date(date) => date,
                ReceivedAt::Instant(instant) => local_date(instant, self.desk.settings.zone),
            }),
            source: args.source,
        }))
    }

    /// `-` is standard input.
    fn text(given: &str) -> Result<String, Failure> {
        if given != "-" {
            return Ok(clean::text(given));
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|source| OpError::Unreadable {
                path: "-".into(),
                source,
            })?;
        Ok(clean::text(&String::from_utf8_lossy(&bytes)))
    }

    /// `@FILE` is a file, `-` standard input.
    pub(super) fn text_or_file(given: &str) -> Result<String, Failure> {
        let Some(path) = given.strip_prefix('@') else {
            return Self::text(given);
        };
        let bytes = std::fs::read(path).map_err(|source| OpError::Unreadable {
            path: Path::new(path).to_owned(),
            source,
        })?;
        Ok(clean::text(&String::from_utf8_lossy(&bytes)))
    }

    fn revert(&mut self, op: &Op) -> Ended {
        let done = self.desk.run(op)?;
        if let Some(reverted) = &done.reverted {
            if self.global.json {
                let ids: Vec<String> = reverted.ids.iter().map(ToString::to_string).collect();
                let value = serde_json::json!({"event": reverted.event, "ids": ids});
                printed(self.out.json(&value))?;
            } else {
                let line = self
                    .texts
                    .reverted(&reverted.event, &reverted.ids, reverted.redone);
                printed(self.out.line(line))?;
            }
        }
        Ok(Exit::Done)
    }

    fn warn(&self, done: &Done) {
        for warning in &done.warnings {
            print::warning(&self.texts.warning(warning));
        }
    }

    /// Says what was done: a line a record, or with `--json` the record.
    pub(super) fn tell(&mut self, done: &Done) -> Ended {
        self.warn(done);
        if self.global.json {
            return self.tell_as_json(done);
        }
        for item in &done.items {
            let line = self.texts.with(
                "changed",
                &[
                    ("id", item.id().to_string().into()),
                    ("status", self.texts.standing_of(item).to_lowercase().into()),
                ],
            );
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }

    /// One record as `show` gives it; several as an array.
    fn tell_as_json(&mut self, done: &Done) -> Ended {
        let mut values = Vec::new();
        for item in &done.items {
            let card = self.desk.detail(item.id())?;
            values.push(json::item(&card, &self.wording()?));
        }
        let value = match values.len() {
            1 => values.remove(0),
            _ => serde_json::Value::Array(values),
        };
        printed(self.out.json(&value))?;
        Ok(Exit::Done)
    }
}

/// `PLACE=LOCATOR`. A path on the own disk is made absolute: later commands run elsewhere.
fn copy(given: &str) -> (String, Option<String>) {
    let Some((place, locator)) = given.split_once('=') else {
        return (clean::line(given), None);
    };
    let (place, locator) = (clean::line(place), clean::line(locator));
    if !place.starts_with("local") {
        return (place, Some(locator));
    }
    let path = environment::expand(Path::new(&locator));
    let absolute = std::path::absolute(&path).unwrap_or(path);
    (place, Some(absolute.display().to_string()))
}

fn person(name: &str, emails: &[String]) -> Person {
    Person {
        name: clean::line(name),
        emails: emails.iter().map(|email| clean::line(email)).collect(),
    }
}

fn task(args: TaskArgs, follow_up_on: Option<NaiveDate>) -> (String, Action) {
    let note = args.note.as_deref().map(clean::text);
    match (args.add, args.task, args.status) {
        (Some(title), _, _) => (
            args.id,
            Action::AddTask(TaskDraft {
                title: clean::line(&title),
                place: args.place.as_deref().map(clean::line),
                url: args.url.as_deref().map(clean::line),
                at: args.at.iter().map(|at| clean::line(at)).collect(),
            }),
        ),
        (None, task, status) => (
            args.id,
            Action::SetTask {
                task: task.unwrap_or_default(),
                // clap demands a status wherever no task is added.
                status: status.unwrap_or(crate::domain::task::TaskStatus::Todo),
                note,
                follow_up_on,
            },
        ),
    }
}
