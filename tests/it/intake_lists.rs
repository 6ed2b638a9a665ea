//! Lists of recordings, old registers of requests and services' exports, as they are and in every encoding: taken in
//! once, with every row that is not named with its reason.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use crate::world::{World, data};

/// (taken, already, left out) of an import.
fn counts(report: &Value) -> (u64, u64, u64) {
    let number = |name: &str| report[name].as_u64().unwrap();
    (number("taken"), number("already"), number("left_out"))
}

/// `line: why` of what an import left out, or noted.
fn told(report: &Value, list: &str) -> Vec<String> {
    let one = |it: &Value| {
        let text = |name: &str| it[name].as_str().unwrap().to_owned();
        format!("{}: {}", text("where"), text("why"))
    };
    let all = report["files"][0][list].as_array().unwrap();
    all.iter().map(one).collect()
}

/// Imports a file on trial, then in earnest, then again: as foretold, and once. Gives the report.
fn imported(world: &World, what: &str, file: &str) -> Value {
    let before = world.everything();
    let trial = world.json(&["import", what, "--dry-run", file]);
    let unchanged = world.everything();
    // A store that was not there yet is there after a trial, and empty.
    assert!(
        before.is_none() || before == unchanged,
        "{file}: a trial changes nothing"
    );
    let report = world.json(&["import", what, file]);
    assert_eq!(trial, report, "{file}: the trial foretold it");
    let after = world.everything();
    let again = world.json(&["import", what, file]);
    let (taken, already, left_out) = counts(&report);
    assert_eq!(
        counts(&again),
        (0, taken + already, left_out),
        "{file}, again"
    );
    assert_eq!(told(&again, "notes"), Vec::<String>::new(), "{file}, again");
    assert_eq!(
        after,
        world.everything(),
        "{file}: running it again changes nothing"
    );
    report
}

#[test]
fn zooms_list_of_cloud_recordings() {
    let world = World::new();
    let report = imported(&world, "recordings", &data("csv/recordings-zoom.csv"));
    assert_eq!(counts(&report), (3, 0, 1));
    assert_eq!(
        told(&report, "left_out"),
        ["5: the date of the session is missing"]
    );
    assert_eq!(
        told(&report, "notes"),
        [2, 3, 4].map(|line| format!(
            "{line}: the client is not named; add name and mail address (edit)"
        ))
    );
    let first = world.json("show v1");
    assert_eq!(
        (
            &first["title"],
            &first["recorded_on"],
            &first["form"],
            &first["person"]
        ),
        (
            &json!("Personlig session - Mette"),
            &json!("2026-11-03"),
            &json!("private"),
            &json!({"name": "?", "emails": []}),
        ),
        "the host is not the client, and a day above 12 elsewhere in the column decides"
    );
    assert_eq!(
        first["copies"],
        json!([{"place": "zoom-cloud", "locator": "98765432100", "status": "present", "on": null}])
    );
    assert_eq!(world.json("show v2")["recorded_on"], "2026-11-17");
    assert_eq!(world.json("history")["entries"][0]["via"], "import");
    // The client filled in and the recording closed: it is known all the same.
    world.ok("edit v1 --name Mette --email mette@practice.example");
    world.ok("resolve v1");
    let again = world.json(&["import", "recordings", &data("csv/recordings-zoom.csv")]);
    assert_eq!(counts(&again), (0, 3, 1));
}

