//! What else the keys do: in the detail, searching, taking back, and the small ones.

use indsigt::i18n::Language::En;
use indsigt::ops::Action as Deed;
use indsigt::tui::msg::Tab;
use serde_json::{Value, json};

use crate::app::{App, SMALL, demo, demo_at, id, today};

// -------------------------------------------------------------------------------------------------------------- detail

#[test]
fn space_ticks_a_task_and_unticks_it() {
    let mut app = demo_at("R-2026-0025");
    app.press("<enter>")
        .go_to_line("Search Zoom")
        .press("<space>");
    let zoom = |app: &App| {
        let json = app.json(id("R-2026-0025"));
        let tasks = json["tasks"].as_array().unwrap().clone();
        tasks.into_iter().find(|task| task["id"] == "zoom").unwrap()
    };
    assert_eq!(zoom(&app)["status"], "done");
    assert_eq!(zoom(&app)["done_on"], "2026-11-23");
    app.shows(&["[x] Search Zoom", "Tasks (2/14)"]);
    app.press("<space>");
    assert_eq!(zoom(&app)["status"], "todo");
    assert_eq!(zoom(&app)["done_on"], Value::Null);
    // On any other line there is nothing to tick.
    app.press("g<space>");
    assert!(app.notice().contains("not on a task"), "{}", app.notice());
}

#[test]
fn enter_on_a_task_asks_for_status_and_note() {
    let mut app = demo_at("R-2026-0025");
    app.press("<enter>")
        .go_to_line("Search Stripe")
        .press("<enter>")
        .shows(&["Search Stripe"]);
    while app.field("status") != "kept" {
        app.press("<right>");
    }
    app.press("<c-s>");
    assert!(
        app.form_error().contains("needs a reason"),
        "{}",
        app.form_error()
    );
    app.press("<tab>")
        .type_text("Bogføringsloven: fem år")
        .press("<c-s>");
    app.shows(&["[=] Search Stripe"]);
    let json = app.json(id("R-2026-0025"));
    let tasks = json["tasks"].as_array().unwrap();
    let task = tasks.iter().find(|task| task["id"] == "stripe").unwrap();
    assert_eq!(
        (&task["status"], &task["note"]),
        (&json!("kept"), &json!("Bogføringsloven: fem år"))
    );
}

#[test]
fn space_takes_a_copy_from_there_to_deleted_to_purged() {
    let mut app = demo_at("V-2026-0004");
    app.press("<enter>").go_to_line("zoom-cloud");
    let status = |app: &App| {
        let json = app.json(id("V-2026-0004"));
        let copies = json["copies"].as_array().unwrap().clone();
        copies
            .into_iter()
            .find(|copy| copy["place"] == "zoom-cloud")
            .unwrap()["status"]
            .clone()
    };
    for wanted in ["deleted", "purged", "present"] {
        app.press("<space>");
        assert_eq!(status(&app), wanted, "{}", app.notice());
    }
}

#[test]
fn the_detail_scrolls_to_its_end() {
    let mut app = App::demo(En, (60, 15), today());
    app.press("2").go(id("R-2026-0024")).press("<enter>");
    for keys in [
        "G",
        "g<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>",
        "g<c-d><c-d><c-d><c-d><c-d><c-d><c-d><c-d><c-d><c-d><c-d><c-d><c-d><c-d>",
    ] {
        app.press(keys).shows(&["Karen-Margrethe Sejersen"]);
        app.press("g").shows(&["R-2026-0024 Access request"]);
    }
    app.press("<esc>");
    assert_eq!(app.selected(), id("R-2026-0024"));
}

// --------------------------------------------------------------------------------------------------- search and filter

