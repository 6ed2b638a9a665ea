//! What comes out of files: the rows of the person in a service's export, and how a request of an old register ended.

use chrono::NaiveDate;

use super::{
    Moment, as_request, must_be_open, not_before, not_in_future, said, set_task, without_cpr,
};
use crate::domain::cpr::without_cpr as masked;
use crate::domain::event::Event;
use crate::domain::item::Item;
use crate::domain::refusal::{Refusal, TextNeeded};
use crate::domain::request::{Closing, Outcome};
use crate::domain::task::{ServiceRows, TaskStatus};

/// Bytes of rows that a task keeps at the most: what a service holds on one person fits many times over.
const ROWS_MAX_BYTES: usize = 1024 * 1024;

/// Keeping the person's rows of a service's export with the task, which is done by that. CPR numbers in them are masked
/// (RULES §2).
pub fn take_rows(
    item: &Item,
    task: &str,
    rows: ServiceRows,
    searched: usize,
    note: Option<&str>,
    moment: Moment,
) -> Result<Event, Refusal> {
    // Everything that holds for ticking the task off holds here too.
    let ticked = set_task(item, task, TaskStatus::Done, note, None, moment)?;
    let Event::TaskSet { task, note, .. } = ticked else {
        return Ok(ticked);
    };
    if rows.count() == 0 {
        return Err(Refusal::NoRows {
            id: item.id(),
            task,
            file: rows.file_name,
            searched,
        });
    }
    let kept: usize = item
        .tasks()
        .iter()
        .filter(|known| known.id == task)
        .flat_map(|known| &known.rows)
        .filter(|kept| kept.file_name != rows.file_name)
        .map(ServiceRows::bytes)
        .sum();
    let bytes = kept + rows.bytes();
    if bytes > ROWS_MAX_BYTES {
        return Err(Refusal::TooManyRows {
            file: rows.file_name,
            bytes,
            limit: ROWS_MAX_BYTES,
        });
    }
    Ok(Event::RowsTaken {
        task,
        rows: without_cpr_numbers(rows),
        note,
    })
}

fn without_cpr_numbers(mut rows: ServiceRows) -> ServiceRows {
    rows.file_name = masked(&rows.file_name);
    for table in &mut rows.tables {
        for cell in table
            .header
            .iter_mut()
            .chain(table.rows.iter_mut().flatten())
        {
            *cell = masked(cell);
        }
    }
    rows
}

/// Whether a session has been: one that is yet to come was not recorded.
pub fn session_held(recorded_on: NaiveDate, moment: Moment) -> Result<(), Refusal> {
    not_in_future(recorded_on, moment)
}

/// How a request of an old register ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastClosing {
    /// Local date on which it did.
    pub on: NaiveDate,
    /// The outcome, a refusal included: its grounds were given then, not now.
    pub outcome: Outcome,
    /// A remark.
    pub note: Option<String>,
    /// Why it is closed although no task was done here.
    pub reason: String,
}

/// The dates of a request that came and perhaps ended before it was entered: none lies in the future, and it did not end
/// before it came.
pub fn past_dates(
    received_on: NaiveDate,
    closed_on: Option<NaiveDate>,
    moment: Moment,
) -> Result<(), Refusal> {
    not_in_future(received_on, moment)?;
    match closed_on {
        Some(closed_on) => {
            not_before(closed_on, received_on)?;
            not_in_future(closed_on, moment)
        }
        None => Ok(()),
    }
}

