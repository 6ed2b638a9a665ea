//! Dates and instants as they are typed on the command line.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};

use super::Failure;
use crate::clock::Clock;
use crate::i18n::Texts;
use crate::i18n::errors::Message;
use crate::ops::add::ReceivedAt;

/// Years in which the calendar rules mean something; others are typing errors.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A date `YYYY-MM-DD` that exists.
pub(super) fn date(texts: &Texts, text: &str) -> Result<NaiveDate, Failure> {
    parse_date(text).ok_or_else(|| Failure::Usage(not_a_date(texts, text)))
}

/// An optional date.
pub(super) fn maybe_date(
    texts: &Texts,
    text: Option<&str>,
) -> Result<Option<NaiveDate>, Failure> {
    text.map(|text| date(texts, text)).transpose()
}

/// A date or an instant.
pub(super) fn received(texts: &Texts, clock: Clock, text: &str) -> Result<ReceivedAt, Failure> {
    parse_received(clock, text).ok_or_else(|| Failure::Usage(not_a_date(texts, text)))
}

/// A date, an RFC 3339 instant, or a wall-clock time at the controller's place.
pub(super) fn parse_received(clock: Clock, text: &str) -> Option<ReceivedAt> {
    let text = text.trim();
    if let Some(date) = parse_date(text) {
        return Some(ReceivedAt::Date(date));
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        let instant = instant.with_timezone(&Utc);
        return YEARS
            .contains(&instant.year())
            .then_some(ReceivedAt::Instant(instant));
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .filter(|wall| YEARS.contains(&wall.year()))
        .map(|wall| ReceivedAt::Instant(clock.instant(wall)))
}

fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (shape && YEARS.contains(&date.year())).then_some(date)
}

/// What is wrong with a date.
pub(super) fn not_a_date(texts: &Texts, text: &str) -> Message {
    texts.message("bad-date", &[("text", text.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["2026-02-28", " 2028-02-29 "] {
            assert!(parse_date(good).is_some(), "{good}");
        }
        for bad in ["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "0001-01-01", "i dag", ""] {
            assert!(parse_date(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_wall_clock_time_is_the_controllers() {
        let clock = Clock::new(chrono_tz::Europe::Copenhagen, None);
        let expected: DateTime<Utc> = "2026-07-01T21:30:00Z".parse().unwrap();
        assert_eq!(
            parse_received(clock, "2026-07-01T23:30"),
            Some(ReceivedAt::Instant(expected))
        );
    }
}
