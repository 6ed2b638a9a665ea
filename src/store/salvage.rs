//! Reading a file that may be damaged: every row that can be read, one after another, and what could not be.
//!
//! redb can panic on a damaged page; each look is guarded, and begins anew after one that failed. Nothing is written.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use redb::{
    Key, ReadOnlyDatabase, ReadTransaction, ReadableDatabase, ReadableTable, ReadableTableMetadata,
    TableDefinition, Value,
};

use super::overlay::Overlay;
use super::tables::{COUNTERS, HISTORY_OF, ITEMS};
use super::{Store, StoreError, codec, file, guarded};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;

/// The most numbers of a type and year that are tried one by one; a damaged counter can hold any number.
const TRIED: u32 = 100_000;

/// A table whose keys are numbers and whose values are enveloped.
pub(super) type Numbered = TableDefinition<'static, u64, &'static [u8]>;

/// A file that is read as far as it can be.
pub(super) struct Salvage {
    path: PathBuf,
    overlay: Overlay,
    /// Open, until a look fails.
    database: RefCell<Option<ReadOnlyDatabase>>,
}

/// The rows of a numbered table.
#[derive(Default)]
pub(super) struct Rows {
    /// Those that could be read.
    pub(super) read: BTreeMap<u64, Vec<u8>>,
    /// The keys of those that are there and could not be.
    pub(super) unreadable: BTreeSet<u64>,
    /// Whether there may be others of which not even the key is known.
    pub(super) broken: bool,
}

impl Salvage {
    pub(super) fn of(path: PathBuf) -> Result<Self, StoreError> {
        let overlay = Overlay::over(&path).map_err(|source| StoreError::Io {
            path: path.clone(),
            source,
        })?;
        let salvage = Self {
            path,
            overlay,
            database: RefCell::new(None),
        };
        salvage.look(|_| Ok(()))?;
        Ok(salvage)
    }

    /// One guarded look.
    pub(super) fn look<T>(
        &self,
        work: impl FnOnce(&ReadTransaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        guarded(|| {
            let kept = self.database.take();
            let database = match kept {
                Some(database) => database,
                None => file::open_overlay(&self.path, &self.overlay)?,
            };
            let result = work(&database.begin_read()?)?;
            self.database.replace(Some(database));
            Ok(result)
        })
    }

    /// Calls `visit` with every row of a table in the order of keys, until one cannot be read.
    pub(super) fn walk<K: Key + 'static, V: Value + 'static>(
        &self,
        table: TableDefinition<'_, K, V>,
        mut visit: impl FnMut(K::SelfType<'_>, V::SelfType<'_>),
    ) -> Result<(), StoreError> {
        self.look(|tx| {
            let table = tx.open_table(table)?;
            // A damaged pointer can lead in a circle.
            let mut left = table.len()?;
            for row in table.iter()? {
                let (key, value) = row?;
                left = left.checked_sub(1).ok_or_else(miscounted)?;
                visit(key.value(), value.value());
            }
            if left > 0 {
                return Err(miscounted());
            }
            Ok(())
        })
    }

    /// The rows of a numbered table. Behind a damaged page those are looked for one by one whose keys are among
    /// `others`.
    pub(super) fn numbered(&self, table: Numbered, others: impl IntoIterator<Item = u64>) -> Rows {
        let mut rows = Rows::default();
        let walked = self.walk(table, |key, value| {
            rows.read.insert(key, value.to_vec());
        });
        if walked.is_ok() {
            return rows;
        }
        rows.broken = true;
        for key in others {
            if rows.read.contains_key(&key) {
                continue;
            }
            let found = self.look(|tx| {
                let found = tx.open_table(table)?.get(key)?;
                Ok(found.map(|value| value.value().to_vec()))
            });
            match found {
                Ok(Some(value)) => {
                    rows.read.insert(key, value);
                }
                Ok(None) => {}
                Err(_) => {
                    rows.unreadable.insert(key);
                }
            }
        }
        rows
    }

    /// The ids that were ever given out, as far as counters and history say.
    pub(super) fn ids(&self) -> BTreeSet<ItemId> {
        let mut ids = BTreeSet::new();
        let counted = self.walk(COUNTERS, |(tag, year), last| {
            let known = ItemType::ALL.into_iter().find(|kind| kind.tag() == tag);
            ids.extend(known.into_iter().flat_map(|item_type| {
                (1..=last.min(TRIED)).map(move |number| ItemId {
                    item_type,
                    year,
                    number,
                })
            }));
        });
        let named = self.walk(HISTORY_OF, |(id, _), ()| ids.extend(ItemId::from_key(id)));
        // Whichever of the two cannot be read: the other has most of them.
        drop((counted, named));
        ids
    }
}

fn miscounted() -> StoreError {
    StoreError::Damaged {
        place: "a table holds other rows than it counts".into(),
    }
}

/// What could be read of the records of a damaged store, and what could not.
#[derive(Debug, Default)]
pub struct Rescued {
    /// The records, in the order of their ids.
    pub items: Vec<Item>,
    /// The ids of records that are there and cannot be read.
    pub lost: Vec<ItemId>,
    /// Whether there may be others of which not even the id is known.
    pub broken: bool,
}

impl Store {
    /// Every record that can be read, whatever is wrong with the others and with the indexes. Changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when nothing can be read at all.
    pub fn rescue(&self) -> Result<Rescued, StoreError> {
        file::check_plausible(&self.path)?;
        let _lock = file::lock(&self.path, file::Access::Shared, self.wait)?;
        let salvage = Salvage::of(file::real(&self.path))?;
        let rows = salvage.numbered(ITEMS, salvage.ids().into_iter().map(ItemId::key));
        let mut rescued = Rescued {
            broken: rows.broken,
            ..Rescued::default()
        };
        let mut lost: BTreeSet<ItemId> = rows
            .unreadable
            .iter()
            .filter_map(|key| ItemId::from_key(*key))
            .collect();
        for (key, bytes) in &rows.read {
            match ItemId::from_key(*key) {
                Some(id) => match codec::decode_item(id, bytes) {
                    Ok(item) => rescued.items.push(item),
                    Err(_) => {
                        lost.insert(id);
                    }
                },
                None => rescued.broken = true,
            }
        }
        rescued.lost = lost.into_iter().collect();
        Ok(rescued)
    }
}
