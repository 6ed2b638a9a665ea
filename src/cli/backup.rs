//! `backup`, `restore`, and the daily backup after a command.

use std::fs;
use std::io::{self, IsTerminal, Read as _};
use std::path::Path;

use serde_json::json;

use super::args::{BackupArgs, Command, DueArgs, RestoreArgs};
use super::exit::Exit;
use super::{Ended, Failure, Session, print, printed};
use crate::export::json as shapes;
use crate::mail::clean;
use crate::ops::OpError;
use crate::ops::backup::BackupError;
use crate::seal::{self, Key, Passphrase, Recipient, Seal};
use crate::store::Existing;

/// The commands after which no daily backup is made: they do not use the store, or another one.
pub(super) fn leaves_store_alone(command: Option<&Command>) -> bool {
    matches!(
        command,
        Some(
            Command::Deadline { .. }
                | Command::Services { .. }
                | Command::Config(_)
                | Command::Completions { .. }
                | Command::Man { .. }
                | Command::Demo { .. }
                // A login does not wait for the backup of the day.
                | Command::Due(DueArgs { brief: true, .. })
        )
    )
}

impl Session {
    pub(super) fn backup(&mut self, args: &BackupArgs) -> Ended {
        let to_output = args.file.as_os_str() == "-";
        if to_output && self.global.json {
            let message = self.texts.message("backup-and-json", &[]);
            return Err(Failure::Usage(message));
        }
        if to_output && io::stdout().is_terminal() {
            return Err(OpError::from(BackupError::Terminal).into());
        }
        let seal = self.seal(args)?;
        if to_output {
            let prepared = self.desk.prepare_backup(seal.as_ref())?;
            printed(prepared.write_to(self.out.writer()).map(drop))?;
            return Ok(Exit::Done);
        }
        let existing = if args.force {
            Existing::Replaced
        } else {
            Existing::Kept
        };
        let made = self.desk.backup(&args.file, seal.as_ref(), existing)?;
        let path = args.file.display().to_string();
        if self.global.json {
            let value = json!({
                "path": path,
                "bytes": made.bytes,
                "records": made.contents.records,
                "generation": made.contents.generation,
                "encrypted": seal.is_some(),
            });
            printed(self.out.json(&value))?;
        } else {
            let id = if seal.is_some() {
                "backup-written-encrypted"
            } else {
                "backup-written"
            };
            let contents = self.texts.contents(&made.contents, self.desk.settings.zone);
            let line = self
                .texts
                .with(id, &[("path", path.into()), ("contents", contents.into())]);
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }

    /// For whom a backup is to be encrypted; `None` when it is not to be.
    fn seal(&self, args: &BackupArgs) -> Result<Option<Seal>, Failure> {
        if let Some(path) = &args.passphrase_file {
            return Ok(Some(Seal::Passphrase(self.passphrase(path)?)));
        }
        let mut recipients = Vec::new();
        for given in &args.recipient {
            let recipient = Recipient::parse(given).ok_or_else(|| {
                let text = seal::presentable(given);
                let message = self
                    .texts
                    .message("backup-bad-recipient", &[("text", text.into())]);
                Failure::Usage(message)
            })?;
            recipients.push(recipient);
        }
        Ok((!recipients.is_empty()).then_some(Seal::Recipients(recipients)))
    }

    pub(super) fn passphrase(&self, path: &Path) -> Result<Passphrase, Failure> {
        Passphrase::in_file(&read(path)?).ok_or_else(|| {
            let path = path.display().to_string();
            let message = self
                .texts
                .message("passphrase-file-empty", &[("path", path.into())]);
            Failure::Input(message)
        })
    }

    fn key(&self, args: &RestoreArgs) -> Result<Option<Key>, Failure> {
        if let Some(path) = &args.passphrase_file {
            return Ok(Some(Key::Passphrase(self.passphrase(path)?)));
        }
        let Some(path) = &args.identity else {
            return Ok(None);
        };
        let key = Key::in_file(&read(path)?).map_err(|line| {
            let path = path.display().to_string();
            let message = self.texts.message(
                "identity-file-bad",
                &[("path", path.into()), ("line", line.into())],
            );
            Failure::Input(message)
        })?;
        Ok(Some(key))
    }

    pub(super) fn restore(&mut self, args: &RestoreArgs) -> Ended {
        let key = self.key(args)?;
        let file = if args.file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|source| OpError::Unreadable {
                    path: args.file.clone(),
                    source,
                })?;
            bytes
        } else {
            read(&args.file)?
        };
        let restored = self
            .desk
            .restore(&args.file, file, key.as_ref(), args.yes)?;
        let contents = restored.contents;
        let from = args.file.display().to_string();
        let aside = restored.aside.map(|path| path.display().to_string());
        if self.global.json {
            let value = json!({
                "path": self.desk.store.path().display().to_string(),
                "from": from,
                "records": contents.records,
                "generation": contents.generation,
                "last_change": contents.last_change.map(shapes::instant),
                "set_aside": aside,
            });
            printed(self.out.json(&value))?;
            return Ok(Exit::Done);
        }
        let told = self.texts.contents(&contents, self.desk.settings.zone);
        let line = self.texts.with(
            "restored",
            &[("path", from.into()), ("contents", told.into())],
        );
        printed(self.out.line(line))?;
        if let Some(aside) = aside {
            let line = self.texts.with("restored-aside", &[("path", aside.into())]);
            printed(self.out.line(line))?;
        }
        Ok(Exit::Done)
    }

    /// Makes the backup of the day where that is wanted, after everything was printed. That it failed is told, and
    /// changes nothing about how the command ended.
    pub(super) fn rotate(&self) {
        if let Err(error) = self.desk.rotate() {
            let message = self.texts.rotation_failed(&error);
            print::warning(&clean::line(&message.what));
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, OpError> {
    fs::read(path).map_err(|source| OpError::Unreadable {
        path: path.to_owned(),
        source,
    })
}
