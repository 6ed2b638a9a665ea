//! The daily backup: made once a day by whatever comes first, kept for as long as the settings say, and nothing else in
//! its folder touched.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::PathBuf;
use std::thread;

use age::secrecy::ExposeSecret as _;
use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::ops::Desk;
use indsigt::store::{Store, Via};
use serde_json::Value;

use crate::pty_harness::Pty;
use crate::world::{PROGRAM, TODAY, World, assert_brief, full, text};

/// A world in which daily backups go to a folder.
struct Rotating {
    world: World,
    folder: PathBuf,
}

impl Rotating {
    fn new(keep_days: u16) -> Self {
        let world = World::new();
        let folder = world.path("backups");
        fs::create_dir(&folder).unwrap();
        world.configure(&format!(
            "backup_folder = \"~/backups\"\nbackup_keep_days = {keep_days}\n"
        ));
        Self { world, folder }
    }

    fn listing(&self) -> BTreeSet<String> {
        fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[track_caller]
    fn holds(&self, names: &[&str]) {
        let names: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(self.listing(), names);
    }

    /// The same store from inside, on a day.
    fn desk(&self, today: &str) -> Desk {
        let settings = Settings {
            backup_folder: Some(self.folder.clone()),
            ..Settings::default()
        };
        let clock = Clock::new(settings.zone, today.parse().ok());
        Desk::new(
            Store::at(self.world.store(), true),
            settings,
            clock,
            Via::Cli,
        )
    }
}

#[test]
fn without_a_folder_no_backup_is_made() {
    let world = full();
    let mut found = Vec::new();
    let mut folders = vec![world.path("")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    let lock = PathBuf::from(text(&world.store()) + ".lock");
    assert_eq!(found, [world.store(), lock]);
}

#[test]
fn the_first_command_of_a_day_makes_a_backup_and_the_others_none() {
    let rotating = Rotating::new(14);
    let world = &rotating.world;
    // These do not use the store, and none is there yet.
    for command in [
        "deadline 2026-11-20",
        "services",
        "config show",
        "completions bash",
        "man",
    ] {
        world.ok(command);
    }
    rotating.holds(&[]);
    world.ok("add optout --email first@example.dk");
    let name = format!("indsigt-{TODAY}.redb");
    rotating.holds(&[&name]);
    let path = rotating.folder.join(&name);
    let meta = path.metadata().unwrap();
    assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    world.ok("add optout --email second@example.dk");
    assert_eq!(
        world.json("due")["summary"]["soon"],
        2,
        "one document, and nothing beside it"
    );
    let now = path.metadata().unwrap();
    assert_eq!(
        (now.ino(), now.mtime_nsec()),
        (meta.ino(), meta.mtime_nsec())
    );
    // It is the store after the command that made it.
    let held = world.ok(&["--store", &text(&path), "list", "--any", "--json"]);
    let held: Value = serde_json::from_str(&held).unwrap();
    assert_eq!(
        (&held["total"], &held["items"][0]["id"]),
        (&1.into(), &"N-2026-0001".into())
    );

    world.on("2026-11-23");
    assert_eq!(world.run("--read-only due").code, 0);
    assert_eq!(world.run("show r77").code, 3, "what failed makes none");
    rotating.holds(&[&name, "indsigt-2026-11-22.redb.lock"]);
    // Nor does a look into a backup, opened as a store, back that up.
    world.ok(&["--store", &text(&path), "due"]);
    rotating.holds(&[&name, "indsigt-2026-11-22.redb.lock"]);
    world.ok("due");
    rotating.holds(&[
        &name,
        "indsigt-2026-11-22.redb.lock",
        "indsigt-2026-11-23.redb",
    ]);
}

#[test]
fn old_backups_go_and_nothing_else_does() {
    let rotating = Rotating::new(3);
    let world = &rotating.world;
    let others = [
        "indsigt-2026-11-01.redb.bak",
        "indsigt-2026-11-01.redb.age.txt",
        "indsigt-2026-11-31.redb",
        "indsigt-2026-1-01.redb",
        "indsigt-20261101.redb",
        "indsigt-2026-11-01",
        "indsigt2026-11-01.redb",
        "other-2026-11-01.redb",
        "my-indsigt-2026-11-01.redb",
        "indsigt-2027-11-01.redb",
        "indsigt.redb",
        ".indsigt-2026-11-01.redb.tmp",
        ".indsigt-2026-11-01.txt.a1B2c3.tmp",
        "notes.txt",
    ];
    let own = [
        "indsigt-2026-11-01.redb",
        "indsigt-2025-02-28.redb.age",
        "indsigt-2026-11-19.redb",
        // What a killed process left.
        ".indsigt-2026-11-01.redb.a1B2c3.tmp",
        ".indsigt-2026-11-20.redb.age.a1B2c3.tmp",
    ];
    for name in others.iter().chain(&own) {
        fs::write(rotating.folder.join(name), "x").unwrap();
    }
    let in_the_way = ["indsigt-2026-11-02.redb", "indsigt-2026-11-03.redb.age"];
    fs::create_dir(rotating.folder.join(in_the_way[0])).unwrap();
    std::os::unix::fs::symlink("notes.txt", rotating.folder.join(in_the_way[1])).unwrap();
    let kept = ["indsigt-2026-11-20.redb", "indsigt-2026-11-21.redb.age"];
    for name in kept {
        fs::write(rotating.folder.join(name), "x").unwrap();
    }
    world.ok("due");
    let mut expected = [&others[..], &in_the_way, &kept].concat();
    expected.push("indsigt-2026-11-22.redb");
    rotating.holds(&expected);
    for (today, gone) in [
        ("2026-11-23", "indsigt-2026-11-20.redb"),
        ("2026-11-24", kept[1]),
    ] {
        world.on(today);
        world.ok("due");
        expected.retain(|name| *name != gone);
        let made = format!("indsigt-{today}.redb");
        assert!(rotating.listing().contains(&made));
        expected.push(if today == "2026-11-23" {
            "indsigt-2026-11-23.redb"
        } else {
            "indsigt-2026-11-24.redb"
        });
        rotating.holds(&expected);
    }
}

#[test]
fn daily_backups_are_encrypted_for_those_in_the_settings() {
    let rotating = Rotating::new(14);
    let world = &rotating.world;
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    world.configure(&format!(
        "backup_folder = \"~/backups\"\nbackup_recipients = [\"{recipient}\"]\n"
    ));
    assert_eq!(
        world.json("config show")["backup_recipients"][0],
        recipient.as_str()
    );
    world.access("2026-11-20");
    rotating.holds(&["indsigt-2026-11-22.redb.age"]);
    let path = rotating.folder.join("indsigt-2026-11-22.redb.age");
    assert!(
        fs::read(&path)
            .unwrap()
            .starts_with(b"age-encryption.org/v1\n")
    );
    let key = world.write("key.txt", identity.to_string().expose_secret());
    let other = text(&world.path("other.redb"));
    world.ok(&[
        "--store",
        &other,
        "restore",
        &text(&path),
        "--identity",
        &key,
    ]);
    assert_eq!(
        world.json(&["--store", &other, "show", "r1"])["kind"],
        "access"
    );
}

#[test]
fn of_eight_processes_at_once_one_makes_the_backup() {
    let rotating = Rotating::new(14);
    let world = &rotating.world;
    world.configure("wait_seconds = 60\nbackup_folder = \"~/backups\"\n");
    for today in ["2026-11-22", "2026-11-23", "2026-11-24"] {
        world.on(today);
        thread::scope(|scope| {
            for n in 0..8 {
                let email = format!("a{n}d{today}@example.dk");
                // Nothing on standard error either.
                scope.spawn(move || world.ok(&["add", "optout", "--email", &email]));
            }
        });
        // All may have found it busy; then the next one makes it.
        world.ok("due");
    }
    let names = [
        "indsigt-2026-11-22.redb",
        "indsigt-2026-11-23.redb",
        "indsigt-2026-11-24.redb",
    ];
    rotating.holds(&names);
    for name in names {
        let copy = text(&rotating.folder.join(name));
        let other = text(&world.path(name));
        world.ok(&["--store", &other, "restore", &copy]);
    }
}

#[test]
fn a_backup_that_fails_is_a_line_and_no_more() {
    let rotating = Rotating::new(14);
    let world = &rotating.world;
    fs::remove_dir(&rotating.folder).unwrap();
    let output = world.run("add optout --email a@example.dk");
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (0, "N-2026-0001\n"),
        "{output}"
    );
    let warned = |output: &str| {
        assert_eq!(output.lines().count(), 1, "{output}");
        assert!(output.contains("daily backup did not succeed"), "{output}");
        assert!(output.contains("backups"), "{output}");
        assert_brief(output);
    };
    warned(&output.stderr);
    // A file where the folder should be.
    fs::write(&rotating.folder, "").unwrap();
    let output = world.run("due --json --exit-code");
    assert_eq!(output.json()["summary"]["soon"], 1);
    warned(&output.stderr);
    let danish = world.run("due --language da");
    assert!(
        danish
            .stderr
            .starts_with("Bemærk: den daglige sikkerhedskopiering"),
        "{danish}"
    );
    // What is refused, or is usage, tells only that.
    for (command, code) in [
        ("restore nothing --yes", 4),
        ("show r9", 3),
        ("due --bogus", 2),
    ] {
        let output = world.run(command);
        assert_eq!(output.code, code, "{output}");
        assert!(!output.stderr.contains("backup did not"), "{output}");
    }
    fs::remove_file(&rotating.folder).unwrap();
    fs::create_dir(&rotating.folder).unwrap();
    world.ok("due");
    rotating.holds(&["indsigt-2026-11-22.redb"]);
}

/// The older ones go only when there is one of today.
#[test]
fn where_none_can_be_made_the_older_ones_stay() {
    let rotating = Rotating::new(1);
    let world = &rotating.world;
    world.ok("add recording --title 'A session' --name 'Bo Lind' --recorded 2026-11-01");
    rotating.holds(&["indsigt-2026-11-22.redb"]);
    // Damage that this command does not notice, but a backup does.
    let mut bytes = fs::read(world.store()).unwrap();
    let at = bytes
        .windows(7)
        .position(|window| window == b"Bo Lind")
        .unwrap();
    bytes[at] ^= 1;
    fs::write(world.store(), bytes).unwrap();
    world.on("2026-11-23");
    let warning = world.warned("history");
    assert!(warning.contains("damaged"), "{warning}");
    rotating.holds(&["indsigt-2026-11-22.redb"]);
}

#[test]
fn after_an_erasure_only_a_fresh_backup_is_left() {
    let rotating = Rotating::new(14);
    let world = &rotating.world;
    world.ok("add optout --email a@example.dk");
    for name in [
        "indsigt-2026-11-20.redb",
        "indsigt-2026-11-21.redb.age",
        ".indsigt-2026-11-22.redb.a1B2c3.tmp",
        "other.redb",
    ] {
        fs::write(rotating.folder.join(name), "x").unwrap();
    }
    world.ok("add optout --email b@example.dk");
    let desk = rotating.desk(TODAY);
    let named = |name: &str| rotating.folder.join(name);
    assert_eq!(
        desk.rotated().unwrap(),
        [
            named("indsigt-2026-11-20.redb"),
            named("indsigt-2026-11-21.redb.age"),
            named("indsigt-2026-11-22.redb"),
        ]
    );
    desk.replace_rotated().unwrap();
    rotating.holds(&["indsigt-2026-11-22.redb", "other.redb"]);
    assert_eq!(desk.rotated().unwrap(), [named("indsigt-2026-11-22.redb")]);
    let copy = text(&named("indsigt-2026-11-22.redb"));
    // With other settings: under these, the other store would be backed up too.
    let apart = world.write("none.toml", "");
    let other = text(&world.path("new.redb"));
    world.ok(&["--config", &apart, "--store", &other, "restore", &copy]);
    assert_eq!(
        world.json(&["--config", &apart, "--store", &other, "list", "--any"])["total"],
        2,
        "made afresh"
    );

    // What was erased must go even when no new one can be made.
    let whole = fs::read(world.store()).unwrap();
    fs::write(world.store(), &whole[..5000]).unwrap();
    assert!(desk.replace_rotated().is_err());
    rotating.holds(&["other.redb"]);
    fs::write(world.store(), whole).unwrap();

    // A folder that is not there may hold some: that cannot be passed over.
    fs::rename(&rotating.folder, world.path("elsewhere")).unwrap();
    assert!(desk.replace_rotated().is_err() && desk.rotated().is_err());
    let mut off = rotating.desk(TODAY);
    off.settings.backup_folder = None;
    off.replace_rotated().unwrap();
    assert!(off.rotated().unwrap().is_empty());
}

#[test]
fn the_terminal_ui_makes_the_backup_too_and_tells_when_it_cannot() {
    let rotating = Rotating::new(14);
    let world = &rotating.world;
    let home = text(&world.path(""));
    let envs = [
        ("HOME", home.as_str()),
        ("LANG", "en_GB.UTF-8"),
        ("TERM", "xterm-256color"),
    ];
    let start = || Pty::spawn(PROGRAM, &["--today", TODAY], &envs, (80, 24));
    let pty = start();
    pty.wait_for_text("1 Today");
    pty.send("q");
    assert!(pty.wait_exit().success());
    rotating.holds(&["indsigt-2026-11-22.redb"]);
    fs::rename(&rotating.folder, world.path("elsewhere")).unwrap();
    let pty = start();
    pty.wait_for_text("the daily backup did not succeed");
    pty.send("q");
    assert!(pty.wait_exit().success());
    pty.wait_restored();
    assert!(
        !pty.screen().contains("did not succeed"),
        "told once:\n{}",
        pty.screen()
    );
}

#[test]
fn wrong_settings_for_backups_are_told_together() {
    let world = World::new();
    world.configure(
        "backup_folder = \"backups\"\nbackup_keep_days = 0\nbackup_recipients = [\"age1x\"]\n",
    );
    let output = world.run("due");
    assert_eq!(output.code, 4, "{output}");
    for setting in ["backup_folder", "backup_keep_days", "backup_recipients"] {
        assert!(output.stderr.contains(setting), "{output}");
    }
    assert_brief(&output.stderr);
}
