//! A mailbox on an IMAP server: signs in, looks for mails, brings them, and moves them when told to.
//!
//! Connections are made here and nowhere else; `mail::send` uses them too. It knows no store and says nothing to people: [`ImapError`] is data. A
//! mailbox is opened for looking only (EXAMINE, `BODY.PEEK[]`) unless mails are to be moved, so that a run leaves no
//! trace on the server, not even `\Seen`.
//!
//! `wire` speaks over one connection, `tls` makes it, `addresses` finds the server, `names` spells folders and sets of numbers, [`password`] asks the
//! owner's command. What the server says is untrusted: lengths are bounded, times too, and what cannot be
//! understood is an error or passed over, never a panic.

mod addresses;
mod names;
pub mod password;
pub(super) mod tls;
mod wire;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use imap_codec::imap_types::auth::{AuthMechanism, AuthenticateData};
use imap_codec::imap_types::command::CommandBody;
use imap_codec::imap_types::core::Vec1;
use imap_codec::imap_types::fetch::{MessageDataItem, MessageDataItemName};
use imap_codec::imap_types::flag::{Flag, StoreResponse, StoreType};
use imap_codec::imap_types::response::{Capability, Code, Data};
use imap_codec::imap_types::search::SearchKey;
use imap_codec::imap_types::secret::Secret;
use imap_codec::imap_types::sequence::SequenceSet;
use imap_codec::imap_types::status::StatusDataItemName;

use self::names::{encoded_folder, set_of};
use self::password::Password;
use self::tls::Stream;
use self::wire::{Heard, Wire};
use super::Limits;
use super::source::RawMail;

/// How the connection becomes an encrypted one. There is none without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte on (port 993).
    Implicit,
    /// After a word in the clear (port 143); nothing of the owner's is said before.
    StartTls,
}

/// A server and who signs in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name, against which its certificate is checked.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The user.
    pub user: String,
    /// How the connection is encrypted.
    pub encryption: Encryption,
    /// A PEM file with a root, or a certificate, that is trusted beside those of the system.
    pub ca_file: Option<PathBuf>,
}

/// How long the server is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the next bytes of it.
    pub read: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            read: Duration::from_mins(1),
        }
    }
}

/// Why mail cannot be had from a server. Texts of the server and of the system are cleaned, and in their language.
#[derive(Debug, thiserror::Error)]
pub enum ImapError {
    /// The command that prints the password failed, or printed none.
    #[error("no password: {why}")]
    Password {
        /// What it wrote to standard error, or how it ended.
        why: String,
    },
    /// The file with the additional root cannot be used.
    #[error("{path}: {why}", path = path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// There is no connection to be had.
    #[error("unreachable: {why}")]
    Unreachable {
        /// What the system said.
        why: String,
    },
    /// The server does not answer.
    #[error("no answer in time")]
    Silent,
    /// The connection ended.
    #[error("connection lost: {why}")]
    Gone {
        /// What the system or the server said.
        why: String,
    },
    /// The server's certificate is not to be trusted.
    #[error("bad certificate: {why}")]
    Certificate {
        /// What is wrong with it.
        why: String,
    },
    /// The connection cannot be encrypted.
    #[error("no encryption: {why}")]
    NoEncryption {
        /// Why.
        why: String,
    },
    /// User or password are not accepted.
    #[error("not signed in: {why}")]
    Login {
        /// What the server said.
        why: String,
    },
    /// A folder cannot be opened.
    #[error("{folder}: {why}")]
    Folder {
        /// The folder as it was named.
        folder: String,
        /// What the server said.
        why: String,
    },
    /// The server can neither move mails nor take away some and no others.
    #[error("mails cannot be moved")]
    CannotMove,
    /// The server refused something else.
    #[error("refused: {why}")]
    Refused {
        /// What it said.
        why: String,
    },
    /// The server does not speak IMAP, or says what makes no sense.
    #[error("not understood")]
    NotUnderstood,
}

