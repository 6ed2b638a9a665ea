//! A new file with the live rows of another: what was deleted, and what lies in pages no longer used, stays behind.
//!
//! redb's own `compact` was measured to leave residue; this was measured to leave none.

use redb::{Database, ReadTransaction, ReadableTable, WriteTransaction};

use super::StoreError;
use super::tables::{self, for_every_table};

/// The same rows are read alike from either kind of transaction, which share no trait that opens a table.
macro_rules! copying {
    ($(#[$doc:meta])* $name:ident, $from:ty) => {
        $(#[$doc])*
        pub(super) fn $name(from: &$from, into: &Database) -> Result<(), StoreError> {
            let write = into.begin_write()?;
            macro_rules! copy {
                ($table:ident) => {{
                    let source = from.open_table(tables::$table)?;
                    let mut target = write.open_table(tables::$table)?;
                    for row in source.iter()? {
                        let (key, value) = row?;
                        target.insert(key.value(), value.value())?;
                    }
                }};
            }
            for_every_table!(copy);
            write.commit()?;
            Ok(())
        }
    };
}

copying!(
    /// Copies every row of every table into an empty database, in one transaction.
    copy_rows,
    ReadTransaction
);

copying!(
    /// As [`copy_rows`], with what a transaction changed that is never to be committed where it was begun.
    copy_rows_uncommitted,
    WriteTransaction
);
