//! The one table of keys. Dispatcher, footer, `?` screen and the README read it; nothing else knows a key.

mod enabled;
mod own;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub use self::enabled::{WhyNot, enabled, is_about_a_record};
pub use self::own::{KeyProblem, Keys, name_of, words_of};
use super::model::Model;
use crate::i18n::Texts;

/// Where keys are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A list has the keys.
    List,
    /// The detail of a record has the keys.
    Detail,
    /// The line in which a search is typed.
    Search,
    /// A form.
    Form,
    /// A question with yes and no.
    Confirm,
    /// A few things to choose from.
    Picker,
    /// Many things to choose from, by typing.
    Palette,
    /// The help.
    Help,
    /// The report.
    Report,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Open the n-th tab, from 0.
    Tab(usize),
    /// The next tab.
    NextTab,
    /// The tab before.
    PreviousTab,
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// Open what is under the cursor.
    Open,
    /// Back to where one came from; never loses text.
    Back,
    /// Close a record.
    Resolve,
    /// Refuse a request as unreasonable.
    Reject,
    /// Export.
    Export,
    /// A new record.
    New,
    /// Mark a row, or tick a task or a copy.
    Mark,
    /// Extend the period.
    Extend,
    /// Identity: asked for, or confirmed.
    Identity,
    /// Add a task.
    AddTask,
    /// A remark.
    Note,
    /// A letter.
    Letter,
    /// The link was sent.
    LinkSent,
    /// The person got a copy of the recording.
    Delivered,
    /// A written agreement.
    Agree,
    /// Written consent to another use of the recording.
    Consent,
    /// Correct name or addresses.
    Edit,
    /// Open a closed record again.
    Reopen,
    /// A second case for another right asked for in the same letter.
    Split,
    /// A reminder belongs to the case it reminds of.
    Merge,
    /// Keep a record beyond its retention date, or no longer.
    Hold,
    /// Search.
    Search,
    /// What is shown of the list.
    Filter,
    /// The order of the list.
    Sort,
    /// Every command by name.
    Palette,
    /// To the person's other records, and the other side of a conflict.
    Jump,
    /// Back to where a jump began.
    Return,
    /// Nothing can be changed, or again.
    Lock,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Copy to the clipboard.
    Copy,
    /// Hide or show personal data.
    Hide,
    /// What the keys do here.
    Help,
    /// How a year went, and the load ahead.
    Report,
    /// The report of the year before.
    EarlierYear,
    /// The report of the year after.
    LaterYear,
    /// Show or put away the calendar of deletions.
    Calendar,
    /// The month before.
    EarlierMonth,
    /// The month after.
    LaterMonth,
    /// Leave.
    Quit,
    /// Stop until the shell wakes the program.
    Suspend,
    /// Save a form.
    Save,
    /// The owner's editor.
    Editor,
    /// Throw away what was filled in.
    StartOver,
    /// The next field.
    NextField,
    /// The field before.
    PreviousField,
    /// The next choice.
    NextChoice,
    /// The choice before.
    PreviousChoice,
    /// Yes.
    Yes,
    /// No.
    No,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where.
    pub modes: &'static [Mode],
    /// The keys, as they are written: `r`, `Ctrl-d`, `Space`, `Shift-Tab`.
    pub keys: &'static [&'static str],
    /// What they do.
    pub action: Action,
    /// The text that says so, in the footer (`.short`) and in the help.
    pub help: &'static str,
    /// Its place in the footer; 0 for not in the footer.
    pub footer: u8,
}

const LIST: &[Mode] = &[Mode::List];
const ROWS: &[Mode] = &[Mode::List, Mode::Detail];
const SCREENS: &[Mode] = &[Mode::List, Mode::Detail, Mode::Report];
const SCROLL: &[Mode] = &[Mode::List, Mode::Detail, Mode::Report, Mode::Help];
const CHOOSE: &[Mode] = &[
    Mode::List,
    Mode::Detail,
    Mode::Report,
    Mode::Help,
    Mode::Picker,
];
const REPORT: &[Mode] = &[Mode::Report];
const FORM: &[Mode] = &[Mode::Form];

