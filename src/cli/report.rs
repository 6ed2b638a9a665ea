//! `report`: how a year went, as Markdown or JSON.

use serde_json::json;

use super::exit::Exit;
use super::{Ended, Session, printed};
use crate::domain::ahead::Ahead;
use crate::domain::report::{Line, Report};

impl Session {
    pub(super) fn report(&mut self, year: Option<i32>) -> Ended {
        let (report, ahead) = self.desk.report(year)?;
        if self.global.json {
            printed(self.out.json(&as_json(&report, &ahead)))?;
        } else {
            let text = self.texts.report(&report);
            printed(self.out.line(text.trim_end()))?;
        }
        Ok(Exit::Done)
    }
}

fn as_json(report: &Report, ahead: &Ahead) -> serde_json::Value {
    let requests: Vec<_> = report
        .kinds
        .iter()
        .map(|(kind, line)| {
            let mut value = line_json(line);
            value["kind"] = json!(kind);
            value
        })
        .collect();
    let extensions: Vec<_> = report
        .extensions
        .iter()
        .map(|(id, reason)| json!({"id": id, "reason": reason}))
        .collect();
    let months: Vec<_> = report
        .months
        .iter()
        .map(|((year, month), count)| {
            json!({
                "month": format!("{year:04}-{month:02}"),
                "received": count.received,
                "due": count.due,
                "closed": count.closed,
            })
        })
        .collect();
    let recordings = &report.recordings;
    let opt_outs = &report.opt_outs;
    json!({
        "year": report.year,
        "requests": requests,
        "total": line_json(&report.all),
        "extensions": extensions,
        "recordings": {
            "due": recordings.due,
            "deleted": recordings.deleted,
            "on_time": recordings.on_time,
            "overdue": recordings.overdue,
        },
        "optouts": {
            "received": opt_outs.received,
            "done": opt_outs.done,
            "in_time": opt_outs.in_time,
            "median_hours": opt_outs.median_hours(),
        },
        "months": months,
        "ahead": ahead_json(ahead),
    })
}

/// The load ahead; it does not depend on the year.
fn ahead_json(ahead: &Ahead) -> serde_json::Value {
    let weeks = ahead.weeks.map(|week| {
        json!({
            "monday": week.monday,
            "requests": week.requests,
            "recordings": week.recordings,
            "optouts": week.opt_outs,
        })
    });
    json!({
        "overdue": ahead.overdue,
        "weeks": weeks,
        "later": ahead.later,
        "undated": ahead.undated,
    })
}

fn line_json(line: &Line) -> serde_json::Value {
    json!({
        "received": line.received,
        "open": line.open,
        "overdue": line.overdue,
        "answered": line.answered,
        "in_time": line.in_time,
        "in_time_percent": line.in_time_percent(),
        "otherwise": line.otherwise,
        "median_days": line.median_days(),
        "worst_days": line.worst_days(),
        "extended": line.extended,
        "refused": line.refused,
    })
}
