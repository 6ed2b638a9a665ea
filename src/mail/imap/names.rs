//! How IMAP spells folder names and sets of mails.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use imap_codec::imap_types::sequence::SequenceSet;

use super::ImapError;

/// A folder's name in modified UTF-7 (RFC 3501 §5.1.3), in which every server takes it: `Forespørgsler` is
/// `Foresp&APg-rgsler`.
pub(super) fn encoded_folder(name: &str) -> Result<String, ImapError> {
    if name.chars().any(char::is_control) {
        return Err(ImapError::NotUnderstood);
    }
    let engine = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);
    let mut encoded = String::new();
    let mut foreign = String::new();
    for c in name.chars() {
        if !c.is_ascii() {
            foreign.push(c);
            continue;
        }
        flush(&engine, &mut foreign, &mut encoded);
        encoded.push(c);
        if c == '&' {
            encoded.push('-');
        }
    }
    flush(&engine, &mut foreign, &mut encoded);
    Ok(encoded)
}

fn flush(engine: &GeneralPurpose, foreign: &mut String, encoded: &mut String) {
    if foreign.is_empty() {
        return;
    }
    let units: Vec<u8> = foreign.encode_utf16().flat_map(u16::to_be_bytes).collect();
    foreign.clear();
    encoded.push('&');
    encoded.push_str(&engine.encode(units));
    encoded.push('-');
}

/// Numbers in rising order as a set.
pub(super) fn set_of(uids: &[u32]) -> Result<SequenceSet, ImapError> {
    SequenceSet::try_from(ranges(uids).as_str()).map_err(|_| ImapError::NotUnderstood)
}

/// The set as it is written, neighbours as ranges so that a command stays short.
fn ranges(uids: &[u32]) -> String {
    let mut text = String::new();
    let mut uids = uids.iter().copied().peekable();
    while let Some(first) = uids.next() {
        let mut last = first;
        while let Some(next) = uids.next_if(|next| Some(*next) == last.checked_add(1)) {
            last = next;
        }
        if !text.is_empty() {
            text.push(',');
        }
        // Writing to a String cannot fail.
        let _written = if first == last {
            write!(text, "{first}")
        } else {
            write!(text, "{first}:{last}")
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_spelled_as_servers_want_them() {
        for (name, spelled) in [
            ("INBOX", "INBOX"),
            ("Forespørgsler", "Foresp&APg-rgsler"),
            ("Ro & orden", "Ro &- orden"),
            ("台北", "&U,BTFw-"),
            ("INBOX/GDPR-æøå", "INBOX/GDPR-&AOYA+ADl-"),
        ] {
            assert_eq!(encoded_folder(name).unwrap(), spelled);
        }
        assert!(encoded_folder("a\r\nb").is_err());
    }

    #[test]
    fn neighbours_become_ranges() {
        for (uids, written) in [
            (&[7][..], "7"),
            (&[1, 2, 3, 5, 8, 9], "1:3,5,8:9"),
            (&[u32::MAX], "4294967295"),
        ] {
            assert_eq!(ranges(uids), written);
            assert!(set_of(uids).is_ok());
        }
        assert!(set_of(&[]).is_err());
    }
}
