//! The owner's daily work as key strings, and what the store says afterwards: closing, refusing, exporting, entering.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use indsigt::ops::Action as Deed;
use serde_json::{Value, json};

use crate::app::{App, demo, demo_at, id};

// ------------------------------------------------------------------------------------------------------------- closing

#[test]
fn r_closes_a_request_whose_tasks_are_done() {
    let mut app = demo_at("R-2026-0019");
    let row = app.model.list().cursor;
    app.press("r").shows(&["Close – R-2026-0019"]);
    app.lacks(&["Why all the same?"]);
    app.press("<tab>").type_text("Sendt i dag.").press("<c-s>");
    assert_eq!(app.notice(), "R-2026-0019: answered");
    let json = app.json(id("R-2026-0019"));
    assert_eq!(json["status"], "closed");
    assert_eq!(json["outcome"], "answered");
    assert_eq!(json["closed_on"], "2026-11-23");
    assert_eq!(json["closing"]["note"], "Sendt i dag.");
    assert_eq!(json["closing"]["override"], Value::Null);
    // The next one is under the cursor, in the same row.
    assert_eq!(app.model.list().cursor, row);
    assert_ne!(app.selected(), id("R-2026-0019"));
    let last = app.history().pop().unwrap();
    assert_eq!((last.event.as_str(), last.via.word()), ("resolved", "tui"));
}

#[test]
fn r_is_refused_while_tasks_are_open_until_it_is_said_why() {
    let mut app = demo_at("R-2026-0025");
    app.press("r").shows(&["13 tasks are open"]);
    app.press("<c-s>");
    assert!(app.form_error().contains("13 open tasks"));
    app.shows(&["13 open tasks"]);
    assert_eq!(app.json(id("R-2026-0025"))["status"], "in-progress");
    // Blanks say nothing.
    app.press("<tab><space><space><c-s>");
    assert!(!app.form_error().is_empty());
    app.type_text("Hun trak den tilbage i telefonen.");
    app.press("<s-tab><right>");
    let outcome = app.field("outcome");
    app.press("<c-s>");
    let json = app.json(id("R-2026-0025"));
    assert_eq!(json["status"], "closed");
    assert_eq!(json["outcome"], outcome);
    assert_eq!(
        json["closing"]["override"],
        "Hun trak den tilbage i telefonen."
    );
}

#[test]
fn r_on_a_recording_asks_and_names_it() {
    let mut app = demo_at("V-2026-0005");
    app.press("r")
        .shows(&["V-2026-0005", "Maja Søndergaard Iversen"]);
    app.press("n");
    assert!(app.model.dialogs.is_empty());
    assert_eq!(app.json(id("V-2026-0005"))["status"], "open");
    app.press("r<esc>r<c-c>rq?x").press("y");
    let json = app.json(id("V-2026-0005"));
    assert_eq!(json["status"], "closed");
    for copy in json["copies"].as_array().unwrap() {
        assert_ne!(copy["status"], "present", "{copy}");
        assert_eq!(copy["on"], "2026-11-23");
    }
}

#[test]
fn a_recording_that_an_answer_needs_is_closed_only_with_a_reason() {
    let mut app = demo_at("V-2026-0008");
    app.press("r").shows(&["R-2026-0024", "Why all the same?"]);
    app.press("<c-s>").shows(&["must not be deleted yet"]);
    assert_eq!(app.json(id("V-2026-0008"))["status"], "open");
    app.type_text("Hun er spurgt og vil ikke have den.")
        .press("<c-s>");
    let json = app.json(id("V-2026-0008"));
    assert_eq!(json["status"], "closed");
    assert_eq!(
        json["closing"]["override"],
        "Hun er spurgt og vil ikke have den."
    );
}

#[test]
fn a_local_file_is_deleted_only_when_that_is_said() {
    let mut app = demo();
    let file = app.folder().join("session.mp4");
    fs::write(&file, "film").unwrap();
    app.press("3n")
        .type_text("Prøve")
        .press("<tab>")
        .type_text("Bo Bo");
    app.press("<tab><tab><tab><tab>").type_text("2026-11-23");
    app.press("<tab><tab>");
    for _ in 0..10 {
        app.press("<bs>");
    }
    app.type_text(&format!("local={}", file.display()))
        .press("<c-s>");
    let new = app.selected();
    app.press("ry").shows(&["The file is still there"]);
    app.press("n");
    assert!(file.exists());
    assert_eq!(app.json(new)["status"], "open");
    // Somebody decides otherwise while the question is on the screen.
    app.press("ry");
    app.other_does(new, Deed::Note("behold den".into()));
    app.press("y");
    assert!(
        app.notice()
            .contains("changed meanwhile: note added today at 9:30 (command)"),
        "{}",
        app.notice()
    );
    assert!(file.exists());
    app.press("ryy");
    assert!(!file.exists());
    assert_eq!(app.json(new)["status"], "closed", "{}", app.notice());
}

