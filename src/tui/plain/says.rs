//! What is said: the list, a record, the history, the help, and what came of a command. Short lines, what matters first.

use super::super::keymap::{self, Action, BINDINGS, Binding};
use super::super::msg::Tab;
use super::super::screens::{empty, list, today};
use super::words;
use super::{Plain, Told};
use crate::domain::recording::CopyStatus;
use crate::domain::task::TaskStatus;
use crate::i18n::errors::Message;
use crate::i18n::sheet::{Line, Part};
use crate::ops::queries::Card;
use crate::store::Entry;

/// Rows of a list that are said at once.
const PAGE: usize = 10;
/// Entries of a record's history that are said at once.
const ENTRIES: usize = 20;

impl Plain {
    /// One of the program's sentences.
    pub(super) fn say_text(&mut self, id: &str) {
        let text = self.model.texts.get(id);
        self.voice.say(text);
    }

    /// A message: what, and what can be done.
    pub(super) fn say_message(&mut self, message: &Message) {
        self.voice.say(&message.what);
        if let Some(hint) = &message.hint {
            self.voice.say(hint);
        }
    }

    /// One of the program's messages with its hint.
    pub(super) fn refuse(&mut self, id: &str) {
        let message = self.model.texts.message(id, &[]);
        self.say_message(&message);
    }

    /// What the screen would tell in its line.
    pub(super) fn say_notice(&mut self) {
        if let Some(notice) = self.model.notice.take() {
            self.voice.say(notice.text);
            if let Some(hint) = notice.hint {
                self.voice.say(hint);
            }
        }
    }

    /// The first words: the day, what is due, and how to go on.
    pub(super) fn greet(&mut self) {
        self.say_day();
        if self.model.read_only {
            self.say_text("plain-read-only");
        }
        self.say_list(Tab::Today, String::new());
        self.say_text("plain-begin");
    }

    /// Which day it is.
    pub(super) fn say_day(&mut self) {
        let texts = &self.model.texts;
        let date = texts.date_with_weekday(self.model.today);
        let day = texts.with("plain-day", &[("date", date.into())]);
        self.voice.say(day);
    }

    /// Reads a list anew and says how it begins.
    pub(super) fn say_list(&mut self, tab: Tab, search: String) {
        self.put(tab, &search);
        self.told = Told::new(tab, search);
        // Why was said; rows that were not read are not to be taken for none.
        if self.model.unreadable {
            return;
        }
        self.say_heading();
        self.say_rows();
    }

    /// What stands above a list.
    fn say_heading(&mut self) {
        let model = &self.model;
        let texts = &model.texts;
        let index = model.tab.index();
        let total = model.list().total;
        let mut lines = Vec::new();
        if !model.searches[index].is_empty() {
            lines.push(texts.with("search-found", &[("n", total.into())]));
        } else if model.tab == Tab::Today {
            if !model.nothing_yet {
                lines.push(self.summary());
            }
            if let Some(glance) = &model.glance {
                let sentences = today::sentences(model, glance).into_iter();
                lines.extend(sentences.map(|(sentence, _)| sentence));
            }
        } else {
            let name = texts.get(&format!("tab-{}", Tab::ALL[index].word()));
            lines.push(format!("{name}: {total}"));
            if let Some(words) = model.filters[index].words(texts) {
                lines.push(texts.with("filter-shown", &[("filter", words.into())]));
            }
        }
        if total == 0 {
            lines.extend(self.why_empty());
        }
        self.voice.say_all(lines);
    }

    /// How much there is, by how pressing it is.
    fn summary(&self) -> String {
        let summary = &self.model.summary;
        self.model.texts.with(
            "due-summary",
            &[
                ("overdue", summary.overdue.into()),
                ("now", summary.act_now.into()),
                ("soon", summary.soon.into()),
                ("later", summary.later.into()),
            ],
        )
    }

    fn why_empty(&self) -> Vec<String> {
        let model = &self.model;
        let texts = &model.texts;
        if !model.searches[model.tab.index()].is_empty() {
            return vec![texts.get("plain-search-none")];
        }
        if model.nothing_yet && model.tab == Tab::Today {
            let mut lines = vec![texts.get("welcome-title"), texts.get("welcome-empty")];
            let ways = empty::beginnings(model).into_iter();
            lines.extend(ways.map(|(how, does)| format!("{how}: {does}")));
            return lines;
        }
        empty::sentences(model, false)
    }

