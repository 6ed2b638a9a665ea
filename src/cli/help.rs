//! `--help`, man pages and completions in the reader's language.
//!
//! The English stands in the doc comments of `args`, and clap needs nothing from here for it. For other languages the command
//! tree is walked once and every text in it replaced from `help.ftl`; what has no text there stays English. Nothing
//! but a wish for help or a usage error starts the walk.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, Command, CommandFactory};
use unicode_width::UnicodeWidthStr;

use super::args::Cli;
use super::{environment, manual};
use crate::config;
use crate::domain::person::Language;
use crate::i18n::Texts;

/// Columns that help takes at most.
const COLUMNS: usize = 80;

/// What `clap_mangen` writes of its own, and the text that stands for it.
const MAN_WORDS: [(&str, &str); 6] = [
    (".SH NAME", "name"),
    (".SH SYNOPSIS", "synopsis"),
    (".SH DESCRIPTION", "description"),
    (".SH VERSION", "version"),
    ("[default:", "default"),
    ("Possible values:", "choices"),
];

/// The language of help and of usage errors, which come before the command line is understood.
pub(super) fn language(args: &[OsString]) -> Language {
    let asked = option(args, "--language").or_else(|| environment::set("INDSIGT_LANGUAGE"));
    asked
        .as_deref()
        .and_then(Language::of_code)
        .or_else(|| configured(args))
        .unwrap_or_else(environment::locale_language)
}

/// The language that the settings name. Whatever is wrong with them is told when a command needs them.
fn configured(args: &[OsString]) -> Option<Language> {
    let path = option(args, "--config")
        .or_else(|| environment::set("INDSIGT_CONFIG"))
        .map_or_else(environment::default_config, PathBuf::from);
    let text = fs::read_to_string(path).ok()?;
    config::parse(&text).ok()?.language
}

/// The value of an option among arguments that are not parsed yet.
fn option(args: &[OsString], name: &str) -> Option<String> {
    let mut args = args
        .iter()
        .skip(1)
        .map(|arg| arg.to_string_lossy())
        .take_while(|arg| arg != "--");
    while let Some(arg) = args.next() {
        match arg.strip_prefix(name) {
            Some("") => return args.next().map(Into::into),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    None
}

/// The command tree with its texts in `language`: for completions and man pages.
pub(super) fn command(language: Language) -> Command {
    if language == Language::En {
        return Cli::command();
    }
    Translation::new(language).translated(Cli::command(), &[])
}

/// The command tree as it is shown on a screen, clap's own words included.
pub(super) fn on_screen(language: Language) -> Command {
    if language == Language::En {
        return Cli::command();
    }
    let translation = Translation::new(language);
    let mut command = translation
        .dressed(translation.translated(Cli::command(), &[]))
        .bin_name("indsigt")
        .max_term_width(COLUMNS);
    command.build();
    translation.with_usage(command)
}

/// A man page: the name of its file, and what is in it.
pub(super) struct Page {
    pub(super) file: String,
    pub(super) roff: String,
}

/// The man pages, those of the subcommands and of the keys too; the program's own comes first.
pub(super) fn man_pages(texts: &Texts) -> io::Result<Vec<Page>> {
    let language = texts.language();
    // Without the commit, the pages of a version are the same wherever they are made.
    let mut command = command(language).long_version(env!("CARGO_PKG_VERSION"));
    command.build();
    let translation = (language != Language::En).then(|| Translation::new(language));
    let mut pages = Vec::new();
    let mut waiting = vec![command];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands().cloned());
        // clap would name a subcommand and no version as the origin.
        let man = clap_mangen::Man::new(command).source(manual::SOURCE);
        let file = man.get_filename();
        let mut roff = Vec::new();
        man.render(&mut roff)?;
        let mut roff = String::from_utf8_lossy(&roff).into_owned();
        roff.extend(manual::sections_of(&file, texts));
        pages.push(Page { file, roff });
    }
    pages.push(manual::keys(texts));
    if let Some(translation) = translation {
        for page in &mut pages {
            page.roff = translation.man_page(&page.roff);
        }
    }
    Ok(pages)
}

/// The texts of another language, asked for by what they stand for.
struct Translation(Texts);

impl Translation {
    fn new(language: Language) -> Self {
        Self(Texts::reference(language))
    }

    /// One of clap's own words.
    fn word(&self, name: &str) -> String {
        self.0.get(&["word-", name].concat())
    }

    /// One of clap's remarks in brackets.
    fn remark(&self, name: &str, about: String) -> String {
        self.0
            .with(&["word-", name].concat(), &[("about", about.into())])
    }

