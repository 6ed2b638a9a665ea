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
        let cleaned = clean::text(text.as_ref());
        for line in cleaned.split('\n') {
            self.put(line.trim_end());
            self.put_end();
        }
    }

    /// Lines, one after the other.
    pub(super) fn say_all(&mut self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            self.say(line);
        }
    }

    /// A question: the cursor stays behind it.
    pub(super) fn ask(&mut self, question: &str) {
        self.put(&clean::line(question));
        let before = if question.is_empty() { "> " } else { " > " };
        self.put_raw(before);
        self.flush();
    }

    /// The end of a line that nobody ended by typing.
    pub(super) fn end_line(&mut self) {
        self.put_end();
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
        self.put_raw(&self.glyphs.text(text));
    }

    fn put_end(&mut self) {
        self.put_raw("\n");
    }

    fn put_raw(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = io::stdout().write_all(text.as_bytes()).err();
        }
    }
}