const fn bind(
    modes: &'static [Mode],
    keys: &'static [&'static str],
    action: Action,
    help: &'static str,
    footer: u8,
) -> Binding {
    Binding {
        modes,
        keys,
        action,
        help,
        footer,
    }
}

/// The table. Order is the order of the help.
pub static BINDINGS: &[Binding] = &[
    bind(&[Mode::List], &["Enter"], Action::Open, "key-open", 1),
    bind(
        &[Mode::Detail],
        &["Enter"],
        Action::Open,
        "key-open-task",
        0,
    ),
    bind(&[Mode::Detail], &["Esc"], Action::Back, "key-back", 1),
    bind(LIST, &["Esc"], Action::Back, "key-clear", 0),
    bind(ROWS, &["r"], Action::Resolve, "key-resolve", 2),
    bind(ROWS, &["x"], Action::Reject, "key-reject", 3),
    bind(ROWS, &["e"], Action::Export, "key-export", 4),
    bind(ROWS, &["n"], Action::New, "key-new", 5),
    bind(LIST, &["Space"], Action::Mark, "key-mark", 6),
    bind(&[Mode::Detail], &["Space"], Action::Mark, "key-tick", 6),
    bind(ROWS, &["t"], Action::Letter, "key-letter", 7),
    bind(ROWS, &["o"], Action::Note, "key-note", 8),
    bind(ROWS, &["l"], Action::LinkSent, "key-link", 9),
    bind(ROWS, &["D"], Action::Delivered, "key-delivered", 0),
    bind(ROWS, &["w"], Action::Agree, "key-agree", 0),
    bind(ROWS, &["c"], Action::Consent, "key-consent", 0),
    bind(ROWS, &["d"], Action::Extend, "key-extend", 0),
    bind(ROWS, &["i"], Action::Identity, "key-identity", 0),
    bind(ROWS, &["a"], Action::AddTask, "key-add-task", 0),
    bind(ROWS, &["b"], Action::Reopen, "key-reopen", 0),
    bind(ROWS, &["S"], Action::Split, "key-split", 0),
    bind(ROWS, &["M"], Action::Merge, "key-merge", 0),
    bind(ROWS, &["H"], Action::Hold, "key-hold", 0),
    bind(ROWS, &["E"], Action::Edit, "key-edit", 0),
    bind(LIST, &["/"], Action::Search, "key-search", 9),
    bind(LIST, &["f"], Action::Filter, "key-filter", 0),
    bind(LIST, &["s"], Action::Sort, "key-sort", 0),
    bind(LIST, &["C"], Action::Calendar, "key-calendar", 0),
    bind(LIST, &["<"], Action::EarlierMonth, "key-earlier-month", 0),
    bind(LIST, &[">"], Action::LaterMonth, "key-later-month", 0),
    bind(ROWS, &["J"], Action::Jump, "key-jump", 0),
    bind(ROWS, &["Backspace"], Action::Return, "key-return", 0),
    bind(ROWS, &[":"], Action::Palette, "key-palette", 0),
    bind(ROWS, &["u"], Action::Undo, "key-undo", 10),
    bind(ROWS, &["Ctrl-r"], Action::Redo, "key-redo", 0),
    bind(ROWS, &["y"], Action::Copy, "key-copy", 11),
    bind(ROWS, &["R"], Action::Report, "key-report", 0),
    bind(REPORT, &["Esc", "R"], Action::Back, "key-back", 1),
    bind(
        REPORT,
        &["Left", "h"],
        Action::EarlierYear,
        "key-earlier-year",
        2,
    ),
    bind(
        REPORT,
        &["Right", "l"],
        Action::LaterYear,
        "key-later-year",
        3,
    ),
    bind(SCREENS, &["p"], Action::Hide, "key-hide", 0),
    bind(ROWS, &["L"], Action::Lock, "key-lock", 0),
    bind(SCREENS, &["1"], Action::Tab(0), "key-tab-today", 0),
    bind(SCREENS, &["2"], Action::Tab(1), "key-tab-requests", 0),
    bind(SCREENS, &["3"], Action::Tab(2), "key-tab-recordings", 0),
    bind(SCREENS, &["4"], Action::Tab(3), "key-tab-newsletter", 0),
    bind(SCREENS, &["5"], Action::Tab(4), "key-tab-history", 0),
    bind(SCREENS, &["Tab", "]"], Action::NextTab, "key-next-tab", 0),
    bind(
        SCREENS,
        &["Shift-Tab", "["],
        Action::PreviousTab,
        "key-previous-tab",
        0,
    ),
    bind(CHOOSE, &["j", "Down"], Action::Down, "key-down", 0),
    bind(CHOOSE, &["k", "Up"], Action::Up, "key-up", 0),
    bind(SCROLL, &["g", "Home"], Action::First, "key-first", 0),
    bind(SCROLL, &["G", "End"], Action::Last, "key-last", 0),
    bind(SCROLL, &["PageDown"], Action::PageDown, "key-page-down", 0),
    bind(SCROLL, &["PageUp"], Action::PageUp, "key-page-up", 0),
    bind(SCROLL, &["Ctrl-d"], Action::HalfDown, "key-half-down", 0),
    bind(SCROLL, &["Ctrl-u"], Action::HalfUp, "key-half-up", 0),
    bind(SCREENS, &["?"], Action::Help, "key-help", 12),
    bind(SCREENS, &["q", "Ctrl-c"], Action::Quit, "key-quit", 13),
    bind(SCREENS, &["Ctrl-z"], Action::Suspend, "key-suspend", 0),
    bind(
        &[Mode::Search],
        &["Enter"],
        Action::Open,
        "key-search-keep",
        1,
    ),
    bind(
        &[Mode::Search],
        &["Esc", "Ctrl-c"],
        Action::Back,
        "key-search-clear",
        2,
    ),
    bind(&[Mode::Search], &["Down"], Action::Down, "key-down", 0),
    bind(&[Mode::Search], &["Up"], Action::Up, "key-up", 0),
    bind(FORM, &["Ctrl-s"], Action::Save, "key-save", 1),
    bind(FORM, &["Tab"], Action::NextField, "key-next-field", 2),
    bind(
        FORM,
        &["Shift-Tab"],
        Action::PreviousField,
        "key-previous-field",
        0,
    ),
    bind(FORM, &["Right"], Action::NextChoice, "key-next-choice", 3),
    bind(
        FORM,
        &["Left"],
        Action::PreviousChoice,
        "key-previous-choice",
        0,
    ),
    bind(FORM, &["Ctrl-e"], Action::Editor, "key-editor", 6),
    bind(FORM, &["Esc", "Ctrl-c"], Action::Back, "key-form-back", 5),
    bind(FORM, &["Ctrl-n"], Action::StartOver, "key-start-over", 4),
    bind(&[Mode::Confirm], &["y", "Enter"], Action::Yes, "key-yes", 1),
    bind(
        &[Mode::Confirm],
        &["n", "Esc", "Ctrl-c"],
        Action::No,
        "key-no",
        2,
    ),
    bind(&[Mode::Picker], &["Enter"], Action::Open, "key-pick", 1),
    bind(
        &[Mode::Picker],
        &["Esc", "Ctrl-c", "q"],
        Action::Back,
        "key-back",
        2,
    ),
    bind(&[Mode::Palette], &["Enter"], Action::Open, "key-pick", 1),
    bind(
        &[Mode::Palette],
        &["Down", "Ctrl-n"],
        Action::Down,
        "key-down",
        0,
    ),
    bind(&[Mode::Palette], &["Up", "Ctrl-p"], Action::Up, "key-up", 0),
    bind(
        &[Mode::Palette],
        &["PageDown"],
        Action::PageDown,
        "key-page-down",
        0,
    ),
    bind(
        &[Mode::Palette],
        &["PageUp"],
        Action::PageUp,
        "key-page-up",
        0,
    ),
    bind(
        &[Mode::Palette],
        &["Esc", "Ctrl-c"],
        Action::Back,
        "key-back",
        2,
    ),
    bind(
        &[Mode::Help],
        &["Esc", "?", "q", "Enter", "Ctrl-c"],
        Action::Back,
        "key-back",
        1,
    ),
];

