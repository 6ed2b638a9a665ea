//! Where a mail belongs: to a case there is, to the newsletter's opt-outs, to the new requests, or aside (RULES §2).
//!
//! Looks, and changes nothing. A mail that belongs to an open case is added to it and not opened anew; what no person
//! wrote never becomes a case; what asks for nothing is set aside, where it can be seen and taken in.

use crate::domain::correspondence::{AsideWhy, Relation};
use crate::domain::ids::{IdPattern, ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::person::normalise;
use crate::domain::request::{Kind, Request};
use crate::mail::classify::{Asked, Suggestion};
use crate::mail::nature::Returned;
use crate::mail::{Incoming, Nature, Problem};
use crate::store::{StoreError, View};

/// Where a mail belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A new request of this kind.
    Request(Kind),
    /// An opt-out of its sender.
    OptOut,
    /// A case there is.
    Case(ItemId, Relation),
    /// Nowhere, for this reason.
    Aside(AsideWhy),
}

/// Where `mail` belongs. With `all` every mail of a person is a request: the mailbox is used for nothing else.
pub(super) fn place(
    view: &View<'_>,
    mail: &Incoming,
    suggestion: &Suggestion,
    all: bool,
) -> Result<Place, StoreError> {
    let leaves = suggestion.asked == Asked::OptOut;
    // A mail program that follows the link in a newsletter writes the subject itself and says that it is a machine.
    let leaves_in_subject = leaves && suggestion.reasons.iter().any(|reason| reason.in_subject);
    Ok(match &mail.nature {
        Nature::Bounce(returned) => match of_returned(view, mail, returned)? {
            Some(id) => Place::Case(id, Relation::Bounce),
            None => Place::Aside(AsideWhy::Bounce),
        },
        Nature::Autoresponse if leaves_in_subject => Place::OptOut,
        Nature::Autoresponse => match automatic(view, mail)? {
            Some(id) => Place::Case(id, Relation::Autoresponse),
            None => Place::Aside(AsideWhy::Autoresponse),
        },
        Nature::Bulk if !all && !suggestion.is_decided => Place::Aside(AsideWhy::Bulk),
        Nature::Bulk | Nature::Person => match (of_person(view, mail, suggestion)?, leaves) {
            (Some(id), _) => Place::Case(id, Relation::Reply),
            // Advertising says at its end how to leave; who wants to leave says little else, or speaks of himself.
            (None, true)
                if !leaves_in_subject
                    && !is_short(mail)
                    && suggestion.is_impersonal
                    && !all
                    && !suggestion.is_decided =>
            {
                Place::Aside(AsideWhy::Bulk)
            }
            (None, true) => Place::OptOut,
            (None, false) => match suggestion.asked {
                Asked::For(Kind::Other)
                    if suggestion.reasons.is_empty() && !all && is_whole(mail) =>
                {
                    Place::Aside(AsideWhy::NoSign)
                }
                Asked::For(kind) => Place::Request(kind),
                Asked::OptOut => Place::OptOut,
                Asked::Nothing if suggestion.is_decided => Place::Aside(AsideWhy::Rule),
                Asked::Nothing if all => Place::Request(Kind::Other),
                Asked::Nothing => Place::Aside(AsideWhy::Bulk),
            },
        },
    })
}

/// The case a person's mail belongs to: the one it answers or names, else her open one of the same kind, else her open
/// one when the mail asks for nothing itself.
fn of_person(
    view: &View<'_>,
    mail: &Incoming,
    suggestion: &Suggestion,
) -> Result<Option<ItemId>, StoreError> {
    let asks_for = match suggestion.asked {
        Asked::For(kind) if kind != Kind::Other => Some(kind),
        _ => None,
    };
    if let Some(case) = referred_to(view, mail)? {
        // What is asked for anew after an answer is a request of its own, and perhaps a repeat.
        let anew = asks_for.is_some_and(|kind| case.closing.is_some() || case.kind != kind);
        if !anew {
            return Ok(Some(case.id));
        }
    }
    let open = open_cases(view, sender(mail))?;
    let silent = suggestion.asked != Asked::OptOut && suggestion.reasons.is_empty();
    let same = open
        .iter()
        .rev()
        .find(|case| Asked::For(case.kind) == suggestion.asked);
    let any = open.last().filter(|_| silent);
    Ok(same.or(any).map(|case| case.id))
}

