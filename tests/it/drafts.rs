//! Half-written texts: kept about a second after the last key, offered again, and gone when they are saved.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::path::PathBuf;

use chrono::{Days, NaiveTime};
use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::domain::draft::{DAYS_KEPT, Draft, Place};
use indsigt::i18n::Language::{Da, En};
use indsigt::ops::{Action as Deed, Desk};
use indsigt::store::{Store, Via};
use indsigt::tui::input::{Input, Signal};
use indsigt::tui::msg::{Effect, Msg};

use crate::app::{App, SMALL, Start, demo, demo_at, id, today};

const RECORD: &str = "R-2026-0025";

/// A note half written on [`RECORD`], and a second in which nothing was typed.
fn half_a_note() -> App {
    let mut app = demo_at(RECORD);
    app.press("o").type_text("halvt færdig").tick();
    app
}

/// The place of a note on [`RECORD`].
fn note() -> Place {
    Place {
        form: "note".into(),
        on: Some(id(RECORD)),
        task: None,
    }
}

fn texts(drafts: &[Draft]) -> Vec<&str> {
    let text = |draft: &Draft| draft.fields.iter().position(|(name, _)| name == "text");
    drafts
        .iter()
        .map(|draft| draft.fields[text(draft).unwrap()].1.as_str())
        .collect()
}

fn locked(app: &App) -> File {
    let mut name = app.store_path().into_os_string();
    name.push(".lock");
    let mut options = File::options();
    let lock = options.read(true).write(true);
    let lock = lock.open(PathBuf::from(name)).unwrap();
    lock.lock().unwrap();
    lock
}

// ----------------------------------------------------------------------------------------------------------- kept

#[test]
fn a_text_is_kept_when_a_second_has_passed_and_not_with_every_key() {
    let mut app = demo_at(RECORD);
    let before = app.store_path().metadata().unwrap().modified().unwrap();
    app.press("o").type_text("halvt færdig");
    let after = app.store_path().metadata().unwrap().modified().unwrap();
    assert_eq!(before, after);
    app.tick();
    assert_eq!(texts(&app.drafts()), ["halvt færdig"]);
    // Nothing typed, nothing written; the file is read once more, as it has changed.
    app.tick();
    let stamp = app.store_path().metadata().unwrap().modified().unwrap();
    let asked = app.model.requests;
    app.tick().tick();
    assert_eq!(app.model.requests, asked);
    assert_eq!(
        app.store_path().metadata().unwrap().modified().unwrap(),
        stamp
    );
    app.type_text(" nu").tick();
    assert_eq!(texts(&app.drafts()), ["halvt færdig nu"]);
}

#[test]
fn typing_a_lot_writes_once_a_second() {
    let mut app = demo_at(RECORD);
    app.press("o");
    for _ in 0..10 {
        for letter in "fem hundrede tegn, ".repeat(27).chars().take(500) {
            let key = crossterm::event::KeyCode::Char(letter).into();
            assert_eq!(app.send_only(Msg::Input(Input::Key(key))), []);
        }
        let second = app.send_only(Msg::Tick(today(), app.model.stamp));
        assert!(
            matches!(second.as_slice(), [Effect::KeepDraft(_)]),
            "{second:?}"
        );
        // While the store is at it, another second asks for nothing.
        app.type_text("x");
        assert!(!app.model.has_unkept_text());
        app.perform(second);
    }
    app.tick();
    assert_eq!(texts(&app.drafts())[0].chars().count(), 5010);
}

#[test]
fn it_is_no_change_of_the_record_and_cannot_be_undone() {
    let mut app = demo_at(RECORD);
    let looked = |app: &App| {
        let (generation, undo) = Store::at(app.store_path(), true)
            .read(|view| {
                Ok::<_, indsigt::store::StoreError>((view.generation()?, view.next_undo()?))
            })
            .unwrap();
        (generation, undo, app.history(), app.json(id(RECORD)))
    };
    let before = looked(&app);
    app.press("o").type_text("halvt").tick();
    assert_eq!(app.drafts().len(), 1);
    assert_eq!(looked(&app), before);
}

#[test]
fn it_survives_a_kill_and_is_offered_again() {
    let mut app = half_a_note().killed_and_started_again();
    app.shows(&["There is a draft from last time: R-2026-0025 (Note)"]);
    app.press("2").go(id(RECORD)).press("<enter>");
    app.shows(&["! Draft: Note (today at 9:30)"]).press("<esc>");
    assert!(app.line_with(RECORD).contains("[draft"), "{}", app.screen());
    // Somewhere else there is none.
    app.press("jo");
    assert_eq!(app.field("text"), "");
    app.press("<esc>").go(id(RECORD)).press("o");
    assert_eq!(app.field("text"), "halvt færdig");
    app.shows(&["Draft from today at 9:30. Ctrl-n starts over."]);
    app.lacks(&["was changed after"]);
    app.type_text(" nu").press("<c-s>");
    assert_eq!(app.json(id(RECORD))["notes"][0]["text"], "halvt færdig nu");
    // Saved is saved: no draft any more, in no process.
    assert_eq!(app.drafts(), []);
    app.press("o");
    assert_eq!(app.field("text"), "");
    app.press("<esc><enter>").lacks(&["Draft:"]);
}

