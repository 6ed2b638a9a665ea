//! Errors in words: what happened, why, and what to do about it.
//!
//! Each is one message of `errors.ftl` with a `.hint`. Nothing of a person is in them beyond ids and what was typed.

use std::io::ErrorKind;

use chrono::NaiveDate;
use rustix::io::Errno;

use super::{Arg, Texts};
use crate::config::ConfigProblem;
use crate::domain::ids::ItemId;
use crate::domain::person::Person;
use crate::domain::refusal::{Meanwhile, Refusal};
use crate::ops::{OpError, Warning};
use crate::store::{Exposed, Exposure, Fault, IdProblem, Problem, StoreError};

/// What happened, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What happened and why.
    pub what: String,
    /// What to do.
    pub hint: Option<String>,
}

/// Ids as one would name them to a command, too.
fn words_of(ids: &[ItemId]) -> String {
    let words: Vec<String> = ids.iter().map(ToString::to_string).collect();
    words.join(" ")
}

impl Texts {
    /// A message of `errors.ftl` with its hint.
    pub fn message(&self, id: &str, args: &[(&str, Arg<'_>)]) -> Message {
        Message {
            what: self.told(id, args),
            hint: self.wherever(id, Some("hint"), "hint-tui", args),
        }
    }

    fn told(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.wherever(id, None, "tui", args)
            .unwrap_or_else(|| self.with(id, args))
    }

    fn about_file(&self, id: &str, path: &std::path::Path, why: &impl ToString) -> Message {
        self.message(
            id,
            &[
                ("path", path.display().to_string().into()),
                ("why", why.to_string().into()),
            ],
        )
    }

    /// An error in words.
    pub fn op_error(&self, error: &OpError) -> Message {
        match error {
            OpError::Refused(refusal) => self.refusal(refusal),
            OpError::NoSuchId(id) => self.message("no-such-id", &[("id", id.to_string().into())]),
            OpError::BadId(text, IdProblem::Unknown(_)) => {
                self.message("no-such-id", &[("id", text.as_str().into())])
            }
            OpError::BadId(text, IdProblem::Ambiguous(ids)) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                self.message(
                    "ambiguous-id",
                    &[("id", text.as_str().into()), ("ids", ids.join(", ").into())],
                )
            }
            OpError::Store(error) => self.store_error(error),
            OpError::Backup(error) => self.backup_error(error),
            OpError::Unreadable { path, source } => self.about_file("unreadable", path, source),
            OpError::Unwritable { path, source } => self.about_file("unwritable", path, source),
            OpError::Exists(path) => self.message(
                "file-exists",
                &[("path", path.display().to_string().into())],
            ),
            OpError::NotMoved { path, source } => self.about_file("mail-not-moved", path, source),
            OpError::BadCatalogue { path, problems } => {
                self.about_file("bad-catalogue", path, &self.problems_of(problems))
            }
            OpError::BadRules { path, problems } => {
                self.about_file("bad-rules", path, &self.problems_of(problems))
            }
            OpError::BadTemplate { place, line, fault } => self.bad_template(place, *line, fault),
            OpError::BadMail { place, source } => self.bad_mail(place, source),
            OpError::Mailbox { place, source } => self.mailbox(place, source),
            OpError::NoSending
            | OpError::NotSent { .. }
            | OpError::MaybeSent { .. }
            | OpError::SentUnrecorded { .. } => self.not_handed_over(error),
            OpError::NoMailbox => self.message("mailbox-unconfigured", &[]),
            OpError::BadTable { place, source } => self.bad_table(place, source),
            OpError::DoubtfulList { place, columns } => self.message(
                "table-doubtful",
                &[
                    ("place", place.as_str().into()),
                    ("columns", columns.join(", ").into()),
                ],
            ),
        }
    }

    fn store_error(&self, error: &StoreError) -> Message {
        match error {
            StoreError::Busy { .. } => self.message("store-busy", &[]),
            StoreError::Foreign => self.message("store-foreign", &[]),
            StoreError::Older { found } => {
                self.message("store-older", &[("found", i64::from(*found).into())])
            }
            StoreError::Newer { found, known } => self.message(
                "store-newer",
                &[
                    ("found", i64::from(*found).into()),
                    ("known", i64::from(*known).into()),
                ],
            ),
            StoreError::Damaged { place } => {
                self.message("store-damaged", &[("place", place.as_str().into())])
            }
            StoreError::Io { path, source } => {
                let cause = match source.kind() {
                    ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
                    ErrorKind::ReadOnlyFilesystem => "read-only",
                    ErrorKind::PermissionDenied => "forbidden",
                    _ if source.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => "link",
                    _ => "other",
                };
                self.message(
                    "store-io",
                    &[
                        ("cause", cause.into()),
                        ("path", path.display().to_string().into()),
                        ("why", source.to_string().into()),
                    ],
                )
            }
            StoreError::Gone { path } => {
                self.message("store-gone", &[("path", path.display().to_string().into())])
            }
            StoreError::Unwritable { detail } => {
                self.message("store-defect", &[("detail", detail.as_str().into())])
            }
        }
    }

    /// What others could do with the store, in words.
    pub fn exposed(&self, exposed: &Exposed) -> String {
        let id = match exposed.how {
            Exposure::FileClosed => "exposed-file-closed",
            Exposure::FileOpen => "exposed-file-open",
            Exposure::FolderClosed => "exposed-folder-closed",
            Exposure::FolderWritable => "exposed-folder-writable",
        };
        self.with(
            id,
            &[
                ("path", exposed.path.display().to_string().into()),
                ("mode", format!("{:04o}", exposed.mode).into()),
            ],
        )
    }

    /// A refusal in words.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each refusal, and nothing else"
    )]
    pub fn refusal(&self, refusal: &Refusal) -> Message {
        if let Some(message) = self.letter_refusal(refusal) {
            return message;
        }
        let message = format!("refusal-{}", refusal.word());
        let say = |args: &[(&str, Arg<'_>)]| self.message(&message, args);
        match refusal {
            Refusal::AlreadyClosed { id, on }
            | Refusal::LinkAlreadySent { id, on }
            | Refusal::IdentityConfirmed { id, on } => {
                say(&[("id", id.to_string().into()), ("on", self.date(*on).into())])
            }
            Refusal::NotClosed(id)
            | Refusal::NotHeld(id)
            | Refusal::NotRefusable(id)
            | Refusal::WasDeclined(id)
            | Refusal::IdentityNotAsked(id)
            | Refusal::NothingToMergeInto(id)
            | Refusal::Erased(id)
            | Refusal::AccessOpen(id)
            | Refusal::UndoBlocked(id) => say(&[("id", id.to_string().into())]),
            Refusal::OpenTasks { id, tasks } => say(&[
                ("id", id.to_string().into()),
                ("n", tasks.len().into()),
                ("tasks", tasks.join(", ").into()),
            ]),
            Refusal::WrongType { id, needs } => say(&[
                ("id", id.to_string().into()),
                ("needs", self.item_type(*needs).into()),
            ]),
            Refusal::OutcomeNotHere { item_type, .. } => {
                say(&[("type", self.item_type(*item_type).into())])
            }
            Refusal::NoSuchTask { id, task, known } => say(&[
                ("id", id.to_string().into()),
                ("task", task.as_str().into()),
                ("known", known.join(", ").into()),
            ]),
            Refusal::NoteRequired(status) | Refusal::FollowUpOfNothing(status) => {
                say(&[("status", self.task_status(*status).into())])
            }
            Refusal::NoSuchCopy { id, place, known } => say(&[
                ("id", id.to_string().into()),
                ("place", place.as_str().into()),
                ("known", known.join(", ").into()),
            ]),
            Refusal::FileStillThere { id, path, .. } => say(&[
                ("id", id.to_string().into()),
                ("path", path.as_str().into()),
            ]),
            Refusal::DeleteFirst { place } => say(&[("place", place.as_str().into())]),
            Refusal::DecideFirst { id, task } => say(&[
                ("id", id.to_string().into()),
                ("task", task.as_str().into()),
            ]),
            Refusal::RecordingsLeft {
                id,
                recordings: ids,
            }
            | Refusal::WhichDuplicate { id, twins: ids } => say(&[
                ("id", id.to_string().into()),
                ("n", ids.len().into()),
                ("ids", words_of(ids).into()),
            ]),
            Refusal::CannotMerge { id, into } => say(&[
                ("id", id.to_string().into()),
                ("into", into.to_string().into()),
            ]),
            Refusal::CopyAlready { place, status } => say(&[
                ("place", place.as_str().into()),
                ("status", self.copy_status(*status).to_lowercase().into()),
            ]),
            Refusal::DateBefore { given, earliest } => say(&[
                ("given", self.date(*given).into()),
                ("earliest", self.date(*earliest).into()),
            ]),
            Refusal::DateInFuture { given, today } => say(&[
                ("given", self.date(*given).into()),
                ("today", self.date(*today).into()),
            ]),
            Refusal::TextMissing(needed) => {
                let text = self.get(&format!("needed-{}", needed.word()));
                say(&[("text", text.into())])
            }
            Refusal::NoRows {
                id,
                task,
                file,
                searched,
            } => say(&[
                ("id", id.to_string().into()),
                ("task", task.as_str().into()),
                ("file", file.as_str().into()),
                ("n", (*searched).into()),
            ]),
            Refusal::TooManyRows { file, bytes, limit } => say(&[
                ("file", file.as_str().into()),
                ("kib", (bytes / 1024).into()),
                ("limit", (limit / 1024).into()),
            ]),
            Refusal::NoSuchFile { id, number, there } => {
                let there: Vec<String> = there.iter().map(u32::to_string).collect();
                say(&[
                    ("id", id.to_string().into()),
                    ("number", (*number).into()),
                    ("n", there.len().into()),
                    ("there", there.join(", ").into()),
                ])
            }
            Refusal::FileHasNoContent { id, number, why } => say(&[
                ("id", id.to_string().into()),
                ("number", (*number).into()),
                ("why", self.not_kept(*why).into()),
            ]),
            Refusal::OthersInPackage {
                id,
                file,
                email,
                other,
                count,
            } => say(&[
                ("id", id.to_string().into()),
                ("file", file.as_str().into()),
                ("email", email.as_str().into()),
                ("other", other.to_string().into()),
                ("n", (*count).into()),
            ]),
            Refusal::FileThere { id, number, name } => say(&[
                ("id", id.to_string().into()),
                ("number", (*number).into()),
                ("name", name.as_str().into()),
            ]),
            Refusal::FileNotKept { name, why } => say(&[
                ("name", name.as_str().into()),
                ("why", self.not_kept(Some(*why)).into()),
            ]),
            Refusal::FileTooLarge { name, limit } => say(&[
                ("name", name.as_str().into()),
                ("mib", (limit / 1024 / 1024).into()),
            ]),
            Refusal::NotAnAddress(text) => say(&[("text", text.as_str().into())]),
            Refusal::NeededForAccess { id, request } | Refusal::TakenAlready { id, request } => {
                say(&[
                    ("id", id.to_string().into()),
                    ("request", request.to_string().into()),
                ])
            }
            Refusal::NeverRefusable(kind) | Refusal::NoExtensionForKind(kind) => say(&[
                ("kind", self.kind(*kind).to_lowercase().into()),
                ("word", kind.word().into()),
            ]),
            Refusal::EarlierUnanswered { id, earlier } => say(&[
                ("id", id.to_string().into()),
                ("earlier", earlier.to_string().into()),
            ]),
            Refusal::FactsTooShort { given, needed } => {
                say(&[("given", (*given).into()), ("needed", (*needed).into())])
            }
            Refusal::OnlyNonGrounds(named) | Refusal::NotAnExtensionReason(named) => {
                say(&[("named", self.non_grounds(named).into())])
            }
            Refusal::BurdenNotAccepted(red) => {
                let told: Vec<String> = red
                    .iter()
                    .map(|question| {
                        let (question, answer) = self.question(question);
                        format!("{question} {answer}")
                    })
                    .collect();
                say(&[("questions", told.join(" · ").into())])
            }
            Refusal::AlreadyExtended { id, until } => say(&[
                ("id", id.to_string().into()),
                ("until", self.date(*until).into()),
            ]),
            Refusal::ExtensionTooLate { last_day } => say(&[("last", self.date(*last_day).into())]),
            Refusal::ChangedMeanwhile {
                id, changes, today, ..
            } => {
                let told: Vec<String> = changes
                    .iter()
                    .map(|change| self.meanwhile(change, *today))
                    .collect();
                say(&[
                    ("id", id.to_string().into()),
                    ("changes", told.join(", ").into()),
                ])
            }
            Refusal::LetterDoesNotFit { .. }
            | Refusal::WhichLetter { .. }
            | Refusal::LetterNeedsRejection(_)
            | Refusal::LetterFields { .. }
            | Refusal::NoLetterField { .. }
            | Refusal::LetterIncomplete { .. }
            | Refusal::LetterNowhere { .. }
            | Refusal::NoSenderAddress
            | Refusal::SendingOpen { .. }
            | Refusal::LetterSentAlready { .. }
            | Refusal::NotBeingSent(_)
            | Refusal::NotHerAddress { .. }
            | Refusal::RejectInstead
            | Refusal::NobodyNamed
            | Refusal::ReadOnly
            | Refusal::CprNumber
            | Refusal::NothingToUndo
            | Refusal::BeforeErasure
            | Refusal::NothingToRedo => say(&[]),
        }
    }

    /// `note added today at 9:31 (command)`.
    fn meanwhile(&self, change: &Meanwhile, today: NaiveDate) -> String {
        self.with(
            "meanwhile",
            &[
                ("event", self.event(&change.event).to_lowercase().into()),
                ("when", self.moment(change.at, today).into()),
                ("via", self.get(&format!("via-{}", change.via)).into()),
            ],
        )
    }

    /// Who may be the person of a mail that was passed on, and how to say so.
    pub fn offered_person(&self, id: ItemId, inner: &Person) -> String {
        let email = inner.email().unwrap_or_default();
        let who = if inner.name.is_empty() {
            email.to_owned()
        } else {
            format!("{} ({email})", inner.name)
        };
        self.told(
            "warning-passed-on",
            &[
                ("id", id.to_string().into()),
                ("who", who.into()),
                ("email", email.into()),
            ],
        )
    }

    /// A warning in words.
    pub fn warning(&self, warning: &Warning) -> String {
        match warning {
            Warning::LinkOutlivesRecording { id, due } => self.with(
                "warning-link-outlives",
                &[
                    ("id", id.to_string().into()),
                    ("due", self.date(*due).into()),
                ],
            ),
            Warning::PassedOn { id, inner } => self.offered_person(*id, inner),
            Warning::LateRefusal { id, due } => self.with(
                "warning-late-refusal",
                &[
                    ("id", id.to_string().into()),
                    ("due", self.date(*due).into()),
                ],
            ),
            Warning::ReceivedInFuture(on) => {
                self.with("warning-future", &[("on", self.date(*on).into())])
            }
            Warning::PartlyInstead(id) => {
                self.told("warning-partly", &[("id", id.to_string().into())])
            }
            Warning::Repeat { id, earlier, days } => self.with(
                "warning-repeat",
                &[
                    ("id", id.to_string().into()),
                    ("earlier", earlier.to_string().into()),
                    ("n", (*days).into()),
                ],
            ),
            Warning::OnlySent { id, refusal } => self.with(
                "warning-only-sent",
                &[
                    ("id", id.to_string().into()),
                    ("why", self.refusal(refusal).what.into()),
                ],
            ),
            Warning::StillOpen(id) => {
                self.told("warning-still-open", &[("id", id.to_string().into())])
            }
            Warning::Conflict { id, other, due } => self.with(
                "warning-conflict",
                &[
                    ("id", id.to_string().into()),
                    ("other", other.to_string().into()),
                    ("due", self.date(*due).into()),
                ],
            ),
        }
    }

    /// A problem in the store, in words: where, and what.
    pub fn store_problem(&self, problem: &Problem) -> String {
        let mut place: Vec<String> = problem.table.map(str::to_owned).into_iter().collect();
        place.extend(problem.key.clone());
        let mut place = place.join(", ");
        if let Some(id) = problem.id {
            place = format!("{place} ({id})");
        }
        let detail = match &problem.fault {
            Fault::File(said) => said.as_str(),
            _ => "",
        };
        self.with(
            &format!("problem-{}", problem.fault.word()),
            &[("place", place.into()), ("detail", detail.into())],
        )
    }

    /// A problem in the settings, in words.
    pub fn config_problem(&self, problem: &ConfigProblem) -> String {
        match problem {
            ConfigProblem::Syntax(said) => said.clone(),
            ConfigProblem::Value {
                setting,
                value,
                wanted,
            } => self.with(
                "config-value",
                &[
                    ("setting", (*setting).into()),
                    ("value", value.as_str().into()),
                    ("wanted", wanted.as_str().into()),
                ],
            ),
            ConfigProblem::Missing { setting } => {
                self.with("config-missing", &[("setting", (*setting).into())])
            }
            ConfigProblem::Together { setting, other } => self.with(
                "config-together",
                &[("setting", (*setting).into()), ("other", (*other).into())],
            ),
        }
    }
}
