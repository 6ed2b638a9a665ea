//! What is asked: the forms, questions and choices of the screen, one answer a line.
//!
//! An empty line takes what stands in brackets, a dot leaves and loses nothing. What is typed goes into the very fields of the
//! form on the screen, so what a form asks, offers, checks and does is decided there.

use super::super::dialogs::dates::lean;
use super::super::dialogs::form::{Entry, Field, Form};
use super::super::dialogs::forms::Purpose;
use super::super::dialogs::{Dialog, letters};
use super::super::keymap::{self, Action};
use super::super::msg::Msg;
use super::super::screens::list::name_of;
use super::super::update;
use super::Plain;
use super::ear::Heard;
use super::words::is_word;
use crate::domain::text::fold;

/// What came of a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// This was said.
    Said(String),
    /// The question was left.
    Left,
    /// There is nobody any more; what stands in a form is kept.
    Ended,
}

/// What came of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It has its answer.
    Next,
    /// The field before is to be answered again.
    Previous,
    /// It is asked once more.
    Again,
    /// The form is to be saved as it stands.
    Save,
    /// All of it is asked from the first field on.
    FromTheFirst,
    /// The form is not open any more.
    Over,
}

impl Plain {
    /// Asks something and waits for the answer.
    pub(super) fn ask(&mut self, question: &str) -> Answer {
        if let Some(given) = self.given.take() {
            return Answer::Said(given);
        }
        self.voice.ask(question);
        match self.hear() {
            Heard::Line(line) => Answer::Said(line),
            Heard::Interrupt => Answer::Left,
            Heard::End => {
                self.end();
                Answer::Ended
            }
        }
    }

    /// Asks whatever is open, until nothing is.
    pub(super) fn answer_dialogs(&mut self) {
        while !self.model.quit {
            match self.model.dialogs.last() {
                None => return,
                Some(Dialog::Form(_)) => self.answer_form(),
                Some(Dialog::Confirm(_)) => self.answer_confirm(),
                Some(Dialog::Picker(_)) => self.answer_picker(),
                Some(Dialog::Palette(_)) => self.answer_palette(),
                Some(Dialog::Help(_)) => self.act(Action::Back),
            }
        }
    }

    // ------------------------------------------------------------------------------------------- questions

    /// Yes or no; only those words count.
    fn answer_confirm(&mut self) {
        let Some(Dialog::Confirm(confirm)) = self.model.dialogs.last() else {
            return;
        };
        // What stood behind the command was not meant for this.
        self.given = None;
        let lines = confirm.lines.clone();
        self.voice.say_all(lines);
        let question = self.model.texts.get("plain-yes-or-no");
        loop {
            match self.ask(&question) {
                Answer::Said(said) if self.is_yes(&said) => return self.act(Action::Yes),
                Answer::Said(said) if !self.is_no(&said) => {}
                Answer::Ended => return,
                Answer::Said(_) | Answer::Left => {
                    self.act(Action::No);
                    return self.say_text("plain-not-done");
                }
            }
        }
    }

    fn is_yes(&self, said: &str) -> bool {
        is_word(said, "key-yes", &self.model.texts)
    }

    fn is_no(&self, said: &str) -> bool {
        is_word(said, "key-no", &self.model.texts) || is_leaving(said)
    }

    /// One of a few lines; says them and gives the number of the one that was chosen.
    pub(super) fn choose(
        &mut self,
        title: &str,
        choices: &[String],
        offered: Option<usize>,
    ) -> Option<usize> {
        if self.given.is_none() {
            self.voice.say(title);
            self.say_choices(choices);
        }
        let question = offered.map_or_else(String::new, |at| format!("[{}]", at + 1));
        loop {
            let said = match self.ask(&question) {
                Answer::Said(said) => said,
                Answer::Left | Answer::Ended => return None,
            };
            if is_leaving(&said) {
                return None;
            }
            if said.trim().is_empty() {
                match offered {
                    Some(offered) => return Some(offered),
                    None => return None,
                }
            }
            if let Some(at) = chosen(&said, choices) {
                return Some(at);
            }
            self.say_not_a_choice(choices.len());
            self.say_choices(choices);
        }
    }

    fn say_choices(&mut self, choices: &[String]) {
        for (index, words) in choices.iter().enumerate() {
            self.voice.say(format!("{}. {words}", index + 1));
        }
    }

