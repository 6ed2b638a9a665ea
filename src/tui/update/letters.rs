//! Letters: from the choice of one over what it needs to reading, changing and sending it.

use super::super::dialogs::dates::Now;
use super::super::dialogs::form::Form;
use super::super::dialogs::forms::{self, Purpose};
use super::super::dialogs::{self, Dialog, letters};
use super::super::editor::EditorFault;
use super::super::model::Model;
use super::super::msg::Effect;
use super::answers::{complain_in_form, done};
use super::drafts::keep_form;
use super::rows::{open_form, target};
use super::{go_on, idle};
use crate::domain::letter::LetterType;
use crate::domain::person::Language;
use crate::domain::refusal::Refusal;
use crate::i18n::Texts;
use crate::i18n::errors::Message;
use crate::letters::{Letter, Wish};
use crate::mail::clean;
use crate::ops::{Done, OpError, Target};

/// Offers the letters that fit the record under the cursor.
pub(super) fn offer(model: &mut Model, language: Option<Language>) -> Vec<Effect> {
    let picker = model
        .selected()
        .map(|card| (card.item.id(), letters::picker(model, card, language)));
    match picker {
        Some((_, Some(picker))) => model.dialogs.push(Dialog::Picker(picker)),
        Some((id, None)) => {
            let message = model
                .texts
                .message("no-letter-fits", &[("id", id.to_string().into())]);
            model.complain(message);
        }
        None => {}
    }
    Vec::new()
}

/// Writes the chosen letter; one that refuses asks first what a refusal asks.
pub(super) fn chosen(model: &mut Model, letter: LetterType, language: Language) -> Vec<Effect> {
    let Some(card) = model.selected() else {
        return Vec::new();
    };
    let target = target(card);
    if letters::refuses(card, letter) {
        return open_form(model, Purpose::Refuse(target, language));
    }
    model.busy = true;
    vec![Effect::WriteLetter(
        target.id,
        Wish {
            letter: Some(letter),
            language: Some(language),
            ..Wish::default()
        },
    )]
}

/// The letter is there to be read, or says what it needs.
pub(super) fn written(
    model: &mut Model,
    wish: &Wish,
    result: Result<Letter, OpError>,
) -> Vec<Effect> {
    idle(model);
    match result {
        Ok(letter) => {
            if is_saving(model) {
                // What was asked for stays as a draft until the letter has gone.
                model.dialogs.pop();
            }
            let target = Target {
                id: letter.id,
                seen: Some(letter.seen),
            };
            open_form(model, Purpose::Letter(target, Box::new(letter)))
        }
        Err(OpError::Refused(Refusal::LetterFields { letter, .. })) if !is_saving(model) => {
            let (Some(card), Some(language)) = (model.selected(), wish.language) else {
                return Vec::new();
            };
            let purpose = Purpose::LetterTexts(target(card), letter, language);
            open_form(model, purpose)
        }
        Err(error) => {
            let message = model.texts.op_error(&error);
            if !complain_in_form(model, &message) {
                model.complain(message);
            }
            Vec::new()
        }
    }
}

fn is_saving(model: &Model) -> bool {
    matches!(model.dialogs.last(), Some(Dialog::Form(form)) if form.saving)
}

/// From a letter that was read to what is to be done with it. Its text is kept first: the form below has no keys meanwhile.
pub(super) fn goes(model: &mut Model, form: Box<Form>, letter: Letter) -> Vec<Effect> {
    let Some(target) = form.purpose.clone().about_mut().copied() else {
        return Vec::new();
    };
    model.notice = None;
    let is_unkept = form.is_unkept();
    model.dialogs.push(Dialog::Form(form));
    let kept = (is_unkept && !model.read_only)
        .then(|| keep_form(model))
        .flatten();
    let purpose = Purpose::LetterGoes(target, Box::new(letter));
    let form = forms::form(purpose, model);
    model.dialogs.push(Dialog::Form(Box::new(form)));
    kept.into_iter().collect()
}

/// The letter has gone, or not. After a try that failed the forms go on from the record as that left it.
pub(super) fn gone(
    model: &mut Model,
    result: Result<Done, OpError>,
    version: Option<u64>,
) -> Vec<Effect> {
    for dialog in &mut model.dialogs {
        if let (Dialog::Form(form), Some(_)) = (dialog, version)
            && let Some(target) = form.purpose.about_mut()
        {
            target.seen = version;
        }
    }
    let failed = result.is_err();
    let mut effects = done(model, result);
    if failed && version.is_some() {
        effects.push(model.load());
    }
    effects
}

/// The letter has gone: what was written for it goes too.
pub(super) fn went(model: &mut Model) {
    let Some(Dialog::Form(form)) = model.dialogs.pop_if(
        |top| matches!(top, Dialog::Form(form) if matches!(form.purpose, Purpose::Letter(..))),
    ) else {
        return;
    };
    for place in letters::drafts(&form.purpose) {
        model.drafts.forget(&place);
    }
}

/// The letter is in a file; it stays open, as it has not gone yet.
pub(super) fn filed(model: &mut Model, result: Result<String, OpError>) -> Vec<Effect> {
    match result {
        Ok(path) => {
            if is_saving(model) {
                model.dialogs.pop();
            }
            let text = model.texts.with("letter-filed", &[("path", path.into())]);
            model.tell(text);
            go_on(model)
        }
        Err(error) => {
            idle(model);
            let message = model.texts.op_error(&error);
            if !complain_in_form(model, &message) {
                model.complain(message);
            }
            Vec::new()
        }
    }
}

/// The text under the cursor goes to the editor, and is kept before.
pub(super) fn to_editor(model: &mut Model) -> Vec<Effect> {
    let Some(text) = model
        .form_mut()
        .and_then(Form::long_text)
        .map(|field| field.value())
    else {
        let message = model.texts.message("not-a-long-text", &[]);
        if let Some(form) = model.form_mut() {
            form.error = Some(message);
        }
        return Vec::new();
    };
    let is_unkept = model.has_unkept_text();
    let mut effects: Vec<Effect> = is_unkept
        .then(|| keep_form(model))
        .flatten()
        .into_iter()
        .collect();
    effects.push(Effect::Edit(text));
    effects
}

fn fault_message(texts: &Texts, fault: &EditorFault) -> Message {
    match fault {
        EditorFault::NotStarted(command) => {
            let command = clean::line(command).into();
            texts.message("editor-not-started", &[("command", command)])
        }
        EditorFault::Failed(command) => {
            let command = clean::line(command).into();
            texts.message("editor-failed", &[("command", command)])
        }
        EditorFault::Io(error) => texts.message("editor-io", &[("why", error.to_string().into())]),
        EditorFault::NotAText => texts.message("editor-not-a-text", &[]),
        EditorFault::Busy => texts.message("editor-busy", &[]),
    }
}

/// The editor gave a text back.
pub(super) fn edited(model: &mut Model, result: Result<String, EditorFault>) -> Vec<Effect> {
    let message = result
        .as_ref()
        .err()
        .map(|fault| fault_message(&model.texts, fault));
    let now = Now {
        texts: &model.texts,
        today: model.today,
        rules: model.rules,
    };
    let Some(Dialog::Form(form)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    form.error = message;
    if let (Ok(text), Some(field)) = (result, form.long_text())
        && text != field.value()
    {
        field.fill("");
        field.insert(&clean::text(&text));
        field.to_the_beginning();
        dialogs::adapt(form, now);
    }
    Vec::new()
}
