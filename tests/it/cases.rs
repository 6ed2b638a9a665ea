//! The work on cases, as stories: what is done, what it leaves behind, and what can be taken back.

use serde_json::{Value, json};

use crate::world::World;

/// A story: commands, each with what it answers.
fn transcript(world: &World, commands: &[&str]) -> String {
    let told = |command: &&str| format!("$ indsigt {command}\n{}", world.run(*command));
    commands.iter().map(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn two_minutes_in_the_morning() {
    let world = World::new();
    world.access("2026-10-22");
    world.ok(
        "add recording --title 'Session with Bo' --name 'Bo Lind' --recorded 2026-10-24 \
            --link-sent 2026-10-26 --copy local=/video/bo.mp4",
    );
    world.ok("add optout --email ida@example.dk --received 2026-11-20");
    insta::assert_snapshot!(world.ok("due"), @r"
    Id           Urgency  Act by      Due         Person          What             Done  Next step
    R-2026-0001  Act now  2026-11-20  2026-11-23  Mette Hansen    Access           0/14  Search Kajabi (1 day left)
    N-2026-0001  Act now  2026-11-20  2026-11-23  ida@example.dk  opt-out          0/3   Unsubscribe in Kajabi (1 day left)
    V-2026-0001  Soon     2026-11-23  2026-11-23  Bo Lind         Session with Bo  0/1   Delete: local (1 day left)
    Overdue: 0 · act now: 2 · soon: 1 · later: 0
    ");
    let story = transcript(&world, &["resolve n1", "resolve v1", "due", "undo", "redo"]);
    insta::assert_snapshot!(story, @r"
    $ indsigt resolve n1
    N-2026-0001: closed

    $ indsigt resolve v1
    V-2026-0001: closed

    $ indsigt due
    Id           Urgency  Act by      Due         Person        What    Done  Next step
    R-2026-0001  Act now  2026-11-20  2026-11-23  Mette Hansen  Access  0/14  Search Kajabi (1 day left)
    Overdue: 0 · act now: 1 · soon: 0 · later: 0

    $ indsigt undo
    Undone: closed (V-2026-0001)

    $ indsigt redo
    Redone: closed (V-2026-0001)
    ");
}

#[test]
fn with_nothing_due_it_says_so_and_when_the_next_thing_is() {
    let world = World::new();
    insta::assert_snapshot!(world.ok("due"), @"Nothing to do now.");
    world.access("2026-11-20");
    insta::assert_snapshot!(world.ok("due"), @"Nothing to do now. Next is R-2026-0001, Friday 18 December 2026.");
    insta::assert_snapshot!(world.ok("due --language da"), @"Intet at gøre nu. Det næste er R-2026-0001, fredag den 18. december 2026.");
    assert!(world.ok("due --within 60").contains("R-2026-0001"));
    assert!(world.ok("due --all").contains("R-2026-0001"));
}

#[test]
fn show_spells_the_rule_out_in_both_languages() {
    let world = World::new();
    world.access("2026-10-22");
    let rule = |language: &str| -> String {
        world.json(&["show", "r1", "--language", language])["rule"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    insta::assert_snapshot!(rule("en"), @"Received Thursday 22 October 2026 + 1 month = Sunday 22 November 2026 (GDPR art. 12(3)). Moved over Sunday to Monday 23 November 2026 (Reg. 1182/71 art. 3(4)). Last safe working day: Friday 20 November 2026.");
    insta::assert_snapshot!(rule("da"), @"Modtaget torsdag den 22. oktober 2026 + 1 måned = søndag den 22. november 2026 (databeskyttelsesforordningens art. 12, stk. 3). Flyttet over søndag til mandag den 23. november 2026 (forordning 1182/71, art. 3, stk. 4). Sikker sidste arbejdsdag: fredag den 20. november 2026.");
}

#[test]
fn an_access_request_from_arrival_to_answer() {
    let world = World::new();
    world.access("2026-11-10");
    let status = || world.json("show r1")["status"].as_str().unwrap().to_owned();
    assert_eq!(status(), "new");
    world.ok("task r1 zoom done --note 'Two sessions found'");
    assert_eq!(status(), "in-progress");
    let told = world.refused("resolve r1");
    assert!(
        told.contains("13 open tasks") && told.contains("--override"),
        "{told}"
    );
    world.set_all_tasks("r1", "nothing-held");
    assert_eq!(status(), "ready");
    world.ok("task r1 ZOOM asked");
    assert_eq!(
        status(),
        "awaiting-third-party",
        "a task is found in any case"
    );
    world.ok("task r1 4 done");
    let zoom = &world.json("show r1")["tasks"][3];
    assert_eq!(
        (
            &zoom["id"],
            &zoom["status"],
            &zoom["note"],
            &zoom["done_on"]
        ),
        (
            &json!("zoom"),
            &json!("done"),
            &json!("Two sessions found"),
            &json!("2026-11-22")
        ),
        "by its number in the list; the remark stays"
    );
    world.ok("resolve r1 --note 'Sent by mail'");
    let closed = world.json("show r1");
    assert_eq!(
        (
            &closed["status"],
            &closed["outcome"],
            &closed["closed_on"],
            &closed["urgency"]
        ),
        (
            &json!("closed"),
            &json!("answered"),
            &json!("2026-11-22"),
            &Value::Null
        )
    );
    assert_eq!(world.json("due --all")["items"], json!([]));
    let told = world.refused("resolve r1");
    assert!(
        told.contains("was closed on 22 November 2026") && told.contains("reopen"),
        "{told}"
    );
    world.refused("task r1 zoom todo");
    world.ok("note r1 'She thanked me'");
    world.ok("reopen r1 --reason 'She missed a file'");
    assert_eq!(status(), "ready");
    world.refused("reopen r1 --reason again");
}

#[test]
fn when_nothing_is_held_anywhere_that_is_the_outcome() {
    let world = World::new();
    world.access("2026-11-10");
    world.set_all_tasks("r1", "nothing-held");
    world.ok("resolve r1");
    assert_eq!(world.json("show r1")["outcome"], "nothing-held");
}

#[test]
fn every_outcome_but_rejected_can_be_given() {
    let world = World::new();
    for (n, outcome) in [
        "answered",
        "partly-met",
        "nothing-held",
        "withdrawn-by-person",
        "duplicate",
        "no-reply",
        "not-a-request",
    ]
    .into_iter()
    .enumerate()
    {
        let id = world.request("other", "M", &format!("m{n}@example.dk"), "2026-11-20");
        world.ok(&[
            "resolve",
            &id,
            "--outcome",
            outcome,
            "--override",
            "A story",
        ]);
        assert_eq!(world.json(&["show", &id])["outcome"], outcome);
    }
    world.access("2026-11-20");
    let told = world.refused("resolve r8 --outcome rejected --override x");
    assert!(told.contains("ground and facts"), "{told}");
    world.refused("resolve r8 --override '  '");
}

#[test]
fn several_are_closed_together_or_not_at_all() {
    let world = World::new();
    world.ok("add optout --email a@example.dk");
    world.ok("add optout --email b@example.dk");
    world.access("2026-11-20");
    world.refused("resolve n1 n2 r1");
    world.ok("resolve n1 n2 n1");
    assert_eq!(world.json("list optouts --closed")["total"], 2);
    assert_eq!(
        world.json("history")["entries"].as_array().unwrap().len(),
        5,
        "named twice, closed once"
    );
    world.ok("undo");
    assert_eq!(
        world.json("list optouts --open")["total"],
        2,
        "taken back together"
    );
}

#[test]
fn a_task_that_is_kept_or_skipped_needs_a_reason() {
    let world = World::new();
    world.request("withdrawal", "Mette", "mette@example.dk", "2026-11-20");
    let task = world.json("show r1")["tasks"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for status in ["kept", "skipped"] {
        let told = world.refused(&["task", "r1", &task, status]);
        assert!(
            told.contains("needs a reason") && told.contains("--note"),
            "{told}"
        );
        world.refused(&["task", "r1", &task, status, "--note", "  "]);
    }
    world.ok(&[
        "task",
        "r1",
        &task,
        "kept",
        "--note",
        "Vouchers, five years",
    ]);
    let told = world.fails(3, "task r1 fax done");
    assert!(
        told.contains("no task “fax”") && told.contains(&task),
        "{told}"
    );
}

#[test]
fn a_name_is_edited_out_of_a_video_one_task_a_video() {
    let world = World::new();
    world.request(
        "name-redaction",
        "Jonas Holm",
        "jonas@example.dk",
        "2026-11-10",
    );
    let before = world.json("show r1")["tasks"].as_array().unwrap().len();
    world.ok(
        "task r1 --add 'Cut the name' --place YouTube --url https://youtu.be/abc --at 14:20 \
            --at 15:02",
    );
    let tasks = world.json("show r1")["tasks"].clone();
    let task = &tasks[before];
    assert_eq!(
        (
            &task["title"],
            &task["place"],
            &task["url"],
            &task["at"],
            &task["status"]
        ),
        (
            &json!("Cut the name"),
            &json!("YouTube"),
            &json!("https://youtu.be/abc"),
            &json!(["14:20", "15:02"]),
            &json!("todo")
        )
    );
    world.refused("task r1 --add '  '");
}

#[test]
fn identity_is_asked_for_with_a_doubt_and_confirmed_with_a_method() {
    let world = World::new();
    world.on("2026-11-12");
    world.access("2026-11-10");
    let due = world.json("show r1")["due"].clone();
    world.fails(2, "identity r1 requested");
    world.fails(2, "identity r1 confirmed");
    world.refused("identity r1 requested --reason ' '");
    world.refused("identity r1 requested --reason x --on 2026-11-09");
    world.ok("identity r1 requested --reason 'Another address than the account has'");
    world.on("2026-11-16");
    let asked = world.json("show r1");
    assert_eq!(
        (&asked["status"], &asked["flags"], &asked["due"]),
        (
            &json!("awaiting-identity"),
            &json!(["awaiting-identity"]),
            &due
        ),
        "a question never moves the date (RULES §1.10)"
    );
    let sheet = world.ok("show r1");
    assert!(
        sheet.contains("Possible suspension: 4 days. The date is not moved."),
        "{sheet}"
    );
    world.ok(&[
        "identity",
        "r1",
        "confirmed",
        "--method",
        "Answered from the account's address",
    ]);
    let confirmed = world.json("show r1");
    assert_eq!(confirmed["flags"], json!([]));
    assert_eq!(confirmed["identity"]["confirmed_on"], "2026-11-16");
    world.refused("identity r1 requested --reason 'Still not sure'");
}

#[test]
fn a_name_or_an_address_is_corrected() {
    let world = World::new();
    world.access("2026-11-10");
    world.fails(2, "edit r1");
    world.ok("edit r1 --name 'Mette Holm'");
    world.ok("edit r1 --email mette@holm.example --email mette@example.dk");
    assert_eq!(
        world.json("show r1")["person"],
        json!({"name": "Mette Holm", "emails": ["mette@holm.example", "mette@example.dk"]})
    );
    world.refused("edit r1 --email 'no address'");
    assert_eq!(world.json("person METTE+tag@holm.example")["total"], 1);
}

#[test]
fn everything_on_a_person_is_found_by_address_or_name() {
    let world = World::new();
    world.access("2026-11-10");
    world.ok("add optout --email Mette+News@Example.dk");
    world.request("erasure", "Åse Bæk", "aase@example.dk", "2026-11-10");
    for text in [
        "mette@example.dk",
        "METTE+other@EXAMPLE.dk",
        "mette h",
        "hansen",
    ] {
        let person = world.json(&["person", text]);
        let ids: Vec<&str> = person["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["R-2026-0001", "N-2026-0001"], "{text}");
    }
    assert_eq!(world.json("person 'aase baek'")["total"], 1);
    assert_eq!(world.json("person nobody")["total"], 0);
}

#[test]
fn search_treats_danish_letters_and_accents_alike() {
    let world = World::new();
    world
        .ok("add request --kind other --name 'Åse Bæk-Sørensen' --message 'Om mødet på Café René'");
    for needle in [
        "åse",
        "AASE",
        "baek",
        "BÆK",
        "soerensen",
        "Sørensen",
        "cafe rene",
        "møde",
        "moede",
        "r-2026-0001",
    ] {
        assert_eq!(
            world.json(&["list", "--search", needle])["total"],
            1,
            "{needle}"
        );
    }
    for needle in ["asse", "bak", "sorensen"] {
        assert_eq!(
            world.json(&["list", "--search", needle])["total"],
            0,
            "{needle}"
        );
    }
}

#[test]
fn lists_by_state_kind_and_date() {
    let world = World::new();
    world.request("access", "A", "a@example.dk", "2026-09-01");
    world.request("erasure", "B", "b@example.dk", "2026-10-01");
    world.request("access", "C", "c@example.dk", "2026-11-01");
    world.ok("add optout --email d@example.dk");
    world.ok("resolve r1 --override 'A story' --outcome no-reply");
    let ids = |args: &[&str]| -> String {
        let list = world.json(args);
        let ids: Vec<&str> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap())
            .collect();
        assert!(list["total"].as_u64().unwrap() >= ids.len() as u64);
        ids.join(" ").replace("-2026-000", "")
    };
    assert_eq!(ids(&["list"]), "R2 N1 R3");
    assert_eq!(ids(&["list", "--open", "requests"]), "R2 R3");
    assert_eq!(ids(&["list", "--closed"]), "R1");
    assert_eq!(ids(&["list", "requests", "--any"]), "R2 R3 R1");
    assert_eq!(ids(&["list", "all", "--any", "--kind", "access"]), "R3 R1");
    assert_eq!(
        ids(&[
            "list",
            "--any",
            "--from",
            "2026-10-01",
            "--to",
            "2026-11-01"
        ]),
        "R2 R3"
    );
    assert_eq!(ids(&["list", "--limit", "1"]), "R2");
    assert_eq!(world.json("list --limit 1")["total"], 3);
    assert_eq!(ids(&["list", "recordings"]), "");
    insta::assert_snapshot!(world.ok("list recordings"), @"Nothing found.");
}

#[test]
fn a_text_comes_from_a_file_or_from_standard_input() {
    let world = World::new();
    world.write("letter.txt", "Kære Luma\r\nHvad har du om mig?\u{1b}[31m\n");
    world.ok("add request --kind access --name M --message @letter.txt");
    let message = world.json("show r1")["message"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(message.trim_end(), "Kære Luma\nHvad har du om mig?[31m");
    let output = world.run_with(&["note", "r1", "-"], "Fra telefonen\n");
    assert_eq!(output.code, 0, "{output}");
    assert_eq!(world.json("show r1")["notes"][0]["text"], "Fra telefonen");
    world.refused("note r1 '   '");
}

/// A change answers with where the case stands, in both languages, and as `show` does with `--json`.
#[test]
fn a_change_tells_where_the_case_stands() {
    let world = World::danish();
    world.access("2026-11-20");
    world.ok("add optout --email a@example.dk");
    let story = transcript(
        &world,
        &[
            "task r1 zoom done",
            "note r1 'Ringet op'",
            "resolve n1",
            "undo",
        ],
    );
    insta::assert_snapshot!(story, @r"
    $ indsigt task r1 zoom done
    R-2026-0001: i gang

    $ indsigt note r1 'Ringet op'
    R-2026-0001: i gang

    $ indsigt resolve n1
    N-2026-0001: lukket

    $ indsigt undo
    Fortrudt: lukket (N-2026-0001)
    ");
    assert_eq!(world.json("note r1 x"), world.json("show r1"));
}

/// Registers: one row a record, and nothing that a spreadsheet would run.
#[test]
fn registers_as_csv_and_json() {
    let world = World::new();
    world.request("other", "=HYPERLINK(\"x\")", "a@example.dk", "2026-11-20");
    world.ok("add optout --email b@example.dk");
    world.ok("resolve n1");
    let csv = world.ok("export all --format csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let column = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "person")
        .unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][column], "'=HYPERLINK(\"x\")");
    let json: Value = serde_json::from_str(&world.records()).unwrap();
    assert_eq!(json["total"], 2);
    assert_eq!(json["items"][0], world.json("show r1"));
    world.ok("export requests --format json --out requests.json");
    let written: Value =
        serde_json::from_slice(&std::fs::read(world.path("requests.json")).unwrap()).unwrap();
    assert_eq!(written["total"], 1);
}
