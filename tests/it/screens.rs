//! Every screen as text.
//!
//! The pictures lie in `snapshots/`; `INSTA_UPDATE=always cargo test --test it screens` writes them anew, and the
//! difference is what the owner will see.

use std::collections::BTreeSet;

use indsigt::domain::item::Item;
use indsigt::i18n::Language::{self, Da, En};
use indsigt::ops::queries::{Card, ListQuery, Which};
use indsigt::store::Scope;
use insta::assert_snapshot;

use crate::app::{App, LARGE, SMALL, Start, id, today};

const SMALLEST: (u16, u16) = (60, 15);
const LARGEST: (u16, u16) = (200, 60);
const SIZES: [(u16, u16); 4] = [SMALLEST, SMALL, LARGE, LARGEST];
const LANGUAGES: [Language; 2] = [Da, En];
const TABS: [(&str, &str); 5] = [
    ("1", "today"),
    ("2", "requests"),
    ("3", "recordings"),
    ("4", "newsletter"),
    ("5", "history"),
];

/// Takes a picture, which must have all its texts.
#[track_caller]
pub(crate) fn picture(name: &str, app: &App) {
    let screen = app.screen();
    assert!(!screen.contains('⟦'), "a text is missing:\n{screen}");
    let (width, height) = app.model.size;
    let code = app.model.texts.language().code();
    assert_snapshot!(format!("{name}_{code}_{width}x{height}"), screen);
}

/// The demo in both languages and sizes.
fn each(mut take: impl FnMut(App)) {
    for language in LANGUAGES {
        for size in SIZES {
            take(App::demo(language, size, today()));
        }
    }
}

/// The demo in both languages on the owner's small terminal, and on one that is smaller still.
fn each_small(mut take: impl FnMut(App)) {
    for language in LANGUAGES {
        for size in [SMALLEST, SMALL] {
            take(App::demo(language, size, today()));
        }
    }
}

#[test]
fn tabs() {
    each(|mut app| {
        for (key, name) in TABS {
            app.press(key);
            picture(&format!("tab_{name}"), &app);
        }
    });
}

#[test]
fn empty_tabs() {
    for language in LANGUAGES {
        let mut app = App::empty(language, SMALL, today());
        for (key, name) in TABS {
            app.press(key);
            picture(&format!("empty_{name}"), &app);
        }
    }
}

#[test]
fn the_smallest_screen() {
    for language in LANGUAGES {
        let mut app = App::demo(language, SMALLEST, today());
        for (key, name) in TABS {
            app.press(key);
            picture(&format!("tab_{name}"), &app);
        }
        app.press("2<enter>");
        picture("detail_overdue", &app);
        app.press("n");
        picture("form_new_request", &app);
        app.press("<esc><esc>").go(id("R-2026-0023")).press("x");
        picture("form_reject", &app);
        app.press("<tab>");
        picture("form_reject_facts", &app);
        app.press("<esc>?");
        picture("help", &app);
    }
}

#[test]
fn too_small_a_screen_says_so() {
    for language in LANGUAGES {
        let mut app = App::demo(language, SMALL, today());
        app.resize((20, 5));
        picture("too_small", &app);
        // What a key would hit cannot be seen: nothing happens but leaving.
        app.press("j<space>r<enter>n");
        picture("too_small", &app);
        app.resize((59, 15)).shows(&["60×15"]);
        app.resize((60, 14)).shows(&["60×15"]);
        app.resize((1, 1)).screen();
        app.press("q");
        assert!(app.model.quit);
    }
}

#[test]
fn details() {
    each(|mut app| {
        for (tab, of, name) in [
            ("2", "R-2026-0013", "overdue"),
            ("2", "R-2026-0024", "conflict"),
            ("2", "R-2026-0023", "repeat"),
            ("2", "R-2026-0009", "extended"),
            ("2", "R-2026-0026", "identity"),
            ("2", "R-2026-0012", "rejected"),
            ("3", "V-2026-0008", "recording"),
            ("3", "V-2026-0003", "agreement"),
            ("4", "N-2026-0005", "optout"),
        ] {
            app.press(tab).go(id(of)).press("<enter>");
            picture(&format!("detail_{name}"), &app);
            app.press("<esc>");
        }
        app.press("2")
            .go(id("R-2026-0024"))
            .press("<enter>")
            .press("G");
        picture("detail_end", &app);
    });
}