#[test]
fn in_danish_it_is_told_in_danish() {
    let mut app = App::demo(Da, SMALL, today());
    app.press("2").go(id(RECORD)).press("o").type_text("a");
    app.press("<tab><esc>x");
    app.type_text("b").press("<esc>").tick();
    let mut app = app.killed_and_started_again();
    app.shows(&["Der er en kladde fra sidst: R-2026-0025 (Note)"]);
    app.press("2").go(id(RECORD)).press("o");
    app.shows(&["Kladde fra i dag kl. 9.30. Ctrl-n begynder forfra."]);
}

#[test]
fn esc_a_signal_and_a_refusal_keep_it_at_once() {
    for keys in ["<esc>", "<c-c>"] {
        let mut app = demo_at(RECORD);
        app.press("o").type_text("halvt").press(keys);
        assert!(app.notice().contains("kept as a draft"), "{}", app.notice());
        assert_eq!(texts(&app.drafts()), ["halvt"], "{keys}");
        app.press("q");
        assert!(app.model.quit, "nothing is lost, so nothing is asked");
    }
    for input in [
        Input::HangUp,
        Input::Signal(Signal::HangUp),
        Input::Signal(Signal::Terminate),
        Input::Signal(Signal::Interrupt),
    ] {
        let mut app = demo_at(RECORD);
        app.press("o").type_text("halvt");
        app.send(Msg::Input(input));
        assert!(app.model.quit);
        assert_eq!(texts(&app.drafts()), ["halvt"]);
    }
    // Leaving where the screen is too small to see what is typed.
    let mut app = demo_at(RECORD);
    app.press("o").type_text("halvt").resize((20, 5)).press("q");
    assert_eq!(texts(&app.drafts()), ["halvt"]);
    // A date that is none: what was typed before and after is kept.
    let mut app = demo_at("R-2026-0023");
    app.press("x<tab>").type_text("dyrt").press("<c-s>");
    assert!(app.form_error().contains("no ground"));
    assert_eq!(app.drafts()[0].place.form, "reject");
}

#[test]
fn several_are_kept_side_by_side() {
    let mut app = half_a_note();
    app.press("<esc>r<tab>").type_text("hvorfor").tick();
    app.press("<esc>n<tab>").type_text("Åse").press("<esc>");
    app.press("4n").type_text("ny@").press("<esc>");
    assert_eq!(app.drafts().len(), 4);
    let mut app = app.killed_and_started_again();
    app.shows(&["There are 4 drafts", "New request", "New opt-out", "…"]);
    app.press("4n");
    assert_eq!(app.field("email"), "ny@");
    app.press("<esc>2n");
    assert_eq!(app.field("name"), "Åse");
    app.press("<esc>").go(id(RECORD)).press("r");
    assert_eq!(app.field("override"), "hvorfor");
    app.press("<esc><enter>")
        .shows(&["! Draft: Close", "! Draft: Note"]);
}

// -------------------------------------------------------------------------------------------------------- thrown away

#[test]
fn a_draft_that_was_emptied_is_gone() {
    let mut app = demo_at(RECORD);
    app.press("oab<esc>o<bs><bs><esc>o");
    assert_eq!(app.field("text"), "");
    app.lacks(&["Your draft", "Draft from"]);
    assert_eq!(app.drafts(), []);
}

#[test]
fn starting_over_asks_first() {
    let mut app = half_a_note().killed_and_started_again();
    app.press("2").go(id(RECORD)).press("o");
    app.press("<c-n>")
        .shows(&["Throw away what was written"])
        .press("n");
    assert_eq!(app.field("text"), "halvt færdig");
    app.press("<c-n>y");
    assert_eq!(app.field("text"), "");
    app.lacks(&["Draft from"]);
    assert_eq!(app.drafts(), []);
    app.type_text("nyt").tick();
    assert_eq!(texts(&app.drafts()), ["nyt"]);
    // With nothing written there is nothing to throw away.
    app.press("<c-n>y<c-n>");
    assert_eq!(app.field("text"), "");
}

#[test]
fn after_a_fortnight_it_is_dropped_at_the_start() {
    let app = half_a_note();
    let path = app.store_path();
    let start = |days: u64, rehearsal: bool| {
        let day = today().checked_add_days(Days::new(days)).unwrap();
        let zone = Settings::default().zone;
        let clock = if rehearsal {
            Clock::new(zone, Some(day))
        } else {
            Clock::fixed(
                zone,
                day.and_time(NaiveTime::from_hms_opt(9, 31, 0).unwrap()),
            )
        };
        let store = Store::at(&path, true);
        let desk = Desk::new(store, Settings::default(), clock, Via::Tui);
        desk.forget_old_drafts().unwrap();
        (desk.drafts().unwrap().len(), app.drafts().len())
    };
    let days = u64::try_from(DAYS_KEPT).unwrap();
    assert_eq!(start(days - 1, false), (1, 1));
    // A rehearsal of next year loses nothing.
    assert_eq!(start(400, true), (1, 1));
    assert_eq!(start(days, false), (0, 0));
}

