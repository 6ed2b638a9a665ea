//! Checking a store: the file, every row, the history's chain, the records against the history, and the indexes against
//! the records.
//!
//! Changes nothing, not even a file that a killed process left, and goes on after what is damaged. What it finds are
//! values; `i18n` has the sentences. A history of which the end was cut off, with the records as they were then, is
//! whole in itself: only its head, noted down elsewhere, tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::digest::Secret;
use super::history::Entry;
use super::overlay::Overlay;
use super::salvage::{Numbered, Rows, Salvage};
use super::tables::{
    ATTENTION, CLOSED, COUNTERS, COUNTS, DRAFTS, FORMAT, HISTORY, HISTORY_OF, ITEMS, MESSAGES,
    META, META_FORMAT, META_GENERATION, META_RULES, META_SECRET, META_UNDO, OPEN, OPERATIONS,
    PERSONS, RETENTION, SEEN,
};
use super::tx::{Operation, attention_of, erasing_day, mails_of, message_ids, scopes_of};
use super::view::{RELATED_MAX, UndoState, View, day_number};
use super::{Store, StoreError, codec, file, guarded};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::person::normalise;
use crate::domain::standing::{Rules, can_conflict};

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
            let Some(entry) = self.decoded::<Entry>("history", seq, bytes) else {
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

    /// Every index, made anew from the records and compared.
    fn indexes(&mut self, salvage: &Salvage, meta: &Meta, history: &History, records: &Records) {
        let mut index = Index {
            check: self,
            salvage,
            records,
        };
        let of_key = |key: u64| ItemId::from_key(key);
        if history.whole {
            let rows = history.of.iter().map(|key| (*key, ()));
            index.compare("history_of", HISTORY_OF, rows, |(id, _), ()| of_key(*id));
        }
        let mut closed = Vec::new();
        let mut counts: BTreeMap<(u8, bool), u64> = BTreeMap::new();
        let mut seen = Vec::new();
        for (id, item) in &records.items {
            for scope in scopes_of(*id) {
                *counts.entry((scope, item.is_open())).or_default() += 1;
                if let Some(closing) = item.closing() {
                    closed.push(((scope, !day_number(closing.on), !id.key()), ()));
                }
            }
            let mails = mails_of(Some(item));
            seen.extend(mails.into_iter().map(|mail| (mail, id.key())));
        }
        index.compare("closed", CLOSED, closed, |(_, _, id), ()| of_key(!id));
        index.compare("seen", SEEN, seen, |_, id| of_key(*id));
        if !records.broken {
            index.compare_counts(&counts);
        }
        if let Some(secret) = &meta.secret {
            let mut persons = Vec::new();
            for (id, item) in &records.items {
                let addresses = item.person().addresses();
                let rows = addresses
                    .iter()
                    .map(|address| ((secret.address(address), id.key()), ()));
                persons.extend(rows);
            }
            index.compare("persons", PERSONS, persons, |(_, id), ()| of_key(*id));
        }
        // Without them, as after a conversion, the next change makes these indexes anew.
        let Some(rules) = meta.rules else {
            return;
        };
        if let Some(secret) = &meta.secret {
            let messages = records.items.iter().flat_map(|(id, item)| {
                let digests = message_ids(*secret, Some(item)).into_iter();
                digests.map(|digest| ((digest, id.key()), ()))
            });
            index.compare("messages", MESSAGES, messages, |(_, id), ()| of_key(*id));
        }
        let retention = records.items.iter().filter_map(|(id, item)| {
            let day = erasing_day(item, rules.retention)?;
            Some(((day, id.key()), ()))
        });
        index.compare("retention", RETENTION, retention, |(_, id), ()| of_key(*id));
        // The dates of a record can depend on one that cannot be read.
        if records.broken {
            return;
        }
        let Some(attention) = attention(records, rules) else {
            return;
        };
        let open = attention.iter().flat_map(|(key, (day, act_by, due))| {
            let scopes = of_key(*key).map(scopes_of).unwrap_or_default();
            let row = move |scope| ((scope, *day, *key), (*act_by, *due));
            scopes.into_iter().map(row)
        });
        index.compare("open", OPEN, open, |(_, _, id), _| of_key(*id));
        index.compare("attention", ATTENTION, attention, |id, _| of_key(*id));
    }
}

