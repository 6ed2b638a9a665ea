//! A writing transaction: the only place that changes a record.
//!
//! Every change goes through [`Tx::record`]: record, indexes and history entry together, visible when the transaction
//! is committed and not before. What was there is kept with the operation, so that undo is a new change that puts it
//! back, and redo one that puts back what undo took.

use std::collections::BTreeSet;

use redb::{ReadableTable, WriteTransaction};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::codec;
use super::digest::Secret;
use super::drafts::{self, Slot};
use super::files;
use super::history::{Entry, Via};
use super::tables::{
    ATTENTION, CLOSED, COUNTERS, COUNTS, DRAFTS, EVERYTHING, HISTORY, HISTORY_OF, ITEMS, MESSAGES,
    META, META_GENERATION, META_RULES, META_UNDO, OPEN, OPERATIONS, PERSONS, RETENTION, SEEN,
};
use super::view::{Bookmark, Scope, UndoState, View, day_number};
use super::{StoreError, Writer};
use crate::domain::draft::{Draft, Place};
use crate::domain::event::{Event, apply};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::retention::{Erasure, Terms, retention};
use crate::domain::standing::{self, Rules};

/// Operations whose earlier records are kept for undo; older ones can no longer be taken back. An undo is an operation
/// too, so that half as many can be undone in a row.
const UNDO_DEPTH: u64 = 200;

/// The event of a letter that is about to be handed over.
const SENDING: &str = "letter-sending";

/// What one operation changed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Operation {
    /// The name of its (first) event.
    pub(super) event: String,
    /// Through which interface.
    pub(super) via: Via,
    /// The operation that undo takes back after this one.
    pub(super) previous: Option<u64>,
    /// Whether it goes on with the operation before it, so that undo takes both back: a batch of a long import.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    joined: bool,
    /// The records it touched, in the order of the changes.
    pub(super) changes: Vec<Change>,
    /// The bookmarks it set, as they were before, so that mails whose import is undone are fetched again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    bookmarks: Vec<(String, Option<Bookmark>)>,
}

/// A record before and after an operation.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Change {
    pub(super) id: ItemId,
    /// The record before, as it was stored; `None` when there was none.
    before: Option<Box<RawValue>>,
    /// The digest of the record after, `None` standing for one that is gone.
    after: String,
}

impl Operation {
    /// Whether every record in it can be read.
    pub(super) fn is_readable(&self) -> bool {
        let mut before = self
            .changes
            .iter()
            .filter_map(|change| Some((change.id, change.before.as_ref()?)));
        before.all(|(id, raw)| item_from_json(id, raw).is_ok())
    }
}

/// What undo or redo put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reverted {
    /// The name of the event that was taken back (or done again).
    pub event: String,
    /// The records it concerned.
    pub ids: Vec<ItemId>,
}

/// What the end of the transaction does to the undo stack.
enum Stack {
    /// An ordinary change: on top, and nothing to redo any more.
    Push,
    /// An undo: what lay below becomes the top, and this can be redone.
    Undone { below: Option<u64> },
    /// A redo: on top again, with the other redos kept.
    Redone,
    /// An erasure: nothing below it is kept, and it is not kept itself.
    Erased,
}

/// A writing transaction.
pub struct Tx<'t> {
    pub(super) write: &'t WriteTransaction,
    view: View<'t>,
    writer: Writer,
    changes: Vec<Change>,
    bookmarks: Vec<(String, Option<Bookmark>)>,
    event: Option<String>,
    stack: Stack,
    joined: bool,
    /// Whether a draft came or went, or a visit was noted, which is worth a commit but no operation.
    pub(super) aside_changed: bool,
    seq: u64,
    chain: String,
}

impl<'t> std::ops::Deref for Tx<'t> {
    type Target = View<'t>;

    fn deref(&self) -> &View<'t> {
        &self.view
    }
}

