//! The screen line by line (`--plain`), through a pipe; `plain_terminals` has it on a terminal that can do nothing.
//!
//! What is done here is compared with what the commands make of the same day, and everything that is said is looked at
//! byte by byte: no control character but the end of a line ever goes out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::hostile::{full as hostile_world, harmless};
use crate::world::{Output, World, text};

/// A morning's work: requests, a recording whose time has come, an opt-out.
pub(crate) fn morning() -> World {
    let world = World::danish();
    world.access("2026-10-23");
    world.request("erasure", "Bodil Nygård", "bodil@example.dk", "2026-11-20");
    world.ok(
        "add recording --title 'Første session' --name 'Bo Lind' --email bo@example.dk \
            --recorded 2026-10-20 --link-sent 2026-10-23 --copy zoom-cloud=88/1 --copy youtube",
    );
    world.ok("add optout --email ida@example.dk --source link --received 2026-11-20");
    world.configure("[controller]\nname = \"Anne Kok\"\nemail = \"anne@example.dk\"\n");
    world
}

/// What the line by line mode says to these lines, with no byte in it that steers a terminal.
#[track_caller]
pub(crate) fn round(world: &World, lines: &[&str]) -> Output {
    let output = world.run_with("--plain", lines.join("\n") + "\n");
    assert_eq!(output.code, 0, "{output}");
    assert_eq!(output.stderr, "", "{output}");
    assert_plain(&output.stdout);
    output
}

#[track_caller]
pub(crate) fn assert_plain(said: &str) {
    harmless("--plain", said);
    let control = said.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(control, None, "{said}");
    assert!(!said.contains('⟦'), "a text is missing:\n{said}");
}

#[track_caller]
pub(crate) fn assert_says(output: &Output, parts: &[&str]) {
    let mut rest = output.stdout.as_str();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("“{part}” is not said (here) in:\n{output}");
        };
        rest = after;
    }
}

/// The records as they would be whenever they were made: instants are taken out.
fn records(world: &World) -> Value {
    fn timeless(value: &mut Value) {
        match value {
            Value::String(text) if chrono::DateTime::parse_from_rfc3339(text).is_ok() => {
                "an instant".clone_into(text);
            }
            Value::Array(values) => values.iter_mut().for_each(timeless),
            Value::Object(fields) => fields.values_mut().for_each(timeless),
            _ => {}
        }
    }
    let mut records = serde_json::from_str(&world.records()).unwrap();
    timeless(&mut records);
    records
}

/// What happened to which record, in its order.
fn events(world: &World) -> Vec<String> {
    let history = world.json("history --limit 100000");
    let entries = history["entries"].as_array().unwrap();
    let event = |entry: &Value| format!("{} {}", entry["id"], entry["event"]);
    entries.iter().map(event).collect()
}

/// A day's work in Danish, with slips.
const DAY: &[&str] = &[
    // The recording is the first, and overdue; then the request.
    "1",
    "note ring til Bo",
    "luk",
    "måske",
    "ja",
    "søg mette",
    "1",
    "færdig kajabi, 2",
    "opgave 3 beholdt",
    "bogføring",
    "",
    "",
    "ja",
    "opgave stripe intet registreret",
    "",
    "",
    "ja",
    "quux",
    "færdig 99",
    "r",
    "besvaret",
    "resten er sendt",
    "med posten",
    "",
    "",
    "ja",
    "u",
    "d",
    "tredive mails i fire systemer",
    "",
    "i dag",
    ".gem",
    "n2026-1",
    "færdig 1 2 3",
    "luk",
    "j",
    "17",
    "ny afmelding",
    "ole@example.dk",
    "Ole",
    "",
    "telefon",
    "",
    "i dag",
    "slut",
];

/// The same by commands.
const SAME_DAY: &[&str] = &[
    "note v1 'ring til Bo'",
    "resolve v1",
    "task r1 kajabi done",
    "task r1 2 done",
    "task r1 3 kept --note bogføring",
    "task r1 stripe nothing-held",
    "resolve r1 --outcome answered --override 'resten er sendt\nmed posten'",
    "undo",
    "extend r1 --reason 'tredive mails i fire systemer'",
    "task n1 1 done",
    "task n1 2 done",
    "task n1 3 done",
    "resolve n1",
    "add optout --email ole@example.dk --name Ole --source phone",
];