    fn say_not_a_choice(&mut self, last: usize) {
        let text = self
            .model
            .texts
            .with("plain-not-a-choice", &[("last", last.into())]);
        self.voice.say(text);
    }

    fn answer_picker(&mut self) {
        let Some(Dialog::Picker(picker)) = self.model.dialogs.last() else {
            return;
        };
        let words = picker.choices.iter().map(|(words, _)| words.clone());
        let (title, words, cursor) = (
            picker.title.clone(),
            words.collect::<Vec<_>>(),
            picker.cursor,
        );
        let chosen = self.choose(&title, &words, Some(cursor));
        if let (Some(at), Some(Dialog::Picker(picker))) = (chosen, self.model.dialogs.last_mut()) {
            picker.cursor = at;
        }
        self.open_or_leave(chosen.is_some());
    }

    fn answer_palette(&mut self) {
        let Some(Dialog::Palette(palette)) = self.model.dialogs.last() else {
            return;
        };
        let words = palette.hits().map(|choice| match choice.aside.as_str() {
            "" => choice.words.clone(),
            aside => format!("{} ({aside})", choice.words),
        });
        let (title, words) = (palette.title.clone(), words.collect::<Vec<_>>());
        let chosen = self.choose(&title, &words, None);
        if let (Some(at), Some(Dialog::Palette(palette))) = (chosen, self.model.dialogs.last_mut())
        {
            palette.cursor = at;
        }
        self.open_or_leave(chosen.is_some());
    }

    fn open_or_leave(&mut self, open: bool) {
        if self.model.quit {
            return;
        }
        self.act(if open { Action::Open } else { Action::Back });
    }

    // ----------------------------------------------------------------------------------------------- forms

    /// The form that is open, when it has the keys.
    fn form(&self) -> Option<&Form> {
        match self.model.dialogs.last() {
            Some(Dialog::Form(form)) => Some(form),
            _ => None,
        }
    }

    fn answer_form(&mut self) {
        let Some(form) = self.form() else { return };
        if let Purpose::Letter(..) = form.purpose {
            return self.answer_letter();
        }
        let title = form.title.clone();
        let mut lines = vec![title.clone()];
        lines.extend(form.info.iter().map(|line| line.text.clone()));
        lines.extend(form.taken_up.iter().cloned());
        self.voice.say_all(lines);
        // It would take the place of what was written before.
        if self.form().is_some_and(|form| !form.taken_up.is_empty()) && self.given.take().is_some()
        {
            self.say_text("plain-draft-first");
        }
        if !std::mem::replace(&mut self.form_explained, true) {
            self.say_text("plain-form");
        }
        self.listed.clear();
        let mut from = 0;
        loop {
            let answered = match self.answer_fields(from) {
                Step::Next => self.ask_to_save(&title),
                other => other,
            };
            match answered {
                Step::Save => {}
                Step::FromTheFirst => {
                    from = 0;
                    continue;
                }
                _ => return,
            }
            self.save();
            match self.what_is_wrong(&title) {
                Some(field) => from = field,
                None => return,
            }
        }
    }

    fn save(&mut self) {
        if self.form().is_some_and(letters::sends) {
            self.say_text("letter-sending");
            self.voice.flush();
        }
        self.act(Action::Save);
    }

    /// Says why the form is still open, and gives the field from which it is asked again; nothing when it is not.
    fn what_is_wrong(&mut self, title: &str) -> Option<usize> {
        let form = self.form().filter(|form| form.title == title)?;
        if let Some(error) = form.error.clone() {
            self.say_message(&error);
            return Some(0);
        }
        let focus = form.focus;
        let error = form.fields.get(focus)?.error.clone()?;
        self.voice.say(error);
        Some(focus)
    }

    /// Asks the fields from one on. [`Step::Next`] when all of them have their answers, [`Step::Save`] when it was said to save
    /// before, [`Step::Over`] when the form was left.
    fn answer_fields(&mut self, from: usize) -> Step {
        let mut at = from;
        loop {
            let Some(form) = self.form() else {
                return Step::Over;
            };
            let Some(field) = form.fields.get(at) else {
                return Step::Next;
            };
            if !field.shown {
                at += 1;
                continue;
            }
            match self.answer_field(at) {
                Step::Next => at += 1,
                Step::Again => {}
                Step::Previous => {
                    let shown = |at: &usize| self.form().is_some_and(|it| it.fields[*at].shown);
                    at = (0..at).rev().find(shown).unwrap_or(at);
                }
                Step::FromTheFirst => at = 0,
                end @ (Step::Save | Step::Over) => return end,
            }
        }
    }

