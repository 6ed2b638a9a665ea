//! Stories of refusing: what can never be refused, on which ground, with which facts, how late (RULES §4).

use crate::stories::Answer::{Done, Fails, Refused, Warned};
use crate::stories::{
    ACCESS, ANSWERED, COMPLAINT, ERASURE, OBJECTION, RECORDING, WITHDRAWAL, stories,
};

/// Facts that carry a refusal.
const REPETITION: &str = "reject r2 --ground repetition --facts \
    'The same was asked on 3 March and answered in full on 12 March 2026; nothing is new'";
/// The first case is refused for abuse, with facts and the burden of proof accepted.
const ABUSE: &str = "reject r1 --ground abuse --accept-burden-of-proof --facts \
    'She wrote in three mails that she asks only to make us pay her to stop'";

stories! {
    a_withdrawal_is_never_refused: "§4",
    given [WITHDRAWAL],
    when ABUSE => Refused("never-refusable"),
    then [("r1", "/status", "new")];

    an_objection_is_never_refused: "§4",
    given [OBJECTION],
    when ABUSE => Refused("never-refusable");

    a_complaint_is_never_refused: "§4",
    given [COMPLAINT],
    when ABUSE => Refused("never-refusable");

    a_withdrawal_is_not_refused_on_a_milder_ground_either: "§4",
    given [WITHDRAWAL],
    when "reject r1 --ground contract --facts 'The course was bought on 3 March 2026 and still runs'"
        => Refused("never-refusable");

    an_opt_out_is_never_refused: "§4",
    given ["add optout --email ida@example.dk"],
    when "reject n1 --ground contract --facts 'The course was bought on 3 March 2026 and still runs'"
        => Refused("not-refusable");

    a_recording_is_not_refused: "§4",
    given [RECORDING],
    when "reject v1 --ground contract --facts 'The course was bought on 3 March 2026 and still runs'"
        => Refused("not-refusable");

    a_reminder_is_merged_and_not_refused: "§4",
    given ["on 2026-11-02", ACCESS, "on 2026-11-20", ACCESS],
    when REPETITION => Refused("earlier-unanswered");

    a_reminder_from_a_tagged_address_is_not_refused: "§4",
    given ["on 2026-11-02", ACCESS, "on 2026-11-20",
        "add request --kind access --name M --email METTE+x@Example.dk"],
    when REPETITION => Refused("earlier-unanswered");

    a_reminder_is_not_refused_on_any_ground: "§4",
    given ["on 2026-11-02", ACCESS, "on 2026-11-20", ACCESS],
    when "reject r2 --ground not-controller --facts 'Bo Lind runs that course'"
        => Refused("earlier-unanswered");

    an_open_case_of_another_kind_makes_no_reminder: "§4",
    given ["on 2026-11-02", ERASURE, "on 2026-11-20", ACCESS],
    when "reject r2 --ground not-controller --facts 'Bo Lind runs that course'" => Done,
    then [("r2", "/outcome", "rejected")];

    the_earlier_of_two_is_no_reminder: "§4",
    given ["on 2026-11-02", ACCESS, "on 2026-11-20", ACCESS],
    when "reject r1 --ground not-controller --facts 'Bo Lind runs that course'" => Done,
    then [("r1", "/outcome", "rejected"), ("r2", "/status", "new")];

    with_four_green_answers_facts_are_enough: "§4",
    given ["on 2026-03-03", ACCESS, "on 2026-03-12", ANSWERED, "on 2026-04-10", ACCESS],
    when REPETITION => Done,
    then [
        ("r2", "/status", "closed"),
        ("r2", "/outcome", "rejected"),
        ("r2", "/closed_on", "2026-04-10"),
        ("r2", "/rejection/ground", "repetition"),
        ("r2", "/rejection/facts",
            "The same was asked on 3 March and answered in full on 12 March 2026; nothing is new"),
        ("r2", "/rejection/burden_accepted", false),
        ("r2", "/rejection/on", "2026-04-10"),
        ("r2", "/rejection/late", false),
        ("r2", "/rejection/questions/*/light", ["green", "green", "green", "green"]),
    ];

    a_first_request_is_red: "§4",
    given [ACCESS],
    when "reject r1 --ground unfounded --facts \
        'She wrote in three mails that she asks only to make us pay her to stop'"
        => Refused("burden-not-accepted");

    the_burden_of_proof_is_accepted_in_so_many_words: "§4",
    given [ACCESS],
    when ABUSE => Done,
    then [
        ("r1", "/rejection/ground", "abuse"),
        ("r1", "/rejection/burden_accepted", true),
        ("r1", "/rejection/questions/*/light", ["red", "red", "red", "red"]),
    ];

    unfounded_is_a_ground: "§4",
    given [ACCESS],
    when "reject r1 --ground unfounded --accept-burden-of-proof --facts \
        'She wrote in three mails that she asks only to make us pay her to stop'" => Done,
    then [("r1", "/rejection/ground", "unfounded")];

    what_was_refused_before_was_not_fully_answered: "§4",
    given ["on 2026-03-03", ACCESS,
        "reject r1 --ground not-controller --facts 'Bo Lind runs that course'", "on 2026-04-10", ACCESS],
    when REPETITION => Refused("burden-not-accepted");

    what_was_answered_in_part_is_amber: "§4",
    given ["on 2026-03-03", ACCESS, "resolve r1 --outcome partly-met --override 'By hand'",
        "on 2026-04-10", ACCESS],
    when REPETITION => Done,
    then [("r2", "/rejection/questions/1/light", "amber")];

    eleven_months_are_amber: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2027-03-02", ACCESS],
    when "reject R-2027-1 --ground repetition --facts \
        'The same was asked on 3 March and answered in full on 3 March 2026; nothing is new'" => Done,
    then [
        ("R-2027-1", "/rejection/questions/2/light", "amber"),
        ("R-2027-1", "/rejection/burden_accepted", false),
    ];

    twelve_months_are_red: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2027-03-03", ACCESS],
    when "reject R-2027-1 --ground repetition --facts \
        'The same was asked on 3 March and answered in full on 3 March 2026; nothing is new'"
        => Refused("burden-not-accepted");

    a_new_recording_is_red: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED,
        "on 2026-04-01", "add recording --title S --name M --email mette@example.dk --recorded 2026-04-01",
        "on 2026-04-10", ACCESS],
    when REPETITION => Refused("burden-not-accepted");

    a_new_opt_out_is_red: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-04-01", "add optout --email mette@example.dk",
        "on 2026-04-10", ACCESS],
    when REPETITION => Refused("burden-not-accepted");

    a_new_request_of_another_kind_is_red: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-04-01", OBJECTION, "on 2026-04-10", ACCESS],
    when "reject r3 --ground repetition --facts \
        'The same was asked on 3 March and answered in full on 3 March 2026; nothing is new'"
        => Refused("burden-not-accepted");

    what_was_there_before_is_not_new: "§4",
    given ["on 2026-03-01", "add optout --email mette@example.dk", "on 2026-03-03", ACCESS, ANSWERED,
        "on 2026-04-10", ACCESS],
    when REPETITION => Done,
    then [("r2", "/rejection/questions/3/light", "green")];

    thirty_nine_characters_are_too_few: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-04-10", ACCESS],
    when "reject r2 --ground repetition --facts 'The same was answered in full in March!'"
        => Refused("facts-too-short");

    forty_characters_are_enough: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-04-10", ACCESS],
    when "reject r2 --ground repetition --facts 'The same was asked and answered in March'" => Done,
    then [("r2", "/rejection/facts", "The same was asked and answered in March")];

    blank_facts: "§4",
    given [ACCESS],
    when "reject r1 --ground abuse --facts ' ' --accept-burden-of-proof" => Refused("text-missing");

    work_load_is_no_ground: "§4",
    given [ACCESS],
    when "reject r1 --ground unfounded --accept-burden-of-proof --facts \
        'Det er alt for meget arbejde at finde det hele frem, og jeg har travlt'"
        => Refused("only-non-grounds");

    cost_is_no_ground: "§4",
    given [ACCESS],
    when "reject r1 --ground unfounded --accept-burden-of-proof --facts \
        'It costs far more money to look all of this up than she ever paid for the course'"
        => Refused("only-non-grounds");

    tone_is_no_ground: "§4",
    given [ACCESS],
    when "reject r1 --ground abuse --accept-burden-of-proof --facts \
        'She is rude and unfriendly in every single mail that she sends to us here'"
        => Refused("only-non-grounds");

    a_purpose_is_no_ground: "§4",
    given [ACCESS],
    when "reject r1 --ground abuse --accept-burden-of-proof --facts \
        'Hun giver ingen begrundelse for det og er vist kun nysgerrig efter at se det hele'"
        => Refused("only-non-grounds");

    an_expected_lawsuit_is_no_ground: "§4, C-307/22",
    given [ACCESS],
    when "reject r1 --ground abuse --accept-burden-of-proof --facts \
        'She only wants it all for the lawsuit that her lawyer is preparing against us'"
        => Refused("only-non-grounds");

    facts_beside_the_work_load_count: "§4",
    given ["on 2026-03-03", ACCESS, ANSWERED, "on 2026-04-10", ACCESS],
    when "reject r2 --ground repetition --facts \
        'It is too much work. The same was asked and answered in full five weeks ago, and nothing has changed'"
        => Done,
    then [("r2", "/outcome", "rejected")];

    unidentified_only_after_the_question: "§4",
    given [ACCESS],
    when "reject r1 --ground unidentified --facts 'No answer to two questions about the account'"
        => Refused("identity-not-asked");

    after_the_question_unidentified_is_a_ground: "§4",
    given [ACCESS, "identity r1 requested --reason 'Another address than the account has'"],
    when "reject r1 --ground unidentified --facts 'No answer to two questions about the account'" => Done,
    then [("r1", "/rejection/ground", "unidentified")];

    the_rights_of_others_are_usually_partial: "§4",
    given [ACCESS],
    when "reject r1 --ground others-rights --facts 'Three others are heard all through it'"
        => Warned("resolve --outcome partly-met"),
    then [("r1", "/rejection/ground", "others-rights"), ("r1", "/outcome", "rejected")];

    a_legal_obligation_is_usually_partial: "§4",
    given [ERASURE],
    when "reject r1 --ground legal-obligation --facts 'Vouchers of 2024, kept until the end of 2029'"
        => Warned("resolve --outcome partly-met"),
    then [("r1", "/rejection/ground", "legal-obligation")];

    legal_claims_are_usually_partial: "§4",
    given [ERASURE],
    when "reject r1 --ground legal-claims --facts 'Her invoice of 3 March 2026 is unpaid'"
        => Warned("resolve --outcome partly-met"),
    then [("r1", "/rejection/ground", "legal-claims")];

    a_contract_is_usually_partial: "§4",
    given [ERASURE],
    when "reject r1 --ground contract --facts 'The course runs until 1 May 2027'"
        => Warned("resolve --outcome partly-met"),
    then [("r1", "/rejection/ground", "contract")];

    somebody_else_is_the_controller: "§4",
    given [ACCESS],
    when "reject r1 --ground not-controller --facts 'Bo Lind runs that course himself'" => Done,
    then [("r1", "/rejection/ground", "not-controller")];

    not_controller_without_saying_who_is: "§4",
    given [ACCESS],
    when "reject r1 --ground not-controller --facts ''" => Refused("text-missing");

    a_word_that_is_no_ground: "§4",
    given [ACCESS],
    when "reject r1 --ground dislike --facts 'The same was asked and answered in March 2026'"
        => Fails(2, "usage");

    a_refusal_on_the_last_day_is_in_time: "§4",
    given ["on 2026-10-22", ACCESS, "on 2026-11-23"],
    when "reject r1 --ground not-controller --facts 'Bo Lind runs that course'" => Done,
    then [("r1", "/rejection/late", false)];

    a_refusal_after_the_last_day_is_late: "§4",
    given ["on 2026-10-22", ACCESS, "on 2026-11-24"],
    when "reject r1 --ground not-controller --facts 'Bo Lind runs that course'"
        => Warned("after its last day, 23 November 2026"),
    then [("r1", "/rejection/late", true), ("r1", "/outcome", "rejected")];

    an_extension_does_not_extend_a_refusal: "§4",
    given ["on 2026-10-22", ACCESS, "extend r1 --reason 'Four requests at once over eleven services'",
        "on 2026-11-24"],
    when "reject r1 --ground not-controller --facts 'Bo Lind runs that course'"
        => Warned("after its last day, 23 November 2026"),
    then [("r1", "/rejection/late", true)];

    what_is_closed_is_not_refused: "§4",
    given [ACCESS, ANSWERED],
    when ABUSE => Refused("already-closed"),
    then [("r1", "/rejection", null)];

    a_refusal_that_is_opened_again_stays_as_proof: "§4",
    given [ACCESS, ABUSE],
    when "reopen r1 --reason 'It was ours after all'" => Done,
    then [
        ("r1", "/status", "new"),
        ("r1", "/rejection", null),
        ("r1", "/earlier_rejections/*/ground", ["abuse"]),
    ];
}
