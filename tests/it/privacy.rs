//! The store is the owner's alone: modes, links that somebody planted, and what errors say of the people in it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use crate::world::{World, full, text};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn lock_of(world: &World) -> std::path::PathBuf {
    world.store().with_extension("redb.lock")
}

#[test]
fn a_new_store_is_the_owners_alone() {
    let world = World::new();
    world.access("2026-11-20");
    let store = world.store();
    assert_eq!(mode(&store), 0o600);
    assert_eq!(mode(&lock_of(&world)), 0o600);
    assert_eq!(mode(store.parent().unwrap()), 0o700);
}

#[test]
fn a_store_that_others_can_read_is_closed_with_a_word_once() {
    for (language, file, folder) in [
        (
            "en",
            "could get at the store (mode 0644)",
            "could look into the folder of the store (mode 0755)",
        ),
        (
            "da",
            "kunne komme til registeret (rettigheder 0644)",
            "kunne se ind i registerets mappe (rettigheder 0755)",
        ),
    ] {
        let world = full();
        let store = world.store();
        let own_folder = store.parent().unwrap();
        set_mode(&store, 0o644);
        set_mode(own_folder, 0o755);
        let told = world.warned(&["due", "--language", language]);
        assert!(told.contains(file) && told.contains(folder), "{told}");
        assert_eq!(told.lines().count(), 2, "{told}");
        assert_eq!((mode(&store), mode(own_folder)), (0o600, 0o700));
        world.ok("due");
    }
}

/// With `--read-only` nothing is changed, and it is said what to do.
#[test]
fn a_store_that_others_can_read_is_left_so_when_nothing_may_be_changed() {
    let world = full();
    set_mode(&world.store(), 0o640);
    let told = world.warned("--read-only due");
    assert!(told.contains("chmod 600"), "{told}");
    assert_eq!(mode(&world.store()), 0o640);
}

/// A folder that is not of our making may be shared for good reasons. It is left as it is, and only told of when
/// somebody could put another file in the place of the store; in a folder like `/tmp` nobody can.
#[test]
fn a_shared_folder_is_left_as_it_is() {
    for (folder_mode, is_told) in [(0o755, false), (0o1777, false), (0o777, true)] {
        let world = World::new();
        let folder = world.path("shared");
        fs::create_dir(&folder).unwrap();
        set_mode(&folder, folder_mode);
        let store = text(&folder.join("s.redb"));
        world.ok(&[
            "--store",
            &store,
            "add",
            "optout",
            "--email",
            "ida@example.dk",
        ]);
        let output = world.run(&["--store", &store, "due"]);
        assert_eq!(output.code, 0, "{output}");
        assert_eq!(
            output.stderr.contains("put another file"),
            is_told,
            "{output}"
        );
        assert_eq!(mode(&folder), folder_mode);
        assert_eq!(mode(&folder.join("s.redb")), 0o600);
    }
}

#[test]
fn a_file_that_is_no_store_keeps_its_mode() {
    let world = World::new();
    let other = world.write("notes.txt", "milk, bread, butter and a good deal more\n");
    set_mode(Path::new(&other), 0o644);
    let output = world.run(&["--store", &other, "due"]);
    assert_eq!(output.code, 65, "{output}");
    assert!(!output.stderr.contains("mode"), "{output}");
    assert_eq!(mode(Path::new(&other)), 0o644);
}

/// Somebody who may write into the folder aims the lock, or the store that is not there yet, at another file.
#[test]
fn a_planted_link_is_not_followed() {
    for exists in [true, false] {
        let world = World::new();
        let target = world.path("diary");
        if exists {
            fs::write(&target, "dear diary").unwrap();
            set_mode(&target, 0o644);
        }
        for (link, there) in [
            (lock_of(&world), false),
            (lock_of(&world), true),
            (world.store(), false),
        ] {
            fs::remove_dir_all(world.path(".local")).ok();
            if there {
                world.access("2026-11-20");
                fs::remove_file(&link).unwrap();
            }
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            symlink(&target, &link).unwrap();
            for command in ["due", "add optout --email ida@example.dk"] {
                let output = world.run(command);
                assert!(matches!(output.code, 65 | 74), "{command}: {output}");
                assert_eq!(output.stdout, "");
                assert!(!output.stderr.is_empty());
            }
            if link == lock_of(&world) {
                let told = world.run("due").stderr;
                assert!(told.contains("a link to another place"), "{told}");
            }
            assert_eq!(target.exists(), exists, "made through the link");
            if exists {
                assert_eq!(fs::read_to_string(&target).unwrap(), "dear diary");
                assert_eq!(mode(&target), 0o644);
            }
        }
    }
}

