//! Dates in cells: ISO, Danish, American, with month names, and as seconds since 1970.
//!
//! `03/11/2026` is in November in Copenhagen and in March in New York. Only the file can tell: one value in the
//! column with a day above 12 decides for all of them. Where nothing decides, the date is ambiguous and is reported,
//! never guessed. Dots and dashes with the year last are read the Danish way, unless the column proves otherwise.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// Outside these years a number is something else: a member number, or a date that was never set.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// A date as it was written, before anybody decided what its numbers mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    day: Day,
    time: Option<NaiveTime>,
    offset: Option<FixedOffset>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Clear(NaiveDate),
    /// Two numbers before the year, one of which is the month.
    Pair {
        first: u32,
        second: u32,
        year: i32,
        slash: bool,
    },
}

/// Why a date that was written cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It may be two different days.
    Ambiguous,
    /// No such day, or one far from our time.
    Impossible,
}

/// What the values of one column say about the order of day and month.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Order {
    slashes: Evidence,
    others: Evidence,
}

#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    day_first: bool,
    month_first: bool,
}

impl Order {
    /// Takes one value of the column into account.
    pub(super) fn learn(&mut self, written: &Written) {
        if let Day::Pair {
            first,
            second,
            slash,
            ..
        } = written.day
        {
            let evidence = if slash {
                &mut self.slashes
            } else {
                &mut self.others
            };
            // What is no date in either order (a month 0) decides nothing.
            let is_month = |number: u32| (1..=12).contains(&number);
            evidence.day_first |= first > 12 && is_month(second);
            evidence.month_first |= second > 12 && is_month(first);
        }
    }

    /// `Some(true)` when the day comes first.
    fn day_first(self, slash: bool) -> Option<bool> {
        let evidence = if slash { self.slashes } else { self.others };
        match (evidence.day_first, evidence.month_first) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            (false, false) if !slash => Some(true),
            // Nothing decides, or the column contradicts itself.
            _ => None,
        }
    }
}

impl Written {
    /// The local date in the zone. `utc` says that times without a zone are UTC, as Mailchimp's are.
    pub(super) fn resolve(&self, order: Order, utc: bool, zone: Tz) -> Result<NaiveDate, Trouble> {
        self.local(order, utc, zone).map(|(date, _)| date)
    }

    /// The local date in the zone, and the time of day where one was written.
    pub(super) fn local(
        &self,
        order: Order,
        utc: bool,
        zone: Tz,
    ) -> Result<(NaiveDate, Option<NaiveTime>), Trouble> {
        let date = self.day.resolve(order)?;
        let offset = self
            .offset
            .or_else(|| if utc { FixedOffset::east_opt(0) } else { None });
        let (date, time) = match (self.time, offset) {
            (Some(time), Some(offset)) => {
                let instant = offset
                    .from_local_datetime(&NaiveDateTime::new(date, time))
                    .single();
                let local = instant
                    .ok_or(Trouble::Impossible)?
                    .with_timezone(&zone)
                    .naive_local();
                (local.date(), Some(local.time()))
            }
            (time, _) => (date, time),
        };
        let date = within_our_time(date).ok_or(Trouble::Impossible)?;
        Ok((date, time))
    }
}

impl Day {
    fn resolve(self, order: Order) -> Result<NaiveDate, Trouble> {
        let (first, second, year, slash) = match self {
            Self::Clear(date) => return Ok(date),
            Self::Pair {
                first,
                second,
                year,
                slash,
            } => (first, second, year, slash),
        };
        let danish = NaiveDate::from_ymd_opt(year, second, first);
        let american = NaiveDate::from_ymd_opt(year, first, second);
        match (danish, american) {
            (Some(one), Some(other)) if one == other => Ok(one),
            (Some(danish), Some(american)) => order
                .day_first(slash)
                .map(|first| if first { danish } else { american })
                .ok_or(Trouble::Ambiguous),
            (Some(only), None) | (None, Some(only)) => Ok(only),
            (None, None) => Err(Trouble::Impossible),
        }
    }
}

fn within_our_time(date: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    YEARS.contains(&date.year()).then_some(date)
}

/// Reads a cleaned cell as a date, with or without a time. `None` when it is something else.
pub(super) fn read(cell: &str) -> Option<Written> {
    let cell = cell.trim();
    if cell.len() > 64 || !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits_only(cell);
    }
    numeric(cell).or_else(|| in_words(cell))
}

/// `20261103`, or seconds or milliseconds since 1970.
fn digits_only(cell: &str) -> Option<Written> {
    match cell.len() {
        8 => Some(Written {
            day: Day::Clear(compact(cell)?),
            time: None,
            offset: None,
        }),
        10 => since_1970(DateTime::from_timestamp(cell.parse().ok()?, 0)?),
        13 => since_1970(DateTime::from_timestamp_millis(cell.parse().ok()?)?),
        _ => None,
    }
}

fn since_1970(instant: DateTime<Utc>) -> Option<Written> {
    let date = within_our_time(instant.date_naive())?;
    Some(Written {
        day: Day::Clear(date),
        time: Some(instant.time()),
        offset: FixedOffset::east_opt(0),
    })
}

