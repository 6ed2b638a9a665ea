//! Giving back room that the file no longer needs: it grows by doubling, and what was deleted stays in it as empty pages.
//!
//! Nothing that can be read changes, undo and drafts neither. What leaves no trace of deleted rows is `erase`.

use std::fs;

use redb::ReadableTableMetadata as _;

use super::file::{self, Access};
use super::tables::{self, for_every_table};
use super::view::{View, with_table};
use super::{Store, StoreError, guarded};

/// Fewer bytes are not worth the writing.
const WORTH_IT: u64 = 1 << 20;

impl Store {
    /// Shortens the file when more than a quarter of it, and more than a mebibyte, is empty; tells whether it did. Reads
    /// every page to know that.
    ///
    /// # Errors
    /// [`StoreError`] when the file is busy, damaged, or cannot be written.
    pub fn shorten(&self) -> Result<bool, StoreError> {
        if self.rehearsed.is_some() || !self.create || !self.path.exists() {
            return Ok(false);
        }
        let in_use = self.read(bytes_in_use)?;
        let path = file::real(&self.path);
        let whole = fs::metadata(&path).map_err(|source| StoreError::Io { path, source })?;
        let empty = whole.len().saturating_sub(in_use);
        if empty < WORTH_IT || empty < whole.len() / 4 {
            return Ok(false);
        }
        guarded(|| {
            file::check_plausible(&self.path)?;
            let _lock = file::lock(&self.path, Access::Exclusive, self.wait)?;
            let mut database = self.open_to_write()?;
            database.compact()?;
            self.close(database)?;
            Ok(true)
        })
    }
}

/// Bytes of the pages that hold the tables.
fn bytes_in_use(view: &View<'_>) -> Result<u64, StoreError> {
    let mut bytes = 0;
    macro_rules! add {
        ($table:ident) => {
            with_table!(view, tables::$table, |table| {
                let stats = table.stats()?;
                bytes += stats.stored_bytes() + stats.metadata_bytes();
                bytes += stats.fragmented_bytes();
            });
        };
    }
    for_every_table!(add);
    Ok(bytes)
}
