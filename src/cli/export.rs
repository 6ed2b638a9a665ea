//! `export`: registers as files, the package for the person, the evidence for the authority.

use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum as _;
use serde_json::json;

use super::args::{self, ExportArgs, What};
use super::exit::Exit;
use super::{Ended, Failure, Session, print, printed};
use crate::domain::ids::ItemId;
use crate::export::spool::Spool;
use crate::export::{Format, Private, Register, Reminders, csv, write_private};
use crate::i18n::words::Wording;
use crate::ops::queries::{Card, ListQuery, Which};
use crate::ops::{Desk, OpError};
use crate::package::write::Form;
use crate::store::StoreError;
use crate::{evidence, package};

impl Session {
    pub(super) fn export(&mut self, args: &ExportArgs) -> Ended {
        if let Ok(what) = What::from_str(&args.what, true) {
            return self.export_register(what, args);
        }
        let Some(to) = &args.to else {
            return Err(Failure::Usage(self.texts.message("export-where-to", &[])));
        };
        match (args.what.as_str(), &args.id) {
            ("evidence", Some(id)) => self.export_evidence(id, to),
            ("evidence", None) => Err(Failure::Usage(
                self.texts.message("export-evidence-of-what", &[]),
            )),
            (_, Some(more)) => Err(Failure::Usage(
                self.texts
                    .message("export-too-much", &[("more", more.as_str().into())]),
            )),
            (id, None) => self.export_package(id, to, args),
        }
    }

    /// The package for the person.
    fn export_package(&mut self, id: &str, to: &Path, args: &ExportArgs) -> Ended {
        let id = self.desk.find(id)?;
        let card = self.desk.detail(id)?;
        let package = package::package(&self.desk, &card, &self.texts)?;
        for stranger in &package.strangers {
            print::warning(&self.texts.with(
                "package-stranger",
                &[
                    ("file", stranger.path.as_str().into()),
                    ("email", stranger.email.as_str().into()),
                    ("id", stranger.id.to_string().into()),
                ],
            ));
        }
        package::may_go(&package, args.others_checked).map_err(OpError::from)?;
        let passphrase = match &args.password_file {
            Some(path) => Some(self.passphrase(path)?),
            None => None,
        };
        let form = match &passphrase {
            Some(passphrase) => Form::Zip(Some(passphrase.reveal())),
            None if args.zip => Form::Zip(None),
            None => Form::Folder,
        };
        let today = self.desk.clock.moment().today;
        let path = to.join(match form {
            Form::Folder => id.to_string(),
            Form::Zip(_) => format!("{id}.zip"),
        });
        package::write::write(&package, &path, form, today)?;
        if self.global.json {
            let files: Vec<_> = package
                .pieces
                .iter()
                .map(|piece| json!({"path": piece.path, "what": piece.what}))
                .collect();
            let value =
                json!({"id": id, "path": path, "files": files, "left_out": package.left_out});
            printed(self.out.json(&value))?;
            return Ok(Exit::Done);
        }
        for why in &package.left_out {
            print::warning(
                &self
                    .texts
                    .with("package-without", &[("why", why.as_str().into())]),
            );
        }
        self.say_written(&path, package.pieces.len())
    }

    /// What the authority is shown.
    fn export_evidence(&mut self, id: &str, to: &Path) -> Ended {
        let id = self.desk.find(id)?;
        let card = self.desk.detail(id)?;
        let evidence = evidence::evidence(&self.desk, &card, &self.texts)?;
        let stem = self
            .texts
            .with("evidence-file", &[("id", id.to_string().into())]);
        let paths = ["html", "txt", "json"].map(|extension| to.join(format!("{stem}.{extension}")));
        if let Some(path) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
            return Err(OpError::Exists(path.clone()).into());
        }
        let contents = [&evidence.page, &evidence.text, &evidence.json];
        for (path, content) in paths.iter().zip(contents) {
            write_private(path, content.as_bytes())?;
        }
        if self.global.json {
            printed(self.out.json(&json!({"id": id, "files": paths})))?;
            return Ok(Exit::Done);
        }
        self.say_written(&to.join(format!("{stem}.html")), paths.len())
    }

    fn say_written(&mut self, path: &Path, files: usize) -> Ended {
        let line = self.texts.with(
            "package-written",
            &[
                ("path", path.display().to_string().into()),
                ("n", files.into()),
            ],
        );
        printed(self.out.line(line))?;
        Ok(Exit::Done)
    }

    fn export_register(&mut self, what: What, args: &ExportArgs) -> Ended {
        let Some(format) = args.format else {
            return Err(Failure::Usage(
                self.texts.message("export-which-format", &[]),
            ));
        };
        let query = {
            let received = [&args.received_from, &args.received_to];
            self.query(what, &args.filter, received, Which::Any)?
        };
        let format = as_format(format, args.names);
        let last_change = match format {
            // A damaged history must not keep the other formats from saving what can be read.
            Format::Calendar { .. } => self.desk.last_change()?,
            _ => 0,
        };
        let now = self.desk.clock.moment().now;
        let reminders = Reminders::of(&self.desk.settings, now, last_change);
        // The wording looks at the session too, which printing needs.
        let wording = Wording {
            texts: &self.texts,
            catalogue: self.desk.catalogue()?,
            rules: self.desk.settings.rules,
            zone: self.desk.settings.zone,
        };
        let sheet = Sheet {
            args,
            format,
            wording: &wording,
            reminders: &reminders,
            beside: self.desk.store.path().parent().unwrap_or(Path::new(".")),
        };
        let (draft, found) = sheet.of(&self.desk, &query)?;
        match draft.place {
            Place::Output(spool) => printed(spool.give(self.out.writer()))?,
            Place::File(file) => {
                file.finish()?;
                let line = self.texts.with(
                    "exported",
                    &[
                        ("n", draft.records.into()),
                        ("path", args.out.display().to_string().into()),
                    ],
                );
                if !self.global.json {
                    printed(self.out.line(line))?;
                }
            }
        }
        self.tell_lost(&found)
    }

    /// Says what of a damaged store could not be saved.
    fn tell_lost(&self, found: &Rescued) -> Ended {
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

/// How a register is written.
struct Sheet<'a> {
    args: &'a ExportArgs,
    format: Format,
    wording: &'a Wording<'a>,
    reminders: &'a Reminders<'a>,
    /// Where what goes to standard output may be set down meanwhile.
    beside: &'a Path,
}

