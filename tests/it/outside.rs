//! What goes out, read by others: calendars by two independent libraries, tables by Python's reader, packages by `unzip`,
//! 7-Zip, `sha256sum` and a checker of HTML (issue 6). Where a tool is not installed, the test says so and passes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "says what was skipped")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::world::{World, finish, full};

/// Debian's own: another one on the path would not see Debian's libraries.
const PYTHON: &str = "/usr/bin/python3";

/// Runs a script over some input; `None` where Python or a library is not there.
#[track_caller]
fn python(needs: &str, script: &str, input: &[u8]) -> Option<Value> {
    let has = Command::new(PYTHON)
        .args(["-c", &format!("import {needs}")])
        .stderr(Stdio::null())
        .status();
    if !has.is_ok_and(|status| status.success()) {
        println!("skipped: there is no python3 with {needs} here");
        return None;
    }
    let mut command = Command::new(PYTHON);
    command
        .args(["-X", "utf8", "-c", script])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let output = finish(command, Some(input));
    assert_eq!(output.code, 0, "{output}");
    Some(output.json())
}

/// Each event as two libraries see it: from, to, sequence, stamp, summary, alarms in minutes before its first day.
const READ_CALENDAR: &str = r#"
import sys, json, icalendar, vobject, datetime
text = sys.stdin.buffer.read()
def event(e, get, alarms):
    return {"from": get("dtstart").isoformat(), "to": get("dtend").isoformat(),
            "sequence": int(get("sequence")), "stamp": get("dtstamp").isoformat(),
            "summary": str(get("summary")), "description": str(get("description")),
            "class": str(get("class")), "transp": str(get("transp")),
            "alarms": sorted(int(a.total_seconds() // 60) for a in alarms)}
one = {}
calendar = icalendar.Calendar.from_ical(text)
for e in calendar.walk("VEVENT"):
    def get(name):
        value = e[name]
        return getattr(value, "dt", value)
    assert str(e["uid"]) not in one
    assert not e.errors, e.errors
    one[str(e["uid"])] = event(e, get, [a["trigger"].dt for a in e.walk("VALARM")])
two = {}
parsed = vobject.readOne(text.decode("utf-8"))
parsed.validate(raiseException=True)
for e in parsed.contents.get("vevent", []):
    def get(name):
        return e.contents[name][0].value
    two[get("uid")] = event(e, get, [a.trigger.value for a in e.contents.get("valarm", [])])
assert str(calendar["version"]) == "2.0" and str(calendar["method"]) == "PUBLISH" and str(calendar["prodid"])
json.dump({"one": one, "two": two, "name": str(calendar["x-wr-calname"])}, sys.stdout)
"#;

/// The events by UID, alike in both libraries.
#[track_caller]
fn events(calendar: &str) -> Option<Value> {
    let read = python("icalendar, vobject", READ_CALENDAR, calendar.as_bytes())?;
    assert_eq!(read["one"], read["two"], "two readers, two meanings");
    Some(read["one"].clone())
}

/// RFC 5545 §3.1: lines end in CR LF and have at most 75 octets; no letter is torn apart.
#[track_caller]
fn well_folded(calendar: &str) {
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    for line in calendar.strip_suffix("\r\n").unwrap().split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(
            !line.contains(['\r', '\n', '\0']) && !line.is_empty(),
            "{line:?}"
        );
    }
}

#[test]
fn two_libraries_read_a_calendar_and_its_update_alike() {
    let world = World::danish();
    world.on("2026-11-20");
    world.request(
        "access",
        "Mette Ærøskøbing",
        "mette@example.dk",
        "2026-11-19",
    );
    world.request("erasure", "Åse Ødegård", "aase@example.dk", "2026-11-19");
    world.ok("add recording --title 'Blåbærgrød på Ærø, første del; med \\ og \"tegn\" 🎥 i en lang titel, som skal foldes midt i ÆØÅæøå' --name Åse --email aase@example.dk --recorded 2026-11-01 --link-sent 2026-11-02 --copy zoom-cloud=1");
    let export = || world.ok("export all --format ics") + "\n";
    let first = export();
    well_folded(&first);
    for word in ["Mette", "Åse", "example.dk", "Blåbær"] {
        assert!(!first.replace("\r\n ", "").contains(word), "{word}");
    }
    let Some(before) = events(&first) else { return };
    assert_eq!(before.as_object().unwrap().len(), 3);
    let of = |events: &Value, id: &str| events[format!("{id}@indsigt")].clone();
    let request = of(&before, "R-2026-0001");
    // All day on the last day: the end is the day after, which is no longer part of it (RFC 5545 §3.6.1).
    assert_eq!(
        (&request["from"], &request["to"]),
        (&"2026-12-21".into(), &"2026-12-22".into())
    );
    assert_eq!(
        (&request["class"], &request["transp"]),
        (&"PRIVATE".into(), &"TRANSPARENT".into())
    );
    assert!(!request["alarms"].as_array().unwrap().is_empty());
    // With names: the same UIDs, and every letter of the title.
    let named = world.ok("export all --format ics --names") + "\n";
    well_folded(&named);
    let named = events(&named).unwrap();
    let title = of(&named, "V-2026-0001")["summary"].clone();
    let whole = "Blåbærgrød på Ærø, første del; med \\ og \"tegn\" 🎥 i en lang titel, som skal foldes midt i ÆØÅæøå";
    assert!(title.as_str().unwrap().contains(whole), "{title}");
    // A day later, one moved and one closed.
    world.on("2026-11-23");
    world.ok("extend r1 --reason 'Tre andre anmodninger fra samme person på én gang'");
    world.ok("resolve r2 --outcome answered --override Test");
    let after = events(&world.ok("export all --format ics")).unwrap();
    let (old, new) = (of(&before, "R-2026-0001"), of(&after, "R-2026-0001"));
    assert_eq!(new["from"], "2027-02-19");
    assert!(new["sequence"].as_u64() > old["sequence"].as_u64());
    assert!(new["stamp"].as_str() >= old["stamp"].as_str());
    assert!(
        of(&after, "R-2026-0002").is_null(),
        "closed: gone from a subscription"
    );
    // The erasure had moved the recording's day as well; that it is over is an update, although the recording itself was
    // not touched.
    let (old, new) = (of(&before, "V-2026-0001"), of(&after, "V-2026-0001"));
    assert_ne!(old["from"], new["from"]);
    assert!(new["sequence"].as_u64() > old["sequence"].as_u64());
    let again = events(&(world.ok("export all --format ics") + "\n")).unwrap();
    assert_eq!(of(&again, "V-2026-0001")["sequence"], new["sequence"]);
}

/// Every text that a spreadsheet, a terminal or a bad reader could take for something else.
const PAYLOADS: [&str; 24] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "=cmd|'/c calc'!A1",
    "=HYPERLINK(\"http://x.example\";\"klik\")",
    "=WEBSERVICE(\"http://x.example\")",
    "\t=1+1",
    " =1+1",
    "\u{a0}=1+1",
    "\u{feff}=1+1",
    "\u{200b}=1+1",
    "\u{ff1d}1+1",
    "\u{ff0b}1+1",
    "\u{ff0d}1+1",
    "\u{ff20}SUM(1)",
    "'=1+1",
    "\"=1+1",
    ";=1+1",
    "Bo;=1+1;",
    "Bo\",\"=1+1",
    "\u{202e}=1+1",
    "|'/c calc'!A1",
    "%=1+1",
];

/// Reads with both delimiters' rules what the file says it has, and finds cells that begin with a formula.
const READ_TABLE: &str = r#"
import sys, json, csv, io
raw = sys.stdin.buffer.read()
text = raw.decode("utf-8")
excel = text.startswith("\ufeff")
if excel: text = text[1:]
rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if excel else ",", strict=True))
json.dump({"rows": rows, "nul": "\0" in text}, sys.stdout)
"#;