/// What is said to it, in this order.
const SAID: &[&str] = &[
    "søndag den 22. november 2026\n",
    "Overskredet: 1",
    "1. Overskredet, 2 dage over fristen: Bo Lind, optagelse, V-2026-0001. Slet: zoom-cloud\n",
    "Skriv et nummer for at åbne en sag.",
    "V-2026-0001  Første session\n",
    "Kopi 1: zoom-cloud – findes",
    "V-2026-0001: note tilføjet",
    "Er alle kopier af optagelsen slettet",
    "V-2026-0001  Bo Lind  Første session\n",
    "ja eller nej > \nja eller nej > \nV-2026-0001: lukket\n",
    "1 fundet\n",
    "Opgave 1: Søg i Kajabi (udført)\n",
    "»quux« er ikke en kommando.\n",
    "Der er intet nummer »99« i sagen; det sidste er 14.\n",
    "R-2026-0001: besvaret",
    "Fortrudt: lukket (R-2026-0001)\n",
    "R-2026-0001: svarfrist forlænget",
    "Er adressen fjernet overalt?\n",
    "N-2026-0001: lukket\n",
    "Der er intet nummer 17; listen",
    "N-2026-0002",
];

#[test]
fn a_whole_round_in_danish_is_what_the_commands_make_of_it() {
    let (plain, commands) = (morning(), morning());
    let output = round(&plain, DAY);
    for command in SAME_DAY {
        let done = commands.run(*command);
        assert_eq!(done.code, 0, "{command}\n{done}");
    }
    assert_eq!(records(&plain), records(&commands));
    assert_eq!(events(&plain), events(&commands));
    assert_says(&output, SAID);
}

#[test]
fn the_end_of_the_input_in_a_form_keeps_what_was_said_and_does_nothing_else() {
    let world = morning();
    let before = world.everything();
    for (lines, kept) in [
        // In the middle of a long text, and between two fields.
        (&["r1", "note", "halvt skrevet"][..], "halvt skrevet"),
        (&["r1", "luk", "3"][..], "nothing-held"),
        (&["r1", "forlæng fordi"][..], "fordi"),
    ] {
        let output = round(&world, lines);
        assert_says(&output, &["Teksten er gemt som kladde"]);
        assert_eq!(world.everything(), before, "{lines:?}");
        let again = round(&world, &["r1", lines[1].split(' ').next().unwrap(), "."]);
        assert_says(
            &again,
            &["kladde", "Kladde fra i dag", ".forfra begynder forfra"],
        );
        if kept != "nothing-held" {
            assert_says(&again, &[kept]);
        }
    }
    // In a question that destroys: nothing.
    let output = round(&world, &["v1", "luk"]);
    assert_says(&output, &["ja eller nej > \n"]);
    assert_eq!(world.everything(), before);
    // Started over, the draft is gone.
    let output = round(&world, &["r1", "note", ".forfra", "ja", "helt ny", ""]);
    assert_says(&output, &["Kassér", "note tilføjet"]);
    let notes = &world.json("show r1")["notes"];
    assert_eq!(notes[0]["text"], "helt ny", "{notes}");
}

#[test]
fn a_draft_is_not_lost_to_what_stands_behind_the_command() {
    let world = morning();
    let output = round(&world, &["r1", "note", "halvt skrevet", "."]);
    assert_says(&output, &["Teksten er gemt som kladde"]);
    let output = round(&world, &["r1", "note helt andet", "", "u", "nej"]);
    assert_says(
        &output,
        &[
            "er ikke brugt, for her ligger en kladde",
            "halvt skrevet",
            "note tilføjet",
            "Fortrudt",
        ],
    );
    // What the command line did is not undone without a word.
    world.ok("note r1 derude");
    let before = world.everything();
    let output = round(&world, &["u", "", "nej"]);
    assert_says(
        &output,
        &[
            "R-2026-0001 (kommando)",
            "ja eller nej > \n",
            "Intet er ændret.",
        ],
    );
    assert_eq!(world.everything(), before);
    let output = round(&world, &["u", "ja"]);
    assert_says(&output, &["Fortrudt: note tilføjet (R-2026-0001)"]);
}

