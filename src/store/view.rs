//! What can be read from the store, alike in a reading and in a writing transaction.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use redb::{
    ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, WriteTransaction,
};
use serde::{Deserialize, Serialize};

use super::digest::Secret;
use super::history::Entry;
use super::indexes::scopes_of;
use super::load::urgency;
use super::tables::{
    ATTENTION, COUNTERS, COUNTS, DRAFTS, EVERYTHING, FILES, FORMAT, HISTORY, HISTORY_OF, ITEMS,
    MESSAGES, META, META_FORMAT, META_GENERATION, META_MAILBOX, META_RULES, META_SECRET, META_UNDO,
    OPEN, OPERATIONS, PERSONS, RETENTION, RETENTION_ON, SEEN,
};
use super::tx::Operation;
use super::{StoreError, codec, drafts, files, history, spans};
use crate::domain::deadline::{Dates, Urgency};
use crate::domain::draft::Draft;
use crate::domain::ids::{IdPattern, ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::person::normalise;
use crate::domain::retention::retention;
use crate::domain::standing::Rules;

/// The most records that are looked at as belonging to one person.
pub(super) const RELATED_MAX: usize = 500;

/// Which records are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// All of them.
    Everything,
    /// Those of one type.
    Of(ItemType),
}

impl Scope {
    pub(super) fn tag(self) -> u8 {
        match self {
            Self::Everything => EVERYTHING,
            Self::Of(item_type) => item_type.tag(),
        }
    }

    /// Whether it counts and lists a record. Mails that were set aside are in no scope but their own.
    pub fn holds(self, id: ItemId) -> bool {
        scopes_of(id).contains(&self.tag())
    }

    /// The keys of the records in it.
    fn keys(self) -> RangeInclusive<u64> {
        match self {
            Self::Everything => 0..=u64::MAX,
            Self::Of(item_type) => {
                let first = u64::from(item_type.tag()) << 56;
                first..=(first | 0x00ff_ffff_ffff_ffff)
            }
        }
    }
}

/// A line of the index of open records: enough to sort and count without reading the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRow {
    /// Which.
    pub id: ItemId,
    /// The date by which it wants attention: `act_by`, an earlier follow-up, or when a missing link is flagged.
    pub attention_on: NaiveDate,
    /// The dates that hold, where some follow already.
    pub dates: Option<Dates>,
}

impl OpenRow {
    /// How pressing it is.
    pub fn urgency(&self, today: NaiveDate) -> Urgency {
        urgency(self.attention_on, self.dates, today)
    }
}

/// Why a short form of an id means nothing, or too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdProblem {
    /// There is no such record.
    Unknown(IdPattern),
    /// Several fit.
    Ambiguous(Vec<ItemId>),
}

/// The records that share an address with another, by their keys: eight bytes for each.
#[derive(Debug)]
pub struct Sharers(Vec<u64>);

impl Sharers {
    /// Whether a record is one of them.
    pub fn has(&self, id: ItemId) -> bool {
        self.0.binary_search(&id.key()).is_ok()
    }
}

/// The two ends of the undo stack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UndoState {
    /// The operation that undo would take back next.
    pub(super) top: Option<u64>,
    /// The undo operations that redo would take back, the next one last.
    pub(super) redo: Vec<u64>,
    /// The number of the last erasure: what lay before it is gone, and no number up to it is given out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) erased_up_to: Option<u64>,
}

/// Where an address still stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// In these records.
    pub items: Vec<ItemId>,
    /// Operations that undo or redo could put back, and drafts.
    pub kept_for_undo: usize,
}

/// How far a mailbox on a server was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// The server's word for which the numbers below hold.
    pub uid_validity: u32,
    /// The highest number of a mail that was read.
    pub last_uid: u32,
    /// Mails that were taken in and are still to be moved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_move: Vec<u32>,
}

/// A day as the indexes hold it: days from 1 January of year 1, 0 standing for no day.
pub(super) fn day_number(date: NaiveDate) -> u32 {
    u32::try_from(date.num_days_from_ce()).unwrap_or(0)
}

pub(super) fn day_from_number(number: u32) -> Option<NaiveDate> {
    if number == 0 {
        return None;
    }
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}

