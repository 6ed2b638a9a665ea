//! The table `[mail]`: where new mail is fetched from.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{ConfigProblem, value};
use crate::mail::imap::{Account, Encryption};

/// Where new mail is fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// The mailbox.
    pub from: MailFrom,
    /// Every mail is a request: the mailbox is used for nothing else.
    pub all: bool,
}

impl MailSettings {
    /// The same with its paths as `expand` reads them.
    #[must_use]
    pub fn expanded(mut self, expand: impl Fn(&Path) -> PathBuf) -> Self {
        match &mut self.from {
            MailFrom::Maildir { path, .. } => *path = expand(path),
            MailFrom::Imap(imap) => {
                imap.account.ca_file = imap.account.ca_file.as_deref().map(expand);
            }
        }
        self
    }
}

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailFrom {
    /// A folder on this machine.
    Maildir {
        /// The Maildir, perhaps with `~/` in front.
        path: PathBuf,
        /// Whether what was taken from `new` goes to `cur`.
        move_to_cur: bool,
    },
    /// A folder on a server.
    Imap(ImapSettings),
}

/// A folder on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImapSettings {
    /// The server, and who signs in.
    pub account: Account,
    /// The folder.
    pub folder: String,
    /// What prints the password.
    pub password_command: String,
    /// Where mails go that were taken in; without it the folder is only looked at.
    pub move_to: Option<String>,
}

/// The table as it is written; every field may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenMail {
    maildir: Option<String>,
    move_to_cur: Option<bool>,
    imap_host: Option<String>,
    imap_port: Option<i64>,
    imap_user: Option<String>,
    imap_folder: Option<String>,
    imap_password_command: Option<String>,
    imap_tls: Option<String>,
    imap_ca_file: Option<String>,
    imap_move_to: Option<String>,
    all: Option<bool>,
}

impl WrittenMail {
    /// The settings; every problem is added to `problems`, and with one of them there are none.
    pub(super) fn settings(&self, problems: &mut Vec<ConfigProblem>) -> Option<MailSettings> {
        let before = problems.len();
        let from = match (&self.maildir, &self.imap_host) {
            (None, None) => {
                // Whoever writes of a server has forgotten its name, else both are possible.
                let setting = match self.first_of_imap() {
                    Some(_) => "mail.imap_host",
                    None => "mail.maildir / mail.imap_host",
                };
                problems.push(ConfigProblem::Missing { setting });
                self.imap(String::new(), problems)
            }
            (Some(path), None) => {
                if let Some(setting) = self.first_of_imap() {
                    problems.push(together("mail.maildir", setting));
                }
                if path.trim().is_empty() {
                    problems.push(value("mail.maildir", path, "~/Mail/Inbox"));
                }
                MailFrom::Maildir {
                    path: PathBuf::from(path),
                    move_to_cur: self.move_to_cur.unwrap_or_default(),
                }
            }
            (maildir, Some(host)) => {
                if maildir.is_some() {
                    problems.push(together("mail.imap_host", "mail.maildir"));
                } else if self.move_to_cur.is_some() {
                    problems.push(together("mail.imap_host", "mail.move_to_cur"));
                }
                self.imap(host.clone(), problems)
            }
        };
        (problems.len() == before).then(|| MailSettings {
            from,
            all: self.all.unwrap_or_default(),
        })
    }

    /// A setting that only makes sense with a server.
    fn first_of_imap(&self) -> Option<&'static str> {
        [
            ("mail.imap_port", self.imap_port.is_some()),
            ("mail.imap_user", self.imap_user.is_some()),
            ("mail.imap_folder", self.imap_folder.is_some()),
            (
                "mail.imap_password_command",
                self.imap_password_command.is_some(),
            ),
            ("mail.imap_tls", self.imap_tls.is_some()),
            ("mail.imap_ca_file", self.imap_ca_file.is_some()),
            ("mail.imap_move_to", self.imap_move_to.is_some()),
        ]
        .into_iter()
        .find_map(|(setting, is_there)| is_there.then_some(setting))
    }

    fn imap(&self, host: String, problems: &mut Vec<ConfigProblem>) -> MailFrom {
        let is_named = self.imap_host.is_some();
        if is_named && (host.is_empty() || !host.chars().all(is_of_host)) {
            problems.push(value("mail.imap_host", &host, "imap.example.dk"));
        }
        let mut needed = |setting, given: &Option<String>| {
            let given = given.clone().unwrap_or_default();
            if given.trim().is_empty() && (is_named || self.first_of_imap().is_some()) {
                problems.push(ConfigProblem::Missing { setting });
            }
            given
        };
        let user = needed("mail.imap_user", &self.imap_user);
        let password_command = needed("mail.imap_password_command", &self.imap_password_command);
        let mut text = |setting, given: &Option<String>, wanted| {
            let given = given.as_ref()?;
            if given.is_empty() || given.chars().any(char::is_control) {
                problems.push(value(setting, given, wanted));
            }
            Some(given.clone())
        };
        let folder = text("mail.imap_folder", &self.imap_folder, "INBOX");
        let folder = folder.unwrap_or_else(|| "INBOX".to_owned());
        let move_to = text("mail.imap_move_to", &self.imap_move_to, "INBOX/indsigt");
        let ca_file = text("mail.imap_ca_file", &self.imap_ca_file, "~/ca.pem");
        if user.chars().any(char::is_control) {
            problems.push(value("mail.imap_user", &user, "kontakt@example.dk"));
        }
        if move_to.as_ref() == Some(&folder) {
            problems.push(together("mail.imap_folder", "mail.imap_move_to"));
        }
        let encryption = match self.imap_tls.as_deref() {
            None | Some("implicit") => Encryption::Implicit,
            Some("starttls") => Encryption::StartTls,
            Some(other) => {
                problems.push(value("mail.imap_tls", other, "implicit, starttls"));
                Encryption::Implicit
            }
        };
        let usual = match encryption {
            Encryption::Implicit => 993,
            Encryption::StartTls => 143,
        };
        let port = self.imap_port.unwrap_or(usual);
        let port = u16::try_from(port)
            .ok()
            .filter(|port| *port > 0)
            .unwrap_or_else(|| {
                problems.push(value("mail.imap_port", &port.to_string(), "1–65535"));
                993
            });
        MailFrom::Imap(ImapSettings {
            account: Account {
                host,
                port,
                user,
                encryption,
                ca_file: ca_file.map(PathBuf::from),
            },
            folder,
            password_command,
            move_to,
        })
    }
}

