//! The real program in a real terminal: what it leaves behind however it ends, that it ends when
//! the line drops, and that it writes nothing while nothing happens.
//!
//! The last section runs this test program itself in the terminal, as the real program has no key
//! that makes it panic.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;

use crate::pty_harness::{Pty, Slow, shows_shell};

/// What the tab bar shows when the program is ready, in English; [`ENVIRONMENT`] asks for that.
pub(crate) const READY: &str = "1 Today";
const QUIT: &str = "q";
const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";
/// A key that does nothing that could leave something on the screen or ask something.
const HARMLESS: &str = "j";
pub(crate) const SIZE: (u16, u16) = (80, 24);
pub(crate) const ENVIRONMENT: [(&str, &str); 3] = [
    ("TERM", "xterm-256color"),
    ("LANG", "en_GB.UTF-8"),
    // As an editor that is quick: it needs no keys.
    ("VISUAL", "sed -i -e s/Kære/Hej/"),
];
pub(crate) const TODAY: &str = "2026-11-23";
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_indsigt");

/// How soon the program must have ended after the line has dropped.
pub(crate) const GONE_WITHIN: Duration = Duration::from_secs(2);

/// How soon a change made elsewhere must be on the screen.
const SEEN_WITHIN: Duration = Duration::from_secs(3);

/// The program in a home folder of its own.
pub(crate) struct Demo {
    pty: Pty,
    home: TempDir,
}

impl Demo {
    /// `indsigt demo`, ready for keys.
    fn start() -> Self {
        let demo = Self::spawn(PROGRAM, &["demo", "--today", TODAY]);
        demo.wait_ready();
        demo
    }

    /// `indsigt demo`, started by a line of shell in which it is `"$0" "$@"`.
    fn start_from_shell(script: &str) -> Self {
        let args = ["-c", script, PROGRAM, "demo", "--today", TODAY];
        let demo = Self::spawn("/bin/sh", &args);
        demo.wait_ready();
        demo
    }

    /// `indsigt` on a store with the invented cases, in which commands can look afterwards.
    pub(crate) fn start_on_store(size: (u16, u16)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = store_in(home.path());
        let filled = command(
            home.path(),
            &["demo", "--fill", store.to_str().unwrap()],
            "",
        );
        assert!(filled.status.success(), "{filled:?}");
        Self::start_in(home, size)
    }

    /// `indsigt` on the store in a home folder.
    fn start_in(home: TempDir, size: (u16, u16)) -> Self {
        let store = store_in(home.path());
        let args = ["--store", store.to_str().unwrap(), "--today", TODAY];
        let demo = Self::spawn_in(home, PROGRAM, &args, &ENVIRONMENT, size);
        demo.wait_ready();
        demo
    }

    /// The same in surroundings of its own, over a line of its own, not waited for.
    pub(crate) fn spawn_on_store(environment: &[(&str, &str)], slow: Option<Slow>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = store_in(home.path());
        let store = store.to_str().unwrap();
        let filled = command(home.path(), &["demo", "--fill", store], "");
        assert!(filled.status.success(), "{filled:?}");
        let mut environment = environment.to_vec();
        environment.push(("HOME", home.path().to_str().unwrap()));
        let args = ["--store", store, "--today", TODAY];
        let pty = Pty::spawn_over(PROGRAM, &args, &environment, SIZE, slow);
        Self { pty, home }
    }

    /// `indsigt demo` in a home folder and surroundings of its own, not waited for.
    pub(crate) fn spawn_at(home: TempDir, environment: &[(&str, &str)]) -> Self {
        let args = ["demo", "--today", TODAY];
        Self::spawn_in(home, PROGRAM, &args, environment, SIZE)
    }

    /// A terminal in which another program brings the screen of the store in a home folder.
    pub(crate) fn around(home: TempDir, pty: Pty) -> Self {
        Self { pty, home }
    }

    /// Another process on the same store, when this one has ended.
    pub(crate) fn start_again(self) -> Self {
        let Self { pty, home } = self;
        drop(pty);
        Self::start_in(home, SIZE)
    }

    /// A second terminal on the same store.
    pub(crate) fn second_screen(&self) -> Pty {
        let store = self.store();
        let args = ["--store", store.to_str().unwrap(), "--today", TODAY];
        let mut environment = ENVIRONMENT.to_vec();
        environment.push(("HOME", self.home.path().to_str().unwrap()));
        Pty::spawn(PROGRAM, &args, &environment, SIZE)
    }

