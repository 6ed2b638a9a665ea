//! The load ahead: how many deadlines fall into each of the coming weeks. Counts, and nobody's name.
//!
//! A deadline is the last day (`due`) of something open, the extended or agreed one where there is one; what is past it
//! is counted apart. Weeks begin on Monday (ISO 8601), the first one is that of today.

use chrono::{Datelike, Days, NaiveDate};

use super::ids::ItemType;

/// How many weeks are looked at, that of today included.
pub const WEEKS: usize = 6;

/// The deadlines of one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Requests to be answered.
    pub requests: usize,
    /// Recordings to be deleted.
    pub recordings: usize,
    /// Opt-outs to be carried out.
    pub opt_outs: usize,
}

impl Week {
    /// All of them.
    pub fn all(&self) -> usize {
        self.requests + self.recordings + self.opt_outs
    }
}

/// The load ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    today: NaiveDate,
    /// Past their last day.
    pub overdue: usize,
    /// The weeks, this one first.
    pub weeks: [Week; WEEKS],
    /// Due after those weeks.
    pub later: usize,
    /// Open without a deadline: a recording whose link was not sent.
    pub undated: usize,
}

impl Ahead {
    /// Nothing yet, as seen on the local date `today`.
    pub fn of(today: NaiveDate) -> Self {
        let monday = today.week(chrono::Weekday::Mon).first_day();
        let week = |number: u64| Week {
            monday: monday
                .checked_add_days(Days::new(7 * number))
                .unwrap_or(monday),
            requests: 0,
            recordings: 0,
            opt_outs: 0,
        };
        let mut number = 0;
        Self {
            today,
            overdue: 0,
            weeks: [(); WEEKS].map(|()| {
                let week = week(number);
                number += 1;
                week
            }),
            later: 0,
            undated: 0,
        }
    }

    /// The Sunday of the last week.
    pub fn last_day(&self) -> NaiveDate {
        let monday = self.weeks[WEEKS - 1].monday;
        monday.checked_add_days(Days::new(6)).unwrap_or(monday)
    }

    /// Counts `count` open things in: of this type, with this last day where they have one.
    pub fn add(&mut self, item_type: ItemType, due: Option<NaiveDate>, count: usize) {
        let Some(due) = due else {
            self.undated += count;
            return;
        };
        if due < self.today {
            self.overdue += count;
            return;
        }
        let week = due.iso_week();
        let found = self
            .weeks
            .iter_mut()
            .find(|it| it.monday.iso_week() == week);
        match (found, item_type) {
            (Some(week), ItemType::Request) => week.requests += count,
            (Some(week), ItemType::Recording) => week.recordings += count,
            (Some(week), ItemType::OptOut) => week.opt_outs += count,
            (Some(_), ItemType::Mail) => {}
            (None, _) => self.later += count,
        }
    }

    /// Whether nothing is open.
    pub fn is_empty(&self) -> bool {
        let weeks: usize = self.weeks.iter().map(Week::all).sum();
        weeks + self.overdue + self.later + self.undated == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_in_its_week_or_past_or_later() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        // A Wednesday at the end of a year whose last week goes on in the next one.
        let mut ahead = Ahead::of(day(12, 30));
        for due in [
            Some(day(12, 29)),
            Some(day(12, 30)),
            NaiveDate::from_ymd_opt(2027, 1, 3),
            NaiveDate::from_ymd_opt(2027, 1, 4),
            NaiveDate::from_ymd_opt(2027, 2, 7),
            NaiveDate::from_ymd_opt(2027, 2, 8),
            None,
        ] {
            ahead.add(ItemType::Request, due, 1);
        }
        assert_eq!(ahead.weeks[0].monday, day(12, 28));
        assert_eq!(ahead.weeks.map(|week| week.all()), [2, 1, 0, 0, 0, 1]);
        assert_eq!((ahead.overdue, ahead.later, ahead.undated), (1, 1, 1));
        assert!(!ahead.is_empty() && Ahead::of(day(12, 30)).is_empty());
    }
}
