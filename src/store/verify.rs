//! Checking a store: the file, every row, the history's chain, the records against the history, and the indexes against
//! the records.
//!
//! Changes nothing, not even a file that a killed process left, and goes on after what is damaged. What it finds are
//! values; `i18n` has the sentences. A history of which the end was cut off, with the records as they were then, is
//! whole in itself: only its head, noted down elsewhere, tells.

mod indexes;

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::digest::Secret;
use super::overlay::Overlay;
use super::salvage::{Numbered, Rows, Salvage};
use super::tables::{
    COUNTERS, DRAFTS, FORMAT, HISTORY, HISTORY_OF, ITEMS, META, META_FORMAT, META_GENERATION,
    META_RULES, META_SECRET, META_UNDO, OPERATIONS,
};
use super::tx::Operation;
use super::view::{UndoState, View};
use super::{Store, StoreError, codec, file, guarded, history};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::standing::Rules;

/// Problems that are told; beyond, they are only counted.
const TOLD: usize = 1_000;

/// What was checked, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// What was looked at.
    pub checked: Checked,
    /// The last history entry: its number and its chain value.
    pub head: Option<(u64, String)>,
    /// What is wrong, the first of it.
    pub problems: Vec<Problem>,
    /// How much is wrong altogether.
    pub total: usize,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Checked {
    /// Bytes of the file.
    pub bytes: u64,
    /// Records.
    pub records: usize,
    /// History entries.
    pub entries: usize,
    /// Operations that can be undone or redone.
    pub operations: usize,
    /// Drafts.
    pub drafts: usize,
    /// Contents of files.
    pub files: usize,
    /// Rows of the indexes.
    pub index_rows: usize,
}

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// In which table; `None` when it is the file.
    pub table: Option<&'static str>,
    /// Under which key.
    pub key: Option<String>,
    /// Which record it concerns.
    pub id: Option<ItemId>,
    /// What.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// redb's own check failed, with what it said.
    File(String),
    /// Only an older state of the file is whole: the last change is not.
    OlderState,
    /// A part of a table cannot be read.
    Unreadable,
    /// A row cannot be read, or its checksum is wrong.
    Damaged,
    /// A key that means nothing.
    UnknownKey,
    /// A history entry is missing.
    Gap,
    /// The chain value is not the one that follows from the entry and the one before it.
    Chain,
    /// A record is not as the history says.
    Changed,
    /// The history knows a record that is not there.
    Vanished,
    /// A record is there of which the history says that it is gone.
    Returned,
    /// The history does not know how a record came in.
    NoHistory,
    /// A row is missing in an index.
    IndexMissing,
    /// An index has a row that should not be there.
    IndexSurplus,
    /// A row of an index says something else than the records.
    IndexDiffers,
    /// A number could be given out again.
    CounterBehind,
    /// The content of a file a record has is not there.
    FileMissing,
}

impl Fault {
    /// A stable word for scripts, and the key of its sentence.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::OlderState => "older-state",
            Self::Unreadable => "unreadable",
            Self::Damaged => "damaged",
            Self::UnknownKey => "unknown-key",
            Self::Gap => "gap",
            Self::Chain => "chain",
            Self::Changed => "changed",
            Self::Vanished => "vanished",
            Self::Returned => "returned",
            Self::NoHistory => "no-history",
            Self::IndexMissing => "index-missing",
            Self::IndexSurplus => "index-surplus",
            Self::IndexDiffers => "index-differs",
            Self::CounterBehind => "counter-behind",
            Self::FileMissing => "file-missing",
        }
    }
}

