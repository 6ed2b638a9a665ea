//! What keys do in a dialog: forms, questions, choices, the help.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::dialogs::dates::Now;
use super::super::dialogs::form::{Form, FormEnd};
use super::super::dialogs::{Confirm, Dialog, HelpRow, Picked};
use super::super::dialogs::{adapt, forms, letters as letter_forms, reject};
use super::super::keymap::{self, Action};
use super::super::model::Model;
use super::super::msg::Effect;
use crate::ops::Target;

use super::browse;
use super::drafts::{ask_to_start_over, keep_form, leave_form, start_over};
use super::letters;
use super::moves::step;
use super::rows::act;

pub(super) fn form_key(model: &mut Model, key: KeyEvent, action: Option<Action>) -> Vec<Effect> {
    let Some(Dialog::Form(form)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    let end = form.key(key, action);
    adapt(
        form,
        Now {
            texts: &model.texts,
            today: model.today,
            rules: model.rules,
        },
    );
    match end {
        FormEnd::GoesOn => Vec::new(),
        FormEnd::Leave => leave_form(model),
        FormEnd::StartOver => ask_to_start_over(model),
        FormEnd::Editor => letters::to_editor(model),
        FormEnd::Save => save_form(model),
    }
}

/// Puts an answer into a field of the open form, in the place of what stands there; the form follows it.
pub fn fill(model: &mut Model, field: usize, text: &str) {
    let now = Now {
        texts: &model.texts,
        today: model.today,
        rules: model.rules,
    };
    let Some(Dialog::Form(form)) = model.dialogs.last_mut() else {
        return;
    };
    if let Some(field) = form.fields.get_mut(field) {
        if field.is_choice() {
            field.fill(text);
        } else {
            field.fill("");
            // As if it was typed: cleaned, and no longer than a field takes.
            field.insert(text);
        }
        field.error = None;
    }
    form.error = None;
    adapt(form, now);
}

pub(super) fn save_form(model: &mut Model) -> Vec<Effect> {
    let Some(Dialog::Form(mut form)) = model.dialogs.pop() else {
        return Vec::new();
    };
    if let Some(target) = reject::gives_the_rest(&form) {
        return give_the_rest(model, &form, target);
    }
    if let Some(letter) = letter_forms::as_changed(&form) {
        return letters::goes(model, form, letter);
    }
    // What leads on to a letter is no record yet: it stays as a draft until the letter has gone.
    let stays = form.purpose.is_on_the_way() && form.is_unkept() && !model.read_only;
    let mut effects = match forms::effect(&form, model) {
        // What was copied has not gone yet: the letter stays.
        Ok(copy @ Effect::Copy(_)) => return vec![copy],
        Ok(effect) => {
            form.saving = true;
            form.error = None;
            model.busy = true;
            vec![match (effect, form.purpose.place()) {
                (Effect::Run(op), Some(place)) => Effect::Finish(op, Box::new(place)),
                (effect, _) => effect,
            }]
        }
        Err((field, error)) => {
            form.reject(field, error);
            Vec::new()
        }
    };
    model.dialogs.push(Dialog::Form(form));
    if stays {
        effects.extend(keep_form(model));
        // The text first: the letter takes the form from the screen.
        effects.reverse();
    }
    effects
}

/// From the refusal to the closing as partly met; what was written comes along.
fn give_the_rest(model: &mut Model, refusal: &Form, target: Target) -> Vec<Effect> {
    let form = reject::partly_met(target, &refusal.value("facts"), model);
    model.dialogs.push(Dialog::Form(Box::new(form)));
    // First the text where it is now, then no longer where it was.
    let mut effects: Vec<Effect> = keep_form(model).into_iter().collect();
    if let Some(place) = refusal.purpose.place() {
        model.drafts.forget(&place);
        effects.push(Effect::DropDraft(place));
    }
    effects
}

pub(super) fn confirm_key(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    match action {
        Some(Action::Yes) => match model.dialogs.pop() {
            Some(Dialog::Confirm(Confirm {
                yes: Effect::Quit, ..
            })) => {
                model.quit = true;
                Vec::new()
            }
            Some(Dialog::Confirm(Confirm {
                yes: Effect::DropDraft(_),
                ..
            })) => start_over(model),
            Some(Dialog::Confirm(confirm)) => {
                model.busy = true;
                vec![confirm.yes]
            }
            _ => Vec::new(),
        },
        Some(Action::No) => {
            model.dialogs.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

pub(super) fn picker_key(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    let Some(Dialog::Picker(picker)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    let last = picker.choices.len().saturating_sub(1);
    match action {
        Some(Action::Down) => picker.cursor = (picker.cursor + 1).min(last),
        Some(Action::Up) => picker.cursor = picker.cursor.saturating_sub(1),
        Some(Action::Back) => {
            model.dialogs.pop();
        }
        Some(Action::Open) => {
            let chosen = picker.choices.get(picker.cursor).cloned();
            model.dialogs.pop();
            return chosen.map_or_else(Vec::new, |(_, picked)| take(model, picked));
        }
        _ => {}
    }
    Vec::new()
}

/// Does what was chosen.
fn take(model: &mut Model, picked: Picked) -> Vec<Effect> {
    match picked {
        Picked::Copy(text) => vec![Effect::Copy(text)],
        Picked::Letter(letter, language) => letters::chosen(model, letter, language),
        Picked::Letters(language) => letters::offer(model, Some(language)),
        Picked::Do(action) => act(model, action),
        Picked::Filter(facet) => browse::filter(model, facet),
        Picked::Unfilter => browse::unfilter(model),
        Picked::Sort(order) => browse::sort(model, order),
        Picked::Go(id) => browse::go(model, id),
    }
}

pub(super) fn palette_key(model: &mut Model, key: KeyEvent, action: Option<Action>) -> Vec<Effect> {
    let page = usize::from(model.size.1.saturating_sub(6)).max(1);
    let Some(Dialog::Palette(palette)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    match action {
        Some(Action::Back) => {
            model.dialogs.pop();
        }
        Some(Action::Open) => {
            let chosen = palette.chosen().map(|choice| choice.picked.clone());
            // Where nothing has the letters, they stay to be changed.
            if let Some(picked) = chosen {
                model.dialogs.pop();
                return take(model, picked);
            }
        }
        Some(action) => palette.move_cursor(|cursor, count| step(action, cursor, count, page)),
        None => match key.code {
            KeyCode::Char(letter) if !has_modifier(key) => {
                palette.insert(letter.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Backspace => palette.delete(),
            _ => {}
        },
    }
    Vec::new()
}

fn has_modifier(key: KeyEvent) -> bool {
    let modifiers = KeyModifiers::CONTROL | KeyModifiers::ALT;
    key.modifiers.intersects(modifiers)
}

pub(super) fn help_key(model: &mut Model, action: Option<Action>) -> Vec<Effect> {
    let page = usize::from(model.size.1.saturating_sub(6)).max(1);
    let Some(Dialog::Help(help)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    match action {
        Some(Action::Back) => {
            model.dialogs.pop();
        }
        Some(action) => {
            // A row may take several lines, so every one can be brought to the top.
            help.top = step(action, help.top, help.rows.len(), page);
        }
        None => {}
    }
    Vec::new()
}

/// Every key of the mode one was in, and for those that do nothing here, why.
pub(super) fn help_rows(model: &Model) -> Vec<HelpRow> {
    keymap::bindings(model.mode())
        .map(|binding| HelpRow {
            keys: model
                .keys
                .of(binding)
                .iter()
                .map(|key| keymap::named(key, &model.texts))
                .collect::<Vec<_>>()
                .join(" "),
            does: model.texts.get(keymap::help_of(binding, model)),
            why_not: keymap::enabled(binding.action, model)
                .err()
                .map(|why| model.why_not(&why).what),
            action: binding.action,
        })
        .collect()
}
