//! A letter as a mail: a draft that a mail program opens for sending, as RFC 5322 has it.

use std::time::SystemTime;

use base64::Engine as _;
use chrono::{DateTime, Utc};
use lettre::address::AddressError;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use sha2::{Digest, Sha256};

use super::Letter;
use crate::config::Controller;
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::mail::send::Outbound;

/// What a mail says besides the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threading {
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// The Message-ID of the mail it answers.
    pub in_reply_to: Option<String>,
    /// Those of the mails before it, oldest first.
    pub references: Vec<String>,
}

/// How a letter on this record is threaded. The same letter has the same Message-ID however often it is written, so that the
/// draft and the mark that it was sent are about one mail; the next letter of the case has another.
pub fn threading(item: &Item, letter: &Letter, controller: &Controller) -> Threading {
    let host = controller
        .email
        .as_deref()
        .and_then(|email| email.rsplit_once('@'))
        .map_or("indsigt.invalid", |(_, host)| host);
    let mut digest = Sha256::new();
    let registered_at = match item {
        Item::Request(request) => request.registered_at,
        Item::Recording(recording) => recording.registered_at,
        Item::OptOut(opt_out) => opt_out.registered_at,
        Item::Mail(mail) => mail.registered_at,
    };
    // Nothing of the person is in it; the instant of entry tells two stores apart that count alike.
    digest.update(format!(
        "{} {} {} {}",
        letter.id,
        registered_at.timestamp_micros(),
        letter.letter.word(),
        item.letters().len()
    ));
    let digest = &base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest.finalize())[..16];
    let mut references: Vec<String> = Vec::new();
    let mut in_reply_to = None;
    if let Item::Request(request) = item
        && letter.letter.is_to_person()
    {
        let own = request
            .letters
            .iter()
            .filter_map(|sent| sent.message_id.clone());
        let answers = request
            .mails
            .iter()
            .filter(|mail| mail.relation == crate::domain::correspondence::Relation::Reply);
        let mut answers = answers.filter_map(|mail| mail.message_id.clone());
        references.extend(request.message_id.clone());
        references.extend(own);
        references.extend(answers.clone());
        in_reply_to = answers.next_back().or_else(|| request.message_id.clone());
    }
    references.retain(|id| is_message_id(id));
    Threading {
        message_id: format!("{}.{}.{digest}@{host}", letter.id, letter.letter.word()),
        in_reply_to: in_reply_to.filter(|id| is_message_id(id)),
        references,
    }
}

/// Whether a Message-ID that came with a mail can be put into another one.
fn is_message_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 250
        && id
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"<>".contains(&byte))
}

/// The bytes of a draft.
///
/// # Errors
/// [`Refusal::NoSenderAddress`] and [`Refusal::LetterNowhere`] where an address is missing, [`Refusal::NotAnAddress`] for one
/// that no mail can go to.
pub fn draft(
    letter: &Letter,
    controller: &Controller,
    threading: &Threading,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, Refusal> {
    let to = letter.to.as_deref().ok_or(Refusal::LetterNowhere {
        id: letter.id,
        letter: letter.letter,
    })?;
    let mut message = message(letter, to, controller, threading, at)?;
    // Mail programs that know it open the file for writing, not for reading.
    if let Ok(name) = HeaderName::new_from_ascii("X-Unsent".to_owned()) {
        message
            .headers_mut()
            .insert_raw(HeaderValue::new(name, "1".to_owned()));
    }
    Ok(message.formatted())
}

/// A letter as a mail that goes to `to`.
///
/// # Errors
/// [`Refusal::NoSenderAddress`], and [`Refusal::NotAnAddress`] for an address that no mail can go to.
pub fn outbound(
    letter: &Letter,
    to: &str,
    controller: &Controller,
    threading: &Threading,
    at: DateTime<Utc>,
) -> Result<Outbound, Refusal> {
    let message = message(letter, to, controller, threading, at)?;
    Ok(Outbound {
        from: controller.email.clone().unwrap_or_default(),
        to: to.to_owned(),
        bytes: message.formatted(),
    })
}

fn message(
    letter: &Letter,
    to: &str,
    controller: &Controller,
    threading: &Threading,
    at: DateTime<Utc>,
) -> Result<Message, Refusal> {
    let from = controller
        .email
        .as_deref()
        .ok_or(Refusal::NoSenderAddress)?;
    let mailbox = |name: Option<&String>, email: &str| {
        let address = email
            .parse()
            .map_err(|_: AddressError| Refusal::NotAnAddress(email.to_owned()))?;
        Ok::<_, Refusal>(Mailbox::new(name.cloned(), address))
    };
    let mut builder = Message::builder()
        .from(mailbox(controller.name.as_ref(), from)?)
        .to(mailbox(None, to)?)
        .subject(letter.subject.clone())
        .date(SystemTime::from(at))
        .message_id(Some(format!("<{}>", threading.message_id)))
        .header(ContentType::TEXT_PLAIN)
        .header(ContentTransferEncoding::QuotedPrintable);
    if let Some(id) = &threading.in_reply_to {
        builder = builder.in_reply_to(format!("<{id}>"));
    }
    if !threading.references.is_empty() {
        let ids: Vec<String> = threading
            .references
            .iter()
            .map(|id| format!("<{id}>"))
            .collect();
        builder = builder.references(ids.join(" "));
    }
    builder
        .body(letter.text.clone())
        .map_err(|_| Refusal::NotAnAddress(to.to_owned()))
}

/// The headers of a mail as they go out, each on one line.
pub fn headers(mail: &Outbound) -> Vec<String> {
    let text = String::from_utf8_lossy(&mail.bytes);
    let block = text.split("\r\n\r\n").next().unwrap_or_default();
    let unfolded = block.replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded.lines().map(str::to_owned).collect()
}

/// A mail of the program's own, such as a reminder.
///
/// # Errors
/// When an address is none.
pub fn plain(
    from: &str,
    to: &str,
    subject: &str,
    text: &str,
    at: DateTime<Utc>,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let message = Message::builder()
        .from(Mailbox::new(None, from.parse()?))
        .to(Mailbox::new(None, to.parse()?))
        .subject(subject)
        .date(SystemTime::from(at))
        .header(ContentType::TEXT_PLAIN)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(text.to_owned())?;
    Ok(message.formatted())
}
