//! Tables as services export them: from the bytes of a file to rows a person would recognise.
//!
//! The header decides what a column means, never the name of the service or of the file; a service changes its export
//! without telling anybody. Everything here is pure: bytes in, values out, no files, no clock, no store. What these
//! readers deliberately do not do is guess: an ambiguous date, an unclear status or a stray quote is named with its
//! line, and the rows of people who are not concerned are counted and forgotten.

mod address;
mod columns;
mod dates;
pub mod flaws;
mod names;
pub mod optouts;
pub mod person;
mod plan;
pub mod read;
pub mod recordings;
pub mod register;
#[cfg(test)]
mod samples;
pub mod subscribers;
mod text;
mod values;

/// Why a whole file cannot be used. The sentences for people come from the texts of the program; these are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// There is nothing in the file but white space.
    #[error("line {line}: the file is empty")]
    Empty {
        /// Always 1.
        line: usize,
    },
    /// Not text: a spreadsheet, an archive, a picture.
    #[error("line {line}: not a text file ({sort:?})")]
    Binary {
        /// Always 1.
        line: usize,
        /// What it is, as far as its first bytes tell.
        sort: FileSort,
    },
    /// No row looks like column names, and the file is not a plain list of addresses either.
    #[error("line {line}: no row with column names")]
    NoHeader {
        /// The first line that is not blank.
        line: usize,
    },
    /// There are column names but no rows below them.
    #[error("line {line}: column names but no rows")]
    NoRows {
        /// The line of the column names.
        line: usize,
    },
    /// No column holds mail addresses, going by the column names.
    #[error("line {line}: no column with mail addresses among {}", header.join(", "))]
    NoAddressColumn {
        /// The line of the column names.
        line: usize,
        /// The column names that are there, cleaned, so that the message can show them.
        header: Vec<String>,
    },
    /// No table of the file has the columns that a list of recordings or of requests needs.
    #[error("line {line}: not a {wanted:?} list, going by the columns {}", header.join(", "))]
    OtherColumns {
        /// The line of the column names.
        line: usize,
        /// The column names that are there, cleaned, so that the message can show them.
        header: Vec<String>,
        /// What was looked for.
        wanted: Wanted,
    },
}

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Recordings: a date, and a title or a name.
    Recordings,
    /// An old register of requests: a date of receipt, and a name or an address.
    Requests,
}

impl TableError {
    /// The physical line, counted from 1, that the error is about.
    pub fn line(&self) -> usize {
        match self {
            Self::Empty { line }
            | Self::Binary { line, .. }
            | Self::NoHeader { line }
            | Self::NoRows { line }
            | Self::NoAddressColumn { line, .. }
            | Self::OtherColumns { line, .. } => *line,
        }
    }
}

/// What a file that is not text seems to be: the advice differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSort {
    /// A workbook of Excel, old or new: to be saved as CSV first.
    Workbook,
    /// A zip or gzip archive (Mailchimp packs its exports): to be unpacked first.
    Archive,
    /// A PDF document.
    Pdf,
    /// Anything else.
    Unknown,
}