/// A key as people of the language know it from their keyboard.
pub fn named(key: &str, texts: &Texts) -> String {
    for modifier in ["Alt-", "Ctrl-", "Shift-"] {
        if let Some(rest) = key.strip_prefix(modifier).filter(|rest| !rest.is_empty()) {
            return format!("{modifier}{}", named(rest, texts));
        }
    }
    let id = match key {
        "Left" => "key-name-left",
        "Right" => "key-name-right",
        "Up" => "key-name-up",
        "Down" => "key-name-down",
        "Space" => "key-name-space",
        other => return other.to_owned(),
    };
    texts.get(id)
}

/// The text that says what a key does here. Of a letter nothing is saved before it goes: the key leads on.
pub fn help_of(binding: &Binding, model: &Model) -> &'static str {
    let leads_on = binding.action == Action::Save
        && model
            .form()
            .is_some_and(|form| form.purpose.is_on_the_way());
    if leads_on { "key-go-on" } else { binding.help }
}

/// The bindings of a mode, in the order of the help.
pub fn bindings(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    BINDINGS
        .iter()
        .filter(move |binding| binding.modes.contains(&mode))
}

/// A key as the table writes it, or would; `None` for what is no key a person presses.
pub fn written(key: KeyEvent) -> Option<String> {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => return Some("Shift-Tab".to_owned()),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::PageUp => "PageUp".to_owned(),
        KeyCode::PageDown => "PageDown".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Delete => "Delete".to_owned(),
        KeyCode::Insert => "Insert".to_owned(),
        KeyCode::F(number) => format!("F{number}"),
        _ => return None,
    };
    let name = if key.modifiers.contains(KeyModifiers::CONTROL) {
        format!("Ctrl-{}", name.to_lowercase())
    } else {
        name
    };
    // The table has no key with Alt; as it is written, it cannot be taken for the one without.
    if key.modifiers.contains(KeyModifiers::ALT) {
        return Some(format!("Alt-{name}"));
    }
    Some(name)
}

