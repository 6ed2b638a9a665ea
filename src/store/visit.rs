//! When the screen was last opened: one value that is no part of the history.
//!
//! Noting a visit makes no history entry, cannot be undone, and does not move the generation, as with drafts. It says when,
//! and up to which change; not who: the store is one owner's.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::codec;
use super::tables::{META, META_VISIT};
use super::{StoreError, Tx, View};

/// An opening of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The number of the last history entry there was then; 0 when there was none.
    pub seq: u64,
    /// When.
    pub at: DateTime<Utc>,
}

impl View<'_> {
    /// The last opening of the screen that was noted.
    pub fn visit(&self) -> Result<Option<Visit>, StoreError> {
        self.meta(META_VISIT)
    }
}

impl Tx<'_> {
    /// Notes an opening of the screen in place of the one before.
    pub fn note_visit(&mut self, visit: Visit) -> Result<(), StoreError> {
        let mut meta = self.write.open_table(META)?;
        meta.insert(META_VISIT, codec::encode(&visit)?.as_slice())?;
        self.aside_changed = true;
        Ok(())
    }
}
