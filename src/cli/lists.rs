//! Exported lists on the command line: imports with their progress, and the rows of one person for a task.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::args::{ListCommand, TaskArgs};
use super::exit::Exit;
use super::{Ended, Failure, Session, print, printed};
use crate::domain::task::TaskStatus;
use crate::i18n::Texts;
use crate::mail::clean;
use crate::ops::intake::{ImportReport, RegisterWords};
use crate::ops::{OpError, Target};

/// Mails or rows from which on an import says how far it is.
pub(super) const PROGRESS_FROM: usize = 400;
/// How many lines a remark names.
const DOUBTFUL_SHOWN: usize = 20;

/// Rows of a table that were left out for one reason on one line, as `3–5, 9`; what is no line of a table stands alone.
pub(super) fn by_reason<'a>(
    left_out: impl Iterator<Item = (&'a str, String)>,
) -> Vec<(String, String)> {
    let mut told: Vec<(String, String)> = Vec::new();
    let mut of_reason: HashMap<String, (usize, Vec<usize>)> = HashMap::new();
    for (place, why) in left_out {
        let Ok(line) = place.parse::<usize>() else {
            told.push((place.to_owned(), why));
            continue;
        };
        let (_, lines) = of_reason.entry(why.clone()).or_insert_with(|| {
            told.push((String::new(), why));
            (told.len() - 1, Vec::new())
        });
        lines.push(line);
    }
    for (index, lines) in of_reason.into_values() {
        told[index].0 = ranges(lines);
    }
    told
}

/// Line numbers with what follows without a gap drawn together.
fn ranges(mut lines: Vec<usize>) -> String {
    lines.sort_unstable();
    lines.dedup();
    let runs = lines.chunk_by(|one, next| one + 1 == *next);
    let one = |run: &[usize]| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    };
    runs.map(one).collect::<Vec<_>>().join(", ")
}

/// Says on standard error how far an import is, when that is a terminal and there is much to do.
pub(super) struct Meter<'a> {
    texts: &'a Texts,
    text: &'static str,
    shown: bool,
    said: bool,
}

impl<'a> Meter<'a> {
    /// A meter that speaks with `text`, unless standard output is one JSON document.
    pub(super) fn new(texts: &'a Texts, text: &'static str, json: bool) -> Self {
        Self {
            texts,
            text,
            shown: io::stderr().is_terminal() && !json,
            said: false,
        }
    }

    /// Ctrl-C stops a run between two batches or in one; what was committed stays, and a new run goes on from there.
    pub(super) fn tick(&mut self, read: usize) -> ControlFlow<()> {
        if self.shown && read >= PROGRESS_FROM {
            self.said = true;
            let line = self.texts.with(self.text, &[("n", read.into())]);
            drop(write!(io::stderr(), "\r{line}"));
        }
        ControlFlow::Continue(())
    }
}

impl Drop for Meter<'_> {
    fn drop(&mut self) {
        if self.said {
            drop(writeln!(io::stderr()));
        }
    }
}

impl Session {
    /// Takes a list in; gives whether that was a trial, too.
    pub(super) fn import_list(
        &self,
        command: &ListCommand,
    ) -> Result<(ImportReport, bool), OpError> {
        let mut meter = Meter::new(&self.texts, "import-progress-rows", self.global.json);
        let progress = &mut |read| meter.tick(read);
        let desk = &self.desk;
        match command {
            ListCommand::Optouts(list) => {
                let report = desk.import_opt_outs(&list.file, list.dry_run, progress)?;
                Ok((report, list.dry_run))
            }
            ListCommand::Recordings(list) => {
                let report = desk.import_recordings(&list.file, list.dry_run, progress)?;
                Ok((report, list.dry_run))
            }
            ListCommand::Requests(list) => {
                let words = RegisterWords {
                    closed_because: self.texts.get("register-closed-because"),
                    unread: self.texts.get("register-unread"),
                    language: self.texts.language(),
                };
                let report = desk.import_requests(&list.file, &words, list.dry_run, progress)?;
                Ok((report, list.dry_run))
            }
        }
    }

    /// `task ID TASK done --from FILE`.
    pub(super) fn task_from(&mut self, args: &TaskArgs) -> Ended {
        let file = args.from.as_deref().unwrap_or(Path::new("-"));
        if args.status != Some(TaskStatus::Done) {
            return Err(Failure::Usage(self.texts.message("from-needs-done", &[])));
        }
        let target = Target::from(self.desk.find(&args.id)?);
        let note = args.note.as_deref().map(clean::text);
        let task = args.task.as_deref().unwrap_or_default();
        let taken = self.desk.take_rows(target, task, note.as_deref(), file)?;
        if taken.by_name > 0 {
            print::warning(&self.texts.with(
                "warning-rows-by-name",
                &[
                    ("n", taken.by_name.into()),
                    ("file", taken.file_name.as_str().into()),
                ],
            ));
        }
        if !taken.doubtful.is_empty() {
            let lines = taken.doubtful.iter().take(DOUBTFUL_SHOWN);
            let mut lines: Vec<String> = lines.map(usize::to_string).collect();
            if taken.doubtful.len() > DOUBTFUL_SHOWN {
                lines.push("…".to_owned());
            }
            print::warning(&self.texts.with(
                "warning-rows-open-quote",
                &[
                    ("n", lines.len().into()),
                    ("lines", lines.join(", ").into()),
                    ("file", taken.file_name.as_str().into()),
                ],
            ));
        }
        if !self.global.json {
            let line = self.texts.with(
                "task-rows-kept",
                &[
                    ("n", taken.rows.into()),
                    ("file", taken.file_name.as_str().into()),
                ],
            );
            printed(self.out.line(line))?;
        }
        self.tell(&taken.done)?;
        Ok(Exit::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::by_reason;

    #[test]
    fn rows_with_one_reason_stand_on_one_line() {
        let rows = [
            ("2", "a"),
            ("7", "b"),
            ("3", "a"),
            ("Maildir/new/1", "a"),
            ("4", "a"),
            ("9", "a"),
        ];
        let told = by_reason(rows.into_iter().map(|(place, why)| (place, why.to_owned())));
        let shown: Vec<String> = told
            .into_iter()
            .map(|(places, why)| format!("{places}: {why}"))
            .collect();
        assert_eq!(shown, ["2–4, 9: a", "7: b", "Maildir/new/1: a"]);
    }
}
