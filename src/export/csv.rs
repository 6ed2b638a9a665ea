//! The registers as CSV: one row a record, the same columns for all three types, dates as stored.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection").

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};

use chrono::NaiveDate;

use super::json::{kind_word, status_word};
use crate::domain::deadline::Urgency;
use crate::domain::ids::ItemType;
use crate::domain::item::Item;
use crate::domain::next_step::NextStep;
use crate::domain::request::Outcome;
use crate::domain::standing::Flag;
use crate::domain::task::{ServiceRows, progress};
use crate::i18n::words::Wording;
use crate::ops::queries::Card;

const HEADER: [&str; 17] = [
    "id",
    "type",
    "kind",
    "status",
    "outcome",
    "person",
    "email",
    "title",
    "received_on",
    "act_by",
    "due",
    "urgency",
    "flags",
    "tasks_done",
    "tasks",
    "closed_on",
    "next_step",
];

/// What a formula begins with; the wide forms of East Asian keyboards mean the same to a spreadsheet.
const FORMULA: [char; 8] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// A cell that no spreadsheet takes for a formula, whatever blanks and invisible letters it takes away first.
fn harmless(text: String) -> String {
    if is_formula(&text) {
        return format!("'{text}");
    }
    text
}

fn is_formula(text: &str) -> bool {
    // Nearly every cell: nothing is taken away before a letter or a digit.
    if text.is_empty() || text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    seen.starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n'])
}

/// Letters of no width: soft hyphen, joiners, directions, byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Commas, UTF-8, as other programs read it.
    #[default]
    Plain,
    /// Semicolons and a byte order mark, as an Excel with Danish settings opens it.
    Excel,
}

/// A register that is written row by row.
pub struct Register<W: Write> {
    writer: csv::Writer<W>,
    /// What a cell is made in.
    cell: String,
    /// Texts that are the same for all records of a type and kind.
    titles: BTreeMap<(ItemType, Option<&'static str>), String>,
    nothing: Option<String>,
}

impl<W: Write> Register<W> {
    /// Starts with the header.
    pub fn begin(mut output: W, style: Style) -> io::Result<Self> {
        let mut builder = csv::WriterBuilder::new();
        if style == Style::Excel {
            output.write_all("\u{feff}".as_bytes())?;
            builder.delimiter(b';').terminator(csv::Terminator::CRLF);
        }
        let mut writer = builder.from_writer(output);
        writer.write_record(HEADER)?;
        Ok(Self {
            writer,
            cell: String::new(),
            titles: BTreeMap::new(),
            nothing: None,
        })
    }

