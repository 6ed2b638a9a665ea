//! JSON in fewer bytes: its names, and the words around them that are the same in every record, are replaced by their
//! numbers in a list that is part of the format.
//!
//! Not a general compression, of which there are libraries: those take from a text whatever it says twice. What a person is
//! called and wrote has to stand in the file as it is, so that after an erasure a search of its bytes finds what should
//! have gone. Every fragment has a quotation mark that a text could only have behind a backslash, so none is ever found
//! within one.

use std::sync::LazyLock;

/// One fragment a line. A number is the number of a line: to change, move or remove one would change what is stored; more
/// can be added at the end.
const LIST: &str = include_str!("../../assets/store.fragments");

/// Fragments with a number of one byte. JSON escapes control characters, so none of these bytes stands in JSON.
const SHORT: usize = 0x18;
/// Bytes of which each begins a number of two bytes.
const LONG: std::ops::RangeInclusive<u8> = 0x18..=0x1f;

static FRAGMENTS: LazyLock<Vec<&str>> = LazyLock::new(|| LIST.lines().collect());
static IN_ORDER: LazyLock<Vec<Fragment>> = LazyLock::new(|| in_order(&FRAGMENTS));

/// A fragment among all of them in the order of their bytes.
struct Fragment {
    text: &'static str,
    number: usize,
    /// The place of the longest other fragment that it begins with.
    shorter: Option<usize>,
}

fn in_order(fragments: &[&'static str]) -> Vec<Fragment> {
    let mut numbered: Vec<_> = fragments.iter().copied().zip(0..).collect();
    numbered.sort_unstable();
    let mut sorted: Vec<Fragment> = Vec::with_capacity(numbered.len());
    for (text, number) in numbered {
        let mut shorter = sorted.len().checked_sub(1);
        while let Some(at) = shorter.filter(|at| !text.starts_with(sorted[*at].text)) {
            shorter = sorted[at].shorter;
        }
        sorted.push(Fragment {
            text,
            number,
            shorter,
        });
    }
    sorted
}

/// The longest fragment that `json` begins with.
fn longest(json: &[u8]) -> Option<&'static Fragment> {
    let after = IN_ORDER.partition_point(|fragment| fragment.text.as_bytes() <= json);
    // Whatever `json` begins with, the last fragment that is not beyond it begins with as well.
    let mut at = after.checked_sub(1)?;
    while !json.starts_with(IN_ORDER[at].text.as_bytes()) {
        at = IN_ORDER[at].shorter?;
    }
    Some(&IN_ORDER[at])
}

/// Whether a fragment can begin with this byte: most of a text need not be looked up.
fn can_begin(byte: u8) -> bool {
    byte.is_ascii_punctuation() || byte == b'Z'
}

/// Replaces fragments in JSON by their numbers.
pub(super) fn pack(json: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(json.len());
    let mut rest = json;
    while let Some((byte, behind)) = rest.split_first() {
        let found = can_begin(*byte).then(|| longest(rest)).flatten();
        let Some(fragment) = found else {
            packed.push(*byte);
            rest = behind;
            continue;
        };
        match number(fragment.number) {
            (first, None) => packed.push(first),
            (first, Some(second)) => packed.extend([first, second]),
        }
        rest = &rest[fragment.text.len()..];
    }
    packed
}

/// A number as it is written. There is a test that the list is no longer than there are numbers.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond one byte is in the first"
)]
fn number(number: usize) -> (u8, Option<u8>) {
    match number.checked_sub(SHORT) {
        None => (number as u8, None),
        Some(long) => (LONG.start() + (long >> 8) as u8, Some(long as u8)),
    }
}

/// The JSON again; `None` where a number names no fragment.
pub(super) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut json = Vec::with_capacity(packed.len() * 2);
    let mut bytes = packed.iter();
    while let Some(byte) = bytes.next() {
        let number = match *byte {
            short if usize::from(short) < SHORT => usize::from(short),
            long if LONG.contains(&long) => {
                let high = usize::from(long - LONG.start());
                SHORT + (high << 8) + usize::from(*bytes.next()?)
            }
            plain => {
                json.push(plain);
                continue;
            }
        };
        json.extend_from_slice(FRAGMENTS.get(number)?.as_bytes());
    }
    Some(json)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// Read with another list, what is stored would be read as something else.
    #[test]
    fn fragments_are_only_ever_added() {
        let first: Vec<&str> = LIST.lines().take(FIRST).collect();
        assert_eq!(crc32fast::hash(first.join("\n").as_bytes()), 0x9408_46eb);
    }

    /// How many there were in the first format that had them.
    const FIRST: usize = 516;

    #[test]
    fn every_fragment_has_a_number_of_its_own() {
        let numbers = SHORT + (LONG.len() << 8);
        assert!(FRAGMENTS.len() <= numbers);
        let mut seen = BTreeSet::new();
        for fragment in FRAGMENTS.iter() {
            assert!(seen.insert(fragment), "twice: {fragment}");
            assert!(can_begin(fragment.as_bytes()[0]), "{fragment}");
            assert!(fragment.len() > 2, "{fragment}");
            assert_eq!(
                unpack(&pack(fragment.as_bytes())).unwrap(),
                fragment.as_bytes()
            );
        }
    }

    fn record(name: &str, text: &str) -> Value {
        json!({"id": "R-2026-0001", "person": {"name": name, "emails": [text]}, "subject": name, "message": text,
            "notes": [{"at": "2026-09-14T05:00:00Z", "text": name}], "closing": {"on": "2026-09-14", "note": text}})
    }

    proptest! {
        #[test]
        fn what_was_packed_is_unpacked(name in ".{0,20}", text in r#"(?s)(.|[",:{}\\\[\]Z])*"#) {
            let json = record(&name, &text).to_string();
            prop_assert_eq!(unpack(&pack(json.as_bytes())).unwrap(), json.as_bytes());
        }

        /// Also what looks like a fragment, or ends in the beginning of one.
        #[test]
        fn a_text_stands_in_the_file_as_it_is(
            texts in prop::collection::vec(prop_oneof![
                ".{1,20}",
                prop::sample::select(FRAGMENTS.as_slice()).prop_map(str::to_owned),
            ], 1..4),
        ) {
            let text = texts.concat();
            let packed = pack(record("Mette", &text).to_string().as_bytes());
            let written = Value::from(text).to_string();
            let within = &written.as_bytes()[1..written.len() - 1];
            prop_assert!(packed.windows(within.len()).any(|part| part == within));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(unpack(&bytes));
        }
    }
}
