//! The report of a year in words, as Markdown.

use std::fmt::Write as _;

use super::Texts;
use crate::domain::rejection::Ground;
use crate::domain::report::{Deletions, Line, OptOuts, Report};

/// The columns of the table of requests.
const COLUMNS: [&str; 9] = [
    "report-kind",
    "report-received",
    "report-open",
    "report-answered",
    "report-in-time",
    "report-median",
    "report-worst",
    "report-extended",
    "report-refused",
];

impl Texts {
    /// The report as Markdown. Writing to a `String` cannot fail.
    pub fn report(&self, report: &Report) -> String {
        let title = match report.year {
            Some(year) => self.with("report-title", &[("year", year.to_string().into())]),
            None => self.get("report-title-all"),
        };
        let mut text = format!("# {title}\n\n## {}\n\n", self.get("report-requests"));
        if report.all.received == 0 {
            text.push_str(&self.get("report-no-requests"));
            text.push('\n');
        } else {
            text.push_str(&row(&COLUMNS.map(|column| self.get(column))));
            text.push_str(&row(&COLUMNS.map(|_| "---".to_owned())));
            for (kind, line) in &report.kinds {
                text.push_str(&row(&self.cells(self.kind(*kind), line)));
            }
            text.push_str(&row(&self.cells(self.get("report-all"), &report.all)));
        }
        self.grounds(&mut text, report);
        self.extensions(&mut text, report);
        let recordings = &report.recordings;
        let opt_outs = &report.opt_outs;
        write!(
            text,
            "\n## {}\n\n{}\n\n## {}\n\n{}\n",
            self.get("report-recordings"),
            self.deletions(recordings),
            self.get("report-optouts"),
            self.opt_outs(opt_outs),
        )
        .unwrap_or_default();
        text
    }

    /// How many recordings were due to be deleted, and how many were, in one line.
    pub fn deletions(&self, recordings: &Deletions) -> String {
        let counts = [
            ("due", recordings.due.into()),
            ("deleted", recordings.deleted.into()),
            ("on_time", recordings.on_time.into()),
            ("overdue", recordings.overdue.into()),
        ];
        self.with("report-recordings-line", &counts)
    }

    /// How many opt-outs came and were carried out, in one line.
    pub fn opt_outs(&self, opt_outs: &OptOuts) -> String {
        let counts = [
            ("received", opt_outs.received.into()),
            ("done", opt_outs.done.into()),
            ("in_time", opt_outs.in_time.into()),
            ("hours", or_dash(opt_outs.median_hours()).into()),
        ];
        self.with("report-optouts-line", &counts)
    }

    fn cells(&self, kind: String, line: &Line) -> [String; 9] {
        let open = if line.overdue == 0 {
            line.open.to_string()
        } else {
            let late = self.with("report-late", &[("n", line.overdue.into())]);
            format!("{} ({late})", line.open)
        };
        [
            kind,
            line.received.to_string(),
            open,
            line.answered.to_string(),
            line.in_time_percent()
                .map_or_else(|| "–".to_owned(), |percent| format!("{percent} %")),
            or_dash(line.median_days()),
            or_dash(line.worst_days()),
            line.extended.to_string(),
            line.refused.values().sum::<usize>().to_string(),
        ]
    }

    fn grounds(&self, text: &mut String, report: &Report) {
        if report.all.refused.is_empty() {
            return;
        }
        write!(text, "\n## {}\n\n", self.get("report-grounds")).unwrap_or_default();
        for ground in Ground::ALL {
            if let Some(times) = report.all.refused.get(ground.word()) {
                writeln!(text, "- {}: {times}", self.ground(ground)).unwrap_or_default();
            }
        }
    }

    fn extensions(&self, text: &mut String, report: &Report) {
        if report.extensions.is_empty() {
            return;
        }
        write!(text, "\n## {}\n\n", self.get("report-extensions")).unwrap_or_default();
        for (id, reason) in &report.extensions {
            let reason = if reason.is_empty() {
                self.get("report-reason-erased")
            } else {
                reason.replace('\n', " ")
            };
            writeln!(text, "- {id}: {reason}").unwrap_or_default();
        }
    }
}

fn or_dash(number: Option<i64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| number.to_string())
}

fn row(cells: &[String; 9]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
