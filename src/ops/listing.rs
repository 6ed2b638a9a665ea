//! Lists: of everything open or closed in a scope, and of what a search or a filter leaves of it.
//!
//! A list without conditions is read where it is shown. One with a text or a kind asks the index of the words which
//! records may fit; the others are not read. What cannot be asked so is read record by record, no further than is wanted.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::queries::{Card, Cards, List, ListQuery, Order, Which};
use super::{Desk, OpError};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::text::fold;
use crate::store::{Scope, StoreError, Terms, View};

/// So few candidates are read and put in order; of more, those that come first are looked for where they stand.
const FEW: usize = 1_500;
/// How many records are looked at between two questions whether anybody still waits.
const ASKED_EVERY: usize = 64;

/// How far somebody who waits for a list wants to have it looked for.
pub struct Patience<'a> {
    /// When the part that was asked for is found, so many records more are looked at to count the others.
    pub enough: usize,
    /// Whether anybody still waits.
    pub goes_on: &'a dyn Fn() -> bool,
}

impl Patience<'_> {
    /// Everything is looked at.
    pub const ENDLESS: Self = Self {
        enough: usize::MAX,
        goes_on: &|| true,
    };
}

/// Takes a card, and says whether it wants another.
pub(super) type Give<'a> = &'a mut dyn FnMut(Card) -> bool;

/// What a list has beside the cards that were given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Walk {
    /// How many records there are altogether.
    pub(super) total: usize,
    /// Whether there may be more than were counted, because nobody wanted to wait for that.
    more: bool,
}

impl Desk {
    /// A list.
    ///
    /// # Errors
    /// [`OpError::Store`].
    pub fn list(&self, query: &ListQuery) -> Result<List, OpError> {
        self.store
            .read(|view| self.list_in(view, query, &Patience::ENDLESS))
    }

    /// As [`Desk::list`], in a view that is open already, and no further than `patience` wants.
    ///
    /// # Errors
    /// [`OpError::Store`].
    pub fn list_in(
        &self,
        view: &View<'_>,
        query: &ListQuery,
        patience: &Patience<'_>,
    ) -> Result<List, OpError> {
        let mut found = Vec::new();
        let walk = self.walk_in(Cards::new(self, view), query, patience, &mut |card| {
            found.push(card);
            true
        })?;
        Ok(List {
            total: walk.total,
            more: walk.more,
            cards: found,
        })
    }

