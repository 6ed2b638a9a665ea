//! Finding one's way: commands by name, what a list shows and in which order, jumps between a person's records.

use indsigt::domain::request::Kind;
use indsigt::i18n::Language;

use crate::app::{App, LARGE, SMALL, Start, demo, demo_at, id, today};
use crate::screens::picture;

/// A request for access that conflicts with the deletion of a recording.
const CONFLICT: &str = "R-2026-0024";

fn ids(app: &App) -> Vec<String> {
    let cards = app.model.list().cards.iter();
    cards.map(|card| card.item.id().to_string()).collect()
}

#[test]
fn pictures() {
    for language in [Language::Da, Language::En] {
        for size in [SMALL, LARGE] {
            let mut app = App::demo(language, size, today());
            app.press("2:");
            picture("palette", &app);
            app.press("<c-c>f");
            picture("filter", &app);
            app.press("<esc>s");
            picture("order", &app);
            app.press("<esc>").go(id(CONFLICT)).press("J");
            picture("jump", &app);
        }
    }
}

#[test]
fn a_command_is_found_by_a_few_of_its_letters_and_done() {
    for (typed, title) in [
        ("extend", "Extend the period – R-2026-0025"),
        ("EXPND", ""),
        ("note", "Note – R-2026-0025"),
        ("reje unre", "Reject as unreasonable – R-2026-0025"),
    ] {
        let mut app = demo_at("R-2026-0025");
        app.press(":").type_text(typed);
        if title.is_empty() {
            app.shows(&["No line has these letters"]);
            // It stays to be changed; nothing was done.
            app.press("<enter>").shows(&[&format!("> {typed}")]);
            app.press("<esc>");
            assert!(app.model.dialogs.is_empty());
        } else {
            app.press("<enter>").shows(&[title]);
        }
    }
}

#[test]
fn a_command_that_cannot_be_done_says_why_before_and_after() {
    let mut app = demo_at("V-2026-0005");
    app.press(":").type_text("extend");
    app.shows(&["is not a request"]);
    app.press("<enter>");
    assert!(app.model.dialogs.is_empty());
    assert!(
        app.notice().contains("is not a request"),
        "{}",
        app.notice()
    );
}

#[test]
fn letters_are_letters_in_the_palette_and_danish_ones_too() {
    let mut app = App::demo(Language::Da, SMALL, today());
    app.press("2:").type_text("saa intet");
    app.shows(&["> saa intet", "så intet kan ændres"]);
    for _ in 0.."saa intet".len() {
        app.press("<bs>");
    }
    app.paste("fortryd\n").shows(&["> fortryd"]);
    app.press("jq").shows(&["> fortrydjq"]);
    assert!(!app.model.quit);
}

#[test]
fn conditions_add_up_are_shown_and_are_taken_away_again() {
    let mut app = demo();
    app.press("2");
    let all = app.model.list().total;
    app.press("f").type_text("open ones").press("<enter>");
    app.shows(&["The list shows: Open ones only"]);
    let open = app.model.list().total;
    app.press("f").type_text("closed ones").press("<enter>");
    let closed = app.model.list().total;
    assert_eq!((open + closed, closed > 0), (all, true));
    app.press("f").type_text("kind access").press("<enter>");
    app.press("f").type_text("open and closed").press("<enter>");
    app.shows(&["The list shows: Access"]);
    let cards = &app.model.list().cards;
    assert!(!cards.is_empty());
    for card in cards {
        assert!(
            matches!(&card.item, indsigt::domain::item::Item::Request(it) if it.kind == Kind::Access)
        );
    }
    app.press("f").type_text("flag conflict").press("<enter>");
    assert_eq!(ids(&app), [CONFLICT]);
    // What holds is marked, and goes when it is chosen once more.
    app.press("f")
        .type_text("conflict")
        .shows(&["[x] conflict"]);
    app.press("<enter>");
    assert!(app.model.list().total > 1);
    // Another tab has its own; here everything comes back at once.
    app.press("3").lacks(&["The list shows"]).press("2");
    app.press("f").type_text("everything").press("<enter>");
    assert_eq!(app.model.list().total, all);
    app.lacks(&["The list shows"]);
}

