//! Stories of how long the program keeps its own data: the dates, the reminder, the hold (RULES §7).

use crate::stories::Answer::{Done, Fails, Refused};
use crate::stories::{ACCESS, ANSWERED, OTHER, RECORDING, stories};

/// A case with a text, closed on the day it is made.
const WRITTEN: &str = "add request --kind other --name Mette --email mette@example.dk --message 'Hello, and thank you'";
/// … and closed.
const CLOSED: &str = "resolve r1 --override 'Only a greeting'";

stories! {
    an_open_case_has_no_retention_date: "§7",
    given [],
    when ACCESS => Done,
    then [("r1", "/retention", null)];

    texts_go_after_90_days_and_the_case_after_24_months: "§7",
    given ["on 2026-09-01", ACCESS],
    when ANSWERED => Done,
    then [("r1", "/retention", {"texts_on": "2026-11-30", "record_on": "2028-09-01"})];

    twenty_four_months_after_a_29th_of_february: "§7",
    given ["on 2028-02-29", ACCESS],
    when ANSWERED => Done,
    then [("r1", "/retention", {"texts_on": "2028-05-29", "record_on": "2030-02-28"})];

    a_recording_leaves_a_tombstone_for_24_months: "§7",
    given [RECORDING],
    when "resolve v1" => Done,
    then [("v1", "/retention/record_on", "2028-11-22")];

    an_opt_out_is_kept_for_24_months: "§7",
    given ["add optout --email ida@example.dk"],
    when "resolve n1" => Done,
    then [("n1", "/retention/record_on", "2028-11-22")];

    opening_again_ends_the_retention: "§7",
    given ["on 2026-09-01", ACCESS, ANSWERED],
    when "reopen r1 --reason 'A file was missing'" => Done,
    then [("r1", "/retention", null)];

    the_day_before_24_months_nothing_is_said: "§7",
    given ["on 2024-11-22", "add optout --email ida@example.dk", "resolve n1", "on 2026-11-21"],
    when "due" => Done,
    then [("due", "/past_retention", 0)];

    after_24_months_there_is_a_reminder: "§7",
    given ["on 2024-11-22", "add optout --email ida@example.dk", "resolve n1", "on 2026-11-22"],
    when "due" => Done,
    then [("due", "/past_retention", 1)];

    the_day_before_90_days_nothing_is_said: "§7",
    given ["on 2026-09-01", WRITTEN, CLOSED, "on 2026-11-29"],
    when "due" => Done,
    then [("due", "/past_retention", 0)];

    a_case_on_hold_is_not_erased: "§7",
    given ["on 2026-09-01", OTHER, CLOSED],
    when "hold r1 --reason 'Before the authority' --review 2027-03-01" => Done,
    then [
        ("r1", "/retention", null),
        ("r1", "/hold", {"reason": "Before the authority", "review_on": "2027-03-01"}),
        ("r1", "/status", "closed"),
    ];

    of_a_case_on_hold_there_is_no_reminder: "§7",
    given ["on 2024-11-22", OTHER, CLOSED, "hold r1 --reason 'Before the authority' --review 2025-03-01",
        "on 2026-11-22"],
    when "due" => Done,
    then [("due", "/past_retention", 0)];

    a_hold_is_lifted_and_the_old_dates_hold: "§7",
    given ["on 2026-09-01", OTHER, CLOSED, "hold r1 --reason 'Before the authority' --review 2027-03-01",
        "on 2026-11-22"],
    when "release r1" => Done,
    then [
        ("r1", "/hold", null),
        ("r1", "/retention", {"texts_on": "2026-11-30", "record_on": "2028-09-01"}),
    ];

    a_hold_needs_a_reason: "§7",
    given [OTHER, CLOSED],
    when "hold r1 --reason ' ' --review 2027-03-01" => Refused("text-missing");

    a_hold_needs_a_review_that_lies_ahead: "§7",
    given [OTHER, CLOSED],
    when "hold r1 --reason 'Before the authority' --review 2026-11-21" => Refused("date-before"),
    then [("r1", "/hold", null)];

    a_review_today_is_allowed: "§7",
    given [OTHER, CLOSED],
    when "hold r1 --reason 'Before the authority' --review 2026-11-22" => Done,
    then [("r1", "/hold/review_on", "2026-11-22")];

    a_hold_without_a_review: "§7",
    given [OTHER, CLOSED],
    when "hold r1 --reason 'Before the authority'" => Fails(2, "usage");
}