#[test]
fn a_table_of_recordings_of_ones_own() {
    let world = World::danish();
    let report = imported(&world, "recordings", &data("csv/recordings-dansk.csv"));
    assert_eq!(counts(&report), (3, 0, 4), "{report:#}");
    assert_eq!(
        told(&report, "left_out"),
        [
            "7: 1. november 2026 ligger før 12. november 2026.",
            "8: 24. december 2026 er ikke kommet endnu; i dag er 22. november 2026.",
            "10: sessionens dato mangler",
            "11: hverken titel eller navn",
        ]
    );
    let first = world.json("show v1");
    assert_eq!(
        (
            &first["title"],
            &first["person"],
            &first["link_sent_on"],
            &first["link_expires_on"]
        ),
        (
            &json!("1. session (søvn)"),
            &json!({"name": "Søren Ægidius", "emails": ["Soren@Mail.example"]}),
            &json!("2026-11-04"),
            &json!("2026-11-20"),
        )
    );
    assert_eq!(first["due"], "2026-12-02", "28 days after the link");
    let places = |id: &str| -> Vec<String> {
        let copies = world.json(&["show", id])["copies"].clone();
        let place = |copy: &Value| copy["place"].as_str().unwrap().to_owned();
        copies.as_array().unwrap().iter().map(place).collect()
    };
    assert_eq!(places("v1"), ["zoom-cloud", "local"]);
    assert_eq!(places("v2"), ["vimeo"]);
    assert_eq!(world.json("show v2")["form"], "group");
    assert_eq!(world.json("show v3")["title"], "ida@mail.example");
}

#[test]
fn a_zoom_report_with_a_row_for_each_participant() {
    let world = World::new();
    let report = imported(&world, "recordings", &data("csv/recordings-report.csv"));
    assert_eq!(counts(&report), (2, 0, 2));
    assert_eq!(
        told(&report, "left_out"),
        [
            "2: the row is about the host",
            "5: another participant of the session on line 4, which is a group session now; only the first is registered",
        ]
    );
    let (first, second) = (world.json("show v1"), world.json("show v2"));
    assert_eq!(first["person"]["emails"], json!(["mette@practice.example"]));
    assert_eq!(
        (&first["form"], &second["form"]),
        (&json!("private"), &json!("group"))
    );
    assert_eq!(
        second["recorded_on"], "2026-11-09",
        "the 15th on other lines decides"
    );
}

/// Nothing but the file can say which of two days is meant.
#[test]
fn an_ambiguous_day_is_never_guessed() {
    let world = World::new();
    let report = imported(&world, "recordings", &data("csv/zoom-participants.csv"));
    assert_eq!(
        told(&report, "left_out"),
        [
            "2: the date of the session can be read in two ways; write it as YYYY-MM-DD",
            "4: another table of the file",
        ]
    );
    let file = world.write(
        "sendt.csv",
        "Titel,Navn,Dato,Link sendt\nA,Bo,2026-11-03,04/11/2026\n",
    );
    let report = imported(&world, "recordings", &file);
    assert_eq!(
        counts(&report),
        (1, 0, 0),
        "taken without the link, and told"
    );
    assert_eq!(
        told(&report, "notes"),
        ["2: the date on which the link was sent can be read in two ways; write it as YYYY-MM-DD"]
    );
    assert_eq!(world.json("show v1")["link_sent_on"], Value::Null);
}

