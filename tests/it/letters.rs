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
#[expect(clippy::too_many_lines, reason = "a story is told in one go")]
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
