//! The words of the line by line mode: the rows of the one table of keys by the words that stand beside their texts
//! (`.plain`), by their keys of one letter, and by their names in the settings.

use super::super::keymap::{self, BINDINGS, Binding, Keys, Mode};
use super::super::model::Model;
use crate::domain::ids::IdPattern;
use crate::domain::text::fold;
use crate::i18n::Texts;

/// What a line means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning<'a> {
    /// Nothing was typed.
    Nothing,
    /// A row of the list.
    Number(usize),
    /// A record, by its id in any form.
    Id(&'a str),
    /// A command, and what stands behind it.
    Command(&'static Binding, &'a str),
    /// More than one command begins like this.
    Several,
    /// No command at all.
    Unknown,
}

/// A row of the table and everything it is called.
struct Row {
    binding: &'static Binding,
    /// Compared without case, `ø` as `oe`.
    words: Vec<String>,
    /// Of one letter, compared as they are.
    keys: Vec<String>,
}

/// All of them.
pub(super) struct Words {
    rows: Vec<Row>,
}

impl Words {
    /// The words of a language, with the keys that are in force on the screen.
    pub(super) fn new(texts: &Texts, keys: &Keys) -> Self {
        let in_place = |binding: &&Binding| {
            let modes = [Mode::List, Mode::Detail];
            modes.iter().any(|mode| binding.modes.contains(mode))
        };
        let rows = BINDINGS.iter().filter(in_place).filter_map(|binding| {
            let mut words = keymap::words_of(binding, texts);
            if words.is_empty() && elsewhere(binding, texts).is_none() {
                return None;
            }
            words.extend(keymap::name_of(binding).map(str::to_owned));
            let of_one_letter = |key: &&String| {
                let mut letters = key.chars();
                letters.next().is_some_and(|it| !it.is_ascii_digit()) && letters.next().is_none()
            };
            let keys = keys.of(binding).iter().filter(of_one_letter);
            Some(Row {
                binding,
                words: words.iter().map(|word| fold(word)).collect(),
                keys: keys.cloned().collect(),
            })
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// What a line means: a number, an id, or a command by its key, its word, or what only its word begins with.
    pub(super) fn meaning<'a>(&self, line: &'a str) -> Meaning<'a> {
        let line = line.trim();
        if line.is_empty() {
            return Meaning::Nothing;
        }
        if let Ok(number) = line.trim_end_matches('.').parse() {
            return Meaning::Number(number);
        }
        if let Some(rest) = line.strip_prefix('/')
            && let Some(row) = self
                .rows
                .iter()
                .find(|row| row.keys.iter().any(|it| it == "/"))
        {
            return Meaning::Command(row.binding, rest.trim());
        }
        // `i dag` is one word to whoever says it.
        let whole: String = fold(line).split_whitespace().collect();
        if let Some(row) = self.named(&whole) {
            return Meaning::Command(row.binding, "");
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        if let Some(row) = self
            .rows
            .iter()
            .find(|row| row.keys.iter().any(|it| it == word))
        {
            return Meaning::Command(row.binding, rest);
        }
        let folded = fold(word);
        if let Some(row) = self.named(&folded) {
            return Meaning::Command(row.binding, rest);
        }
        if word.parse::<IdPattern>().is_ok() {
            return Meaning::Id(word);
        }
        match self.beginning(&folded).as_slice() {
            [one] => Meaning::Command(one.binding, rest),
            [] => Meaning::Unknown,
            _ => Meaning::Several,
        }
    }

    fn named(&self, word: &str) -> Option<&Row> {
        self.rows
            .iter()
            .find(|row| row.words.iter().any(|it| it == word))
    }

    fn beginning(&self, start: &str) -> Vec<&Row> {
        let fits = |row: &&Row| row.words.iter().any(|word| word.starts_with(start));
        self.rows.iter().filter(fits).collect()
    }

    /// Commands that may be meant by a word that is none: those whose words of the language begin like it.
    pub(super) fn like(&self, line: &str, texts: &Texts) -> Vec<&'static Binding> {
        let folded = fold(line.split_whitespace().next().unwrap_or_default());
        let mut start = folded.as_str();
        // One letter is too little to mean anything.
        while start.chars().count() > 1 {
            let fits = |binding: &&'static Binding| {
                let words = keymap::words_of(binding, texts);
                words.iter().any(|word| fold(word).starts_with(start))
            };
            let rows = self.rows.iter().map(|row| row.binding);
            let found: Vec<_> = rows.filter(fits).collect();
            if !found.is_empty() {
                return found;
            }
            let last = start.char_indices().next_back();
            start = last.map_or("", |(at, _)| &start[..at]);
        }
        Vec::new()
    }

