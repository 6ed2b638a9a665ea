//! Bytes to text in the character set a mail names, and a guess where it names none or the wrong one.
//!
//! `encoding_rs` reads what the web reads; `mail-parser` adds what only mail has (UTF-7, code page 850).

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::decoders::charsets::map::charset_decoder;

use super::{Problem, clean};

/// Longest name of a character set that is looked up or reported.
const NAME_LIMIT: usize = 40;

/// The text, and what was wrong with it.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> (String, Option<Problem>) {
    let label =
        label.map(|name| name.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c)));
    let Some(name) = label.filter(|name| !name.is_empty()) else {
        return guess(bytes);
    };
    if name.eq_ignore_ascii_case("us-ascii") || name.eq_ignore_ascii_case("ascii") {
        return guess(bytes);
    }
    // `for_label_no_replacement`: the web answers the Korean and Chinese 7-bit sets with one replacement character.
    if let Some(encoding) = Encoding::for_label_no_replacement(name.as_bytes()) {
        return if encoding == UTF_8 {
            utf8(bytes)
        } else {
            known(bytes, encoding)
        };
    }
    if let Some(decoder) = (name.len() <= NAME_LIMIT)
        .then(|| charset_decoder(name.as_bytes()))
        .flatten()
    {
        return (decoder(bytes), None);
    }
    let (text, _) = guess(bytes);
    let name: String = clean::line(name).chars().take(NAME_LIMIT).collect();
    (text, Some(Problem::UnknownCharset(name)))
}

/// No character set given: UTF-8 if it is that, otherwise what Windows in Western Europe writes.
pub(super) fn guess(bytes: &[u8]) -> (String, Option<Problem>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.trim_start_matches('\u{feff}').to_owned(), None),
        Err(_) => utf8(bytes),
    }
}

fn known(bytes: &[u8], encoding: &'static Encoding) -> (String, Option<Problem>) {
    let (text, _, had_errors) = encoding.decode(bytes);
    (
        text.into_owned(),
        had_errors.then_some(Problem::BrokenEncoding),
    )
}

/// UTF-8, unless so much of it is invalid that it is Latin-1 under a wrong name.
fn utf8(bytes: &[u8]) -> (String, Option<Problem>) {
    let (text, _, had_errors) = UTF_8.decode(bytes);
    if !had_errors {
        return (text.into_owned(), None);
    }
    let broken = text
        .chars()
        .filter(|&c| c == char::REPLACEMENT_CHARACTER)
        .count();
    let sound = text
        .chars()
        .filter(|&c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER)
        .count();
    if broken <= sound {
        return (text.into_owned(), Some(Problem::BrokenEncoding));
    }
    let (text, _, _) = WINDOWS_1252.decode(bytes);
    (
        text.into_owned(),
        Some(Problem::GuessedCharset("windows-1252")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_honoured() {
        assert_eq!(
            decode(b"bl\xe5b\xe6r", Some("ISO-8859-1")),
            ("blåbær".into(), None)
        );
        assert_eq!(
            decode(b"bl\x86b\x91r", Some("cp850")),
            ("blåbær".into(), None)
        );
        assert_eq!(
            decode(b"S+APg-nderjylland", Some("utf-7")),
            ("Sønderjylland".into(), None)
        );
        assert_eq!(
            decode("blåbær".as_bytes(), Some("\"utf-8\"")),
            ("blåbær".into(), None)
        );
    }

    #[test]
    fn wrong_names_are_seen_through() {
        let guessed = Some(Problem::GuessedCharset("windows-1252"));
        assert_eq!(
            decode(b"bl\xe5b\xe6r", Some("utf-8")),
            ("blåbær".into(), guessed.clone())
        );
        assert_eq!(decode(b"bl\xe5b\xe6r", None), ("blåbær".into(), guessed));
        assert_eq!(
            decode("blåbær".as_bytes(), Some("klingon")),
            (
                "blåbær".into(),
                Some(Problem::UnknownCharset("klingon".into()))
            )
        );
        assert_eq!(
            decode(&"blåbærgrød".as_bytes()[..11], Some("utf-8")).1,
            Some(Problem::BrokenEncoding)
        );
    }
}
