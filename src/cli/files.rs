//! The commands that read or write files: imports, registers, settings, reference pages, the demo.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{ConfigCommand, ImportCommand};
use super::exit::Exit;
use super::lists::{Meter, by_reason};
use super::{Ended, Failure, Session, help, printed};
use crate::config::{LetterSettings, MailFrom, MailSettings, sample};
use crate::demo;
use crate::domain::ids::ItemType;
use crate::domain::request::Kind;
use crate::export::json as shapes;
use crate::i18n::{Language, Texts};
use crate::mail::classify::{Asked, Reason};
use crate::mail::imap::Encryption;
use crate::mail::send::{By, Outlet};
use crate::ops::intake::{
    FileReport, HowMail, ImportReport, LeftOut, LeftOutWhy, MailSource, MessageReport, Progress,
    Verdict,
};
use crate::ops::{Desk, OpError};

/// Reasons shown for a file before the rest is only counted; `--json` has them all.
const SHOWN_ROWS: usize = 20;

impl Session {
    pub(super) fn import(&mut self, command: &ImportCommand) -> Ended {
        let (report, dry_run) = match command {
            ImportCommand::Mail {
                paths,
                all,
                move_to_cur,
                dry_run,
            } => {
                let how = HowMail {
                    all: *all,
                    dry_run: *dry_run,
                    move_to_cur: *move_to_cur,
                };
                (self.import_mail(paths, how)?, *dry_run)
            }
            ImportCommand::List(list) => self.import_list(list)?,
        };
        self.tell_report(report, dry_run)
    }

    pub(super) fn fetch(&mut self, dry_run: bool) -> Ended {
        let report = self.with_progress(|desk, progress| desk.fetch(dry_run, progress))?;
        self.tell_report(report, dry_run)
    }

    fn tell_report(&mut self, report: ImportReport, dry_run: bool) -> Ended {
        if self.global.json {
            let value = self.report_json(&report);
            printed(self.out.json(&value))?;
        } else {
            self.print_report(&report, dry_run)?;
        }
        // The others were taken in, as the summary says; that one file could not be used is still to be noticed.
        match report.unusable.into_iter().next() {
            Some(error) => Err(error.into()),
            None => Ok(Exit::Done),
        }
    }

    pub(super) fn check_subscribers(&mut self, file: &Path, exit_code: bool) -> Ended {
        let check = self.desk.check_subscribers(file)?;
        if self.global.json {
            let hits: Vec<_> = check
                .hits
                .iter()
                .map(|hit| {
                    json!({
                        "email": hit.email,
                        "id": hit.id,
                        "since": hit.since,
                        "line": hit.line,
                    })
                })
                .collect();
            let value = json!({"checked": check.checked, "hits": hits});
            printed(self.out.json(&value))?;
        } else {
            for hit in &check.hits {
                let line = format!("{:>6}  {}  {}  {}", hit.line, hit.id, hit.since, hit.email);
                printed(self.out.line(line))?;
            }
            let line = self.texts.with(
                "subscribers-checked",
                &[
                    ("n", check.hits.len().into()),
                    ("checked", check.checked.into()),
                ],
            );
            printed(self.out.line(line))?;
        }
        Ok(if exit_code && !check.hits.is_empty() {
            Exit::ActNow
        } else {
            Exit::Done
        })
    }

    fn import_mail(&self, paths: &[PathBuf], how: HowMail) -> Result<ImportReport, OpError> {
        let sources = paths
            .iter()
            .map(|path| {
                if path.as_os_str() == "-" {
                    MailSource::Stream(Box::new(io::stdin()), "-")
                } else {
                    MailSource::Path(path)
                }
            })
            .collect();
        self.with_progress(|desk, progress| desk.import_mail(sources, how, progress))
    }

