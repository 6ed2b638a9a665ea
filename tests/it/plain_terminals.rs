//! The screen line by line (`--plain`) on a real terminal that nothing can be drawn on: signals, a dropped line, the editor,
//! and another process at work meanwhile.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use rustix::process::Signal;
use serde_json::Value;

use crate::plain::{assert_plain, assert_says, morning, round};
use crate::pty_harness::Pty;
use crate::world::{PROGRAM, TODAY, World, text};

/// The program line by line on a terminal of this kind.
fn terminal(world: &World, args: &[&str], more: &[(&str, &str)]) -> Pty {
    let home = text(&world.path(""));
    let mut environment = vec![
        ("HOME", home.as_str()),
        ("LANG", "da_DK.UTF-8"),
        ("TERM", "dumb"),
        ("INDSIGT_TODAY", TODAY),
    ];
    environment.extend(more);
    Pty::spawn(PROGRAM, args, &environment, (80, 24))
}

/// Waits for what is said next, sends a line, and gives where the answer to it begins.
#[track_caller]
fn answer(pty: &Pty, mark: usize, said: &str, line: &str) -> usize {
    pty.wait_for_bytes(mark, said);
    let mark = pty.mark();
    pty.send(format!("{line}\n"));
    mark
}

/// Everything the terminal got: lines, whose ends it makes itself, and what was typed.
#[track_caller]
fn assert_terminal_is_left_alone(pty: &Pty) {
    let raw = String::from_utf8(pty.raw_bytes_since(0)).unwrap();
    assert_plain(&raw.replace("\r\n", "\n"));
}

#[test]
fn a_dumb_terminal_is_worked_on_without_being_steered() {
    let world = morning();
    let pty = terminal(&world, &["--plain"], &[]);
    let mark = answer(&pty, 0, "slutter.\r\n> ", "1");
    assert!(pty.is_cooked());
    let mark = answer(&pty, mark, "V-2026-0001 > ", "luk");
    let mark = answer(&pty, mark, "ja eller nej > ", "ja");
    let mark = answer(
        &pty,
        mark,
        "V-2026-0001: lukket\r\nV-2026-0001 > ",
        "søg mette",
    );
    let mark = answer(&pty, mark, "1 fundet", "1");
    let mark = answer(&pty, mark, "R-2026-0001 > ", "færdig 1");
    let mark = answer(&pty, mark, "(udført)\r\nR-2026-0001 > ", "note");
    // Ctrl-c leaves what is being asked, and loses nothing.
    let mark = answer(&pty, mark, "Note > ", "halvt");
    pty.wait_for_bytes(mark, "> ");
    let mark = pty.mark();
    pty.send("\x03");
    let mark = answer(
        &pty,
        mark,
        "Teksten er gemt som kladde og hentes frem næste gang.\r\nR-2026-0001 > ",
        "o",
    );
    let mark = answer(&pty, mark, "halvt\r\nNote [", ".");
    let mark = answer(&pty, mark, "R-2026-0001 > ", "");
    pty.wait_for_bytes(mark, "R-2026-0001 > ");
    pty.send("\x03");
    assert!(pty.wait_exit().success());
    assert_terminal_is_left_alone(&pty);
    assert_eq!(world.json("show v1")["status"], "closed");
    assert_eq!(world.json("show r1")["tasks"][0]["status"], "done");
    assert_eq!(world.json("show r1")["notes"], Value::Array(Vec::new()));
}

#[test]
fn a_line_that_drops_keeps_the_text_and_changes_nothing() {
    let world = morning();
    for how in ["hang-up", "close", "end"] {
        let before = world.everything();
        let mut pty = terminal(&world, &["--plain"], &[]);
        let mark = answer(&pty, 0, "> ", "r1");
        let mark = answer(&pty, mark, "R-2026-0001 > ", "forlæng");
        let mark = answer(&pty, mark, "begrundelse", &format!("mange mails: {how}"));
        let mark = answer(&pty, mark, "> ", "");
        pty.wait_for_bytes(mark, "[2026-11-22] > ");
        match how {
            "hang-up" => pty.signal(Signal::HUP),
            "close" => pty.close(),
            _ => pty.send("\x04"),
        }
        assert!(pty.wait_exit().success(), "{how}");
        assert_eq!(world.everything(), before, "{how}");
        let output = round(&world, &["r1", "forlæng", ".gem"]);
        assert_says(&output, &["Kladde fra", how, "svarfrist forlænget"]);
        world.ok("undo");
    }
}

#[test]
fn a_killed_program_has_kept_each_answer() {
    let world = morning();
    let pty = terminal(&world, &["--plain"], &[]);
    let mark = answer(&pty, 0, "> ", "ny anmodning");
    let mark = answer(&pty, mark, "Art [", "sletning");
    let mark = answer(&pty, mark, "Navn > ", "Oluf Ågård");
    pty.wait_for_bytes(mark, "Mailadresser > ");
    pty.signal(Signal::KILL);
    pty.wait_exit();
    let output = round(&world, &["ny anmodning", "", "", "oluf@example.dk", ".gem"]);
    assert_says(
        &output,
        &[
            "kladde",
            "Art [3 Sletning]",
            "Navn [Oluf Ågård]",
            "R-2026-0003: ny",
        ],
    );
}

