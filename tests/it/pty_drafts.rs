//! Half-written texts in the real program: killed, hung up, and started again in another process.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::time::{Duration, Instant};

use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::domain::draft::Draft;
use indsigt::ops::Desk;
use indsigt::store::{Store, Via};
use rustix::process::Signal;

use crate::app::today;
use crate::pty::{Demo, SIZE};

const RECORD: &str = "R-2026-0013";
/// A request that is not on the first tab: when it is seen, the rows of the second are there.
const ONLY_THERE: &str = "R-2026-0025";
const SAVE: &str = "\x13";

/// The program with a note on [`RECORD`] of which this much was typed.
fn typed(text: &str) -> Demo {
    let demo = Demo::start_on_store(SIZE);
    demo.work(&[
        ("2", ONLY_THERE),
        ("o", "Note – R-2026-0013"),
        (text, text.trim_end()),
    ]);
    demo
}

fn drafts(demo: &Demo) -> Vec<Draft> {
    let store = Store::at(demo.store(), true);
    // On the day of the tests, on which nothing is too old.
    let clock = Clock::new(Settings::default().zone, Some(today()));
    let desk = Desk::new(store, Settings::default(), clock, Via::Cli);
    desk.drafts().unwrap()
}

/// The texts in the store's table, as they lie there.
pub(crate) fn texts(demo: &Demo) -> Vec<String> {
    let drafts = drafts(demo);
    let fields = drafts.into_iter().flat_map(|draft| draft.fields);
    fields.map(|(_, text)| text).collect()
}

#[track_caller]
fn wait_for_drafts(demo: &Demo, wanted: &[&str]) {
    let started = Instant::now();
    while texts(demo) != wanted {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "{:?}",
            texts(demo)
        );
        demo.watch(Duration::from_millis(20));
    }
}

#[test]
fn a_killed_program_has_kept_what_was_typed() {
    let demo = typed("halvt færdig");
    wait_for_drafts(&demo, &["halvt færdig"]);
    demo.signal(Signal::KILL);
    demo.wait_exit();
    let demo = demo.start_again();
    demo.wait_for_text("R-2026-0013 (Note)");
    demo.work(&[
        ("2", ONLY_THERE),
        ("o", "Draft from today at"),
        (" nu", "halvt færdig nu"),
        (SAVE, "R-2026-0013: "),
        ("o", "> Note:"),
    ]);
    assert!(!demo.screen().contains("halvt"), "{}", demo.screen());
    assert_eq!(drafts(&demo), []);
    let shown = demo.json(&["show", RECORD]);
    let notes = shown["notes"].as_array().unwrap();
    assert_eq!(notes.last().unwrap()["text"], "halvt færdig nu");
}

#[test]
fn a_signal_or_a_dropped_line_at_once_after_a_key_loses_nothing() {
    for signal in [Signal::HUP, Signal::TERM, Signal::INT] {
        let demo = typed("halvt færdig");
        demo.signal(signal);
        demo.wait_exit();
        assert_eq!(texts(&demo), ["halvt færdig"], "{signal:?}");
        let demo = demo.start_again();
        demo.work(&[("2", ONLY_THERE), ("o", "halvt færdig")]);
    }
    let mut demo = typed("halvt færdig");
    demo.close();
    demo.wait_exit();
    assert_eq!(texts(&demo), ["halvt færdig"]);
}

#[test]
fn esc_keeps_it_and_leaving_asks_nothing() {
    let demo = typed("halvt færdig");
    demo.work(&[("\x1b", "kept as a draft"), ("n", "New request")]);
    demo.work(&[("\tIda", "Ida"), ("\x1b", "kept as a draft")]);
    demo.send("q");
    assert!(demo.wait_exit().success());
    assert_eq!(drafts(&demo).len(), 2);
    let demo = demo.start_again();
    demo.wait_for_text("There are 2 drafts");
    demo.work(&[
        ("2", ONLY_THERE),
        ("n", "Ida"),
        ("\x1b", "kept"),
        ("o", "halvt færdig"),
    ]);
}

