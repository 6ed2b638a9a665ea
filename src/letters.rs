//! Letters as texts: a template and the facts of a case come in, subject and text come out, with what they lack.
//!
//! What a letter must say is `domain::letter`; this module has the words. It sends nothing and changes nothing.

pub mod eml;
mod facts;
mod post;
mod template;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use self::post::{Way, posting};
use crate::config::Settings;
use crate::domain::conduct::{self, RejectionDraft, Resolution, Sending};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::domain::letter::{LetterType, Missing, Requirement, SentLetter, missing, requirements};
use crate::domain::person::{ByLanguage, Language, is_address};
use crate::domain::refusal::Refusal;
use crate::domain::request::Channel;
use crate::i18n::Texts;
use crate::i18n::words::Wording;
use crate::ops::queries::Card;
use crate::ops::{Desk, OpError};

/// Days after which the text about complaints is to be looked at again.
const COMPLAINT_DAYS: i64 = 365;

/// What the owner wants written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// The type; the one that plainly comes next when `None`.
    pub letter: Option<LetterType>,
    /// The language; the person's when `None`.
    pub language: Option<Language>,
    /// Texts of the owner's, by the name of their field; `SERVICE.FIELD` says what a service card does not.
    pub fields: BTreeMap<String, String>,
    /// The refusal that the letter is to tell, where the request was not refused yet: it is with the letter.
    pub rejection: Option<RejectionDraft>,
}

/// A letter that was written and not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The record.
    pub id: ItemId,
    /// The version of the record it was written from.
    pub seen: u64,
    /// What it is.
    pub letter: LetterType,
    /// Its language.
    pub language: Language,
    /// Its subject, with the number of the case.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The address it goes to, where one is known.
    pub to: Option<String>,
    /// What it must say.
    pub requirements: Vec<Requirement>,
    /// The reason it gives for an extension, or the doubt about identity.
    pub reason: Option<String>,
    /// The refusal that is made with it.
    pub rejection: Option<RejectionDraft>,
    /// Things the owner should look at before it goes.
    pub notices: Vec<Notice>,
}

/// Something the owner should look at before a letter goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// What it says on third countries must be held against her agreement with the service.
    Unverified(String),
    /// The text about complaints was last looked at long ago.
    ComplaintUnchecked(NaiveDate),
}

impl Letter {
    /// What the letter lacks as it stands: after a change too.
    pub fn missing(&self) -> Vec<Missing> {
        missing(&self.requirements, &self.subject, &self.text)
    }

    /// The letter as it is printed or written to a file: its subject as a heading, and its text.
    pub fn on_paper(&self) -> String {
        format!("{}\n\n{}", self.subject, self.text)
    }

    /// What its going is, on `on` (local date) through `channel`; by mail with the address and the Message-ID it has there.
    pub fn sending(
        self,
        channel: Channel,
        on: NaiveDate,
        message_id: String,
        resolve: Option<Resolution>,
    ) -> Sending {
        let is_mail = channel == Channel::Mail;
        Sending {
            letter: SentLetter {
                letter: self.letter,
                language: self.language,
                on,
                channel,
                subject: Some(self.subject),
                text: Some(self.text),
                to: self.to.filter(|_| is_mail),
                message_id: is_mail.then_some(message_id),
            },
            requirements: self.requirements,
            reason: self.reason,
            rejection: self.rejection,
            resolve,
        }
    }
}

/// The language to write to the person of a record in: hers where a request of hers says so, else that of the program.
pub fn language_of(card: &Card, texts: &Texts) -> Language {
    let of = |item: &Item| match item {
        Item::Request(request) => Some((request.received_on, request.id, request.language)),
        _ => None,
    };
    if let Some((.., language)) = of(&card.item) {
        return language;
    }
    let latest = card
        .circle
        .iter()
        .filter_map(of)
        .max_by_key(|(on, id, _)| (*on, *id));
    latest.map_or(texts.language(), |(.., language)| language)
}

