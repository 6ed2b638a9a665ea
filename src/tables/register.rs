//! An old register of requests, as people keep it in a spreadsheet: who asked for what, when, and how it ended.
//!
//! Words are read in Danish and English, by their stems. What is not understood is never turned into something else
//! in silence: the row is taken as far as it goes, its own words kept, and the doubt reported.

mod words;

use chrono::NaiveDate;
use chrono_tz::Tz;

use self::words::{Status, channel_of, kind_of, outcome_of, status_of};
use super::columns::{self, key};
use super::flaws::{DateField, Flaw, Flawed};
use super::names::Names;
use super::read::{Document, Row, Table};
use super::values::{Addresses, DateCells, best, filled};
use super::{TableError, Wanted};
use crate::domain::request::{Channel, Kind, Outcome};

/// What a register holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterTable {
    /// The requests.
    pub rows: Vec<RegisterRow>,
    /// Rows that were not taken.
    pub left_out: Vec<Flawed>,
    /// What is doubtful about rows that were.
    pub notes: Vec<Flawed>,
}

/// One request of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// The physical line of the file.
    pub line: usize,
    /// What was asked for; [`Kind::Other`] when its words are not understood.
    pub kind: Kind,
    /// Who asked.
    pub name: Option<String>,
    /// Her addresses.
    pub emails: Vec<String>,
    /// Local date of arrival.
    pub received_on: NaiveDate,
    /// How it came.
    pub channel: Channel,
    /// When and how it ended; `None` for one that is still open.
    pub closed: Option<(NaiveDate, Outcome)>,
    /// The subject.
    pub subject: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The remark.
    pub note: Option<String>,
    /// Words of the register that were not understood, each with the name of its column.
    pub unread: Vec<(String, String)>,
}

/// What is made of a column. The number is the place in its list of words: the lower one is taken where there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Kind(usize),
    Received(usize),
    Closed(usize),
    Status,
    Outcome,
    Channel,
    Note,
    Subject,
    Text,
    Name(columns::Role),
    Address,
    Other,
}

const KINDS: &[&str] = &[
    "kind",
    "requesttype",
    "requestkind",
    "typeofrequest",
    "anmodningstype",
    "typeafanmodning",
    "art",
    "type",
    "slags",
    "anmodning",
    "rettighed",
    "henvendelse",
    "request",
];
const RECEIVED: &[&str] = &[
    "receivedon",
    "received",
    "receivedat",
    "datereceived",
    "receiveddate",
    "modtaget",
    "modtagetden",
    "modtagelsesdato",
    "datomodtaget",
    "indkommet",
    "requestdate",
    "anmodningsdato",
    "henvendelsesdato",
    "dato",
    "date",
    "created",
    "oprettet",
];
/// Those from `answered` on say besides that an answer was sent.
const CLOSED: &[&str] = &[
    "closedon",
    "closed",
    "dateclosed",
    "closeddate",
    "lukket",
    "lukketden",
    "datolukket",
    "afsluttet",
    "afsluttetden",
    "completed",
    "completedon",
    "datecompleted",
    "resolved",
    "resolvedon",
    "answered",
    "answeredon",
    "dateanswered",
    "responded",
    "respondedon",
    "responsedate",
    "besvaret",
    "besvaretden",
    "svardato",
    "svarsendt",
];

fn role(key: &str) -> Role {
    let rank = |words: &[&str]| words.iter().position(|word| *word == key);
    match key {
        "status" | "tilstand" | "state" => Role::Status,
        "outcome" | "udfald" | "resultat" | "result" | "afgørelse" | "decision" => Role::Outcome,
        "channel" | "kanal" | "via" | "source" | "kilde" => Role::Channel,
        "note" | "notes" | "noter" | "bemærkning" | "bemærkninger" | "comment" | "comments"
        | "kommentar" | "kommentarer" | "remarks" => Role::Note,
        "subject" | "emne" | "title" | "titel" => Role::Subject,
        "text" | "tekst" | "message" | "besked" | "indhold" | "description" | "beskrivelse" => {
            Role::Text
        }
        _ => rank(KINDS)
            .map(Role::Kind)
            .or_else(|| rank(RECEIVED).map(Role::Received))
            .or_else(|| rank(CLOSED).map(Role::Closed))
            .unwrap_or_else(|| match columns::role(key) {
                columns::Role::Address(_) => Role::Address,
                name @ (columns::Role::FullName
                | columns::Role::FirstName
                | columns::Role::MiddleName
                | columns::Role::LastName) => Role::Name(name),
                _ if matches!(
                    key,
                    "person" | "denregistrerede" | "datasubject" | "requester"
                ) =>
                {
                    Role::Name(columns::Role::FullName)
                }
                _ => Role::Other,
            }),
    }
}

