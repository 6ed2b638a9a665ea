//! A letter that is being sent as a mail: noted with the case before anything leaves the machine, so that nobody sends it
//! twice when the program is killed between the server's yes and the record of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::item::Item;
use super::super::rejection::RejectionDraft;
use super::SentLetter;

/// A letter that is being sent, or that could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The letter as the record will keep it.
    pub letter: SentLetter,
    /// The reason it gives for an extension, or the doubt about identity, where the case has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The refusal that is made when it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejection: Option<RejectionDraft>,
    /// When the sending began.
    pub since: DateTime<Utc>,
    /// Why it did not go. Without this nobody knows whether it went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<Failure>,
    /// Whether it was tried before, and nobody knows whether it went then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub doubtful: bool,
}

/// Why a letter did not go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When that was known.
    pub at: DateTime<Utc>,
    /// What the server or the command said; the owner's own word for it where that is empty.
    pub why: String,
}

impl Outgoing {
    /// Whether nobody knows if it went.
    pub fn is_open(&self) -> bool {
        self.failed.is_none() || self.doubtful
    }

    /// Whether it is the same letter: of the same type, and to the same place where the type goes to several.
    pub fn is_about(&self, letter: &SentLetter) -> bool {
        self.letter.is_same_kind(letter)
    }
}

impl SentLetter {
    /// Whether two letters say the same thing to the same reader: letters to services and authorities differ by address.
    pub fn is_same_kind(&self, other: &Self) -> bool {
        self.letter == other.letter
            && (self.letter.is_to_person()
                || match (&self.to, &other.to) {
                    (Some(to), Some(other)) => to.eq_ignore_ascii_case(other),
                    _ => true,
                })
    }
}

/// The Message-ID of the letter that is about to be sent: `wanted`, unless another mail of the case has it. One that is
/// sent again as it was keeps its own, so that a mailbox which has the first one knows the second.
pub fn free_message_id(item: &Item, letter: &SentLetter, wanted: &str) -> String {
    let again = item.outbox().iter().find(|outgoing| {
        let kept = &outgoing.letter;
        outgoing.is_about(letter)
            && (&kept.subject, &kept.text, &kept.to) == (&letter.subject, &letter.text, &letter.to)
    });
    if let Some(id) = again.and_then(|outgoing| outgoing.letter.message_id.clone()) {
        return id;
    }
    let is_taken = |id: &str| {
        let sent = item.letters().iter();
        let outgoing = item.outbox().iter().map(|outgoing| &outgoing.letter);
        sent.chain(outgoing)
            .any(|letter| letter.message_id.as_deref() == Some(id))
    };
    let mut id = wanted.to_owned();
    let mut n = 2;
    while is_taken(&id) {
        id = format!("{n}.{wanted}");
        n += 1;
    }
    id
}
