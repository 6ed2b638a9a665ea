//! Backups: what is in a copy and what is not, who can read it, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output as Raw, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use age::secrecy::ExposeSecret as _;
use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::domain::person::{Language, Person};
use indsigt::domain::request::{Channel, Kind};
use indsigt::ops::add::NewRequest;
use indsigt::ops::{Action, Desk, Op, Target};
use indsigt::store::{Store, Via};
use serde_json::json;

use crate::pty_harness::Pty;
use crate::world::{PROGRAM, World, assert_brief, full, text};

const WRITERS: usize = 4;

/// The permissions of a file.
pub(crate) fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

fn contains(bytes: &[u8], text: &str) -> bool {
    let text = text.as_bytes();
    bytes.windows(text.len()).any(|window| window == text)
}

/// What lies in a folder, by name.
pub(crate) fn listing(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Runs a command whose standard output is no text.
fn raw(world: &World, args: &[&str]) -> Raw {
    world.command(args).output().unwrap()
}

/// All records of a store that lies elsewhere, and its whole history.
pub(crate) fn everything_in(world: &World, store: &str) -> (String, String) {
    (
        world.ok(&["--store", store, "export", "all", "--format", "json"]),
        world.ok(&["--store", store, "history", "--json"]),
    )
}

/// A key of age's, made here; the file `age-keygen` would write.
pub(crate) fn key(world: &World, name: &str) -> (String, String) {
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    let secret = identity.to_string();
    let file = format!("# public key: {recipient}\n{}\n", secret.expose_secret());
    (recipient, world.write(name, file))
}

/// The ordinary age tool, where it is installed; a test without it says so.
fn age_tool() -> Option<&'static str> {
    let found = Command::new("age").arg("--version").output().is_ok();
    if !found {
        // Past the test harness, which keeps what a passing test prints to itself.
        let told = b"SKIPPED: the age tool is not installed; nothing was compared with it\n";
        std::io::stderr().write_all(told).unwrap();
    }
    found.then_some("age")
}

