//! Which columns of a table say who opted out and when, and what one row says by them.
//!
//! Names alone do not decide: "Tilmeldt" may hold yes and no or the date somebody joined, "State" may be a part of an
//! address. So the values are looked at once before any row is judged; that pass also finds the order of day and month.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::columns::{self, Role, State, key, role};
use super::dates::{self, Order, Trouble, Written};
use super::names::Names;
use super::optouts::Why;
use super::read::{Document, Row, Table};

/// How the rows of one table are read.
#[derive(Debug)]
pub(super) struct Plan {
    /// `None`: a plain list, any cell holds an address.
    pub(super) address: Option<usize>,
    pub(super) width: usize,
    /// Nothing in the table says who opted out: all did.
    pub(super) every_row: bool,
    pub(super) names: Names,
    /// In the order of the file, as all columns here.
    deciding: Vec<Column>,
    /// The last of them that makes a row unclear by being empty.
    last_missed: Option<usize>,
    /// Columns with a date of the row, looked at when the opt-out itself has none.
    dated: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    at: usize,
    role: Role,
    /// Times without a zone are UTC.
    utc: bool,
    order: Order,
    filled: usize,
    /// Values that say something about an opt-out, dates not counted.
    words: usize,
    dates: usize,
}

/// What one row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Opted out, on this date if it can be read; the second is a remark on the date.
    OptedOut(Option<NaiveDate>, Option<Why>),
    /// To be left out.
    Not(Why),
}

/// What one cell says.
enum Says {
    Nothing,
    Unclear,
    State(State),
    /// `None`: there is a date, but nobody can read it.
    OptedOutOn(Option<Written>),
}

impl Plan {
    pub(super) fn make(document: &Document<'_>, table: &Table, address: Option<usize>) -> Self {
        let keys: Vec<String> = table.header.iter().map(|name| key(name)).collect();
        let has = |word: &str| keys.iter().any(|key| key == word);
        let mailchimp = has("leid") || has("euid") || has("memberrating") || has("unsubtime");
        // Where customers are listed, the status is that of a payment plan.
        let payments = has("delinquent") || has("totalspend");
        // Beside a town, "State" is a part of the address.
        let postal = has("city") || has("zipcode") || has("country");
        let mut plan = Self {
            address,
            width: table.header.len(),
            every_row: false,
            names: Names::default(),
            deciding: Vec::new(),
            last_missed: None,
            dated: Vec::new(),
        };
        // Without an address column the only name is a heading ("Afmeldte"), and its cells are the addresses.
        let named = keys.iter().enumerate().filter(|_| address.is_some());
        for (at, key) in named {
            let name = table.header[at].to_lowercase();
            let utc = mailchimp || name.contains("utc") || name.contains("gmt");
            let role = role(key);
            let column = || Column {
                at,
                role,
                utc,
                order: Order::default(),
                filled: 0,
                words: 0,
                dates: 0,
            };
            if plan.names.take(role, at) {
                continue;
            }
            match role {
                Role::State { .. } if payments => {}
                Role::State { sure: false } if postal => {}
                Role::State { .. } | Role::Subscribed { .. } | Role::OptedOut | Role::Cleaned
                    if Some(at) != address =>
                {
                    plan.deciding.push(column());
                }
                Role::When => plan.dated.push(column()),
                _ => {}
            }
        }
        if !(plan.deciding.is_empty() && plan.dated.is_empty()) {
            plan.look_at_values(document, table);
        }
        plan.deciding.retain(Column::decides);
        plan.last_missed = plan.deciding.iter().rposition(Column::is_missed);
        // Every export of a Mailchimp audience looks the same, and only that of the unsubscribed has the time of it.
        plan.every_row = plan.deciding.is_empty() && !mailchimp;
        plan
    }

    fn look_at_values(&mut self, document: &Document<'_>, table: &Table) {
        for row in document.rows(table) {
            for columns in [&mut self.deciding, &mut self.dated] {
                for column in columns.iter_mut().take_while(|it| row.reaches(it.at)) {
                    column.look_at(&row.cell(column.at));
                }
            }
        }
    }

    /// The names of the columns that decide.
    pub(super) fn deciding(&self, table: &Table) -> impl Iterator<Item = String> {
        self.deciding
            .iter()
            .filter_map(|column| table.header.get(column.at).cloned())
    }

