//! Submission to a mail server (RFC 6409), encrypted before anything of the owner's is said.
//!
//! `lettre` has the language: commands, what servers answer, how one signs in. The dialogue is here, because what an error
//! means depends on the place in it: until the last dot of the mail is said nothing went; after it, only an answer tells.

use std::fmt::Display;
use std::io::{self, BufRead, BufReader, Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::commands::{Auth, Data, Ehlo, Mail, Quit, Rcpt, Starttls};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter, ServerInfo};
use lettre::transport::smtp::response::Response;

use super::{Fault, Outbound, told};
use crate::mail::imap::password::{self, Password};
use crate::mail::imap::{Account, Encryption, Patience, tls};

/// Bytes of one line of an answer, and how many lines it may have.
const LINE_BYTES: u64 = 4096;
const LINES: usize = 200;
/// Questions that a server may ask while one signs in.
const QUESTIONS: usize = 8;

/// Signs in, if somebody is to, and hands the mail over.
pub(super) fn hand_over(
    account: &Account,
    password_command: &str,
    mail: &Outbound,
    patience: Patience,
) -> Result<(), Fault> {
    // What is wrong on this side is told before anybody is called.
    let from: Address = address(&mail.from).map_err(Fault::Sender)?;
    let to: Address = address(&mail.to).map_err(Fault::Recipient)?;
    let config = tls::config(account.ca_file.as_deref())?;
    let password = match account.user.as_str() {
        "" => None,
        _ => Some(password::from_command(password_command)?),
    };
    let stream = tls::reach(account, patience)?;
    let mut dialogue = match account.encryption {
        Encryption::Implicit => {
            let mut dialogue = Dialogue::new(tls::encrypted(account, config, stream)?);
            dialogue.greeting()?;
            dialogue
        }
        Encryption::StartTls => {
            let mut plain = Dialogue::new(stream);
            plain.greeting()?;
            let server = plain.hello()?;
            if !server.supports_feature(Extension::StartTls) {
                return Err(Fault::NoEncryption("STARTTLS".to_owned()));
            }
            plain.ask(&Starttls, Fault::NoEncryption)?;
            Dialogue::new(tls::encrypted(account, config, plain.into_stream()?)?)
        }
    };
    let server = dialogue.hello()?;
    if let Some(password) = &password {
        dialogue
            .sign_in(&server, &account.user, password)
            .map_err(|fault| without(fault, &account.user, password))?;
    }
    dialogue.submit(&server, from, to, &mail.bytes)
}

fn address(text: &str) -> Result<Address, String> {
    text.parse()
        .map_err(|error: lettre::address::AddressError| told(&error.to_string()))
}

/// Servers have been seen to repeat what they were told; as it is, or in the ways in which it was.
fn without(fault: Fault, user: &str, password: &Password) -> Fault {
    let secret = password.reveal();
    let Fault::Login(why) = fault else {
        return fault;
    };
    let spoken = [format!("\0{user}\0{secret}"), secret.to_owned()];
    let encoded = spoken.map(|words| STANDARD.encode(words));
    let hidden = encoded
        .iter()
        .map(String::as_str)
        .chain([secret])
        .fold(why, |why, words| why.replace(words, "…"));
    Fault::Login(hidden)
}

/// A connection on which one asks and the other answers.
struct Dialogue<S> {
    stream: BufReader<S>,
}

