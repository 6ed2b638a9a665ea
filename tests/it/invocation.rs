//! How the program is called: ids in short, options and their variables, where it writes, who reads.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;

use crate::world::{World, data, full};

#[test]
fn ids_are_taken_in_every_short_form() {
    let world = World::new();
    world.access("2026-11-20");
    for form in [
        "R-2026-0001",
        "r-2026-0001",
        "R-2026-1",
        "r1",
        "R1",
        "r-1",
        "R-1",
        "2026-1",
        "2026-0001",
        "1",
        " r1 ",
    ] {
        assert_eq!(world.json(&["show", form])["id"], "R-2026-0001", "{form}");
    }
    for form in [
        "v1", "r2", "2025-1", "R-2025-1", "x1", "", "R-", "1-1-1", "Mette",
    ] {
        let told = world.fails(3, &["show", form]);
        assert!(told.contains("no case with the id"), "{told}");
    }
}

#[test]
fn a_short_id_that_fits_several_names_them_and_does_nothing() {
    let world = full();
    let told = world.fails(2, "resolve 2026-1");
    insta::assert_snapshot!(told, @r"
    indsigt: “2026-1” fits several: R-2026-0001, V-2026-0001, N-2026-0001.
    Write the whole id.
    ");
    world.on("2027-02-01");
    world.request("access", "Ida", "ida@example.dk", "2027-01-31");
    let told = world.fails(2, "show r1");
    assert!(
        told.contains("R-2026-0001, R-2027-0001"),
        "numbered by the year of registration: {told}"
    );
    assert_eq!(world.json("show 2027-1")["id"], "R-2027-0001");
}

/// An id is numbered by the year in which it was registered, and never given out again.
#[test]
fn a_number_is_never_used_again() {
    let world = World::new();
    assert_eq!(world.access("2025-12-30"), "R-2026-0001");
    world.ok("undo");
    assert_eq!(world.access("2026-11-20"), "R-2026-0002");
    world.fails(3, "show r1");
}

#[test]
fn options_are_environment_variables_too_and_the_option_wins() {
    let world = World::new();
    let store = world.path("elsewhere/my.redb");
    let store = store.to_str().unwrap();
    let config = world.write("my.toml", "recording_days = 14\n");
    let envs = [
        ("INDSIGT_STORE", store),
        ("INDSIGT_CONFIG", config.as_str()),
        ("INDSIGT_LANGUAGE", "da"),
        ("INDSIGT_TODAY", "2026-12-01"),
    ];
    let output = world.run_in(&envs, &["add", "optout", "--email", "a@example.dk"]);
    assert_eq!((output.code, output.stdout.as_str()), (0, "N-2026-0001\n"));
    assert!(fs::exists(store).unwrap());
    assert!(!world.store().exists(), "nothing is written anywhere else");
    let due = world.run_in(&envs, &["due"]);
    assert!(due.stdout.contains("Handl nu"), "{due}");
    let dates = world
        .run_in(&envs, &["deadline", "--json", "2026-12-01"])
        .json();
    assert_eq!(dates["recording_due"], "2026-12-15");
    let due = world
        .run_in(&envs, &["due", "--json", "--today", "2026-12-05"])
        .json();
    assert_eq!(due["today"], "2026-12-05");
}

#[test]
fn the_language_is_the_option_then_the_settings_then_the_locale() {
    let speaks_danish = |world: &World, args: &[&str], envs: &[(&str, &str)]| {
        let output = world.run_in(envs, args);
        assert_eq!(output.code, 0, "{output}");
        output.stdout.contains("Intet at gøre nu")
    };
    let world = World::speaking("C.UTF-8");
    assert!(!speaks_danish(&world, &["due"], &[]));
    assert!(speaks_danish(&world, &["due"], &[("LC_MESSAGES", "da_DK")]));
    assert!(speaks_danish(&world, &["due"], &[("LC_ALL", "da")]));
    assert!(!speaks_danish(
        &world,
        &["due"],
        &[("LC_ALL", "de_DE.UTF-8"), ("LC_MESSAGES", "da_DK")]
    ));
    world.configure("language = \"da\"\n");
    assert!(speaks_danish(&world, &["due"], &[]));
    assert!(!speaks_danish(&world, &["due", "--language", "en"], &[]));
}

#[test]
fn the_store_and_its_folder_are_for_the_owner_alone() {
    let world = World::new();
    world.access("2026-11-20");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.store()), 0o600);
    assert_eq!(mode(world.store().parent().unwrap()), 0o700);
    world.ok("export all --format csv --out all.csv");
    assert_eq!(
        mode(&world.path("all.csv")),
        0o600,
        "a register holds people"
    );
}

#[test]
fn read_only_reads_and_changes_nothing() {
    let world = World::new();
    assert_eq!(world.json("due --read-only")["items"], json!([]));
    assert!(!world.store().exists(), "not even an empty store is made");
    world.access("2026-11-20");
    assert_eq!(
        world.json("due --all --read-only")["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let mail = data("mail/plain-utf8.eml");
    let changes: [&[&str]; 4] = [
        &["note", "r1", "x"],
        &["undo"],
        &["add", "optout", "--email", "a@example.dk"],
        &["import", "mail", &mail],
    ];
    for change in changes {
        let mut args = change.to_vec();
        args.push("--read-only");
        let told = world.refused(&args);
        assert!(told.contains("--read-only"), "{told}");
    }
}

/// Cron has no terminal: without a command the program answers as `due`.
#[test]
fn without_a_command_and_a_terminal_it_is_due() {
    let world = full();
    assert_eq!(world.ok(&[]), world.ok("due"));
    assert_eq!(world.json(&[]), world.json("due"));
}

/// `indsigt list | head -1` is no error, and says nothing on standard error.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::io::{BufRead as _, BufReader, Read as _};
    let world = World::new();
    let rows: Vec<String> = (0..1500)
        .map(|n| format!("person{n}@example.dk,2026-11-20"))
        .collect();
    let list = world.write(
        "out.csv",
        format!("Email,Unsubscribed at\n{}\n", rows.join("\n")),
    );
    world.ok(&["import", "optouts", &list]);
    let mut child = world.command(&["list"]).spawn().unwrap();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    assert!(first.starts_with("Id"), "{first}");
    drop(reader);
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn colour_only_where_it_was_asked_for() {
    let world = full();
    assert!(
        !world.ok("due").contains('\u{1b}'),
        "no terminal, no colour"
    );
    assert!(world.ok("due --color always").contains('\u{1b}'));
    assert!(!world.ok("due --color never").contains('\u{1b}'));
}

/// The commit is there when the sources are a checkout, and the short form is the version alone.
#[test]
fn the_version_tells_the_commit() {
    let world = World::new();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(world.ok("-V"), format!("indsigt {version}"));
    let told = world.ok("--version");
    let built_from = option_env!("INDSIGT_VERSION").unwrap_or(version);
    assert_eq!(told, format!("indsigt {built_from}"));
    if Path::new(env!("CARGO_MANIFEST_DIR")).join(".git").exists() {
        let commit = told.split_once(" (").unwrap().1.trim_end_matches(')');
        assert!(commit.len() == 12 && commit.chars().all(|c| c.is_ascii_hexdigit()));
    }
    assert!(
        world.ok("man").contains(&format!("v{version}")),
        "pages name no commit"
    );
    assert!(!world.store().exists());
}
