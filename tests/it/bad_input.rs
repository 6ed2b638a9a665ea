//! Bad input (issue 2): one clear message with what to do, the right exit code, and nothing changed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use redb::{Database, TableDefinition};

use crate::world::{World, assert_brief, data, text};

const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");

/// Runs the same in both languages; both must fail with `code`, leave everything as it was, and say what stands in
/// `english` and `danish`, every part of it.
fn told(code: i32, args: &[&str], english: &[&str], danish: &[&str]) {
    let world = World::new();
    world.access("2026-11-20");
    for (language, parts) in [("en", english), ("da", danish)] {
        let mut all = args.to_vec();
        all.extend(["--language", language]);
        let message = world.fails(code, &all);
        for part in parts {
            assert!(message.contains(part), "“{part}” is missing in:\n{message}");
        }
    }
}

#[test]
fn a_date_that_does_not_exist() {
    let english = [
        "“2026-02-30” is not a date that exists",
        "Write it as 2026-11-23",
    ];
    let danish = [
        "»2026-02-30« er ikke en dato, der findes",
        "Skriv den som 2026-11-23",
    ];
    let commands: [&[&str]; 9] = [
        &["deadline", "2026-02-30"],
        &[
            "add",
            "request",
            "--kind",
            "access",
            "--name",
            "M",
            "--received",
            "2026-02-30",
        ],
        &[
            "add",
            "optout",
            "--email",
            "a@example.dk",
            "--received",
            "2026-02-30",
        ],
        &[
            "add",
            "recording",
            "--title",
            "S",
            "--name",
            "M",
            "--recorded",
            "2026-02-30",
        ],
        &["extend", "r1", "--reason", "x", "--notified", "2026-02-30"],
        &[
            "identity",
            "r1",
            "confirmed",
            "--method",
            "x",
            "--on",
            "2026-02-30",
        ],
        &["list", "--from", "2026-02-30"],
        &["list", "--to", "2026-02-30"],
        &["due", "--today", "2026-02-30"],
    ];
    for command in commands {
        told(2, command, &english, &danish);
    }
}

#[test]
fn dates_in_other_shapes_are_no_dates() {
    let world = World::new();
    for text in [
        "2026-13-01",
        "2025-02-29",
        "26-11-23",
        "23/11/2026",
        "2026-1-1",
        "i morgen",
        "",
        "2026-11-23T25:00:00Z",
    ] {
        let output = world.run(&["deadline", text]);
        assert_eq!(output.code, 2, "{text}: {output}");
        assert_brief(&output.stderr);
    }
}

#[test]
fn a_bad_line_among_dates_on_standard_input_is_named_and_nothing_is_worked_out() {
    let world = World::new();
    for (language, parts) in [
        ("en", ["Line 3: “2026-02-30”", "Nothing was worked out"]),
        ("da", ["Linje 3: »2026-02-30«", "Intet er regnet ud"]),
    ] {
        let output = world.run_with(
            &["deadline", "--json", "-", "--language", language],
            "2026-01-31\n\n2026-02-30\n2026-03-01\n",
        );
        assert_eq!((output.code, output.stdout.as_str()), (4, ""));
        assert_brief(&output.stderr);
        for part in parts {
            assert!(output.stderr.contains(part), "{output}");
        }
    }
}

#[test]
fn an_unknown_id() {
    let commands: [&[&str]; 6] = [
        &["show", "R-2026-0099"],
        &["resolve", "R-2026-0099"],
        &["note", "R-2026-0099", "x"],
        &["task", "R-2026-0099", "zoom", "done"],
        &["reject", "R-2026-0099", "--ground", "abuse", "--facts", "x"],
        &["history", "R-2026-0099"],
    ];
    for command in commands {
        told(
            3,
            command,
            &["no case with the id “R-2026-0099”", "indsigt list --any"],
            &["ingen sag med id »R-2026-0099«", "indsigt list --any"],
        );
    }
}

/// Several ids with one unknown among them: all or none.
#[test]
fn an_unknown_id_among_known_ones_changes_none_of_them() {
    let world = World::new();
    world.ok("add optout --email a@example.dk");
    world.ok("add optout --email b@example.dk");
    world.fails(3, "resolve n1 n9 n2");
}

#[test]
fn an_empty_mailbox() {
    let empty = data("mail/empty.mbox");
    told(
        4,
        &["import", "mail", &empty],
        &["empty.mbox is empty", "Nothing was taken in"],
        &["empty.mbox er tom", "Intet er indlæst"],
    );
}

