//! Terminals of all kinds: those that show ASCII only, and the names that terminals go by.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use indsigt::i18n::Language::Da;
use indsigt::tui::glyphs::Glyphs;
use insta::assert_snapshot;
use tempfile::TempDir;

use crate::app::{App, SMALL, id, today};
use crate::pty::{Demo, READY};
use crate::world::World;

/// Takes a picture in ASCII, and demands that nothing in it has lost its place.
#[track_caller]
fn picture(name: &str, app: &App) {
    let (whole, ascii) = (app.screen(), app.screen_with(Glyphs::Ascii));
    assert!(ascii.is_ascii(), "{ascii}");
    assert_eq!(whole.lines().count(), ascii.lines().count());
    assert_snapshot!(format!("ascii_{name}_da_80x24"), ascii);
}

#[test]
fn every_kind_of_screen_in_ascii() {
    let mut app = App::demo(Da, SMALL, today());
    for (key, name) in [
        ("1", "today"),
        ("2", "requests"),
        ("3", "recordings"),
        ("4", "newsletter"),
        ("5", "history"),
    ] {
        app.press(key);
        picture(name, &app);
    }
    app.press("2").go(id("R-2026-0024")).press("<enter>");
    picture("detail", &app);
    app.press("x");
    picture("form", &app);
    app.press("<esc>?");
    picture("help", &app);
    app.press("<esc>o").type_text("Grød på bål, æh");
    picture("note", &app);
    app.press("<esc>:");
    picture("palette", &app);
}

#[test]
fn columns_of_a_list_stay_where_they_are_in_ascii() {
    let mut app = App::demo(Da, SMALL, today());
    for tab in ["1", "2", "3", "4"] {
        app.press(tab);
        let (whole, ascii) = (app.screen(), app.screen_with(Glyphs::Ascii));
        for (whole, ascii) in whole.lines().zip(ascii.lines()) {
            // The number of a record, and dates and what follows two blanks.
            let whole: Vec<char> = whole.chars().collect();
            let ascii: Vec<char> = ascii.chars().collect();
            for at in 3..whole.len() {
                let begins = whole[at - 3..at] == [' '; 3] && whole[at].is_ascii_digit();
                assert!(!begins || ascii.get(at) == Some(&whole[at]), "{whole:?}");
            }
        }
    }
}

#[test]
fn without_utf8_nothing_but_ascii_is_written_and_what_is_typed_is_kept_whole() {
    for environment in [
        [("TERM", "xterm-256color"), ("LANG", "C")],
        [("TERM", "xterm-256color"), ("LANG", "")],
        [("TERM", "vt220"), ("LANG", "en_GB.UTF-8")],
        // The first of the three that says something.
        [("LC_ALL", "en_GB.ISO-8859-1"), ("TERM", "xterm")],
    ] {
        let demo = Demo::spawn_on_store(&environment, None);
        demo.wait_ready();
        demo.work(&[
            ("2", "R-2026-0025"),
            ("o", "Note - R-2026-0013"),
            ("på ærø – »ø«", "paa aeroe - \"oe\""),
            ("\x13", "R-2026-0013: note added"),
            ("q", ""),
        ]);
        assert!(demo.wait_exit().success());
        let written = demo.raw_bytes_since(0);
        assert!(written.is_ascii(), "{}", String::from_utf8_lossy(&written));
        let shown = demo.json(&["show", "R-2026-0013"]);
        let notes = shown["notes"].as_array().unwrap();
        assert_eq!(notes.last().unwrap()["text"], "på ærø – »ø«");
    }
}

/// A home in which these are the settings.
fn home_with(settings: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/indsigt");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), settings).unwrap();
    home
}

