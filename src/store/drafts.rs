//! Where half-written texts lie: the one table that is no part of the history.
//!
//! Keeping or dropping a draft makes no history entry, cannot be undone, and does not move the generation; a
//! transaction that does nothing else is committed without an operation. What is dropped is gone from the table at
//! once and from the file with the next purge, as everything erased is.

use sha2::{Digest, Sha256};

use super::StoreError;
use super::codec;
use crate::domain::draft::{Draft, Place};

/// The key of a place in the table. A digest, so that last writer wins without a search; there is no person in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot(pub(super) u64);

impl From<&Place> for Slot {
    fn from(place: &Place) -> Self {
        let on = place.on.map(|id| id.to_string()).unwrap_or_default();
        let task = place.task.as_deref().unwrap_or_default();
        let digest = Sha256::digest(format!("{}\0{on}\0{task}", place.form));
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_le_bytes(first))
    }
}

/// A draft from its bytes.
pub(super) fn decode(slot: u64, bytes: &[u8]) -> Result<Draft, StoreError> {
    codec::decode(bytes, || format!("drafts, {slot}"))
}
