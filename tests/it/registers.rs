//! Registers as others take them: a spreadsheet, notes, a calendar (issue 6).

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::world::{World, full};

/// The lines of a calendar as they were before folding (RFC 5545 §3.1).
fn unfolded(calendar: &str) -> Vec<String> {
    assert!(calendar.trim_end().ends_with("END:VCALENDAR"), "{calendar}");
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
    calendar
        .replace("\r\n ", "")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

/// The events of a calendar by UID; alarms are joined.
fn events(calendar: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut events = BTreeMap::new();
    let mut event: BTreeMap<String, String> = BTreeMap::new();
    let mut in_alarm = false;
    for line in unfolded(calendar) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        match (name, value) {
            ("BEGIN", "VEVENT") => event = BTreeMap::new(),
            ("END", "VEVENT") => {
                let uid = event["UID"].clone();
                let twin = events.insert(uid.clone(), std::mem::take(&mut event));
                assert!(twin.is_none(), "{uid} twice");
            }
            ("BEGIN", "VALARM") => in_alarm = true,
            ("END", "VALARM") => in_alarm = false,
            (name, _) if name.starts_with("TRIGGER") => {
                let triggers = event.entry("TRIGGERS".into()).or_default();
                triggers.push_str(value);
                triggers.push(' ');
            }
            _ if in_alarm => {}
            _ => {
                event.insert(name.to_owned(), value.to_owned());
            }
        }
    }
    events
}

#[test]
fn a_calendar_has_one_all_day_event_for_each_deadline_and_names_nobody() {
    let world = full();
    let calendar = world.ok("export all --format ics");
    let found = events(&calendar);
    let open = world.json("list --open");
    assert_eq!(found.len(), open["items"].as_array().unwrap().len());
    for item in open["items"].as_array().unwrap() {
        let event = &found[&format!("{}@indsigt", item["id"].as_str().unwrap())];
        let day = |field: &str| item[field].as_str().unwrap().replace('-', "");
        assert_eq!(event["DTSTART;VALUE=DATE"], day("due"));
        assert!(event["DTEND;VALUE=DATE"] > event["DTSTART;VALUE=DATE"]);
        for part in ["person", "email"] {
            if let Some(text) = item[part].as_str().filter(|text| !text.is_empty()) {
                assert!(!calendar.contains(text), "{text} in\n{calendar}");
            }
        }
    }
    assert!(!calendar.contains("First session"), "{calendar}");
    assert!(
        world
            .ok("export all --format ics --names")
            .contains("Bo Lind")
    );
}

#[test]
fn a_calendar_taken_again_moves_and_doubles_nothing() {
    let world = World::new();
    world.on("2026-11-22");
    world.access("2026-11-19");
    let before = events(&world.ok("export requests --format ics"));
    world.ok("extend r1 --reason 'Three other requests of the same person at once'");
    let after = events(&world.ok("export requests --format ics"));
    let (old, new) = (
        &before["R-2026-0001@indsigt"],
        &after["R-2026-0001@indsigt"],
    );
    assert_eq!(old["DTSTART;VALUE=DATE"], "20261221");
    assert_eq!(new["DTSTART;VALUE=DATE"], "20270219");
    let sequence = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u32>().unwrap();
    assert!(sequence(new) > sequence(old));
    world.ok("resolve r1 --outcome answered --override Test");
    assert!(events(&world.ok("export requests --format ics")).is_empty());
}

#[test]
fn reminders_count_from_act_by_and_are_a_setting() {
    let world = World::new();
    world.on("2026-11-22");
    // Due on Monday the 21st, to be acted on by Friday the 18th: three days more.
    world.access("2026-11-19");
    let triggers =
        || events(&world.ok("export all --format ics"))["R-2026-0001@indsigt"]["TRIGGERS"].clone();
    assert_eq!(triggers(), "-PT835200S -PT316800S ");
    world.configure("calendar_alarm_days = [0]\n");
    assert_eq!(triggers(), "-PT230400S ");
    world.configure("calendar_alarm_days = [400]\n");
    let refused = world.run("export all --format ics");
    assert_eq!(refused.code, 4, "{refused}");
    assert!(refused.stderr.contains("calendar_alarm_days"), "{refused}");
}

