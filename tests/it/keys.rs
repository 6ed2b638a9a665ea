//! The one table of keys against what is said about it: the README, CONTRACT, the footer and the help.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use indsigt::i18n::Language::{Da, En};
use indsigt::i18n::Texts;
use indsigt::tui::input::normalise;
use indsigt::tui::keymap::{self, Action, BINDINGS, Keys, Mode};

use crate::app::{App, SMALL, Start, id, today};

const MARKERS: (&str, &str) = ("<!-- keys -->", "<!-- /keys -->");

#[test]
fn the_readme_has_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap_or_default();
    let table = readme
        .split_once(MARKERS.0)
        .and_then(|(_, rest)| rest.split_once(MARKERS.1))
        .map(|(table, _)| table.trim());
    let wanted = keymap::markdown(&Texts::new(En));
    assert!(
        table == Some(wanted.trim()),
        "README.md needs this between {} and {}:\n\n{wanted}\n",
        MARKERS.0,
        MARKERS.1
    );
}

/// CONTRACT, "The terminal UI": keys, and what they do in a list.
const CONTRACT: &[(&str, Action)] = &[
    ("1", Action::Tab(0)),
    ("2", Action::Tab(1)),
    ("3", Action::Tab(2)),
    ("4", Action::Tab(3)),
    ("5", Action::Tab(4)),
    ("Tab", Action::NextTab),
    ("Shift-Tab", Action::PreviousTab),
    ("]", Action::NextTab),
    ("[", Action::PreviousTab),
    ("j", Action::Down),
    ("k", Action::Up),
    ("Down", Action::Down),
    ("Up", Action::Up),
    ("g", Action::First),
    ("G", Action::Last),
    ("PageUp", Action::PageUp),
    ("PageDown", Action::PageDown),
    ("Ctrl-d", Action::HalfDown),
    ("Ctrl-u", Action::HalfUp),
    ("Enter", Action::Open),
    ("Esc", Action::Back),
    ("r", Action::Resolve),
    ("x", Action::Reject),
    ("e", Action::Export),
    ("n", Action::New),
    ("Space", Action::Mark),
    ("d", Action::Extend),
    ("i", Action::Identity),
    ("a", Action::AddTask),
    ("t", Action::Letter),
    ("o", Action::Note),
    ("l", Action::LinkSent),
    ("w", Action::Agree),
    ("/", Action::Search),
    ("f", Action::Filter),
    ("s", Action::Sort),
    (":", Action::Palette),
    ("u", Action::Undo),
    ("Ctrl-r", Action::Redo),
    ("y", Action::Copy),
    ("p", Action::Hide),
    ("?", Action::Help),
    ("q", Action::Quit),
    ("Ctrl-c", Action::Quit),
];

#[test]
fn the_keys_of_the_contract_do_what_it_says() {
    let in_list = |key: &str| {
        BINDINGS
            .iter()
            .find(|binding| binding.modes.contains(&Mode::List) && binding.keys.contains(&key))
            .map(|binding| binding.action)
    };
    for (key, action) in CONTRACT {
        assert_eq!(in_list(key), Some(*action), "{key}");
    }
    // In a detail they scroll, tick and go back.
    for binding in keymap::bindings(Mode::List) {
        let only_for_lists = [
            "Filter",
            "Search",
            "Sort",
            "Calendar",
            "EarlierMonth",
            "LaterMonth",
        ]
        .map(str::to_owned);
        if only_for_lists.contains(&format!("{:?}", binding.action)) {
            continue;
        }
        for key in binding.keys {
            let there = keymap::bindings(Mode::Detail)
                .any(|other| other.action == binding.action && other.keys.contains(key));
            assert!(there, "{key} in a detail");
        }
    }
}