fn is_known(key: &str) -> bool {
    role(key) != Role::Other
}

/// The columns of one table.
#[derive(Debug)]
struct Columns {
    kind: Option<usize>,
    received: Option<usize>,
    closed: Option<usize>,
    /// The column for the closing says that an answer was sent.
    closed_by_answer: bool,
    status: Option<usize>,
    outcome: Option<usize>,
    channel: Option<usize>,
    note: Option<usize>,
    subject: Option<usize>,
    text: Option<usize>,
    names: Names,
    addresses: Vec<usize>,
    header: Vec<String>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let roles: Vec<Role> = table.header.iter().map(|name| role(&key(name))).collect();
        let one = |wanted: Role| roles.iter().position(|role| *role == wanted);
        let mut names = Names::default();
        let mut addresses = Vec::new();
        for (at, role) in roles.iter().enumerate() {
            match role {
                Role::Name(part) => drop(names.take(*part, at)),
                Role::Address => addresses.push(at),
                _ => {}
            }
        }
        let closed = best(&roles, |role| match role {
            Role::Closed(rank) => Some(rank),
            _ => None,
        });
        let answers = CLOSED.iter().position(|word| *word == "answered");
        Self {
            kind: best(&roles, |role| match role {
                Role::Kind(rank) => Some(rank),
                _ => None,
            }),
            received: best(&roles, |role| match role {
                Role::Received(rank) => Some(rank),
                _ => None,
            }),
            closed,
            closed_by_answer: closed.is_some_and(
                |at| matches!(roles.get(at), Some(Role::Closed(rank)) if answers <= Some(*rank)),
            ),
            status: one(Role::Status),
            outcome: one(Role::Outcome),
            channel: one(Role::Channel),
            note: one(Role::Note),
            subject: one(Role::Subject),
            text: one(Role::Text),
            names,
            addresses,
            header: table.header.clone(),
        }
    }

    /// Whether the table can be a register: it has dates of receipt, and says whose.
    fn fits(&self) -> bool {
        self.received.is_some() && !(self.names.is_empty() && self.addresses.is_empty())
    }

    fn name_of(&self, column: Option<usize>) -> String {
        let name = column.and_then(|at| self.header.get(at));
        name.cloned().unwrap_or_default()
    }
}

/// Reads a register of requests. `zone` is the controller's: instants become its local dates.
///
/// # Errors
/// The file as a whole cannot be used: see [`TableError`], each with the line. Single rows never are an error.
pub fn register(bytes: &[u8], zone: Tz) -> Result<RegisterTable, TableError> {
    let document = Document::open(bytes, is_known)?;
    let mut taken = RegisterTable::default();
    let (mut registers, mut rows) = (0, 0);
    for table in document.tables() {
        let columns = Columns::of(table);
        if !columns.fits() {
            if table.rows > 0 {
                let line = table.line;
                let flaw = Flaw::OtherTable;
                taken.left_out.push(Flawed { line, flaw });
            }
            continue;
        }
        registers += 1;
        rows += table.rows;
        let dates = DateCells::learn(&document, table, &[columns.received, columns.closed], zone);
        for row in document.rows(table) {
            let line = row.line;
            let mut reading = Reading {
                columns: &columns,
                dates: &dates,
                row: &row,
                unread: Vec::new(),
                flaws: Vec::new(),
            };
            match reading.request() {
                Ok(request) => {
                    let flaws = reading.flaws.into_iter();
                    taken.notes.extend(flaws.map(|flaw| Flawed { line, flaw }));
                    taken.rows.push(request);
                }
                Err(flaw) => taken.left_out.push(Flawed { line, flaw }),
            }
        }
    }
    let first = document.tables().first();
    let line = first.map_or(1, |table| table.line);
    if registers == 0 {
        return Err(TableError::OtherColumns {
            line,
            header: first.map(|table| table.header.clone()).unwrap_or_default(),
            wanted: Wanted::Requests,
        });
    }
    if rows == 0 {
        return Err(TableError::NoRows { line });
    }
    Ok(taken)
}

