//! A disk that is full, or read-only, or taken away while somebody works: exit code 74 and what to do, nothing lost, and
//! the same work done again once the cause is gone.
//!
//! Disks of two megabytes are mounted in a namespace of the test's own, so that nobody else sees them; a machine that
//! forbids it says so and skips.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::pty_harness::Pty;
use crate::world::{Output, PROGRAM, TODAY, World, assert_brief, finish, full, text};

const SIZE: (u16, u16) = (100, 30);
const SAVE: &str = "\x13";

/// A world whose store is on a small disk of its own.
struct SmallDisk {
    world: World,
    place: PathBuf,
}

impl SmallDisk {
    fn mounted() -> Self {
        let world = World::new();
        let place = world.store().parent().unwrap().to_owned();
        fs::create_dir_all(&place).unwrap();
        let disk = Self { world, place };
        disk.mount(&["-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs"]);
        disk
    }

    fn mount(&self, args: &[&str]) {
        let done = Command::new("mount").args(args).arg(&self.place).status();
        assert!(done.unwrap().success(), "mount {args:?}");
    }

    fn remount(&self, option: &str) {
        self.mount(&["-o", &format!("remount,{option}")]);
    }

    fn filler(&self) -> PathBuf {
        self.place.join("filler")
    }

    /// Not a byte more fits.
    fn fill(&self) {
        let full = fs::write(self.filler(), vec![1; 4 << 20]).unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // What is left goes with the namespace.
        drop(Command::new("umount").arg("-l").arg(&self.place).status());
    }
}

/// Runs the ignored test `role` of this module where it may mount disks.
fn where_disks_can_be_mounted(role: &str) {
    let unshare = |command: &[&str]| {
        let mut unshare = Command::new("unshare");
        unshare.arg("-rm").args(command);
        unshare
    };
    let folder = tempfile::tempdir().unwrap();
    let tried = unshare(&[
        "mount",
        "-t",
        "tmpfs",
        "tmpfs",
        folder.path().to_str().unwrap(),
    ])
    .output();
    if !tried.is_ok_and(|tried| tried.status.success()) {
        // Past the harness, which would keep it to itself in a test that passes.
        let told = b"skipped: needs root, or user namespaces, to mount a small disk\n";
        io::stderr().write_all(told).unwrap();
        return;
    }
    let program = std::env::current_exe().unwrap();
    let role = format!("full_disk::{role}");
    let args = [
        program.to_str().unwrap(),
        "--ignored",
        "--exact",
        "--nocapture",
        &role,
    ];
    let output = unshare(&args).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{told}"
    );
}

/// The screen on the world's store.
fn screen(world: &World) -> Pty {
    let home = text(&world.path(""));
    let envs = [
        ("TERM", "xterm-256color"),
        ("LANG", "en_GB.UTF-8"),
        ("HOME", home.as_str()),
    ];
    let pty = Pty::spawn(PROGRAM, &["--today", TODAY], &envs, SIZE);
    pty.wait_for_text("1 Today");
    pty
}

fn shows(pty: &Pty, steps: &[(&str, &str)]) {
    for (keys, shown) in steps {
        pty.send(keys);
        pty.wait_for_text(shown);
    }
}

/// Failed with 74, for this cause, with what to do.
fn assert_told(output: &Output, cause: &str, remedy: &str) {
    assert_eq!((output.code, output.stdout.as_str()), (74, ""), "{output}");
    assert_brief(&output.stderr);
    for part in [cause, remedy] {
        assert!(
            output.stderr.contains(part),
            "“{part}” is missing in {output}"
        );
    }
}

/// Mails of six kilobytes: more of them than a small disk holds.
fn mailbox(count: usize) -> String {
    let mut mailbox = String::new();
    for n in 0..count {
        write!(mailbox,
            "From p{n}@example.dk Fri Nov 20 10:00:00 2026\nFrom: p{n}@example.dk\nSubject: Indsigt {n}\n\
             Date: Fri, 20 Nov 2026 10:00:00 +0100\nMessage-ID: <{n}@example.dk>\n\nHvad har du om mig? {n}\n{}\n\n",
            "Jeg vil gerne have indsigt i det hele.\n".repeat(160)
        ).unwrap();
    }
    mailbox
}

#[test]
fn an_import_on_a_disk_that_becomes_full() {
    where_disks_can_be_mounted("import_until_full");
}

