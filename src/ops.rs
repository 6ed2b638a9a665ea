//! What can be done, for command line and terminal UI alike: an [`Op`] goes in, what it changed comes out.
//!
//! Operations ask `domain::conduct` inside the transaction that carries them out. They print nothing, read no clock of
//! their own and know no screen.

pub mod add;
pub mod backup;
mod drafts;
pub mod erase;
pub mod error;
pub mod files;
pub mod intake;
pub mod letters;
pub mod listing;
mod local_files;
pub mod queries;
pub mod today;
pub mod together;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use self::add::{NewOptOut, NewRecording, NewRequest};
pub use self::error::OpError;
use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::conduct::{self, Moment, RejectionDraft, Resolution, Sending, TaskDraft};
use crate::domain::draft::Place;
use crate::domain::event::Event;
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::person::Person;
use crate::domain::recording::CopyStatus;
use crate::domain::refusal::{Meanwhile, Refusal};
use crate::domain::request::Kind;
use crate::domain::standing::standing;
use crate::domain::task::TaskStatus;
use crate::mail::rules::Rules;
use crate::store::{Reverted, Store, StoreError, Tx, Via, View, Writer};

/// How many of the changes that others made meanwhile are told.
const CHANGES_TOLD: usize = 3;

/// Where the owner's own templates of letters are looked for, beside the settings.
pub const LETTERS_FOLDER: &str = "letters";

/// Where the owner's own service cards are looked for, beside the settings.
pub const SERVICES_FILE: &str = "services.toml";
/// Where the owner's own rules of the intake are looked for, beside the settings.
pub const INTAKE_FILE: &str = "intake.toml";

/// The owner's desk: the store, the settings, the clock, and the service cards when they are needed.
#[derive(Debug)]
pub struct Desk {
    /// The store.
    pub store: Store,
    /// The settings.
    pub settings: Settings,
    /// The clock.
    pub clock: Clock,
    /// Through which interface things are done.
    pub via: Via,
    /// Whether nothing may be changed.
    pub read_only: bool,
    /// The owner's own service cards, when there is such a file.
    pub services_file: Option<PathBuf>,
    /// The owner's own rules of the intake, when there is such a file.
    pub intake_file: Option<PathBuf>,
    /// The owner's own templates of letters, where there are any.
    pub letters_folder: Option<PathBuf>,
    catalogue: Arc<OnceLock<Catalogue>>,
}

/// The service cards of a desk, for another thread: read once, by whoever asks first.
#[derive(Debug)]
pub struct Services {
    file: Option<PathBuf>,
    cards: Arc<OnceLock<Catalogue>>,
}

impl Services {
    /// The built-in cards, or the owner's file in their place.
    ///
    /// # Errors
    /// The file cannot be read, or has problems: all of them.
    pub fn catalogue(&self) -> Result<&Catalogue, OpError> {
        catalogue(&self.cards, self.file.as_deref())
    }
}

/// A file of the owner's own.
fn text_of(path: &Path) -> Result<String, OpError> {
    std::fs::read_to_string(path).map_err(|source| OpError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn catalogue<'c>(
    cards: &'c OnceLock<Catalogue>,
    file: Option<&Path>,
) -> Result<&'c Catalogue, OpError> {
    if let Some(catalogue) = cards.get() {
        return Ok(catalogue);
    }
    let catalogue = match file {
        Some(path) if path.exists() => {
            let text = text_of(path)?;
            Catalogue::parse(&text).map_err(|problems| OpError::BadCatalogue {
                path: path.to_owned(),
                problems,
            })?
        }
        _ => Catalogue::built_in(),
    };
    Ok(cards.get_or_init(|| catalogue))
}

/// One record an operation is meant for, and the version that was seen when it was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Which.
    pub id: ItemId,
    /// The version shown; `None` on the command line, where nothing was shown.
    pub seen: Option<u64>,
}

