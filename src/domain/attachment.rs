//! A file that is kept with a request: what came with a mail, or what the owner put there for the answer.
//!
//! Here is what is known of it; its content lies in the store, under a keyed digest. Copies of identity documents and
//! CPR numbers are never kept (RULES §2, §7): whether a file may be one is decided here, by what is known without
//! opening it, and by its text where it is one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cpr::holds_cpr;
use super::request::Request;

/// Where a file came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// With a mail.
    Mail,
    /// The owner put it there.
    Owner,
}

impl Origin {
    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Owner => "owner",
        }
    }
}

/// Why only the name of a file is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotKept {
    /// It is larger than the settings allow, or than a mail is read.
    TooLarge,
    /// It may be a copy of an identity document, which is never kept (RULES §2).
    Identity,
    /// It holds what looks like a CPR number, which is never kept (RULES §2).
    Cpr,
    /// Its mail went to many, or a machine wrote it: nothing for a case.
    NoCase,
}

impl NotKept {
    /// The word in JSON, and the key of its sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Identity => "identity",
            Self::Cpr => "cpr",
            Self::NoCase => "no-case",
        }
    }
}

/// A file kept with a request, or the name of one that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The number by which it is named within its case, from 1; 0 while it belongs to none.
    pub number: u32,
    /// The file name without folders, on one line; empty where the mail gave none.
    pub name: String,
    /// The media type in lower case, such as `application/pdf`.
    pub mime: String,
    /// Its size in bytes.
    pub size: u64,
    /// The local date on which it was taken in.
    pub on: NaiveDate,
    /// Where it came from.
    pub origin: Origin,
    /// The key of its content in the store; `None` when only the name is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Why the content is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_kept: Option<NotKept>,
    /// Whether it is for the owner alone, and stays out of the package for the person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
    /// The task it answers: the export of a service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
}

impl Attachment {
    /// Whether it goes into the package for the person: what the owner put there for her, and has not kept for herself. What
    /// the person sent she has.
    pub fn goes_to_the_person(&self) -> bool {
        self.origin == Origin::Owner && !self.internal && self.content.is_some()
    }
}

/// Words in the name of a file that may be a copy of an identity document, in small letters.
const IDENTITY_WORDS: [&str; 26] = [
    "pas",
    "passport",
    "pass",
    "reisepass",
    "kørekort",
    "koerekort",
    "korekort",
    "førerkort",
    "körkort",
    "driverslicense",
    "driverslicence",
    "driving",
    "sundhedskort",
    "sygesikring",
    "sygesikringskort",
    "sygesikringsbevis",
    "gulekort",
    "legitimation",
    "identitetskort",
    "idkort",
    "idcard",
    "ausweis",
    "personalausweis",
    "cpr",
    "opholdskort",
    "opholdstilladelse",
];

/// Whether the content of a file that came with a mail of `case` must not be kept, by what is known of it without a
/// look at a picture: what comes while proof of identity is awaited, what is named like an identity document, and a text
/// with a CPR number in it.
pub fn must_not_keep(
    name: &str,
    mime: &str,
    content: &[u8],
    case: Option<&Request>,
) -> Option<NotKept> {
    if case.is_some_and(Request::awaits_identity) || is_named_like_identity(name) {
        return Some(NotKept::Identity);
    }
    if holds_cpr(name) {
        return Some(NotKept::Cpr);
    }
    let is_text = mime.starts_with("text/")
        || ["message/", "application/json", "application/xml"]
            .iter()
            .any(|known| mime.starts_with(known))
        || content.iter().take(4096).all(|byte| *byte >= b'\t');
    (is_text && holds_cpr(&String::from_utf8_lossy(content))).then_some(NotKept::Cpr)
}

fn is_named_like_identity(name: &str) -> bool {
    let name = name.to_lowercase();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    let mut words = stem.split(|c: char| !c.is_alphabetic());
    let joined: String = stem.chars().filter(|c| c.is_alphabetic()).collect();
    words.any(|word| IDENTITY_WORDS.contains(&word)) || IDENTITY_WORDS.contains(&joined.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_documents_are_known_by_their_names() {
        for (name, expected) in [
            ("Pas.jpg", true),
            ("mit_pas_2024.pdf", true),
            ("scan-kørekort-forside.png", true),
            ("id-kort.jpg", true),
            ("Passport.pdf", true),
            ("passende tidspunkt.pdf", false),
            ("kompas.png", false),
            ("idé.txt", false),
            ("", false),
        ] {
            let found = must_not_keep(name, "application/octet-stream", b"\x00", None);
            assert_eq!(found == Some(NotKept::Identity), expected, "{name}");
        }
    }

    #[test]
    fn a_text_with_a_cpr_number_is_not_kept() {
        let look =
            |name: &str, mime: &str, content: &[u8]| must_not_keep(name, mime, content, None);
        assert_eq!(
            look("a.txt", "text/plain", b"Mit nummer er 010190-1234."),
            Some(NotKept::Cpr)
        );
        assert_eq!(
            look("a", "application/octet-stream", b"nr 010190-1234"),
            Some(NotKept::Cpr)
        );
        assert_eq!(
            look("010190-1234.png", "image/png", b"\x89"),
            Some(NotKept::Cpr)
        );
        assert_eq!(look("a.txt", "text/plain", b"Hej"), None);
        assert_eq!(look("a.png", "image/png", b"\x00\x01 010190-1234"), None);
    }
}
