//! Stories of the service cards: which tasks a new case has (RULES §6, `SERVICES.md`).

use crate::stories::Answer::{Done, Fails, Refused};
use crate::stories::{ACCESS, COMPLAINT, ERASURE, OBJECTION, OTHER, RECORDING, stories};

stories! {
    access_is_searched_for_everywhere: "§6",
    given [],
    when ACCESS => Done,
    then [
        ("r1", "/tasks/*/id", [
            "kajabi", "webinarjam", "gotomeeting", "zoom", "stripe", "meta-pixel", "google-analytics",
            "cloudflare", "aws", "youtube", "facebook", "newsletter", "mailbox", "own-disk",
        ]),
        ("r1", "/tasks/0/status", "todo"),
        ("r1", "/status", "new"),
    ];

    erasure_is_done_everywhere: "§6",
    given [],
    when ERASURE => Done,
    then [("r1", "/tasks/*/id", [
        "kajabi", "webinarjam", "gotomeeting", "zoom", "stripe", "meta-pixel", "google-analytics",
        "cloudflare", "aws", "youtube", "facebook", "newsletter", "mailbox", "own-disk",
    ])];

    rectification_concerns_what_holds_names: "§6",
    given [],
    when "add request --kind rectification --name M" => Done,
    then [("r1", "/tasks/*/id", [
        "kajabi", "webinarjam", "gotomeeting", "zoom", "stripe", "newsletter", "mailbox", "own-disk",
    ])];

    restriction_stops_what_is_sent_and_shown: "§6",
    given [],
    when "add request --kind restriction --name M" => Done,
    then [("r1", "/tasks/*/id", [
        "kajabi", "webinarjam", "gotomeeting", "zoom", "meta-pixel", "youtube", "facebook",
        "newsletter", "mailbox", "own-disk",
    ])];

    portability_concerns_what_can_be_exported: "§6",
    given [],
    when "add request --kind portability --name M" => Done,
    then [("r1", "/tasks/*/id", [
        "kajabi", "webinarjam", "gotomeeting", "zoom", "stripe", "meta-pixel", "google-analytics",
        "newsletter", "mailbox", "own-disk",
    ])];

    an_objection_stops_marketing: "§6",
    given [],
    when OBJECTION => Done,
    then [("r1", "/tasks/*/id", [
        "kajabi", "webinarjam", "meta-pixel", "google-analytics", "newsletter", "mailbox", "own-disk",
    ])];

    names_are_edited_out_where_videos_lie: "§6",
    given [],
    when "add request --kind name-redaction --name M" => Done,
    then [("r1", "/tasks/*/id", ["kajabi", "zoom", "youtube", "facebook", "own-disk"])];

    a_complaint_begins_in_the_mailbox: "§6",
    given [],
    when COMPLAINT => Done,
    then [("r1", "/tasks/*/id", ["mailbox"])];

    anything_else_begins_in_the_mailbox: "§6",
    given [],
    when OTHER => Done,
    then [("r1", "/tasks/*/id", ["mailbox"])];

    an_opt_out_has_a_task_for_each_platform_that_sends: "§6",
    given [],
    when "add optout --email ida@example.dk" => Done,
    then [("n1", "/tasks/*/id", ["kajabi", "webinarjam", "newsletter"])];

    closing_an_opt_out_ticks_every_platform: "§6",
    given ["add optout --email ida@example.dk", "task n1 webinarjam done"],
    when "resolve n1" => Done,
    then [
        ("n1", "/tasks/*/status", ["done", "done", "done"]),
        ("n1", "/status", "closed"),
        ("n1", "/closed_on", "2026-11-22"),
    ];

    a_task_that_is_not_there: "§6",
    given [OTHER],
    when "task r1 fax done" => Fails(3, "no-such-task");

    a_card_without_a_task_for_the_kind: "§6",
    given [COMPLAINT],
    when "task r1 kajabi done" => Fails(3, "no-such-task");

    a_task_is_added_with_place_address_and_timecodes: "§2, edited per case",
    given [OTHER],
    when "task r1 --add 'Cut the name' --place YouTube --url https://youtu.be/abc --at 14:20 --at 15:02" => Done,
    then [
        ("r1", "/tasks/1/title", "Cut the name"),
        ("r1", "/tasks/1/place", "YouTube"),
        ("r1", "/tasks/1/url", "https://youtu.be/abc"),
        ("r1", "/tasks/1/at", ["14:20", "15:02"]),
        ("r1", "/tasks/1/status", "todo"),
        ("r1", "/tasks/0/id", "mailbox"),
    ];

    a_task_without_a_title: "§2",
    given [OTHER],
    when "task r1 --add ' '" => Refused("text-missing");

    a_recording_has_copies_and_no_tasks: "§6",
    given [RECORDING],
    when "task v1 --add 'Look in the attic'" => Refused("wrong-type");

    an_added_task_keeps_the_case_open: "§2",
    given [OTHER, "task r1 mailbox done", "task r1 --add 'Look in the attic'"],
    when "resolve r1" => Refused("open-tasks"),
    then [("r1", "/status", "in-progress")];

    nothing_is_added_to_a_closed_case: "§2",
    given [OTHER, "resolve r1 --override 'A greeting'"],
    when "task r1 --add 'Look in the attic'" => Refused("already-closed");
}
