//! Reading mail: from a file, a directory or a stream to what one mail says.
//!
//! [`source`] finds mails in files and [`imap`] on a server, [`send`] hands one over, and no other module does I/O; [`mbox`] splits a stream of them; [`parse`] turns the
//! bytes of one mail into an [`Incoming`]; [`classify`] suggests what it asks for; [`clean`] takes out of a text what
//! must never reach a terminal. A broken mail is no error here: it is an `Incoming` with [`Problem`]s, so that nothing
//! that arrived is dropped because of the way it was written.
//!
//! Deliberately not here: the store (whether a mail was already taken in), the local date of an arrival (the domain
//! decides it from the instant), the clock, and every sentence for people (a `Problem` is data).

mod body;
pub mod classify;
pub mod clean;
mod date;
mod forward;
mod html;
pub mod imap;
pub mod mbox;
pub mod nature;
pub mod parse;
mod raw;
pub mod rules;
pub mod send;
pub mod source;
mod text;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use self::nature::Nature;

/// What one mail says, decoded and safe to show: every text in it has gone through [`clean`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Who wrote it: `From:`, and where that names no address `Sender:`, `Reply-To:` or `Return-Path:`
    /// (then [`Problem::SenderGuessed`] says which).
    pub from: Option<Mailbox>,
    /// Where answers should go, if the mail says so.
    pub reply_to: Option<Mailbox>,
    /// The addresses in `To:`, groups resolved.
    pub to: Vec<Mailbox>,
    /// The subject, decoded, on one line; empty where there is none.
    pub subject: String,
    /// `Message-ID:` without angle brackets.
    pub message_id: Option<String>,
    /// The ids in `In-Reply-To:`, without angle brackets.
    pub in_reply_to: Vec<String>,
    /// The ids in `References:`, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The instant of arrival (RULES §1.1); `None` if no source of it could be read.
    pub received_at: Option<DateTime<Utc>>,
    /// Where `received_at` comes from.
    pub received_from: ReceiptSource,
    /// The instant in `Date:`, which is what the sender's machine claims. A time without a zone is read as UTC.
    pub written_at: Option<DateTime<Utc>>,
    /// The readable text: plain text, or HTML turned into text with its links.
    pub text: String,
    /// What else is in it: named and kept, never opened.
    pub attachments: Vec<AttachmentInfo>,
    /// Who wrote the mail that was passed on in this one; perhaps the person it is about.
    pub inner_sender: Option<Mailbox>,
    /// Whether a person wrote it, and if not, what it is.
    pub nature: Nature,
    /// What could not be read as it should, each once, in the order found.
    pub problems: Vec<Problem>,
}

impl Incoming {
    /// The bytes that identify a mail that has no Message-ID, for the caller to digest.
    ///
    /// They are the same whichever way the mail came (the time of an envelope or a file is not in them), and differ
    /// with sender, time of writing, subject and text.
    pub fn fingerprint_source(&self) -> Vec<u8> {
        // Without `Date:` the time of the first hop is the next best; file times change when a mailbox is copied.
        let instant = self.written_at.or(match self.received_from {
            ReceiptSource::Received => self.received_at,
            _ => None,
        });
        let sender = self
            .from
            .as_ref()
            .map_or_else(String::new, |from| from.email.to_lowercase());
        let instant = instant.map_or_else(String::new, |at| at.timestamp().to_string());
        // NUL cannot occur in cleaned text, so the fields cannot run into each other.
        [sender.as_str(), &instant, &self.subject, self.text.trim()]
            .join("\0")
            .into_bytes()
    }

    /// The mail ended too early: what came last in it is not whole.
    fn last_was_cut(&mut self) {
        if let Some(last) = self.attachments.last_mut() {
            last.content = None;
        }
    }

    /// Notes a problem once.
    fn note(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// A mail address with the name that stood beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The display name; `None` where there is none or it only repeats the address.
    pub name: Option<String>,
    /// The address as written; not normalised, and without `@` where the mail gave a local name only.
    pub email: String,
}

/// Where the instant of arrival comes from, in the order of RULES §1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptSource {
    /// The topmost `Received:` header.
    Received,
    /// The `From ` line of an mbox, or the time of the file in a Maildir.
    Envelope,
    /// `Date:`, which the sender's machine wrote.
    DateHeader,
    /// There was no readable instant.
    None,
}

/// A part of a mail that is not its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentInfo {
    /// The file name, decoded, on one line and without any folders; `None` where the mail gave none.
    pub name: Option<String>,
    /// The media type in lower case, such as `application/pdf`.
    pub mime: String,
    /// Size in bytes after transfer decoding.
    pub size: usize,
    /// Its bytes; `None` where it is larger than [`Limits::attachment_bytes`] or was cut with its mail.
    pub content: Option<Arc<[u8]>>,
}