#[test]
fn forms() {
    each_small(|mut app| {
        for (tab, of, key, name) in [
            ("2", "R-2026-0013", "n", "new_request"),
            ("3", "V-2026-0005", "n", "new_recording"),
            ("4", "N-2026-0005", "n", "new_optout"),
            ("2", "R-2026-0013", "o", "note"),
            ("2", "R-2026-0019", "r", "resolve"),
            ("2", "R-2026-0013", "r", "resolve_open_tasks"),
            ("2", "R-2026-0023", "x", "reject"),
            ("2", "R-2026-0013", "a", "add_task"),
            ("2", "R-2026-0013", "e", "export"),
            ("3", "V-2026-0009", "l", "link_sent"),
            ("3", "V-2026-0005", "w", "agreement"),
            ("2", "R-2026-0025", "d", "extension"),
            ("2", "R-2026-0025", "i", "ask_identity"),
            ("2", "R-2026-0026", "i", "confirm_identity"),
            ("2", "R-2026-0012", "b", "reopen"),
        ] {
            app.press(tab).go(id(of)).press(key);
            assert!(!app.model.dialogs.is_empty(), "{key}: {}", app.notice());
            picture(&format!("form_{name}"), &app);
            app.press("<esc>");
        }
        app.press("2").go(id("R-2026-0013")).press("<enter>");
        app.go_to_line("Kajabi").press("<enter>");
        picture("form_task", &app);
    });
}

#[test]
fn forms_on_a_large_screen() {
    let mut app = App::demo(Da, LARGE, today());
    for (of, key, name) in [
        ("R-2026-0013", "n", "new_request"),
        ("R-2026-0023", "x", "reject"),
    ] {
        app.press("2").go(id(of)).press(key);
        picture(&format!("form_{name}"), &app);
        app.press("<esc>");
    }
}

#[test]
fn a_form_that_is_filled_in_and_refused() {
    each_small(|mut app| {
        app.press("2").go(id("R-2026-0023")).press("x<tab>");
        app.paste("Hun spørger hele tiden, og det er alt for meget arbejde at finde alt frem igen og igen.");
        app.press("<c-s>");
        picture("form_reject_refused", &app);
        app.press("<esc>n<tab><tab>").paste("ikke en adresse");
        app.press("<tab><bs><bs>99<c-s>");
        picture("form_bad_date", &app);
    });
}

#[test]
fn a_ground_that_covers_only_a_part() {
    for size in [SMALLEST, SMALL] {
        for language in LANGUAGES {
            let mut app = App::demo(language, size, today());
            app.press("2").go(id("R-2026-0023")).press("x");
            app.press("<right><right><right><right><tab>");
            picture("form_reject_partial", &app);
            app.press("<tab>")
                .type_text("Hendes gruppe er med på videoen.");
            app.press("<c-s>");
            picture("form_resolve_partly", &app);
        }
    }
}

#[test]
fn questions_and_choices() {
    each_small(|mut app| {
        app.press("3").go(id("V-2026-0005")).press("r");
        picture("confirm_recording", &app);
        app.press("<esc>4").go(id("N-2026-0007")).press("r");
        picture("confirm_optout", &app);
        app.press("<esc>2").go(id("R-2026-0019"));
        app.press("<space>").go(id("R-2026-0025")).press("<space>r");
        picture("confirm_several", &app);
        app.press("<esc><esc>u");
        picture("confirm_undo", &app);
        app.press("<esc>").go(id("R-2026-0009")).press("y");
        picture("picker", &app);
    });
}

#[test]
fn help() {
    each(|mut app| {
        app.press("2?");
        picture("help", &app);
        app.press("<esc><enter>?");
        picture("help_detail", &app);
    });
}

#[test]
fn searching() {
    each_small(|mut app| {
        app.press("2/aase");
        picture("search", &app);
        app.press("xyz");
        picture("search_nothing", &app);
        app.press("<bs><bs><bs><enter>");
        picture("search_kept", &app);
    });
}

#[test]
fn what_is_told() {
    each_small(|mut app| {
        app.press("2").go(id("R-2026-0013")).press("o");
        app.type_text("Ringede.").press("<c-s>");
        picture("told_done", &app);
        app.press("Q");
        picture("told_unknown_key", &app);
        app.go(id("R-2026-0020")).press("x");
        picture("told_refused", &app);
        app.go(id("R-2026-0013")).press("<space>");
        picture("marked", &app);
    });
}

#[test]
fn read_only() {
    for language in LANGUAGES {
        let mut start = Start::new(language, SMALL, today());
        start.read_only = true;
        let mut app = start.demo();
        picture("read_only", &app);
        for key in [
            "r",
            "n",
            "o",
            "u",
            "<c-r>",
            "x",
            "d",
            "i",
            "a",
            "l",
            "w",
            "b",
            "<enter><space>",
        ] {
            app.press(key);
            assert!(app.notice().contains("--read-only"), "{key}");
            assert!(app.model.dialogs.is_empty(), "{key}");
        }
        app.press("<esc>?");
        picture("read_only_help", &app);
        assert!(app.history().iter().all(|entry| entry.via.word() != "tui"));
    }
}

