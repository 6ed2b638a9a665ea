//! Where mails belong: answers, letters that came back, machines, newsletters, and what was set aside.

use serde_json::{Value, json};

use crate::world::World;

/// A mail with these headers and this text.
fn mail(headers: &str, text: &str) -> String {
    format!("{headers}\nDate: Sat, 21 Nov 2026 10:00:00 +0100\n\n{text}\n")
}

/// Takes a mail in; gives its verdict and what it became or was added to.
fn verdict(world: &World, mail: &str) -> (Value, Value) {
    let output = world.run_with("import mail - --json", mail);
    assert_eq!(output.code, 0, "{output}");
    let message = output.json()["messages"][0].clone();
    (message["verdict"].clone(), message["id"].clone())
}

fn is(word: &str, id: &str) -> (Value, Value) {
    (json!(word), json!(id))
}

/// Mette asked, and was answered in a letter of which nothing is known here.
fn asked() -> World {
    let world = World::new();
    let request = mail(
        "From: Mette Hansen <mette@example.dk>\nSubject: Indsigt\nMessage-ID: <1@example.dk>",
        "Hvilke oplysninger har du om mig?",
    );
    assert_eq!(verdict(&world, &request), is("request", "R-2026-0001"));
    world
}

#[test]
fn a_reply_is_read_first_and_then_work_goes_on() {
    let world = asked();
    let before = world.json("show r1")["next_step"].clone();
    let reply = mail(
        "From: Mette <mette@work.example>\nSubject: Re: Indsigt\nMessage-ID: <2@work.example>\nReferences: <0@x> <1@example.dk>",
        "Jeg bruger også denne adresse.",
    );
    assert_eq!(verdict(&world, &reply), is("reply", "R-2026-0001"));
    let case = world.json("show r1");
    assert_eq!(case["next_step"], "Read what the person wrote");
    assert_eq!(
        case["mails"][0]["from"]["emails"],
        json!(["mette@work.example"])
    );
    assert_eq!(case["mails"][0]["text"], "Jeg bruger også denne adresse.");
    assert_eq!(
        (&case["due"], &case["received_on"]),
        (&json!("2026-12-21"), &json!("2026-11-21"))
    );
    assert!(
        world
            .ok("show r1")
            .contains("Jeg bruger også denne adresse.")
    );
    assert_eq!(verdict(&world, &reply), is("duplicate", "R-2026-0001"));
    world.ok("task r1 zoom nothing-held");
    assert_eq!(world.json("show r1")["next_step"], before);
    // An answer to the answer.
    let third = mail(
        "From: mette@example.dk\nSubject: Re: Re: Indsigt\nMessage-ID: <3@example.dk>\nIn-Reply-To: <2@work.example>",
        "Tak!",
    );
    assert_eq!(verdict(&world, &third), is("reply", "R-2026-0001"));
}

#[test]
fn another_right_in_a_reply_is_a_request_of_its_own() {
    let world = asked();
    let reply = mail(
        "From: mette@example.dk\nSubject: Re: Indsigt\nIn-Reply-To: <1@example.dk>",
        "Slet alt om mig.",
    );
    assert_eq!(verdict(&world, &reply), is("request", "R-2026-0002"));
    assert_eq!(world.json("show r2")["kind"], "erasure");
}

#[test]
fn who_thanks_after_the_answer_opens_nothing_and_who_asks_again_does() {
    let world = asked();
    world.ok("resolve r1 --override 'Besvaret i hånden'");
    let thanks = mail(
        "From: mette@example.dk\nSubject: Re: Indsigt\nIn-Reply-To: <1@example.dk>",
        "Tak for svaret.",
    );
    assert_eq!(verdict(&world, &thanks), is("reply", "R-2026-0001"));
    assert_eq!(world.json("show r1")["status"], "closed");
    let again = mail(
        "From: mette@example.dk\nSubject: Re: Indsigt\nIn-Reply-To: <1@example.dk>",
        "Hvilke oplysninger har du om mig nu?",
    );
    assert_eq!(verdict(&world, &again), is("request", "R-2026-0002"));
    assert_eq!(world.json("show r2")["flags"], json!(["repeat"]));
}

#[test]
fn machines_never_open_a_case() {
    let world = asked();
    let absence = mail(
        "From: mette@example.dk\nSubject: Automatisk svar: Dit svar\nAuto-Submitted: auto-replied",
        "Jeg har ferie. Hvilke oplysninger har du om mig?",
    );
    assert_eq!(verdict(&world, &absence), is("autoresponse", "R-2026-0001"));
    assert_ne!(
        world.json("show r1")["next_step"],
        "Read what the person wrote"
    );
    let stranger = absence.replace("mette@example.dk", "bo@example.dk");
    assert_eq!(verdict(&world, &stranger), is("aside", "M-2026-0001"));
    let bounce = mail(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b",
        "--b\nContent-Type: text/plain\n\nNo such user\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; Mette@example.dk\n\n--b--",
    );
    assert_eq!(verdict(&world, &bounce), is("bounce", "R-2026-0001"));
    let newsletter = mail(
        "From: nyt@firma.example\nSubject: Din ret til indsigt\nList-Unsubscribe: <https://firma.example/u>",
        "Hvilke oplysninger har du om mig? Slet mig! GDPR artikel 15.",
    );
    assert_eq!(verdict(&world, &newsletter), is("aside", "M-2026-0002"));
    assert_eq!(world.json("list all --any")["total"], 1);
    assert_eq!(world.json("due")["items"].as_array().unwrap().len(), 0);
}