/// Something in a mail that could not be read as it should. Data, not a sentence: [`Problem::code`] is stable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It has no header at all.
    NotAMail,
    /// Lines in the header that are no header fields were passed over.
    BadHeader,
    /// No header names a sender.
    NoSender,
    /// `From:` had no address; it was taken from this header.
    SenderGuessed(&'static str),
    /// No source gave an instant of arrival.
    NoDate,
    /// A date could not be read or is impossible (before 1990, after 2100); the text of it.
    BadDate(String),
    /// A character set nobody knows; its name.
    UnknownCharset(String),
    /// The text is not in the character set it claims (or claims none), and was read as the one named here.
    GuessedCharset(&'static str),
    /// Bytes that could not be decoded were left out or replaced.
    BrokenEncoding,
    /// The mail was cut; the number of bytes that were read.
    Truncated {
        /// Bytes read.
        bytes: usize,
    },
    /// A multipart mail ended before its closing line, or had no boundary.
    UnclosedPart,
    /// More parts, or parts nested deeper, than are read.
    TooManyParts,
    /// The text was longer than is kept.
    TooLarge,
    /// There was no plain text; it was made from HTML.
    HtmlOnly,
    /// The text is that of a mail inside this one.
    NestedText,
    /// The text is that of an invitation in a calendar's format.
    CalendarText,
    /// It holds Outlook's own `winmail.dat`, in which there may be files that only Outlook shows.
    Winmail,
    /// There is no readable text.
    NoText,
    /// Escape sequences or direction overrides were taken out.
    HiddenCharacters,
}

impl Problem {
    /// The stable name of this kind of problem, for `--json` and for texts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAMail => "not-a-mail",
            Self::BadHeader => "bad-header",
            Self::NoSender => "no-sender",
            Self::SenderGuessed(_) => "sender-guessed",
            Self::NoDate => "no-date",
            Self::BadDate(_) => "bad-date",
            Self::UnknownCharset(_) => "unknown-charset",
            Self::GuessedCharset(_) => "guessed-charset",
            Self::BrokenEncoding => "broken-encoding",
            Self::Truncated { .. } => "truncated",
            Self::UnclosedPart => "unclosed-part",
            Self::TooManyParts => "too-many-parts",
            Self::TooLarge => "too-large",
            Self::HtmlOnly => "html-only",
            Self::NestedText => "nested-text",
            Self::CalendarText => "calendar-text",
            Self::Winmail => "winmail",
            Self::NoText => "no-text",
            Self::HiddenCharacters => "hidden-characters",
        }
    }

    /// What the mail had in that place, where that helps; already cleaned.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::BadDate(text) | Self::UnknownCharset(text) => Some(text.clone()),
            Self::SenderGuessed(name) | Self::GuessedCharset(name) => Some((*name).to_owned()),
            Self::Truncated { bytes } => Some(bytes.to_string()),
            _ => None,
        }
    }
}

/// How much of a mail is read. Beyond each limit the mail is kept, cut, with a [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one mail.
    pub mail_bytes: usize,
    /// Bytes of one header value.
    pub header_bytes: usize,
    /// Bytes of readable text that are kept.
    pub text_bytes: usize,
    /// Bytes of one attachment that is kept; of a larger one only the name is.
    pub attachment_bytes: usize,
    /// Parts of a multipart mail.
    pub parts: usize,
    /// Multiparts in a mail; mails within mails have half of it each.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            mail_bytes: 25 * 1024 * 1024,
            header_bytes: 64 * 1024,
            text_bytes: 1024 * 1024,
            attachment_bytes: 10 * 1024 * 1024,
            parts: 500,
            depth: 20,
        }
    }
}

#[cfg(test)]
mod samples;

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(raw: &str) -> Incoming {
        parse::parse(raw.as_bytes(), None, &Limits::default())
    }

    #[test]
    fn the_fingerprint_is_the_same_by_two_routes() {
        let by_one = mail(
            "Received: from a by b; Mon, 2 Mar 2026 10:00:05 +0100\nFrom: a@b.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nHej\n",
        );
        let by_other =
            mail("From: A@b.example\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\nHej\r\n");
        assert_eq!(by_one.fingerprint_source(), by_other.fingerprint_source());
        let other_text =
            mail("From: a@b.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nHej igen\n");
        assert_ne!(by_one.fingerprint_source(), other_text.fingerprint_source());
    }

    #[test]
    fn details_go_with_the_codes() {
        assert_eq!(Problem::BadDate("x".into()).detail().as_deref(), Some("x"));
        assert_eq!(Problem::NoSender.detail(), None);
        assert_eq!(Problem::Truncated { bytes: 5 }.code(), "truncated");
    }
}
