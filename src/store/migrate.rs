//! From the formats of earlier programs to this one's: a table of steps, each in a transaction of its own, after the
//! file was set aside as it was.
//!
//! A step changes raw rows and knows only the tables of its time; nothing here decodes a record.

use redb::{
    Database, ReadOnlyDatabase, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction,
};

use super::indexes::add;
use super::tables::{
    CLOSED, CLOSED_ON, DRAFTS, FILES, FILES_OF, FORMAT, ITEMS, LOAD, MESSAGES, META, META_FORMAT,
    OPEN, RETENTION, RETENTION_ON, SEARCH, SEARCHED, SEARCHED_BEFORE, UNSEARCHED,
};
use super::view::View;
use super::{StoreError, spans};

/// Leads from the format before it to `to`.
struct Step {
    to: u32,
    run: fn(&WriteTransaction) -> Result<(), StoreError>,
}

/// Every step there ever was, in order.
const STEPS: &[Step] = &[
    Step {
        to: 2,
        run: attention_apart_from_act_by,
    },
    Step {
        to: 3,
        run: files_with_records,
    },
    Step {
        to: 4,
        run: counts_by_day_and_search,
    },
    Step {
        to: 5,
        run: erasing_counted_by_spans,
    },
];

/// The format of a file that an earlier program wrote; `None` when it is this program's, a newer one's, or none.
pub(super) fn older_format(database: &ReadOnlyDatabase) -> Result<Option<u32>, StoreError> {
    older(View::of_read(&database.begin_read()?))
}

/// As [`older_format`], of a file that is open for writing.
pub(super) fn older_format_of(database: &Database) -> Result<Option<u32>, StoreError> {
    older(View::of_read(&database.begin_read()?))
}

fn older(looked: Result<View<'_>, StoreError>) -> Result<Option<u32>, StoreError> {
    match looked {
        Err(StoreError::Older { found }) => Ok(Some(found)),
        Err(error) => Err(error),
        Ok(_) => Ok(None),
    }
}

/// Takes the steps from format `found` on.
pub(super) fn run(database: &Database, found: u32) -> Result<(), StoreError> {
    for step in STEPS.iter().filter(|step| step.to > found) {
        let mut write = database.begin_write()?;
        write.set_quick_repair(true);
        (step.run)(&write)?;
        write
            .open_table(META)?
            .insert(META_FORMAT, step.to.to_le_bytes().as_slice())?;
        write.commit()?;
    }
    debug_assert_eq!(STEPS.last().map(|step| step.to), Some(FORMAT));
    Ok(())
}

/// Format 2: a record can want attention before its `act_by`, so the index of open records holds both; and there are
/// tables for drafts and for the Message-IDs of cases, which the first change fills. Until then the day of attention was `act_by` wherever a `due` followed.
fn attention_apart_from_act_by(write: &WriteTransaction) -> Result<(), StoreError> {
    const OPEN_1: TableDefinition<'_, (u8, u32, u64), u32> = TableDefinition::new("open");
    const OPEN_2: TableDefinition<'_, (u8, u32, u64), (u32, u32)> = TableDefinition::new("open");
    const ATTENTION_1: TableDefinition<'_, u64, (u32, u32)> = TableDefinition::new("attention");
    const ATTENTION_2: TableDefinition<'_, u64, (u32, u32, u32)> =
        TableDefinition::new("attention");
    let act_by = |day: u32, due: u32| if due == 0 { 0 } else { day };

    let mut open = Vec::new();
    for row in write.open_table(OPEN_1)?.iter()? {
        let (key, due) = row?;
        open.push((key.value(), due.value()));
    }
    write.delete_table(OPEN_1)?;
    let mut table = write.open_table(OPEN_2)?;
    for ((scope, day, id), due) in open {
        table.insert((scope, day, id), (act_by(day, due), due))?;
    }

    let mut attention = Vec::new();
    for row in write.open_table(ATTENTION_1)?.iter()? {
        let (id, days) = row?;
        attention.push((id.value(), days.value()));
    }
    write.delete_table(ATTENTION_1)?;
    let mut table = write.open_table(ATTENTION_2)?;
    for (id, (day, due)) in attention {
        table.insert(id, (day, act_by(day, due), due))?;
    }

    write.open_table(DRAFTS)?;
    write.open_table(MESSAGES)?;
    Ok(())
}

/// Format 3: files are kept with records. Until then only their mails' texts were.
fn files_with_records(write: &WriteTransaction) -> Result<(), StoreError> {
    write.open_table(FILES)?;
    write.open_table(FILES_OF)?;
    Ok(())
}

/// How many [`RETENTION`] had of a day, in format 4.
const RETENTION_ON_4: TableDefinition<'_, u32, u64> = TableDefinition::new("retention_on");

/// Format 4: what is open and what was closed is counted by day, and there is an index of the words, which the changes to
/// come fill bit by bit. Until then every record was read for that.
fn counts_by_day_and_search(write: &WriteTransaction) -> Result<(), StoreError> {
    let mut load = write.open_table(LOAD)?;
    for row in write.open_table(OPEN)?.iter()? {
        let (key, dates) = row?;
        let ((scope, day, _), (act_by, due)) = (key.value(), dates.value());
        add(&mut load, (scope, day, act_by, due))?;
    }
    let mut closed_on = write.open_table(CLOSED_ON)?;
    for row in write.open_table(CLOSED)?.iter()? {
        let (scope, day, _) = row?.0.value();
        add(&mut closed_on, (scope, day))?;
    }
    let mut retention_on = write.open_table(RETENTION_ON_4)?;
    for row in write.open_table(RETENTION)?.iter()? {
        let (day, _) = row?.0.value();
        add(&mut retention_on, day)?;
    }
    let mut unsearched = write.open_table(UNSEARCHED)?;
    for row in write.open_table(ITEMS)?.iter()? {
        unsearched.insert(row?.0.value(), ())?;
    }
    write.open_table(SEARCH)?;
    write.open_table(SEARCHED)?;
    write.open_table(SEARCHED_BEFORE)?;
    Ok(())
}

/// Format 5: what is to be erased is counted by spans of days; until then by single days. Values may be packed, and are as
/// they are written: what lies there stays as it is and can be read as before.
fn erasing_counted_by_spans(write: &WriteTransaction) -> Result<(), StoreError> {
    write.delete_table(RETENTION_ON_4)?;
    let mut retention_on = write.open_table(RETENTION_ON)?;
    for row in write.open_table(RETENTION)?.iter()? {
        let (day, _) = row?.0.value();
        for span in spans::around(day) {
            add(&mut retention_on, span)?;
        }
    }
    Ok(())
}