pub(super) enum Source<'t> {
    Read(&'t ReadTransaction),
    Write(&'t WriteTransaction),
}

/// A consistent look at the store.
pub struct View<'t> {
    pub(super) source: Source<'t>,
    pub(super) secret: Secret,
    /// The records, opened once: a list looks one up after another.
    items: OnceCell<ReadOnlyTable<u64, &'static [u8]>>,
    /// Who they are of, likewise: a list of addresses is looked up one after another.
    persons: OnceCell<ReadOnlyTable<(u64, u64), ()>>,
}

/// Opens a table from whichever transaction the view is of, for the length of `$body`.
macro_rules! with_table {
    ($view:expr, $definition:expr, |$table:ident| $body:expr) => {
        match $view.source {
            $crate::store::view::Source::Read(tx) => {
                let $table = tx
                    .open_table($definition)
                    .map_err($crate::store::StoreError::from)?;
                $body
            }
            $crate::store::view::Source::Write(tx) => {
                let $table = tx
                    .open_table($definition)
                    .map_err($crate::store::StoreError::from)?;
                $body
            }
        }
    };
}

pub(super) use with_table;

/// As [`with_table`], for a table that a list asks for row after row: a reading view opens it once, into `$kept`.
macro_rules! with_kept_table {
    ($view:expr, $kept:ident, $definition:expr, |$table:ident| $body:expr) => {
        match $view.source {
            Source::Read(tx) => {
                let $table = if let Some(table) = $view.$kept.get() {
                    table
                } else {
                    let table = tx.open_table($definition)?;
                    $view.$kept.get_or_init(|| table)
                };
                $body
            }
            Source::Write(tx) => {
                let $table = tx.open_table($definition)?;
                $body
            }
        }
    };
}

impl<'t> View<'t> {
    pub(super) fn of_read(tx: &'t ReadTransaction) -> Result<Self, StoreError> {
        Self::of(Source::Read(tx))
    }

    pub(super) fn of_write(tx: &'t WriteTransaction) -> Result<Self, StoreError> {
        Self::of(Source::Write(tx))
    }

    fn of(source: Source<'t>) -> Result<Self, StoreError> {
        let mut view = Self {
            source,
            secret: Secret([0; 32]),
            items: OnceCell::new(),
            persons: OnceCell::new(),
        };
        view.check_format()?;
        view.secret = Secret(view.meta(META_SECRET)?.ok_or_else(|| StoreError::Damaged {
            place: "meta, secret".into(),
        })?);
        Ok(view)
    }

    fn check_format(&self) -> Result<(), StoreError> {
        match self.format()? {
            Some(FORMAT) => Ok(()),
            Some(found) if found > FORMAT => Err(StoreError::Newer {
                found,
                known: FORMAT,
            }),
            Some(found) => Err(StoreError::Older { found }),
            None => Err(StoreError::Foreign),
        }
    }

    /// The format of the file; `None` when it is no store of ours.
    fn format(&self) -> Result<Option<u32>, StoreError> {
        // A redb file of another program has no such table.
        if let Source::Read(tx) = self.source
            && matches!(
                tx.open_table(META),
                Err(redb::TableError::TableDoesNotExist(_))
            )
        {
            return Ok(None);
        }
        let found = with_table!(self, META, |table| table
            .get(META_FORMAT)?
            .map(|value| value.value().to_vec()));
        Ok(found
            .and_then(|bytes| <[u8; 4]>::try_from(bytes).ok())
            .map(u32::from_le_bytes))
    }

    /// The rules the indexes were made with.
    pub(super) fn rules(&self) -> Result<Option<Rules>, StoreError> {
        self.meta(META_RULES)
    }

    pub(super) fn meta<T: serde::de::DeserializeOwned>(
        &self,
        key: &str,
    ) -> Result<Option<T>, StoreError> {
        with_table!(self, META, |table| {
            match table.get(key)? {
                Some(value) => Ok(Some(codec::decode(value.value(), || {
                    format!("meta, {key}")
                })?)),
                None => Ok(None),
            }
        })
    }

    /// A number that grows with every change anybody makes.
    pub fn generation(&self) -> Result<u64, StoreError> {
        Ok(self.meta(META_GENERATION)?.unwrap_or_default())
    }

