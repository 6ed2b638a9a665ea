//! Letters on the screen: choosing one, reading and changing it, and what becomes of it.

use std::fs;

use indsigt::i18n::Language;
use indsigt::tui::editor::EditorFault;
use indsigt::tui::msg::Msg;

use crate::app::{App, LARGE, SMALL, Start, id, today};
use crate::screens::picture;

/// An open request for access, with most of its tasks open.
const OPEN: &str = "R-2026-0025";
/// A request for rectification, with all tasks done.
const READY: &str = "R-2026-0019";

fn signed(language: Language, size: (u16, u16)) -> App {
    let start = Start {
        signed: true,
        ..Start::new(language, size, today())
    };
    start.demo()
}

#[track_caller]
fn at(record: &str) -> App {
    let mut app = signed(Language::En, SMALL);
    let record = id(record);
    app.press("2");
    app.go(record);
    app
}

/// Puts the cursor of the picker on this line, and takes it.
#[track_caller]
fn pick(app: &mut App, words: &str) {
    for _ in 0..20 {
        let line = app.line_with(words);
        if app.picked().contains(words) {
            app.press("<enter>");
            return;
        }
        assert!(!line.is_empty());
        app.press("j");
    }
    panic!("never on {words}");
}

/// Chooses what is to be done with the letter.
#[track_caller]
fn way(app: &mut App, way: &str) {
    app.press("<c-s>");
    for _ in 0..20 {
        if app.field("way") == way {
            return;
        }
        app.press("<right>");
    }
    panic!("no way {way}");
}

#[test]
fn screens_of_letters() {
    for language in [Language::Da, Language::En] {
        for size in [SMALL, LARGE] {
            let mut app = signed(language, size);
            app.press("2");
            app.go(id(READY));
            app.press("t");
            picture("letter_types", &app);
            app.press("<enter>");
            picture("letter", &app);
            app.press("<c-s>");
            picture("letter_goes", &app);
        }
    }
}

#[test]
fn t_reads_changes_and_marks_as_sent_and_closes_in_one_change() {
    let mut app = at(READY);
    app.press("t").shows(&["Answer (comes next)"]);
    app.press("<enter>")
        .shows(&["Answer – R-2026-0019", "To: bodil"]);
    app.type_text("PS: tak. ");
    app.lacks(&["This letter lacks"]);
    way(&mut app, "letter");
    app.shows(&["Close the case: yes, the person has her answer"]);
    let before = app.history().len();
    app.press("<c-s>");
    assert_eq!(app.notice(), "R-2026-0019: letter sent (answered)");
    assert!(app.model.dialogs.is_empty());
    let json = app.json(id(READY));
    assert_eq!(json["status"], "closed");
    assert_eq!(json["outcome"], "answered");
    let sent = &json["letters"][0];
    assert_eq!(sent["type"], "answer");
    assert_eq!(sent["channel"], "letter");
    assert_eq!(sent["on"], "2026-11-23");
    assert!(sent["text"].as_str().unwrap().starts_with("PS: tak. "));
    // One step back takes all of it.
    assert!(app.history().len() > before);
    app.press("u");
    let json = app.json(id(READY));
    assert_eq!(json["letters"].as_array().unwrap().len(), 0);
    assert_eq!(json["closed_on"], serde_json::Value::Null);
    assert_eq!(app.drafts(), []);
}

#[test]
fn a_letter_that_lacks_something_says_so_while_it_is_changed_and_is_not_marked_sent() {
    let mut app = at(READY);
    app.press("t<enter>").lacks(&["lacks"]);
    app.send(Msg::Edited(Ok("Kære Bodil. Svaret er ja.".into())));
    app.shows(&["lacks", "where to complain"]);
    way(&mut app, "mail");
    app.press("<c-s>");
    assert!(
        app.form_error().contains("where to complain"),
        "{}",
        app.form_error()
    );
    assert_eq!(app.json(id(READY))["letters"].as_array().unwrap().len(), 0);
    // Back in the letter, nothing is lost.
    app.press("<esc>")
        .shows(&["Answer – R-2026-0019", "Svaret er ja."]);
}

#[test]
fn the_letter_of_an_extension_extends() {
    let mut app = at(OPEN);
    app.press("t");
    pick(&mut app, "Extension");
    app.shows(&["This the case does not know"]);
    app.press("<c-s>");
    assert!(!app.form_error().is_empty());
    app.type_text("Eight group sessions with other participants");
    app.press("<c-s>").shows(&["Eight group sessions"]);
    way(&mut app, "mail");
    app.press("<c-s>");
    let json = app.json(id(OPEN));
    assert_eq!(
        json["extension"]["reason"],
        "Eight group sessions with other participants"
    );
    assert_eq!(json["extension"]["notified_on"], "2026-11-23");
    assert_eq!(json["letters"][0]["type"], "extension");
    assert_eq!(app.drafts(), [], "what was written for it goes with it");
}

