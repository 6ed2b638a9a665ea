//! One connection as commands and responses, in the clear or encrypted. Reads a response as a whole before it is taken
//! apart, within bounds of its own: what a server announces is not believed.

use std::io::{BufRead, BufReader, Read, Write};

use imap_codec::decode::Decoder as _;
use imap_codec::encode::{Encoder as _, Fragment};
use imap_codec::imap_types::ToStatic;
use imap_codec::imap_types::auth::{AuthMechanism, AuthenticateData};
use imap_codec::imap_types::command::{Command, CommandBody};
use imap_codec::imap_types::core::Vec1;
use imap_codec::imap_types::response::{
    Capability, Code, Data, GreetingKind, Response, Status, StatusBody, StatusKind, Tagged,
};
use imap_codec::{AuthenticateDataCodec, CommandCodec, GreetingCodec, ResponseCodec};

use super::ImapError;
use crate::mail::clean;

/// Bytes of a response without its literals: the numbers of a million mails.
const LINE_BYTES: u64 = 8 * 1024 * 1024;
/// Bytes of a literal: a mail at its limit, and some.
const LITERAL_BYTES: u64 = 32 * 1024 * 1024;
/// Bytes of a response.
const RESPONSE_BYTES: usize = 64 * 1024 * 1024;
/// Stands for a NUL in a mail, as Dovecot does it: the language has no NUL, some servers send it all the same.
const FOR_NUL: u8 = 0x80;

/// What a server says while a command runs.
#[derive(Debug)]
pub(super) enum Heard<'a> {
    /// What was asked for, or news.
    Data(&'a Data<'a>),
    /// The code of a remark.
    Code(&'a Code<'a>),
    /// A mail that is sent in a way that cannot be understood.
    Garbled,
}

/// A connection.
pub(super) struct Wire<S> {
    stream: BufReader<S>,
    commands: u32,
}

impl<S> std::fmt::Debug for Wire<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What went over it, a password among it, is nobody's business.
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}

