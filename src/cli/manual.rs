//! What the man pages say beyond the command line: the settings, from the sample that `config init` writes, and the keys,
//! from the one key table.

use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::help::Page;
use crate::config::{self, Block};
use crate::i18n::Texts;
use crate::tui::keymap::{Binding, Mode, bindings, name_of, named};

/// The page of the keys.
const KEYS: &str = "indsigt-keys";

/// What the pages name as their origin.
pub(super) const SOURCE: &str = concat!("indsigt ", env!("CARGO_PKG_VERSION"));

/// The places of the keys, as the page has them: the text of the heading, and the modes that stand below it.
const PLACES: [(&str, &[Mode]); 8] = [
    ("man-keys-rows", &[Mode::List, Mode::Detail]),
    ("man-keys-report", &[Mode::Report]),
    ("man-keys-search", &[Mode::Search]),
    ("man-keys-form", &[Mode::Form]),
    ("man-keys-confirm", &[Mode::Confirm]),
    ("man-keys-picker", &[Mode::Picker]),
    ("man-keys-palette", &[Mode::Palette]),
    ("man-keys-help", &[Mode::Help]),
];

/// The sections that a command's page has beyond what clap knows, if any.
pub(super) fn sections_of(file: &str, texts: &Texts) -> Option<String> {
    let mut roff = Roff::new();
    match file {
        "indsigt.1" => see_also(&mut roff, &["indsigt-config", KEYS], texts),
        "indsigt-config.1" => {
            settings(&mut roff, texts);
            see_also(&mut roff, &["indsigt", KEYS], texts);
        }
        _ => return None,
    }
    Some(roff.render())
}

fn see_also(roff: &mut Roff, pages: &[&str], texts: &Texts) {
    let heading = texts.get("man-see-also").to_uppercase();
    roff.control("SH", [heading.as_str()]);
    let mut line = Vec::new();
    for page in pages {
        if !line.is_empty() {
            line.push(roman(", "));
        }
        line.extend([bold(*page), roman("(1)")]);
    }
    roff.text(line);
}

/// The settings: those before the first table, and then each table.
fn settings(roff: &mut Roff, texts: &Texts) {
    let heading = texts.get("man-config-settings").to_uppercase();
    roff.control("SH", [heading.as_str()]);
    roff.text(marked(&texts.get("man-config-about")));
    let sample = config::sample(texts.language());
    // The first lines are about the file itself, which the page has said.
    for block in config::blocks(sample).iter().skip(1) {
        described(roff, block, texts);
    }
}

fn described(roff: &mut Roff, block: &Block<'_>, texts: &Texts) {
    if let Some(table) = block.table {
        roff.control("SS", [table]);
        roff.text(marked(&block.text));
    } else if block.settings.is_empty() {
        roff.control("PP", []);
        roff.text(marked(&block.text));
    }
    for (index, setting) in block.settings.iter().enumerate() {
        // With a table each setting stands by itself; else they share what is said of them.
        let is_first = index == 0 || block.table.is_some();
        roff.control(if is_first { "TP" } else { "TQ" }, []);
        let mut line = vec![bold(setting.line)];
        if !setting.is_default {
            line.push(roman(" "));
            line.push(italic(texts.get("man-config-example")));
        }
        roff.text(line);
    }
    if block.table.is_none() && !block.settings.is_empty() {
        roff.text(marked(&block.text));
    }
}

/// A text with what stands between backticks in bold.
fn marked(text: &str) -> Vec<Inline> {
    let parts = text.split('`').enumerate();
    parts
        .filter(|(_, part)| !part.is_empty())
        .map(|(index, part)| match index % 2 {
            0 => roman(part),
            _ => bold(part),
        })
        .collect()
}

