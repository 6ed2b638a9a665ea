//! Stories of recordings: 28 days, agreements, copies, and what asks about a recording (RULES §1.7, §1.12).

use crate::stories::Answer::{Allowed, Done, Fails, Refused, Warned};
use crate::stories::{ACCESS, ANSWERED, ERASURE, OTHER, RECORDING, stories};

/// A session on 1 November whose link was not sent.
const SESSION: &str = "add recording --title Session --name Bo --email bo@example.dk --recorded 2026-11-01 \
    --copy zoom-cloud --copy local";
/// She was asked, which is said in words.
const ASKED_HER: &str = "resolve v1 --override 'Asked on the phone: she does not want it'";

stories! {
    twenty_eight_days_after_the_link: "§1.7",
    given ["on 2026-11-03", SESSION],
    when "link-sent v1" => Done,
    then [
        ("v1", "/link_sent_on", "2026-11-03"),
        ("v1", "/due", "2026-12-01"),
        ("v1", "/act_by", "2026-12-01"),
    ];

    a_deletion_on_a_holiday_is_not_moved: "§1.7",
    given ["on 2026-11-28", SESSION],
    when "link-sent v1" => Done,
    then [("v1", "/due", "2026-12-26"), ("v1", "/act_by", "2026-12-23")];

    the_owner_may_promise_less: "§1.7",
    given ["set recording_days = 14", "on 2026-11-03", SESSION],
    when "link-sent v1" => Done,
    then [("v1", "/due", "2026-11-17")];

    on_day_28_it_is_not_overdue: "§1.7",
    given [RECORDING, "on 2026-12-01"],
    when "due" => Done,
    then [("v1", "/urgency", "act-now")];

    on_day_29_it_is_overdue: "§1.7",
    given [RECORDING, "on 2026-12-02"],
    when "due" => Done,
    then [("v1", "/urgency", "overdue")];

    a_link_that_is_six_days_late_is_not_flagged: "§1.7",
    given ["on 2026-11-01", SESSION, "on 2026-11-07"],
    when "due" => Done,
    then [("v1", "/flags", []), ("v1", "/due", null)];

    a_link_that_is_seven_days_late_is_flagged: "§1.7",
    given ["on 2026-11-01", SESSION, "on 2026-11-08"],
    when "due --within 0" => Done,
    then [("v1", "/flags", ["link-not-sent"]), ("due --within 0", "/items/*/id", ["V-2026-0001"])];

    with_the_link_the_flag_is_gone: "§1.7",
    given ["on 2026-11-10", SESSION],
    when "link-sent v1" => Done,
    then [("v1", "/flags", [])];

    a_link_of_tomorrow: "§1.7",
    given [SESSION],
    when "link-sent v1 --on 2026-11-23" => Refused("date-in-future");

    a_link_from_before_the_session: "§1.7",
    given [SESSION],
    when "link-sent v1 --on 2026-10-31" => Refused("date-before");

    a_link_on_the_day_of_the_session: "§1.7",
    given [SESSION],
    when "link-sent v1 --on 2026-11-01" => Done,
    then [("v1", "/due", "2026-11-29"), ("v1", "/act_by", "2026-11-27")];

    a_second_link_moves_no_deletion: "§1.7",
    given [RECORDING],
    when "link-sent v1 --on 2026-11-04" => Refused("link-already-sent"),
    then [("v1", "/due", "2026-12-01")];

    a_link_that_ends_with_the_recording: "§1.7",
    given ["on 2026-11-03", SESSION],
    when "link-sent v1 --expires 2026-12-01" => Done,
    then [("v1", "/link_expires_on", "2026-12-01")];

    a_link_that_outlives_the_recording: "§1.7",
    given ["on 2026-11-03", SESSION],
    when "link-sent v1 --expires 2026-12-02" => Warned("works longer"),
    then [("v1", "/link_expires_on", "2026-12-02"), ("v1", "/due", "2026-12-01")];

    a_link_that_outlives_the_recording_at_entry: "§1.7",
    given [],
    when "add recording --title S --name Bo --recorded 2026-11-01 --link-sent 2026-11-03 --link-expires 2026-12-02"
        => Warned("works longer"),
    then [("v1", "/due", "2026-12-01")];

    a_written_agreement_moves_the_deletion: "§1.7",
    given [RECORDING],
    when "agree v1 --until 2027-01-17 --agreed-on 2026-11-10 --reference 'Mail of 10 November'" => Done,
    then [
        ("v1", "/due", "2027-01-17"),
        ("v1", "/act_by", "2027-01-15"),
        ("v1", "/agreement", {"until": "2027-01-17", "agreed_on": "2026-11-10", "reference": "Mail of 10 November"}),
    ];

    an_agreement_may_bring_the_deletion_forward: "§1.7",
    given [RECORDING],
    when "agree v1 --until 2026-11-27 --agreed-on 2026-11-10 --reference Mail" => Done,
    then [("v1", "/due", "2026-11-27")];

    an_agreement_without_an_end: "§1.7",
    given [RECORDING],
    when "agree v1 --agreed-on 2026-11-10 --reference Mail" => Fails(2, "usage");

    an_agreement_without_its_date: "§1.7",
    given [RECORDING],
    when "agree v1 --until 2027-01-17 --reference Mail" => Fails(2, "usage");

    an_agreement_that_is_kept_nowhere: "§1.7",
    given [RECORDING],
    when "agree v1 --until 2027-01-17 --agreed-on 2026-11-10 --reference ' '" => Refused("text-missing");

    an_agreement_of_tomorrow: "§1.7",
    given [RECORDING],
    when "agree v1 --until 2027-01-17 --agreed-on 2026-11-23 --reference Mail" => Refused("date-in-future");

    an_agreement_that_ended_before_it_was_made: "§1.7",
    given [RECORDING],
    when "agree v1 --until 2026-11-09 --agreed-on 2026-11-10 --reference Mail" => Refused("date-before"),
    then [("v1", "/agreement", null)];

    an_agreement_is_for_recordings: "§1.7",
    given [OTHER],
    when "agree r1 --until 2027-01-17 --agreed-on 2026-11-10 --reference Mail" => Refused("wrong-type");

    one_copy_is_deleted: "§1.7",
    given [RECORDING],
    when "copy v1 local deleted --on 2026-11-20" => Done,
    then [
        ("v1", "/copies/*/status", ["present", "deleted"]),
        ("v1", "/copies/1/on", "2026-11-20"),
        ("v1", "/status", "open"),
    ];

    the_trash_is_emptied: "§1.7, Z1",
    given [RECORDING, "copy v1 zoom-cloud deleted"],
    when "copy v1 zoom-cloud purged" => Done,
    then [("v1", "/copies/*/status", ["purged", "present"])];

    a_deleted_copy_in_the_trash_is_the_next_step: "§1.7, Z1",
    given [RECORDING, "copy v1 local deleted"],
    when "copy v1 zoom-cloud deleted" => Done,
    then [("v1", "/next_step" contains "zoom-cloud"), ("v1", "/status", "open")];

    what_is_deleted_is_not_deleted_again: "§1.7",
    given [RECORDING, "copy v1 local deleted"],
    when "copy v1 local deleted" => Refused("copy-already");

    a_copy_that_is_not_there: "§1.7",
    given [RECORDING],
    when "copy v1 kajabi deleted" => Fails(3, "no-such-copy");

    a_copy_deleted_tomorrow: "§1.7",
    given [RECORDING],
    when "copy v1 local deleted --on 2026-11-23" => Refused("date-in-future");

    a_copy_deleted_before_the_session: "§1.7",
    given [RECORDING],
    when "copy v1 local deleted --on 2026-10-31" => Refused("date-before");

    closing_a_recording_ticks_every_copy: "§1.7",
    given [RECORDING, "copy v1 local deleted --on 2026-11-20"],
    when "resolve v1" => Done,
    then [
        ("v1", "/status", "closed"),
        ("v1", "/closed_on", "2026-11-22"),
        ("v1", "/copies/*/status", ["purged", "deleted"]),
        ("v1", "/copies/*/on", ["2026-11-22", "2026-11-20"]),
    ];

    a_client_who_declined_and_was_not_recorded: "policy",
    given [],
    when "add recording --title S --name Bo --recorded 2026-11-20 --declined" => Done,
    then [("v1", "/declined", true), ("v1", "/status", "closed"), ("v1", "/flags", [])];

    a_client_who_declined_and_was_recorded: "policy",
    given ["on 2026-11-20"],
    when "add recording --title S --name Bo --recorded 2026-11-20 --declined --copy local" => Done,
    then [("v1", "/status", "open"), ("v1", "/due", "2026-11-20"), ("v1", "/urgency", "act-now")];

    a_client_who_declined_gets_no_link: "policy",
    given ["add recording --title S --name Bo --recorded 2026-11-20 --declined --copy local"],
    when "link-sent v1" => Refused("was-declined");

    a_declined_recording_has_no_link_at_entry: "policy",
    given [],
    when "add recording --title S --name Bo --recorded 2026-11-20 --declined --link-sent 2026-11-20"
        => Fails(2, "usage");

    another_use_with_written_consent: "policy",
    given [RECORDING],
    when "consent v1 --purpose Teaching --reference 'Form of 5 November' --on 2026-11-05" => Done,
    then [
        ("v1", "/consents", [{"purpose": "Teaching", "reference": "Form of 5 November", "on": "2026-11-05"}]),
        ("v1", "/due", "2026-12-01"),
    ];

    a_consent_without_a_purpose: "policy",
    given [RECORDING],
    when "consent v1 --purpose ' ' --reference Form --on 2026-11-05" => Refused("text-missing");

    a_consent_that_is_kept_nowhere: "policy",
    given [RECORDING],
    when "consent v1 --purpose Teaching --reference ' ' --on 2026-11-05" => Refused("text-missing");

    a_consent_of_tomorrow: "policy",
    given [RECORDING],
    when "consent v1 --purpose Teaching --reference Form --on 2026-11-23" => Refused("date-in-future");

    an_access_request_before_a_deletion: "§1.12",
    given ["on 2026-11-20", RECORDING],
    when ACCESS => Warned("in conflict with V-2026-0001"),
    then [
        ("r1", "/flags", ["conflict"]),
        ("v1", "/flags", ["conflict"]),
        ("r1", "/conflicts/*/id", ["V-2026-0001"]),
        ("r1", "/conflicts/0/due", "2026-12-01"),
        ("v1", "/conflicts/*/id", ["R-2026-0001"]),
        ("v1", "/conflicts/0/due", "2026-12-21"),
        ("r1", "/act_by", "2026-11-30"),
        ("r1", "/due", "2026-12-21"),
        ("v1", "/due", "2026-12-01"),
    ];

    a_recording_entered_after_the_request: "§1.12",
    given ["on 2026-11-20", ACCESS],
    when RECORDING => Warned("in conflict with R-2026-0001"),
    then [("r1", "/flags", ["conflict"]), ("r1", "/act_by", "2026-11-30")];

    a_tag_hides_no_conflict: "§1.12, §3",
    given ["on 2026-11-20", RECORDING],
    when "add request --kind access --name M --email METTE+x@Example.dk" => Warned("in conflict"),
    then [("v1", "/flags", ["conflict"])];

    the_working_day_before_a_monday_is_friday: "§1.12",
    given ["on 2026-11-20", RECORDING, "agree v1 --until 2026-12-07 --agreed-on 2026-11-10 --reference Mail"],
    when ACCESS => Warned("in conflict"),
    then [("r1", "/act_by", "2026-12-04")];

    the_working_day_before_the_end_of_christmas: "§1.4, §1.12",
    given ["on 2026-12-01", RECORDING, "agree v1 --until 2026-12-28 --agreed-on 2026-11-10 --reference Mail"],
    when ACCESS => Warned("in conflict"),
    then [("r1", "/due", "2027-01-04"), ("r1", "/act_by", "2026-12-23")];

    a_conflict_never_gives_more_time: "§1.11, §1.12",
    given ["on 2026-11-20", RECORDING, "agree v1 --until 2026-12-15 --agreed-on 2026-11-10 --reference Mail"],
    when "add request --kind access --name M --email mette@example.dk --channel letter"
        => Warned("in conflict"),
    then [("r1", "/flags", ["conflict"]), ("r1", "/act_by", "2026-12-10")];

    a_deletion_on_the_day_of_the_answer: "§1.12",
    given ["on 2026-11-20", RECORDING, "agree v1 --until 2026-12-21 --agreed-on 2026-11-10 --reference Mail"],
    when ACCESS => Warned("in conflict"),
    then [("r1", "/flags", ["conflict"]), ("v1", "/flags", ["conflict"])];

    a_deletion_the_day_after_the_answer: "§1.12",
    given ["on 2026-11-20", RECORDING, "agree v1 --until 2026-12-22 --agreed-on 2026-11-10 --reference Mail"],
    when ACCESS => Done,
    then [
        ("r1", "/flags", []),
        ("v1", "/flags", []),
        ("r1", "/conflicts", []),
        ("r1", "/act_by", "2026-12-18"),
    ];

    an_extension_runs_into_a_deletion: "§1.12",
    given ["on 2026-11-02", ACCESS, "on 2026-11-10", RECORDING,
        "agree v1 --until 2026-12-08 --agreed-on 2026-11-10 --reference Mail"],
    when "extend r1 --reason 'Four requests at once over eleven services'" => Done,
    then [("r1", "/due", "2027-02-02"), ("r1", "/act_by", "2026-12-07"), ("v1", "/flags", ["conflict"])];

    a_recording_of_somebody_else: "§1.12",
    given ["on 2026-11-20", RECORDING],
    when "add request --kind access --name Mette --email mette@example.com" => Done,
    then [("r1", "/flags", []), ("v1", "/flags", [])];

    a_recording_without_a_deletion_date: "§1.12",
    given ["on 2026-11-03", SESSION],
    when "add request --kind access --name Bo --email bo@example.dk" => Done,
    then [("r1", "/conflicts", [])];

    another_right_needs_no_recording: "§1.12",
    given ["on 2026-11-20", RECORDING],
    when "add request --kind rectification --name M --email mette@example.dk" => Done,
    then [("v1", "/conflicts", [])];

    a_recording_she_asked_for_is_not_deleted: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when "resolve v1" => Refused("needed-for-access"),
    then [("v1", "/copies/*/status", ["present", "present"])];

    a_blank_is_not_asking_her: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when "resolve v1 --override '  '" => Refused("text-missing");

    that_she_was_asked_is_said_in_words: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when ASKED_HER => Done,
    then [
        ("v1", "/status", "closed"),
        ("v1", "/closing/override", "Asked on the phone: she does not want it"),
        ("r1", "/flags", []),
        ("r1", "/act_by", "2026-12-18"),
    ];

    one_of_two_copies_may_go: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when "copy v1 zoom-cloud deleted" => Done,
    then [("v1", "/flags", ["conflict"])];

    the_last_copy_may_not: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, "copy v1 zoom-cloud deleted"],
    when "copy v1 local deleted" => Refused("needed-for-access");

    once_she_has_her_answer_the_recording_can_go: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, ANSWERED],
    when "resolve v1" => Done,
    then [("v1", "/status", "closed"), ("r1", "/conflicts", [])];

    an_agreement_ends_a_conflict: "§1.7, §1.12",
    given ["on 2026-11-20", RECORDING, ACCESS],
    when "agree v1 --until 2027-01-15 --agreed-on 2026-11-20 --reference Mail" => Done,
    then [("v1", "/flags", []), ("r1", "/flags", []), ("r1", "/act_by", "2026-12-18")];

    an_erasure_makes_a_recording_due_at_once: "§1.12",
    given ["on 2026-11-20", RECORDING, ERASURE],
    when "due" => Done,
    then [
        ("v1", "/due", "2026-11-20"),
        ("v1", "/act_by", "2026-11-20"),
        ("v1", "/urgency", "act-now"),
        ("r1", "/conflicts/*/id", ["V-2026-0001"]),
        ("v1", "/conflicts/*/id", ["R-2026-0001"]),
    ];

    an_erasure_on_a_saturday_makes_it_due_on_monday: "§1.12",
    given ["on 2026-11-21", RECORDING, ERASURE],
    when "due" => Done,
    then [("v1", "/due", "2026-11-23"), ("v1", "/urgency", "soon")];

    an_erasure_makes_a_recording_without_a_link_due: "§1.12",
    given ["on 2026-11-20", SESSION],
    when "add request --kind erasure --name Bo --email bo@example.dk" => Allowed,
    then [("v1", "/due", "2026-11-20")];

    an_erasure_overrides_an_agreement: "§1.12",
    given ["on 2026-11-20", RECORDING, "agree v1 --until 2027-01-15 --agreed-on 2026-11-20 --reference Mail"],
    when ERASURE => Allowed,
    then [("v1", "/due", "2026-11-20")];

    what_was_overdue_stays_overdue: "§1.12",
    given ["on 2026-12-03", RECORDING],
    when ERASURE => Allowed,
    then [("v1", "/due", "2026-12-01"), ("v1", "/urgency", "overdue")];

    erasure_asked_for_the_recording_may_go: "§1.12",
    given ["on 2026-11-20", RECORDING, ERASURE],
    when "resolve v1" => Done,
    then [("v1", "/status", "closed"), ("r1", "/conflicts", [])];

    access_and_erasure_in_one_letter_the_copy_comes_first: "§1.12",
    given ["on 2026-11-20", RECORDING, ACCESS, ERASURE],
    when "resolve v1" => Refused("needed-for-access"),
    then [("v1", "/due", "2026-11-20"), ("r1", "/flags", ["conflict"])];
}
