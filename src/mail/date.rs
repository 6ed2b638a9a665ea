//! Dates as mail writes them, read leniently.
//!
//! RFC 5322 and its obsolete forms, `asctime` (the `From ` line of an mbox), ISO 8601. A date in digits alone with
//! slashes is not read: whether 3/4 is March or April would be a guess. A time without a zone, or with one nobody
//! knows, is UTC: no better reading is right more often, and it is at most half a day off.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Longest text that is looked at: a date is short, a header need not be.
const LENGTH_LIMIT: usize = 200;

/// Zones by name, as minutes east of Greenwich. The American ones are RFC 5322 §4.3; the European ones appear in the
/// mail of this program's users.
const ZONES: [(&str, i32); 21] = [
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("cest", 120),
    ("mest", 120),
    ("eet", 120),
    ("eest", 180),
    ("ast", -240),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mst", -420),
    ("pst", -480),
];

/// The instant a date names, or `None` where it cannot be read.
pub(super) fn parse(text: &str) -> Option<DateTime<Utc>> {
    if text.len() > LENGTH_LIMIT {
        return None;
    }
    let text = without_comments(text);
    let mut found = Found::default();
    for token in text
        .split([' ', '\t', ',', '\r', '\n'])
        .filter(|token| !token.is_empty())
    {
        found.take(token)?;
    }
    found.instant()
}

/// Whether the word begins a date in an mbox `From ` line.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    word.len() == 3 && WEEKDAYS.iter().any(|day| word.eq_ignore_ascii_case(day))
}

/// What the words of a date have given so far.
#[derive(Default)]
struct Found {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    time: Option<NaiveTime>,
    zone: Option<i32>,
    afternoon: Option<bool>,
}

impl Found {
    /// Sorts one word in; `None` if it contradicts what is there.
    fn take(&mut self, token: &str) -> Option<()> {
        let lower = token.to_ascii_lowercase();
        let lower = lower.trim_end_matches('.');
        if let Some((date, time)) = iso(lower) {
            (self.year, self.month, self.day) = (Some(date.0), Some(date.1), Some(date.2));
            return if time.is_empty() {
                Some(())
            } else {
                self.take_time(time)
            };
        }
        if lower.contains(':') && !lower.starts_with(['+', '-']) {
            return self.take_time(lower);
        }
        // `10.30.00`, as Danish and old Finnish programs write; before the day it would be part of a date.
        let is_dotted =
            lower.contains('.') && lower.split('.').all(|part| (1..=2).contains(&part.len()));
        if is_dotted && self.day.is_some() {
            return self.take_time(&lower.replace('.', ":"));
        }
        if lower.starts_with(['+', '-']) {
            // A second zone is a remark ("+0200 CEST" the other way round); the first one counts.
            self.zone = self.zone.or(offset(lower));
            return Some(());
        }
        if let Some((day, rest)) = lower.split_once('-')
            && let Some((month, year)) = rest.split_once('-')
        {
            // 21-Oct-2026
            self.take_number(day)?;
            self.month = month_number(month);
            return self.take_number(year);
        }
        if lower.starts_with(|c: char| c.is_ascii_digit()) {
            return self.take_number(lower);
        }
        if let Some(month) = month_number(lower).filter(|_| self.month.is_none()) {
            self.month = Some(month);
        } else if lower == "am" || lower == "pm" {
            self.afternoon = Some(lower == "pm");
        } else if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == lower) {
            self.zone = self.zone.or(Some(*minutes));
        } else if lower == "mdt" || lower == "pdt" {
            self.zone = self.zone.or(Some(if lower == "mdt" { -360 } else { -420 }));
        }
        Some(())
    }

    /// A number: the day first, then the year.
    fn take_number(&mut self, token: &str) -> Option<()> {
        let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let number: i32 = digits.parse().ok()?;
        if self.day.is_none() && digits.len() <= 2 {
            self.day = u32::try_from(number).ok();
        } else if self.year.is_none() {
            self.year = Some(match (digits.len(), number) {
                // RFC 5322 §4.3 sets the turning point of two-digit years at 50, POSIX and Python at 69.
                (..=2, 0..69) => 2000 + number,
                (..=3, _) => 1900 + number,
                _ => number,
            });
        } else {
            return None;
        }
        Some(())
    }

    /// `10:00`, `10:00:00.123`, with a zone right behind it or not.
    fn take_time(&mut self, token: &str) -> Option<()> {
        let end = token.find(['+', '-', 'z']).unwrap_or(token.len());
        let (clock, zone) = token.split_at(end);
        let mut parts = clock.split(':');
        let hour = parts.next()?.parse().ok()?;
        let minute = parts.next()?.parse().ok()?;
        let second = parts
            .next()
            .map_or(Some(0), |text| text.split('.').next()?.parse::<u32>().ok())?;
        // A leap second has no instant of its own here.
        self.time = Some(NaiveTime::from_hms_opt(hour, minute, second.min(59))?);
        if !zone.is_empty() {
            self.zone = if zone == "z" { Some(0) } else { offset(zone) };
        }
        Some(())
    }

    fn instant(self) -> Option<DateTime<Utc>> {
        let date = NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)?;
        let mut time = self.time?;
        if let Some(afternoon) = self.afternoon {
            let hour = chrono::Timelike::hour(&time) % 12 + if afternoon { 12 } else { 0 };
            time = chrono::Timelike::with_hour(&time, hour)?;
        }
        let zone = FixedOffset::east_opt(self.zone.unwrap_or(0).checked_mul(60)?)?;
        let local = NaiveDateTime::new(date, time);
        Some(
            zone.from_local_datetime(&local)
                .single()?
                .with_timezone(&Utc),
        )
    }
}