/// Writes a letter.
///
/// # Errors
/// [`OpError::Refused`] when the type does not fit, or a text is missing that only the owner can give;
/// [`OpError::BadTemplate`] when a template cannot be used.
pub fn write(desk: &Desk, card: &Card, wish: &Wish, texts: &Texts) -> Result<Letter, OpError> {
    conduct::must_not_be_erased(&card.item)?;
    let letter = match wish.letter {
        Some(letter) => letter,
        None => conduct::next_letter(&card.item)?,
    };
    let moment = desk.clock.moment();
    let seen = card.item.version();
    let refused;
    let card = match &wish.rejection {
        Some(rejection) if letter == LetterType::Refusal => {
            refused = desk.as_refused(card, rejection)?;
            &refused
        }
        _ => card,
    };
    conduct::letter_fits(&card.item, letter)?;
    let language = wish.language.unwrap_or_else(|| language_of(card, texts));
    let own_texts;
    let texts = if texts.language() == language {
        texts
    } else {
        own_texts = Texts::new(language);
        &own_texts
    };
    let wording = Wording {
        texts,
        catalogue: desk.catalogue()?,
        rules: desk.settings.rules,
        zone: desk.settings.zone,
    };
    let history = history(desk, card.item.id(), letter)?;
    let gathered = facts::gather(
        letter,
        &facts::Case {
            card,
            history: &history,
            wording: &wording,
            settings: &desk.settings,
            today: moment.today,
            given: &wish.fields,
        },
    );
    let source = template::source(desk.letters_folder.as_deref(), language, letter)?;
    fields_fit(letter, wish, &gathered, &source)?;
    let (mut subject, text) = template::render(&source, &gathered.facts)?;
    let each = ByLanguage::of(Texts::new);
    let says = |language, part: &str| each.get(language).letter_says(part);
    let id = card.item.id();
    if letter.is_to_person() || !subject.contains(&id.to_string()) {
        subject = format!("{subject} [{id}]");
    }
    conduct::without_cpr(&subject)?;
    conduct::without_cpr(&text)?;
    Ok(Letter {
        id,
        seen,
        letter,
        language,
        to: address(&card.item, letter, &gathered),
        requirements: requirements(letter, language, &gathered.facts, &says),
        reason: gathered.reason(letter),
        rejection: wish
            .rejection
            .clone()
            .filter(|_| letter == LetterType::Refusal),
        notices: notices(letter, &gathered, &desk.settings, moment.today),
        subject,
        text,
    })
}

/// The dates and names of what happened to a record, where the letter tells them.
fn history(
    desk: &Desk,
    id: ItemId,
    letter: LetterType,
) -> Result<Vec<(NaiveDate, String)>, OpError> {
    if letter != LetterType::Authority {
        return Ok(Vec::new());
    }
    let zone = desk.settings.zone;
    let entries = desk.history(Some(id), usize::MAX)?.into_iter();
    Ok(entries
        .map(|entry| (entry.at.with_timezone(&zone).date_naive(), entry.event))
        .collect())
}

/// Whether every text the owner gave has a place, and every text that only she can give is there.
fn fields_fit(
    letter: LetterType,
    wish: &Wish,
    gathered: &facts::Gathered,
    source: &template::Source,
) -> Result<(), Refusal> {
    let known = gathered.known_fields(letter, source);
    if let Some(unknown) = wish
        .fields
        .keys()
        .find(|name| !known.contains(&name.as_str()))
    {
        return Err(Refusal::NoLetterField {
            letter,
            field: unknown.clone(),
            known: letter.fields().iter().map(|field| field.name).collect(),
        });
    }
    let unfilled: Vec<&'static str> = letter
        .fields()
        .iter()
        .filter(|field| field.required && gathered.facts.field(field.name).is_none())
        .map(|field| field.name)
        .collect();
    if !unfilled.is_empty() {
        return Err(Refusal::LetterFields {
            letter,
            fields: unfilled,
        });
    }
    Ok(())
}

/// Where the letter goes as a mail.
fn address(item: &Item, letter: LetterType, gathered: &facts::Gathered) -> Option<String> {
    let to = if letter.is_to_person() {
        item.person().email().map(str::to_owned)
    } else {
        gathered.facts.field("to").map(str::to_owned)
    };
    to.filter(|to| is_address(to))
}

fn notices(
    letter: LetterType,
    gathered: &facts::Gathered,
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Notice> {
    let is_access = gathered.facts.kind.as_deref() == Some("access");
    let mut notices = Vec::new();
    if letter == LetterType::Answer && is_access && !gathered.unverified.is_empty() {
        notices.push(Notice::Unverified(gathered.unverified.join(", ")));
    }
    if let Some(on) = settings.letters.complaint_checked
        && COMPLAINT_DAYS < today.signed_duration_since(on).num_days()
    {
        notices.push(Notice::ComplaintUnchecked(on));
    }
    notices
}

#[cfg(test)]
mod tests;
