//! Records as others take them: JSON for scripts, CSV for spreadsheets, Markdown for notes, a calendar; and the one way in which files with personal
//! data are written.

pub mod calendar;
pub mod csv;
pub mod json;
pub mod markdown;

pub use self::calendar::Reminders;

use std::io::Write;
use std::path::Path;

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

/// A register of these records.
pub fn register(
    cards: &[Card],
    format: Format,
    wording: &Wording<'_>,
    reminders: &Reminders<'_>,
) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        Format::Csv(style) => {
            let mut register = csv::Register::begin(&mut bytes, style)?;
            for card in cards {
                register.add(card, wording)?;
            }
            register.finish()?;
        }
        Format::Json => {
            let items: Vec<_> = cards.iter().map(|card| json::item(card, wording)).collect();
            let value = serde_json::json!({"total": items.len(), "items": items});
            serde_json::to_writer_pretty(&mut bytes, &value)?;
            bytes.push(b'\n');
        }
        Format::Markdown => bytes = markdown::table(cards, wording).into_bytes(),
        Format::Calendar { names } => {
            bytes = calendar::calendar(cards, names, wording, reminders).into_bytes();
        }
    }
    Ok(bytes)
}

/// Writes a file that holds personal data: readable by the owner only, complete or not there at all.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), OpError> {
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
    file.write_all(bytes).map_err(unwritable)?;
    file.as_file().sync_all().map_err(unwritable)?;
    file.persist(path)
        .map_err(|error| unwritable(error.error))?;
    Ok(())
}
