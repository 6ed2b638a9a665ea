//! The files of texts, and where in them each text stands.
//!
//! A file is looked through once a process, line by line, and nothing in it is understood: that is left to Fluent, for the
//! texts that are asked for. Understanding all of them took half of the time of a short command.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::domain::person::Language;

/// The files of a language, in reading order.
pub(super) const fn files(language: Language) -> [&'static str; 5] {
    match language {
        Language::Da => [
            include_str!("../../assets/i18n/da/words.ftl"),
            include_str!("../../assets/i18n/da/errors.ftl"),
            include_str!("../../assets/i18n/da/cli.ftl"),
            include_str!("../../assets/i18n/da/tui.ftl"),
            include_str!("../../assets/i18n/da/letters.ftl"),
        ],
        Language::En => [
            include_str!("../../assets/i18n/en/words.ftl"),
            include_str!("../../assets/i18n/en/errors.ftl"),
            include_str!("../../assets/i18n/en/cli.ftl"),
            include_str!("../../assets/i18n/en/tui.ftl"),
            include_str!("../../assets/i18n/en/letters.ftl"),
        ],
    }
}

/// The Danish of `--help`, man pages and completions. Their English stands in the doc comments of the command line.
pub(crate) const REFERENCE: &str = include_str!("../../assets/i18n/da/help.ftl");

/// Where each text of some files stands.
pub(super) struct Source {
    entries: HashMap<&'static str, &'static str>,
}

impl Source {
    /// The texts of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        static SOURCES: [OnceLock<Source>; 2] = [const { OnceLock::new() }; 2];
        SOURCES[language as usize].get_or_init(|| Self::read(&files(language)))
    }

    /// The Danish of the command line's reference.
    pub(super) fn reference() -> &'static Self {
        static REFERENCES: OnceLock<Source> = OnceLock::new();
        REFERENCES.get_or_init(|| Self::read(&[REFERENCE]))
    }

    fn read(files: &[&'static str]) -> Self {
        /// Characters for each text, and less: room for all of them at once.
        const CHARACTERS: usize = 48;
        let length: usize = files.iter().map(|file| file.len()).sum();
        let mut entries = HashMap::with_capacity(length / CHARACTERS);
        for entry in files.iter().flat_map(|file| entries_of(file)) {
            entries.insert(name(entry), entry);
        }
        Self { entries }
    }

    /// A text with its attributes as it stands in the file; comments of the next one may follow.
    pub(super) fn entry(&self, id: &str) -> Option<&'static str> {
        self.entries.get(id).copied()
    }
}

/// The entries of a file. They begin in the first column, with a letter: what belongs to one is indented, comments begin
/// with `#`.
fn entries_of(file: &'static str) -> impl Iterator<Item = &'static str> {
    let mut at = 0;
    let lines = file.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    });
    let starts = lines.filter_map(|(start, line)| {
        let letter = line.starts_with(|first: char| first.is_ascii_alphabetic());
        letter.then_some(start)
    });
    let mut starts = starts.peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        Some(&file[start..starts.peek().copied().unwrap_or(file.len())])
    })
}

/// The name at the beginning of a text: letters, digits, `-` and `_`.
fn name(text: &str) -> &str {
    let ends = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
    text.find(ends).map_or(text, |end| &text[..end])
}

/// The other texts that one refers to (`{ name }`).
pub(super) fn references(entry: &str) -> impl Iterator<Item = &str> {
    let names = entry.split("{ ").skip(1).map(name);
    names.filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use fluent_bundle::FluentResource;

    use super::*;

    /// What is found line by line is what Fluent finds, each text by itself.
    #[test]
    fn every_text_is_found_where_fluent_finds_it() {
        for language in [Language::Da, Language::En] {
            for file in files(language).into_iter().chain([REFERENCE]) {
                let whole = FluentResource::try_new(file.to_owned()).unwrap();
                let each: Vec<FluentResource> = entries_of(file)
                    .map(|entry| FluentResource::try_new(entry.to_owned()).unwrap())
                    .collect();
                assert!(
                    whole
                        .entries()
                        .eq(each.iter().flat_map(FluentResource::entries))
                );
                assert_eq!(whole.entries().count(), each.len());
            }
            for entry in Source::of(language).entries.values() {
                for other in references(entry) {
                    assert!(
                        Source::of(language).entry(other).is_some(),
                        "{other} in {entry}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_text_names_those_it_refers_to() {
        let entry = "a = { b-c } and { $d } and { NUMBER($e) }\n    .hint = { f }\n";
        let found: Vec<&str> = references(entry).collect();
        assert_eq!(found, ["b-c", "NUMBER", "f"]);
    }
}
