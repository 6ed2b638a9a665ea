//! The history: append-only entries that say when, what, on which id and through which interface, and never who.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::digest;
use crate::domain::ids::ItemId;

/// The interface through which something was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// A command.
    Cli,
    /// The terminal UI.
    Tui,
    /// An import.
    Import,
    /// Made up by `demo`.
    Demo,
}

impl Via {
    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cli => "cli",
            Self::Tui => "tui",
            Self::Import => "import",
            Self::Demo => "demo",
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 without a gap.
    pub seq: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// On which record.
    pub id: ItemId,
    /// The name of the event.
    pub event: String,
    /// Through which interface.
    pub via: Via,
    /// A keyed digest of the record after it.
    pub digest: String,
    /// SHA-256 over the entry and the chain value before it.
    pub chain: String,
}

impl Entry {
    /// The chain value this entry must have after `previous`.
    pub(super) fn chained(&self, previous: &str) -> String {
        digest::chain(&[
            previous.as_bytes(),
            &self.seq.to_le_bytes(),
            self.at
                .to_rfc3339_opts(SecondsFormat::Nanos, true)
                .as_bytes(),
            self.id.to_string().as_bytes(),
            self.event.as_bytes(),
            self.via.word().as_bytes(),
            self.digest.as_bytes(),
        ])
    }
}
