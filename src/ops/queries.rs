//! What can be asked, for command line and terminal UI alike. Nothing here changes anything.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::listing::Patience;
use super::{Desk, OpError};
use crate::domain::ahead::Ahead;
use crate::domain::deadline::Urgency;
use crate::domain::ids::{IdPattern, ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::next_step::{NextStep, next_step};
use crate::domain::person::normalise;
use crate::domain::report::Report;
use crate::domain::request::{Kind, Status};
use crate::domain::standing::{Flag, Standing, standing};
use crate::domain::text::fold;
use crate::store::{Entry, Load, OpenRow, Scope, Sharers, StoreError, View};

/// A record as it is shown: with where it stands today and what is to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The record.
    pub item: Item,
    /// Where it stands, seen with the person's other records.
    pub standing: Standing,
    /// How pressing it is; `None` when it is closed.
    pub urgency: Option<Urgency>,
    /// What it must draw attention to.
    pub flags: Vec<Flag>,
    /// What is to be done next.
    pub next_step: NextStep,
    /// The person's records, this one among them; shared between the cards of one list.
    pub circle: Circle,
}

/// A person's records.
pub type Circle = Arc<[Item]>;

/// Cards made from one look at the store; a person's records are read once, however many of them are listed.
pub(super) struct Cards<'a> {
    desk: &'a Desk,
    pub(super) view: &'a View<'a>,
    /// The records of persons who have several.
    circles: HashMap<BTreeSet<String>, Circle>,
    /// Where very many are made and none is kept: what tells whose person has other records.
    sharers: Option<Sharers>,
}

impl<'a> Cards<'a> {
    pub(super) fn new(desk: &'a Desk, view: &'a View<'a>) -> Self {
        Self {
            desk,
            view,
            circles: HashMap::new(),
            sharers: None,
        }
    }

    /// Cards of very many records, one after another: where each stands is told, what else there is of its person is
    /// looked up only where there is anything, and is not kept.
    fn passing(desk: &'a Desk, view: &'a View<'a>) -> Result<Self, StoreError> {
        Ok(Self {
            sharers: Some(view.sharers()?),
            ..Self::new(desk, view)
        })
    }

    fn circle(&mut self, item: &Item) -> Result<Circle, StoreError> {
        if let Some(sharers) = &self.sharers {
            return Ok(if sharers.has(item.id()) {
                self.view.circle(item)?.into()
            } else {
                Circle::from([])
            });
        }
        let addresses = item.person().addresses();
        if let Some(circle) = self.circles.get(&addresses) {
            return Ok(Arc::clone(circle));
        }
        let circle: Circle = self.view.circle(item)?.into();
        // Nobody else asks for the circle of one.
        if circle.len() > 1 {
            self.circles.insert(addresses, Arc::clone(&circle));
        }
        Ok(circle)
    }

    pub(super) fn card(&mut self, item: Item) -> Result<Card, StoreError> {
        let circle = self.circle(&item)?;
        Ok(self.desk.card_of(item, circle))
    }

    /// The cards of these records, in their order.
    pub(super) fn of(
        &mut self,
        ids: impl IntoIterator<Item = ItemId>,
    ) -> Result<Vec<Card>, StoreError> {
        let mut cards = Vec::new();
        for id in ids {
            if let Some(item) = self.view.get(id)? {
                cards.push(self.card(item)?);
            }
        }
        Ok(cards)
    }
}

/// How many open records there are of each urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// After `due`.
    pub overdue: usize,
    /// On or after `act_by`.
    pub act_now: usize,
    /// `act_by` within seven days.
    pub soon: usize,
    /// Later.
    pub later: usize,
}

/// What is due; as cards, or as whatever is made of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due<T = Card> {
    /// The local date of today.
    pub today: NaiveDate,
    /// Counts over everything open.
    pub summary: Summary,
    /// What is due in the period, most urgent first; at most as many as were asked for.
    pub cards: Vec<T>,
    /// How many there are in the period.
    pub total: usize,
    /// The next thing after the period.
    pub next: Option<OpenRow>,
    /// Closed records that have reached their retention date (RULES §7).
    pub past_retention: usize,
}

impl Due<()> {
    fn with<T>(self, cards: Vec<T>) -> Due<T> {
        Due {
            today: self.today,
            summary: self.summary,
            cards,
            total: self.total,
            next: self.next,
            past_retention: self.past_retention,
        }
    }
}

