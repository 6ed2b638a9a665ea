//! What a line does: opens a record, goes through the list, or does what the key of that name does.

use super::super::filter::Filter;
use super::super::keymap::{self, Action, Binding};
use super::super::msg::Tab;
use super::super::update;
use super::asks::Answer;
use super::words::Meaning;
use super::{Plain, Told};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::recording::CopyStatus;
use crate::domain::text::fold;
use crate::i18n::sheet::Part;
use crate::mail::clean;

/// Where one is: what is open, and what the list shows.
type Place = (Option<ItemId>, Tab, String, Filter);

impl Plain {
    /// Does what a line says.
    pub(super) fn obey(&mut self, line: &str) {
        let line = clean::line(line);
        let as_it_was = self.look_around();
        let meaning = self.words.meaning(&line);
        let needs_nothing = matches!(
            meaning,
            Meaning::Command(binding, _) if [Action::Quit, Action::Help].contains(&binding.action)
        );
        // That the store cannot be read was said just now, after waiting for it.
        if self.model.unreadable && !needs_nothing {
            return;
        }
        match meaning {
            Meaning::Nothing => {}
            Meaning::Number(number) => self.open_row(number),
            Meaning::Id(text) => self.open_id(text),
            Meaning::Several | Meaning::Unknown => self.say_unknown(&line),
            // What was meant may no longer be what is wanted.
            Meaning::Command(binding, _)
                if !as_it_was && keymap::is_about_a_record(binding.action) =>
            {
                self.say_text("plain-again");
            }
            Meaning::Command(binding, rest) => self.command(binding, rest),
        }
    }

    fn command(&mut self, binding: &'static Binding, rest: &str) {
        if let Some(why) = super::words::elsewhere(binding, &self.model.texts) {
            return self.voice.say(why);
        }
        match binding.action {
            Action::Open if binding.help == "key-open-task" => self.task(rest),
            Action::Open => self.show(rest),
            Action::Mark => self.tick(rest),
            Action::Back => self.back(),
            Action::Down => self.step(true),
            Action::Up => self.step(false),
            Action::PageDown => self.more(),
            Action::Search => self.search(rest),
            Action::New => self.new_record(rest),
            Action::Help => self.say_help(rest),
            Action::Tab(4) if self.selected().is_some() => self.say_history(),
            Action::Tab(index) => {
                let tab = Tab::ALL.get(index).copied().unwrap_or(Tab::Today);
                self.say_list(tab, String::new());
            }
            Action::Hide => {
                self.key(binding.action, rest);
                let id = if self.model.hidden {
                    "plain-hidden"
                } else {
                    "plain-unhidden"
                };
                self.say_text(id);
            }
            Action::Filter | Action::Sort => {
                self.leave_record();
                self.key(binding.action, rest);
            }
            action => self.key(action, rest),
        }
    }

    /// Does what a key does, answers what that asks, and says where one is when that is somewhere else.
    fn key(&mut self, action: Action, rest: &str) {
        let before = self.place();
        self.given = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
        self.act(action);
        self.answer_dialogs();
        if let Some(id) = self.made.take() {
            return self.open(id);
        }
        let now = self.place();
        if self.model.quit || now == before {
            return;
        }
        match (before.0, now.0) {
            (_, Some(_)) => self.say_record(),
            // What was open is gone.
            (Some(_), None) => self.say_told_again(),
            (None, None) => {
                let search = self.model.searches[self.model.tab.index()].clone();
                self.say_list(self.model.tab, search);
            }
        }
    }

    fn place(&self) -> Place {
        let tab = self.model.tab;
        let index = tab.index();
        let search = self.model.searches[index].clone();
        (self.selected(), tab, search, self.model.filters[index])
    }

    /// Shows a list without saying it, from its first row.
    pub(super) fn put(&mut self, tab: Tab, search: &str) {
        if let Some((index, filter)) = self.filter_aside.take() {
            self.model.filters[index] = filter;
        }
        for left in &mut self.model.searches {
            left.clear();
        }
        self.model.trail.clear();
        let index = tab.index();
        search.clone_into(&mut self.model.searches[index]);
        self.model.lists[index].cursor = 0;
        self.act(Action::Tab(index));
    }

    /// Back to the list that was said last, without a word.
    fn leave_record(&mut self) {
        if self.selected().is_some() {
            let Told { tab, search, .. } = &self.told;
            let (tab, search) = (*tab, search.clone());
            self.put(tab, &search);
        }
    }