#[test]
fn the_footer_shows_only_what_works_and_always_help_and_leaving() {
    for language in [Da, En] {
        for size in [(60, 15), (80, 24), (120, 40), (200, 50)] {
            let mut app = App::demo(language, size, today());
            for keys in [
                "1",
                "2",
                "3",
                "4",
                "5",
                "2G",
                "2<enter>",
                "3<enter>",
                "2<esc><space>",
                "<esc>/e",
                "<esc>n",
                "<esc>?",
                "<esc>y",
                "<esc>3r",
            ] {
                app.press(keys);
                footer_is_true(&app, keys);
            }
        }
    }
}

fn footer_is_true(app: &App, at: &str) {
    let screen = app.screen();
    let height = usize::from(app.model.size.1);
    let footer = screen.lines().nth(height - 1).unwrap();
    let mode = app.model.mode();
    let mut shown = 0;
    for part in footer.split("  ").filter(|part| !part.trim().is_empty()) {
        let (key, word) = part.trim().split_once(' ').unwrap();
        let texts = &app.model.texts;
        let is_it = |key_of: &str| keymap::named(key_of, texts) == key;
        let binding = keymap::bindings(mode).find(|binding| is_it(binding.keys[0]));
        let binding = binding.unwrap_or_else(|| panic!("{at}: {key} in\n{screen}"));
        let works = keymap::enabled(binding.action, &app.model).is_ok();
        assert!(works, "{at}: {key} in\n{screen}");
        let short = app.model.texts.attribute(binding.help, "short", &[]);
        assert_eq!(Some(word), short.as_deref(), "{at}");
        shown += 1;
    }
    assert!(shown >= 1, "{at}: nothing in\n{screen}");
    if matches!(mode, Mode::List | Mode::Detail) {
        assert!(footer.contains("? ") && footer.contains("q "), "{footer}");
    }
}

#[test]
fn the_help_has_every_key_and_why_it_does_nothing() {
    let mut app = App::demo(En, (60, 15), today());
    app.press("4").go(id("N-2026-0007")).press("?");
    let mut seen = String::new();
    for _ in 0..80 {
        seen.push_str(&app.screen());
        app.press("j");
    }
    for binding in keymap::bindings(Mode::List) {
        let words = app.model.texts.get(binding.help);
        let words: Vec<&str> = words.split_whitespace().take(3).collect();
        assert!(seen.contains(&words.join(" ")), "{:?}", binding.keys);
    }
    assert!(seen.contains("is not a recording"));
    // The last row is reached with the keys the help takes, and everything closes it.
    for keys in ["G", "<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>"] {
        app.press("g").press(keys);
        assert!(app.screen().contains("Ctrl-z"), "{keys}:\n{}", app.screen());
    }
    for key in ["<esc>", "?", "q", "<enter>", "<c-c>"] {
        app.press(key);
        assert!(app.model.dialogs.is_empty() && !app.model.quit, "{key}");
        app.press("?");
    }
}

/// Key strings that lead from the demo to a place where something works, for every mode.
const PLACES: &[(Mode, &str)] = &[
    (Mode::List, "2"),
    (Mode::List, "2jjjjjjjjjjj"),
    (Mode::List, "2G"),
    (Mode::List, "3"),
    (Mode::List, "3C"),
    (Mode::List, "3jjj"),
    (Mode::List, "2jjjjjjjjjjjjjjjj<space>"),
    (Mode::List, "4oa<c-s>u"),
    (Mode::List, "2S<left><left><c-s>"),
    (Mode::Detail, "2S<left><left><c-s><enter>"),
    (Mode::Detail, "2jjjjjjjjjjj<enter>jjjjjjjjjjjjjj"),
    (Mode::Detail, "2jjjjjjjjjjjjj<enter>jjjjjjjjjjjjjj"),
    (Mode::Detail, "2G<enter>j"),
    (Mode::Detail, "3<enter>jjjjjjjjjjjjjj"),
    (Mode::Detail, "4oa<c-s>u<enter>j"),
    (Mode::Search, "2/e<down>"),
    (Mode::Form, "2n"),
    (Mode::Form, "2o"),
    (Mode::Form, "2n<right>"),
    (Mode::Confirm, "3r"),
    (Mode::Picker, "2y<down>"),
    (Mode::Help, "2?j"),
    (Mode::Palette, "2:<down>"),
    (Mode::List, "2jjjjjjJ<enter><esc>"),
    (Mode::Detail, "2jjjjjjJ<enter>"),
    (Mode::Report, "Rj"),
    (Mode::Report, "Rlh"),
    (Mode::Report, "Rl"),
];