/// Which records are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Which {
    /// Those that are open.
    #[default]
    Open,
    /// Those that are closed.
    Closed,
    /// Open ones first, then closed ones.
    Any,
}

/// How the open records of a list follow each other. Closed ones come after them, the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// The most urgent first.
    #[default]
    Urgency,
    /// The latest received first.
    Received,
    /// By the name of the person.
    Name,
    /// By id.
    Id,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Urgency, Self::Received, Self::Name, Self::Id];
}

/// A question for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Of which type.
    pub scope: Scope,
    /// Open, closed, or both.
    pub which: Which,
    /// Requests of this kind only.
    pub kind: Option<Kind>,
    /// Requests of this status only.
    pub status: Option<Status>,
    /// Open records of this urgency only.
    pub urgency: Option<Urgency>,
    /// Open records with this flag only.
    pub flag: Option<Flag>,
    /// A text that must occur, as [`fold`] compares.
    pub search: Option<String>,
    /// Received on or after this local date.
    pub from: Option<NaiveDate>,
    /// Received on or before this local date.
    pub to: Option<NaiveDate>,
    /// How the open ones follow each other.
    pub order: Order,
    /// Leave out so many at the beginning.
    pub skip: usize,
    /// At most so many.
    pub limit: usize,
}

impl ListQuery {
    /// Everything open in a scope.
    pub fn open(scope: Scope) -> Self {
        Self {
            scope,
            which: Which::Open,
            kind: None,
            status: None,
            urgency: None,
            flag: None,
            search: None,
            from: None,
            to: None,
            order: Order::Urgency,
            skip: 0,
            limit: usize::MAX,
        }
    }

    /// Whether records must be read to tell whether they belong to the list.
    pub(super) fn looks_inside(&self) -> bool {
        self.kind.is_some()
            || self.status.is_some()
            || self.search.is_some()
            || self.from.is_some()
            || self.to.is_some()
            || self.looks_around()
    }

    /// Whether the person's other records must be read as well.
    pub(super) fn looks_around(&self) -> bool {
        self.urgency.is_some() || self.flag.is_some()
    }

    /// Whether closed records can be in the list: nothing is urgent about them.
    pub(super) fn wants_closed(&self) -> bool {
        self.which != Which::Open
            && !self.looks_around()
            && self.status.is_none_or(|status| status == Status::Closed)
    }

    pub(super) fn admits_card(&self, card: &Card) -> bool {
        self.urgency.is_none_or(|it| card.urgency == Some(it))
            && self.flag.is_none_or(|it| card.flags.contains(&it))
    }

    pub(super) fn admits(&self, item: &Item) -> bool {
        let received_on = item.received_on();
        self.kind
            .is_none_or(|kind| matches!(item, Item::Request(request) if request.kind == kind))
            && self.status.is_none_or(
                |status| matches!(item, Item::Request(request) if request.status() == status),
            )
            && self.from.is_none_or(|from| from <= received_on)
            && self.to.is_none_or(|to| received_on <= to)
    }
}

/// A list, or the part of it that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// How many there are altogether.
    pub total: usize,
    /// Whether there may be more than were counted, because nobody wanted to wait for that.
    pub more: bool,
    /// The part that was asked for.
    pub cards: Vec<Card>,
}

/// What was rescued of a damaged register: everything of a scope, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// The records.
    pub cards: Vec<Card>,
    /// Those that are there and cannot be read.
    pub lost: Vec<ItemId>,
    /// Whether there may be others of which not even the id is known.
    pub broken: bool,
}

impl Desk {
    /// The record a person means by what she typed.
    pub fn find(&self, text: &str) -> Result<ItemId, OpError> {
        let pattern: IdPattern = text.parse().map_err(|_| {
            OpError::BadId(
                text.to_owned(),
                crate::store::IdProblem::Unknown(IdPattern {
                    item_type: None,
                    year: None,
                    number: 0,
                }),
            )
        })?;
        self.store
            .read(|view| view.find(pattern))?
            .map_err(|problem| OpError::BadId(text.to_owned(), problem))
    }

    /// What is due within `days` (everything open when `None`), most urgent first, at most `limit` of it.
    pub fn due(&self, days: Option<u64>, limit: usize) -> Result<Due, OpError> {
        self.store.read(|view| self.due_in(view, days, limit))
    }

    /// As [`Desk::due`], in a view that is open already.
    pub fn due_in(&self, view: &View<'_>, days: Option<u64>, limit: usize) -> Result<Due, OpError> {
        let (due, ids) = self.due_ids(view, days, limit)?;
        Ok(due.with(Cards::new(self, view).of(ids)?))
    }