/// What was entered by hand, or came from another list of the same sessions, is not taken twice; another session is.
#[test]
fn a_recording_in_the_store_is_known_by_what_it_is() {
    let world = World::new();
    world.ok("add recording --title 'Første session' --name 'Mette Hansen' --email mette@example.dk --recorded 2026-11-03");
    world.ok("add recording --title Anden --name Bo --recorded 2026-11-04 --copy 'zoom-cloud=987 6543 2100'");
    let report = |rows: &str| {
        let header = "Titel,Navn,Email,Møde-id,Start,Link\n";
        let file = world.write("liste.csv", format!("{header}{rows}"));
        counts(&world.json(&["import", "recordings", &file]))
    };
    assert_eq!(
        report("FOERSTE session,M. Hansen,Mette+x@Example.dk,,2026-11-03,\n"),
        (0, 1, 0)
    );
    assert_eq!(
        report("Noget andet,,,98765432100,2026-11-04 10:00,\n"),
        (0, 1, 0),
        "by its locator"
    );
    assert_eq!(
        report("Første session,Mette Hansen,,,2026-11-03,\n"),
        (0, 1, 0),
        "by name without an address"
    );
    assert_eq!(
        report("Første session,Mette Hansen,mette@example.dk,,2026-11-10,\n"),
        (1, 0, 0)
    );
    assert_eq!(
        report("Første session,Mette,en.anden@example.dk,,2026-11-03,\n"),
        (1, 0, 0),
        "another Mette"
    );
    // The same meeting twice on a day, and the same number on another day.
    let twice = "A,Bo,bo@example.dk,811 1111 1111,2026-11-05 10:00,\nA,Bo,bo@example.dk,81111111111,2026-11-05 14:00,\n\
                 A,Bo,bo@example.dk,81111111111,2026-11-06 10:00,\n";
    assert_eq!(report(twice), (3, 0, 0));
    assert_eq!(report(twice), (0, 3, 0));
    // Another list of the same session: its own words, the same link.
    let link = "https://zoom.us/rec/share/abc";
    assert_eq!(
        report(&format!("B,Ida,ida@example.dk,,2026-11-07,{link}\n")),
        (1, 0, 0)
    );
    assert_eq!(
        report(&format!(
            "Session med Ida,,,822 2222 2222,2026-11-07 09:00,{link}\n"
        )),
        (0, 1, 0)
    );
}

#[test]
fn an_import_of_recordings_is_undone_whole_and_can_be_made_again() {
    let world = World::new();
    world.ok("add optout --email foer@example.dk");
    let before = world.records();
    let mut list = "Topic,Meeting ID,Start Time\n".to_owned();
    for number in 0..450 {
        writeln!(list, "Session {number},812345{number:05},2026-10-12 10:00").unwrap();
    }
    let file = world.write("mange.csv", list);
    let taken = || counts(&world.json(&["import", "recordings", &file]));
    assert_eq!(taken(), (450, 0, 0));
    world.ok("undo");
    assert_eq!(world.records(), before);
    world.ok("redo");
    assert_eq!(taken(), (0, 450, 0));
    world.ok("undo");
    assert_eq!(
        taken(),
        (450, 0, 0),
        "what was taken back can come in again"
    );
}

/// Stopped in the middle (Ctrl-C, a dropped line), a run leaves whole batches, and the next one completes it.
#[test]
fn an_import_of_a_list_killed_in_the_middle_is_completed_by_the_next_one() {
    let world = World::new();
    let mut list = "Name,Email,Type,Received,Closed,Outcome\n".to_owned();
    for number in 0..1000 {
        writeln!(
            list,
            "P{number},p{number}@example.dk,access,2026-03-01,2026-03-20,answered"
        )
        .unwrap();
    }
    let file = world.write("register.csv", list);
    world.ok("due");
    // Who only looks is let in between two batches.
    let total = || {
        world.json("list --any --limit 1")["total"]
            .as_u64()
            .unwrap()
    };
    let mut child = world
        .command(&["import", "requests", &file])
        .spawn()
        .unwrap();
    while total() == 0 && child.try_wait().unwrap().is_none() {}
    drop(child.kill());
    child.wait().unwrap();
    let before = total();
    assert!(before > 0 && before % 200 == 0, "whole batches: {before}");
    let report = world.json(&["import", "requests", &file]);
    assert_eq!(counts(&report), (1000 - before, before, 0));
    assert_eq!(total(), 1000);
    let open = world.json("list --open --limit 1")["total"].as_u64();
    assert_eq!(open, Some(0), "none was left half entered");
}

