//! Opt-outs from the export of any service, or from a plain list.
//!
//! A file with a column about opting out gives the rows that opted out; the others are passed over, and only their
//! line and the reason remain. A file without one is taken for a list of opt-outs, every row of it: the caller shows
//! [`OptOutTable::basis`] and [`OptOutTable::doubts`], because a list of everybody looks just the same.
//!
//! Times without a zone are taken as local, except in Mailchimp's exports and in columns that say UTC: those are UTC.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::TableError;
use super::address::{Mailbox, comparable, mailboxes};
use super::columns::{self, key};
use super::plan::{Plan, Verdict};
use super::read::{Document, Row, Table};
use super::subscribers::lists;

/// What an export says about opt-outs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptOutTable {
    /// The people who opted out, each once.
    pub rows: Vec<OptOutRow>,
    /// Rows that were not taken.
    pub left_out: Vec<LeftOut>,
    /// Things to know about rows: dates that were not read, cells that may be in the wrong column.
    pub notes: Vec<Note>,
    /// What made a row an opt-out.
    pub basis: Basis,
    /// Names of columns that lists of opt-outs do not have, when every row was taken: worth asking before importing.
    pub doubts: Vec<String>,
}

impl OptOutTable {
    /// How many rows were left out for this reason.
    pub fn count(&self, why: Why) -> usize {
        self.left_out.iter().filter(|left| left.why == why).count()
    }
}

/// One person who opted out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptOutRow {
    /// The physical line of the file.
    pub line: usize,
    /// The address as written, cleaned.
    pub email: String,
    /// The name, when the file has one.
    pub name: Option<String>,
    /// The local date of the opt-out, when the file has one and it can be read.
    pub on: Option<NaiveDate>,
}

/// A row that was not taken. It holds nothing of the row itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The physical line of the file.
    pub line: usize,
    /// The reason.
    pub why: Why,
}

/// Something to know about a row, most often one that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// The physical line of the file.
    pub line: usize,
    /// What it is.
    pub why: Why,
}

/// What made a row an opt-out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// These columns say who opted out.
    Columns(Vec<String>),
    /// No column says anything about it: every row counts.
    EveryRow,
    /// Mailchimp's export of an audience that did not opt out: subscribed, not subscribed, or cleaned.
    NoOptOuts,
}

/// Reasons and remarks. None of them holds anything of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Left out: still on the list, or never was.
    NotOptedOut,
    /// Left out: the service gave the address up; that is no wish of the person.
    Cleaned,
    /// Left out: mail bounced; that is no wish of the person.
    Bounced,
    /// Left out: reported mail as spam but did not opt out. The owner should look.
    Complained,
    /// Left out: the column about opting out is empty or holds an unknown word.
    UnclearStatus,
    /// Left out: subscribed according to one column, with the date of an opt-out in another.
    Contradiction,
    /// Left out: the cell for the address is empty.
    NoAddress,
    /// Left out: the cell for the address holds something else.
    NotAnAddress,
    /// Left out: the same address was taken from an earlier line.
    Duplicate {
        /// That line.
        of: usize,
    },
    /// Left out: a table of the file that holds no list (the host of a session). The line is that of its header.
    OtherTable,
    /// Note: the date may be two different days, and nothing in its column decides.
    AmbiguousDate,
    /// Note: there is something in the date column that is no date.
    UnreadableDate,
    /// Note: the row has more or fewer cells than the header, so that a cell may stand in the wrong column.
    Ragged {
        /// How many it has.
        cells: usize,
        /// How many the header has.
        expected: usize,
    },
    /// Note: a quote was opened in this row and, it seems, never closed. Rows below it may be missing.
    OpenQuote,
}