#[test]
fn colours_and_their_absence() {
    let app = App::demo(En, SMALL, today());
    assert_snapshot!("styles_colour", app.styles());
    let mut start = Start::new(En, SMALL, today());
    start.color = false;
    let mut app = start.demo();
    assert_snapshot!("styles_no_colour", app.styles());
    let words = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "gray", "white", "indexed",
        "rgb",
    ];
    for keys in [
        "1", "2", "3", "4", "5", "2<enter>", "r", "<esc>?", "<esc>x", "<esc>n", "<esc>y",
    ] {
        app.press(keys);
        let styles = app.styles();
        for word in words {
            let colored = styles.split_whitespace().any(|one| one == word);
            assert!(!colored, "{keys}: {word} in\n{styles}");
        }
    }
    // The same words are on both screens: nothing is said by colour alone.
    let colored = App::demo(En, SMALL, today());
    assert_eq!(colored.screen(), start.demo().screen());
}

/// Everything personal in a record.
fn personal(card: &Card) -> BTreeSet<String> {
    let item = &card.item;
    let person = item.person();
    let mut texts: Vec<String> = vec![person.name.clone()];
    texts.extend(person.emails.iter().cloned());
    texts.extend(item.notes().iter().map(|note| note.text.clone()));
    for task in item.tasks() {
        texts.extend(task.note.clone());
        texts.extend(task.url.clone());
        texts.extend(task.title.clone());
    }
    if let Some(closing) = item.closing() {
        texts.extend(closing.note.clone());
        texts.extend(closing.override_reason.clone());
    }
    match item {
        Item::Request(request) => {
            texts.extend(request.subject.clone());
            texts.extend(request.message.clone());
            let rejection = request.rejection.as_ref();
            texts.extend(rejection.map(|rejection| rejection.facts.clone()));
            let extension = request.extension.as_ref();
            texts.extend(extension.map(|extension| extension.reason.clone()));
            if let Some(identity) = &request.identity {
                texts.extend(identity.reason.clone());
                texts.extend(identity.method.clone());
            }
        }
        Item::Recording(recording) => {
            texts.push(recording.title.clone());
            let copies = recording.copies.iter();
            texts.extend(copies.filter_map(|copy| copy.locator.clone()));
            for consent in &recording.consents {
                texts.push(consent.reference.clone());
                texts.push(consent.purpose.clone());
            }
            let agreement = recording.agreement.as_ref();
            texts.extend(agreement.map(|agreement| agreement.reference.clone()));
        }
        Item::Mail(mail) => {
            texts.extend(mail.subject.clone());
            texts.extend(mail.text.clone());
        }
        Item::OptOut(_) => {}
    }
    // The beginning of a line is enough to know it by, and survives narrow columns and broken lines.
    texts
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| line.trim().chars().take(10).collect::<String>())
        // These words are the program's own as well.
        .filter(|text| {
            let own = [
                "Venlig hil",
                "Anmodning ",
                "Anmodninge",
                "Optagelser",
                "WebinarJam",
                "nyhedsbrev",
                "Datatilsyn",
            ];
            text.chars().count() > 7 && !own.contains(&text.as_str())
        })
        .collect()
}

#[test]
fn hidden_personal_data_is_nowhere_on_the_screen() {
    let mut app = App::demo(Da, (150, 80), today());
    let everything = ListQuery {
        which: Which::Any,
        ..ListQuery::open(Scope::Everything)
    };
    let cards = app.other().list(&everything).unwrap().cards;
    let secrets: BTreeSet<String> = cards.iter().flat_map(personal).collect();
    assert!(secrets.len() > 200, "{}", secrets.len());
    let seen = |app: &App| -> Vec<&String> {
        let screen = app.screen();
        secrets
            .iter()
            .filter(|secret| screen.contains(secret.as_str()))
            .collect()
    };
    // Without hiding it is there: the test can see it.
    app.press("2");
    assert!(seen(&app).len() > 20, "{}", app.screen());

    app.press("p");
    for tab in ["1", "2", "3", "4", "5"] {
        app.press(tab);
        assert_eq!(seen(&app), Vec::<&String>::new(), "{tab}");
    }
    for tab in ["2", "3", "4"] {
        app.press(tab).press("g");
        for row in 0..app.model.list().total {
            // Beside the list, and everything that asks about the record.
            for key in ["<enter>", "r", "x", "y"] {
                app.press(key);
                assert_eq!(seen(&app), Vec::<&String>::new(), "{tab}, {row}, {key}");
                if !app.model.dialogs.is_empty() {
                    app.press("<esc>");
                }
            }
            app.press("<esc>j");
        }
    }
    // And back again.
    app.press("2p");
    assert!(seen(&app).len() > 20, "{}", app.screen());
}

#[test]
fn hidden_in_pictures() {
    each_small(|mut app| {
        app.press("p");
        picture("hidden_today", &app);
        app.press("2<enter>");
        picture("hidden_detail", &app);
    });
}
