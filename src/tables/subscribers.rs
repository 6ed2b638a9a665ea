//! Every address in the export of a mailing list, for checking it against the opt-outs. Nothing else of the file is
//! looked at: whoever is on the list may get mail.

use super::address::mailboxes;
use super::read::{Document, Table};
use super::{TableError, columns};

/// A mailing list: its addresses are read as they are asked for.
#[derive(Debug)]
pub struct Subscribers<'a> {
    document: Document<'a>,
    /// The tables with an address column; `None` for a plain list, where any cell may hold an address.
    lists: Vec<(Table, Option<usize>)>,
}

/// Opens the export of a mailing list.
///
/// # Errors
/// [`TableError::NoAddressColumn`] when the columns have names and none of them means mail address; the others as
/// [`Document::open`] gives them. A list with column names and no rows is [`TableError::NoRows`].
pub fn subscribers(bytes: &[u8]) -> Result<Subscribers<'_>, TableError> {
    let document = Document::open(bytes, columns::is_known)?;
    let lists = lists(&document)?;
    Ok(Subscribers { document, lists })
}

impl Subscribers<'_> {
    /// The line and the address, as written, for each address in the order of the file, duplicates included. Cells
    /// that hold no address are passed over.
    pub fn iter(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        self.lists.iter().flat_map(|(table, column)| {
            self.document.rows(table).flat_map(|row| {
                let cells = column.map_or_else(|| row.cells(), |column| vec![row.cell(column)]);
                let found = cells.iter().flat_map(|cell| mailboxes(cell));
                found
                    .map(|mailbox| (row.line, mailbox.email))
                    .collect::<Vec<_>>()
            })
        })
    }
}

/// The tables of a document that hold addresses, with the column. A summary of one row with less to say than its
/// neighbours is no list: it names the host of a Zoom session.
pub(super) fn lists(document: &Document<'_>) -> Result<Vec<(Table, Option<usize>)>, TableError> {
    let tables = document.tables();
    let telling = |table: &Table| {
        table
            .header
            .iter()
            .filter(|name| columns::is_known(&columns::key(name)))
            .count()
    };
    let most = tables
        .iter()
        .filter(|table| table.rows > 0)
        .map(telling)
        .max()
        .unwrap_or(0);
    let mut lists = Vec::new();
    for table in tables {
        let summary = table.rows <= 1 && tables.len() > 1 && telling(table) < most;
        let column = columns::address_column(&table.header);
        if (column.is_some() || is_plain(document, table)) && !summary {
            // In a list of one column every cell counts, however many somebody put on a line.
            lists.push((table.clone(), column.filter(|_| table.header.len() > 1)));
        }
    }
    let Some((first, _)) = lists.first() else {
        let (line, header) =
            tables
                .iter()
                .max_by_key(|table| telling(table))
                .map_or((1, Vec::new()), |table| {
                    (
                        table.line,
                        table
                            .header
                            .iter()
                            .filter(|name| !name.is_empty())
                            .cloned()
                            .collect(),
                    )
                });
        return Err(TableError::NoAddressColumn { line, header });
    };
    if lists.iter().all(|(table, _)| table.rows == 0) {
        return Err(TableError::NoRows { line: first.line });
    }
    Ok(lists)
}

/// A list without column names, or with a heading ("Afmeldte") over a single column of addresses.
pub(super) fn is_plain(document: &Document<'_>, table: &Table) -> bool {
    let first = || {
        document
            .rows(table)
            .next()
            .map(|row| row.cell(0))
            .unwrap_or_default()
    };
    table.header.is_empty() || (table.header.len() == 1 && !mailboxes(&first()).is_empty())
}
