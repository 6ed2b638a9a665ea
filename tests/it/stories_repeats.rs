//! Stories of repeats: the same person, the same kind, within a year of an answer (RULES §3).

use crate::stories::Answer::{Done, Warned};
use crate::stories::{ACCESS, ANSWERED, ERASURE, stories};

/// What is said of a repeat.
const SAID: &str = "R-2026-0001";
/// The same is asked by mail.
const MAIL: &str = "import mail - --all
From: M. Hansen <METTE+nyt@Example.dk>
Subject: Indsigt
Date: Fri, 20 Nov 2026 10:00:00 +0100
Message-ID: <1@example.dk>

Hvilke oplysninger har du om mig?
";

stories! {
    a_repeat_is_a_prompt_and_no_refusal: "§3",
    given ["on 2026-03-03", ACCESS, "on 2026-03-12", ANSWERED, "on 2026-11-20"],
    when ACCESS => Warned(SAID),
    then [
        ("r2", "/flags", ["repeat"]),
        ("r2", "/status", "new"),
        ("r2", "/earlier", [{
            "id": "R-2026-0001", "kind": "access", "received_on": "2026-03-03", "outcome": "answered",
            "closed_on": "2026-03-12", "days_before": 262, "changed_since": [],
        }]),
        ("r1", "/flags", []),
    ];

    case_and_tag_make_no_other_person: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-11-20"],
    when "add request --kind access --name 'M. Hansen' --email Mette+x@Example.DK" => Warned(SAID),
    then [("r2", "/earlier/*/id", ["R-2026-0001"])];

    a_tag_on_the_earlier_address_makes_none_either: "§3",
    given ["on 2026-03-03", "add request --kind access --name M --email METTE+a+b@EXAMPLE.dk", ANSWERED,
        "on 2026-11-20"],
    when ACCESS => Warned(SAID),
    then [("r2", "/flags", ["repeat"])];

    any_of_her_addresses_will_do: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-11-20"],
    when "add request --kind access --name M --email m@work.example --email mette@example.dk"
        => Warned(SAID),
    then [("r2", "/flags", ["repeat"])];

    an_address_found_later_shows_the_repeat: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-11-20",
        "add request --kind access --name M --email m@work.example"],
    when "edit r2 --email m@work.example --email mette@example.dk" => Done,
    then [("r2", "/earlier/*/id", ["R-2026-0001"]), ("r2", "/flags", ["repeat"])];

    the_365th_day_is_within_the_year: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2027-03-03"],
    when ACCESS => Warned(SAID),
    then [("R-2027-1", "/flags", ["repeat"]), ("R-2027-1", "/earlier/0/days_before", 365)];

    the_366th_day_is_not: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2027-03-04"],
    when ACCESS => Done,
    then [("R-2027-1", "/flags", []), ("R-2027-1", "/earlier", [])];

    the_owner_may_look_further_back: "§3",
    given ["set repeat_days = 366", "on 2026-03-03", ACCESS, ANSWERED, "on 2027-03-04"],
    when ACCESS => Warned(SAID),
    then [("R-2027-1", "/flags", ["repeat"])];

    another_kind_is_no_repeat: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-11-20"],
    when ERASURE => Done,
    then [("r2", "/flags", []), ("r2", "/earlier", [])];

    another_person_is_no_repeat: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-11-20"],
    when "add request --kind access --name Mette --email mette@example.com" => Done,
    then [("r2", "/earlier", [])];

    a_name_alone_makes_nobody_the_same: "§3",
    given ["on 2026-03-03", "add request --kind access --name Mette", ANSWERED, "on 2026-11-20"],
    when "add request --kind access --name Mette" => Done,
    then [("r2", "/earlier", [])];

    that_nothing_was_held_was_an_answer: "§2, §3",
    given ["on 2026-03-03", ACCESS, "resolve r1 --outcome nothing-held --override 'By hand'", "on 2026-11-20"],
    when ACCESS => Warned(SAID),
    then [("r2", "/earlier/0/outcome", "nothing-held")];

    a_part_was_an_answer: "§3",
    given ["on 2026-03-03", ACCESS, "resolve r1 --outcome partly-met --override 'By hand'", "on 2026-11-20"],
    when ACCESS => Warned(SAID),
    then [("r2", "/earlier/0/outcome", "partly-met")];

    what_was_refused_was_not_answered: "§3",
    given ["on 2026-03-03", ACCESS,
        "reject r1 --ground not-controller --facts 'Bo Lind runs that course'", "on 2026-11-20"],
    when ACCESS => Done,
    then [("r2", "/earlier", [])];

    what_was_taken_back_was_not_answered: "§3",
    given ["on 2026-03-03", ACCESS, "resolve r1 --outcome withdrawn-by-person --override 'By mail'",
        "on 2026-11-20"],
    when ACCESS => Done,
    then [("r2", "/earlier", [])];

    what_ended_without_a_reply_was_not_answered: "§3",
    given ["on 2026-03-03", ACCESS, "resolve r1 --outcome no-reply --override 'Asked twice'",
        "on 2026-11-20"],
    when ACCESS => Done,
    then [("r2", "/earlier", [])];

    what_is_still_open_was_not_answered: "§3",
    given ["on 2026-11-10", ACCESS, "on 2026-11-20"],
    when ACCESS => Done,
    then [("r2", "/flags", []), ("r2", "/earlier", [])];

    what_is_opened_again_is_no_longer_answered: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-11-20", ACCESS],
    when "reopen r1 --reason 'A file was missing'" => Done,
    then [("r2", "/earlier", [])];

    two_earlier_answers_the_latest_first: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-07-01", ACCESS,
        "resolve r2 --outcome answered --override 'By hand'", "on 2026-11-20"],
    when ACCESS => Warned("R-2026-0002"),
    then [
        ("r3", "/earlier/*/id", ["R-2026-0002", "R-2026-0001"]),
        ("r2", "/earlier/*/id", ["R-2026-0001"]),
    ];

    a_repeat_by_mail_is_shown_too: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-11-22"],
    when MAIL => Done,
    then [
        ("r2", "/received_on", "2026-11-20"),
        ("r2", "/flags", ["repeat"]),
        ("r2", "/earlier/0/days_before", 262),
    ];

    a_first_request_by_mail_is_none: "§3",
    given [],
    when MAIL => Done,
    then [("r1", "/kind", "access"), ("r1", "/earlier", [])];
}
