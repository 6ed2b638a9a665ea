//! The files of texts, and where in them each text stands.
//!
//! A file is looked through once a process, when a text may be in it, line by line, and nothing in it is understood: that is
//! left to Fluent, for the texts that are asked for. Understanding all of them took half of the time of a short command.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::domain::person::{Language, languages};

/// The files of a language, those first that a short command needs.
pub(super) const fn files(language: Language) -> [&'static str; 5] {
    macro_rules! files_of {
        ($($name:ident $code:literal $called:literal,)+) => {
            match language {
                $(Language::$name => [
                    include_str!(concat!("../../assets/i18n/", $code, "/words.ftl")),
                    include_str!(concat!("../../assets/i18n/", $code, "/cli.ftl")),
                    include_str!(concat!("../../assets/i18n/", $code, "/tui.ftl")),
                    include_str!(concat!("../../assets/i18n/", $code, "/errors.ftl")),
                    include_str!(concat!("../../assets/i18n/", $code, "/letters.ftl")),
                ],)+
            }
        };
    }
    languages!(files_of)
}

/// The texts of `--help`, man pages and completions. Their English stands in the doc comments of the command line, and its
/// file is empty.
pub(crate) const fn reference(language: Language) -> &'static str {
    macro_rules! reference_of {
        ($($name:ident $code:literal $called:literal,)+) => {
            match language {
                $(Language::$name => include_str!(concat!("../../assets/i18n/", $code, "/help.ftl")),)+
            }
        };
    }
    languages!(reference_of)
}

const LANGUAGES: usize = Language::ALL.len();

/// The fewest bytes that the texts of a file have on average: a map that grows is filled twice.
const SHORTEST: usize = 40;

/// A file, and where each text in it stands.
struct Known {
    file: &'static str,
    entries: OnceLock<HashMap<&'static str, &'static str>>,
}

/// Some files of texts.
pub(super) struct Source(Vec<Known>);

impl Source {
    /// The texts of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        static SOURCES: [OnceLock<Source>; LANGUAGES] = [const { OnceLock::new() }; LANGUAGES];
        SOURCES[language as usize].get_or_init(|| Self::from(&files(language)))
    }

    /// The texts of the command line's reference.
    pub(super) fn reference(language: Language) -> &'static Self {
        static REFERENCES: [OnceLock<Source>; LANGUAGES] = [const { OnceLock::new() }; LANGUAGES];
        REFERENCES[language as usize].get_or_init(|| Self::from(&[reference(language)]))
    }

    fn from(files: &[&'static str]) -> Self {
        let known = |file: &&'static str| Known {
            file,
            entries: OnceLock::new(),
        };
        Self(files.iter().map(known).collect())
    }

    /// A text with its attributes as it stands in its file; comments of the next one may follow.
    pub(super) fn entry(&self, id: &str) -> Option<&'static str> {
        self.0.iter().find_map(|known| {
            let entries = known.entries.get_or_init(|| {
                let mut entries = HashMap::with_capacity(known.file.len() / SHORTEST);
                entries.extend(entries_of(known.file).map(|entry| (name(entry), entry)));
                entries
            });
            entries.get(id).copied()
        })
    }
}

/// The entries of a file. They begin in the first column, with a letter: what belongs to one is indented, comments begin
/// with `#`.
fn entries_of(file: &'static str) -> impl Iterator<Item = &'static str> {
    let starts = std::iter::once(0).chain(file.match_indices('\n').map(|(end, _)| end + 1));
    let begins = |start: &usize| {
        let first = file.as_bytes().get(*start);
        first.is_some_and(u8::is_ascii_alphabetic)
    };
    let mut starts = starts.filter(begins).peekable();
    std::iter::from_fn(move || {
        let start = starts.next()?;
        Some(&file[start..starts.peek().copied().unwrap_or(file.len())])
    })
}

/// The name at the beginning of a text: letters, digits, `-` and `_`.
fn name(text: &str) -> &str {
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let end = text.bytes().position(|byte| !belongs(&byte));
    &text[..end.unwrap_or(text.len())]
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
        for &language in Language::ALL {
            for file in files(language).into_iter().chain([reference(language)]) {
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
            let source = Source::of(language);
            for entry in files(language).into_iter().flat_map(entries_of) {
                assert_eq!(source.entry(name(entry)), Some(entry));
                for other in references(entry) {
                    assert!(source.entry(other).is_some(), "{other} in {entry}");
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
