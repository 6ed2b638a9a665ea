//! The calendar against independent answers, line by line: `tests/data/oracle` was worked out elsewhere.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use chrono::{Days, NaiveDate};
use indsigt::domain::holidays::{Calendar, holiday};
use serde_json::Value;

use crate::world::{World, data};

/// The rows of an oracle table by column name.
fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(data(&format!("oracle/{name}"))).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn vectors() -> Value {
    serde_json::from_slice(&fs::read(data("oracle/date-vectors.json")).unwrap()).unwrap()
}

/// What `deadline --json -` says to these lines, all in one run.
fn deadlines(world: &World, lines: &[&str]) -> Vec<Value> {
    let output = world.run_with(&["deadline", "--json", "-"], lines.join("\n"));
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    let answers: Vec<Value> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines.len(), "one answer a line");
    answers
}

#[test]
fn every_receipt_date_from_2018_to_2030_gives_the_dates_of_the_oracle() {
    let rows = table("deadlines-2018-2030.csv");
    assert_eq!(rows.len(), 4748);
    let dates: Vec<&str> = rows.iter().map(|row| row["received"].as_str()).collect();
    let answers = deadlines(&World::new(), &dates);
    let mut wrong = Vec::new();
    for (row, answer) in rows.iter().zip(&answers) {
        for (column, field) in [
            ("received", "received_on"),
            ("due_one_month", "due"),
            ("act_by_one_month", "act_by"),
            ("due_extended", "extended_due"),
            ("act_by_extended", "extended_act_by"),
            ("recording_due", "recording_due"),
        ] {
            if answer[field] != row[column].as_str() {
                wrong.push(format!(
                    "{}: {field} is {}, the oracle says {}",
                    row["received"], answer[field], row[column]
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The days over which a date moved are named in the rule, as the oracle names them.
#[test]
fn the_rule_names_every_day_a_date_was_moved_over() {
    let rows = table("deadlines-2018-2030.csv");
    let moved: Vec<_> = rows
        .iter()
        .filter(|row| !row["roll_reason_one_month"].is_empty())
        .collect();
    assert!(moved.len() > 1000);
    let dates: Vec<&str> = moved.iter().map(|row| row["received"].as_str()).collect();
    let answers = deadlines(&World::danish(), &dates);
    for (row, answer) in moved.iter().zip(&answers) {
        let rule = answer["rule"].as_str().unwrap().to_lowercase();
        let (_, moved) = rule.split_once("flyttet over").unwrap();
        let reasons = row["roll_reason_one_month"]
            .to_lowercase()
            .replace("anden ", "2. ");
        for reason in reasons.split('+') {
            // The oracle says Saturday and Sunday where a holiday falls on one; either name is a reason.
            let named = moved.contains(reason.trim());
            let weekend = matches!(reason.trim(), "lørdag" | "søndag");
            assert!(
                named || weekend,
                "{}: {reason} is not in “{rule}”",
                row["received"]
            );
        }
        let days: usize = row["rolled_days_one_month"].parse().unwrap();
        let (reasons, _) = moved.split_once(" til ").unwrap();
        assert_eq!(
            reasons.split(", ").count(),
            days,
            "{}: “{rule}”",
            row["received"]
        );
    }
}

#[test]
fn chosen_dates_with_their_reasons() {
    let vectors = vectors();
    let cases = vectors["dates"].as_array().unwrap();
    assert_eq!(cases.len(), 35);
    let dates: Vec<&str> = cases
        .iter()
        .map(|case| case["received"].as_str().unwrap())
        .collect();
    for (case, answer) in cases.iter().zip(deadlines(&World::new(), &dates)) {
        for (column, field) in [
            ("due_one_month", "due"),
            ("act_by_one_month", "act_by"),
            ("due_extended", "extended_due"),
            ("act_by_extended", "extended_act_by"),
            ("recording_due", "recording_due"),
        ] {
            assert_eq!(answer[field], case[column], "{field}: {}", case["why"]);
        }
    }
}

#[test]
fn with_the_optional_days_as_holidays_5_june_and_the_eves_move_a_deadline() {
    let world = World::new();
    world.configure("optional_days_are_holidays = true\n");
    let vectors = vectors();
    let cases = vectors["dates"].as_array().unwrap();
    let dates: Vec<&str> = cases
        .iter()
        .map(|case| case["received"].as_str().unwrap())
        .collect();
    let mut different = 0;
    for (case, answer) in cases.iter().zip(deadlines(&world, &dates)) {
        let expected = &case["due_one_month_if_optional_days_counted"];
        assert_eq!(&answer["due"], expected, "{}", case["why"]);
        different += usize::from(*expected != case["due_one_month"]);
    }
    assert!(different > 0, "no case would notice the setting");
}

#[test]
fn an_instant_belongs_to_the_local_date_in_copenhagen() {
    let vectors = vectors();
    let cases = vectors["instants"].as_array().unwrap();
    assert_eq!(cases.len(), 17);
    let instants: Vec<&str> = cases
        .iter()
        .map(|case| case["instant"].as_str().unwrap())
        .collect();
    for (case, answer) in cases.iter().zip(deadlines(&World::new(), &instants)) {
        assert_eq!(
            answer["received_on"], case["received_local"],
            "{}",
            case["why"]
        );
        assert_eq!(answer["due"], case["due_one_month"], "{}", case["why"]);
    }
}

/// A request that came at an instant is dated as the same instant on `deadline` (RULES §1.1).
#[test]
fn a_request_is_dated_as_its_instant() {
    let world = World::new();
    let vectors = vectors();
    for case in vectors["instants"].as_array().unwrap() {
        let request = world.json(&[
            "add",
            "request",
            "--kind",
            "access",
            "--name",
            "Mette",
            "--received",
            case["instant"].as_str().unwrap(),
        ]);
        assert_eq!(
            request["received_on"], case["received_local"],
            "{}",
            case["why"]
        );
        assert_eq!(request["due"], case["due_one_month"], "{}", case["why"]);
    }
}

/// The server's own time zone and clock play no part.
#[test]
fn the_machines_time_zone_moves_nothing() {
    let world = World::new();
    for zone in ["UTC", "America/Los_Angeles", "Pacific/Auckland"] {
        let output = world.run_in(
            &[("TZ", zone)],
            &["deadline", "--json", "2026-10-21T22:30:00Z"],
        );
        assert_eq!(output.json()["received_on"], "2026-10-22", "{zone}");
    }
}

#[test]
fn the_holidays_from_2018_to_2035_are_those_of_the_table_and_no_others() {
    let mut listed: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for row in table("holidays-dk-2018-2035.csv") {
        listed
            .entry(row["date"].parse().unwrap())
            .or_default()
            .push(row["kind"].clone());
    }
    assert_eq!(listed.values().flatten().count(), 240);
    let calendar = Calendar::default();
    let strict = Calendar {
        optional_days_are_holidays: true,
    };
    let mut day: NaiveDate = "2018-01-01".parse().unwrap();
    let end: NaiveDate = "2035-12-31".parse().unwrap();
    while day <= end {
        let kinds = listed.get(&day).cloned().unwrap_or_default();
        let statutory = kinds.iter().any(|kind| kind == "statutory");
        let weekend = matches!(day.format("%u").to_string().as_str(), "6" | "7");
        assert_eq!(holiday(day).is_some(), !kinds.is_empty(), "{day} {kinds:?}");
        let by_law = holiday(day).is_some_and(indsigt::domain::holidays::Holiday::is_statutory);
        assert_eq!(by_law, statutory, "{day} {kinds:?}");
        assert_eq!(
            calendar.is_day_off(day),
            weekend || statutory,
            "{day} {kinds:?}"
        );
        let special = weekend || !kinds.is_empty();
        assert_eq!(calendar.is_doubtful_or_off(day), special, "{day} {kinds:?}");
        assert_eq!(strict.is_day_off(day), special, "{day} {kinds:?}");
        day = day + Days::new(1);
    }
}

/// The issue asks for every receipt date up to 2040: where the oracle's table ends, its rules still hold.
#[test]
fn beyond_the_table_dates_keep_the_rules() {
    let mut day: NaiveDate = "2031-01-01".parse().unwrap();
    let end: NaiveDate = "2040-12-31".parse().unwrap();
    let mut dates = Vec::new();
    while day <= end {
        dates.push(day.to_string());
        day = day + Days::new(1);
    }
    let lines: Vec<&str> = dates.iter().map(String::as_str).collect();
    let date = |value: &Value| -> NaiveDate { value.as_str().unwrap().parse().unwrap() };
    let calendar = Calendar::default();
    let mut before = NaiveDate::MIN;
    for (received, answer) in dates.iter().zip(deadlines(&World::new(), &lines)) {
        let (due, act_by) = (date(&answer["due"]), date(&answer["act_by"]));
        let received: NaiveDate = received.parse().unwrap();
        assert!(
            received < act_by && act_by <= due && due >= before,
            "{received}"
        );
        assert!(
            !calendar.is_day_off(due) && !calendar.is_doubtful_or_off(act_by),
            "{received}"
        );
        assert!(date(&answer["extended_due"]) > due, "{received}");
        assert_eq!(date(&answer["recording_due"]), received + Days::new(28));
        before = due;
    }
}
