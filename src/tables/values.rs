//! Cells of a table whose columns have roles: text, addresses, and dates that are read together.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::address::mailboxes;
use super::columns;
use super::dates::{self, Order, Trouble};
use super::flaws::{DateField, Flaw};
use super::read::{Document, Row, Table};

/// A cleaned cell, unless it is one of the ways of services to leave it empty.
pub(super) fn filled(row: &Row, column: Option<usize>) -> Option<String> {
    let cell = row.cell(column?);
    (!columns::is_empty(&cell)).then_some(cell)
}

/// The date columns of one table.
///
/// They are read by one order of day and month: whoever wrote `25/11/2026` into one of them did not mean March by the
/// `03/11/2026` beside it. Where two columns contradict each other, nothing decides.
#[derive(Debug)]
pub(super) struct DateCells {
    order: Order,
    /// Columns whose name says UTC.
    utc: Vec<usize>,
    zone: Tz,
}

impl DateCells {
    /// Looks through the columns once for what decides the order.
    pub(super) fn learn(
        document: &Document<'_>,
        table: &Table,
        date_columns: &[Option<usize>],
        zone: Tz,
    ) -> Self {
        let mut order = Order::default();
        let used: Vec<usize> = date_columns.iter().copied().flatten().collect();
        for row in document.rows(table) {
            for &column in &used {
                if let Some(written) = dates::read(&row.cell(column)) {
                    order.learn(&written);
                }
            }
        }
        let says_utc = |column: &usize| {
            let name = table.header.get(*column).map(|name| name.to_lowercase());
            name.is_some_and(|name| name.contains("utc") || name.contains("gmt"))
        };
        Self {
            order,
            utc: used.into_iter().filter(says_utc).collect(),
            zone,
        }
    }

    /// The date of a cell with its time of day; `None` when the cell is empty.
    ///
    /// # Errors
    /// The flaw, when something stands there that is not one certain day.
    pub(super) fn local(
        &self,
        row: &Row,
        column: Option<usize>,
        field: DateField,
    ) -> Result<Option<(NaiveDate, Option<NaiveTime>)>, Flaw> {
        let (Some(cell), Some(column)) = (filled(row, column), column) else {
            return Ok(None);
        };
        let written = dates::read(&cell).ok_or(Flaw::UnreadableDate(field))?;
        let utc = self.utc.contains(&column);
        written
            .local(self.order, utc, self.zone)
            .map(Some)
            .map_err(|trouble| match trouble {
                Trouble::Ambiguous => Flaw::AmbiguousDate(field),
                Trouble::Impossible => Flaw::UnreadableDate(field),
            })
    }

    /// The date of a cell.
    ///
    /// # Errors
    /// As [`DateCells::local`].
    pub(super) fn date(
        &self,
        row: &Row,
        column: Option<usize>,
        field: DateField,
    ) -> Result<Option<NaiveDate>, Flaw> {
        Ok(self.local(row, column, field)?.map(|(date, _)| date))
    }
}

/// The addresses of some columns, each once, with the name in front of one (`Mette <mette@example.dk>`).
#[derive(Debug, Default)]
pub(super) struct Addresses {
    pub(super) emails: Vec<String>,
    pub(super) name: Option<String>,
    /// Something else stands where an address should be.
    pub(super) odd: bool,
}

impl Addresses {
    pub(super) fn of(row: &Row, address_columns: &[usize]) -> Self {
        let mut found = Self::default();
        for column in address_columns.iter().take_while(|at| row.reaches(**at)) {
            let Some(cell) = filled(row, Some(*column)) else {
                continue;
            };
            let boxes = mailboxes(&cell);
            found.odd |= boxes.is_empty();
            for mailbox in boxes {
                let same = |known: &String| known.eq_ignore_ascii_case(&mailbox.email);
                if !found.emails.iter().any(same) {
                    found.emails.push(mailbox.email);
                }
                found.name = found.name.or(mailbox.name);
            }
        }
        found
    }
}

/// The first column whose role comes first among `roles` that satisfy `rank`.
pub(super) fn best<R: Copy>(roles: &[R], rank: impl Fn(R) -> Option<usize>) -> Option<usize> {
    let ranked = roles
        .iter()
        .enumerate()
        .filter_map(|(column, role)| Some((rank(*role)?, column)));
    ranked.min().map(|(_, column)| column)
}
