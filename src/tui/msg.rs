//! Everything that can happen to the terminal UI, and everything it can want done: two closed enums.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::drafts::Unkept;
use super::editor::EditorFault;
use super::input::Input;
use crate::domain::ahead::Ahead;
use crate::domain::conduct::Resolution;
use crate::domain::draft::{Draft, Place};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::report::Report;
use crate::domain::request::Channel;
use crate::export::Format;
use crate::letters::{Letter, Wish};
use crate::ops::queries::{Card, ListQuery, Summary};
use crate::ops::today::{Deletions, Glance};
use crate::ops::{Done, Op, OpError, Target};
use crate::store::{Entry, Stamp, Via};

/// The tabs, in their order on the screen (CONTRACT).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tab {
    /// What is due.
    Today,
    /// Requests.
    Requests,
    /// Recordings.
    Recordings,
    /// Newsletter opt-outs.
    Newsletter,
    /// The history.
    History,
}

impl Tab {
    /// All tabs.
    pub const ALL: [Self; 5] = [
        Self::Today,
        Self::Requests,
        Self::Recordings,
        Self::Newsletter,
        Self::History,
    ];

    /// The tab on which records of a type are.
    pub const fn of(item_type: ItemType) -> Self {
        match item_type {
            ItemType::Request | ItemType::Mail => Self::Requests,
            ItemType::Recording => Self::Recordings,
            ItemType::OptOut => Self::Newsletter,
        }
    }

    /// The word in the names of its texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Requests => "requests",
            Self::Recordings => "recordings",
            Self::Newsletter => "newsletter",
            Self::History => "history",
        }
    }

    /// Its place in the order, from 0.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|tab| *tab == self).unwrap_or(0)
    }
}

/// What a tab wants to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// What is due within a week.
    Due,
    /// A list.
    List(ListQuery),
    /// The history, latest first.
    History,
}

/// A window of rows for a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadRequest {
    /// Grows with every request; an answer to an older one is dropped.
    pub number: u64,
    /// For which tab.
    pub tab: Tab,
    /// What.
    pub wanted: Wanted,
    /// From which row on.
    pub offset: usize,
    /// How many rows.
    pub limit: usize,
}

/// How many rows are read at once, around the cursor, for a list of this height.
pub fn window(height: u16) -> usize {
    120.max(3 * usize::from(height))
}

impl LoadRequest {
    /// The first request of all: what is due, for a terminal of so many columns and rows.
    pub fn first((_, height): (u16, u16)) -> Self {
        Self {
            number: 1,
            tab: Tab::Today,
            wanted: Wanted::Due,
            offset: 0,
            limit: window(height),
        }
    }
}

/// The rows that were asked for, all from one look at the store.
#[derive(Debug)]
pub struct Loaded {
    /// The request this answers.
    pub number: u64,
    /// For which tab.
    pub tab: Tab,
    /// The first row.
    pub offset: usize,
    /// How many there are altogether.
    pub total: usize,
    /// Whether there may be more, which nobody waited for.
    pub more: bool,
    /// The rows of a list.
    pub cards: Vec<Card>,
    /// The rows of the history.
    pub entries: Vec<Entry>,
    /// How urgent everything open is.
    pub summary: Summary,
    /// Open records by type, in the order of the tabs.
    pub open: [u64; 3],
    /// The next open thing after this week.
    pub next: Option<(ItemId, NaiveDate)>,
    /// Whether there is no record at all.
    pub nothing_yet: bool,
    /// What stands beside the list of today, when that is what was asked for.
    pub glance: Option<Glance>,
    /// The days on which recordings are to be deleted, when recordings were asked for.
    pub deletions: Option<BTreeMap<NaiveDate, Deletions>>,
    /// The half-written texts there are.
    pub drafts: Vec<Draft>,
    /// The state of the file this was read from.
    pub stamp: Option<Stamp>,
}

/// What is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportScope {
    /// These records.
    These(Vec<ItemId>),
    /// What this query gives.
    Query(ListQuery),
}

