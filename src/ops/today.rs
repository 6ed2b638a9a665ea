//! The daily look: the load of the coming weeks, what others changed since the last visit, what is to be erased, and on
//! which days recordings are to be deleted. Everything is read in a view that is open already, and nothing is decided.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Desk, OpError};
use crate::domain::ahead::Ahead;
use crate::domain::deadline::Urgency;
use crate::domain::ids::{ItemId, ItemType};
use crate::store::{Entry, Scope, StoreError, Via, View, Visit};

/// So many history entries are looked at, the latest ones; of a larger import the numbers say "at least".
const LOOKED_AT: u64 = 2_000;

/// What stands beside the list of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The deadlines of the coming weeks.
    pub ahead: Ahead,
    /// What others changed since the last visit; `None` on the first one.
    pub since: Option<Since>,
    /// Closed records that have reached their retention date (RULES §7).
    pub past_retention: usize,
}

/// What was changed since a visit, otherwise than on the screen: by commands, by imports, in another window's shell. Each
/// number is of records; what was taken back meanwhile is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Since {
    /// When the visit was.
    pub at: DateTime<Utc>,
    /// New requests.
    pub requests: usize,
    /// Cases to which a mail came.
    pub replies: usize,
    /// New opt-outs.
    pub opt_outs: usize,
    /// New recordings.
    pub recordings: usize,
    /// Mails that were set aside.
    pub aside: usize,
    /// Records that were closed.
    pub closed: usize,
    /// Records changed in any other way, and in none of these.
    pub others: usize,
    /// Whether there were more changes than were looked at.
    pub more: bool,
}

impl Since {
    /// Whether nothing was changed.
    pub fn is_nothing(&self) -> bool {
        *self
            == Self {
                at: self.at,
                ..Self::default()
            }
    }
}

/// The deletions that fall on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deletions {
    /// How many recordings.
    pub count: usize,
    /// How pressing the most pressing of them is.
    pub urgency: Urgency,
}

/// What happened to one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Story {
    new: bool,
    reply: bool,
    closed: bool,
}

impl Desk {
    /// Notes that the screen is opened. It is no change of a record: it stands in no history.
    ///
    /// # Errors
    /// [`OpError::Refused`] where nothing may be changed, and [`OpError::Store`].
    pub fn note_visit(&self) -> Result<(), OpError> {
        self.must_write()?;
        let moment = self.clock.moment();
        self.store.write(self.writer(moment), |tx| {
            let seq = tx.last_seq()?;
            Ok(tx.note_visit(Visit {
                seq,
                at: moment.now,
            })?)
        })
    }

    /// What stands beside the list of today. `visit` is the one before this, `past_retention` comes from
    /// [`Desk::due_in`].
    pub fn glance_in(
        &self,
        view: &View<'_>,
        visit: Option<Visit>,
        past_retention: usize,
    ) -> Result<Glance, OpError> {
        let mut ahead = Ahead::of(self.clock.moment().today);
        let mut known = 0;
        for item_type in ItemType::WORKED {
            // What wants attention later than this is due later as well, and is in none of the weeks.
            for load in view.loads(Scope::Of(item_type), Some(ahead.last_day()))? {
                ahead.add(item_type, load.dates.map(|dates| dates.due), load.count);
                known += load.count;
            }
        }
        let open = usize::try_from(view.count(Scope::Everything, true)?).unwrap_or(usize::MAX);
        ahead.later += open.saturating_sub(known);
        Ok(Glance {
            ahead,
            since: visit.map(|visit| since(view, visit)).transpose()?,
            past_retention,
        })
    }

    /// The days on which open recordings are to be deleted at the latest, as `due` of their dates says.
    pub fn deletions_in(&self, view: &View<'_>) -> Result<BTreeMap<NaiveDate, Deletions>, OpError> {
        let today = self.clock.moment().today;
        let mut days: BTreeMap<NaiveDate, Deletions> = BTreeMap::new();
        for load in view.loads(Scope::Of(ItemType::Recording), None)? {
            let Some(dates) = load.dates else { continue };
            let urgency = load.urgency(today);
            let day = days
                .entry(dates.due)
                .or_insert(Deletions { count: 0, urgency });
            day.count += load.count;
            day.urgency = day.urgency.min(urgency);
        }
        Ok(days)
    }
}

/// What the history says of the time after a visit.
fn since(view: &View<'_>, visit: Visit) -> Result<Since, StoreError> {
    let last = view.last_seq()?;
    let first = visit.seq.max(last.saturating_sub(LOOKED_AT)) + 1;
    let mut stories: BTreeMap<ItemId, Story> = BTreeMap::new();
    let mut taken_back: BTreeMap<ItemId, Story> = BTreeMap::new();
    let mut undone: BTreeSet<ItemId> = BTreeSet::new();
    for seq in first..=last {
        let Some(entry) = view.entry(seq)? else {
            continue;
        };
        let Entry { id, event, via, .. } = entry;
        match event.as_str() {
            "undone" if stories.contains_key(&id) => {
                taken_back.extend(stories.remove(&id).map(|story| (id, story)));
                continue;
            }
            "redone" if taken_back.contains_key(&id) => {
                stories.extend(taken_back.remove(&id).map(|story| (id, story)));
                continue;
            }
            _ => {}
        }
        // What was done on the screen, its owner knows.
        if via == Via::Tui {
            continue;
        }
        let story = stories.entry(id).or_default();
        match event.as_str() {
            "received" | "registered" | "set-aside" => story.new = true,
            "mail-added" => story.reply = true,
            "resolved" | "rejected" => story.closed = true,
            "reopened" => story.closed = false,
            "undone" => {
                undone.insert(id);
            }
            _ => {}
        }
    }
    let mut since = Since {
        at: visit.at,
        more: first > visit.seq + 1,
        ..Since::default()
    };
    for (id, story) in stories {
        // Numbers go on though the record is gone: it was new before, and that was taken back.
        if !view.exists(id)? {
            since.others += usize::from(undone.contains(&id));
            continue;
        }
        if story.new {
            match id.item_type {
                ItemType::Request => since.requests += 1,
                ItemType::Recording => since.recordings += 1,
                ItemType::OptOut => since.opt_outs += 1,
                ItemType::Mail => since.aside += 1,
            }
        }
        since.replies += usize::from(story.reply);
        since.closed += usize::from(story.closed);
        since.others += usize::from(story == Story::default());
    }
    Ok(since)
}