#[test]
fn no_cell_of_a_table_is_a_formula_and_no_row_is_lost() {
    let world = World::danish();
    world.on("2026-11-20");
    for (n, payload) in PAYLOADS.iter().enumerate() {
        let email = format!("p{n}@example.dk");
        world.ok(&[
            "add",
            "request",
            "--kind",
            "access",
            &format!("--name={payload}"),
            "--email",
            &email,
            "--received",
            "2026-11-18",
        ]);
        world.ok(&["task", &format!("r{}", n + 1), &format!("--add={payload}")]);
        world.ok(&[
            "add",
            "recording",
            &format!("--title={payload}"),
            &format!("--name={payload}"),
            "--recorded",
            "2026-11-01",
        ]);
    }
    for format in ["csv", "excel"] {
        let table = world.ok(&["export", "all", "--format", format]);
        for line in table.lines() {
            assert!(!line.contains('\u{202e}'), "{line}");
        }
        let Some(read) = python("csv", READ_TABLE, (table + "\n").as_bytes()) else {
            return;
        };
        let rows = read["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 1 + 2 * PAYLOADS.len(), "{format}");
        assert_eq!(read["nul"], false);
        for row in rows {
            let cells = row.as_array().unwrap();
            assert_eq!(cells.len(), 17, "{row}");
            for cell in cells {
                let text = cell.as_str().unwrap();
                let first = text.trim_start_matches(|c: char| {
                    c.is_whitespace() || "\u{feff}\u{200b}".contains(c)
                });
                assert!(
                    !first.starts_with([
                        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'
                    ]),
                    "{format}: {text:?}"
                );
                assert!(!text.contains(['\r', '\n', '\t']), "{format}: {text:?}");
            }
        }
    }
}

/// HTML as a reader sees it: every element that is opened is closed, in order; no script, and nothing from elsewhere.
const READ_PAGE: &str = r#"
import sys, json
from html.parser import HTMLParser
VOID = {"meta", "br", "hr", "img", "link", "input"}
class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.links, self.tags, self.problems = [], [], set(), []
    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("href", "src"): self.links.append(value)
            if name.startswith("on"): self.problems.append(name)
        if tag not in VOID: self.open.append(tag)
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag: self.problems.append("</%s>" % tag)
page = Page()
page.feed(sys.stdin.buffer.read().decode("utf-8")); page.close()
json.dump({"problems": page.problems + page.open, "links": page.links, "tags": sorted(page.tags)}, sys.stdout)
"#;

/// The kinds whose packages are looked at: all of them.
const KINDS: [&str; 10] = [
    "access",
    "withdrawal",
    "erasure",
    "rectification",
    "restriction",
    "portability",
    "objection",
    "name-redaction",
    "complaint",
    "other",
];

/// Runs a tool in a folder; whether it is there and was content.
#[track_caller]
fn content(tool: &str, args: &[&str], folder: &Path) -> bool {
    let run = Command::new(tool).args(args).current_dir(folder).output();
    let Ok(output) = run else {
        println!("skipped: there is no {tool} here");
        return false;
    };
    assert!(output.status.success(), "{tool}: {output:?}");
    true
}

fn every_file(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    found
}

/// For each kind a case with everything in it, and Bo next to all of it: in the same export, in a remark, in a recording of
/// a group, in a case of his own, with his address in other cases of letters.
#[test]
fn packages_of_every_kind_open_and_hold_nothing_of_the_person_next_to_her() {
    let world = World::danish();
    world.on("2026-11-20");
    let (hers, his) = ("mette@example.dk", "BO.Qvist+kursus@Naboer.example");
    world.request(
        "access",
        "Bo Qvistqx",
        "bo.qvist@naboer.example",
        "2026-11-17",
    );
    world.ok(&["add", "optout", "--email", his]);
    let rows = format!(
        "Email,Navn,Note\n{hers},Mette,<script>alert(1)</script>\n{his},Bo Qvistqx,SECRETqx\nbo.qvist@naboer.example,Bo Qvistqx,SECRETqx\n"
    );
    let table = world.write("kajabi.csv", &rows);
    let own = world.write("<b>udskrift & \"æøå\".txt", "Din profil\n");
    let internal = world.write("noter.txt", "INTERNqx bo.qvist@naboer.example");
    fs::create_dir(world.path("out")).unwrap();
    let out = world.path("out");
    let to = out.display().to_string();
    for kind in KINDS {
        let id = world.request(kind, "Mette Hansen", hers, "2026-11-18");
        let id = id.as_str();
        if kind == "access" {
            world.ok(&["task", id, "kajabi", "done", "--from", &table]);
            world.ok(&["attach", id, &own, "--task", "zoom"]);
        } else {
            world.ok(&["attach", id, &own]);
        }
        world.ok(&["attach", id, &internal, "--internal"]);
        world.ok(&["note", id, "Bo Qvistqx, bo.qvist@naboer.example, ringede"]);
        // What is left out is said: the letter, and the remarks.
        world.warned(&["export", id, "--to", &to]);
        world.warned(&["export", id, "--to", &to, "--zip"]);
        let zip = format!("{id}.zip");
        content("unzip", &["-tqq", &zip], &out);
        content("7z", &["t", &zip], &out);
        let folder = out.join(id);
        content(
            "sha256sum",
            &["--strict", "--quiet", "-c", "SHA256SUMS.txt"],
            &folder,
        );
        let unzipped = out.join("unzipped");
        let files = every_file(&folder);
        if content("unzip", &["-qq", &zip, "-d", "unzipped"], &out) {
            let mut inside = every_file(&unzipped.join(id));
            let mut outside = files.clone();
            inside.sort();
            outside.sort();
            assert_eq!(inside, outside, "{kind}");
            fs::remove_dir_all(&unzipped).unwrap();
        }
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            for word in ["qvist", "naboer", "secretqx", "internqx"] {
                assert!(!text.contains(word), "{kind}: {word} in {name}");
                assert!(!name.to_lowercase().contains(word), "{kind}: {name}");
            }
        }
        well_formed(&files, &out, id);
    }
}

