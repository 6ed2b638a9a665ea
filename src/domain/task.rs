//! The tasks of a request or an opt-out: one for each place where something is to be looked up, sent or deleted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How far a task is (CONTRACT, `task`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskStatus {
    /// Not begun.
    Todo,
    /// The service or another party was asked and has not answered.
    Asked,
    /// Done.
    Done,
    /// Looked, and nothing is held there.
    NothingHeld,
    /// Something stays there; the note says why.
    Kept,
    /// Left out; the note says why.
    Skipped,
}

impl TaskStatus {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Todo,
        Self::Asked,
        Self::Done,
        Self::NothingHeld,
        Self::Kept,
        Self::Skipped,
    ];

    /// Whether something is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Asked)
    }

    /// Whether the status says nothing without a reason (RULES §2).
    pub const fn needs_note(self) -> bool {
        matches!(self, Self::Kept | Self::Skipped)
    }

    /// The word used on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Asked => "asked",
            Self::Done => "done",
            Self::NothingHeld => "nothing-held",
            Self::Kept => "kept",
            Self::Skipped => "skipped",
        }
    }
}

/// One task. A task that comes from the service catalogue takes its title from there, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The id of the service, or `t1`, `t2` … for a task added by hand.
    pub id: String,
    /// The title of a task added by hand; `None` for one from the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where: the name of a service, a video's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The address of what is to be worked on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Timecodes, as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<String>,
    /// How far it is.
    pub status: TaskStatus,
    /// Why something is kept or left out, or any other remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The local date on which to ask again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_on: Option<NaiveDate>,
    /// The local date on which it stopped being open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_on: Option<NaiveDate>,
    /// What the service's exports hold on the person, for the copy she gets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<ServiceRows>,
}

/// The rows of the person in one export of a service; those of others are never kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRows {
    /// The name of the file, without its folder.
    pub file_name: String,
    /// The local date on which they were taken out.
    pub on: NaiveDate,
    /// The tables of the file that hold any.
    pub tables: Vec<RowTable>,
}

/// Rows of one table. Cells are kept as they were; what a spreadsheet would take for a formula is made harmless when they
/// are written out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowTable {
    /// The column names; empty for a list without any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<String>,
    /// The rows, as cells.
    pub rows: Vec<Vec<String>>,
}

impl ServiceRows {
    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }

    /// How much room the cells take, in bytes.
    pub fn bytes(&self) -> usize {
        let tables = self.tables.iter();
        let lines = tables.flat_map(|table| table.rows.iter().chain(Some(&table.header)));
        lines.flatten().map(|cell| cell.len() + 1).sum()
    }
}

impl Task {
    /// A task from the catalogue, not begun.
    pub fn from_catalogue(service: &str) -> Self {
        Self {
            id: service.to_owned(),
            title: None,
            place: None,
            url: None,
            at: Vec::new(),
            status: TaskStatus::Todo,
            note: None,
            follow_up_on: None,
            done_on: None,
            rows: Vec::new(),
        }
    }

    /// How many rows of the person are kept with it.
    pub fn row_count(&self) -> usize {
        self.rows.iter().map(ServiceRows::count).sum()
    }
}

/// How many of the tasks are no longer open, and how many there are.
pub fn progress(tasks: &[Task]) -> (usize, usize) {
    let done = tasks.iter().filter(|task| !task.status.is_open()).count();
    (done, tasks.len())
}
