//! Sending a letter: what it must be, and what goes with it. Notice and new date, question and record of it, are one
//! action (RULES §§2, 4).

use chrono::NaiveDate;

use super::super::event::Event;
use super::super::item::Item;
use super::super::letter::{self, Failure, LetterType, Outgoing, Requirement, SentLetter};
use super::super::refusal::{Refusal, TextNeeded};
use super::super::request::Request;
use super::super::standing::Rules;
use super::{
    Moment, RejectionDraft, Resolution, extend, must_not_be_erased, not_before, not_in_future,
    request_identity, without_cpr,
};

/// A letter that went, or is to count as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The letter as the record will keep it.
    pub letter: SentLetter,
    /// What it must say.
    pub requirements: Vec<Requirement>,
    /// The reason it gives for an extension, or the doubt about identity, where the case has none yet.
    pub reason: Option<String>,
    /// The refusal that it tells, where the request was not refused yet.
    pub rejection: Option<RejectionDraft>,
    /// Whether the case is closed with it, and how.
    pub resolve: Option<Resolution>,
}

/// Whether a letter of this type fits the record as it stands.
///
/// # Errors
/// [`Refusal::LetterNeedsRejection`] for a refusal that was not decided yet, else [`Refusal::LetterDoesNotFit`] with those
/// that do.
pub fn letter_fits(item: &Item, letter: LetterType) -> Result<(), Refusal> {
    must_not_be_erased(item)?;
    let fits = letter::fitting(item);
    if fits.contains(&letter) {
        return Ok(());
    }
    match item {
        Item::Request(request) if letter == LetterType::Refusal => {
            Err(Refusal::LetterNeedsRejection(request.id))
        }
        _ => Err(Refusal::LetterDoesNotFit {
            id: item.id(),
            letter,
            fits,
        }),
    }
}

/// The letter that plainly comes next.
///
/// # Errors
/// [`Refusal::WhichLetter`] when none does, with those that fit.
pub fn next_letter(item: &Item) -> Result<LetterType, Refusal> {
    must_not_be_erased(item)?;
    letter::next(item).ok_or_else(|| Refusal::WhichLetter {
        id: item.id(),
        fits: letter::fitting(item),
    })
}

/// Sending a letter: it says what it must, and what it tells becomes so with it. Closing comes after, by [`super::resolve`].
pub fn send_letter(
    item: &Item,
    sending: &Sending,
    rules: Rules,
    moment: Moment,
) -> Result<Vec<Event>, Refusal> {
    let sent = &sending.letter;
    letter_fits(item, sent.letter)?;
    let subject = sent.subject.as_deref().unwrap_or_default();
    let text = sent.text.as_deref().unwrap_or_default();
    without_cpr(subject)?;
    without_cpr(text)?;
    let missing = letter::missing(&sending.requirements, subject, text);
    if !missing.is_empty() {
        return Err(Refusal::LetterIncomplete {
            id: item.id(),
            letter: sent.letter,
            missing,
        });
    }
    not_in_future(sent.on, moment)?;
    not_before(sent.on, item.received_on())?;
    let mut events = Vec::new();
    if let Item::Request(request) = item {
        events.extend(told_by(item, request, sending, sent.on, rules, moment)?);
    }
    events.push(Event::LetterSent(Box::new(sent.clone())));
    Ok(events)
}

/// Whether a letter may be handed over to a mail server: not one of which nobody knows whether it went, and none that went
/// already, unless the owner wants that. Whatever else could keep it from being recorded afterwards is [`send_letter`]'s.
pub fn begin_sending(
    item: &Item,
    sending: &Sending,
    again: bool,
    moment: Moment,
) -> Result<Event, Refusal> {
    let letter = &sending.letter;
    let id = item.id();
    let mut outbox = item.outbox().iter();
    let open = outbox.find(|kept| kept.is_open() && kept.is_about(letter));
    let sent = item.letters().iter().rev();
    let mut sent = sent.filter(|sent| sent.is_same_kind(letter));
    match (open, sent.next()) {
        _ if again => {}
        (Some(open), _) => return Err(Refusal::of_open_sending(id, open)),
        (None, Some(sent)) => {
            return Err(Refusal::LetterSentAlready {
                id,
                letter: sent.letter,
                on: sent.on,
            });
        }
        (None, None) => {}
    }
    Ok(Event::LetterSending(Box::new(Outgoing {
        letter: letter.clone(),
        reason: sending.reason.clone(),
        rejection: sending.rejection.clone(),
        since: moment.now,
        failed: None,
        doubtful: open.is_some(),
    })))
}

/// The owner has looked: a letter that was being sent did not go.
pub fn not_sent(item: &Item, letter: LetterType, moment: Moment) -> Result<Event, Refusal> {
    let mut outbox = item.outbox().iter();
    let open = outbox.find(|kept| kept.is_open() && kept.letter.letter == letter);
    let message_id = open.and_then(|open| open.letter.message_id.clone());
    Ok(Event::LetterNotSent {
        message_id: message_id.ok_or(Refusal::NotBeingSent(item.id()))?,
        failure: Failure {
            at: moment.now,
            why: String::new(),
        },
        settled: true,
    })
}

/// What the letter tells and the case does not have yet.
fn told_by(
    item: &Item,
    request: &Request,
    sending: &Sending,
    on: NaiveDate,
    rules: Rules,
    moment: Moment,
) -> Result<Option<Event>, Refusal> {
    let reason = |needed| {
        let reason = sending.reason.as_deref();
        reason.ok_or(Refusal::TextMissing(needed))
    };
    match sending.letter.letter {
        LetterType::Extension if request.extension.is_none() => {
            extend(item, reason(TextNeeded::Reason)?, on, rules, moment).map(Some)
        }
        LetterType::Identity if !request.awaits_identity() => {
            request_identity(item, reason(TextNeeded::Doubt)?, on, moment).map(Some)
        }
        _ => Ok(None),
    }
}