/// The page of a package opens in any browser and leads nowhere else.
#[track_caller]
fn well_formed(files: &[(String, Vec<u8>)], out: &Path, id: &str) {
    let (_, page) = files
        .iter()
        .find(|(name, _)| name == "LÆSMIG.html")
        .unwrap();
    content("tidy", &["-qe", &format!("{id}/LÆSMIG.html")], out);
    let Some(read) = python("html.parser", READ_PAGE, page) else {
        return;
    };
    assert_eq!(read["problems"], serde_json::json!([]), "{id}");
    let tags = read["tags"].to_string();
    assert!(
        !tags.contains("script") && !tags.contains("\"b\""),
        "{tags}"
    );
    for link in read["links"].as_array().unwrap() {
        let link = link.as_str().unwrap();
        assert!(!link.contains(':') && !link.starts_with('/'), "{link}");
    }
}

/// However his address is written and wherever it stands, the package is not written unseen.
#[test]
fn another_person_is_found_in_names_of_files_and_however_the_address_is_written() {
    let world = World::danish();
    world.on("2026-11-20");
    world.ok("add optout --email bo@example.dk");
    fs::create_dir(world.path("out")).unwrap();
    let to = world.path("out").display().to_string();
    for (n, (name, text)) in [
        ("bo@example.dk.txt", "intet"),
        (
            "liste.txt",
            "https://x.example/?email=bo%40example.dk&side=2",
        ),
        ("side.html", "<a href='mailto:bo&#64;example.dk'>skriv</a>"),
        ("mail.txt", "to=3Dbo=40example.dk"),
        ("data.json", "{\"to\":\"bo\\u0040example.dk\"}"),
        ("noget.txt", "kontakt/BO+x@EXAMPLE.dk"),
    ]
    .into_iter()
    .enumerate()
    {
        let id = world.request("access", "Mette", &format!("m{n}@example.dk"), "2026-11-18");
        let path = world.write(name, text);
        world.ok(&["attach", &id, &path]);
        let said = world.run(&["export", &id, "--to", &to]);
        assert!(
            said.code == 1 && said.stderr.contains("bo@example.dk"),
            "{name}: {said}"
        );
        assert_eq!(fs::read_dir(&to).unwrap().count(), 0, "{name}");
    }
    // Her own address with his at its end is hers, and so is the one the program does not know.
    let id = world.request("access", "Anne-Bo", "anne-bo@example.dk", "2026-11-18");
    let path = world.write("egen.txt", "anne-bo@example.dk, ukendt-bo@example.com");
    world.ok(&["attach", &id, &path]);
    world.warned(&["export", &id, "--to", &to]);
}

