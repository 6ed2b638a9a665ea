//! What scripts rely on: fields and their types, exit codes, short ids.

use serde_json::{Value, json};

use crate::world::{World, data, full};

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
enum Is {
    Text,
    MaybeText,
    Date,
    MaybeDate,
    Instant,
    MaybeInstant,
    Number,
    MaybeNumber,
    Flag,
    List,
    MaybeObject,
    Id,
    Word(&'static [&'static str]),
    MaybeWord(&'static [&'static str]),
}

const KINDS: &[&str] = &[
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
const URGENCIES: &[&str] = &["overdue", "act-now", "soon", "later"];
const TYPES: &[&str] = &["request", "recording", "optout"];
const STATUSES: &[&str] = &[
    "new",
    "awaiting-identity",
    "awaiting-clarification",
    "in-progress",
    "awaiting-third-party",
    "ready",
    "closed",
];
const OUTCOMES: &[&str] = &[
    "answered",
    "partly-met",
    "nothing-held",
    "rejected",
    "withdrawn-by-person",
    "duplicate",
    "no-reply",
    "not-a-request",
];
const CHANNELS: &[&str] = &[
    "mail",
    "form",
    "message",
    "phone",
    "in-person",
    "letter",
    "authority",
];
const TASKS: &[&str] = &["todo", "asked", "done", "nothing-held", "kept", "skipped"];

impl Is {
    fn holds(self, value: &Value) -> bool {
        let text = value.as_str();
        match self {
            Self::Text => text.is_some(),
            Self::MaybeText => value.is_null() || text.is_some(),
            Self::Date => text.is_some_and(is_date),
            Self::MaybeDate => value.is_null() || text.is_some_and(is_date),
            Self::Instant => text.is_some_and(is_instant),
            Self::MaybeInstant => value.is_null() || text.is_some_and(is_instant),
            Self::Number => value.is_i64(),
            Self::MaybeNumber => value.is_null() || value.is_i64(),
            Self::Flag => value.is_boolean(),
            Self::List => value.is_array(),
            Self::MaybeObject => value.is_null() || value.is_object(),
            Self::Id => text.is_some_and(is_id),
            Self::Word(words) => text.is_some_and(|text| words.contains(&text)),
            Self::MaybeWord(words) => {
                value.is_null() || text.is_some_and(|text| words.contains(&text))
            }
        }
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok()
}

/// RFC 3339 in UTC.
fn is_instant(text: &str) -> bool {
    text.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(text).is_ok()
}

fn is_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts[..], ["R" | "V" | "N" | "M", year, number] if year.len() == 4 && number.len() >= 4)
}

/// Every field named is there and holds what it should.
#[track_caller]
fn assert_shape(value: &Value, fields: &[(&str, Is)]) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"));
    for (name, is) in fields {
        let Some(field) = object.get(*name) else {
            panic!("{name} is missing in {value:#}");
        };
        assert!(is.holds(field), "{name} should be {is:?} and is {field}");
    }
}

const DUE_ITEM: &[(&str, Is)] = &[
    ("id", Is::Id),
    ("type", Is::Word(TYPES)),
    ("kind", Is::MaybeWord(KINDS)),
    ("person", Is::Text),
    ("email", Is::MaybeText),
    ("title", Is::Text),
    ("act_by", Is::MaybeDate),
    ("due", Is::MaybeDate),
    ("days_left", Is::MaybeNumber),
    ("urgency", Is::MaybeWord(URGENCIES)),
    ("flags", Is::List),
    ("next_step", Is::Text),
];

#[test]
fn due_has_its_fields() {
    let world = full();
    let due = world.json("due --all");
    assert_shape(&due, &[("today", Is::Date), ("items", Is::List)]);
    for count in ["overdue", "act_now", "soon", "later"] {
        assert_shape(&due["summary"], &[(count, Is::Number)]);
    }
    let items = due["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    for item in items {
        assert_shape(item, DUE_ITEM);
    }
    let mette = &items[0];
    assert_eq!(
        (
            &mette["id"],
            &mette["act_by"],
            &mette["due"],
            &mette["days_left"],
            &mette["urgency"]
        ),
        (
            &json!("R-2026-0001"),
            &json!("2026-11-20"),
            &json!("2026-11-23"),
            &json!(1),
            &json!("act-now")
        ),
        "the example of the contract"
    );
    assert_eq!(
        due["summary"],
        json!({"overdue": 0, "act_now": 1, "soon": 1, "later": 1})
    );
}