impl ImapError {
    /// The stable name of this kind of error, for texts.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Password { .. } => "password",
            Self::CaFile { .. } => "ca-file",
            Self::Unreachable { .. } => "unreachable",
            Self::Silent => "silent",
            Self::Gone { .. } => "gone",
            Self::Certificate { .. } => "certificate",
            Self::NoEncryption { .. } => "no-encryption",
            Self::Login { .. } => "login",
            Self::Folder { .. } => "folder",
            Self::CannotMove => "cannot-move",
            Self::Refused { .. } => "refused",
            Self::NotUnderstood => "not-understood",
        }
    }

    /// What the server, the system or the command said, where they said something.
    pub fn why(&self) -> &str {
        match self {
            Self::Password { why }
            | Self::CaFile { why, .. }
            | Self::Unreachable { why }
            | Self::Gone { why }
            | Self::Certificate { why }
            | Self::NoEncryption { why }
            | Self::Login { why }
            | Self::Folder { why, .. }
            | Self::Refused { why } => why,
            Self::Silent | Self::CannotMove | Self::NotUnderstood => "",
        }
    }

    /// The error of a connection.
    fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Silent,
            _ => Self::Gone {
                why: super::clean::line(&error.to_string()),
            },
        }
    }
}

/// A folder that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folder {
    /// As long as this stays the same, a UID means the same mail.
    pub uid_validity: u32,
}

/// Somebody signed in.
#[derive(Debug)]
pub struct Session {
    wire: Wire<Stream>,
    moves: bool,
    uid_plus: bool,
}

impl Session {
    /// Connects, encrypts and signs in.
    ///
    /// # Errors
    /// Anything between here and the server's yes.
    pub fn open(
        account: &Account,
        password: &Password,
        patience: Patience,
    ) -> Result<Self, ImapError> {
        let mut wire = tls::connect(account, patience)?;
        let capabilities = capabilities(&mut wire)?;
        sign_in(&mut wire, &capabilities, &account.user, password)?;
        // What the server can do depends on who asks.
        let capabilities = self::capabilities(&mut wire)?;
        Ok(Self {
            wire,
            moves: capabilities.contains(&Capability::Move),
            uid_plus: capabilities.contains(&Capability::UidPlus),
        })
    }

    /// Whether mails can be moved to `folder`: asked before any is fetched.
    ///
    /// # Errors
    /// [`ImapError::CannotMove`] and [`ImapError::Folder`].
    pub fn check_target(&mut self, folder: &str) -> Result<(), ImapError> {
        if !self.moves && !self.uid_plus {
            return Err(ImapError::CannotMove);
        }
        let command = CommandBody::status(
            encoded_folder(folder)?,
            vec![StatusDataItemName::UidValidity],
        )
        .map_err(|_| ImapError::NotUnderstood)?;
        self.wire
            .run(command, |_| {})
            .map(drop)
            .map_err(|error| about_folder(folder, error))
    }

    /// Opens a folder: to look at it only, or to move mails out of it.
    ///
    /// # Errors
    /// [`ImapError::Folder`] when there is none of that name.
    pub fn enter(&mut self, folder: &str, to_look: bool) -> Result<Folder, ImapError> {
        let name = encoded_folder(folder)?;
        let command = if to_look {
            CommandBody::examine(name)
        } else {
            CommandBody::select(name)
        };
        let command = command.map_err(|_| ImapError::NotUnderstood)?;
        let mut uid_validity = None;
        self.wire
            .run(command, |heard| {
                if let Heard::Code(Code::UidValidity(value)) = heard {
                    uid_validity = Some(value.get());
                }
            })
            .map_err(|error| about_folder(folder, error))?;
        match uid_validity {
            Some(uid_validity) => Ok(Folder { uid_validity }),
            None => Err(ImapError::NotUnderstood),
        }
    }

