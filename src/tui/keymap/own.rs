//! The keys in force: those of the table, or the owner's (`[keys]` in the settings). An entry that cannot be used is left
//! out and told; the key of the table stays then, so that a slip in the settings locks nobody out.

use std::collections::{BTreeMap, BTreeSet};

use crossterm::event::KeyEvent;

use super::{Action, BINDINGS, Binding, Mode, SCREENS, written};
use crate::i18n::Texts;

/// What the rows' names in the settings lack at their beginning.
const PREFIX: &str = "key-";

/// The keys of each row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    rows: Vec<Vec<String>>,
}

/// Why an entry of the settings is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyProblem {
    /// There is no such row, or it cannot be changed.
    NoSuchAction(String),
    /// This is no key.
    NoSuchKey {
        /// The row.
        action: String,
        /// What was written.
        key: String,
    },
    /// Another row has the key, too.
    Taken {
        /// The row.
        action: String,
        /// The key.
        key: String,
        /// The other row.
        by: String,
    },
    /// Without a key for it there would be no way out.
    Needed(String),
}

impl Default for Keys {
    fn default() -> Self {
        let keys = |binding: &Binding| binding.keys.iter().map(|&key| key.to_owned()).collect();
        Self {
            rows: BINDINGS.iter().map(keys).collect(),
        }
    }
}

/// What a row is called in the settings; `None` for one that cannot be changed.
pub fn name_of(binding: &Binding) -> Option<&'static str> {
    let is_ours = binding.modes.iter().any(|mode| SCREENS.contains(mode));
    binding.help.strip_prefix(PREFIX).filter(|_| is_ours)
}

/// The words that stand for a row where commands are typed as words, the first being the one that is named.
pub fn words_of(binding: &Binding, texts: &Texts) -> Vec<String> {
    let words = texts.attribute(binding.help, "plain", &[]);
    let words = words.unwrap_or_default();
    words.split_whitespace().map(str::to_owned).collect()
}

impl Keys {
    /// The table with the owner's entries, and those that cannot be used.
    pub fn new(own: &BTreeMap<String, Vec<String>>) -> (Self, Vec<KeyProblem>) {
        let mut problems = Vec::new();
        let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, keys) in own {
            match readable(name, keys) {
                Ok(keys) => {
                    wanted.insert(name, keys);
                }
                Err(problem) => problems.push(problem),
            }
        }
        // One that clashes goes, and its old key comes back, which may clash in turn.
        loop {
            let keys = Self::with(&wanted);
            let Some((name, problem)) = keys.first_clash(&wanted) else {
                return (keys, problems);
            };
            wanted.remove(name);
            problems.push(problem);
        }
    }

    fn with(wanted: &BTreeMap<&str, Vec<String>>) -> Self {
        let mut keys = Self::default();
        for (row, binding) in keys.rows.iter_mut().zip(BINDINGS) {
            if let Some(own) = name_of(binding).and_then(|name| wanted.get(name)) {
                row.clone_from(own);
            }
        }
        keys
    }

    /// An entry of the owner's with a key that another row has in the same place.
    fn first_clash<'a>(
        &self,
        wanted: &BTreeMap<&'a str, Vec<String>>,
    ) -> Option<(&'a str, KeyProblem)> {
        for (row, binding) in self.rows.iter().zip(BINDINGS) {
            let Some((&name, _)) = name_of(binding).and_then(|name| wanted.get_key_value(name))
            else {
                continue;
            };
            for (other_row, other) in self.rows.iter().zip(BINDINGS) {
                let meets = binding.modes.iter().any(|mode| other.modes.contains(mode));
                if binding.help == other.help || !meets {
                    continue;
                }
                if let Some(key) = row.iter().find(|key| other_row.contains(key)) {
                    let problem = KeyProblem::Taken {
                        action: name.to_owned(),
                        key: key.clone(),
                        by: other.help.trim_start_matches(PREFIX).to_owned(),
                    };
                    return Some((name, problem));
                }
            }
        }
        None
    }

    /// The words that stand for the rows where commands are typed as words; a row without one keeps its keys.
    pub fn of_words(texts: &Texts) -> Self {
        let mut keys = Self::default();
        for (row, binding) in keys.rows.iter_mut().zip(BINDINGS) {
            let words = words_of(binding, texts);
            if !words.is_empty() {
                *row = words;
            }
        }
        keys
    }

    /// The keys of a row.
    pub fn of(&self, binding: &Binding) -> &[String] {
        let row = BINDINGS.iter().position(|it| std::ptr::eq(it, binding));
        row.and_then(|row| self.rows.get(row))
            .map_or(&[], Vec::as_slice)
    }

    /// The first key of a row, as it is written.
    pub fn first(&self, binding: &Binding) -> &str {
        self.of(binding).first().map_or("", String::as_str)
    }

    /// The first key of an action, for texts that name it.
    pub fn key_of(&self, action: Action) -> &str {
        let row = BINDINGS.iter().find(|binding| binding.action == action);
        row.map_or("", |binding| self.first(binding))
    }

    /// The row that a key has in a mode.
    pub fn lookup(&self, mode: Mode, key: KeyEvent) -> Option<&'static Binding> {
        let written = written(key)?;
        let mut rows = self.rows.iter().zip(BINDINGS);
        rows.find(|(row, binding)| binding.modes.contains(&mode) && row.contains(&written))
            .map(|(_, binding)| binding)
    }
}

