//! The dates that follow from a receipt, a sent link or an opt-out (RULES §1), and the reasons behind them as data.
//!
//! All dates are local dates at the controller's place; which local date an instant belongs to is decided by
//! [`local_date`] alone. Whoever stores a date stores the result, so that a later change of table moves nothing.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::holidays::{Calendar, Holiday, holiday};

/// Months the law gives for an answer (GDPR art. 12(3)).
pub const ANSWER_MONTHS: u32 = 1;
/// Months from receipt when the period was extended (art. 12(3): one and two more).
pub const EXTENDED_MONTHS: u32 = 3;
/// Calendar days from sending the link to deleting a recording (policy; RULES §1.7).
pub const RECORDING_DAYS: u16 = 28;
/// Calendar days by which an answer by post is planned earlier (RULES §1.11).
pub const POSTAL_DAYS: u64 = 8;

/// The local date at the controller's place to which an instant belongs (RULES §1.1).
pub fn local_date(instant: DateTime<Utc>, zone: Tz) -> NaiveDate {
    instant.with_timezone(&zone).date_naive()
}

/// `nominal(n)`: the same day number `months` later in one step, or the last day of that month (RULES §1.2).
pub fn nominal(from: NaiveDate, months: u32) -> NaiveDate {
    from.checked_add_months(Months::new(months)).unwrap_or(from)
}

/// `due(n)`: [`nominal`] moved forward over days off (RULES §1.3; Reg. 1182/71 art. 3(4)). The legal last day.
pub fn due(calendar: Calendar, received: NaiveDate, months: u32) -> NaiveDate {
    calendar.on_or_after(nominal(received, months))
}

/// `act_by(n)`: the last day on which acting is in time by every reading of the rules (RULES §1.4).
pub fn act_by(calendar: Calendar, received: NaiveDate, months: u32) -> NaiveDate {
    calendar.on_or_before(cautious(received, months))
}

/// The earlier of the one-step date and the one reached month-end by month-end.
fn cautious(received: NaiveDate, months: u32) -> NaiveDate {
    let first = nominal(received, ANSWER_MONTHS.min(months));
    let chained = nominal(first, months.saturating_sub(ANSWER_MONTHS));
    nominal(received, months).min(chained)
}

/// The two dates every open thing has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// The last day that is in time: what letters promise.
    pub due: NaiveDate,
    /// The last safe working day: what colours, sorting and reminders follow.
    pub act_by: NaiveDate,
}

/// What the dates of a request follow from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Local date of arrival.
    pub received_on: NaiveDate,
    /// Whether the request takes effect at once: withdrawals and objections (RULES §1.8).
    pub at_once: bool,
    /// Whether the answer goes by post (RULES §1.11).
    pub by_post: bool,
}

/// The dates of a request: one month, and at once for withdrawals and objections (RULES §§1.3, 1.4, 1.8, 1.11).
pub fn request_dates(calendar: Calendar, receipt: Receipt) -> Dates {
    let due = due(calendar, receipt.received_on, ANSWER_MONTHS);
    let act_by = if receipt.at_once {
        calendar.on_or_after(receipt.received_on)
    } else {
        posted(
            calendar,
            act_by(calendar, receipt.received_on, ANSWER_MONTHS),
            receipt.by_post,
        )
    };
    Dates { due, act_by }
}

/// The dates of an extended request, always counted from receipt (RULES §1.3).
pub fn extended_dates(calendar: Calendar, received_on: NaiveDate, by_post: bool) -> Dates {
    Dates {
        due: due(calendar, received_on, EXTENDED_MONTHS),
        act_by: posted(
            calendar,
            act_by(calendar, received_on, EXTENDED_MONTHS),
            by_post,
        ),
    }
}

fn posted(calendar: Calendar, act_by: NaiveDate, by_post: bool) -> NaiveDate {
    if !by_post {
        return act_by;
    }
    let earlier = act_by
        .checked_sub_days(Days::new(POSTAL_DAYS))
        .unwrap_or(act_by);
    calendar.on_or_before(earlier)
}

/// The dates of a recording whose link was sent on `link_sent_on`: `days` calendar days, not moved (RULES §1.7).
pub fn recording_dates(calendar: Calendar, link_sent_on: NaiveDate, days: u16) -> Dates {
    let due = link_sent_on
        .checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(link_sent_on);
    fixed_dates(calendar, due)
}

/// The dates that follow when a date is set by agreement: that date, and the last safe working day on or before it.
pub fn fixed_dates(calendar: Calendar, due: NaiveDate) -> Dates {
    Dates {
        due,
        act_by: calendar.on_or_before(due),
    }
}

/// The dates of an opt-out: the day it came or the next working day, and the working day after that (RULES §1.8).
pub fn opt_out_dates(calendar: Calendar, received_on: NaiveDate) -> Dates {
    let act_by = calendar.on_or_after(received_on);
    Dates {
        due: calendar.after(act_by),
        act_by,
    }
}

/// Why a day does not end a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOff {
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
    /// A holiday.
    Holiday(Holiday),
}

impl DayOff {
    /// The reason why `date` is a day off for `calendar`, or `None` on a working day.
    pub fn of(calendar: Calendar, date: NaiveDate) -> Option<Self> {
        if !calendar.is_day_off(date) {
            return None;
        }
        holiday(date).map(Self::Holiday).or(match date.weekday() {
            chrono::Weekday::Sat => Some(Self::Saturday),
            chrono::Weekday::Sun => Some(Self::Sunday),
            _ => None,
        })
    }
}