/// The days under which open records are indexed; `None` when a person has so many records that the store looks at the
/// first of them only, so that the order of the changes matters.
fn attention(records: &Records, rules: Rules) -> Option<BTreeMap<u64, (u32, u32, u32)>> {
    let mut holders: BTreeMap<String, Vec<&Item>> = BTreeMap::new();
    for item in records.items.values() {
        for address in item.person().addresses() {
            holders.entry(address).or_default().push(item);
        }
    }
    let mut attention = BTreeMap::new();
    for (id, item) in records.items.iter().filter(|(_, item)| item.is_open()) {
        let circle = if can_conflict(item) {
            circle(item, &holders)?
        } else {
            Vec::new()
        };
        let days = attention_of(item, &circle, rules);
        attention.extend(days.map(|days| (id.key(), days)));
    }
    Some(attention)
}

/// All that share an address with the record, or with one that does.
fn circle(item: &Item, holders: &BTreeMap<String, Vec<&Item>>) -> Option<Vec<Item>> {
    let mut found: BTreeMap<ItemId, &Item> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut waiting: Vec<String> = item.person().addresses().into_iter().collect();
    while let Some(address) = waiting.pop() {
        if !known.insert(address.clone()) {
            continue;
        }
        for other in holders.get(&address).into_iter().flatten() {
            if found.insert(other.id(), other).is_none() {
                waiting.extend(other.person().emails.iter().map(|email| normalise(email)));
            }
        }
        if found.len() >= RELATED_MAX {
            return None;
        }
    }
    Some(found.into_values().cloned().collect())
}

/// Compares index after index.
struct Index<'a> {
    check: &'a mut Check,
    salvage: &'a Salvage,
    records: &'a Records,
}

impl Index<'_> {
    fn read<K, V>(
        &mut self,
        name: &'static str,
        table: redb::TableDefinition<'_, K, V>,
    ) -> (BTreeMap<K, V>, bool)
    where
        K: redb::Key + Ord + 'static + for<'x> redb::Value<SelfType<'x> = K>,
        V: redb::Value + 'static + for<'x> redb::Value<SelfType<'x> = V>,
    {
        let mut rows = BTreeMap::new();
        let walked = self.salvage.walk(table, |key, value| {
            rows.insert(key, value);
        });
        self.check.done.checked.index_rows += rows.len();
        if walked.is_err() {
            self.check.add(Some(name), None, None, Fault::Unreadable);
        }
        (rows, walked.is_ok())
    }

    /// Compares a table with what it should hold. Rows about records that cannot be read are passed over.
    fn compare<K, V>(
        &mut self,
        name: &'static str,
        table: redb::TableDefinition<'_, K, V>,
        expected: impl IntoIterator<Item = (K, V)>,
        id_of: impl Fn(&K, &V) -> Option<ItemId>,
    ) where
        K: redb::Key + Ord + Debug + 'static + for<'x> redb::Value<SelfType<'x> = K>,
        V: redb::Value + PartialEq + 'static + for<'x> redb::Value<SelfType<'x> = V>,
    {
        let (found, whole) = self.read(name, table);
        let expected: BTreeMap<K, V> = expected.into_iter().collect();
        let mut wrong = Vec::new();
        for (key, value) in &found {
            match expected.get(key) {
                Some(right) if right == value => {}
                Some(_) => wrong.push((key, value, Fault::IndexDiffers)),
                None => wrong.push((key, value, Fault::IndexSurplus)),
            }
        }
        if whole {
            let missing = expected.iter().filter(|(key, _)| !found.contains_key(key));
            wrong.extend(missing.map(|(key, value)| (key, value, Fault::IndexMissing)));
        }
        for (key, value, fault) in wrong {
            let id = id_of(key, value);
            let unknowable = match id {
                Some(id) => {
                    self.records.damaged.contains(&id)
                        || (self.records.broken && !self.records.items.contains_key(&id))
                }
                None => self.records.broken,
            };
            if !unknowable {
                self.check
                    .in_table(name, Key(format!("{key:?}")), id, fault);
            }
        }
    }

    /// A count of nothing may be there or not.
    fn compare_counts(&mut self, expected: &BTreeMap<(u8, bool), u64>) {
        let (found, whole) = self.read("counts", COUNTS);
        let keys: BTreeSet<_> = found.keys().chain(expected.keys()).collect();
        for key in keys.into_iter().filter(|_| whole) {
            let count =
                |counts: &BTreeMap<(u8, bool), u64>| counts.get(key).copied().unwrap_or_default();
            if count(&found) != count(expected) {
                self.check
                    .in_table("counts", Key(format!("{key:?}")), None, Fault::IndexDiffers);
            }
        }
    }
}