    fn say_told_again(&mut self) {
        let search = self.told.search.clone();
        self.say_list(self.told.tab, search);
    }

    /// Opens the record in a row of the list that was said last.
    fn open_row(&mut self, number: usize) {
        let row = number.checked_sub(1);
        match row.and_then(|row| self.told.ids.get(row)).copied() {
            Some(id) => {
                self.told.at = row;
                self.open(id);
            }
            None => self.say_no_number(number, self.told.ids.len()),
        }
    }

    fn say_no_number(&mut self, number: usize, last: usize) {
        let shown = [("n", number.to_string().into()), ("last", last.into())];
        let message = self.model.texts.message("plain-no-number", &shown);
        self.say_message(&message);
    }

    fn open_id(&mut self, text: &str) {
        match self.worker.desk().find(text) {
            Ok(id) => {
                self.told.at = self.told.ids.iter().position(|it| *it == id);
                self.open(id);
            }
            Err(error) => {
                let message = self.model.texts.op_error(&error);
                self.say_message(&message);
            }
        }
    }

    /// Opens a record and says it in short.
    pub(super) fn open(&mut self, id: ItemId) {
        if id.item_type == ItemType::Mail {
            // They are in no list of the screen either.
            return self.refuse("plain-aside");
        }
        self.go(id);
        if self.selected() == Some(id) {
            self.say_record();
        } else if !self.model.unreadable {
            let shown = [("id", id.to_string().into())];
            let gone = self.model.texts.with("plain-gone", &shown);
            self.voice.say(gone);
            self.leave_record();
        }
    }

    /// To a record, without a word. What its list leaves out must not keep it away.
    fn go(&mut self, id: ItemId) {
        let index = match id.item_type {
            ItemType::Request | ItemType::Mail => 1,
            ItemType::Recording => 2,
            ItemType::OptOut => 3,
        };
        if self.filter_aside.is_none() && self.model.filters[index].is_set() {
            let filter = std::mem::take(&mut self.model.filters[index]);
            self.filter_aside = Some((index, filter));
        }
        let effects = update::go(&mut self.model, id);
        self.send_effects(effects);
        // Only a jump is a way to go back.
        self.model.trail.clear();
    }

    /// Everything about the record that is open, or opens one; without either, the list once more.
    fn show(&mut self, rest: &str) {
        if let Ok(number) = rest.parse() {
            self.open_row(number);
        } else if !rest.is_empty() {
            self.open_id(rest);
        } else if self.selected().is_some() {
            self.say_whole_record();
        } else {
            self.say_told_again();
        }
    }

    /// From a record to its list, and from what was found to today.
    fn back(&mut self) {
        if self.selected().is_some() {
            self.say_told_again();
        } else if self.told.search.is_empty() {
            let tab = self.told.tab;
            self.say_list(tab, String::new());
        } else {
            self.say_list(Tab::Today, String::new());
        }
    }

    /// Opens the next record of the list, or the one before.
    fn step(&mut self, forward: bool) {
        let row = match (self.told.at, forward) {
            (None, true) => Some(0),
            (Some(at), true) => Some(at + 1),
            (at, false) => at.and_then(|at| at.checked_sub(1)),
        };
        let Some(row) = row else {
            return self.refuse("plain-first");
        };
        if row >= self.told.ids.len() && row < self.told.total {
            self.more();
        }
        match self.told.ids.get(row).copied() {
            Some(id) => {
                self.told.at = Some(row);
                self.open(id);
            }
            None => self.refuse("plain-last"),
        }
    }

    /// The next rows of the list that was said last.
    fn more(&mut self) {
        self.leave_record();
        if self.told.ids.len() >= self.told.total {
            return self.refuse("plain-last");
        }
        self.say_rows();
    }

    /// What everything is searched for.
    fn search(&mut self, rest: &str) {
        let mut text = rest.to_owned();
        if text.is_empty() {
            let question = self.model.texts.get("plain-search");
            match self.ask(&question) {
                Answer::Said(said) => text = clean::line(&said),
                Answer::Left | Answer::Ended => return,
            }
        }
        if !text.is_empty() {
            self.say_list(Tab::Today, text);
        }
    }

