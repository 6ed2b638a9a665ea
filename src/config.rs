//! The owner's settings: one file, read once, with every problem reported together.
//!
//! Where the file lies and which language is wanted is decided by `cli` from options and environment; this module
//! only turns text into values.

use std::collections::BTreeMap;
use std::path::PathBuf;

mod letters;
mod mail;
mod sample;
mod sending;

use chrono_tz::Tz;
use serde::Deserialize;

pub use self::letters::{Controller, LetterSettings};
pub use self::mail::{ImapSettings, MailFrom, MailSettings};
pub use self::sample::{Block, Setting, blocks, sample};
use crate::domain::holidays::Calendar;
use crate::domain::person::Language;
use crate::domain::standing::Rules;
use crate::mail::send::Outlet;
use crate::seal::{self, Recipient};

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The language of the program; `None` leaves it to the environment.
    pub language: Option<Language>,
    /// Whether the screen is drawn in ASCII only; `None` leaves it to terminal and locale.
    pub ascii: Option<bool>,
    /// Whether the screen answers to the mouse. The terminal then selects text only while Shift is held.
    pub mouse: bool,
    /// The controller's time zone.
    pub zone: Tz,
    /// The rules' numbers.
    pub rules: Rules,
    /// Seconds an operation waits for a busy store.
    pub wait_seconds: u64,
    /// The folder for daily backups; none are made without it.
    pub backup_folder: Option<PathBuf>,
    /// How many days a daily backup is kept, its own counted.
    pub backup_keep_days: u16,
    /// Who can read the daily backups; without any they are not encrypted.
    pub backup_recipients: Vec<Recipient>,
    /// How many days before `act_by` a calendar reminds of it.
    pub calendar_alarm_days: Vec<u16>,
    /// Mebibytes of the largest file that is kept with a case.
    pub attachment_mb: u16,
    /// Where new mail is fetched from, when that is said.
    pub mail: Option<MailSettings>,
    /// Who writes the letters.
    pub controller: Controller,
    /// What letters say where that is for the owner to decide.
    pub letters: LetterSettings,
    /// Where letters are handed over that go as mails, when that is said.
    pub sending: Option<Outlet>,
    /// The owner's keys, by the name of what they do; what of them can be used is for the screen to say.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// How many days a daily backup is kept unless the settings say otherwise.
const KEEP_DAYS: u16 = 14;

/// The largest file that is kept unless the settings say otherwise.
const ATTACHMENT_MB: u16 = 10;

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            ascii: None,
            mouse: false,
            zone: chrono_tz::Europe::Copenhagen,
            rules: Rules::default(),
            wait_seconds: crate::store::DEFAULT_WAIT.as_secs(),
            backup_folder: None,
            backup_keep_days: KEEP_DAYS,
            backup_recipients: Vec::new(),
            calendar_alarm_days: vec![7, 1],
            attachment_mb: ATTACHMENT_MB,
            mail: None,
            controller: Controller::default(),
            letters: LetterSettings::default(),
            sending: None,
            keys: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Bytes of the largest file that is kept with a case; with 0 none is but an empty one.
    pub fn attachment_bytes(&self) -> usize {
        usize::from(self.attachment_mb) * 1024 * 1024
    }
}

/// The file as it is written; every field may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    language: Option<String>,
    ascii: Option<bool>,
    mouse: Option<bool>,
    time_zone: Option<String>,
    recording_days: Option<i64>,
    repeat_days: Option<i64>,
    link_days: Option<i64>,
    text_days: Option<i64>,
    case_months: Option<i64>,
    optional_days_are_holidays: Option<bool>,
    wait_seconds: Option<i64>,
    backup_folder: Option<String>,
    backup_keep_days: Option<i64>,
    backup_recipients: Option<Vec<String>>,
    calendar_alarm_days: Option<Vec<i64>>,
    attachment_mb: Option<i64>,
    mail: Option<mail::WrittenMail>,
    controller: Option<Controller>,
    letters: Option<letters::WrittenLetters>,
    sending: Option<sending::WrittenSending>,
    keys: Option<BTreeMap<String, OneOrMore>>,
}

/// A key, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// Something wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigProblem {
    /// Not TOML, or an unknown setting; with what the parser says, line included.
    Syntax(String),
    /// A value outside what makes sense.
    Value {
        /// The setting.
        setting: &'static str,
        /// The value.
        value: String,
        /// What would do.
        wanted: String,
    },
    /// A setting that others need.
    Missing {
        /// The setting.
        setting: &'static str,
    },
    /// Settings that exclude each other.
    Together {
        /// One of them.
        setting: &'static str,
        /// The other.
        other: &'static str,
    },
}

