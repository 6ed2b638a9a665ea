//! Letters: which there are for a record, what one needs, reading and changing it, and what is to be done with it.

use chrono::NaiveDate;

use super::super::model::Model;
use super::super::msg::{Effect, Going, LetterGoing};
use super::form::{Field, Form, InfoLine};
use super::forms::{Purpose, Wrong};
use super::{Picked, Picker};
use crate::domain::conduct::{self, RejectionDraft, Resolution};
use crate::domain::draft::Place;
use crate::domain::item::Item;
use crate::domain::letter::{self, LetterType};
use crate::domain::person::{Language, is_address};
use crate::domain::rejection::Light;
use crate::domain::request::Channel;
use crate::i18n::Texts;
use crate::letters::{Letter, Wish, language_of};
use crate::ops::Target;
use crate::ops::queries::Card;
use crate::when::{Lean, date_in_form};

/// What is done with a letter, as the form calls it; the rest are channels.
const SEND: &str = "send";
const SEND_AGAIN: &str = "send-again";
const DID_GO: &str = "did-go";
const DID_NOT_GO: &str = "did-not-go";
const COPY: &str = "copy";
const TEXT: &str = "text";
const EML: &str = "eml";
const YES: &str = "yes";

/// The letters that fit the record under the cursor, the one that plainly comes next under the cursor; in the language of
/// the person, or another.
pub fn picker(model: &Model, card: &Card, language: Option<Language>) -> Option<Picker> {
    let texts = &model.texts;
    let item = &card.item;
    let language = language.unwrap_or_else(|| language_of(card, texts));
    let mut types = letter::fitting(item);
    // What is refused with its letter is not refused yet.
    if conduct::can_reject(item, &card.circle).is_ok() {
        types.push(LetterType::Refusal);
        types.sort_unstable();
    }
    if types.is_empty() {
        return None;
    }
    let next = letter::next(item);
    let cursor = types.iter().position(|it| Some(*it) == next).unwrap_or(0);
    let mut choices: Vec<(String, Picked)> = types
        .into_iter()
        .map(|letter| {
            let words = letter_words(model, item, letter, next);
            (words, Picked::Letter(letter, language))
        })
        .collect();
    for &other in Language::ALL.iter().filter(|other| **other != language) {
        let name = texts.language_name(other).into();
        let words = texts.with("letter-other-language", &[("language", name)]);
        choices.push((words, Picked::Letters(other)));
    }
    let shown = [
        ("id", item.id().to_string().into()),
        ("language", texts.language_name(language).into()),
    ];
    Some(Picker {
        title: texts.with("picker-letter", &shown),
        choices,
        cursor,
    })
}

fn letter_words(
    model: &Model,
    item: &Item,
    letter: LetterType,
    next: Option<LetterType>,
) -> String {
    let texts = &model.texts;
    let name = texts.letter_name(letter);
    let sent = item.letters().iter().rev().find(|it| it.letter == letter);
    match sent {
        Some(sent) => {
            let on = texts.date_in_list(sent.on, model.today).into();
            texts.with("letter-choice-sent", &[("letter", name.into()), ("on", on)])
        }
        None if next == Some(letter) => {
            texts.with("letter-choice-next", &[("letter", name.into())])
        }
        None => name,
    }
}

/// Whether a letter tells a refusal that is not made yet: then what a refusal asks is asked first.
pub fn refuses(card: &Card, letter: LetterType) -> bool {
    letter == LetterType::Refusal
        && matches!(&card.item, Item::Request(request) if request.rejection.is_none())
}

/// The fields for what a letter needs and the case does not have.
pub fn texts_fields(letter: LetterType, texts: &Texts) -> Vec<Field> {
    letter
        .fields()
        .iter()
        .map(|field| {
            let name = texts.get(&format!("letter-field-{}", field.name.replace('_', "-")));
            let label = capitalised(&name);
            if field.required {
                return Field::area(field.name, label, "");
            }
            let label = texts.with("letter-field-optional", &[("field", label.into())]);
            if field.name == "to" {
                Field::line(field.name, label, "")
            } else {
                Field::area(field.name, label, "")
            }
        })
        .collect()
}

/// The texts name fields as they stand in a sentence; a label begins a line.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What writing the letter with these texts is.
pub fn write(form: &Form, target: Target, letter: LetterType, language: Language) -> Effect {
    let given = form.draft().into_iter();
    let fields = given.filter(|(_, text)| !text.trim().is_empty()).collect();
    Effect::WriteLetter(
        target.id,
        Wish {
            letter: Some(letter),
            language: Some(language),
            fields,
            rejection: None,
        },
    )
}

