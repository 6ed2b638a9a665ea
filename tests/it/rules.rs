//! What the rules say of a case (`rules/RULES.md`): dates, conflicts, repeats, extensions, refusals.

use serde_json::{Value, json};

use crate::world::World;

/// Facts that carry a refusal.
const FACTS: &str =
    "The same was asked on 3 March and answered in full on 12 March 2026; nothing is new.";

fn dates(world: &World, id: &str) -> (Value, Value) {
    let item = world.json(&["show", id]);
    (item["act_by"].clone(), item["due"].clone())
}

/// Access in March, answered in March.
fn answered_in_march(world: &World) {
    world.on("2026-03-12");
    world.access("2026-03-03");
    world.ok("resolve r1 --outcome answered --override 'Answered by hand'");
}

// §1.7

#[test]
fn a_recording_is_due_28_days_after_the_link_and_is_not_moved() {
    let world = World::new();
    world.on("2026-11-28");
    world.ok("add recording --title S --name B --recorded 2026-11-20 --link-sent 2026-11-28");
    assert_eq!(
        dates(&world, "v1"),
        (json!("2026-12-23"), json!("2026-12-26"))
    );
    let warning = world.warned(
        "add recording --title S --name B --recorded 2026-11-20 --link-sent 2026-11-28 \
            --link-expires 2026-12-27",
    );
    assert!(warning.contains("works longer"), "{warning}");
    world.configure("recording_days = 14\nlink_days = 2\n");
    assert_eq!(
        dates(&world, "v1"),
        (json!("2026-12-23"), json!("2026-12-26")),
        "decided dates stay (§1.6)"
    );
    world.ok("add recording --title S --name B --recorded 2026-11-20 --link-sent 2026-11-28");
    assert_eq!(dates(&world, "v3").1, json!("2026-12-12"));
}

// §1.8

#[test]
fn opt_outs_and_withdrawals_take_effect_at_once() {
    let world = World::new();
    world.ok("add optout --email a@example.dk --received 2026-11-20");
    assert_eq!(
        dates(&world, "n1"),
        (json!("2026-11-20"), json!("2026-11-23")),
        "Friday, and the working day after"
    );
    world.ok("add optout --email b@example.dk --received 2026-11-21");
    assert_eq!(
        dates(&world, "n2"),
        (json!("2026-11-23"), json!("2026-11-24")),
        "Saturday"
    );
    for kind in ["withdrawal", "objection"] {
        let id = world.request(kind, "M", &format!("{kind}@example.dk"), "2026-11-21");
        assert_eq!(
            dates(&world, &id),
            (json!("2026-11-23"), json!("2026-12-21")),
            "{kind}"
        );
    }
}

// §1.9, §1.11

#[test]
fn complaints_take_a_month_and_post_is_planned_eight_days_earlier() {
    let world = World::new();
    world.request("complaint", "M", "m@example.dk", "2026-10-22");
    assert_eq!(
        dates(&world, "r1"),
        (json!("2026-11-20"), json!("2026-11-23"))
    );
    assert_eq!(world.json("show r1")["flags"], json!(["complaint"]));
    world.ok("add request --kind access --name L --channel letter --received 2026-10-22");
    assert_eq!(
        dates(&world, "r2"),
        (json!("2026-11-12"), json!("2026-11-23"))
    );
}

// §1.12

#[test]
fn an_access_request_holds_back_a_deletion_and_is_pulled_forward() {
    let world = World::new();
    world.ok(
        "add recording --title S --name Mette --email mette@example.dk --recorded 2026-11-01 \
            --link-sent 2026-11-03 --copy zoom-cloud --copy local",
    );
    assert_eq!(dates(&world, "v1").1, json!("2026-12-01"));
    let warning = world.warned(
        "add request --kind access --name 'Mette H' --email METTE+x@Example.dk \
            --received 2026-11-20",
    );
    assert!(
        warning.contains("in conflict with V-2026-0001"),
        "{warning}"
    );
    let (request, recording) = (world.json("show r1"), world.json("show v1"));
    assert_eq!(
        (&request["flags"], &recording["flags"]),
        (&json!(["conflict"]), &json!(["conflict"]))
    );
    assert_eq!(
        request["act_by"], "2026-11-30",
        "the working day before the deletion"
    );
    assert_eq!(request["conflicts"][0]["id"], "V-2026-0001");
    assert_eq!(recording["conflicts"][0]["id"], "R-2026-0001");
    let due = world.json("due --within 8");
    assert_eq!(
        due["items"][0]["id"], "R-2026-0001",
        "the index follows the conflict"
    );

    let told = world.refused("resolve v1");
    assert!(
        told.contains("access request R-2026-0001 is not answered") && told.contains("--override"),
        "{told}"
    );
    world.ok("copy v1 zoom-cloud deleted");
    world.refused("copy v1 local deleted");
    world.ok("resolve v1 --override 'Mette was asked on the phone and does not want it'");
    assert_eq!(world.json("show r1")["flags"], json!([]));
    assert_eq!(
        world.json("show r1")["act_by"],
        "2026-12-18",
        "back to its own date"
    );
}