#[test]
fn five_thousand_characters_are_a_handful_of_writes() {
    let demo = typed("begin ");
    let started = Instant::now();
    // Every text that was in the store, as they came: writes are a second apart, and this looks far more often.
    let mut kept: Vec<Vec<String>> = Vec::new();
    let mut look = || {
        demo.watch(Duration::from_millis(10));
        let now = texts(&demo);
        if kept.last() != Some(&now) {
            kept.push(now);
        }
        assert!(started.elapsed() < Duration::from_mins(1), "{kept:?}");
        (kept.len(), kept.last().cloned())
    };
    let text = "0123456789 ".repeat(455);
    // In a hundred portions, as keys come, and not as one paste.
    for portion in text.as_bytes().chunks(50) {
        demo.send(portion);
        look();
    }
    demo.send("end");
    let whole = vec![format!("begin {text}end")];
    let writes = loop {
        if let (writes, Some(last)) = look()
            && last == whole
        {
            break writes;
        }
    };
    // The one before the first, once a second, and once more when all is typed.
    let seconds = usize::try_from(started.elapsed().as_secs()).unwrap();
    assert!(
        writes <= seconds + 3,
        "{writes} writes in {seconds} seconds"
    );
    let written = || fs::metadata(demo.store()).unwrap().modified().unwrap();
    // From then on nothing is written, to the disk or to the screen, and nothing is done.
    demo.watch(Duration::from_millis(1500));
    let (before, at_rest) = (demo.cpu_time(), written());
    assert!(demo.watch(Duration::from_secs(3)).is_empty());
    assert_eq!(written(), at_rest);
    assert!(demo.cpu_time() <= before + Duration::from_millis(30));
}

#[test]
fn a_cpr_number_is_not_on_the_disk() {
    let demo = typed("Ida");
    wait_for_drafts(&demo, &["Ida"]);
    demo.work(&[(" 010180-1234", "010180-1234")]);
    demo.watch(Duration::from_millis(2500));
    demo.signal(Signal::HUP);
    demo.wait_exit();
    let bytes = fs::read(demo.store()).unwrap();
    assert!(!bytes.windows(8).any(|part| part == b"010180-1"));
    assert_eq!(texts(&demo), ["Ida"]);
}

#[test]
fn a_line_that_drops_in_the_middle_of_a_save_loses_nothing() {
    for (keys, field, saved) in [("o", "Note – R-2026-0013", true), ("x", "Facts", false)] {
        let demo = Demo::start_on_store(SIZE);
        demo.work(&[("2", ONLY_THERE), (keys, field)]);
        if !saved {
            demo.work(&[("\t", "> Facts")]);
        }
        demo.work(&[("for dyrt", "for dyrt")]);
        // Somebody has the store; the refusal, or the note, comes when the terminal is long gone.
        let mut name = demo.store().into_os_string();
        name.push(".lock");
        let mut options = fs::File::options();
        let lock = options.read(true).write(true).open(name).unwrap();
        lock.lock().unwrap();
        demo.work(&[(SAVE, "Saving")]);
        demo.signal(Signal::HUP);
        demo.wait_restored();
        lock.unlock().unwrap();
        demo.wait_exit();
        let shown = demo.json(&["show", RECORD]);
        if saved {
            let notes = shown["notes"].as_array().unwrap();
            assert_eq!(notes.last().unwrap()["text"], "for dyrt");
            assert_eq!(drafts(&demo), []);
        } else {
            assert_eq!(shown["rejection"], serde_json::Value::Null);
            assert!(texts(&demo).contains(&"for dyrt".to_owned()));
        }
    }
}

/// The editor has the terminal while it runs, and the program has it afterwards, with what the editor left.
#[test]
fn the_editor_takes_the_terminal_and_gives_it_back() {
    let demo = Demo::start_on_store(SIZE);
    demo.work(&[
        ("2", ONLY_THERE),
        ("t", "Letter for R-2026-0013"),
        ("\r", "Kære Pernille Skovgaard"),
        ("\x05", "Hej Pernille Skovgaard"),
        ("PS ", "PS Hej Pernille"),
    ]);
    // What was changed is kept as any other text is, and nothing of it lies anywhere else.
    let started = Instant::now();
    while !texts(&demo).iter().any(|text| text.starts_with("PS Hej")) {
        assert!(started.elapsed() < Duration::from_secs(20));
        demo.watch(Duration::from_millis(20));
    }
    let left = fs::read_dir(std::env::temp_dir()).unwrap().flatten();
    for entry in left {
        let copy = entry.path().join("indsigt.txt");
        assert!(!copy.exists(), "{}", copy.display());
    }
}