impl From<ItemId> for Target {
    fn from(id: ItemId) -> Self {
        Self { id, seen: None }
    }
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Enter a request.
    AddRequest(NewRequest),
    /// Enter a recording.
    AddRecording(NewRecording),
    /// Enter an opt-out.
    AddOptOut(NewOptOut),
    /// Make a second request of one, for another right asked for in the same letter.
    Split(Target, Kind),
    /// Make a request of a mail that was set aside.
    Take(Target, Kind),
    /// Do something to records: to all of them, or to none when one is refused.
    Act(Vec<Target>, Action),
    /// Send a letter, or note that it was sent, with what it tells.
    SendLetter(Target, Box<Sending>),
    /// Take the last change back.
    Undo,
    /// Do again what undo took back.
    Redo,
}

/// Something to do to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Close it.
    Resolve(Resolution),
    /// Refuse it as unreasonable.
    Reject(RejectionDraft),
    /// Add a remark.
    Note(String),
    /// Set a task.
    SetTask {
        /// The task's id, or its number in the list.
        task: String,
        /// To what.
        status: TaskStatus,
        /// Why, or a remark.
        note: Option<String>,
        /// When to ask again.
        follow_up_on: Option<NaiveDate>,
    },
    /// Add a task.
    AddTask(TaskDraft),
    /// Let a file go into the package for the person, or keep it out.
    MarkFile {
        /// Its number.
        number: u32,
        /// Whether it is for the owner alone.
        internal: bool,
    },
    /// Take a file out.
    RemoveFile(u32),
    /// The download link was sent.
    LinkSent {
        /// When; today when `None`.
        on: Option<NaiveDate>,
        /// When it stops working.
        expires_on: Option<NaiveDate>,
    },
    /// The person got a copy of the recording.
    Delivered {
        /// When; today when `None`.
        on: Option<NaiveDate>,
        /// How.
        how: Option<String>,
    },
    /// A copy was deleted or purged.
    MarkCopy {
        /// Where.
        place: String,
        /// To what.
        status: CopyStatus,
        /// When; today when `None`.
        on: Option<NaiveDate>,
        /// Whether the file of a copy on the own disk is to be deleted first.
        delete_file: bool,
    },
    /// Another deletion date was agreed in writing.
    Agree {
        /// Until when it is kept.
        until: NaiveDate,
        /// The date of the agreement.
        agreed_on: NaiveDate,
        /// Where it is kept.
        reference: String,
    },
    /// Another use was consented to.
    Consent {
        /// What for.
        purpose: String,
        /// Where the consent is kept.
        reference: String,
        /// Its date.
        on: NaiveDate,
    },
    /// Extend the period.
    Extend {
        /// The concrete reason.
        reason: String,
        /// When the person was told; today when `None`.
        notified_on: Option<NaiveDate>,
    },
    /// Proof of identity was asked for.
    RequestIdentity {
        /// The concrete doubt.
        doubt: String,
        /// When; today when `None`.
        on: Option<NaiveDate>,
    },
    /// Identity was confirmed.
    ConfirmIdentity {
        /// How.
        method: String,
        /// When; today when `None`.
        on: Option<NaiveDate>,
    },
    /// Open it again.
    Reopen(String),
    /// Keep it beyond its retention date.
    Hold {
        /// Why.
        reason: String,
        /// When to look whether that still holds.
        review_on: NaiveDate,
    },
    /// Let it be erased in its time again.
    LiftHold,
    /// Close it as the same as another request of the person.
    MergeInto(ItemId),
    /// Correct name or addresses; what is `None` or empty stays.
    EditPerson {
        /// The new name.
        name: Option<String>,
        /// The new addresses.
        emails: Vec<String>,
    },
}

/// Which way along the changes.
#[derive(Debug, Clone, Copy)]
enum Direction {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

/// What an operation did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// The records as they are now, in the order in which they were named.
    pub items: Vec<Item>,
    /// What undo or redo took back.
    pub reverted: Option<Reverted>,
    /// What the owner should know although it was done.
    pub warnings: Vec<Warning>,
}