pub(super) fn is_of_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':')
}

pub(super) fn together(setting: &'static str, other: &'static str) -> ConfigProblem {
    ConfigProblem::Together { setting, other }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, sample};
    use super::*;
    use crate::domain::person::Language;

    /// The lines of the sample between two headings, with the sign of a remark taken away.
    fn example(heading: &str) -> String {
        let lines = sample(Language::En)
            .lines()
            .skip_while(|line| !line.starts_with(heading))
            .skip(1);
        let lines = lines.take_while(|line| !line.starts_with("# ---"));
        let lines = lines.filter_map(|line| line.strip_prefix('#'));
        lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .fold("[mail]\n".to_owned(), |text, line| text + line + "\n")
    }

    fn mail(text: &str) -> MailSettings {
        parse(text).unwrap().mail.unwrap()
    }

    fn problems(text: &str) -> Vec<ConfigProblem> {
        parse(text).unwrap_err()
    }

    #[test]
    fn the_examples_of_the_sample_are_settings() {
        assert_eq!(
            mail(&example("# --- A Maildir")),
            MailSettings {
                from: MailFrom::Maildir {
                    path: "~/Mail/Inbox".into(),
                    move_to_cur: false
                },
                all: false,
            }
        );
        let settings = mail(&example("# --- A folder on a server"));
        let MailFrom::Imap(imap) = &settings.from else {
            panic!("{settings:?}")
        };
        assert_eq!((imap.account.port, imap.folder.as_str()), (993, "INBOX"));
        assert!(imap.move_to.is_some() && imap.account.ca_file.is_some());
    }

    #[test]
    fn what_is_not_said_has_its_usual_value() {
        let text = "[mail]\nimap_host = \"imap.example.dk\"\nimap_user = \"k\"\nimap_password_command = \"pass mail\"\n";
        let MailFrom::Imap(imap) = mail(text).from else {
            panic!("no server")
        };
        assert_eq!((imap.account.port, imap.folder.as_str()), (993, "INBOX"));
        assert_eq!((imap.account.ca_file, imap.move_to), (None, None));
        let MailFrom::Imap(imap) = mail(&format!("{text}imap_tls = \"starttls\"\n")).from else {
            panic!("no server")
        };
        assert_eq!(imap.account.port, 143);
    }

    #[test]
    fn all_problems_of_the_table_are_told_at_once() {
        let found = problems(
            "repeat_days = 0\n[mail]\nimap_host = \"imap example\"\nimap_port = 70000\nimap_tls = \"none\"\nimap_folder = \"A\"\nimap_move_to = \"A\"\n",
        );
        assert_eq!(found.len(), 7, "{found:?}");
        assert!(found.contains(&ConfigProblem::Missing {
            setting: "mail.imap_password_command"
        }));
        for (text, setting) in [
            ("[mail]\n", "mail.maildir / mail.imap_host"),
            ("[mail]\nall = true\n", "mail.maildir / mail.imap_host"),
        ] {
            assert_eq!(problems(text), [ConfigProblem::Missing { setting }]);
        }
        assert_eq!(problems("[mail]\nimap_user = \"k\"\n").len(), 2);
        for text in [
            "[mail]\nmaildir = \"m\"\nimap_host = \"h\"\nimap_user = \"k\"\nimap_password_command = \"p\"\n",
            "[mail]\nmaildir = \"m\"\nimap_user = \"k\"\n",
        ] {
            let found = problems(text);
            assert!(
                matches!(found[..], [ConfigProblem::Together { .. }]),
                "{found:?}"
            );
        }
        assert!(matches!(
            problems("[mail]\npassword = \"x\"\n")[..],
            [ConfigProblem::Syntax(_)]
        ));
    }
}
