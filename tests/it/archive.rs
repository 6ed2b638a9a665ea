//! Archives for measuring (`demo --fill PATH --cases N --seed S`): a store like any other, and the same one every time.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use serde_json::Value;

use crate::world::{World, text};

/// Cases of the archives made here.
const CASES: usize = 200;
/// A text of a request has at least so many bytes.
const TEXT: usize = 540;

/// Makes an archive and gives its path.
fn make(world: &World, name: &str, seed: &str) -> String {
    let path = text(&world.path(name));
    let cases = CASES.to_string();
    let args = ["demo", "--fill", &path, "--cases", &cases, "--seed", seed];
    let output = world.run(&args);
    assert_eq!(output.code, 0, "{output}");
    path
}

/// Everything in it: ids, persons, dates, texts.
fn register(world: &World, path: &str) -> Vec<Value> {
    let args = ["--store", path, "export", "all", "--format", "json"];
    let output = world.run(&args);
    assert_eq!(output.code, 0, "{output}");
    output.json()["items"].as_array().unwrap().clone()
}

#[test]
fn an_archive_is_a_right_store_nearly_all_closed_and_made_by_its_seed() {
    let world = World::new();
    let one = make(&world, "one.redb", "3");
    let verified = world.run(&["--store", &one, "verify"]);
    assert!(
        verified.code == 0 && verified.stderr.is_empty(),
        "{verified}"
    );

    let items = register(&world, &one);
    assert_eq!(items.len(), CASES);
    let closed = items.iter().filter(|item| item["closed_on"].is_string());
    let share = closed.count() * 100 / CASES;
    assert!((96..=98).contains(&share), "{share} % are closed");
    let messages: Vec<&str> = items
        .iter()
        .filter_map(|item| item["message"].as_str())
        .collect();
    assert!(messages.len() > CASES / 3, "{} texts", messages.len());
    assert!(messages.iter().all(|message| message.len() >= TEXT));

    let again = register(&world, &make(&world, "again.redb", "3"));
    assert!(items == again, "the same seed gives the same archive");
    let other = register(&world, &make(&world, "other.redb", "4"));
    assert_eq!(other.len(), CASES);
    let persons = |items: &[Value]| -> Vec<Value> {
        items.iter().map(|item| item["person"].clone()).collect()
    };
    assert_ne!(persons(&items), persons(&other));
}

#[test]
fn an_archive_is_never_written_over_a_file() {
    let world = World::new();
    let path = world.write("mine.redb", "mine");
    let output = world.run(&["demo", "--fill", &path, "--cases", "10"]);
    assert_eq!(output.code, 2, "{output}");
    assert!(output.stderr.contains(&path), "{output}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    // What is put in the way of the generator itself is not written over either, and a number of cases needs a file.
    assert_eq!(world.run("demo --cases 10").code, 2);
}
