//! From bytes to text: which encoding a file is in, and whether it is text at all.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{FileSort, TableError};

/// Enough of a file to judge its encoding by.
const SAMPLE_BYTES: usize = 64 * 1024;

/// The text of a file without byte-order mark and NUL characters. UTF-8 is borrowed, so that a large file is not held
/// twice.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, TableError> {
    if let Some(sort) = magic(bytes) {
        return Err(TableError::Binary { line: 1, sort });
    }
    let text = without_nul(without_mark(to_text(bytes)));
    if text.trim().is_empty() {
        return Err(TableError::Empty { line: 1 });
    }
    if looks_binary(bytes, &text) {
        let sort = FileSort::Unknown;
        return Err(TableError::Binary { line: 1, sort });
    }
    Ok(text)
}

/// The containers people mistake for CSV files.
fn magic(bytes: &[u8]) -> Option<FileSort> {
    let head = &bytes[..bytes.len().min(4096)];
    if head.starts_with(b"PK\x03\x04") {
        let workbook = head.windows(3).any(|part| part == b"xl/")
            || head.windows(19).any(|w| w == b"[Content_Types].xml");
        return Some(if workbook {
            FileSort::Workbook
        } else {
            FileSort::Archive
        });
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0") {
        return Some(FileSort::Workbook);
    }
    if head.starts_with(b"\x1F\x8B") {
        return Some(FileSort::Archive);
    }
    head.starts_with(b"%PDF").then_some(FileSort::Pdf)
}

fn to_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if mostly_utf8(bytes) => String::from_utf8_lossy(bytes),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// UTF-16 without a mark shows as a zero in nearly every other byte. Stray NULs, which Zoom writes, do not.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let (mut even, mut odd, mut pairs) = (0_usize, 0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        pairs += 1;
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    if pairs == 0 {
        return None;
    }
    let many = |count: usize| count * 10 >= pairs * 6;
    let few = |count: usize| count * 20 <= pairs;
    if many(odd) && few(even) {
        Some(UTF_16LE)
    } else if many(even) && few(odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// One broken sequence (a file cut off, a cell pasted from elsewhere) must not turn all the other names into
/// "SÃ¸ren": whole multi-byte characters outvote stray bytes, since Windows-1252 text hardly ever contains any.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

fn without_mark(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Cow::Owned(text) if text.starts_with('\u{feff}') => {
            Cow::Owned(text.trim_start_matches('\u{feff}').to_owned())
        }
        owned @ Cow::Owned(_) => owned,
    }
}

fn without_nul(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.as_bytes().contains(&0) {
        return text;
    }
    let mut text = text.into_owned();
    text.retain(|c| c != '\0');
    Cow::Owned(text)
}

/// A table has next to no control characters; a picture or a program has them everywhere. A few escape sequences in
/// a hostile cell do not make a file binary: they are cleaned away cell by cell.
fn looks_binary(bytes: &[u8], text: &str) -> bool {
    let (mut seen, mut odd) = (0_usize, 0_usize);
    for c in text.chars().take(SAMPLE_BYTES) {
        seen += 1;
        odd += usize::from(c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\r' | '\n')));
    }
    // The NULs are gone from the text; in a UTF-16 file most of them were halves of characters.
    let nul = if Encoding::for_bom(bytes).is_some() || unmarked_utf16(bytes).is_some() {
        0
    } else {
        bytes
            .iter()
            .take(SAMPLE_BYTES)
            .filter(|byte| **byte == 0)
            .count()
    };
    odd * 20 > seen || nul * 3 > seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let turn = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(turn).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Email;Navn\nsoren@example.dk;Søren Ægidius Å\n";
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend_from_slice(text.as_bytes());
        let (latin, _, _) = WINDOWS_1252.encode(text);
        let mut little = vec![0xFF, 0xFE];
        little.extend(utf16(text, false));
        let mut big = vec![0xFE, 0xFF];
        big.extend(utf16(text, true));
        let files = [
            text.as_bytes().to_vec(),
            marked,
            latin.into_owned(),
            little,
            big,
            utf16(text, false),
            utf16(text, true),
        ];
        for (at, file) in files.iter().enumerate() {
            assert_eq!(decode(file).unwrap(), text, "file {at}");
        }
    }

    #[test]
    fn plain_utf8_is_not_copied() {
        assert!(matches!(
            decode(b"Email\na@example.dk\n").unwrap(),
            Cow::Borrowed(_)
        ));
        assert!(matches!(
            decode(b"\xEF\xBB\xBFEmail\na@example.dk\n").unwrap(),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn one_broken_byte_does_not_spoil_the_rest() {
        let mut file = "Email,Navn\na@example.dk,Søren\nb@example.dk,Åse\n"
            .as_bytes()
            .to_vec();
        file.extend_from_slice(b"c@example.dk,Zo\xEB\n");
        assert!(decode(&file).unwrap().contains("Søren"));
    }

    #[test]
    fn files_that_are_no_text_are_named() {
        let sort = |bytes: &[u8]| match decode(bytes) {
            Err(TableError::Binary { line: 1, sort }) => sort,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            sort(b"PK\x03\x04\x14\0[Content_Types].xml xl/workbook.xml"),
            FileSort::Workbook
        );
        assert_eq!(sort(b"PK\x03\x04\x14\0unsubscribed.csv"), FileSort::Archive);
        assert_eq!(sort(b"%PDF-1.7"), FileSort::Pdf);
        let noise: Vec<u8> = (0..=255_u8).cycle().take(4096).collect();
        assert_eq!(sort(&noise), FileSort::Unknown);
        assert_eq!(decode(b""), Err(TableError::Empty { line: 1 }));
        assert_eq!(
            decode(b"\xEF\xBB\xBF \r\n\0\n"),
            Err(TableError::Empty { line: 1 })
        );
    }
}
