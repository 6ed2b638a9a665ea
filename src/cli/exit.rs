//! Exit codes (CONTRACT), and which error has which.

use crate::domain::refusal::Refusal;
use crate::ops::OpError;
use crate::ops::backup::{BackupError, Unusable};
use crate::store::StoreError;

/// An exit code of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done = 0,
    /// Refused by a rule.
    Refused = 1,
    /// Usage.
    Usage = 2,
    /// No such id.
    NoSuchId = 3,
    /// An input file cannot be used.
    BadInput = 4,
    /// `--exit-code` was given and there is something to act on.
    ActNow = 10,
    /// The store is damaged or from a newer version.
    Damaged = 65,
    /// A defect in the program.
    Defect = 70,
    /// Reading or writing failed.
    Io = 74,
    /// The store is busy.
    Busy = 75,
}

impl Exit {
    /// The number.
    pub(super) const fn code(self) -> u8 {
        self as u8
    }

    /// A stable word for scripts (`kind` in JSON errors), for errors that have no finer one.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Usage => "usage",
            Self::NoSuchId => "no-such-id",
            Self::BadInput => "bad-input",
            Self::ActNow => "act-now",
            Self::Damaged => "damaged",
            Self::Defect => "defect",
            Self::Io => "io",
            Self::Busy => "busy",
        }
    }

    /// The code of an error.
    pub(super) fn of(error: &OpError) -> Self {
        match error {
            OpError::NoSuchId(_)
            | OpError::BadId(_, crate::store::IdProblem::Unknown(_))
            | OpError::Refused(
                Refusal::NoSuchTask { .. }
                | Refusal::NoSuchCopy { .. }
                | Refusal::NoSuchFile { .. },
            ) => Self::NoSuchId,
            OpError::Refused(_) | OpError::Exists(_) => Self::Refused,
            OpError::BadId(_, crate::store::IdProblem::Ambiguous(_))
            | OpError::NoMailbox
            | OpError::NoSending => Self::Usage,
            OpError::Backup(error) => Self::of_backup(error),
            OpError::Store(StoreError::Busy { .. }) => Self::Busy,
            OpError::Store(
                StoreError::Foreign
                | StoreError::Newer { .. }
                | StoreError::Older { .. }
                | StoreError::Damaged { .. },
            ) => Self::Damaged,
            OpError::Store(StoreError::Io { .. } | StoreError::Gone { .. })
            | OpError::Unwritable { .. }
            | OpError::NotMoved { .. }
            | OpError::Mailbox { .. }
            | OpError::NotSent { .. }
            | OpError::MaybeSent { .. }
            | OpError::SentUnrecorded { .. } => Self::Io,
            OpError::Store(StoreError::Unwritable { .. }) => Self::Defect,
            OpError::Unreadable { .. }
            | OpError::BadCatalogue { .. }
            | OpError::BadRules { .. }
            | OpError::BadTemplate { .. }
            | OpError::BadMail { .. }
            | OpError::DoubtfulList { .. }
            | OpError::BadTable { .. } => Self::BadInput,
        }
    }

    fn of_backup(error: &BackupError) -> Self {
        match error {
            BackupError::Exists(_) | BackupError::IsTheStore(_) | BackupError::Terminal => {
                Self::Usage
            }
            BackupError::WouldReplace { .. } => Self::Refused,
            // A newer program's store wants a newer program, wherever it lies.
            BackupError::Unusable {
                why: Unusable::Store(StoreError::Newer { .. }),
                ..
            } => Self::Damaged,
            BackupError::Unusable { .. } => Self::BadInput,
        }
    }
}