#[test]
fn what_another_process_changed_is_said_before_anything_is_done_to_it() {
    let world = morning();
    let pty = terminal(&world, &["--plain"], &[]);
    let mark = answer(&pty, 0, "> ", "r1");
    pty.wait_for_bytes(mark, "R-2026-0001 > ");
    world.ok("task r1 kajabi done");
    let mark = answer(&pty, mark, "R-2026-0001 > ", "færdig 2");
    pty.wait_for_bytes(
        mark,
        "R-2026-0001 er ændret et andet sted, siden den blev læst op.",
    );
    pty.wait_for_bytes(mark, "Skriv kommandoen igen, hvis den stadig skal udføres.");
    assert_eq!(world.json("show r1")["tasks"][1]["status"], "todo");
    let mark = answer(&pty, mark, "R-2026-0001 > ", "færdig 2");
    // In the middle of a form the rules are asked when it is saved.
    let mark = answer(&pty, mark, "(udført)\r\nR-2026-0001 > ", "note");
    let mark = answer(&pty, mark, "Note > ", "min egen");
    pty.wait_for_bytes(mark, "> ");
    world.ok("note r1 'en andens'");
    let mark = answer(&pty, mark, "> ", "");
    let mark = answer(&pty, mark, ".gem gemmer alligevel.", ".gem");
    let mark = answer(&pty, mark, "note tilføjet", "q");
    assert!(pty.wait_exit().success());
    pty.wait_for_bytes(mark, "q");
    assert_terminal_is_left_alone(&pty);
    let notes = world.json("show r1")["notes"].clone();
    let texts: Vec<&str> = notes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["en andens", "min egen"]);
    assert_eq!(world.json("show r1")["tasks"][1]["status"], "done");
}

#[test]
fn a_busy_store_is_told_and_never_taken_for_an_empty_one() {
    let world = morning();
    world.configure("wait_seconds = 0\n");
    let pty = terminal(&world, &["--plain"], &[]);
    let mark = answer(&pty, 0, "slutter.\r\n> ", "");
    pty.wait_for_bytes(mark, "> ");
    let mut lock = world.store().into_os_string();
    lock.push(".lock");
    let lock = fs::File::options()
        .read(true)
        .write(true)
        .open(lock)
        .unwrap();
    lock.lock().unwrap();
    let mut mark = mark;
    for line in ["anmodninger", "r1", "søg mette", "i dag"] {
        mark = answer(&pty, mark, "> ", line);
        pty.wait_for_bytes(mark, "i brug af et andet program");
    }
    drop(lock);
    let mark = answer(&pty, mark, "> ", "r1");
    let mark = answer(&pty, mark, "R-2026-0001  Anmodning om indsigt", "q");
    assert!(pty.wait_exit().success());
    pty.wait_for_bytes(mark, "q");
    let said = String::from_utf8(pty.raw_bytes_since(0)).unwrap();
    assert!(
        !said.contains("Ingen anmodninger") && !said.contains("findes ikke længere"),
        "{said}"
    );
}

#[test]
fn the_editor_takes_long_texts_and_the_variable_chooses_this_mode() {
    let world = morning();
    let editor = [("VISUAL", "sed -i -e s/Kære/Hej/"), ("INDSIGT_PLAIN", "1")];
    let pty = terminal(&world, &[], &editor);
    let mark = answer(&pty, 0, "> ", "r1");
    let mark = answer(&pty, mark, "R-2026-0001 > ", "t kvit");
    let mark = answer(&pty, mark, "[videre] > ", "3");
    let mark = answer(&pty, mark, "Hej Mette Hansen", "");
    let mark = answer(&pty, mark, "Gør [", "gem det som tekst");
    let mark = answer(&pty, mark, "Fil [", "brev.txt");
    let mark = answer(&pty, mark, "[ja] > ", "ja");
    let mark = answer(&pty, mark, "brev.txt", ".");
    answer(&pty, mark, "R-2026-0001 > ", "q");
    assert!(pty.wait_exit().success());
    assert_terminal_is_left_alone(&pty);
    let letter = fs::read_to_string(world.path("brev.txt")).unwrap_or_default();
    assert!(letter.contains("Hej Mette Hansen"), "{letter}");
}

#[test]
fn a_terminal_that_is_too_simple_for_the_screen_is_told_of_this_mode() {
    let world = World::danish();
    let pty = terminal(&world, &[], &[]);
    assert_eq!(pty.wait_exit().exit_code(), 2);
    pty.wait_for_text("indsigt --plain");
}
