//! Mail and lists as they arrive: all of it taken in, once, and nothing of it reaches the terminal that should not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use crate::world::{World, data};

/// A mail of the generated mailbox: what was put in is what must come out.
struct Sent {
    email: String,
    name: String,
    subject: String,
    /// Seconds after 2026-10-01T00:00:00Z.
    second: i64,
}

impl Sent {
    fn number(n: u32) -> Self {
        Self {
            email: format!("person{n}@example.dk"),
            name: format!("Åse Nr. {n}"),
            subject: format!("Indsigt, sag {n} – æøå"),
            second: i64::from(n) * 7_919,
        }
    }

    fn at(&self) -> chrono::DateTime<chrono::Utc> {
        "2026-10-01T00:00:00Z"
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap()
            + chrono::TimeDelta::seconds(self.second)
    }

    /// The mail as a mail server would write it, headers encoded.
    fn source(&self) -> String {
        use base64::Engine as _;
        let word = |text: &str| {
            let encoded = base64::engine::general_purpose::STANDARD.encode(text);
            format!("=?utf-8?B?{encoded}?=")
        };
        format!(
            "From: {} <{}>\nTo: kontakt@luma.example\nSubject: {}\nDate: {}\nMessage-ID: <m{}@example.dk>\n\
             Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\
             Hvad har du om mig?\nFrom nu af vil jeg gerne vide det hele, {}.\n",
            word(&self.name),
            self.email,
            word(&self.subject),
            self.at().to_rfc2822(),
            self.second,
            self.email,
        )
    }

    /// What an import must say of it.
    fn expected(&self) -> Value {
        json!([
            self.email,
            self.name,
            self.subject,
            self.at().format("%Y-%m-%dT%H:%M:%SZ").to_string()
        ])
    }
}

fn facts(message: &Value) -> Value {
    json!([
        message["from"]["email"],
        message["from"]["name"],
        message["subject"],
        message["received_at"]
    ])
}

fn mbox(mails: &[Sent]) -> String {
    let mut text = String::new();
    for mail in mails {
        writeln!(
            text,
            "From {} {}",
            mail.email,
            mail.at().format("%a %b %e %H:%M:%S %Y")
        )
        .unwrap();
        writeln!(text, "{}", mail.source().replace("\nFrom nu", "\n>From nu")).unwrap();
    }
    text
}

/// Imports and gives (taken, already, left out) with the whole report.
fn import(world: &World, paths: &[&str]) -> ((u64, u64, u64), Value) {
    let report = world.json(&[&["import", "mail"], paths].concat());
    let number = |name: &str| report[name].as_u64().unwrap();
    (
        (number("taken"), number("already"), number("left_out")),
        report,
    )
}

#[test]
fn a_mailbox_of_four_hundred_is_taken_in_whole_and_once() {
    let world = World::new();
    let mails: Vec<Sent> = (0..400).map(Sent::number).collect();
    let path = world.write("inbox.mbox", mbox(&mails));
    let trial = import(&world, &["--dry-run", &path]);
    let (counts, report) = import(&world, &[&path]);
    assert_eq!(counts, (400, 0, 0));
    assert_eq!(trial, (counts, report.clone()), "as the trial foretold");
    for (mail, message) in mails.iter().zip(report["messages"].as_array().unwrap()) {
        assert_eq!(facts(message), mail.expected());
        assert_eq!(
            (&message["verdict"], &message["kind"]),
            (&json!("request"), &json!("access"))
        );
        let text = message["text"].as_str().unwrap();
        assert!(
            text.contains("\nFrom nu af"),
            "the quoted line is unquoted: {text}"
        );
    }
    let ids: BTreeSet<&str> = report["files"][0]["taken"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 400);
    let before = world.everything();
    let (counts, report) = import(&world, &[&path]);
    assert_eq!(counts, (0, 400, 0));
    assert!(
        report["messages"]
            .as_array()
            .unwrap()
            .iter()
            .all(|message| message["verdict"] == "duplicate")
    );
    assert_eq!(
        before,
        world.everything(),
        "running it again changes nothing"
    );
    let last = world.json("show R-2026-0400");
    assert_eq!(
        (&last["message_id"], &last["received_at"]),
        (
            &json!("m3159681@example.dk"),
            &json!("2026-11-06T13:41:21Z")
        )
    );
}