impl<'t> Tx<'t> {
    pub(super) fn begin(tx: &'t WriteTransaction, writer: Writer) -> Result<Self, StoreError> {
        let view = View::of_write(tx)?;
        let seq = view.last_seq()?;
        let chain = view
            .entry(seq)?
            .map_or_else(String::new, |entry| entry.chain);
        Ok(Self {
            write: tx,
            view,
            writer,
            changes: Vec::new(),
            bookmarks: Vec::new(),
            event: None,
            stack: Stack::Push,
            joined: false,
            aside_changed: false,
            seq,
            chain,
        })
    }

    /// A transaction that may erase; what it does is never committed where it was begun (`Store::erase`).
    pub(super) fn begin_erasing(
        tx: &'t WriteTransaction,
        writer: Writer,
    ) -> Result<Self, StoreError> {
        let mut new = Self::begin(tx, writer)?;
        new.stack = Stack::Erased;
        // What is due follows from the settings of today, not from those of the last change.
        new.index_by_rules()?;
        Ok(new)
    }

    /// Gives out the next number of a type in the year of registration; a number is never given out twice.
    pub fn next_id(&mut self, item_type: ItemType, year: i32) -> Result<ItemId, StoreError> {
        let year = u16::try_from(year).unwrap_or_default();
        let number = self.view.counter(item_type, year)? + 1;
        self.write
            .open_table(COUNTERS)?
            .insert((item_type.tag(), year), number)?;
        Ok(ItemId {
            item_type,
            year,
            number,
        })
    }

    /// Carries an event out on the record `id`: record, indexes and history entry. The only door.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] when the event does not fit the record, which `domain::conduct` excludes, and for an
    /// erasure outside of [`Store::erase`](super::Store::erase), which would leave behind what it erased.
    pub fn record(&mut self, id: ItemId, event: &Event) -> Result<Item, StoreError> {
        if matches!(event, Event::Erased(_)) && !matches!(self.stack, Stack::Erased) {
            return Err(StoreError::Unwritable {
                detail: format!("{id}: erased without a new file"),
            });
        }
        let before = self.view.get(id)?;
        let after = apply(before.clone(), event).map_err(|misapplied| StoreError::Unwritable {
            detail: format!("{id}: {misapplied}"),
        })?;
        self.replace(id, before.as_ref(), Some(&after), event.name())?;
        self.event.get_or_insert_with(|| event.name().to_owned());
        Ok(after)
    }

    /// Erases a part of a record (RULES §7).
    pub fn erase(&mut self, id: ItemId, erasure: Erasure) -> Result<Item, StoreError> {
        self.record(id, &Event::Erased(erasure))
    }

    /// Lets an erasure count although it erases no record: what undo and drafts hold is dropped.
    pub fn forget(&mut self) {
        self.event.get_or_insert_with(|| "forgotten".to_owned());
    }

    /// Stores the content of a file, once however often it comes, and gives the key for the record that has it.
    pub fn keep_file(&mut self, content: &[u8]) -> Result<String, StoreError> {
        let key = files::put(self.write, self.view.secret, content)?;
        Ok(files::written(key))
    }