/// Reads the opt-outs of an export. `zone` is the controller's: instants become its local dates.
///
/// # Errors
/// The file as a whole cannot be used: see [`TableError`], each with the line. Single rows never are an error.
pub fn opt_outs(bytes: &[u8], zone: Tz) -> Result<OptOutTable, TableError> {
    let document = Document::open(bytes, columns::is_known)?;
    let lists = lists(&document)?;
    let mut plans = Vec::new();
    for (table, address) in &lists {
        plans.push((table, Plan::make(&document, table, *address)));
    }
    // A file that says of some rows whether they opted out is no plain list, not even in its other tables.
    let mut named: Vec<String> = plans
        .iter()
        .flat_map(|(table, plan)| plan.deciding(table))
        .collect();
    named.sort();
    named.dedup();
    if !named.is_empty() {
        for (_, plan) in &mut plans {
            plan.every_row = false;
        }
    }
    let mut taking = Taking::new(zone);
    taking.pass_over(&document, &lists);
    for (table, plan) in &plans {
        for row in document.rows(table) {
            taking.row(plan, &row);
        }
    }
    let every_row = plans.iter().any(|(_, plan)| plan.every_row);
    let basis = match (named.is_empty(), every_row) {
        (false, _) => Basis::Columns(named),
        (true, true) => Basis::EveryRow,
        (true, false) => Basis::NoOptOuts,
    };
    let headers = lists
        .iter()
        .flat_map(|(table, _)| &table.header)
        .filter(|_| every_row);
    let doubts = headers
        .filter(|name| columns::is_foreign(&key(name)))
        .cloned()
        .collect();
    let Taking {
        rows,
        left_out,
        notes,
        ..
    } = taking;
    Ok(OptOutTable {
        rows,
        left_out,
        notes,
        basis,
        doubts,
    })
}

/// What has been taken and left out so far.
struct Taking {
    zone: Tz,
    rows: Vec<OptOutRow>,
    left_out: Vec<LeftOut>,
    notes: Vec<Note>,
    /// Where in `rows` each address is.
    seen: HashMap<String, usize>,
}

impl Taking {
    fn new(zone: Tz) -> Self {
        Self {
            zone,
            rows: Vec::new(),
            left_out: Vec::new(),
            notes: Vec::new(),
            seen: HashMap::new(),
        }
    }

    /// Names the tables of the file that no row is taken from.
    fn pass_over(&mut self, document: &Document<'_>, lists: &[(Table, Option<usize>)]) {
        let others = document.tables().iter().filter(|table| table.rows > 0);
        for other in others.filter(|table| !lists.iter().any(|(list, _)| list == *table)) {
            self.left_out.push(LeftOut {
                line: other.line,
                why: Why::OtherTable,
            });
        }
    }

    fn row(&mut self, plan: &Plan, row: &Row) {
        let line = row.line;
        if row.open_quote {
            self.notes.push(Note {
                line,
                why: Why::OpenQuote,
            });
        }
        // Whether the row opted out comes first: nothing is looked up or kept of anybody else.
        let (on, remark) = match plan.judge(row, self.zone) {
            Verdict::OptedOut(on, remark) => (on, remark),
            Verdict::Not(why) => {
                self.left_out.push(LeftOut { line, why });
                return;
            }
        };
        let cells = plan
            .address
            .map_or_else(|| row.cells(), |column| vec![row.cell(column)]);
        let mut taken = false;
        for cell in cells
            .iter()
            .filter(|cell| plan.address.is_some() || !cell.is_empty())
        {
            let found = mailboxes(cell);
            if found.is_empty() {
                let why = if columns::is_empty(cell) {
                    Why::NoAddress
                } else {
                    Why::NotAnAddress
                };
                self.left_out.push(LeftOut { line, why });
            }
            for mailbox in found {
                taken |= self.person(line, mailbox, plan.names.of(row), on);
            }
        }
        if taken {
            self.remark(plan, row, remark);
        }
    }

    fn person(
        &mut self,
        line: usize,
        mailbox: Mailbox,
        name: Option<String>,
        on: Option<NaiveDate>,
    ) -> bool {
        let of = *self
            .seen
            .entry(comparable(&mailbox.email))
            .or_insert(self.rows.len());
        if let Some(first) = self.rows.get(of) {
            let why = Why::Duplicate { of: first.line };
            self.left_out.push(LeftOut { line, why });
            return false;
        }
        self.rows.push(OptOutRow {
            line,
            email: mailbox.email,
            name: name.or(mailbox.name),
            on,
        });
        true
    }

    fn remark(&mut self, plan: &Plan, row: &Row, on_date: Option<Why>) {
        let line = row.line;
        let expected = plan.width;
        let cells = row.ragged(expected).filter(|_| plan.address.is_some());
        let ragged = cells.map(|cells| Why::Ragged { cells, expected });
        self.notes.extend(
            [on_date, ragged]
                .into_iter()
                .flatten()
                .map(|why| Note { line, why }),
        );
    }
}
