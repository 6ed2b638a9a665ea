//! Dates as mail writes them, read by `chrono`.
//!
//! `mail-parser`'s own reading is not used: measured with 0.11.9, it gives nothing for a date without a zone, for
//! `21-Oct-2026`, `asctime` (the `From ` line of an mbox) and ISO 8601, and takes `CET` for UTC. A date in digits alone
//! with slashes is not read: whether 3/4 is March or April would be a guess. A time without a zone is UTC: no better
//! reading is right more often, and it is at most half a day off.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Longest text that is looked at: a date is short, a header need not be.
const LENGTH_LIMIT: usize = 200;
/// The orders in which programs write a date. Two digits of a year come first: they do not fit four.
const FORMATS: [&str; 12] = [
    "%d %B %y %H:%M:%S",
    "%d %B %Y %H:%M:%S",
    "%d %B %y %H:%M",
    "%d %B %Y %H:%M",
    "%d %B %Y %H.%M.%S",
    "%d-%B-%Y %H:%M:%S",
    "%B %d %H:%M:%S %Y",
    "%B %d %H:%M %Y",
    "%B %d %Y %I:%M %p",
    "%Y-%m-%dt%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
];
/// Zones by name. The American ones are RFC 5322 §4.3; the European ones and the
/// Japanese one appear in the mail of this program's users.
const ZONES: [(&str, &str); 17] = [
    ("ut", "+0000"),
    ("utc", "+0000"),
    ("gmt", "+0000"),
    ("wet", "+0000"),
    ("bst", "+0100"),
    ("cet", "+0100"),
    ("met", "+0100"),
    ("cest", "+0200"),
    ("eet", "+0200"),
    ("eest", "+0300"),
    ("jst", "+0900"),
    ("edt", "-0400"),
    ("est", "-0500"),
    ("cdt", "-0500"),
    ("cst", "-0600"),
    ("pdt", "-0700"),
    ("pst", "-0800"),
];

/// The instant a date names, or `None` where it cannot be read.
pub(super) fn parse(text: &str) -> Option<DateTime<Utc>> {
    if text.len() > LENGTH_LIMIT {
        return None;
    }
    let mut zone: Option<FixedOffset> = None;
    let mut words: Vec<&str> = Vec::new();
    let text = without_comments(text).to_ascii_lowercase();
    // `00:01+0000`, without the space.
    let text = text.replace('+', " +");
    for word in text.split([' ', '\t', ',', '\r', '\n']) {
        let is_first = words.is_empty();
        match offset(word) {
            // A second zone is a remark; the first one counts.
            Some(found) => zone = zone.or(Some(found)),
            None if word.is_empty() || (is_first && starts_weekday(word)) => {}
            None => words.push(word),
        }
    }
    let mut plain = words.join(" ");
    if let Ok(instant) = DateTime::parse_from_rfc3339(&plain) {
        return DateTime::from_timestamp(instant.timestamp(), 0);
    }
    // Danish and German programs write these two in their own language.
    for (own, name) in [("maj", "may"), ("mai", "may"), ("okt", "oct")] {
        plain = plain.replace(own, name);
    }
    let local = FORMATS
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(&plain, format).ok())?;
    match zone {
        Some(zone) => Some(local.and_local_timezone(zone).single()?.to_utc()),
        None => Some(local.and_utc()),
    }
}

/// Whether the word begins a date in an mbox `From ` line.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    word.len() == 3 && starts_weekday(word)
}

fn starts_weekday(word: &str) -> bool {
    let start = word.get(..3).unwrap_or_default();
    WEEKDAYS.iter().any(|day| start.eq_ignore_ascii_case(day))
}

/// `+0200`, `-07:00` or the name of a zone.
fn offset(word: &str) -> Option<FixedOffset> {
    // A letter alone is a military zone; RFC 5322 §4.3 says to take it for UTC, so many programs got them wrong.
    if word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return FixedOffset::east_opt(0);
    }
    let named = ZONES.iter().find(|(name, _)| *name == word);
    let digits = named.map_or(word, |(_, digits)| digits);
    if !digits.starts_with(['+', '-']) {
        return None;
    }
    // `-600` is short of a zero.
    if digits.len() == 4 && digits.bytes().skip(1).all(|b| b.is_ascii_digit()) {
        let (sign, digits) = digits.split_at(1);
        return format!("{sign}0{digits}").parse().ok();
    }
    digits.parse().ok()
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
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
            "Wed, 21 Oct 2026 02:30:00 -600",
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