impl<S: Read + Write> Dialogue<S> {
    fn new(stream: S) -> Self {
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// The stream below. What was said ahead of an encryption might be anybody's: then there is none.
    fn into_stream(self) -> Result<S, Fault> {
        if self.stream.buffer().is_empty() {
            Ok(self.stream.into_inner())
        } else {
            Err(Fault::NotUnderstood)
        }
    }

    fn greeting(&mut self) -> Result<(), Fault> {
        let answer = self.answer()?;
        said_yes(&answer, Fault::Refused)
    }

    fn hello(&mut self) -> Result<ServerInfo, Fault> {
        // The name of this machine is nobody's business.
        let ehlo = Ehlo::new(ClientId::Domain("[127.0.0.1]".to_owned()));
        let answer = self.ask(&ehlo, Fault::Refused)?;
        ServerInfo::from_response(&answer).map_err(|_| Fault::NotUnderstood)
    }

    /// Signs in with PLAIN, or LOGIN where the server knows nothing else.
    fn sign_in(
        &mut self,
        server: &ServerInfo,
        user: &str,
        password: &Password,
    ) -> Result<(), Fault> {
        let ways = [Mechanism::Plain, Mechanism::Login];
        let Some(way) = server.get_auth_mechanism(&ways) else {
            return Err(Fault::Login("AUTH PLAIN, LOGIN: –".to_owned()));
        };
        let refused = |_| Fault::Login("AUTH".to_owned());
        let who = Credentials::new(user.to_owned(), password.reveal().to_owned());
        let first = Auth::new(way, who.clone(), None).map_err(refused)?;
        let mut answer = self.ask(&first, Fault::Login)?;
        for _ in 0..QUESTIONS {
            if !answer.has_code(334) {
                return Ok(());
            }
            let next = Auth::new_from_response(way, who.clone(), &answer).map_err(refused)?;
            answer = self.ask(&next, Fault::Login)?;
        }
        Err(Fault::NotUnderstood)
    }

    fn submit(
        mut self,
        server: &ServerInfo,
        from: Address,
        to: Address,
        mail: &[u8],
    ) -> Result<(), Fault> {
        let mut parameters = Vec::new();
        if !from.to_string().is_ascii() || !to.to_string().is_ascii() {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                return Err(Fault::Recipient("SMTPUTF8".to_owned()));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        self.ask(&Mail::new(Some(from), parameters), Fault::Sender)?;
        self.ask(&Rcpt::new(to, Vec::new()), Fault::Recipient)?;
        let go_on = self.ask(&Data, Fault::Refused)?;
        if !go_on.has_code(354) {
            return Err(Fault::NotUnderstood);
        }
        // From here on the server may have all of it, whatever is heard afterwards.
        self.say(&stuffed(mail)).map_err(unknown)?;
        let answer = self.answer().map_err(unknown)?;
        said_yes(&answer, Fault::Refused)?;
        // The mail is taken; how the connection ends is of no consequence.
        drop(self.say(Quit.to_string().as_bytes()));
        Ok(())
    }

    /// Says a command and hears the answer to it; a no becomes `refused`.
    fn ask(
        &mut self,
        command: &impl Display,
        refused: impl FnOnce(String) -> Fault,
    ) -> Result<Response, Fault> {
        self.say(command.to_string().as_bytes())?;
        let answer = self.answer()?;
        said_yes(&answer, refused).map(|()| answer)
    }

    fn say(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let stream = self.stream.get_mut();
        stream
            .write_all(bytes)
            .and_then(|()| stream.flush())
            .map_err(|error| of_io(&error))
    }

    /// One answer, of one line or several.
    fn answer(&mut self) -> Result<Response, Fault> {
        let mut lines = String::new();
        for _ in 0..LINES {
            let mut line = Vec::new();
            let mut bounded = self.stream.by_ref().take(LINE_BYTES);
            let read = bounded.read_until(b'\n', &mut line);
            read.map_err(|error| of_io(&error))?;
            if !line.ends_with(b"\n") {
                let is_endless = line.len() as u64 == LINE_BYTES;
                return Err(if is_endless {
                    Fault::NotUnderstood
                } else {
                    Fault::Gone(told(&String::from_utf8_lossy(&line)))
                });
            }
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end_matches(['\r', '\n']);
            let goes_on = line.as_bytes().get(3) == Some(&b'-');
            lines.push_str(line);
            // Some servers say nothing after the number, not even a space.
            lines.push_str(if line.len() == 3 { " \r\n" } else { "\r\n" });
            if !goes_on {
                return lines.parse().map_err(|_| Fault::NotUnderstood);
            }
        }
        Err(Fault::NotUnderstood)
    }
}

/// The fault of a connection before the server had the mail.
fn of_io(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Fault::Silent,
        _ => Fault::Gone(told(&error.to_string())),
    }
}

/// The same after it.
fn unknown(fault: Fault) -> Fault {
    match fault {
        Fault::Silent => Fault::Unanswered,
        other => Fault::Lost(other.why().to_owned()),
    }
}

fn said_yes(answer: &Response, refused: impl FnOnce(String) -> Fault) -> Result<(), Fault> {
    if answer.is_positive() {
        return Ok(());
    }
    let lines: Vec<&str> = answer.message().collect();
    Err(refused(told(&format!(
        "{} {}",
        answer.code(),
        lines.join(" ")
    ))))
}

/// The mail as it is said after DATA: a dot at the beginning of a line is doubled, a line with one alone is the end
/// (RFC 5321, 4.5.2).
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut said = Vec::with_capacity(mail.len() + 64);
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            said.push(b'.');
        }
        said.extend_from_slice(line);
    }
    if !said.ends_with(b"\r\n") {
        said.extend_from_slice(b"\r\n");
    }
    said.extend_from_slice(b".\r\n");
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_doubled_and_the_end_is_one() {
        assert_eq!(stuffed(b"a\r\n.\r\n..b"), b"a\r\n..\r\n...b\r\n.\r\n");
        assert_eq!(stuffed(b""), b"\r\n.\r\n");
    }

    #[test]
    fn answers_are_bounded_and_understood() {
        let hear = |said: &str| {
            let stream = io::Cursor::new(said.as_bytes().to_vec());
            Dialogue::new(stream).answer()
        };
        assert!(hear("250-a\r\n250 b\r\n").unwrap().has_code(250));
        assert!(hear("354\r\n").unwrap().has_code(354));
        assert!(hear("250 with a bare end\n").unwrap().is_positive());
        assert_eq!(hear("HTTP/1.1 400 Bad\r\n"), Err(Fault::NotUnderstood));
        assert_eq!(hear(&"2".repeat(10_000)), Err(Fault::NotUnderstood));
        assert_eq!(hear(&"250-x\r\n".repeat(300)), Err(Fault::NotUnderstood));
        assert_eq!(hear("250"), Err(Fault::Gone("250".to_owned())));
    }
}