/// A register that was written, and is nowhere to be seen yet.
struct Draft {
    place: Place,
    records: usize,
}

/// Where it was written.
enum Place {
    Output(Spool),
    File(Private),
}

/// What could not be read of a damaged store.
#[derive(Default)]
struct Rescued {
    lost: Vec<ItemId>,
    broken: bool,
}

impl Sheet<'_> {
    /// Writes the records of a list.
    fn of(&self, desk: &Desk, query: &ListQuery) -> Result<(Draft, Rescued), Failure> {
        let everything = ListQuery {
            which: Which::Any,
            ..ListQuery::open(query.scope)
        };
        if *query != everything {
            let (draft, ()) = self.fill(|give| desk.each(query, give))?;
            return Ok((draft, Rescued::default()));
        }
        match self.fill(|give| desk.each_of(query.scope, give)) {
            Ok((draft, true)) => return Ok((draft, Rescued::default())),
            // The whole register is saved from a damaged store as well, as far as it can be.
            Ok((_, false)) | Err(Failure::Op(OpError::Store(StoreError::Damaged { .. }))) => {}
            Err(failure) => return Err(failure),
        }
        let rescued = desk.rescue(query.scope)?;
        let mut cards = rescued.cards.into_iter();
        let (draft, _) = self.fill(|give| Ok(cards.all(give)))?;
        let (lost, broken) = (rescued.lost, rescued.broken);
        Ok((draft, Rescued { lost, broken }))
    }

    /// Writes what `walk` gives.
    fn fill<T>(
        &self,
        walk: impl FnOnce(&mut dyn FnMut(Card) -> bool) -> Result<T, OpError>,
    ) -> Result<(Draft, T), Failure> {
        let mut place = if self.args.out.as_os_str() == "-" {
            Place::Output(Spool::in_folder(self.beside.to_owned()))
        } else {
            Place::File(Private::begin(&self.args.out)?)
        };
        let output: &mut dyn Write = match &mut place {
            Place::Output(spool) => spool,
            Place::File(file) => file,
        };
        let mut records = 0;
        match self.written(output, &mut records, walk) {
            Ok(told) => Ok((Draft { place, records }, told?)),
            Err(error) => Err(match place {
                Place::Output(_) => Failure::Output(error),
                Place::File(file) => file.failed(error).into(),
            }),
        }
    }

    fn written<T>(
        &self,
        output: &mut dyn Write,
        records: &mut usize,
        walk: impl FnOnce(&mut dyn FnMut(Card) -> bool) -> Result<T, OpError>,
    ) -> io::Result<Result<T, OpError>> {
        let mut register = Register::begin(output, self.format, self.wording, self.reminders)?;
        let mut added = Ok(());
        let told = walk(&mut |card| {
            *records += 1;
            added = register.add(&card);
            added.is_ok()
        });
        added?;
        if told.is_ok() {
            register.finish()?;
        }
        Ok(told)
    }
}

fn as_format(format: args::Format, names: bool) -> Format {
    match format {
        args::Format::Excel => Format::Csv(csv::Style::Excel),
        args::Format::Csv => Format::Csv(csv::Style::Plain),
        args::Format::Json => Format::Json,
        args::Format::Md => Format::Markdown,
        args::Format::Ics => Format::Calendar { names },
    }
}