    /// The mails with a UID of at least `first`, in their order.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn uids_from(&mut self, first: u32) -> Result<Vec<u32>, ImapError> {
        let Some(from) = NonZeroU32::new(first) else {
            return Ok(Vec::new());
        };
        let command = CommandBody::search(
            None,
            Vec1::from(SearchKey::Uid(SequenceSet::from(from..))),
            true,
        );
        let mut uids = Vec::new();
        self.wire.run(command, |heard| {
            if let Heard::Data(Data::Search(found)) = heard {
                uids.extend(found.iter().map(|uid| uid.get()));
            }
        })?;
        // `n:*` always means the last mail too, however small its number.
        uids.retain(|uid| *uid >= first);
        uids.sort_unstable();
        uids.dedup();
        Ok(uids)
    }

    /// The sizes of mails as the server has them; of some it may say none.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn sizes(&mut self, uids: &[u32]) -> Result<BTreeMap<u32, usize>, ImapError> {
        let command = CommandBody::fetch(
            set_of(uids)?,
            vec![MessageDataItemName::Uid, MessageDataItemName::Rfc822Size],
            true,
        )
        .map_err(|_| ImapError::NotUnderstood)?;
        let mut sizes = BTreeMap::new();
        self.wire.run(command, |heard| {
            if let Heard::Data(Data::Fetch { items, .. }) = heard {
                let mut found = (None, None);
                for item in items.as_ref() {
                    match item {
                        MessageDataItem::Uid(uid) => found.0 = Some(uid.get()),
                        MessageDataItem::Rfc822Size(size) => found.1 = Some(*size),
                        _ => {}
                    }
                }
                if let (Some(uid), Some(size)) = found {
                    sizes.insert(uid, usize::try_from(size).unwrap_or(usize::MAX));
                }
            }
        })?;
        Ok(sizes)
    }

    /// Brings mails, cut at the limit; `place` is what the folder is called. One that is gone by now is left out; one
    /// that the server sends in a way nobody understands comes empty, so that it is not passed over in silence.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn mails(
        &mut self,
        uids: &[u32],
        place: &str,
        limits: &Limits,
    ) -> Result<Vec<(u32, RawMail)>, ImapError> {
        let bytes = u32::try_from(limits.mail_bytes).unwrap_or(u32::MAX - 1);
        let command = CommandBody::fetch(
            set_of(uids)?,
            vec![
                MessageDataItemName::Uid,
                MessageDataItemName::InternalDate,
                MessageDataItemName::BodyExt {
                    section: None,
                    // One byte more than is read tells whether there is more.
                    partial: NonZeroU32::new(bytes.saturating_add(1)).map(|length| (0, length)),
                    peek: true,
                },
            ],
            true,
        )
        .map_err(|_| ImapError::NotUnderstood)?;
        let mut mails = BTreeMap::new();
        let mut garbled = false;
        self.wire.run(command, |heard| match heard {
            Heard::Data(Data::Fetch { items, .. }) => {
                if let Some((uid, mail)) = mail_of(items.as_ref(), place, limits) {
                    mails.insert(uid, mail);
                }
            }
            Heard::Garbled => garbled = true,
            _ => {}
        })?;
        if garbled {
            for uid in uids {
                mails.entry(*uid).or_insert_with(|| RawMail {
                    place: place_of(place, *uid),
                    ..RawMail::default()
                });
            }
        }
        mails.retain(|uid, _| uids.contains(uid));
        Ok(mails.into_iter().collect())
    }

    /// Moves mails to another folder: these and no others.
    ///
    /// # Errors
    /// [`ImapError::CannotMove`], [`ImapError::Folder`] and those of the connection.
    pub fn move_to(&mut self, folder: &str, uids: &[u32]) -> Result<(), ImapError> {
        if uids.is_empty() {
            return Ok(());
        }
        let set = set_of(uids)?;
        let mailbox = encoded_folder(folder)?
            .try_into()
            .map_err(|_| ImapError::NotUnderstood)?;
        if self.moves {
            let command = CommandBody::Move {
                sequence_set: set,
                mailbox,
                uid: true,
            };
            let moved = self.wire.run(command, |_| {});
            return moved.map(drop).map_err(|error| about_folder(folder, error));
        }
        // EXPUNGE alone would take away what others have marked as deleted, too.
        if !self.uid_plus {
            return Err(ImapError::CannotMove);
        }
        let copy = CommandBody::Copy {
            sequence_set: set.clone(),
            mailbox,
            uid: true,
        };
        self.wire
            .run(copy, |_| {})
            .map_err(|error| about_folder(folder, error))?;
        let mark = CommandBody::Store {
            sequence_set: set.clone(),
            kind: StoreType::Add,
            response: StoreResponse::Silent,
            flags: vec![Flag::Deleted],
            uid: true,
        };
        self.wire.run(mark, |_| {})?;
        let expunge = CommandBody::ExpungeUid { sequence_set: set };
        self.wire.run(expunge, |_| {}).map(drop)
    }

    /// Signs out. Whatever goes wrong with that is of no consequence.
    pub fn leave(mut self) {
        drop(self.wire.run(CommandBody::Logout, |_| {}));
    }
}