    /// As [`Desk::due`], where something is made of each card and of the day it is due by, and no card is held. A panic of
    /// `row` would be told as damage of the store.
    ///
    /// # Errors
    /// [`OpError::Store`], and what `row` fails with.
    pub fn due_rows<T>(
        &self,
        days: Option<u64>,
        limit: usize,
        mut row: impl FnMut(&Card, NaiveDate) -> Result<T, OpError>,
    ) -> Result<Due<T>, OpError> {
        self.store.read(|view| {
            let (due, ids) = self.due_ids(view, days, limit)?;
            let mut cards = Cards::new(self, view);
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                if let Some(item) = view.get(id)? {
                    rows.push(row(&cards.card(item)?, due.today)?);
                }
            }
            Ok(due.with(rows))
        })
    }

    /// What is due but for the cards, and which those are.
    fn due_ids(
        &self,
        view: &View<'_>,
        days: Option<u64>,
        limit: usize,
    ) -> Result<(Due<()>, Vec<ItemId>), OpError> {
        let today = self.clock.moment().today;
        let until = days.map(|days| today.checked_add_days(Days::new(days)).unwrap_or(today));
        let week = today
            .checked_add_days(Days::new(crate::domain::deadline::SOON_DAYS))
            .unwrap_or(today);
        // The summary needs the coming week even when a shorter period was asked for.
        let mut loads = view.loads(Scope::Everything, until.map(|until| until.max(week)))?;
        let summary = summarise(&loads, today, view.count(Scope::Everything, true)?);
        loads.retain(|load| until.is_none_or(|until| load.attention_on <= until));
        let next = match until {
            Some(until) => view.next_open_after(until)?,
            None => None,
        };
        let due = Due {
            today,
            summary,
            cards: Vec::new(),
            total: loads.iter().map(|load| load.count).sum(),
            next,
            past_retention: view.past_retention(today)?,
        };
        let ids = view.most_urgent(Scope::Everything, &loads, today, (0, limit))?;
        Ok((due, ids))
    }

    /// Gives the cards of a list to `give` one by one, in the order of the list, until it says `false`; what else there is
    /// of their persons is in their standing and not beside it.
    ///
    /// # Errors
    /// [`OpError::Store`]; some may have been given then.
    pub fn each(
        &self,
        query: &ListQuery,
        give: &mut dyn FnMut(Card) -> bool,
    ) -> Result<(), OpError> {
        self.store.read(|view| {
            let cards = Cards::passing(self, view)?;
            self.walk_in(cards, query, &Patience::ENDLESS, give)?;
            Ok(())
        })
    }

    /// As [`Desk::each`], for everything of a scope, open and closed. `false` when there are records that the indexes do not
    /// know: what was given is not the whole register then, and [`Desk::rescue`] has it.
    ///
    /// # Errors
    /// [`OpError::Store`]; some may have been given then.
    pub fn each_of(
        &self,
        scope: Scope,
        give: &mut dyn FnMut(Card) -> bool,
    ) -> Result<bool, OpError> {
        let query = ListQuery {
            which: Which::Any,
            ..ListQuery::open(scope)
        };
        self.store.read(|view| {
            let mut given = 0;
            let mut wanted = true;
            let cards = Cards::passing(self, view)?;
            self.walk_in(cards, &query, &Patience::ENDLESS, &mut |card| {
                given += 1;
                wanted = give(card);
                wanted
            })?;
            // A damaged index can leave records out without a word.
            Ok(!wanted || given == view.stored(scope)?)
        })
    }

    /// Everything of a scope of a damaged store that can be read; in the order of ids, as the indexes cannot be relied on.
    ///
    /// # Errors
    /// [`OpError::Store`] when nothing can be.
    pub fn rescue(&self, scope: Scope) -> Result<Register, OpError> {
        let mut rescued = self.store.rescue()?;
        rescued.lost.retain(|id| scope.holds(*id));
        rescued.items.retain(|item| scope.holds(item.id()));
        // The index of persons may be what is damaged: each record stands for itself.
        let cards = rescued.items.into_iter();
        Ok(Register {
            cards: cards
                .map(|item| self.card_of(item, Circle::from([])))
                .collect(),
            lost: rescued.lost,
            broken: rescued.broken,
        })
    }

    /// A record as it is shown, seen with the person's other records.
    fn card_of(&self, item: Item, circle: Circle) -> Card {
        let rules = self.settings.rules;
        let today = self.clock.moment().today;
        let standing = standing(&item, &circle, rules);
        Card {
            urgency: standing.urgency(today),
            flags: standing.flags(&item, rules, today),
            next_step: next_step(&item, &standing, today),
            standing,
            item,
            circle,
        }
    }

    /// How the year went, or everything there is; and the load ahead, all from one look at the store.
    ///
    /// # Errors
    /// [`OpError::Store`].
    pub fn report(&self, year: Option<i32>) -> Result<(Report, Ahead), OpError> {
        let today = self.clock.moment().today;
        let (mut report, mut ahead) = (Report::of(year), Ahead::of(today));
        self.store.read(|view| {
            for item_type in ItemType::WORKED {
                for load in view.loads(Scope::Of(item_type), None)? {
                    ahead.add(item_type, load.dates.map(|dates| dates.due), load.count);
                }
            }
            view.scan(Scope::Everything, |item| {
                report.add(&item, today);
                true
            })
        })?;
        Ok((report, ahead))
    }

    /// The number of the last change there was; it only grows, whatever is undone or erased.
    pub fn last_change(&self) -> Result<u64, OpError> {
        self.store.read(|view| Ok(view.last_seq()?))
    }

    /// Everything about one record.
    pub fn detail(&self, id: ItemId) -> Result<Card, OpError> {
        self.store.read(|view| {
            let item = view.get(id)?.ok_or(OpError::NoSuchId(id))?;
            Ok(Cards::new(self, view).card(item)?)
        })
    }

    /// Everything held on one person: by address, or by a part of the name or address, with what else shares an
    /// address with those.
    pub fn person(&self, text: &str) -> Result<Vec<Card>, OpError> {
        self.store.read(|view| {
            let needle = fold(text.trim());
            let mut items: Vec<Item> = Vec::new();
            if text.contains('@') {
                items = view.with_addresses(&[normalise(text)].into())?;
            }
            if items.is_empty() && !needle.is_empty() {
                view.scan(Scope::Everything, |item| {
                    let person = item.person();
                    if fold(&person.name).contains(&needle)
                        || person
                            .emails
                            .iter()
                            .any(|email| fold(email).contains(&needle))
                    {
                        items.push(item);
                    }
                    true
                })?;
            }
            let mut all: Vec<Item> = Vec::new();
            for item in items {
                for other in std::iter::once(item.clone()).chain(view.circle(&item)?) {
                    if !all.iter().any(|known| known.id() == other.id()) {
                        all.push(other);
                    }
                }
            }
            all.sort_by_key(|item| (Reverse(item.is_open()), item.received_on(), item.id()));
            let mut cards = Cards::new(self, view);
            all.into_iter()
                .map(|item| cards.card(item).map_err(OpError::from))
                .collect()
        })
    }

    /// The history, newest last: of one record, or the last `limit` entries of everything.
    pub fn history(&self, of: Option<ItemId>, limit: usize) -> Result<Vec<Entry>, OpError> {
        self.store.read(|view| history_in(view, of, limit))
    }
}