/// Something that is allowed, and of which the owner should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The link works longer than the recording is kept.
    LinkOutlivesRecording {
        /// Which.
        id: ItemId,
        /// When it is deleted.
        due: NaiveDate,
    },
    /// The refusal comes after the last day for an answer.
    LateRefusal {
        /// Which.
        id: ItemId,
        /// That day.
        due: NaiveDate,
    },
    /// The receipt lies in the future.
    ReceivedInFuture(NaiveDate),
    /// The ground of a refusal usually covers a part only.
    PartlyInstead(ItemId),
    /// The mail was passed on: who wrote the one inside may be the person.
    PassedOn {
        /// The case.
        id: ItemId,
        /// Who wrote it.
        inner: Person,
    },
    /// The same was asked and answered before.
    Repeat {
        /// This one.
        id: ItemId,
        /// The earlier one.
        earlier: ItemId,
        /// Days between them.
        days: i64,
    },
    /// The letter went, and what was to be done with it could not be: the case had changed meanwhile.
    OnlySent {
        /// The case.
        id: ItemId,
        /// Why.
        refusal: Refusal,
    },
    /// The answer went, and the case is still open.
    StillOpen(ItemId),
    /// A deletion comes before the answer.
    Conflict {
        /// This one.
        id: ItemId,
        /// The other.
        other: ItemId,
        /// When the recording is deleted, or the answer due.
        due: NaiveDate,
    },
}

impl Desk {
    /// A desk over a store.
    pub fn new(store: Store, settings: Settings, clock: Clock, via: Via) -> Self {
        Self {
            store,
            settings,
            clock,
            via,
            read_only: false,
            services_file: None,
            intake_file: None,
            letters_folder: None,
            catalogue: Arc::default(),
        }
    }

    /// The service cards: the built-in ones, or the owner's file in their place. Read when first asked for.
    ///
    /// # Errors
    /// The file cannot be read, or has problems: all of them.
    pub fn catalogue(&self) -> Result<&Catalogue, OpError> {
        catalogue(&self.catalogue, self.services_file.as_deref())
    }

    /// The service cards for another thread.
    pub fn services(&self) -> Services {
        Services {
            file: self.services_file.clone(),
            cards: Arc::clone(&self.catalogue),
        }
    }

    /// The rules of the intake: the built-in ones, with what the owner's file adds and switches off.
    ///
    /// # Errors
    /// The file cannot be read, or has problems: all of them.
    pub fn intake_rules(&self) -> Result<Rules, OpError> {
        let Some(path) = self.intake_file.as_ref().filter(|path| path.exists()) else {
            return Ok(Rules::built_in());
        };
        let text = text_of(path)?;
        Rules::with_own(&text).map_err(|problems| OpError::BadRules {
            path: path.clone(),
            problems,
        })
    }

    /// The context of a change made now.
    fn writer(&self, moment: Moment) -> Writer {
        Writer {
            at: moment.now,
            via: self.via,
            rules: self.settings.rules,
            finishes: None,
        }
    }

    /// The same desk over a copy of the store in memory: whatever is done there has happened nowhere else.
    fn rehearsing(&self) -> Result<Self, OpError> {
        Ok(Self {
            store: self.store.rehearsal()?,
            settings: self.settings.clone(),
            clock: self.clock,
            via: self.via,
            read_only: false,
            services_file: self.services_file.clone(),
            intake_file: self.intake_file.clone(),
            letters_folder: self.letters_folder.clone(),
            catalogue: Arc::default(),
        })
    }

    fn must_write(&self) -> Result<(), OpError> {
        if self.read_only {
            return Err(Refusal::ReadOnly.into());
        }
        Ok(())
    }

