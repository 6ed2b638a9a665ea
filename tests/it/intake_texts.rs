//! What mails ask for, in letters as people write them (`tests/data/intake`), and the owner's own rules.
//!
//! `tests/data/intake-unseen` was written after the rules, and measured before they were mended again; so was
//! `tests/data/intake-fresh`, in several rounds: what was wrong in one of them, and most of what was asked for in the others.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::world::World;

/// Letters in one language, or noise.
#[derive(Deserialize)]
struct Letters {
    language: Option<String>,
    mail: Vec<Letter>,
}

#[derive(Deserialize)]
struct Letter {
    name: String,
    /// The right kind, or `optout`; none where it is noise.
    is: Option<String>,
    /// What else is asked for.
    #[serde(default)]
    also: Vec<String>,
    from: String,
    #[serde(default)]
    headers: Vec<String>,
    subject: String,
    text: String,
}

impl Letter {
    fn mail(&self, id: &str) -> String {
        let mut head = self.headers.join("\n");
        if !head.is_empty() {
            head.push('\n');
        }
        if !head.to_lowercase().contains("content-type") {
            head.push_str("Content-Type: text/plain; charset=utf-8\n");
        }
        format!(
            "{head}From: {}\nTo: hej@havannaluma.example\nSubject: {}\nMessage-ID: <{id}>\n\
             Date: Sat, 21 Nov 2026 10:00:00 +0100\n\n{}",
            self.from, self.subject, self.text
        )
    }

    /// What is wrong with what was made of it.
    fn wrong(&self, message: &Value) -> Option<String> {
        let verdict = message["verdict"].as_str().unwrap();
        let got = match verdict {
            "request" => message["kind"].as_str().unwrap(),
            _ => verdict,
        };
        let is_right = match &self.is {
            None => ["aside", "bounce", "autoresponse"].contains(&got),
            Some(is) => {
                let reasons = message["reasons"].as_array().unwrap();
                let shows_why = reasons.iter().any(|reason| {
                    let sentence = reason["sentence"].as_str().unwrap();
                    reason["kind"] == is.as_str() && !sentence.is_empty()
                });
                got == is && message["also"] == json!(self.also) && shows_why
            }
        };
        (!is_right).then(|| {
            format!(
                "{}: {got}, also {}, for {:?}, {}",
                self.name, message["also"], self.is, message["reasons"]
            )
        })
    }
}

/// Takes every letter in `folder` in by a trial; tells how many there are, and which were not understood.
fn misunderstood(folder: &str) -> (usize, usize, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(folder);
    let (mut letters, mut noise, mut wrong) = (0, 0, Vec::new());
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let file: Letters = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let world = World::new();
        let mut mails = BTreeMap::new();
        for (number, letter) in file.mail.iter().enumerate() {
            let id = format!("{number}@letters.example");
            world.write(&format!("mails/{number:03}.eml"), letter.mail(&id));
            mails.insert(id, letter);
            *if letter.is.is_some() {
                &mut letters
            } else {
                &mut noise
            } += 1;
        }
        let report = world.json("import mail mails --dry-run");
        let messages = report["messages"].as_array().unwrap();
        assert_eq!(messages.len(), mails.len());
        let language = file.language.unwrap_or_default();
        wrong.extend(messages.iter().filter_map(|message| {
            let letter = mails[message["message_id"].as_str().unwrap()];
            Some(format!("{language} {}", letter.wrong(message)?))
        }));
    }
    (letters, noise, wrong)
}