    /// Takes mails in, and says how far it is where somebody sees it.
    fn with_progress(
        &self,
        take_in: impl FnOnce(&Desk, Progress<'_>) -> Result<ImportReport, OpError>,
    ) -> Result<ImportReport, OpError> {
        let mut meter = Meter::new(&self.texts, "import-progress", self.global.json);
        take_in(&self.desk, &mut |read| meter.tick(read))
    }

    fn report_json(&self, report: &ImportReport) -> serde_json::Value {
        let (taken, already, left_out) = report.totals();
        let files: Vec<_> = report
            .files
            .iter()
            .map(|file| {
                let left_out: Vec<_> = file
                    .left_out
                    .iter()
                    .map(|left| self.left_out(left))
                    .collect();
                let notes: Vec<_> = file.notes.iter().map(|note| self.left_out(note)).collect();
                json!({
                    "path": file.path,
                    "taken": file.taken,
                    "already": file.already,
                    "left_out": left_out,
                    "notes": notes,
                })
            })
            .collect();
        let messages: Vec<_> = report
            .messages
            .iter()
            .map(|message| self.message_json(message))
            .collect();
        json!({
            "files": files,
            "messages": messages,
            "taken": taken,
            "already": already,
            "left_out": left_out,
        })
    }

    fn message_json(&self, message: &MessageReport) -> serde_json::Value {
        let mut value = message_json(message);
        let warnings: Vec<String> = message
            .warnings
            .iter()
            .map(|warning| self.texts.warning(warning))
            .collect();
        if let Some(fields) = value.as_object_mut() {
            fields.insert("warnings".into(), json!(warnings));
        }
        value
    }

    fn left_out(&self, left: &LeftOut) -> serde_json::Value {
        json!({"where": left.place, "why": self.why(left)})
    }

    fn why(&self, left: &LeftOut) -> String {
        match &left.why {
            LeftOutWhy::Unreadable(codes) => {
                let told: Vec<String> = codes
                    .iter()
                    .map(|code| self.texts.get(&format!("mail-problem-{code}")))
                    .collect();
                told.join("; ")
            }
            LeftOutWhy::Aside(id, why) => {
                let why = self.texts.get(&format!("aside-{}", why.word()));
                self.texts.with(
                    "import-aside",
                    &[("id", id.to_string().into()), ("why", why.into())],
                )
            }
            LeftOutWhy::Marked(mark) => self.texts.mark(*mark),
            LeftOutWhy::Io(why) => why.clone(),
            LeftOutWhy::Row(why) => self.texts.row_left_out(*why),
            LeftOutWhy::Flaw(flaw) => self.texts.row_flaw(*flaw),
            LeftOutWhy::Refused(refusal) => self.texts.refusal(refusal).what,
            LeftOutWhy::Warning(warning) => self.texts.warning(warning),
        }
    }

    fn print_report(&mut self, report: &ImportReport, dry_run: bool) -> Result<(), Failure> {
        for file in &report.files {
            self.print_file(file)?;
        }
        for message in &report.messages {
            if let Some(line) = self.message_line(message) {
                printed(self.out.line(line))?;
            }
            for warning in &message.warnings {
                let line = format!("    {}", self.texts.warning(warning));
                printed(self.out.line(line))?;
            }
        }
        let (taken, already, left_out) = report.totals();
        let id = if dry_run {
            "import-dry-run"
        } else {
            "import-total"
        };
        let line = self.texts.with(
            id,
            &[
                ("taken", taken.into()),
                ("already", already.into()),
                ("left", left_out.into()),
            ],
        );
        printed(self.out.line(line))
    }

    fn print_file(&mut self, file: &FileReport) -> Result<(), Failure> {
        let line = self.texts.with(
            "import-file",
            &[
                ("path", file.path.as_str().into()),
                ("taken", file.taken.len().into()),
                ("already", file.already.into()),
                ("left", file.left_out.len().into()),
            ],
        );
        printed(self.out.line(line))?;
        self.print_rows(&file.left_out)?;
        if !file.notes.is_empty() {
            let line = self.texts.get("import-doubtful");
            printed(self.out.line(format!("  {line}")))?;
        }
        self.print_rows(&file.notes)
    }

    fn print_rows(&mut self, rows: &[LeftOut]) -> Result<(), Failure> {
        let told = by_reason(rows.iter().map(|row| (row.place.as_str(), self.why(row))));
        for (places, why) in told.iter().take(SHOWN_ROWS) {
            printed(self.out.line(format!("  {places}: {why}")))?;
        }
        let more = told.len().saturating_sub(SHOWN_ROWS);
        if more > 0 {
            let line = self.texts.with("import-more", &[("n", more.into())]);
            printed(self.out.line(line))?;
        }
        Ok(())
    }

    /// What a mail that was taken in became, and what the suggestion rests on.
    fn message_line(&self, message: &MessageReport) -> Option<String> {
        let id = message.id?;
        let what = match message.verdict {
            Verdict::Request => self.asked(message.asked),
            Verdict::OptOut => self.texts.item_type(ItemType::OptOut),
            Verdict::Reply => self.texts.get("relation-reply"),
            Verdict::Bounce => self.texts.get("relation-bounce"),
            Verdict::Autoresponse => self.texts.get("relation-autoresponse"),
            Verdict::Aside(_) | Verdict::Duplicate | Verdict::Unreadable => return None,
        };
        let reasons = message.reasons.iter();
        let reason = reasons
            .filter(|reason| reason.asked == message.asked)
            .map(|reason| format!(" – »{}«{}", reason.sentence, self.whose(reason)))
            .next()
            .unwrap_or_default();
        let mut line = format!("  {id}  {what}{reason}");
        let others = also_asked(message);
        if !others.is_empty() {
            let kinds: Vec<String> = others.iter().map(|other| self.asked(*other)).collect();
            let also = self.texts.with(
                "import-also",
                &[("kinds", kinds.join(", ").to_lowercase().into())],
            );
            line = format!("{line} {also}");
        }
        Some(line)
    }

    fn asked(&self, asked: Asked) -> String {
        match asked {
            Asked::For(kind) => self.texts.kind(kind),
            Asked::OptOut => self.texts.item_type(ItemType::OptOut),
            Asked::Nothing => self.texts.kind(Kind::Other),
        }
    }

    /// Says of a reason that it rests on a rule of the owner's own, and which.
    fn whose(&self, reason: &Reason) -> String {
        if !reason.own {
            return String::new();
        }
        let phrase = reason.phrase.as_str().into();
        format!(
            " {}",
            self.texts.with("import-own-rule", &[("phrase", phrase)])
        )
    }

    pub(super) fn config(&mut self, command: ConfigCommand) -> Ended {
        match command {
            ConfigCommand::Path => {
                let path = self.config_path.display().to_string();
                printed(self.out.line(path))?;
            }
            ConfigCommand::Show => self.show_config()?,
            ConfigCommand::Init => self.init_config()?,
        }
        Ok(Exit::Done)
    }

    fn show_config(&mut self) -> Result<(), Failure> {
        let settings = &self.desk.settings;
        let value = json!({
            "config": self.config_path.display().to_string(),
            "store": self.desk.store.path().display().to_string(),
            "language": self.texts.language().code(),
            "ascii": settings.ascii,
            "mouse": settings.mouse,
            "time_zone": settings.zone.name(),
            "recording_days": settings.rules.recording_days,
            "repeat_days": settings.rules.repeat_days,
            "link_days": settings.rules.link_days,
            "text_days": settings.rules.retention.text_days,
            "case_months": settings.rules.retention.case_months,
            "optional_days_are_holidays": settings.rules.calendar.optional_days_are_holidays,
            "wait_seconds": settings.wait_seconds,
            "backup_folder": settings.backup_folder.as_ref().map(|path| path.display().to_string()),
            "backup_keep_days": settings.backup_keep_days,
            "calendar_alarm_days": settings.calendar_alarm_days,
            "attachment_mb": settings.attachment_mb,
            "backup_recipients": settings.backup_recipients.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "mail": settings.mail.as_ref().map(mail_json),
            "controller": {
                "name": settings.controller.name,
                "address": settings.controller.address,
                "email": settings.controller.email,
                "phone": settings.controller.phone,
                "site": settings.controller.site,
            },
            "letters": letters_json(&settings.letters),
            "sending": settings.sending.as_ref().map(sending_json),
            "keys": settings.keys,
        });
        if self.global.json {
            return printed(self.out.json(&value));
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            printed(self.out.line(format!("{name} = {value}")))?;
        }
        Ok(())
    }

    fn init_config(&mut self) -> Result<(), Failure> {
        let path = self.config_path.clone();
        let unwritable = |source| OpError::Unwritable {
            path: path.clone(),
            source,
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(unwritable)?;
        }
        let created = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match created {
            Ok(mut file) => {
                let text = sample(self.texts.language());
                file.write_all(text.as_bytes()).map_err(unwritable)?;
                let line = self.texts.with(
                    "config-written",
                    &[("path", path.display().to_string().into())],
                );
                printed(self.out.line(line))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Failure::Usage(self.texts.message(
                    "config-exists",
                    &[("path", path.display().to_string().into())],
                )))
            }
            Err(error) => Err(unwritable(error).into()),
        }
    }

