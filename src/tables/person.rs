//! The rows of one person in the export of a service: for the copy she has a right to (GDPR art. 15(3)).
//!
//! The rows of everybody else are read past: nothing of them leaves this function.

use std::collections::BTreeSet;

use super::address::mailboxes;
use super::columns::{self, Role, key, role};
use super::names::Names;
use super::read::{Document, Row, Table};
use super::{TableError, subscribers};
use crate::domain::person::normalise;
use crate::domain::text::fold;

/// What an export holds on one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonRows {
    /// The tables that hold any, in the order of the file.
    pub tables: Vec<PersonTable>,
    /// How many rows were looked through.
    pub searched: usize,
    /// Lines of rows in which a quote was perhaps never closed, and which are hers or hold an address of hers: such a row
    /// may hold rows of others, or one of others hers.
    pub doubtful: Vec<usize>,
}

/// Her rows in one table of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTable {
    /// The column names; empty for a list without any.
    pub header: Vec<String>,
    /// The rows, as cells.
    pub rows: Vec<Vec<String>>,
    /// The table has no column with addresses, so that the name alone spoke for them.
    pub by_name: bool,
}

/// Takes the rows of a person out of an export: by any of her addresses, compared as `domain::person::normalise` does;
/// by her name only in a table without addresses.
///
/// # Errors
/// The file as a whole cannot be used: see [`TableError`], each with the line.
pub fn rows_of(
    bytes: &[u8],
    addresses: &BTreeSet<String>,
    name: &str,
) -> Result<PersonRows, TableError> {
    let document = Document::open(bytes, columns::is_known)?;
    let name = fold(name.trim());
    let mut found = PersonRows::default();
    let mut usable = false;
    for table in document.tables() {
        let Some(by) = By::of(&document, table) else {
            continue;
        };
        usable = true;
        let mut rows = Vec::new();
        for row in document.rows(table) {
            // Counted here: with the columns known, a row that swallowed others is taken apart.
            found.searched += 1;
            let is_hers = by.is_hers(&row, addresses, &name);
            let cells = if is_hers || row.open_quote {
                row.cells()
            } else {
                continue;
            };
            if row.open_quote && (is_hers || mentions(&cells, addresses)) {
                found.doubtful.push(row.line);
            }
            if is_hers {
                rows.push(cells);
            }
        }
        if !rows.is_empty() {
            found.tables.push(PersonTable {
                header: table.header.clone(),
                rows,
                by_name: matches!(by, By::Name(_)),
            });
        }
    }
    if !usable {
        let first = document.tables().first();
        return Err(TableError::NoAddressColumn {
            line: first.map_or(1, |table| table.line),
            header: first.map(|table| table.header.clone()).unwrap_or_default(),
        });
    }
    if found.searched == 0 {
        let line = document.tables().first().map_or(1, |table| table.line);
        return Err(TableError::NoRows { line });
    }
    Ok(found)
}

/// Whether one of the addresses stands anywhere in the cells.
fn mentions(cells: &[String], addresses: &BTreeSet<String>) -> bool {
    let is_apart = |c: char| c.is_whitespace() || ",;|<>\"'()".contains(c);
    let mut words = cells.iter().flat_map(|cell| cell.split(is_apart));
    words.any(|word| word.contains('@') && addresses.contains(&normalise(word)))
}

/// By what the rows of a table are told apart.
enum By {
    /// The columns whose name says that they hold the address of the row's person.
    Addresses(Vec<usize>),
    /// A list without column names: any cell.
    AnyCell,
    /// No addresses at all.
    Name(Names),
}

impl By {
    fn of(document: &Document<'_>, table: &Table) -> Option<Self> {
        if subscribers::is_plain(document, table) {
            return Some(Self::AnyCell);
        }
        let keys: Vec<String> = table.header.iter().map(|name| key(name)).collect();
        if let Some(best) = columns::address_column(&table.header) {
            // Zoom has "User Email" twice: that of the host, and that of the participant.
            let same = keys
                .iter()
                .enumerate()
                .filter(|(_, key)| **key == keys[best]);
            return Some(Self::Addresses(same.map(|(at, _)| at).collect()));
        }
        // "Buyer email", "Mail (arbejde)": any other column of addresses, when there is but one.
        let mut candidates: Vec<usize> = keys
            .iter()
            .enumerate()
            .filter(|(_, key)| key.contains("mail") || key.contains("epost"))
            .map(|(at, _)| at)
            .collect();
        let mut other = Vec::new();
        for row in document.rows(table) {
            // Two are too many already.
            if candidates.is_empty() || other.len() > 1 {
                break;
            }
            let here = candidates.iter().take_while(|at| row.reaches(**at));
            let holds_one = |at: &usize| !mailboxes(&row.cell(*at)).is_empty();
            let found: Vec<usize> = here.copied().filter(holds_one).collect();
            if !found.is_empty() {
                other.extend(found.into_iter().take(2));
                candidates.retain(|at| !other.contains(at));
            }
        }
        if let [only] = other.as_slice() {
            return Some(Self::Addresses(vec![*only]));
        }
        let mut names = Names::default();
        for (at, key) in keys.iter().enumerate() {
            let part: Role = role(key);
            names.take(part, at);
        }
        (other.is_empty() && !names.is_empty()).then_some(Self::Name(names))
    }

