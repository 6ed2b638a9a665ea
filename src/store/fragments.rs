//! JSON in fewer bytes: its names, and the words around them that are the same in every record, are replaced by their
//! numbers in a list that is part of the format.
//!
//! Not a general compression, of which there are libraries: those take from a text whatever it says twice. What a person is
//! called and wrote has to stand in the file as it is, so that after an erasure a search of its bytes finds what should
//! have gone. So a fragment begins with the quotation mark that ends a value, or with what stands between values before the
//! one that begins a name; within a text either mark would stand behind a backslash.

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
    byte.is_ascii_punctuation()
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
    use serde_json::Value;

    use super::*;

    /// Read with another list, what is stored would be read as something else.
    #[test]
    fn fragments_are_only_ever_added() {
        let first: Vec<&str> = LIST.lines().take(FIRST).collect();
        assert_eq!(crc32fast::hash(first.join("\n").as_bytes()), 0x668e_eee3);
    }

    /// How many there were in the first format that had them.
    const FIRST: usize = 482;

    #[test]
    fn every_fragment_has_a_number_of_its_own() {
        let numbers = SHORT + (LONG.len() << 8);
        assert!(FRAGMENTS.len() <= numbers);
        let mut seen = BTreeSet::new();
        for fragment in FRAGMENTS.iter() {
            assert!(seen.insert(fragment), "twice: {fragment}");
            let (before, name) = fragment.split_once('"').unwrap();
            assert!(before.bytes().all(can_begin), "{fragment}");
            assert!(
                before.is_empty() || name.starts_with(|c: char| c.is_ascii_lowercase()),
                "{fragment}"
            );
            assert!(fragment.len() > 2, "{fragment}");
            assert_eq!(
                unpack(&pack(fragment.as_bytes())).unwrap(),
                fragment.as_bytes()
            );
        }
    }

    /// A case as it is stored, with a text wherever another field follows one.
    fn case(text: &str) -> String {
        let text = Value::from(text);
        format!(
            r#"{{"id":"R-2026-0001","version":3,"kind":"access","person":{{"name":{text},"emails":[{text},{text}]}},"channel":"mail","language":"da","received_at":"2026-09-14T05:00:00Z","received_on":"2026-09-14","registered_at":"2026-09-14T05:00:00Z","dates":{{"due":"2026-10-14","act_by":"2026-10-14"}},"identity":{{"reason":{text},"requested_on":"2026-09-15","method":{text},"confirmed_on":null}},"tasks":[{{"id":"zoom","title":{text},"place":{text},"url":{text},"at":[{text}],"status":"done","note":{text},"done_on":"2026-09-14"}}],"notes":[{{"at":"2026-09-14T05:00:00Z","text":{text}}}],"subject":{text},"message":{text},"message_id":{text},"letters":[{{"type":"answer","language":"da","on":"2026-09-14","channel":"mail","subject":{text},"text":{text},"to":{text}}}],"closing":{{"on":"2026-09-14","at":"2026-09-14T05:00:00Z","outcome":"answered","note":{text},"override_reason":{text}}}}}"#
        )
    }

    /// Texts that look like fragments, hold them, or end in what some begin with.
    fn texts() -> impl Strategy<Value = String> {
        let fragment = prop::sample::select(FRAGMENTS.as_slice());
        let part = prop_oneof![
            ".{1,20}".boxed(),
            r#"[",:{}\\\[\]Z0]{1,8}"#.boxed(),
            fragment.prop_map(str::to_owned).boxed(),
            Just(":00:00Z".to_owned()).boxed(),
        ];
        prop::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn a_text_stands_in_the_file_as_it_is(text in texts()) {
            let json = case(&text);
            let packed = pack(json.as_bytes());
            prop_assert_eq!(unpack(&packed).unwrap(), json.as_bytes());
            let written = Value::from(text).to_string();
            let within = &written.as_bytes()[1..written.len() - 1];
            // Each once; behind one another where a text is made of its own repetition.
            let mut rest = packed.as_slice();
            let mut found = 0;
            while let Some(at) = rest.windows(within.len()).position(|part| part == within) {
                found += 1;
                rest = &rest[at + within.len()..];
            }
            prop_assert!(found >= case("xyzzy").matches("xyzzy").count(), "{found}");
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(unpack(&bytes));
        }
    }
}