    /// A new record; of which kind is asked, or stands behind the command.
    fn new_record(&mut self, rest: &str) {
        if let Err(why) = keymap::enabled(Action::New, &self.model) {
            let message = self.model.why_not(&why);
            return self.say_message(&message);
        }
        let kinds = [ItemType::Request, ItemType::Recording, ItemType::OptOut];
        let names = kinds.map(|kind| self.model.texts.item_type(kind));
        self.given = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
        let title = self.model.texts.get("plain-new");
        let choices: Vec<String> = names.to_vec();
        let Some(chosen) = self.choose(&title, &choices, None) else {
            return;
        };
        let before = self.selected();
        let told = (self.told.tab, self.told.search.clone());
        self.put(Tab::of(kinds[chosen]), "");
        self.act(Action::New);
        self.answer_dialogs();
        match (self.made.take(), before) {
            (Some(id), _) => self.open(id),
            (None, Some(id)) => self.go(id),
            (None, None) => self.put(told.0, &told.1),
        }
    }

    /// Ticks tasks or copies of the record that is open. What is ticked already stays so.
    fn tick(&mut self, rest: &str) {
        if rest.is_empty() || self.selected().is_none() {
            let id = if self.selected().is_none() {
                "not-nothing-there"
            } else {
                "plain-which-task"
            };
            return self.refuse(id);
        }
        for word in rest.split([' ', ',']).filter(|word| !word.is_empty()) {
            let Some((part, number)) = self.put_cursor_on(word) else {
                return;
            };
            let done = match part {
                Part::Task(_, status) if !status.is_open() => {
                    Some(self.model.texts.task_status(status))
                }
                Part::Copy(_, status @ CopyStatus::Purged) => {
                    Some(self.model.texts.copy_status(status))
                }
                _ => None,
            };
            if let Some(status) = done {
                let shown = [
                    ("n", number.to_string().into()),
                    ("status", status.to_lowercase().into()),
                ];
                let message = self.model.texts.message("plain-ticked", &shown);
                self.say_message(&message);
                continue;
            }
            self.act(Action::Mark);
            self.answer_dialogs();
            self.say_part(number);
        }
    }

    /// The form of a task, its status first.
    fn task(&mut self, rest: &str) {
        let (word, status) = rest.split_once(' ').unwrap_or((rest, ""));
        if word.is_empty() || self.selected().is_none() {
            return self.tick("");
        }
        let Some((_, number)) = self.put_cursor_on(word) else {
            return;
        };
        // The keys of a detail ask this of Space alone.
        if let Err(why) = keymap::enabled(Action::Mark, &self.model) {
            let message = self.model.why_not(&why);
            return self.say_message(&message);
        }
        self.given = Some(status.trim().to_owned()).filter(|it| !it.is_empty());
        self.act(Action::Open);
        self.answer_dialogs();
        self.say_part(number);
    }

    /// A task or a copy as it stands now.
    fn say_part(&mut self, number: usize) {
        let lines = self.model.detail_lines();
        let found = lines
            .iter()
            .find(|line| number_of(line.part) == Some(number));
        if let Some(line) = found.map(|line| self.line(line)) {
            self.voice.say(line);
        }
    }

    /// Puts the cursor on a task or a copy, by its number or its name; says so where there is none.
    fn put_cursor_on(&mut self, word: &str) -> Option<(Part, usize)> {
        let wanted = word.parse().ok().or_else(|| self.number_of_name(word));
        let rows = self.model.detail_rows();
        let count = rows.iter().filter_map(|row| number_of(row.part)).max();
        let found = rows
            .iter()
            .position(|row| wanted.is_some() && number_of(row.part) == wanted);
        let (Some(at), Some(number)) = (found, wanted) else {
            match count {
                Some(last) => {
                    let shown = [("word", word.into()), ("last", last.into())];
                    let message = self.model.texts.message("plain-no-task", &shown);
                    self.say_message(&message);
                }
                None => self.say_text("plain-no-tasks"),
            }
            return None;
        };
        self.model.detail_cursor = at;
        Some((rows[at].part, number))
    }

    fn number_of_name(&self, word: &str) -> Option<usize> {
        let item = &self.model.selected()?.item;
        let is_it = |name: &str| fold(name) == fold(word);
        let at = match item {
            Item::Recording(recording) => {
                let mut copies = recording.copies.iter();
                copies.position(|copy| is_it(&copy.place))
            }
            other => other.tasks().iter().position(|task| is_it(&task.id)),
        };
        at.map(|at| at + 1)
    }
}

/// The number under which a task or a copy is said.
fn number_of(part: Part) -> Option<usize> {
    match part {
        Part::Task(index, _) | Part::Copy(index, _) => Some(index + 1),
        _ => None,
    }
}