#[test]
fn r_on_an_opt_out_asks_once() {
    let mut app = demo_at("N-2026-0007");
    app.press("r").shows(&["Kirsten Elkjær"]).press("<enter>");
    let json = app.json(id("N-2026-0007"));
    assert_eq!(json["status"], "closed");
    let tasks = json["tasks"].as_array().unwrap();
    assert!(
        tasks.iter().all(|task| task["status"] == "done"),
        "{tasks:?}"
    );
}

#[test]
fn r_on_something_closed_says_when_it_was_closed() {
    let mut app = demo_at("R-2026-0012");
    app.press("r");
    assert!(app.notice().contains("19 October 2026"), "{}", app.notice());
    assert!(app.model.dialogs.is_empty());
}

// ------------------------------------------------------------------------------------------------------------ refusing

#[test]
fn x_is_refused_without_facts_and_kept_with_them() {
    let mut app = demo_at("R-2026-0023");
    let before = app.history().len();
    app.press("x<c-s>");
    assert!(app.form_error().contains("facts"), "{}", app.form_error());
    app.press("<tab>")
        .type_text("Alt for meget arbejde og alt for dyrt, og hun spørger hele tiden.");
    app.press("<c-s>");
    assert!(
        app.form_error().contains("no ground"),
        "{}",
        app.form_error()
    );
    for _ in 0..80 {
        app.press("<bs>");
    }
    let facts = "Samme spørgsmål blev besvaret fuldt ud den 9. juli 2026, og svaret er hentet af hende selv samme dag.";
    app.type_text(facts).press("<c-s>");
    // Something is new since then, so that the burden of proof must be accepted in so many words.
    assert!(
        app.form_error().contains("speak against"),
        "{}",
        app.form_error()
    );
    assert_eq!(app.history().len(), before);
    assert_eq!(app.field("facts"), facts);
    app.press("<tab><right>")
        .shows(&["I accept the burden of proof"])
        .press("<c-s>");
    let json = app.json(id("R-2026-0023"));
    assert_eq!(json["outcome"], "rejected");
    let rejection = &json["rejection"];
    assert_eq!(rejection["ground"], "repetition");
    assert_eq!(rejection["facts"], facts);
    assert_eq!(rejection["burden_accepted"], true);
    assert_eq!(rejection["on"], "2026-11-23");
    assert!(rejection["questions"].as_array().unwrap().len() >= 4);
    assert_eq!(app.history().len(), before + 1);
    // It is shown, too.
    app.go(id("R-2026-0023")).press("<enter>G");
    let shown: Vec<String> = app
        .model
        .detail_rows()
        .into_iter()
        .map(|row| row.text)
        .collect();
    assert!(shown.concat().contains("9. juli 2026"));
}

/// A refusal of this ground, with the cursor in it.
fn refusing_because(ground: &str) -> App {
    let mut app = demo_at("R-2026-0023");
    app.press("x");
    while app.field("ground") != ground {
        app.press("<right>");
    }
    app
}

#[test]
fn a_ground_that_covers_a_part_gives_the_rest_first() {
    for ground in [
        "others-rights",
        "legal-obligation",
        "legal-claims",
        "contract",
    ] {
        let mut app = refusing_because(ground);
        app.shows(&["usually covers only a part", "give the rest (partly met)"]);
        app.lacks(&["Burden of proof"]);
        app.press("<tab><tab>")
            .type_text("De andre i gruppen er med på videoen.");
        app.press("<c-s>")
            .shows(&["Close – R-2026-0023", "carried over"]);
        assert_eq!(app.field("outcome"), "partly-met");
        assert_eq!(app.field("note"), "De andre i gruppen er med på videoen.");
        // It lies where it is now, and no longer where it was.
        let places: Vec<_> = app.drafts().into_iter().map(|it| it.place.form).collect();
        assert_eq!(places, ["resolve"], "{ground}");
        app.press("<tab>")
            .type_text("Resten er sendt.")
            .press("<c-s>");
        let json = app.json(id("R-2026-0023"));
        assert_eq!(
            (&json["outcome"], &json["rejection"]),
            (&json!("partly-met"), &Value::Null)
        );
        assert_eq!(
            json["closing"]["note"],
            "De andre i gruppen er med på videoen."
        );
        assert_eq!(app.drafts(), []);
    }
}