/// The key table as the README has it: keys and what they do, for one mode.
pub fn markdown(texts: &Texts) -> String {
    let mut rows = vec![
        "| key | does | in the settings |".to_owned(),
        "| --- | --- | --- |".to_owned(),
    ];
    let mut seen: Vec<&str> = Vec::new();
    for binding in BINDINGS {
        if seen.contains(&binding.help) || !binding.modes.iter().any(|mode| SCREENS.contains(mode))
        {
            continue;
        }
        seen.push(binding.help);
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        rows.push(format!(
            "| {} | {} | `{}` |",
            keys.join(" "),
            texts.get(binding.help),
            name_of(binding).unwrap_or_default()
        ));
    }
    rows.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::Language;

    const MODES: [Mode; 9] = [
        Mode::List,
        Mode::Detail,
        Mode::Search,
        Mode::Form,
        Mode::Confirm,
        Mode::Picker,
        Mode::Palette,
        Mode::Help,
        Mode::Report,
    ];

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        for mode in MODES {
            let mut seen = BTreeSet::new();
            for key in bindings(mode).flat_map(|binding| binding.keys) {
                assert!(seen.insert(key), "{mode:?}: {key}");
            }
        }
    }

    #[test]
    fn every_binding_has_its_texts() {
        for &language in Language::ALL {
            let texts = Texts::new(language);
            for binding in BINDINGS {
                assert!(!texts.get(binding.help).contains('⟦'), "{}", binding.help);
                if binding.footer > 0 {
                    let short = texts.attribute(binding.help, "short", &[]);
                    assert!(short.is_some(), "{} has no .short", binding.help);
                }
            }
        }
    }

    #[test]
    fn keys_are_written_as_the_table_writes_them() {
        let key = |code, modifiers| written(KeyEvent::new(code, modifiers)).unwrap();
        assert_eq!(key(KeyCode::Char('d'), KeyModifiers::CONTROL), "Ctrl-d");
        assert_eq!(key(KeyCode::Char('G'), KeyModifiers::SHIFT), "G");
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), "Shift-Tab");
        assert_eq!(key(KeyCode::Char(' '), KeyModifiers::NONE), "Space");
        assert_eq!(key(KeyCode::F(5), KeyModifiers::NONE), "F5");
        assert_eq!(key(KeyCode::Char('r'), KeyModifiers::ALT), "Alt-r");
        let both = KeyModifiers::ALT | KeyModifiers::CONTROL;
        assert_eq!(key(KeyCode::Char('c'), both), "Alt-Ctrl-c");
    }
}