    pub(super) fn completions(&mut self, shell: clap_complete::Shell) -> Ended {
        let mut bytes = Vec::new();
        let mut command = help::command(self.texts.language());
        clap_complete::generate(shell, &mut command, "indsigt", &mut bytes);
        printed(self.out.writer().write_all(&bytes))?;
        Ok(Exit::Done)
    }

    pub(super) fn man(&mut self, dir: Option<&Path>) -> Ended {
        let pages = help::man_pages(&self.texts).map_err(Failure::Output)?;
        let Some(dir) = dir else {
            for page in pages.iter().take(1) {
                printed(self.out.writer().write_all(page.roff.as_bytes()))?;
            }
            return Ok(Exit::Done);
        };
        let unwritable = |source| OpError::Unwritable {
            path: dir.to_owned(),
            source,
        };
        fs::create_dir_all(dir).map_err(unwritable)?;
        for page in pages {
            fs::write(dir.join(page.file), page.roff).map_err(unwritable)?;
        }
        Ok(Exit::Done)
    }

    pub(super) fn demo(&mut self, fill: Option<PathBuf>, archive: Option<(usize, u64)>) -> Ended {
        let today = self.desk.clock.moment().today;
        if let Some(path) = fill {
            if path.exists() {
                return Err(Failure::Usage(self.texts.message(
                    "demo-exists",
                    &[("path", path.display().to_string().into())],
                )));
            }
            let settings = &self.desk.settings;
            match archive {
                Some(size) => {
                    let mut meter = Meter::new(&self.texts, "demo-progress", self.global.json);
                    let mut progress = |made| {
                        let _goes_on = meter.tick(made);
                    };
                    demo::fill_archive(&path, settings, today, size, &mut progress)?;
                }
                None => demo::fill(&path, settings, today)?,
            }
            let line = self.texts.with(
                "demo-filled",
                &[("path", path.display().to_string().into())],
            );
            printed(self.out.line(line))?;
            return Ok(Exit::Done);
        }
        let folder = tempfile::Builder::new()
            .prefix("indsigt-demo-")
            .tempdir_in(super::environment::temporary())
            .map_err(Failure::Output)?;
        let path = folder.path().join("demo.redb");
        demo::fill(&path, &self.desk.settings, today)?;
        self.desk.store = crate::store::Store::at(path, true);
        // The cases were made with the built-in cards.
        self.desk.services_file = None;
        self.desk.intake_file = None;
        self.desk.settings.backup_folder = None;
        // Invented persons get no mail.
        self.desk.settings.sending = None;
        self.terminal_ui()
    }
}

