//! A new file with the live rows of another: what was deleted, and what lies in pages no longer used, stays behind.
//!
//! redb's own `compact` was measured to leave residue; this was measured to leave none.

use std::ops::Bound;

use redb::{
    Database, Key, ReadTransaction, ReadableTable, Table, TableHandle, Value, WriteTransaction,
};
use twox_hash::xxhash3_128::Hasher;

use super::StoreError;
use super::tables::{self, for_every_table};

/// A checksum of rows in their order: two files that have the same one have the same rows in the same tables.
pub(super) struct Tally(Hasher);

impl Tally {
    pub(super) fn new() -> Self {
        Self(Hasher::new())
    }

    /// The rows that follow are those of a table.
    fn table(&mut self, name: &str) {
        self.row(name.as_bytes(), &[]);
    }

    fn row(&mut self, key: &[u8], value: &[u8]) {
        let mut lengths = [0; 16];
        lengths[..8].copy_from_slice(&(key.len() as u64).to_le_bytes());
        lengths[8..].copy_from_slice(&(value.len() as u64).to_le_bytes());
        self.0.write(&lengths);
        self.0.write(key);
        self.0.write(value);
    }

    pub(super) fn sum(&self) -> u128 {
        self.0.finish_128()
    }
}

/// Takes every row of a table into account, after `each` has looked at it.
fn go_through<K: Key + 'static, V: Value + 'static>(
    source: &impl ReadableTable<K, V>,
    tally: &mut Tally,
    mut each: impl FnMut(K::SelfType<'_>, V::SelfType<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    for row in source.iter()? {
        let (key, value) = row?;
        let (key, value) = (key.value(), value.value());
        tally.row(K::as_bytes(&key).as_ref(), V::as_bytes(&value).as_ref());
        each(key, value)?;
    }
    Ok(())
}

/// Copies every row of a table to the end of an empty one. They come in order, so that redb builds full pages at once and
/// looks for the place of none.
fn copy_table<K: Key + 'static, V: Value + 'static>(
    source: &impl ReadableTable<K, V>,
    target: &mut Table<'_, K, V>,
    tally: &mut Tally,
    go_on: impl Fn() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut end = target.upper_bound_mut(Bound::<K::SelfType<'_>>::Unbounded)?;
    go_through(source, tally, |key, value| {
        go_on()?;
        Ok(end.insert_before(key, value)?)
    })?;
    Ok(end.close()?)
}

/// The same rows are read alike from either kind of transaction, which share no trait that opens a table.
macro_rules! copying {
    ($(#[$doc:meta])* $name:ident, $from:ty) => {
        $(#[$doc])*
        pub(super) fn $name(
            from: &$from,
            into: &Database,
            go_on: impl Fn() -> Result<(), StoreError>,
        ) -> Result<u128, StoreError> {
            let write = into.begin_write()?;
            let mut tally = Tally::new();
            macro_rules! copy {
                ($table:ident) => {{
                    let source = from.open_table(tables::$table)?;
                    let mut target = write.open_table(tables::$table)?;
                    tally.table(tables::$table.name());
                    copy_table(&source, &mut target, &mut tally, &go_on)?;
                }};
            }
            for_every_table!(copy);
            write.commit()?;
            Ok(tally.sum())
        }
    };
}

copying!(
    /// Copies every row of every table into an empty database, in one transaction, for as long as `go_on` says so; gives
    /// their checksum.
    copy_rows,
    ReadTransaction
);

copying!(
    /// As [`copy_rows`], with what a transaction changed that is never to be committed where it was begun.
    copy_rows_uncommitted,
    WriteTransaction
);

/// The checksum of every row of every table, as [`copy_rows`] gives it.
pub(super) fn sum_of_rows(from: &ReadTransaction) -> Result<u128, StoreError> {
    let mut tally = Tally::new();
    macro_rules! add {
        ($table:ident) => {{
            tally.table(tables::$table.name());
            go_through(&from.open_table(tables::$table)?, &mut tally, |_, _| Ok(()))?;
        }};
    }
    for_every_table!(add);
    Ok(tally.sum())
}
