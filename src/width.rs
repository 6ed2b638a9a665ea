//! Fitting texts into columns of a terminal, which are not characters and not bytes.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes. What is plain ASCII takes as many as it has bytes, and most texts are.
pub fn columns(text: &str) -> usize {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        text.len()
    } else {
        text.width()
    }
}

/// `text` in at most `width` columns, with an ellipsis where something was cut.
pub fn fit(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.chars() {
        let letter_width = letter.width().unwrap_or(0);
        if used + letter_width + 1 > width {
            break;
        }
        used += letter_width;
        kept.push(letter);
    }
    if width > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{columns, fit};

    #[test]
    fn plain_texts_are_as_wide_as_any_other_way_of_counting_has_them() {
        for byte in 0..=0x7f_u8 {
            let text = format!("a{}b", char::from(byte));
            assert_eq!(columns(&text), text.width(), "{byte}");
        }
        assert_eq!(columns("Sørensen"), 8);
        assert_eq!(columns("日本"), 4);
    }

    #[test]
    fn shortening_counts_columns_not_bytes() {
        assert_eq!(fit("Sørensen", 8), "Sørensen");
        assert_eq!(fit("Sørensen", 5), "Søre…");
        assert_eq!(fit("日本語", 5), "日本…");
        assert_eq!(fit("abc", 0), "");
    }
}