/// What letters say, with the texts of the program where the settings are silent.
fn letters_json(settings: &LetterSettings) -> serde_json::Value {
    let complaints = Language::ALL.iter().map(|&language| {
        let name = format!("complaint_{}", language.code());
        (name, json!(Texts::new(language).complaint(settings)))
    });
    let rest = [
        ("complaint_checked", json!(settings.complaint_checked)),
        ("processor_days", json!(settings.processor_days)),
    ];
    let rest = rest.map(|(name, value)| (name.to_owned(), value));
    complaints.chain(rest).collect()
}

/// The mailbox of the settings, without the command that prints its password: some write the password into it.
fn mail_json(mail: &MailSettings) -> serde_json::Value {
    match &mail.from {
        MailFrom::Maildir { path, move_to_cur } => json!({
            "maildir": path.display().to_string(),
            "move_to_cur": move_to_cur,
            "all": mail.all,
        }),
        MailFrom::Imap(imap) => json!({
            "imap_host": imap.account.host,
            "imap_port": imap.account.port,
            "imap_user": imap.account.user,
            "imap_folder": imap.folder,
            "imap_tls": match imap.account.encryption {
                Encryption::Implicit => "implicit",
                Encryption::StartTls => "starttls",
            },
            "imap_ca_file": imap.account.ca_file.as_ref().map(|path| path.display().to_string()),
            "imap_move_to": imap.move_to,
            "all": mail.all,
        }),
    }
}

