//! Recordings: from the session over the link to the last copy.

use serde_json::{Value, json};

use crate::world::World;

#[test]
fn a_recording_from_session_to_deletion() {
    let world = World::new();
    world.on("2026-10-20");
    world.ok(
        "add recording --title Session --name 'Bo Lind' --email bo@example.dk \
            --recorded 2026-10-20 --copy zoom-cloud=88/1 --copy local=/video/bo.mp4 \
            --copy local=/backup/bo.mp4",
    );
    let show = || world.json("show v1");
    assert_eq!(
        (&show()["due"], &show()["act_by"]),
        (&Value::Null, &Value::Null),
        "no end before the link is sent"
    );
    assert_eq!(
        show()["copies"][2]["place"],
        "local-2",
        "each copy has a name of its own"
    );
    world.on("2026-10-26");
    assert_eq!(show()["flags"], json!([]));
    world.on("2026-10-27");
    assert_eq!(
        show()["flags"],
        json!(["link-not-sent"]),
        "seven days after the session"
    );
    assert_eq!(world.json("due")["items"][0]["id"], "V-2026-0001");
    world.refused("link-sent v1 --on 2026-10-19");
    world.refused("link-sent v1 --on 2026-10-28");
    let warning = world.warned("link-sent v1 --expires 2026-12-01");
    assert!(
        warning.contains("works longer than the recording is kept"),
        "{warning}"
    );
    assert_eq!(
        (&show()["due"], &show()["flags"]),
        (&json!("2026-11-24"), &json!([]))
    );
    world.on("2026-11-24");
    assert_eq!(show()["urgency"], "act-now");
    world.on("2026-11-25");
    assert_eq!(show()["urgency"], "overdue", "from day 29");
    world.ok("copy v1 ZOOM-cloud deleted");
    world.refused("copy v1 zoom-cloud deleted");
    world.ok("copy v1 zoom-cloud purged");
    let told = world.fails(3, "copy v1 kajabi deleted");
    assert!(told.contains("zoom-cloud, local, local-2"), "{told}");
    world.refused("copy v1 local deleted --on 2026-11-26");
    world.ok("resolve v1");
    let copies = show()["copies"].clone();
    let stands: Vec<(&Value, &Value)> = copies
        .as_array()
        .unwrap()
        .iter()
        .map(|copy| (&copy["status"], &copy["on"]))
        .collect();
    assert_eq!(
        stands,
        [
            (&json!("purged"), &json!("2026-11-25")),
            (&json!("deleted"), &json!("2026-11-25")),
            (&json!("deleted"), &json!("2026-11-25")),
        ],
        "resolve ticks them all"
    );
    assert_eq!(show()["closed_on"], "2026-11-25");
    world.refused("link-sent v1");
    world.refused("resolve v1 --outcome answered");
}

#[test]
fn a_written_agreement_moves_a_deletion_and_needs_all_its_parts() {
    let world = World::new();
    world.ok("add recording --title S --name Bo --recorded 2026-11-01 --link-sent 2026-11-02");
    for incomplete in [
        &[
            "agree",
            "v1",
            "--until",
            "2027-01-15",
            "--agreed-on",
            "2026-11-10",
        ][..],
        &["agree", "v1", "--until", "2027-01-15", "--reference", "x"],
        &[
            "agree",
            "v1",
            "--agreed-on",
            "2026-11-10",
            "--reference",
            "x",
        ],
    ] {
        world.fails(2, incomplete);
    }
    world.refused("agree v1 --until 2027-01-15 --agreed-on 2026-11-10 --reference ' '");
    world.refused("agree v1 --until 2027-01-15 --agreed-on 2026-11-23 --reference x");
    world.refused("agree v1 --until 2026-10-15 --agreed-on 2026-11-10 --reference x");
    world.ok("agree v1 --until 2027-01-17 --agreed-on 2026-11-10 --reference Mail");
    let recording = world.json("show v1");
    assert_eq!(
        (&recording["due"], &recording["act_by"]),
        (&json!("2027-01-17"), &json!("2027-01-15")),
        "a Sunday is not moved; the Friday before it is safe"
    );
    world.refused("consent v1 --purpose Ads --reference x --on 2026-11-23");
    world.access("2026-11-20");
    world.refused("agree r1 --until 2027-01-17 --agreed-on 2026-11-10 --reference Mail");
    world.refused("link-sent r1");
    world.refused("extend v1 --reason 'Three requests over eleven services'");
}

#[test]
fn a_client_who_declined_is_kept_as_declined() {
    let world = World::new();
    world.ok("add recording --title S --name Bo --recorded 2026-11-20 --declined");
    let recording = world.json("show v1");
    assert_eq!(
        (&recording["declined"], &recording["status"]),
        (&json!(true), &json!("closed"))
    );
    world.ok("add recording --title S --name Bo --recorded 2026-11-20 --declined --copy local");
    let held = world.json("show v2");
    assert_eq!(
        (&held["status"], &held["urgency"]),
        (&json!("open"), &json!("overdue")),
        "recorded all the same: delete at once"
    );
    let told = world.refused("link-sent v2");
    assert!(told.contains("declined"), "{told}");
}