#[test]
fn a_binary_file_as_a_mailbox() {
    let binary = data("mail/binary.bin");
    told(
        4,
        &["import", "mail", &binary],
        &[
            "neither a mail nor an mbox",
            "Save the mail as .eml",
            "Nothing was taken in",
        ],
        &["hverken en mail eller en mbox", "Intet er indlæst"],
    );
}

#[test]
fn a_mailbox_that_is_not_there_and_a_folder_without_mail() {
    told(
        4,
        &["import", "mail", "nowhere.mbox"],
        &["nowhere.mbox cannot be read", "Nothing was taken in"],
        &["nowhere.mbox kan ikke læses", "Intet er indlæst"],
    );
    let world = World::new();
    world.access("2026-11-20");
    fs::create_dir(world.path("leer")).unwrap();
    let message = world.fails(4, "import mail leer");
    assert!(message.contains("no mails in the folder"), "{message}");
}

/// One good source and one that cannot be used: nothing is taken in of either.
#[test]
fn an_unusable_file_does_not_stop_the_others_and_is_not_passed_over() {
    for bad in [
        data("mail/empty.mbox"),
        data("mail/binary.bin"),
        "nowhere".to_owned(),
    ] {
        for order in [
            [data("mail/plain-utf8.eml"), bad.clone()],
            [bad.clone(), data("mail/plain-utf8.eml")],
        ] {
            let world = World::new();
            let output = world.run(&["import", "mail", &order[0], &order[1], "--json"]);
            assert_eq!(output.code, 4, "{}", output.stderr);
            let report = output.json();
            assert_eq!(
                (&report["taken"], &report["left_out"]),
                (&1.into(), &1.into())
            );
            assert!(output.stderr.contains(&bad), "{}", output.stderr);
            assert_eq!(world.json("list")["total"], 1);
        }
    }
}

#[test]
fn standard_input_that_is_empty_or_no_mail() {
    let world = World::new();
    world.access("2026-11-20");
    let before = world.everything();
    for bytes in [b"".as_slice(), &[0, 1, 2, 3, 255, 0, 0, 9], b"\n\n\n"] {
        let output = world.run_with(&["import", "mail", "-"], bytes);
        assert_eq!(output.code, 4, "{bytes:?}\n{output}");
        assert_brief(&output.stderr);
    }
    assert_eq!(before, world.everything());
}

#[test]
fn a_csv_without_an_address_column() {
    let csv = data("csv/no-address.csv");
    told(
        4,
        &["import", "optouts", &csv],
        &[
            "line 3: no column with mail addresses among Kunde, Telefon, Adresse",
            "Call the column Email",
            "Nothing was taken in",
        ],
        &[
            "linje 3: ingen kolonne med mailadresser blandt Kunde, Telefon, Adresse",
            "Intet er indlæst",
        ],
    );
}

#[test]
fn lists_that_cannot_be_used_are_told_apart() {
    for (file, english, danish) in [
        ("empty.csv", "is empty", "er tom"),
        ("workbook.csv", "is a spreadsheet", "er et regneark"),
        (
            "no-header.csv",
            "no line looks like column names",
            "ingen linje ligner kolonnenavne",
        ),
        (
            "only-header.csv",
            "there are column names but no rows",
            "der er kolonnenavne, men ingen rækker",
        ),
        (
            "stripe-customers.csv",
            "does not say who opted out",
            "siger ikke, hvem der er afmeldt",
        ),
        ("prose.txt", "Nothing was taken in", "Intet er indlæst"),
    ] {
        let path = data(&format!("csv/{file}"));
        told(4, &["import", "optouts", &path], &[english], &[danish]);
    }
    told(
        4,
        &["import", "optouts", "nowhere.csv"],
        &["nowhere.csv cannot be read"],
        &["nowhere.csv kan ikke læses"],
    );
}