    /// Adds a record.
    pub fn add(&mut self, card: &Card, wording: &Wording<'_>) -> io::Result<()> {
        let item = &card.item;
        let id = item.id();
        let kind = kind_word(item);
        self.value(id)?;
        self.words([id.item_type.word(), kind.unwrap_or_default()])?;
        let closing = item.closing();
        let outcome = closing.and_then(|closing| closing.outcome);
        self.words([
            status_word(item),
            outcome.map(Outcome::word).unwrap_or_default(),
        ])?;
        let person = item.person();
        write(&mut self.writer, &person.name)?;
        write(&mut self.writer, person.email().unwrap_or_default())?;
        match item {
            Item::Request(_) | Item::OptOut(_) => {
                let title = self.titles.entry((id.item_type, kind));
                let title = title.or_insert_with(|| wording.texts.title(item));
                write(&mut self.writer, title)?;
            }
            Item::Recording(_) | Item::Mail(_) => {
                write(&mut self.writer, &wording.texts.title(item))?;
            }
        }
        self.day(Some(item.received_on()))?;
        let dates = card.standing.dates;
        self.day(dates.map(|dates| dates.act_by))?;
        self.day(dates.map(|dates| dates.due))?;
        self.words([card.urgency.map(Urgency::word).unwrap_or_default()])?;
        self.flags(&card.flags)?;
        let (done, all) = progress(item.tasks());
        self.value(done)?;
        self.value(all)?;
        self.day(closing.map(|closing| closing.on))?;
        if card.next_step == NextStep::Nothing {
            let nothing = self.nothing.get_or_insert_with(|| {
                let step = &NextStep::Nothing;
                wording.next_step(step, item)
            });
            write(&mut self.writer, nothing)?;
        } else {
            write(&mut self.writer, &wording.next_step(&card.next_step, item))?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Cells of the program's own words, of which none is a formula.
    fn words<const N: usize>(&mut self, words: [&str; N]) -> io::Result<()> {
        for word in words {
            self.writer.write_field(word)?;
        }
        Ok(())
    }

    fn value(&mut self, value: impl Display) -> io::Result<()> {
        self.cell.clear();
        // Writing to a String cannot fail.
        let _written = write!(self.cell, "{value}");
        write(&mut self.writer, &self.cell)
    }

    fn day(&mut self, day: Option<NaiveDate>) -> io::Result<()> {
        match day {
            Some(day) => self.value(day),
            None => self.words([""]),
        }
    }

    fn flags(&mut self, flags: &[Flag]) -> io::Result<()> {
        self.cell.clear();
        for flag in flags {
            if !self.cell.is_empty() {
                self.cell.push(' ');
            }
            self.cell.push_str(flag.word());
        }
        Ok(self.writer.write_field(&self.cell)?)
    }

    /// Writes what is still held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A cell of a person's words.
fn write<W: Write>(writer: &mut csv::Writer<W>, text: &str) -> io::Result<()> {
    if is_formula(text) {
        writer.write_field(format!("'{text}"))?;
    } else {
        writer.write_field(text)?;
    }
    Ok(())
}

/// The rows of the person that a task keeps, as a file for her: her tables one below the other, each with its column
/// names.
pub fn service_rows(rows: &ServiceRows) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for (index, table) in rows.tables.iter().enumerate() {
        if index > 0 {
            bytes.push(b'\n');
        }
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .from_writer(&mut bytes);
        let header = Some(&table.header).filter(|header| !header.is_empty());
        for line in header.into_iter().chain(&table.rows) {
            writer.write_record(line.iter().cloned().map(harmless))?;
        }
        writer.flush()?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{harmless, service_rows};
    use crate::domain::task::{RowTable, ServiceRows};

    #[test]
    fn rows_of_a_service_go_out_whole_and_harmless() {
        let line = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect();
        let rows = ServiceRows {
            file_name: "kajabi.csv".into(),
            on: chrono::NaiveDate::MIN,
            tables: vec![
                RowTable {
                    header: line(&["Email", "Note"]),
                    rows: vec![
                        line(&["m@x.example", "=cmd|'/c'!A1"]),
                        line(&["m@x.example", "a, \"b\""]),
                    ],
                },
                RowTable {
                    header: Vec::new(),
                    rows: vec![line(&["-1", "+45 12", "@x", "æ"])],
                },
            ],
        };
        let text = String::from_utf8(service_rows(&rows).unwrap()).unwrap();
        assert_eq!(
            text,
            "Email,Note\nm@x.example,'=cmd|'/c'!A1\nm@x.example,\"a, \"\"b\"\"\"\n\n'-1,'+45 12,'@x,æ\n"
        );
    }

    #[test]
    fn formulas_are_made_harmless() {
        assert_eq!(harmless("=1+1".into()), "'=1+1");
        for cell in [
            "@SUM(A1)",
            " =1+1",
            "\u{a0}-1",
            "\u{200b}\u{feff}=1",
            "\u{ff1d}1+1",
            "\0=1",
            "\n1",
            "\u{202e}+1",
        ] {
            assert_eq!(harmless(cell.into()), format!("'{cell}"));
        }
        assert_eq!(harmless("mette@example.dk".into()), "mette@example.dk");
    }
}
