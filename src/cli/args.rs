//! The command line as clap sees it. The doc comments here are the reference: `--help`, man pages and completions are
//! made from them. Dates and ids stay text here, so that a wrong one is told in the reader's language.

mod letter;

mod files;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub use self::files::{AttachArgs, ExportArgs, FilesArgs, Format};
pub use self::letter::LetterArgs;
use crate::domain::opt_out::Source;
use crate::domain::person::Language;
use crate::domain::recording::{CopyStatus, Form};
use crate::domain::rejection::Ground;
use crate::domain::request::{Channel, Kind, Outcome};
use crate::domain::task::TaskStatus;

/// What `--version` tells: with the commit, where the build script knows it. `-V` tells the version alone.
pub const LONG_VERSION: &str = match option_env!("INDSIGT_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

/// A parser for one of the words of an enumeration of the domain.
fn word<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    spell: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| spell(*value))).try_map(move |text| {
        all.iter()
            .copied()
            .find(|value| spell(*value) == text)
            .ok_or("unknown word")
    })
}

/// Works through the privacy requests people send to a small practice
///
/// Without a command: the terminal UI when standard input and output are terminals, else the same as `due`.
/// With `--plain`: the same work line by line.
#[derive(Debug, Parser)]
#[command(
    name = "indsigt",
    version,
    long_version = LONG_VERSION,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// How the screen is used.
    #[command(flatten)]
    pub screen: Screen,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of the screen.
#[derive(Debug, Clone, Args)]
pub struct Screen {
    /// Work line by line instead of on a screen, for screen readers and for terminals that nothing can be drawn on: what is
    /// due, then a word a line; `?` says which. Also with `demo`. Terminals get it always with `INDSIGT_PLAIN=1`
    #[arg(long)]
    pub plain: bool,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The redb file [default: `$XDG_DATA_HOME/indsigt/indsigt.redb`]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "INDSIGT_STORE",
        hide_env_values = true
    )]
    pub store: Option<OsString>,
    /// The settings [default: `$XDG_CONFIG_HOME/indsigt/config.toml`]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "INDSIGT_CONFIG",
        hide_env_values = true
    )]
    pub config: Option<OsString>,
    /// The language
    #[arg(
        long,
        help = language_help(),
        global = true,
        value_name = "LANGUAGE",
        env = "INDSIGT_LANGUAGE",
        hide_env_values = true
    )]
    pub language: Option<String>,
    /// Act as if the local date were this one
    #[arg(
        long,
        global = true,
        value_name = "YYYY-MM-DD",
        env = "INDSIGT_TODAY",
        hide_env_values = true
    )]
    pub today: Option<String>,
    /// Nothing can be changed
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Print one JSON document on standard output and nothing else
    #[arg(long, global = true)]
    pub json: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
}