impl Store {
    /// Checks everything there is to check. Changes nothing, but for a file of an older format, which is converted first
    /// as by any other use.
    ///
    /// # Errors
    /// [`StoreError`] when the file is none of ours, of another format, busy, or cannot be read from the disk. Damage is
    /// no error but a [`Problem`].
    pub fn verify(&self) -> Result<Verification, StoreError> {
        self.create_if_wanted()?;
        if !self.create && !self.path.exists() {
            return Ok(Verification::default());
        }
        file::check_plausible(&self.path)?;
        let lock = file::lock(&self.path, file::Access::Shared, self.wait)?;
        let path = file::real(&self.path);
        let mut check = Check::default();
        check.whole_file(&path)?;
        match Salvage::of(path) {
            Ok(salvage) => match salvage.look(|tx| View::of_read(tx).map(|_| ())) {
                Err(StoreError::Older { .. }) if self.create => {
                    drop(lock);
                    self.repair()?;
                    return self.verify();
                }
                Err(
                    error @ (StoreError::Older { .. }
                    | StoreError::Newer { .. }
                    | StoreError::Foreign),
                ) => return Err(error),
                // What else is wrong is found again, row by row.
                Ok(()) | Err(_) => check.run(&salvage),
            },
            Err(StoreError::Damaged { place }) => check.add(None, None, None, Fault::File(place)),
            Err(error) => return Err(error),
        }
        Ok(check.done)
    }
}

/// A key as it is told.
struct Key(String);

impl From<u64> for Key {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// A check under way.
#[derive(Default)]
struct Check {
    done: Verification,
}

/// What the file says of itself.
#[derive(Default)]
struct Meta {
    secret: Option<Secret>,
    rules: Option<Rules>,
}

/// What was read of the history.
#[derive(Default)]
struct History {
    /// The last entry about each record: its number and the digest.
    last: BTreeMap<ItemId, (u64, String)>,
    /// Records whose first entry says how they came in.
    begun: BTreeSet<ItemId>,
    /// Whether every entry could be read.
    whole: bool,
    /// (key of the record, number) of every entry.
    of: BTreeSet<(u64, u64)>,
}

/// What was read of the records.
#[derive(Default)]
struct Records {
    items: BTreeMap<ItemId, Item>,
    /// Those that are there and cannot be read.
    damaged: BTreeSet<ItemId>,
    /// Whether there are or may be records that cannot be read.
    broken: bool,
}

impl Check {
    fn add(
        &mut self,
        table: Option<&'static str>,
        key: Option<String>,
        id: Option<ItemId>,
        fault: Fault,
    ) {
        self.done.total += 1;
        if self.done.problems.len() < TOLD {
            self.done.problems.push(Problem {
                table,
                key,
                id,
                fault,
            });
        }
    }

    fn in_table(
        &mut self,
        table: &'static str,
        key: impl Into<Key>,
        id: Option<ItemId>,
        fault: Fault,
    ) {
        self.add(Some(table), Some(key.into().0), id, fault);
    }