    /// Carries an operation out.
    ///
    /// # Errors
    /// [`OpError::Refused`] when a rule says no; then nothing was changed.
    pub fn run(&self, op: &Op) -> Result<Done, OpError> {
        let moment = self.clock.moment();
        self.run_as(op, moment, self.writer(moment))
    }

    /// Carries out the operation that a draft has become; the draft is dropped in the same moment, and stays when the
    /// operation is refused.
    ///
    /// # Errors
    /// As [`Desk::run`].
    pub fn finish(&self, op: &Op, draft: &Place) -> Result<Done, OpError> {
        let moment = self.clock.moment();
        let writer = Writer {
            finishes: Some(draft.into()),
            ..self.writer(moment)
        };
        self.run_as(op, moment, writer)
    }

    fn run_as(&self, op: &Op, moment: Moment, writer: Writer) -> Result<Done, OpError> {
        self.must_write()?;
        match op {
            Op::AddRequest(new) => self.add_request(new, moment, writer),
            Op::AddRecording(new) => self.add_recording(new, moment, writer),
            Op::AddOptOut(new) => self.add_opt_out(new, moment, writer),
            Op::Split(target, kind) => self.split(*target, *kind, moment, writer),
            Op::Take(target, kind) => self.take(*target, *kind, moment, writer),
            Op::Act(targets, action) => self.act(targets, action, moment, writer),
            Op::SendLetter(target, sending) => self.send_letter(*target, sending, moment, writer),
            Op::Undo => self.revert(writer, Direction::Back),
            Op::Redo => self.revert(writer, Direction::Forth),
        }
    }

    fn act(
        &self,
        targets: &[Target],
        action: &Action,
        moment: Moment,
        writer: Writer,
    ) -> Result<Done, OpError> {
        self.store.write(writer, |tx| {
            let mut done = Done::default();
            for target in targets {
                let (event, after) = self.act_on(tx, *target, action, moment)?;
                done.warnings.extend(warnings(&event, &after));
                done.items.push(after);
            }
            Ok(done)
        })
    }

    /// Does something to one record inside a transaction, which may do other things too.
    fn act_on(
        &self,
        tx: &mut Tx<'_>,
        target: Target,
        action: &Action,
        moment: Moment,
    ) -> Result<(Event, Item), OpError> {
        let item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
        let changes = self.changes_since(tx, &item, target.seen)?;
        conduct::unchanged_since(&item, target.seen, changes, moment)?;
        let related = tx.circle(&item)?;
        let event = self.decide(&item, &related, action, moment)?;
        local_files::clear(&item, action)?;
        let after = tx.record(target.id, &event)?;
        Ok((event, after))
    }

    /// What was done to a record after the version that was seen; the last few when it was much.
    fn changes_since(
        &self,
        view: &View<'_>,
        item: &Item,
        seen: Option<u64>,
    ) -> Result<Vec<Meanwhile>, StoreError> {
        // Every change is one version and one entry.
        let count = item.version().saturating_sub(seen.unwrap_or(u64::MAX));
        let count = usize::try_from(count)
            .unwrap_or(usize::MAX)
            .min(CHANGES_TOLD);
        if count == 0 {
            return Ok(Vec::new());
        }
        let seqs = view.entries_of(item.id())?;
        let mut changes = Vec::new();
        for seq in &seqs[seqs.len().saturating_sub(count)..] {
            changes.extend(view.entry(*seq)?.map(|entry| Meanwhile {
                event: entry.event,
                at: entry.at.with_timezone(&self.settings.zone).naive_local(),
                via: entry.via.word(),
            }));
        }
        Ok(changes)
    }