#[test]
#[ignore = "what an_import_on_a_disk_that_becomes_full runs in a namespace"]
fn import_until_full() {
    let disk = SmallDisk::mounted();
    let world = &disk.world;
    let id = world.access("2026-11-20");
    let before = world.json(&["show", &id]);
    let inbox = world.write("inbox.mbox", mailbox(400));
    let output = world.run(&["import", "mail", &inbox]);
    assert_told(&output, "the disk is full", "Make room on the disk");
    // As full as can be, everything acknowledged can be read.
    disk.fill();
    let total = world.json("list --any --limit 1")["total"]
        .as_u64()
        .unwrap();
    assert_eq!((total - 1) % 200, 0, "a batch is in whole or not at all");
    assert!(total < 400);
    assert_eq!(world.json(&["show", &id]), before);

    disk.remount("size=32m");
    let report = world.json(&["import", "mail", &inbox]);
    assert_eq!(report["already"].as_u64().unwrap(), total - 1);
    assert_eq!(report["taken"].as_u64().unwrap(), 401 - total);
    let entries = world.json("history");
    assert_eq!(entries["entries"].as_array().unwrap().len(), 401);
}

#[test]
fn a_store_made_on_a_full_disk() {
    where_disks_can_be_mounted("make_when_full");
}

#[test]
#[ignore = "what a_store_made_on_a_full_disk runs in a namespace"]
fn make_when_full() {
    let disk = SmallDisk::mounted();
    let world = &disk.world;
    disk.fill();
    for _ in 0..2 {
        let output = world.run("add optout --email ida@example.dk");
        assert_told(&output, "the disk is full", "Make room on the disk");
        assert!(!world.store().exists());
    }
    let output = world.run("add optout --email ida@example.dk --language da");
    assert_told(&output, "disken er fuld", "Skaf plads på disken");
    let names = || {
        let mut names: Vec<_> = fs::read_dir(&disk.place)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        names(),
        ["filler", "indsigt.redb.lock"],
        "nothing is left behind"
    );
    disk.make_room();
    world.ok("add optout --email ida@example.dk");
    assert_eq!(names(), ["indsigt.redb", "indsigt.redb.lock"]);
}

#[test]
fn a_note_on_the_screen_when_the_disk_is_full() {
    where_disks_can_be_mounted("write_on_the_screen_when_full");
}

