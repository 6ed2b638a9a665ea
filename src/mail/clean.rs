//! Takes out of a text what must never reach a terminal or deceive a reader.
//!
//! Escape and other control characters, direction overrides and isolates, zero-width characters and language tags go;
//! line ends become one kind; the rest is composed (NFC), so that `å` typed in two ways is the same text. Knows nothing
//! of mail: what is typed at the command line goes through here too. What stood behind an escape character stays as
//! visible text: the reader may see that somebody tried.

use unicode_normalization::UnicodeNormalization;

/// How many spaces stand for a tab.
const TAB: &str = "    ";

/// One line: line ends and tabs become a space, and spaces at both ends go.
pub fn line(text: &str) -> String {
    let mut one = String::with_capacity(text.len());
    for c in unified(text) {
        match c {
            '\n' | '\t' => one.push(' '),
            c if is_unwanted(c) => {}
            c => one.push(c),
        }
    }
    one.trim().nfc().collect()
}

/// Several lines: CR, CRLF and the Unicode separators become `\n`, tabs become spaces.
pub fn text(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for c in unified(text) {
        match c {
            '\n' => lines.push('\n'),
            '\t' => lines.push_str(TAB),
            c if is_unwanted(c) => {}
            c => lines.push(c),
        }
    }
    lines.nfc().collect()
}

/// Whether the text holds something that is only there to steer a terminal or to deceive: escape and C1 control
/// characters, direction overrides and isolates. Zero-width characters do not count, newsletters are full of them.
pub fn has_hidden(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{1b}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// The characters with every kind of line end as one `\n`.
fn unified(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut after_return = false;
    text.chars().filter_map(move |c| {
        let in_pair = after_return && c == '\n';
        after_return = c == '\r';
        match c {
            // The second half of CRLF: the line end was given out already.
            _ if in_pair => None,
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            c => Some(c),
        }
    })
}

/// Control and format characters that have no place in a text for people.
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' // zero-width, and left/right marks
            | '\u{202a}'..='\u{202e}' // direction embeddings and overrides
            | '\u{2060}'..='\u{206f}' // invisible operators, isolates
            | '\u{fff9}'..='\u{fffb}' // interlinear notes
            | '\u{e0000}'..='\u{e007f}') // language tags: text nobody sees
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one_kind() {
        assert_eq!(text("a\r\nb\rc\nd\u{2028}e\u{2029}f"), "a\nb\nc\nd\ne\nf");
        assert_eq!(text("a\r\r\nb"), "a\n\nb");
        assert_eq!(line("a\r\nb\tc\u{2028}d\n"), "a b c d");
    }

    #[test]
    fn steering_characters_go() {
        assert_eq!(line("\u{1b}[31mrød\u{1b}[0m\u{7}"), "[31mrød[0m");
        assert_eq!(
            line("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{9b}f\0g"),
            "abcdefg"
        );
        assert_eq!(text("x\u{1b}]52;c;aGVq\u{7}\ty"), "x]52;c;aGVq    y");
        assert_eq!(text("a\u{e0041}b"), "ab");
    }

    #[test]
    fn text_is_composed() {
        assert_eq!(line("A\u{30a}rhus"), "Århus");
        // What stood between the letter and its ring must not keep them apart.
        assert_eq!(line("A\u{200b}\u{30a}rhus"), "Århus");
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for sample in [
            "",
            " \r\n a \t",
            "e\u{200d}\u{301}\r\r\n",
            "\u{85}x\u{1b}[0m\u{fffd}",
        ] {
            assert_eq!(line(&line(sample)), line(sample));
            assert_eq!(text(&text(sample)), text(sample));
        }
    }

    #[test]
    fn hidden_characters_are_noticed() {
        assert!(has_hidden("a\u{1b}[2J") && has_hidden("\u{202e}fdp.exe") && has_hidden("\u{9b}"));
        assert!(!has_hidden("Kære\r\n\tven\u{200b}"));
    }
}