#[test]
fn search_folds_letters_and_looks_everywhere() {
    for (tab, text, found) in [
        ("2", "aase baek", "R-2026-0011"),
        ("2", "ÅSE", "R-2026-0011"),
        ("2", "åse bækgaard", "R-2026-0011"),
        ("2", "oestergaard", "R-2026-0015"),
        ("2", "chloe", "R-2026-0018"),
        ("2", "siobhan", "R-2026-0025"),
        ("3", "søndergaard", "V-2026-0005"),
        ("3", "saa svaert", ""),
        ("4", "soerensen", "N-2026-0008"),
        ("1", "birgitte.lund", "R-2025-0001"),
    ] {
        let mut app = demo();
        app.press(tab).press("/").type_text(text);
        let ids: Vec<String> = app
            .model
            .list()
            .cards
            .iter()
            .map(|card| card.item.id().to_string())
            .collect();
        let wanted: Vec<&str> = [found]
            .into_iter()
            .filter(|found| !found.is_empty())
            .collect();
        assert_eq!(ids, wanted, "{tab}/{text}");
        app.press("<esc>");
        assert!(app.model.list().total > 5 && !app.model.searching);
    }
}

#[test]
fn a_kept_search_stays_until_esc() {
    let mut app = demo();
    app.press("2/torben<enter>");
    let found = app.model.list().total;
    assert_eq!(found, 2);
    // Letters are keys again.
    app.press("j");
    assert!(app.screen().contains("/torben"));
    app.press("1")
        .lacks(&["/torben"])
        .press("2")
        .shows(&["/torben"]);
    app.press("<esc>").lacks(&["/torben"]);
    assert_eq!(app.model.list().total, 33);
}

#[test]
fn what_was_closed_in_a_search_stays_findable() {
    let mut app = demo_at("R-2026-0019");
    app.press("/bodil<enter>r<c-s>");
    assert_eq!(app.model.list().total, 1);
    assert_eq!(app.selected(), id("R-2026-0019"));
}

// ------------------------------------------------------------------------------------------------------- undo and redo

#[test]
fn u_takes_back_and_ctrl_r_does_again() {
    let mut app = demo_at("R-2026-0019");
    app.press("r<c-s>");
    assert_eq!(app.json(id("R-2026-0019"))["status"], "closed");
    app.press("u");
    assert!(app.notice().contains("R-2026-0019"), "{}", app.notice());
    assert_eq!(app.json(id("R-2026-0019"))["status"], "ready");
    app.press("<c-r>");
    assert_eq!(app.json(id("R-2026-0019"))["status"], "closed");
    app.press("<c-r>");
    assert!(app.notice().contains("nothing to redo"), "{}", app.notice());
    // Nothing is ever taken out of the history.
    let events = app.events(id("R-2026-0019"));
    assert_eq!(events[events.len() - 3..], ["resolved", "undone", "redone"]);
}

#[test]
fn u_asks_before_it_takes_back_what_somebody_else_did() {
    let mut app = demo_at("R-2026-0019");
    app.other_does(id("R-2026-0025"), Deed::Note("fra kommandolinjen".into()));
    app.press("u")
        .shows(&["not made here", "R-2026-0025", "command"]);
    app.press("n");
    assert_eq!(app.events(id("R-2026-0025")).last().unwrap(), "noted");
    app.press("uy");
    assert_eq!(app.events(id("R-2026-0025")).last().unwrap(), "undone");
}

#[test]
fn u_with_nothing_to_undo_says_so() {
    let mut app = App::empty(En, SMALL, today());
    app.press("u");
    assert!(app.notice().contains("nothing to undo"), "{}", app.notice());
    app.press("4n").type_text("a@example.dk").press("<c-s>u");
    assert_eq!(app.model.list().total, 0);
    assert!(app.model.selected().is_none());
}

// ------------------------------------------------------------------------------------------------------ the other keys

#[test]
fn o_adds_a_note_even_to_what_is_closed() {
    for record in ["R-2026-0012", "V-2026-0001", "N-2026-0007"] {
        let mut app = demo_at(record);
        app.press("o")
            .type_text("Første")
            .press("<enter>")
            .type_text("Anden")
            .press("<c-s>");
        let json = app.json(id(record));
        let notes = json["notes"].as_array().unwrap();
        assert_eq!(notes.last().unwrap()["text"], "Første\nAnden", "{record}");
    }
}

