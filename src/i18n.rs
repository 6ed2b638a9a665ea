//! Texts for people, in every language, from Fluent files in `assets/i18n`.
//!
//! The files hold the words, with the plural rules of the language; `words` turns domain values into them. A test
//! demands that all languages have the same messages with the same variables, and that every message the code asks
//! for is there. `help.ftl` is empty for English and compared with the command line (`cli::help`).

mod attachments;
mod backups;
pub mod dates;
pub mod errors;
mod letters;
mod problems;
mod report;
pub mod sheet;
mod source;
pub mod words;

use std::cell::RefCell;
use std::fmt;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use self::source::Source;
#[cfg(test)]
pub(crate) use self::source::reference;
pub use crate::domain::person::Language;

/// A value put into a text.
pub type Arg<'a> = FluentValue<'a>;

/// Where texts are said, and so how they name what can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On the command line: by options.
    Commands,
    /// On the screen: by keys and fields.
    Screen,
    /// Line by line: by words, and by keys where those are the same.
    Lines,
}

/// The texts of one language.
pub struct Texts {
    language: Language,
    place: Place,
    /// Where texts stand that have not been asked for yet.
    source: &'static Source,
    /// Those that have: a command needs some dozens of two thousand.
    bundle: RefCell<FluentBundle<FluentResource>>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Texts {
    /// The texts of `language`.
    pub fn new(language: Language) -> Self {
        Self::of(language, Source::of(language))
    }

    /// The texts of the command line's reference in a language, and no others.
    pub fn reference(language: Language) -> Self {
        Self::of(language, Source::reference(language))
    }

    fn of(language: Language, source: &'static Source) -> Self {
        let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![locale]);
        // The marks that isolate inserted text confuse terminals and scripts; names are cleaned on the way in.
        bundle.set_use_isolating(false);
        Self {
            language,
            place: Place::Commands,
            source,
            bundle: RefCell::new(bundle),
        }
    }

    /// The same texts as the terminal UI says them: where one names an option of the command line, there is another that
    /// names the key or the field instead.
    #[must_use]
    pub fn on_screen(mut self) -> Self {
        self.place = Place::Screen;
        self
    }

    /// The same texts as they are said line by line: as on the screen, but where one names a place on it (`hint-plain` and
    /// `plain` beside `hint-tui` and `tui`).
    #[must_use]
    pub fn in_lines(mut self) -> Self {
        self.place = Place::Lines;
        self
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text without variables. A text that is missing shows its own name.
    pub fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A text with variables.
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.format(id, None, args)
            .unwrap_or_else(|| format!("⟦{id}⟧"))
    }

    /// A text without variables that need not be there.
    pub fn find(&self, id: &str) -> Option<String> {
        self.format(id, None, &[])
    }

    /// The attribute of a text, such as the `.hint` of an error; `None` when it has none.
    pub fn attribute(&self, id: &str, name: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        self.format(id, Some(name), args)
    }