    /// How far a mailbox was read; `identity` is all that tells it from others, and is not kept.
    pub fn bookmark(&self, identity: &str) -> Result<Option<Bookmark>, StoreError> {
        self.bookmark_at(&self.bookmark_key(identity))
    }

    pub(super) fn bookmark_key(&self, identity: &str) -> String {
        format!("{META_MAILBOX}{}", self.secret.mailbox(identity))
    }

    pub(super) fn bookmark_at(&self, key: &str) -> Result<Option<Bookmark>, StoreError> {
        self.meta(key)
    }

    pub(super) fn undo_state(&self) -> Result<UndoState, StoreError> {
        Ok(self.meta(META_UNDO)?.unwrap_or_default())
    }

    /// One record.
    pub fn get(&self, id: ItemId) -> Result<Option<Item>, StoreError> {
        with_kept_table!(self, items, ITEMS, |table| {
            match table.get(id.key())? {
                Some(value) => Ok(Some(codec::decode_item(id, value.value())?)),
                None => Ok(None),
            }
        })
    }

    /// The content of a file a record has; `None` when it is not there.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not what was stored.
    pub fn file(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(key) = files::read_key(key) else {
            return Ok(None);
        };
        with_table!(self, FILES, |table| files::get(&table, self.secret, key))
    }

    /// The one record a pattern means.
    pub fn find(&self, pattern: IdPattern) -> Result<Result<ItemId, IdProblem>, StoreError> {
        let mut fitting = Vec::new();
        if let Some(id) = pattern.full() {
            if self.exists(id)? {
                fitting.push(id);
            }
        } else {
            for (item_type, year) in self.years()? {
                let id = ItemId {
                    item_type,
                    year,
                    number: pattern.number,
                };
                if pattern.matches(id) && self.exists(id)? {
                    fitting.push(id);
                }
            }
        }
        Ok(match fitting.as_slice() {
            [] => Err(IdProblem::Unknown(pattern)),
            [id] => Ok(*id),
            _ => Err(IdProblem::Ambiguous(fitting)),
        })
    }

    /// Whether there is such a record.
    pub fn exists(&self, id: ItemId) -> Result<bool, StoreError> {
        with_table!(self, ITEMS, |table| Ok(table.get(id.key())?.is_some()))
    }

    /// The types and years in which numbers were given out.
    fn years(&self) -> Result<Vec<(ItemType, u16)>, StoreError> {
        with_table!(self, COUNTERS, |table| {
            let mut years = Vec::new();
            for row in table.iter()? {
                let (tag, year) = row?.0.value();
                let known = ItemType::ALL.into_iter().find(|kind| kind.tag() == tag);
                years.extend(known.map(|item_type| (item_type, year)));
            }
            Ok(years)
        })
    }

    pub(super) fn counter(&self, item_type: ItemType, year: u16) -> Result<u32, StoreError> {
        with_table!(self, COUNTERS, |table| Ok(table
            .get((item_type.tag(), year))?
            .map_or(0, |value| value.value())))
    }

    /// How many records are open (or closed).
    pub fn count(&self, scope: Scope, open: bool) -> Result<u64, StoreError> {
        with_table!(self, COUNTS, |table| Ok(table
            .get((scope.tag(), open))?
            .map_or(0, |value| value.value())))
    }

    /// The first open record that wants attention after `day`.
    pub fn next_open_after(&self, day: NaiveDate) -> Result<Option<OpenRow>, StoreError> {
        let range = (EVERYTHING, day_number(day) + 1, 0)..=(EVERYTHING, u32::MAX, u64::MAX);
        with_table!(self, OPEN, |table| {
            let mut range = table.range(range)?;
            match range.next() {
                Some(entry) => {
                    let (key, dates) = entry?;
                    let (_, day, id) = key.value();
                    Ok(open_row(day, id, dates.value()))
                }
                None => Ok(None),
            }
        })
    }

    /// How many closed records are due to be erased, in part or altogether.
    pub fn past_retention(&self, today: NaiveDate) -> Result<usize, StoreError> {
        with_table!(self, RETENTION_ON, |table| {
            let mut due = 0;
            for span in spans::up_to(day_number(today)) {
                for row in table.range(span)? {
                    due += usize::try_from(row?.1.value()).unwrap_or(usize::MAX);
                }
            }
            Ok(due)
        })
    }

