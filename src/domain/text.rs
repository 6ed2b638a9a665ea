//! Comparing words the way a Danish owner types them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as it is compared in searches: lower case, `æ/ø/å` as `ae/oe/aa`, other letters without their accents.
///
/// `Åse Bæk` and `aase baek` fold to the same text, and so do `René` and `rene`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfc().flat_map(char::to_lowercase) {
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
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn danish_spellings_meet() {
        assert_eq!(fold("Åse BÆK-Sørensen"), "aase baek-soerensen");
        assert_eq!(fold("A\u{30a}se"), "aase");
        assert_eq!(fold("René"), fold("rene"));
    }
}