#[test]
fn the_letter_of_a_refusal_refuses_when_it_goes_and_not_before() {
    let facts = "The same question came on 3 March and on 9 June and was answered in full both times; \
                 nothing was added to the records since then.";
    let mut app = at(OPEN);
    app.press("t");
    pick(&mut app, "Refusal");
    app.shows(&["Refusal by letter – R-2026-0025"]);
    app.press("<tab>")
        .type_text(facts)
        .press("<tab><right><c-s>");
    app.shows(&["Refusal – R-2026-0025"]);
    assert_eq!(app.json(id(OPEN))["rejection"], serde_json::Value::Null);
    // Left for now: nothing is refused, and the reasons are not lost.
    app.press("<esc>");
    assert_eq!(app.json(id(OPEN))["status"], "in-progress");
    app.press("t");
    pick(&mut app, "Refusal");
    assert_eq!(app.field("facts"), facts);
    app.press("<c-s>");
    way(&mut app, "mail");
    app.press("<c-s>");
    assert_eq!(app.form_error(), "");
    let json = app.json(id(OPEN));
    assert_eq!(json["status"], "closed");
    assert_eq!(json["outcome"], "rejected");
    assert_eq!(json["rejection"]["facts"], facts);
    assert_eq!(json["letters"][0]["type"], "refusal");
    assert_eq!(app.drafts(), []);
    app.press("u");
    let json = app.json(id(OPEN));
    assert_eq!(json["rejection"], serde_json::Value::Null);
}

#[test]
fn a_letter_is_copied_and_written_to_files_and_has_not_gone() {
    let mut app = at(READY);
    app.press("t<enter>");
    let text = app.field("text");
    way(&mut app, "copy");
    app.press("<c-s>").shows(&["Answer – R-2026-0019"]);
    let copied = app.copied.last().unwrap();
    assert!(
        copied.ends_with(&text) && copied.contains("[R-2026-0019]"),
        "{copied}"
    );
    let folder = tempfile::tempdir().unwrap();
    for (as_what, ending) in [("text", "txt"), ("eml", "eml")] {
        way(&mut app, as_what);
        app.press("<tab>");
        while !app.field("path").is_empty() {
            app.press("<bs>");
        }
        let path = folder.path().join("svar.txt");
        app.type_text(path.to_str().unwrap()).press("<c-s>");
        let written = fs::read_to_string(folder.path().join(format!("svar.{ending}"))).unwrap();
        assert!(written.contains("R-2026-0019"), "{written}");
        assert!(
            app.notice().contains("It was not sent yet"),
            "{}",
            app.notice()
        );
        app.shows(&["Answer – R-2026-0019"]);
    }
    assert_eq!(app.json(id(READY))["letters"].as_array().unwrap().len(), 0);
}

#[test]
fn a_letter_without_an_address_goes_by_post_and_not_by_mail() {
    let mut app = at(READY);
    app.press("t<enter><tab>");
    while !app.field("to").is_empty() {
        app.press("<del>");
    }
    for by_mail in ["mail", "eml"] {
        way(&mut app, by_mail);
        app.press("<c-s>");
        assert!(
            app.form_error().contains("no usable address"),
            "{}",
            app.form_error()
        );
        app.press("<esc>");
    }
    way(&mut app, "letter");
    app.press("<c-s>");
    assert_eq!(app.json(id(READY))["letters"][0]["channel"], "letter");
}

#[test]
fn a_changed_letter_that_is_left_or_killed_is_there_again() {
    let mut app = at(READY);
    app.press("t<enter>")
        .type_text("Først dette. ")
        .press("<esc>");
    assert!(app.notice().contains("draft"), "{}", app.notice());
    app.press("t<enter>");
    assert!(app.field("text").starts_with("Først dette. "));
    app.type_text("Og så ");
    // Going on keeps it, as the letter has no keys while one chooses.
    app.press("<c-s>");
    let mut app = app.killed_and_started_again();
    app.press("2");
    app.go(id(READY));
    app.press("t<enter>");
    assert!(
        app.field("text").contains("Og så "),
        "{}",
        app.field("text")
    );
    app.press("<c-n>y");
    assert!(!app.field("text").contains("Først"));
}

#[test]
fn the_other_language_is_a_choice_and_has_its_own_draft() {
    let mut app = at(READY);
    app.press("t").shows(&["in Danish"]);
    pick(&mut app, "English instead");
    app.shows(&["in English"]);
    app.press("<enter>").shows(&["Dear"]);
    app.type_text("One. ").press("<esc>t<enter>");
    app.shows(&["Kære"]);
    assert!(!app.field("text").contains("One."));
}

#[test]
fn the_editor_gets_the_text_and_gives_it_back_clean() {
    let mut app = at(READY);
    app.press("t<enter>");
    let text = app.field("text");
    app.press("<c-e>");
    assert_eq!(app.edited, std::slice::from_ref(&text));
    app.send(Msg::Edited(Ok(format!("{text}\n\u{1b}[31mog mere"))));
    assert!(
        app.field("text").ends_with("\n[31mog mere"),
        "{}",
        app.field("text")
    );
    app.send(Msg::Edited(Err(EditorFault::NotAText)));
    assert!(app.form_error().contains("UTF-8"), "{}", app.form_error());
    // A line is not for it.
    app.press("<tab><c-e>");
    assert_eq!(app.edited.len(), 1);
    assert!(
        app.form_error().contains("several lines"),
        "{}",
        app.form_error()
    );
}