    /// Closed records and the day of the next step of their erasing, by that day. The index is as old as the last
    /// change; where the settings changed since, it is worked out anew.
    pub fn to_be_erased(&self, rules: Rules) -> Result<Vec<(NaiveDate, ItemId)>, StoreError> {
        let mut rows = Vec::new();
        if self.rules()? == Some(rules) {
            with_table!(self, RETENTION, |table| {
                for entry in table.iter()? {
                    let (day, id) = entry?.0.value();
                    rows.extend(day_from_number(day).zip(ItemId::from_key(id)));
                }
            });
        } else {
            self.scan(Scope::Everything, |item| {
                let retention = retention(&item, rules.retention);
                rows.extend(retention.map(|retention| (retention.next.0, item.id())));
                true
            })?;
            rows.sort_unstable();
        }
        Ok(rows)
    }

    /// How many operations undo and redo know, and how many drafts there are.
    pub fn kept_for_undo(&self) -> Result<(u64, u64), StoreError> {
        let operations = with_table!(self, OPERATIONS, |table| table.len()?);
        let drafts = with_table!(self, DRAFTS, |table| table.len()?);
        Ok((operations, drafts))
    }

    /// Where one of these addresses stands in a text, whatever the case of its letters.
    pub fn mentions(&self, addresses: &BTreeSet<String>) -> Result<Mentions, StoreError> {
        let mut mentions = Mentions::default();
        with_table!(self, ITEMS, |table| {
            for entry in table.iter()? {
                let (key, value) = entry?;
                let place = || format!("items, key {}", key.value());
                if names(&codec::decode(value.value(), place)?, addresses) {
                    mentions.items.extend(ItemId::from_key(key.value()));
                }
            }
        });
        with_table!(self, OPERATIONS, |table| {
            for entry in table.iter()? {
                let (key, value) = entry?;
                let place = || format!("operations, {}", key.value());
                let named = names(&codec::decode(value.value(), place)?, addresses);
                mentions.kept_for_undo += usize::from(named);
            }
        });
        with_table!(self, DRAFTS, |table| {
            for entry in table.iter()? {
                let (key, value) = entry?;
                let place = || format!("drafts, {}", key.value());
                let named = names(&codec::decode(value.value(), place)?, addresses);
                mentions.kept_for_undo += usize::from(named);
            }
        });
        Ok(mentions)
    }

    pub(super) fn attention(&self, id: ItemId) -> Result<Option<(u32, u32, u32)>, StoreError> {
        with_table!(self, ATTENTION, |table| Ok(table
            .get(id.key())?
            .map(|value| value.value())))
    }

    /// How many records of a scope are stored, whatever the indexes say. Mails that were set aside are in no scope but
    /// their own.
    pub fn stored(&self, scope: Scope) -> Result<usize, StoreError> {
        with_table!(self, ITEMS, |table| {
            let counted = |keys: RangeInclusive<u64>| -> Result<usize, StoreError> {
                let mut stored = 0;
                for entry in table.range(keys)? {
                    entry?;
                    stored += 1;
                }
                Ok(stored)
            };
            match scope {
                // The tree knows how many rows it has; to count them would be to read all of it.
                Scope::Everything => {
                    let all = usize::try_from(table.len()?).unwrap_or(usize::MAX);
                    Ok(all - counted(Scope::Of(ItemType::Mail).keys())?)
                }
                Scope::Of(_) => counted(scope.keys()),
            }
        })
    }

    /// The records that share an address with another: every other one is all there is of its person.
    ///
    /// # Errors
    /// [`StoreError`] from the file.
    pub fn sharers(&self) -> Result<Sharers, StoreError> {
        with_table!(self, PERSONS, |table| {
            let mut keys: Vec<u64> = Vec::new();
            let mut last: Option<(u64, u64)> = None;
            let mut shared = false;
            for entry in table.iter()? {
                let (digest, key) = entry?.0.value();
                match last {
                    Some((same, before)) if same == digest => {
                        if !shared {
                            keys.push(before);
                        }
                        keys.push(key);
                        shared = true;
                    }
                    _ => shared = false,
                }
                last = Some((digest, key));
            }
            keys.sort_unstable();
            keys.dedup();
            Ok(Sharers(keys))
        })
    }

