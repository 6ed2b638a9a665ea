//! Nothing is ever lost: changes made by others, a busy store, keys typed ahead, lists that move.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::PathBuf;

use chrono::Days;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use indsigt::domain::conduct::Resolution;
use indsigt::domain::opt_out::Source;
use indsigt::domain::task::TaskStatus;
use indsigt::i18n::Language::{Da, En};
use indsigt::ops::add::NewOptOut;
use indsigt::ops::{Action as Deed, Op};
use indsigt::tui::input::Input;
use indsigt::tui::msg::{Effect, Msg};

use crate::app::{App, LARGE, SMALL, demo, demo_at, id, today};

// ------------------------------------------------------------------------------------------------- nothing is ever lost

#[test]
fn a_paste_is_cleaned_and_never_pressed() {
    let mut app = demo();
    app.paste("q\rrx");
    assert!(!app.model.quit && app.model.dialogs.is_empty());
    app.press("2").go(id("R-2026-0025")).press("o");
    app.paste("a\u{1b}[31mb\r\nc\u{202e}\u{7}").press("<c-s>");
    let json = app.json(id("R-2026-0025"));
    assert_eq!(
        json["notes"].as_array().unwrap().last().unwrap()["text"],
        "a[31mb\nc"
    );
    app.press("/").paste("siob\nhan\u{1b}");
    assert!(!app.screen().contains('\u{1b}'));
}

#[test]
fn what_somebody_else_changed_meanwhile_is_not_written_over() {
    let record = id("R-2026-0019");
    let mut app = demo_at("R-2026-0019");
    app.press("r<tab>").type_text("min note");
    app.other_does(record, Deed::Note("fra et andet vindue".into()));
    app.press("<c-s>");
    assert!(
        app.form_error()
            .contains("changed meanwhile: note added today at 9:30 (command)"),
        "{}",
        app.form_error()
    );
    app.shows(&["min note"]);
    assert_eq!(app.field("note"), "min note");
    assert_eq!(app.json(record)["status"], "ready");
    app.shows(&["Ctrl-s saves all the same"]);
    // What is behind the form is what there is now; left and opened again, it says so.
    let seen = app.model.selected().unwrap().item.notes().last().unwrap();
    assert_eq!(seen.text, "fra et andet vindue");
    // Twice in between: all of it is told.
    app.other_does(record, Deed::Note("og en til".into()));
    app.other_does(
        record,
        Deed::Hold {
            reason: "sag".into(),
            review_on: today(),
        },
    );
    app.press("<c-s>")
        .shows(&["note added today at 9:30 (command), put on hold today at 9:30 (command)."]);
    // Saved again, it goes through, against what there is now.
    app.press("<c-s>");
    assert_eq!(app.json(record)["closing"]["note"], "min note");
}

#[test]
fn a_detail_that_is_out_of_date_is_not_acted_on() {
    let record = id("R-2026-0025");
    let mut app = demo_at("R-2026-0025");
    app.press("<enter>").go_to_line("Search Zoom");
    let status = TaskStatus::NothingHeld;
    app.other_does(
        record,
        Deed::SetTask {
            task: "zoom".into(),
            status,
            note: None,
            follow_up_on: None,
        },
    );
    app.press("<space>");
    assert!(
        app.notice()
            .contains("changed meanwhile: task changed today at 9:30 (command)"),
        "{}",
        app.notice()
    );
    // The screen has what is there now, and the key works again.
    app.shows(&["[0] Search Zoom"])
        .press("<space>")
        .shows(&["[ ] Search Zoom"]);
}

#[test]
fn a_confirmation_that_is_out_of_date_closes_nothing() {
    let mut app = demo_at("V-2026-0005");
    app.press("r");
    app.other_does(
        id("V-2026-0005"),
        Deed::Note("aftalt at beholde den".into()),
    );
    app.press("y");
    assert!(
        app.notice()
            .contains("changed meanwhile: note added today at 9:30 (command)"),
        "{}",
        app.notice()
    );
    assert_eq!(app.json(id("V-2026-0005"))["status"], "open");
}