#[test]
fn the_settings_have_the_last_word_on_ascii() {
    let world = World::new();
    world.configure("ascii = true\n");
    assert_eq!(world.json("config show")["ascii"], true);
    for (ascii, locale) in [(true, "en_GB.UTF-8"), (false, "C")] {
        let home = home_with(&format!("ascii = {ascii}\n"));
        let demo = Demo::spawn_at(home, &[("TERM", "xterm"), ("LANG", locale)]);
        demo.wait_ready();
        demo.work(&[("n", "New re"), ("q", "q")]);
        assert_eq!(demo.raw_bytes_since(0).is_ascii(), ascii, "{locale}");
    }
}

/// The column and row of a text on the screen, as the terminal tells of a click on it: counted from one.
fn click_on(demo: &Demo, text: &str) -> String {
    demo.wait_for_text(text);
    let screen = demo.screen();
    let (row, line) = (1..)
        .zip(screen.lines())
        .find(|(_, line)| line.contains(text))
        .unwrap();
    let column = 1 + line[..line.find(text).unwrap()].chars().count();
    format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
}

#[test]
fn the_mouse_does_what_keys_do_where_the_settings_say_so() {
    for mouse in [false, true] {
        let home = home_with(&format!("mouse = {mouse}\n"));
        let demo = Demo::spawn_at(home, &[("TERM", "xterm"), ("LANG", "en_GB.UTF-8")]);
        demo.wait_ready();
        let raw = String::from_utf8_lossy(&demo.raw_bytes_since(0)).into_owned();
        assert_eq!(raw.contains("\x1b[?1000h\x1b[?1006h"), mouse);
        let click = click_on(&demo, " 3 Recordings");
        // Alone, so that it is not taken for the beginning of another key.
        let escape = |shown: &str| {
            demo.send("\x1b");
            demo.wait_for("what was there before", |screen| {
                !screen.contents().contains(shown)
            });
        };
        demo.send(&click);
        if mouse {
            demo.work(&[("n", "New recording")]);
            escape("New recording");
            // A second click on the same row opens it; the wheel goes through its lines.
            demo.send(click_on(&demo, "V-2026-0006"));
            demo.wait_for_text("V-2026-0006");
            demo.send(click_on(&demo, "V-2026-0006"));
            demo.work(&[("", "Space mark"), ("\x1b[<65;5;9M?", "The keys here")]);
            // What is clicked beside a dialog was meant for what was there before.
            demo.send("\x1b[<0;20;1M");
            escape("The keys here");
            demo.wait_for_text("V-2026-0006");
        } else {
            // Some terminals tell of it unasked.
            demo.work(&[("n", "New request")]);
            escape("New request");
        }
        demo.send("q");
        assert!(demo.wait_exit().success());
        let raw = String::from_utf8_lossy(&demo.raw_bytes_since(0)).into_owned();
        assert!(raw.contains("\x1b[?1000l"), "the mouse is given back");
    }
}

#[test]
fn terminals_by_every_name_show_the_first_screen_and_are_left_clean() {
    for term in [
        "xterm",
        "xterm-256color",
        "screen",
        "screen-256color",
        "tmux-256color",
        "linux",
        "vt100",
        "rxvt-unicode",
        "alacritty",
        "foot",
        "xterm-kitty",
        "nobody-has-heard-of-it",
    ] {
        let demo = Demo::spawn_on_store(&[("TERM", term), ("LANG", "en_GB.UTF-8")], None);
        demo.wait_ready();
        demo.work(&[("2", "R-2026-0025"), ("n", "New request"), ("\x1b", READY)]);
        demo.wait_for("the list", |screen| {
            !screen.contents().contains("New request")
        });
        demo.send("q");
        assert!(demo.wait_exit().success(), "{term}");
        demo.wait_restored();
        let written = String::from_utf8(demo.raw_bytes_since(0)).unwrap();
        // Old terminals take the 5 for a wish to blink.
        assert!(!written.contains("38;5;"), "{term}");
        let drawn = |letter: char| ('\u{2500}'..'\u{2580}').contains(&letter);
        let plain = ["linux", "vt100"].contains(&term);
        assert_eq!(!written.contains(drawn), plain, "{term}");
    }
}
