//! The indexes against the records, and the contents of files against both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::super::digest::{FileDigest, Secret};
use super::super::files;
use super::super::indexes::{attention_of, erasing_day, mails_of, message_ids, scopes_of};
use super::super::salvage::Salvage;
use super::super::search::{self, Bits};
use super::super::spans::{self, Span};
use super::super::tables::{
    ATTENTION, CLOSED, CLOSED_ON, COUNTS, FILES, FILES_OF, HISTORY_OF, LOAD, MESSAGES, OPEN,
    PERSONS, RETENTION, RETENTION_ON, SEARCH, SEARCHED, SEARCHED_BEFORE, SEEN, UNSEARCHED,
};
use super::super::view::{RELATED_MAX, day_number};
use super::{Check, Fault, History, Key, Meta, Records};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::person::normalise;
use crate::domain::standing::{Rules, can_conflict};

impl Check {
    /// Every index, made anew from the records and compared.
    pub(super) fn indexes(
        &mut self,
        salvage: &Salvage,
        meta: &Meta,
        history: &History,
        records: &Records,
    ) {
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
        index.closings();
        index.search();
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
            Some((day, id.key()))
        });
        let retention: BTreeSet<(u32, u64)> = retention.collect();
        let mut retention_on: BTreeMap<Span, u64> = BTreeMap::new();
        for span in retention.iter().flat_map(|(day, _)| spans::around(*day)) {
            *retention_on.entry(span).or_default() += 1;
        }
        let retention = retention.into_iter().map(|key| (key, ()));
        index.compare("retention", RETENTION, retention, |(_, id), ()| of_key(*id));
        index.compare("retention_on", RETENTION_ON, retention_on, |_, _| None);
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
        let open: BTreeMap<_, _> = open.collect();
        let mut load: BTreeMap<_, u64> = BTreeMap::new();
        for ((scope, day, _), (act_by, due)) in &open {
            *load.entry((*scope, *day, *act_by, *due)).or_default() += 1;
        }
        index.compare("load", LOAD, load, |_, _| None);
        index.compare("open", OPEN, open, |(_, _, id), _| of_key(*id));
        index.compare("attention", ATTENTION, attention, |id, _| of_key(*id));
    }

    /// The index of files, and that every content a record has is there and is what was stored.
    pub(super) fn files(&mut self, salvage: &Salvage, secret: Secret, records: &Records) {
        let mut index = Index {
            check: self,
            salvage,
            records,
        };
        let files_of = records.items.iter().flat_map(|(id, item)| {
            let contents = files::contents_of(Some(item)).into_iter();
            contents.map(|key| ((key, id.key()), ()))
        });
        index.compare("files_of", FILES_OF, files_of, |(_, id), ()| {
            ItemId::from_key(*id)
        });
        let mut holders: BTreeMap<u128, ItemId> = BTreeMap::new();
        for (id, item) in &records.items {
            let contents = files::contents_of(Some(item)).into_iter();
            holders.extend(contents.map(|key| (key, *id)));
        }
        // Piece by piece: a store can hold more than memory does.
        let mut whole = BTreeSet::new();
        let mut current: Option<(u128, FileDigest)> = None;
        let mut damaged = Vec::new();
        let mut end = |current: Option<(u128, FileDigest)>| {
            if let Some((key, digest)) = current {
                whole.insert(key);
                if digest.key() != key {
                    damaged.push(key);
                }
            }
        };
        let walked = salvage.walk(FILES, |(key, _), piece| {
            if current.as_ref().is_none_or(|(known, _)| *known != key) {
                end(current.replace((key, secret.begin_file())));
            }
            if let Some((_, digest)) = &mut current {
                digest.add(piece);
            }
        });
        if walked.is_ok() {
            end(current);
        }
        self.done.checked.files = whole.len();
        if walked.is_err() {
            self.add(Some("files"), None, None, Fault::Unreadable);
        }
        for key in damaged {
            let id = holders.get(&key).copied();
            self.in_table("files", Key(files::written(key)), id, Fault::Damaged);
        }
        if walked.is_ok() {
            for (key, id) in holders.iter().filter(|(key, _)| !whole.contains(key)) {
                self.in_table(
                    "files",
                    Key(files::written(*key)),
                    Some(*id),
                    Fault::FileMissing,
                );
            }
        }
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

    /// What is closed, how many there are of it, and which mails are known.
    fn closings(&mut self) {
        let of_key = |key: u64| ItemId::from_key(key);
        let mut closed = Vec::new();
        let mut closed_on: BTreeMap<(u8, u32), u64> = BTreeMap::new();
        let mut counts: BTreeMap<(u8, bool), u64> = BTreeMap::new();
        let mut seen = Vec::new();
        for (id, item) in &self.records.items {
            for scope in scopes_of(*id) {
                *counts.entry((scope, item.is_open())).or_default() += 1;
                if let Some(closing) = item.closing() {
                    let day = !day_number(closing.on);
                    closed.push(((scope, day, !id.key()), ()));
                    *closed_on.entry((scope, day)).or_default() += 1;
                }
            }
            let mails = mails_of(Some(item));
            seen.extend(mails.into_iter().map(|mail| (mail, id.key())));
        }
        self.compare("closed", CLOSED, closed, |(_, _, id), ()| of_key(!id));
        self.compare("seen", SEEN, seen, |_, id| of_key(*id));
        if !self.records.broken {
            self.compare("closed_on", CLOSED_ON, closed_on, |_, _| None);
            self.compare_counts(&counts);
        }
    }

    /// Every record waits to be searched, or is in a segment that tells all of its terms. What a segment tells of an
    /// earlier text does no harm until the next erasure.
    fn search(&mut self) {
        let (waiting, _) = self.read("unsearched", UNSEARCHED);
        let (_, _) = self.read("searched_before", SEARCHED_BEFORE);
        let mut segments: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        let mut groups: BTreeMap<u32, BTreeMap<u32, Bits>> = BTreeMap::new();
        let mut damaged = Vec::new();
        let mut rows = 0;
        let walked = [
            self.salvage.walk(SEARCHED, |segment, value| {
                rows += 1;
                match search::keys_of(segment, value) {
                    Ok(keys) => {
                        segments.insert(segment, keys);
                    }
                    Err(_) => damaged.push(("searched", Key::from(u64::from(segment)))),
                }
            }),
            self.salvage.walk(SEARCH, |(segment, group), value| {
                rows += 1;
                match search::read(segment, value) {
                    Ok(terms) => groups.entry(segment).or_default().extend(terms),
                    Err(_) => damaged.push(("search", Key(format!("({segment}, {group})")))),
                }
            }),
        ];
        self.check.done.checked.index_rows += rows;
        for (name, walked) in ["searched", "search"].into_iter().zip(walked) {
            if walked.is_err() {
                self.check.add(Some(name), None, None, Fault::Unreadable);
                return;
            }
        }
        if !damaged.is_empty() {
            for (table, key) in damaged {
                self.check.in_table(table, key, None, Fault::Damaged);
            }
            return;
        }
        let mut found: BTreeSet<u64> = waiting.into_keys().collect();
        for (segment, keys) in segments {
            let terms = groups.remove(&segment).unwrap_or_default();
            for (place, key) in keys.into_iter().enumerate() {
                let id = ItemId::from_key(key);
                let item = id.and_then(|id| self.records.items.get(&id));
                let tells = |item| search::is_told(item, &terms, place);
                if item.is_some_and(tells) {
                    found.insert(key);
                }
            }
        }
        for id in self.records.items.keys() {
            if !found.contains(&id.key()) {
                let key = Key::from(id.key());
                self.check
                    .in_table("search", key, Some(*id), Fault::IndexMissing);
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