/// The help of `--language`, which names the languages there are.
fn language_help() -> String {
    let codes: Vec<&str> = Language::codes().collect();
    format!(
        "The language: {} [default: from the settings, else the locale]. With `add request`, also the language in which the \
         person is to be answered; with `letter`, the language of the letter",
        codes.join(" or ")
    )
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what is due: requests, recordings and opt-outs, most urgent first
    Due(DueArgs),
    /// List requests, recordings or opt-outs
    List(ListArgs),
    /// Show everything about one thing, with the rule behind its dates
    Show {
        /// The id, such as R-2026-0001 or r1
        id: String,
    },
    /// Show everything held on one person in this program
    Person {
        /// An address, or a part of the name
        text: String,
    },
    /// Show the dates that follow from a receipt date
    Deadline {
        /// Dates (YYYY-MM-DD) or RFC 3339 instants; `-` reads one a line from standard input
        #[arg(required = true, value_name = "DATE")]
        dates: Vec<String>,
    },
    /// Show every change: when, what, on which id, through which interface
    History {
        /// Of this thing only
        id: Option<String>,
        /// At most so many, the latest
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// Show how a year went: received, answered in time, days, extended, refused, deleted on time
    Report {
        /// The year [default: everything]
        #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(2000..=2100))]
        year: Option<i32>,
    },
    /// Check the file, the history's chain, and the state against the history
    Verify,
    /// Show which addresses of a mailing list have opted out or withdrawn their consent
    CheckSubscribers {
        /// The exported list (CSV)
        file: PathBuf,
        /// Exit with 10 when there are any
        #[arg(long)]
        exit_code: bool,
    },
    /// Show the service cards
    Services {
        /// One card with its tasks and steps
        id: Option<String>,
    },
    /// Enter a request, a recording or an opt-out
    #[command(subcommand)]
    Add(AddCommand),
    /// Add a remark
    Note {
        /// The id
        id: String,
        /// The text; `-` reads it from standard input
        #[arg(allow_hyphen_values = true)]
        text: String,
    },
    /// Correct the name or the addresses
    Edit(EditArgs),
    /// Record that proof of identity was asked for, or that identity was confirmed
    Identity(IdentityArgs),
    /// Extend the period, while the first month runs
    Extend {
        /// The id
        id: String,
        /// The concrete reason: complexity or number of requests
        #[arg(long)]
        reason: String,
        /// When the person was told [default: today]
        #[arg(long, value_name = "DATE")]
        notified: Option<String>,
    },
    /// Take in a mail that was set aside, as a request; prints the new id
    Take {
        /// The id of the mail (M-…)
        id: String,
        /// What it asks for
        #[arg(long, value_name = "KIND", value_parser = word(&Kind::ALL, Kind::word))]
        kind: Kind,
    },
    /// Put files on a request: an export of a service, a paper that was scanned
    Attach(AttachArgs),
    /// List the files of a request, write one out, mark it or take it out
    Files(FilesArgs),
    /// Set a task, or add one
    Task(TaskArgs),
    /// Close things: requests with an outcome, recordings with every copy deleted, opt-outs done
    Resolve(ResolveArgs),
    /// Refuse a request as unreasonable, with ground and facts
    Reject(RejectArgs),
    /// Open a closed thing again
    Reopen {
        /// The id
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Record that a recording's download link was sent
    LinkSent {
        /// The id
        id: String,
        /// When [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// When the link stops working
        #[arg(long, value_name = "DATE")]
        expires: Option<String>,
    },
    /// Record that the person got a copy of a recording
    Delivered {
        /// The id
        id: String,
        /// When [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// How
        #[arg(long, value_name = "TEXT")]
        how: Option<String>,
    },
    /// Record a written agreement on another deletion date
    Agree {
        /// The id
        id: String,
        /// Until when the recording is kept
        #[arg(long, value_name = "DATE")]
        until: String,
        /// The date of the agreement
        #[arg(long, value_name = "DATE")]
        agreed_on: String,
        /// Where the agreement is kept
        #[arg(long)]
        reference: String,
    },
    /// Record written consent to another use of a recording
    Consent {
        /// The id
        id: String,
        /// What for
        #[arg(long)]
        purpose: String,
        /// Where the consent is kept
        #[arg(long)]
        reference: String,
        /// Its date
        #[arg(long, value_name = "DATE")]
        on: String,
    },
    /// Record that one copy of a recording is deleted, or gone from the trash too
    Copy {
        /// The id
        id: String,
        /// The place of the copy
        place: String,
        /// deleted or purged
        #[arg(value_parser = word(&[CopyStatus::Deleted, CopyStatus::Purged], CopyStatus::word))]
        status: CopyStatus,
        /// When [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Delete the file of a local copy first
        #[arg(long)]
        delete_file: bool,
    },
    /// Make a second request of one, for another right asked for in the same letter, and print its id
    Split {
        /// The id
        id: String,
        /// What is asked for besides
        #[arg(long, value_parser = word(&Kind::ALL, Kind::word))]
        kind: Kind,
    },
    /// Close a request as a reminder of, or the same as, another one of the person
    Merge {
        /// The id
        id: String,
        /// The request it belongs to
        #[arg(long, value_name = "ID")]
        into: String,
    },
    /// Keep a thing beyond its retention date
    Hold {
        /// The id
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// When to look whether that still holds
        #[arg(long, value_name = "DATE")]
        review: String,
    },
    /// Let a thing be erased in its time again
    Release {
        /// The id
        id: String,
    },
    /// Show a letter, write it to a file, send it, or note that it was sent
    Letter(LetterArgs),
    /// Take the last change back
    Undo,
    /// Do again what undo took back
    Redo,
    /// Take in mails or exported lists
    #[command(subcommand)]
    Import(ImportCommand),
    /// Take in new mail from the Maildir or the IMAP folder that the settings name
    Fetch {
        /// Only say what would be taken in
        #[arg(long)]
        dry_run: bool,
    },
    /// Write a register as CSV or JSON
    Export(ExportArgs),
    /// Write a checked copy of the store, with nothing in it of what was deleted
    Backup(BackupArgs),
    /// Check a backup and put it in the place of the store
    Restore(RestoreArgs),
    /// Erase what has passed its retention date, with nothing left in the file
    Purge(EraseArgs),
    /// Erase a person out of closed cases now
    #[command(subcommand)]
    Erase(EraseCommand),
    /// Show or write the settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page, or write all man pages to a folder
    Man {
        /// The folder
        dir: Option<PathBuf>,
    },
    /// Open the terminal UI on a throw-away store full of invented cases
    Demo {
        /// Write that store to PATH instead
        #[arg(long, value_name = "PATH")]
        fill: Option<PathBuf>,
        /// Write an archive of so many cases there, nearly all of them closed, to measure how fast things are
        #[arg(long, value_name = "N", requires = "fill")]
        cases: Option<usize>,
        /// Another archive of the same size
        #[arg(long, value_name = "N", requires = "cases", default_value_t = 1)]
        seed: u64,
    },
}

/// `due`
#[derive(Debug, Clone, Args)]
pub struct DueArgs {
    /// Things to act on within so many days
    #[arg(long, value_name = "DAYS", default_value_t = 7, conflicts_with = "all")]
    pub within: u16,
    /// Everything open
    #[arg(long)]
    pub all: bool,
    /// Exit with 10 when something is overdue or to be acted on now
    #[arg(long)]
    pub exit_code: bool,
    /// As a mail to this address, for `sendmail -t`; nothing when nothing is due. It names nobody
    #[arg(long, value_name = "ADDRESS", conflicts_with = "json")]
    pub mail: Option<String>,
    /// At most five lines, for a login banner: how much there is, and the three most urgent. It names nobody
    #[arg(long, conflicts_with_all = ["json", "mail"])]
    pub brief: bool,
    /// Also write the deadlines of everything open to this calendar file
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
}

/// What is listed or exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Requests.
    Requests,
    /// Recordings.
    Recordings,
    /// Opt-outs.
    Optouts,
    /// All of them.
    All,
    /// Mails that were set aside.
    Aside,
}

/// `list`
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    /// Of which type
    #[arg(value_enum, default_value_t = What::All)]
    pub what: What,
    /// Which of them.
    #[command(flatten)]
    pub filter: FilterArgs,
    /// Received on or after this date
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Received on or before this date
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
}