/// Every command that touches the store, against a file that is none: the same answer, and the file untouched.
fn foreign(name: &str, content: &[u8]) {
    let world = World::new();
    let store = world.write(&format!("folder/{name}"), content);
    let mail = data("mail/plain-utf8.eml");
    let commands: [&[&str]; 5] = [
        &["due"],
        &["show", "r1"],
        &["add", "optout", "--email", "a@example.dk"],
        &["import", "mail", &mail],
        &["undo"],
    ];
    for command in commands {
        for (language, what, hint) in [
            (
                "en",
                "The file is not an indsigt store",
                "Check --store. The file was not touched",
            ),
            (
                "da",
                "Filen er ikke et indsigt-register",
                "Tjek --store. Filen er ikke rørt",
            ),
        ] {
            let mut args = command.to_vec();
            args.extend(["--store", &store, "--language", language]);
            let output = world.run(&args);
            assert_eq!(
                (output.code, output.stdout.as_str()),
                (65, ""),
                "{args:?}\n{output}"
            );
            assert_brief(&output.stderr);
            assert!(
                output.stderr.contains(what) && output.stderr.contains(hint),
                "{output}"
            );
        }
    }
    assert_eq!(fs::read(&store).unwrap(), content, "the file was touched");
    let beside: Vec<String> = fs::read_dir(world.path("folder"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        beside,
        [name],
        "nothing is put beside a file that is none of ours"
    );
}

#[test]
fn a_store_that_is_a_text_file() {
    foreign(
        "list.txt",
        b"milk\nbread\nbutter, and a good deal more than a header would hold\n",
    );
    foreign("short.txt", b"milk");
}

#[test]
fn a_store_that_is_an_empty_file() {
    foreign("empty.redb", b"");
}

/// A redb file of another program has the right beginning and nothing of ours in it.
#[test]
fn a_store_of_another_program() {
    let world = World::new();
    let path = world.path("other.redb");
    let database = Database::create(&path).unwrap();
    let write = database.begin_write().unwrap();
    {
        let table: TableDefinition<'_, u64, u64> = TableDefinition::new("scores");
        write.open_table(table).unwrap().insert(1, 2).unwrap();
    }
    write.commit().unwrap();
    drop(database);
    let before = fs::read(&path).unwrap();
    for command in [&["due"][..], &["add", "optout", "--email", "a@example.dk"]] {
        let mut args = command.to_vec();
        let store = text(&path);
        args.extend(["--store", &store]);
        let output = world.run(&args);
        assert_eq!(output.code, 65, "{output}");
        assert_brief(&output.stderr);
        assert!(output.stderr.contains("not an indsigt store"), "{output}");
    }
    let after = fs::read(&path).unwrap();
    assert_eq!(before.len(), after.len(), "the file grew");
}

/// A folder where a file should be is no store, and no defect.
#[test]
fn a_store_that_is_a_folder() {
    let world = World::new();
    fs::create_dir(world.path("folder")).unwrap();
    for command in [&["due"][..], &["add", "optout", "--email", "a@example.dk"]] {
        let mut args = command.to_vec();
        args.extend(["--store", "folder"]);
        let output = world.run(&args);
        assert!(matches!(output.code, 65 | 74), "{output}");
        assert_brief(&output.stderr);
    }
}

fn set_format(world: &World, format: u32) {
    let database = Database::open(world.store()).unwrap();
    let write = database.begin_write().unwrap();
    {
        let mut meta = write.open_table(META).unwrap();
        meta.insert("format", format.to_le_bytes().as_slice())
            .unwrap();
    }
    write.commit().unwrap();
}

#[test]
fn a_store_from_a_newer_version() {
    let world = World::new();
    world.access("2026-11-20");
    set_format(&world, 9);
    let mail = data("mail/plain-utf8.eml");
    let commands: [&[&str]; 5] = [
        &["due"],
        &["show", "r1"],
        &["note", "r1", "x"],
        &["add", "optout", "--email", "a@example.dk"],
        &["import", "mail", &mail],
    ];
    for command in commands {
        for (language, parts) in [
            (
                "en",
                [
                    "format 9; this program knows up to 5",
                    "Use the newer version",
                ],
            ),
            (
                "da",
                [
                    "format 9; dette program kender til og med 5",
                    "Brug den nyere udgave",
                ],
            ),
        ] {
            let mut args = command.to_vec();
            args.extend(["--language", language]);
            let output = world.run(&args);
            assert_eq!(
                (output.code, output.stdout.as_str()),
                (65, ""),
                "{command:?}\n{output}"
            );
            assert_brief(&output.stderr);
            for part in parts {
                assert!(output.stderr.contains(part), "{output}");
            }
        }
    }
    set_format(&world, 5);
    assert_eq!(
        world.json("history")["entries"].as_array().unwrap().len(),
        1,
        "nothing was changed"
    );
}

/// Damage inside is told as damage, never as a defect and never as wrong data.
#[test]
fn a_store_with_a_zeroed_or_cut_end_is_damaged() {
    let world = World::new();
    world.access("2026-11-20");
    let whole = fs::read(world.store()).unwrap();
    let mut damaged = 0;
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0);
        fs::write(world.store(), &bytes).unwrap();
        let output = world.run("show r1 --json");
        assert!(matches!(output.code, 0 | 3 | 65), "page {page}: {output}");
        assert!(!output.stderr.contains("panicked"), "page {page}: {output}");
        damaged += usize::from(output.code == 65);
    }
    assert!(damaged > 0, "no page mattered");
    fs::write(world.store(), &whole[..whole.len() / 2]).unwrap();
    let output = world.run("due");
    assert_eq!(output.code, 65, "{output}");
    assert_brief(&output.stderr);
}