#[test]
fn nothing_is_destroyed_without_a_yes() {
    let world = morning();
    let file = world.write("optagelser/bo.mp4", "x");
    world.ok(&[
        "add",
        "recording",
        "--title",
        "Anden",
        "--name",
        "Bo",
        "--recorded",
        "2026-10-20",
        "--link-sent",
        "2026-10-22",
        "--copy",
        &format!("local={file}"),
    ]);
    let before = world.everything();
    for answer in ["nej", "n", "."] {
        let output = round(&world, &["v2", "luk", answer, "færdig 1", answer]);
        assert_says(&output, &["Intet er ændret.", &file, "Intet er ændret."]);
        assert_eq!(world.everything(), before, "{answer}");
    }
    let output = round(&world, &["v2", "færdig local", "ja", "hak 1", "hak 1"]);
    assert_says(&output, &["allerede"]);
    assert!(!fs::exists(&file).unwrap());
    let copy = &world.json("show v2")["copies"][0];
    assert_eq!(copy["status"], "purged", "{copy}");
}

#[test]
fn rules_refuse_with_the_next_step_in_words_of_this_mode() {
    let world = morning();
    world.request("objection", "Kaj", "kaj@example.dk", "2026-11-20");
    let mail = "From: Nyt <nyt@example.dk>\nList-Id: <nyt.example.dk>\nSubject: Tilbud\n\nKom til webinar.\n";
    let mail = world.write("nyt.eml", mail);
    world.ok(&["import", "mail", &mail]);
    let before = world.everything();
    let output = round(
        &world,
        &[
            "r",
            "filter",
            "99",
            "k",
            "r-2026-0099",
            "m1",
            "r3",
            "x",
            "w",
            "b",
            "færdig",
            "C",
            "y",
            "rapport",
            "report",
            "mark 1",
            "retur",
            "r1",
            "luk",
            "",
            "",
            "",
            "",
            ".",
        ],
    );
    assert_says(
        &output,
        &[
            "Ingen sag er åben.\nSkriv først dens nummer",
            "Skriv først »anmodninger«",
            "Der er intet nummer 99; listen, der sidst blev læst op, går til 4.",
            "Der er ingen sag før denne",
            "r-2026-0099",
            "»søg« finder sager",
            "er ingen sag.\n»indsigt list aside«",
            "kan aldrig afvises",
            "er ikke en optagelse",
            "er ikke lukket",
            "Skriv nummeret på opgaven",
            "»optagelser« siger slettedagene",
            "Udklipsholderen hører til skærmbilledet",
            "»rapport« er ikke en kommando",
            "indsigt report",
            "indsigt resolve ID ID",
            "Der er ikke sprunget",
            "14 åbne opgaver",
            "skriv, hvorfor der lukkes, under »Hvorfor alligevel?«",
        ],
    );
    assert_eq!(world.everything(), before);
}

#[test]
fn help_says_what_works_here_and_why_the_rest_does_not() {
    let world = morning();
    let output = round(&world, &["?", "hjælp luk", "v1", "?", "hjælp x"]);
    assert_says(
        &output,
        &[
            "Et nummer eller et id: åbn den sag",
            "Når en sag er åben: opgave, luk (r), afvis (x)",
            "copy (y): findes ikke her.",
            "luk (r): Luk",
            "luk (r): Luk (optagelse",
            "forlæng (d): Forlæng svarfristen – ikke nu: ",
            "afvis (x): Afvis som urimelig – ikke nu: ",
        ],
    );
    let english = World::new();
    let output = round(&english, &["help", "q", "never heard"]);
    assert_says(
        &output,
        &[
            "Welcome to indsigt",
            "new: enter the first request",
            "indsigt demo: try it",
            "quit (q)",
            "When a case is open: ",
        ],
    );
    assert!(!output.stdout.contains("never"), "{output}");
}