#[test]
fn once_the_access_request_is_answered_the_recording_can_go() {
    let world = World::new();
    world.ok(
        "add recording --title S --name Mette --email mette@example.dk --recorded 2026-11-01 \
            --link-sent 2026-11-03 --copy local",
    );
    world.access("2026-11-20");
    world.ok("resolve r1 --override 'Sent with the recording'");
    assert_eq!(world.json("show v1")["flags"], json!([]));
    world.ok("resolve v1");
}

#[test]
fn an_erasure_request_makes_the_recordings_due_at_once() {
    let world = World::new();
    world.ok(
        "add recording --title S --name Mette --email mette@example.dk --recorded 2026-11-15 \
            --link-sent 2026-11-16 --copy local",
    );
    world.request("erasure", "Mette", "mette@example.dk", "2026-11-20");
    let recording = world.json("show v1");
    assert_eq!(
        (&recording["due"], &recording["urgency"]),
        (&json!("2026-11-20"), &json!("overdue"))
    );
    world.ok("resolve v1");
}

// §2

#[test]
fn an_extension_is_given_once_in_the_first_month_for_a_reason_the_law_takes() {
    let world = World::new();
    world.on("2026-02-10");
    world.access("2026-01-31");
    for reason in [
        "I am on holiday",
        "Det er meget arbejde",
        "jeg har travlt, det tager lang tid",
    ] {
        let told = world.refused(&["extend", "r1", "--reason", reason]);
        assert!(
            told.contains("no reason for an extension") && told.contains("complexity"),
            "{told}"
        );
    }
    world.refused("extend r1 --reason ' '");
    world.refused("extend r1 --reason 'Four requests at once' --notified 2026-02-11");
    world.ok("extend r1 --reason 'Four requests at once over eleven services'");
    let request = world.json("show r1");
    assert_eq!(
        (&request["act_by"], &request["due"]),
        (&json!("2026-04-28"), &json!("2026-04-30")),
        "from receipt"
    );
    assert_eq!(
        request["extension"],
        json!({"until": "2026-04-30", "act_by": "2026-04-28", "notified_on": "2026-02-10",
               "reason": "Four requests at once over eleven services"})
    );
    assert_eq!(request["flags"], json!(["extended"]));
    let told = world.refused("extend r1 --reason 'Five requests at once'");
    assert!(told.contains("only once"), "{told}");
}

#[test]
fn after_the_first_month_there_is_no_extension() {
    let world = World::new();
    world.access("2026-10-22");
    world.on("2026-11-24");
    let told = world.refused("extend r1 --reason 'Four requests at once'");
    assert!(
        told.contains("first month ended on 23 November 2026"),
        "{told}"
    );
    world.on("2026-11-23");
    world.ok("extend r1 --reason 'Four requests at once over eleven services'");
}

#[test]
fn what_takes_effect_at_once_has_no_period_to_extend() {
    let world = World::new();
    for kind in ["withdrawal", "objection", "complaint"] {
        let id = world.request(kind, "M", &format!("{kind}@example.dk"), "2026-11-20");
        world.refused(&["extend", &id, "--reason", "Four requests at once"]);
    }
}

/// A CPR number is never stored, wherever it is typed (RULES §2).
#[test]
fn a_text_that_looks_like_a_cpr_number_is_refused() {
    let world = World::new();
    world.access("2026-11-20");
    for command in [
        &[
            "identity",
            "r1",
            "confirmed",
            "--method",
            "Showed 010180-1234",
        ][..],
        &[
            "identity",
            "r1",
            "requested",
            "--reason",
            "Gave 010180-1234 as proof",
        ],
        &["note", "r1", "Her number is 311299-4321."],
        &[
            "task",
            "r1",
            "zoom",
            "done",
            "--note",
            "Found under 010180-1234",
        ],
        &[
            "add",
            "request",
            "--kind",
            "access",
            "--name",
            "M",
            "--message",
            "My number is 010180-1234",
        ],
    ] {
        let told = world.refused(command);
        assert!(told.contains("CPR"), "{told}");
        assert!(!told.contains("1234"), "it is not printed either: {told}");
    }
    world.ok("note r1 'Order 999999-1234 and 010180-12345 are no CPR numbers'");
}

