//! The daily look below Today, the calendar of deletions, the first run, and what stands where there is nothing (issue 7).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use chrono::{Datelike, Days, NaiveDate};
use indsigt::domain::conduct::Resolution;
use indsigt::domain::ids::ItemType;
use indsigt::domain::opt_out::Source;
use indsigt::i18n::Language::{Da, En};
use indsigt::ops::add::NewOptOut;
use indsigt::ops::erase::Wanted;
use indsigt::ops::queries::{ListQuery, Which};
use indsigt::ops::{Action as Deed, Op};
use indsigt::store::Scope;

use crate::app::{App, LARGE, SMALL, Start, demo, id, today};
use crate::screens::picture;

const SIZES: [(u16, u16); 4] = [(60, 15), SMALL, LARGE, (200, 60)];

/// What was left lying for a year, or for thirty, is told to the day.
#[test]
fn days_past_a_deadline_are_never_cut() {
    for size in [(60, 15), SMALL, LARGE] {
        let mut folder = App::demo(Da, size, today()).into_folder();
        for late in [99, 322, 1_500, 9_999] {
            let day = today().checked_add_days(Days::new(late)).unwrap();
            let mut app = Start::new(Da, size, day).on(folder);
            app.press("2");
            let first = app.selected();
            let due = app.card(first).standing.dates.unwrap().due;
            let days = due.signed_duration_since(day).num_days();
            assert!(days < -70, "{days}");
            let (record, told) = (first.to_string(), format!(" {days} d"));
            let screen = app.screen();
            let is_row = |line: &str| line.contains(&record) && line.contains(&told);
            assert!(screen.lines().any(is_row), "{told} at {size:?}\n{screen}");
            folder = app.into_folder();
        }
    }
}

#[test]
fn pictures() {
    for language in [Da, En] {
        for size in SIZES {
            let app = App::demo(language, size, today()).noted();
            app.other_does(id("R-2026-0013"), Deed::Note("Ringet.".into()));
            let day = today().checked_add_days(Days::new(3)).unwrap();
            let mut app = Start::new(language, size, day).on(app.into_folder());
            picture("daily_today", &app);
            app.press("G");
            picture("daily_today_end", &app);
            app.press("3");
            if app.model.regions().panel.height == 0 {
                app.press("C");
            }
            picture("daily_calendar", &app);
            app.press("<lt>");
            picture("daily_calendar_turned", &app);
            let mut app = App::empty(language, size, today());
            picture("welcome", &app);
            app.press("5");
            picture("welcome_history", &app);
        }
    }
}

/// What others did between two starts is told, what was done on the screen is not; and nothing of it is a change.
#[test]
fn what_changed_since_the_last_visit() {
    let first = demo();
    first.screen();
    let mut first = first.noted();
    // The first visit has none before it.
    first.tick().lacks(&["Since "]);
    let (entries, undo) = (first.history().len(), first.other().last_change().unwrap());
    assert_eq!(entries as u64, undo);
    // On the screen: known to whoever did it.
    first.press("2").go(id("R-2026-0013")).press("o");
    first.type_text("Called.").press("<c-s>");

    let mut second = Start::new(En, LARGE, today())
        .on(first.into_folder())
        .noted();
    second.shows(&["Since today at 9:30: nothing new"]);
    // Another process, while it is open.
    second.other_does(id("R-2026-0015"), Deed::Note("By mail.".into()));
    add_opt_out(&second, "ny@afmeldt.example");
    close(&second, "R-2026-0016");
    second.tick();
    second.shows(&["1 opt-out, 1 case closed, 1 other case changed"]);
    // Taken back: not told.
    second.other().run(&Op::Undo).unwrap();
    second.tick();
    second.shows(&["1 opt-out, 1 other case changed"]);
    add_opt_out(&second, "en@afmeldt.example");

    // The third visit counts from the second, which began before all that.
    let later = today().checked_add_days(Days::new(3)).unwrap();
    let mut third = Start::new(En, LARGE, later).on(second.into_folder());
    third.shows(&["Since Monday at 9:30: 2 opt-outs, 1 other case changed"]);
    // Not noted this time: the fourth counts from the same one.
    let mut fourth = Start::new(Da, LARGE, later).on(third.into_folder()).noted();
    fourth.shows(&["Siden i mandags kl. 9.30: 2 afmeldinger"]);
    let mut fifth = Start::new(Da, LARGE, later).on(fourth.into_folder());
    fifth.shows(&["Siden i dag kl. 9.30: intet nyt"]);
}

