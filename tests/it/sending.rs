//! `letter --send`: what is handed over, to whom, and that it happens once, whatever goes wrong on the way.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;

use serde_json::{Value, json};

use crate::letters::SENDER;
use crate::mail_server::read_by_python;
use crate::world::{PROGRAM, World, assert_brief, text};

/// Stands in for sendmail: keeps what it gets, and counts.
const TAKES: &str = "cat > mail; printf '%s\\n' \"$@\" > args; echo sent >> count";

/// Settings that send through a script with this body, in the home folder.
fn through(world: &World, body: &str) {
    let script = world.write("sendmail", format!("#!/bin/sh\ncd \"$HOME\"\n{body}\n"));
    fs::set_permissions(&script, Permissions::from_mode(0o755)).unwrap();
    world.configure(&format!(
        "{SENDER}[sending]\ncommand = [\"{script}\", \"-t\", \"-i\"]\n"
    ));
}

/// A world with a case of Mette's, and a script to send through.
fn one_request(body: &str) -> World {
    let world = World::new();
    through(&world, body);
    world.access("2026-11-20");
    world
}

/// How often the script took a mail.
fn taken(world: &World) -> usize {
    let count = fs::read_to_string(world.path("count"));
    count.map_or(0, |count| count.lines().count())
}

fn mail(world: &World) -> String {
    fs::read_to_string(world.path("mail")).unwrap()
}

/// The names of the last history entries, oldest first.
fn last_events(world: &World, n: usize) -> Vec<String> {
    let history = world.json("history");
    let entries = history["entries"].as_array().unwrap().iter();
    let events: Vec<String> = entries
        .map(|entry| entry["event"].as_str().unwrap().to_owned())
        .collect();
    events[events.len() - n..].to_vec()
}

/// A run that did not send: in both languages briefly, with this code, and what it says in English.
fn fails(world: &World, code: i32, args: &str) -> String {
    let output = world.run(args);
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (code, ""),
        "{output}"
    );
    assert_brief(&output.stderr);
    output.stderr
}

