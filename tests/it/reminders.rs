//! Reminders for those who do not look: the banner at login, the mail of cron, the calendar; and the README's examples of
//! them, run as they stand there (issue 6, point 8).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::world::{Output, PROGRAM, World, finish};

/// What a person could plant in every text that a reminder might repeat.
const EVIL: &str = "Mette\u{1b}]0;x\u{7}\u{202e}Hansen";

/// A world with `open` access requests whose last day is near, or none.
fn with_open(world: World, open: usize) -> World {
    world.on("2026-11-20");
    for n in 0..open {
        let email = format!("mette{n}@example.dk");
        world.request("access", EVIL, &email, "2026-10-26");
    }
    world
}

#[test]
fn a_banner_is_short_whatever_there_is_and_names_nobody() {
    for world in [World::danish, World::new] {
        for (open, lines) in [(0, 1), (1, 2), (3, 4), (30, 5)] {
            let world = with_open(world(), open);
            let said = world.ok("due --brief");
            assert_eq!(said.lines().count(), lines, "{said}");
            assert!(said.starts_with("indsigt: "), "{said}");
            for line in said.lines() {
                assert!(line.width() <= 80, "{} columns: {line}", line.width());
            }
            assert!(
                !said.chars().any(|c| c.is_control() && c != '\n'),
                "{said:?}"
            );
            for word in ["Mette", "Hansen", "example.dk", "\u{202e}", "⟦"] {
                assert!(!said.contains(word), "{word} in\n{said}");
            }
            if open > 0 {
                assert!(said.contains("R-2026-0001"), "{said}");
            }
            if open > 3 {
                assert!(said.lines().last().unwrap().contains("27"), "{said}");
            }
        }
    }
}

#[test]
fn a_banner_names_no_recording_and_no_task_of_the_owners_own() {
    let world = World::danish();
    world.ok("add recording --title 'Mettes session' --name Mette --email m@example.dk --recorded 2026-10-01 --link-sent 2026-10-20 --copy mettes-mappe=x");
    world.request("name-redaction", "Mette", "m2@example.dk", "2026-10-20");
    world.set_all_tasks("r1", "nothing-held");
    world.ok("task r1 --add 'Klip Mette ud' --place Mettemappe");
    for args in ["due --brief", "due --mail mig@example.dk"] {
        let said = world.ok(args);
        assert!(
            said.contains("V-2026-0001") && said.contains("R-2026-0001"),
            "{said}"
        );
        assert!(!said.to_lowercase().contains("mette"), "{args}\n{said}");
    }
    world.fails(2, "due --brief --json");
}

