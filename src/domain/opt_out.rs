//! A newsletter opt-out (afmelding): it takes effect at once and always wins over a mailing list.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::deadline::Dates;
use super::ids::ItemId;
use super::letter::{Outgoing, SentLetter};
use super::person::Person;
use super::request::{Closing, Hold, Note};
use super::retention::Erasure;
use super::task::Task;

/// How the opt-out came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The link in a newsletter.
    Link,
    /// A mail.
    Mail,
    /// By telephone.
    Phone,
    /// Face to face.
    InPerson,
    /// A list exported from a platform.
    List,
}

impl Source {
    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::InPerson => "in-person",
            Self::List => "list",
        }
    }
}

/// An opt-out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOut {
    /// `N-…`.
    pub id: ItemId,
    /// Grows with every change.
    pub version: u64,
    /// Who left: one address, and a name where one is known.
    pub person: Person,
    /// How it came.
    pub source: Source,
    /// Local date on which it came.
    pub received_on: NaiveDate,
    /// When it was entered here.
    pub registered_at: DateTime<Utc>,
    /// The dates decided at entry.
    pub dates: Dates,
    /// The platforms from which the address is to be taken.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// Remarks, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The letters that were sent, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<SentLetter>,
    /// Letters that are being sent, or could not be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outbox: Vec<Outgoing>,
    /// Kept beyond its retention date, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// What the program erased of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<Erasure>,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
}