/// Reads the settings.
///
/// # Errors
/// Every problem there is, not only the first.
pub fn parse(text: &str) -> Result<Settings, Vec<ConfigProblem>> {
    let written: Written = toml::from_str(text)
        .map_err(|error| vec![ConfigProblem::Syntax(in_one_line(&error.to_string()))])?;
    let mut problems = Vec::new();
    let mut settings = Settings::default();
    if let Some(code) = written.language.as_deref().filter(|code| !code.is_empty()) {
        settings.language = Language::of_code(code);
        if settings.language.is_none() {
            let codes: Vec<&str> = Language::codes().collect();
            problems.push(value("language", code, &codes.join(", ")));
        }
    }
    settings.ascii = written.ascii;
    settings.mouse = written.mouse.unwrap_or_default();
    if let Some(name) = &written.time_zone {
        match name.parse::<Tz>() {
            Ok(zone) => settings.zone = zone,
            Err(_) => problems.push(value("time_zone", name, "Europe/Copenhagen, Europe/…")),
        }
    }
    problems.extend(numbers(&written, &mut settings));
    if let Some(days) = &written.calendar_alarm_days {
        let good = days
            .iter()
            .map(|day| u16::try_from(*day).ok().filter(|day| *day <= 365));
        match good.collect() {
            Some(days) => settings.calendar_alarm_days = days,
            None => problems.push(value(
                "calendar_alarm_days",
                &format!("{days:?}"),
                "[0–365, …]",
            )),
        }
    }
    problems.extend(backups(&written, &mut settings));
    if let Some(mail) = &written.mail {
        settings.mail = mail.settings(&mut problems);
    }
    if let Some(controller) = written.controller {
        settings.controller = controller.checked(&mut problems);
    }
    if let Some(letters) = &written.letters {
        settings.letters = letters.settings(&mut problems);
    }
    if let Some(sending) = &written.sending {
        settings.sending = sending.settings(&mut problems);
    }
    for (name, keys) in written.keys.unwrap_or_default() {
        let keys = match keys {
            OneOrMore::One(key) => vec![key],
            OneOrMore::More(keys) => keys,
        };
        settings.keys.insert(name, keys);
    }
    settings.rules.calendar = Calendar {
        optional_days_are_holidays: written.optional_days_are_holidays.unwrap_or_default(),
    };
    if problems.is_empty() {
        Ok(settings)
    } else {
        Err(problems)
    }
}

/// The settings that are numbers.
fn numbers(written: &Written, settings: &mut Settings) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    let mut number = |name, given: Option<i64>, range: std::ops::RangeInclusive<i64>, wanted| {
        let given = given?;
        if range.contains(&given) {
            return Some(given);
        }
        problems.push(value(name, &given.to_string(), wanted));
        None
    };
    if let Some(days) = number("recording_days", written.recording_days, 1..=365, "1–365") {
        settings.rules.recording_days = u16::try_from(days).unwrap_or(u16::MAX);
    }
    if let Some(days) = number("repeat_days", written.repeat_days, 1..=3650, "1–3650") {
        settings.rules.repeat_days = days;
    }
    if let Some(days) = number("link_days", written.link_days, 0..=365, "0–365") {
        settings.rules.link_days = u16::try_from(days).unwrap_or(u16::MAX);
    }
    if let Some(days) = number("text_days", written.text_days, 0..=3650, "0–3650") {
        settings.rules.retention.text_days = u16::try_from(days).unwrap_or(u16::MAX);
    }
    if let Some(months) = number("case_months", written.case_months, 0..=240, "0–240") {
        settings.rules.retention.case_months = u16::try_from(months).unwrap_or(u16::MAX);
    }
    if let Some(size) = number("attachment_mb", written.attachment_mb, 0..=100, "0–100") {
        settings.attachment_mb = u16::try_from(size).unwrap_or(ATTACHMENT_MB);
    }
    if let Some(seconds) = number("wait_seconds", written.wait_seconds, 0..=600, "0–600") {
        settings.wait_seconds = u64::try_from(seconds).unwrap_or_default();
    }
    if let Some(days) = number(
        "backup_keep_days",
        written.backup_keep_days,
        1..=3650,
        "1–3650",
    ) {
        settings.backup_keep_days = u16::try_from(days).unwrap_or(u16::MAX);
    }
    problems
}

/// Where daily backups go, and for whom.
fn backups(written: &Written, settings: &mut Settings) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    match written.backup_folder.as_deref() {
        None | Some("") => {}
        // Relative to what? cron, a mail filter and a shell each start somewhere else.
        Some(folder) if folder.starts_with('/') || folder.starts_with("~/") => {
            settings.backup_folder = Some(PathBuf::from(folder));
        }
        Some(folder) => problems.push(value("backup_folder", folder, "/…, ~/…")),
    }
    for key in written.backup_recipients.iter().flatten() {
        match Recipient::parse(key) {
            Some(recipient) => settings.backup_recipients.push(recipient),
            None => problems.push(value("backup_recipients", &seal::presentable(key), "age1…")),
        }
    }
    problems
}

/// Where the parser stopped and why, without the picture of the line between them: errors are told in few lines.
fn in_one_line(said: &str) -> String {
    let mut lines = said.trim().lines();
    let place = lines.next().unwrap_or_default();
    match lines.last() {
        Some(why) => format!("{place}: {why}"),
        None => place.to_owned(),
    }
}

fn value(setting: &'static str, value: &str, wanted: &str) -> ConfigProblem {
    ConfigProblem::Value {
        setting,
        value: value.to_owned(),
        wanted: wanted.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_are_told_at_once() {
        let problems =
            parse("language = \"sv\"\ntime_zone = \"Mars\"\nrecording_days = 0").unwrap_err();
        assert_eq!(problems.len(), 3);
        let problems = parse(
            "backup_folder = \"backups\"\nbackup_keep_days = 0\nbackup_recipients = [\"age1x\", \"ssh-rsa\"]",
        )
        .unwrap_err();
        assert_eq!(problems.len(), 4);
        assert!(matches!(
            parse("colour = 1").unwrap_err()[0],
            ConfigProblem::Syntax(_)
        ));
    }
}