    fn is_hers(&self, row: &Row, addresses: &BTreeSet<String>, name: &str) -> bool {
        let holds_hers = |cell: &str| {
            mailboxes(cell)
                .iter()
                .any(|mailbox| addresses.contains(&normalise(&mailbox.email)))
        };
        match self {
            Self::Addresses(columns) => columns
                .iter()
                .take_while(|at| row.reaches(**at))
                .any(|at| holds_hers(&row.cell(*at))),
            Self::AnyCell => row.cells().iter().any(|cell| holds_hers(cell)),
            Self::Name(names) => {
                !name.is_empty()
                    && names
                        .of(row)
                        .is_some_and(|other| fold(other.trim()) == name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mette(file: &str) -> PersonRows {
        let addresses = ["mette@x.example".to_owned(), "m@y.example".to_owned()].into();
        rows_of(file.as_bytes(), &addresses, "Mette Testesen").unwrap()
    }

    fn shown(found: &PersonRows) -> Vec<String> {
        found
            .tables
            .iter()
            .flat_map(|table| table.rows.iter().map(|row| row.join("|")))
            .collect()
    }

    #[test]
    fn any_of_her_addresses_and_nobody_elses() {
        let found = mette(
            "Email,Name\nMETTE+kursus@X.example,Mette\nole@x.example,Mette Testesen\n\
             \"Mette <m@y.example>\",M\nmette@x.example.evil.example,Mette\n",
        );
        assert_eq!(
            shown(&found),
            ["METTE+kursus@X.example|Mette", "Mette <m@y.example>|M"]
        );
        assert_eq!(found.searched, 4);
        assert!(!found.tables[0].by_name);
    }

    /// A friend whom she recommended, or who recommended her, is another person.
    #[test]
    fn the_address_of_the_row_decides_not_one_beside_it() {
        let found = mette("Email,Referrer email\nole@x.example,mette@x.example\n");
        assert_eq!(shown(&found), Vec::<String>::new());
    }

    /// However many quotes stand open above her row and in it, the rows below it are read past.
    #[test]
    fn open_quotes_never_give_her_the_rows_below() {
        for open in 0..50 {
            let file = format!(
                "Email,Note,Hold\n{}mette@x.example,\"hej\nole@x.example,Oles egen sag,3\n",
                "a@x.example,\"x\n".repeat(open)
            );
            assert_eq!(shown(&mette(&file)), ["mette@x.example|hej"], "{open}");
        }
    }

    /// Two quotes that were never closed and the right number of cells: it may be a note that quotes a list.
    #[test]
    fn a_row_that_may_hold_another_is_told() {
        for (file, doubtful) in [
            (
                "Email,Note\nmette@x.example,\"hej\nole@x.example,\"\nida@x.example,x\n",
                vec![2],
            ),
            (
                "Email,Note\nole@x.example,\"hej\nmette@x.example,\"\nm@y.example,x\n",
                vec![2],
            ),
            (
                "Email,Note\nole@x.example,\"hej\nida@x.example,\"\nmette@x.example,x\n",
                vec![],
            ),
        ] {
            assert_eq!(mette(file).doubtful, doubtful, "{file}");
        }
    }

    #[test]
    fn by_name_only_where_there_is_no_address() {
        let found = mette("Fornavn;Efternavn;Hold\nMette;Testesen;3\nMette;Prøve;3\n");
        assert_eq!(shown(&found), ["Mette|Testesen|3"]);
        assert!(found.tables[0].by_name);
        let nameless = rows_of(b"Name,Team\n,3\n", &BTreeSet::new(), "").unwrap();
        assert_eq!(nameless.tables, []);
    }

    #[test]
    fn plain_lists_and_odd_columns() {
        assert_eq!(
            shown(&mette("ole@x.example\nmette@x.example\n")),
            ["mette@x.example"]
        );
        assert_eq!(
            shown(&mette("Name,Buyer email\nA,ole@x.example\nB,m@y.example\n")),
            ["B|m@y.example"]
        );
        assert!(matches!(
            rows_of(b"Product,Plan\nA,3\n", &BTreeSet::new(), "Mette"),
            Err(TableError::NoAddressColumn { line: 1, .. })
        ));
    }
}