#[test]
fn l_starts_the_twenty_eight_days() {
    let mut app = demo_at("V-2026-0009");
    app.press("l")
        .press("<tab>")
        .type_text("2027-01-31")
        .press("<c-s>");
    let json = app.json(id("V-2026-0009"));
    assert_eq!(
        (&json["link_sent_on"], &json["due"]),
        (&json!("2026-11-23"), &json!("2026-12-21"))
    );
    // The link works longer than the recording is kept.
    assert!(app.notice().contains("works longer"), "{}", app.notice());
    assert_eq!(app.selected(), id("V-2026-0009"));
}

#[test]
fn w_needs_date_reference_and_agreement() {
    let mut app = demo_at("V-2026-0005");
    app.press("w<c-s>").shows(&["There is no such date"]);
    app.type_text("31.03.2027").press("<c-s>");
    assert!(
        app.form_error().contains("where the agreement"),
        "{}",
        app.form_error()
    );
    app.press("<tab><tab>")
        .type_text("Mail af 20. november")
        .press("<enter>");
    let json = app.json(id("V-2026-0005"));
    assert_eq!(
        json["agreement"],
        json!({"until": "2027-03-31", "agreed_on": "2026-11-23", "reference": "Mail af 20. november"})
    );
}

#[test]
fn d_extends_once_and_only_with_a_reason() {
    let mut app = demo_at("R-2026-0025");
    app.press("d<c-s>");
    assert!(!app.form_error().is_empty());
    app.type_text("Anmodningen omfatter 61 sessioner hos to tjenester, som skal ses igennem.")
        .press("<c-s>");
    let json = app.json(id("R-2026-0025"));
    assert_eq!(
        json["extension"]["until"],
        "2027-02-15",
        "{}",
        app.form_error()
    );
    app.press("d");
    assert!(app.notice().contains("extended"), "{}", app.notice());
}

#[test]
fn i_asks_for_identity_and_then_confirms_it() {
    let mut app = demo_at("R-2026-0025");
    app.press("i")
        .shows(&["Ask for proof of identity"])
        .type_text("Ukendt adresse")
        .press("<c-s>");
    assert_eq!(app.json(id("R-2026-0025"))["status"], "awaiting-identity");
    app.press("i")
        .shows(&["Identity confirmed"])
        .type_text("Svar fra den kendte adresse")
        .press("<c-s>");
    let json = app.json(id("R-2026-0025"));
    assert_ne!(json["status"], "awaiting-identity");
    assert_eq!(json["identity"]["method"], "Svar fra den kendte adresse");
}

#[test]
fn a_adds_a_task() {
    let mut app = demo_at("R-2026-0022");
    app.press("a<c-s>");
    assert!(app.form_error().contains("title"), "{}", app.form_error());
    app.type_text("Sløret navn")
        .press("<tab>")
        .type_text("YouTube")
        .press("<tab>");
    app.type_text("https://youtube.example/x")
        .press("<tab>")
        .type_text("01:02, 03:04")
        .press("<enter>");
    let json = app.json(id("R-2026-0022"));
    let task = json["tasks"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&task["title"], &task["place"], &task["at"]),
        (
            &json!("Sløret navn"),
            &json!("YouTube"),
            &json!(["01:02", "03:04"])
        )
    );
}

#[test]
fn b_opens_again_and_needs_a_reason() {
    let mut app = demo_at("R-2026-0012");
    app.press("b<c-s>");
    assert!(
        app.form_error().contains("a reason"),
        "{}",
        app.form_error()
    );
    app.type_text("Han har ret").press("<c-s>");
    let json = app.json(id("R-2026-0012"));
    assert_ne!(json["status"], "closed");
    assert_eq!(app.selected(), id("R-2026-0012"));
    app.press("b");
    assert!(app.notice().contains("not closed"), "{}", app.notice());
}

#[test]
fn y_copies_what_is_chosen() {
    let mut app = demo_at("R-2026-0009");
    app.press("y<enter>y<down><enter>yjj<enter>yjjjjjj<enter>y<esc>yq");
    assert_eq!(
        app.copied[..3],
        [
            "R-2026-0009",
            "rikke@vestergaardholm.example",
            "rvh@example.dk"
        ]
    );
    // The whole message, not the line that is shown of it.
    assert!(app.copied[3].lines().count() > 3, "{:?}", app.copied[3]);
    assert_eq!(app.copied.len(), 4);
    assert!(app.notice().contains("Copied") || app.notice().is_empty());
}