#[test]
fn letters_in_five_languages_are_understood_and_noise_is_no_case() {
    let (letters, noise, wrong) = misunderstood("intake");
    assert_eq!((letters, noise), (70, 40));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn letters_the_rules_were_not_made_for_are_understood() {
    let (letters, noise, wrong) = misunderstood("intake-unseen");
    assert_eq!((letters, noise), (40, 20));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn letters_of_later_rounds_are_understood_and_noise_full_of_their_words_is_no_case() {
    let (letters, noise, wrong) = misunderstood("intake-fresh");
    assert_eq!((letters, noise), (214, 120));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const RULES: &str = ".config/indsigt/intake.toml";

fn mail(from: &str, to: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nSubject: {subject}\nMessage-ID: <{}@x.example>\n\
         Content-Type: text/plain; charset=utf-8\nDate: Sat, 21 Nov 2026 10:00:00 +0100\n\n{text}\n",
        from.len() * 1000 + subject.len() * 100 + text.len()
    )
}

/// What a trial makes of a mail.
fn trial(world: &World, mail: &str) -> Value {
    let output = world.run_with("import mail - --dry-run --json", mail);
    assert_eq!(output.code, 0, "{output}");
    output.json()["messages"][0].clone()
}

#[test]
fn the_owner_adds_rules_and_switches_others_off() {
    let world = World::new();
    let card = mail(
        "ida@example.dk",
        "hej@praksis.example",
        "Hej",
        "Må jeg se mit sejlertegn?",
    );
    assert_eq!(trial(&world, &card)["verdict"], "aside");
    let law = mail("bo@example.dk", "hej@praksis.example", "DSAR", "Se emnet.");
    assert_eq!(trial(&world, &law)["kind"], "access");
    world.write(
        RULES,
        "without = [\"dsar\"]\n[words]\nkort = [\"sejlertegn*\"]\n\
         [[rule]]\nkind = \"access\"\nweight = 3\nphrases = [\"se .. {kort}\"]\n",
    );
    let taken = trial(&world, &card);
    assert_eq!(
        (&taken["verdict"], &taken["kind"]),
        (&json!("request"), &json!("access"))
    );
    let reason = &taken["reasons"][0];
    assert_eq!(
        (&reason["own"], &reason["phrase"], &reason["sentence"]),
        (
            &json!(true),
            &json!("se .. {kort}"),
            &json!("Må jeg se mit sejlertegn?")
        )
    );
    assert_eq!(trial(&world, &law)["verdict"], "aside");
    let told = world.run_with("import mail - --dry-run", &card);
    assert!(
        told.stdout.contains("(your own rule: se .. {kort})"),
        "{told}"
    );
}

#[test]
fn the_owner_says_what_a_sender_a_recipient_or_a_subject_always_is() {
    let world = World::new();
    world.write(
        RULES,
        "[[always]]\nis = \"aside\"\nfrom = [\"@revisor.example\"]\n\
         [[always]]\nis = \"request\"\nto = [\"privacy@*\"]\n\
         [[always]]\nis = \"optout\"\nsubject = [\"ud af listen\"]\n",
    );
    let from_accountant = mail(
        "Jens <jens@Revisor.example>",
        "hej@praksis.example",
        "Mine data",
        "Hvilke oplysninger har I om mig?",
    );
    let aside = trial(&world, &from_accountant);
    assert_eq!(aside["verdict"], "aside");
    assert_eq!(
        (&aside["reasons"][0]["phrase"], &aside["reasons"][0]["own"]),
        (&json!("@revisor.example"), &json!(true))
    );
    let output = world.run_with("import mail - --dry-run", &from_accountant);
    assert!(
        output.stdout.contains("one of your own rules says so"),
        "{output}"
    );
    for (subject, text, kind) in [
        ("Hej", "Ring til mig.", "other"),
        ("Hej", "Slet mine data.", "erasure"),
    ] {
        let request = trial(
            &world,
            &mail("ida@example.dk", "privacy@praksis.example", subject, text),
        );
        assert_eq!(
            (&request["verdict"], &request["kind"]),
            (&json!("request"), &json!(kind)),
            "{text}"
        );
    }
    let leaving = mail(
        "ida@example.dk",
        "hej@praksis.example",
        "Ud af listen",
        "Kh Ida",
    );
    assert_eq!(trial(&world, &leaving)["verdict"], "optout");
    // Neither a machine nor an answer to an open case becomes something else by it.
    let absence = format!(
        "Auto-Submitted: auto-replied\n{}",
        mail(
            "bo@example.dk",
            "privacy@praksis.example",
            "Ferie",
            "Uge 43"
        )
    );
    assert_eq!(trial(&world, &absence)["verdict"], "aside");
}

#[test]
fn everything_wrong_with_the_owners_rules_is_told_at_once_and_nothing_is_taken_in() {
    let world = World::danish();
    world.write(
        RULES,
        "without = [\"findes ikke\"]\n\n[[rule]]\nkind = \"acces\"\nweight = 12\nphrases = [\"..\", \"{ukendt} x\"]\n",
    );
    let mails = world.write(
        "m.eml",
        mail("ida@example.dk", "hej@x.example", "Slet mig", "Slet mig"),
    );
    let output = world.run(&["import", "mail", &mails]);
    assert_eq!(output.code, 4, "{output}");
    for said in [
        "intake.toml",
        "linje 1,",
        "»findes ikke«",
        "linje 4,",
        "acces",
        "linje 5,",
        "linje 6,",
        "»ukendt«",
        "Ret filen",
    ] {
        assert!(output.stderr.contains(said), "{said}\n{output}");
    }
    assert!(!world.store().exists() || world.json("list all --any")["total"] == 0);
    // A settings file elsewhere has its rules beside it.
    let config = world.write("andet/config.toml", "");
    let output = world.run(&["--config", &config, "import", "mail", &mails, "--dry-run"]);
    assert_eq!(output.code, 0, "{output}");
}

#[test]
fn the_name_is_taken_from_under_the_letter() {
    for (text, name) in [
        (
            "Slet mine data.\n\nMvh.\n/ Mette Lund\n\nSendt fra min iPhone",
            "Mette Lund",
        ),
        (
            "Delete my data.\n\nBest,\nAnn Lee\nHead of Sales\n\nSent from my iPhone",
            "Ann Lee",
        ),
        ("Radera mina uppgifter. /Jonas", "Jonas"),
        (
            "Slett opplysningene mine.\n\nMed vennlig hilsen Ida Vik",
            "Ida Vik",
        ),
        (
            "Bitte löschen Sie meine Daten.\n\nMit freundlichen Grüßen\nJana Graf",
            "Jana Graf",
        ),
        ("Slet mine data.\n\n-- \nOle Lund\nCand.jur.", "Ole Lund"),
    ] {
        let world = World::new();
        let letter = mail("x@example.dk", "hej@x.example", "Hej", text);
        let output = world.run_with("import mail -", &letter);
        assert_eq!(output.code, 0, "{output}");
        assert_eq!(world.json("show r1")["person"]["name"], name, "{text}");
    }
}

#[test]
fn the_answer_is_in_danish_for_scandinavians_and_in_english_for_others() {
    for (text, language) in [
        ("Slet mine data om mig, tak", "da"),
        ("Jag vill att ni raderar mina uppgifter", "da"),
        ("Jeg vil ha innsyn i opplysningene dere har om meg", "da"),
        ("Bitte löschen Sie alle Daten über mich, schöne Grüße", "en"),
        ("Please delete my data, Søren", "en"),
    ] {
        let world = World::new();
        let letter = mail("x@example.dk", "hej@x.example", "GDPR", text);
        let output = world.run_with("import mail -", &letter);
        assert_eq!(output.code, 0, "{output}");
        assert_eq!(world.json("show r1")["language"], language, "{text}");
    }
}