    /// Asks one field, and says what follows from its answer.
    fn answer_field(&mut self, at: usize) -> Step {
        let Some(Dialog::Form(form)) = self.model.dialogs.last_mut() else {
            return Step::Over;
        };
        form.focus = at;
        let field = &form.fields[at];
        let choices = words_of(field);
        let is_long = matches!(field.entry, Entry::Area(_));
        let value = field.value();
        let question = question(field, &choices);
        let was_given = self.given.is_some();
        if !was_given && !self.listed.contains(&at) {
            // Once is enough, also when it is asked again.
            self.listed.push(at);
            self.say_choices(&choices);
            if is_long && !value.is_empty() {
                self.voice.say(&value);
            }
        }
        let said = match self.ask(&question) {
            Answer::Said(said) => said,
            Answer::Left => return self.leave(),
            Answer::Ended => return Step::Over,
        };
        if let Some(step) = self.word_in_form(at, &said) {
            return step;
        }
        let dotted = said.strip_prefix("..").map(|rest| format!(".{rest}"));
        let text = dotted.unwrap_or(said);
        let step = if text.trim().is_empty() {
            // What stands there stays.
            Step::Next
        } else if !choices.is_empty() {
            self.take_choice(at, &text, &choices)
        } else if text.trim() == "-" {
            update::fill(&mut self.model, at, "");
            Step::Next
        } else if is_long && !was_given {
            self.hear_more(at, text)
        } else {
            update::fill(&mut self.model, at, &text);
            Step::Next
        };
        if step == Step::Next {
            self.keep();
            return self.say_told(at, &value);
        }
        step
    }

    fn take_choice(&mut self, at: usize, said: &str, choices: &[String]) -> Step {
        if said.trim() == "?" {
            self.say_choices(choices);
            return Step::Again;
        }
        if let Some(index) = chosen_of(said, choices, self.form(), at) {
            self.fill_choice(at, index);
            return Step::Next;
        }
        self.say_not_a_choice(choices.len());
        Step::Again
    }

    /// More lines of a long text, up to an empty one. What was said when the input ends is in the form, and kept with it.
    fn hear_more(&mut self, at: usize, first: String) -> Step {
        let mut text = first;
        loop {
            update::fill(&mut self.model, at, &text);
            match self.ask("") {
                Answer::Said(line) if line.trim().is_empty() => return Step::Next,
                Answer::Said(line) if is_leaving(&line) => return self.leave(),
                Answer::Said(line) => {
                    text.push('\n');
                    text.push_str(&line);
                }
                Answer::Left => return self.leave(),
                Answer::Ended => return Step::Over,
            }
        }
    }

    fn fill_choice(&mut self, at: usize, index: usize) {
        let value = self.form().and_then(|form| match &form.fields[at].entry {
            Entry::Choice { options, .. } => options.get(index).map(|(value, _)| value.clone()),
            _ => None,
        });
        if let Some(value) = value {
            update::fill(&mut self.model, at, &value);
        }
    }

    /// What is known of a field's answer: which day a date is, or that it is none; then what stood there before comes back.
    fn say_told(&mut self, at: usize, before: &str) -> Step {
        let field = self.form().map(|form| &form.fields[at]);
        let Some(field) = field else {
            return Step::Over;
        };
        if let Some(told) = field.told.clone() {
            self.voice.say(told);
        } else if lean(field.name).is_some() && !field.value().trim().is_empty() {
            self.say_text("field-bad-date");
            update::fill(&mut self.model, at, before);
            return Step::Again;
        }
        Step::Next
    }

    /// A word with a dot, which is for the form and not for the field.
    fn word_in_form(&mut self, at: usize, said: &str) -> Option<Step> {
        let said = said.trim();
        if !said.starts_with('.') || said.starts_with("..") {
            return None;
        }
        if is_leaving(said) {
            return Some(self.leave());
        }
        let texts = &self.model.texts;
        let rows = [
            "key-save",
            "key-previous-field",
            "key-start-over",
            "key-editor",
        ];
        let meant = rows.into_iter().find(|row| is_word(said, row, texts));
        Some(match meant {
            Some("key-save") => Step::Save,
            Some("key-previous-field") => Step::Previous,
            Some("key-start-over") => self.start_over(),
            Some(_) => self.let_editor(at),
            None => {
                self.say_text("plain-form");
                Step::Again
            }
        })
    }