// --------------------------------------------------------------------------------------------------------- not written

#[test]
fn a_cpr_number_never_reaches_the_disk() {
    let mut app = demo_at(RECORD);
    app.press("o");
    for letter in "Hun har 010180-1234 i pas".chars() {
        app.type_text(&letter.to_string()).tick();
    }
    let bytes = fs::read(app.store_path()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
    assert!(!holds("010180-1"), "not even half of it");
    // What stood there before it is kept.
    assert_eq!(texts(&app.drafts()), ["Hun har 010180-"]);
    app.press("<esc>");
    assert!(app.notice().contains("CPR"), "{}", app.notice());
    app.press("o");
    assert_eq!(app.field("text"), "Hun har 010180-1234 i pas");
    // This text would be lost, so leaving asks.
    app.press("<esc>q").shows(&["cannot be kept"]).press("n");
    assert!(!app.model.quit);
    app.press("qy");
    assert!(app.model.quit);
    let bytes = fs::read(app.store_path()).unwrap();
    assert!(!bytes.windows(8).any(|it| it == b"010180-1"));
}

#[test]
fn with_read_only_nothing_is_written() {
    let mut app = half_a_note();
    app.press("<esc>");
    let mut start = Start::new(En, SMALL, today());
    start.read_only = true;
    let path = app.store_path();
    let mut app = start.on(app.into_folder());
    let before = fs::read(&path).unwrap();
    app.press("2").go(id(RECORD)).press("o<enter>");
    app.press("e").type_text("x").tick().press("<esc>");
    app.send(Msg::Input(Input::HangUp));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(texts(&app.drafts()), ["halvt færdig"]);
}

#[test]
fn where_the_store_is_busy_leaving_asks_and_afterwards_it_does_not() {
    let mut app = demo_at(RECORD);
    let lock = locked(&app);
    app.press("o").type_text("vigtigt").tick();
    assert!(app.notice().contains("not kept"), "{}", app.notice());
    // No second try for the same text, and one for the next key.
    assert!(!app.model.has_unkept_text());
    app.type_text(".");
    assert!(app.model.has_unkept_text());
    app.press("<esc>q").shows(&["cannot be kept"]).press("n");
    assert!(!app.model.quit);
    lock.unlock().unwrap();
    app.press("q");
    assert!(app.model.quit);
    assert_eq!(texts(&app.drafts()), ["vigtigt."]);
}

// --------------------------------------------------------------------------------------------------------- two screens

#[test]
fn the_last_writer_wins_and_no_screen_is_overwritten() {
    let mut app = half_a_note();
    let other = vec![("text".to_owned(), "fra den anden skærm".to_owned())];
    app.other().keep_draft(&note(), Some(1), &other).unwrap();
    app.tick().tick();
    assert_eq!(app.field("text"), "halvt færdig");
    assert_eq!(texts(&app.drafts()), ["fra den anden skærm"]);
    // It is not fought over while nobody types, and what is typed here is the last again.
    app.type_text("!").tick();
    assert_eq!(texts(&app.drafts()), ["halvt færdig!"]);
    app.other().keep_draft(&note(), Some(1), &other).unwrap();
    app.tick().press("<esc>");
    assert_eq!(texts(&app.drafts()), ["halvt færdig!"]);
}

#[test]
fn what_another_screen_saves_does_not_take_the_text_of_this_one_along() {
    let mut app = half_a_note();
    app.other().drop_draft(&note()).unwrap();
    assert_eq!(app.drafts(), []);
    // The file has changed, the draft is seen to be gone, and a second later it is back.
    app.tick().tick();
    assert_eq!(texts(&app.drafts()), ["halvt færdig"]);
}

#[test]
fn an_untouched_form_does_not_drop_what_another_screen_writes() {
    let mut app = demo_at(RECORD);
    app.press("o");
    let other = vec![("text".to_owned(), "fra den anden skærm".to_owned())];
    app.other().keep_draft(&note(), Some(1), &other).unwrap();
    app.tick().press("<esc>");
    assert_eq!(texts(&app.drafts()), ["fra den anden skærm"]);
}

#[test]
fn a_case_that_has_changed_since_says_so() {
    let mut app = half_a_note();
    app.press("<esc>");
    app.other_does(id(RECORD), Deed::Note("imens".into()));
    app.tick()
        .press("o")
        .shows(&["The case was changed after the draft was written."]);
}

#[test]
fn a_record_that_is_gone_takes_no_draft() {
    let mut app = demo();
    app.press("4n").type_text("x@example.dk").press("<c-s>");
    let gone = app.selected();
    app.press("o").type_text("halvt");
    app.other().run(&indsigt::ops::Op::Undo).unwrap();
    app.press("<esc>");
    assert!(app.notice().contains("not kept"), "{}", app.notice());
    assert!(
        app.drafts()
            .iter()
            .all(|draft| draft.place.on != Some(gone))
    );
}