#[test]
fn a_ground_that_covers_a_part_can_carry_a_whole_refusal() {
    let mut app = refusing_because("contract");
    app.press("<tab><right>").shows(&["refuse the whole"]);
    app.press("<tab>")
        .type_text("Alt hører til den kontrakt, der løber endnu.");
    app.press("<c-s>");
    let json = app.json(id("R-2026-0023"));
    assert_eq!(json["rejection"]["ground"], "contract");
    assert_eq!(json["rejection"]["burden_accepted"], false);
    assert!(
        app.notice().contains("u takes the refusal back"),
        "{}",
        app.notice()
    );
}

#[test]
fn what_a_ground_asks_for_goes_with_it() {
    // Accepted for one ground, the burden of proof is not accepted for another.
    let mut app = refusing_because("abuse");
    app.press("<tab><tab><right>")
        .shows(&["I accept the burden"]);
    app.press("<s-tab><s-tab>");
    while app.field("ground") != "not-controller" {
        app.press("<right>");
    }
    app.shows(&["Who is the controller?"]);
    app.lacks(&["Facts:", "only a part", "refuse the whole", "Burden"]);
    app.press("<tab>")
        .type_text("Kajabi er selv dataansvarlig for det konto.");
    app.press("<c-s>");
    let rejection = app.json(id("R-2026-0023"))["rejection"].clone();
    assert_eq!(rejection["ground"], "not-controller");
    assert_eq!(rejection["burden_accepted"], false);
    // Started over it asks for what it asked at first; a draft brings it all back.
    let mut app = refusing_because("contract");
    app.press("<tab><right><esc>x");
    app.shows(&["refuse the whole", "only a part"]);
    app.press("<c-n>y").shows(&["Burden of proof"]);
    app.lacks(&["only a part"]);
}

#[test]
fn x_says_what_can_never_be_refused() {
    for (record, why) in [
        ("R-2026-0020", "can never be refused"),
        ("R-2026-0027", "can never be refused"),
        ("V-2026-0005", "only requests can"),
        ("N-2026-0007", "only requests can"),
        ("R-2026-0012", "closed on"),
    ] {
        let mut app = demo_at(record);
        app.press("x");
        assert!(app.notice().contains(why), "{record}: {}", app.notice());
        assert!(app.model.dialogs.is_empty(), "{record}");
    }
}

// ----------------------------------------------------------------------------------------------------------- exporting

fn export_to(app: &mut App, name: &str) -> PathBuf {
    let path = app.folder().join(name);
    while app.model.dialogs.is_empty() {
        app.press("e");
    }
    // From the first field to the path, and the offered one away.
    app.press("<tab><tab>");
    for _ in 0..app.field("path").chars().count() {
        app.press("<bs>");
    }
    app.type_text(path.to_str().unwrap());
    path
}

#[track_caller]
fn private(path: &std::path::Path) -> Vec<u8> {
    let mode = fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::read(path).unwrap()
}

#[test]
fn e_writes_the_record_as_json() {
    let mut app = demo_at("R-2026-0023");
    app.press("e").shows(&["R-2026-0023.json"]);
    let path = export_to(&mut app, "ét.json");
    app.press("<c-s>");
    assert!(app.notice().contains("ét.json"), "{}", app.notice());
    let written: Value = serde_json::from_slice(&private(&path)).unwrap();
    assert_eq!(written["total"], 1);
    assert_eq!(written["items"][0], app.json(id("R-2026-0023")));
}

#[test]
fn e_writes_the_list_as_csv() {
    let mut app = demo_at("R-2026-0023");
    app.press("e<right><tab><right><s-tab>");
    assert_eq!(
        (app.field("scope"), app.field("format")),
        ("list".into(), "csv".into())
    );
    let path = export_to(&mut app, "liste.json");
    app.press("<enter>");
    assert!(!path.exists(), "the name says what is in it");
    let bytes = private(&path.with_extension("csv"));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(&reader.headers().unwrap()[0], "id");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), app.model.list().total);
    let row = rows.iter().find(|row| &row[0] == "R-2026-0025").unwrap();
    assert_eq!(&row[5], "Siobhán O'Connell");
}

#[test]
fn e_takes_the_marked_ones() {
    let mut app = demo();
    app.press("2<space><space><space>e")
        .shows(&["the 3 chosen cases"]);
    let path = export_to(&mut app, "tre.json");
    app.press("<c-s>");
    let written: Value = serde_json::from_slice(&private(&path)).unwrap();
    assert_eq!(written["items"].as_array().unwrap().len(), 3);
    assert!(app.model.marked.is_empty());
}