    /// Keeps a draft in its place, over an earlier one. The same text again is not written again.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        let slot = Slot::from(&draft.place).0;
        let mut table = self.write.open_table(DRAFTS)?;
        let before = match table.get(slot)? {
            Some(bytes) => Some(drafts::decode(slot, bytes.value())?),
            None => None,
        };
        if before.is_some_and(|it| it.fields == draft.fields && it.seen == draft.seen) {
            return Ok(());
        }
        table.insert(slot, codec::encode(draft)?.as_slice())?;
        self.aside_changed = true;
        Ok(())
    }

    /// Drops the draft of a place, if there is one.
    pub fn drop_draft(&mut self, place: &Place) -> Result<(), StoreError> {
        self.empty(Slot::from(place))
    }

    fn empty(&mut self, slot: Slot) -> Result<(), StoreError> {
        let was = self.write.open_table(DRAFTS)?.remove(slot.0)?.is_some();
        self.aside_changed |= was;
        Ok(())
    }

    /// Notes how far a mailbox was read, with the mails of this transaction. It is no change of a record: it stands in
    /// no history, but undo takes it back with them.
    pub fn set_bookmark(&mut self, identity: &str, bookmark: &Bookmark) -> Result<(), StoreError> {
        let key = self.view.bookmark_key(identity);
        self.put_bookmark(key, Some(bookmark))
    }

    fn put_bookmark(&mut self, key: String, bookmark: Option<&Bookmark>) -> Result<(), StoreError> {
        let before = self.view.bookmark_at(&key)?;
        if before.as_ref() == bookmark {
            return Ok(());
        }
        {
            let mut meta = self.write.open_table(META)?;
            match bookmark {
                Some(bookmark) => {
                    meta.insert(key.as_str(), codec::encode(bookmark)?.as_slice())?;
                }
                None => {
                    meta.remove(key.as_str())?;
                }
            }
        }
        self.bookmarks.push((key, before));
        Ok(())
    }

    /// Makes this operation one with `earlier`, when nothing came between them: undo then takes both back at once.
    ///
    /// Gives the number of this operation, for the next one to go on with.
    pub fn go_on_with(&mut self, earlier: Option<u64>) -> Result<u64, StoreError> {
        self.joined = earlier.is_some() && self.view.undo_state()?.top == earlier;
        Ok(self.view.last_operation()? + 1)
    }

    /// Takes the last change back that was not taken back yet.
    pub fn undo(&mut self) -> Result<Result<Reverted, Refusal>, StoreError> {
        let state = self.view.undo_state()?;
        let Some(top) = state.top else {
            return Ok(Err(match state.erased_up_to {
                Some(_) => Refusal::BeforeErasure,
                None => Refusal::NothingToUndo,
            }));
        };
        let Some(operation) = self.whole_operation(top)? else {
            return Ok(Err(Refusal::NothingToUndo));
        };
        if operation.event == SENDING
            && let Some(refusal) = self.open_sending(&operation)?
        {
            return Ok(Err(refusal));
        }
        self.stack = Stack::Undone {
            below: operation.previous,
        };
        self.revert(operation, "undone")
    }

    /// A letter of which nobody knows whether it went: a mail is not taken back by forgetting that it was being sent.
    fn open_sending(&self, operation: &Operation) -> Result<Option<Refusal>, StoreError> {
        for change in &operation.changes {
            let Some(item) = self.view.get(change.id)? else {
                continue;
            };
            if let Some(open) = item.outbox().iter().find(|outgoing| outgoing.is_open()) {
                return Ok(Some(Refusal::of_open_sending(change.id, open)));
            }
        }
        Ok(None)
    }

    /// An operation with all those it goes on with, as one; `None` when a part is too old to be known.
    fn whole_operation(&self, number: u64) -> Result<Option<Operation>, StoreError> {
        let Some(mut whole) = self.view.operation(number)? else {
            return Ok(None);
        };
        while whole.joined {
            let earlier = match whole.previous {
                Some(previous) => self.view.operation(previous)?,
                None => None,
            };
            let Some(mut earlier) = earlier else {
                return Ok(None);
            };
            earlier.changes.append(&mut whole.changes);
            earlier.bookmarks.append(&mut whole.bookmarks);
            whole = earlier;
        }
        Ok(Some(whole))
    }

    /// Does again what the last undo took back, when nothing was changed since.
    pub fn redo(&mut self) -> Result<Result<Reverted, Refusal>, StoreError> {
        let state = self.view.undo_state()?;
        let Some(undo) = state.redo.last() else {
            return Ok(Err(Refusal::NothingToRedo));
        };
        let Some(operation) = self.view.operation(*undo)? else {
            return Ok(Err(Refusal::NothingToRedo));
        };
        self.stack = Stack::Redone;
        self.revert(operation, "redone")
    }

    fn revert(
        &mut self,
        operation: Operation,
        word: &str,
    ) -> Result<Result<Reverted, Refusal>, StoreError> {
        let mut ids = Vec::new();
        for change in operation.changes.iter().rev() {
            let current = self.view.get(change.id)?;
            if self.view.secret.item(current.as_ref()) != change.after {
                return Ok(Err(Refusal::UndoBlocked(change.id)));
            }
            let mut earlier = change
                .before
                .as_ref()
                .map(|raw| item_from_json(change.id, raw))
                .transpose()?;
            if let (Some(earlier), Some(current)) = (&mut earlier, &current) {
                // A version never comes again: whoever looks at the current one must notice.
                *earlier.version_mut() = current.version() + 1;
            }
            self.replace(change.id, current.as_ref(), earlier.as_ref(), word)?;
            if !ids.contains(&change.id) {
                ids.push(change.id);
            }
        }
        for (key, before) in operation.bookmarks.into_iter().rev() {
            self.put_bookmark(key, before.as_ref())?;
        }
        self.event = Some(operation.event.clone());
        Ok(Ok(Reverted {
            event: operation.event,
            ids,
        }))
    }

    /// Puts `after` in the place of `before`, with indexes, history entry and what undo needs.
    fn replace(
        &mut self,
        id: ItemId,
        before: Option<&Item>,
        after: Option<&Item>,
        event: &str,
    ) -> Result<(), StoreError> {
        let digest = self.view.secret.item(after);
        self.changes.push(Change {
            id,
            before: before.map(item_to_json).transpose()?,
            after: digest.clone(),
        });
        match after {
            Some(item) => {
                let bytes = codec::encode(item)?;
                self.write
                    .open_table(ITEMS)?
                    .insert(id.key(), bytes.as_slice())?;
            }
            None => {
                self.write.open_table(ITEMS)?.remove(id.key())?;
            }
        }
        self.index_persons(id, before.map(Item::person), after.map(Item::person))?;
        self.index_intake(id, before, after)?;
        files::index(self.write, id, before, after)?;
        self.index_closing(id, before, after)?;
        self.index_attention(id, before, after)?;
        self.append(id, event, digest)
    }

    fn index_persons(
        &self,
        id: ItemId,
        before: Option<&Person>,
        after: Option<&Person>,
    ) -> Result<(), StoreError> {
        let addresses = |person: Option<&Person>| person.map(Person::addresses).unwrap_or_default();
        let (old, new) = (addresses(before), addresses(after));
        if old == new {
            return Ok(());
        }
        let mut table = self.write.open_table(PERSONS)?;
        for gone in old.difference(&new) {
            table.remove((self.view.secret.address(gone), id.key()))?;
        }
        for added in new.difference(&old) {
            table.insert((self.view.secret.address(added), id.key()), ())?;
        }
        Ok(())
    }

    /// A record that is gone (its import undone) lets its mail, or its row, be taken in again.
    fn index_intake(
        &self,
        id: ItemId,
        before: Option<&Item>,
        after: Option<&Item>,
    ) -> Result<(), StoreError> {
        let (old, new) = (mails_of(before), mails_of(after));
        if old != new {
            let mut table = self.write.open_table(SEEN)?;
            for gone in old.difference(&new) {
                table.remove(*gone)?;
            }
            for added in new.difference(&old) {
                table.insert(*added, id.key())?;
            }
        }
        let (old, new) = (
            message_ids(self.view.secret, before),
            message_ids(self.view.secret, after),
        );
        if old != new {
            let mut table = self.write.open_table(MESSAGES)?;
            for gone in old.difference(&new) {
                table.remove((*gone, id.key()))?;
            }
            for added in new.difference(&old) {
                table.insert((*added, id.key()), ())?;
            }
        }
        Ok(())
    }

    fn index_closing(
        &self,
        id: ItemId,
        before: Option<&Item>,
        after: Option<&Item>,
    ) -> Result<(), StoreError> {
        let closed_on = |item: Option<&Item>| Some(day_number(item?.closing()?.on));
        let (old, new) = (closed_on(before), closed_on(after));
        let scopes = scopes_of(id);
        {
            let mut table = self.write.open_table(CLOSED)?;
            for &scope in &scopes {
                if let Some(day) = old {
                    table.remove((scope, !day, !id.key()))?;
                }
                if let Some(day) = new {
                    table.insert((scope, !day, !id.key()), ())?;
                }
            }
        }
        let terms = self.writer.rules.retention;
        let erased_on = |item: Option<&Item>| erasing_day(item?, terms);
        let (old, new) = (erased_on(before), erased_on(after));
        if old != new {
            let mut table = self.write.open_table(RETENTION)?;
            if let Some(day) = old {
                table.remove((day, id.key()))?;
            }
            if let Some(day) = new {
                table.insert((day, id.key()), ())?;
            }
        }
        let mut counts = self.write.open_table(COUNTS)?;
        for &scope in &scopes {
            for open in [true, false] {
                let held = |item: Option<&Item>| item.is_some_and(|item| item.is_open() == open);
                let current = counts.get((scope, open))?.map_or(0, |value| value.value());
                let updated =
                    current + u64::from(held(after)) - u64::from(held(before)).min(current);
                if updated != current {
                    counts.insert((scope, open), updated)?;
                }
            }
        }
        Ok(())
    }

    /// Indexes the record by the date it wants attention, and the person's other open records too where it can move
    /// their dates: a conflict has two sides.
    fn index_attention(
        &self,
        id: ItemId,
        before: Option<&Item>,
        after: Option<&Item>,
    ) -> Result<(), StoreError> {
        let circle_of = |item: Option<&Item>| match item {
            Some(item) if can_entangle(item) => self.view.circle(item),
            _ => Ok(Vec::new()),
        };
        let mut circle = circle_of(after)?;
        self.set_attention(id, after, &circle)?;
        let mut waiting = circle.clone();
        for other in circle_of(before)? {
            if !waiting.iter().any(|known| known.id() == other.id()) {
                waiting.push(other);
            }
        }
        // Only a deletion moves the dates of others: of a recording, or of a closed record whose time is over.
        let deletes = |item: &Item| matches!(item, Item::Recording(_)) || !item.is_open();
        if !waiting.iter().chain(before).any(deletes) {
            return Ok(());
        }
        // An erasure request moves a recording's date, and through it that of an access request.
        waiting
            .retain(|other| other.id() != id && other.is_open() && standing::can_conflict(other));
        // What this record linked before the change may be several circles now: each is indexed by its own.
        while let Some(next) = waiting.pop() {
            if !circle.iter().any(|item| item.id() == next.id()) {
                circle = self.view.circle(&next)?;
            }
            self.set_attention(next.id(), Some(&next), &circle)?;
        }
        Ok(())
    }

    fn set_attention(
        &self,
        id: ItemId,
        item: Option<&Item>,
        circle: &[Item],
    ) -> Result<(), StoreError> {
        let new = item.and_then(|item| attention_of(item, circle, self.writer.rules));
        let old = self.view.attention(id)?;
        if old == new {
            return Ok(());
        }
        let mut open = self.write.open_table(OPEN)?;
        let mut attention = self.write.open_table(ATTENTION)?;
        for scope in scopes_of(id) {
            if let Some((day, ..)) = old {
                open.remove((scope, day, id.key()))?;
            }
            if let Some((day, act_by, due)) = new {
                open.insert((scope, day, id.key()), (act_by, due))?;
            }
        }
        match new {
            Some(days) => attention.insert(id.key(), days)?,
            None => attention.remove(id.key())?,
        };
        Ok(())
    }

    fn append(&mut self, id: ItemId, event: &str, digest: String) -> Result<(), StoreError> {
        self.seq += 1;
        let mut entry = Entry {
            seq: self.seq,
            at: self.writer.at,
            id,
            event: event.to_owned(),
            via: self.writer.via,
            digest,
            chain: String::new(),
        };
        entry.chain = entry.chained(&self.chain);
        self.write
            .open_table(HISTORY)?
            .insert(self.seq, codec::encode(&entry)?.as_slice())?;
        self.write
            .open_table(HISTORY_OF)?
            .insert((id.key(), self.seq), ())?;
        self.chain = entry.chain;
        Ok(())
    }

    /// Makes anew the indexes that depend on the settings, when those changed since they were made, and those that a
    /// conversion left empty.
    fn index_by_rules(&self) -> Result<(), StoreError> {
        if self.view.rules()? == Some(self.writer.rules) {
            return Ok(());
        }
        let mut items = Vec::new();
        self.view.scan(Scope::Everything, |item| {
            items.push(item);
            true
        })?;
        {
            let mut table = self.write.open_table(RETENTION)?;
            table.retain(|_, ()| false)?;
            for item in &items {
                if let Some(day) = erasing_day(item, self.writer.rules.retention) {
                    table.insert((day, item.id().key()), ())?;
                }
            }
        }
        {
            let mut table = self.write.open_table(MESSAGES)?;
            for item in &items {
                for digest in message_ids(self.view.secret, Some(item)) {
                    table.insert((digest, item.id().key()), ())?;
                }
            }
        }
        for item in items.iter().filter(|item| item.is_open()) {
            let circle = if standing::can_conflict(item) {
                self.view.circle(item)?
            } else {
                Vec::new()
            };
            self.set_attention(item.id(), Some(item), &circle)?;
        }
        let mut meta = self.write.open_table(META)?;
        meta.insert(META_RULES, codec::encode(&self.writer.rules)?.as_slice())?;
        Ok(())
    }

    /// Writes what undo needs and the generation; `false` when nothing was changed and nothing need be committed.
    pub(super) fn finish(mut self) -> Result<bool, StoreError> {
        if let Some(slot) = self.writer.finishes {
            self.empty(slot)?;
        }
        if self.event.is_none() {
            // A draft, a visit or a bookmark alone is no operation.
            return Ok(self.aside_changed || !self.bookmarks.is_empty());
        }
        self.index_by_rules()?;
        let Some(event) = self.event else {
            return Ok(false);
        };
        let number = self.view.last_operation()? + 1;
        let mut state = self.view.undo_state()?;
        let generation = self.view.generation()? + 1;
        let operation = Operation {
            event,
            via: self.writer.via,
            previous: state.top,
            joined: self.joined,
            changes: self.changes,
            bookmarks: self.bookmarks,
        };
        match self.stack {
            Stack::Push => {
                state.top = Some(number);
                state.redo.clear();
            }
            Stack::Undone { below } => {
                state.top = below;
                state.redo.push(number);
            }
            Stack::Redone => {
                state.top = Some(number);
                state.redo.pop();
            }
            Stack::Erased => {
                state = UndoState {
                    erased_up_to: Some(number),
                    ..UndoState::default()
                }
            }
        }
        let mut operations = self.write.open_table(OPERATIONS)?;
        if state.erased_up_to == Some(number) {
            operations.retain(|_, _| false)?;
            self.write.open_table(DRAFTS)?.retain(|_, _| false)?;
            files::drop_unused(self.write)?;
        } else {
            operations.insert(number, codec::encode(&operation)?.as_slice())?;
            if let Some(forgotten) = number.checked_sub(UNDO_DEPTH) {
                operations.remove(forgotten)?;
            }
        }
        let mut meta = self.write.open_table(META)?;
        meta.insert(META_UNDO, codec::encode(&state)?.as_slice())?;
        meta.insert(META_GENERATION, codec::encode(&generation)?.as_slice())?;
        Ok(true)
    }
}