    /// Calls `visit` with every record of a scope in the order of ids, until it says `false`.
    pub fn scan(
        &self,
        scope: Scope,
        mut visit: impl FnMut(Item) -> bool,
    ) -> Result<(), StoreError> {
        with_table!(self, ITEMS, |table| {
            for entry in table.range(scope.keys())? {
                let (key, value) = entry?;
                let id = ItemId::from_key(key.value()).ok_or_else(|| StoreError::Damaged {
                    place: format!("items, key {}", key.value()),
                })?;
                if !visit(codec::decode_item(id, value.value())?) {
                    break;
                }
            }
            Ok(())
        })
    }

    /// Every record that has one of the addresses, compared as `domain::person::normalise` does; of an address with
    /// very many of them the first.
    pub fn with_addresses(&self, addresses: &BTreeSet<String>) -> Result<Vec<Item>, StoreError> {
        self.first_with_addresses(addresses, RELATED_MAX, None)
    }

    /// Every record that has the address, however many there are.
    pub fn all_with_address(&self, address: &str) -> Result<Vec<Item>, StoreError> {
        self.first_with_addresses(&[normalise(address)].into(), usize::MAX, None)
    }

    /// `at_hand` is one of them, perhaps, that need not be read.
    fn first_with_addresses(
        &self,
        addresses: &BTreeSet<String>,
        most: usize,
        at_hand: Option<&Item>,
    ) -> Result<Vec<Item>, StoreError> {
        let mut ids = BTreeSet::new();
        for address in addresses {
            let digest = self.secret.address(address);
            let rows = (digest, 0)..=(digest, u64::MAX);
            with_kept_table!(self, persons, PERSONS, |table| {
                for entry in table.range(rows)?.take(most) {
                    ids.extend(ItemId::from_key(entry?.0.value().1));
                }
            });
        }
        let mut items = Vec::new();
        for id in ids {
            let item = match at_hand {
                Some(item) if item.id() == id => Some(item.clone()),
                _ => self.get(id)?,
            };
            items.extend(item.filter(|item| item.person().has_any(addresses)));
        }
        Ok(items)
    }

    /// The person's records, `item` among them: all that share an address with it, or with one that does.
    pub fn circle(&self, item: &Item) -> Result<Vec<Item>, StoreError> {
        let mut known: BTreeSet<String> = item.person().addresses();
        // Most persons have one record: it need not be read again. In a change it may be about to become another.
        let at_hand = matches!(self.source, Source::Read(_)).then_some(item);
        loop {
            let items = self.first_with_addresses(&known, RELATED_MAX, at_hand)?;
            let more: BTreeSet<String> = items
                .iter()
                .flat_map(|other| other.person().emails.iter())
                .map(|email| normalise(email))
                .collect();
            if more.is_subset(&known) || items.len() > RELATED_MAX {
                return Ok(items);
            }
            known.extend(more);
        }
    }

    /// The record that was made of a mail, by what identifies the mail.
    pub fn seen(&self, mail: &[u8]) -> Result<Option<ItemId>, StoreError> {
        let digest = self.secret.mail(mail);
        with_table!(self, SEEN, |table| Ok(table
            .get(digest)?
            .and_then(|value| ItemId::from_key(value.value()))))
    }

    /// The requests that were made of a mail with this Message-ID, or to which it was added.
    pub fn with_message_id(&self, id: &str) -> Result<Vec<ItemId>, StoreError> {
        let digest = self.secret.message_id(id);
        with_table!(self, MESSAGES, |table| {
            let mut ids = Vec::new();
            for entry in table.range((digest, 0)..=(digest, u64::MAX))? {
                let (_, id) = entry?.0.value();
                ids.extend(ItemId::from_key(id));
            }
            Ok(ids)
        })
    }

    /// The text form of a mail's digest, as a record keeps it.
    pub fn mail_digest(&self, mail: &[u8]) -> String {
        format!("{:032x}", self.secret.mail(mail))
    }