/// … and masked when it comes by mail.
#[test]
fn a_cpr_number_in_a_mail_is_masked() {
    let world = World::new();
    let mail = world.write(
        "cpr.eml",
        "From: a@example.dk\nSubject: Indsigt\nDate: Fri, 20 Nov 2026 10:00:00 +0100\nMessage-ID: <cpr@example.dk>\n\n\
         Hvad har du om mig? Mit nummer er 010180-1234.\n",
    );
    let import = world.ok(&["import", "mail", &mail, "--json"]);
    assert!(!import.contains("010180-1234"), "{import}");
    assert!(!world.records().contains("010180-1234"));
    assert!(world.records().contains("Hvad har du om mig?"));
}

// §3

#[test]
fn a_repeat_is_shown_beside_the_new_case_and_refuses_nothing() {
    let world = World::new();
    answered_in_march(&world);
    world.on("2026-11-22");
    let warning = world.warned(
        "add request --kind access --name 'M. Hansen' --email Mette+x@Example.DK \
            --received 2026-11-20",
    );
    assert!(
        warning.contains("R-2026-0001") && warning.contains("262 days"),
        "{warning}"
    );
    let repeat = world.json("show r2");
    assert_eq!(repeat["flags"], json!(["repeat"]));
    assert_eq!(repeat["earlier"][0]["days_before"], 262);
    assert_eq!(repeat["earlier"][0]["closed_on"], "2026-03-12");
    world.request("erasure", "Mette", "mette@example.dk", "2026-11-20");
    assert_eq!(
        world.json("show r3")["flags"],
        json!([]),
        "another kind is no repeat"
    );
    world.request("access", "Mette", "other@example.dk", "2026-11-20");
    assert_eq!(
        world.json("show r4")["flags"],
        json!([]),
        "another person is no repeat"
    );
}

#[test]
fn a_repeat_lies_within_365_days_of_an_answer() {
    let world = World::new();
    answered_in_march(&world);
    world.on("2027-03-10");
    world.access("2027-03-03");
    assert_eq!(
        world.json("show R-2027-1")["flags"],
        json!(["repeat"]),
        "365 days"
    );
    world.ok("undo");
    world.access("2027-03-04");
    assert_eq!(world.json("show R-2027-2")["flags"], json!([]), "366 days");
    world.ok("undo");
    world.configure("repeat_days = 400\n");
    world.access("2027-03-04");
    assert_eq!(
        world.json("show R-2027-3")["flags"],
        json!(["repeat"]),
        "as the owner set it"
    );
}

#[test]
fn what_was_not_answered_is_no_repeat() {
    let world = World::new();
    for (n, outcome) in [
        "no-reply",
        "not-a-request",
        "withdrawn-by-person",
        "duplicate",
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("p{n}@example.dk");
        let first = world.request("access", "P", &email, "2026-10-01");
        world.ok(&[
            "resolve",
            &first,
            "--outcome",
            outcome,
            "--override",
            "A story",
        ]);
        let second = world.request("access", "P", &email, "2026-11-20");
        assert_eq!(
            world.json(&["show", &second])["earlier"],
            json!([]),
            "{outcome}"
        );
    }
}

// §4

#[test]
fn some_things_are_never_refusable() {
    let world = World::new();
    for (kind, instead) in [
        ("withdrawal", "Stop the processing at once"),
        ("objection", "Stop the processing at once"),
        ("complaint", "Answer the complaint"),
    ] {
        let id = world.request(kind, "M", &format!("{kind}@example.dk"), "2026-11-20");
        let told = world.refused(&[
            "reject",
            &id,
            "--ground",
            "abuse",
            "--facts",
            FACTS,
            "--accept-burden-of-proof",
        ]);
        assert!(
            told.contains("can never be refused") && told.contains(instead),
            "{told}"
        );
    }
    world.ok("add optout --email a@example.dk");
    world.refused(&[
        "reject",
        "n1",
        "--ground",
        "abuse",
        "--facts",
        FACTS,
        "--accept-burden-of-proof",
    ]);
}

#[test]
fn a_reminder_of_an_unanswered_request_is_not_refused() {
    let world = World::new();
    world.access("2026-11-02");
    world.access("2026-11-20");
    let told = world.refused(&[
        "reject",
        "r2",
        "--ground",
        "repetition",
        "--facts",
        FACTS,
        "--accept-burden-of-proof",
    ]);
    assert!(
        told.contains("indsigt merge R-2026-0002 --into R-2026-0001"),
        "{told}"
    );
    world.ok("merge r2 --into r1");
}

