//! Fitting texts into columns of a terminal, which are not characters and not bytes.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `text` in at most `width` columns, with an ellipsis where something was cut.
pub fn fit(text: &str, width: usize) -> String {
    if text.width() <= width {
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
    use super::fit;

    #[test]
    fn shortening_counts_columns_not_bytes() {
        assert_eq!(fit("Sørensen", 8), "Sørensen");
        assert_eq!(fit("Sørensen", 5), "Søre…");
        assert_eq!(fit("日本語", 5), "日本…");
        assert_eq!(fit("abc", 0), "");
    }
}
