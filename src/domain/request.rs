//! A request (anmodning): what a person asked for, by when she gets her answer, and how far the work is.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::attachment::Attachment;
use super::correspondence::{CaseMail, Relation};
use super::deadline::Dates;
use super::ids::ItemId;
use super::letter::{LetterType, Outgoing, SentLetter};
use super::person::{Language, Person};
use super::rejection::Rejection;
use super::retention::Erasure;
use super::task::{Task, TaskStatus};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Insight into the data held (GDPR art. 15).
    Access,
    /// Withdrawal of consent (art. 7(3)).
    Withdrawal,
    /// Erasure (art. 17).
    Erasure,
    /// Rectification (art. 16).
    Rectification,
    /// Restriction of processing (art. 18).
    Restriction,
    /// Data portability (art. 20).
    Portability,
    /// Objection (art. 21).
    Objection,
    /// Editing a name or a sharing out of a video (policy).
    NameRedaction,
    /// A complaint to the controller or passed on by the authority.
    Complaint,
    /// Anything else, and what nobody could tell yet.
    Other,
}

impl Kind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Access,
        Self::Withdrawal,
        Self::Erasure,
        Self::Rectification,
        Self::Restriction,
        Self::Portability,
        Self::Objection,
        Self::NameRedaction,
        Self::Complaint,
        Self::Other,
    ];

    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Withdrawal => "withdrawal",
            Self::Erasure => "erasure",
            Self::Rectification => "rectification",
            Self::Restriction => "restriction",
            Self::Portability => "portability",
            Self::Objection => "objection",
            Self::NameRedaction => "name-redaction",
            Self::Complaint => "complaint",
            Self::Other => "other",
        }
    }

    /// Whether it takes effect at once (RULES §1.8): withdrawals, and objections, which here concern marketing.
    pub const fn takes_effect_at_once(self) -> bool {
        matches!(self, Self::Withdrawal | Self::Objection)
    }

    /// Whether it can never be refused as unreasonable (RULES §4).
    pub const fn is_never_refusable(self) -> bool {
        matches!(self, Self::Withdrawal | Self::Objection | Self::Complaint)
    }

    /// Whether art. 12(3) lets its period be extended: the rights of art. 15–22, redaction being a partial erasure.
    pub const fn can_be_extended(self) -> bool {
        matches!(
            self,
            Self::Access
                | Self::Erasure
                | Self::Rectification
                | Self::Restriction
                | Self::Portability
                | Self::NameRedaction
        )
    }
}

/// How a request arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// E-mail.
    Mail,
    /// A form on the website.
    Form,
    /// A message in a chat or on a platform.
    Message,
    /// By telephone.
    Phone,
    /// Face to face.
    InPerson,
    /// By post.
    Letter,
    /// From the supervisory authority.
    Authority,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 7] = [
        Self::Mail,
        Self::Form,
        Self::Message,
        Self::Phone,
        Self::InPerson,
        Self::Letter,
        Self::Authority,
    ];

    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Form => "form",
            Self::Message => "message",
            Self::Phone => "phone",
            Self::InPerson => "in-person",
            Self::Letter => "letter",
            Self::Authority => "authority",
        }
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Answered in full.
    Answered,
    /// Met in part: a partial refusal, with reasons.
    PartlyMet,
    /// Nothing is held on the person.
    NothingHeld,
    /// Refused (RULES §4).
    Rejected,
    /// The person took it back.
    WithdrawnByPerson,
    /// The same as another case.
    Duplicate,
    /// The person did not answer a question without which the case cannot go on.
    NoReply,
    /// It was no request.
    NotARequest,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 8] = [
        Self::Answered,
        Self::PartlyMet,
        Self::NothingHeld,
        Self::Rejected,
        Self::WithdrawnByPerson,
        Self::Duplicate,
        Self::NoReply,
        Self::NotARequest,
    ];

    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::PartlyMet => "partly-met",
            Self::NothingHeld => "nothing-held",
            Self::Rejected => "rejected",
            Self::WithdrawnByPerson => "withdrawn-by-person",
            Self::Duplicate => "duplicate",
            Self::NoReply => "no-reply",
            Self::NotARequest => "not-a-request",
        }
    }

    /// Whether the person got an answer to what she asked, so that a new request for the same is a repeat (RULES §3).
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Answered | Self::PartlyMet | Self::NothingHeld)
    }
}

/// Where a request stands. Derived from the facts, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Nothing was done yet.
    New,
    /// Proof of identity was asked for and has not come.
    AwaitingIdentity,
    /// She was asked what she means and has not answered.
    AwaitingClarification,
    /// Work has begun.
    InProgress,
    /// Nothing is left but what others were asked for.
    AwaitingThirdParty,
    /// All tasks are done: the answer can go.
    Ready,
    /// Ended.
    Closed,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::New,
        Self::AwaitingIdentity,
        Self::AwaitingClarification,
        Self::InProgress,
        Self::AwaitingThirdParty,
        Self::Ready,
        Self::Closed,
    ];

    /// The word used in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::AwaitingIdentity => "awaiting-identity",
            Self::AwaitingClarification => "awaiting-clarification",
            Self::InProgress => "in-progress",
            Self::AwaitingThirdParty => "awaiting-third-party",
            Self::Ready => "ready",
            Self::Closed => "closed",
        }
    }
}

/// An extension of the period (art. 12(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The dates that hold now, counted from receipt.
    pub dates: Dates,
    /// Local date on which the person was told.
    pub notified_on: NaiveDate,
    /// The concrete reason given.
    pub reason: String,
}

