//! Letters as the owner and the recipient read them: one of each type and language, whole, out of one story.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;

use crate::world::World;

/// Who writes, in the settings.
pub(crate) const SENDER: &str = "[controller]\nname = \"Havanna Luma\"\naddress = \"Strandvejen 1, 2900 Hellerup\"\n\
    email = \"kontakt@luma.example\"\nphone = \"12 34 56 78\"\nsite = \"www.luma.example\"\n";

/// A text in Danish and in English.
type Both = (&'static str, &'static str);

/// A letter of the story: its type, the case, and what the owner writes in it.
type Told = (&'static str, &'static str, &'static [(&'static str, Both)]);

const LETTERS: [Told; 17] = [
    ("receipt", "r1", &[]),
    (
        "identity",
        "r1",
        &[(
            "doubt",
            (
                "Mailen kom fra en anden adresse end den, du købte kurset med.",
                "The mail came from another address than the one you bought the course with.",
            ),
        )],
    ),
    (
        "clarification",
        "r1",
        &[(
            "question",
            (
                "Du skriver om »kurset i foråret«. Er det Åbningen i marts eller Rejsen i maj?",
                "You write about “the course in spring”. Is that Opening in March or Journey in May?",
            ),
        )],
    ),
    (
        "extension",
        "r1",
        &[(
            "reason",
            (
                "Du er med i otte fælles sessioner, og i hver af dem skal de andre deltagere tages ud, før du kan få dem.",
                "You take part in eight group sessions, and the other participants have to be taken out of each of them first.",
            ),
        )],
    ),
    ("answer", "r1", &[]),
    ("nothing-held", "r2", &[]),
    (
        "partial",
        "r1",
        &[
            ("provision", ("others-rights", "others-rights")),
            (
                "weighed",
                (
                    "I mailene fortæller to andre om deres helbred. De kan kendes, selv om navnene bliver fjernet.",
                    "In the mails two others tell of their health. They can be recognised even without their names.",
                ),
            ),
        ],
    ),
    ("refusal", "r4", &[]),
    (
        "fee",
        "r1",
        &[
            (
                "why",
                (
                    "Du har bedt om det samme otte gange i år, og der er ikke kommet noget nyt til.",
                    "You have asked for the same eight times this year, and nothing new has come up.",
                ),
            ),
            ("amount", ("250 kr.", "DKK 250")),
            (
                "basis",
                (
                    "En times arbejde med at søge og sende, uden fortjeneste.",
                    "One hour of searching and sending, without profit.",
                ),
            ),
        ],
    ),
    ("withdrawal", "r5", &[]),
    ("erasure", "r6", &[]),
    ("name-redaction", "r7", &[]),
    ("recording-deleted", "v2", &[]),
    ("opt-out", "n1", &[]),
    (
        "complaint",
        "r8",
        &[
            (
                "points",
                (
                    "Du skriver, at du fik et nyhedsbrev, efter at du havde meldt dig fra. Det er rigtigt, og det er min fejl.",
                    "You write that you got a newsletter after you had unsubscribed. That is right, and it is my mistake.",
                ),
            ),
            (
                "changes",
                (
                    "Jeg sammenligner nu hver liste med afmeldingerne, før jeg sender.",
                    "I now compare every list with the opt-outs before I send.",
                ),
            ),
        ],
    ),
    ("authority", "r4", &[]),
    (
        "processor",
        "r6",
        &[
            ("service", ("gotomeeting", "gotomeeting")),
            (
                "ask",
                (
                    "Slet alle tilmeldinger og optagelser, hvor denne person er med.",
                    "Delete all registrations and recordings in which this person takes part.",
                ),
            ),
        ],
    ),
];

/// Tells a case to the program: every task as the list says, all others with nothing held.
fn work(world: &World, id: &str, tasks: &[(&str, &str, &str)]) {
    for task in world.json(&["show", id])["tasks"].as_array().unwrap() {
        let task = task["id"].as_str().unwrap();
        let known = tasks.iter().find(|(name, ..)| *name == task);
        let (status, note) =
            known.map_or(("nothing-held", ""), |(_, status, note)| (*status, *note));
        if note.is_empty() {
            world.ok(&["task", id, task, status]);
        } else {
            world.ok(&["task", id, task, status, "--note", note]);
        }
    }
}