    fn translated(&self, mut command: Command, path: &[&str]) -> Command {
        let id = id_of(&command, path);
        if let Some(about) = self.0.find(&id) {
            command = command.about(about);
        }
        if let Some(about) = self.0.attribute(&id, "about-long", &[]) {
            command = command.long_about(about);
        }
        let (arguments, options) = (self.word("arguments"), self.word("options"));
        let help = Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help(self.word("help"))
            .help_heading(options.clone());
        command = command
            .subcommand_help_heading(self.word("commands"))
            .subcommand_value_name(self.word("command-placeholder"))
            .mut_args(|arg| {
                let heading = match arg.get_help_heading() {
                    Some(heading) => self.0.find(&heading_id(heading)),
                    None if arg.is_positional() => Some(arguments.clone()),
                    None => Some(options.clone()),
                };
                let arg = self.translated_arg(arg, &id);
                match heading {
                    Some(heading) => arg.help_heading(heading),
                    None => arg,
                }
            })
            .disable_help_flag(true)
            .arg(help);
        if command.get_version().is_some() {
            let version = Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(self.word("version"))
                .help_heading(options);
            command = command.disable_version_flag(true).arg(version);
        }
        let mut below = path.to_vec();
        let name = command.get_name().to_owned();
        below.push(&name);
        command.mut_subcommands(|sub| self.translated(sub, &below))
    }

    fn translated_arg(&self, mut arg: Arg, command: &str) -> Arg {
        if let Some(help) = self.0.attribute(command, arg.get_id().as_str(), &[]) {
            arg = arg.help(help);
        }
        if !arg.get_action().takes_values() {
            return arg;
        }
        if let Some(name) = self.0.find(&value_id(&value_name(&arg))) {
            arg = arg.value_name(name);
        }
        let choices = choices(&arg);
        if choices.is_empty() {
            return arg;
        }
        // What this command parses is never used, so that words will do where the program has types.
        arg.value_parser(PossibleValuesParser::new(choices.into_iter().map(
            |choice| match self.0.find(&choice_id(choice.get_name())) {
                Some(help) if choice.get_help().is_some() => choice.help(help),
                _ => choice,
            },
        )))
    }

    /// Puts what clap would say about defaults, choices and variables into the help texts, in the language.
    fn dressed(&self, command: Command) -> Command {
        let styles = command.get_styles().clone();
        let heading = styles.get_usage();
        let usage = self.word("usage");
        command
            .help_template(format!(
                "{{before-help}}{{about-with-newline}}\n{heading}{usage}:{heading:#} {{usage}}\n\n\
                 {{all-args}}{{after-help}}"
            ))
            .mut_args(|arg| self.dressed_arg(arg))
            .mut_subcommands(|sub| self.dressed(sub))
    }

    fn dressed_arg(&self, arg: Arg) -> Arg {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let choices = choices(&arg);
        let explained = choices.iter().any(|choice| choice.get_help().is_some());
        let (mut facts, mut names) = (Vec::new(), None);
        if let Some(variable) = arg.get_env() {
            let name = variable.to_string_lossy().into_owned();
            facts.push(self.remark("environment", name));
        }
        if !arg.get_default_values().is_empty() && arg.get_action().takes_values() {
            let values: Vec<_> = arg
                .get_default_values()
                .iter()
                .map(|value| value.to_string_lossy())
                .collect();
            facts.push(self.remark("default", values.join(" ")));
        }
        if !choices.is_empty() {
            let all: Vec<&str> = choices.iter().map(PossibleValue::get_name).collect();
            names = Some(self.remark("choices", all.join(", ")));
        }
        if facts.is_empty() && names.is_none() {
            return arg;
        }
        let short: Vec<String> = std::iter::once(help.clone())
            .chain(facts.iter().cloned())
            .chain(names.clone())
            .collect();
        let mut long = vec![help];
        if explained {
            long.push(self.word("choices-long"));
            let widest = choices.iter().map(|choice| choice.get_name().len()).max();
            let width = widest.unwrap_or_default() + 1;
            for choice in &choices {
                let name = [choice.get_name(), ":"].concat();
                let told = choice.get_help().cloned().unwrap_or_default();
                long.push(format!("- {name:width$} {told}"));
            }
        } else {
            facts.extend(names);
        }
        long.extend(facts);
        arg.help(short.join(" "))
            .long_help(long.join("\n"))
            .hide_env(true)
            .hide_default_value(true)
            .hide_possible_values(true)
    }

