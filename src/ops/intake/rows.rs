//! The rows of one person in a service's export, kept with the task that asked for them.

use std::path::Path;

use super::tables::{bad_table, read};
use crate::domain::conduct;
use crate::domain::person::Person;
use crate::domain::task::{RowTable, ServiceRows};
use crate::mail::clean;
use crate::ops::{Desk, Done, OpError, Target};
use crate::tables::person::rows_of;

/// What was taken out of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsTaken {
    /// What the operation did.
    pub done: Done,
    /// The name of the file.
    pub file_name: String,
    /// How many rows are hers.
    pub rows: usize,
    /// How many of them were found by her name alone, in a table without addresses.
    pub by_name: usize,
    /// Lines of the file in which a quote was perhaps never closed, so that a row may hold another.
    pub doubtful: Vec<usize>,
}

impl Desk {
    /// Takes the rows of the person out of a service's export, keeps them with the task, and ticks it off. Rows of
    /// other people are read past and never stored.
    ///
    /// # Errors
    /// [`OpError::BadTable`] when the file cannot be used; [`OpError::Refused`] when it holds no row of hers.
    pub fn take_rows(
        &self,
        target: Target,
        task: &str,
        note: Option<&str>,
        path: &Path,
    ) -> Result<RowsTaken, OpError> {
        self.must_write()?;
        let moment = self.clock.moment();
        let bytes = read(path)?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let file_name = clean::line(&file_name);
        let search = |person: &Person| {
            rows_of(&bytes, &person.addresses(), &person.name)
                .map_err(|source| bad_table(path, source))
        };
        // A large file is read through while nobody waits for the store.
        let seen = self.store.read(|view| view.get(target.id))?;
        let seen = seen.ok_or(OpError::NoSuchId(target.id))?.person().clone();
        let found = search(&seen)?;
        self.store.write(self.writer(moment), |tx| {
            let item = tx.get(target.id)?.ok_or(OpError::NoSuchId(target.id))?;
            let found = if *item.person() == seen {
                found
            } else {
                search(item.person())?
            };
            let by_name = found
                .tables
                .iter()
                .filter(|table| table.by_name)
                .map(|table| table.rows.len())
                .sum();
            let kept = |table: crate::tables::person::PersonTable| RowTable {
                header: table.header,
                rows: table.rows,
            };
            let rows = ServiceRows {
                file_name: file_name.clone(),
                on: moment.today,
                tables: found.tables.into_iter().map(kept).collect(),
            };
            let count = rows.count();
            let event = conduct::take_rows(&item, task, rows, found.searched, note, moment)?;
            let after = tx.record(target.id, &event)?;
            Ok(RowsTaken {
                done: Done {
                    items: vec![after],
                    ..Done::default()
                },
                file_name: file_name.clone(),
                rows: count,
                by_name,
                doubtful: found.doubtful,
            })
        })
    }
}
