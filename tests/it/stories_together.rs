//! Stories of how one thing bears on another: delivered recordings, bought products, erasure and recordings,
//! duplicates, the trash, follow-ups, and access before the program's own erasing (RULES §§1.7, 1.12, 2, 7).

use crate::stories::Answer::{Allowed, Done, Refused};
use crate::stories::{ACCESS, ANSWERED, ERASURE, OTHER, RECORDING, WITHDRAWAL, stories};

/// A case with a text.
const WRITTEN: &str = "add request --kind other --name Mette --email mette@example.dk --message 'Hello, and thank you'";
/// The first case is closed.
const CLOSED: &str = "resolve r1 --override 'Only a greeting'";

stories! {
    a_recording_that_was_not_delivered: "§1.12",
    given [],
    when RECORDING => Done,
    then [("v1", "/delivered", null)];

    a_recording_is_delivered: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when "delivered v1 --on 2026-11-20 --how 'Link with a code'" => Done,
    then [
        ("v1", "/delivered", {"on": "2026-11-20", "how": "Link with a code"}),
        ("v1", "/flags", []),
        ("r1", "/flags", []),
        ("r1", "/conflicts", []),
        ("r1", "/act_by", "2026-12-18"),
    ];

    a_delivery_today_in_no_words: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, "on 2026-11-22"],
    when "delivered v1" => Done,
    then [("v1", "/delivered", {"on": "2026-11-22", "how": null}), ("r1", "/flags", [])];

    what_was_delivered_can_go: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, "delivered v1"],
    when "resolve v1" => Done,
    then [("v1", "/status", "closed"), ("r1", "/status", "new")];

    what_was_delivered_may_lose_its_last_copy: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, "copy v1 zoom-cloud deleted", "delivered v1"],
    when "copy v1 local deleted" => Done,
    then [("v1", "/copies/1/status", "deleted")];

    a_delivery_from_before_the_request_keeps_the_conflict: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when "delivered v1 --on 2026-11-19" => Allowed,
    then [("v1", "/flags", ["conflict"]), ("r1", "/flags", ["conflict"]), ("r1", "/act_by", "2026-11-30")];

    a_delivery_from_before_the_request_does_not_count: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, "delivered v1 --on 2026-11-19"],
    when "resolve v1" => Refused("needed-for-access");

    a_request_after_the_delivery_is_a_conflict_again: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, "delivered v1", ANSWERED, "on 2026-11-21"],
    when ACCESS => Allowed,
    then [("v1", "/flags", ["conflict"]), ("r2", "/conflicts/*/id", ["V-2026-0001"])];

    a_delivery_of_tomorrow: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when "delivered v1 --on 2026-11-21" => Refused("date-in-future");

    a_delivery_from_before_the_session: "§1.12",
    given [RECORDING],
    when "delivered v1 --on 2026-10-31" => Refused("date-before");

    a_delivery_on_the_day_of_the_session: "§1.12",
    given [RECORDING],
    when "delivered v1 --on 2026-11-01" => Done,
    then [("v1", "/delivered/on", "2026-11-01")];

    only_recordings_are_delivered: "§1.12",
    given [ACCESS],
    when "delivered r1" => Refused("wrong-type");

    a_withdrawal_decides_about_products_before_kajabi: "§2, §6",
    given [],
    when WITHDRAWAL => Done,
    then [("r1", "/tasks/*/id", [
        "products", "kajabi", "webinarjam", "gotomeeting", "zoom", "stripe", "meta-pixel", "google-analytics",
        "aws", "youtube", "facebook", "newsletter", "mailbox", "own-disk",
    ])];

    products_are_not_revoked_before_the_decision: "§2",
    given [WITHDRAWAL],
    when "task r1 kajabi done" => Refused("decide-first");

    asking_about_products_is_not_deciding: "§2",
    given [WITHDRAWAL, "task r1 products asked"],
    when "task r1 kajabi done" => Refused("decide-first");

    products_that_are_given_up: "§2",
    given [WITHDRAWAL, "task r1 products done"],
    when "task r1 kajabi done" => Allowed,
    then [("r1", "/tasks/0/status", "done"), ("r1", "/tasks/1/status", "done")];

    products_that_are_kept: "§2",
    given [WITHDRAWAL, "task r1 products kept --note 'The course runs until May'"],
    when "task r1 kajabi done" => Allowed,
    then [("r1", "/tasks/0/status", "kept"), ("r1", "/tasks/1/status", "done")];

    the_decision_taken_back_and_kajabi_waits_again: "§2",
    given [WITHDRAWAL, "task r1 products done", "task r1 products todo"],
    when "task r1 kajabi done" => Refused("decide-first");

    elsewhere_a_withdrawal_goes_on: "§2",
    given [WITHDRAWAL],
    when "task r1 newsletter done" => Allowed,
    then [("r1", "/tasks/11/id", "newsletter"), ("r1", "/tasks/11/status", "done")];

    an_erasure_and_a_recording_are_flagged: "§1.12",
    given ["on 2026-11-20", RECORDING],
    when ERASURE => Allowed,
    then [("r1", "/flags", ["conflict"]), ("v1", "/flags", ["conflict"]), ("v1", "/due", "2026-11-20")];

    an_erasure_is_not_done_while_a_recording_is_left: "§1.12",
    given ["on 2026-11-20", RECORDING, ERASURE, "all r1 done"],
    when "resolve r1" => Refused("recordings-left");

    a_recording_is_left_for_a_reason_in_words: "§1.12",
    given ["on 2026-11-20", RECORDING, ERASURE, "all r1 done"],
    when "resolve r1 --override 'Two others are in it, who want it kept'" => Done,
    then [("r1", "/status", "closed"), ("v1", "/status", "open")];

    a_blank_is_no_reason_to_leave_a_recording: "§1.12",
    given ["on 2026-11-20", RECORDING, ERASURE, "all r1 done"],
    when "resolve r1 --override ' '" => Refused("text-missing");

    once_the_recording_is_gone_the_erasure_is_done: "§1.12",
    given ["on 2026-11-20", RECORDING, ERASURE, "all r1 done", "resolve v1"],
    when "resolve r1" => Done,
    then [("r1", "/outcome", "answered"), ("r1", "/flags", [])];

    a_recording_of_somebody_else_is_not_left: "§1.12",
    given ["on 2026-11-20", RECORDING, "add request --kind erasure --name Bo --email bo@example.dk", "all r1 done"],
    when "resolve r1" => Done,
    then [("r1", "/status", "closed"), ("v1", "/flags", [])];

    a_duplicate_of_the_one_other_case: "§2",
    given ["on 2026-11-20", OTHER, "on 2026-11-22", OTHER, "all r2 done"],
    when "resolve r2 --outcome duplicate" => Done,
    then [("r2", "/outcome", "duplicate"), ("r2", "/closing/duplicate_of", "R-2026-0001")];

    a_duplicate_of_a_case_of_the_same_day: "§2",
    given [OTHER, OTHER, "all r2 done"],
    when "resolve r2 --outcome duplicate" => Done,
    then [("r2", "/closing/duplicate_of", "R-2026-0001")];

    a_duplicate_of_a_closed_case: "§2",
    given ["on 2026-11-20", OTHER, CLOSED, "on 2026-11-22", OTHER, "all r2 done"],
    when "resolve r2 --outcome duplicate" => Done,
    then [("r2", "/closing/duplicate_of", "R-2026-0001")];

    a_duplicate_of_nothing: "§2",
    given [OTHER, "all r1 done"],
    when "resolve r1 --outcome duplicate" => Refused("which-duplicate");

    a_case_that_came_later_is_not_what_it_repeats: "§2",
    given ["on 2026-11-20", OTHER, "on 2026-11-22", OTHER, "all r1 done"],
    when "resolve r1 --outcome duplicate" => Refused("which-duplicate");

    another_kind_is_not_what_it_repeats: "§2",
    given ["on 2026-11-20", ACCESS, "on 2026-11-22", OTHER, "all r2 done"],
    when "resolve r2 --outcome duplicate" => Refused("which-duplicate");

    another_person_is_not_whom_it_repeats: "§2",
    given ["add request --kind other --name Mette --email mette@example.com", OTHER, "all r2 done"],
    when "resolve r2 --outcome duplicate" => Refused("which-duplicate");

    a_duplicate_of_one_of_two: "§2",
    given [OTHER, OTHER, OTHER, "all r3 done"],
    when "resolve r3 --outcome duplicate" => Refused("which-duplicate");

    a_duplicate_of_something_outside: "§2",
    given [OTHER],
    when "resolve r1 --outcome duplicate --override 'Answered by telephone last week'" => Done,
    then [("r1", "/outcome", "duplicate"), ("r1", "/closing/duplicate_of", null)];

    the_trash_comes_after_deleting: "§1.7, Z1",
    given [RECORDING],
    when "copy v1 zoom-cloud purged" => Refused("delete-first"),
    then [("v1", "/copies/0/status", "present")];

    where_there_is_no_trash_it_is_gone_at_once: "§1.7",
    given [RECORDING],
    when "copy v1 local purged" => Done,
    then [("v1", "/copies/1/status", "purged")];

    the_day_before_a_follow_up: "§2",
    given ["on 2026-11-20", ACCESS, "task r1 zoom asked --follow-up 2026-11-30", "on 2026-11-29"],
    when "due --within 0" => Done,
    then [("due --within 0", "/items", []), ("r1", "/next_step", "Search Kajabi")];

    on_the_day_of_a_follow_up_the_case_is_listed: "§2",
    given ["on 2026-11-20", ACCESS, "task r1 zoom asked --follow-up 2026-11-30", "on 2026-11-30"],
    when "due --within 0" => Done,
    then [
        ("due --within 0", "/items/*/id", ["R-2026-0001"]),
        ("due --within 0", "/items/0/urgency", "later"),
        ("due --within 0", "/items/0/act_by", "2026-12-18"),
        ("due --within 0", "/items/0/next_step" contains "Zoom"),
        ("r1", "/next_step" contains "Zoom"),
    ];

    a_follow_up_that_passed_unseen_is_still_listed: "§2",
    given ["on 2026-11-20", ACCESS, "task r1 zoom asked --follow-up 2026-11-30", "on 2026-12-02"],
    when "due --within 0" => Done,
    then [("due --within 0", "/items/*/id", ["R-2026-0001"])];

    with_the_answer_the_case_is_listed_no_more: "§2",
    given ["on 2026-11-20", ACCESS, "task r1 zoom asked --follow-up 2026-11-30", "on 2026-11-30",
        "task r1 zoom done"],
    when "due --within 0" => Done,
    then [("due --within 0", "/items", []), ("r1", "/next_step", "Search Kajabi")];

    texts_that_go_before_the_answer: "§1.12, §7",
    given ["on 2026-09-01", WRITTEN, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [
        ("r1", "/retention/texts_on", "2026-11-30"),
        ("r2", "/flags", ["conflict"]),
        ("r1", "/flags", ["conflict"]),
        ("r2", "/conflicts/*/id", ["R-2026-0001"]),
        ("r2", "/conflicts/0/due", "2026-11-30"),
        ("r1", "/conflicts/*/id", ["R-2026-0002"]),
        ("r2", "/act_by", "2026-11-27"),
        ("r2", "/due", "2026-12-02"),
    ];

    a_remark_stays_with_the_case: "§1.12, §7",
    given ["on 2026-09-01", OTHER, "note r1 'She called'", CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [("r2", "/flags", [])];

    a_case_without_texts_loses_none: "§1.12, §7",
    given ["on 2026-09-01", OTHER, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [("r2", "/flags", []), ("r2", "/conflicts", []), ("r2", "/act_by", "2026-12-02")];

    texts_that_go_on_the_day_of_the_answer: "§1.12, §7",
    given ["on 2026-09-03", WRITTEN, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [("r2", "/flags", ["conflict"]), ("r2", "/act_by", "2026-12-01")];

    texts_that_go_the_day_after_the_answer: "§1.12, §7",
    given ["on 2026-09-04", WRITTEN, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [("r2", "/flags", []), ("r1", "/flags", []), ("r2", "/act_by", "2026-12-02")];

    texts_that_go_on_the_day_of_receipt: "§1.12, §7",
    given ["on 2026-08-04", WRITTEN, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [("r1", "/retention/texts_on", "2026-11-02"), ("r2", "/flags", ["conflict"])];

    texts_that_were_to_go_before_receipt: "§1.12, §7",
    given ["on 2026-08-03", WRITTEN, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [("r1", "/retention/texts_on", "2026-11-01"), ("r2", "/flags", [])];

    a_record_that_goes_before_the_answer: "§1.12, §7",
    given ["on 2024-11-20", OTHER, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [
        ("R-2026-1", "/flags", ["conflict"]),
        ("R-2026-1", "/conflicts/*/id", ["R-2024-0001"]),
        ("R-2024-1", "/flags", ["conflict"]),
        ("R-2026-1", "/act_by", "2026-11-19"),
    ];

    a_record_that_goes_the_day_after_the_answer: "§1.12, §7",
    given ["on 2024-12-03", OTHER, CLOSED, "on 2026-11-02"],
    when ACCESS => Allowed,
    then [("R-2026-1", "/flags", []), ("R-2026-1", "/act_by", "2026-12-02")];

    a_hold_ends_the_hurry: "§1.12, §7",
    given ["on 2026-09-01", WRITTEN, CLOSED, "on 2026-11-02", ACCESS],
    when "hold r1 --reason 'Mette asked for access' --review 2026-12-02" => Done,
    then [("r2", "/flags", []), ("r2", "/act_by", "2026-12-02")];

    texts_of_somebody_else: "§1.12, §7",
    given ["on 2026-09-01", WRITTEN, CLOSED, "on 2026-11-02"],
    when "add request --kind access --name Mette --email mette@example.com" => Allowed,
    then [("r2", "/flags", []), ("r1", "/flags", [])];

    with_the_answer_the_hurry_is_over: "§1.12, §7",
    given ["on 2026-09-01", WRITTEN, CLOSED, "on 2026-11-02", ACCESS],
    when "resolve r2 --outcome answered --override 'Answered by hand'" => Done,
    then [("r1", "/flags", []), ("r1", "/conflicts", [])];
}