#[test]
fn urgency_follows_act_by_and_due() {
    let world = full();
    for (today, urgency, days_left) in [
        ("2026-11-12", "later", 11),
        ("2026-11-13", "soon", 10),
        ("2026-11-19", "soon", 4),
        ("2026-11-20", "act-now", 3),
        ("2026-11-23", "act-now", 0),
        ("2026-11-24", "overdue", -1),
    ] {
        world.on(today);
        let item = &world.json("show r1");
        assert_eq!(item["urgency"], urgency, "{today}");
        let due = world.json("due --all");
        let row = due["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"] == "R-2026-0001")
            .unwrap();
        assert_eq!(
            (&row["urgency"], &row["days_left"]),
            (&json!(urgency), &json!(days_left)),
            "{today}"
        );
        assert_eq!(due["today"], today);
    }
}

#[test]
fn show_of_a_request_has_its_fields() {
    let world = full();
    let request = world.json("show r1");
    assert_shape(
        &request,
        &[
            ("id", Is::Id),
            ("type", Is::Word(&["request"])),
            ("kind", Is::Word(KINDS)),
            ("status", Is::Word(STATUSES)),
            ("outcome", Is::MaybeWord(OUTCOMES)),
            ("channel", Is::Word(CHANNELS)),
            ("language", Is::Word(&["da", "en"])),
            ("received_at", Is::MaybeInstant),
            ("received_on", Is::Date),
            ("registered_at", Is::Instant),
            ("due", Is::Date),
            ("act_by", Is::Date),
            ("extension", Is::MaybeObject),
            ("identity", Is::MaybeObject),
            ("tasks", Is::List),
            ("earlier", Is::List),
            ("conflicts", Is::List),
            ("rejection", Is::MaybeObject),
            ("letters", Is::List),
            ("notes", Is::List),
            ("message", Is::MaybeText),
            ("message_id", Is::MaybeText),
            ("rule", Is::Text),
            ("closed_on", Is::MaybeDate),
        ],
    );
    assert_eq!(
        request["person"],
        json!({"name": "Mette Hansen", "emails": ["mette@example.dk"]})
    );
    assert_eq!(request["received_at"], "2026-10-22T21:30:00Z");
    assert_eq!(request["received_on"], "2026-10-22");
    let tasks = request["tasks"].as_array().unwrap();
    assert!(!tasks.is_empty());
    for task in tasks {
        assert_shape(
            task,
            &[
                ("id", Is::Text),
                ("title", Is::Text),
                ("place", Is::MaybeText),
                ("status", Is::Word(TASKS)),
                ("note", Is::MaybeText),
                ("done_on", Is::MaybeDate),
            ],
        );
    }
    let closed = world.json("show r2");
    assert_eq!(
        (&closed["status"], &closed["outcome"], &closed["closed_on"]),
        (
            &json!("closed"),
            &json!("not-a-request"),
            &json!("2026-11-22")
        )
    );
}

#[test]
fn the_parts_of_a_request_have_their_fields() {
    let world = World::new();
    world.access("2026-06-01");
    world.set_all_tasks("r1", "nothing-held");
    world.on("2026-06-10");
    world.ok("resolve r1 --outcome answered");
    world.on("2026-10-02");
    world.warned(
        "add request --kind access --name Mette --email mette@example.dk \
            --received 2026-10-01",
    );
    world.ok("extend r2 --reason 'Three requests at once over eleven services'");
    world.ok("note r2 'She called'");
    world.warned(
        "add recording --title S --name Mette --email mette@example.dk --recorded 2026-09-30 \
            --link-sent 2026-10-01",
    );
    let request = world.json("show r2");
    assert_shape(
        &request["extension"],
        &[
            ("until", Is::Date),
            ("act_by", Is::Date),
            ("notified_on", Is::Date),
            ("reason", Is::Text),
        ],
    );
    assert_eq!(
        request["earlier"],
        json!([{"id": "R-2026-0001", "kind": "access", "received_on": "2026-06-01", "outcome": "answered",
                "closed_on": "2026-06-10", "days_before": 122, "changed_since": ["V-2026-0001"]}])
    );
    assert_shape(
        &request["conflicts"][0],
        &[("id", Is::Id), ("due", Is::Date), ("why", Is::Text)],
    );
    assert_eq!(request["notes"][0]["text"], "She called");
    world.ok("reject r2 --ground repetition --accept-burden-of-proof \
            --facts 'The same was answered in full on 10 June 2026 and nothing is new but one session.'");
    let rejection = &world.json("show r2")["rejection"];
    assert_shape(
        rejection,
        &[
            ("ground", Is::Word(&["repetition"])),
            ("facts", Is::Text),
            ("burden_accepted", Is::Flag),
            ("on", Is::Date),
            ("questions", Is::List),
        ],
    );
    let questions = rejection["questions"].as_array().unwrap();
    assert_eq!(questions.len(), 4);
    for question in questions {
        assert_shape(question, &[("question", Is::Text), ("answer", Is::Text)]);
    }
}

