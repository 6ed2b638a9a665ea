//! Danish public holidays, computed (RULES §1.5).
//!
//! Statutory holidays move a legal deadline forward; the doubtful days (5 June, 24 and 31 December) do not,
//! but nobody should plan to work on them. There are no substitute days.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A day that is special in the Danish calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// 1 January.
    NewYearsDay,
    /// Thursday before Easter.
    MaundyThursday,
    /// Friday before Easter.
    GoodFriday,
    /// Easter Sunday.
    EasterSunday,
    /// Easter Monday.
    EasterMonday,
    /// Store bededag, the fourth Friday after Easter, abolished from 2024 (lov nr. 214 of 6 March 2023).
    PrayerDay,
    /// Thursday, 39 days after Easter.
    Ascension,
    /// Whit Sunday.
    WhitSunday,
    /// Whit Monday.
    WhitMonday,
    /// 25 December.
    ChristmasDay,
    /// 26 December.
    SecondChristmasDay,
    /// 5 June, Constitution Day: no statutory holiday.
    ConstitutionDay,
    /// 24 December: no statutory holiday.
    ChristmasEve,
    /// 31 December: no statutory holiday.
    NewYearsEve,
}

impl Holiday {
    /// Whether the day is a holiday by law, and so moves a deadline forward.
    pub const fn is_statutory(self) -> bool {
        !matches!(
            self,
            Self::ConstitutionDay | Self::ChristmasEve | Self::NewYearsEve
        )
    }
}

/// The last year in which store bededag was a holiday.
const LAST_PRAYER_DAY: i32 = 2023;

/// The holiday that falls on `date`; the statutory one where two meet (5 June 2022 was Whit Sunday).
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    movable(date).or_else(|| fixed(date))
}

fn fixed(date: NaiveDate) -> Option<Holiday> {
    match (date.month(), date.day()) {
        (1, 1) => Some(Holiday::NewYearsDay),
        (6, 5) => Some(Holiday::ConstitutionDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::SecondChristmasDay),
        (12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    }
}

fn movable(date: NaiveDate) -> Option<Holiday> {
    let easter = easter_sunday(date.year())?;
    match date.signed_duration_since(easter).num_days() {
        -3 => Some(Holiday::MaundyThursday),
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        26 if date.year() <= LAST_PRAYER_DAY => Some(Holiday::PrayerDay),
        39 => Some(Holiday::Ascension),
        49 => Some(Holiday::WhitSunday),
        50 => Some(Holiday::WhitMonday),
        _ => None,
    }
}

/// Easter Sunday of a Gregorian year, by the computus of Meeus, Jones and Butcher.
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let year_of_century = year.rem_euclid(100);
    let correction = (century + 8) / 25;
    let h = (19 * a + century - century / 4 - (century - correction + 1) / 3 + 15).rem_euclid(30);
    let l = (32 + 2 * (century.rem_euclid(4)) + 2 * (year_of_century / 4)
        - h
        - year_of_century.rem_euclid(4))
    .rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let days_from_march = h + l - 7 * m + 114;
    let month = u32::try_from(days_from_march / 31).ok()?;
    let day = u32::try_from(days_from_march % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// How working days are told from days off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calendar {
    /// Whether 5 June, 24 and 31 December move a legal deadline too (⚙, default no; RULES §1.5).
    pub optional_days_are_holidays: bool,
}

impl Calendar {
    /// Saturday, Sunday and holidays as the law counts them (Reg. 1182/71 art. 2): days on which no deadline ends.
    pub fn is_day_off(self, date: NaiveDate) -> bool {
        is_weekend(date)
            || holiday(date)
                .is_some_and(|day| day.is_statutory() || self.optional_days_are_holidays)
    }

    /// Days on which nobody should plan to act: the days off and the doubtful ones (RULES §1.4).
    pub fn is_doubtful_or_off(self, date: NaiveDate) -> bool {
        is_weekend(date) || holiday(date).is_some()
    }

    /// `date`, or the next day on which the law lets a deadline end.
    pub fn on_or_after(self, date: NaiveDate) -> NaiveDate {
        forward(date, |day| self.is_day_off(day))
    }

    /// The first working day after `date`.
    pub fn after(self, date: NaiveDate) -> NaiveDate {
        self.on_or_after(date.checked_add_days(Days::new(1)).unwrap_or(date))
    }

    /// `date`, or the last day before it on which one can safely act.
    pub fn on_or_before(self, date: NaiveDate) -> NaiveDate {
        let mut day = date;
        while self.is_doubtful_or_off(day) {
            match day.pred_opt() {
                Some(earlier) => day = earlier,
                None => break,
            }
        }
        day
    }

    /// The last safe working day before `date`.
    pub fn before(self, date: NaiveDate) -> NaiveDate {
        self.on_or_before(date.pred_opt().unwrap_or(date))
    }
}

fn forward(date: NaiveDate, off: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let mut day = date;
    while off(day) {
        match day.succ_opt() {
            Some(later) => day = later,
            None => break,
        }
    }
    day
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, day) in [
            (1961, "1961-04-02"),
            (2000, "2000-04-23"),
            (2018, "2018-04-01"),
            (2038, "2038-04-25"),
            (2285, "2285-03-22"),
        ] {
            assert_eq!(easter_sunday(year), Some(date(day)));
        }
    }

    #[test]
    fn store_bededag_ended_in_2023() {
        assert_eq!(holiday(date("2023-05-05")), Some(Holiday::PrayerDay));
        assert_eq!(holiday(date("2024-04-26")), None);
    }

    #[test]
    fn where_two_days_meet_the_statutory_one_counts() {
        assert_eq!(holiday(date("2022-06-05")), Some(Holiday::WhitSunday));
        assert_eq!(holiday(date("2017-06-05")), Some(Holiday::WhitMonday));
    }

    #[test]
    fn doubtful_days_count_only_backward() {
        let calendar = Calendar::default();
        assert_eq!(calendar.on_or_after(date("2026-12-24")), date("2026-12-24"));
        assert_eq!(
            calendar.on_or_before(date("2026-12-27")),
            date("2026-12-23")
        );
        let strict = Calendar {
            optional_days_are_holidays: true,
        };
        assert_eq!(strict.on_or_after(date("2026-12-24")), date("2026-12-28"));
    }
}
