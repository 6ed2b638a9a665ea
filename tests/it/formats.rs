//! A store of every format there ever was, opened by today's program. The samples are in `tests/data/stores`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;

use crate::world::World;

/// Puts a sample where the program keeps its store.
fn world_with(sample: &str) -> World {
    let world = World::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/stores");
    fs::create_dir_all(world.store().parent().unwrap()).unwrap();
    fs::copy(samples.join(sample), world.store()).unwrap();
    world
}

#[test]
fn format_1_is_converted_and_kept_beside_as_it_was() {
    let world = world_with("format-1.redb");
    let original = fs::read(world.store()).unwrap();

    let refused = world.run("--read-only due");
    assert_eq!(refused.code, 65, "{refused}");
    assert!(refused.stderr.contains("older format 1"), "{refused}");
    assert!(fs::read(world.store()).unwrap() == original);

    let due = world.json("due --all");
    let ids: Vec<_> = due["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["id"].clone(),
                item["act_by"].clone(),
                item["urgency"].clone(),
            )
        })
        .collect();
    assert_eq!(
        ids,
        [
            (json!("V-2026-0002"), json!(null), json!("soon")),
            (json!("N-2026-0001"), json!("2026-11-23"), json!("soon")),
            (json!("R-2026-0002"), json!("2026-11-30"), json!("later")),
            (json!("V-2026-0001"), json!("2026-12-01"), json!("later")),
        ]
    );
    let aside = world.path(".local/share/indsigt/indsigt.redb.format-1");
    assert_eq!(
        aside.metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    let kept = fs::read(&aside).unwrap();

    assert_eq!(world.json("verify")["problems"], json!([]));
    // What undo knew before the conversion it still knows.
    world.ok("redo");
    assert_eq!(world.json("verify")["problems"], json!([]));
    assert_eq!(world.json("show r2")["notes"][0]["text"], "Ringede tilbage");
    assert!(fs::read(&aside).unwrap() == kept, "set aside once");

    fs::rename(&aside, world.store()).unwrap();
    assert_eq!(world.run("--read-only due").code, 65);
    assert_eq!(world.json("due --all"), due);
}

#[test]
fn format_2_gets_room_for_files() {
    let world = world_with("format-2.redb");
    world.on("2026-11-20");
    let due = world.json("due --all");
    let ids: Vec<_> = due["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].clone())
        .collect();
    assert_eq!(ids, ["N-2026-0001", "R-2026-0001", "V-2026-0001"]);
    assert_eq!(world.json("verify")["problems"], json!([]));
    // The mails are known again, and what undo knew it still knows.
    let shown = world.json("show r1");
    assert_eq!(shown["mails"][0]["text"], "Har I set den?");
    assert_eq!(shown["attachments"], json!([]));
    world.ok("redo");
    let file = world.write("a.pdf", "PDF");
    world.ok(&["attach", "r1", &file]);
    assert_eq!(world.json("verify")["problems"], json!([]));
}

#[test]
fn format_3_is_counted_by_day_and_searched() {
    let world = world_with("format-3.redb");
    world.on("2026-10-13");
    let ids = |list: &serde_json::Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap().iter();
        items
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let due = world.json("due --all");
    assert_eq!(ids(&due), ["N-2026-0001", "R-2026-0001", "V-2026-0001"]);
    assert_eq!(world.json("verify")["problems"], json!([]));
    let closed = world.json("list all --closed");
    assert_eq!(ids(&closed), ["R-2026-0002"]);
    for (text, found) in [
        ("AABENT", vec!["R-2026-0001"]),
        ("slet venligst", vec!["R-2026-0002"]),
        ("mette@", vec!["R-2026-0001", "V-2026-0001"]),
        ("0001", vec!["N-2026-0001", "R-2026-0001", "V-2026-0001"]),
        ("nobody", vec![]),
    ] {
        let list = world.json(&["list", "all", "--any", "--search", text]);
        assert_eq!(ids(&list), found, "{text}");
    }
    world.ok("undo");
    assert_eq!(ids(&world.json("list all --closed")), [""; 0]);
    assert_eq!(world.json("verify")["problems"], json!([]));
}

#[test]
fn format_4_counts_what_is_to_be_erased_by_spans_and_keeps_its_values() {
    let world = world_with("format-4.redb");
    for (day, past) in [
        ("2021-05-01", 0),
        ("2021-07-01", 1),
        ("2026-11-23", 2),
        ("2060-01-01", 3),
    ] {
        world.on(day);
        assert_eq!(world.json("due")["past_retention"], json!(past), "{day}");
    }
    world.on("2026-11-23");
    assert_eq!(world.json("verify")["problems"], json!([]));
    assert_eq!(
        world.json("show R-2026-0001")["person"]["name"],
        "Mette Holm"
    );
    // A record is written in the new way with its next change; the history goes on from entries of the old one.
    world.ok(&["note", "R-2026-0001", "ringede igen"]);
    assert_eq!(world.json("verify")["problems"], json!([]));
    world.ok("undo");
    world.ok("purge --yes");
    assert_eq!(world.json("due")["past_retention"], json!(0));
    assert_eq!(world.json("verify")["problems"], json!([]));
}

/// The README names the format of today, and of every one before it there is a sample.
#[test]
fn every_format_before_this_one_has_a_sample() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tables = fs::read_to_string(root.join("src/store/tables.rs")).unwrap();
    let format = tables.split("const FORMAT: u32 = ").nth(1).unwrap();
    let format: u32 = format.split(';').next().unwrap().parse().unwrap();
    for older in 1..format {
        let sample = root.join(format!("tests/data/stores/format-{older}.redb"));
        assert!(sample.exists(), "{}", sample.display());
    }
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains(&format!("now store format {format}.")));
}