#[test]
fn the_summary_names_every_row_that_was_left_out() {
    let world = World::new();
    world.write(
        "list.csv",
        "Topic,Meeting ID,Start Time\nA,81234567890,2026-11-03 10:00\n,,\n,,2026-11-03\nB,,\nC,,\nD,,snart\nE,,\n",
    );
    insta::assert_snapshot!(world.ok("import recordings list.csv"), @r"
    list.csv: 1 taken in, 0 there already, 5 left out
      4: neither title nor name
      5–6, 8: the date of the session is missing
      7: the date of the session cannot be read; write it as YYYY-MM-DD
      Taken in, but look at:
      2: the client is not named; add name and mail address (edit)
    Altogether: 1 taken in, 0 there already, 5 left out
    ");
}

#[test]
fn an_old_register_with_its_own_dates() {
    let world = World::danish();
    let report = imported(&world, "requests", &data("csv/register-dansk.csv"));
    assert_eq!(counts(&report), (5, 0, 3), "{report:#}");
    assert_eq!(
        told(&report, "left_out"),
        [
            "8: lukket, men det fremgår ikke hvornår",
            "9: hverken navn eller mailadresse",
            "10: 1. juni 2026 ligger før 1. juli 2026.",
        ]
    );
    assert_eq!(
        told(&report, "notes"),
        [
            "7: arten er ukendt; oprettet som »andet« med fortegnelsens ord i en note",
            "11: kanalen er ukendt; oprettet som »mail« med fortegnelsens ord i en note",
        ]
    );
    let first = world.json("show r1");
    assert_eq!(
        (
            &first["kind"],
            &first["status"],
            &first["outcome"],
            &first["received_on"],
            &first["closed_on"]
        ),
        (
            &json!("access"),
            &json!("closed"),
            &json!("answered"),
            &json!("2026-03-01"),
            &json!("2026-03-20"),
        ),
        "closed on the day of the register, whatever day it is"
    );
    assert_eq!(
        first["closing"]["override"],
        "overført fra en ældre fortegnelse"
    );
    assert_eq!(
        first["due"], "2026-04-01",
        "a month from the receipt, not from today"
    );
    assert_eq!(first["notes"][0]["text"], "Sendte alt, også optagelsen");
}

#[test]
fn kinds_channels_and_remarks_of_an_old_register() {
    let world = World::danish();
    world.json(&["import", "requests", &data("csv/register-dansk.csv")]);
    let second = world.json("show r2");
    assert_eq!(
        (&second["kind"], &second["outcome"], &second["channel"]),
        (&json!("erasure"), &json!("partly-met"), &json!("letter"))
    );
    let third = world.json("show r3");
    assert_eq!(
        (
            &third["kind"],
            &third["channel"],
            &third["closed_on"],
            &third["due"]
        ),
        (
            &json!("withdrawal"),
            &json!("phone"),
            &Value::Null,
            &json!("2026-12-21")
        ),
        "open, with the dates that follow from its receipt"
    );
    assert!(third["tasks"].as_array().unwrap().len() > 3);
    let fourth = world.json("show r4");
    assert_eq!(
        (&fourth["kind"], &fourth["outcome"]),
        (&json!("other"), &json!("not-a-request"))
    );
    let notes: Vec<&str> = fourth["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        notes,
        ["CPR ******-**** oplyst", "Fra fortegnelsen – Art: Faktura"]
    );
    assert_eq!(
        world.json("show r5")["person"],
        json!({"name": "Karen", "emails": []})
    );
    // A new request of the same person for the same is a repeat of the old one.
    world.on("2026-11-23");
    let warned = world.warned("add request --kind access --name Søren --email SOREN@mail.example");
    assert!(warned.contains("R-2026-0001"), "{warned}");
}

#[test]
fn an_english_register() {
    let world = World::new();
    world.access("2026-02-13");
    let report = imported(&world, "requests", &data("csv/register-english.csv"));
    assert_eq!(
        counts(&report),
        (1, 1, 0),
        "one was entered by hand: the same kind, person and day"
    );
    let other = World::new();
    let report = imported(&other, "requests", &data("csv/register-english.csv"));
    assert_eq!(
        (counts(&report), told(&report, "notes").len()),
        ((2, 0, 0), 0)
    );
    let first = other.json("show r1");
    assert_eq!(
        (
            &first["closed_on"],
            &first["outcome"],
            &first["subject"],
            &first["message"]
        ),
        (
            &json!("2026-03-03"),
            &json!("answered"),
            &json!("My data"),
            &json!("What do you hold on me?"),
        )
    );
    let second = other.json("show r2");
    assert_eq!(
        (&second["kind"], &second["channel"], &second["received_on"]),
        (&json!("objection"), &json!("form"), &json!("2026-11-19"))
    );
    // What was closed long ago is due to be erased now, not in two years.
    other.on("2028-03-04");
    assert_eq!(other.json("due --all")["past_retention"], 1);
}

/// One table in every encoding and dialect that spreadsheets write: after the first, all of it is there already.
#[test]
fn encodings_and_dialects_make_no_difference() {
    let table = [
        ["Titel", "Navn", "Mailadresse", "Dato", "Link sendt"],
        [
            "Første, lange; session",
            "Åse \"Ø\" Bæk",
            "åse@mail.example",
            "3.11.2026",
            "5.11.2026",
        ],
        ["To\nlinjer", "René", "rene@mail.example", "4.11.2026", ""],
    ];
    let text = |delimiter: &str| {
        let quoted = |cell: &&str| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &[&str; 5]| row.iter().map(quoted).collect::<Vec<_>>().join(delimiter);
        let lines: Vec<String> = table.iter().map(line).collect();
        format!("{}\r\n", lines.join("\r\n"))
    };
    let utf16 = |text: &str, turn: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(turn).collect()
    };
    let world = World::new();
    let mut first = true;
    for delimiter in [",", ";", "\t"] {
        let plain = text(delimiter);
        let files = [
            plain.clone().into_bytes(),
            format!("\u{feff}{plain}").into_bytes(),
            utf16(&format!("\u{feff}{plain}"), u16::to_le_bytes),
            utf16(&format!("\u{feff}{plain}"), u16::to_be_bytes),
            utf16(&plain, u16::to_le_bytes),
            utf16(&plain, u16::to_be_bytes),
            encoding_rs::WINDOWS_1252.encode(&plain).0.into_owned(),
        ];
        for (number, bytes) in files.into_iter().enumerate() {
            let file = world.write("liste.csv", bytes);
            let found = counts(&world.json(&["import", "recordings", &file]));
            let expected = if first { (2, 0, 0) } else { (0, 2, 0) };
            assert_eq!(found, expected, "{delimiter:?}, encoding {number}");
            first = false;
        }
    }
    assert_eq!(world.json("show v1")["person"]["name"], "Åse \"Ø\" Bæk");
    assert_eq!(world.json("show v2")["title"], "To linjer");
}

