//! Every change there is, as one enum in the past tense, and what it does to a record.
//!
//! `conduct` decides whether an event may happen; [`apply`] only carries it out. Events are not stored: the history
//! keeps their names, and the records keep what they made.

use chrono::NaiveDate;

use super::attachment::Attachment;
use super::correspondence::{Aside, CaseMail, Relation};
use super::deadline::Dates;
use super::ids::ItemId;
use super::item::Item;
use super::letter::{Failure, Outgoing, SentLetter};
use super::opt_out::OptOut;
use super::person::Person;
use super::recording::{Agreement, Consent, CopyStatus, Delivery, Recording};
use super::rejection::Rejection;
use super::request::{Closing, Extension, Hold, Identity, Note, Request};
use super::retention::{self, Erasure, Part};
use super::task::{ServiceRows, Task, TaskStatus};

/// A change to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A request came in.
    RequestReceived(Box<Request>),
    /// A recording was entered.
    RecordingRegistered(Box<Recording>),
    /// An opt-out came in.
    OptOutReceived(Box<OptOut>),
    /// A mail was set aside.
    MailSetAside(Box<Aside>),
    /// A mail that was set aside became a request after all.
    AsideTaken(ItemId),
    /// A mail came that belongs to the case.
    MailAdded(Box<CaseMail>, Vec<Attachment>),
    /// The owner put a file there.
    FileAttached(Attachment),
    /// A file goes into the package for the person, or stays out of it.
    FileMarked {
        /// Its number.
        number: u32,
        /// Whether it is for the owner alone.
        internal: bool,
    },
    /// A file was taken out.
    FileRemoved(u32),
    /// Name or addresses were corrected.
    PersonEdited(Person),
    /// A remark was added.
    Noted(Note),
    /// Proof of identity was asked for, or identity was confirmed.
    IdentityChanged(Identity),
    /// The period was extended.
    Extended(Extension),
    /// A task was added.
    TaskAdded(Task),
    /// A task changed.
    TaskSet {
        /// Which.
        task: String,
        /// To what.
        status: TaskStatus,
        /// The new remark; `None` leaves the old one.
        note: Option<String>,
        /// When to ask again.
        follow_up_on: Option<NaiveDate>,
        /// Local date of the change.
        on: NaiveDate,
    },
    /// The person's rows were taken out of a service's export, and the task is done by that.
    RowsTaken {
        /// The task.
        task: String,
        /// The rows; those of the same file from before are replaced.
        rows: ServiceRows,
        /// The new remark; `None` leaves the old one.
        note: Option<String>,
    },
    /// The download link was sent.
    LinkSent {
        /// Local date.
        on: NaiveDate,
        /// When it stops working.
        expires_on: Option<NaiveDate>,
        /// The dates that follow.
        dates: Dates,
    },
    /// The person got a copy.
    Delivered(Delivery),
    /// Another deletion date was agreed in writing.
    Agreed(Agreement),
    /// Another use was consented to.
    Consented(Consent),
    /// A copy was deleted or purged.
    CopyMarked {
        /// Where.
        place: String,
        /// To what.
        status: CopyStatus,
        /// Local date.
        on: NaiveDate,
    },
    /// A letter was sent.
    LetterSent(Box<SentLetter>),
    /// A letter is about to be handed over: from here on nobody sends it again by mistake.
    LetterSending(Box<Outgoing>),
    /// A letter that was being sent did not go; its text stays with the case.
    LetterNotSent {
        /// Its Message-ID.
        message_id: String,
        /// Why, and when that was known.
        failure: Failure,
        /// Whether no earlier try is left of which nobody knows.
        settled: bool,
    },
    /// It was closed; recordings and opt-outs have everything ticked by that.
    Resolved(Closing),
    /// The request was refused.
    Rejected(Box<Rejection>, Closing),
    /// It was opened again.
    Reopened(Note),
    /// It is kept beyond its retention date, or no longer.
    HoldSet(Option<Hold>),
    /// A part of it was erased because its time was over, or the person asked for it (RULES §7).
    Erased(Erasure),
}