/// The story, in a world that speaks one of the languages.
fn story(danish: bool) -> World {
    let world = if danish {
        World::danish()
    } else {
        World::new()
    };
    let say = |da: &'static str, en: &'static str| if danish { da } else { en };
    world.configure(SENDER);
    world.on("2026-11-02");
    world.request("access", "Mette Hansen", "mette@example.dk", "2026-10-30");
    world.warned(&[
        "add",
        "recording",
        "--title",
        say("Første session", "First session"),
        "--name",
        "Mette Hansen",
        "--email",
        "mette@example.dk",
        "--recorded",
        "2026-10-25",
        "--link-sent",
        "2026-10-27",
        "--copy",
        "zoom-cloud=88/1",
    ]);
    let export = world.write(
        "kontakter.csv",
        "Name,Email,Products\nMette Hansen,mette@example.dk,Rejsen\nBo Lind,bo@example.dk,Rejsen\n",
    );
    world.ok(&["task", "r1", "kajabi", "done", "--from", &export]);
    for (task, status, note) in [
        ("zoom", "done", ""),
        ("stripe", "nothing-held", ""),
        (
            "mailbox",
            "kept",
            say(
                "To mails fra andre deltagere, som også handler om deres helbred.",
                "Two mails from other participants that are about their health too.",
            ),
        ),
    ] {
        let mut args = vec!["task", "r1", task, status];
        if !note.is_empty() {
            args.extend(["--note", note]);
        }
        world.ok(&args);
    }
    for task in world.json("show r1")["tasks"].as_array().unwrap() {
        if task["status"] == "todo" {
            world.ok(&["task", "r1", task["id"].as_str().unwrap(), "nothing-held"]);
        }
    }
    // Nothing held.
    world.request("access", "Bo Lind", "bo@example.dk", "2026-10-31");
    work(&world, "r2", &[]);
    // The same again, and refused.
    world.request("access", "Ida Berg", "ida@example.dk", "2026-11-01");
    work(&world, "r3", &[("zoom", "done", "")]);
    world.ok("resolve r3");
    world.on("2026-11-16");
    world.request("access", "Ida Berg", "ida@example.dk", "2026-11-15");
    world.ok(&[
        "reject",
        "r4",
        "--ground",
        "repetition",
        "--facts",
        say(
            "Du fik et fuldt svar den 2. november 2026, og der er ikke kommet noget nyt til siden.",
            "You got a full answer on 2 November 2026, and nothing new has come up since then.",
        ),
    ]);
    world.request("withdrawal", "Eva Holm", "eva@example.dk", "2026-11-15");
    work(
        &world,
        "r5",
        &[
            (
                "products",
                "kept",
                say(
                    "Du har stadig adgang til Rejsen, for den hviler på købet og ikke på samtykket.",
                    "You still have access to Journey, because it rests on the purchase and not on consent.",
                ),
            ),
            ("kajabi", "done", ""),
            ("newsletter", "done", ""),
        ],
    );
    world.request("erasure", "Liv Krogh", "liv@example.dk", "2026-11-15");
    work(
        &world,
        "r6",
        &[
            ("kajabi", "done", ""),
            ("youtube", "done", ""),
            (
                "stripe",
                "kept",
                say(
                    "Bilag skal gemmes i fem år efter bogføringsloven.",
                    "Vouchers must be kept for five years under the Bookkeeping Act.",
                ),
            ),
        ],
    );
    world.request("name-redaction", "Ada Juul", "ada@example.dk", "2026-11-15");
    world.ok(&[
        "task",
        "r7",
        "--add",
        say(
            "Dit navn er klippet ud af lyden",
            "Your name is cut out of the sound",
        ),
        "--place",
        say("»Efterår« på YouTube", "“Autumn” on YouTube"),
        "--url",
        "https://youtu.be/abc",
        "--at",
        "12:04",
        "--at",
        "31:50",
    ]);
    work(&world, "r7", &[("t1", "done", ""), ("youtube", "done", "")]);
    world.request("complaint", "Kim Dahl", "kim@example.dk", "2026-11-15");
    world.ok(&[
        "add",
        "recording",
        "--title",
        say("Anden session", "Second session"),
        "--name",
        "Pia Friis",
        "--email",
        "pia@example.dk",
        "--recorded",
        "2026-10-01",
        "--link-sent",
        "2026-10-05",
        "--copy",
        "zoom-cloud=77/2",
        "--copy",
        "kajabi",
    ]);
    world.ok("resolve v2");
    world.ok(
        "add optout --email ole@example.dk --name 'Ole Bro' --source mail --received 2026-11-16",
    );
    world.ok("resolve n1");
    world
}

/// A letter of the story as `--json` gives it.
fn letter(world: &World, (letter, id, fields): &Told, danish: bool) -> Value {
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, (da, en))| format!("{name}={}", if danish { da } else { en }))
        .collect();
    let mut args = vec!["letter", id, letter];
    for field in &fields {
        args.extend(["--set", field]);
    }
    world.json(&args)
}

fn read_all(danish: bool) {
    let world = story(danish);
    for told in &LETTERS {
        let written = letter(&world, told, danish);
        assert_eq!(
            written["missing"],
            serde_json::json!([]),
            "{told:?}\n{written}"
        );
        assert_eq!(written["type"], told.0);
        let text = format!(
            "{}\n\n{}",
            written["subject"].as_str().unwrap(),
            written["text"].as_str().unwrap()
        );
        let language = written["language"].as_str().unwrap();
        assert_eq!(language, if danish { "da" } else { "en" });
        insta::assert_snapshot!(format!("{}_{language}", told.0), text);
    }
}

#[test]
fn every_letter_reads_well_in_danish() {
    read_all(true);
}

#[test]
fn every_letter_reads_well_in_english() {
    read_all(false);
}

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