    /// Gives the cards of a list to `give` one by one, in the order of the list, until it says `false`: none is held.
    ///
    /// # Errors
    /// [`OpError::Store`].
    pub(super) fn walk_in(
        &self,
        mut cards: Cards<'_>,
        query: &ListQuery,
        patience: &Patience<'_>,
        give: Give<'_>,
    ) -> Result<Walk, OpError> {
        if query.looks_inside() {
            return self.look_inside(cards, query, patience, give);
        }
        let view = cards.view;
        let mut walk = Walk::default();
        let mut hand_out = |ids: &[ItemId]| -> Result<bool, OpError> {
            for id in ids {
                if let Some(item) = view.get(*id)?
                    && !give(cards.card(item)?)
                {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let mut ids = Vec::new();
        if query.which != Which::Closed {
            let part = match query.order {
                Order::Urgency => (query.skip, query.limit),
                _ => (0, usize::MAX),
            };
            (walk.total, ids) = self.open_ids(view, query.scope, part)?;
            if query.order != Order::Urgency {
                sort(view, &mut ids, query.order)?;
                ids = ids.into_iter().skip(query.skip).take(query.limit).collect();
            }
        }
        let open = walk.total;
        if query.wants_closed() {
            walk.total += usize::try_from(view.count(query.scope, false)?).unwrap_or(usize::MAX);
        }
        if !hand_out(&ids)? {
            return Ok(walk);
        }
        let mut wanted = query.limit - ids.len().min(query.limit);
        if walk.total > open && wanted > 0 {
            let skip = query.skip.saturating_sub(open);
            view.each_closed(query.scope, skip, |id| {
                wanted -= 1;
                Ok::<_, OpError>(hand_out(&[id])? && wanted > 0)
            })?;
        }
        Ok(walk)
    }

    /// How many open records of a scope there are, and a part of them in the order of their urgency.
    fn open_ids(
        &self,
        view: &View<'_>,
        scope: Scope,
        part: (usize, usize),
    ) -> Result<(usize, Vec<ItemId>), StoreError> {
        let loads = view.loads(scope, None)?;
        let total = loads.iter().map(|load| load.count).sum();
        let today = self.clock.moment().today;
        Ok((total, view.most_urgent(scope, &loads, today, part)?))
    }

    fn look_inside(
        &self,
        cards: Cards<'_>,
        query: &ListQuery,
        patience: &Patience<'_>,
        give: Give<'_>,
    ) -> Result<Walk, OpError> {
        let view = cards.view;
        let needle = query.search.as_deref().map(fold);
        let terms = Terms::of(needle.as_deref(), query.kind);
        let candidates = terms.map(|terms| view.candidates(&terms)).transpose()?;
        let may_fit = |id: &ItemId| {
            let candidates = candidates.as_ref();
            candidates.is_none_or(|candidates| {
                candidates
                    .binary_search_by_key(&id.key(), |it| it.key())
                    .is_ok()
            })
        };
        let mut finder = Finder {
            view,
            query,
            needle,
            patience,
            cards,
            give,
            walk: Walk::default(),
            given: 0,
            looked: 0,
            looked_in_vain: 0,
        };
        if query.which != Which::Closed {
            let (_, mut ids) = self.open_ids(view, query.scope, (0, usize::MAX))?;
            ids.retain(may_fit);
            sort(view, &mut ids, query.order)?;
            for id in ids {
                if !finder.look_at(id)? {
                    return Ok(finder.walk);
                }
            }
        }
        if !query.wants_closed() {
            return Ok(finder.walk);
        }
        match &candidates {
            Some(few) if few.len() <= FEW => {
                let mut closed = Vec::new();
                for id in few.iter().filter(|id| query.scope.holds(**id)) {
                    if !finder.is_awaited() {
                        return Ok(finder.walk);
                    }
                    if let Some(item) = view.get(*id)?
                        && let Some(closing) = item.closing()
                        && finder.admits(&item)
                    {
                        closed.push((Reverse(closing.on), Reverse(id.key()), item));
                    }
                }
                closed.sort_by_key(|(day, key, _)| (*day, *key));
                for (.., item) in closed {
                    if !finder.take(item)? {
                        break;
                    }
                }
            }
            _ => view.each_closed(query.scope, 0, |id| {
                if may_fit(&id) {
                    finder.look_at(id)
                } else {
                    Ok::<_, OpError>(true)
                }
            })?,
        }
        Ok(finder.walk)
    }
}

/// Looks at one record after another, and takes what fits.
struct Finder<'a> {
    view: &'a View<'a>,
    query: &'a ListQuery,
    /// The text that is looked for, folded.
    needle: Option<String>,
    patience: &'a Patience<'a>,
    cards: Cards<'a>,
    give: Give<'a>,
    walk: Walk,
    given: usize,
    looked: usize,
    /// Since the part that was asked for was there.
    looked_in_vain: usize,
}

impl Finder<'_> {
    /// Whether anybody waits for more; where not, there may be more than was found.
    fn is_awaited(&mut self) -> bool {
        self.looked += 1;
        if self.given >= self.query.limit {
            self.looked_in_vain += 1;
        }
        let is_awaited = self.looked_in_vain <= self.patience.enough
            && (!self.looked.is_multiple_of(ASKED_EVERY) || (self.patience.goes_on)());
        self.walk.more |= !is_awaited;
        is_awaited
    }

    fn look_at(&mut self, id: ItemId) -> Result<bool, OpError> {
        if !self.is_awaited() {
            return Ok(false);
        }
        match self.view.get(id)? {
            Some(item) if self.admits(&item) => self.take(item),
            _ => Ok(true),
        }
    }

    fn admits(&self, item: &Item) -> bool {
        self.query.admits(item)
            && self
                .needle
                .as_deref()
                .is_none_or(|needle| item.matches(needle))
    }

    /// Counts a record that fits, and makes a card of it where it is in the part that was asked for.
    fn take(&mut self, item: Item) -> Result<bool, OpError> {
        let is_wanted = self.walk.total >= self.query.skip && self.given < self.query.limit;
        if is_wanted || self.query.looks_around() {
            let card = self.cards.card(item)?;
            if !self.query.admits_card(&card) {
                return Ok(true);
            }
            if is_wanted {
                self.given += 1;
                if !(self.give)(card) {
                    return Ok(false);
                }
            }
        }
        self.walk.total += 1;
        Ok(true)
    }
}

/// Puts open records into an order other than by urgency, in which they are.
fn sort(view: &View<'_>, ids: &mut [ItemId], order: Order) -> Result<(), StoreError> {
    let mut keys: BTreeMap<ItemId, (NaiveDate, String)> = BTreeMap::new();
    if matches!(order, Order::Received | Order::Name) {
        for id in ids.iter() {
            if let Some(item) = view.get(*id)? {
                let name = fold(&item.person().name);
                keys.insert(*id, (item.received_on(), name));
            }
        }
    }
    let key = |id: &ItemId| keys.get(id).cloned().unwrap_or_default();
    match order {
        Order::Urgency => {}
        Order::Id => ids.sort_unstable(),
        Order::Received => ids.sort_by_key(|id| (Reverse(key(id).0), *id)),
        Order::Name => ids.sort_by_key(|id| (key(id).1, *id)),
    }
    Ok(())
}

#[cfg(test)]
mod tests;