impl Event {
    /// The word in the history and in JSON; stable.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RequestReceived(_) | Self::OptOutReceived(_) => "received",
            Self::RecordingRegistered(_) => "registered",
            Self::MailSetAside(_) => "set-aside",
            Self::AsideTaken(_) => "taken",
            Self::MailAdded(..) => "mail-added",
            Self::FileAttached(_) => "file-attached",
            Self::FileMarked { .. } => "file-marked",
            Self::FileRemoved(_) => "file-removed",
            Self::PersonEdited(_) => "edited",
            Self::Noted(_) => "noted",
            Self::IdentityChanged(identity) => {
                if identity.confirmed_on.is_some() {
                    "identity-confirmed"
                } else {
                    "identity-requested"
                }
            }
            Self::Extended(_) => "extended",
            Self::TaskAdded(_) => "task-added",
            Self::TaskSet { .. } => "task-set",
            Self::RowsTaken { .. } => "rows-taken",
            Self::LinkSent { .. } => "link-sent",
            Self::Delivered(_) => "delivered",
            Self::Agreed(_) => "agreed",
            Self::Consented(_) => "consented",
            Self::CopyMarked { .. } => "copy-marked",
            Self::LetterSent(_) => "letter-sent",
            Self::LetterSending(_) => "letter-sending",
            Self::LetterNotSent { .. } => "letter-not-sent",
            Self::Resolved(_) => "resolved",
            Self::Rejected(..) => "rejected",
            Self::Reopened(_) => "reopened",
            Self::HoldSet(Some(_)) => "held",
            Self::HoldSet(None) => "hold-lifted",
            Self::Erased(erasure) => match erasure.part {
                Part::Texts => "texts-erased",
                Part::Record => "erased",
            },
        }
    }
}

