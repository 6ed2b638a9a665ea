//! The screen line by line (`--plain`), for screen readers and for terminals that nothing can be drawn on.
//!
//! It is the terminal UI without its picture: the same model, `update`, worker, forms and texts. A word takes the place of a
//! key, and each answer is a few lines that are appended; the cursor is never moved. What is new here is only how lines
//! are understood (`words`), said (`says`, `voice`) and asked for (`asks`, `ear`); it decides nothing about cases.

mod asks;
mod commands;
mod ear;
mod says;
mod voice;
mod words;

use std::collections::VecDeque;
use std::path::PathBuf;

use self::ear::{Ear, Heard};
use self::voice::Voice;
use self::words::Words;
use super::dialogs::form::Form;
use super::dialogs::forms::Purpose;
use super::editor;
use super::filter::Filter;
use super::input::Input;
use super::keymap::Action;
use super::model::Model;
use super::msg::{Effect, Msg, Tab};
use super::terminal::Surroundings;
use super::update;
use super::worker::Worker;
use super::{Unable, look_at_the_store};
use crate::domain::ids::ItemId;
use crate::domain::item::Item;
use crate::i18n::Texts;
use crate::ops::Desk;

/// The size that the model is given: no picture is drawn, but pages are counted from it.
const SIZE: (u16, u16) = (120, 60);

/// The list that was said last, and where one is in it.
#[derive(Debug)]
struct Told {
    tab: Tab,
    search: String,
    /// The records of its rows, from the first one on.
    ids: Vec<ItemId>,
    /// How many rows there are altogether.
    total: usize,
    /// The row that was opened last.
    at: Option<usize>,
}

impl Told {
    fn new(tab: Tab, search: String) -> Self {
        Self {
            tab,
            search,
            ids: Vec::new(),
            total: 0,
            at: None,
        }
    }
}

/// The line by line mode at work.
struct Plain {
    model: Model,
    worker: Worker,
    words: Words,
    ear: Ear,
    voice: Voice,
    told: Told,
    /// What a list leaves out while a record of it is open.
    filter_aside: Option<(usize, Filter)>,
    /// The record that a form has just made.
    made: Option<ItemId>,
    /// Nobody is there any more: the input ended, or the line dropped.
    gone: bool,
    /// What stood behind the command: the answer to its first question.
    given: Option<String>,
    /// The fields of the open form whose choices were said.
    listed: Vec<usize>,
    /// The letter that was said already.
    letter_told: Option<String>,
    /// Whether it was said how forms are answered.
    form_explained: bool,
    editor: (String, PathBuf),
}

/// Says what is due, and takes commands until there are no more.
///
/// # Errors
/// See [`Unable`]: the store cannot be read at the start, or nothing can be written any more.
pub fn run(mut desk: Desk, texts: Texts, surroundings: Surroundings) -> Result<(), Unable> {
    let catalogue = desk.catalogue().map_err(Unable::Op)?.clone();
    look_at_the_store(&mut desk)?;
    let ear = Ear::new().map_err(Unable::Io)?;
    let today = desk.clock.moment().today;
    let mut model = Model::new(texts, catalogue, &desk.settings, today, SIZE, false);
    model.read_only = desk.read_only;
    model.started_read_only = desk.read_only;
    let keys = model.speak_in_lines();
    let words = Words::new(&model.texts, &keys);
    let worker = Worker::new(desk, model.texts.language());
    let mut plain = Plain {
        model,
        worker,
        words,
        ear,
        voice: Voice::new(surroundings.glyphs),
        told: Told::new(Tab::Today, String::new()),
        filter_aside: None,
        made: None,
        gone: false,
        given: None,
        listed: Vec::new(),
        letter_told: None,
        form_explained: false,
        editor: (surroundings.editor, surroundings.temporary),
    };
    plain.run();
    match plain.voice.failure() {
        // Whoever has gone need not be told that nothing reaches them.
        Some(error) if !plain.gone => Err(Unable::Io(error)),
        _ => Ok(()),
    }
}

impl Plain {
    fn run(&mut self) {
        self.greet();
        self.send_effects(vec![Effect::Rotate, Effect::Visit]);
        while !self.model.quit {
            let place = self.selected().map(|id| id.to_string());
            let place = place.unwrap_or_default();
            self.voice.ask(&place);
            match self.hear() {
                Heard::Line(line) => self.obey(&line),
                Heard::Interrupt => self.act(Action::Quit),
                Heard::End => self.end(),
            }
            self.answer_dialogs();
            self.given = None;
        }
        self.voice.flush();
    }