/// `+0200`, `-07:00`, `+2` as minutes.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = text.split_at_checked(1)?;
    let digits: String = digits.chars().filter(|&c| c != ':').collect();
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 {
        number * 60
    } else {
        number / 100 * 60 + number % 100
    };
    Some(if sign == "-" { -minutes } else { minutes })
}

/// The parts of `2026-10-21`, and what follows its `T`.
fn iso(token: &str) -> Option<((i32, u32, u32), &str)> {
    let (date, time) = token.split_once('t').unwrap_or((token, ""));
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    Some((
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        time,
    ))
}

fn month_number(word: &str) -> Option<u32> {
    let start = word.get(..3)?;
    // Danish and German programs write these two in their own language.
    let start = match start {
        "maj" | "mai" => "may",
        "okt" => "oct",
        other => other,
    };
    if !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    (1..)
        .zip(MONTHS)
        .find(|(_, name)| *name == start)
        .map(|(number, _)| number)
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|&c| {
            match c {
                '(' => depth += 1,
                ')' if depth > 0 => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_same_instant() {
        for text in [
            "Wed, 21 Oct 2026 10:30:00 +0200",
            "Wed, 21 Oct 2026 10:30:00 +0200 (CEST)",
            "21 Oct 26 10:30 CEST",
            "Wed Oct 21 08:30:00 2026",
            "Wed Oct 21 08:30:00 UTC 2026",
            "Wed Oct 21 10:30:00 2026 +0200",
            "Wed Oct 21 10:30:00 +0200 2026",
            "21-Oct-2026 08:30:00",
            "2026-10-21T10:30:00+02:00",
            "2026-10-21 08:30:00Z",
            "2026-10-21T08:30:00.123Z",
            "Wednesday, October 21, 2026 8:30 AM",
            "Wed, 21 okt 2026 08:30:00 GMT",
            "Wed, 21 Oct 2026 10.30.00 +0200",
            "Wed,21 Oct 2026 04:30:00 EDT",
            " Wed , 21  Oct\t2026\r\n 10:30:00 (a (nested) remark) +0200",
        ] {
            assert_eq!(
                parse(text).unwrap().to_rfc3339(),
                "2026-10-21T08:30:00+00:00",
                "{text}"
            );
        }
    }

    #[test]
    fn two_digit_years() {
        assert!(
            parse("1 Jan 99 00:00 GMT")
                .unwrap()
                .to_rfc3339()
                .starts_with("1999-01-01")
        );
        assert!(
            parse("1 Jan 26 00:00 GMT")
                .unwrap()
                .to_rfc3339()
                .starts_with("2026-01-01")
        );
        assert!(
            parse("1 Jan 103 00:00 GMT")
                .unwrap()
                .to_rfc3339()
                .starts_with("2003-01-01")
        );
    }

    #[test]
    fn what_cannot_be_read() {
        for text in [
            "",
            "i går",
            "31 Feb 2026 10:00 +0000",
            "3/4/2026 10:00",
            "21 Oct 2026",
            "Wed, 21 Oct 2026 25:00:00 +0000",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"9".repeat(10_000)), None);
    }
}