#[test]
fn a_copy_made_while_four_processes_write_is_one_moment_of_the_store() {
    const ROUNDS: usize = 3;
    let world = World::new();
    world.configure("wait_seconds = 60\n");
    let (stop, acknowledged) = (AtomicBool::new(false), Mutex::new(BTreeSet::new()));
    let (bell, rung) = mpsc::channel();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (world, stop, acknowledged, bell) = (&world, &stop, &acknowledged, bell.clone());
            scope.spawn(move || {
                let mut n = 0;
                while !stop.load(Ordering::Relaxed) {
                    let email = format!("w{writer}n{n}@example.dk");
                    let id = world.ok(&["add", "optout", "--email", &email]);
                    acknowledged.lock().unwrap().insert(id);
                    bell.send(()).unwrap();
                    n += 1;
                }
            });
        }
        for round in 0..ROUNDS {
            // Some more were written since the last copy, and all four are at it.
            rung.iter().take(2 * WRITERS).for_each(drop);
            let before = acknowledged.lock().unwrap().clone();
            let copy = text(&world.path(&format!("copy-{round}.redb")));
            let made = world.json(&["backup", &copy]);
            let list = world.json(&["--store", &copy, "list", "--any"]);
            let there: BTreeSet<String> = list["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned())
                .collect();
            assert!(
                before.is_subset(&there),
                "{before:?} are not all in {there:?}"
            );
            // Every entry is one change and one line of the history: a copy of two moments would differ.
            let history = world.json(&["--store", &copy, "history"]);
            let lines = history["entries"].as_array().unwrap().len();
            assert_eq!((there.len(), lines), (lines, lines));
            assert_eq!(
                (&made["records"], &made["generation"]),
                (&json!(lines), &json!(lines))
            );
            assert_eq!(made["path"], copy.as_str());
            assert_eq!(made["bytes"], fs::metadata(&copy).unwrap().len());
            assert_eq!(made["encrypted"], false);
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_copy_is_private_whole_and_goes_on_as_a_store() {
    let world = full();
    let before = world.everything().unwrap();
    let copy = text(&world.path("copy.redb"));
    let told = world.ok(&["backup", &copy]);
    assert!(
        told.contains("copy.redb") && told.contains("4 cases"),
        "{told}"
    );
    assert!(told.contains("not encrypted"), "{told}");
    assert_eq!(mode(Path::new(&copy)), 0o600);
    assert_eq!(everything_in(&world, &copy), (before.0, before.1));
    // The number after the last one, and what undo knows, are in it.
    world.ok(&["--store", &copy, "undo"]);
    assert_eq!(
        world.json(&["--store", &copy, "show", "r2"])["status"],
        "new"
    );
    let id = world.ok(&["--store", &copy, "add", "optout", "--email", "b@example.dk"]);
    assert_eq!(id, "N-2026-0002");
    assert_eq!(
        world.json("show r2")["status"],
        "closed",
        "the store itself is as it was"
    );
}

/// What was written over is still in the store's file, in pages no longer used. The copy has the live rows alone: the
/// old names are in it for as long as undo could bring them back, and not a change longer.
#[test]
fn what_was_deleted_is_not_in_a_copy() {
    const PEOPLE: usize = 30;
    let world = World::new();
    let old = |n: usize| format!("Gammelnavn{n:02}Sikkertvaek");
    let clock = Clock::new(Settings::default().zone, "2026-11-22".parse().ok());
    let store = Store::at(world.store(), true);
    let desk = Desk::new(store, Settings::default(), clock, Via::Cli);
    let mut targets = Vec::new();
    for n in 0..PEOPLE {
        let new = NewRequest {
            kind: Kind::Access,
            person: Person {
                name: old(n),
                emails: vec![format!("p{n}@example.dk")],
            },
            received: None,
            channel: Channel::Mail,
            language: Language::Da,
            message: None,
            mail: None,
        };
        let done = desk.run(&Op::AddRequest(new)).unwrap();
        targets.push(Target::from(done.items[0].id()));
    }
    for target in &targets {
        let action = Action::EditPerson {
            name: Some("Nyt Navn".to_owned()),
            emails: Vec::new(),
        };
        desk.run(&Op::Act(vec![*target], action)).unwrap();
    }
    let copy = world.path("copy.redb");
    world.ok(&["backup", &text(&copy)]);
    let bytes = fs::read(&copy).unwrap();
    for n in 0..PEOPLE {
        assert!(contains(&bytes, &old(n)), "undo needs {}", old(n));
    }
    world.ok(&["--store", &text(&copy), "undo"]);
    let last = targets[PEOPLE - 1].id.to_string();
    let shown = world.json(&["--store", &text(&copy), "show", &last]);
    assert_eq!(shown["person"]["name"], old(PEOPLE - 1));

    // Undo reaches back two hundred changes.
    for n in 0..200 {
        let action = Action::Note(format!("Bemærkning {n}"));
        desk.run(&Op::Act(vec![targets[0]], action)).unwrap();
    }
    let source = fs::read(world.store()).unwrap();
    let left = (0..PEOPLE).filter(|n| contains(&source, &old(*n))).count();
    assert!(left > 0, "nothing to get rid of: the test shows nothing");
    world.ok(&["backup", &text(&copy), "--force"]);
    let bytes = fs::read(&copy).unwrap();
    for n in 0..PEOPLE {
        assert!(!contains(&bytes, &old(n)), "{} is left", old(n));
    }
    assert!(contains(&bytes, "Nyt Navn"));
}

#[test]
fn a_file_that_is_there_is_not_written_over_without_a_word() {
    let world = full();
    let other = world.write("notes.txt", "mine");
    world.fails(2, &["backup", &other]);
    assert_eq!(fs::read_to_string(&other).unwrap(), "mine");
    world.ok(&["backup", &other, "--force"]);
    assert_eq!(
        world.json(&["--store", &other, "list", "--any"])["total"],
        4
    );

    let store = text(&world.store());
    let hard = text(&world.path("hard"));
    fs::hard_link(&store, &hard).unwrap();
    symlink(&store, world.path("soft")).unwrap();
    let lock = format!("{store}.lock");
    let roundabout = world
        .store()
        .parent()
        .unwrap()
        .join("../indsigt/indsigt.redb");
    for own in [
        &store,
        &hard,
        &text(&world.path("soft")),
        &lock,
        &text(&roundabout),
    ] {
        for force in [&[][..], &["--force"]] {
            let args = [&["backup", own.as_str()][..], force].concat();
            let told = world.fails(2, &args);
            assert!(told.contains("the store itself"), "{own}: {told}");
        }
        world.fails(2, &["restore", own, "--yes"]);
    }
}

#[test]
fn a_store_that_is_not_there_is_not_backed_up() {
    let world = World::new();
    let copy = text(&world.path("copy.redb"));
    let output = world.run(&["backup", &copy]);
    assert_eq!(output.code, 74, "{output}");
    assert_brief(&output.stderr);
    assert!(!world.store().exists() && !Path::new(&copy).exists());
    // With nothing in it, it is one.
    world.ok("due");
    assert!(world.ok(&["backup", &copy]).contains("no cases"));
}

#[test]
fn a_damaged_store_is_not_backed_up_and_an_older_backup_stays() {
    let world = full();
    let copy = text(&world.path("copy.redb"));
    world.ok(&["backup", &copy]);
    let good = fs::read(&copy).unwrap();
    // In the middle of a page, where an ordinary look may not notice it; in each that has it, as some may be out of use.
    let mut bytes = fs::read(world.store()).unwrap();
    let starts = 0..bytes.len() - 4;
    let places: Vec<usize> = starts
        .filter(|at| bytes[*at..].starts_with(b"Bo L"))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at] ^= 1;
    }
    fs::write(world.store(), bytes).unwrap();
    let output = world.run(&["backup", &copy, "--force"]);
    assert_eq!(output.code, 65, "{output}");
    assert_brief(&output.stderr);
    assert!(fs::read(&copy).unwrap() == good);
}