#[test]
fn while_personal_data_is_hidden_no_letter_is_shown() {
    let mut app = at(READY);
    app.press("pt");
    assert!(app.notice().contains("hidden"), "{}", app.notice());
    assert!(app.model.dialogs.is_empty());
}

/// The cursor on a request, with letters sent by this line of shell.
fn sending(line: &'static str, record: &str) -> App {
    let start = Start {
        signed: true,
        sends: Some(line),
        ..Start::new(Language::En, SMALL, today())
    };
    let mut app = start.demo();
    let record = id(record);
    app.press("2");
    app.go(record);
    app
}

#[test]
fn a_letter_is_sent_once_and_closes_the_case_with_it() {
    let mut app = sending("cat >> mails; echo >> count", READY);
    app.press("t<enter>").type_text("PS: tak. ").press("<c-s>");
    assert_eq!(app.field("way"), "send");
    app.shows(&["send it now as a mail", "Close the case: yes"]);
    app.press("<c-s>");
    assert_eq!(app.form_error(), "");
    let json = app.json(id(READY));
    assert_eq!(
        (&json["status"], &json["outcome"]),
        (&"closed".into(), &"answered".into())
    );
    let sent = &json["letters"][0];
    assert_eq!(
        (&sent["channel"], &sent["to"]),
        (&"mail".into(), &"bodil.nygaard@example.dk".into())
    );
    assert!(sent["text"].as_str().unwrap().starts_with("PS: tak. "));
    let mail = fs::read_to_string(app.beside("mails")).unwrap();
    assert!(
        mail.contains("To: ") && mail.contains("[R-2026-0019]"),
        "{mail}"
    );
    assert_eq!(fs::read_to_string(app.beside("count")).unwrap(), "\n");
    assert_eq!(app.drafts(), []);
    // Once more is another word, and is meant.
    app.go(id(READY)).press("t");
    pick(&mut app, "Answer (sent");
    app.press("<c-s>");
    assert_eq!(app.field("way"), "send-again");
}

#[test]
fn a_letter_that_certainly_did_not_go_stays_with_its_changes() {
    let mut app = sending("echo 'no such user here' >&2; exit 67", READY);
    app.press("t<enter>")
        .type_text("PS: tak. ")
        .press("<c-s><c-s>");
    assert!(
        app.form_error().contains("no such user here"),
        "{}",
        app.form_error()
    );
    let json = app.json(id(READY));
    assert_eq!(json["status"], "ready");
    assert_eq!(json["letters"].as_array().unwrap().len(), 0);
    app.press("<esc>").shows(&["PS: tak."]);
    app.press("<esc>t<enter>");
    assert!(app.field("text").starts_with("PS: tak. "));
    app.press("<c-s>");
    assert_eq!(app.field("way"), "send", "it can be tried again");
}

#[test]
fn of_a_letter_that_perhaps_went_the_owner_says_whether_it_did() {
    for (way_out, letters, status) in [("did-go", 1, "closed"), ("did-not-go", 0, "ready")] {
        let mut app = sending("cat > mail; kill -9 $$", READY);
        app.press("t<enter><c-s><c-s>");
        assert!(
            app.form_error().contains("Nobody knows"),
            "{}",
            app.form_error()
        );
        app.press("<esc><c-s>");
        // Nothing is sent twice by pressing the same keys again.
        assert_eq!(app.field("way"), "did-go");
        while app.field("way") != way_out {
            app.press("<right>");
        }
        app.press("<c-s>");
        assert_eq!(app.form_error(), "");
        let json = app.json(id(READY));
        assert_eq!(
            json["letters"].as_array().unwrap().len(),
            letters,
            "{way_out}"
        );
        assert_eq!(json["status"], status, "{way_out}");
    }
}

#[test]
fn a_refusal_that_is_sent_refuses_with_it_also_when_the_answer_of_the_server_is_lost() {
    let facts = "The same question came on 3 March and on 9 June and was answered in full both times; \
                 nothing was added to the records since then.";
    for (line, is_lost) in [("cat > mail", false), ("cat > mail; kill -9 $$", true)] {
        let mut app = sending(line, OPEN);
        app.press("t");
        pick(&mut app, "Refusal");
        app.press("<tab>")
            .type_text(facts)
            .press("<tab><right><c-s>");
        app.press("<c-s><c-s>");
        if is_lost {
            assert_eq!(app.json(id(OPEN))["rejection"], serde_json::Value::Null);
            app.press("<esc><c-s>");
            assert_eq!(app.field("way"), "did-go");
            app.press("<c-s>");
        }
        assert_eq!(app.form_error(), "");
        let json = app.json(id(OPEN));
        assert_eq!(json["rejection"]["facts"], facts, "{line}");
        assert_eq!(json["outcome"], "rejected");
        assert_eq!(json["letters"][0]["type"], "refusal");
    }
}
