//! Working a case beyond its tasks: files on the own disk, trash, splitting, merging, following up, holding.

use serde_json::json;

use crate::world::World;

#[test]
fn a_local_copy_is_not_deleted_while_its_file_is_there() {
    let world = World::new();
    let file = world.write("session.mp4", "not really a film");
    world.ok([
        "add",
        "recording",
        "--title",
        "Session",
        "--name",
        "Mette",
        "--recorded",
        "2026-10-20",
        "--link-sent",
        "2026-10-21",
        "--copy",
        &format!("local={file}"),
    ]
    .as_slice());
    let said = world.refused("copy v1 local deleted");
    assert!(said.contains(&file), "{said}");
    world.refused("resolve v1");
    world.ok("copy v1 local deleted --delete-file");
    assert!(!std::path::Path::new(&file).exists());
    assert_eq!(world.json("show v1")["copies"][0]["status"], "deleted");
    world.ok("undo");
    // The file is gone already: nothing stands in the way any more.
    world.ok("resolve v1");
    assert_eq!(world.json("show v1")["status"], "closed");
}

#[test]
fn a_place_with_a_trash_is_done_when_the_trash_is_empty() {
    let world = World::new();
    world.ok("add recording --title T --name Mette --recorded 2026-10-20 --link-sent 2026-10-21 --copy zoom-cloud");
    world.ok("copy v1 zoom-cloud deleted");
    let next = world.json("show v1")["next_step"].to_string();
    assert!(next.contains("trash"), "{next}");
    world.ok("resolve v1");
    assert_eq!(world.json("show v1")["copies"][0]["status"], "purged");
}

#[test]
fn send_me_everything_and_then_delete_me() {
    let world = World::new();
    world.ok("add request --kind access --name Mette --email mette@example.dk --received 2026-11-02 --message Begge");
    let second = world.ok("split r1 --kind erasure");
    assert_eq!(second.trim(), "R-2026-0002");
    let second = world.json("show r2");
    assert_eq!(second["kind"], "erasure");
    assert_eq!(second["received_on"], "2026-11-02");
    assert_eq!(second["message"], "Begge");
    assert_ne!(
        second["tasks"][0]["title"],
        world.json("show r1")["tasks"][0]["title"]
    );
}

#[test]
fn a_reminder_is_merged_into_the_case_it_reminds_of() {
    let world = World::new();
    world.ok(
        "add request --kind access --name Mette --email mette@example.dk --received 2026-11-02",
    );
    world.ok(
        "add request --kind access --name Mette --email Mette+x@example.dk --received 2026-11-10",
    );
    world.ok("add request --kind access --name Bo --email bo@example.dk --received 2026-11-10");
    world.refused("merge r2 --into r3");
    world.refused("merge r2 --into r2");
    world.ok("split r1 --kind withdrawal");
    world.refused("merge r4 --into r1");
    world.ok("merge r2 --into r1");
    let merged = world.json("show r2");
    assert_eq!(merged["outcome"], "duplicate");
    assert_eq!(merged["closing"]["duplicate_of"], "R-2026-0001");
    assert_eq!(world.json("show r1")["status"], "new");
}

#[test]
fn who_was_asked_is_asked_again() {
    let world = World::new();
    world.ok(
        "add request --kind access --name Mette --email mette@example.dk --received 2026-11-02",
    );
    world.ok("task r1 zoom asked --follow-up 2026-11-30");
    let tasks = world.json("show r1")["tasks"].clone();
    let zoom = tasks
        .as_array()
        .unwrap()
        .iter()
        .find(|task| task["id"] == "zoom")
        .unwrap();
    assert_eq!(zoom["follow_up_on"], "2026-11-30");
    assert!(world.ok("show r1").contains("follow up 30 November 2026"));
}

#[test]
fn retention_is_computed_and_a_hold_stops_it() {
    let world = World::new();
    world.on("2024-05-31");
    world.ok("add optout --email mette@example.dk");
    world.ok("resolve n1");
    assert_eq!(
        world.json("show n1")["retention"]["record_on"],
        "2026-05-31"
    );
    assert_eq!(world.json("show n1")["retention"]["texts_on"], "2024-08-29");
    world.on("2026-05-30");
    assert_eq!(world.json("due")["past_retention"], 0);
    world.on("2026-05-31");
    assert_eq!(world.json("due")["past_retention"], 1);
    world.ok([
        "hold",
        "n1",
        "--reason",
        "Sag ved Datatilsynet",
        "--review",
        "2026-12-01",
    ]
    .as_slice());
    assert_eq!(world.json("due")["past_retention"], 0);
    assert!(world.json("show n1")["retention"].is_null());
    world.ok("release n1");
    assert_eq!(world.json("due")["past_retention"], 1);
}