    /// The rows that are commands here, in the order of the table.
    pub(super) fn commands(&self, texts: &Texts) -> Vec<&'static Binding> {
        let rows = self.rows.iter().map(|row| row.binding);
        rows.filter(|binding| elsewhere(binding, texts).is_none())
            .collect()
    }

    /// The rows that are not, in the order of the table.
    pub(super) fn others(&self, texts: &Texts) -> Vec<&'static Binding> {
        let rows = self.rows.iter().map(|row| row.binding);
        rows.filter(|binding| elsewhere(binding, texts).is_some())
            .collect()
    }

    /// What a command is called in help: its word, and its key where it has one of a letter.
    pub(super) fn name(&self, binding: &Binding, model: &Model) -> String {
        let mut words = keymap::words_of(binding, &model.texts);
        words.extend(keymap::name_of(binding).map(str::to_owned));
        let row = self
            .rows
            .iter()
            .find(|row| std::ptr::eq(row.binding, binding));
        let key = row.and_then(|row| row.keys.first());
        match (words.first(), key) {
            (Some(word), Some(key)) => format!("{word} ({key})"),
            (Some(word), None) => word.clone(),
            (None, key) => key.cloned().unwrap_or_default(),
        }
    }
}

/// What a command does, where it does something else than its key, or is better said otherwise.
pub(super) fn does(binding: &Binding, texts: &Texts) -> String {
    let here = texts.attribute(binding.help, "does", &[]);
    here.unwrap_or_else(|| texts.get(binding.help))
}

/// Why a row of the table is no command line by line, and what is there instead.
pub(super) fn elsewhere(binding: &Binding, texts: &Texts) -> Option<String> {
    texts.attribute(binding.help, "elsewhere", &[])
}

/// Whether this is one of the words of a row of the table, as forms and questions are answered with them.
pub(super) fn is_word(said: &str, binding: &str, texts: &Texts) -> bool {
    let said = fold(said.trim());
    let binding = BINDINGS.iter().find(|it| it.help == binding);
    let words = binding.map(|it| keymap::words_of(it, texts));
    let words = words.unwrap_or_default();
    !said.is_empty() && words.iter().any(|word| fold(word) == said)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::i18n::Language;

    fn words(language: Language) -> (Texts, Words) {
        let texts = Texts::new(language).in_lines();
        let words = Words::new(&texts, &Keys::default());
        (texts, words)
    }

    fn command(words: &Words, line: &str) -> Option<(&'static str, String)> {
        match words.meaning(line) {
            Meaning::Command(binding, rest) => Some((binding.help, rest.to_owned())),
            _ => None,
        }
    }

    #[test]
    fn no_word_means_two_things_and_each_is_understood() {
        for &language in Language::ALL {
            let (_, words) = words(language);
            let mut seen = BTreeMap::new();
            for row in &words.rows {
                for word in row.words.iter().chain(&row.keys) {
                    let before = seen.insert(word.clone(), row.binding.help);
                    let twice = before.is_some_and(|before| before != row.binding.help);
                    assert!(!twice, "{language:?}: {word} {before:?}");
                    let meant = command(&words, word).map(|(help, _)| help);
                    assert_eq!(meant, Some(row.binding.help), "{language:?}: {word}");
                }
            }
        }
    }

    #[test]
    fn words_may_be_short_and_written_without_danish_letters() {
        let (_, words) = words(Language::Da);
        for (line, help, rest) in [
            ("i dag", "key-tab-today", ""),
            ("I DAG", "key-tab-today", ""),
            ("i", "key-identity", ""),
            ("søg Åse", "key-search", "Åse"),
            ("soeg åse", "key-search", "åse"),
            ("/åse b", "key-search", "åse b"),
            ("naest", "key-down", ""),
            ("anm", "key-tab-requests", ""),
            ("D i går", "key-delivered", "i går"),
            ("d fordi", "key-extend", "fordi"),
            ("resolve", "key-resolve", ""),
            ("Færdig  1 2", "key-tick", "1 2"),
        ] {
            let meant = command(&words, line);
            assert_eq!(meant, Some((help, rest.to_owned())), "{line}");
        }
        assert!(matches!(words.meaning("3."), Meaning::Number(3)));
        assert!(matches!(words.meaning("r1"), Meaning::Id("r1")));
        let whole = "r-2026-0001";
        assert!(matches!(words.meaning(whole), Meaning::Id(_)));
        assert!(matches!(words.meaning("af"), Meaning::Several));
        assert!(matches!(words.meaning("hvad"), Meaning::Unknown));
        assert!(matches!(words.meaning(" "), Meaning::Nothing));
    }

    #[test]
    fn what_is_not_here_is_known_all_the_same() {
        for &language in Language::ALL {
            let (texts, words) = words(language);
            for key in ["C", "y", "R"] {
                let Meaning::Command(binding, _) = words.meaning(key) else {
                    panic!("{key}");
                };
                assert!(elsewhere(binding, &texts).is_some(), "{key}");
            }
        }
    }
}