#[test]
fn enter_in_the_history_goes_to_the_record() {
    let mut app = demo();
    app.press("5jjj<enter>");
    assert_eq!(
        (app.model.tab, app.selected()),
        (Tab::Requests, id("R-2026-0030"))
    );
    app.press("<esc>");
    assert_eq!(app.model.list().total, 33);
    // What is about a record says where it works instead.
    app.press("5r");
    assert!(app.notice().contains("history"), "{}", app.notice());
}

#[test]
fn c_z_stops_and_q_leaves() {
    let mut app = demo();
    app.press("<c-z>");
    assert_eq!(app.suspended, 1);
    for keys in ["q", "<c-c>", "2<enter>q", "2<enter><c-c>"] {
        let mut app = demo();
        app.press(keys);
        assert!(app.model.quit, "{keys}");
    }
    // In a form both are text, or the way back.
    let mut app = demo_at("R-2026-0025");
    app.press("oq<c-c>");
    assert!(!app.model.quit && app.model.dialogs.is_empty());
}

#[test]
fn wrong_keys_say_so() {
    let mut app = demo();
    for (keys, name) in [
        ("Q", "Q"),
        ("æ", "æ"),
        ("<c-x>", "Ctrl-x"),
        ("2<enter>/", "/"),
        ("f", "f"),
        ("<left>", "Left"),
        ("<f1>", "F1"),
        ("<a-r>", "Alt-r"),
        ("<del>", "Delete"),
    ] {
        app.press(keys);
        assert!(
            app.notice()
                .contains(&format!("The key {name} does nothing here")),
            "{keys}: {}",
            app.notice()
        );
    }
    // On nothing.
    let mut app = App::empty(En, SMALL, today());
    for key in [
        "r", "x", "o", "l", "w", "d", "i", "a", "b", "y", "<space>", "<enter>",
    ] {
        app.press(key);
        assert!(
            app.notice().contains("nothing under the cursor"),
            "{key}: {}",
            app.notice()
        );
    }
    // For the wrong kind of record.
    for (record, keys) in [
        ("R-2026-0025", "lw"),
        ("V-2026-0005", "dixa"),
        ("N-2026-0007", "lwdix"),
    ] {
        let mut app = demo_at(record);
        for key in keys.chars() {
            app.press(&key.to_string());
            assert!(
                app.notice().contains(record),
                "{record} {key}: {}",
                app.notice()
            );
            assert!(app.model.dialogs.is_empty(), "{record} {key}");
        }
    }
}

#[test]
fn one_letter_becomes_two_cases() {
    let mut app = demo_at("R-2026-0024");
    app.press("S").shows(&["Another case of the same letter"]);
    app.press("<c-s>");
    let second = app.model.selected().unwrap().item.id();
    let json = app.json(second);
    assert_eq!(json["kind"], "erasure");
    assert_eq!(
        json["received_on"],
        app.json(id("R-2026-0024"))["received_on"]
    );
}

#[test]
fn a_reminder_goes_into_the_case_it_reminds_of() {
    let mut app = demo_at("R-2026-0024");
    app.press("M");
    assert!(
        app.notice().contains("no other open request"),
        "{}",
        app.notice()
    );
    app.press("S").press("<left><left><c-s>");
    assert_eq!(
        app.json(app.model.selected().unwrap().item.id())["kind"],
        "access"
    );
    app.press("M").shows(&["R-2026-0024"]).press("<c-s>");
    let closed = app.json(id("R-2026-0032"));
    assert_eq!(closed["closing"]["duplicate_of"], "R-2026-0024");
}

#[test]
fn erasing_can_be_put_off_and_let_go_again() {
    let mut app = demo_at("R-2026-0014");
    app.press("H")
        .type_text("Sagen er hos Datatilsynet")
        .press("<tab>")
        .type_text("2027-03-01")
        .press("<c-s>");
    assert_eq!(
        app.json(id("R-2026-0014"))["hold"]["review_on"],
        "2027-03-01"
    );
    app.press("H");
    assert!(app.json(id("R-2026-0014"))["hold"].is_null());
}
