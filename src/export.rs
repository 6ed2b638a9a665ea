//! Records as others take them: JSON for scripts, CSV for spreadsheets; and the one way in which files with personal
//! data are written.

pub mod csv;
pub mod json;

use std::io::Write;
use std::path::Path;

use crate::i18n::words::Wording;
use crate::ops::OpError;
use crate::ops::queries::Card;

/// The format of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets.
    Csv,
    /// For scripts: everything `show` gives.
    Json,
}

/// A register of these records.
pub fn register(cards: &[Card], format: Format, wording: &Wording<'_>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        Format::Csv => {
            let mut register = csv::Register::begin(&mut bytes)?;
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