#[test]
fn of_several_none_is_closed_when_one_was_changed() {
    let mut app = demo();
    app.press("4")
        .go(id("N-2026-0006"))
        .press("<space><space>r");
    app.other_does(id("N-2026-0007"), Deed::Note("x".into()));
    app.press("y");
    for record in ["N-2026-0006", "N-2026-0007"] {
        assert_eq!(app.json(id(record))["status"], "open");
    }
}

#[test]
fn a_busy_store_keeps_the_form_and_its_text() {
    let mut app = demo_at("R-2026-0025");
    app.press("o").type_text("vigtigt");
    let mut name = app.store_path().into_os_string();
    name.push(".lock");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(PathBuf::from(name))
        .unwrap();
    lock.lock().unwrap();
    app.press("<c-s>");
    assert!(
        app.form_error().contains("in use by another program"),
        "{}",
        app.form_error()
    );
    assert_eq!(app.field("text"), "vigtigt");
    app.shows(&["vigtigt", "Try again in a moment"]);
    lock.unlock().unwrap();
    app.press("<c-s>");
    let json = app.json(id("R-2026-0025"));
    assert_eq!(
        json["notes"].as_array().unwrap().last().unwrap()["text"],
        "vigtigt"
    );
}

#[test]
fn rows_that_could_not_be_read_are_asked_for_again() {
    let mut app = demo();
    app.press("2");
    app.other_does(id("R-2026-0025"), Deed::Note("x".into()));
    let mut name = app.store_path().into_os_string();
    name.push(".lock");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(PathBuf::from(name))
        .unwrap();
    lock.lock().unwrap();
    app.tick();
    assert!(app.notice().contains("in use"), "{}", app.notice());
    // What was there is still on the screen.
    app.shows(&["Siobhán"]);
    lock.unlock().unwrap();
    app.tick();
    let card = app
        .model
        .list()
        .cards
        .iter()
        .find(|card| card.item.id() == id("R-2026-0025"));
    assert!(
        card.unwrap()
            .item
            .notes()
            .iter()
            .any(|note| note.text == "x")
    );
}

#[test]
fn what_is_said_when_a_form_is_refused_is_seen_on_the_smallest_screen() {
    for field in ["", "<tab>", "<tab><tab>"] {
        let mut app = App::demo(En, (60, 15), today());
        app.press("2")
            .go(id("R-2026-0023"))
            .press("x<tab>")
            .type_text("meget arbejde")
            .press("<s-tab>");
        app.press(field)
            .press("<c-s>")
            .shows(&["What is named is no ground for refusing"]);
    }
}

#[test]
fn keys_typed_ahead_do_not_act_twice() {
    let mut app = demo_at("R-2026-0025");
    app.press("<enter>").go_to_line("Search Zoom");
    let space = || {
        Msg::Input(Input::Key(KeyEvent::new(
            KeyCode::Char(' '),
            KeyModifiers::NONE,
        )))
    };
    let first = app.send_only(space());
    let second = app.send_only(space());
    assert_eq!((first.len(), second.len()), (1, 0));
    // The second waits for what the first did, and then takes it back: two keys, two changes, in their order.
    app.perform(first);
    app.shows(&["[ ] Search Zoom"]);
    // A form that is being saved takes no more keys.
    app.press("o").type_text("a");
    let save = || {
        Msg::Input(Input::Key(KeyEvent::new(
            KeyCode::Char('s'),
            KeyModifiers::CONTROL,
        )))
    };
    let saving = app.send_only(save());
    assert!(
        matches!(saving.as_slice(), [Effect::Finish(Op::Act(..), _)]),
        "{saving:?}"
    );
    app.shows(&["Saving"]);
    assert!(app.send_only(save()).is_empty());
    app.type_text("bc");
    assert_eq!(app.field("text"), "a");
    app.perform(saving);
    assert!(app.model.dialogs.is_empty());
}