/// The same mails by four ways: each is known again.
#[test]
fn the_same_mails_from_files_a_maildir_an_mbox_and_standard_input() {
    let world = World::new();
    let mails: Vec<Sent> = (0..8).map(Sent::number).collect();
    for (n, mail) in mails.iter().enumerate() {
        let folder = ["new", "cur"][n % 2];
        let flags = ["", ":2,S"][n % 2];
        let name = format!("{}.M{n}P1.host{flags}", mail.at().timestamp());
        world.write(&format!("Maildir/{folder}/{name}"), mail.source());
        world.write(
            &format!("folder/mail{n}.eml"),
            mail.source().replace('\n', "\r\n"),
        );
    }
    fs::create_dir_all(world.path("Maildir/tmp")).unwrap();
    let (counts, report) = import(&world, &["Maildir"]);
    assert_eq!(counts, (8, 0, 0));
    let found: BTreeSet<String> = report["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| facts(message).to_string())
        .collect();
    let expected: BTreeSet<String> = mails
        .iter()
        .map(|mail| mail.expected().to_string())
        .collect();
    assert_eq!(found, expected);
    let before = world.everything();
    assert_eq!(
        import(&world, &["folder"]).0,
        (0, 8, 0),
        "with other line ends"
    );
    let path = world.write("all.mbox", mbox(&mails));
    assert_eq!(import(&world, &[&path]).0, (0, 8, 0));
    let (one, all) = (mails[3].source(), mbox(&mails));
    for (stdin, already) in [(one, 1), (all, 8)] {
        let output = world.run_with(&["import", "mail", "-", "--json"], stdin);
        let report = output.json();
        assert_eq!(
            (&report["taken"], &report["already"]),
            (&json!(0), &json!(already))
        );
    }
    assert_eq!(before, world.everything());
    let first = format!("Maildir/new/{}.M0P1.host", mails[0].at().timestamp());
    assert!(world.path(&first).exists(), "the Maildir is left as it was");
}

#[test]
fn a_mail_filter_pipes_one_mail() {
    let world = World::new();
    let mail = fs::read(data("mail/plain-utf8.eml")).unwrap();
    let output = world.run_with(&["import", "mail", "-"], &mail);
    insta::assert_snapshot!(output, @r"
    -: 1 taken in, 0 there already, 0 left out
      R-2026-0001  Access – »Indsigt i mine oplysninger«
    Altogether: 1 taken in, 0 there already, 0 left out
    ");
    let request = world.json("show r1");
    assert_eq!(
        (
            &request["person"],
            &request["received_at"],
            &request["received_on"],
            &request["due"],
            &request["language"]
        ),
        (
            &json!({"name": "Mette Hansen", "emails": ["mette.hansen@example.dk"]}),
            &json!("2026-03-02T09:15:07Z"),
            &json!("2026-03-02"),
            &json!("2026-04-07"),
            &json!("da")
        ),
        "by the topmost Received header, moved over Easter"
    );
    assert_eq!(request["message_id"], "20260302.1015@example.dk");
    assert!(
        request["message"]
            .as_str()
            .unwrap()
            .starts_with("Kære Luma\n")
    );
    assert_eq!(world.json("history")["entries"][0]["via"], "import");
}

/// Sender, subject, kind and date of mails with the usual troubles.
#[test]
fn the_sample_mails_are_read_as_they_are_meant() {
    let world = World::new();
    for (file, email, name, subject, kind, received_on) in [
        (
            "alternative-with-attachment",
            "jonas.holm@example.dk",
            "Jonas Holm",
            "Redigering af video",
            "name-redaction",
            "2026-03-05",
        ),
        (
            "base64-html-only",
            "aase@example.dk",
            "Nørgaard, Åse",
            "Konto",
            "erasure",
            "2026-03-04",
        ),
        (
            "quoted-printable-latin1",
            "soeren@example.dk",
            "Søren Bjørn Møller",
            "Tilbagetrækning af samtykke",
            "withdrawal",
            "2026-03-03",
        ),
        (
            "rfc2047-headers",
            "joergen@example.dk",
            "Jørgen Ærø (privat)",
            "Anmodning om indsigt i de oplysninger I behandler om mig – og om cookies på hjemmesiden",
            "access",
            "2026-03-06",
        ),
        (
            "broken-charset",
            "bjoern@example.dk",
            "Bjørn Kjær",
            "Række",
            "rectification",
            "2026-03-08",
        ),
    ] {
        let (counts, report) = import(&world, &[&data(&format!("mail/{file}.eml"))]);
        assert_eq!(counts, (1, 0, 0), "{file}");
        let message = &report["messages"][0];
        assert_eq!(
            message["from"],
            json!({"name": name, "email": email}),
            "{file}"
        );
        assert_eq!(
            (&message["subject"], &message["kind"]),
            (&json!(subject), &json!(kind)),
            "{file}"
        );
        let request = world.json(&["show", message["id"].as_str().unwrap()]);
        assert_eq!(request["received_on"], received_on, "{file}");
        assert_eq!(request["person"]["name"], name, "{file}");
    }
    let (counts, report) = import(&world, &[&data("mail/no-message-id.eml")]);
    assert_eq!(
        (counts, &report["messages"][0]["message_id"]),
        ((1, 0, 0), &Value::Null)
    );
    assert_eq!(
        import(&world, &[&data("mail/no-message-id.eml")]).0,
        (0, 1, 0),
        "known again by what it says"
    );
}

/// Escape sequences, bells, C1 controls and characters that turn text round never reach a terminal.
#[test]
fn control_characters_from_mail_reach_neither_output() {
    let world = World::new();
    let mail = data("mail/escape-and-bidi.eml");
    let harmful = |text: &str| {
        text.chars().find(|c| {
            (c.is_control() && *c != '\n')
                || matches!(u32::from(*c), 0x202A..=0x202E | 0x2066..=0x2069 | 0x200B..=0x200F | 0xFEFF)
        })
    };
    let commands: [&[&str]; 9] = [
        &["import", "mail", "--dry-run", &mail],
        &["import", "mail", &mail],
        &["show", "r1"],
        &["list"],
        &["due", "--all"],
        &["person", "skurk"],
        &["export", "all", "--format", "csv"],
        &["export", "all", "--format", "json"],
        &["show", "r1", "--json"],
    ];
    for command in commands {
        let output = world.run(command);
        assert_eq!(output.code, 0, "{output}");
        assert_eq!(
            harmful(&output.stdout),
            None,
            "{command:?} {:?}",
            output.stdout
        );
        assert_eq!(output.stderr, "");
    }
    let json: Value = world.json("show r1");
    for field in [&json["message"], &json["subject"], &json["person"]["name"]] {
        assert_eq!(harmful(field.as_str().unwrap()), None, "{field:?}");
    }
    assert!(
        json["problems"]
            .as_array()
            .unwrap()
            .contains(&json!("hidden-characters")),
        "{json}"
    );
    // What a person types is cleaned alike, also where it comes back in an error.
    world.ok(&["note", "r1", "\u{1b}]0;x\u{7}Ring\u{202e}"]);
    let output = world.run("show r1");
    assert_eq!(harmful(&output.stdout), None, "{:?}", output.stdout);
    let commands: [&[&str]; 5] = [
        &["show", "\u{1b}[2Jr9"],
        &["deadline", "\u{1b}[2J"],
        &["task", "r1", "\u{1b}[2J", "done"],
        &["add", "optout", "--email", "\u{1b}[2J@"],
        &["import", "mail", "\u{1b}[2J.eml"],
    ];
    for command in commands {
        let output = world.run(command);
        assert_ne!(output.code, 0);
        assert_eq!(
            harmful(&output.stderr),
            None,
            "{command:?} {:?}",
            output.stderr
        );
    }
}

/// A file name is not ours either: in a Maildir it comes from outside.
#[test]
fn control_characters_in_file_names_reach_neither_output() {
    let world = World::new();
    world.write("folder/a\u{1b}[2Jb.eml", Sent::number(1).source());
    world.write("folder/c\u{1b}[2Jd.eml", [0_u8, 1, 2, 255, 254]);
    for command in [
        &["import", "mail", "folder"][..],
        &["import", "mail", "folder", "--json"],
    ] {
        let output = world.run(command);
        assert!(
            !output.stdout.contains('\u{1b}') && !output.stderr.contains('\u{1b}'),
            "{:?}",
            output.stdout
        );
    }
}

#[test]
fn a_broken_mail_stops_nothing_and_is_told() {
    let world = World::new();
    fs::create_dir(world.path("folder")).unwrap();
    for n in [1, 3] {
        world.write(&format!("folder/{n}.eml"), Sent::number(n).source());
    }
    world.write(
        "folder/2.eml",
        (0..=255).cycle().take(4000).collect::<Vec<u8>>(),
    );
    world.write("folder/4.eml", "");
    world.write(
        "folder/5.eml",
        "Subject: no sender\n\nHvad har du om mig?\n",
    );
    world.write("folder/6.eml", "From: x@example.dk\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n%%%%");
    let (counts, report) = import(&world, &["folder"]);
    assert_eq!(counts, (4, 0, 2), "{report:#}");
    let left_out = report["files"][0]["left_out"].as_array().unwrap();
    for (left, file) in left_out.iter().zip(["2.eml", "4.eml"]) {
        assert!(left["where"].as_str().unwrap().contains(file), "{left}");
        assert!(!left["why"].as_str().unwrap().is_empty(), "{left}");
    }
    let printed = world.ok("import mail folder");
    assert!(
        printed.contains("2.eml: ") && printed.contains("0 taken in, 4 there already, 2 left out"),
        "{printed}"
    );
}

#[test]
fn two_mails_with_the_same_message_id_are_two_mails() {
    let world = World::new();
    let mail = |who: &str, text: &str| {
        format!(
            "From: {who}@example.dk\nSubject: Indsigt\nDate: Fri, 20 Nov 2026 10:00:00 +0100\nMessage-ID: <same@x>\n\n{text}\n"
        )
    };
    world.write("folder/1.eml", mail("a", "Hvad har du om mig?"));
    world.write("folder/2.eml", mail("b", "Slet mig."));
    assert_eq!(
        import(&world, &["folder"]).0,
        (2, 0, 0),
        "neither is dropped"
    );
}

#[test]
fn a_dry_run_says_what_would_be_and_changes_nothing() {
    let world = World::new();
    world.access("2026-11-20");
    let before = world.everything();
    let (mail, list) = (
        data("mail/five.mboxrd"),
        data("csv/kajabi-unsubscribed.csv"),
    );
    let trial = world.json(&["import", "mail", "--dry-run", &mail, &mail]);
    assert_eq!(
        (&trial["taken"], &trial["already"]),
        (&json!(4), &json!(5)),
        "it finds its own duplicates"
    );
    let told = world.ok(&["import", "optouts", "--dry-run", &list]);
    assert!(
        told.contains("Trial, nothing changed: 1 would be taken in"),
        "{told}"
    );
    assert_eq!(before, world.everything());
    let real = world.json(&["import", "mail", &mail]);
    assert_eq!(
        trial["messages"][0], real["messages"][0],
        "the trial foretold the ids too"
    );
    assert_eq!(
        world.access("2026-11-21"),
        "R-2026-0006",
        "a trial uses no number up"
    );
}

#[test]
fn an_import_can_be_undone_and_done_again() {
    let world = World::new();
    let mail = data("mail/five.mboxrd");
    world.ok("due");
    let before = world.records();
    assert_eq!(import(&world, &[&mail]).0, (4, 0, 1));
    world.ok("undo");
    assert_eq!(world.records(), before);
    assert_eq!(
        import(&world, &[&mail]).0,
        (4, 0, 1),
        "what was taken back can come in again"
    );
}

#[test]
fn opt_out_lists_are_taken_in_once() {
    for (file, taken, left_out) in [
        ("kajabi-unsubscribed.csv", 1, 2),
        ("dansk-excel.csv", 2, 1),
        ("excel-wrapped.csv", 2, 0),
        ("utf16-be-pipe.csv", 1, 1),
        ("hostile.csv", 2, 2),
    ] {
        let world = World::new();
        let path = data(&format!("csv/{file}"));
        let counts = |report: &Value| {
            (
                report["taken"].as_u64().unwrap(),
                report["already"].as_u64().unwrap(),
                report["left_out"].as_u64().unwrap(),
            )
        };
        let first = world.json(&["import", "optouts", &path]);
        assert_eq!(counts(&first), (taken, 0, left_out), "{file}");
        let before = world.everything();
        let again = world.json(&["import", "optouts", &path]);
        assert_eq!(counts(&again), (0, taken, left_out), "{file}");
        assert_eq!(before, world.everything(), "{file}");
        let opt_out = world.json("show n1");
        assert_eq!(
            (&opt_out["source"], &opt_out["status"]),
            (&json!("list"), &json!("open")),
            "{file}"
        );
    }
}

/// An address is the same in any case and with any tag; who opted out by hand stays as she is.
#[test]
fn an_address_that_has_opted_out_already_stays_as_it_is() {
    let world = World::new();
    world.ok("add optout --email ida@example.dk --name Ida --received 2026-11-02");
    let list = world.write(
        "list.csv",
        "Email,Status\nIDA+news@Example.dk,unsubscribed\nbo@example.dk,unsubscribed\n",
    );
    let report = world.json(&["import", "optouts", &list]);
    assert_eq!(
        (&report["taken"], &report["already"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(world.json("show n1")["received_on"], "2026-11-02");
}

/// An import is one thing to the person who made it, however many transactions it took.
#[test]
fn undo_takes_a_whole_import_back() {
    let world = World::new();
    world.ok("add optout --email foer@example.dk");
    let mut mails = String::new();
    for number in 0..450 {
        writeln!(
            mails,
            "From p{number}@example.dk Mon Oct 12 10:00:00 2026\nFrom: P{number} <p{number}@example.dk>\n\
             Subject: Indsigt\nMessage-ID: <{number}@example.dk>\n\nHvad har I om mig?\n"
        )
        .unwrap();
    }
    let path = world.write("mange.mbox", mails);
    let taken = |args: &[&str]| world.json(args)["taken"].as_u64().unwrap();
    let total = || world.json("list --any")["total"].as_u64().unwrap();
    assert_eq!(taken(&["import", "mail", &path]), 450);
    assert_eq!(total(), 451);
    world.ok("undo");
    assert_eq!(total(), 1);
    world.ok("redo");
    assert_eq!(total(), 451);
    world.ok("undo");
    // What was taken back can be taken in again, under new numbers.
    assert_eq!(taken(&["import", "mail", &path]), 450);
    assert_eq!(total(), 451);
}

/// A sender's clock cannot move a deadline into the future; the time of arrival is the program's own then.
#[test]
fn a_date_in_the_future_is_not_believed() {
    let world = World::new();
    let path = world.write(
        "fremtid.eml",
        "From: Bo <bo@example.dk>\nDate: Tue, 10 Nov 2099 10:00:00 +0000\nSubject: Indsigt\n\nHvad har I om mig?\n",
    );
    world.ok(["import", "mail", &path].as_slice());
    let request = world.json("show r1");
    let today = world.json("due")["today"].clone();
    assert_eq!(request["received_on"], today);
    assert!(request["problems"].to_string().contains("date-in-future"));
}