#[test]
fn a_full_disk_is_told_and_leaves_nothing_behind() {
    let world = full();
    let before = world.everything();
    let folder = world.path("target");
    fs::create_dir(&folder).unwrap();
    let copy = text(&folder.join("copy.redb"));
    // A file that may not grow beyond 16 KiB stands for a disk that is full: writing fails in the middle.
    let script = "trap '' XFSZ; ulimit -f 32; exec \"$0\" \"$@\"";
    let limited = |args: &[&str]| {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", script, PROGRAM])
            .args(args)
            .env_clear()
            .env("HOME", world.path(""))
            .env("LANG", "en_GB.UTF-8")
            .stdin(Stdio::null());
        command.output().unwrap()
    };
    let output = limited(&["backup", &copy]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(74), "{told}");
    assert_brief(&told);
    assert_eq!(listing(&folder), BTreeSet::new());

    // The same where a store is to be restored: it is as it was.
    world.ok(&["backup", &copy]);
    let data = world.store().parent().unwrap().to_owned();
    let files = listing(&data);
    let output = limited(&["restore", &copy, "--yes"]);
    assert_eq!(output.status.code(), Some(74), "{output:?}");
    assert_eq!(listing(&data), files);
    assert_eq!(world.everything(), before);

    let output = world.run("backup /dev/full");
    assert_eq!(output.code, 74, "{output}");
    assert_brief(&output.stderr);
    let output = world.run(&["backup", &text(&world.path("nowhere/copy.redb"))]);
    assert_eq!(output.code, 74, "{output}");
}

#[test]
fn a_backup_goes_through_a_pipe_but_not_to_a_terminal() {
    let world = full();
    let copy = world.path("copy.redb");
    world.ok(&["backup", &text(&copy)]);
    let output = raw(&world, &["backup", "-"]);
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    assert!(output.stdout == fs::read(&copy).unwrap(), "the same bytes");
    let other = text(&world.path("other.redb"));
    let told = world.run_with(&["--store", &other, "restore", "-"], output.stdout);
    assert_eq!(told.code, 0, "{told}");
    assert_eq!(
        world.json(&["--store", &other, "list", "--any"])["total"],
        4
    );

    world.fails(2, "backup - --json");
    for target in ["-", "/dev/tty"] {
        let home = text(&world.path(""));
        let envs = [
            ("HOME", home.as_str()),
            ("LANG", "en_GB.UTF-8"),
            ("TERM", "xterm"),
        ];
        let pty = Pty::spawn(PROGRAM, &["backup", target], &envs, (80, 24));
        // What a program says last can arrive after its end.
        pty.wait_for_text("to a terminal");
        assert_eq!(pty.wait_exit().exit_code(), 2, "{target}\n{}", pty.screen());
    }
}

#[test]
fn a_backup_for_two_keys_is_opened_by_each_of_them_and_by_no_other() {
    let world = full();
    let before = world.everything().unwrap();
    let (mine, my_file) = key(&world, "mine.txt");
    let (hers, her_file) = key(&world, "hers.txt");
    let (_, other_file) = key(&world, "other.txt");
    let sealed = text(&world.path("copy.age"));
    let told = world.ok(&[
        "backup",
        &sealed,
        "--recipient",
        &mine,
        "--recipient",
        &hers,
    ]);
    assert!(told.contains("(encrypted)"), "{told}");
    let bytes = fs::read(&sealed).unwrap();
    assert_eq!(mode(Path::new(&sealed)), 0o600);
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    for secret in ["Mette Hansen", "redb", "generation"] {
        assert!(!contains(&bytes, secret), "{secret} can be read");
    }
    let other = text(&world.path("other.redb"));
    for (n, file) in [my_file.as_str(), &her_file].iter().enumerate() {
        let yes: &[&str] = if n == 0 { &[] } else { &["--yes"] };
        let args = [
            &["--store", &other, "restore", &sealed, "--identity", file][..],
            yes,
        ]
        .concat();
        world.ok(&args);
        assert_eq!(everything_in(&world, &other), before);
    }
    for (args, why) in [
        (&["--identity", &other_file][..], "for another age key"),
        (&[], "--identity"),
        (&["--passphrase-file", &my_file], "--identity"),
    ] {
        let told = world.fails(4, &[&["restore", &sealed, "--yes"][..], args].concat());
        assert!(told.contains(why), "{told}");
    }
    let Some(tool) = age_tool() else { return };
    let opened = Command::new(tool)
        .args(["-d", "-i", &my_file, &sealed])
        .output()
        .unwrap();
    let plain = text(&world.path("plain.redb"));
    world.ok(&["backup", &plain]);
    assert!(
        opened.stdout == fs::read(&plain).unwrap(),
        "the tool reads what was written"
    );
    // What the tool wrote is read here, as bytes and as text.
    for armor in [&[][..], &["--armor"]] {
        let by_tool = text(&world.path("tool.age"));
        let args = [&["-r", &mine, "-o", &by_tool][..], armor, &[&plain]].concat();
        assert!(Command::new(tool).args(args).status().unwrap().success());
        let told = world.json(&[
            "--store",
            &other,
            "restore",
            &by_tool,
            "--identity",
            &my_file,
            "--yes",
        ]);
        assert_eq!(told["records"], 4);
        assert_eq!(everything_in(&world, &other), before);
    }
}