/// Under which days [`OPEN`] and [`ATTENTION`] have a record: of attention, of `act_by`, of `due`.
pub(super) fn attention_of(item: &Item, circle: &[Item], rules: Rules) -> Option<(u32, u32, u32)> {
    let standing = standing::standing(item, circle, rules);
    let (act_by, due) = standing.dates.map_or((0, 0), |dates| {
        (day_number(dates.act_by), day_number(dates.due))
    });
    Some((day_number(standing.attention_on?), act_by, due))
}

/// Under which day [`RETENTION`] has a record.
pub(super) fn erasing_day(item: &Item, terms: Terms) -> Option<u32> {
    Some(day_number(retention(item, terms)?.next.0))
}

/// Whether a record can move the dates of others: by a conflict, or by linking two addresses into one person.
fn can_entangle(item: &Item) -> bool {
    standing::can_conflict(item) || item.person().emails.len() > 1
}

/// The digests of the mails, or of the row of a list, that a record was made of or that were added to it. A mail that
/// was taken in after all is its request's.
pub(super) fn mails_of(item: Option<&Item>) -> BTreeSet<u128> {
    let digests: Vec<&str> = match item {
        Some(Item::Request(request)) => {
            let added = request.mails.iter().map(|mail| &mail.intake_digest);
            let own = request.intake_digest.iter();
            own.chain(added).map(String::as_str).collect()
        }
        Some(Item::Recording(recording)) => {
            recording.intake_digest.as_deref().into_iter().collect()
        }
        Some(Item::Mail(mail)) if mail.taken_as.is_none() => vec![mail.intake_digest.as_str()],
        _ => Vec::new(),
    };
    digests
        .into_iter()
        .filter_map(|digest| u128::from_str_radix(digest, 16).ok())
        .collect()
}

