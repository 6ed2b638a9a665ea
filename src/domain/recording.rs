//! The recording (optagelse) of a session: when its link was sent, by when every copy is to be deleted, and which are.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::deadline::Dates;
use super::ids::ItemId;
use super::letter::{Outgoing, SentLetter};
use super::person::Person;
use super::request::{Closing, Hold, Note};
use super::retention::Erasure;

/// The form of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One client.
    Private,
    /// A workshop or another shared session.
    Group,
}

impl Form {
    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Group => "group",
        }
    }
}

/// Whether a copy is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyStatus {
    /// There.
    Present,
    /// Deleted; where the place has a trash it may still lie there.
    Deleted,
    /// Gone from the trash too.
    Purged,
}

impl CopyStatus {
    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Deleted => "deleted",
            Self::Purged => "purged",
        }
    }
}

/// One copy of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingCopy {
    /// `zoom-cloud`, `local` … or any other word.
    pub place: String,
    /// A path, an address, or whatever finds it there.
    pub locator: Option<String>,
    /// Whether it is still there.
    pub status: CopyStatus,
    /// The local date of the last step.
    pub on: Option<NaiveDate>,
}

/// A written agreement on another deletion date; all three parts are required (RULES §1.7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The dates that hold now.
    pub dates: Dates,
    /// The date of the agreement.
    pub agreed_on: NaiveDate,
    /// Where it is kept.
    pub reference: String,
}

/// Consent to another use of the recording (policy).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What for.
    pub purpose: String,
    /// Where the written consent is kept.
    pub reference: String,
    /// Its date.
    pub on: NaiveDate,
}

/// A copy given to the person, for an access request (RULES §1.12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Local date.
    pub on: NaiveDate,
    /// How, where there is more to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
}

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// `V-…`.
    pub id: ItemId,
    /// Grows with every change.
    pub version: u64,
    /// What the session was.
    pub title: String,
    /// Private or group.
    pub form: Form,
    /// The client.
    pub person: Person,
    /// Local date of the session.
    pub recorded_on: NaiveDate,
    /// Local time at which the session began, where a list of the service said so: it tells two of one day apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<NaiveTime>,
    /// When it was entered here.
    pub registered_at: DateTime<Utc>,
    /// Whether the client declined to be recorded.
    #[serde(default)]
    pub declined: bool,
    /// Local date on which the download link was sent.
    #[serde(default)]
    pub link_sent_on: Option<NaiveDate>,
    /// Local date on which the link stops working.
    #[serde(default)]
    pub link_expires_on: Option<NaiveDate>,
    /// The dates that follow from the sent link.
    #[serde(default)]
    pub dates: Option<Dates>,
    /// A written agreement on another date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// Consents to other uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// The last delivery to the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Delivery>,
    /// All copies.
    #[serde(default)]
    pub copies: Vec<RecordingCopy>,
    /// Remarks, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The letters that were sent, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<SentLetter>,
    /// Letters that are being sent, or could not be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outbox: Vec<Outgoing>,
    /// A keyed digest by which the same row of a list is known again, also after the record was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake_digest: Option<String>,
    /// Kept beyond its retention date, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// What the program erased of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<Erasure>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
}

impl RecordingCopy {
    /// Whether the place keeps what is deleted in a trash for a while: Zoom's cloud, 30 days (`SERVICES.md`, Z1).
    pub fn has_trash(&self) -> bool {
        self.place.starts_with("zoom-cloud")
    }

    /// Whether nothing of it is left: gone from the trash too, where there is one.
    pub fn is_gone(&self) -> bool {
        match self.status {
            CopyStatus::Present => false,
            CopyStatus::Deleted => !self.has_trash(),
            CopyStatus::Purged => true,
        }
    }

    /// The path of a copy on the owner's own disk.
    pub fn local_path(&self) -> Option<&str> {
        self.locator
            .as_deref()
            .filter(|_| self.place.starts_with("local"))
    }
}

impl Recording {
    /// The dates that hold now: those of the agreement when there is one, else those of the sent link.
    pub fn current_dates(&self) -> Option<Dates> {
        self.agreement
            .as_ref()
            .map(|agreement| agreement.dates)
            .or(self.dates)
    }

    /// Whether the person got it on or after `day`: a link sent before she asked for access does not answer her.
    pub fn is_delivered_since(&self, day: NaiveDate) -> bool {
        self.delivered
            .as_ref()
            .is_some_and(|delivery| day <= delivery.on)
    }

    /// The copies that are still there.
    pub fn present_copies(&self) -> impl Iterator<Item = &RecordingCopy> {
        self.copies
            .iter()
            .filter(|copy| copy.status == CopyStatus::Present)
    }
}