    /// The record that is open.
    fn selected(&self) -> Option<ItemId> {
        self.model.selected().map(|card| card.item.id())
    }

    /// Waits for an answer. Where nobody can be reached, that is the end.
    fn hear(&mut self) -> Heard {
        if self.voice.has_failed() {
            return Heard::End;
        }
        let heard = self.ear.next();
        self.gone = heard == Heard::End;
        // Who typed it has ended the line already.
        let typed = self.ear.is_terminal && matches!(heard, Heard::Line(_));
        if !typed {
            self.voice.end_line();
        }
        heard
    }

    /// The end of the input, or of the line to whoever typed it: what stands in a form is kept.
    fn end(&mut self) {
        let touched = self.model.form().filter(|form| form.is_touched());
        let place = touched.and_then(|form| form.purpose.place());
        self.send(Msg::Input(Input::HangUp));
        if place.is_some_and(|place| self.model.drafts.in_store(&place).is_some()) {
            let kept = self.model.texts.get("draft-kept");
            self.voice.say(kept);
        }
    }

    /// Does what a key would do where the keys are now, and says what came of it.
    fn act(&mut self, action: Action) {
        let effects = update::act_on(&mut self.model, action);
        self.send_effects(effects);
    }

    fn send(&mut self, msg: Msg) {
        let effects = update::update(&mut self.model, msg);
        self.send_effects(effects);
    }

    /// Carries effects out, and what comes of them, one after the other.
    fn send_effects(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            let msg = match effect {
                // There is no clipboard here: what was to be copied is said.
                Effect::Copy(text) => {
                    self.voice.say(text);
                    continue;
                }
                Effect::Edit(text) => Msg::Edited(self.edit(&text)),
                Effect::Suspend => continue,
                other => match self.worker.answer(other) {
                    Some(msg) => msg,
                    None => continue,
                },
            };
            if let Msg::Done(done) = &msg
                && let Ok(done) = &**done
                && self.model.form().is_some_and(makes_a_record)
            {
                self.made = done.items.first().map(Item::id);
            }
            let unread = matches!(msg, Msg::LoadFailed(..));
            waiting.extend(update::update(&mut self.model, msg));
            if unread && self.model.goto.is_some() {
                // What was to be opened is not here, and nothing else is to be taken for it.
                self.model.in_detail = false;
            }
        }
        self.say_notice();
    }

    /// Gives a text to the owner's editor.
    fn edit(&mut self, text: &str) -> Result<String, editor::EditorFault> {
        self.voice.flush();
        let (command, folder) = &self.editor;
        let edited = editor::edit(command, folder, text);
        // What was signalled meanwhile was for the editor, but for the end.
        if self.ear.forget_interrupts() {
            self.model.quit = true;
        }
        edited
    }

    /// Looks whether the day or the store has changed since; says so where it concerns what is open. Gives whether that is
    /// still as it was said.
    fn look_around(&mut self) -> bool {
        let today = self.worker.desk().clock.moment().today;
        let stamp = self.worker.desk().store.stamp();
        if !self.model.is_outdated(today, stamp) {
            return true;
        }
        let seen = |model: &Model| {
            let card = model.selected()?;
            Some((card.item.id(), card.item.version()))
        };
        let (before, day) = (seen(&self.model), self.model.today);
        self.send(Msg::Tick(today, stamp));
        if today != day {
            self.say_day();
        }
        let Some((id, _)) = before else { return true };
        let after = seen(&self.model);
        if after == before {
            return true;
        }
        let shown = [("id", id.to_string().into())];
        if after.is_some() {
            let changed = self.model.texts.with("plain-changed", &shown);
            self.voice.say(changed);
            self.say_record();
        } else {
            let gone = self.model.texts.with("plain-gone", &shown);
            self.voice.say(gone);
        }
        false
    }
}

/// Whether what a form that is being saved does is a new record.
fn makes_a_record(form: &Form) -> bool {
    form.saving && (form.purpose.target().is_none() || matches!(form.purpose, Purpose::Split(_)))
}
