//! What every message does to the model. Does nothing itself: what is to be done comes back as effects.
//!
//! Here a message finds its way; `rows`, `report`, `moves` and `dialogs` have what keys do, `answers` what the worker's results do,
//! `drafts` what becomes of half-written texts.

mod answers;
mod browse;
mod dialogs;
mod drafts;
mod letters;
mod mouse;
mod moves;
mod report;
mod rows;

use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::dialogs::dates::Now;
use super::dialogs::{Dialog, adapt};
use super::input::{Input, Signal};
use super::keymap::{self, Action, Mode};
use super::layout;
use super::model::Model;
use super::msg::{Effect, Loaded, Msg};
use crate::mail::clean;
use crate::store::Stamp;

pub use self::browse::{go, others};
pub use self::dialogs::fill;

use self::answers::{ask_about_undo, done, exported};
use self::dialogs::{confirm_key, form_key, help_key, palette_key, picker_key};
use self::drafts::{draft_dropped, draft_kept, keep_everything, keep_form};
use self::moves::keep_cursor_visible;
use self::rows::{act, search_key, searched};

/// The effects of a message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Input(Input::Key(key)) if model.busy && !is_interrupt(key) => {
            model.typed_ahead.push(key);
            Vec::new()
        }
        Msg::Input(Input::Key(key)) => key_pressed(model, key),
        Msg::Input(Input::Mouse(used)) => mouse::used(model, used),
        Msg::Input(Input::Paste(text)) => pasted(model, &text),
        Msg::Input(Input::Resize(width, height)) => {
            model.size = (width, height);
            model.keep_detail_cursor();
            keep_cursor_visible(model);
            model.load_if_outside().into_iter().collect()
        }
        Msg::Input(
            Input::Signal(Signal::Terminate | Signal::HangUp | Signal::Interrupt) | Input::HangUp,
        ) => {
            model.quit = true;
            keep_everything(model)
        }
        // Suspending and waking belong to the terminal; the loop sees to them.
        Msg::Input(Input::Signal(_)) => Vec::new(),
        Msg::Loaded(loaded) => looked(model, *loaded),
        Msg::LoadFailed(number, error) => {
            if model.settled_by.is_some_and(|settled| settled <= number) {
                idle(model);
            }
            if number == model.requests {
                model.answered = number;
                // The next look at the file asks again, until it can be read.
                model.unreadable = true;
                let message = model.texts.op_error(&error);
                model.complain(message);
            }
            Vec::new()
        }
        Msg::Reported(year, result) => {
            report::read(model, year, *result);
            Vec::new()
        }
        Msg::Done(result) => done(model, *result),
        Msg::UndoOfOthers { event, ids, via } => {
            idle(model);
            ask_about_undo(model, &event, &ids, via);
            Vec::new()
        }
        Msg::Exported(result) => exported(model, result),
        Msg::LetterWritten(answer) => {
            let (wish, result) = *answer;
            letters::written(model, &wish, result)
        }
        Msg::LetterGone(result, version) => letters::gone(model, *result, version),
        Msg::LetterFiled(result) => letters::filed(model, result),
        Msg::Edited(result) => letters::edited(model, result),
        Msg::RotationFailed(error) => {
            let message = model.texts.rotation_failed(&error);
            model.complain(message);
            Vec::new()
        }
        Msg::DraftKept(place, result) => draft_kept(model, &place, result),
        Msg::DraftDropped(place, result) => {
            draft_dropped(model, &place, result);
            Vec::new()
        }
        Msg::Tick(today, stamp) => tick(model, today, stamp),
    }
}

/// What a look at the store found is shown.
fn looked(model: &mut Model, loaded: Loaded) -> Vec<Effect> {
    let settled = model
        .settled_by
        .is_some_and(|number| number <= loaded.number);
    model.take(loaded);
    keep_cursor_visible(model);
    if std::mem::take(&mut model.unreadable) {
        // What is told there is over.
        model.notice = None;
    }
    drafts::looked_at(model);
    if settled {
        return go_on(model);
    }
    Vec::new()
}