#[test]
fn show_of_a_recording_has_its_fields() {
    let world = full();
    world
        .ok("agree v1 --until 2027-01-15 --agreed-on 2026-11-10 --reference 'Mail of 10 November'");
    world.ok("consent v1 --purpose Teaching --reference 'Form 7' --on 2026-11-11");
    world.ok("copy v1 zoom-cloud deleted --on 2026-11-12");
    let recording = world.json("show v1");
    assert_shape(
        &recording,
        &[
            ("id", Is::Id),
            ("type", Is::Word(&["recording"])),
            ("title", Is::Text),
            ("form", Is::Word(&["private", "group"])),
            ("person", Is::MaybeObject),
            ("recorded_on", Is::Date),
            ("declined", Is::Flag),
            ("link_sent_on", Is::MaybeDate),
            ("link_expires_on", Is::MaybeDate),
            ("due", Is::MaybeDate),
            ("act_by", Is::MaybeDate),
            ("consents", Is::List),
            ("copies", Is::List),
            ("status", Is::Text),
            ("closed_on", Is::MaybeDate),
        ],
    );
    assert_eq!(
        recording["agreement"],
        json!({"until": "2027-01-15", "agreed_on": "2026-11-10", "reference": "Mail of 10 November"})
    );
    assert_eq!(
        recording["copies"],
        json!([
            {"place": "zoom-cloud", "locator": "88/1", "status": "deleted", "on": "2026-11-12"},
            {"place": "local", "locator": null, "status": "present", "on": null},
        ])
    );
    assert_eq!(recording["consents"][0]["purpose"], "Teaching");
}

#[test]
fn show_of_an_opt_out_has_its_fields() {
    let world = full();
    let opt_out = world.json("show n1");
    assert_shape(
        &opt_out,
        &[
            ("id", Is::Id),
            ("type", Is::Word(&["optout"])),
            ("email", Is::Text),
            ("name", Is::MaybeText),
            (
                "source",
                Is::Word(&["link", "mail", "phone", "in-person", "list"]),
            ),
            ("received_on", Is::Date),
            ("act_by", Is::Date),
            ("due", Is::Date),
            ("tasks", Is::List),
            ("status", Is::Text),
            ("closed_on", Is::MaybeDate),
        ],
    );
    assert_eq!(opt_out["name"], Value::Null, "absent is null");
}