    /// The next rows of the list that was said last.
    pub(super) fn say_rows(&mut self) {
        let from = self.told.ids.len();
        self.model.list_mut().cursor = from;
        let effects = self.model.load_if_outside().into_iter().collect();
        self.send_effects(effects);
        let list = self.model.list();
        self.told.total = list.total;
        let mut lines = Vec::new();
        for row in from..(from + PAGE).min(list.total) {
            let number = row + 1;
            if let Some(card) = list.card(row) {
                self.told.ids.push(card.item.id());
                lines.push(self.row(number, card));
            } else if let Some(entry) = list.entry(row) {
                self.told.ids.push(entry.id);
                let entry = self.entry(entry);
                lines.push(format!("{number}. {entry}"));
            }
        }
        let left = list.total.saturating_sub(self.told.ids.len());
        let texts = &self.model.texts;
        if left > 0 {
            let word = self.model.keys.key_of(Action::PageDown).into();
            lines.push(texts.with("plain-more", &[("n", left.into()), ("word", word)]));
        } else if self.model.tab == Tab::Today && self.told.search.is_empty() && from < list.total {
            lines.extend(self.model.next.map(|(id, on)| {
                let on = texts.date_with_weekday(on);
                texts.with(
                    "due-next",
                    &[("id", id.to_string().into()), ("date", on.into())],
                )
            }));
        }
        self.voice.say_all(lines);
    }

    /// A row of a list: how pressing, who, what, which, and what to do next.
    fn row(&self, number: usize, card: &Card) -> String {
        let texts = &self.model.texts;
        let shown = self.model.shown(card);
        let item = &shown.item;
        let dates = shown.standing.dates.filter(|_| item.is_open());
        let days = dates.map(|dates| {
            let days = dates.due.signed_duration_since(self.model.today);
            texts.days_left(days.num_days())
        });
        let urgency = shown.urgency.map(|urgency| texts.urgency(urgency));
        let closed = item.closing().map(|closing| texts.date(closing.on));
        let standing = urgency.unwrap_or_else(|| texts.standing_of(item));
        let parts = [Some(standing), days, closed];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let row = texts.with(
            "plain-row",
            &[
                ("n", number.to_string().into()),
                ("standing", parts.join(", ").into()),
                ("who", list::name_of(&shown).into()),
                ("what", list::what(&self.model, &shown).into()),
                ("id", item.id().to_string().into()),
            ],
        );
        if item.is_open() {
            format!("{row} {}", list::next(&self.model, &shown))
        } else {
            row
        }
    }

    /// An entry of the history: when, on which record, what, through which interface; never who.
    fn entry(&self, entry: &Entry) -> String {
        let texts = &self.model.texts;
        format!(
            "{} {}: {} ({})",
            self.model.local_time(entry.at).format("%Y-%m-%d %H:%M"),
            entry.id,
            texts.event(&entry.event),
            texts.get(&format!("via-{}", entry.via.word())),
        )
    }

    /// The history of one record, the latest first.
    pub(super) fn say_history(&mut self) {
        let Some(id) = self.selected() else { return };
        let entries = match self.worker.desk().history(Some(id), usize::MAX) {
            Ok(entries) => entries,
            Err(error) => {
                let message = self.model.texts.op_error(&error);
                return self.say_message(&message);
            }
        };
        let lines: Vec<String> = entries
            .iter()
            .rev()
            .take(ENTRIES)
            .map(|entry| self.entry(entry))
            .collect();
        self.voice.say_all(lines);
    }

    /// A record in short: what it is, who, by when, what is in its way, and what is still to be done.
    pub(super) fn say_record(&mut self) {
        let lines = self.model.detail_lines();
        let head = lines.iter().take_while(|line| !line.text.is_empty());
        let mut said: Vec<String> = head
            .filter(|line| line.part != Part::Dim)
            .map(|line| line.text.clone())
            .collect();
        said.extend(
            lines
                .iter()
                .filter(|line| is_to_be_done(line))
                .map(|line| self.line(line)),
        );
        let word = self.model.keys.key_of(Action::Open).into();
        let more = self
            .model
            .texts
            .with("plain-record-more", &[("word", word)]);
        said.push(more);
        self.voice.say_all(said);
    }

    /// A record with everything about it.
    pub(super) fn say_whole_record(&mut self) {
        let lines = self.model.detail_lines();
        let said: Vec<String> = lines
            .iter()
            .filter(|line| !line.text.is_empty())
            .map(|line| self.line(line))
            .collect();
        self.voice.say_all(said);
    }