/// A second has gone by: what was written is kept, and what others changed is looked at.
fn tick(model: &mut Model, today: NaiveDate, stamp: Option<Stamp>) -> Vec<Effect> {
    let mut effects = Vec::new();
    if model.has_unkept_text() {
        effects.extend(keep_form(model));
    }
    if model.is_outdated(today, stamp) {
        model.today = today;
        model.stamp = stamp;
        effects.push(model.load());
        effects.extend(report::again(model));
    }
    effects
}

/// Ctrl-C always gets through.
fn is_interrupt(key: KeyEvent) -> bool {
    keymap::written(key).as_deref() == Some("Ctrl-c")
}

/// Nothing is under way any more; keys typed for what did not come are forgotten rather than let loose on something else.
fn idle(model: &mut Model) {
    model.busy = false;
    model.settled_by = None;
    model.typed_ahead.clear();
}

/// What was done is on the screen: keys typed meanwhile now find what they were meant for.
fn go_on(model: &mut Model) -> Vec<Effect> {
    let mut keys = std::mem::take(&mut model.typed_ahead).into_iter();
    idle(model);
    let mut effects = Vec::new();
    for key in keys.by_ref() {
        effects.extend(key_pressed(model, key));
        if model.busy {
            break;
        }
    }
    model.typed_ahead.extend(keys);
    effects
}

fn pasted(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.dialogs.last_mut() {
        Some(Dialog::Form(form)) => {
            form.paste(text);
            adapt(
                form,
                Now {
                    texts: &model.texts,
                    today: model.today,
                    rules: model.rules,
                },
            );
        }
        Some(Dialog::Palette(palette)) => palette.insert(text),
        None if model.searching => {
            let index = model.tab.index();
            model.searches[index].push_str(&clean::line(text));
            return searched(model);
        }
        _ => {}
    }
    Vec::new()
}

fn key_pressed(model: &mut Model, key: KeyEvent) -> Vec<Effect> {
    if model.size.0 < layout::SMALLEST.0 || model.size.1 < layout::SMALLEST.1 {
        // Too small to see what a key would hit: only leaving works.
        let leaves = matches!(
            model
                .keys
                .lookup(Mode::List, key)
                .map(|binding| binding.action),
            Some(Action::Quit)
        );
        if leaves {
            model.quit = true;
            return keep_everything(model);
        }
        return Vec::new();
    }
    let mode = model.mode();
    let action = model.keys.lookup(mode, key).map(|binding| binding.action);
    if model.awaits_rows() && action != Some(Action::Quit) {
        // It is meant for what was searched for, not for whatever comes to stand under the cursor first.
        model.busy = true;
        model.settled_by = Some(model.requests);
        model.typed_ahead.push(key);
        return Vec::new();
    }
    acted(model, mode, key, action)
}

/// The effects of an action where the keys are now, as if its key had been pressed: for who types words, not keys.
pub fn act_on(model: &mut Model, action: Action) -> Vec<Effect> {
    let nothing = KeyEvent::new(KeyCode::Null, KeyModifiers::NONE);
    acted(model, model.mode(), nothing, Some(action))
}

fn acted(model: &mut Model, mode: Mode, key: KeyEvent, action: Option<Action>) -> Vec<Effect> {
    match mode {
        Mode::Form => form_key(model, key, action),
        Mode::Confirm => confirm_key(model, action),
        Mode::Picker => picker_key(model, action),
        Mode::Palette => palette_key(model, key, action),
        Mode::Help => help_key(model, action),
        Mode::Search => search_key(model, key, action),
        Mode::List | Mode::Detail | Mode::Report => {
            model.notice = None;
            match action {
                Some(action) if mode == Mode::Report => return report::key(model, action),
                Some(action) => return act(model, action),
                None => {}
            }
            unknown_key(model, key);
            Vec::new()
        }
    }
}

/// A key that means nothing here says so instead of being swallowed.
fn unknown_key(model: &mut Model, key: KeyEvent) {
    if let Some(written) = keymap::written(key) {
        let name = keymap::named(&written, &model.texts);
        let message = model
            .texts
            .message("key-unknown", &[("key", clean::line(&name).into())]);
        model.complain(message);
    }
}
