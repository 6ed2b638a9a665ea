//! The name of a person, put together from the columns of a row that hold it or its parts.

use super::columns::{self, Role};
use super::read::Row;

/// The columns of one table that hold names.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<(Role, usize)>);

impl Names {
    /// Takes a column in when its role is that of a name; says whether it was.
    ///
    /// Columns are taken in their order.
    pub(super) fn take(&mut self, role: Role, at: usize) -> bool {
        let named = matches!(
            role,
            Role::FullName | Role::FirstName | Role::MiddleName | Role::LastName
        );
        if named {
            self.0.push((role, at));
        }
        named
    }

    /// Whether no column holds a name.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the person, put together from its parts where there is no column for the whole.
    pub(super) fn of(&self, row: &Row) -> Option<String> {
        let part = |wanted: Role| {
            let mut cells = self
                .0
                .iter()
                .take_while(|(_, at)| row.reaches(*at))
                .filter(|(role, _)| *role == wanted)
                .map(|(_, at)| row.cell(*at));
            cells.find(|cell| !columns::is_empty(cell) && !cell.contains('@'))
        };
        let last = part(Role::LastName);
        let has_first = self.0.iter().any(|(role, _)| *role == Role::FirstName);
        let given = match part(Role::FullName) {
            // MailerLite has "Name" for the first name and "Last name" beside it.
            Some(name)
                if !has_first
                    && last
                        .as_ref()
                        .is_some_and(|last| !name.ends_with(last.as_str())) =>
            {
                Some(name)
            }
            Some(whole) => return Some(whole),
            None => part(Role::FirstName),
        };
        let parts: Vec<String> = [given, part(Role::MiddleName), last]
            .into_iter()
            .flatten()
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}