/// Which records of a list.
#[derive(Debug, Clone, Args)]
pub struct FilterArgs {
    /// Open ones
    #[arg(long, conflicts_with_all = ["closed", "any"])]
    pub open: bool,
    /// Closed ones
    #[arg(long, conflicts_with = "any")]
    pub closed: bool,
    /// Open and closed ones
    #[arg(long)]
    pub any: bool,
    /// Requests of this kind
    #[arg(long, value_name = "KIND", value_parser = word(&Kind::ALL, Kind::word))]
    pub kind: Option<Kind>,
    /// Only what contains this text; case does not matter, and æ is ae, ø is oe, å is aa
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

/// `add`
#[derive(Debug, Subcommand)]
pub enum AddCommand {
    /// Enter a request and print its id
    Request(AddRequestArgs),
    /// Enter a recording and print its id
    Recording(AddRecordingArgs),
    /// Enter a newsletter opt-out and print its id
    Optout(AddOptOutArgs),
}

/// `add request`
#[derive(Debug, Args)]
pub struct AddRequestArgs {
    /// What is asked for
    #[arg(long, value_parser = word(&Kind::ALL, Kind::word))]
    pub kind: Kind,
    /// Who asks
    #[arg(long)]
    pub name: String,
    /// An address of hers; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    pub email: Vec<String>,
    /// When it arrived: a date or an RFC 3339 instant [default: now]
    #[arg(long, value_name = "WHEN")]
    pub received: Option<String>,
    /// How it arrived
    #[arg(long, value_parser = word(&Channel::ALL, Channel::word), default_value = "mail")]
    pub channel: Channel,
    /// Its text; @FILE reads it from a file, `-` from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,
}

/// `add recording`
#[derive(Debug, Args)]
pub struct AddRecordingArgs {
    /// What the session was
    #[arg(long)]
    pub title: String,
    /// The client
    #[arg(long)]
    pub name: String,
    /// Her address
    #[arg(long, value_name = "ADDRESS")]
    pub email: Vec<String>,
    /// The date of the session
    #[arg(long, value_name = "DATE")]
    pub recorded: String,
    /// private or group
    #[arg(long, value_parser = word(&[Form::Private, Form::Group], Form::word), default_value = "private")]
    pub form: Form,
    /// When the download link was sent
    #[arg(long, value_name = "DATE")]
    pub link_sent: Option<String>,
    /// When the link stops working
    #[arg(long, value_name = "DATE")]
    pub link_expires: Option<String>,
    /// A copy: where it is and what finds it there; may be repeated
    #[arg(long, value_name = "PLACE[=LOCATOR]")]
    pub copy: Vec<String>,
    /// The client declined to be recorded
    #[arg(long, conflicts_with_all = ["link_sent", "link_expires"])]
    pub declined: bool,
}

/// `add optout`
#[derive(Debug, Args)]
pub struct AddOptOutArgs {
    /// The address that leaves
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Whose it is
    #[arg(long)]
    pub name: Option<String>,
    /// When it came [default: today]
    #[arg(long, value_name = "WHEN")]
    pub received: Option<String>,
    /// How it came
    #[arg(long, value_parser = word(&[Source::Link, Source::Mail, Source::Phone, Source::InPerson, Source::List], Source::word), default_value = "mail")]
    pub source: Source,
}

/// `edit`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["name", "email"]))]
pub struct EditArgs {
    /// The id
    pub id: String,
    /// The name
    #[arg(long)]
    pub name: Option<String>,
    /// All her addresses, the one to answer to first; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    pub email: Vec<String>,
}

/// Which step of the identity check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum IdentityStep {
    /// Proof was asked for.
    Requested,
    /// Identity was confirmed.
    Confirmed,
}