#[test]
fn e_writes_the_package_for_the_person() {
    let mut app = demo_at("R-2026-0023");
    // Backwards from JSON to the last of the formats, the package as one file.
    app.press("e<tab><left>");
    assert_eq!(app.field("format"), "package-zip");
    app.press("<s-tab>");
    let path = export_to(&mut app, "svar.json");
    app.press("<c-s>");
    assert!(!path.exists(), "the name says what is in it");
    let zip = private(&path.with_extension("zip"));
    assert!(zip.starts_with(b"PK"), "{}", app.notice());
    // A recording is no request.
    let mut app = demo_at("V-2026-0005");
    app.press("e<tab><left>");
    assert_eq!(app.field("format"), "ics");
}

#[test]
fn an_export_that_cannot_be_written_keeps_the_form() {
    let mut app = demo_at("R-2026-0023");
    let path = export_to(&mut app, "findes/ikke/x.json");
    app.press("<c-s>");
    assert!(app.form_error().contains("x.json"), "{}", app.form_error());
    assert_eq!(app.field("path"), path.to_str().unwrap());
    // Without a name there is nothing to write to.
    for _ in 0..path.to_str().unwrap().chars().count() {
        app.press("<bs>");
    }
    app.press("<c-s>").shows(&["Must be filled in"]);
}

// ---------------------------------------------------------------------------------------------------------- new records

#[test]
fn n_enters_a_request() {
    let mut app = demo();
    app.press("2n<right><right><tab>").type_text("Åse Ælund");
    app.press("<tab>")
        .type_text("aase@example.dk, aase2@example.dk");
    app.press("<tab>");
    for _ in 0..10 {
        app.press("<bs>");
    }
    app.type_text("20.11.2026").press("<tab><right><tab><tab>");
    app.type_text("Slet mig.")
        .press("<enter>")
        .type_text("Hilsen Åse")
        .press("<c-s>");
    // It is shown at once.
    let new = app.selected();
    assert_eq!(new, id("R-2026-0032"));
    let json = app.json(new);
    assert_eq!(
        json["person"],
        json!({"name": "Åse Ælund", "emails": ["aase@example.dk", "aase2@example.dk"]})
    );
    assert_eq!(json["kind"], "erasure");
    assert_eq!(json["received_on"], "2026-11-20");
    assert_eq!(json["due"], "2026-12-21");
    assert_eq!(json["channel"], "form");
    assert_eq!(json["message"], "Slet mig.\nHilsen Åse");
    app.shows(&["R-2026-0032"]);
}