/// As [`Desk::history`], in a view that is open already.
pub fn history_in(
    view: &View<'_>,
    of: Option<ItemId>,
    limit: usize,
) -> Result<Vec<Entry>, OpError> {
    let seqs: Vec<u64> = if let Some(id) = of {
        view.entries_of(id)?
    } else {
        let last = view.last_seq()?;
        let first = last.saturating_sub(u64::try_from(limit).unwrap_or(u64::MAX)) + 1;
        (first..=last).collect()
    };
    if let (Some(id), true) = (of, seqs.is_empty()) {
        return Err(OpError::NoSuchId(id));
    }
    let skip = seqs.len().saturating_sub(limit);
    let mut entries = Vec::new();
    for seq in seqs.into_iter().skip(skip) {
        entries.extend(view.entry(seq)?);
    }
    Ok(entries)
}

fn summarise(loads: &[Load], today: NaiveDate, open: u64) -> Summary {
    let count = |urgency| {
        let such = loads.iter().filter(|load| load.urgency(today) == urgency);
        such.map(|load| load.count).sum()
    };
    let (overdue, act_now, soon): (usize, usize, usize) = (
        count(Urgency::Overdue),
        count(Urgency::ActNow),
        count(Urgency::Soon),
    );
    let open = usize::try_from(open).unwrap_or(usize::MAX);
    Summary {
        overdue,
        act_now,
        soon,
        later: open.saturating_sub(overdue + act_now + soon),
    }
}