#[test]
fn what_was_written_is_due_to_be_erased_before_the_case_is() {
    let world = World::new();
    world.on("2026-01-10");
    world.ok("add request --kind other --name M --message 'Hvad har I?' --received 2026-01-10");
    world.ok("resolve r1 --override 'Besvaret'");
    let retention = world.json("show r1")["retention"].clone();
    assert_eq!(
        (&retention["texts_on"], &retention["record_on"]),
        (&json!("2026-04-10"), &json!("2028-01-10"))
    );
    world.on("2026-04-09");
    assert_eq!(world.json("due")["past_retention"], 0);
    world.on("2026-04-10");
    assert_eq!(world.json("due")["past_retention"], 1);
    // A changed setting holds from the next change on.
    world.configure("text_days = 100\ncase_months = 6\n");
    world.ok("add optout --email a@example.dk");
    assert_eq!(world.json("due")["past_retention"], 0);
    world.on("2026-04-20");
    assert_eq!(world.json("due")["past_retention"], 1);
    assert_eq!(
        world.json("show r1")["retention"]["record_on"],
        "2026-07-10"
    );
}

#[test]
fn bought_products_are_not_taken_with_a_withdrawal() {
    let world = World::new();
    world.ok(
        "add request --kind withdrawal --name Mette --email mette@example.dk --received 2026-11-02",
    );
    let refused = world.run("task r1 kajabi done");
    assert_eq!(refused.code, 1, "{refused}");
    assert!(refused.stderr.contains("contract"), "{refused}");
    assert!(refused.stderr.contains("\"products\""), "{refused}");
    world.ok("task r1 kajabi nothing-held");
    world.ok("task r1 products kept --note 'Keeps the course she paid for'");
    world.ok("task r1 kajabi done");
}

#[test]
fn an_opt_out_wins_over_a_mailing_list() {
    let world = World::new();
    world.ok("add optout --email Mette@Example.dk --received 2026-11-02");
    world.ok("add request --kind withdrawal --name Bo --email bo@example.dk --received 2026-11-03");
    world.ok("add request --kind access --name Ida --email ida@example.dk --received 2026-11-03");
    let list = world.write(
        "liste.csv",
        "Email;Navn\nida@example.dk;Ida\nmette+nyt@example.dk;Mette\nBO@example.dk;Bo\n",
    );
    let check = world.json(["check-subscribers", &list].as_slice());
    assert_eq!(check["checked"], 3);
    let lines: Vec<_> = check["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| &hit["line"])
        .collect();
    assert_eq!(lines, [3, 4]);
    assert_eq!(check["hits"][0]["since"], "2026-11-02");
    assert_eq!(
        world
            .run(["check-subscribers", &list, "--exit-code"].as_slice())
            .code,
        10
    );
    let nobody = world.write("andre.csv", "Email\nida@example.dk\n");
    assert_eq!(
        world
            .run(["check-subscribers", &nobody, "--exit-code"].as_slice())
            .code,
        0
    );
    let wrong = world.write("forkert.csv", "By\nAarhus\n");
    world.fails(4, ["check-subscribers", &wrong].as_slice());
}

#[test]
fn only_an_agreement_moves_a_deletion_to_a_later_day() {
    let world = World::new();
    world.ok("add recording --title T --name Mette --recorded 2026-10-18 --link-sent 2026-10-20 --copy zoom-cloud");
    assert_eq!(world.json("show v1")["due"], "2026-11-17");
    let told = world.refused("link-sent v1 --on 2026-11-20");
    assert!(told.contains("agree"), "{told}");
    world.ok("link-sent v1 --on 2026-10-19");
    assert_eq!(world.json("show v1")["due"], "2026-11-16");
}

#[test]
fn everything_and_then_erasure_makes_the_recording_due_at_once_and_delivered_first() {
    let world = World::new();
    world.ok("add recording --title T --name Mette --email mette@example.dk --recorded 2026-11-08 --link-sent 2026-11-10 --copy kajabi");
    world.ok(
        "add request --kind erasure --name Mette --email mette@example.dk --received 2026-11-20",
    );
    assert_eq!(world.json("show v1")["due"], "2026-11-20");
    world.warned(
        "add request --kind access --name Mette --email mette@example.dk --received 2026-11-20",
    );
    let recording = world.json("show v1");
    assert_eq!(recording["due"], "2026-11-20");
    assert_eq!(recording["conflicts"].as_array().unwrap().len(), 2);
    // Delivered first: the working day before the deletion.
    assert_eq!(world.json("show r2")["act_by"], "2026-11-19");
    world.refused("resolve v1");
}

#[test]
fn an_extension_needs_a_reason_and_the_first_month() {
    let world = World::new();
    world.access("2026-10-30");
    for poor in ["bla", "Jeg er syg", "Ferie og travlhed", "   "] {
        world.refused(["extend", "r1", "--reason", poor].as_slice());
    }
    world.on("2026-12-01");
    world.refused(
        [
            "extend",
            "r1",
            "--reason",
            "Data hos syv tjenester",
            "--notified",
            "2026-11-20",
        ]
        .as_slice(),
    );
    world.on("2026-11-30");
    world.ok(["extend", "r1", "--reason", "Data hos syv tjenester"].as_slice());
    assert_eq!(world.json("show r1")["extension"]["until"], "2027-02-01");
}