#[test]
fn urgency_and_status_are_conditions_too() {
    let mut app = demo();
    app.press("2f").type_text("urgent overdue").press("<enter>");
    assert_eq!(ids(&app), ["R-2026-0013"]);
    app.press("f").type_text("everything").press("<enter>");
    app.press("f").type_text("status ready").press("<enter>");
    assert_eq!(ids(&app), ["R-2026-0019"]);
    // Closed ones are not ready: the two together are empty, and what is shown is said.
    app.press("f").type_text("closed ones").press("<enter>");
    app.shows(&["Closed ones only"]);
    assert_eq!(app.model.list().total, 0);
    app.shows(&["Nothing here meets"]);
}

#[test]
fn the_order_of_open_ones_changes_and_closed_ones_follow() {
    let mut app = demo();
    app.press("2");
    let by_urgency = ids(&app);
    for (keys, order) in [("j", "received"), ("jj", "name"), ("jjj", "id")] {
        app.press("s").press(&keys.replace('j', "<down>"));
        let _ = order;
        app.press("<enter>");
        let cards = &app.model.list().cards;
        let open: Vec<_> = cards.iter().filter(|card| card.item.is_open()).collect();
        let firsts = cards.iter().take(open.len());
        assert!(firsts.clone().all(|card| card.item.is_open()), "{order}");
        let sorted = match order {
            "received" => open.is_sorted_by_key(|it| std::cmp::Reverse(it.item.received_on())),
            "name" => {
                open.is_sorted_by_key(|it| indsigt::domain::text::fold(&it.item.person().name))
            }
            _ => open.is_sorted_by_key(|it| it.item.id()),
        };
        assert!(sorted, "{order}: {:?}", ids(&app));
        // Back to the first of them.
        app.press("s<up><up><up><enter>");
        assert_eq!(ids(&app), by_urgency);
    }
}

#[test]
fn today_and_history_are_as_they_are() {
    let mut app = demo();
    for key in ["f", "s"] {
        app.press("1").press(key);
        assert!(
            app.notice().contains("only shows what is pressing"),
            "{}",
            app.notice()
        );
        app.press("5").press(key);
        assert!(app.notice().contains("history"), "{}", app.notice());
        assert!(app.model.dialogs.is_empty());
    }
    app.press("/");
    assert!(app.notice().contains("history"));
}

#[test]
fn j_follows_a_conflict_to_its_other_side_and_backspace_comes_back() {
    let mut app = demo_at(CONFLICT);
    app.press("/karen<enter>J");
    let there = app.picked();
    assert!(there.starts_with("V-2026-"), "{there}");
    app.press("<enter>");
    let other = app.selected();
    assert!(there.starts_with(&other.to_string()));
    assert!(app.model.in_detail);
    // And from there to this side.
    app.press("J");
    assert!(app.picked().contains(CONFLICT), "{}", app.picked());
    app.press("<enter>");
    assert_eq!(app.selected(), id(CONFLICT));
    app.press("<bs>");
    assert_eq!(app.selected(), other);
    app.press("<bs>");
    assert_eq!(app.selected(), id(CONFLICT));
    assert!(!app.model.in_detail);
    app.shows(&["/karen"]);
    app.press("<bs>");
    assert!(app.notice().contains("No jump"), "{}", app.notice());
    // Nothing was left behind in the other tab.
    app.press("3");
    assert!(app.model.list().total > 1);
}

#[test]
fn whoever_has_nothing_else_cannot_be_jumped_from() {
    let mut app = demo_at("R-2026-0019");
    app.press("J");
    assert!(app.notice().contains("nothing else"), "{}", app.notice());
    assert!(app.model.dialogs.is_empty());
}

#[test]
fn a_locked_screen_changes_nothing_until_it_is_unlocked() {
    let mut app = demo_at("R-2026-0019");
    app.press("L");
    assert_eq!(app.notice(), "Locked: nothing can be changed.");
    let before = app.history().len();
    app.press("r<c-s>nu<c-r>");
    assert!(app.model.dialogs.is_empty());
    assert_eq!(app.history().len(), before);
    app.press("Lr");
    assert!(!app.model.dialogs.is_empty());
    let start = Start {
        read_only: true,
        ..Start::new(Language::En, SMALL, today())
    };
    let mut app = start.demo();
    app.press("L");
    assert!(app.notice().contains("--read-only"), "{}", app.notice());
    assert!(app.model.read_only);
}

#[test]
fn marks_go_when_the_list_changes_under_them() {
    let mut app = demo_at("R-2026-0019");
    app.press("<space>f")
        .type_text("closed ones")
        .press("<enter>");
    assert!(app.model.marked.is_empty());
}