fn add_opt_out(app: &App, address: &str) {
    let op = Op::AddOptOut(NewOptOut {
        email: address.into(),
        name: None,
        received_on: None,
        source: Source::Mail,
    });
    app.other().run(&op).unwrap();
}

fn close(app: &App, of: &str) {
    app.other_does(
        id(of),
        Deed::Resolve(Resolution {
            override_reason: Some("Test".to_owned()),
            ..Resolution::default()
        }),
    );
}

#[test]
fn a_visit_is_no_change_and_read_only_notes_none() {
    let app = demo();
    let before = (app.history(), fs::read(app.store_path()).unwrap());
    let app = app.noted();
    assert_eq!(app.history(), before.0);
    assert_ne!(fs::read(app.store_path()).unwrap(), before.1);
    assert!(app.other().store.verify().unwrap().problems.is_empty());

    let mut start = Start::new(En, SMALL, today());
    start.read_only = true;
    let app = start.demo();
    let before = fs::read(app.store_path()).unwrap();
    let app = app.noted();
    assert!(fs::read(app.store_path()).unwrap() == before);
}

#[test]
fn what_is_to_be_erased_is_counted() {
    let day = NaiveDate::from_ymd_opt(2032, 11, 23).unwrap();
    let folder = demo().into_folder();
    let mut app = Start::new(En, LARGE, day).on(folder);
    let plan = app.other().plan_erasure(&Wanted::PastRetention).unwrap();
    let count = plan.texts.len() + plan.records.len() + plan.held_back.len();
    assert!(count > 1);
    app.shows(&[&format!(
        "{count} closed cases are to be erased here. Run “indsigt purge”"
    )]);
    app.other().erase(&Wanted::PastRetention, None).unwrap();
    let left = app.other().plan_erasure(&Wanted::PastRetention).unwrap();
    assert!(left.texts.is_empty() && left.records.is_empty());
    app.tick();
    if left.held_back.is_empty() {
        app.lacks(&["indsigt purge"]);
    }
}

#[test]
fn the_weeks_are_those_of_the_report() {
    let app = demo();
    let (_, ahead) = app.other().report(None).unwrap();
    let glance = app.model.glance.as_ref().unwrap();
    assert_eq!(glance.ahead.weeks, ahead.weeks);
    assert_eq!(glance.ahead.overdue, ahead.overdue);
    assert!(glance.ahead.weeks.iter().any(|week| week.all() > 0));
    let line = app.line_with("Deadlines  week");
    for week in ahead.weeks {
        let shown = format!("{}: {}", week.monday.iso_week().week(), week.all());
        assert!(line.contains(&shown), "{line}");
    }
}

#[test]
fn the_panel_leaves_the_rows_their_room() {
    for (size, most) in [((60, 15), 0), ((80, 18), 1), (SMALL, 3), ((99, 29), 3)] {
        let app = App::demo(En, size, today()).noted();
        let mut app = Start::new(En, size, today()).on(app.into_folder());
        assert!(app.model.regions().panel.height <= most, "{size:?}");
        // Every row can still be reached and is seen.
        for _ in 0..app.model.list().total {
            let selected = app.selected().to_string();
            assert!(
                app.screen().contains(&selected),
                "{selected}\n{}",
                app.screen()
            );
            app.press("j");
        }
        app.shows(&["Later ("]);
    }
}

