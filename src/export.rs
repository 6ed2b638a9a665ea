//! Records as others take them: JSON for scripts, CSV for spreadsheets, Markdown for notes, a calendar; and the one way in which files with personal
//! data are written.

pub mod calendar;
pub mod csv;
pub mod json;
pub mod markdown;

pub use self::calendar::Reminders;

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::{Serialize, Serializer};

use crate::i18n::words::Wording;
use crate::ops::OpError;
use crate::ops::queries::Card;

/// The format of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets.
    Csv(csv::Style),
    /// For scripts: everything `show` gives.
    Json,
    /// A table for notes.
    Markdown,
    /// The deadlines of open ones.
    Calendar {
        /// Whether persons are named.
        names: bool,
    },
}

impl Format {
    /// What the name of such a file ends in.
    pub const fn extension(&self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Calendar { .. } => "ics",
        }
    }
}

/// Writes a register of these records, one after the other: what is written is not held as a whole.
///
/// # Errors
/// Those of `output`.
pub fn register(
    cards: &[Card],
    format: Format,
    wording: &Wording<'_>,
    reminders: &Reminders<'_>,
    mut output: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Csv(style) => {
            let mut register = csv::Register::begin(output, style)?;
            for card in cards {
                register.add(card, wording)?;
            }
            register.finish()
        }
        Format::Json => {
            let document = Document {
                items: Items { cards, wording },
                total: cards.len(),
            };
            serde_json::to_writer_pretty(&mut output, &document)?;
            output.write_all(b"\n")
        }
        Format::Markdown => output.write_all(markdown::table(cards, wording).as_bytes()),
        Format::Calendar { names } => {
            let calendar = calendar::calendar(cards, names, wording, reminders);
            output.write_all(calendar.as_bytes())
        }
    }
}

/// A register as JSON.
#[derive(Serialize)]
struct Document<'a> {
    items: Items<'a>,
    total: usize,
}

/// Records that become JSON one by one: all of them at once take many times the room of the text.
struct Items<'a> {
    cards: &'a [Card],
    wording: &'a Wording<'a>,
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.cards.iter();
        serializer.collect_seq(items.map(|card| json::item(card, self.wording)))
    }
}

/// Writes a file that holds personal data: readable by the owner only, complete or not there at all.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), OpError> {
    write_private_by(path, |file| file.write_all(bytes))
}

/// As [`write_private`], for what is not held as a whole.
pub fn write_private_by(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), OpError> {
    let unwritable = |source| OpError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new()
        .prefix(".indsigt-")
        .tempfile_in(folder)
        .map_err(unwritable)?;
    let mut gathered = BufWriter::new(&mut file);
    write(&mut gathered)
        .and_then(|()| gathered.flush())
        .map_err(unwritable)?;
    drop(gathered);
    file.as_file().sync_all().map_err(unwritable)?;
    file.persist(path)
        .map_err(|error| unwritable(error.error))?;
    Ok(())
}
