//! What is open, by its days: counted and put in order without a look at every record.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use redb::ReadableTable;

use super::StoreError;
use super::tables::{CLOSED, CLOSED_ON, LOAD, OPEN};
use super::view::{Scope, View, day_from_number, day_number, open_row, with_table};
use crate::domain::deadline::{Dates, Urgency};
use crate::domain::ids::ItemId;

/// How many open records have these days in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// The date by which they want attention.
    pub attention_on: NaiveDate,
    /// The dates that hold, where some follow already.
    pub dates: Option<Dates>,
    /// How many.
    pub count: usize,
}

impl Load {
    /// How pressing they are.
    pub fn urgency(&self, today: NaiveDate) -> Urgency {
        urgency(self.attention_on, self.dates, today)
    }
}

/// What open records are put in order by, before their ids: how pressing they are, the day they want attention, and their
/// last day.
type Group = (Urgency, NaiveDate, Option<NaiveDate>);

/// How pressing something with these days is.
pub(super) fn urgency(attention_on: NaiveDate, dates: Option<Dates>, today: NaiveDate) -> Urgency {
    match dates {
        Some(dates) => Urgency::of(dates, today),
        None if attention_on <= today => Urgency::Soon,
        None => Urgency::Later,
    }
}

impl View<'_> {
    /// The open records that want attention on or before `until` (all when `None`), counted by their days.
    ///
    /// # Errors
    /// [`StoreError`] from the file.
    pub fn loads(&self, scope: Scope, until: Option<NaiveDate>) -> Result<Vec<Load>, StoreError> {
        let last = until.map_or(u32::MAX, day_number);
        let range = (scope.tag(), 0, 0, 0)..=(scope.tag(), last, u32::MAX, u32::MAX);
        with_table!(self, LOAD, |table| {
            let mut loads = Vec::new();
            for row in table.range(range)? {
                let (key, count) = row?;
                let (_, day, act_by, due) = key.value();
                let dates = day_from_number(act_by).zip(day_from_number(due));
                loads.extend(day_from_number(day).map(|attention_on| Load {
                    attention_on,
                    dates: dates.map(|(act_by, due)| Dates { due, act_by }),
                    count: usize::try_from(count.value()).unwrap_or(usize::MAX),
                }));
            }
            Ok(loads)
        })
    }

    /// The open records of [`View::loads`], the most urgent first, among equals by the date they want attention and by
    /// their last day: `take` of them from the `skip`-th on.
    ///
    /// # Errors
    /// [`StoreError`] from the file.
    pub fn most_urgent(
        &self,
        scope: Scope,
        loads: &[Load],
        today: NaiveDate,
        (mut skip, take): (usize, usize),
    ) -> Result<Vec<ItemId>, StoreError> {
        let mut groups: BTreeMap<Group, usize> = BTreeMap::new();
        for load in loads {
            let group = (
                load.urgency(today),
                load.attention_on,
                load.dates.map(|it| it.due),
            );
            *groups.entry(group).or_default() += load.count;
        }
        let mut ids = Vec::new();
        for (group, count) in groups {
            if ids.len() >= take {
                break;
            }
            if skip >= count {
                skip -= count;
                continue;
            }
            // The rows of a day stand in the order of their ids; of a full one only as many are read as are wanted.
            let wanted = (count - skip).min(take - ids.len());
            let first = std::mem::take(&mut skip);
            self.take_open(scope, (today, group), (first, wanted), &mut ids)?;
        }
        Ok(ids)
    }

    /// Adds `take` records of a group from the `skip`-th on.
    fn take_open(
        &self,
        scope: Scope,
        (today, (urgency, day, due)): (NaiveDate, Group),
        (mut skip, mut take): (usize, usize),
        ids: &mut Vec<ItemId>,
    ) -> Result<(), StoreError> {
        let day = day_number(day);
        let range = (scope.tag(), day, 0)..=(scope.tag(), day, u64::MAX);
        with_table!(self, OPEN, |table| {
            for entry in table.range(range)? {
                let (key, dates) = entry?;
                let (_, day, id) = key.value();
                let row = open_row(day, id, dates.value());
                let Some(row) = row.filter(|row| {
                    row.dates.map(|dates| dates.due) == due && row.urgency(today) == urgency
                }) else {
                    continue;
                };
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                ids.push(row.id);
                take -= 1;
                if take == 0 {
                    break;
                }
            }
            Ok(())
        })
    }

    /// Closed records, latest first, from the `skip`-th on.
    ///
    /// # Errors
    /// [`StoreError`] from the file.
    pub fn closed_ids(
        &self,
        scope: Scope,
        skip: usize,
        take: usize,
    ) -> Result<Vec<ItemId>, StoreError> {
        let mut ids = Vec::new();
        if take > 0 {
            self.each_closed(scope, skip, |id| {
                ids.push(id);
                Ok::<_, StoreError>(ids.len() < take)
            })?;
        }
        Ok(ids)
    }

    /// Calls `visit` with closed records, latest first, from the `skip`-th on, until it says `false`.
    ///
    /// # Errors
    /// What `visit` gives, and [`StoreError`] from the file.
    pub fn each_closed<E: From<StoreError>>(
        &self,
        scope: Scope,
        skip: usize,
        mut visit: impl FnMut(ItemId) -> Result<bool, E>,
    ) -> Result<(), E> {
        let (first_day, skip) = self.closing_day(scope, skip)?;
        let range = (scope.tag(), first_day, 0)..=(scope.tag(), u32::MAX, u64::MAX);
        with_table!(self, CLOSED, |table| {
            for entry in table.range(range).map_err(StoreError::from)?.skip(skip) {
                let (_, _, inverted) = entry.map_err(StoreError::from)?.0.value();
                if let Some(id) = ItemId::from_key(!inverted)
                    && !visit(id)?
                {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The (inverted) day on which the `skip`-th closed record was closed, and how many of that day come before it.
    fn closing_day(&self, scope: Scope, mut skip: usize) -> Result<(u32, usize), StoreError> {
        if skip == 0 {
            return Ok((0, 0));
        }
        let range = (scope.tag(), 0)..=(scope.tag(), u32::MAX);
        with_table!(self, CLOSED_ON, |table| {
            for row in table.range(range)? {
                let (key, count) = row?;
                let count = usize::try_from(count.value()).unwrap_or(usize::MAX);
                if skip < count {
                    return Ok((key.value().1, skip));
                }
                skip -= count;
            }
            Ok((u32::MAX, skip))
        })
    }
}