/// The check of who is asking (art. 12(6)). Never holds a copy of a document or a CPR number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The concrete doubt.
    pub reason: Option<String>,
    /// Local date on which proof was asked for.
    pub requested_on: Option<NaiveDate>,
    /// How identity was confirmed.
    pub method: Option<String>,
    /// Local date of the confirmation.
    pub confirmed_on: Option<NaiveDate>,
}

/// A remark of the owner's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Its text.
    pub text: String,
}

/// A record that is not to be erased yet, such as a case before the authority (RULES §7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Why.
    pub reason: String,
    /// Local date on which to look whether it is still needed.
    pub review_on: NaiveDate,
}

/// How and when a thing was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Local date.
    pub on: NaiveDate,
    /// Instant.
    pub at: DateTime<Utc>,
    /// The outcome of a request; `None` for recordings and opt-outs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why it was closed although something was open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
    /// The case this was a duplicate of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<ItemId>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// `R-…`.
    pub id: ItemId,
    /// Grows with every change; a change made from an older view is refused.
    pub version: u64,
    /// What is asked for.
    pub kind: Kind,
    /// Who asks.
    pub person: Person,
    /// How it arrived.
    pub channel: Channel,
    /// The language to answer in.
    pub language: Language,
    /// The instant of arrival; `None` when only the date is known.
    pub received_at: Option<DateTime<Utc>>,
    /// The local date of arrival, decided at entry (RULES §1.1).
    pub received_on: NaiveDate,
    /// When it was entered here.
    pub registered_at: DateTime<Utc>,
    /// The dates decided at entry (RULES §1.6).
    pub dates: Dates,
    /// The extension, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The identity check, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// What is to be done where.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// The refusal, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejection: Option<Rejection>,
    /// Refusals from before it was opened again: they stay the proof of what was weighed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_rejections: Vec<Rejection>,
    /// Remarks, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The subject of the mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The text of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The Message-ID of the mail, without angle brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// A keyed digest by which the same mail is known again, also after its text was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake_digest: Option<String>,
    /// Other mails that belong to it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mails: Vec<CaseMail>,
    /// Files that came with its mails or that the owner put there, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Who wrote the mail that was passed on to the practice, where the mail is such a one: perhaps the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inner_sender: Option<Person>,
    /// The letters that were sent, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<SentLetter>,
    /// Letters that are being sent, or could not be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outbox: Vec<Outgoing>,
    /// Whether somebody wrote and nothing was done about the case since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unread: bool,
    /// What was wrong with the mail, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intake_problems: Vec<String>,
    /// Kept beyond its retention date, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// What the program erased of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<Erasure>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
}

impl Request {
    /// The dates that hold now, before any conflict: the extended ones when it was extended.
    pub fn current_dates(&self) -> Dates {
        self.extension
            .as_ref()
            .map_or(self.dates, |extension| extension.dates)
    }

    /// Where it stands.
    pub fn status(&self) -> Status {
        if self.closing.is_some() {
            return Status::Closed;
        }
        if self.awaits_identity() {
            return Status::AwaitingIdentity;
        }
        let open = self.tasks.iter().filter(|task| task.status.is_open());
        let (mut todo, mut asked) = (0, 0);
        for task in open {
            match task.status {
                TaskStatus::Asked => asked += 1,
                _ => todo += 1,
            }
        }
        match (todo, asked) {
            (0, 0) if !self.tasks.is_empty() => Status::Ready,
            _ if self.awaits_clarification() => Status::AwaitingClarification,
            (0, 1..) => Status::AwaitingThirdParty,
            _ if todo < self.tasks.len() || self.identity.is_some() => Status::InProgress,
            _ => Status::New,
        }
    }

    /// Whether proof of identity was asked for and has not come.
    pub fn awaits_identity(&self) -> bool {
        self.identity.as_ref().is_some_and(|identity| {
            identity.requested_on.is_some() && identity.confirmed_on.is_none()
        })
    }

    /// Whether she was asked what she means, with nothing from her or to her since. It moves no date (RULES §1.10).
    pub fn awaits_clarification(&self) -> bool {
        let to_her = self
            .letters
            .iter()
            .rev()
            .find(|it| it.letter.is_to_person());
        to_her.is_some_and(|asked| {
            let answered =
                |mail: &CaseMail| mail.relation == Relation::Reply && mail.received_on >= asked.on;
            asked.letter == LetterType::Clarification && !self.mails.iter().any(answered)
        })
    }

    /// The sender of the mail that was passed on, unless that is the person already.
    pub fn offered_person(&self) -> Option<&Person> {
        let inner = self.inner_sender.as_ref()?;
        let known = self.person.addresses();
        let is_new = inner.addresses().iter().any(|email| !known.contains(email));
        is_new.then_some(inner)
    }

    /// The file of that number.
    pub fn attachment(&self, number: u32) -> Option<&Attachment> {
        self.attachments.iter().find(|file| file.number == number)
    }

    /// Adds files, each with the next number: one that was given out is not given out again while it is in use.
    pub(super) fn attach(&mut self, files: impl IntoIterator<Item = Attachment>) {
        for mut file in files {
            let last = self.attachments.iter().map(|file| file.number).max();
            file.number = last.unwrap_or_default() + 1;
            self.attachments.push(file);
        }
    }

    /// The tasks that are still open.
    pub fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.status.is_open())
    }
}