fn about_folder(folder: &str, error: ImapError) -> ImapError {
    match error {
        ImapError::Refused { why } => ImapError::Folder {
            folder: super::clean::line(folder),
            why,
        },
        other => other,
    }
}

fn capabilities(wire: &mut Wire<Stream>) -> Result<Vec<Capability<'static>>, ImapError> {
    let mut found = Vec::new();
    wire.run(CommandBody::Capability, |heard| {
        if let Heard::Data(Data::Capability(named)) = heard {
            found = wire::owned(named);
        }
    })?;
    Ok(found)
}

/// Signs in with PLAIN, which takes any letters; with LOGIN where the server knows nothing else.
fn sign_in<S: Read + Write>(
    wire: &mut Wire<S>,
    capabilities: &[Capability<'_>],
    user: &str,
    password: &Password,
) -> Result<(), ImapError> {
    let signed_in = if capabilities.contains(&Capability::Auth(AuthMechanism::Plain)) {
        let secret = format!("\0{user}\0{}", password.reveal()).into_bytes();
        let answer = AuthenticateData::Continue(Secret::new(secret.into()));
        wire.authenticate(AuthMechanism::Plain, answer)
    } else if capabilities.contains(&Capability::LoginDisabled) {
        return Err(ImapError::Login {
            why: "LOGINDISABLED".to_owned(),
        });
    } else {
        // A NUL or a line break cannot be told to a server.
        let command =
            CommandBody::login(user, password.reveal()).map_err(|_| ImapError::Password {
                why: "NUL".to_owned(),
            })?;
        wire.run(command, |_| {}).map(drop)
    };
    signed_in.map_err(|error| match error {
        ImapError::Refused { why } => ImapError::Login { why },
        other => other,
    })
}

/// What a mail is called, after RFC 5092.
fn place_of(folder: &str, uid: u32) -> String {
    format!("{folder};UID={uid}")
}

fn mail_of(items: &[MessageDataItem<'_>], place: &str, limits: &Limits) -> Option<(u32, RawMail)> {
    let mut uid = None;
    let mut mail = None;
    let mut arrived = None;
    for item in items {
        match item {
            MessageDataItem::Uid(value) => uid = Some(value.get()),
            MessageDataItem::InternalDate(at) => arrived = Some(at.as_ref().with_timezone(&Utc)),
            MessageDataItem::BodyExt {
                section: None,
                data,
                ..
            } => mail = data.0.as_ref().map(|data| data.as_ref().to_vec()),
            _ => {}
        }
    }
    let (uid, mut bytes) = (uid?, mail?);
    let truncated = bytes.len() > limits.mail_bytes;
    bytes.truncate(limits.mail_bytes);
    Some((
        uid,
        RawMail {
            place: place_of(place, uid),
            bytes,
            envelope_time: arrived,
            truncated,
            file: None,
        },
    ))
}

#[cfg(test)]
mod tests;