#[test]
fn list_history_and_deadline_have_their_fields() {
    let world = full();
    let list = world.json("list --any");
    assert_eq!(list["total"], 4);
    for item in list["items"].as_array().unwrap() {
        assert_shape(item, DUE_ITEM);
        assert_shape(
            item,
            &[
                ("status", Is::Text),
                ("outcome", Is::MaybeWord(OUTCOMES)),
                ("received_on", Is::Date),
            ],
        );
    }
    let history = world.json("history");
    let entries = history["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 5);
    for entry in entries {
        assert_shape(
            entry,
            &[
                ("seq", Is::Number),
                ("at", Is::Instant),
                ("id", Is::Id),
                ("event", Is::Text),
                ("via", Is::Text),
                ("digest", Is::Text),
            ],
        );
    }
    assert_shape(
        &world.json("deadline 2026-01-31"),
        &[
            ("received_on", Is::Date),
            ("due", Is::Date),
            ("act_by", Is::Date),
            ("extended_due", Is::Date),
            ("extended_act_by", Is::Date),
            ("recording_due", Is::Date),
            ("rule", Is::Text),
        ],
    );
    let two = world.run("deadline 2026-01-31 2026-02-28 --json");
    assert_eq!(two.stdout.lines().count(), 2, "one object a line");
}

/// `add --json` gives what `show` gives.
#[test]
fn add_gives_the_object_as_show_does() {
    let world = World::new();
    let adds: [&[&str]; 3] = [
        &["add", "request", "--kind", "erasure", "--name", "Mette"],
        &[
            "add",
            "recording",
            "--title",
            "S",
            "--name",
            "Mette",
            "--recorded",
            "2026-11-01",
        ],
        &["add", "optout", "--email", "a@example.dk"],
    ];
    for add in adds {
        let added = world.json(add);
        let id = added["id"].as_str().unwrap();
        assert_eq!(added, world.json(&["show", id]));
    }
}

#[test]
fn import_has_its_fields() {
    let world = World::new();
    let import = world.json(&[
        "import",
        "mail",
        &data("mail/five.mboxrd"),
        &data("mail/plain-utf8.eml"),
    ]);
    assert_shape(
        &import,
        &[
            ("files", Is::List),
            ("messages", Is::List),
            ("taken", Is::Number),
        ],
    );
    assert_eq!(
        (&import["taken"], &import["already"], &import["left_out"]),
        (&json!(5), &json!(0), &json!(1))
    );
    for file in import["files"].as_array().unwrap() {
        assert_shape(
            file,
            &[
                ("path", Is::Text),
                ("taken", Is::List),
                ("already", Is::Number),
                ("left_out", Is::List),
            ],
        );
    }
    for message in import["messages"].as_array().unwrap() {
        assert_shape(
            message,
            &[
                ("where", Is::Text),
                (
                    "verdict",
                    Is::Word(&[
                        "request",
                        "optout",
                        "reply",
                        "duplicate",
                        "bounce",
                        "autoresponse",
                        "aside",
                        "unreadable",
                    ]),
                ),
                ("id", Is::Id),
                ("kind", Is::Word(KINDS)),
                ("reasons", Is::List),
                ("from", Is::MaybeObject),
                ("subject", Is::MaybeText),
                ("received_at", Is::MaybeInstant),
                ("message_id", Is::MaybeText),
                ("text", Is::Text),
                ("problems", Is::List),
            ],
        );
        assert_shape(
            &message["from"],
            &[("name", Is::MaybeText), ("email", Is::Text)],
        );
    }
    let list = world.json(&["import", "optouts", &data("csv/kajabi-unsubscribed.csv")]);
    let left_out = &list["files"][0]["left_out"];
    assert_shape(&left_out[0], &[("where", Is::Text), ("why", Is::Text)]);
    assert_eq!((&list["taken"], &list["left_out"]), (&json!(1), &json!(2)));
}

#[test]
fn errors_in_json_are_on_standard_error_with_code_kind_message_and_hint() {
    let world = full();
    let text = world.write("text.redb", "This is a shopping list, not a store.");
    let cases: [(&[&str], i32); 6] = [
        (&["resolve", "r1"], 1),
        (&["due", "--bogus"], 2),
        (&["show", "r1", "--today", "2026-02-30"], 2),
        (&["show", "r99"], 3),
        (&["import", "mail", "nowhere.mbox"], 4),
        (&["due", "--store", &text], 65),
    ];
    for (args, code) in cases {
        let mut all = args.to_vec();
        all.push("--json");
        let output = world.run(&all);
        assert_eq!(output.code, code, "{args:?}\n{output}");
        assert_eq!(output.stdout, "", "{args:?}");
        let error = output.error();
        assert_shape(
            &error,
            &[
                ("code", Is::Number),
                ("kind", Is::Text),
                ("message", Is::Text),
                ("hint", Is::MaybeText),
            ],
        );
        assert_eq!(error["code"], code, "{args:?}");
    }
}

/// 0, 1, 2, 3, 4, 10, 65 and 74; 75 stands in `processes`.
#[test]
fn exit_codes() {
    let world = full();
    let run = |args: &[&str]| world.run(args).code;
    assert_eq!(run(&["due"]), 0);
    assert_eq!(run(&["resolve", "r1"]), 1);
    assert_eq!(run(&["frobnicate"]), 2);
    assert_eq!(run(&["resolve"]), 2);
    assert_eq!(
        run(&["add", "request", "--kind", "insight", "--name", "M"]),
        2
    );
    assert_eq!(run(&["show", "R-2026-0099"]), 3);
    assert_eq!(run(&["note", "v99", "text"]), 3);
    assert_eq!(run(&["history", "n7"]), 3);
    assert_eq!(run(&["import", "optouts", &data("csv/no-address.csv")]), 4);
    assert_eq!(run(&["due", "--exit-code"]), 10);
    let foreign = world.write("foreign.redb", "no store");
    assert_eq!(run(&["list", "--store", &foreign]), 65);
    assert_eq!(run(&["list", "--store", "/proc/none/indsigt.redb"]), 74);
    assert_eq!(
        run(&[
            "export",
            "all",
            "--format",
            "csv",
            "--out",
            "/proc/none/all.csv"
        ]),
        74
    );
    assert_eq!(run(&["--help"]), 0);
    assert_eq!(run(&["--version"]), 0);
}

/// 10 only where something is overdue or to be acted on now.
#[test]
fn due_exits_with_10_only_when_there_is_something_to_act_on() {
    let world = World::new();
    assert_eq!(world.run("due --exit-code").code, 0);
    world.access("2026-10-22");
    assert_eq!(world.run("due --exit-code").code, 10);
    assert_eq!(world.run("due --exit-code --json").code, 10);
    assert_eq!(world.run("due").code, 0, "only when asked");
    world.on("2026-11-19");
    assert_eq!(world.run("due --exit-code").code, 0, "soon is not now");
}