#[test]
fn a_banner_waits_for_no_backup_and_makes_no_store() {
    let world = World::new();
    fs::create_dir(world.path("backup")).unwrap();
    world.configure(&format!(
        "backup_folder = \"{}\"\n",
        world.path("backup").display()
    ));
    world.ok("--read-only due --brief");
    assert!(!world.store().exists());
    let world = with_open(world, 1);
    let daily = || fs::read_dir(world.path("backup")).unwrap().count();
    for file in fs::read_dir(world.path("backup")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    world.ok("due --brief");
    assert_eq!(daily(), 0);
    world.ok("due");
    assert_eq!(daily(), 1);
}

/// The block of the README below `<!-- example NAME -->`.
fn example(name: &str) -> String {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let marker = format!("<!-- example {name} -->\n```");
    let (_, rest) = readme.split_once(&marker).unwrap();
    let (_, block) = rest.split_once('\n').unwrap();
    let (block, _) = block.split_once("```").unwrap();
    block.to_owned()
}

/// A world with a `bin` that has the program and a `sendmail` that keeps what it is given, or fails without any.
fn with_bin(world: World) -> World {
    let sendmail =
        "#!/bin/sh\n[ \"$1\" = -t ] || exit 64\ncat > \"$HOME/mail\"\n[ -s \"$HOME/mail\" ]\n";
    world.write("bin/sendmail", sendmail);
    executable(&world.path("bin/sendmail"));
    symlink(PROGRAM, world.path("bin/indsigt")).unwrap();
    world.write("bin/indsigt-reminder", example("reminder"));
    executable(&world.path("bin/indsigt-reminder"));
    fs::create_dir(world.path("public")).unwrap();
    world
}

pub(crate) fn executable(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Runs a line as cron or a login would.
pub(crate) fn shell(world: &World, line: &str) -> Output {
    let own = world.command("due");
    let mut command = Command::new("sh");
    command
        .env_clear()
        .envs(
            own.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", world.path("bin").display()),
        )
        .args(["-ec", line])
        .current_dir(world.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    finish(command, None)
}

#[test]
fn the_readme_s_lines_for_cron_do_what_it_says() {
    let world = with_bin(World::danish());
    world.on("2026-11-20");
    // Five fields, then the command; cron takes a bare per cent sign for the end of it.
    let lines: Vec<String> = example("cron")
        .lines()
        .map(|line| {
            let command = line
                .split_whitespace()
                .skip(5)
                .collect::<Vec<_>>()
                .join(" ");
            assert!(!command.replace("\\%", "").contains('%'), "{line}");
            command.replace("\\%", "%")
        })
        .collect();
    assert_eq!(lines.len(), 2);
    let all = || {
        for line in &lines {
            let output = shell(&world, line);
            // Cron would mail what is printed.
            assert_eq!(output.to_string(), "", "{line}");
        }
    };
    all();
    assert!(!world.path("mail").exists(), "nothing is due: no mail");
    world.request("access", "Mette", "mette@example.dk", "2026-10-26");
    all();
    let mail = fs::read_to_string(world.path("mail")).unwrap();
    assert!(
        mail.contains("To: me@example.dk") && mail.contains("R-2026-0001"),
        "{mail}"
    );
    let calendar = fs::read_to_string(world.path("public/frister.ics")).unwrap();
    assert!(calendar.contains("R-2026-0001@indsigt") && !calendar.contains("Mette"));
}

#[test]
fn the_readme_s_line_for_a_login_neither_fails_nor_speaks_of_trouble() {
    let world = with_bin(World::danish());
    let line = example("login");
    assert!(line.starts_with("[ ! -t 1 ] || "), "{line}");
    // A copy of files and a script log in without a terminal: nothing may be said then.
    assert_eq!(shell(&world, &line).to_string(), "");
    let spoken = line.trim().strip_prefix("[ ! -t 1 ] || ").unwrap();
    let at_login = || shell(&world, spoken);
    let without = at_login();
    assert!(without.code == 0 && without.stderr.is_empty(), "{without}");
    world.request("access", "Mette", "mette@example.dk", "2026-10-26");
    let said = at_login();
    assert!(
        said.code == 0 && said.stdout.contains("R-2026-0001"),
        "{said}"
    );
    fs::write(world.store(), "no store").unwrap();
    let damaged = at_login();
    assert_eq!(damaged.to_string(), "", "a damaged store keeps nobody out");
    fs::remove_file(world.path("bin/indsigt")).unwrap();
    assert_eq!(
        shell(&world, &line).to_string(),
        "",
        "nor does one without the program"
    );
    assert_eq!(at_login().to_string(), "");
}

#[test]
fn the_units_of_the_readme_are_what_systemd_reads() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let (_, rest) = readme.split_once("# indsigt.service\n").unwrap();
    let (units, _) = rest.split_once("```").unwrap();
    let (service, timer) = units.split_once("# indsigt.timer\n").unwrap();
    assert!(service.contains("ExecStart=%h/bin/indsigt-reminder\n"));
    assert!(timer.contains("[Install]\nWantedBy=timers.target\n"));
    let checked = Command::new("systemd-analyze")
        .args(["calendar", "Mon..Fri 07:00"])
        .output();
    match checked {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(_) => println!("skipped: there is no systemd here to read the calendar"),
    }
}