    /// The `name` of a text for the command line, or its `for_screen` where there is one and the screen asks; line by line
    /// there may be one more.
    fn wherever(
        &self,
        id: &str,
        name: Option<&str>,
        for_screen: &str,
        args: &[(&str, Arg<'_>)],
    ) -> Option<String> {
        let on_screen = || self.format(id, Some(for_screen), args);
        let said = match self.place {
            Place::Commands => None,
            Place::Screen => on_screen(),
            Place::Lines => {
                let for_lines = for_screen.replace("tui", "plain");
                self.format(id, Some(&for_lines), args).or_else(on_screen)
            }
        };
        said.or_else(|| self.format(id, name, args))
    }

    fn format(
        &self,
        id: &str,
        attribute: Option<&str>,
        args: &[(&str, Arg<'_>)],
    ) -> Option<String> {
        if !self.bundle.borrow().has_message(id) {
            self.read(id);
        }
        let bundle = self.bundle.borrow();
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut fluent_args = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent_args.set(*name, value.clone());
        }
        let mut problems = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&fluent_args), &mut problems);
        Some(text.into_owned())
    }

    /// Reads a text and those it refers to, where there are such texts.
    fn read(&self, id: &str) {
        let Some(entry) = self.source.entry(id) else {
            return;
        };
        // A faulty entry is left out here and found by the tests.
        let resource = match FluentResource::try_new(entry.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        self.bundle.borrow_mut().add_resource_overriding(resource);
        for other in source::references(entry) {
            if !self.bundle.borrow().has_message(other) {
                self.read(other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::source::files;
    use super::*;

    /// Message (and attribute) names with the variables each uses, read from the text of the files.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for source in files(language) {
            let mut current = String::new();
            for line in source.lines() {
                let attribute = line.trim_start().strip_prefix('.');
                if let Some(rest) = attribute.filter(|rest| rest.contains(" =")) {
                    let base = current.split('.').next().unwrap().to_owned();
                    current = format!("{base}.{}", rest.split(" =").next().unwrap());
                    found.entry(current.clone()).or_default();
                } else if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    current = line.split(" =").next().unwrap().to_owned();
                    let known = found.insert(current.clone(), BTreeSet::new());
                    assert!(known.is_none(), "{current} stands twice");
                }
                let variables = line.split("{ $").skip(1);
                for variable in variables {
                    let name = variable
                        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
                        .next()
                        .unwrap();
                    found.get_mut(&current).unwrap().insert(name.to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn every_language_has_the_same_texts_with_the_same_variables() {
        let english = messages(Language::En);
        for &language in Language::ALL {
            let own = messages(language);
            let missing: Vec<&String> =
                english.keys().filter(|id| !own.contains_key(*id)).collect();
            let more: Vec<&String> = own.keys().filter(|id| !english.contains_key(*id)).collect();
            assert!(
                missing.is_empty() && more.is_empty(),
                "{language:?} lacks {missing:?}, and English {more:?}"
            );
            for (id, variables) in &own {
                // Each language writes a date in a list from the parts it uses.
                if !id.starts_with("date-in-list") {
                    assert_eq!(Some(variables), english.get(id), "{language:?}: {id}");
                }
            }
        }
    }

    /// On the screen there are keys and fields, and no options: a text that names one has a twin that does not.
    #[test]
    fn what_names_an_option_says_it_otherwise_on_the_screen() {
        // How the program was started can be changed nowhere else; and what comes before there is a screen.
        const AS_STARTED: [&str; 2] = ["refusal-read-only", "store-older.hint"];
        const ON_THE_SCREEN: [&str; 4] = ["refusal-", "warning-", "store-", "no-such-id"];
        for &language in Language::ALL {
            let known = messages(language);
            let mut current = String::new();
            for line in files(language)[3].lines() {
                if let Some((name, _)) = line.trim_start().split_once(" =")
                    && let Some(attribute) = name.strip_prefix('.')
                {
                    let base = current.split('.').next().unwrap().to_owned();
                    current = format!("{base}.{attribute}");
                } else if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    current = line.split(" =").next().unwrap().to_owned();
                }
                let names_one = ["--", ": indsigt ", "= indsigt "]
                    .iter()
                    .any(|it| line.contains(it));
                let is_shown = ON_THE_SCREEN.iter().any(|it| current.starts_with(it))
                    && !AS_STARTED.contains(&current.as_str());
                if names_one && is_shown {
                    let twin = match current.strip_suffix(".hint") {
                        Some(base) => format!("{base}.hint-tui"),
                        None => format!("{current}.tui"),
                    };
                    assert!(known.contains_key(&twin), "{language:?}: {twin} for {line}");
                    assert!(!current.ends_with("tui"), "{language:?}: {line}");
                }
            }
        }
        let commands = Texts::new(Language::En);
        let hint = |texts: &Texts| texts.message("refusal-reject-instead", &[]).hint.unwrap();
        assert!(hint(&commands).contains("--ground"));
        assert_eq!(hint(&commands.on_screen()), "x rejects it.");
    }

    #[test]
    fn every_file_parses_without_a_problem() {
        for &language in Language::ALL {
            for source in files(language).into_iter().chain([reference(language)]) {
                if let Err((_, problems)) = FluentResource::try_new(source.to_owned()) {
                    panic!("{language:?}: {problems:?}");
                }
            }
        }
    }

    #[test]
    fn plurals_follow_the_language() {
        let danish = Texts::new(Language::Da);
        let days = |n: i64| danish.with("days-past", &[("n", n.into())]);
        assert_eq!(
            (days(1), days(2)),
            ("1 dag over fristen".into(), "2 dage over fristen".into())
        );
    }
}