#[test]
fn n_enters_a_recording() {
    let mut app = demo();
    app.press("3n")
        .type_text("Privat session: prøve")
        .press("<tab>")
        .type_text("Bo Bo");
    app.press("<tab>")
        .type_text("bo@example.dk")
        .press("<tab><tab><right><tab>");
    app.type_text("i dag").press("<tab><tab>");
    app.type_text("=https://zoom.example/1, kajabi")
        .press("<enter>");
    let json = app.json(id("V-2026-0013"));
    assert_eq!(app.selected(), id("V-2026-0013"), "{}", app.form_error());
    assert_eq!(json["title"], "Privat session: prøve");
    assert_eq!(json["form"], "group");
    assert_eq!(json["link_sent_on"], "2026-11-23");
    assert_eq!(json["due"], "2026-12-21");
    let copies: Vec<_> = json["copies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|copy| (&copy["place"], &copy["locator"]))
        .collect();
    assert_eq!(
        copies,
        [
            (&json!("zoom-cloud"), &json!("https://zoom.example/1")),
            (&json!("kajabi"), &Value::Null)
        ]
    );
}

#[test]
fn n_enters_an_opt_out() {
    let mut app = demo();
    app.press("4n")
        .type_text("Ny@Example.DK")
        .press("<enter><enter><enter><right><c-s>");
    let json = app.json(app.selected());
    assert_eq!(json["email"], "Ny@Example.DK");
    assert_eq!(json["source"], "link");
    assert_eq!(json["received_on"], "2026-11-23");
}

#[test]
fn n_says_what_is_wrong_and_keeps_the_rest() {
    let mut app = demo();
    app.press("2n<c-s>")
        .shows(&["A name or an address is missing"]);
    app.press("<tab><tab>")
        .type_text("nonsense")
        .press("<c-s>")
        .shows(&["“nonsense” is not a mail address"]);
    app.press("<tab>")
        .type_text("x")
        .press("<c-s>")
        .shows(&["There is no such date"]);
    assert_eq!(app.field("email"), "nonsense");
    assert_eq!(app.model.list().total, 33);
    for (tab, form) in [
        ("1", "New request"),
        ("2", "New request"),
        ("3", "New recording"),
        ("4", "New opt-out"),
        ("5", "New request"),
    ] {
        app.press("<esc>").press(tab).press("n").shows(&[form]);
    }
}

// --------------------------------------------------------------------------------------------------------------- marks

#[test]
fn marked_ones_are_closed_together_and_undone_together() {
    let mut app = demo();
    app.press("4")
        .go(id("N-2026-0006"))
        .press("<space><space>r")
        .shows(&["2 of 2", "N-2026-0006", "N-2026-0007"]);
    app.press("y");
    assert_eq!(app.notice(), "2 cases closed");
    for record in ["N-2026-0006", "N-2026-0007"] {
        assert_eq!(app.json(id(record))["status"], "closed");
    }
    assert!(app.model.marked.is_empty());
    app.press("u");
    for record in ["N-2026-0006", "N-2026-0007"] {
        assert_eq!(app.json(id(record))["status"], "open", "{}", app.notice());
    }
}

#[test]
fn of_the_marked_ones_those_that_may_be_closed_are() {
    let mut app = demo_at("R-2026-0019");
    app.press("<space>").go(id("R-2026-0025")).press("<space>r");
    app.shows(&["1 of 2", "R-2026-0019", "R-2026-0025 has 13 open tasks"])
        .press("y");
    assert_eq!(app.json(id("R-2026-0019"))["status"], "closed");
    assert_eq!(app.json(id("R-2026-0025"))["status"], "in-progress");
}

#[test]
fn marks_that_the_list_does_not_show_are_named_before_they_are_closed() {
    let mut app = demo_at("R-2026-0019");
    app.press("<space>/siobhan<enter>r");
    app.shows(&["1 of 1", "R-2026-0019", "Bodil Nygaard"]);
    app.press("n<space>r");
    app.shows(&["1 of 2", "R-2026-0019", "R-2026-0025 has 13"]);
    app.press("<esc>");
    // Space takes a mark away again, and Esc all of them, after the search.
    app.press("<esc>").go(id("R-2026-0019")).press("<space>");
    assert_eq!(app.model.marked.len(), 1);
    app.press("<esc>");
    assert!(app.model.marked.is_empty());
}

// ---------------------------------------------------------------------------------------------------------------- dates

#[test]
fn a_date_says_which_day_it_is_and_what_follows_while_it_is_typed() {
    let mut app = demo();
    app.press("2n<tab><tab><tab>");
    app.shows(&["Monday 23 November 2026 – answer by Wednesday 23 December 2026"]);
    let clear = "<end><bs><bs><bs><bs><bs><bs><bs><bs><bs><bs><bs><bs>";
    for (typed, day, due) in [
        (
            "fredag",
            "Friday 20 November 2026",
            "Monday 21 December 2026",
        ),
        (
            "22/11",
            "Sunday 22 November 2026",
            "Tuesday 22 December 2026",
        ),
        ("-3d", "Friday 20 November 2026", "Monday 21 December 2026"),
    ] {
        app.press(clear).type_text(typed);
        app.shows(&[&format!("{day} – answer by {due}")]);
    }
    // A withdrawal is acted on at once.
    app.press("<s-tab><s-tab><s-tab><right>");
    app.shows(&["plan for Friday 20 November 2026"]);
    app.press("<tab><tab><tab>").press(clear).type_text("snart");
    app.lacks(&["answer by"]);
    // What cannot be read is said at the field, when it is saved.
    app.press("<s-tab><s-tab>").type_text("Ida Bo");
    app.press("<tab>")
        .type_text("ida@bo.example")
        .press("<c-s>");
    assert!(app.form_error().contains("date"), "{}", app.form_error());
    app.press(clear).type_text("i går").press("<c-s>");
    let made = app.selected();
    assert_eq!(app.json(made)["received_on"], "2026-11-22");
}

#[test]
fn until_is_meant_forwards() {
    let mut app = demo_at("V-2026-0005");
    app.press("w").type_text("24/12");
    app.shows(&["Thursday 24 December 2026"]);
    let mut app = demo_at("R-2026-0025");
    app.press("H")
        .type_text("Klagesag")
        .press("<tab>")
        .type_text("fredag");
    app.shows(&["Friday 27 November 2026"]);
}