/// How a letter goes, or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Going {
    /// It went in this way, on this local date; today when `None`.
    Went(Channel, Option<NaiveDate>),
    /// It is sent as a mail now: also when it went before, or nobody knows whether it did, where that is said.
    Send {
        /// That was said.
        again: bool,
    },
    /// It was handed over, and the owner has looked: it did go.
    DidGo,
    /// It was handed over, and did not go.
    DidNotGo,
}

/// What becomes of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterGoing {
    /// The record, as it was seen.
    pub target: Target,
    /// The letter, as it was read and changed.
    pub letter: Letter,
    /// How it goes, or went.
    pub how: Going,
    /// Whether the case is closed with it, and how.
    pub resolve: Option<Resolution>,
    /// What was written on the way, and is thrown away with it.
    pub drafts: Vec<Place>,
}

/// Something to be done outside `update`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read rows.
    Load(LoadRequest),
    /// Read the report of a year, and the load ahead.
    Report(i32),
    /// Carry an operation out.
    Run(Op),
    /// Carry out the operation that a form asks for; the form's draft goes in the same moment.
    Finish(Op, Box<Place>),
    /// Keep what stands in a form.
    KeepDraft(Unkept),
    /// Throw a draft away, as was said in so many words.
    DropDraft(Place),
    /// Undo; when somebody else made the last change, ask first.
    Undo,
    /// Write a register or records to a file.
    Export {
        /// What.
        scope: ExportScope,
        /// How.
        format: Format,
        /// Where to.
        path: String,
    },
    /// Write the package for the person.
    Package {
        /// Of this request.
        id: ItemId,
        /// As one file.
        zip: bool,
        /// Where to.
        path: String,
    },
    /// Write a letter, to be read.
    WriteLetter(ItemId, Wish),
    /// Write a letter to a file.
    LetterFile {
        /// As it was read and changed.
        letter: Box<Letter>,
        /// As a draft for a mail program.
        eml: bool,
        /// Where to.
        path: String,
    },
    /// A letter went, or is to go.
    LetterGoes(Box<LetterGoing>),
    /// Let the owner's editor have a text.
    Edit(String),
    /// Make the backup of the day where that is wanted.
    Rotate,
    /// Note that the screen was opened.
    Visit,
    /// Copy a text to the clipboard of the person's own machine.
    Copy(String),
    /// Stop until the shell wakes the program.
    Suspend,
    /// End, although texts that could not be kept go with it.
    Quit,
}

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    /// A key, a paste, a signal, a new size.
    Input(Input),
    /// Rows came.
    Loaded(Box<Loaded>),
    /// Rows could not be read.
    LoadFailed(u64, OpError),
    /// The report of a year was read, or not.
    Reported(i32, Box<Result<(Report, Ahead), OpError>>),
    /// An operation was carried out, or not.
    Done(Box<Result<Done, OpError>>),
    /// The last change was somebody else's: undo it all the same?
    UndoOfOthers {
        /// The event.
        event: String,
        /// The records.
        ids: Vec<ItemId>,
        /// Through which interface it was made.
        via: Via,
    },
    /// An export was written (how many records, where), or not.
    Exported(Result<(usize, String), OpError>),
    /// A letter was written, or not.
    LetterWritten(Box<(Wish, Result<Letter, OpError>)>),
    /// A letter went, or not; with the version of the record after a try that failed.
    LetterGone(Box<Result<Done, OpError>>, Option<u64>),
    /// A letter is in a file, or not.
    LetterFiled(Result<String, OpError>),
    /// The editor gave a text back, or why not.
    Edited(Result<String, EditorFault>),
    /// The backup of the day was not made.
    RotationFailed(OpError),
    /// A draft was kept, or not.
    DraftKept(Place, Result<Draft, OpError>),
    /// A draft was thrown away, or not.
    DraftDropped(Place, Result<(), OpError>),
    /// A second or so passed: the date, and the state of the file.
    Tick(NaiveDate, Option<Stamp>),
}