#[test]
fn a_backup_with_a_passphrase_is_opened_by_it_alone() {
    let world = full();
    let before = world.everything().unwrap();
    let words = world.write("words", "korrekt hest batteri\nnot this\n");
    let wrong = world.write("wrong", "forkert hest\n");
    let blank = world.write("blank", "\nkorrekt hest batteri\n");
    let sealed = text(&world.path("copy.age"));
    let made = world.json(&["backup", &sealed, "--passphrase-file", &words]);
    assert_eq!(made["encrypted"], true);
    let (_, key_file) = key(&world, "key.txt");
    for (args, why) in [
        (["--passphrase-file", &wrong], "passphrase does not fit"),
        (["--identity", &key_file], "--passphrase-file"),
        (["--passphrase-file", &blank], "holds no passphrase"),
        (["--identity", &words], "Line 1"),
        (["--identity", "/dev/null"], "no key"),
        (["--identity", "/nowhere"], "cannot be read"),
    ] {
        let told = world.fails(4, &[&["restore", &sealed, "--yes"][..], &args].concat());
        assert!(told.contains(why), "{args:?}: {told}");
    }
    world.fails(
        4,
        &[
            "backup",
            &text(&world.path("x")),
            "--passphrase-file",
            &blank,
        ],
    );
    let other = text(&world.path("other.redb"));
    world.ok(&[
        "--store",
        &other,
        "restore",
        &sealed,
        "--passphrase-file",
        &words,
    ]);
    assert_eq!(everything_in(&world, &other), before);

    let Some(tool) = age_tool() else { return };
    let plain = text(&world.path("plain.redb"));
    let path = std::env::var("PATH").unwrap();
    let pty = Pty::spawn(
        tool,
        &["-d", "-o", &plain, &sealed],
        &[("PATH", &path)],
        (80, 24),
    );
    pty.wait_for_text("passphrase");
    pty.send("korrekt hest batteri\r");
    assert!(pty.wait_exit().success(), "{}", pty.screen());
    // The tool makes it readable for everybody, of which the program would speak.
    fs::set_permissions(&plain, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(everything_in(&world, &plain), before);
}

#[test]
fn what_makes_no_sense_is_usage() {
    let world = full();
    let (recipient, key_file) = key(&world, "key.txt");
    let secret = fs::read_to_string(&key_file).unwrap();
    let secret = secret.lines().last().unwrap();
    let target = text(&world.path("copy.age"));
    for (bad, shown) in [
        ("age1nonsense", "age1nonsense"),
        ("ssh-ed25519 AAAA", "ssh-ed25519 AAAA"),
        ("", "“”"),
        (secret, "AGE-SECRET-KEY-…"),
    ] {
        let told = world.fails(
            2,
            &[
                "backup",
                &target,
                "--recipient",
                &recipient,
                "--recipient",
                bad,
            ],
        );
        assert!(
            told.contains(shown) && told.contains("age recipient"),
            "{told}"
        );
        assert!(!told.contains(secret), "{told}");
    }
    let both = [
        &[
            "backup",
            &target,
            "--recipient",
            &recipient,
            "--passphrase-file",
        ][..],
        &[&key_file],
    ];
    world.fails(2, &both.concat());
    world.fails(
        2,
        &[
            "restore",
            &target,
            "--identity",
            &key_file,
            "--passphrase-file",
            &key_file,
        ],
    );
    assert!(!Path::new(&target).exists());
}
