//! Records as others take them: JSON for scripts, CSV for spreadsheets, Markdown for notes, a calendar; and the one way in which files with personal
//! data are written.

pub mod calendar;
pub mod csv;
pub mod json;
pub mod markdown;
mod object;
pub mod spool;

pub use self::calendar::Reminders;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

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

/// A register that is written record by record: neither it nor the records are held as a whole.
pub struct Register<'a, W: Write> {
    sheet: Sheet<'a, W>,
    wording: &'a Wording<'a>,
}

/// What is written so far, where something of it must be known.
enum Sheet<'a, W: Write> {
    Csv(Box<csv::Register<W>>),
    Json(json::Register<W>),
    Markdown(markdown::Register<W>),
    Calendar(W, Box<calendar::Deadlines<'a>>),
}

impl<'a, W: Write> Register<'a, W> {
    /// Starts with what stands before the first record.
    ///
    /// # Errors
    /// Those of `output`.
    pub fn begin(
        output: W,
        format: Format,
        wording: &'a Wording<'a>,
        reminders: &Reminders<'a>,
    ) -> io::Result<Self> {
        let sheet = match format {
            Format::Csv(style) => Sheet::Csv(Box::new(csv::Register::begin(output, style)?)),
            Format::Json => Sheet::Json(json::Register::begin(output)),
            Format::Markdown => Sheet::Markdown(markdown::Register::begin(output, wording)?),
            Format::Calendar { names } => {
                let deadlines = calendar::Deadlines::begin(names, wording, *reminders);
                Sheet::Calendar(output, Box::new(deadlines))
            }
        };
        Ok(Self { sheet, wording })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// Those of the output.
    pub fn add(&mut self, card: &Card) -> io::Result<()> {
        match &mut self.sheet {
            Sheet::Csv(register) => register.add(card, self.wording),
            Sheet::Json(register) => register.add(card, self.wording),
            Sheet::Markdown(register) => register.add(card, self.wording),
            Sheet::Calendar(_, deadlines) => {
                deadlines.add(card, self.wording);
                Ok(())
            }
        }
    }

    /// Writes what stands after the last record.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(self) -> io::Result<()> {
        match self.sheet {
            Sheet::Csv(register) => register.finish(),
            Sheet::Json(register) => register.finish(),
            Sheet::Markdown(register) => register.finish(self.wording),
            Sheet::Calendar(mut output, deadlines) => output.write_all(deadlines.text().as_bytes()),
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
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut register = Register::begin(output, format, wording, reminders)?;
    for card in cards {
        register.add(card)?;
    }
    register.finish()
}

/// A file that holds personal data, being written: readable by the owner only, and under its name only when it is whole.
pub struct Private {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Private {
    /// Begins the file.
    ///
    /// # Errors
    /// [`OpError::Unwritable`].
    pub fn begin(path: &Path) -> Result<Self, OpError> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let file = tempfile::Builder::new()
            .prefix(".indsigt-")
            .tempfile_in(folder)
            .map_err(|source| unwritable(path, source))?;
        Ok(Self {
            path: path.to_owned(),
            file: BufWriter::new(file),
        })
    }

    /// What to say when writing to it failed.
    pub fn failed(&self, source: io::Error) -> OpError {
        unwritable(&self.path, source)
    }

    /// Gives the file its name, in place of what had it.
    ///
    /// # Errors
    /// [`OpError::Unwritable`].
    pub fn finish(self) -> Result<(), OpError> {
        let Self { path, file } = self;
        let named = || {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|error| error.error)
        };
        named()
            .map(drop)
            .map_err(|source| unwritable(&path, source))
    }
}

impl Write for Private {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn unwritable(path: &Path, source: io::Error) -> OpError {
    OpError::Unwritable {
        path: path.to_owned(),
        source,
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
    let mut file = Private::begin(path)?;
    match write(&mut file) {
        Ok(()) => file.finish(),
        Err(error) => Err(file.failed(error)),
    }
}