#[test]
fn a_folder_without_write_permission() {
    let world = World::new();
    let file = world.write("a-file", "x");
    for store in [
        "/proc/indsigt/indsigt.redb".to_owned(),
        format!("{file}/indsigt.redb"),
    ] {
        for command in [&["due"][..], &["add", "optout", "--email", "a@example.dk"]] {
            for (language, parts) in [
                ("en", ["cannot be read or written", "Check the permissions"]),
                ("da", ["kan ikke læses eller skrives", "Tjek rettighederne"]),
            ] {
                let mut args = command.to_vec();
                args.extend(["--store", &store, "--language", language]);
                let output = world.run(&args);
                assert_eq!(
                    (output.code, output.stdout.as_str()),
                    (74, ""),
                    "{args:?}\n{output}"
                );
                assert_brief(&output.stderr);
                for part in parts.into_iter().chain([store.as_str()]) {
                    assert!(
                        output.stderr.contains(part),
                        "“{part}” is missing in {output}"
                    );
                }
            }
        }
    }
}

#[test]
fn an_export_that_cannot_be_written() {
    told(
        74,
        &[
            "export",
            "all",
            "--format",
            "csv",
            "--out",
            "/proc/indsigt/all.csv",
        ],
        &[
            "/proc/indsigt/all.csv cannot be written",
            "Check the folder",
        ],
        &["/proc/indsigt/all.csv kan ikke skrives", "Tjek mappen"],
    );
}

/// A full disk is no broken pipe: what is printed is not complete, and the exit code says so.
#[test]
fn standard_output_on_a_full_disk() {
    let world = World::new();
    world.access("2026-11-20");
    let mut command = world.command(&["list"]);
    command.stdout(fs::File::options().write(true).open("/dev/full").unwrap());
    let output = crate::world::finish(command, None);
    assert_eq!(output.code, 74, "{output}");
    assert_brief(&output.stderr);
}

#[test]
fn settings_with_problems_are_told_all_at_once_and_briefly() {
    let world = World::new();
    for (settings, parts) in [
        (
            "recording_days = 0\nlanguage = \"sv\"\n",
            &["recording_days", "language", "da, en"][..],
        ),
        ("language = \"da\"\nfarve = 1\n", &["farve", "line 2"]),
        ("language = \n", &["line 1"]),
        (
            "time_zone = \"Mars/Olympus\"\n",
            &["time_zone", "Mars/Olympus"],
        ),
        ("wait_seconds = \"long\"\n", &["line 1"]),
    ] {
        world.configure(settings);
        let output = world.run("due");
        assert_eq!(output.code, 4, "{settings}\n{output}");
        assert_brief(&output.stderr);
        for part in parts.iter().copied().chain(["config.toml"]) {
            assert!(
                output.stderr.contains(part),
                "“{part}” is missing in:\n{output}"
            );
        }
    }
    let output = world.run("--config nowhere.toml due");
    assert_ne!(output.code, 0, "a missing named file is an error");
    assert_brief(&output.stderr);
    assert!(!world.store().exists());
}

/// Usage errors are brief like all others, and name what would do.
#[test]
fn usage_errors_are_brief_and_say_what_would_do() {
    let world = World::new();
    for (args, part) in [
        (&["due", "--bogus"][..], "--bogus"),
        (&["frobnicate"], "frobnicate"),
        (&["add", "request", "--kind", "access"], "--name"),
        (
            &["add", "request", "--kind", "acess", "--name", "M"],
            "access",
        ),
        (&["list", "--open", "--closed"], "--closed"),
        (&["due", "--within", "-1"], "-1"),
        (&["copy", "v1", "local", "burnt"], "deleted"),
    ] {
        let output = world.run(args);
        assert_eq!(
            (output.code, output.stdout.as_str()),
            (2, ""),
            "{args:?}\n{output}"
        );
        assert!(output.stderr.contains(part), "{output}");
        assert_brief(&output.stderr);
    }
}

#[test]
fn an_address_that_is_none() {
    told(
        1,
        &["add", "optout", "--email", "mette at example.dk"],
        &[
            "“mette at example.dk” is not a mail address",
            "name@example.com",
        ],
        &["»mette at example.dk«"],
    );
    told(
        1,
        &["add", "request", "--kind", "access", "--name", " "],
        &["A name or an address is missing"],
        &["navn"],
    );
}

#[test]
fn a_message_file_that_is_not_there() {
    told(
        4,
        &[
            "add",
            "request",
            "--kind",
            "access",
            "--name",
            "M",
            "--message",
            "@nowhere.txt",
        ],
        &["nowhere.txt cannot be read"],
        &["nowhere.txt kan ikke læses"],
    );
}