/// Registers show the dates as they are stored: moved by an extension and by an agreement, and not by settings that came
/// later.
#[test]
fn registers_show_the_stored_dates() {
    let world = full();
    world.ok("add recording --title Two --name Ida --recorded 2026-11-01 --link-sent 2026-11-03 --copy local");
    world.ok("extend r1 --reason 'Three other requests of the same person at once'");
    world
        .ok("agree v1 --until 2027-03-15 --agreed-on 2026-11-20 --reference 'Mail of 20 November'");
    let stored = [
        "R-2026-0001",
        "R-2026-0002",
        "V-2026-0001",
        "V-2026-0002",
        "N-2026-0001",
    ]
    .map(|id| {
        let shown = world.json(&["show", id]);
        let day = |field: &str| shown[field].as_str().unwrap_or_default().to_owned();
        let days = [day("due"), day("act_by")];
        (id, days)
    });
    assert_eq!(stored[0].1[0], world.json("show r1")["extension"]["until"]);
    world.configure("recording_days = 10\n");
    for format in ["md", "csv", "excel", "json"] {
        let table = world.ok(&["export", "all", "--format", format]);
        for (id, days) in &stored {
            let row = if format == "json" {
                let read: Value = serde_json::from_str(&table).unwrap();
                let items = read["items"].as_array().unwrap().clone();
                let found = items.into_iter().find(|it| it["id"] == **id);
                found.unwrap().to_string()
            } else {
                let row = table.lines().find(|line| line.contains(id)).unwrap();
                row.to_owned()
            };
            for day in days {
                assert!(row.contains(day.as_str()), "{format}: {day} of {row}");
            }
        }
    }
    let calendar = world.ok("export all --format ics");
    assert!(
        calendar.contains(&stored[2].1[0].replace('-', "")),
        "{calendar}"
    );
}
