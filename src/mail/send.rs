//! Hands one mail over: to a command that works like `sendmail`, or to a mail server over SMTP, always encrypted.
//!
//! What a caller must know is in [`Fault`]: whether the mail certainly did not go, or whether nobody can tell. Knows no
//! store and says nothing to people; what servers and commands say is cleaned. The connection is that of [`super::imap`].

mod command;
mod smtp;

use std::path::PathBuf;
use std::time::Duration;

use super::clean;
use super::imap::{Account, ImapError, Patience};

/// Characters of what a server or a command said that are told.
const TOLD: usize = 300;

/// The longest time for a connection; the server itself may be given longer.
const CONNECT: Duration = Duration::from_secs(30);

/// Where mails are handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// By what.
    pub by: By,
    /// How long the server, or the command as a whole, is waited for.
    pub patience: Duration,
}

/// By what mails are handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A command line for the shell; it reads the mail, and finds in it to whom it goes.
    Shell(String),
    /// A program and its arguments, the same without a shell.
    Program(Vec<String>),
    /// A mail server.
    Smtp {
        /// The server, and who signs in there; nobody when the user is empty.
        account: Account,
        /// What prints the password.
        password_command: String,
    },
}

impl Outlet {
    /// What it is called: the program, or the server with its port.
    pub fn place(&self) -> String {
        match &self.by {
            By::Shell(line) => line.split_whitespace().next().unwrap_or("sh").to_owned(),
            By::Program(words) => words.first().cloned().unwrap_or_default(),
            By::Smtp { account, .. } => format!("{}:{}", account.host, account.port),
        }
    }

    /// The same with its paths as `expand` reads them.
    #[must_use]
    pub fn expanded(mut self, expand: impl Fn(&std::path::Path) -> PathBuf) -> Self {
        if let By::Smtp { account, .. } = &mut self.by {
            account.ca_file = account.ca_file.as_deref().map(expand);
        }
        self
    }
}

/// A mail as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    /// The address of the sender, for the envelope.
    pub from: String,
    /// The one address it goes to.
    pub to: String,
    /// Headers and text, with CRLF at the ends of lines.
    pub bytes: Vec<u8>,
}

/// Why a mail was not handed over, or why nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The command that prints the password failed, or printed none.
    #[error("no password: {0}")]
    Password(String),
    /// The file with the additional root cannot be used.
    #[error("{path}: {why}", path = path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// There is no connection to be had.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// The server does not answer, and has not taken the mail.
    #[error("no answer in time")]
    Silent,
    /// The connection ended before the server took the mail.
    #[error("connection lost: {0}")]
    Gone(String),
    /// The server's certificate is not to be trusted.
    #[error("bad certificate: {0}")]
    Certificate(String),
    /// The connection cannot be encrypted.
    #[error("no encryption: {0}")]
    NoEncryption(String),
    /// User or password are not accepted, or in no way that is known here.
    #[error("not signed in: {0}")]
    Login(String),
    /// The server does not take mails from this sender.
    #[error("sender refused: {0}")]
    Sender(String),
    /// The server does not take mails to this address.
    #[error("recipient refused: {0}")]
    Recipient(String),
    /// The server does not take this mail.
    #[error("refused: {0}")]
    Refused(String),
    /// The server does not speak SMTP.
    #[error("not understood")]
    NotUnderstood,
    /// The command cannot be started.
    #[error("not started: {0}")]
    NotStarted(String),
    /// The command says that it failed.
    #[error("failed: {0}")]
    Failed(String),
    /// The connection was lost while the server had the mail and had not answered.
    #[error("connection lost after the mail: {0}")]
    Lost(String),
    /// The server has the mail and does not answer.
    #[error("no answer after the mail")]
    Unanswered,
    /// The command was ended by somebody, did not read all of the mail, or says "later" (`EX_TEMPFAIL`), which is
    /// "queued" with some and "not sent" with others.
    #[error("the command ended: {0}")]
    Broken(String),
    /// The command took too long and was ended.
    #[error("the command took too long")]
    Overdue,
}

impl Fault {
    /// The stable name of this kind of fault, for texts.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Password(_) => "password",
            Self::CaFile { .. } => "ca-file",
            Self::Unreachable(_) => "unreachable",
            Self::Silent => "silent",
            Self::Gone(_) => "gone",
            Self::Certificate(_) => "certificate",
            Self::NoEncryption(_) => "no-encryption",
            Self::Login(_) => "login",
            Self::Sender(_) => "sender",
            Self::Recipient(_) => "recipient",
            Self::Refused(_) => "refused",
            Self::NotUnderstood => "not-understood",
            Self::NotStarted(_) => "not-started",
            Self::Failed(_) => "failed",
            Self::Lost(_) => "lost",
            Self::Unanswered => "unanswered",
            Self::Broken(_) => "broken",
            Self::Overdue => "overdue",
        }
    }

    /// Whether the mail certainly did not go. If not, it may have gone.
    pub const fn is_certain(&self) -> bool {
        !matches!(
            self,
            Self::Lost(_) | Self::Unanswered | Self::Broken(_) | Self::Overdue
        )
    }

    /// What the server, the system or the command said, where they said something.
    pub fn why(&self) -> &str {
        match self {
            Self::Password(why)
            | Self::CaFile { why, .. }
            | Self::Unreachable(why)
            | Self::Gone(why)
            | Self::Certificate(why)
            | Self::NoEncryption(why)
            | Self::Login(why)
            | Self::Sender(why)
            | Self::Recipient(why)
            | Self::Refused(why)
            | Self::NotStarted(why)
            | Self::Failed(why)
            | Self::Lost(why)
            | Self::Broken(why) => why,
            Self::Silent | Self::NotUnderstood | Self::Unanswered | Self::Overdue => "",
        }
    }
}

impl From<ImapError> for Fault {
    fn from(error: ImapError) -> Self {
        match error {
            ImapError::Password { why } => Self::Password(why),
            ImapError::CaFile { path, why } => Self::CaFile { path, why },
            ImapError::Unreachable { why } => Self::Unreachable(why),
            ImapError::Silent => Self::Silent,
            ImapError::Gone { why } => Self::Gone(why),
            ImapError::Certificate { why } => Self::Certificate(why),
            ImapError::NoEncryption { why } => Self::NoEncryption(why),
            ImapError::Login { why } => Self::Login(why),
            ImapError::Refused { why } | ImapError::Folder { why, .. } => Self::Refused(why),
            ImapError::CannotMove | ImapError::NotUnderstood => Self::NotUnderstood,
        }
    }
}

/// Hands a mail over. `Ok` means that the server, or the command, has taken it.
///
/// # Errors
/// [`Fault`]; ask [`Fault::is_certain`] before it is tried again.
pub fn hand_over(outlet: &Outlet, mail: &Outbound) -> Result<(), Fault> {
    match &outlet.by {
        By::Shell(line) => command::hand_over(
            &["sh".to_owned(), "-c".to_owned(), line.clone()],
            mail,
            outlet.patience,
        ),
        By::Program(words) => command::hand_over(words, mail, outlet.patience),
        By::Smtp {
            account,
            password_command,
        } => {
            let patience = Patience {
                connect: outlet.patience.min(CONNECT),
                read: outlet.patience,
            };
            smtp::hand_over(account, password_command, mail, patience)
        }
    }
}

/// What somebody else said, as one harmless line of a bearable length.
fn told(said: &str) -> String {
    clean::line(said).chars().take(TOLD).collect()
}