    /// Leaves the form: its text is kept, and that is said.
    fn leave(&mut self) -> Step {
        let touched = self.form().is_some_and(Form::is_touched);
        self.act(Action::Back);
        if !touched {
            self.say_text("plain-not-done");
        }
        Step::Over
    }

    fn start_over(&mut self) -> Step {
        if let Err(why) = keymap::enabled(Action::StartOver, &self.model) {
            let message = self.model.why_not(&why);
            self.say_message(&message);
            return Step::Again;
        }
        self.act(Action::StartOver);
        if let Some(Dialog::Confirm(_)) = self.model.dialogs.last() {
            self.answer_confirm();
        }
        if self.model.quit {
            Step::Over
        } else {
            Step::FromTheFirst
        }
    }

    /// A long text goes to the owner's editor, where she sits at a terminal.
    fn let_editor(&mut self, at: usize) -> Step {
        if !self.ear.is_terminal {
            self.refuse("plain-no-editor");
            return Step::Again;
        }
        self.act(Action::Editor);
        let error = match self.model.dialogs.last_mut() {
            Some(Dialog::Form(form)) => form.error.take(),
            _ => None,
        };
        if let Some(error) = error {
            self.say_message(&error);
            return Step::Again;
        }
        if self.model.quit {
            self.end();
            return Step::Over;
        }
        self.keep();
        let text = self.form().map(|form| form.fields[at].value());
        self.voice.say(text.unwrap_or_default());
        Step::Next
    }

    /// What was answered is kept as a draft, as it is about a second after the last key on the screen.
    fn keep(&mut self) {
        let (today, stamp) = (self.model.today, self.model.stamp);
        self.send(Msg::Tick(today, stamp));
    }

    /// The last question of a form. One with a single field was meant by its answer.
    fn ask_to_save(&mut self, title: &str) -> Step {
        let Some(form) = self.form() else {
            return Step::Over;
        };
        if form.fields.iter().filter(|field| field.shown).count() < 2 {
            return Step::Save;
        }
        let id = match form.purpose {
            Purpose::LetterGoes(..) | Purpose::Export(_) => "plain-do",
            _ if form.purpose.is_on_the_way() => "plain-go-on",
            _ => "plain-save",
        };
        // Who is hit is named with what is done.
        let about = form.purpose.target();
        let card = self.model.selected();
        let card = card.filter(|card| Some(card.item.id()) == about);
        let form = match card.map(|card| name_of(&self.model.shown(card))) {
            Some(name) => format!("{title}, {name}"),
            None => title.to_owned(),
        };
        let question = self.model.texts.with(id, &[("form", form.into())]);
        loop {
            match self.ask(&question) {
                Answer::Said(said) if said.trim().is_empty() || self.is_yes(&said) => {
                    return Step::Save;
                }
                Answer::Said(said) if is_leaving(&said) => return self.leave(),
                Answer::Said(said) if self.is_no(&said) => return Step::FromTheFirst,
                Answer::Said(said) => match self.word_in_form(0, &said) {
                    Some(Step::Again) | None => {}
                    Some(Step::Previous) => return Step::FromTheFirst,
                    Some(step) => return step,
                },
                Answer::Left => return self.leave(),
                Answer::Ended => return Step::Over,
            }
        }
    }

    // --------------------------------------------------------------------------------------------- letters

    /// A letter is read first; then one goes on, or changes a field of it.
    fn answer_letter(&mut self) {
        let Some(form) = self.form() else { return };
        let title = form.title.clone();
        if self.letter_told.as_ref() != Some(&title) {
            self.letter_told = Some(title.clone());
            self.say_letter();
            self.explain_letter();
        }
        let question = self
            .model
            .texts
            .with("plain-letter-on", &[("letter", title.into())]);
        // What stood behind the command has chosen the letter.
        self.given = None;
        let said = match self.ask(&question) {
            Answer::Said(said) => said.trim().to_owned(),
            Answer::Left => return self.leave_letter(),
            Answer::Ended => return,
        };
        let fields = self.form().map_or(0, |form| form.fields.len());
        let number = said.parse::<usize>().ok();
        let field = number.and_then(|number| number.checked_sub(1));
        if said.is_empty() {
            self.act(Action::Save);
        } else if is_leaving(&said) {
            self.leave_letter();
        } else if let Some(at) = field.filter(|at| *at < fields) {
            let is_text = self.form().is_some_and(|form| form.fields[at].is_tall());
            if is_text {
                self.focus(at);
                self.let_editor(at);
            } else if self.answer_field(at) == Step::Over {
                self.letter_told = None;
            }
            self.say_info();
        } else if is_word(&said, "key-open", &self.model.texts) {
            self.say_letter();
        } else {
            match self.word_in_form(fields.saturating_sub(1), &said) {
                Some(Step::Save) => self.act(Action::Save),
                Some(Step::FromTheFirst) => self.say_letter(),
                Some(_) => {}
                None => self.explain_letter(),
            }
        }
    }