fn compact(digits: &str) -> Option<NaiveDate> {
    within_our_time(NaiveDate::parse_from_str(digits, "%Y%m%d").ok()?)
}

/// Numbers with `-`, `/` or `.` between them, and perhaps a time.
fn numeric(cell: &str) -> Option<Written> {
    let end = cell
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.'))
        .unwrap_or(cell.len());
    let (date, rest) = cell.split_at(end);
    let date = date.trim_end_matches('.');
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']);
    let (time, offset) = time(rest)?;
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Written {
            day: Day::Clear(compact(date)?),
            time,
            offset,
        });
    }
    let separator = date.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    // `3/11-2026` is written in Denmark only: there is nothing ambiguous in it.
    let mixed = date.chars().any(|c| !c.is_ascii_digit() && c != separator);
    let [first, second, third] = parts[..] else {
        return None;
    };
    let number = |part: &str| {
        if part.len() <= 4 {
            part.parse::<u32>().ok()
        } else {
            None
        }
    };
    let (one, two, three) = (number(first)?, number(second)?, number(third)?);
    let day = if first.len() == 4 {
        Day::Clear(NaiveDate::from_ymd_opt(
            i32::try_from(one).ok()?,
            two,
            three,
        )?)
    } else if first.len() <= 2 && second.len() <= 2 {
        let year = match third.len() {
            4 => three,
            // `26-11-03` may begin with the year; with a slash or a dot nobody writes that.
            2 if separator != '-' => 2000 + three,
            _ => return None,
        };
        Day::Pair {
            first: one,
            second: two,
            year: i32::try_from(year).ok()?,
            slash: separator == '/' && !mixed,
        }
    } else {
        return None;
    };
    Some(Written { day, time, offset })
}

/// Dates with the name of the month: `3. november 2026`, `Nov 3, 2026 9:30 PM`, `Tue, 03 Nov 2026 12:10:33 +0100`.
fn in_words(cell: &str) -> Option<Written> {
    let (mut day, mut month, mut year) = (None, None, None);
    let mut rest = cell;
    while year.is_none() || day.is_none() || month.is_none() {
        rest = rest.trim_start_matches([' ', ',', '.', '-', '/']);
        let end = rest.find([' ', ',', '.', '-', '/']).unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let (word, behind) = rest.split_at(end);
        rest = behind;
        let word = word.to_lowercase();
        let bare = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        match bare.parse::<u32>() {
            Ok(number) if bare.len() == 4 && year.is_none() => {
                year = Some(i32::try_from(number).ok()?);
            }
            Ok(number) if bare.len() <= 2 && day.is_none() => day = Some(number),
            Err(_) if month.is_none() && month_named(&word).is_some() => month = month_named(&word),
            Err(_) if is_weekday(&word) || word == "den" => {}
            Ok(_) | Err(_) => return None,
        }
    }
    let (time, offset) = time(rest.trim_start_matches([' ', ',', '.']))?;
    let date = within_our_time(NaiveDate::from_ymd_opt(year?, month?, day?)?)?;
    Some(Written {
        day: Day::Clear(date),
        time,
        offset,
    })
}

fn month_named(word: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["jan", "january", "januar"],
        &["feb", "february", "februar"],
        &["mar", "march", "marts"],
        &["apr", "april"],
        &["may", "maj"],
        &["jun", "june", "juni"],
        &["jul", "july", "juli"],
        &["aug", "august"],
        &["sep", "sept", "september"],
        &["oct", "october", "okt", "oktober"],
        &["nov", "november"],
        &["dec", "december"],
    ];
    let at = NAMES.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    const STARTS: [&str; 14] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "man", "tir", "ons", "tor", "fre", "lør",
        "søn",
    ];
    STARTS.iter().any(|start| word.starts_with(start))
}

/// The rest of a cell behind its date. `None` when it is no time, `Some((None, None))` when there is nothing.
fn time(rest: &str) -> Option<(Option<NaiveTime>, Option<FixedOffset>)> {
    let rest = rest.trim().to_lowercase();
    let rest = rest
        .strip_prefix("kl")
        .unwrap_or(&rest)
        .trim_start_matches(['.', ' ']);
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    if rest.is_empty() {
        return Some((None, None));
    }
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))
        .unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let zone = zone.trim();
    let (afternoon, zone) = match zone.get(..2) {
        Some("am") => (Some(false), zone[2..].trim()),
        Some("pm") => (Some(true), zone[2..].trim()),
        _ => (None, zone),
    };
    Some((Some(clock_time(clock, afternoon)?), offset(zone).ok()?))
}

fn clock_time(clock: &str, afternoon: Option<bool>) -> Option<NaiveTime> {
    let digits = clock.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minute, second) = if digits && clock.len() == 6 {
        (
            clock.get(..2)?.parse().ok()?,
            clock.get(2..4)?.parse().ok()?,
            clock.get(4..)?.parse().ok()?,
        )
    } else {
        let mut parts = clock.split([':', '.']).map(|part| {
            part.get(..part.len().min(2))
                .unwrap_or_default()
                .parse::<u32>()
        });
        let hour = parts.next()?.ok()?;
        let minute = parts.next()?.ok()?;
        (hour, minute, parts.next().and_then(Result::ok).unwrap_or(0))
    };
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(after) => hour % 12 + if after { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, second.min(59))
}