#[test]
fn a_refusal_needs_facts_and_not_complaints_about_the_work() {
    let world = World::new();
    answered_in_march(&world);
    world.on("2026-04-10");
    world.access("2026-04-01");
    for ground in ["repetition", "unfounded", "abuse"] {
        let told = world.refused(&["reject", "r2", "--ground", ground, "--facts", "Again."]);
        assert!(told.contains("at least 40"), "{told}");
        let told = world.refused(&[
            "reject", "r2", "--ground", ground, "--facts",
            "Det er alt for meget arbejde, jeg har travlt, og hun er uhøflig i tonen og vil sagsøge mig",
        ]);
        assert!(
            told.contains("is no ground") && told.contains("the work load"),
            "{told}"
        );
    }
    world.refused("reject r2 --ground contract --facts '  '");
    world.ok(&["reject", "r2", "--ground", "repetition", "--facts", FACTS]);
    let request = world.json("show r2");
    assert_eq!(
        (
            &request["status"],
            &request["outcome"],
            &request["rejection"]["ground"],
            &request["rejection"]["burden_accepted"]
        ),
        (
            &json!("closed"),
            &json!("rejected"),
            &json!("repetition"),
            &json!(false)
        ),
        "with every answer green no burden needs to be accepted"
    );
    assert_eq!(request["rejection"]["facts"], FACTS);
}

/// No earlier answer, twelve months, or something new: each is red, and needs the burden of proof in so many words.
#[test]
fn a_red_answer_needs_the_burden_of_proof() {
    let reject = ["reject", "r2", "--ground", "repetition", "--facts", FACTS];
    let accepted = [&reject[..], &["--accept-burden-of-proof"]].concat();

    let never_before = World::new();
    never_before.access("2026-11-20");
    let told = never_before.refused(&["reject", "r1", "--ground", "unfounded", "--facts", FACTS]);
    assert!(
        told.contains("--accept-burden-of-proof") && told.contains("no, this is the first"),
        "{told}"
    );

    let a_year_ago = World::new();
    answered_in_march(&a_year_ago);
    a_year_ago.on("2027-03-05");
    a_year_ago.access("2027-03-03");
    let told = a_year_ago.refused(&[
        "reject",
        "2027-1",
        "--ground",
        "repetition",
        "--facts",
        FACTS,
    ]);
    assert!(told.contains("365 days"), "{told}");

    let something_new = World::new();
    answered_in_march(&something_new);
    something_new.on("2026-04-20");
    something_new
        .ok("add recording --title S --name M --email mette@example.dk --recorded 2026-04-01");
    something_new.access("2026-04-18");
    let told = something_new.refused(&reject);
    assert!(told.contains("new since then: V-2026-0001"), "{told}");
    something_new.ok(&accepted);
    let rejection = &something_new.json("show r2")["rejection"];
    assert_eq!(rejection["burden_accepted"], true);
    assert_eq!(
        rejection["questions"].as_array().unwrap().len(),
        4,
        "what was shown is kept: it is the proof"
    );
}

#[test]
fn unidentified_needs_an_identity_question_first() {
    let world = World::new();
    world.access("2026-11-10");
    let reject = [
        "reject",
        "r1",
        "--ground",
        "unidentified",
        "--facts",
        "No answer to two questions about the account",
    ];
    let told = world.refused(&reject);
    assert!(
        told.contains("indsigt identity R-2026-0001 requested"),
        "{told}"
    );
    world.ok("identity r1 requested --reason 'Another address than the account has'");
    world.ok(&reject);
}

#[test]
fn a_late_refusal_is_recorded_with_a_warning_and_an_extension_does_not_help() {
    let world = World::new();
    world.access("2026-10-22");
    world.ok("extend r1 --reason 'Four requests at once over eleven services'");
    world.on("2026-11-24");
    let warning =
        world.warned("reject r1 --ground others-rights --facts 'Three others are heard in it'");
    assert!(
        warning.contains("after its last day, 23 November 2026"),
        "{warning}"
    );
    assert_eq!(world.json("show r1")["outcome"], "rejected");
    assert_eq!(world.json("show r1")["rejection"]["late"], true);
}

#[test]
fn a_reopened_refusal_is_no_longer_in_force_and_stays_as_proof() {
    let world = World::new();
    world.access("2026-11-10");
    world.ok("reject r1 --ground not-controller --facts 'Bo Lind runs that course himself'");
    world.ok("reopen r1 --reason 'It was ours after all'");
    let request = world.json("show r1");
    assert_eq!(
        (
            &request["rejection"],
            &request["outcome"],
            &request["closed_on"]
        ),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    // What was weighed stays with the case: it is the proof.
    assert_eq!(request["earlier_rejections"][0]["ground"], "not-controller");
}
