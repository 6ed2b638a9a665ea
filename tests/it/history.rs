//! The history, and taking changes back: undo adds to it and takes nothing out.

use serde_json::{Value, json};

use crate::world::World;

#[test]
fn the_history_names_cases_and_never_people() {
    let world = World::new();
    world.ok(
        "add request --kind access --name 'Mette Hansen' --email mette@example.dk \
            --message 'Private words'",
    );
    world.ok("note r1 'She called from 12345678'");
    world.ok("edit r1 --name 'Mette Holm'");
    for told in [
        world.ok("history"),
        world.ok("history r1"),
        world.ok("history --json"),
    ] {
        for private in ["Mette", "example.dk", "Private", "12345678", "Holm"] {
            assert!(!told.contains(private), "{private} in {told}");
        }
    }
    let events: Vec<Value> = world.json("history r1")["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| json!([entry["seq"], entry["id"], entry["event"], entry["via"]]))
        .collect();
    assert_eq!(
        events,
        [
            json!([1, "R-2026-0001", "received", "cli"]),
            json!([2, "R-2026-0001", "noted", "cli"]),
            json!([3, "R-2026-0001", "edited", "cli"]),
        ]
    );
}

/// Every change there is, one after another.
const CHANGES: &[&str] = &[
    "add request --kind access --name Mette --email mette@example.dk --received 2026-11-01",
    "add recording --title S --name Bo --recorded 2026-11-02 --copy zoom-cloud --copy local",
    "add optout --email ida@example.dk",
    "note r1 'A remark'",
    "edit r1 --name 'Mette Holm' --email holm@example.dk",
    "identity r1 requested --reason 'Another address'",
    "identity r1 confirmed --method 'A call back'",
    "extend r1 --reason 'Three requests over eleven services'",
    "task r1 zoom done",
    "task r1 --add 'Look in the attic' --place Attic",
    "link-sent v1 --on 2026-11-03",
    "agree v1 --until 2027-02-01 --agreed-on 2026-11-04 --reference Mail",
    "consent v1 --purpose Teaching --reference Form --on 2026-11-05",
    "copy v1 zoom-cloud deleted",
    "resolve v1",
    "reopen v1 --reason 'A copy turned up'",
    "resolve n1",
    "reject r1 --ground not-controller --facts 'The recording is run by Bo Lind alone'",
    "reopen r1 --reason 'A part can be given'",
    "resolve r1 --outcome partly-met --override 'The rest is done by hand' --note Sent",
];

#[test]
fn everything_can_be_undone_step_by_step_and_redone_again() {
    let world = World::new();
    world.ok("due");
    let mut before = vec![world.records()];
    for change in CHANGES {
        world.ok(*change);
        before.push(world.records());
        let last = before.len() - 1;
        assert_ne!(before[last - 1], before[last], "{change:?} changed nothing");
    }
    for (change, expected) in CHANGES.iter().zip(&before).rev() {
        world.ok("undo");
        assert_eq!(&world.records(), expected, "after taking back {change:?}");
    }
    let told = world.refused("undo");
    insta::assert_snapshot!(told, @"indsigt: There is nothing to undo.");
    for (change, expected) in CHANGES.iter().zip(&before[1..]) {
        world.ok("redo");
        assert_eq!(&world.records(), expected, "after doing again {change:?}");
    }
    world.refused("redo");
    // Undo takes nothing out of the history: it adds to it.
    let entries = world.json("history")["entries"].as_array().unwrap().len();
    assert_eq!(entries, 3 * CHANGES.len());
    let due = world.json("due --all");
    assert_eq!(
        due["summary"],
        json!({"overdue": 0, "act_now": 0, "soon": 0, "later": 1}),
        "the indexes too"
    );
}

#[test]
fn a_new_change_ends_what_could_be_redone() {
    let world = World::new();
    world.access("2026-11-20");
    world.ok("note r1 one");
    world.ok("undo");
    world.ok("note r1 two");
    world.refused("redo");
    world.ok("undo");
    assert_eq!(world.json("show r1")["notes"], json!([]));
}
