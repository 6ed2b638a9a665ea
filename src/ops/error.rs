//! What can go wrong with an operation, as data; `i18n` has the sentences, `cli` the exit codes.

use std::io;
use std::path::PathBuf;

use super::backup::BackupError;
use crate::catalogue::CatalogueProblem;
use crate::domain::ids::ItemId;
use crate::domain::letter::LetterType;
use crate::domain::refusal::Refusal;
use crate::mail::imap::ImapError;
use crate::mail::send::Fault;
use crate::mail::source::SourceError;
use crate::store::{IdProblem, StoreError};
use crate::tables::TableError;

/// Why an operation did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpError {
    /// A rule says no.
    #[error("refused: {}", .0.word())]
    Refused(Refusal),
    /// There is no such record.
    #[error("no such id: {0}")]
    NoSuchId(ItemId),
    /// What was typed means no record, or several.
    #[error("the id means no record, or several")]
    BadId(String, IdProblem),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A backup that cannot be made, or a restore that must not be.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A file cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error("{path}: {source}", path = path.display())]
    Unwritable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that would be overwritten.
    #[error("{path}: exists", path = .0.display())]
    Exists(PathBuf),
    /// The owner's service cards have problems.
    #[error("{path}: bad service cards", path = path.display())]
    BadCatalogue {
        /// The file.
        path: PathBuf,
        /// All of them.
        problems: Vec<CatalogueProblem>,
    },
    /// The owner's rules of the intake have problems.
    #[error("{path}: bad intake rules", path = path.display())]
    BadRules {
        /// The file.
        path: PathBuf,
        /// All of them.
        problems: Vec<CatalogueProblem>,
    },
    /// A template of a letter that cannot be used.
    #[error("{place}: bad template")]
    BadTemplate {
        /// The file, or the name of a built-in one.
        place: String,
        /// The line, from 1, where there is one.
        line: Option<usize>,
        /// What is wrong.
        fault: TemplateFault,
    },
    /// A mail source that cannot be used.
    #[error("{place}: no mail")]
    BadMail {
        /// The path as it was given.
        place: String,
        /// Why.
        source: SourceError,
    },
    /// A mail that was taken in could not be moved.
    #[error("{path}: {source}", path = path.display())]
    NotMoved {
        /// Where it still is.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Nothing says where new mail is to be fetched from.
    #[error("no mailbox in the settings")]
    NoMailbox,
    /// A mailbox on a server cannot be used. What was taken in before stays.
    #[error("{place}: {source}")]
    Mailbox {
        /// Its name.
        place: String,
        /// Why.
        source: ImapError,
    },
    /// Nothing says where letters are to be handed over.
    #[error("no sending in the settings")]
    NoSending,
    /// A letter certainly did not go. Its text is kept with the case.
    #[error("{id}: not sent by {place}: {fault}")]
    NotSent {
        /// The record.
        id: ItemId,
        /// The letter.
        letter: LetterType,
        /// The server, or the program.
        place: String,
        /// Why.
        fault: Fault,
        /// Whether that could be noted with the case.
        noted: bool,
    },
    /// Nobody knows whether a letter went.
    #[error("{id}: perhaps sent by {place}: {fault}")]
    MaybeSent {
        /// The record.
        id: ItemId,
        /// The letter.
        letter: LetterType,
        /// The server, or the program.
        place: String,
        /// Its Message-ID, by which it is found in a log.
        message_id: String,
        /// Why.
        fault: Fault,
    },
    /// A letter went, and that could not be recorded.
    #[error("{id}: sent, and not recorded: {source}")]
    SentUnrecorded {
        /// The record.
        id: ItemId,
        /// The letter.
        letter: LetterType,
        /// Why.
        source: Box<OpError>,
    },
    /// A list without an opt-out column that does not look like a list of opt-outs.
    #[error("{place}: not a list of opt-outs")]
    DoubtfulList {
        /// The path as it was given.
        place: String,
        /// The columns that do not belong in one.
        columns: Vec<String>,
    },
    /// A table that cannot be used.
    #[error("{place}: no table")]
    BadTable {
        /// The path as it was given.
        place: String,
        /// Why.
        source: TableError,
    },
}

/// What can be wrong with the template of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateFault {
    /// Fields that do not exist, each with its line.
    Unknown(Vec<(usize, String)>),
    /// A field that the case does not fill.
    Unfilled(String),
    /// The first lines, up to a blank one, are the subject; there is none.
    NoSubject,
    /// Not a template; with what the engine says, in English.
    Syntax(String),
}

impl TemplateFault {
    /// The key of its text.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown",
            Self::Unfilled(_) => "unfilled",
            Self::NoSubject => "no-subject",
            Self::Syntax(_) => "syntax",
        }
    }
}

impl From<Refusal> for OpError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