/// The owner's own link to a store elsewhere, on an encrypted disk say, is no plot.
#[test]
fn a_store_behind_a_link_of_the_owners_is_used() {
    let world = full();
    let elsewhere = world.path("vault.redb");
    fs::rename(world.store(), &elsewhere).unwrap();
    symlink(&elsewhere, world.store()).unwrap();
    world.ok("note r1 'Ringede tilbage'");
    assert_eq!(world.json("show r1")["notes"][0]["text"], "Ringede tilbage");
}

/// What nobody but the owner is to read: it is in every record, and in no message about what cannot be done.
const SECRETS: [&str; 5] = [
    "Quistgaard",
    "Vindeløv",
    "hemmelig@",
    "skovduevej",
    "40506070",
];
const FACTS: &str =
    "Samme anmodning blev besvaret fuldt ud den 3. oktober, og intet er ændret siden da.";

/// A world in which every record is about the same person, and everything that can be refused is.
fn secretive() -> World {
    let world = World::new();
    world.on("2026-11-20");
    let name = "Xenia Quistgaard Vindeløv";
    let add = |kind: &str, received: &str| {
        let output = world.run(&[
            "add",
            "request",
            "--kind",
            kind,
            "--name",
            name,
            "--email",
            "hemmelig@example.dk",
            "--received",
            received,
            "--message",
            "Jeg bor på Skovduevej 7, ring på 40506070",
        ]);
        assert_eq!(output.code, 0, "{output}");
    };
    add("access", "2026-11-01");
    add("access", "2026-11-10");
    add("withdrawal", "2026-11-10");
    add("erasure", "2026-09-10");
    for (title, more) in [
        (
            "Samtale med Quistgaard",
            "--link-sent 2026-11-03 --copy zoom-cloud=9",
        ),
        ("Nej tak", "--declined"),
    ] {
        let output = world.run(
            format!("add recording --title '{title}' --name '{name}' --email hemmelig@example.dk --recorded 2026-11-01 {more}").as_str(),
        );
        assert_eq!(output.code, 0, "{output}");
    }
    world.ok("add optout --email hemmelig@example.dk --name 'Xenia Quistgaard'");
    world.ok("note r1 'Skovduevej 7 er lukket land'");
    world.ok("extend r2 --reason 'Oplysningerne ligger hos syv tjenester'");
    world.ok("identity r1 confirmed --method 'Ringede på 40506070'");
    world.ok("resolve n1");
    world
}