#[test]
#[ignore = "what a_note_on_the_screen_when_the_disk_is_full runs in a namespace"]
fn write_on_the_screen_when_full() {
    let disk = SmallDisk::mounted();
    let world = &disk.world;
    world.access("2026-11-20");
    let pty = screen(world);
    // Long enough not to fit into what the file has set aside for itself.
    let long = "Hun ringede og fortalte. ".repeat(2_000);
    let paste = format!("\x1b[200~{long}\x1b[201~");
    shows(
        &pty,
        &[
            ("2", "Tasks (0/"),
            ("o", "Note – R-2026-0001"),
            ("kort ", "kort"),
        ],
    );
    pty.send(&paste);
    pty.wait_for_text("fortalte");
    disk.fill();
    shows(&pty, &[(SAVE, "the disk is full"), ("ENDE", "ENDE")]);
    assert_eq!(world.json("show r1")["notes"].as_array().unwrap().len(), 0);
    disk.make_room();
    shows(&pty, &[(SAVE, "R-2026-0001: ")]);
    pty.wait_for("the form to be gone", |screen| {
        !screen.contents().contains("Note – R-2026-0001")
    });
    pty.send("q");
    assert!(pty.wait_exit().success());
    let note = world.json("show r1")["notes"][0]["text"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(note, format!("kort {long}ENDE"), "every word of it, once");
}

#[test]
fn a_disk_that_becomes_read_only() {
    where_disks_can_be_mounted("work_on_a_read_only_disk");
}

#[test]
#[ignore = "what a_disk_that_becomes_read_only runs in a namespace"]
fn work_on_a_read_only_disk() {
    let disk = SmallDisk::mounted();
    let world = &disk.world;
    world.access("2026-11-20");
    let before = world.everything();
    let pty = screen(world);
    shows(
        &pty,
        &[
            ("2", "Tasks (0/"),
            ("o", "Note – R-2026-0001"),
            ("husk mig", "husk mig"),
        ],
    );
    disk.remount("ro");
    for (language, cause, remedy) in [
        (
            "en",
            "the disk is read-only",
            "Make the disk writable again",
        ),
        (
            "da",
            "disken er skrivebeskyttet",
            "Gør disken skrivbar igen",
        ),
    ] {
        for command in [
            &["note", "r1", "x"][..],
            &["undo"],
            &["add", "optout", "--email", "a@example.dk"],
        ] {
            let mut args = command.to_vec();
            args.extend(["--language", language]);
            assert_told(&world.run(&args), cause, remedy);
        }
    }
    assert_eq!(world.everything(), before, "reading goes on");
    shows(&pty, &[(SAVE, "the disk is read-only")]);
    assert!(pty.screen().contains("husk mig"), "{}", pty.screen());
    disk.remount("rw");
    shows(&pty, &[(SAVE, "R-2026-0001: ")]);
    pty.send("q");
    assert!(pty.wait_exit().success());
    assert_eq!(world.json("show r1")["notes"][0]["text"], "husk mig");
}

/// Modes do not bind root, so the program runs as nobody.
#[test]
fn a_folder_and_a_file_whose_permission_was_taken_away() {
    const NOBODY: u32 = 65_534;
    let world = full();
    let program = world.path("program");
    fs::copy(PROGRAM, &program).unwrap();
    let run = |args: &str| {
        let mut command = Command::new(&program);
        let prepared = world.command(args);
        command.args(prepared.get_args()).env_clear();
        for (name, value) in prepared.get_envs() {
            command.env(name, value.unwrap());
        }
        command
            .current_dir(world.path(""))
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        if rustix::process::geteuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        finish(command, None)
    };
    let folder = world.store().parent().unwrap().to_owned();
    let set = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    set(&world.path(""), 0o755);
    let lock = folder.join("indsigt.redb.lock");
    if rustix::process::geteuid().is_root() {
        for path in [&folder, &world.store(), &lock] {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        for path in [".local", ".local/share"] {
            set(&world.path(path), 0o755);
        }
    }
    let all = |output: Output| {
        assert_eq!(output.code, 0, "{output}");
        output.stdout
    };
    let before = all(run("export all --format json"));
    let forbidden = |command: &str| {
        assert_told(
            &run(command),
            "permission is missing",
            "Check the permissions of the file",
        );
    };

    // The file and its folder may be read only: nothing can be changed, everything can be read.
    set(&world.store(), 0o400);
    set(&folder, 0o500);
    forbidden("note r1 x");
    assert_eq!(all(run("export all --format json")), before);
    // Nothing may be read.
    set(&folder, 0o000);
    for command in ["due", "note r1 x"] {
        forbidden(command);
    }
    set(&folder, 0o700);
    set(&world.store(), 0o000);
    for command in ["due", "note r1 x"] {
        forbidden(command);
    }
    set(&world.store(), 0o600);
    assert_eq!(all(run("export all --format json")), before);
    assert_eq!(run("note r1 x").code, 0);
}

/// Somebody moves the file, or its whole folder, away under an open screen: it says so, makes no empty store in its
/// place, keeps what is being written, and goes on when the file is back.
#[test]
fn a_store_that_is_taken_away_under_the_screen() {
    for whole_folder in [false, true] {
        let world = full();
        let from = if whole_folder {
            world.store().parent().unwrap().to_owned()
        } else {
            world.store()
        };
        let aside = world.path("aside");
        let pty = screen(&world);
        shows(
            &pty,
            &[
                ("", "Tasks (0/"),
                ("o", "Note – R-2026-0001"),
                ("husk mig", "husk mig"),
            ],
        );
        fs::rename(&from, &aside).unwrap();
        shows(&pty, &[(SAVE, "The store is gone")]);
        assert!(pty.screen().contains("husk mig"), "{}", pty.screen());
        pty.wait_for_text("No empty store");
        assert!(!world.store().exists(), "an empty store was made");
        fs::rename(&aside, &from).unwrap();
        shows(&pty, &[(SAVE, "R-2026-0001: ")]);

        // The same while nothing is being done: it is seen by itself, and stays true whatever is pressed.
        fs::rename(&from, &aside).unwrap();
        pty.wait_for_text("The store is gone");
        let mark = pty.mark();
        pty.send("j");
        pty.wait_for_bytes(mark, "The store is gone");
        assert!(!world.store().exists(), "an empty store was made");
        fs::rename(&aside, &from).unwrap();
        pty.wait_for("the complaint to go", |screen| {
            !screen.contents().contains("The store is gone")
        });
        pty.send("q");
        assert!(pty.wait_exit().success());
        assert_eq!(world.json("show r1")["notes"][0]["text"], "husk mig");
    }
}

/// A backup is put in the place of the store while the screen is open: the screen shows what is in it.
#[test]
fn a_store_that_is_replaced_under_the_screen() {
    let world = full();
    let other = World::new();
    other.request("access", "Karen Ny", "karen@example.dk", "2026-11-19");
    let pty = screen(&world);
    shows(&pty, &[("2", "R-2026-0002")]);
    let beside = world.store().with_extension("new");
    fs::copy(other.store(), &beside).unwrap();
    fs::rename(&beside, world.store()).unwrap();
    pty.wait_for("the other store", |screen| {
        let contents = screen.contents();
        contents.contains("Karen Ny") && !contents.contains("Mette Hansen")
    });
    shows(
        &pty,
        &[
            ("o", "Note – R-2026-0001"),
            ("hej", "hej"),
            (SAVE, "R-2026-0001: "),
        ],
    );
    pty.send("q");
    assert!(pty.wait_exit().success());
    assert_eq!(world.json("show r1")["person"]["name"], "Karen Ny");
    assert_eq!(world.json("show r1")["notes"][0]["text"], "hej");
}