#[test]
fn files_that_are_no_lists_are_refused_whole() {
    for world in [World::new(), World::danish()] {
        let list = data("csv/kajabi-unsubscribed.csv");
        for what in ["recordings", "requests"] {
            let message = world.fails(4, &["import", what, &list]);
            assert!(message.contains("kajabi-unsubscribed.csv"), "{message}");
            world.fails(4, &["import", what, &data("csv/empty.csv")]);
            world.fails(4, &["import", what, &data("csv/workbook.csv")]);
            world.fails(4, &["import", what, "nowhere.csv"]);
            world.refused(&[
                "--read-only",
                "import",
                what,
                &data("csv/recordings-zoom.csv"),
            ]);
        }
    }
}

/// The case of Mette, and the task that asks Kajabi.
fn with_a_case() -> World {
    let world = World::new();
    world.request(
        "access",
        "Mette Testesen",
        "mette@practice.example",
        "2026-11-20",
    );
    world
}

#[test]
fn the_rows_of_the_person_are_kept_with_the_task() {
    let world = with_a_case();
    let output = world.ok(&[
        "task",
        "r1",
        "kajabi",
        "done",
        "--from",
        &data("csv/rows-hostile.csv"),
    ]);
    assert_eq!(
        output,
        "2 rows from rows-hostile.csv are kept with the case\nR-2026-0001: in progress"
    );
    let task = |id: &str| {
        let case = world.json("show r1");
        let tasks = case["tasks"].as_array().unwrap().clone();
        tasks.into_iter().find(|task| task["id"] == id).unwrap()
    };
    let kajabi = task("kajabi");
    assert_eq!(
        (&kajabi["rows"], &kajabi["status"], &kajabi["done_on"]),
        (&json!(2), &json!("done"), &json!("2026-11-22"))
    );
    assert_eq!(task("zoom")["rows"], 0);
    let sheet = world.ok("show r1");
    assert!(sheet.contains("2 rows from rows-hostile.csv"), "{sheet}");
    // Its content is nowhere but in the case: not in lists, not in other people's view of it, not in the history.
    for command in [
        "show r1",
        "show r1 --json",
        "list --any --json",
        "export all --format json",
        "history --json",
    ] {
        assert!(!world.ok(command).contains("HYPERLINK"), "{command}");
    }
    let store = fs::read(world.store()).unwrap();
    let holds = |text: &str| {
        store
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!(
        holds("HYPERLINK(") && holds("+45 12 34 56 78"),
        "kept as they were"
    );
    for other in [
        "Hemmelig",
        "ole@mail.example",
        "evil.example.",
        "@SUM",
        "010180-1234",
    ] {
        assert!(!holds(other), "{other} is nobody's business here");
    }
}

/// The same file again replaces its rows, another adds to them; what is not held is not kept.
#[test]
fn rows_are_replaced_by_file_and_go_with_the_status() {
    let world = with_a_case();
    let rows = || world.json("show r1")["tasks"][0]["rows"].clone();
    let from = |file: &str| {
        world.ok(&[
            "task",
            "r1",
            "1",
            "done",
            "--from",
            &data(&format!("csv/{file}")),
        ]);
        rows()
    };
    assert_eq!(from("rows-hostile.csv"), 2);
    assert_eq!(from("rows-hostile.csv"), 2);
    assert_eq!(from("kajabi-contacts.csv"), 3);
    world.ok("undo");
    assert_eq!(rows(), 2);
    world.ok("task r1 1 asked");
    assert_eq!(rows(), 2, "what was found stays");
    world.ok("task r1 1 nothing-held");
    assert_eq!(rows(), 0, "nothing is held, so nothing is kept");
}

#[test]
fn a_file_without_a_row_of_hers_does_not_tick_the_task() {
    let world = with_a_case();
    let file = world.write(
        "stripe.csv",
        "Email,Plan\nole@mail.example,3\nida@mail.example,3\n",
    );
    let message = world.refused(&["task", "r1", "stripe", "done", "--from", &file]);
    assert!(
        message
            .contains("stripe.csv has no rows about the person in R-2026-0001 (2 looked through)")
            && message.contains("indsigt task R-2026-0001 stripe nothing-held"),
        "{message}"
    );
    let from = |status: &str| {
        world
            .run(&["task", "r1", "stripe", status, "--from", &file])
            .code
    };
    assert_eq!(from("asked"), 2);
    world.fails(
        4,
        &[
            "task",
            "r1",
            "stripe",
            "done",
            "--from",
            &world.write("byer.csv", "By,Plan\nAarhus,3\n"),
        ],
    );
    world.fails(
        4,
        &["task", "r1", "stripe", "done", "--from", "nowhere.csv"],
    );
    let contacts = data("csv/kajabi-contacts.csv");
    world.fails(3, &["task", "r1", "nosuch", "done", "--from", &contacts]);
    let big = format!(
        "Email,Note\nmette@practice.example,{}\n",
        "x".repeat(1_100_000)
    );
    let big = world.write("stor.csv", big);
    let message = world.refused(&["task", "r1", "stripe", "done", "--from", &big]);
    assert!(message.contains("1024 KiB"), "{message}");
}

/// A table of names alone: taken, and said.
#[test]
fn rows_found_by_the_name_alone_are_doubtful() {
    let world = with_a_case();
    let warning = world.warned(&[
        "task",
        "r1",
        "1",
        "done",
        "--from",
        &data("csv/rows-names.csv"),
    ]);
    assert_eq!(
        warning,
        "Note: rows-names.csv has no mail addresses; 1 row was found by the name alone. Check that it is the same person.\n"
    );
}

/// What would go to the person in her copy is looked at first where it may hold somebody else.
#[test]
fn rows_that_may_hold_those_of_others_are_doubtful() {
    let world = with_a_case();
    let file = world.write(
        "stripe.csv",
        "Email,Note\nmette@practice.example,\"hej\nole@mail.example,\"\nida@mail.example,x\n",
    );
    let warning = world.warned(&["task", "r1", "stripe", "done", "--from", &file]);
    assert_eq!(
        warning,
        "Note: in stripe.csv a quote is perhaps not closed on line 2. Check that the rows hold everything about the person and nothing about others.\n"
    );
}

#[test]
fn every_shape_of_export_gives_the_rows_of_the_person() {
    for (file, rows) in [
        ("kajabi-contacts.csv", 1),
        ("zoom-participants.csv", 1),
        ("zoom-registrants.csv", 1),
        ("zoom-webinar.csv", 1),
        ("stripe-customers.csv", 1),
        ("mailchimp-unsubscribed.csv", 1),
        ("webinarjam.csv", 1),
        ("gotowebinar.csv", 1),
        ("listmonk.csv", 1),
        ("recordings-report.csv", 2),
    ] {
        let world = with_a_case();
        let path = data(&format!("csv/{file}"));
        let case = world.json(&["task", "r1", "1", "done", "--from", &path]);
        assert_eq!(case["tasks"][0]["rows"], rows, "{file}");
    }
}

/// Whoever withdrew her consent is on no list, whatever shape the list has (SERVICES, "CSV headers seen").
#[test]
fn withdrawals_and_opt_outs_count_in_every_list() {
    let world = World::new();
    world.request(
        "withdrawal",
        "Mette Testesen",
        "METTE+x@practice.example",
        "2026-11-20",
    );
    world.ok("add optout --email ole@mail.example --received 2026-11-03");
    for (file, checked, hits) in [
        ("kajabi-contacts.csv", 2, 2),
        ("zoom-participants.csv", 1, 1),
        ("zoom-registrants.csv", 2, 2),
        ("zoom-webinar.csv", 2, 2),
        ("stripe-customers.csv", 2, 2),
        ("mailchimp-unsubscribed.csv", 2, 1),
        ("webinarjam.csv", 2, 2),
        ("gotowebinar.csv", 2, 2),
        ("listmonk.csv", 3, 2),
    ] {
        let path = data(&format!("csv/{file}"));
        let check = world.json(&["check-subscribers", &path]);
        let found = check["hits"].as_array().unwrap();
        assert_eq!(
            (&check["checked"], found.len()),
            (&json!(checked), hits),
            "{file}: {check}"
        );
        let code = world.run(&["check-subscribers", &path, "--exit-code"]).code;
        assert_eq!(code, 10, "{file}");
    }
    let hit = |world: &World| {
        let path = data("csv/kajabi-contacts.csv");
        world.json(&["check-subscribers", &path])["hits"][0].clone()
    };
    assert_eq!(
        hit(&world),
        json!({"email": "Mette@practice.example", "id": "R-2026-0001", "since": "2026-11-20", "line": 2})
    );
    // One that turned out to be none no longer counts; an answered one does.
    world.ok("resolve r1 --outcome not-a-request --override 'Only a question'");
    assert_eq!(hit(&world)["id"], "N-2026-0001");
    world.ok("undo");
    world.ok("resolve r1 --outcome answered --override 'All done by hand'");
    assert_eq!(hit(&world)["id"], "R-2026-0001");
    let access = World::new();
    access.access("2026-11-20");
    let list = access.write("l.csv", "Email\nmette@example.dk\n");
    assert_eq!(
        access.json(&["check-subscribers", &list])["hits"],
        json!([])
    );
}