#[test]
fn letters_are_read_filed_and_marked_as_sent() {
    let world = morning();
    let output = round(
        &world,
        &[
            "r1",
            "brev kvittering",
            "2",
            "Tak for din mail",
            "",
            "tekst",
            "kvit.txt",
            "ja",
            "",
            "sendt: mail",
            "",
            "ja",
        ],
    );
    assert_says(
        &output,
        &[
            "1. Til: mette@example.dk",
            "3. Brevet:\nKære Mette Hansen",
            "Sagsnummer: R-2026-0001",
            "Tom linje: videre",
            "Brevet er gemt i kvit.txt",
            "R-2026-0001: brev sendt",
        ],
    );
    let letter = fs::read_to_string(world.path("kvit.txt")).unwrap();
    assert!(letter.contains("Tak for din mail"), "{letter}");
    let letters = &world.json("show r1")["letters"];
    assert_eq!(letters[0]["type"], "receipt", "{letters}");
    assert!(!output.stdout.contains("udklipsholder"), "{output}");
}

#[test]
fn one_finds_ones_way_by_words_numbers_and_ids() {
    let world = morning();
    world.request("erasure", "Mette Hansen", "mette@example.dk", "2026-11-19");
    for n in 0..12 {
        let name = format!("Person {n}");
        world.request("access", &name, &format!("p{n}@example.dk"), "2026-11-01");
    }
    let output = round(
        &world,
        &[
            "anmodninger",
            "mere",
            "mere",
            "15",
            "tilbage",
            "f sletning",
            "sortér navn",
            "j",
            "j",
            "k",
            "j",
            "j",
            "liste",
            "optag",
            "afm",
            "historik",
            "i dag",
            "R1",
            "spring",
            "",
            "retur",
            "historik",
            "vis r2",
            "afmeldinger",
            "/nygaard",
            "idag",
        ],
    );
    assert_says(
        &output,
        &[
            "Anmodninger: 15\n1. ",
            "10. ",
            "5 mere: »mere«.",
            "11. ",
            "15. ",
            "Det var den sidste",
            "Listen viser: Sletning",
            "Listen viser: Sletning · Efter navn",
            "1. Senere",
            "Bodil Nygård",
            "R-2026-0002  Anmodning om sletning",
            "R-2026-0003  Anmodning om sletning",
            "R-2026-0002  Anmodning om sletning",
            "R-2026-0003  Anmodning om sletning",
            "Det var den sidste",
            "Optagelser: 1",
            "Nyhedsbrev: 1",
            "Historik: ",
            "Overskredet: ",
            "R-2026-0001  Anmodning om indsigt",
            "1. R-2026-0003",
            "R-2026-0003  Anmodning om sletning",
            "R-2026-0001  Anmodning om indsigt",
            "R-2026-0001: Modtaget (kommando)",
            "R-2026-0002  Anmodning om sletning",
            "Nyhedsbrev: 1",
            "1 fundet",
            "Overskredet: ",
        ],
    );
}

#[test]
fn read_only_changes_nothing_and_says_so() {
    let world = morning();
    let before = world.everything();
    let output = world.run_with(
        "--plain --read-only",
        "r1\no hej\nfærdig 1\nu\nny\nL\nvis\n",
    );
    assert_eq!(output.code, 0, "{output}");
    assert_plain(&output.stdout);
    assert_says(
        &output,
        &[
            "Intet kan ændres.",
            "--read-only",
            "--read-only",
            "--read-only",
            "--read-only",
            "Start",
            "Opgaver (0/14)",
        ],
    );
    assert_eq!(world.everything(), before);
}

#[test]
fn what_the_locale_has_no_letters_for_is_said_in_ascii() {
    let world = morning();
    let mut command = world.command("--plain --language da");
    command.env("LANG", "C");
    // As a Latin-1 terminal types it.
    let input = b"s\xf8g nyg\xe5rd\n1\nvis\n?\nf\xe6rdig 1\n";
    let output = crate::world::finish(command, Some(input));
    assert_eq!(output.code, 0, "{output}");
    assert!(output.stdout.is_ascii(), "{output}");
    assert_plain(&output.stdout);
    assert_says(
        &output,
        &[
            "1 fundet",
            "Bodil Nygaard",
            "Opgave 1: Slet i Kajabi (udfoert)",
        ],
    );
}