/// The rule behind a `due` date, as data: from receipt over the nominal date to the date that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// Local date of receipt.
    pub received_on: NaiveDate,
    /// Months counted.
    pub months: u32,
    /// The date before it is moved.
    pub nominal: NaiveDate,
    /// Whether the day number does not exist in that month, so that its last day counts.
    pub month_end: bool,
    /// The days over which the date was moved, in order.
    pub moved_over: Vec<(NaiveDate, DayOff)>,
    /// The legal last day.
    pub due: NaiveDate,
}

/// How `due` follows from a receipt.
pub fn derive(calendar: Calendar, received_on: NaiveDate, months: u32) -> Derivation {
    let nominal = nominal(received_on, months);
    let mut moved_over = Vec::new();
    let mut day = nominal;
    while let Some(reason) = DayOff::of(calendar, day) {
        moved_over.push((day, reason));
        match day.succ_opt() {
            Some(next) => day = next,
            None => break,
        }
    }
    Derivation {
        received_on,
        months,
        nominal,
        month_end: nominal.day() != received_on.day(),
        moved_over,
        due: day,
    }
}

/// How pressing something is, from its dates and the local date of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Today is after `due`.
    Overdue,
    /// Today is on or after `act_by`.
    ActNow,
    /// `act_by` is within seven days.
    Soon,
    /// Later than that.
    Later,
}

/// Days within which something counts as [`Urgency::Soon`].
pub const SOON_DAYS: u64 = 7;

impl Urgency {
    /// All, most pressing first.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::ActNow, Self::Soon, Self::Later];

    /// The urgency of something with these dates.
    pub fn of(dates: Dates, today: NaiveDate) -> Self {
        let soon = today
            .checked_add_days(Days::new(SOON_DAYS))
            .unwrap_or(today);
        if dates.due < today {
            Self::Overdue
        } else if dates.act_by <= today {
            Self::ActNow
        } else if dates.act_by <= soon {
            Self::Soon
        } else {
            Self::Later
        }
    }

    /// The word used in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::ActNow => "act-now",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const CALENDAR: Calendar = Calendar {
        optional_days_are_holidays: false,
    };

    #[test]
    fn month_ends_are_not_sticky() {
        assert_eq!(nominal(date("2026-01-31"), 1), date("2026-02-28"));
        assert_eq!(nominal(date("2026-02-28"), 1), date("2026-03-28"));
    }

    #[test]
    fn an_extension_counts_from_receipt() {
        let dates = extended_dates(CALENDAR, date("2026-01-31"), false);
        assert_eq!(dates.due, date("2026-04-30"));
        assert_eq!(dates.act_by, date("2026-04-28"));
    }

    #[test]
    fn post_is_planned_eight_days_earlier() {
        let receipt = Receipt {
            received_on: date("2026-10-22"),
            at_once: false,
            by_post: true,
        };
        let dates = request_dates(CALENDAR, receipt);
        assert_eq!(dates.due, date("2026-11-23"));
        // 22 November 2026 is a Sunday: the 20th is safe, eight days earlier is Thursday the 12th.
        assert_eq!(dates.act_by, date("2026-11-12"));
    }

    #[test]
    fn withdrawals_and_opt_outs_act_at_once() {
        let saturday = date("2026-11-21");
        let receipt = Receipt {
            received_on: saturday,
            at_once: true,
            by_post: false,
        };
        assert_eq!(request_dates(CALENDAR, receipt).act_by, date("2026-11-23"));
        let dates = opt_out_dates(CALENDAR, saturday);
        assert_eq!(
            (dates.act_by, dates.due),
            (date("2026-11-23"), date("2026-11-24"))
        );
    }

    #[test]
    fn recordings_are_not_moved_forward() {
        let dates = recording_dates(CALENDAR, date("2026-11-28"), RECORDING_DAYS);
        // 26 December 2026 is a holiday and a Saturday, and the days before it are off or doubtful.
        assert_eq!(
            (dates.due, dates.act_by),
            (date("2026-12-26"), date("2026-12-23"))
        );
    }

    #[test]
    fn urgency_follows_act_by_and_ends_at_due() {
        let dates = Dates {
            due: date("2026-11-23"),
            act_by: date("2026-11-20"),
        };
        let at = |day| Urgency::of(dates, date(day));
        assert_eq!(at("2026-11-12"), Urgency::Later);
        assert_eq!(at("2026-11-13"), Urgency::Soon);
        assert_eq!(at("2026-11-20"), Urgency::ActNow);
        assert_eq!(at("2026-11-23"), Urgency::ActNow);
        assert_eq!(at("2026-11-24"), Urgency::Overdue);
    }

    #[test]
    fn the_derivation_names_every_day_it_skipped() {
        let rule = derive(CALENDAR, date("2026-01-30"), 1);
        assert!(rule.month_end);
        assert_eq!(rule.moved_over.len(), 2);
        assert_eq!(rule.due, due(CALENDAR, date("2026-01-30"), 1));
    }

    proptest! {
        #[test]
        fn act_by_never_passes_nominal_and_nominal_never_passes_due(days in 0u64..40_000, months in 1u32..4) {
            let received = date("1990-01-01") + Days::new(days);
            let nominal = nominal(received, months);
            let due = due(CALENDAR, received, months);
            let act_by = act_by(CALENDAR, received, months);
            prop_assert!(act_by <= nominal && nominal <= due);
            prop_assert!(!CALENDAR.is_day_off(due) && !CALENDAR.is_doubtful_or_off(act_by));
            prop_assert!((due - nominal).num_days() <= 5);
        }

        #[test]
        fn a_later_receipt_never_gives_an_earlier_date(days in 0u64..40_000, months in 1u32..4) {
            let received = date("1990-01-01") + Days::new(days);
            let next = received + Days::new(1);
            prop_assert!(due(CALENDAR, received, months) <= due(CALENDAR, next, months));
            prop_assert!(act_by(CALENDAR, received, months) <= act_by(CALENDAR, next, months));
        }
    }
}