#[test]
fn who_leaves_the_newsletter_by_mail_has_left_once() {
    let world = World::new();
    let leaves = |from: &str, n: u8| {
        mail(
            &format!("From: {from}\nSubject: Afmeld\nMessage-ID: <{n}@x>"),
            "",
        )
    };
    assert_eq!(
        verdict(&world, &leaves("Bo <bo@example.dk>", 1)),
        is("optout", "N-2026-0001")
    );
    assert_eq!(
        verdict(&world, &leaves("BO+nyt@Example.dk", 2)),
        is("duplicate", "N-2026-0001")
    );
    let opt_out = world.json("show n1");
    assert_eq!(
        (
            &opt_out["source"],
            &opt_out["received_on"],
            &opt_out["email"]
        ),
        (
            &json!("mail"),
            &json!("2026-11-21"),
            &json!("bo@example.dk")
        )
    );
    // Left, came back, and leaves again.
    world.ok("resolve n1");
    world.on("2026-12-24");
    let again = leaves("bo@example.dk", 3).replace("21 Nov", "23 Dec");
    assert_eq!(verdict(&world, &again), is("optout", "N-2026-0002"));
}

#[test]
fn advertising_that_says_how_to_leave_leaves_nothing() {
    let world = World::new();
    let offer = "Spar op til 50 procent på alle kurser i denne uge. ".repeat(12);
    let mail = mail(
        "From: Salg <salg@firma.example>\nSubject: Ugens tilbud",
        &format!("{offer}\n\nVil du ikke modtage flere nyhedsbreve, så afmeld dig her."),
    );
    assert_eq!(verdict(&world, &mail), is("aside", "M-2026-0001"));
}

#[test]
fn what_was_set_aside_is_listed_and_can_be_taken_in() {
    let world = World::new();
    assert!(world.ok("list aside").contains("No mails were set aside"));
    let question = mail(
        "From: Ida <ida@example.dk>\nSubject: Frokost\nMessage-ID: <9@x>",
        "Skal vi ses torsdag? CPR 010180-1234.",
    );
    assert_eq!(verdict(&world, &question), is("aside", "M-2026-0001"));
    let listed = world.json("list aside");
    assert_eq!(listed["total"], 1);
    assert_eq!(
        (
            &listed["items"][0]["id"],
            &listed["items"][0]["why"],
            &listed["items"][0]["subject"]
        ),
        (&json!("M-2026-0001"), &json!("no-sign"), &json!("Frokost"))
    );
    assert!(!world.records().contains("Frokost"), "no case");
    let shown = world.ok("show m1");
    assert!(
        shown.contains("Skal vi ses torsdag?") && !shown.contains("1234"),
        "{shown}"
    );
    assert_eq!(world.ok("take m1 --kind access"), "R-2026-0001");
    let taken = world.json("show r1");
    assert_eq!(
        (
            &taken["received_on"],
            &taken["due"],
            &taken["person"]["emails"],
            &taken["message_id"]
        ),
        (
            &json!("2026-11-21"),
            &json!("2026-12-21"),
            &json!(["ida@example.dk"]),
            &json!("9@x")
        )
    );
    assert_eq!(verdict(&world, &question), is("duplicate", "R-2026-0001"));
    assert_eq!(world.json("list aside")["total"], 0);
    let again = world.run("take m1 --kind access");
    assert_eq!(again.code, 1, "{again}");
    assert!(again.stderr.contains("R-2026-0001"), "{again}");
    world.ok("undo");
    assert_eq!(verdict(&world, &question), is("duplicate", "M-2026-0001"));
    // With --all a mailbox is used for nothing else.
    let other = question.replace("<9@x>", "<10@x>");
    let output = world.run_with("import mail - --all --json", other);
    assert_eq!(output.json()["messages"][0]["verdict"], "request");
    for refused in [
        "reopen m1 --reason x",
        "resolve m1",
        "reject m1 --ground abuse --facts x",
        "take r2 --kind access",
    ] {
        assert_eq!(world.run(refused).code, 1, "{refused}");
    }
}

#[test]
fn several_rights_in_one_letter_are_all_told() {
    let world = World::new();
    let both = mail(
        "From: ida@example.dk\nSubject: GDPR",
        "Hvilke oplysninger har du om mig? Jeg anmoder om indsigt efter artikel 15.\n\nSlet derefter alt om mig.",
    );
    let output = world.run_with("import mail - --json", &both);
    let message = output.json()["messages"][0].clone();
    assert_eq!(
        (&message["verdict"], &message["kind"], &message["also"]),
        (&json!("request"), &json!("access"), &json!(["erasure"]))
    );
}