/// Closing a request that ended before it was entered: on the day that the register names, while the instant stays that of
/// the entry. Retention and repeats count from the day (RULES §§3, 7).
pub fn close_in_the_past(
    item: &Item,
    closing: PastClosing,
    moment: Moment,
) -> Result<Event, Refusal> {
    let request = as_request(item)?;
    must_be_open(item)?;
    past_dates(request.received_on, Some(closing.on), moment)?;
    without_cpr(closing.note.as_deref().unwrap_or_default())?;
    Ok(Event::Resolved(Closing {
        on: closing.on,
        at: moment.now,
        outcome: Some(closing.outcome),
        note: closing.note,
        override_reason: Some(said(&closing.reason, TextNeeded::Override)?),
        duplicate_of: None,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::event::apply;
    use crate::domain::request::Request;
    use crate::domain::retention::{Erasure, Part};
    use crate::domain::task::RowTable;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment() -> Moment {
        Moment {
            now: "2026-11-22T10:00:00Z".parse().unwrap(),
            today: day("2026-11-22"),
        }
    }

    /// A request as a store from before there were rows has it.
    fn old_request() -> Item {
        let request: Request = serde_json::from_value(json!({
            "id": "R-2026-0001", "version": 1, "kind": "access",
            "person": {"name": "Mette", "emails": ["m@x.example"]},
            "channel": "mail", "language": "da", "received_at": null, "received_on": "2026-03-01",
            "registered_at": "2026-11-22T10:00:00Z",
            "dates": {"due": "2026-04-01", "act_by": "2026-04-01"},
            "tasks": [{"id": "kajabi", "status": "todo"}],
        }))
        .unwrap();
        Item::Request(Box::new(request))
    }

    fn rows(cells: &[&str]) -> ServiceRows {
        let row = cells.iter().map(|&cell| cell.to_owned()).collect();
        ServiceRows {
            file_name: "kajabi.csv".to_owned(),
            on: moment().today,
            tables: vec![RowTable {
                header: Vec::new(),
                rows: vec![row],
            }],
        }
    }

    #[test]
    fn a_task_without_rows_is_stored_as_before() {
        let item = old_request();
        assert_eq!(
            serde_json::to_value(&item.tasks()[0]).unwrap(),
            json!({"id": "kajabi", "status": "todo"})
        );
    }

    #[test]
    fn rows_are_masked_kept_and_erased_with_the_texts() {
        let event = take_rows(
            &old_request(),
            "KAJABI",
            rows(&["CPR 010180-1234", "=1"]),
            9,
            None,
            moment(),
        );
        let kept = apply(Some(old_request()), &event.unwrap()).unwrap();
        let task = &kept.tasks()[0];
        assert_eq!((task.status, task.row_count()), (TaskStatus::Done, 1));
        assert_eq!(task.rows[0].tables[0].rows[0], ["CPR ******-****", "=1"]);
        let erasure = Erasure {
            part: Part::Texts,
            on: moment().today,
        };
        let erased = apply(Some(kept), &Event::Erased(erasure)).unwrap();
        assert_eq!(erased.tasks()[0].row_count(), 0);
        assert_eq!(
            erased.tasks()[0].status,
            TaskStatus::Done,
            "that it was done stays"
        );
    }

    #[test]
    fn too_much_is_refused_counting_what_is_there() {
        let half = "x".repeat(ROWS_MAX_BYTES / 2);
        let first = take_rows(&old_request(), "kajabi", rows(&[&half]), 1, None, moment()).unwrap();
        let item = apply(Some(old_request()), &first).unwrap();
        let mut second = rows(&[&half]);
        assert!(take_rows(&item, "kajabi", second.clone(), 1, None, moment()).is_ok());
        second.file_name = "andre.csv".to_owned();
        assert!(matches!(
            take_rows(&item, "kajabi", second, 1, None, moment()),
            Err(Refusal::TooManyRows { .. })
        ));
    }

    #[test]
    fn a_past_closing_has_its_own_day() {
        let closing = |on: &str| PastClosing {
            on: day(on),
            outcome: Outcome::Rejected,
            note: None,
            reason: "imported from a register".to_owned(),
        };
        let event = close_in_the_past(&old_request(), closing("2026-03-20"), moment()).unwrap();
        let closed = apply(Some(old_request()), &event).unwrap();
        let kept = closed.closing().unwrap();
        assert_eq!((kept.on, kept.at), (day("2026-03-20"), moment().now));
        assert!(matches!(
            close_in_the_past(&closed, closing("2026-03-21"), moment()),
            Err(Refusal::AlreadyClosed { .. })
        ));
        for (on, before) in [("2026-02-28", true), ("2026-11-23", false)] {
            let refused = close_in_the_past(&old_request(), closing(on), moment()).unwrap_err();
            assert_eq!(
                matches!(refused, Refusal::DateBefore { .. }),
                before,
                "{on}"
            );
            assert_eq!(
                matches!(refused, Refusal::DateInFuture { .. }),
                !before,
                "{on}"
            );
        }
    }
}
