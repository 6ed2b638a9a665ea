//! The registers as CSV: one row a record, the same columns for all three types, dates as stored.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection").

use std::io::{self, Write};

use crate::domain::task::ServiceRows;
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
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if seen.starts_with(FORMULA) || text.starts_with(['\t', '\r', '\n']) {
        return format!("'{text}");
    }
    text
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
        Ok(Self { writer })
    }

    /// Adds a record.
    pub fn add(&mut self, card: &Card, wording: &Wording<'_>) -> io::Result<()> {
        let row = super::json::list_item(card, chrono::NaiveDate::MIN, wording);
        let row = serde_json::to_value(row).map_err(io::Error::other)?;
        let text = |field: &str| match row.get(field) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Array(words)) => words
                .iter()
                .filter_map(serde_json::Value::as_str)
                .collect::<Vec<_>>()
                .join(" "),
            _ => String::new(),
        };
        let (done, all) = crate::domain::task::progress(card.item.tasks());
        let cells = HEADER.map(|column| match column {
            "tasks_done" => done.to_string(),
            "tasks" => all.to_string(),
            other => harmless(text(other)),
        });
        self.writer.write_record(cells)?;
        Ok(())
    }

    /// Writes what is still held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
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