#[test]
fn the_calendar_has_the_days_that_are_stored() {
    let mut app = App::demo(En, LARGE, today());
    app.press("3");
    let query = ListQuery {
        which: Which::Open,
        ..ListQuery::open(Scope::Of(ItemType::Recording))
    };
    let mut stored: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for card in app.other().list(&query).unwrap().cards {
        // The dates that hold, as `show` has them: an erasure request moves a deletion.
        if let Some(dates) = card.standing.dates {
            *stored.entry(dates.due).or_default() += 1;
        }
    }
    let shown = app.model.deletions.iter();
    let shown: BTreeMap<NaiveDate, usize> = shown.map(|(day, it)| (*day, it.count)).collect();
    assert!(stored.len() > 3);
    assert_eq!(shown, stored);
    // Each of them is on the screen with its sign and number when its recording is under the cursor.
    for row in 0..app.model.list().total {
        let card = app.model.selected().unwrap().clone();
        if let (true, Some(dates)) = (card.item.is_open(), card.standing.dates) {
            let month = app.model.texts.get(&format!("month-{}", dates.due.month()));
            app.shows(&[&format!("{month} {}", dates.due.year())]);
            let cell = format!("{}{}", dates.due.day(), stored[&dates.due]);
            let found = ["!", "*"].iter().any(|sign| {
                let cell = format!("{}{sign}{}", dates.due.day(), stored[&dates.due]);
                app.screen().contains(&cell)
            });
            assert!(found, "{row}: {cell}\n{}", app.screen());
        }
        app.press("j");
    }
}

#[test]
fn months_are_turned_and_the_calendar_put_away() {
    let mut app = demo();
    app.press("2C");
    assert!(app.notice().contains("belongs to the recordings"));
    app.press("3>");
    assert_eq!(
        app.notice(),
        "The calendar is not on the screen. C shows it."
    );
    app.press("C").shows(&["November 2026"]);
    app.press(">").shows(&["December 2026"]);
    app.press("<lt><lt>").shows(&["October 2026"]);
    // It follows the cursor again.
    app.press("j").shows(&["November 2026"]);
    app.press("C").lacks(&["November 2026"]);
    // Where there is room it is there, and steps aside for a detail on a low screen.
    let mut app = App::demo(En, (100, 24), today());
    app.press("3").shows(&["November 2026"]);
    app.press("<enter>").lacks(&["November 2026 –"]);
    app.press("<esc>C").lacks(&["November 2026 –"]);
}

#[test]
fn the_welcome_goes_with_the_first_record() {
    let mut app = App::empty(Da, SMALL, today());
    app.shows(&[
        "Velkommen",
        "indsigt demo",
        "indsigt import mail",
        "opret den første",
    ]);
    app.press("n").type_text("Ane Holm").press("<c-s>");
    if !app.model.dialogs.is_empty() {
        app.press("<esc>");
        add_opt_out(&app, "en@afmeldt.example");
        app.tick();
    }
    app.press("1").lacks(&["Velkommen", "Registeret er tomt"]);
    let mut start = Start::new(En, (60, 15), today());
    start.read_only = true;
    // Only what works is offered.
    start
        .empty()
        .shows(&["Welcome", "q quits"])
        .lacks(&["enter the first request"]);
}

#[test]
fn nothing_to_show_says_what_to_do() {
    for language in [Da, En] {
        let mut app = App::empty(language, SMALL, today());
        for tab in ["1", "2", "3", "4", "5"] {
            let screen = app.press(tab).screen();
            assert!(
                screen.contains(" n ") || screen.contains("\n  n"),
                "{tab}: {screen}"
            );
            assert!(!screen.contains('⟦'), "{screen}");
        }
        app.press("2/zzz").shows(&["Esc"]);
    }
}
