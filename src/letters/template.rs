//! The templates: built in, or the owner's in their place; and the engine, held to be strict.
//!
//! A field that does not exist, and one that the case does not fill, is an error that names file and line; a letter with a
//! hole in it is never made. Text that comes out of a case is text: nothing in it is ever read as a template.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind as Fault, UndefinedBehavior, Value};

use crate::domain::letter::{LetterFacts, LetterType, letter_types};
use crate::domain::person::{Language, languages};
use crate::ops::OpError;
use crate::ops::error::TemplateFault;

/// What the formatter says of a field that is known and empty; caught below and never shown.
const UNFILLED: &str = "unfilled";

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The path of the owner's file, or the name of a built-in one.
    pub(super) place: String,
    /// Its text.
    pub(super) text: String,
}

macro_rules! built_in_of {
    ($language:literal $letter:ident $($name:ident $word:literal,)+) => {
        match $letter {
            $(LetterType::$name => include_str!(concat!("../../assets/letters/", $language, "/", $word, ".txt")),)+
        }
    };
}

const fn built_in(language: Language, letter: LetterType) -> &'static str {
    macro_rules! built_in_each {
        ($($name:ident $code:literal $called:literal,)+) => {
            match language {
                $(Language::$name => letter_types!(built_in_of $code letter),)+
            }
        };
    }
    languages!(built_in_each)
}

/// The template of a letter: the owner's, when there is such a file in `folder`, else the built-in one.
pub(super) fn source(
    folder: Option<&Path>,
    language: Language,
    letter: LetterType,
) -> Result<Source, OpError> {
    let name = format!("{}/{}.txt", language.code(), letter.word());
    if let Some(folder) = folder {
        let path = folder.join(&name);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                return Ok(Source {
                    place: path.display().to_string(),
                    text: text.trim_start_matches('\u{feff}').replace("\r\n", "\n"),
                });
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(OpError::Unreadable { path, source }),
        }
    }
    Ok(Source {
        place: format!("letters/{name}"),
        text: built_in(language, letter).to_owned(),
    })
}

/// The engine, in which nothing is let pass.
fn engine() -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    // A line that holds nothing but a tag leaves no line.
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    if let Ok(syntax) = syntax {
        engine.set_syntax(syntax);
    }
    engine.set_formatter(|out, _state, value| {
        // A list or a yes is not for printing, and nothing is a hole.
        let is_text = matches!(value.kind(), ValueKind::String | ValueKind::Number);
        let text = value.to_string();
        if !is_text || text.trim().is_empty() {
            return Err(Error::new(Fault::InvalidOperation, UNFILLED));
        }
        out.write_str(&text).map_err(Error::from)
    });
    engine
}

/// The names that a template takes from outside; none when it cannot be read, which [`render`] tells.
pub(super) fn names(source: &Source) -> BTreeSet<String> {
    let engine = engine();
    let Ok(template) = engine.template_from_str(&source.text) else {
        return BTreeSet::new();
    };
    template.undeclared_variables(false).into_iter().collect()
}

/// Whether a name is that of a fact, which no text of the owner's replaces.
pub(super) fn is_fact(name: &str) -> bool {
    let facts = Value::from(Serde(LetterFacts::default()));
    facts
        .get_attr(name)
        .is_ok_and(|value| !value.is_undefined())
}

/// Subject and text of a letter. The first lines of a template, up to a blank one, are the subject.
pub(super) fn render(source: &Source, facts: &LetterFacts) -> Result<(String, String), OpError> {
    let bad = |line, fault| OpError::BadTemplate {
        place: source.place.clone(),
        line,
        fault,
    };
    let told = |error: &Error| bad(error.line(), fault(error, &source.text));
    let engine = engine();
    let template = engine
        .template_from_str(&source.text)
        .map_err(|error| told(&error))?;
    let context = Value::from(Serde(facts));
    let unknown: BTreeSet<String> = template
        .undeclared_variables(false)
        .into_iter()
        .filter(|name| {
            context
                .get_attr(name)
                .is_ok_and(|value| value.is_undefined())
        })
        .collect();
    if !unknown.is_empty() {
        let found = places(&source.text, &unknown);
        return Err(bad(
            found.first().map(|(line, _)| *line),
            TemplateFault::Unknown(found),
        ));
    }
    let whole = template.render(context).map_err(|error| told(&error))?;
    let whole = tidied(&whole);
    let (subject, text) = whole.split_once("\n\n").unwrap_or((&whole, ""));
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if subject.is_empty() || text.is_empty() {
        return Err(bad(Some(1), TemplateFault::NoSubject));
    }
    Ok((subject, format!("{text}\n")))
}

/// What went wrong, in the terms of the owner.
fn fault(error: &Error, source: &str) -> TemplateFault {
    let at = error.range().and_then(|range| source.get(range));
    let at = at.map_or_else(String::new, |text| {
        let text = text.trim_matches(|c: char| "{}%- \n".contains(c));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let is_unfilled = error.detail() == Some(UNFILLED);
    match error.kind() {
        Fault::UndefinedError => {
            TemplateFault::Unknown(vec![(error.line().unwrap_or_default(), at)])
        }
        _ if is_unfilled => TemplateFault::Unfilled(at),
        _ => TemplateFault::Syntax(
            error
                .detail()
                .map_or_else(|| error.kind().to_string(), str::to_owned),
        ),
    }
}

/// Where in the text each of the names stands first, in the order of lines.
fn places(text: &str, names: &BTreeSet<String>) -> Vec<(usize, String)> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found: Vec<(usize, String)> = names
        .iter()
        .map(|name| {
            let line = text.lines().position(|line| {
                line.contains('{') && line.split(|c| !is_name(c)).any(|word| word == name)
            });
            (line.map_or(1, |index| index + 1), name.clone())
        })
        .collect();
    found.sort();
    found
}

/// One blank between words, none at the ends of lines, one blank line between paragraphs: what was put in may have more.
fn tidied(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            if !blank {
                tidy.push('\n');
            }
            blank = true;
        } else {
            tidy.push_str(&line);
            tidy.push('\n');
            blank = false;
        }
    }
    tidy.trim_end().to_owned()
}
