//! The commented sample that `config init` writes, in each language, and the same taken apart for the man page: what a
//! setting means stands there and nowhere else.

use crate::domain::person::{Language, languages};

/// The commented sample in a language. The settings in it are the same in all of them.
pub const fn sample(language: Language) -> &'static str {
    macro_rules! sample_of {
        ($($name:ident $code:literal $called:literal,)+) => {
            match language {
                $(Language::$name => {
                    include_str!(concat!("../../assets/config.sample.", $code, ".toml"))
                })+
            }
        };
    }
    languages!(sample_of)
}

/// What stands between two empty lines of the sample.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Block<'a> {
    /// The table that begins here, with its brackets.
    pub table: Option<&'a str>,
    /// The settings, as they are written.
    pub settings: Vec<Setting<'a>>,
    /// What is said of them, in one line.
    pub text: String,
}

/// A setting of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting<'a> {
    /// Name and value, as they stand in the file.
    pub line: &'a str,
    /// Whether the value is the default; else it is an example, and there is none, or it follows from something else.
    pub is_default: bool,
}

impl<'a> Setting<'a> {
    /// A line of the sample: `# name = value` is a default, `#name = value` an example.
    fn of(line: &'a str) -> Option<Self> {
        let rest = line.strip_prefix('#')?;
        let setting = rest.strip_prefix(' ').unwrap_or(rest);
        let (name, _) = setting.split_once(" = ")?;
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
        (!name.is_empty() && name.chars().all(is_name)).then_some(Self {
            line: setting,
            is_default: rest != setting,
        })
    }
}

/// The blocks of a sample, in its order.
pub fn blocks(sample: &str) -> Vec<Block<'_>> {
    let blocks = sample.split("\n\n").map(|lines| {
        let mut block = Block::default();
        let mut words: Vec<&str> = Vec::new();
        for line in lines.lines() {
            if let Some(setting) = Setting::of(line) {
                block.settings.push(setting);
            } else if line.starts_with("#[") {
                block.table = Some(&line[1..]);
            } else {
                let said = line.trim_start_matches('#').trim();
                words.push(said.strip_prefix("--- ").unwrap_or(said));
            }
        }
        block.text = words.join(" ");
        block
    });
    blocks.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::config::{Settings, Written, parse};

    /// The sample without the signs of remarks before its settings.
    fn spoken(language: Language, is_wanted: impl Fn(&str) -> bool) -> String {
        let blocks = blocks(sample(language));
        let lines = blocks.iter().flat_map(|block| {
            let settings = block.settings.iter().map(|setting| setting.line);
            block.table.into_iter().chain(settings)
        });
        let lines: Vec<&str> = lines.filter(|line| is_wanted(line)).collect();
        lines.join("\n")
    }

    #[test]
    fn the_sample_says_what_the_defaults_are() {
        for &language in Language::ALL {
            assert_eq!(parse(sample(language)), Ok(Settings::default()));
            let blocks = blocks(sample(language));
            let settings = blocks.iter().flat_map(|block| &block.settings);
            let defaults: Vec<&str> = settings
                .filter(|setting| setting.is_default)
                .map(|setting| setting.line)
                .collect();
            assert!(defaults.len() > 10, "{defaults:?}");
            let mut settings = parse(&defaults.join("\n")).unwrap();
            assert_eq!(settings.language, Some(Language::Da));
            settings.language = None;
            assert_eq!(settings, Settings::default());
        }
    }

    /// With the sign of a remark taken away from every line there are two mailboxes and two ways to send; of each, either
    /// makes a file that can be used.
    #[test]
    fn every_line_of_the_sample_is_a_setting() {
        for &language in Language::ALL {
            let whole = spoken(language, |_| true);
            assert!(toml::from_str::<Written>(&whole).is_ok(), "{whole}");
            for mail in [&["maildir", "move_to_cur"][..], &["imap_"]] {
                for sending in ["command", "smtp_"] {
                    let text = spoken(language, |line| {
                        let others = [mail, &[sending]].concat();
                        !others.iter().any(|other| line.starts_with(other))
                    });
                    let settings = parse(&text).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
                    assert!(settings.mail.is_some() && settings.sending.is_some());
                    assert!(settings.controller.name.is_some() && settings.keys.len() == 2);
                }
            }
        }
    }

    #[test]
    fn the_samples_differ_in_words_only() {
        let english = blocks(sample(Language::En));
        for &language in Language::ALL.iter().filter(|other| **other != Language::En) {
            assert_eq!(spoken(language, |_| true), spoken(Language::En, |_| true));
            let own = blocks(sample(language));
            assert_eq!(own.len(), english.len());
            for (own, english) in own.iter().zip(&english) {
                assert!(!own.text.is_empty(), "{own:?}");
                assert_ne!(own.text, english.text);
            }
        }
    }

    /// The names that the file may have at a place: what the parser says it expected instead of one that is none.
    fn names(table: &str) -> BTreeSet<String> {
        let text = format!("{table}\nno_such_setting = 1\n");
        let Err(said) = toml::from_str::<Written>(&text) else {
            panic!("{table} takes anything")
        };
        let said = said.to_string();
        let expected = said.split("expected one of ").nth(1).unwrap();
        let names = expected.split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect()
    }

    #[test]
    fn the_sample_names_every_setting_there_is() {
        let mut table = "";
        let mut named: BTreeSet<String> = BTreeSet::new();
        let mut tables = Vec::new();
        let english = blocks(sample(Language::En));
        for block in &english {
            if let Some(next) = block.table {
                tables.push((table, std::mem::take(&mut named)));
                table = next;
            }
            let settings = block.settings.iter();
            named
                .extend(settings.map(|setting| setting.line.split(' ').next().unwrap().to_owned()));
        }
        // The last table, of keys, takes the names of the key table.
        assert_eq!(table, "[keys]");
        let headings: BTreeSet<String> = english
            .iter()
            .filter_map(|block| block.table)
            .map(|table| table.trim_matches(['[', ']']).to_owned())
            .collect();
        for (table, mut found) in tables {
            if table.is_empty() {
                found.extend(headings.iter().cloned());
            }
            assert_eq!(found, names(table), "{table}");
        }
    }
}
