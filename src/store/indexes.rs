//! The indexes: made of the records alone, changed with each of them, and in the same transaction.

use std::collections::BTreeSet;

use redb::ReadableTable;

use super::digest::Secret;
use super::tables::{
    ATTENTION, CLOSED, CLOSED_ON, COUNTS, EVERYTHING, LOAD, MESSAGES, META, META_RULES, OPEN,
    PERSONS, RETENTION, RETENTION_ON, SEEN,
};
use super::tx::Tx;
use super::view::{Scope, day_number};
use super::{StoreError, codec, files, search, spans};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::person::Person;
use crate::domain::retention::{Terms, retention};
use crate::domain::standing::{self, Rules};

impl Tx<'_> {
    /// Lets the indexes say `after` of a record, where they said `before`.
    pub(super) fn index(
        &self,
        id: ItemId,
        before: Option<&Item>,
        after: Option<&Item>,
    ) -> Result<(), StoreError> {
        self.index_persons(id, before.map(Item::person), after.map(Item::person))?;
        self.index_intake(id, before, after)?;
        files::index(self.write, id, before, after)?;
        search::index(self.write, id, before, after)?;
        self.index_closing(id, before, after)?;
        self.index_attention(id, before, after)
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
        if old != new {
            let mut table = self.write.open_table(CLOSED)?;
            let mut days = self.write.open_table(CLOSED_ON)?;
            for &scope in &scopes {
                if let Some(day) = old {
                    table.remove((scope, !day, !id.key()))?;
                    take_off(&mut days, (scope, !day))?;
                }
                if let Some(day) = new {
                    table.insert((scope, !day, !id.key()), ())?;
                    add(&mut days, (scope, !day))?;
                }
            }
        }
        let terms = self.writer.rules.retention;
        let erased_on = |item: Option<&Item>| erasing_day(item?, terms);
        let (old, new) = (erased_on(before), erased_on(after));
        if old != new {
            let mut table = self.write.open_table(RETENTION)?;
            let mut days = self.write.open_table(RETENTION_ON)?;
            if let Some(day) = old {
                table.remove((day, id.key()))?;
                for span in spans::around(day) {
                    take_off(&mut days, span)?;
                }
            }
            if let Some(day) = new {
                table.insert((day, id.key()), ())?;
                for span in spans::around(day) {
                    add(&mut days, span)?;
                }
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
        let mut load = self.write.open_table(LOAD)?;
        for scope in scopes_of(id) {
            if let Some((day, act_by, due)) = old {
                open.remove((scope, day, id.key()))?;
                take_off(&mut load, (scope, day, act_by, due))?;
            }
            if let Some((day, act_by, due)) = new {
                open.insert((scope, day, id.key()), (act_by, due))?;
                add(&mut load, (scope, day, act_by, due))?;
            }
        }
        match new {
            Some(days) => attention.insert(id.key(), days)?,
            None => attention.remove(id.key())?,
        };
        Ok(())
    }

    /// Makes anew the indexes that depend on the settings, when those changed since they were made, and those that a
    /// conversion left empty.
    pub(super) fn index_by_rules(&self) -> Result<(), StoreError> {
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
            let mut days = self.write.open_table(RETENTION_ON)?;
            days.retain(|_, _| false)?;
            for item in &items {
                if let Some(day) = erasing_day(item, self.writer.rules.retention) {
                    table.insert((day, item.id().key()), ())?;
                    for span in spans::around(day) {
                        add(&mut days, span)?;
                    }
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
}

/// Counts one more.
pub(super) fn add<K>(table: &mut Counted<'_, K>, key: K) -> Result<(), StoreError>
where
    K: redb::Key + Copy + 'static + for<'x> redb::Value<SelfType<'x> = K>,
{
    let count = table.get(key)?.map_or(0, |count| count.value());
    table.insert(key, count + 1)?;
    Ok(())
}

/// Counts one less; what there is none of has no row.
fn take_off<K>(table: &mut Counted<'_, K>, key: K) -> Result<(), StoreError>
where
    K: redb::Key + Copy + 'static + for<'x> redb::Value<SelfType<'x> = K>,
{
    let count = table.get(key)?.map_or(0, |count| count.value());
    if count > 1 {
        table.insert(key, count - 1)?;
    } else {
        table.remove(key)?;
    }
    Ok(())
}

/// How many there are of something.
pub(super) type Counted<'t, K> = redb::Table<'t, K, u64>;

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
