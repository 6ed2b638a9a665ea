//! What keys do in a dialog: forms, questions, choices, the help.

use crossterm::event::KeyEvent;

use super::super::dialogs::form::FormEnd;
use super::super::dialogs::forms;
use super::super::dialogs::{Confirm, Dialog, HelpRow, Picked};
use super::super::keymap::{self, Action};
use super::super::model::Model;
use super::super::msg::Effect;

use super::drafts::{ask_to_start_over, leave_form, start_over};
use super::moves::step;

pub(super) fn form_key(model: &mut Model, key: KeyEvent, action: Option<Action>) -> Vec<Effect> {
    let Some(Dialog::Form(form)) = model.dialogs.last_mut() else {
        return Vec::new();
    };
    match form.key(key, action) {
        FormEnd::GoesOn => Vec::new(),
        FormEnd::Leave => leave_form(model),
        FormEnd::StartOver => ask_to_start_over(model),
        FormEnd::Save => save_form(model),
    }
}

pub(super) fn save_form(model: &mut Model) -> Vec<Effect> {
    let Some(Dialog::Form(mut form)) = model.dialogs.pop() else {
        return Vec::new();
    };
    let effects = match forms::effect(&form, model) {
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
            if let Some((_, Picked::Copy(text))) = chosen {
                return vec![Effect::Copy(text)];
            }
        }
        _ => {}
    }
    Vec::new()
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
            keys: binding.keys.join(" "),
            does: model.texts.get(binding.help),
            why_not: keymap::enabled(binding.action, model)
                .err()
                .map(|why| model.why_not(&why).what),
            action: binding.action,
        })
        .collect()
}