/// `identity`
#[derive(Debug, Args)]
pub struct IdentityArgs {
    /// The id
    pub id: String,
    /// What happened
    #[arg(value_enum)]
    pub step: IdentityStep,
    /// The concrete doubt (with `requested`)
    #[arg(long, required_if_eq("step", "requested"))]
    pub reason: Option<String>,
    /// How identity was confirmed (with `confirmed`)
    #[arg(long, required_if_eq("step", "confirmed"))]
    pub method: Option<String>,
    /// When [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// `task`
#[derive(Debug, Args)]
pub struct TaskArgs {
    /// The id of the case
    pub id: String,
    /// The task: its id, or its number in the list
    #[arg(required_unless_present = "add", conflicts_with = "add")]
    pub task: Option<String>,
    /// How far it is
    #[arg(required_unless_present = "add", value_parser = word(&TaskStatus::ALL, TaskStatus::word))]
    pub status: Option<TaskStatus>,
    /// Why it is kept or skipped, or another remark
    #[arg(long)]
    pub note: Option<String>,
    /// When to ask again
    #[arg(long, value_name = "DATE", conflicts_with = "add")]
    pub follow_up: Option<String>,
    /// With done: take the person's rows out of this export of the service (CSV) and keep them for the answer
    #[arg(long, value_name = "FILE", conflicts_with_all = ["add", "follow_up"])]
    pub from: Option<PathBuf>,
    /// Add a task with this title
    #[arg(long, value_name = "TITLE")]
    pub add: Option<String>,
    /// Where the added task is to be done
    #[arg(long, requires = "add")]
    pub place: Option<String>,
    /// The address of what is to be worked on
    #[arg(long, requires = "add")]
    pub url: Option<String>,
    /// A timecode; may be repeated
    #[arg(long, requires = "add", value_name = "TIMECODE", action = ArgAction::Append)]
    pub at: Vec<String>,
}

/// `resolve`
#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// The ids; all of them are closed, or none
    #[arg(required = true)]
    pub id: Vec<String>,
    /// How a request ended [default: what its tasks say]
    #[arg(long, value_parser = word(&Outcome::ALL, Outcome::word))]
    pub outcome: Option<Outcome>,
    /// A remark
    #[arg(long)]
    pub note: Option<String>,
    /// Why it is closed although something is open
    #[arg(long = "override", value_name = "REASON")]
    pub override_reason: Option<String>,
    /// Delete the files of a recording's local copies first
    #[arg(long)]
    pub delete_files: bool,
}

