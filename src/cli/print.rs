//! Writing for people and for scripts: the only place of the command line that prints.

use std::io::{self, BufWriter, IsTerminal, Write};

use serde_json::json;

use super::args::ColorChoice;
use super::environment;
use super::exit::Exit;
use crate::domain::deadline::Urgency;
use crate::i18n::errors::Message;
use crate::mail::clean;
use crate::width::{columns, fit};

/// Columns that a table may take where nobody says how wide the terminal is.
const DEFAULT_COLUMNS: usize = 100;

/// Standard output, gathered.
pub(super) struct Out {
    writer: BufWriter<io::Stdout>,
    color: bool,
    columns: Option<usize>,
}

impl Out {
    pub(super) fn new(choice: ColorChoice) -> Self {
        let terminal = io::stdout().is_terminal();
        let color = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && !environment::no_color(),
        };
        let columns = terminal.then(|| {
            crossterm::terminal::size().map_or(DEFAULT_COLUMNS, |(columns, _)| columns.into())
        });
        Self {
            writer: BufWriter::new(io::stdout()),
            color,
            columns,
        }
    }

    /// One line.
    pub(super) fn line(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.writer, "{}", text.as_ref())
    }

    /// One JSON document.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.writer, value)?;
        writeln!(self.writer)
    }

    /// Where bytes go that are made elsewhere.
    pub(super) fn writer(&mut self) -> &mut impl Write {
        &mut self.writer
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// A word in the colour of its urgency; the word itself says it too.
    pub(super) fn urgent(&self, text: &str, urgency: Option<Urgency>) -> String {
        let code = match urgency {
            Some(Urgency::Overdue) if self.color => "1;31",
            Some(Urgency::ActNow) if self.color => "33",
            Some(Urgency::Soon) if self.color => "36",
            _ => return text.to_owned(),
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A table: columns as wide as their cells, the last one cut to what the terminal leaves it.
    pub(super) fn table(&mut self, header: &[String], rows: &[Row]) -> io::Result<()> {
        let widths: Vec<usize> = header
            .iter()
            .enumerate()
            .map(|(index, title)| {
                rows.iter()
                    .filter_map(|row| row.cells.get(index))
                    .map(|cell| columns(cell))
                    .chain([columns(title)])
                    .max()
                    .unwrap_or_default()
            })
            .collect();
        let head = Row {
            cells: header.to_vec(),
            urgency: None,
        };
        for row in std::iter::once(&head).chain(rows) {
            let text = self.columned(row, &widths);
            writeln!(self.writer, "{}", text.trim_end())?;
        }
        Ok(())
    }

    fn columned(&self, row: &Row, widths: &[usize]) -> String {
        let mut text = String::new();
        let mut used = 0;
        for (index, (cell, width)) in row.cells.iter().zip(widths).enumerate() {
            let last = index + 1 == widths.len();
            match self.columns {
                Some(columns) if last => {
                    text.push_str(&fit(cell, columns.saturating_sub(used).max(8)));
                }
                _ if index == URGENCY_COLUMN => text.push_str(&self.urgent(cell, row.urgency)),
                _ => text.push_str(cell),
            }
            if !last {
                let padding = width.saturating_sub(columns(cell));
                text.extend(std::iter::repeat_n(' ', padding + 2));
            }
            used += width + 2;
        }
        text
    }
}

/// The column of a table that is coloured by urgency.
const URGENCY_COLUMN: usize = 1;

/// A row of a table.
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    pub(super) urgency: Option<Urgency>,
}

/// An error on standard error: what, why, what to do; as JSON where that was asked for. A closed standard error is
/// nothing to fail over. What was typed, or a file is called, comes back cleaned and on one line.
pub(super) fn error(message: &Message, exit: Exit, kind: &str, json: bool) {
    let what = clean::line(&message.what);
    let hint = message.hint.as_deref().map(clean::line);
    let text = if json {
        let value = json!({"error": {
            "code": exit.code(),
            "kind": kind,
            "message": what,
            "hint": hint,
        }});
        format!("{value}\n")
    } else {
        let mut text = format!("indsigt: {what}\n");
        if let Some(hint) = &hint {
            text.push_str(hint);
            text.push('\n');
        }
        text
    };
    drop(io::stderr().write_all(text.as_bytes()));
}

/// Something the owner should know although it was done, on standard error.
pub(super) fn warning(text: &str) {
    drop(io::stderr().write_all(format!("{text}\n").as_bytes()));
}