    /// redb's own check of every page.
    fn whole_file(&mut self, path: &std::path::Path) -> Result<(), StoreError> {
        let io = |source| StoreError::Io {
            path: path.to_owned(),
            source,
        };
        self.done.checked.bytes = std::fs::metadata(path).map_err(io)?.len();
        let overlay = Overlay::over(path).map_err(io)?;
        match guarded(|| file::check_integrity(path, overlay)) {
            Ok(true) => {}
            Ok(false) => self.add(None, None, None, Fault::OlderState),
            Err(StoreError::Damaged { place }) => {
                self.add(None, None, None, Fault::File(place));
            }
            Err(error @ StoreError::Io { .. }) => {
                self.add(None, None, None, Fault::File(error.to_string()));
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn run(&mut self, salvage: &Salvage) {
        let meta = self.meta(salvage);
        let ids = salvage.ids();
        let history = self.history(salvage);
        let records = self.records(salvage, &ids);
        self.kept_for_undo(salvage);
        if let Some(secret) = &meta.secret {
            self.state_against_history(secret, &history, &records);
            self.files(salvage, *secret, &records);
        }
        self.counters(salvage, &history, &records);
        self.indexes(salvage, &meta, &history, &records);
    }

    /// Decodes a value, or says that it is damaged.
    fn decoded<T: DeserializeOwned>(
        &mut self,
        table: &'static str,
        key: &impl ToString,
        bytes: &[u8],
    ) -> Option<T> {
        let value = codec::decode(bytes, String::new).ok();
        if value.is_none() {
            self.in_table(table, Key(key.to_string()), None, Fault::Damaged);
        }
        value
    }

    fn meta(&mut self, salvage: &Salvage) -> Meta {
        let mut rows: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let walked = salvage.walk(META, |key, value| {
            rows.insert(key.to_owned(), value.to_vec());
        });
        if walked.is_err() {
            self.add(Some("meta"), None, None, Fault::Unreadable);
        }
        let mut meta = Meta::default();
        for (key, bytes) in &rows {
            match key.as_str() {
                META_FORMAT => {
                    if bytes.as_slice() != FORMAT.to_le_bytes() {
                        self.in_table("meta", key.as_str(), None, Fault::Damaged);
                    }
                }
                META_SECRET => meta.secret = self.decoded("meta", key, bytes).map(Secret),
                META_RULES => meta.rules = self.decoded("meta", key, bytes),
                META_UNDO => drop(self.decoded::<UndoState>("meta", key, bytes)),
                META_GENERATION => drop(self.decoded::<u64>("meta", key, bytes)),
                _ => drop(self.decoded::<Box<RawValue>>("meta", key, bytes)),
            }
        }
        // Made with the file; all others come with the first change.
        if walked.is_ok() && !rows.contains_key(META_SECRET) {
            self.in_table("meta", META_SECRET, None, Fault::Damaged);
        }
        meta
    }

    /// Reads a numbered table; what cannot be read is told.
    fn numbered(
        &mut self,
        salvage: &Salvage,
        table: Numbered,
        name: &'static str,
        others: impl IntoIterator<Item = u64>,
    ) -> Rows {
        let rows = salvage.numbered(table, others);
        if rows.broken && rows.unreadable.is_empty() {
            self.add(Some(name), None, None, Fault::Unreadable);
        }
        rows
    }

    /// The chain, entry by entry. After an entry that is missing or damaged it begins anew: each break is told once.
    fn history(&mut self, salvage: &Salvage) -> History {
        let mut last_known = 0;
        // The index names numbers that a damaged table does not.
        drop(salvage.walk(HISTORY_OF, |(_, seq), ()| last_known = last_known.max(seq)));
        let rows = self.numbered(salvage, HISTORY, "history", 1..=last_known.min(10_000_000));
        self.done.checked.entries = rows.read.len();
        let mut history = History {
            whole: !rows.broken,
            ..History::default()
        };
        for seq in &rows.unreadable {
            self.in_table("history", *seq, None, Fault::Unreadable);
        }
        let mut expected = 1;
        let mut previous = Some(String::new());
        for (seq, bytes) in &rows.read {
            if *seq > expected {
                previous = None;
                history.whole = false;
                self.gap(expected, *seq, &rows.unreadable);
            }
            expected = seq + 1;
            let Ok(entry) = history::decode(bytes, String::new) else {
                self.in_table("history", *seq, None, Fault::Damaged);
                previous = None;
                history.whole = false;
                continue;
            };
            let follows = previous
                .as_ref()
                .is_none_or(|previous| entry.chained(previous) == entry.chain);
            if !follows || entry.seq != *seq {
                self.in_table("history", *seq, Some(entry.id), Fault::Chain);
            }
            if !history.last.contains_key(&entry.id)
                && ["received", "registered", "set-aside"].contains(&entry.event.as_str())
            {
                history.begun.insert(entry.id);
            }
            history.of.insert((entry.id.key(), *seq));
            history.last.insert(entry.id, (*seq, entry.digest));
            self.done.head = Some((*seq, entry.chain.clone()));
            previous = Some(entry.chain);
        }
        history
    }

    /// Entries that are missing, but for those told already. A damaged key can make the gap endless.
    fn gap(&mut self, first: u64, end: u64, told: &BTreeSet<u64>) {
        let shown = first.saturating_add(TOLD as u64).min(end);
        for missing in (first..shown).filter(|seq| !told.contains(seq)) {
            self.in_table("history", missing, None, Fault::Gap);
        }
        let more = usize::try_from(end - shown).unwrap_or(usize::MAX);
        self.done.total = self.done.total.saturating_add(more);
    }

    fn records(&mut self, salvage: &Salvage, ids: &BTreeSet<ItemId>) -> Records {
        let rows = self.numbered(salvage, ITEMS, "items", ids.iter().map(|id| id.key()));
        self.done.checked.records = rows.read.len();
        let mut records = Records {
            broken: rows.broken,
            ..Records::default()
        };
        for key in &rows.unreadable {
            let id = ItemId::from_key(*key);
            self.in_table("items", *key, id, Fault::Unreadable);
            records.damaged.extend(id);
        }
        for (key, bytes) in &rows.read {
            let Some(id) = ItemId::from_key(*key) else {
                self.in_table("items", *key, None, Fault::UnknownKey);
                continue;
            };
            if let Ok(item) = codec::decode_item(id, bytes) {
                records.items.insert(id, item);
            } else {
                self.in_table("items", *key, Some(id), Fault::Damaged);
                records.damaged.insert(id);
                records.broken = true;
            }
        }
        records
    }

    fn kept_for_undo(&mut self, salvage: &Salvage) {
        let operations = self.numbered(salvage, OPERATIONS, "operations", []);
        self.done.checked.operations = operations.read.len();
        for (key, bytes) in &operations.read {
            let operation: Option<Operation> = self.decoded("operations", key, bytes);
            if operation.is_some_and(|operation| !operation.is_readable()) {
                self.in_table("operations", *key, None, Fault::Damaged);
            }
        }
        let drafts = self.numbered(salvage, DRAFTS, "drafts", []);
        self.done.checked.drafts = drafts.read.len();
        for (key, bytes) in &drafts.read {
            drop(self.decoded::<Box<RawValue>>("drafts", key, bytes));
        }
    }

    /// The last entry about a record carries the digest of the record as it is; of one that is gone, the digest of nothing.
    fn state_against_history(&mut self, secret: &Secret, history: &History, records: &Records) {
        let nothing = secret.item(None);
        for (id, (seq, digest)) in &history.last {
            if records.damaged.contains(id) {
                continue;
            }
            let item = records.items.get(id);
            let fault = match item {
                _ if secret.item(item) == *digest => continue,
                None if records.broken => continue,
                None => Fault::Vanished,
                Some(_) if *digest == nothing => Fault::Returned,
                Some(_) => Fault::Changed,
            };
            // Where entries are missing, the last one may be among them.
            if history.whole || !matches!(fault, Fault::Changed | Fault::Returned) {
                self.in_table("history", *seq, Some(*id), fault);
            }
        }
        for id in records.items.keys() {
            if history.whole && !history.begun.contains(id) {
                self.in_table("items", id.key(), Some(*id), Fault::NoHistory);
            }
        }
    }

    /// No number is given out twice.
    fn counters(&mut self, salvage: &Salvage, history: &History, records: &Records) {
        let mut counters: BTreeMap<(u8, u16), u32> = BTreeMap::new();
        let walked = salvage.walk(COUNTERS, |key, last| {
            counters.insert(key, last);
        });
        self.done.checked.index_rows += counters.len();
        if walked.is_err() {
            self.add(Some("counters"), None, None, Fault::Unreadable);
            return;
        }
        let mut needed: BTreeMap<(u8, u16), ItemId> = BTreeMap::new();
        let known = history
            .last
            .keys()
            .chain(records.items.keys())
            .chain(&records.damaged);
        for id in known {
            let highest = needed.entry((id.item_type.tag(), id.year)).or_insert(*id);
            *highest = (*highest).max(*id);
        }
        for (key, id) in needed {
            if counters.get(&key).is_none_or(|last| *last < id.number) {
                self.in_table(
                    "counters",
                    Key(format!("{key:?}")),
                    Some(id),
                    Fault::CounterBehind,
                );
            }
        }
        for (tag, year) in counters.keys() {
            if ItemType::ALL.iter().all(|kind| kind.tag() != *tag) {
                self.in_table(
                    "counters",
                    Key(format!("({tag}, {year})")),
                    None,
                    Fault::UnknownKey,
                );
            }
        }
    }
}