/// `reject`
#[derive(Debug, Args)]
pub struct RejectArgs {
    /// The id
    pub id: String,
    /// The ground
    #[arg(long, value_parser = word(&Ground::ALL, Ground::word))]
    pub ground: Ground,
    /// The concrete facts behind it
    #[arg(long, value_name = "TEXT")]
    pub facts: String,
    /// Take on the burden of proof although an answer speaks against the refusal
    #[arg(long)]
    pub accept_burden_of_proof: bool,
}

/// `import`
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Take mails in: files, mboxes, Maildirs, folders of .eml, or `-` for standard input
    Mail {
        /// Where the mails are
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Every mail is a request: the mailbox is used for nothing else
        #[arg(long)]
        all: bool,
        /// Move what was taken from the `new` of a Maildir to its `cur`, unread
        #[arg(long)]
        move_to_cur: bool,
        /// Only say what would be taken in
        #[arg(long)]
        dry_run: bool,
    },
    /// The imports of lists
    #[command(flatten)]
    List(ListCommand),
}

/// `import` of a list
#[derive(Debug, Subcommand)]
pub enum ListCommand {
    /// Take in the opt-outs of an exported list (CSV)
    Optouts(ListFile),
    /// Take in the recordings of a list (CSV): Zoom's, or a table of your own
    Recordings(ListFile),
    /// Take in an old register of requests (CSV), the closed ones closed on their day
    Requests(ListFile),
}

/// The file of a list.
#[derive(Debug, Args)]
pub struct ListFile {
    /// The file
    pub file: PathBuf,
    /// Only say what would be taken in
    #[arg(long)]
    pub dry_run: bool,
}

/// `backup`
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where to; `-` is standard output
    pub file: PathBuf,
    /// Encrypt it for the owner of this age key (age1…); may be repeated
    #[arg(long, value_name = "AGE-KEY")]
    pub recipient: Vec<String>,
    /// Encrypt it with the passphrase in the first line of this file
    #[arg(long, value_name = "FILE", conflicts_with = "recipient")]
    pub passphrase_file: Option<PathBuf>,
    /// Replace the file when it is there
    #[arg(long)]
    pub force: bool,
}

/// `restore`
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The backup, encrypted or not; `-` reads it from standard input
    pub file: PathBuf,
    /// The file with the age key that opens it, as age-keygen wrote it
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// The file whose first line is the passphrase that opens it
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    pub passphrase_file: Option<PathBuf>,
    /// Replace a store that holds records; it is kept beside the new one
    #[arg(long)]
    pub yes: bool,
}

/// Whether something is erased, or only shown. Neither: it is shown, and asked where there is a terminal.
#[derive(Debug, Clone, Copy, Args)]
pub struct EraseArgs {
    /// Only say what would be erased
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Erase without asking; it cannot be undone
    #[arg(long)]
    pub yes: bool,
}

/// `erase`
#[derive(Debug, Subcommand)]
pub enum EraseCommand {
    /// Erase what closed cases hold on the person with this address
    Person {
        /// The address
        #[arg(value_name = "ADDRESS")]
        email: String,
        /// Whether to
        #[command(flatten)]
        how: EraseArgs,
    },
}

/// `config`
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Print where the settings are
    Path,
    /// Print the settings in force
    Show,
    /// Write a commented file, unless there is one
    Init,
}
