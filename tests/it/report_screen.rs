//! The report on the screen: a year in figures, and bars for its months and the weeks ahead (issue 6, point 7).

use indsigt::i18n::Language::{Da, En};
use indsigt::ops::Action as Deed;
use insta::assert_snapshot;

use crate::app::{App, LARGE, SMALL, Start, demo, id, today};

#[test]
fn a_year_in_figures_and_bars() {
    for language in [Da, En] {
        for size in [SMALL, LARGE] {
            let mut app = App::demo(language, size, today());
            let code = language.code();
            let name = format!("report_{code}_{}x{}", size.0, size.1);
            let top = app.press("R").screen();
            assert!(!top.contains('⟦'), "{top}");
            assert_snapshot!(name.clone(), top);
            if size == SMALL {
                app.press("G");
                assert_snapshot!(format!("{name}_end"), app.screen());
            }
        }
    }
}

/// Every line can be brought onto the smallest screen, none is cut, and below it says where one is.
#[test]
fn it_scrolls_through_the_smallest_screen() {
    for language in [Da, En] {
        let mut app = App::demo(language, (60, 15), today());
        let mut seen = app.press("R").screen();
        for _ in 0..60 {
            app.press("j");
            seen.push_str(&app.screen());
        }
        let end = app.screen();
        app.press("k<pgdn>G");
        assert_eq!(app.screen(), end, "the last line stays the last");
        assert!(seen.contains(if language == Da {
            "uge 48, ma 23.11."
        } else {
            "week 48, Mon 23 Nov"
        }));
        assert!(end.contains("- R-2026-0011"), "{end}");
        assert!(seen.contains(if language == Da {
            "R anmodninger"
        } else {
            "R requests"
        }));
        app.press("g");
        let table = app.line_with(if language == Da {
            "Indsigt "
        } else {
            "Access "
        });
        assert!(table.contains('%'), "{table}");
        // The window grows: nothing stays scrolled away.
        app.press("G").resize((200, 60));
        app.shows(&[if language == Da {
            "Rapport for 2026"
        } else {
            "Report for 2026"
        }]);
        app.shows(&[if language == Da {
            "Anmodninger"
        } else {
            "Requests"
        }]);
    }
}

#[test]
fn what_the_screen_says_is_what_the_command_says() {
    let mut app = App::demo(En, LARGE, today());
    app.press("R");
    let (report, ahead) = app.other().report(Some(2026)).unwrap();
    let all = app.line_with("All ");
    let cells: Vec<&str> = all.split_whitespace().collect();
    let line = &report.all;
    for (at, number) in [(1, line.received), (2, line.open), (3, line.answered)] {
        assert_eq!(cells[at], number.to_string(), "{all}");
    }
    let november = app.line_with("Nov ");
    let month = report.months[&(2026, 11)];
    let numbers: Vec<usize> = november
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    assert_eq!(
        numbers
            .iter()
            .rev()
            .take(2)
            .rev()
            .copied()
            .collect::<Vec<_>>(),
        [month.received, month.closed],
        "{november}"
    );
    let week = app.line_with("week 48");
    assert!(
        week.contains(&format!(" {} ", ahead.weeks[0].all())),
        "{week}"
    );
    let past = app.line_with("overdue  ");
    assert!(past.ends_with(&format!(" {}", ahead.overdue)), "{past}");
}

#[test]
fn years_are_turned_as_far_as_there_are_cases() {
    let mut app = demo();
    // The demo begins the year before, and an agreement moves a deletion into the next one.
    app.press("R")
        .shows(&["Report for 2026", "year before", "year after"]);
    app.press("<left>")
        .shows(&["Report for 2025"])
        .lacks(&["year before"]);
    assert_eq!(app.notice(), "");
    app.press("h").shows(&["Report for 2025"]);
    let end = "There are no cases of other years in that direction.";
    assert_eq!(app.notice(), end);
    app.press("<right>l")
        .shows(&["Report for 2027", "No requests"]);
    app.press("<right>").shows(&["Report for 2027"]);
    assert_eq!(app.notice(), end);
    app.press("h").shows(&["Report for 2026"]);
    // Back to where one was.
    app.press("<esc>")
        .shows(&["Overdue"])
        .lacks(&["Report for"]);
    app.press("R").press("R").lacks(&["Report for"]);
    // A number opens its tab from here, too.
    app.press("R2")
        .lacks(&["Report for"])
        .shows(&["Bodil Nygaard"]);
}

#[test]
fn an_empty_store_says_what_to_do_next() {
    let mut app = App::empty(Da, SMALL, today());
    app.press("R")
        .shows(&["Der er intet at tælle endnu", "import mail"]);
    let mut app = App::empty(En, (60, 15), today());
    app.press("R")
        .shows(&["nothing to count yet", "import mail"]);
    app.press("<left>");
    assert!(!app.notice().is_empty());
    app.press("?")
        .shows(&["Report of the year before"])
        .press("<esc><esc>");
    app.shows(&["The store is empty"]);
}

/// Cases of last year alone: this year is empty, and says where the others are.
#[test]
fn a_year_without_cases_says_so() {
    let app = demo();
    let later = chrono::NaiveDate::from_ymd_opt(2031, 11, 4).unwrap();
    let mut start = Start::new(En, SMALL, later);
    start.read_only = true;
    let mut app = start.on(app.into_folder());
    app.press("R").shows(&[
        "Report for 2031",
        "No cases belong to 2031",
        "Deadlines in the coming weeks",
    ]);
    app.press("<left>").shows(&["Report for 2030"]);
}

#[test]
fn what_others_do_is_counted_while_it_is_open() {
    let mut app = App::demo(En, LARGE, today());
    app.press("R");
    let before = app.line_with("All ");
    app.other_does(
        id("R-2026-0025"),
        Deed::Resolve(indsigt::domain::conduct::Resolution {
            override_reason: Some("Test".to_owned()),
            ..Default::default()
        }),
    );
    app.tick();
    assert_ne!(app.line_with("All "), before);
}

#[test]
fn without_colours_it_says_the_same_and_reasons_are_hidden_on_demand() {
    let mut start = Start::new(En, LARGE, today());
    let coloured = start.demo().press("R").screen();
    start.color = false;
    let mut app = start.demo();
    assert_eq!(app.press("R").screen(), coloured);
    let words = ["red", "green", "yellow", "cyan", "blue", "gray"];
    let styles = app.styles();
    assert!(!words.iter().any(|word| styles.contains(word)), "{styles}");
    let (report, _) = app.other().report(Some(2026)).unwrap();
    let (id, reason) = report.extensions.first().unwrap();
    let start_of = reason.chars().take(20).collect::<String>();
    app.shows(&[&start_of]).press("p").lacks(&[&start_of]);
    app.shows(&[&format!("- {id}: •••")]);
}