    /// What a row says, by all the columns that decide. Opting out wins over being subscribed elsewhere; only the
    /// mere date of an opt-out may be an old one, from before the person came back.
    pub(super) fn judge(&self, row: &Row, zone: Tz) -> Verdict {
        let (mut out, mut inside, mut unclear) = (self.every_row, false, false);
        let (mut date, mut given_up) = (None, None);
        // A row that is too short for its columns says nothing in those it does not reach.
        let ends = self
            .deciding
            .partition_point(|column| row.reaches(column.at));
        unclear |= self.last_missed.is_some_and(|last| last >= ends);
        for column in &self.deciding[..ends] {
            match column.says(&row.cell(column.at)) {
                Says::Nothing => unclear |= column.is_missed(),
                Says::Unclear => unclear = true,
                Says::State(State::OptedOut) => out = true,
                Says::State(State::Subscribed) => inside = true,
                Says::State(State::Cleaned) => given_up = Some(Why::Cleaned),
                Says::State(State::Bounced) => given_up = given_up.or(Some(Why::Bounced)),
                Says::State(State::Complained) => given_up = given_up.or(Some(Why::Complained)),
                Says::OptedOutOn(written) => date = date.or(Some((written, column))),
            }
        }
        match (out, date, inside) {
            (true, ..) | (false, Some(_), false) => self.opted_out(row, date, zone),
            (false, Some(_), true) => Verdict::Not(Why::Contradiction),
            (false, None, _) => Verdict::Not(match given_up {
                Some(why) => why,
                None if unclear && !inside => Why::UnclearStatus,
                None => Why::NotOptedOut,
            }),
        }
    }

    fn opted_out(&self, row: &Row, date: Option<(Option<Written>, &Column)>, zone: Tz) -> Verdict {
        let mut remark = None;
        let of_row = || {
            let here = |column: &&Column| row.reaches(column.at);
            self.dated.iter().take_while(here).find_map(|column| {
                let cell = row.cell(column.at);
                if columns::is_empty(&cell) {
                    return None;
                }
                Some((dates::read(&cell), column))
            })
        };
        let found = match date {
            Some(found) => Some(found),
            None => of_row(),
        };
        let on = found.and_then(|(written, column)| {
            let resolved = written.map_or(Err(Trouble::Impossible), |written| {
                written.resolve(column.order, column.utc, zone)
            });
            resolved
                .map_err(|trouble| {
                    remark = Some(match trouble {
                        Trouble::Ambiguous => Why::AmbiguousDate,
                        Trouble::Impossible => Why::UnreadableDate,
                    });
                })
                .ok()
        });
        Verdict::OptedOut(on, remark)
    }
}

impl Column {
    fn look_at(&mut self, cell: &str) {
        if columns::is_empty(cell) {
            return;
        }
        self.filled += 1;
        if let Some(written) = dates::read(cell) {
            self.dates += 1;
            self.order.learn(&written);
        } else if !matches!(self.says(cell), Says::Nothing | Says::Unclear) {
            self.words += 1;
        }
    }

    /// Whether a row is unclear where nothing stands here.
    fn is_missed(&self) -> bool {
        self.role != Role::OptedOut && self.role != Role::Cleaned
    }

    /// Whether the values bear out what the name promises. A sure name with words nobody knows still decides: better
    /// to leave rows out and say so than to take everybody for opted out.
    fn decides(&self) -> bool {
        match self.role {
            Role::State { sure } => self.words > 0 || (sure && self.dates < self.filled),
            Role::Subscribed { sure } => self.words > 0 || (sure && self.dates == 0),
            Role::OptedOut => true,
            Role::Cleaned => self.dates > 0 || self.filled == 0,
            _ => false,
        }
    }

    fn says(&self, cell: &str) -> Says {
        if columns::is_empty(cell) {
            return Says::Nothing;
        }
        let answer = columns::yes_or_no(cell);
        let state = match (self.role, answer) {
            (Role::Cleaned, _) => Some(State::Cleaned),
            (Role::Subscribed { .. }, Some(true)) | (Role::OptedOut, Some(false)) => {
                Some(State::Subscribed)
            }
            (Role::Subscribed { .. }, Some(false)) | (Role::OptedOut, Some(true)) => {
                Some(State::OptedOut)
            }
            _ => columns::state(cell),
        };
        match (state, self.role) {
            (Some(state), _) => Says::State(state),
            (None, Role::OptedOut) => match dates::read(cell) {
                Some(written) => Says::OptedOutOn(Some(written)),
                // A number of Excel's, or a date in a form not known here: somebody did opt out.
                None if cell.bytes().filter(u8::is_ascii_digit).count() >= 4 => {
                    Says::OptedOutOn(None)
                }
                None => Says::Unclear,
            },
            (None, Role::Subscribed { .. }) if dates::read(cell).is_some() => {
                Says::State(State::Subscribed)
            }
            (None, _) => Says::Unclear,
        }
    }
}