#[test]
fn hostile_texts_are_said_clean() {
    let world = hostile_world();
    let count = world.json("list --any")["total"].as_u64().unwrap();
    let mut lines = vec!["requests".to_owned(), "optouts".to_owned(), "?".to_owned()];
    for n in 1..=count {
        lines.extend([
            format!("r{n}"),
            "show".into(),
            "t".into(),
            String::new(),
            ".".into(),
        ]);
        lines.extend([format!("n{n}"), "show".into(), "history".into()]);
    }
    lines.push("search \u{1b}]52;c;aGVq\u{7}\u{9b}2J\u{202e}x".to_owned());
    lines.push("\u{1b}[2J\u{9b}31m".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let output = round(&world, &lines);
    assert_says(&output, &["R-2026-0001", "is no command"]);
}

/// What a hand may type.
const LINES: [&str; 62] = [
    "1",
    "2",
    "3",
    "5",
    "9",
    "12",
    "0",
    "99",
    "",
    "",
    "",
    "",
    ".",
    ".",
    ".gem",
    ".tilbage",
    ".forfra",
    ".x",
    "..",
    "-",
    "ja",
    "ja",
    "j",
    "nej",
    "?",
    "vis",
    "tilbage",
    "luk",
    "r",
    "x",
    "n",
    "ny anmodning",
    "ny 3",
    "note hej",
    "o",
    "t",
    "brev svar",
    "færdig 1",
    "færdig 1 2 3",
    "opgave 2",
    "opgave 1 spurgt",
    "d",
    "i",
    "a",
    "l",
    "D",
    "w",
    "c",
    "b",
    "S",
    "M",
    "H",
    "E",
    "søg an",
    "f",
    "s",
    "J",
    "retur",
    "u",
    "gentag",
    "næste",
    "i dag",
];

/// Words, numbers and nonsense in any order: whatever was meant, the store and its history agree afterwards, nothing steers
/// the terminal, and an answer that was wanted is never taken for a defect.
#[test]
fn whatever_is_typed_in_whatever_order_is_survived() {
    let world = World::danish();
    let store = text(&world.store());
    fs::create_dir_all(world.store().parent().unwrap()).unwrap();
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(world.store().parent().unwrap(), private).unwrap();
    world.ok(&["demo", "--fill", &store]);
    let before = events(&world).len();
    // Knuth's multiplier: the same lines every time.
    let mut random: u64 = 7;
    let mut lines = Vec::new();
    for _ in 0..800 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let at = usize::try_from(random >> 33).unwrap() % LINES.len();
        lines.push(LINES[at]);
    }
    let output = round(&world, &lines);
    assert_says(&output, &["> "]);
    world.ok("verify");
    assert!(events(&world).len() > before + 10, "nothing was done");
}

#[test]
fn it_is_for_the_screen_and_ends_as_the_program_ends() {
    let world = World::new();
    for args in [
        "--plain due",
        "--plain --json",
        "--plain demo --fill x.redb",
    ] {
        let told = world.fails(2, args);
        assert!(told.contains("--plain"), "{args}: {told}");
    }
    assert!(world.ok("--help").contains("--plain"));
    assert!(World::danish().ok("man").contains("linje for linje"));
    let output = world.run_with("--plain demo", "2\nq\n");
    assert_eq!(output.code, 0, "{output}");
    assert_plain(&output.stdout);
    // The variable is for terminals: a script gets what it always got.
    world.access("2026-10-23");
    let output = world.run_in(&[("INDSIGT_PLAIN", "1")], "");
    assert_eq!(output.stdout, world.ok("due") + "\n");
    // Nobody listens: that is no failure.
    let mut command = world.command("--plain");
    command.stdin(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    drop(child.stdin.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    fs::write(world.store(), "no store at all").unwrap();
    let output = world.run_with("--plain", "1\n");
    assert_eq!((output.code, output.stdout.as_str()), (65, ""), "{output}");
}
