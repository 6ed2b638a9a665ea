//! Any one of the records, where they are treated alike: stored, indexed, listed, searched.

use chrono::NaiveDate;
use serde::Serialize;

use super::correspondence::Aside;
use super::ids::ItemId;
use super::letter::{Outgoing, SentLetter};
use super::opt_out::OptOut;
use super::person::Person;
use super::recording::Recording;
use super::request::{Closing, Hold, Note, Request};
use super::retention::Erasure;
use super::task::Task;
use super::text::fold;

/// A request, a recording, an opt-out, or a mail that was set aside. Written as what it is: its type is in its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Item {
    /// `R-…`.
    Request(Box<Request>),
    /// `V-…`.
    Recording(Box<Recording>),
    /// `N-…`.
    OptOut(Box<OptOut>),
    /// `M-…`.
    Mail(Box<Aside>),
}

impl Item {
    /// Its id.
    pub fn id(&self) -> ItemId {
        match self {
            Self::Request(request) => request.id,
            Self::Recording(recording) => recording.id,
            Self::OptOut(opt_out) => opt_out.id,
            Self::Mail(mail) => mail.id,
        }
    }

    /// Grows with every change.
    pub fn version(&self) -> u64 {
        match self {
            Self::Request(request) => request.version,
            Self::Recording(recording) => recording.version,
            Self::OptOut(opt_out) => opt_out.version,
            Self::Mail(mail) => mail.version,
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> &Person {
        match self {
            Self::Request(request) => &request.person,
            Self::Recording(recording) => &recording.person,
            Self::OptOut(opt_out) => &opt_out.person,
            Self::Mail(mail) => &mail.person,
        }
    }

    /// Whom it concerns, to be corrected.
    pub fn person_mut(&mut self) -> &mut Person {
        match self {
            Self::Request(request) => &mut request.person,
            Self::Recording(recording) => &mut recording.person,
            Self::OptOut(opt_out) => &mut opt_out.person,
            Self::Mail(mail) => &mut mail.person,
        }
    }

    /// How it was closed.
    pub fn closing(&self) -> Option<&Closing> {
        match self {
            Self::Request(request) => request.closing.as_ref(),
            Self::Recording(recording) => recording.closing.as_ref(),
            Self::OptOut(opt_out) => opt_out.closing.as_ref(),
            Self::Mail(mail) => mail.closing.as_ref(),
        }
    }

    /// How it was closed, to be set or lifted.
    pub fn closing_mut(&mut self) -> &mut Option<Closing> {
        match self {
            Self::Request(request) => &mut request.closing,
            Self::Recording(recording) => &mut recording.closing,
            Self::OptOut(opt_out) => &mut opt_out.closing,
            Self::Mail(mail) => &mut mail.closing,
        }
    }

    /// Why it is kept beyond its retention date.
    pub fn hold(&self) -> Option<&Hold> {
        match self {
            Self::Request(request) => request.hold.as_ref(),
            Self::Recording(recording) => recording.hold.as_ref(),
            Self::OptOut(opt_out) => opt_out.hold.as_ref(),
            Self::Mail(mail) => mail.hold.as_ref(),
        }
    }

    /// Why it is kept beyond its retention date, to be set or lifted.
    pub fn hold_mut(&mut self) -> &mut Option<Hold> {
        match self {
            Self::Request(request) => &mut request.hold,
            Self::Recording(recording) => &mut recording.hold,
            Self::OptOut(opt_out) => &mut opt_out.hold,
            Self::Mail(mail) => &mut mail.hold,
        }
    }

    /// What the program erased of it.
    pub fn erasure(&self) -> Option<Erasure> {
        match self {
            Self::Request(request) => request.erasure,
            Self::Recording(recording) => recording.erasure,
            Self::OptOut(opt_out) => opt_out.erasure,
            Self::Mail(mail) => mail.erasure,
        }
    }

    /// What the program erased of it, to be set.
    pub fn erasure_mut(&mut self) -> &mut Option<Erasure> {
        match self {
            Self::Request(request) => &mut request.erasure,
            Self::Recording(recording) => &mut recording.erasure,
            Self::OptOut(opt_out) => &mut opt_out.erasure,
            Self::Mail(mail) => &mut mail.erasure,
        }
    }

    /// Whether it is still open.
    pub fn is_open(&self) -> bool {
        self.closing().is_none()
    }

    /// The remarks.
    pub fn notes(&self) -> &[Note] {
        match self {
            Self::Request(request) => &request.notes,
            Self::Recording(recording) => &recording.notes,
            Self::OptOut(opt_out) => &opt_out.notes,
            Self::Mail(mail) => &mail.notes,
        }
    }

    /// The remarks, to be added to.
    pub fn notes_mut(&mut self) -> &mut Vec<Note> {
        match self {
            Self::Request(request) => &mut request.notes,
            Self::Recording(recording) => &mut recording.notes,
            Self::OptOut(opt_out) => &mut opt_out.notes,
            Self::Mail(mail) => &mut mail.notes,
        }
    }

    /// The letters that were sent, oldest first.
    pub fn letters(&self) -> &[SentLetter] {
        match self {
            Self::Request(request) => &request.letters,
            Self::Recording(recording) => &recording.letters,
            Self::OptOut(opt_out) => &opt_out.letters,
            Self::Mail(_) => &[],
        }
    }

    /// The letters that were sent, to be added to; `None` for a mail that was set aside.
    pub fn letters_mut(&mut self) -> Option<&mut Vec<SentLetter>> {
        match self {
            Self::Request(request) => Some(&mut request.letters),
            Self::Recording(recording) => Some(&mut recording.letters),
            Self::OptOut(opt_out) => Some(&mut opt_out.letters),
            Self::Mail(_) => None,
        }
    }

    /// The letters that are being sent, or could not be, oldest first.
    pub fn outbox(&self) -> &[Outgoing] {
        match self {
            Self::Request(request) => &request.outbox,
            Self::Recording(recording) => &recording.outbox,
            Self::OptOut(opt_out) => &opt_out.outbox,
            Self::Mail(_) => &[],
        }
    }

    /// The letters that are being sent, to be added to; `None` for a mail that was set aside.
    pub fn outbox_mut(&mut self) -> Option<&mut Vec<Outgoing>> {
        match self {
            Self::Request(request) => Some(&mut request.outbox),
            Self::Recording(recording) => Some(&mut recording.outbox),
            Self::OptOut(opt_out) => Some(&mut opt_out.outbox),
            Self::Mail(_) => None,
        }
    }

    /// The tasks; a recording has copies instead.
    pub fn tasks(&self) -> &[Task] {
        match self {
            Self::Request(request) => &request.tasks,
            Self::Recording(_) | Self::Mail(_) => &[],
            Self::OptOut(opt_out) => &opt_out.tasks,
        }
    }

    /// The tasks, to be changed; `None` for a recording.
    pub fn tasks_mut(&mut self) -> Option<&mut Vec<Task>> {
        match self {
            Self::Request(request) => Some(&mut request.tasks),
            Self::Recording(_) | Self::Mail(_) => None,
            Self::OptOut(opt_out) => Some(&mut opt_out.tasks),
        }
    }

    /// The local date on which it came to the controller: receipt, session, or opt-out.
    pub fn received_on(&self) -> NaiveDate {
        match self {
            Self::Request(request) => request.received_on,
            Self::Recording(recording) => recording.recorded_on,
            Self::OptOut(opt_out) => opt_out.received_on,
            Self::Mail(mail) => mail.received_on,
        }
    }

    /// Whether a text occurs in it, as [`fold`] compares; `needle` is folded already.
    pub fn matches(&self, needle: &str) -> bool {
        fold(&self.id().to_string()).contains(needle)
            || self.texts().any(|text| fold(text).contains(needle))
    }

    /// Every text in which one looks for it, but its id.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let person = self.person();
        let own: Vec<&str> = match self {
            Self::Request(request) => {
                let mails = request.mails.iter();
                let of_mails = mails.flat_map(|mail| mail.subject.iter().chain(&mail.text));
                let own = request.subject.iter().chain(&request.message);
                own.chain(of_mails).map(String::as_str).collect()
            }
            Self::Recording(recording) => vec![&recording.title],
            Self::OptOut(_) => Vec::new(),
            Self::Mail(mail) => {
                let own = mail.subject.iter().chain(&mail.text);
                own.map(String::as_str).collect()
            }
        };
        std::iter::once(person.name.as_str())
            .chain(person.emails.iter().map(String::as_str))
            .chain(self.notes().iter().map(|note| note.text.as_str()))
            .chain(own)
    }

    /// The version, to be set: it is the caller's to see that none comes again.
    pub(crate) fn version_mut(&mut self) -> &mut u64 {
        match self {
            Self::Request(request) => &mut request.version,
            Self::Recording(recording) => &mut recording.version,
            Self::OptOut(opt_out) => &mut opt_out.version,
            Self::Mail(mail) => &mut mail.version,
        }
    }
}