/// The digests of the Message-IDs of a case's mails and letters.
pub(super) fn message_ids(secret: Secret, item: Option<&Item>) -> BTreeSet<u128> {
    let Some(Item::Request(request)) = item else {
        return BTreeSet::new();
    };
    let added = request
        .mails
        .iter()
        .filter_map(|mail| mail.message_id.as_ref());
    // An answer to a letter finds the case it belongs to.
    let sent = request
        .letters
        .iter()
        .filter_map(|letter| letter.message_id.as_ref());
    // It may have gone.
    let outgoing = request
        .outbox
        .iter()
        .filter_map(|outgoing| outgoing.letter.message_id.as_ref());
    let ids = request
        .message_id
        .iter()
        .chain(added)
        .chain(sent)
        .chain(outgoing);
    ids.map(|id| secret.message_id(id)).collect()
}

/// The scopes that count and list a record: a mail that was set aside is no case.
pub(super) fn scopes_of(id: ItemId) -> Vec<u8> {
    match id.item_type {
        ItemType::Mail => vec![id.item_type.tag()],
        _ => vec![EVERYTHING, id.item_type.tag()],
    }
}

fn item_to_json(item: &Item) -> Result<Box<RawValue>, StoreError> {
    serde_json::value::to_raw_value(item).map_err(|error| StoreError::Unwritable {
        detail: error.to_string(),
    })
}

fn item_from_json(id: ItemId, raw: &RawValue) -> Result<Item, StoreError> {
    let parsed = match id.item_type {
        ItemType::Request => serde_json::from_str(raw.get()).map(Item::Request),
        ItemType::Recording => serde_json::from_str(raw.get()).map(Item::Recording),
        ItemType::OptOut => serde_json::from_str(raw.get()).map(Item::OptOut),
        ItemType::Mail => serde_json::from_str(raw.get()).map(Item::Mail),
    };
    parsed.map_err(|_| StoreError::Damaged {
        place: format!("operations, {id}"),
    })
}