fn event(key: &str) -> KeyEvent {
    let (modifiers, name) = match key.strip_prefix("Ctrl-") {
        Some(rest) => (KeyModifiers::CONTROL, rest),
        None => (KeyModifiers::NONE, key),
    };
    let code = match name {
        "Space" => KeyCode::Char(' '),
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Shift-Tab" => KeyCode::BackTab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "Backspace" => KeyCode::Backspace,
        letter => KeyCode::Char(letter.chars().next().unwrap()),
    };
    KeyEvent::new(code, modifiers)
}

#[test]
fn every_action_of_the_table_can_be_reached_and_does_something() {
    let mut missing = Vec::new();
    for binding in BINDINGS {
        for mode in binding.modes {
            for key in binding.keys {
                let key_event = normalise(event(key));
                let found = Keys::default()
                    .lookup(*mode, key_event)
                    .map(|found| found.action);
                assert_eq!(found, Some(binding.action), "{mode:?} {key}");
            }
            let key = event(binding.keys[0]);
            let places = PLACES.iter().filter(|(place, _)| place == mode);
            let does_something = |keys: &str| {
                let mut app = App::demo(En, SMALL, today());
                app.press(keys);
                assert_eq!(app.model.mode(), *mode, "{keys}: {}", app.screen());
                let works = keymap::enabled(binding.action, &app.model).is_ok();
                let before = state(&app);
                app.key(key);
                works && state(&app) != before
            };
            let reached = places.map(|(_, keys)| *keys).any(does_something);
            if !reached {
                missing.push((mode, binding.action));
            }
        }
    }
    assert_eq!(missing, Vec::<(&Mode, Action)>::new());
}

/// Everything a key can have an effect on.
fn state(app: &App) -> (String, usize, usize, bool, bool, usize) {
    let model = &app.model;
    (
        app.screen() + &app.styles() + &model.tab.index().to_string(),
        app.copied.len() + app.edited.len(),
        app.suspended,
        model.quit,
        model.hidden,
        app.explained,
    )
}

/// Keys of the owner's do what those of the table did, wherever keys are named; one that cannot be used is told at once.
#[test]
fn keys_of_the_owners_work_and_bad_ones_are_told_together() {
    const OWN: &[(&str, &[&str])] = &[
        ("note", &["ctrl-n", "N"]),
        ("letter", &["o"]),
        ("resolve", &["q"]),
        ("nonsense", &["x"]),
        ("undo", &["Strg-z"]),
    ];
    let start = Start {
        keys: OWN,
        ..Start::new(En, SMALL, today())
    };
    let mut app = start.demo();
    let told = app.notice();
    for part in [
        "resolve: q is used by quit already",
        "nonsense is no name of anything",
        "undo: Strg-z is no key",
        "Those of the table hold",
    ] {
        assert!(told.contains(part), "{told}");
    }
    app.press("2N").shows(&["Note – R-2026-0013"]);
    app.press("<esc><c-n>").shows(&["Note – R-2026-0013"]);
    app.press("<esc>o").shows(&["Letter for R-2026-0013"]);
    app.press("<esc>t");
    assert!(
        app.notice().contains("The key t does nothing here"),
        "{}",
        app.notice()
    );
    app.press("r").shows(&["Close – R-2026-0013"]);
    app.resize((120, 40)).press("<esc>").shows(&["o letter"]);
    app.press("?").shows(&["Ctrl-n N"]);
    app.press("<esc>:").type_text("letter choose");
    let line = app.line_with("Letter: choose");
    assert!(line.contains(" o │"), "{line}");
}
