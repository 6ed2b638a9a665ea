//! What the program says line by line: every line cleaned, in letters that the terminal has, and never a control character
//! but the end of the line.

use std::io::{self, Write};

use super::super::glyphs::Glyphs;
use crate::mail::clean;

/// Says lines on standard output. The first failure is kept, and nothing is said after it.
#[derive(Debug)]
pub(super) struct Voice {
    glyphs: Glyphs,
    failed: Option<io::Error>,
}

impl Voice {
    pub(super) fn new(glyphs: Glyphs) -> Self {
        Self {
            glyphs,
            failed: None,
        }
    }

    /// One line, or several where the text has several.
    pub(super) fn say(&mut self, text: impl AsRef<str>) {
        let said = spoken(text.as_ref(), self.glyphs);
        self.put(&said);
        self.put("\n");
    }

    /// Lines, one after the other.
    pub(super) fn say_all(&mut self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            self.say(line);
        }
    }

    /// A question: the cursor stays behind it.
    pub(super) fn ask(&mut self, question: &str) {
        let question = spoken(&clean::line(question), self.glyphs);
        self.put(&question);
        self.put(if question.is_empty() { "> " } else { " > " });
        self.flush();
    }

    /// The end of a line that nobody ended by typing.
    pub(super) fn end_line(&mut self) {
        self.put("\n");
    }

    /// What failed, once.
    pub(super) fn failure(&mut self) -> Option<io::Error> {
        self.failed.take()
    }

    /// Whether nobody can be reached any more.
    pub(super) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Lets everything be heard.
    pub(super) fn flush(&mut self) {
        if self.failed.is_none() {
            self.failed = io::stdout().flush().err();
        }
    }

    fn put(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = io::stdout().write_all(text.as_bytes()).err();
        }
    }
}

/// A text as it goes out: nothing in it steers a terminal or hides, and it has no letters that the terminal has not.
fn spoken(text: &str, glyphs: Glyphs) -> String {
    let cleaned = clean::text(text);
    let lines: Vec<String> = cleaned
        .split('\n')
        .map(|line| glyphs.text(line.trim_end()))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_goes_out() {
        let hostile = "a\u{1b}[2J\r\nb\u{9b}31m\u{202e}c\t\u{7}\u{0}  \nd\u{e0041}";
        assert_eq!(spoken(hostile, Glyphs::All), "a[2J\nb31mc\nd");
        assert_eq!(
            spoken("Søren Åse – »日« ½", Glyphs::Ascii),
            "Soeren Aase - \"??\" 1/2"
        );
        assert_eq!(spoken("Søren – é", Glyphs::Latin1), "Søren - é");
    }
}