/// The keys of an entry, as the table writes them.
fn readable(name: &str, keys: &[String]) -> Result<Vec<String>, KeyProblem> {
    let mut rows = BINDINGS.iter().filter(|it| name_of(it) == Some(name));
    let row = rows
        .next()
        .ok_or_else(|| KeyProblem::NoSuchAction(name.to_owned()))?;
    let needed = [Action::Quit, Action::Back, Action::Open, Action::Help];
    if keys.is_empty() && needed.contains(&row.action) {
        return Err(KeyProblem::Needed(name.to_owned()));
    }
    let keys: BTreeSet<String> = keys
        .iter()
        .map(|key| {
            canonical(key).ok_or_else(|| KeyProblem::NoSuchKey {
                action: name.to_owned(),
                key: key.clone(),
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(keys.into_iter().collect())
}

/// A key as the table writes it: `ctrl-d` is `Ctrl-d`, and a letter is itself.
fn canonical(key: &str) -> Option<String> {
    const NAMES: [&str; 15] = [
        "Space",
        "Enter",
        "Esc",
        "Tab",
        "Shift-Tab",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "Backspace",
        "Delete",
    ];
    let mut letters = key.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return (!letter.is_control() && letter != ' ').then(|| key.to_owned());
    }
    for prefix in ["Ctrl-", "Alt-"] {
        if let Some((head, rest)) = key.split_at_checked(prefix.len())
            && head.eq_ignore_ascii_case(prefix)
        {
            let inner = canonical(rest)?;
            let inner = if prefix == "Ctrl-" {
                inner.to_lowercase()
            } else {
                inner
            };
            // What stops the program, or the screen, is the terminal's own.
            let is_theirs = prefix == "Ctrl-" && ["c", "z"].contains(&inner.as_str());
            let is_free = !(is_theirs || inner.starts_with(prefix));
            return is_free.then(|| format!("{prefix}{inner}"));
        }
    }
    if let Some(name) = NAMES.iter().find(|name| name.eq_ignore_ascii_case(key)) {
        return Some((*name).to_owned());
    }
    let number: u8 = key.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=12).contains(&number).then(|| format!("F{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(entries: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        let keys = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect();
        entries
            .iter()
            .map(|(name, of)| ((*name).to_owned(), keys(of)))
            .collect()
    }

    fn key(action: Action, keys: &Keys) -> String {
        keys.key_of(action).to_owned()
    }

    #[test]
    fn what_can_be_used_is_used_and_the_rest_is_told_together() {
        let (keys, problems) = Keys::new(&own(&[
            ("note", &["ctrl-n"]),
            ("letter", &["b"]),
            ("reopen", &["t"]),
            ("resolve", &["Ctrl-Alt-Meta"]),
            ("rezolve", &["r"]),
            ("export", &["q"]),
            ("quit", &[]),
            ("hold", &[]),
        ]));
        assert_eq!(key(Action::Note, &keys), "Ctrl-n");
        // Two that change places.
        assert_eq!(
            (key(Action::Letter, &keys), key(Action::Reopen, &keys)),
            ("b".into(), "t".into())
        );
        assert_eq!(key(Action::Hold, &keys), "", "one can do without");
        assert_eq!(key(Action::Resolve, &keys), "r");
        assert_eq!(key(Action::Export, &keys), "e");
        assert_eq!(key(Action::Quit, &keys), "q");
        assert_eq!(problems.len(), 4, "{problems:?}");
        assert!(problems.contains(&KeyProblem::NoSuchAction("rezolve".into())));
        assert!(problems.contains(&KeyProblem::Needed("quit".into())));
    }

    #[test]
    fn an_old_key_that_comes_back_takes_nothing_from_anybody() {
        // "letter" cannot have q, so t is its own again, and "note" cannot have that either.
        let (keys, problems) = Keys::new(&own(&[("letter", &["q"]), ("note", &["t"])]));
        assert_eq!(keys, Keys::default());
        assert_eq!(problems.len(), 2);
        // The way out stays what it is in every terminal.
        let (keys, problems) = Keys::new(&own(&[("export", &["Ctrl-c"])]));
        assert_eq!((keys, problems.len()), (Keys::default(), 1));
    }
}