    /// The file with everything in it.
    pub(crate) fn store(&self) -> PathBuf {
        store_in(self.home.path())
    }

    fn spawn(program: &str, args: &[&str]) -> Self {
        Self::spawn_in(
            tempfile::tempdir().unwrap(),
            program,
            args,
            &ENVIRONMENT,
            SIZE,
        )
    }

    fn spawn_in(
        home: TempDir,
        program: &str,
        args: &[&str],
        environment: &[(&str, &str)],
        size: (u16, u16),
    ) -> Self {
        let mut environment = environment.to_vec();
        environment.push(("HOME", home.path().to_str().unwrap()));
        let pty = Pty::spawn(program, args, &environment, size);
        Self { pty, home }
    }

    #[track_caller]
    pub(crate) fn wait_ready(&self) {
        self.pty.wait_for(READY, |screen| {
            screen.alternate_screen() && screen.contents().contains(READY)
        });
        self.pty.wait_raw();
    }

    /// Runs a command on the same store, as cron, a mail filter or another window would.
    pub(crate) fn run(&self, args: &[&str], input: &str) -> Output {
        command(self.home.path(), args, input)
    }

    /// What a command says with `--json`.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let mut args = args.to_vec();
        args.push("--json");
        let output = self.run(&args, "");
        assert!(output.status.success(), "{args:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Types keys one after the other, each when the screen shows what the one before it led to.
    #[track_caller]
    pub(crate) fn work(&self, steps: &[(&str, &str)]) {
        for (keys, shown) in steps {
            self.send(keys);
            self.wait_for(&format!("{shown:?} after {keys:?}"), |screen| {
                screen.contents().contains(shown)
            });
        }
    }
}

pub(crate) fn store_in(home: &Path) -> PathBuf {
    home.join("indsigt.redb")
}

/// `indsigt` without a terminal.
pub(crate) fn command(home: &Path, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(args)
        .env_clear()
        .envs(ENVIRONMENT)
        .env("HOME", home)
        .env("INDSIGT_STORE", store_in(home))
        .env("INDSIGT_TODAY", TODAY)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read is not waited for here.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    child.wait_with_output().unwrap()
}

impl std::ops::Deref for Demo {
    type Target = Pty;
    fn deref(&self) -> &Pty {
        &self.pty
    }
}

impl std::ops::DerefMut for Demo {
    fn deref_mut(&mut self) -> &mut Pty {
        &mut self.pty
    }
}

#[test]
fn quitting_leaves_the_screen_as_it_was() {
    for key in [QUIT, CTRL_C] {
        let demo = Demo::start_from_shell(r#"echo before; exec "$0" "$@""#);
        demo.send(key);
        assert!(demo.wait_exit().success(), "{key:?}");
        demo.wait_restored();
        assert_eq!(demo.screen().trim_end(), "before", "{key:?}");
    }
}

#[test]
fn signals_that_end_the_program_leave_the_screen() {
    for signal in [Signal::TERM, Signal::HUP, Signal::QUIT, Signal::INT] {
        let demo = Demo::start();
        demo.signal(signal);
        let exit = demo.wait_exit();
        assert_eq!(exit.signal(), None, "{signal:?} killed the program");
        demo.wait_restored();
    }
}

#[test]
fn a_signal_ends_the_program_in_the_middle_of_a_paste() {
    // crossterm takes everything for part of the paste until its end comes (#1060).
    let demo = Demo::start();
    demo.send("\x1b[200~ and no end");
    demo.send(QUIT);
    demo.signal(Signal::TERM);
    demo.wait_exit();
    demo.wait_restored();
}

#[test]
fn nothing_is_written_and_nothing_done_while_nothing_happens() {
    let demo = Demo::start();
    demo.send(HARMLESS);
    // Until what follows the key is over.
    while !demo.watch(Duration::from_millis(300)).is_empty() {}

    let before = demo.cpu_time();
    let written = demo.watch(Duration::from_secs(3));
    assert_eq!(String::from_utf8_lossy(&written), "");
    let after = demo.cpu_time();
    assert!(
        after <= before + Duration::from_millis(30),
        "{before:?}, 3 s later {after:?}"
    );
}

#[test]
fn a_dropped_line_ends_the_program() {
    for script in [
        r#"exec "$0" "$@""#,
        // Hang-ups are ignored, as under `nohup`.
        r#"trap "" HUP; exec "$0" "$@""#,
        // It gets no signal at all: the kernel tells the leader of the session, which keeps it to itself.
        r#"trap "" HUP; "$0" "$@"; exit $?"#,
    ] {
        let mut demo = Demo::start_from_shell(script);
        demo.close();
        demo.wait_exit_within(GONE_WITHIN);
    }
}

#[test]
fn a_dropped_line_ends_the_program_in_the_middle_of_an_escape_sequence() {
    // The reader is inside crossterm then, waiting for the rest.
    let mut demo = Demo::start_from_shell(r#"trap "" HUP; "$0" "$@"; exit $?"#);
    demo.send("\x1b[");
    demo.watch(Duration::from_millis(100));
    demo.close();
    demo.wait_exit_within(GONE_WITHIN);
}

#[test]
fn no_key_of_a_burst_is_lost() {
    // Far more than the kernel's 4,096 and crossterm's 1,024 bytes; the last key is the proof.
    let demo = Demo::start();
    demo.send(HARMLESS.repeat(20_000));
    demo.send(QUIT);
    assert!(demo.wait_exit().success());
    demo.wait_restored();
}

#[test]
fn a_new_size_is_drawn_without_a_key() {
    let demo = Demo::start();
    for size in [(120, 40), (60, 15), SIZE] {
        let mark = demo.mark();
        demo.resize(size);
        // A whole new picture: cleared, drawn, complete.
        demo.wait_for_bytes(mark, "\x1b[2J");
        demo.wait_for(&format!("{READY} at {size:?}"), |screen| {
            screen.contents().contains(READY)
        });
    }
}

#[test]
fn a_stop_by_signal_leaves_the_screen_and_continuing_takes_it_again() {
    // Without a shell that could continue it: the one who sends SIGTSTP to a process sends SIGCONT.
    let demo = Demo::start();
    for _ in 0..3 {
        demo.signal(Signal::TSTP);
        demo.wait_process_state('T');
        demo.wait_restored();
        demo.signal(Signal::CONT);
        demo.wait_ready();
        assert_ne!(demo.process_state(), 'T');
    }
    demo.send(QUIT);
    assert!(demo.wait_exit().success());
    demo.wait_restored();
}

#[test]
fn ctrl_z_returns_to_the_shell_and_fg_to_the_program() {
    let demo = Demo::start_from_shell(
        r#"set -m; "$0" "$@"; echo stopped; read -r go; fg; echo "ended $?"; read -r go"#,
    );
    demo.send(CTRL_Z);
    demo.wait_for("the shell", |screen| {
        shows_shell(screen) && screen.contents().contains("stopped")
    });
    demo.wait_restored();
    demo.send("\n");
    demo.wait_ready();
    demo.send(QUIT);
    demo.wait_for_text("ended 0");
    demo.wait_restored();
}

#[test]
fn ctrl_z_does_nothing_where_no_shell_could_bring_the_program_back() {
    // As the command of `ssh -t` or of a tmux window: a stop would freeze the window for good.
    let demo = Demo::start();
    demo.send(CTRL_Z);
    demo.send(QUIT);
    assert!(demo.wait_exit().success());
}

#[test]
fn after_a_stop_that_nobody_can_catch_the_screen_is_drawn_again() {
    let demo = Demo::start();
    demo.signal(Signal::STOP);
    demo.wait_process_state('T');
    let mark = demo.mark();
    demo.signal(Signal::CONT);
    demo.wait_for_bytes(mark, "\x1b[?1049h");
    demo.wait_for_bytes(mark, "\x1b[2J");
    demo.wait_ready();
}

#[test]
fn a_terminal_that_is_too_small_is_told_so_and_can_be_left() {
    let home = tempfile::tempdir().unwrap();
    let demo = Demo::spawn_in(
        home,
        PROGRAM,
        &["demo", "--today", TODAY],
        &ENVIRONMENT,
        (20, 5),
    );
    demo.wait_for_text("60×15");
    demo.resize(SIZE);
    demo.wait_ready();
    demo.resize((20, 5));
    demo.wait_for_text("60×15");
    demo.send(QUIT);
    assert!(demo.wait_exit().success());
    demo.wait_restored();
}

#[test]
fn where_there_is_no_terminal_to_draw_on_one_message_says_so() {
    for term in ["dumb", ""] {
        let home = tempfile::tempdir().unwrap();
        let environment = [("TERM", term), ("LANG", "en_GB.UTF-8")];
        let demo = Demo::spawn_in(home, PROGRAM, &["demo"], &environment, SIZE);
        assert_eq!(demo.wait_exit().exit_code(), 2, "TERM={term}");
        demo.wait_for_text("terminal");
        let raw = String::from_utf8(demo.raw_bytes_since(0)).unwrap();
        assert!(!raw.contains('\x1b'), "{raw:?}");
        assert!(demo.is_cooked());
    }
    let home = tempfile::tempdir().unwrap();
    let output = command(home.path(), &["demo"], "");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!((1..=3).contains(&told.lines().count()), "{told}");
    assert!(output.stdout.is_empty());
    // Without a command there is something to say all the same.
    let output = command(home.path(), &[], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!output.stdout.is_empty());
}

#[test]
fn what_is_done_on_the_screen_is_in_the_store() {
    for size in [SIZE, (120, 40)] {
        let demo = Demo::start_on_store(size);
        let folder = demo.home.path().join("u.json");
        let clear = "\x7f".repeat(20);
        demo.work(&[
            // Refused while tasks are open, then done with a reason.
            ("2", "R-2026-0013"),
            ("/pernille", "2 found"),
            ("\r", "r resolve"),
            ("r", "are open"),
            ("\x13", "open tasks:"),
            ("\tHun fik svar i telefonen.", "telefonen"),
            ("\x13", "R-2026-0013: answered"),
            // Refused for good reasons only.
            ("\x1b", "R-2026-0027"),
            ("/annelise", "2 found"),
            ("\r", "r resolve"),
            ("x", "Reject as unreasonable"),
            ("\x13", "Missing:"),
            ("\x1b", "r resolve"),
            ("\x1b", "R-2026-0027"),
            // A new opt-out, exported, and one thing too many, taken back.
            ("4", "N-2026-0005"),
            ("n", "New opt-out"),
            ("ny@example.dk", "ny@example.dk"),
            // The row comes a moment after the word that it was saved.
            ("\x13", "N-2026-0009 ny@"),
            ("e", "N-2026-0009.json"),
            ("\t\t", "> File"),
            (&clear, "> File:"),
            (folder.to_str().unwrap(), "u.json"),
            ("\x13", "1 case written"),
            ("r", "Is the address removed"),
            ("y", "N-2026-0009: closed"),
            ("u", "Undone"),
            ("\x12", "Redone: closed (N-2026-0009)"),
            ("u", "Undone"),
            ("q", ""),
        ]);
        assert!(demo.wait_exit().success());
        demo.wait_restored();

        let closed = demo.json(&["show", "R-2026-0013"]);
        assert_eq!(closed["status"], "closed");
        assert_eq!(closed["closing"]["override"], "Hun fik svar i telefonen.");
        assert_eq!(
            demo.json(&["show", "R-2026-0023"])["rejection"],
            Value::Null
        );
        let new = demo.json(&["show", "N-2026-0009"]);
        assert_eq!(
            (&new["email"], &new["status"]),
            (&"ny@example.dk".into(), &"open".into())
        );
        let exported: Value = serde_json::from_slice(&std::fs::read(&folder).unwrap()).unwrap();
        assert_eq!(exported["items"][0]["id"], "N-2026-0009");
        let history = demo.json(&["history", "N-2026-0009"]);
        let events: Vec<_> = history["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| {
                assert_eq!(entry["via"], "tui");
                entry["event"].as_str().unwrap()
            })
            .collect();
        assert_eq!(
            events,
            ["received", "resolved", "undone", "redone", "undone"]
        );
    }
}

#[test]
fn others_work_on_the_same_store_meanwhile() {
    let demo = Demo::start_on_store(SIZE);
    demo.work(&[("2", "R-2026-0013"), ("/zzz", "0 found"), ("\r", "? help")]);
    // A note is being written while all of it happens.
    demo.work(&[
        ("\x1b", "R-2026-0013"),
        ("o", "Note – R-2026-0013"),
        ("halv", "halv"),
    ]);
    let due = demo.json(&["due"]);
    assert_eq!(due["summary"]["overdue"], 3);
    let added = demo.run(&["add", "optout", "--email", "cron@example.dk"], "");
    assert!(added.status.success(), "{added:?}");
    let mail = "From: Ny Person <ny.person@example.dk>\nTo: mig@example.dk\nDate: Mon, 23 Nov 2026 08:00:00 +0100\n\
                Message-ID: <pty@example.dk>\nSubject: Indsigt\nContent-Type: text/plain; charset=utf-8\n\nJeg vil gerne have indsigt i mine oplysninger efter artikel 15.\n";
    let started = Instant::now();
    let imported = demo.run(&["import", "mail", "-", "--all"], mail);
    assert!(imported.status.success(), "{imported:?}");
    // One request and one opt-out more, counted on the tabs behind the form.
    demo.wait_for("the new records", |screen| {
        let contents = screen.contents();
        contents.contains("2 Requests 21") && contents.contains("4 Newsletter 5")
    });
    assert!(started.elapsed() < SEEN_WITHIN, "{:?}", started.elapsed());
    demo.work(&[
        (" note", "halv note"),
        ("\x13", "R-2026-0013: note added"),
        // The last change is this note; the ones before it are others'.
        ("u", "Undone"),
        ("u", "not made here"),
        ("n", "R-2026-0013"),
        ("/ny.person", "1 found"),
        ("\r", "Ny Person"),
    ]);
    demo.send(QUIT);
    assert!(demo.wait_exit().success());
    let found = demo.json(&["list", "requests", "--search", "ny.person"]);
    assert_eq!(found["total"], 1);
}

#[test]
fn what_was_changed_meanwhile_is_told_and_not_written_over() {
    let demo = Demo::start_on_store(SIZE);
    demo.work(&[("2", "R-2026-0025"), ("a", "New task")]);
    demo.work(&[("Ring til hende", "Ring til hende")]);
    // Another terminal, and a command.
    let other = demo.second_screen();
    other.wait_for_text(READY);
    for (keys, shown) in [
        ("2", "R-2026-0025"),
        ("o", "Note – R-2026-0013"),
        ("fra den anden", "fra den anden"),
        ("\x13", "R-2026-0013: "),
        ("q", ""),
    ] {
        other.send(keys);
        other.wait_for_text(shown);
    }
    other.wait_exit();
    let asked = [
        "identity",
        "R-2026-0013",
        "requested",
        "--reason",
        "navnebror",
    ];
    assert!(demo.run(&asked, "").status.success());
    demo.work(&[
        ("\x13", "note added today at"),
        ("", "(screen)"),
        ("", "identity asked for today at"),
        ("", "(command)"),
        ("", "> Title: Ring til hende"),
        // The row behind the form is up to date.
        ("", "[draft, awaiting"),
        ("\x13", "R-2026-0013: task added"),
    ]);
    let tasks = demo.json(&["show", "R-2026-0013"])["tasks"].clone();
    let tasks = tasks.as_array().unwrap();
    assert_eq!(tasks.last().unwrap()["title"], "Ring til hende");
    let events = demo.json(&["history", "R-2026-0013"]);
    let events = events["entries"].as_array().unwrap();
    let last: Vec<_> = events.iter().rev().take(3).map(|it| &it["event"]).collect();
    assert_eq!(last, ["task-added", "identity-requested", "noted"]);
}

/// Panics: this test program, run again in the terminal as the program that panics.
mod panics {
    use std::sync::mpsc::channel;

    use indsigt::tui::input;
    use indsigt::tui::terminal::{Screen, Surroundings};

    use super::*;

    /// Runs the ignored test `role` of this module in a terminal.
    fn run(role: &str) -> Demo {
        let program = std::env::current_exe().unwrap();
        let role = format!("pty::panics::{role}");
        let args = ["--ignored", "--exact", "--nocapture", &role];
        Demo::spawn(program.to_str().unwrap(), &args)
    }

    fn enter(text: &str) -> Screen {
        let mut screen = Screen::enter(Surroundings::default()).unwrap();
        screen
            .draw(|frame| frame.render_widget(text, frame.area()))
            .unwrap();
        screen
    }

    #[test]
    fn a_panic_leaves_the_screen_and_then_tells() {
        let pty = run("on_the_screen");
        let exit = pty.wait_exit();
        assert_eq!(exit.signal(), None);
        pty.wait_for_text("on purpose");
        pty.wait_restored();
        let raw = String::from_utf8(pty.raw_bytes_since(0)).unwrap();
        let (left, told) = (raw.find("\x1b[?1049l"), raw.find("on purpose"));
        assert!(left.is_some() && left < told, "{raw:?}");
        assert_eq!(raw.matches("\x1b[?1049l").count(), 1, "left once: {raw:?}");
    }

    #[test]
    #[ignore = "the program that a_panic_leaves_the_screen_and_then_tells runs"]
    fn on_the_screen() {
        let _screen = enter("picture");
        panic!("on purpose");
    }

    #[test]
    fn a_panic_in_another_thread_does_not_spoil_the_picture() {
        let pty = run("behind_the_screen");
        pty.wait_for_text("still here");
        assert!(!pty.screen().contains("behind"));
        pty.send(QUIT);
        assert!(pty.wait_exit().success());
        pty.wait_for_text("behind the screen");
        pty.wait_restored();
    }

    #[test]
    #[ignore = "the program that a_panic_in_another_thread_does_not_spoil_the_picture runs"]
    fn behind_the_screen() {
        let (tx, inputs) = channel();
        let _threads = input::start(tx, |input| input).unwrap();
        let mut screen = enter("picture");
        std::thread::spawn(|| panic!("behind the screen"))
            .join()
            .unwrap_err();
        screen
            .draw(|frame| frame.render_widget("still here", frame.area()))
            .unwrap();
        inputs.recv().unwrap();
    }

    #[test]
    fn a_paused_reader_leaves_the_keys_to_another_program() {
        let pty = run("pausing");
        pty.wait_for_text("other program");
        pty.send("for the other\r");
        // In what it wrote, as the screen may have been taken again by the time we look.
        pty.wait_for_bytes(0, "other program got for the other");
        pty.wait_for_text("here again");
        pty.send(QUIT);
        pty.wait_for_text("key q");
        assert!(pty.wait_exit().success());
    }

    #[test]
    fn a_reader_in_the_middle_of_an_escape_sequence_refuses_to_pause() {
        let pty = run("pausing_in_half_a_sequence");
        pty.wait_for_text("picture");
        pty.send("\x1b[");
        pty.watch(Duration::from_millis(100));
        // Says that it is there: the program does not see half a sequence.
        pty.signal(Signal::CONT);
        pty.wait_for_bytes(0, "refused: Err(TimedOut)");
        pty.send("A");
        pty.wait_for_bytes(0, "key Up");
        pty.wait_for_bytes(0, "paused: Ok");
        assert!(pty.wait_exit().success());
    }

    #[test]
    #[ignore = "the program that a_reader_in_the_middle_of_an_escape_sequence_refuses_to_pause runs"]
    fn pausing_in_half_a_sequence() {
        let (tx, inputs) = channel();
        let mut threads = input::start(tx, |input| input).unwrap();
        let mut screen = enter("picture");
        assert_eq!(
            inputs.recv().unwrap(),
            input::Input::Signal(input::Signal::Continue)
        );
        let refused = threads.pause().map_err(|error| error.kind());
        screen.leave();
        println!("refused: {refused:?}");
        screen.resume().unwrap();
        let input::Input::Key(key) = inputs.recv().unwrap() else {
            panic!("not a key");
        };
        let paused = threads.pause();
        screen.leave();
        println!("key {}, paused: {paused:?}", key.code);
    }

    #[test]
    #[ignore = "the program that a_paused_reader_leaves_the_keys_to_another_program runs"]
    fn pausing() {
        let (tx, inputs) = channel();
        let mut threads = input::start(tx, |input| input).unwrap();
        let mut screen = enter("picture");
        threads.pause().unwrap();
        threads.pause().unwrap();
        screen.leave();
        println!("other program");
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
        println!("other program got {line}");
        assert!(inputs.try_recv().is_err());
        screen.resume().unwrap();
        threads.resume();
        screen
            .draw(|frame| frame.render_widget("here again", frame.area()))
            .unwrap();
        let input::Input::Key(key) = inputs.recv().unwrap() else {
            panic!("not a key");
        };
        screen.leave();
        println!("key {}", key.code);
    }
}