#[test]
fn danish_excel_gets_semicolons_and_a_mark() {
    let world = World::new();
    world.request("access", "=cmd|'/c calc'!A1", "a@example.dk", "2026-11-19");
    let path = world.path("a.csv").display().to_string();
    world.ok(&["export", "requests", "--format", "excel", "--out", &path]);
    let text = fs::read_to_string(&path).unwrap();
    let mut lines = text.strip_prefix('\u{feff}').unwrap().split("\r\n");
    assert!(lines.next().unwrap().starts_with("id;type;kind;"));
    assert!(
        lines.next().unwrap().contains(";'=cmd|'/c calc'!A1;"),
        "{text}"
    );
    // Dates as stored, which Excel reads as dates.
    assert!(text.contains(";2026-11-19;"), "{text}");
}

#[test]
fn what_a_list_shows_goes_out_alone() {
    let world = full();
    let rows = |args: &str| {
        let text = world.ok(args);
        text.lines().filter(|line| line.contains("-2026-0")).count()
    };
    assert_eq!(rows("export requests --format md"), 2);
    assert_eq!(rows("export requests --format md --open"), 1);
    assert_eq!(rows("export requests --format csv --closed"), 1);
    assert_eq!(rows("export all --format md --search Bo"), 1);
    assert_eq!(rows("export all --format md --search nobody-at-all"), 0);
    assert!(
        world
            .ok("export all --format md --search nobody-at-all")
            .contains("Nothing")
    );
    world.fails(2, "export requests --format md --open --closed");
}

#[test]
fn a_table_in_markdown_is_text_and_nothing_else() {
    let world = World::danish();
    world.request(
        "access",
        "A|B <script>[x](http://y)",
        "a@example.dk",
        "2026-11-19",
    );
    let text = world.ok("export requests --format md");
    assert!(
        text.starts_with(
            "| Id | Hvad | Person | Modtaget | Handl senest | Frist | Status |\n| --- |"
        )
    );
    assert!(
        text.contains("A\\|B \\<script\\>\\[x\\](http://y)"),
        "{text}"
    );
}

/// Whoever reads a register slowly, or not at all, keeps nobody from the store.
#[test]
fn a_register_that_nobody_reads_holds_nothing_up() {
    let world = World::new();
    let store = world.path("large.redb").display().to_string();
    world.ok(&["demo", "--fill", &store, "--cases", "200", "--seed", "8"]);
    let list = world.write("list.csv", "Email\nnew@example.dk\n");
    let mut command = world.command(&["--store", &store, "export", "all", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    let mut output = child.stdout.take().unwrap();
    output.read_exact(&mut first).unwrap();
    // There is far more than a pipe holds.
    world.ok(&["--store", &store, "import", "optouts", &list]);
    let mut rest = Vec::new();
    output.read_to_end(&mut rest).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(rest.len() > 200_000, "{}", rest.len());
    let _whole: Value = serde_json::from_slice(&[&first[..], &rest].concat()).unwrap();
}

/// Opt-outs that are known are looked up, and nothing is written.
#[test]
fn a_list_that_is_in_already_writes_nothing() {
    let world = World::new();
    let list: Vec<String> = (0..450).map(|n| format!("p{n}@example.dk")).collect();
    let file = world.write("list.csv", format!("Email\n{}\n", list.join("\n")));
    let import = &["import", "optouts", &file];
    let counts = |report: &Value| (report["taken"].as_u64(), report["already"].as_u64());
    assert_eq!(counts(&world.json(import)), (Some(450), Some(0)));
    let before = fs::read(world.store()).unwrap();
    assert_eq!(counts(&world.json(import)), (Some(0), Some(450)));
    assert!(fs::read(world.store()).unwrap() == before);
}
