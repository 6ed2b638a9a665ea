//! Danish civil registration numbers (CPR): they are never kept (RULES §2). Typed, they are refused; in a mail, masked.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

/// What stands for a number that was taken out.
const MASK: &str = "******-****";
/// Characters of `DDMMYY-XXXX`.
const LENGTH: usize = 11;
/// Where the serial number in it begins.
const SERIAL: usize = 7;

/// Whether something in the text looks like a CPR number: `DDMMYY-XXXX` with a date that exists.
pub fn holds_cpr(text: &str) -> bool {
    next_cpr(text, 0).is_some()
}

/// As [`holds_cpr`], or a number of which the last digits are still to be typed: `010180-1`.
pub fn holds_cpr_begun(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|start| {
        let Some((date, rest)) = bytes[start..].split_at_checked(SERIAL) else {
            return false;
        };
        let alone = start == 0 || !digit(start - 1);
        let digits = || rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        alone && begins_cpr(date) && (1..=LENGTH - SERIAL).contains(&digits())
    })
}

/// The text with every CPR number masked.
pub fn without_cpr(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = next_cpr(text, from) {
        masked.push_str(text.get(from..found.start).unwrap_or_default());
        masked.push_str(MASK);
        from = found.end;
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    masked
}

/// Where the next one is, from the byte `from` on.
fn next_cpr(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (from..bytes.len()).find_map(|start| {
        let end = start + LENGTH;
        // Part of a longer number, such as an order's, it is none.
        let alone = (start == 0 || !digit(start - 1)) && !digit(end);
        (alone && is_cpr(bytes.get(start..end)?)).then_some(start..end)
    })
}

fn is_cpr(bytes: &[u8]) -> bool {
    let (date, serial) = bytes.split_at(SERIAL);
    begins_cpr(date) && serial.iter().all(u8::is_ascii_digit)
}

/// `DDMMYY-` with a date that exists.
fn begins_cpr(bytes: &[u8]) -> bool {
    let shape = bytes.iter().enumerate().all(|(index, byte)| match index {
        6 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let number = |at: usize| {
        let pair = bytes.get(at..at + 2)?;
        std::str::from_utf8(pair).ok()?.parse::<u32>().ok()
    };
    let exists = || {
        let (day, month, year) = (number(0)?, number(2)?, i32::try_from(number(4)?).ok()?);
        // The century is coded elsewhere; 2000 has every day that 1900 and 1800 have.
        NaiveDate::from_ymd_opt(2000 + year, month, day).map(|date| date.day())
    };
    shape && exists().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_a_date_that_exists_is_one() {
        for text in [
            "010180-1234",
            "CPR: 311299-4321.",
            "(290200-0001)",
            "æ010180-1234ø",
        ] {
            assert!(holds_cpr(text), "{text}");
        }
        for text in [
            "",
            "999999-1234",
            "310299-1234",
            "010180-12345",
            "1010180-1234",
            "010180 1234",
            "010180-123",
        ] {
            assert!(!holds_cpr(text), "{text}");
        }
    }

    #[test]
    fn every_number_is_masked_and_nothing_else() {
        assert_eq!(
            without_cpr("Åse 010180-1234, Bo 311299-4321; tlf. 33 19 32 00"),
            "Åse ******-****, Bo ******-****; tlf. 33 19 32 00"
        );
        assert_eq!(without_cpr("intet"), "intet");
    }
}
