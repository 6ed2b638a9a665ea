//! Dates and instants as people type them, on the command line and in forms.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Utc};

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

/// A date as it is typed into a form: ISO, Danish (`23.11.2026`, `23/11-2026`, `23-11-2026`), or `i dag`, `today`,
/// `i går`, `yesterday`.
pub fn date_in_form(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "i dag" | "idag" | "today" => return Some(today),
        "i går" | "igår" | "yesterday" => return today.checked_sub_days(Days::new(1)),
        _ => {}
    }
    date(&text).or_else(|| {
        let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
        let [day, month, year] = parts.as_slice() else {
            return None;
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || !digits(year) || !digits(day) || !digits(month) {
            return None;
        }
        let date =
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        YEARS.contains(&date.year()).then_some(date)
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
            assert_eq!(date_in_form(text, today), date("2026-11-22"), "{text}");
        }
        for bad in ["31.02.2026", "22.11.26", "22.11", "+1.1.2026", "-"] {
            assert_eq!(date_in_form(bad, today), None, "{bad}");
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