/// One row being read.
struct Reading<'a> {
    columns: &'a Columns,
    dates: &'a DateCells,
    row: &'a Row,
    unread: Vec<(String, String)>,
    flaws: Vec<Flaw>,
}

impl Reading<'_> {
    fn cell(&self, column: Option<usize>) -> Option<String> {
        filled(self.row, column)
    }

    /// Keeps a word that was not understood, and notes why.
    fn keep(&mut self, column: Option<usize>, word: String, flaw: Flaw) {
        self.flaws.push(flaw);
        self.unread.push((self.columns.name_of(column), word));
    }

    fn request(&mut self) -> Result<RegisterRow, Flaw> {
        let (columns, row) = (self.columns, self.row);
        let people = Addresses::of(row, &columns.addresses);
        let name = columns.names.of(row).or(people.name.clone());
        if name.is_none() && people.emails.is_empty() {
            return Err(Flaw::NobodyNamed);
        }
        let received_on = self
            .dates
            .date(row, columns.received, DateField::Received)?
            .ok_or(Flaw::NoDate(DateField::Received))?;
        let closed = self.closed()?;
        if row.open_quote {
            self.flaws.push(Flaw::OpenQuote);
        }
        if people.odd {
            self.flaws.push(Flaw::NotAnAddress);
        }
        let expected = columns.header.len();
        let ragged = row.ragged(expected);
        self.flaws
            .extend(ragged.map(|cells| Flaw::Ragged { cells, expected }));
        Ok(RegisterRow {
            line: row.line,
            kind: self.kind(),
            name,
            emails: people.emails,
            received_on,
            channel: self.channel(),
            closed,
            subject: self.cell(columns.subject),
            text: self.cell(columns.text),
            note: self.cell(columns.note),
            unread: std::mem::take(&mut self.unread),
        })
    }

    fn kind(&mut self) -> Kind {
        let column = self.columns.kind;
        let Some(word) = self.cell(column) else {
            self.flaws.push(Flaw::NoKind);
            return Kind::Other;
        };
        kind_of(&word).unwrap_or_else(|| {
            self.keep(column, word, Flaw::UnknownKind);
            Kind::Other
        })
    }

    fn channel(&mut self) -> Channel {
        let column = self.columns.channel;
        let Some(word) = self.cell(column) else {
            return Channel::Mail;
        };
        channel_of(&word).unwrap_or_else(|| {
            self.keep(column, word, Flaw::UnknownChannel);
            Channel::Mail
        })
    }

    /// When and how the request ended, by all the columns that say something about it.
    fn closed(&mut self) -> Result<Option<(NaiveDate, Outcome)>, Flaw> {
        let columns = self.columns;
        let status_cell = self.cell(columns.status);
        let status = status_cell.as_deref().map(status_of);
        let closing_cell = self.cell(columns.closed);
        let closing_answer = closing_cell.as_deref().and_then(columns::yes_or_no);
        let closed_on = match closing_answer {
            Some(_) => None,
            None => self
                .dates
                .date(self.row, columns.closed, DateField::Closed)?,
        };
        let outcome_cell = self.cell(columns.outcome);
        let says_open = matches!(status, Some(Status::Open)) || closing_answer == Some(false);
        let says_closed = closed_on.is_some()
            || closing_answer == Some(true)
            || matches!(status, Some(Status::Closed(_)));
        if says_open && says_closed {
            return Err(Flaw::OpenAndClosed);
        }
        let outcome = outcome_cell.as_deref().map(outcome_of);
        if !says_closed && (says_open || !matches!(outcome, Some(Some(_)))) {
            // Nothing is closed because of a word nobody knows: an open case too many is seen, a closed one is not.
            if let (Some(word), Some(Status::Unknown)) = (status_cell, status) {
                self.keep(columns.status, word, Flaw::UnknownStatus);
            }
            if let (Some(word), Some(None)) = (outcome_cell, outcome) {
                self.keep(columns.outcome, word, Flaw::UnknownOutcome);
            }
            return Ok(None);
        }
        let closed_on = closed_on.ok_or(Flaw::ClosedWithoutDate)?;
        let by_status = match status {
            Some(Status::Closed(outcome)) => outcome,
            _ => None,
        };
        let outcome = match (outcome, outcome_cell) {
            (Some(Some(outcome)), _) => outcome,
            (_, Some(word)) => {
                self.keep(columns.outcome, word, Flaw::UnknownOutcome);
                Outcome::Answered
            }
            (_, None) => by_status.unwrap_or_else(|| {
                if !columns.closed_by_answer {
                    self.flaws.push(Flaw::NoOutcome);
                }
                Outcome::Answered
            }),
        };
        Ok(Some((closed_on, outcome)))
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Copenhagen;

    use super::*;

    fn read(file: &str) -> RegisterTable {
        register(file.as_bytes(), Copenhagen).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn flaws(list: &[Flawed]) -> Vec<(usize, Flaw)> {
        list.iter().map(|it| (it.line, it.flaw)).collect()
    }

    #[test]
    fn open_and_closed_by_all_columns_together() {
        let table = read(
            "Navn;Art;Modtaget;Status;Udfald;Lukket\n\
             A;indsigt;1.3.2026;Lukket;Besvaret;20.3.2026\n\
             B;indsigt;1.3.2026;Åben;;\n\
             C;indsigt;1.3.2026;Åben;;20.3.2026\n\
             D;indsigt;1.3.2026;Lukket;;\n\
             E;indsigt;1.3.2026;Lukket;Gladest;20.3.2026\n\
             F;indsigt;1.3.2026;Gemt;;\n\
             G;indsigt;1.3.2026;;;nej\n\
             H;indsigt;1.3.2026;;Afvist;20.3.2026\n\
             I;indsigt;1.3.2026;;Afvist;\n\
             J;indsigt;1.3.2026;Lukket;;20.3.2026\n",
        );
        let closed: Vec<_> = table
            .rows
            .iter()
            .map(|row| {
                let name = row.name.clone().unwrap_or_default();
                (name, row.closed.map(|(_, outcome)| outcome))
            })
            .collect();
        let expected = [
            ("A", Some(Outcome::Answered)),
            ("B", None),
            ("E", Some(Outcome::Answered)),
            ("F", None),
            ("G", None),
            ("H", Some(Outcome::Rejected)),
            ("J", Some(Outcome::Answered)),
        ];
        assert_eq!(
            closed,
            expected.map(|(name, outcome)| (name.to_owned(), outcome))
        );
        assert_eq!(
            flaws(&table.left_out),
            [
                (4, Flaw::OpenAndClosed),
                (5, Flaw::ClosedWithoutDate),
                (10, Flaw::ClosedWithoutDate)
            ]
        );
        assert_eq!(
            flaws(&table.notes),
            [
                (6, Flaw::UnknownOutcome),
                (7, Flaw::UnknownStatus),
                (11, Flaw::NoOutcome)
            ]
        );
        let kept: Vec<_> = table.rows.iter().flat_map(|row| &row.unread).collect();
        assert_eq!(
            kept,
            [
                &("Udfald".to_owned(), "Gladest".to_owned()),
                &("Status".to_owned(), "Gemt".to_owned())
            ]
        );
    }

    #[test]
    fn a_column_for_the_answer_says_how_it_ended() {
        let table = read("Name,Type,Received,Answered\nA,access,2026-03-01,2026-03-20\n");
        assert_eq!(table.notes, []);
        assert_eq!(table.rows[0].closed.map(|it| it.1), Some(Outcome::Answered));
    }

    #[test]
    fn rows_that_cannot_be_used_are_named() {
        let table = read(
            "Name,Email,Type,Received,Closed\n\
             ,,access,2026-03-01,\n\
             A,,access,,\n\
             A,,access,03/04/2026,\n\
             A,,access,2026-03-01,snart\n\
             ,nej tak,access,2026-03-01,\n\
             A,nej tak,,2026-03-01,\n",
        );
        assert_eq!(
            flaws(&table.left_out),
            [
                (2, Flaw::NobodyNamed),
                (3, Flaw::NoDate(DateField::Received)),
                (4, Flaw::AmbiguousDate(DateField::Received)),
                (5, Flaw::UnreadableDate(DateField::Closed)),
                (6, Flaw::NobodyNamed),
            ]
        );
        assert_eq!(
            flaws(&table.notes),
            [(7, Flaw::NotAnAddress), (7, Flaw::NoKind)]
        );
        assert!(matches!(
            register(b"Email,Status\na@x.example,active\n", Copenhagen),
            Err(TableError::OtherColumns {
                wanted: Wanted::Requests,
                ..
            })
        ));
    }
}
