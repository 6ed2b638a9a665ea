//! The arguments of what puts files somewhere: `export`, `attach`, `files`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::FilterArgs;

/// A format of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For spreadsheets.
    Csv,
    /// For scripts: everything `show` gives.
    Json,
    /// CSV with semicolons and a byte order mark, as an Excel with Danish settings opens it.
    Excel,
    /// A calendar with the deadlines of open ones.
    Ics,
    /// A table in Markdown.
    Md,
}

/// `export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// A register: requests, recordings, optouts, aside or all; the id of a request: the package for the person; evidence:
    /// what the authority is shown of a request
    pub what: String,
    /// With evidence: the id of the request
    pub id: Option<String>,
    /// Of a register: csv, excel, json, ics (a calendar with the deadlines of open ones) or md
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Which of them; open and closed ones without
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Received on or after this date
    #[arg(long, value_name = "DATE")]
    pub received_from: Option<String>,
    /// Received on or before this date
    #[arg(long, value_name = "DATE")]
    pub received_to: Option<String>,
    /// With ics: name the persons
    #[arg(long)]
    pub names: bool,
    /// Where a register goes; `-` is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub out: PathBuf,
    /// The folder in which a package or evidence is put, under the id
    #[arg(long, value_name = "DIR", conflicts_with_all = ["format", "names"])]
    pub to: Option<PathBuf>,
    /// One ZIP file instead of a folder
    #[arg(long, requires = "to")]
    pub zip: bool,
    /// Encrypt the ZIP file with the passphrase in the first line of this file (AES-256, as 7-Zip opens it)
    #[arg(long, value_name = "FILE", requires = "to")]
    pub password_file: Option<PathBuf>,
    /// You have looked at the files that name other persons, and they may go out
    #[arg(long, requires = "to")]
    pub others_checked: bool,
}

/// `attach`.
#[derive(Debug, Args)]
pub struct AttachArgs {
    /// The id
    pub id: String,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// For the owner alone: they stay out of the package for the person
    #[arg(long)]
    pub internal: bool,
    /// The task they answer, by id or number
    #[arg(long, value_name = "TASK")]
    pub task: Option<String>,
}

/// `files`.
#[derive(Debug, Args)]
pub struct FilesArgs {
    /// The id
    pub id: String,
    /// The number of one file
    pub number: Option<u32>,
    /// Where to write it: a file or a folder; `-` is standard output
    #[arg(long, value_name = "FILE", requires = "number")]
    pub out: Option<PathBuf>,
    /// For the owner alone: it stays out of the package for the person
    #[arg(long, requires = "number", conflicts_with = "out")]
    pub internal: bool,
    /// Not for the owner alone: it goes into the package for the person
    #[arg(long, requires = "number", conflicts_with_all = ["out", "internal"])]
    pub share: bool,
    /// Take it out of the case
    #[arg(long, requires = "number", conflicts_with_all = ["out", "internal", "share"])]
    pub remove: bool,
}