    /// What can be said to a letter that was read.
    fn explain_letter(&mut self) {
        self.say_text(if self.ear.is_terminal {
            "plain-letter"
        } else {
            "plain-letter-no-editor"
        });
    }

    fn leave_letter(&mut self) {
        self.letter_told = None;
        self.leave();
    }

    fn focus(&mut self, at: usize) {
        if let Some(Dialog::Form(form)) = self.model.dialogs.last_mut() {
            form.focus = at;
        }
    }

    fn say_letter(&mut self) {
        let Some(form) = self.form() else { return };
        let mut lines = vec![form.title.clone()];
        lines.extend(form.taken_up.iter().cloned());
        for (index, field) in form.fields.iter().enumerate() {
            let value = field.value();
            if field.is_tall() {
                lines.push(format!("{}. {}:", index + 1, field.label));
                lines.push(value);
            } else {
                lines.push(format!("{}. {}: {value}", index + 1, field.label));
            }
        }
        self.voice.say_all(lines);
        self.say_info();
    }

    /// What a letter lacks, and what is to be looked at.
    fn say_info(&mut self) {
        let Some(form) = self.form() else { return };
        let lines: Vec<String> = form.info.iter().map(|line| line.text.clone()).collect();
        self.voice.say_all(lines);
    }
}

/// The dot that leaves a question and loses nothing.
fn is_leaving(said: &str) -> bool {
    said.trim() == "."
}

/// The words of a choice; none for a field of text.
fn words_of(field: &Field) -> Vec<String> {
    match &field.entry {
        Entry::Choice { options, .. } => options.iter().map(|(_, words)| words.clone()).collect(),
        Entry::Line(_) | Entry::Area(_) => Vec::new(),
    }
}

/// What a field is asked with: its name, and in brackets what an empty line takes.
fn question(field: &Field, choices: &[String]) -> String {
    let value = field.value();
    let offered = match &field.entry {
        Entry::Choice { chosen, .. } => choices
            .get(*chosen)
            .map(|words| format!("{} {words}", chosen + 1)),
        Entry::Line(_) => Some(value).filter(|value| !value.is_empty()),
        // It was said before.
        Entry::Area(_) => (!value.is_empty()).then(|| "…".to_owned()),
    };
    match offered {
        Some(offered) => format!("{} [{offered}]", field.label),
        None => field.label.clone(),
    }
}

/// The line that is meant by its number or by words: all of them, their beginning, or a part that no other has.
fn chosen(said: &str, choices: &[String]) -> Option<usize> {
    let said = said.trim();
    if let Ok(number) = said.trim_end_matches('.').parse::<usize>() {
        return number.checked_sub(1).filter(|at| *at < choices.len());
    }
    let said = fold(said);
    let folded: Vec<String> = choices.iter().map(|words| fold(words)).collect();
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut found = (0..folded.len()).filter(|at| fits(&folded[*at]));
        let first = found.next();
        first.filter(|_| found.next().is_none())
    };
    let whole = folded.iter().position(|words| *words == said);
    whole
        .or_else(|| only(&|words| words.starts_with(&said)))
        .or_else(|| only(&|words| words.contains(&said)))
}

/// As [`chosen`], and by the value that the command line calls it.
fn chosen_of(said: &str, choices: &[String], form: Option<&Form>, at: usize) -> Option<usize> {
    let by_value = form.and_then(|form| match &form.fields.get(at)?.entry {
        Entry::Choice { options, .. } => {
            let said = said.trim().to_lowercase();
            options.iter().position(|(value, _)| *value == said)
        }
        _ => None,
    });
    by_value.or_else(|| chosen(said, choices))
}