/// Every refusal there is a way to from the command line, in both languages and as JSON.
#[test]
fn no_error_says_anything_of_a_person() {
    let world = secretive();
    let short = ["reject", "r2", "--ground", "unfounded", "--facts", "Igen."];
    let again = ["reject", "r3", "--ground", "unfounded", "--facts", FACTS];
    let unnamed = ["reject", "r1", "--ground", "unidentified", "--facts", FACTS];
    let reminder = ["reject", "r2", "--ground", "repetition", "--facts", FACTS];
    let recording = ["reject", "v1", "--ground", "unfounded", "--facts", FACTS];
    let non_ground = [
        "reject",
        "r1",
        "--ground",
        "unfounded",
        "--facts",
        "Det tager for lang tid og koster for meget arbejde for mig.",
    ];
    let commands: [&[&str]; 33] = [
        &["resolve", "n1"],
        &["resolve", "r1"],
        &["resolve", "r1", "--outcome", "rejected"],
        &["resolve", "v1"],
        &["resolve", "v1", "--outcome", "answered"],
        &["reopen", "r1", "--reason", "x"],
        &["link-sent", "r1"],
        &["link-sent", "v1"],
        &["link-sent", "v2"],
        &["task", "r1", "nowhere", "done"],
        &["task", "r1", "kajabi", "kept"],
        &["copy", "v1", "nowhere", "deleted"],
        &["copy", "v1", "zoom-cloud", "deleted", "--on", "2026-12-24"],
        &["copy", "v1", "zoom-cloud", "deleted", "--on", "2020-01-01"],
        &["note", "r1", " "],
        &["note", "r1", "010190-1234"],
        &["edit", "r1", "--email", "none"],
        &["merge", "r1", "--into", "r4"],
        &["merge", "r4", "--into", "r1"],
        &["extend", "r2", "--reason", "Syv tjenester"],
        &["extend", "r4", "--reason", "Syv tjenester"],
        &["extend", "r3", "--reason", "Syv tjenester"],
        &["extend", "r1", "--reason", "ferie"],
        &["identity", "r1", "requested", "--reason", "x"],
        &["--read-only", "note", "r1", "x"],
        &["redo"],
        &["show", "r99"],
        &short,
        &again,
        &unnamed,
        &reminder,
        &recording,
        &non_ground,
    ];
    let mut kinds = BTreeSet::new();
    for command in commands {
        for more in [
            &["--language", "da"][..],
            &["--language", "en"],
            &["--json"],
        ] {
            let mut args = command.to_vec();
            args.extend(more);
            let output = world.run(&args);
            assert!(matches!(output.code, 1 | 3), "{args:?}: {output}");
            assert_tells_nobody(&output.stderr, &format!("{args:?}"));
            if more == ["--json"] {
                kinds.insert(output.error()["kind"].as_str().unwrap().to_owned());
            }
        }
    }
    assert!(kinds.len() >= 24, "only {} kinds: {kinds:?}", kinds.len());
}

fn assert_tells_nobody(told: &str, what: &str) {
    let folded = told.to_lowercase();
    for secret in SECRETS {
        assert!(
            !folded.contains(&secret.to_lowercase()),
            "{what} tells {secret}: {told}"
        );
    }
}

/// Damage in any page, and a store that is busy: places and pages, never what is in them.
#[test]
fn no_error_of_the_store_says_anything_of_a_person() {
    let world = secretive();
    let whole = fs::read(world.store()).unwrap();
    let mut told = 0;
    for page in 1..whole.len() / 4096 {
        if whole[page * 4096..][..4096].iter().all(|byte| *byte == 0) {
            continue;
        }
        let mut bytes = whole.clone();
        bytes[page * 4096 + 200..][..40].fill(b'#');
        fs::write(world.store(), &bytes).unwrap();
        let output = world.run("show r1 --json");
        if output.code != 0 {
            told += 1;
            assert_eq!(output.code, 65, "{output}");
            assert_tells_nobody(&output.stderr, "damage");
        }
    }
    assert!(told > 3, "{told} pages told");
}

/// A defect tells where it is and not what it was about: a message of a panic can quote any text. This test program
/// runs itself as the program that panics.
#[test]
fn a_panic_says_nothing_of_a_person() {
    let program = std::env::current_exe().unwrap();
    let args = [
        "--ignored",
        "--exact",
        "--nocapture",
        "privacy::panicking_over_a_name",
    ];
    for traces in [None, Some("1")] {
        let mut command = Command::new(&program);
        command.args(args).env_remove("RUST_BACKTRACE");
        if let Some(traces) = traces {
            command.env("RUST_BACKTRACE", traces);
        }
        let output = command.output().unwrap();
        assert!(!output.status.success());
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("tests/it/privacy.rs:"), "{told}");
        // Whoever asks for traces is looking for the defect, at a terminal.
        assert_eq!(told.contains("Quistgaard"), traces.is_some(), "{told}");
    }
}

#[test]
#[ignore = "the program that a_panic_says_nothing_of_a_person runs"]
fn panicking_over_a_name() {
    indsigt::cli::tell_panics();
    let name = "Xenia Quistgaard Vindeløv";
    // As slicing in the middle of a letter does.
    panic!("byte index 22 is not a char boundary of `{name}`");
}
