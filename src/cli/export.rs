//! `export`: registers as files.

use std::io::Write as _;

use super::args::{self, ExportArgs};
use super::exit::Exit;
use super::{Ended, Failure, Session, print, printed};
use crate::export::{Format, Reminders, csv, register, write_private};
use crate::ops::queries::{ListQuery, Register, Which};

impl Session {
    pub(super) fn export(&mut self, args: &ExportArgs) -> Ended {
        let query = self.query(args.what, &args.filter, Which::Any)?;
        let everything = ListQuery {
            which: Which::Any,
            ..ListQuery::open(query.scope)
        };
        // The whole register is saved from a damaged store as well, as far as it can be.
        let found = if query == everything {
            self.desk.register(query.scope)?
        } else {
            Register {
                cards: self.desk.list(&query)?.cards,
                ..Register::default()
            }
        };
        let format = match args.format {
            args::Format::Csv if args.excel => Format::Csv(csv::Style::Excel),
            args::Format::Csv => Format::Csv(csv::Style::Plain),
            args::Format::Json => Format::Json,
            args::Format::Md => Format::Markdown,
            args::Format::Ics => Format::Calendar { names: args.names },
        };
        let reminders = Reminders::of(&self.desk.settings, self.desk.clock.moment().now);
        let bytes = register(&found.cards, format, &self.wording()?, &reminders)
            .map_err(Failure::Output)?;
        if args.out.as_os_str() == "-" {
            printed(self.out.writer().write_all(&bytes))?;
        } else {
            write_private(&args.out, &bytes)?;
            let line = self.texts.with(
                "exported",
                &[
                    ("n", found.cards.len().into()),
                    ("path", args.out.display().to_string().into()),
                ],
            );
            if !self.global.json {
                printed(self.out.line(line))?;
            }
        }
        if found.lost.is_empty() && !found.broken {
            return Ok(Exit::Done);
        }
        if !self.global.json {
            for id in &found.lost {
                let line = self
                    .texts
                    .with("export-lost", &[("id", id.to_string().into())]);
                print::warning(&line);
            }
        }
        let n = found.lost.len().into();
        Err(Failure::Damaged(
            self.texts.message("export-incomplete", &[("n", n)]),
        ))
    }
}