#[test]
fn a_letter_goes_through_the_command_and_is_recorded_with_it() {
    let world = World::new();
    through(&world, TAKES);
    let message = "From: Mette <mette@example.dk>\nSubject: Indsigt\nMessage-ID: <first@example.dk>\n\
        Date: Sun, 22 Nov 2026 08:00:00 +0100\n\nHej, jeg vil gerne have indsigt i mine oplysninger.\n";
    assert_eq!(world.run_with("import mail -", message).code, 0);
    let told = world.ok("letter r1 --send");
    assert!(
        told.contains("“Receipt” for R-2026-0001 was sent to mette@example.dk"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(world.path("args")).unwrap(), "-t\n-i\n");
    let sent = world.json("show r1")["letters"][0].clone();
    assert_eq!(
        (&sent["type"], &sent["channel"], &sent["to"], &sent["on"]),
        (
            &json!("receipt"),
            &json!("mail"),
            &json!("mette@example.dk"),
            &json!("2026-11-22")
        )
    );
    assert_eq!(world.json("show r1")["outbox"], json!([]));
    assert_eq!(last_events(&world, 2), ["letter-sending", "letter-sent"]);
    let mail = mail(&world);
    assert!(!mail.contains('\r') && !mail.contains("X-Unsent"), "{mail}");
    let id = sent["message_id"].as_str().unwrap();
    assert!(mail.contains(&format!("Message-ID: <{id}>\n")), "{mail}");
    assert!(mail.contains("In-Reply-To: <first@example.dk>\n"), "{mail}");
    assert!(mail.contains("References: <first@example.dk>\n"), "{mail}");
    // Her answer finds the case, whatever its subject and sender.
    let answer = format!(
        "From: M <other@example.dk>\nSubject: Tak\nMessage-ID: <a@example.dk>\nIn-Reply-To: <{id}>\n\
         Date: Sun, 22 Nov 2026 09:00:00 +0100\n\nTak.\n"
    );
    let report = world.run_with("import mail - --json", answer).json();
    assert_eq!(report["messages"][0]["id"], "R-2026-0001", "{report}");
    world.ok("verify");
    if let Some(read) = read_by_python(&world.path(""), &mail) {
        assert_eq!(read["defects"], json!([]));
        assert_eq!(
            read["text"].as_str().unwrap().trim_end(),
            sent["text"].as_str().unwrap().trim_end()
        );
        let header = |name: &str| {
            let headers = read["headers"].as_array().unwrap();
            let found = headers.iter().find(|header| header[0] == name).unwrap();
            found[1].as_str().unwrap().to_owned()
        };
        assert_eq!(header("From"), "Havanna Luma <kontakt@luma.example>");
        assert_eq!(header("To"), "mette@example.dk");
        assert_eq!(header("Subject"), sent["subject"].as_str().unwrap());
        assert!(header("Subject").contains("R-2026-0001"));
    }
}

#[test]
fn one_letter_of_a_type_goes_once_unless_another_is_wanted() {
    let world = one_request(TAKES);
    world.ok("letter r1 receipt --send");
    let told = world.refused("letter r1 receipt --send");
    assert!(
        told.contains("was sent to R-2026-0001 on 22 November 2026 already"),
        "{told}"
    );
    assert!(told.contains("--again"), "{told}");
    assert_eq!(taken(&world), 1);
    world.ok("letter r1 receipt --send --again");
    assert_eq!(taken(&world), 2);
    let letters = world.json("show r1")["letters"].clone();
    assert_ne!(letters[0]["message_id"], letters[1]["message_id"]);
    // What is taken back in the record is not taken back in the world: it is not sent again unasked.
    world.ok("undo");
    let told = world.refused("letter r1 receipt --send");
    assert!(told.contains("nobody knows"), "{told}");
    let told = world.refused("undo");
    assert!(told.contains("--not-sent"), "{told}");
    world.ok("redo");
    assert_eq!(world.json("show r1")["letters"], letters);
    // A letter that was marked as sent by post is one that went.
    world.ok("identity r1 requested --reason 'Another address than before'");
    world.ok("letter r1 identity --mark-sent letter");
    world.refused("letter r1 identity --send");
    world.ok("verify");
}

#[test]
fn what_the_letter_tells_becomes_so_with_it() {
    let world = one_request(TAKES);
    let reason = "reason=Eight group sessions with other participants";
    world.ok(&["letter", "r1", "extension", "--set", reason, "--send"]);
    let shown = world.json("show r1");
    assert_eq!(shown["extension"]["notified_on"], "2026-11-22");
    assert_eq!(
        last_events(&world, 3),
        ["letter-sending", "extended", "letter-sent"]
    );
    world.set_all_tasks("r1", "nothing-held");
    let shown = world.json("letter r1 nothing-held --send --resolve");
    assert_eq!(
        (&shown["status"], &shown["outcome"]),
        (&json!("closed"), &json!("nothing-held"))
    );
    assert_eq!(shown["letters"][1]["type"], "nothing-held");
}

#[test]
fn what_a_rule_forbids_is_never_handed_over() {
    let world = one_request(TAKES);
    for args in [
        "letter r1 extension --set 'reason=I am on holiday' --send",
        "letter r1 nothing-held --send --resolve",
        "letter r1 opt-out --send",
        "letter r1 refusal --send",
        "letter r1 extension --send",
        "letter r1 --send --to somebody@example.dk",
        "letter r1 --send --to nobody",
        "letter r1 clarification --set 'question=010180-1234?' --send",
        "--read-only letter r1 --send",
    ] {
        world.refused(args);
        assert!(!world.path("mail").exists(), "{args}");
    }
    world.request("other", "Carl", "carl@example.dk", "2026-11-20");
    world.ok("add request --kind access --name Nobody");
    assert!(
        world
            .refused("letter r3 --send")
            .contains("no mail address")
    );
    // Who writes is a part of every letter; without an address nothing has a sender.
    let script = text(&world.path("sendmail"));
    world.configure(&format!("[sending]\ncommand = \"{script} -t\"\n"));
    world.refused("letter r1 --send");
    world.configure(SENDER);
    let told = world.fails(2, "letter r1 --send");
    assert!(told.contains("[sending]"), "{told}");
    world.fails(2, "letter r1 --send --dry-run");
    for usage in [
        "letter r1 --send --mark-sent mail",
        "letter r1 --send --out x",
        "letter r1 --dry-run",
        "letter r1 --again",
        "letter r1 --to mette@example.dk",
        "letter r1 --resolve",
        "letter r1 --not-sent --send",
    ] {
        world.fails(2, usage);
    }
    assert_eq!(taken(&world), 0);
}

#[test]
fn a_dry_run_shows_it_all_and_does_nothing() {
    let world = World::danish();
    through(&world, TAKES);
    world.ok(
        "add request --kind access --name 'Åse Ærø' --email aase@example.dk --received 2026-11-20",
    );
    let before = world.everything();
    let told = world.ok("letter r1 --send --dry-run");
    for part in [
        "aase@example.dk",
        "sendmail",
        "From: Havanna Luma <kontakt@luma.example>\n",
        "To: aase@example.dk\n",
        "[R-2026-0001]\n",
        "Message-ID: <R-2026-0001.receipt.",
        "Kære Åse Ærø",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let shown = world.json("letter r1 --send --dry-run");
    assert_eq!(
        (&shown["to"], &shown["from"]),
        (&json!("aase@example.dk"), &json!("kontakt@luma.example"))
    );
    assert!(shown["mail"].as_str().unwrap().contains("\r\n\r\n"));
    assert!(!world.path("mail").exists());
    assert_eq!(world.everything(), before);
    // What would be refused is refused before.
    world.refused("letter r1 nothing-held --send --resolve --dry-run");
    world.ok("letter r1 --send");
    assert_eq!(world.json("show r1")["letters"][0]["text"], shown["text"]);
    world.refused("letter r1 receipt --send --dry-run");
    if let Some(read) = read_by_python(&world.path(""), &mail(&world)) {
        assert!(
            read["text"].as_str().unwrap().contains("Kære Åse Ærø"),
            "{read}"
        );
    }
}

#[test]
fn a_letter_that_does_not_go_is_kept_with_what_was_said() {
    let world = one_request("cat > /dev/null; printf 'no \\033[31mroute to host' >&2; exit 69");
    let reason = "reason=Eight group sessions with other participants";
    let args = ["letter", "r1", "extension", "--set", reason, "--send"];
    let output = world.run(&args);
    assert_eq!((output.code, output.stdout.as_str()), (74, ""), "{output}");
    assert_brief(&output.stderr);
    assert!(
        output.stderr.contains("no [31mroute to host") && !output.stderr.contains('\u{1b}'),
        "{output}"
    );
    assert!(
        output.stderr.contains("was not sent") && output.stderr.contains("kept with the case"),
        "{output}"
    );
    let shown = world.json("show r1");
    assert_eq!(
        (&shown["letters"], &shown["extension"]),
        (&json!([]), &Value::Null)
    );
    let kept = shown["outbox"][0].clone();
    assert_eq!(kept["known_not_sent"], true);
    assert!(
        kept["text"]
            .as_str()
            .unwrap()
            .contains("Eight group sessions"),
        "{kept}"
    );
    assert!(
        kept["why"].as_str().unwrap().contains("route to host"),
        "{kept}"
    );
    assert!(
        world
            .ok("show r1")
            .contains("not sent: no [31mroute to host")
    );
    assert_eq!(
        last_events(&world, 2),
        ["letter-sending", "letter-not-sent"]
    );
    assert!(!world.ok("history r1").contains("mette"));
    let danish = world.run(&[&["--language", "da"][..], &args].concat());
    assert!(danish.stderr.contains("er ikke sendt"), "{danish}");
    // Undo takes back both halves of that; nothing went.
    world.ok("undo");
    world.ok("undo");
    assert_eq!(world.json("show r1")["outbox"], json!([]));
    world.ok("redo");
    world.ok("verify");
    // The same command again, when it works.
    through(&world, TAKES);
    world.ok(&args);
    let shown = world.json("show r1");
    assert_eq!(shown["outbox"], json!([]));
    assert_eq!(shown["letters"][0]["message_id"], kept["message_id"]);
    assert_eq!(taken(&world), 1);
    world.configure(&format!(
        "{SENDER}[sending]\ncommand = [\"/nowhere/sendmail\"]\n"
    ));
    let told = fails(&world, 74, "letter r1 receipt --send");
    assert!(
        told.contains("/nowhere/sendmail cannot be started"),
        "{told}"
    );
}

#[test]
fn a_letter_that_perhaps_went_is_not_sent_again_by_itself() {
    for body in [
        "cat > mail; echo sent >> count; kill -9 $$",
        "cat > mail; echo sent >> count; exit 75",
    ] {
        let world = one_request(body);
        let reason = "reason=Eight group sessions with other participants";
        let output = world.run(&["letter", "r1", "extension", "--set", reason, "--send"]);
        assert_eq!((output.code, output.stdout.as_str()), (74, ""), "{output}");
        assert_brief(&output.stderr);
        let kept = world.json("show r1")["outbox"][0].clone();
        assert_eq!(kept["known_not_sent"], false);
        let id = kept["message_id"].as_str().unwrap();
        assert!(
            output.stderr.contains("Nobody knows") && output.stderr.contains(id),
            "{output}"
        );
        let told = world.refused(&["letter", "r1", "extension", "--set", reason, "--send"]);
        assert!(
            told.contains(id) && told.contains("--mark-sent mail"),
            "{told}"
        );
        assert_eq!(taken(&world), 1);
        assert!(world.ok("show r1").contains("whether it went is not known"));
        // Another letter is not kept up by it.
        through(&world, TAKES);
        world.ok("letter r1 receipt --send");
        assert_eq!(taken(&world), 2);
        // Her answer to it finds the case all the same.
        let answer = format!(
            "From: M <other@example.dk>\nSubject: Tak\nMessage-ID: <a@example.dk>\nIn-Reply-To: <{id}>\n\
             Date: Sun, 22 Nov 2026 09:00:00 +0100\n\nTak.\n"
        );
        let report = world.run_with("import mail - --json", answer).json();
        assert_eq!(report["messages"][0]["id"], "R-2026-0001", "{report}");
        // It went: it is recorded as it was handed over, with what it tells, and without telling the reason again.
        world.ok("letter r1 extension --mark-sent mail");
        let shown = world.json("show r1");
        let sent = &shown["letters"][1];
        assert_eq!(
            (&sent["text"], &sent["message_id"], &sent["to"]),
            (&kept["text"], &kept["message_id"], &kept["to"])
        );
        assert_eq!(
            shown["extension"]["reason"],
            "Eight group sessions with other participants"
        );
        assert_eq!(shown["outbox"], json!([]));
        world.ok("verify");
    }
}

#[test]
fn she_has_looked_and_it_did_not_go() {
    let world = one_request("cat > mail; echo sent >> count; kill -9 $$");
    assert!(world.refused("letter r1 --not-sent").contains("no letter"));
    let error = world.run("letter r1 --send --json").error();
    assert_eq!(
        (&error["kind"], &error["code"]),
        (&json!("maybe-sent"), &json!(74))
    );
    world.ok("letter r1 --not-sent");
    assert_eq!(world.json("show r1")["outbox"][0]["known_not_sent"], true);
    world.refused("letter r1 --not-sent");
    // Undone, nobody knows again.
    world.ok("undo");
    world.refused("letter r1 --send");
    // Once more all the same, and that certainly fails: of the first one still nobody knows.
    through(&world, "cat > /dev/null; exit 1");
    fails(&world, 74, "letter r1 --send --again");
    world.refused("letter r1 --send");
    world.ok("letter r1 --not-sent");
    through(&world, TAKES);
    world.ok("letter r1 --send");
    assert_eq!(taken(&world), 2);
    world.ok("verify");
}

#[test]
fn a_program_that_is_killed_meanwhile_leaves_a_note() {
    let world = one_request("cat > mail; echo sent >> count; kill -9 $PPID");
    let status = world.command("letter r1 --send").status().unwrap();
    assert_eq!(status.signal(), Some(9));
    through(&world, TAKES);
    let told = world.refused("letter r1 --send");
    assert!(told.contains("nobody knows"), "{told}");
    let told = world.run("--language da letter r1 --send");
    assert!(
        told.code == 1 && told.stderr.contains("ingen ved"),
        "{told}"
    );
    assert_eq!(taken(&world), 1);
    world.ok("letter r1 --send --again");
    let first = world.json("show r1")["letters"][0].clone();
    // As it was, with the Message-ID it had: a mailbox that has the first one knows the second.
    assert!(mail(&world).contains(first["message_id"].as_str().unwrap()));
    assert_eq!(
        (taken(&world), &world.json("show r1")["outbox"]),
        (2, &json!([]))
    );
    world.ok("verify");
}

#[test]
fn of_two_at_once_one_sends() {
    let world = one_request("cat > mail; echo sent >> count; read -r go < go");
    let fifo = world.path("go");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let first = world.command("letter r1 --send").spawn().unwrap();
    while taken(&world) == 0 {
        std::thread::yield_now();
    }
    // The store is free meanwhile.
    world.ok("note r1 'Meanwhile'");
    world.refused("letter r1 receipt --send");
    fs::write(&fifo, "go\n").unwrap();
    let output = first.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(taken(&world), 1);
    let shown = world.json("show r1");
    assert_eq!(
        (shown["letters"].as_array().unwrap().len(), &shown["outbox"]),
        (1, &json!([]))
    );
    world.ok("verify");
}

#[test]
fn that_it_went_is_recorded_whatever_happened_meanwhile() {
    let world = one_request(&format!(
        "{TAKES}; {PROGRAM} resolve r1 --outcome withdrawn-by-person --override 'She called' >&2"
    ));
    let reason = "reason=Eight group sessions with other participants";
    let output = world.run(&["letter", "r1", "extension", "--set", reason, "--send"]);
    assert_eq!(output.code, 0, "{output}");
    assert!(
        output
            .stderr
            .contains("was sent and recorded, but the rest"),
        "{output}"
    );
    let shown = world.json("show r1");
    assert_eq!(
        (&shown["letters"][0]["type"], &shown["extension"]),
        (&json!("extension"), &Value::Null)
    );
    assert_eq!(
        (&shown["status"], &shown["outbox"]),
        (&json!("closed"), &json!([]))
    );
    world.ok("verify");
}

#[test]
fn nobody_gets_into_the_headers() {
    let world = one_request(TAKES);
    world.ok(&[
        "edit",
        "r1",
        "--name",
        "Mette\r\nBcc: evil@example.com\r\n\r\nX",
    ]);
    world.configure(&format!(
        "{}[sending]\ncommand = \"{} -t\"\n",
        SENDER.replace("Havanna Luma", "Luma\\r\\nBcc: evil@example.com\\r\\n"),
        text(&world.path("sendmail"))
    ));
    let question = "question=Which?\r\nBcc: evil@example.com\r\n.\r\nMAIL FROM:<x@example.com>";
    world.ok(&["letter", "r1", "clarification", "--set", question, "--send"]);
    let mail = mail(&world);
    let head = mail.split("\n\n").next().unwrap();
    assert!(
        !head
            .lines()
            .any(|line| line.to_lowercase().starts_with("bcc")),
        "{head}"
    );
    world.refused(&[
        "letter",
        "r1",
        "--send",
        "--to",
        "mette@example.dk\r\nBcc: evil@example.com",
    ]);
    assert_eq!(taken(&world), 1);
}

#[test]
fn what_was_not_sent_is_erased_with_the_texts_of_the_case() {
    let world = one_request("cat > /dev/null; echo 'no such user at all' >&2; exit 1");
    let question = "question=What about the purple umbrella?";
    let output = world.run(&["letter", "r1", "clarification", "--set", question, "--send"]);
    assert_eq!(output.code, 74, "{output}");
    let holds = |needle: &str| {
        let bytes = fs::read(world.store()).unwrap();
        bytes
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
    };
    assert!(holds("purple umbrella") && holds("no such user at all"));
    world.ok("resolve r1 --outcome withdrawn-by-person --override 'She called'");
    world.on("2027-03-01");
    world.ok("purge --yes");
    assert!(!holds("purple umbrella") && !holds("no such user at all"));
    assert_eq!(world.json("show r1")["outbox"], json!([]));
    world.ok("verify");
}

#[test]
fn the_settings_are_shown_without_secrets() {
    let world = World::new();
    world.configure(
        "[sending]\nsmtp_host = \"smtp.example.dk\"\nsmtp_user = \"k\"\nsmtp_password_command = \"echo hemmelig\"\n",
    );
    let shown = world.json("config show");
    assert_eq!(shown["sending"]["smtp_host"], "smtp.example.dk");
    assert_eq!(
        (
            &shown["sending"]["smtp_port"],
            &shown["sending"]["smtp_tls"]
        ),
        (&json!(465), &json!("implicit"))
    );
    world.configure("[sending]\ncommand = \"curl -u k:hemmelig\"\n");
    assert!(
        !shown.to_string().contains("hemmelig") && !world.ok("config show").contains("hemmelig")
    );
    world
        .configure("[sending]\nsmtp_host = \"smtp example\"\nsmtp_tls = \"none\"\nsmtp_port = 0\n");
    let told = world.run("due");
    assert_eq!(told.code, 4, "{told}");
    for setting in ["smtp_host", "smtp_tls", "smtp_port"] {
        assert!(told.stderr.contains(setting), "{told}");
    }
}