/// The case an automatic answer belongs to: the one it answers or names, else an open one of its sender.
fn automatic(view: &View<'_>, mail: &Incoming) -> Result<Option<ItemId>, StoreError> {
    if let Some(case) = referred_to(view, mail)? {
        return Ok(Some(case.id));
    }
    let open = open_cases(view, sender(mail))?;
    Ok(open.last().map(|case| case.id))
}

/// The case to which a letter belonged that came back: by its ids, else by whom it did not reach.
fn of_returned(
    view: &View<'_>,
    mail: &Incoming,
    returned: &Returned,
) -> Result<Option<ItemId>, StoreError> {
    if let Some(case) = by_ids(view, &returned.ids)? {
        return Ok(Some(case.id));
    }
    if let Some(case) = referred_to(view, mail)? {
        return Ok(Some(case.id));
    }
    for recipient in &returned.recipients {
        if let Some(case) = open_cases(view, Some(recipient))?.last() {
            return Ok(Some(case.id));
        }
    }
    Ok(None)
}

/// The case a mail answers (In-Reply-To, References) or names in its subject.
fn referred_to(view: &View<'_>, mail: &Incoming) -> Result<Option<Request>, StoreError> {
    let ids: Vec<String> = mail
        .in_reply_to
        .iter()
        .chain(&mail.references)
        .cloned()
        .collect();
    if let Some(case) = by_ids(view, &ids)? {
        return Ok(Some(case));
    }
    let words = mail
        .subject
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    for word in words {
        let named = word.parse::<IdPattern>().ok().and_then(IdPattern::full);
        let Some(id) = named.filter(|id| id.item_type == ItemType::Request) else {
            continue;
        };
        if let Some(Item::Request(case)) = view.get(id)? {
            return Ok(Some(*case));
        }
    }
    Ok(None)
}

/// The latest case that a mail with one of these Message-IDs belongs to.
fn by_ids(view: &View<'_>, ids: &[String]) -> Result<Option<Request>, StoreError> {
    let mut cases = Vec::new();
    for id in ids {
        for known in view.with_message_id(id)? {
            if let Some(Item::Request(case)) = view.get(known)? {
                cases.push(*case);
            }
        }
    }
    Ok(cases
        .into_iter()
        .max_by_key(|case| (case.closing.is_none(), case.received_on, case.id)))
}

/// Words of a mail that says little else than what it is for.
const SHORT: usize = 80;

fn is_short(mail: &Incoming) -> bool {
    mail.text.split_whitespace().count() <= SHORT
}

/// Whether all that the mail says could be read: what could not may ask for something.
fn is_whole(mail: &Incoming) -> bool {
    !mail.problems.iter().any(|problem| {
        matches!(
            problem,
            Problem::BrokenEncoding
                | Problem::UnknownCharset(_)
                | Problem::Truncated { .. }
                | Problem::UnclosedPart
                | Problem::TooManyParts
                | Problem::TooLarge
        )
    })
}

fn sender(mail: &Incoming) -> Option<&str> {
    mail.from.as_ref().map(|from| from.email.as_str())
}

/// The open requests of whoever has this address, in the order in which they were received.
fn open_cases(view: &View<'_>, email: Option<&str>) -> Result<Vec<Request>, StoreError> {
    let Some(email) = email.filter(|email| email.contains('@')) else {
        return Ok(Vec::new());
    };
    let mut open: Vec<Request> = view
        .with_addresses(&[normalise(email)].into())?
        .into_iter()
        .filter_map(|item| match item {
            Item::Request(case) if case.closing.is_none() => Some(*case),
            _ => None,
        })
        .collect();
    open.sort_by_key(|case| (case.received_on, case.id));
    Ok(open)
}
