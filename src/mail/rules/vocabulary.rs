//! The words of the rules, and which of them a word of a mail is: other spellings of one letter and a slip of the finger
//! are the same word.

use std::collections::HashMap;

/// A word with fewer letters is not known again when it is misspelt: too many others are one letter away.
const LONG_ENOUGH: usize = 7;

/// So many letters at the beginning are right: it is the beginnings that change a meaning ("afmelde", "anmelde").
const SURE: usize = 3;

/// Every word and every beginning of a word that a rule names, once.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<String, u32>,
    stems: HashMap<String, u32>,
    /// The long ones by their first letter: the only ones with which a misspelt word is compared.
    long: HashMap<char, Vec<(Vec<char>, bool, u32)>>,
    longest_stem: usize,
    count: u32,
}

impl Vocabulary {
    /// The number of a word, or with `is_stem` of the beginning of one; a new one when it is new.
    pub(super) fn add(&mut self, word: &str, is_stem: bool) -> u32 {
        let table = if is_stem {
            &mut self.stems
        } else {
            &mut self.words
        };
        if let Some(number) = table.get(word) {
            return *number;
        }
        let number = self.count;
        self.count += 1;
        table.insert(word.to_owned(), number);
        let letters: Vec<char> = word.chars().collect();
        if is_stem {
            self.longest_stem = self.longest_stem.max(letters.len());
        }
        if let Some(first) = letters.first().filter(|_| letters.len() >= LONG_ENOUGH) {
            let long = self.long.entry(*first).or_default();
            long.push((letters, is_stem, number));
        }
        number
    }

    /// The numbers of everything that this word of a mail is.
    pub(super) fn numbers_of(&self, word: &str) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.words.get(word).copied().into_iter().collect();
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.take(self.longest_stem) {
            numbers.extend(self.stems.get(&word[..end]));
        }
        if numbers.is_empty() {
            self.misspelt(word, &mut numbers);
        }
        numbers
    }

    fn misspelt(&self, word: &str, numbers: &mut Vec<u32>) {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < LONG_ENOUGH {
            return;
        }
        let alike = letters.first().and_then(|first| self.long.get(first));
        for (known, is_stem, number) in alike.into_iter().flatten() {
            if letters[..SURE] != known[..SURE] {
                continue;
            }
            let is_one = if *is_stem {
                (known.len() - 1..=known.len() + 1)
                    .filter(|length| *length <= letters.len())
                    .any(|length| is_one_slip(&letters[..length], known))
            } else {
                is_one_slip(&letters, known)
            };
            if is_one {
                numbers.push(*number);
            }
        }
    }
}

/// Whether one letter is missing, too many, another, or changed places with the next.
fn is_one_slip(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short
        .iter()
        .zip(long)
        .take_while(|(one, other)| one == other)
        .count();
    if long.len() > short.len() {
        return short[same..] == long[same + 1..];
    }
    let (short, long) = (&short[same..], &long[same..]);
    match (short, long) {
        ([a, b, rest @ ..], [c, d, others @ ..]) if a == d && b == c => rest == others,
        ([_, rest @ ..], [_, others @ ..]) => rest == others,
        _ => true,
    }
}

/// The words of a text: in small letters, with the letters in which keyboards and habits differ written in one way.
pub(in crate::mail) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(folded)
        .collect()
}

fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'æ' | 'ä' => folded.push_str("ae"),
            'ø' | 'ö' => folded.push_str("oe"),
            'å' => folded.push_str("aa"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            'é' | 'è' | 'ê' => folded.push('e'),
            _ => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_the_same_word() {
        let mut vocabulary = Vocabulary::default();
        let word = vocabulary.add("unsubscribe", false);
        let stem = vocabulary.add("oplysning", true);
        for (written, number) in [
            ("unsubscribe", Some(word)),
            ("unsubcribe", Some(word)),
            ("unsusbcribe", Some(word)),
            ("unsubscribes", Some(word)),
            ("subscribe", None),
            ("oplysninger", Some(stem)),
            ("oplysingerne", Some(stem)),
            ("oplysninegr", Some(stem)),
            ("apsubscribe", None),
            ("opvisning", None),
        ] {
            let numbers = vocabulary.numbers_of(written);
            assert_eq!(numbers.first().copied(), number, "{written}");
        }
    }

    #[test]
    fn letters_are_written_in_one_way() {
        assert_eq!(
            words("Jeg ønsker, Åse’s «Löschung»"),
            words("jeg oensker aase s LOESCHUNG")
        );
    }
}
