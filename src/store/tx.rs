//! A writing transaction: the only place that changes a record.
//!
//! Every change goes through [`Tx::record`]: record, indexes and history entry together, visible when the transaction
//! is committed and not before. What was there is kept with the operation, so that undo is a new change that puts it
//! back, and redo one that puts back what undo took.

use std::collections::HashSet;

use redb::{ReadableTable, WriteTransaction};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::codec;
use super::drafts::{self, Slot};
use super::files;
use super::history::{self, Entry, Via};
use super::tables::{
    COUNTERS, DRAFTS, HISTORY, HISTORY_OF, ITEMS, META, META_GENERATION, META_UNDO, OPERATIONS,
};
use super::view::{Bookmark, UndoState, View};
use super::{StoreError, Writer, search};
use crate::domain::draft::{Draft, Place};
use crate::domain::event::{Event, apply};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::domain::retention::Erasure;

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
    /// The records it concerned, each once.
    pub ids: Vec<ItemId>,
    /// Whether it was done again, not taken back.
    pub redone: bool,
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
    pub(super) view: View<'t>,
    pub(super) writer: Writer,
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
        let mut seen = HashSet::new();
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
            if seen.insert(change.id) {
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
            redone: matches!(self.stack, Stack::Redone),
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
        self.index(id, before, after)?;
        self.append(id, event, digest)
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
            .insert(self.seq, history::encode(&entry)?.as_slice())?;
        self.write
            .open_table(HISTORY_OF)?
            .insert((id.key(), self.seq), ())?;
        self.chain = entry.chain;
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
        if matches!(self.stack, Stack::Erased) {
            search::forget(self.write, &self.view)?;
        }
        search::settle(self.write, &self.view)?;
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
