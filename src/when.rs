//! Dates and instants as people type them, on the command line and in forms.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use crate::clock::Clock;

/// When something arrived: an instant, or only a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceivedAt {
    /// The local date at the controller's place.
    Date(NaiveDate),
    /// The instant, whose local date is decided at entry.
    Instant(DateTime<Utc>),
}

/// Years in which the calendar rules mean something; others are typing errors.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// `YYYY-MM-DD`, a day that exists.
pub fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (shape && YEARS.contains(&date.year())).then_some(date)
}

/// A date, an RFC 3339 instant, or a wall-clock time at the controller's place.
pub fn received(clock: Clock, text: &str) -> Option<ReceivedAt> {
    const WALL: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
    ];
    let text = text.trim();
    if let Some(date) = date(text) {
        return Some(ReceivedAt::Date(date));
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        let instant = instant.with_timezone(&Utc);
        return YEARS
            .contains(&instant.year())
            .then_some(ReceivedAt::Instant(instant));
    }
    WALL.iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .filter(|wall| YEARS.contains(&wall.year()))
        .map(|wall| ReceivedAt::Instant(clock.instant(wall)))
}

/// Which way a date without its year, or a day of the week, is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// The latest that is not after today: when something came or was done.
    Past,
    /// The next that is not before today: until when something holds.
    Future,
}

/// A date as people write it into a form, in Danish or English: ISO, `23.11.2026`, `23/11-2026`, `23-11-2026`; without the
/// year (`22/11`, `22.11.`) the one that `lean` means; `i dag`, `yesterday`, `i morgen`; a day of the week (`fredag`, `fre`,
/// `fr`); so many days, weeks or months from today (`-3d`, `+2u`, `+2w`, `+1m`).
pub fn date_in_form(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    let days = |n: i64| today.checked_add_signed(TimeDelta::try_days(n)?);
    let found = match text.as_str() {
        "i dag" | "idag" | "today" => Some(today),
        "i går" | "igår" | "i gaar" | "yesterday" => days(-1),
        "i forgårs" | "iforgårs" => days(-2),
        "i morgen" | "imorgen" | "tomorrow" => days(1),
        "i overmorgen" | "iovermorgen" => days(2),
        _ => date(&text)
            .or_else(|| weekday(&text, today, lean))
            .or_else(|| from_today(&text, today))
            .or_else(|| day_and_month(&text, today, lean)),
    };
    found.filter(|date| YEARS.contains(&date.year()))
}

/// The nearest such day of the week, today counting.
fn weekday(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    const NAMES: [[&str; 6]; 7] = [
        ["mandag", "man", "ma", "monday", "mon", "mo"],
        ["tirsdag", "tir", "ti", "tuesday", "tue", "tu"],
        ["onsdag", "ons", "on", "wednesday", "wed", "we"],
        ["torsdag", "tor", "to", "thursday", "thu", "th"],
        ["fredag", "fre", "fr", "friday", "fri", "fr"],
        ["lørdag", "lør", "lø", "saturday", "sat", "sa"],
        ["søndag", "søn", "sø", "sunday", "sun", "su"],
    ];
    let name = text.trim_end_matches('.');
    let wanted = NAMES.iter().position(|names| names.contains(&name))?;
    let wanted = i64::try_from(wanted).ok()?;
    let now = i64::from(today.weekday().num_days_from_monday());
    let days = match lean {
        Lean::Past => -(now - wanted).rem_euclid(7),
        Lean::Future => (wanted - now).rem_euclid(7),
    };
    today.checked_add_signed(TimeDelta::try_days(days)?)
}

/// `-3d`, `+2u`, `+1m`: so far from today.
fn from_today(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (back, rest) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return None,
    };
    let unit = rest.chars().next_back()?;
    let number = rest[..rest.len() - unit.len_utf8()].trim();
    // Longer ones are typing errors.
    let count: u32 = number
        .parse()
        .ok()
        .filter(|_| number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit()))?;
    let days = match unit {
        'd' => count,
        'u' | 'w' => count * 7,
        'm' if back => return today.checked_sub_months(Months::new(count)),
        'm' => return today.checked_add_months(Months::new(count)),
        _ => return None,
    };
    let days = Days::new(u64::from(days));
    if back {
        today.checked_sub_days(days)
    } else {
        today.checked_add_days(days)
    }
}

