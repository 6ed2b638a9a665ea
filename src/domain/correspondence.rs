//! Mails beside requests: those that belong to a case, and those that were set aside because they are no request by
//! the look of them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::attachment::Attachment;
use super::ids::ItemId;
use super::person::{Language, Person};
use super::request::{Closing, Hold, Note};
use super::retention::Erasure;

/// What a mail that belongs to a case is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Somebody answered, or asked again.
    Reply,
    /// A letter did not arrive.
    Bounce,
    /// A machine answered.
    Autoresponse,
}

impl Relation {
    /// The word used in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Bounce => "bounce",
            Self::Autoresponse => "autoresponse",
        }
    }
}

/// A mail that belongs to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseMail {
    /// What it is to the case.
    pub relation: Relation,
    /// Who wrote it; nobody once the case was erased.
    pub from: Person,
    /// Its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Its text; `None` once it was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The instant of arrival, when it is known.
    pub received_at: Option<DateTime<Utc>>,
    /// The local date of arrival.
    pub received_on: NaiveDate,
    /// Its Message-ID, without angle brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// A keyed digest by which the same mail is known again.
    pub intake_digest: String,
    /// What was wrong with it, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intake_problems: Vec<String>,
}

/// Why a mail was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AsideWhy {
    /// A letter did not arrive, and no case is known to which it belongs.
    Bounce,
    /// A machine answered, and no case is known to which it belongs.
    Autoresponse,
    /// It went to many: a newsletter, a mailing list.
    Bulk,
    /// Nothing in it asks for anything a person has a right to.
    NoSign,
    /// A rule of the owner's says so.
    Rule,
}

impl AsideWhy {
    /// The word used in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bounce => "bounce",
            Self::Autoresponse => "autoresponse",
            Self::Bulk => "bulk",
            Self::NoSign => "no-sign",
            Self::Rule => "rule",
        }
    }
}

/// A mail that was set aside: kept so that the owner can look, and take it in after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// `M-…`.
    pub id: ItemId,
    /// Grows with every change.
    pub version: u64,
    /// Why.
    pub why: AsideWhy,
    /// Who wrote it.
    pub person: Person,
    /// The language it seems to be written in.
    pub language: Language,
    /// Its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The instant of arrival, when it is known.
    pub received_at: Option<DateTime<Utc>>,
    /// The local date of arrival.
    pub received_on: NaiveDate,
    /// When it was set aside.
    pub registered_at: DateTime<Utc>,
    /// Its Message-ID, without angle brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// A keyed digest by which the same mail is known again.
    pub intake_digest: String,
    /// What was wrong with it, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub intake_problems: Vec<String>,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Who wrote the mail that was passed on in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inner_sender: Option<Person>,
    /// The request it became after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_as: Option<ItemId>,
    /// Remarks, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Kept beyond its retention date, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// What the program erased of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erasure: Option<Erasure>,
    /// When it was set aside, or taken in: there is nothing to be done about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
}