/// What writing the letter of a refusal is: the refusal is made when it goes.
pub fn refuse(target: Target, language: Language, rejection: RejectionDraft) -> Effect {
    Effect::WriteLetter(
        target.id,
        Wish {
            letter: Some(LetterType::Refusal),
            language: Some(language),
            rejection: Some(rejection),
            ..Wish::default()
        },
    )
}

/// The fields of a letter that is read and changed.
pub fn fields(letter: &Letter, texts: &Texts) -> Vec<Field> {
    let to = letter.to.as_deref().unwrap_or_default();
    vec![
        Field::line("to", texts.get("field-to"), to).to_be_read(),
        Field::line("subject", texts.get("field-subject"), &letter.subject).to_be_read(),
        Field::area("text", texts.get("field-letter"), &letter.text).to_be_read(),
    ]
}

/// The letter as it stands in its form.
pub fn as_changed(form: &Form) -> Option<Letter> {
    let Purpose::Letter(_, letter) = &form.purpose else {
        return None;
    };
    let to = Some(form.value("to").trim().to_owned());
    Some(Letter {
        to: to.filter(|to| !to.is_empty()),
        subject: form.value("subject"),
        text: form.value("text"),
        ..(**letter).clone()
    })
}

/// What is to be done with the letter: the fields.
pub fn goes_fields(model: &Model, letter: &Letter) -> Vec<Field> {
    let texts = &model.texts;
    let item = model
        .selected()
        .map(|card| &card.item)
        .filter(|item| item.id() == letter.id);
    let mut ways = sending_ways(model, item, letter);
    // A clipboard is reached by steering the terminal, and line by line nothing does that.
    if !model.by_line {
        ways.push((COPY.to_owned(), texts.get("letter-way-copy")));
    }
    ways.extend([
        (EML.to_owned(), texts.get("letter-way-eml")),
        (TEXT.to_owned(), texts.get("letter-way-text")),
    ]);
    ways.extend(Channel::ALL.iter().map(|channel| {
        let name = texts.channel(*channel).into();
        let words = texts.with("letter-way-sent", &[("channel", name)]);
        (channel.word().to_owned(), words)
    }));
    let path = format!(
        "{}{}-{}.txt",
        model.export_folder,
        letter.id,
        letter.letter.word()
    );
    let item = item.filter(|item| item.is_open() && letter.letter.is_answer());
    let mut fields = vec![
        Field::choice("way", texts.get("field-way"), ways, ""),
        Field::line("on", texts.get("field-on"), &model.today.to_string()),
        Field::line("path", texts.get("field-path"), &path),
    ];
    if let Some(item) = item {
        let choices = vec![
            ("no".to_owned(), texts.get("letter-resolve-no")),
            (YES.to_owned(), texts.get("letter-resolve-yes")),
        ];
        let is_ready = !item.tasks().iter().any(|task| task.status.is_open());
        let chosen = if is_ready { YES } else { "no" };
        let label = texts.get("field-letter-resolve");
        fields.push(Field::choice("resolve", label, choices, chosen));
    }
    fields
}

/// The ways of sending it from here, and where nobody knows whether it went, of saying so.
fn sending_ways(model: &Model, item: Option<&Item>, letter: &Letter) -> Vec<(String, String)> {
    let texts = &model.texts;
    let way = |value: &str, id: &str| (value.to_owned(), texts.get(id));
    let mut ways = Vec::new();
    let is_open = item.is_some_and(|item| {
        let mut outbox = item.outbox().iter();
        outbox.any(|kept| kept.is_open() && kept.letter.letter == letter.letter)
    });
    let was_sent = item.is_some_and(|item| letter::was_sent(item, letter.letter));
    if is_open {
        ways.push(way(DID_GO, "letter-way-did-go"));
        ways.push(way(DID_NOT_GO, "letter-way-did-not-go"));
    }
    if model.can_send && letter.to.is_some() {
        ways.push(if is_open || was_sent {
            way(SEND_AGAIN, "letter-way-send-again")
        } else {
            way(SEND, "letter-way-send")
        });
    }
    ways
}

/// Whether saving the form hands a letter to a mail server, which takes its time.
pub fn sends(form: &Form) -> bool {
    matches!(form.purpose, Purpose::LetterGoes(..))
        && [SEND, SEND_AGAIN].contains(&form.value("way").as_str())
}

fn channel_of(form: &Form) -> Option<Channel> {
    let way = form.value("way");
    Channel::ALL
        .iter()
        .copied()
        .find(|channel| channel.word() == way)
}

