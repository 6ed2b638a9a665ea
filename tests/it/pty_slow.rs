//! A slow line: 9,600 bit/s to the screen, half a second for a key.

#![expect(clippy::print_stdout, reason = "what was measured")]

use std::time::Duration;

use crate::pty::{Demo, ENVIRONMENT};
use crate::pty_harness::Slow;

/// What the issue wants: 9,600 bit/s and half a second; the program does not know.
const SLOW: Slow = Slow {
    bytes_per_second: 960,
    delay: Duration::from_millis(500),
    told: None,
};

/// The cursor in the list, by the record whose row is reversed.
fn selected(screen: &vt100::Screen) -> Option<String> {
    let (rows, columns) = screen.size();
    let row = (2..rows).find(|row| screen.cell(*row, 5).is_some_and(vt100::Cell::inverse))?;
    screen.rows(0, columns).nth(usize::from(row))
}

#[test]
fn keys_typed_blind_over_a_slow_line_do_what_they_do_over_a_quick_one() {
    for slow in [None, Some(SLOW)] {
        let demo = Demo::spawn_on_store(&ENVIRONMENT, slow);
        demo.wait_ready();
        // Another tab, a search, a note on what it found, a task on it, and the end.
        for keys in ["2", "/annelise\r", "o", "Blåbær på vej", "\x13"] {
            demo.send(keys);
        }
        demo.send("a");
        demo.send("Ring til hende\x13");
        demo.send("q");
        assert!(demo.wait_exit().success());
        let shown = demo.json(&["show", "R-2026-0023"]);
        let last = |list: &str| shown[list].as_array().unwrap().last().cloned().unwrap();
        assert_eq!(last("notes")["text"], "Blåbær på vej", "{shown}");
        assert_eq!(last("tasks")["title"], "Ring til hende", "{shown}");
    }
}

/// Types thirty `j` one by one; gives the bytes that were written until the screen had caught up.
fn thirty(slow: Option<Slow>) -> usize {
    let demo = Demo::spawn_on_store(&ENVIRONMENT, slow);
    demo.wait_ready();
    demo.work(&[("2", "R-2026-0025")]);
    while !demo.watch(Duration::from_millis(700)).is_empty() {}
    let mark = demo.mark();
    for _ in 0..30 {
        demo.send("j");
    }
    // The last of the list.
    demo.wait_for("the end of the list", |screen| {
        selected(screen).is_some_and(|row| row.contains("R-2026-0001"))
    });
    while !demo.watch(Duration::from_millis(700)).is_empty() {}
    let written = demo.raw_bytes_since(mark);
    let frames = String::from_utf8_lossy(&written)
        .matches("\x1b[?2026h")
        .count();
    println!("{} bytes in {frames} frames", written.len());
    written.len()
}

#[test]
fn frames_are_left_out_when_keys_come_faster_than_pictures() {
    // Two or three pictures of a list that moves; thirty would be ten times that.
    const FEW: usize = 6_000;
    assert!(thirty(None) < FEW);
    assert!(thirty(Some(SLOW)) < FEW);
    let told = Slow {
        told: Some(9_600),
        ..SLOW
    };
    assert!(thirty(Some(told)) < FEW);
}
