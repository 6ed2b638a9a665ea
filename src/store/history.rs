//! The history: append-only entries that say when, what, on which id and through which interface, and never who.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::{StoreError, codec, digest};
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// An entry as it is stored. Its two digests stand beside it in half the bytes of their digits; until format 4 they were
/// among the rest.
#[derive(Serialize, Deserialize)]
struct Stored {
    seq: u64,
    at: DateTime<Utc>,
    id: ItemId,
    event: String,
    via: Via,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chain: Option<String>,
}

/// Wraps an entry.
pub(super) fn encode(entry: &Entry) -> Result<Vec<u8>, StoreError> {
    let mut stored = Stored {
        seq: entry.seq,
        at: entry.at,
        id: entry.id,
        event: entry.event.clone(),
        via: entry.via,
        digest: None,
        chain: None,
    };
    let digests = digest::from_hex(&entry.digest).zip(digest::from_hex(&entry.chain));
    let Some((digest, chain)) = digests else {
        stored.digest = Some(entry.digest.clone());
        stored.chain = Some(entry.chain.clone());
        return codec::encode(&stored);
    };
    let mut beside = [0; codec::BESIDE];
    beside[..32].copy_from_slice(&digest);
    beside[32..].copy_from_slice(&chain);
    codec::encode_beside(&stored, &beside)
}

/// Unwraps an entry; `place` names table and key in the error.
pub(super) fn decode(bytes: &[u8], place: impl Fn() -> String) -> Result<Entry, StoreError> {
    let (stored, beside) = codec::decode_beside::<Stored>(bytes, &place)?;
    let digests = match beside {
        Some(beside) => Some((digest::hex(&beside[..32]), digest::hex(&beside[32..]))),
        None => stored.digest.zip(stored.chain),
    };
    let (digest, chain) = digests.ok_or_else(|| StoreError::Damaged { place: place() })?;
    Ok(Entry {
        seq: stored.seq,
        at: stored.at,
        id: stored.id,
        event: stored.event,
        via: stored.via,
        digest,
        chain,
    })
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