/// `22.11.2026`, `22/11-2026`, and without the year the nearest one that is meant.
fn day_and_month(text: &str, today: NaiveDate, lean: Lean) -> Option<NaiveDate> {
    let digits = |part: &str, most: usize| -> Option<u32> {
        let is_number =
            (1..=most).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
        part.parse().ok().filter(|_| is_number)
    };
    let parts: Vec<&str> = text
        .trim_end_matches('.')
        .split(['.', '/', '-'])
        .map(str::trim)
        .collect();
    let (day, month, year) = match parts.as_slice() {
        [day, month] => (day, month, None),
        [day, month, year] if year.len() == 4 => (day, month, Some(digits(year, 4)?)),
        _ => return None,
    };
    let (day, month) = (digits(day, 2)?, digits(month, 2)?);
    let in_year = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
    if let Some(year) = year {
        return in_year(i32::try_from(year).ok()?);
    }
    // 29 February comes every fourth year, and once in a century not even then.
    (0..=8).find_map(|step| match lean {
        Lean::Past => in_year(today.year() - step).filter(|date| *date <= today),
        Lean::Future => in_year(today.year() + step).filter(|date| *date >= today),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["2026-02-28", " 2028-02-29 "] {
            assert!(date(good).is_some(), "{good}");
        }
        for bad in [
            "2026-02-29",
            "2026-13-01",
            "26-01-01",
            "2026-1-1",
            "0001-01-01",
            "i dag",
            "",
        ] {
            assert!(date(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn forms_take_dates_as_danes_write_them() {
        let today = date("2026-11-23").unwrap();
        for text in [
            "2026-11-22",
            "22.11.2026",
            "22/11-2026",
            "22-11-2026",
            "22/11/2026",
            "i går",
        ] {
            for lean in [Lean::Past, Lean::Future] {
                let found = date_in_form(text, today, lean);
                assert_eq!(found, date("2026-11-22"), "{text}");
            }
        }
        for bad in [
            "31.02.2026",
            "22.11.26",
            "+1.1.2026",
            "-",
            "+d",
            "+3",
            "-99999d",
            "+1é",
            "--3d",
            "-+3d",
            "fred",
            "22.",
            "2.2.2.2",
            "30/2",
            "",
        ] {
            for lean in [Lean::Past, Lean::Future] {
                assert_eq!(date_in_form(bad, today, lean), None, "{bad}");
            }
        }
    }

    #[test]
    fn what_is_left_out_is_what_the_field_means() {
        // A Monday.
        let today = date("2026-11-23").unwrap();
        for (text, past, future) in [
            ("fredag", "2026-11-20", "2026-11-27"),
            ("Fre.", "2026-11-20", "2026-11-27"),
            ("friday", "2026-11-20", "2026-11-27"),
            ("ma", "2026-11-23", "2026-11-23"),
            ("søn", "2026-11-22", "2026-11-29"),
            ("22/11", "2026-11-22", "2027-11-22"),
            ("22.11.", "2026-11-22", "2027-11-22"),
            ("24-12", "2025-12-24", "2026-12-24"),
            ("23/11", "2026-11-23", "2026-11-23"),
            ("29/2", "2024-02-29", "2028-02-29"),
            ("-3d", "2026-11-20", "2026-11-20"),
            ("+2u", "2026-12-07", "2026-12-07"),
            ("-2w", "2026-11-09", "2026-11-09"),
            ("+3m", "2027-02-23", "2027-02-23"),
            ("i morgen", "2026-11-24", "2026-11-24"),
            ("I forgårs", "2026-11-21", "2026-11-21"),
        ] {
            assert_eq!(date_in_form(text, today, Lean::Past), date(past), "{text}");
            assert_eq!(
                date_in_form(text, today, Lean::Future),
                date(future),
                "{text}"
            );
        }
    }

    #[test]
    fn a_wall_clock_time_is_the_controllers() {
        let clock = Clock::new(chrono_tz::Europe::Copenhagen, None);
        let expected: DateTime<Utc> = "2026-07-01T21:30:00Z".parse().unwrap();
        assert_eq!(
            received(clock, "2026-07-01T23:30"),
            Some(ReceivedAt::Instant(expected))
        );
    }
}
