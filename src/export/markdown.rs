//! Registers as Markdown: one table, in the words of the language, for notes and for the record of processing.

use std::io::{self, Write};

use crate::i18n::words::Wording;
use crate::ops::queries::Card;

/// A table that is written row by row.
pub struct Register<W: Write> {
    output: W,
    is_empty: bool,
}

impl<W: Write> Register<W> {
    /// Starts with the header.
    pub fn begin(output: W, wording: &Wording<'_>) -> io::Result<Self> {
        let columns = [
            "column-id",
            "column-what",
            "column-person",
            "column-received",
            "column-act-by",
            "column-due",
            "column-status",
        ];
        let mut register = Self {
            output,
            is_empty: true,
        };
        register.line(columns.map(|column| wording.texts.get(column)))?;
        register.line(columns.map(|_| "---".to_owned()))?;
        Ok(register)
    }

    /// Adds a record.
    pub fn add(&mut self, card: &Card, wording: &Wording<'_>) -> io::Result<()> {
        let texts = wording.texts;
        let item = &card.item;
        let dates = card.standing.dates;
        let day =
            |date: Option<chrono::NaiveDate>| date.map_or_else(String::new, |it| it.to_string());
        self.is_empty = false;
        self.line([
            item.id().to_string(),
            texts.title(item),
            texts.person(item),
            item.received_on().to_string(),
            day(dates.map(|dates| dates.act_by)),
            day(dates.map(|dates| dates.due)),
            texts.standing_of(item),
        ])
    }

    /// Says so when there was no record.
    pub fn finish(mut self, wording: &Wording<'_>) -> io::Result<()> {
        if self.is_empty {
            writeln!(self.output, "\n{}", wording.texts.get("export-nothing"))?;
        }
        Ok(())
    }

    fn line(&mut self, cells: [String; 7]) -> io::Result<()> {
        let mut text = String::from("|");
        for cell in cells {
            text.push(' ');
            text.push_str(&harmless(&cell));
            text.push_str(" |");
        }
        text.push('\n');
        self.output.write_all(text.as_bytes())
    }
}

/// A cell that is text and nothing else: no column, no link, no page.
fn harmless(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\n' | '\r' => safe.push(' '),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '!' | '~' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_cell_cannot_leave_its_column() {
        assert_eq!(harmless("a|b\nc"), "a\\|b c");
        assert_eq!(harmless("<script>[x](y)"), "\\<script\\>\\[x\\](y)");
    }
}