    /// The usage line is clap's own but for one word, broken where it is too long.
    fn with_usage(&self, mut command: Command) -> Command {
        let placeholder = ["[", &self.word("options-placeholder"), "]"].concat();
        let indent = self.word("usage").width() + ": ".len();
        let usage = command.render_usage();
        let (plain, styled) = (usage.to_string(), usage.ansi().to_string());
        let plain: Vec<&str> = plain.split(' ').collect();
        let (mut text, mut column) = (String::new(), indent);
        // The first word is the heading, which the template has.
        for (index, word) in styled.split(' ').enumerate().skip(1) {
            let width = plain.get(index).map_or(0, |word| word.width());
            let value = plain
                .get(index + 1)
                .filter(|_| plain[index].starts_with("--"))
                .map_or(0, |value| value.width() + 1);
            if index > 1 && column + 1 + width + value > COLUMNS {
                text.push('\n');
                text.push_str(&" ".repeat(indent));
                column = indent;
            } else if index > 1 {
                text.push(' ');
                column += 1;
            }
            text.push_str(&word.replace("[OPTIONS]", &placeholder));
            column += width;
        }
        command
            .override_usage(text)
            .mut_subcommands(|sub| self.with_usage(sub))
    }

    fn man_page(&self, roff: &str) -> String {
        let mut page = String::with_capacity(roff.len());
        for line in roff.lines() {
            let mut line = line.to_owned();
            for (english, id) in MAN_WORDS {
                let translation = self.0.get(&["man-", id].concat());
                if !english.starts_with('.') {
                    line = line.replace(english, &translation);
                } else if line == english {
                    line = [".SH ", &translation].concat();
                }
            }
            if line.starts_with(".SH ") {
                line = line.to_uppercase();
            }
            page.push_str(&line);
            page.push('\n');
        }
        page
    }
}

/// The message of a command: its path without the program's name, which is the root's own message.
fn id_of(command: &Command, path: &[&str]) -> String {
    let mut words: Vec<&str> = path.iter().skip(1).copied().collect();
    words.push(command.get_name());
    words.join("-")
}

fn value_name(arg: &Arg) -> String {
    match arg.get_value_names() {
        Some([name, ..]) => name.to_string(),
        _ => arg.get_id().as_str().to_uppercase(),
    }
}

fn value_id(name: &str) -> String {
    ["value-", &slug(name)].concat()
}

fn heading_id(heading: &str) -> String {
    ["heading-", &slug(heading)].concat()
}

fn choice_id(name: &str) -> String {
    ["choice-", &slug(name)].concat()
}

/// The words an argument takes that are not hidden.
fn choices(arg: &Arg) -> Vec<PossibleValue> {
    if !arg.get_action().takes_values() {
        return Vec::new();
    }
    let mut choices = arg.get_possible_values();
    choices.retain(|choice| !choice.is_hide_set());
    choices
}

