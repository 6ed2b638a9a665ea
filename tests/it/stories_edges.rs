//! Stories that were told wrong once: what a fresh reader of the rules found.

use crate::stories::Answer::{Allowed, Done, Refused, Warned};
use crate::stories::{ACCESS, ANSWERED, OTHER, RECORDING, stories};

/// Mette asks by mail.
const MAIL: &str = "import mail - --all
From: Mette <mette@example.dk>
Subject: Indsigt
Date: Fri, 20 Nov 2026 10:00:00 +0100
Message-ID: <1@example.dk>

Hvilke oplysninger har du om mig?
";

stories! {
    /// Hours and money in figures are work load and cost.
    work_load_in_figures_is_no_ground: "§4",
    given [ACCESS],
    when "reject r1 --ground abuse --accept-burden-of-proof --facts \
        'Answering takes 12 hours of work and costs 3000 kr. every time'"
        => Refused("only-non-grounds");

    a_holiday_in_figures_is_no_reason: "§2",
    given [ACCESS],
    when "extend r1 --reason 'I am on holiday for 3 weeks in July'" => Refused("not-an-extension-reason");

    work_load_in_figures_is_no_reason: "§2",
    given [ACCESS],
    when "extend r1 --reason 'It takes too long, at least 40 hours of work'"
        => Refused("not-an-extension-reason");

    /// The earlier case would go, and with it its deadline.
    an_earlier_case_is_not_merged_into_a_later_one: "§1.3, §4",
    given ["on 2026-11-02", ACCESS, "on 2026-11-20", ACCESS],
    when "merge r1 --into r2" => Refused("cannot-merge"),
    then [("r1", "/due", "2026-12-02")];

    no_cpr_number_as_an_address: "§2",
    given [OTHER],
    when "edit r1 --email 010180-1234@example.dk" => Refused("cpr-number");

    no_cpr_number_as_the_address_of_an_opt_out: "§2",
    given [OTHER],
    when "add optout --email 010180-1234@example.dk" => Refused("cpr-number");

    after_90_days_there_is_a_reminder_of_texts: "§7",
    given ["on 2026-09-01", "add request --kind other --name Mette --message 'Hello, and thank you'",
        "resolve r1 --override 'Only a greeting'", "on 2026-11-30"],
    when "due" => Done,
    then [("due", "/past_retention", 1)];

    /// Twelve months and 365 days differ over a 29 February.
    a_day_short_of_twelve_months_over_a_leap_day: "§4",
    given ["on 2027-03-03", ACCESS, ANSWERED, "on 2028-03-02", ACCESS],
    when "reject R-2028-1 --ground repetition --facts \
        'The same was asked on 3 March and answered in full on 3 March 2027; nothing is new'" => Done,
    then [("R-2028-1", "/rejection/questions/2/light", "amber")];

    /// Points and commas count.
    forty_characters_with_a_full_stop_are_enough: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-04-10", ACCESS],
    when "reject r2 --ground repetition --facts 'The same was asked and answered in June.'" => Done,
    then [("r2", "/outcome", "rejected")];

    the_end_of_a_link_entered_before_is_kept: "§1.7",
    given ["add recording --title S --name Bo --recorded 2026-11-20 --link-expires 2026-12-30"],
    when "link-sent v1" => Warned("works longer"),
    then [("v1", "/link_expires_on", "2026-12-30")];

    a_reason_for_something_else_is_none: "§2",
    given [ACCESS, "task r1 zoom done --note 'Two recordings found'"],
    when "task r1 zoom kept" => Refused("note-required");

    asked_again_the_first_date_stays: "§2",
    given ["on 2026-11-10", ACCESS, "identity r1 requested --reason 'Another address than before'", "on 2026-11-20"],
    when "identity r1 requested --reason 'Still another address'" => Done,
    then [("r1", "/identity/requested_on", "2026-11-10"), ("r1", "/identity/reason", "Still another address")];

    who_was_identified_is_not_unidentified: "§4",
    given [ACCESS, "identity r1 requested --reason 'Another address'", "identity r1 confirmed --method 'She rang'"],
    when "reject r1 --ground unidentified --facts 'She did not answer our question at all'"
        => Refused("identity-confirmed");

    what_was_purged_is_not_merely_deleted: "§1.7",
    given [RECORDING, "copy v1 zoom-cloud deleted", "copy v1 zoom-cloud purged"],
    when "copy v1 zoom-cloud deleted" => Refused("copy-already");

    a_hold_that_is_not_there_is_not_lifted: "§7",
    given [OTHER],
    when "release r1" => Refused("not-held");

    who_answered_is_not_asked_again: "§2",
    given [ACCESS],
    when "task r1 zoom done --follow-up 2026-12-01" => Refused("follow-up-of-nothing");

    nobody_is_asked_again_in_the_past: "§2",
    given [ACCESS],
    when "task r1 zoom asked --follow-up 2026-11-21" => Refused("date-before");

    what_came_since_is_shown_beside_a_repeat: "§3",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-05-05",
        "add recording --title S --name Mette --email mette@example.dk --recorded 2026-05-05", "on 2026-11-20"],
    when ACCESS => Allowed,
    then [("r2", "/earlier/0/changed_since", ["V-2026-0001"])];

    a_reply_is_added_to_the_open_case: "§2",
    given [MAIL],
    when "import mail - --all
From: Mette <mette@example.dk>
Subject: Re: Indsigt
Date: Sat, 21 Nov 2026 10:00:00 +0100
Message-ID: <2@example.dk>
In-Reply-To: <1@example.dk>

Tak, jeg venter.
" => Allowed,
    then [("list requests --any", "/total", 1)];

    a_mail_with_the_id_in_its_subject_is_added_to_the_case: "§2",
    given [MAIL],
    when "import mail - --all
From: Mette <mette@work.example>
Subject: Sag R-2026-0001
Date: Sat, 21 Nov 2026 10:00:00 +0100
Message-ID: <2@work.example>

Her er svaret.
" => Allowed,
    then [("list requests --any", "/total", 1)];

    a_reminder_by_mail_is_no_new_request: "§2",
    given [MAIL],
    when "import mail - --all
From: Mette <METTE+x@example.dk>
Subject: Indsigt, rykker
Date: Sat, 21 Nov 2026 10:00:00 +0100
Message-ID: <3@example.dk>

Jeg har stadig ikke hørt, hvilke oplysninger du har om mig.
" => Allowed,
    then [("list requests --any", "/total", 1)];
}
