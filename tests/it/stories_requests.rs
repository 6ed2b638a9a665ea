//! Stories of the work on a case: tasks, outcomes, reopening, splitting, merging, extending (RULES §2).

use crate::stories::Answer::{Done, Refused};
use crate::stories::{
    ACCESS, ANSWERED, COMPLAINT, ERASURE, OBJECTION, OTHER, RECORDING, WITHDRAWAL, stories,
};

/// Mette's case is worked to its end.
const WORKED: &str = "task r1 mailbox done";
/// A reason the law takes.
const EXTENDED: &str = "extend r1 --reason 'Four requests at once over eleven services'";

stories! {
    a_task_is_done_on_a_day: "§2",
    given ["on 2026-11-20", ACCESS, "on 2026-11-22"],
    when "task r1 zoom done" => Done,
    then [
        ("r1", "/tasks/3/status", "done"),
        ("r1", "/tasks/3/done_on", "2026-11-22"),
        ("r1", "/status", "in-progress"),
    ];

    a_task_is_taken_up_again: "§2",
    given [OTHER, WORKED],
    when "task r1 mailbox todo" => Done,
    then [("r1", "/tasks/0/status", "todo"), ("r1", "/tasks/0/done_on", null)];

    who_was_asked_is_waited_for: "§2",
    given [OTHER],
    when "task r1 mailbox asked --follow-up 2026-11-30" => Done,
    then [
        ("r1", "/status", "awaiting-third-party"),
        ("r1", "/tasks/0/follow_up_on", "2026-11-30"),
        ("r1", "/tasks/0/done_on", null),
    ];

    with_the_answer_the_follow_up_is_gone: "§2",
    given [OTHER, "task r1 mailbox asked --follow-up 2026-11-30"],
    when "task r1 mailbox done" => Done,
    then [("r1", "/status", "ready"), ("r1", "/tasks/0/follow_up_on", null)];

    kept_without_a_reason: "§2",
    given [WITHDRAWAL],
    when "task r1 stripe kept" => Refused("note-required");

    kept_for_a_blank_reason: "§2",
    given [WITHDRAWAL],
    when "task r1 stripe kept --note '  '" => Refused("note-required");

    vouchers_are_kept_with_the_reason: "§2",
    given [OTHER],
    when "task r1 mailbox kept --note 'Vouchers, five years'" => Done,
    then [
        ("r1", "/tasks/0/status", "kept"),
        ("r1", "/tasks/0/note", "Vouchers, five years"),
        ("r1", "/status", "ready"),
    ];

    skipped_without_a_reason: "§2",
    given [OTHER],
    when "task r1 mailbox skipped" => Refused("note-required");

    skipped_with_a_reason: "§2",
    given [OTHER],
    when "task r1 mailbox skipped --note 'Never wrote by mail'" => Done,
    then [("r1", "/tasks/0/status", "skipped"), ("r1", "/status", "ready")];

    nothing_held_needs_no_reason: "§2",
    given [OTHER],
    when "task r1 mailbox nothing-held" => Done,
    then [("r1", "/tasks/0/status", "nothing-held"), ("r1", "/tasks/0/note", null)];

    a_closed_case_is_not_worked_on: "§2",
    given [OTHER, WORKED, "resolve r1"],
    when "task r1 mailbox todo" => Refused("already-closed");

    a_remark_is_still_made_on_a_closed_case: "§2",
    given [OTHER, WORKED, "resolve r1"],
    when "note r1 'She thanked me'" => Done,
    then [("r1", "/notes/0/text", "She thanked me"), ("r1", "/status", "closed")];

    open_tasks_keep_a_case_open: "§2",
    given [OTHER],
    when "resolve r1" => Refused("open-tasks");

    who_was_asked_and_has_not_answered_keeps_it_open_too: "§2",
    given [OTHER, "task r1 mailbox asked"],
    when "resolve r1 --outcome answered" => Refused("open-tasks");

    a_case_is_closed_over_open_tasks_in_words: "§2",
    given [OTHER],
    when "resolve r1 --override 'Only a greeting' --note 'Wished her well'" => Done,
    then [
        ("r1", "/status", "closed"),
        ("r1", "/closing/override", "Only a greeting"),
        ("r1", "/closing/note", "Wished her well"),
        ("r1", "/closed_on", "2026-11-22"),
        ("r1", "/urgency", null),
    ];

    a_blank_is_no_override: "§2",
    given [OTHER],
    when "resolve r1 --override ' '" => Refused("text-missing");

    a_case_whose_tasks_are_done_is_answered: "§2",
    given [OTHER, WORKED],
    when "resolve r1" => Done,
    then [("r1", "/outcome", "answered"), ("r1", "/closing/override", null)];

    a_case_where_nothing_is_held_ends_so: "§2",
    given [ACCESS, "all r1 nothing-held"],
    when "resolve r1" => Done,
    then [("r1", "/outcome", "nothing-held")];

    one_find_and_it_is_an_answer: "§2",
    given [ACCESS, "all r1 nothing-held", "task r1 zoom done"],
    when "resolve r1" => Done,
    then [("r1", "/outcome", "answered")];

    a_part_is_met: "§2",
    given [OTHER, WORKED],
    when "resolve r1 --outcome partly-met" => Done,
    then [("r1", "/outcome", "partly-met")];

    the_person_takes_it_back: "§2",
    given [OTHER, WORKED],
    when "resolve r1 --outcome withdrawn-by-person" => Done,
    then [("r1", "/outcome", "withdrawn-by-person")];

    the_person_does_not_reply: "§2",
    given [OTHER, WORKED],
    when "resolve r1 --outcome no-reply" => Done,
    then [("r1", "/outcome", "no-reply")];

    it_was_no_request: "§2",
    given [OTHER, WORKED],
    when "resolve r1 --outcome not-a-request" => Done,
    then [("r1", "/outcome", "not-a-request")];

    a_refusal_is_no_outcome_to_choose: "§2, §4",
    given [OTHER, WORKED],
    when "resolve r1 --outcome rejected" => Refused("reject-instead");

    not_even_with_an_override: "§2, §4",
    given [OTHER],
    when "resolve r1 --outcome rejected --override 'I want to'" => Refused("reject-instead");

    an_opt_out_has_no_outcome: "§2",
    given ["add optout --email ida@example.dk"],
    when "resolve n1 --outcome answered" => Refused("outcome-not-here");

    a_recording_has_no_outcome: "§2",
    given [RECORDING],
    when "resolve v1 --outcome answered" => Refused("outcome-not-here");

    what_is_closed_is_not_closed_again: "§2",
    given [OTHER, WORKED, "resolve r1"],
    when "resolve r1 --outcome partly-met" => Refused("already-closed"),
    then [("r1", "/outcome", "answered")];

    several_are_closed_or_none: "§2",
    given [OTHER, "add optout --email ida@example.dk"],
    when "resolve n1 r1" => Refused("open-tasks"),
    then [("n1", "/status", "open")];

    a_case_is_opened_again_with_its_old_dates: "§1.6, §2",
    given ["on 2026-10-22", ACCESS, ANSWERED, "on 2026-11-22"],
    when "reopen r1 --reason 'She missed a file'" => Done,
    then [
        ("r1", "/status", "new"),
        ("r1", "/outcome", null),
        ("r1", "/closed_on", null),
        ("r1", "/due", "2026-11-23"),
        ("r1", "/act_by", "2026-11-20"),
        ("r1", "/notes/0/text", "She missed a file"),
    ];

    opening_again_needs_a_reason: "§2",
    given [OTHER, WORKED, "resolve r1"],
    when "reopen r1 --reason ' '" => Refused("text-missing");

    what_is_open_is_not_opened: "§2",
    given [OTHER],
    when "reopen r1 --reason 'Once more'" => Refused("not-closed");

    a_complaint_with_a_request_in_it_becomes_two_cases: "§1.9",
    given ["on 2026-10-22", COMPLAINT, "on 2026-11-10"],
    when "split r1 --kind access" => Done,
    then [
        ("r2", "/kind", "access"),
        ("r2", "/received_on", "2026-10-22"),
        ("r2", "/due", "2026-11-23"),
        ("r2", "/act_by", "2026-11-20"),
        ("r2", "/person/emails", ["mette@example.dk"]),
        ("r2", "/tasks/0/status", "todo"),
        ("r1", "/kind", "complaint"),
        ("r1", "/status", "new"),
    ];

    a_withdrawal_in_a_complaint_takes_effect_at_once: "§1.8, §1.9",
    given ["on 2026-10-22", COMPLAINT, "on 2026-11-10"],
    when "split r1 --kind withdrawal" => Done,
    then [("r2", "/received_on", "2026-10-22"), ("r2", "/act_by", "2026-10-22"), ("r2", "/urgency", "act-now")];

    a_split_takes_no_extension_with_it: "§1.3, §1.9",
    given ["on 2026-10-22", ACCESS, EXTENDED],
    when "split r1 --kind erasure" => Done,
    then [("r2", "/extension", null), ("r2", "/due", "2026-11-23"), ("r1", "/due", "2027-01-22")];

    a_recording_is_not_split: "§1.9",
    given [RECORDING],
    when "split v1 --kind access" => Refused("wrong-type");

    a_reminder_is_merged_and_moves_nothing: "§2, §4",
    given ["on 2026-10-22", ACCESS, "on 2026-11-20",
        "add request --kind access --name M --email METTE+x@Example.dk"],
    when "merge r2 --into r1" => Done,
    then [
        ("r2", "/status", "closed"),
        ("r2", "/outcome", "duplicate"),
        ("r2", "/closing/duplicate_of", "R-2026-0001"),
        ("r1", "/status", "new"),
        ("r1", "/due", "2026-11-23"),
    ];

    another_kind_is_no_reminder: "§2",
    given [ACCESS, ERASURE],
    when "merge r2 --into r1" => Refused("cannot-merge");

    another_person_sends_no_reminder: "§2",
    given [ACCESS, "add request --kind access --name Mette --email mette@example.com"],
    when "merge r2 --into r1" => Refused("cannot-merge");

    a_case_is_no_reminder_of_itself: "§2",
    given [ACCESS],
    when "merge r1 --into r1" => Refused("cannot-merge");

    nothing_is_merged_into_a_closed_case: "§2",
    given [ACCESS, ANSWERED, ACCESS],
    when "merge r2 --into r1" => Refused("already-closed");

    a_closed_case_is_not_merged: "§2",
    given [ACCESS, ACCESS, "resolve r2 --override 'A greeting'"],
    when "merge r2 --into r1" => Refused("already-closed");

    an_extension_counts_from_receipt: "§1.3, §2",
    given ["on 2026-10-22", ACCESS, "on 2026-11-10"],
    when EXTENDED => Done,
    then [
        ("r1", "/due", "2027-01-22"),
        ("r1", "/act_by", "2027-01-22"),
        ("r1", "/extension/until", "2027-01-22"),
        ("r1", "/extension/notified_on", "2026-11-10"),
        ("r1", "/flags", ["extended"]),
    ];

    an_extension_from_the_last_of_january: "§1.2, §1.4",
    given ["on 2026-01-31", ACCESS],
    when EXTENDED => Done,
    then [("r1", "/due", "2026-04-30"), ("r1", "/act_by", "2026-04-28")];

    an_extension_that_ends_on_a_sunday: "§1.3, §1.4",
    given ["on 2026-11-30", ACCESS],
    when EXTENDED => Done,
    then [("r1", "/due", "2027-03-01"), ("r1", "/act_by", "2027-02-26")];

    an_extended_letter_is_answered_eight_days_earlier: "§1.11",
    given ["on 2026-11-10", "add request --kind access --name L --channel letter"],
    when EXTENDED => Done,
    then [("r1", "/due", "2027-02-10"), ("r1", "/act_by", "2027-02-02")];

    the_first_month_runs_to_its_moved_last_day: "§2",
    given ["on 2026-10-22", ACCESS, "on 2026-11-23"],
    when EXTENDED => Done,
    then [("r1", "/extension/notified_on", "2026-11-23")];

    after_the_first_month_there_is_no_extension: "§2",
    given ["on 2026-10-22", ACCESS, "on 2026-11-24"],
    when EXTENDED => Refused("extension-too-late");

    a_notice_dated_back_does_not_help: "§2, one action",
    given ["on 2026-10-22", ACCESS, "on 2026-11-24"],
    when "extend r1 --reason 'Four requests at once over eleven services' --notified 2026-11-20"
        => Refused("extension-too-late");

    an_extension_is_given_once: "§2",
    given ["on 2026-10-22", ACCESS, EXTENDED],
    when EXTENDED => Refused("already-extended");

    an_extension_needs_a_reason: "§2",
    given [ACCESS],
    when "extend r1 --reason ' '" => Refused("text-missing");

    an_own_holiday_is_no_reason: "§2",
    given [ACCESS],
    when "extend r1 --reason 'I am on holiday in the South until the new year'"
        => Refused("not-an-extension-reason");

    an_own_holiday_is_no_reason_in_danish: "§2",
    given [ACCESS],
    when "extend r1 --reason 'Jeg holder ferie til og med nytår'"
        => Refused("not-an-extension-reason");

    work_load_is_no_reason: "§2",
    given [ACCESS],
    when "extend r1 --reason 'I am very busy at the moment'" => Refused("not-an-extension-reason");

    that_it_takes_long_is_no_reason: "§2",
    given [ACCESS],
    when "extend r1 --reason 'Det tager lang tid at finde det hele frem'"
        => Refused("not-an-extension-reason");

    a_reason_beside_a_holiday_is_one: "§2",
    given [ACCESS],
    when "extend r1 --reason 'I am on holiday. The data lies with eleven services and needs redaction'"
        => Done,
    then [("r1", "/flags", ["extended"])];

    a_notice_of_tomorrow: "§2",
    given [ACCESS],
    when "extend r1 --reason 'Four requests at once over eleven services' --notified 2026-11-23"
        => Refused("date-in-future");

    a_notice_from_before_the_request: "§2",
    given ["on 2026-11-20", ACCESS],
    when "extend r1 --reason 'Four requests at once over eleven services' --notified 2026-11-19"
        => Refused("date-before");

    a_withdrawal_is_not_extended: "§1.8, §2",
    given [WITHDRAWAL],
    when EXTENDED => Refused("no-extension-for-kind");

    an_objection_is_not_extended: "§1.8, §2",
    given [OBJECTION],
    when EXTENDED => Refused("no-extension-for-kind");

    a_closed_case_is_not_extended: "§2",
    given [ACCESS, ANSWERED],
    when EXTENDED => Refused("already-closed");

    a_recording_is_not_extended: "§2",
    given [RECORDING],
    when "extend v1 --reason 'Four requests at once over eleven services'" => Refused("wrong-type");
}
