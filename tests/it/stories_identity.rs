//! Stories of identity questions, and of CPR numbers, which are never kept (RULES §1.10, §2).

use crate::stories::Answer::{Done, Fails, Refused};
use crate::stories::{ACCESS, ANSWERED, OTHER, RECORDING, stories};

/// The question, with the doubt in words.
const ASKED: &str = "identity r1 requested --reason 'Another address than the account has'";

stories! {
    an_identity_question_moves_no_date: "§1.10",
    given ["on 2026-10-22", ACCESS, "on 2026-10-26"],
    when ASKED => Done,
    then [
        ("r1", "/status", "awaiting-identity"),
        ("r1", "/flags", ["awaiting-identity"]),
        ("r1", "/identity/requested_on", "2026-10-26"),
        ("r1", "/identity/reason", "Another address than the account has"),
        ("r1", "/due", "2026-11-23"),
        ("r1", "/act_by", "2026-11-20"),
    ];

    weeks_of_waiting_move_no_date_either: "§1.10",
    given ["on 2026-10-22", ACCESS, "on 2026-10-26", ASKED, "on 2026-11-24"],
    when "due" => Done,
    then [("r1", "/due", "2026-11-23"), ("r1", "/urgency", "overdue")];

    identity_is_confirmed_by_a_method_on_a_day: "§2",
    given ["on 2026-10-22", ACCESS, ASKED, "on 2026-10-30"],
    when "identity r1 confirmed --method 'Answered from the old address'" => Done,
    then [
        ("r1", "/flags", []),
        ("r1", "/identity/method", "Answered from the old address"),
        ("r1", "/identity/confirmed_on", "2026-10-30"),
        ("r1", "/identity/requested_on", "2026-10-22"),
        ("r1", "/due", "2026-11-23"),
    ];

    a_question_without_a_doubt: "§2",
    given [ACCESS],
    when "identity r1 requested" => Fails(2, "usage");

    a_question_with_a_blank_doubt: "§2",
    given [ACCESS],
    when "identity r1 requested --reason '  '" => Refused("text-missing");

    a_confirmation_without_a_method: "§2",
    given [ACCESS, ASKED],
    when "identity r1 confirmed --method ' '" => Refused("text-missing");

    a_question_on_the_day_of_receipt: "§2",
    given ["on 2026-11-20", ACCESS, "on 2026-11-22"],
    when "identity r1 requested --reason 'Another address' --on 2026-11-20" => Done,
    then [("r1", "/identity/requested_on", "2026-11-20")];

    a_question_from_before_the_request: "§2",
    given ["on 2026-11-20", ACCESS, "on 2026-11-22"],
    when "identity r1 requested --reason 'Another address' --on 2026-11-19" => Refused("date-before");

    a_question_of_tomorrow: "§2",
    given [ACCESS],
    when "identity r1 requested --reason 'Another address' --on 2026-11-23" => Refused("date-in-future");

    a_confirmation_from_before_the_question: "§2",
    given ["on 2026-11-18", ACCESS, "on 2026-11-20", ASKED],
    when "identity r1 confirmed --method 'A call back' --on 2026-11-19" => Refused("date-before");

    a_confirmation_of_tomorrow: "§2",
    given [ACCESS, ASKED],
    when "identity r1 confirmed --method 'A call back' --on 2026-11-23" => Refused("date-in-future");

    who_is_known_is_not_asked_again: "§2",
    given [ACCESS, ASKED, "identity r1 confirmed --method 'A call back'"],
    when ASKED => Refused("identity-confirmed");

    nobody_is_asked_in_a_closed_case: "§2",
    given [ACCESS, ANSWERED],
    when ASKED => Refused("already-closed");

    a_recording_asks_for_no_identity: "§2",
    given [RECORDING],
    when "identity v1 requested --reason 'Another address'" => Refused("wrong-type");

    no_cpr_number_as_proof: "§2",
    given [ACCESS, ASKED],
    when "identity r1 confirmed --method 'Showed 010180-1234'" => Refused("cpr-number");

    no_cpr_number_in_a_doubt: "§2",
    given [ACCESS],
    when "identity r1 requested --reason 'Says 010180-1234, the account says no number'"
        => Refused("cpr-number");

    no_cpr_number_in_a_remark: "§2",
    given [ACCESS],
    when "note r1 'She is (311299-4321).'" => Refused("cpr-number");

    a_day_that_does_not_exist_is_no_cpr_number: "§2",
    given [ACCESS],
    when "note r1 'Order 310299-4321'" => Done,
    then [("r1", "/notes/0/text", "Order 310299-4321")];

    a_29th_of_february_is_a_date_in_a_leap_year: "§2",
    given [ACCESS],
    when "note r1 'Born 290204-1234'" => Refused("cpr-number");

    a_longer_number_is_no_cpr_number: "§2",
    given [ACCESS],
    when "note r1 'Order 010180-12345 and 1010180-1234'" => Done,
    then [("r1", "/notes/0/text", "Order 010180-12345 and 1010180-1234")];

    no_cpr_number_in_the_remark_of_a_task: "§2",
    given [ACCESS],
    when "task r1 zoom kept --note 'Found under 010180-1234'" => Refused("cpr-number");

    no_cpr_number_in_the_title_of_a_task: "§2",
    given [ACCESS],
    when "task r1 --add 'Search 010180-1234'" => Refused("cpr-number");

    no_cpr_number_in_a_message: "§2",
    given [],
    when "add request --kind access --name M --message 'My number is 010180-1234'"
        => Refused("cpr-number");

    no_cpr_number_as_a_name: "§2",
    given [OTHER],
    when "edit r1 --name 'Mette 010180-1234'" => Refused("cpr-number");

    no_cpr_number_in_an_extension: "§2",
    given [ACCESS],
    when "extend r1 --reason 'Four requests for 010180-1234 over eleven services'"
        => Refused("cpr-number");

    no_cpr_number_in_a_refusal: "§2, §4",
    given [ACCESS],
    when "reject r1 --ground not-controller --facts 'Bo Lind holds the data of 010180-1234'"
        => Refused("cpr-number");

    no_cpr_number_in_the_words_of_closing: "§2",
    given [OTHER],
    when "resolve r1 --override 'Asked by 010180-1234'" => Refused("cpr-number");

    no_cpr_number_in_the_reason_of_a_hold: "§2, §7",
    given [OTHER],
    when "hold r1 --reason 'Case of 010180-1234' --review 2027-01-01" => Refused("cpr-number");

    no_cpr_number_in_the_name_of_a_file: "§2",
    given [],
    when "add recording --title S --name Bo --recorded 2026-11-01 --copy zoom-cloud=010180-1234"
        => Refused("cpr-number");

    a_cpr_number_in_a_mail_is_masked: "§2",
    given [],
    when "import mail - --all
From: Mette <mette@example.dk>
Subject: Indsigt for 010180-1234
Date: Fri, 20 Nov 2026 10:00:00 +0100
Message-ID: <cpr@example.dk>

Hvad har du om mig? Mit nummer er 010180-1234.
" => Done,
    then [
        ("r1", "/message" contains "Mit nummer er ******-****."),
        ("r1", "/subject", "Indsigt for ******-****"),
    ];
}
