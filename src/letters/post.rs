//! A letter on its way: from what was written to what is handed over, and to whom. Sending it is `ops::letters`.

use super::Letter;
use super::eml;
use crate::domain::conduct::{Resolution, Sending};
use crate::domain::item::Item;
use crate::domain::letter::{SentLetter, free_message_id};
use crate::domain::person::{is_address, normalise};
use crate::domain::refusal::Refusal;
use crate::domain::request::Channel;
use crate::ops::letters::Posting;
use crate::ops::queries::Card;
use crate::ops::{Desk, OpError, Target};

/// How the owner wants a letter to go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Way {
    /// The address; the first one of the person when `None`.
    pub to: Option<String>,
    /// Whether the case is closed with it, and how.
    pub resolve: Option<Resolution>,
    /// Also when the letter went already, or nobody knows whether it did.
    pub again: bool,
}

/// What is handed over when `letter` is sent. Nothing is changed by it, and nobody is called; hand it to [`Desk::post`].
///
/// # Errors
/// [`OpError::Refused`] where an address is missing, is none, or is not the person's.
pub fn posting(desk: &Desk, card: &Card, letter: &Letter, way: &Way) -> Result<Posting, OpError> {
    let to = match &way.to {
        None => letter.to.clone().ok_or(Refusal::LetterNowhere {
            id: letter.id,
            letter: letter.letter,
        })?,
        Some(to) if !is_address(to) => return Err(Refusal::NotAnAddress(to.clone()).into()),
        Some(to) if letter.letter.is_to_person() && !is_hers(&card.item, to) => {
            return Err(Refusal::NotHerAddress {
                id: letter.id,
                to: to.clone(),
            }
            .into());
        }
        Some(to) => to.clone(),
    };
    let controller = &desk.settings.controller;
    let moment = desk.clock.moment();
    let mut threading = eml::threading(&card.item, letter, controller);
    let mut sent = SentLetter {
        letter: letter.letter,
        language: letter.language,
        on: moment.today,
        channel: Channel::Mail,
        subject: Some(letter.subject.clone()),
        text: Some(letter.text.clone()),
        to: Some(to.clone()),
        message_id: None,
    };
    threading.message_id = free_message_id(&card.item, &sent, &threading.message_id);
    sent.message_id = Some(threading.message_id.clone());
    Ok(Posting {
        target: Target {
            id: letter.id,
            seen: Some(letter.seen),
        },
        mail: eml::outbound(letter, &to, controller, &threading, moment.now)?,
        sending: Sending {
            letter: sent,
            requirements: letter.requirements.clone(),
            reason: letter.reason.clone(),
            rejection: letter.rejection.clone(),
            resolve: way.resolve.clone(),
        },
        again: way.again,
        in_reply_to: threading.in_reply_to,
        references: threading.references,
    })
}

/// Whether an address is on the case, or she wrote from it.
fn is_hers(item: &Item, to: &str) -> bool {
    let mut known = item.person().emails.clone();
    if let Item::Request(request) = item {
        let replies = request.mails.iter();
        let replies =
            replies.filter(|mail| mail.relation == crate::domain::correspondence::Relation::Reply);
        known.extend(replies.flat_map(|mail| mail.from.emails.iter().cloned()));
    }
    known.iter().any(|email| normalise(email) == normalise(to))
}
