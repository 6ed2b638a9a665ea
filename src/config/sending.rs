//! The table `[sending]`: where letters are handed over that go as mails.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::mail::{is_of_host, together};
use super::{ConfigProblem, value};
use crate::mail::imap::{Account, Encryption};
use crate::mail::send::{By, Outlet};

/// Seconds that a server, or the command, is waited for unless the settings say otherwise.
const TIMEOUT: u64 = 120;

/// A command line, or the words of one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WrittenCommand {
    Line(String),
    Words(Vec<String>),
}

/// The table as it is written; every field may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSending {
    command: Option<WrittenCommand>,
    smtp_host: Option<String>,
    smtp_port: Option<i64>,
    smtp_user: Option<String>,
    smtp_password_command: Option<String>,
    smtp_tls: Option<String>,
    smtp_ca_file: Option<String>,
    timeout_seconds: Option<i64>,
}

impl WrittenSending {
    /// The settings; every problem is added to `problems`, and with one of them there are none.
    pub(super) fn settings(&self, problems: &mut Vec<ConfigProblem>) -> Option<Outlet> {
        let before = problems.len();
        let by = match (&self.command, &self.smtp_host) {
            (None, None) => {
                let setting = match self.first_of_smtp() {
                    Some(_) => "sending.smtp_host",
                    None => "sending.command / sending.smtp_host",
                };
                problems.push(ConfigProblem::Missing { setting });
                By::Program(Vec::new())
            }
            (Some(command), None) => {
                if let Some(setting) = self.first_of_smtp() {
                    problems.push(together("sending.command", setting));
                }
                by_command(command, problems)
            }
            (command, Some(host)) => {
                if command.is_some() {
                    problems.push(together("sending.command", "sending.smtp_host"));
                }
                self.smtp(host, problems)
            }
        };
        let patience = match self.timeout_seconds {
            None => TIMEOUT,
            Some(seconds @ 1..=900) => seconds.unsigned_abs(),
            Some(seconds) => {
                let seconds = seconds.to_string();
                problems.push(value("sending.timeout_seconds", &seconds, "1–900"));
                TIMEOUT
            }
        };
        (problems.len() == before).then(|| Outlet {
            by,
            patience: Duration::from_secs(patience),
        })
    }

    /// A setting that only makes sense with a server.
    fn first_of_smtp(&self) -> Option<&'static str> {
        [
            ("sending.smtp_port", self.smtp_port.is_some()),
            ("sending.smtp_user", self.smtp_user.is_some()),
            (
                "sending.smtp_password_command",
                self.smtp_password_command.is_some(),
            ),
            ("sending.smtp_tls", self.smtp_tls.is_some()),
            ("sending.smtp_ca_file", self.smtp_ca_file.is_some()),
        ]
        .into_iter()
        .find_map(|(setting, is_there)| is_there.then_some(setting))
    }

    fn smtp(&self, host: &str, problems: &mut Vec<ConfigProblem>) -> By {
        if host.is_empty() || !host.chars().all(is_of_host) {
            problems.push(value("sending.smtp_host", host, "smtp.example.dk"));
        }
        let mut text = |setting, given: &Option<String>, wanted| {
            let given = given.as_ref()?;
            if given.trim().is_empty() || given.chars().any(char::is_control) {
                problems.push(value(setting, given, wanted));
            }
            Some(given.clone())
        };
        let user = text("sending.smtp_user", &self.smtp_user, "kontakt@example.dk");
        let password_command = self.smtp_password_command.clone();
        let ca_file = text("sending.smtp_ca_file", &self.smtp_ca_file, "~/ca.pem");
        // A server of one's own may want neither; one without the other is a slip.
        match (&user, &password_command) {
            (Some(_), None) => problems.push(ConfigProblem::Missing {
                setting: "sending.smtp_password_command",
            }),
            (None, Some(_)) => problems.push(ConfigProblem::Missing {
                setting: "sending.smtp_user",
            }),
            _ => {}
        }
        let encryption = match self.smtp_tls.as_deref() {
            None if self.smtp_port == Some(587) => Encryption::StartTls,
            Some("starttls") => Encryption::StartTls,
            None | Some("implicit") => Encryption::Implicit,
            Some(other) => {
                problems.push(value("sending.smtp_tls", other, "implicit, starttls"));
                Encryption::Implicit
            }
        };
        let usual = match encryption {
            Encryption::Implicit => 465,
            Encryption::StartTls => 587,
        };
        let port = self.smtp_port.unwrap_or(usual);
        let port = u16::try_from(port)
            .ok()
            .filter(|port| *port > 0)
            .unwrap_or_else(|| {
                problems.push(value("sending.smtp_port", &port.to_string(), "1–65535"));
                465
            });
        By::Smtp {
            account: Account {
                host: host.to_owned(),
                port,
                user: user.unwrap_or_default(),
                encryption,
                ca_file: ca_file.map(PathBuf::from),
            },
            password_command: password_command.unwrap_or_default(),
        }
    }
}

