//! Comparing words the way a Danish owner types them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as it is compared in searches: lower case, `æ/ø/å` as `ae/oe/aa`, other letters without their accents.
///
/// `Åse Bæk` and `aase baek` fold to the same text, and so do `René` and `rene`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Before the first combining mark nothing is composed, and archives are searched by folding all there is.
    if text.chars().all(|letter| letter < FIRST_MARK) {
        text.chars().for_each(|letter| add(&mut folded, letter));
    } else {
        text.nfc().for_each(|letter| add(&mut folded, letter));
    }
    folded
}

/// The first of Unicode's combining marks; what stands before it is in NFC as it is.
const FIRST_MARK: char = '\u{300}';

fn add(folded: &mut String, letter: char) {
    if letter.is_ascii() {
        folded.push(letter.to_ascii_lowercase());
        return;
    }
    for letter in letter.to_lowercase() {
        match letter {
            'æ' => folded.push_str("ae"),
            'ø' => folded.push_str("oe"),
            'å' => folded.push_str("aa"),
            plain if plain.is_ascii() => folded.push(plain),
            other => folded.extend(
                std::iter::once(other)
                    .nfd()
                    .filter(|part| !is_combining_mark(*part)),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn danish_spellings_meet() {
        assert_eq!(fold("Åse BÆK-Sørensen"), "aase baek-soerensen");
        assert_eq!(fold("A\u{30a}se"), "aase");
        assert_eq!(fold("René"), fold("rene"));
        assert_eq!(fold("RENE\u{301} \u{130} ẞ"), "rene i ß");
    }
}
