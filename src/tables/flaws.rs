//! What is wrong with a row of a list of recordings or requests: why it was left out, or why it is doubtful although
//! it was taken. None of it holds anything of a person.

/// A row and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flawed {
    /// The physical line of the file.
    pub line: usize,
    /// What it is.
    pub flaw: Flaw,
}

/// Which date of a row is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateField {
    /// Of the session.
    Recorded,
    /// On which the link was sent.
    LinkSent,
    /// On which the link stops working.
    LinkExpires,
    /// On which a request came.
    Received,
    /// On which it was closed.
    Closed,
}

impl DateField {
    /// The key under which `i18n` names it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::LinkSent => "link-sent",
            Self::LinkExpires => "link-expires",
            Self::Received => "received",
            Self::Closed => "closed",
        }
    }
}

/// What is wrong with a row. Whether it was left out or taken all the same is decided by where it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// There is no date to go by.
    NoDate(DateField),
    /// The date may be two different days, and nothing in its table decides.
    AmbiguousDate(DateField),
    /// There is something where a date should be that is none.
    UnreadableDate(DateField),
    /// Neither a title nor a client is named.
    NothingNamed,
    /// The recording names no client.
    NoClient,
    /// The row is about the host of the session.
    HostRow,
    /// The same recording or request stands on an earlier line.
    Repeated {
        /// That line.
        of: usize,
    },
    /// Another person took part in the session of an earlier line.
    AnotherParticipant {
        /// That line.
        of: usize,
    },
    /// Neither a name nor an address is given.
    NobodyNamed,
    /// The cell for the address holds something else.
    NotAnAddress,
    /// The kind is not known, or it is several.
    UnknownKind,
    /// There is no kind.
    NoKind,
    /// The outcome is not known.
    UnknownOutcome,
    /// It is closed, and nothing says how it ended.
    NoOutcome,
    /// The channel is not known.
    UnknownChannel,
    /// The status is not known.
    UnknownStatus,
    /// It is closed, and nothing says when.
    ClosedWithoutDate,
    /// It is open by one column and closed by another.
    OpenAndClosed,
    /// A table of the file that holds none of what was looked for. The line is that of its header.
    OtherTable,
    /// A quote was opened in this row and, it seems, never closed. Rows below it may be missing.
    OpenQuote,
    /// The row has more or fewer cells than the header, so that a cell may stand in the wrong column.
    Ragged {
        /// How many it has.
        cells: usize,
        /// How many the header has.
        expected: usize,
    },
}

impl Flaw {
    /// The key under which `i18n` has its sentence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoDate(_) => "no-date",
            Self::AmbiguousDate(_) => "ambiguous",
            Self::UnreadableDate(_) => "unreadable",
            Self::NothingNamed => "nothing-named",
            Self::NoClient => "no-client",
            Self::HostRow => "host",
            Self::Repeated { .. } => "repeated",
            Self::AnotherParticipant { .. } => "another-participant",
            Self::NobodyNamed => "nobody-named",
            Self::NotAnAddress => "not-an-address",
            Self::UnknownKind => "unknown-kind",
            Self::NoKind => "no-kind",
            Self::UnknownOutcome => "unknown-outcome",
            Self::NoOutcome => "no-outcome",
            Self::UnknownChannel => "unknown-channel",
            Self::UnknownStatus => "unknown-status",
            Self::ClosedWithoutDate => "closed-without-date",
            Self::OpenAndClosed => "open-and-closed",
            Self::OtherTable => "other-table",
            Self::OpenQuote => "open-quote",
            Self::Ragged { .. } => "ragged",
        }
    }
}