    /// The number of the last history entry; 0 when there is none.
    pub fn last_seq(&self) -> Result<u64, StoreError> {
        with_table!(self, HISTORY, |table| Ok(table
            .last()?
            .map_or(0, |(key, _)| key.value())))
    }

    /// One history entry.
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>, StoreError> {
        with_table!(self, HISTORY, |table| {
            match table.get(seq)? {
                Some(value) => Ok(Some(history::decode(value.value(), || {
                    format!("history, {seq}")
                })?)),
                None => Ok(None),
            }
        })
    }

    /// The numbers of the entries about one record, oldest first.
    pub fn entries_of(&self, id: ItemId) -> Result<Vec<u64>, StoreError> {
        with_table!(self, HISTORY_OF, |table| {
            let mut seqs = Vec::new();
            for entry in table.range((id.key(), 0)..=(id.key(), u64::MAX))? {
                seqs.push(entry?.0.value().1);
            }
            Ok(seqs)
        })
    }

    /// The last entry about one record.
    pub fn last_entry_of(&self, id: ItemId) -> Result<Option<Entry>, StoreError> {
        match self.entries_of(id)?.last() {
            Some(seq) => self.entry(*seq),
            None => Ok(None),
        }
    }

    pub(super) fn last_operation(&self) -> Result<u64, StoreError> {
        let last = with_table!(self, OPERATIONS, |table| table
            .last()?
            .map(|(key, _)| key.value()));
        Ok(match last {
            Some(last) => last,
            None => self.undo_state()?.erased_up_to.unwrap_or_default(),
        })
    }

    pub(super) fn operation(&self, number: u64) -> Result<Option<Operation>, StoreError> {
        with_table!(self, OPERATIONS, |table| {
            match table.get(number)? {
                Some(value) => Ok(Some(codec::decode(value.value(), || {
                    format!("operations, {number}")
                })?)),
                None => Ok(None),
            }
        })
    }

    /// Every draft there is, the latest first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        with_table!(self, DRAFTS, |table| {
            let mut found = Vec::new();
            for row in table.iter()? {
                let (slot, bytes) = row?;
                found.push(drafts::decode(slot.value(), bytes.value())?);
            }
            found.sort_by_key(|draft| std::cmp::Reverse(draft.at));
            Ok(found)
        })
    }

    /// What undo would take back next: the event, the ids and the interface.
    pub fn next_undo(&self) -> Result<Option<(String, Vec<ItemId>, super::Via)>, StoreError> {
        let Some(top) = self.undo_state()?.top else {
            return Ok(None);
        };
        Ok(self.operation(top)?.map(|operation| {
            let ids = operation.changes.iter().map(|change| change.id).collect();
            (operation.event, ids, operation.via)
        }))
    }
}

/// Whether a text in `value` names one of the addresses.
fn names(value: &serde_json::Value, addresses: &BTreeSet<String>) -> bool {
    match value {
        serde_json::Value::String(text) => {
            let text = text.to_lowercase();
            addresses.iter().any(|address| stands_in(&text, address))
        }
        serde_json::Value::Array(values) => values.iter().any(|value| names(value, addresses)),
        serde_json::Value::Object(fields) => fields.values().any(|value| names(value, addresses)),
        _ => false,
    }
}

/// Whether the address stands in the text, and not only as the end of a longer one.
fn stands_in(text: &str, address: &str) -> bool {
    text.match_indices(address).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + address.len()..]);
        // `anne-mette@…` is another address than `mette@…`; after `…` or a full stop it is the same.
        let joint = before.strip_suffix(['.', '_', '-', '+']);
        let longer = joint.unwrap_or(before).ends_with(char::is_alphanumeric);
        let goes_on = after.strip_prefix(['.', '-']).unwrap_or(after);
        !longer && !goes_on.starts_with(char::is_alphanumeric)
    })
}

pub(super) fn open_row(day: u32, id: u64, (act_by, due): (u32, u32)) -> Option<OpenRow> {
    let dates = day_from_number(act_by).zip(day_from_number(due));
    Some(OpenRow {
        id: ItemId::from_key(id)?,
        attention_on: day_from_number(day)?,
        dates: dates.map(|(act_by, due)| Dates { due, act_by }),
    })
}
