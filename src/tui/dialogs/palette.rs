//! Choosing by typing: of many lines those that have the letters, the best first.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::super::keymap::{self, Action, Binding, Mode};
use super::super::model::Model;
use super::Picked;
use crate::domain::text::fold;
use crate::mail::clean;

/// The most characters that are taken as a question.
const QUERY_CHARS: usize = 100;

/// A line to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What it is.
    pub words: String,
    /// What stands beside it: its keys, or what kind of thing it is.
    pub aside: String,
    /// Why it does nothing here.
    pub why_not: Option<String>,
    /// What choosing it does.
    pub picked: Picked,
}

/// Lines to choose from, and what was typed to find one.
#[derive(Debug)]
pub struct Palette {
    /// What is chosen.
    pub title: String,
    /// What was typed.
    pub query: String,
    choices: Vec<Choice>,
    hits: Vec<usize>,
    /// The hit under the cursor.
    pub cursor: usize,
}

impl Palette {
    /// All lines, with nothing typed.
    pub fn new(title: String, choices: Vec<Choice>) -> Self {
        Self {
            title,
            query: String::new(),
            hits: (0..choices.len()).collect(),
            choices,
            cursor: 0,
        }
    }

    /// Every command that has a key where one is, each once; moving about is none.
    pub fn of_commands(model: &Model) -> Self {
        let mode = model.mode();
        let mut bindings: Vec<&Binding> = Vec::new();
        for binding in keymap::bindings(mode) {
            let known = bindings.iter().any(|it| it.action == binding.action);
            if !known && is_command(binding.action, mode) {
                bindings.push(binding);
            }
        }
        let choices = bindings.into_iter().map(|binding| Choice {
            words: model.texts.get(binding.help),
            aside: keymap::named(model.keys.first(binding), &model.texts),
            why_not: keymap::enabled(binding.action, model)
                .err()
                .map(|why| model.why_not(&why).what),
            picked: Picked::Do(binding.action),
        });
        Self::new(model.texts.get("palette-title"), choices.collect())
    }

    /// The lines that have what was typed, the best first.
    pub fn hits(&self) -> impl ExactSizeIterator<Item = &Choice> {
        self.hits.iter().map(|index| &self.choices[*index])
    }

    /// The line under the cursor.
    pub fn chosen(&self) -> Option<&Choice> {
        self.hits
            .get(self.cursor)
            .map(|index| &self.choices[*index])
    }

    /// Moves the cursor: `to` is given where it is and how many lines there are.
    pub fn move_cursor(&mut self, to: impl FnOnce(usize, usize) -> usize) {
        self.cursor = to(self.cursor, self.hits.len());
    }

    /// Types on.
    pub fn insert(&mut self, text: &str) {
        let room = QUERY_CHARS.saturating_sub(self.query.chars().count());
        let cleaned = if text.trim().is_empty() {
            " ".to_owned()
        } else {
            clean::line(text)
        };
        self.query.extend(cleaned.chars().take(room));
        self.look();
    }

    /// Takes the last letter back.
    pub fn delete(&mut self) {
        self.query.pop();
        self.look();
    }

    fn look(&mut self) {
        self.cursor = 0;
        let wanted = fold(self.query.trim());
        if wanted.is_empty() {
            self.hits = (0..self.choices.len()).collect();
            return;
        }
        let pattern = Pattern::new(
            &wanted,
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Fuzzy,
        );
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (index, choice) in self.choices.iter().enumerate() {
            let line = fold(&format!("{} {}", choice.words, choice.aside));
            let line = Utf32Str::new(&line, &mut buffer);
            if let Some(score) = pattern.score(line, &mut matcher) {
                scored.push((score, index));
            }
        }
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        self.hits = scored.into_iter().map(|(_, index)| index).collect();
    }
}

/// Whether an action is worth its own line: not one that only moves, nor the way to these lines.
fn is_command(action: Action, mode: Mode) -> bool {
    let moves = matches!(
        action,
        Action::Palette
            | Action::Down
            | Action::Up
            | Action::First
            | Action::Last
            | Action::PageDown
            | Action::PageUp
            | Action::HalfDown
            | Action::HalfUp
    );
    let clears = action == Action::Back && mode == Mode::List;
    !moves && !clears
}