    /// The event an action comes to, or why not. One line per rule of `domain::conduct`.
    fn decide(
        &self,
        item: &Item,
        related: &[Item],
        action: &Action,
        moment: Moment,
    ) -> Result<Event, Refusal> {
        conduct::must_not_be_erased(item)?;
        let rules = self.settings.rules;
        let today = |on: &Option<NaiveDate>| on.unwrap_or(moment.today);
        let standing = || standing(item, related, rules);
        match action {
            Action::Resolve(wish) => conduct::resolve(item, related, &standing(), wish, moment),
            Action::Reject(draft) => conduct::reject(item, related, draft, moment),
            Action::Note(text) => conduct::note(text, moment),
            Action::SetTask {
                task,
                status,
                note,
                follow_up_on,
            } => conduct::set_task(item, task, *status, note.as_deref(), *follow_up_on, moment),
            Action::AddTask(draft) => conduct::add_task(item, draft),
            Action::MarkFile { number, internal } => conduct::mark_file(item, *number, *internal),
            Action::RemoveFile(number) => conduct::remove_file(item, *number),
            Action::LinkSent { on, expires_on } => {
                conduct::link_sent(item, today(on), *expires_on, rules, moment)
            }
            Action::Delivered { on, how } => {
                conduct::delivered(item, today(on), how.as_deref(), moment)
            }
            Action::MarkCopy {
                place, status, on, ..
            } => conduct::mark_copy(item, &standing(), place, *status, today(on), moment),
            Action::Agree {
                until,
                agreed_on,
                reference,
            } => conduct::agree(item, *until, *agreed_on, reference, rules, moment),
            Action::Consent {
                purpose,
                reference,
                on,
            } => conduct::consent(item, purpose, reference, *on, moment),
            Action::Extend {
                reason,
                notified_on,
            } => conduct::extend(item, reason, today(notified_on), rules, moment),
            Action::RequestIdentity { doubt, on } => {
                conduct::request_identity(item, doubt, today(on), moment)
            }
            Action::ConfirmIdentity { method, on } => {
                conduct::confirm_identity(item, method, today(on), moment)
            }
            Action::Reopen(reason) => conduct::reopen(item, reason, moment),
            Action::Hold { reason, review_on } => conduct::hold(reason, *review_on, moment),
            Action::LiftHold => conduct::lift_hold(item),
            Action::MergeInto(into) => {
                let other = related.iter().find(|other| other.id() == *into);
                let other = other.ok_or(Refusal::CannotMerge {
                    id: item.id(),
                    into: *into,
                })?;
                conduct::merge(item, other, moment)
            }
            Action::EditPerson { name, emails } => {
                let person = item.person();
                conduct::edit_person(Person {
                    name: name.clone().unwrap_or_else(|| person.name.clone()),
                    emails: if emails.is_empty() {
                        person.emails.clone()
                    } else {
                        emails.clone()
                    },
                })
            }
        }
    }

    fn revert(&self, writer: Writer, direction: Direction) -> Result<Done, OpError> {
        self.store.write(writer, |tx| {
            let reverted = match direction {
                Direction::Back => tx.undo()?,
                Direction::Forth => tx.redo()?,
            }?;
            let mut items = Vec::new();
            for id in &reverted.ids {
                items.extend(tx.get(*id)?);
            }
            Ok(Done {
                items,
                reverted: Some(reverted),
                warnings: Vec::new(),
            })
        })
    }
}

fn warnings(event: &Event, after: &Item) -> Vec<Warning> {
    match (event, after) {
        (Event::LinkSent { .. }, Item::Recording(recording)) => {
            let outlives = conduct::link_outlives_recording(recording);
            outlives
                .map(|(id, due)| Warning::LinkOutlivesRecording { id, due })
                .into_iter()
                .collect()
        }
        (Event::Rejected(rejection, _), Item::Request(request)) => {
            let id = request.id;
            let due = request.dates.due;
            let late = rejection.late.then_some(Warning::LateRefusal { id, due });
            let partial = rejection.ground.is_usually_partial();
            late.into_iter()
                .chain(partial.then_some(Warning::PartlyInstead(id)))
                .collect()
        }
        _ => Vec::new(),
    }
}
