//! Letters at work: which comes next, what sending one does, what is missing, whose template, how they are erased.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;

use crate::letters::SENDER;
use crate::world::World;

/// A world with a sender, and an access request of Mette's.
fn one_request() -> World {
    let world = World::new();
    world.configure(SENDER);
    world.access("2026-11-20");
    world
}

/// The last history entries, oldest first.
fn last_events(world: &World, n: usize) -> Vec<String> {
    let history = world.json("history");
    let entries = history["entries"].as_array().unwrap();
    let events = entries
        .iter()
        .map(|entry| entry["event"].as_str().unwrap().to_owned());
    let events: Vec<String> = events.collect();
    events[events.len() - n..].to_vec()
}

#[test]
fn the_letter_that_comes_next_follows_from_the_state() {
    let world = one_request();
    let next = |id: &str| {
        world.json(&["letter", id])["type"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(next("r1"), "receipt");
    world.ok("letter r1 --mark-sent mail");
    // Nothing plain comes after it until something is done: those that fit are named.
    let told = world.refused("letter r1");
    assert!(told.contains("clarification, extension, answer"), "{told}");
    world.ok("identity r1 requested --reason 'Another address than before'");
    assert_eq!(next("r1"), "identity");
    world.ok("identity r1 confirmed --method 'A reply from the known address'");
    world.ok("extend r1 --reason 'Eight group sessions with other participants'");
    assert_eq!(next("r1"), "extension");
    world.ok("letter r1 --mark-sent mail");
    world.set_all_tasks("r1", "nothing-held");
    assert_eq!(next("r1"), "nothing-held");
    world.ok("task r1 zoom done");
    assert_eq!(next("r1"), "answer");
    world.ok("add optout --email ida@example.dk");
    assert_eq!(next("n1"), "opt-out");
    world.ok("add recording --title S --name Bo --email bo@example.dk --recorded 2026-11-01 --copy kajabi");
    world.refused("letter v1");
    world.ok("resolve v1");
    assert_eq!(next("v1"), "recording-deleted");
    world.fails(3, "letter r9");
    assert!(world.refused("letter r1 opt-out").contains("These fit: "));
    assert!(
        world
            .refused("letter r1 refusal")
            .contains("indsigt reject R-2026-0001")
    );
    world.fails(2, "letter r1 postcard");
}

#[test]
fn what_was_sent_is_kept_found_again_and_taken_back() {
    let world = one_request();
    let draft = world.path("draft.eml");
    world.ok(&["letter", "r1", "--eml", draft.to_str().unwrap()]);
    let written = world.json("letter r1");
    world.ok("letter r1 --mark-sent mail --on 2026-11-21");
    let shown = world.json("show r1");
    let sent = &shown["letters"][0];
    assert_eq!(sent["type"], "receipt");
    assert_eq!(
        (&sent["on"], &sent["channel"]),
        (&"2026-11-21".into(), &"mail".into())
    );
    assert_eq!(sent["to"], "mette@example.dk");
    assert_eq!(
        (&sent["subject"], &sent["text"]),
        (&written["subject"], &written["text"])
    );
    // The draft that was sent and the mark are about one mail.
    let id = sent["message_id"].as_str().unwrap();
    let mail = std::fs::read_to_string(&draft).unwrap();
    assert!(mail.contains(&format!("Message-ID: <{id}>")), "{mail}");
    assert!(world.ok("show r1").contains("Receipt · mail"));
    assert_eq!(last_events(&world, 1), ["letter-sent"]);
    // Her answer finds the case, whatever its subject.
    let answer = format!(
        "From: Mette <other@example.dk>\nSubject: Tak\nDate: Sun, 22 Nov 2026 09:00:00 +0100\nMessage-ID: <a@example.dk>\n\
         In-Reply-To: <{id}>\n\nTak for svaret.\n"
    );
    let report = finish(&world, "import mail - --json", &answer);
    assert_eq!(report["messages"][0]["verdict"], "reply", "{report}");
    assert_eq!(report["messages"][0]["id"], "R-2026-0001");
    // The next letter answers that mail and names the earlier ones.
    let next = world.path("next.eml");
    world.ok(&[
        "letter",
        "r1",
        "clarification",
        "--set",
        "question=Which year?",
        "--eml",
        next.to_str().unwrap(),
    ]);
    let mail = std::fs::read_to_string(&next).unwrap();
    assert!(mail.contains("In-Reply-To: <a@example.dk>"), "{mail}");
    let unfolded = mail.replace("\r\n ", " ");
    assert!(
        unfolded.contains(&format!("References: <{id}> <a@example.dk>")),
        "{mail}"
    );
    world.ok("verify");
    world.ok("undo");
    world.ok("undo");
    assert_eq!(world.json("show r1")["letters"], serde_json::json!([]));
    world.ok("redo");
    assert_eq!(world.json("show r1")["letters"][0]["type"], "receipt");
    world.ok("verify");
}

/// Runs the program with a text on its standard input.
fn finish(world: &World, args: &str, stdin: &str) -> Value {
    let output = world.run_with(args, stdin);
    assert_eq!(output.code, 0, "{output}");
    output.json()
}

#[test]
fn what_a_letter_tells_becomes_so_with_it_and_never_half() {
    let world = one_request();
    // The new date and the notice of it are one change.
    let reason = "reason=Eight group sessions with other participants";
    world.ok(&[
        "letter",
        "r1",
        "extension",
        "--set",
        reason,
        "--mark-sent",
        "mail",
    ]);
    let shown = world.json("show r1");
    assert_eq!(shown["extension"]["notified_on"], "2026-11-22");
    assert_eq!(
        shown["extension"]["reason"],
        "Eight group sessions with other participants"
    );
    assert!(
        shown["letters"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Monday 22 February 2027")
    );
    world.ok("undo");
    let shown = world.json("show r1");
    assert_eq!(
        (&shown["extension"], &shown["letters"]),
        (&Value::Null, &serde_json::json!([]))
    );
    // A reason that is none leaves no letter behind either.
    world.refused(&[
        "letter",
        "r1",
        "extension",
        "--set",
        "reason=I am on holiday",
        "--mark-sent",
        "mail",
    ]);
    world.ok(&[
        "letter",
        "r1",
        "identity",
        "--set",
        "doubt=Another address than before",
        "--mark-sent",
        "letter",
    ]);
    assert_eq!(world.json("show r1")["status"], "awaiting-identity");
    assert_eq!(
        last_events(&world, 2),
        ["identity-requested", "letter-sent"]
    );
    // No address, and no Message-ID, of a letter on paper.
    let sent = world.json("show r1")["letters"][0].clone();
    assert_eq!(
        (&sent["to"], &sent["message_id"]),
        (&Value::Null, &Value::Null)
    );
    // An answer leaves the case open and says so; with --resolve it closes it, or nothing happens.
    world.ok("identity r1 confirmed --method 'A reply'");
    world.refused("letter r1 nothing-held --mark-sent mail --resolve");
    world.set_all_tasks("r1", "nothing-held");
    let told = world.warned("letter r1 --mark-sent mail");
    assert!(told.contains("indsigt resolve R-2026-0001"), "{told}");
    world.ok("undo");
    world.ok("letter r1 --mark-sent mail --resolve");
    let shown = world.json("show r1");
    assert_eq!(shown["outcome"], "nothing-held");
    assert_eq!(last_events(&world, 2), ["letter-sent", "resolved"]);
    world.ok("undo");
    assert_eq!(world.json("show r1")["status"], "ready");
    world.ok("verify");
}

#[test]
fn a_letter_that_lacks_something_is_shown_and_not_sent() {
    let world = World::new();
    world.access("2026-11-20");
    let output = world.run("letter r1");
    assert_eq!(output.code, 0, "{output}");
    assert!(
        output
            .stdout
            .contains("[the name of the sender is missing]"),
        "{output}"
    );
    assert!(
        output.stderr.contains("The letter lacks: your name"),
        "{output}"
    );
    let missing = world.json("letter r1")["missing"].clone();
    let parts: Vec<&str> = missing
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["part"].as_str().unwrap())
        .collect();
    assert_eq!(parts, ["sender", "contact"]);
    assert!(
        world
            .refused("letter r1 --mark-sent mail")
            .contains("lacks: your name")
    );
    assert!(
        world
            .refused(&["letter", "r1", "--eml", "x.eml"])
            .contains("settings")
    );
    assert!(!world.path("x.eml").exists());
    world.configure(SENDER);
    // All texts that only the owner can give are asked for at once.
    let told = world.refused("letter r1 fee");
    assert!(
        told.contains("--set why=… --set amount=… --set basis=…"),
        "{told}"
    );
    world.fails(2, "letter r1 fee --set amount");
    let told = world.refused("letter r1 receipt --set price=2");
    assert!(told.contains("no field called “price”"), "{told}");
    // A CPR number goes into no letter.
    let told = world.refused("letter r1 clarification --set 'question=Is 010190-1234 you?'");
    assert!(told.contains("CPR"), "{told}");
}

#[test]
fn a_card_that_does_not_say_enough_is_named_with_its_field() {
    let world = one_request();
    world.set_all_tasks("r1", "nothing-held");
    world.ok("task r1 newsletter done");
    let lacks = |args: &[&str]| -> Vec<String> {
        let missing = world.json(args)["missing"].clone();
        let each = missing.as_array().unwrap().iter();
        each.map(|it| {
            format!(
                "{} {}",
                it["part"].as_str().unwrap(),
                it["about"].as_str().unwrap_or("-")
            )
        })
        .collect()
    };
    let enclosed = "enclosed=newsletter.csv";
    let answer = ["letter", "r1", "answer", "--set", enclosed];
    assert_eq!(lacks(&answer), ["transfers Newsletter platform"]);
    let mut told = answer.to_vec();
    told.extend([
        "--set",
        "newsletter.name=Brevo",
        "--set",
        "newsletter.transfers=None: its servers are in France.",
    ]);
    assert_eq!(lacks(&told), Vec::<String>::new());
    let text = world.json(&told)["text"].as_str().unwrap().to_owned();
    assert!(
        text.contains("Brevo (processor)\n") && text.contains("None: its servers are in France."),
        "{text}"
    );
}

#[test]
fn templates_of_the_owner_take_the_place_of_the_built_in_ones() {
    let world = one_request();
    let file = ".config/indsigt/letters/en/receipt.txt";
    let say = |text: &str| world.write(file, text);
    say(
        "Got it\n\n{{ greeting }}, you get an answer by {{ due }}. {{ voucher }}\n\n{{ signature }}\n",
    );
    let told = world.fails(4, "letter r1");
    assert!(
        told.contains("receipt.txt, line 3: voucher (line 3)"),
        "{told}"
    );
    let letter = world.json("letter r1 --set voucher=42");
    assert_eq!(letter["subject"], "Got it [R-2026-0001]");
    assert!(
        letter["text"]
            .as_str()
            .unwrap()
            .contains("by Monday 21 December 2026. 42\n")
    );
    // It is held to the same: what it leaves out is missing.
    let parts: Vec<String> = letter["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["part"].to_string())
        .collect();
    assert_eq!(
        parts,
        ["\"contact\"", "\"received\"", "\"asked\"", "\"free\""]
    );
    world.refused("letter r1 --set voucher=42 --mark-sent mail");
    for (text, line, why) in [
        ("Got it\n\n{{ person.fax }}", 3, "person.fax"),
        (
            "Got it\n\nDear\n{{ rejection }}",
            4,
            "rejection is not filled",
        ),
        ("Got it\n\n{{ tasks.done }}", 3, "tasks.done is not filled"),
        ("Got it\n\n{% if due %}", 3, "unexpected end"),
        ("Got it", 1, "subject"),
        ("{{ due", 1, "line 1"),
    ] {
        say(text);
        let told = world.fails(4, "letter r1");
        assert!(
            told.contains(&format!("line {line}")) && told.contains(why),
            "{text}\n{told}"
        );
    }
    // The Danish one is still built in.
    assert_eq!(world.json("letter r1 --language da")["language"], "da");
}

#[test]
fn the_persons_language_decides_and_the_option_overrides_it() {
    let world = World::danish();
    world.configure(SENDER);
    world.request("access", "Mette", "mette@example.dk", "2026-11-20");
    assert!(world.ok("letter r1").contains("Kære Mette"));
    // What the program speaks is not what she does.
    let output = world.run_in(&[("INDSIGT_LANGUAGE", "en")], "letter r1");
    assert!(output.stdout.contains("Kære Mette"), "{output}");
    assert!(world.ok("letter r1 --language en").contains("Dear Mette"));
    assert!(world.ok("--language en letter r1").contains("Dear Mette"));
    // A recording has no language of its own: hers is known from her request.
    drop(world.run("add recording --title S --name Mette --email mette@example.dk --recorded 2026-11-01 --copy kajabi"));
    drop(world.run("resolve v1 --override Udleveret"));
    let output = world.run_in(&[("INDSIGT_LANGUAGE", "en")], "letter v1");
    assert!(output.stdout.contains("Kære Mette"), "{output}");
}

#[test]
fn texts_of_letters_are_erased_with_the_other_texts() {
    let world = one_request();
    world.set_all_tasks("r1", "nothing-held");
    world.ok("letter r1 --mark-sent mail --resolve");
    world.ok("add optout --email ida@example.dk --name Ida");
    world.refused("letter n1 --mark-sent mail");
    world.ok("resolve n1");
    world.ok("letter n1 --mark-sent mail");
    world.on("2027-02-19");
    assert_eq!(
        world.json("purge --dry-run")["texts"],
        serde_json::json!([])
    );
    world.on("2027-02-20");
    world.ok("purge --yes");
    for id in ["r1", "n1"] {
        let sent = world.json(&["show", id])["letters"][0].clone();
        assert_eq!(
            (&sent["subject"], &sent["text"]),
            (&Value::Null, &Value::Null),
            "{id}"
        );
        assert_eq!(sent["channel"], "mail");
    }
    world.ok("verify");
    let store = std::fs::read(world.store()).unwrap();
    let holds = |text: &str| {
        store
            .windows(text.len())
            .any(|bytes| bytes == text.as_bytes())
    };
    assert!(!holds("no personal data about you") && !holds("unsubscribed from"));
    assert!(holds("mette@example.dk"));
    world.ok("erase person mette@example.dk --yes");
    let sent = world.json("show r1")["letters"][0].clone();
    assert_eq!(
        (&sent["to"], &sent["message_id"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(sent["type"], "nothing-held");
    let store = std::fs::read(world.store()).unwrap();
    assert!(!store.windows(16).any(|bytes| bytes == b"mette@example.dk"));
    world.ok("verify");
}

#[test]
fn files_with_letters_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = one_request();
    for (option, name) in [("--out", "a.txt"), ("--eml", "a.eml")] {
        let said = world.ok(&["letter", "r1", option, name]);
        assert_eq!(said, format!("Receipt for R-2026-0001 written: {name}"));
        let mode = std::fs::metadata(world.path(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let text = std::fs::read_to_string(world.path("a.txt")).unwrap();
    assert!(text.starts_with(
        "I have received your request for access [R-2026-0001]\n\nDear Mette Hansen\n"
    ));
    let mail = std::fs::read_to_string(world.path("a.eml")).unwrap();
    for part in [
        "X-Unsent: 1\r\n",
        "To: mette@example.dk\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "charset=utf-8",
    ] {
        assert!(mail.contains(part), "{part}\n{mail}");
    }
    // What another program reads out of it is the letter.
    let report = finish(&world, "import mail - --dry-run --all --json", &mail);
    let message = &report["messages"][0];
    assert_eq!(
        message["subject"],
        "I have received your request for access [R-2026-0001]"
    );
    assert!(
        message["text"]
            .as_str()
            .unwrap()
            .starts_with("Dear Mette Hansen\n")
    );
    world.fails(74, "letter r1 --out no/such/folder.txt");
    world.fails(2, "letter r1 --out a --eml b");
    world.ok("--read-only letter r1");
    world.refused("--read-only letter r1 --mark-sent mail");
}

#[test]
fn whoever_was_asked_what_she_means_is_waited_for_until_she_writes() {
    let world = one_request();
    let due = world.json("show r1")["due"].clone();
    let asked = [
        "letter",
        "r1",
        "clarification",
        "--set",
        "question=Which year?",
        "--mark-sent",
        "mail",
    ];
    world.ok(&asked);
    let shown = world.json("show r1");
    assert_eq!(shown["status"], "awaiting-clarification");
    assert_eq!(shown["due"], due, "a question moves no date");
    assert!(world.ok("show r1").contains("Awaiting clarification"));
    let next = world.json("due --all")["items"][0]["next_step"].clone();
    assert_eq!(next, "Wait for what the person means");
    let id = shown["letters"][0]["message_id"].as_str().unwrap();
    let answer = format!(
        "From: Mette <mette@example.dk>\nSubject: Sv\nDate: Mon, 23 Nov 2026 09:00:00 +0100\nMessage-ID: <b@example.dk>\n\
         In-Reply-To: <{id}>\n\nHele 2025.\n"
    );
    finish(&world, "import mail - --json", &answer);
    assert_eq!(world.json("show r1")["status"], "new");
    // Asked once more, and told something else since: nobody is waited for.
    world.on("2026-11-24");
    world.ok(&asked);
    assert_eq!(world.json("show r1")["status"], "awaiting-clarification");
    world.ok("letter r1 receipt --mark-sent mail");
    assert_eq!(world.json("show r1")["status"], "new");
    world.ok("undo");
    world.set_all_tasks("r1", "nothing-held");
    assert_eq!(world.json("show r1")["status"], "ready");
}

#[test]
fn a_refusal_can_be_made_by_its_letter_and_not_half() {
    let world = one_request();
    let facts = "The same question came on 3 March and on 9 June and was answered in full both times; \
                 nothing was added to the records since then.";
    let with = |more: &[&str]| {
        let mut args = vec![
            "letter",
            "r1",
            "refusal",
            "--ground",
            "repetition",
            "--facts",
            facts,
        ];
        args.extend(more);
        world.run(&args[..])
    };
    // Shown, it has changed nothing; what speaks against it is said first, as `reject` says it.
    let output = with(&[]);
    assert_eq!(output.code, 1, "{output}");
    assert!(
        output.stderr.contains("--accept-burden-of-proof"),
        "{output}"
    );
    let output = with(&["--accept-burden-of-proof"]);
    assert_eq!(output.code, 0, "{output}");
    assert!(output.stdout.contains("3 March"), "{output}");
    assert_eq!(world.json("show r1")["rejection"], Value::Null);
    let output = with(&["--accept-burden-of-proof", "--mark-sent", "letter"]);
    assert_eq!(output.code, 0, "{output}");
    let shown = world.json("show r1");
    assert_eq!(shown["outcome"], "rejected");
    assert_eq!(shown["rejection"]["burden_accepted"], true);
    assert_eq!(shown["letters"][0]["type"], "refusal");
    assert_eq!(last_events(&world, 2), ["rejected", "letter-sent"]);
    world.ok("undo");
    let shown = world.json("show r1");
    assert_eq!(shown["rejection"], Value::Null);
    assert_eq!(shown["letters"], serde_json::json!([]));
    world.fails(2, "letter r1 receipt --ground repetition --facts x");
    world.fails(2, "letter r1 refusal --ground repetition");
}
