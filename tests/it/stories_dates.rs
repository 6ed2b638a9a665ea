//! Stories of dates: when an answer is due, and by which day to act (RULES §1).

use crate::stories::Answer::Done;
use crate::stories::{ACCESS, COMPLAINT, OBJECTION, WITHDRAWAL, stories};

stories! {
    a_month_that_ends_on_a_sunday_ends_on_monday: "§1.3, §1.4",
    given ["on 2026-10-22"],
    when ACCESS => Done,
    then [
        ("r1", "/received_on", "2026-10-22"),
        ("r1", "/due", "2026-11-23"),
        ("r1", "/act_by", "2026-11-20"),
    ];

    the_last_day_of_january_gives_the_last_of_february: "§1.2",
    given ["on 2026-01-31"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-03-02"), ("r1", "/act_by", "2026-02-27")];

    in_a_leap_year_february_has_a_29th: "§1.2",
    given ["on 2028-01-31"],
    when ACCESS => Done,
    then [("r1", "/due", "2028-02-29"), ("r1", "/act_by", "2028-02-29")];

    the_28th_of_february_gives_the_28th_of_march: "§1.2, not sticky",
    given ["on 2026-02-28"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-03-30"), ("r1", "/act_by", "2026-03-27")];

    the_last_of_august_gives_the_last_of_september: "§1.2",
    given ["on 2026-08-31"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-09-30"), ("r1", "/act_by", "2026-09-30")];

    easter_moves_a_deadline_over_monday: "§1.3, §1.5",
    given ["on 2026-03-05"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-04-07"), ("r1", "/act_by", "2026-04-01")];

    christmas_moves_a_deadline_over_the_weekend: "§1.5",
    given ["on 2026-11-25"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-12-28"), ("r1", "/act_by", "2026-12-23")];

    christmas_eve_ends_a_period_but_is_no_day_to_act: "§1.4, §1.5",
    given ["on 2026-11-24"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-12-24"), ("r1", "/act_by", "2026-12-23")];

    constitution_day_ends_a_period_but_is_no_day_to_act: "§1.4, §1.5",
    given ["on 2026-05-05"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-06-05"), ("r1", "/act_by", "2026-06-04")];

    one_switch_makes_constitution_day_a_holiday: "§1.5",
    given ["set optional_days_are_holidays = true", "on 2026-05-05"],
    when ACCESS => Done,
    then [("r1", "/due", "2026-06-08"), ("r1", "/act_by", "2026-06-04")];

    a_switch_set_later_moves_no_date: "§1.6",
    given ["on 2026-05-05", ACCESS, "set optional_days_are_holidays = true"],
    when "due" => Done,
    then [("r1", "/due", "2026-06-05"), ("r1", "/act_by", "2026-06-04")];

    great_prayer_day_was_a_holiday_in_2023: "§1.5",
    given ["on 2023-04-05"],
    when ACCESS => Done,
    then [("r1", "/due", "2023-05-08"), ("r1", "/act_by", "2023-05-04")];

    great_prayer_day_is_a_working_day_from_2024: "§1.5",
    given ["on 2024-03-26"],
    when ACCESS => Done,
    then [("r1", "/due", "2024-04-26"), ("r1", "/act_by", "2024-04-26")];

    before_midnight_in_copenhagen_in_summer: "§1.1",
    given [],
    when "add request --kind access --name M --received 2026-10-22T21:59:59Z" => Done,
    then [("r1", "/received_on", "2026-10-22"), ("r1", "/due", "2026-11-23")];

    after_midnight_in_copenhagen_in_summer: "§1.1",
    given [],
    when "add request --kind access --name M --received 2026-10-22T22:00:00Z" => Done,
    then [
        ("r1", "/received_on", "2026-10-23"),
        ("r1", "/received_at", "2026-10-22T22:00:00Z"),
        ("r1", "/due", "2026-11-23"),
    ];

    before_midnight_in_copenhagen_in_winter: "§1.1",
    given [],
    when "add request --kind access --name M --received 2026-11-19T22:59:59Z" => Done,
    then [("r1", "/received_on", "2026-11-19")];

    after_midnight_in_copenhagen_in_winter: "§1.1",
    given [],
    when "add request --kind access --name M --received 2026-11-19T23:00:00Z" => Done,
    then [("r1", "/received_on", "2026-11-20")];

    eight_days_before_the_day_to_act_it_is_later: "§1.4",
    given ["on 2026-11-10", ACCESS, "on 2026-12-02"],
    when "due" => Done,
    then [("r1", "/urgency", "later"), ("due", "/items", [])];

    seven_days_before_the_day_to_act_it_is_soon: "§1.4",
    given ["on 2026-11-10", ACCESS, "on 2026-12-03"],
    when "due" => Done,
    then [("r1", "/urgency", "soon"), ("due", "/items/*/id", ["R-2026-0001"])];

    the_day_before_the_day_to_act_it_is_soon: "§1.4",
    given ["on 2026-10-22", ACCESS, "on 2026-11-19"],
    when "due" => Done,
    then [("r1", "/urgency", "soon")];

    on_the_day_to_act_it_is_now: "§1.4",
    given ["on 2026-10-22", ACCESS, "on 2026-11-20"],
    when "due" => Done,
    then [("r1", "/urgency", "act-now"), ("due", "/items/0/days_left", 3)];

    on_the_last_day_it_is_not_overdue: "§1.3",
    given ["on 2026-10-22", ACCESS, "on 2026-11-23"],
    when "due" => Done,
    then [("r1", "/urgency", "act-now"), ("due", "/items/0/days_left", 0)];

    after_the_last_day_it_is_overdue: "§1.3",
    given ["on 2026-10-22", ACCESS, "on 2026-11-24"],
    when "due" => Done,
    then [("r1", "/urgency", "overdue"), ("due", "/items/0/days_left", (-1))];

    a_letter_is_answered_eight_days_earlier: "§1.11",
    given ["on 2026-11-02"],
    when "add request --kind access --name L --channel letter" => Done,
    then [("r1", "/due", "2026-12-02"), ("r1", "/act_by", "2026-11-24")];

    eight_days_earlier_and_then_back_to_a_working_day: "§1.11",
    given ["on 2026-11-14"],
    when "add request --kind access --name L --channel letter" => Done,
    then [("r1", "/due", "2026-12-14"), ("r1", "/act_by", "2026-12-04")];

    an_opt_out_on_a_thursday: "§1.8",
    given ["on 2026-11-19"],
    when "add optout --email ida@example.dk" => Done,
    then [("n1", "/act_by", "2026-11-19"), ("n1", "/due", "2026-11-20")];

    an_opt_out_on_a_friday_is_due_on_monday: "§1.8",
    given ["on 2026-11-20"],
    when "add optout --email ida@example.dk" => Done,
    then [("n1", "/act_by", "2026-11-20"), ("n1", "/due", "2026-11-23")];

    an_opt_out_on_a_saturday_waits_for_monday: "§1.8",
    given ["on 2026-11-21"],
    when "add optout --email ida@example.dk" => Done,
    then [("n1", "/act_by", "2026-11-23"), ("n1", "/due", "2026-11-24")];

    an_opt_out_at_christmas_waits_for_monday: "§1.5, §1.8",
    given ["on 2026-12-25"],
    when "add optout --email ida@example.dk" => Done,
    then [("n1", "/act_by", "2026-12-28"), ("n1", "/due", "2026-12-29")];

    the_day_after_an_opt_out_was_due_it_is_overdue: "§1.8",
    given ["on 2026-11-20", "add optout --email ida@example.dk", "on 2026-11-24"],
    when "due" => Done,
    then [("n1", "/urgency", "overdue")];

    a_withdrawal_takes_effect_the_day_it_comes: "§1.8",
    given ["on 2026-11-20"],
    when WITHDRAWAL => Done,
    then [("r1", "/act_by", "2026-11-20"), ("r1", "/due", "2026-12-21"), ("r1", "/urgency", "act-now")];

    a_withdrawal_on_a_saturday_takes_effect_on_monday: "§1.8",
    given ["on 2026-11-21"],
    when WITHDRAWAL => Done,
    then [("r1", "/act_by", "2026-11-23"), ("r1", "/due", "2026-12-21"), ("r1", "/urgency", "soon")];

    an_objection_to_marketing_takes_effect_at_once: "§1.8",
    given ["on 2026-11-21"],
    when OBJECTION => Done,
    then [("r1", "/act_by", "2026-11-23"), ("r1", "/due", "2026-12-21")];

    a_complaint_is_answered_within_a_month: "§1.9",
    given ["on 2026-10-22"],
    when COMPLAINT => Done,
    then [
        ("r1", "/act_by", "2026-11-20"),
        ("r1", "/due", "2026-11-23"),
        ("r1", "/flags", ["complaint"]),
    ];
}