/// What stands behind a time is neither a zone nor nothing.
struct NoZone;

/// `None` for no zone, or one nobody can compute with: then the date stands as it was written.
fn offset(zone: &str) -> Result<Option<FixedOffset>, NoZone> {
    let hours = |east: i32| Ok(FixedOffset::east_opt(east * 3600));
    match zone.trim_matches(['(', ')']) {
        "" => return Ok(None),
        "z" | "utc" | "gmt" => return hours(0),
        "cet" => return hours(1),
        "cest" => return hours(2),
        _ => {}
    }
    let number = zone.trim_start_matches("utc").trim_start_matches("gmt");
    if let Some(digits) = number.strip_prefix('+') {
        return seconds(digits)
            .and_then(FixedOffset::east_opt)
            .map(Some)
            .ok_or(NoZone);
    }
    if let Some(digits) = number.strip_prefix('-') {
        return seconds(digits)
            .and_then(FixedOffset::west_opt)
            .map(Some)
            .ok_or(NoZone);
    }
    let wordy = |c: char| c.is_alphabetic() || matches!(c, ' ' | '(' | ')' | '/' | '_');
    if zone.chars().all(wordy) {
        Ok(None)
    } else {
        Err(NoZone)
    }
}

/// `01:00`, `0100`, `1`; what follows in brackets is a name for the same.
fn seconds(digits: &str) -> Option<i32> {
    let digits = digits
        .split([' ', '('])
        .next()
        .unwrap_or_default()
        .replace(':', "");
    let (hour, minute) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        4 => (
            digits.get(..2)?.parse::<i32>().ok()?,
            digits.get(2..)?.parse::<i32>().ok()?,
        ),
        _ => return None,
    };
    Some((hour * 60 + minute) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(cell: &str) -> Result<String, Trouble> {
        let written = read(cell).unwrap_or_else(|| panic!("{cell} is no date"));
        written
            .resolve(Order::default(), false, chrono_tz::Europe::Copenhagen)
            .map(|date| date.to_string())
    }

    #[test]
    fn clear_dates() {
        for cell in [
            "2026-11-03",
            "2026-11-03 12:10:33",
            "2026-11-03T12:10",
            "2026/11/03",
            "20261103",
            "20261103T111244",
            "03-11-2026",
            "3.11.2026",
            "3.11.2026 kl. 9.05",
            "03.11.26",
            "3/11-2026",
            "3. november 2026",
            "Nov 3, 2026 9:30 PM",
            "tirsdag den 3. november 2026",
            "03-Nov-2026",
            "Tue, 03 Nov 2026 12:10:33 +0100",
            "November 3rd, 2026",
            "2026-11-02T23:30:00Z",
            "2026-11-03T00:10:00+01:00",
            "2026-11-02 23:30:00 UTC",
            "1793705433",
            "1793705433000",
        ] {
            assert_eq!(day(cell).as_deref(), Ok("2026-11-03"), "{cell}");
        }
    }

    #[test]
    fn slashes_need_evidence() {
        assert_eq!(day("03/11/2026"), Err(Trouble::Ambiguous));
        assert_eq!(day("11/11/2026").as_deref(), Ok("2026-11-11"));
        assert_eq!(day("25/11/2026").as_deref(), Ok("2026-11-25"));
        let resolve = |evidence: &[&str]| {
            let mut order = Order::default();
            evidence
                .iter()
                .filter_map(|cell| read(cell))
                .for_each(|written| order.learn(&written));
            let date = read("03/11/2026")
                .unwrap()
                .resolve(order, false, chrono_tz::UTC);
            date.map(|date| date.to_string())
        };
        assert_eq!(resolve(&["25/11/2026"]).as_deref(), Ok("2026-11-03"));
        assert_eq!(resolve(&["11/25/2026"]).as_deref(), Ok("2026-03-11"));
        assert_eq!(
            resolve(&["11/25/2026", "25/11/2026"]),
            Err(Trouble::Ambiguous)
        );
        for nothing in ["13/0/2026", "0/13/2026", "13/13/2026"] {
            assert_eq!(resolve(&[nothing]), Err(Trouble::Ambiguous), "{nothing}");
        }
        assert_eq!(
            resolve(&["25-11-2026"]),
            Err(Trouble::Ambiguous),
            "dashes say nothing of slashes"
        );
    }

    #[test]
    fn what_is_no_date() {
        for cell in [
            "",
            "ja",
            "1",
            "12",
            "2026",
            "4512345678901",
            "12-11",
            "26-11-03",
            "kl. 12",
            "3 for 2 in 2026",
            "١/٢/٢٠٢٦",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
        assert_eq!(day("31.02.2026"), Err(Trouble::Impossible));
        assert_eq!(day("0001-01-01"), Err(Trouble::Impossible));
    }
}