    /// A line of a record; tasks and copies by their number, and in words instead of a box.
    pub(super) fn line(&self, line: &Line) -> String {
        let texts = &self.model.texts;
        let without_box = line
            .text
            .split_once("] ")
            .map_or(&*line.text, |(_, text)| text);
        match line.part {
            Part::Task(index, status) => {
                let mut text = without_box.to_owned();
                // The others stand in the line already.
                if matches!(status, TaskStatus::Todo | TaskStatus::Done) {
                    text = format!("{text} ({})", texts.task_status(status).to_lowercase());
                }
                numbered("plain-task", index, &text, texts)
            }
            Part::Copy(index, _) => numbered("plain-copy", index, without_box, texts),
            _ => line.text.clone(),
        }
    }

    /// The words that work here, and those that do not with the reason.
    pub(super) fn say_help(&mut self, about: &str) {
        let texts = &self.model.texts;
        if !about.is_empty() {
            let lines = match self.words.meaning(about) {
                words::Meaning::Command(binding, _) => vec![self.help_of(binding)],
                _ => vec![texts.with("plain-unknown", &[("word", about.into())])],
            };
            return self.voice.say_all(lines);
        }
        let mut lines = vec![texts.get("plain-help-number")];
        let (mut closed, mut not_now) = (Vec::new(), Vec::new());
        for binding in self.words.commands(texts) {
            let of_a_task = binding.help == "key-open-task";
            let needs_one = of_a_task || keymap::is_about_a_record(binding.action);
            if needs_one && self.selected().is_none() {
                closed.push(self.words.name(binding, &self.model));
            } else if self.why_not(binding).is_some() {
                not_now.push(self.help_of(binding));
            } else {
                lines.push(self.help_of(binding));
            }
        }
        lines.push(texts.get("plain-help-forms"));
        lines.extend(not_now);
        if !closed.is_empty() {
            let words = closed.join(", ").into();
            lines.push(texts.with("plain-help-record", &[("words", words)]));
        }
        for binding in self.words.others(texts) {
            lines.push(self.help_of(binding));
        }
        self.voice.say_all(lines);
    }

    /// Why a command does nothing here.
    fn why_not(&self, binding: &Binding) -> Option<String> {
        // A record is opened by its number, and which task is meant is said with the command.
        if matches!(binding.action, Action::Open | Action::Mark) {
            return None;
        }
        let why = keymap::enabled(binding.action, &self.model).err()?;
        Some(self.model.why_not(&why).what)
    }

    fn help_of(&self, binding: &'static Binding) -> String {
        let texts = &self.model.texts;
        let name = self.words.name(binding, &self.model);
        if let Some(instead) = words::elsewhere(binding, texts) {
            let shown = [("word", name.into()), ("why", instead.into())];
            return texts.with("plain-help-not-here", &shown);
        }
        let does = words::does(binding, texts);
        match self.why_not(binding) {
            Some(why) => {
                let why = why.into();
                let shown = [("word", name.into()), ("does", does.into()), ("why", why)];
                texts.with("plain-help-not-now", &shown)
            }
            None => format!("{name}: {does}"),
        }
    }

    /// A word that is none, with those that may have been meant.
    pub(super) fn say_unknown(&mut self, line: &str) {
        let texts = &self.model.texts;
        let word = line.split_whitespace().next().unwrap_or_default();
        let unknown = texts.with("plain-unknown", &[("word", word.into())]);
        let meant = self.words.like(line, texts);
        let hint = if meant.is_empty() || meant.len() > 6 {
            let words = ["key-help", "key-quit"].map(|id| self.name_of(id));
            let [help, quit] = words;
            let shown = [("help", help.into()), ("quit", quit.into())];
            texts.with("plain-unknown-help", &shown)
        } else {
            let words: Vec<String> = meant
                .into_iter()
                .map(|binding| self.words.name(binding, &self.model))
                .collect();
            texts.with("plain-did-you-mean", &[("words", words.join(", ").into())])
        };
        self.voice.say(unknown);
        self.voice.say(hint);
    }

    /// What a row of the table is called here.
    fn name_of(&self, help: &str) -> String {
        let binding = BINDINGS.iter().find(|it| it.help == help);
        binding.map_or_else(String::new, |it| self.words.name(it, &self.model))
    }
}

/// Whether a line of a record is a task that is open, or a copy that is not purged.
fn is_to_be_done(line: &Line) -> bool {
    match line.part {
        Part::Task(_, status) => status.is_open(),
        Part::Copy(_, status) => status != CopyStatus::Purged,
        _ => false,
    }
}

fn numbered(id: &str, index: usize, text: &str, texts: &crate::i18n::Texts) -> String {
    texts.with(
        id,
        &[("n", (index + 1).to_string().into()), ("text", text.into())],
    )
}