impl<S: Read + Write> Wire<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream: BufReader::new(stream),
            commands: 0,
        }
    }

    /// The stream below. What was said ahead of an encryption might be anybody's: then there is none.
    pub(super) fn into_stream(self) -> Result<S, ImapError> {
        if self.stream.buffer().is_empty() {
            Ok(self.stream.into_inner())
        } else {
            Err(ImapError::NotUnderstood)
        }
    }

    /// Hears the server's greeting.
    pub(super) fn greeting(&mut self) -> Result<(), ImapError> {
        let bytes = self.response()?;
        match GreetingCodec::default().decode(&bytes) {
            Ok((_, greeting)) if greeting.kind == GreetingKind::Bye => Err(ImapError::Gone {
                why: clean::line(greeting.text.as_ref()),
            }),
            Ok(_) => Ok(()),
            Err(_) => Err(ImapError::NotUnderstood),
        }
    }

    /// Runs a command to its end. `hear` gets what is said meanwhile.
    ///
    /// # Errors
    /// [`ImapError::Refused`] when the server says no.
    pub(super) fn run(
        &mut self,
        command: CommandBody<'_>,
        hear: impl FnMut(Heard<'_>),
    ) -> Result<(), ImapError> {
        self.exchange(command, None, hear)
    }

    /// Signs in; `answer` is what the server is told when it asks.
    pub(super) fn authenticate(
        &mut self,
        mechanism: AuthMechanism<'_>,
        answer: AuthenticateData<'_>,
    ) -> Result<(), ImapError> {
        self.exchange(CommandBody::authenticate(mechanism), Some(answer), |_| {})
    }

    fn exchange(
        &mut self,
        command: CommandBody<'_>,
        mut answer: Option<AuthenticateData<'_>>,
        mut hear: impl FnMut(Heard<'_>),
    ) -> Result<(), ImapError> {
        self.commands += 1;
        let command = Command::new(format!("i{}", self.commands), command)
            .map_err(|_| ImapError::NotUnderstood)?;
        let tag = command.tag.as_ref().to_owned();
        let mut waiting = CommandCodec::default().encode(&command);
        self.say_next(&mut waiting)?;
        let mut farewell = None;
        loop {
            let bytes = match self.response() {
                Err(ImapError::Gone { why }) => {
                    return Err(ImapError::Gone {
                        why: farewell.unwrap_or(why),
                    });
                }
                other => other?,
            };
            match ResponseCodec::default().decode(&bytes) {
                Ok((_, Response::Data(data))) => hear(Heard::Data(&data)),
                Ok((_, Response::Status(Status::Untagged(StatusBody { code, .. })))) => {
                    if let Some(code) = &code {
                        hear(Heard::Code(code));
                    }
                }
                Ok((_, Response::Status(Status::Bye(bye)))) => {
                    farewell = Some(clean::line(bye.text.as_ref()));
                }
                Ok((_, Response::Status(Status::Tagged(Tagged { tag: of, body }))))
                    if of.as_ref() == tag =>
                {
                    return match body.kind {
                        StatusKind::Ok => Ok(()),
                        StatusKind::No | StatusKind::Bad => Err(ImapError::Refused {
                            why: clean::line(body.text.as_ref()),
                        }),
                    };
                }
                Ok((_, Response::CommandContinuationRequest(_))) => match answer.take() {
                    Some(answer) => {
                        let mut line = AuthenticateDataCodec::default().encode(&answer);
                        self.say_next(&mut line)?;
                    }
                    None => self.say_next(&mut waiting)?,
                },
                // News in words that are not known are none that were asked for, but for mails.
                Err(_) if is_fetch(&bytes) => hear(Heard::Garbled),
                Err(_) if bytes.starts_with(b"* ") => {}
                _ => return Err(ImapError::NotUnderstood),
            }
        }
    }

    /// Says what may be said before the server is to be waited for.
    fn say_next(
        &mut self,
        fragments: &mut impl Iterator<Item = Fragment>,
    ) -> Result<(), ImapError> {
        let stream = self.stream.get_mut();
        let failed = |error| ImapError::of_io(&error);
        for fragment in fragments {
            let (Fragment::Line { data } | Fragment::Literal { data, .. }) = &fragment;
            stream.write_all(data).map_err(failed)?;
            // A literal of any length is announced by the line before it, and wanted by the server before it is said.
            let is_announcement = data.ends_with(b"}\r\n") && !data.ends_with(b"+}\r\n");
            let is_line = matches!(fragment, Fragment::Line { .. });
            if is_line && is_announcement {
                break;
            }
        }
        stream.flush().map_err(failed)
    }

    /// The bytes of one response, its literals included.
    fn response(&mut self) -> Result<Vec<u8>, ImapError> {
        let gone = || ImapError::Gone { why: String::new() };
        let mut bytes = Vec::new();
        loop {
            let start = bytes.len();
            let read = self
                .stream
                .by_ref()
                .take(LINE_BYTES)
                .read_until(b'\n', &mut bytes);
            let read = read.map_err(|error| ImapError::of_io(&error))?;
            if !bytes.ends_with(b"\n") || read == 0 {
                let is_endless = read as u64 == LINE_BYTES;
                return Err(if is_endless {
                    ImapError::NotUnderstood
                } else {
                    gone()
                });
            }
            let Some(length) = announced(&bytes[start..]) else {
                return Ok(bytes);
            };
            let start = bytes.len();
            if length > LITERAL_BYTES || start > RESPONSE_BYTES {
                return Err(ImapError::NotUnderstood);
            }
            let read = self.stream.by_ref().take(length).read_to_end(&mut bytes);
            let read = read.map_err(|error| ImapError::of_io(&error))?;
            if read as u64 != length {
                return Err(gone());
            }
            for byte in &mut bytes[start..] {
                if *byte == 0 {
                    *byte = FOR_NUL;
                }
            }
        }
    }
}

/// The capabilities as values of their own.
pub(super) fn owned(named: &Vec1<Capability<'_>>) -> Vec<Capability<'static>> {
    named.as_ref().iter().map(ToStatic::to_static).collect()
}

/// The length of the literal that a line announces at its end.
fn announced(line: &[u8]) -> Option<u64> {
    let line = line.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_suffix(b"}")?;
    let line = line.strip_suffix(b"+").unwrap_or(line);
    let brace = line.iter().rposition(|byte| *byte == b'{')?;
    let digits = std::str::from_utf8(&line[brace + 1..]).ok()?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // More than a number holds is more than is read.
    Some(digits.parse().unwrap_or(u64::MAX))
}

/// Whether a response brings a mail: `* 12 FETCH …`.
fn is_fetch(bytes: &[u8]) -> bool {
    let mut words = bytes.splitn(4, |byte| *byte == b' ');
    words.next() == Some(b"*")
        && words
            .next()
            .is_some_and(|number| number.iter().all(u8::is_ascii_digit))
        && words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case(b"FETCH"))
}