/// Where letters are handed over: of commands only the program, as some write a password into the rest.
fn sending_json(outlet: &Outlet) -> serde_json::Value {
    let timeout = outlet.patience.as_secs();
    match &outlet.by {
        By::Shell(_) | By::Program(_) => {
            json!({"command": outlet.place(), "timeout_seconds": timeout})
        }
        By::Smtp { account, .. } => json!({
            "smtp_host": account.host,
            "smtp_port": account.port,
            "smtp_user": Some(&account.user).filter(|user| !user.is_empty()),
            "smtp_tls": match account.encryption {
                Encryption::Implicit => "implicit",
                Encryption::StartTls => "starttls",
            },
            "smtp_ca_file": account.ca_file.as_ref().map(|path| path.display().to_string()),
            "timeout_seconds": timeout,
        }),
    }
}

/// What else a new request asks for: each right is a case of its own (`split`).
fn also_asked(message: &MessageReport) -> &[Asked] {
    match message.verdict {
        Verdict::Request => &message.also,
        _ => &[],
    }
}

fn message_json(message: &MessageReport) -> serde_json::Value {
    let kind = match message.asked {
        Asked::For(kind) => Some(kind),
        Asked::OptOut | Asked::Nothing => None,
    };
    let also: Vec<_> = also_asked(message)
        .iter()
        .map(|other| other.word())
        .collect();
    let reasons: Vec<_> = message
        .reasons
        .iter()
        .map(|reason| {
            json!({
                "kind": reason.asked.word(),
                "phrase": reason.phrase,
                "sentence": reason.sentence,
                "in_subject": reason.in_subject,
                "own": reason.own,
            })
        })
        .collect();
    json!({
        "where": message.place,
        "verdict": message.verdict.word(),
        "id": message.id,
        "kind": kind,
        "also": also,
        "reasons": reasons,
        "from": message.from.as_ref().map(|(name, email)| json!({"name": name, "email": email})),
        "subject": message.subject,
        "received_at": message.received_at.map(shapes::instant),
        "message_id": message.message_id,
        "text": message.text,
        "problems": message.problems,
        "attachments": message.attachments,
        "inner_sender": message.inner_sender.as_ref().map(|(name, email)| json!({"name": name, "email": email})),
    })
}
