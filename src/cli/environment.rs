//! What the program learns from its surroundings, in one place: paths, language, colour, letters.

use std::path::{Path, PathBuf};

use crate::domain::person::Language;

/// A variable that is set to something.
pub(super) fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn home() -> PathBuf {
    set("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from)
}

fn xdg(variable: &str, below_home: &str) -> PathBuf {
    // The XDG specification: a relative path is to be ignored.
    set(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .unwrap_or_else(|| home().join(below_home))
        .join("indsigt")
}

/// `$XDG_DATA_HOME/indsigt/indsigt.redb`.
pub(super) fn default_store() -> PathBuf {
    xdg("XDG_DATA_HOME", ".local/share").join("indsigt.redb")
}

/// `$XDG_CONFIG_HOME/indsigt/config.toml`.
pub(super) fn default_config() -> PathBuf {
    xdg("XDG_CONFIG_HOME", ".config").join("config.toml")
}

/// The language of the locale: the one whose code it begins with, else English.
pub(super) fn locale_language() -> Language {
    let locale = set("LC_ALL")
        .or_else(|| set("LC_MESSAGES"))
        .or_else(|| set("LANG"))
        .unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    let mut languages = Language::ALL.iter().copied();
    languages
        .find(|language| locale.starts_with(language.code()))
        .unwrap_or(Language::En)
}

/// A folder for what is thrown away: the session's own, which is in memory on most systems, else the usual one.
pub(super) fn temporary() -> PathBuf {
    set("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|path| path.is_dir())
        .unwrap_or_else(std::env::temp_dir)
}

/// The editor people chose for their terminal, as the shell reads it; else what Debian's alternatives or POSIX have.
pub(super) fn editor() -> String {
    let chosen = set("VISUAL").or_else(|| set("EDITOR"));
    chosen.unwrap_or_else(|| "$(command -v editor || echo vi)".to_owned())
}

/// Whether `NO_COLOR` is set (<https://no-color.org>).
pub(super) fn no_color() -> bool {
    set("NO_COLOR").is_some()
}

/// Whether terminals are to be worked on line by line.
pub(super) fn plain() -> bool {
    set("INDSIGT_PLAIN").is_some_and(|value| value != "0")
}

/// The locale that says in what encoding letters are; empty when none does, which is `C`.
pub(super) fn locale() -> String {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    named.unwrap_or_default()
}

/// The kind of terminal, as `TERM` names it.
pub(super) fn terminal_type() -> Option<String> {
    set("TERM")
}

/// Whether the program runs inside tmux, which wants clipboard sequences wrapped.
pub(super) fn in_tmux() -> bool {
    set("TMUX").is_some()
}

/// A leading `~/` as the shell would have expanded it.
pub(super) fn expand(path: &Path) -> PathBuf {
    match path.strip_prefix("~") {
        Ok(rest) => home().join(rest),
        Err(_) => path.to_owned(),
    }
}
