//! When an invented thing came in: said by what it means for today, and found with the rules themselves.
//!
//! No fixed number of days before today is "due today" on every day of every year: months differ, weekends and holidays
//! move dates. So the day of receipt is searched backwards with the same functions that later decide the dates.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::deadline::{Dates, Urgency};

/// When something came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum When {
    /// So many days before today.
    DaysAgo(u64),
    /// On the day that makes it this pressing today.
    Such(Wanted),
}

/// How pressing something is to be today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Wanted {
    /// Overdue, by as little as possible.
    Overdue,
    /// Due today; to be acted on now where the law lets nothing end today.
    DueToday,
    /// To be acted on now, received as late as possible.
    ActNow,
    /// The next thing after today.
    Next,
    /// The last of those that are due soon.
    Soon,
    /// Later, in the middle of what that can mean.
    Later,
}

/// The receipt dates that are looked through: today and so many days before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Today.
    pub(super) today: NaiveDate,
    /// Days.
    pub(super) days: usize,
}

impl When {
    /// The day of receipt, given the dates that would follow from one.
    pub(super) fn day(self, span: Span, dates: impl Fn(NaiveDate) -> Dates) -> NaiveDate {
        match self {
            Self::DaysAgo(days) => days_before(span.today, days),
            Self::Such(wanted) => wanted.day(span, dates),
        }
    }
}

impl Wanted {
    fn day(self, span: Span, dates: impl Fn(NaiveDate) -> Dates) -> NaiveDate {
        let today = span.today;
        let latest_first: Vec<(NaiveDate, Dates)> = today
            .iter_days()
            .rev()
            .take(span.days)
            .map(|day| (day, dates(day)))
            .collect();
        let of = |urgency| {
            latest_first
                .iter()
                .filter(move |(_, dates)| Urgency::of(*dates, today) == urgency)
                .map(|(day, _)| *day)
        };
        let begun = || latest_first.iter().find(|(_, dates)| dates.act_by <= today);
        let found = match self {
            Self::Overdue => of(Urgency::Overdue).next(),
            Self::DueToday => latest_first
                .iter()
                .find(|(_, dates)| dates.due == today)
                .map(|(day, _)| *day)
                .or_else(|| of(Urgency::ActNow).next())
                // After 28 February nothing ends on the last days of March: then it ended just before.
                .or_else(|| begun().map(|(day, _)| *day)),
            Self::ActNow => of(Urgency::ActNow).next(),
            Self::Next => of(Urgency::Soon).next_back(),
            Self::Soon => of(Urgency::Soon).next(),
            Self::Later => {
                let later: Vec<NaiveDate> = of(Urgency::Later).collect();
                later.get(later.len() / 2).copied()
            }
        };
        // What no receipt can bring about (an opt-out is never due later) came in today.
        found.unwrap_or(today)
    }
}

/// The day `days` before `day`.
pub(super) fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(chrono::Days::new(days)).unwrap_or(day)
}

/// The day `days` after `day`.
pub(super) fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(days)).unwrap_or(day)
}