// -------------------------------------------------------------------------------------------------------- a world in motion

#[test]
fn the_cursor_stays_on_its_record_when_the_list_changes() {
    let mut app = demo_at("R-2026-0025");
    let row = app.model.list().cursor;
    // Something more urgent comes in above it.
    app.other_does(id("R-2026-0012"), Deed::Reopen("fejl".into()));
    app.tick();
    assert_eq!(app.selected(), id("R-2026-0025"));
    assert_eq!(app.model.list().cursor, row + 1);
    // And in the detail it is still what one reads.
    app.press("<enter>");
    app.other_does(id("R-2026-0019"), Deed::Resolve(Resolution::default()));
    app.tick().shows(&["R-2026-0025 Access request"]);
    assert!(app.model.in_detail);
}

#[test]
fn a_record_that_leaves_the_list_takes_its_detail_along() {
    let mut app = demo();
    app.press("1").go(id("V-2026-0005")).press("<enter>");
    app.other_does(id("V-2026-0005"), Deed::Resolve(Resolution::default()));
    app.tick();
    assert!(!app.model.in_detail);
    app.lacks(&["V-2026-0005"]);
}

#[test]
fn nothing_is_asked_for_while_nothing_has_changed() {
    let mut app = demo();
    let asked = app.model.requests;
    app.tick().tick();
    assert_eq!(app.model.requests, asked);
}

#[test]
fn midnight_moves_the_days() {
    let mut app = demo();
    app.shows(&["V-2026-0005", "0 d"]);
    app.set_today(today().checked_add_days(Days::new(1)).unwrap());
    app.tick();
    assert!(
        app.line_with("V-2026-0005").contains("!!"),
        "{}",
        app.screen()
    );
    assert!(app.line_with("V-2026-0005").contains("-1 d"));
}

#[test]
fn a_list_of_a_thousand_is_walked_from_end_to_end() {
    let mut app = App::empty(Da, SMALL, today());
    let path = app.folder().join("afmeldte.csv");
    let mut table = "email,unsubscribed\n".to_owned();
    for number in 1..=1000 {
        writeln!(table, "person{number:04}@example.dk,2026-11-23").unwrap();
    }
    fs::write(&path, table).unwrap();
    let go_on = &mut |_| std::ops::ControlFlow::Continue(());
    let report = app.other().import_opt_outs(&path, false, go_on).unwrap();
    assert_eq!(report.totals().0, 1000);
    app.tick().press("4");
    assert_eq!(app.model.list().total, 1000);
    let first = app.selected();
    app.press("G");
    let last = app.selected();
    app.shows(&[&last.to_string()]);
    assert_ne!(first, last);
    // Every record passes under the cursor once, whatever is held of the list.
    let mut seen = BTreeSet::new();
    for _ in 0..1000 {
        assert!(seen.insert(app.selected()));
        app.press("k");
    }
    assert_eq!((seen.len(), app.selected()), (1000, first));
    app.press("<pgdn><pgdn><c-d><c-u><pgup>").press("G<pgup>");
    assert!(app.model.selected().is_some());
    app.press("g");
    assert_eq!(app.selected(), first);
    // Marks hold across what is read in between.
    app.press("<space>G<space>r").shows(&["2 af 2"]);
    app.press("n<esc>g");
    for _ in 0..40 {
        app.press("<space>");
    }
    app.press("r").shows(&["40 af 40", "… (+22)"]).press("y");
    assert_eq!(app.notice(), "40 sager lukket");
}

#[test]
fn records_of_others_appear_and_are_counted() {
    let mut app = App::empty(En, LARGE, today());
    let new = NewOptOut {
        email: "a@example.dk".into(),
        name: None,
        received_on: None,
        source: Source::Mail,
    };
    app.other().run(&Op::AddOptOut(new)).unwrap();
    app.tick()
        .press("4")
        .shows(&["a@example.dk", "4 Newsletter 1"]);
}