/// An event met a record it cannot happen to: a defect, since `conduct` is asked first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the event '{0}' cannot happen to this record")]
pub struct Misapplied(pub &'static str);

/// The record after `event`.
///
/// # Errors
/// [`Misapplied`] when the event is of another type of record, or names a task or copy that is not there.
pub fn apply(item: Option<Item>, event: &Event) -> Result<Item, Misapplied> {
    let wrong = || Misapplied(event.name());
    let mut item = match (item, event) {
        (None, Event::RequestReceived(request)) => return Ok(Item::Request(request.clone())),
        (None, Event::RecordingRegistered(recording)) => {
            return Ok(Item::Recording(recording.clone()));
        }
        (None, Event::OptOutReceived(opt_out)) => return Ok(Item::OptOut(opt_out.clone())),
        (None, Event::MailSetAside(mail)) => return Ok(Item::Mail(mail.clone())),
        (Some(item), _) => item,
        (None, _) => return Err(wrong()),
    };
    change(&mut item, event).ok_or_else(wrong)?;
    if let Item::Request(request) = &mut item {
        request.unread =
            matches!(event, Event::MailAdded(mail, _) if mail.relation == Relation::Reply);
    }
    *item.version_mut() += 1;
    Ok(item)
}

/// Changes the record in place; `None` when the event does not fit it.
fn change(item: &mut Item, event: &Event) -> Option<()> {
    match event {
        Event::PersonEdited(person) => *item.person_mut() = person.clone(),
        Event::Noted(note) => item.notes_mut().push(note.clone()),
        Event::TaskAdded(task) => item.tasks_mut()?.push(task.clone()),
        Event::TaskSet {
            task,
            status,
            note,
            follow_up_on,
            on,
        } => {
            let task = item
                .tasks_mut()?
                .iter_mut()
                .find(|known| known.id == *task)?;
            task.status = *status;
            task.done_on = (!status.is_open()).then_some(*on);
            task.follow_up_on = follow_up_on.filter(|_| status.is_open());
            if note.is_some() {
                task.note.clone_from(note);
            }
            if *status == TaskStatus::NothingHeld {
                task.rows.clear();
            }
        }
        Event::RowsTaken { task, rows, note } => take_rows(item, task, rows, note.as_deref())?,
        Event::LetterSending(_) | Event::LetterNotSent { .. } | Event::LetterSent(_) => {
            change_letters(item, event)?;
        }
        Event::Resolved(closing) => resolve(item, closing),
        Event::HoldSet(hold) => item.hold_mut().clone_from(hold),
        Event::Erased(erasure) => retention::strip(item, *erasure),
        Event::Reopened(note) => {
            *item.closing_mut() = None;
            if let Item::Request(request) = item {
                request.earlier_rejections.extend(request.rejection.take());
            }
            item.notes_mut().push(note.clone());
        }
        Event::AsideTaken(id) => take_in(item, *id)?,
        Event::MailAdded(..)
        | Event::FileAttached(_)
        | Event::FileMarked { .. }
        | Event::FileRemoved(_)
        | Event::IdentityChanged(_)
        | Event::Extended(_)
        | Event::Rejected(..) => {
            change_request(item, event)?;
        }
        Event::LinkSent { .. }
        | Event::Delivered(_)
        | Event::Agreed(_)
        | Event::Consented(_)
        | Event::CopyMarked { .. } => change_recording(item, event)?,
        Event::RequestReceived(_)
        | Event::RecordingRegistered(_)
        | Event::OptOutReceived(_)
        | Event::MailSetAside(_) => return None,
    }
    Some(())
}

fn change_letters(item: &mut Item, event: &Event) -> Option<()> {
    let outbox = item.outbox_mut()?;
    match event {
        Event::LetterSending(outgoing) => {
            outbox.retain(|kept| !kept.is_about(&outgoing.letter));
            outbox.push((**outgoing).clone());
        }
        Event::LetterNotSent {
            message_id,
            failure,
            settled,
        } => {
            let mut kept = outbox.iter_mut();
            let outgoing = kept.find(|kept| kept.letter.message_id.as_ref() == Some(message_id))?;
            outgoing.failed = Some(failure.clone());
            outgoing.doubtful &= !settled;
        }
        Event::LetterSent(letter) => {
            outbox.retain(|kept| !kept.is_about(letter));
            item.letters_mut()?.push((**letter).clone());
        }
        _ => return None,
    }
    Some(())
}

/// The task keeps the rows, and is done by that.
fn take_rows(item: &mut Item, task: &str, rows: &ServiceRows, note: Option<&str>) -> Option<()> {
    let mut tasks = item.tasks_mut()?.iter_mut();
    let task = tasks.find(|known| known.id == task)?;
    task.status = TaskStatus::Done;
    task.done_on = Some(rows.on);
    task.follow_up_on = None;
    task.rows.retain(|kept| kept.file_name != rows.file_name);
    task.rows.push(rows.clone());
    if let Some(note) = note {
        task.note = Some(note.to_owned());
    }
    Some(())
}

fn take_in(item: &mut Item, id: ItemId) -> Option<()> {
    let Item::Mail(mail) = item else {
        return None;
    };
    mail.taken_as = Some(id);
    Some(())
}

fn change_request(item: &mut Item, event: &Event) -> Option<()> {
    let Item::Request(request) = item else {
        return None;
    };
    match event {
        Event::MailAdded(mail, files) => {
            request.mails.push((**mail).clone());
            request.attach(files.iter().cloned());
        }
        Event::FileAttached(file) => request.attach([file.clone()]),
        Event::FileMarked { number, internal } => {
            let mut files = request.attachments.iter_mut();
            files.find(|file| file.number == *number)?.internal = *internal;
        }
        Event::FileRemoved(number) => {
            let at = request
                .attachments
                .iter()
                .position(|file| file.number == *number)?;
            request.attachments.remove(at);
        }
        Event::IdentityChanged(identity) => request.identity = Some(identity.clone()),
        Event::Extended(extension) => request.extension = Some(extension.clone()),
        Event::Rejected(rejection, closing) => {
            request.rejection = Some((**rejection).clone());
            request.closing = Some(closing.clone());
        }
        _ => return None,
    }
    Some(())
}

fn change_recording(item: &mut Item, event: &Event) -> Option<()> {
    let Item::Recording(recording) = item else {
        return None;
    };
    match event {
        Event::LinkSent {
            on,
            expires_on,
            dates,
        } => {
            recording.link_sent_on = Some(*on);
            recording.link_expires_on = *expires_on;
            recording.dates = Some(*dates);
        }
        Event::Delivered(delivery) => recording.delivered = Some(delivery.clone()),
        Event::Agreed(agreement) => recording.agreement = Some(agreement.clone()),
        Event::Consented(consent) => recording.consents.push(consent.clone()),
        Event::CopyMarked { place, status, on } => {
            let copy = recording
                .copies
                .iter_mut()
                .find(|copy| copy.place == *place)?;
            copy.status = *status;
            copy.on = Some(*on);
        }
        _ => return None,
    }
    Some(())
}

/// Closing a recording ticks every copy, closing an opt-out every platform (CONTRACT: `r` and `resolve`).
fn resolve(item: &mut Item, closing: &Closing) {
    match item {
        Item::Request(_) | Item::Mail(_) => {}
        Item::Recording(recording) => {
            for copy in &mut recording.copies {
                if !copy.is_gone() {
                    copy.status = if copy.has_trash() {
                        CopyStatus::Purged
                    } else {
                        CopyStatus::Deleted
                    };
                    copy.on = Some(closing.on);
                }
            }
        }
        Item::OptOut(opt_out) => {
            for task in &mut opt_out.tasks {
                if task.status.is_open() {
                    task.status = TaskStatus::Done;
                    task.done_on = Some(closing.on);
                }
            }
        }
    }
    *item.closing_mut() = Some(closing.clone());
}