/// The page of the keys; its headings are English where clap's own are.
pub(super) fn keys(texts: &Texts) -> Page {
    let mut roff = Roff::new();
    roff.control("TH", [KEYS, "1", "", SOURCE]);
    roff.control("SH", ["NAME"]);
    let about = texts.get("man-keys-name");
    roff.text([roman(format!("{KEYS} - {about}"))]);
    roff.control("SH", ["DESCRIPTION"]);
    roff.text(marked(&texts.get("man-keys-about")));
    for (heading, modes) in PLACES {
        let heading = texts.get(heading).to_uppercase();
        roff.control("SH", [heading.as_str()]);
        let mut told: Vec<*const Binding> = Vec::new();
        for binding in modes.iter().flat_map(|mode| bindings(*mode)) {
            if !told.contains(&std::ptr::from_ref(binding)) {
                told.push(binding);
                key(&mut roff, binding, modes, texts);
            }
        }
    }
    see_also(&mut roff, &["indsigt", "indsigt-config"], texts);
    Page {
        file: [KEYS, ".1"].concat(),
        roff: roff.render(),
    }
}

fn key(roff: &mut Roff, binding: &Binding, modes: &[Mode], texts: &Texts) {
    roff.control("TP", []);
    let mut line = Vec::new();
    for key in binding.keys {
        if !line.is_empty() {
            line.push(roman(", "));
        }
        line.push(bold(named(key, texts)));
    }
    if let Some(name) = name_of(binding) {
        line.extend([roman("  "), italic(name)]);
    }
    roff.text(line);
    let mut does = texts.get(binding.help);
    let here: Vec<&Mode> = modes
        .iter()
        .filter(|mode| binding.modes.contains(mode))
        .collect();
    let only = match here[..] {
        [Mode::List] => Some(texts.get("man-keys-only-list")),
        [Mode::Detail] => Some(texts.get("man-keys-only-detail")),
        _ => None,
    };
    if let Some(only) = only {
        does = format!("{does} ({only})");
    }
    roff.text([roman(does)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;
    use crate::tui::keymap::BINDINGS;

    /// A page as it is read, nearly: without the signs of the language of man pages.
    fn read(roff: &str) -> String {
        let marks = ["\\fB", "\\fI", "\\fR", "\\&"];
        let text = marks
            .iter()
            .fold(roff.to_owned(), |text, mark| text.replace(mark, ""));
        text.replace("\\-", "-")
            .replace("\\*(Aq", "'")
            .replace("\\\\", "\\")
    }

    #[test]
    fn every_key_and_what_it_does_stands_on_the_page_of_the_keys() {
        for &language in Language::ALL {
            let texts = Texts::new(language);
            let page = read(&keys(&texts).roff);
            assert!(!page.contains('⟦'), "{page}");
            let lines: Vec<&str> = page.lines().collect();
            for binding in BINDINGS {
                let keys: Vec<String> = binding.keys.iter().map(|key| named(key, &texts)).collect();
                let mut tag = keys.join(", ");
                if let Some(name) = name_of(binding) {
                    tag.push_str("  ");
                    tag.push_str(name);
                }
                let does = texts.get(binding.help);
                let is_there = lines
                    .windows(2)
                    .any(|pair| pair[0] == tag && pair[1].starts_with(&does));
                assert!(is_there, "{tag}: {does}\n{page}");
            }
            assert_eq!(page.matches("\n.TP\nCtrl-r  redo\n").count(), 1);
        }
    }

    #[test]
    fn every_line_of_the_sample_and_what_it_says_stands_on_the_page_of_the_settings() {
        for &language in Language::ALL {
            let texts = Texts::new(language);
            let page = read(&sections_of("indsigt-config.1", &texts).unwrap());
            assert!(!page.contains('⟦'), "{page}");
            let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
            for block in config::blocks(config::sample(language)).iter().skip(1) {
                assert!(
                    flat.contains(&block.text.replace('`', "")),
                    "{}",
                    block.text
                );
                for setting in &block.settings {
                    let line = page.lines().find(|line| line.starts_with(setting.line));
                    let is_marked = line.map(|line| line.len() > setting.line.len());
                    assert_eq!(is_marked, Some(!setting.is_default), "{}", setting.line);
                }
            }
        }
    }
}