/// What may stand in the name of a message: letters, digits and underscores, all else a hyphen.
fn slug(text: &str) -> String {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::i18n::reference;

    /// The messages and attributes of the file of a language.
    fn texts(language: Language) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut message = "";
        for line in reference(language)
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let Some((id, _)) = line.split_once(" =") else {
                continue;
            };
            let name = match id.trim_start().strip_prefix('.') {
                Some(attribute) => format!("{message}.{attribute}"),
                None if id.starts_with(' ') => continue,
                None => {
                    message = id;
                    id.to_owned()
                }
            };
            assert!(found.insert(name.clone()), "{name} stands twice");
        }
        found
    }

    /// What the command tree wants a text for, with its English.
    fn wanted(command: &Command, path: &[&str], found: &mut BTreeMap<String, String>) {
        let id = id_of(command, path);
        let about = command.get_about().unwrap().to_string();
        if let Some(long) = command.get_long_about() {
            found.insert(format!("{id}.about-long"), long.to_string());
        }
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(arg.get_long_help().is_none(), "{id} {}", arg.get_id());
            found.insert(format!("{id}.{}", arg.get_id()), help);
            if let Some(heading) = arg.get_help_heading() {
                found.insert(heading_id(heading), heading.to_owned());
            }
            if !arg.get_action().takes_values() {
                continue;
            }
            let name = value_name(arg);
            found.insert(value_id(&name), name);
            for choice in choices(arg) {
                let Some(help) = choice.get_help() else {
                    continue;
                };
                let other = found.insert(choice_id(choice.get_name()), help.to_string());
                let same = other.is_none_or(|other| other == help.to_string());
                assert!(same, "{} has two meanings", choice.get_name());
            }
        }
        found.insert(id, about);
        let mut below = path.to_vec();
        below.push(command.get_name());
        for sub in command.get_subcommands() {
            wanted(sub, &below, found);
        }
    }

    #[test]
    fn every_text_of_the_command_line_is_there_in_other_languages_and_none_is_left_over() {
        let mut wants = BTreeMap::new();
        wanted(&Cli::command(), &[], &mut wants);
        assert_eq!(
            texts(Language::En),
            BTreeSet::new(),
            "it stands in the code"
        );
        for &language in Language::ALL.iter().filter(|other| **other != Language::En) {
            let texts = texts(language);
            let missing: Vec<String> = wants
                .iter()
                .filter(|(id, _)| !texts.contains(*id))
                .map(|(id, english)| format!("{id} = {english}"))
                .collect();
            assert!(
                missing.is_empty(),
                "assets/i18n/{}/help.ftl lacks:\n{}",
                language.code(),
                missing.join("\n")
            );
            let own = |id: &&String| id.starts_with("word-") || id.starts_with("man-");
            let unused: Vec<&String> = texts
                .iter()
                .filter(|id| !own(id) && !wants.contains_key(*id))
                .collect();
            assert!(unused.is_empty(), "left over: {unused:?}");
        }
    }

    /// Where a language is to be chosen, every one there is can be read.
    #[test]
    fn help_and_hint_name_every_language() {
        for &language in Language::ALL {
            let help = command(language)
                .get_arguments()
                .find(|arg| arg.get_id() == "language")
                .and_then(|arg| arg.get_help())
                .map(ToString::to_string);
            let hint = Texts::new(language).attribute("bad-language", "hint", &[]);
            for text in [help, hint].into_iter().flatten() {
                let named: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
                for code in Language::codes() {
                    assert!(named.contains(&code), "{language:?}: no {code} in {text}");
                }
            }
        }
    }

    fn screens(command: &Command, found: &mut Vec<String>) {
        let mut shown = command.clone();
        found.push(shown.render_help().to_string());
        found.push(shown.render_long_help().to_string());
        for sub in command.get_subcommands() {
            screens(sub, found);
        }
    }

    #[test]
    fn danish_help_is_danish_throughout_and_fits_eighty_columns() {
        let mut found = Vec::new();
        screens(&on_screen(Language::Da), &mut found);
        assert!(found.len() > 60);
        for help in found {
            assert!(help.contains("Brug: indsigt"), "{help}");
            for english in [
                "Usage",
                "Commands",
                "Options",
                "OPTIONS",
                "COMMAND]",
                "Arguments",
                "[default",
                "ossible values",
                "[env",
                "Print",
                "⟦",
            ] {
                assert!(!help.contains(english), "{english} in\n{help}");
            }
            for line in help.lines() {
                assert!(line.width() <= COLUMNS, "too wide: {line}");
                assert_eq!(line, line.trim_end(), "blanks at the end");
            }
        }
    }

    #[test]
    fn danish_man_pages_are_danish_throughout() {
        let pages = man_pages(&Texts::new(Language::Da)).unwrap();
        assert_eq!(pages[0].file, "indsigt.1");
        for page in pages {
            assert!(page.roff.contains(".SH NAVN"), "{}", page.file);
            for english in [
                ".SH NAME",
                "DESCRIPTION",
                "OPTIONS",
                "COMMANDS",
                "[default",
                "ossible values",
                "specified",
                "Print",
                "⟦",
            ] {
                assert!(!page.roff.contains(english), "{english} in {}", page.file);
            }
        }
    }

    /// A tree that clap itself would complain about must not reach a reader.
    #[test]
    fn the_danish_tree_is_sound() {
        command(Language::Da).debug_assert();
        on_screen(Language::Da).debug_assert();
    }

    #[test]
    fn the_language_is_found_before_anything_is_parsed() {
        let args = |words: &[&str]| -> Vec<OsString> {
            words.iter().map(|word| OsString::from(*word)).collect()
        };
        for (words, value) in [
            (&["indsigt", "due", "--language", "da"][..], Some("da")),
            (&["indsigt", "--language=en", "--bogus"], Some("en")),
            (&["indsigt", "--language"], None),
            (&["indsigt", "--languages", "da"], None),
            (&["indsigt", "note", "r1", "--", "--language", "da"], None),
        ] {
            let found = option(&args(words), "--language");
            assert_eq!(found.as_deref(), value, "{words:?}");
        }
    }
}