/// Follows what was written or chosen: says what a letter lacks, and asks only what the way of sending needs.
pub fn adapt(form: &mut Form, texts: &Texts) {
    if let Some(letter) = as_changed(form) {
        form.info = info(&letter, texts);
    }
    if matches!(form.purpose, Purpose::LetterGoes(..)) {
        let went = channel_of(form).is_some();
        let way = form.value("way");
        let goes = went || [SEND, SEND_AGAIN, DID_GO].contains(&way.as_str());
        let is_file = [TEXT, EML].contains(&form.value("way").as_str());
        for field in &mut form.fields {
            match field.name {
                "on" => field.shown = went,
                "resolve" => field.shown = goes,
                "path" => field.shown = is_file,
                _ => {}
            }
        }
    }
}

/// What is to be known of a letter as it stands: what it lacks, and what is to be looked at before it goes.
fn info(letter: &Letter, texts: &Texts) -> Vec<InfoLine> {
    let missing = letter.missing();
    let lacks = (!missing.is_empty()).then(|| InfoLine {
        text: texts.letter_lacks(&missing),
        light: Some(Light::Red),
    });
    let notices = letter.notices.iter().map(|notice| InfoLine {
        text: texts.letter_notice(notice),
        light: Some(Light::Amber),
    });
    lacks.into_iter().chain(notices).collect()
}

/// What saving the form about a letter's going does.
///
/// # Errors
/// The field that cannot be read, and why.
pub fn goes(form: &Form, target: Target, letter: &Letter, model: &Model) -> Result<Effect, Wrong> {
    let texts = &model.texts;
    let how = match (form.value("way").as_str(), channel_of(form)) {
        (SEND, _) => Going::Send { again: false },
        (SEND_AGAIN, _) => Going::Send { again: true },
        (DID_GO, _) => Going::DidGo,
        (DID_NOT_GO, _) => Going::DidNotGo,
        (_, Some(channel)) => Going::Went(channel, day_of_going(form, model)?),
        (_, None) => return file_or_copy(form, letter, texts),
    };
    if matches!(how, Going::Send { .. } | Going::Went(Channel::Mail, _)) {
        must_be_address(letter, texts)?;
    }
    let resolve = form.shows("resolve") && form.value("resolve") == YES;
    Ok(Effect::LetterGoes(Box::new(LetterGoing {
        target,
        letter: letter.clone(),
        how,
        resolve: resolve.then(|| Resolution {
            outcome: letter.letter.outcome(),
            ..Resolution::default()
        }),
        drafts: drafts(&form.purpose),
    })))
}

fn day_of_going(form: &Form, model: &Model) -> Result<Option<NaiveDate>, Wrong> {
    let on = form.value("on");
    let on = Some(on.trim()).filter(|on| !on.is_empty());
    let wrong = || ("on", model.texts.get("field-bad-date"));
    on.map(|on| date_in_form(on, model.today, Lean::Past).ok_or_else(wrong))
        .transpose()
}

/// The places of what was written on the way to a letter.
pub fn drafts(purpose: &Purpose) -> Vec<Place> {
    let (Purpose::Letter(target, letter) | Purpose::LetterGoes(target, letter)) = purpose else {
        return Vec::new();
    };
    let on_the_way = [
        Purpose::Letter(*target, letter.clone()),
        Purpose::LetterTexts(*target, letter.letter, letter.language),
        Purpose::Refuse(*target, letter.language),
    ];
    let told = letter.rejection.is_some();
    let places = on_the_way
        .iter()
        .filter(|purpose| told || !matches!(purpose, Purpose::Refuse(..)));
    places.filter_map(Purpose::place).collect()
}

fn file_or_copy(form: &Form, letter: &Letter, texts: &Texts) -> Result<Effect, Wrong> {
    let way = form.value("way");
    if way == COPY {
        return Ok(Effect::Copy(letter.on_paper()));
    }
    let eml = way == EML;
    if eml {
        must_be_address(letter, texts)?;
    }
    let path = form.value("path").trim().to_owned();
    if path.is_empty() {
        return Err(("path", texts.get("field-needed")));
    }
    // The name offered ends in .txt; a draft is meant for the name too.
    let path = match path.strip_suffix(".txt") {
        Some(stem) if eml => format!("{stem}.eml"),
        _ => path,
    };
    Ok(Effect::LetterFile {
        letter: Box::new(letter.clone()),
        eml,
        path,
    })
}

fn must_be_address(letter: &Letter, texts: &Texts) -> Result<(), Wrong> {
    match &letter.to {
        Some(to) if is_address(to) => Ok(()),
        _ => Err(("way", texts.get("letter-no-address"))),
    }
}