fn by_command(command: &WrittenCommand, problems: &mut Vec<ConfigProblem>) -> By {
    const WANTED: &str = "[\"/usr/sbin/sendmail\", \"-t\", \"-i\"]";
    match command {
        WrittenCommand::Line(line) => {
            if line.trim().is_empty() {
                problems.push(value("sending.command", line, WANTED));
            }
            By::Shell(line.clone())
        }
        WrittenCommand::Words(words) => {
            if words.first().is_none_or(|word| word.trim().is_empty()) {
                problems.push(value("sending.command", "[]", WANTED));
            }
            By::Program(words.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, sample};
    use super::*;
    use crate::domain::person::Language;

    fn outlet(text: &str) -> Outlet {
        parse(text).unwrap().sending.unwrap()
    }

    /// The lines of the sample below a heading, with the sign of a remark taken away.
    fn example(heading: &str) -> String {
        let lines = sample(Language::En)
            .lines()
            .skip_while(|line| !line.starts_with(heading));
        let lines = lines.skip(1).take_while(|line| line.starts_with('#'));
        let lines = lines.filter_map(|line| line.strip_prefix('#'));
        lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .fold("[sending]\n".to_owned(), |text, line| text + line + "\n")
    }

    #[test]
    fn the_examples_of_the_sample_are_settings() {
        let by = By::Program(["/usr/sbin/sendmail", "-t", "-i"].map(str::to_owned).into());
        assert_eq!(outlet(&example("# --- A command")).by, by);
        let outlet = outlet(&example("# --- A mail server"));
        assert_eq!(outlet.place(), "smtp.example.dk:465");
        assert_eq!(outlet.patience, Duration::from_secs(TIMEOUT));
    }

    #[test]
    fn ports_and_encryption_follow_from_each_other() {
        for (more, expected) in [
            ("", (465, Encryption::Implicit)),
            ("smtp_tls = \"starttls\"", (587, Encryption::StartTls)),
            ("smtp_port = 587", (587, Encryption::StartTls)),
            ("smtp_port = 465", (465, Encryption::Implicit)),
            ("smtp_port = 2525", (2525, Encryption::Implicit)),
        ] {
            let text = format!("[sending]\nsmtp_host = \"smtp.example.dk\"\n{more}\n");
            let By::Smtp { account, .. } = outlet(&text).by else {
                panic!("{text}")
            };
            assert_eq!((account.port, account.encryption), expected, "{more}");
        }
        let line = outlet("[sending]\ncommand = \"msmtp -t\"\ntimeout_seconds = 5\n");
        assert_eq!(line.by, By::Shell("msmtp -t".to_owned()));
        assert_eq!(
            (line.place().as_str(), line.patience.as_secs()),
            ("msmtp", 5)
        );
    }

    #[test]
    fn problems_are_told_together() {
        for (text, count) in [
            ("", 1),
            ("smtp_user = \"k\"", 1),
            ("command = []", 1),
            ("command = \" \"", 1),
            ("command = \"x\"\nsmtp_port = 25", 1),
            ("command = \"x\"\nsmtp_host = \"h\"", 1),
            ("smtp_host = \"h\"\nsmtp_user = \"k\"", 1),
            ("smtp_host = \"h\"\nsmtp_password_command = \"k\"", 1),
            (
                "smtp_host = \"h h\"\nsmtp_port = 0\nsmtp_tls = \"none\"\ntimeout_seconds = 0",
                4,
            ),
        ] {
            let found = parse(&format!("[sending]\n{text}\n")).unwrap_err();
            assert_eq!(found.len(), count, "{text}: {found:?}");
        }
        assert!(parse("[sending]\npassword = \"x\"\n").is_err());
    }
}
