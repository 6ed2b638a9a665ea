//! `report`: how a year went, counted from cases with known ends (issue 6).

use serde_json::json;

use crate::world::World;

/// Two years of cases whose numbers can be counted on fingers.
fn world() -> World {
    let world = World::new();
    world.on("2025-12-20");
    world.request("access", "Ann", "ann@example.dk", "2025-12-20");
    world.on("2026-01-05");
    // Sixteen days, in time; of the year before.
    world.ok("resolve r1 --outcome answered --override Test");
    world.request("access", "Bo", "bo@example.dk", "2026-01-05");
    world.request("erasure", "Ida", "ida@example.dk", "2026-01-05");
    world.request("other", "Carl", "carl@example.dk", "2026-01-05");
    world.ok("resolve R-2026-0003 --outcome not-a-request --override Test");
    world.ok("add optout --email x@example.dk");
    world.on("2026-01-10");
    // Five days.
    world.ok("resolve R-2026-0001 --outcome nothing-held --override Test");
    world.ok("extend R-2026-0002 --reason 'Three requests of the same person at once'");
    world.ok("resolve n1");
    world.on("2026-05-01");
    // Late: the extended period ended on 7 April.
    world.ok("resolve R-2026-0002 --outcome answered --override Test");
    world.request("access", "Eva", "eva@example.dk", "2026-03-01");
    world.warned("reject R-2026-0004 --ground not-controller --facts 'The sessions belong to the school in Odense, which has them'");
    world.request("access", "Ole", "ole@example.dk", "2026-03-02");
    world.ok("add recording --title A --name Ann --recorded 2026-01-01 --link-sent 2026-01-02 --copy local=/nowhere");
    world
}

#[test]
fn a_year_in_numbers() {
    let world = world();
    let report = world.json("report --year 2026");
    let of = |kind: &str| {
        let lines = report["requests"].as_array().into_iter().flatten();
        lines
            .clone()
            .find(|line| line["kind"] == kind)
            .cloned()
            .unwrap_or_default()
    };
    let access = of("access");
    assert_eq!(access["received"], 3);
    assert_eq!(access["open"], 1);
    assert_eq!(access["overdue"], 1);
    assert_eq!(access["answered"], 2);
    // The refusal came after the last day.
    assert_eq!(access["in_time"], 1);
    assert_eq!(access["in_time_percent"], 50);
    assert_eq!(access["worst_days"], 61);
    assert_eq!(access["refused"], json!({"not-controller": 1}));
    let erasure = of("erasure");
    assert_eq!(erasure["extended"], 1);
    assert_eq!(erasure["in_time"], 0);
    assert_eq!(of("other")["otherwise"], 1);
    assert_eq!(report["total"]["received"], 5);
    assert_eq!(report["total"]["answered"], 3);
    assert_eq!(report["extensions"][0]["id"], "R-2026-0002");
    assert_eq!(
        report["recordings"],
        json!({"due": 1, "deleted": 0, "on_time": 0, "overdue": 1})
    );
    assert_eq!(report["optouts"]["done"], 1);
    let months = report["months"].as_array().map(Vec::len);
    assert!(months.is_some_and(|months| months >= 3), "{report}");

    let before = world.json("report --year 2025");
    assert_eq!(before["total"]["received"], 1);
    assert_eq!(before["total"]["median_days"], 16);
    assert_eq!(world.json("report")["total"]["received"], 6);
    assert_eq!(world.json("report --year 2019")["total"]["received"], 0);
    world.fails(2, "report --year 26");
}

#[test]
fn it_names_nobody_and_reads_as_markdown() {
    let world = world();
    let text = world.ok("report --year 2026");
    assert!(text.starts_with("# The year 2026\n"), "{text}");
    for part in [
        "| Access | 3 | 1 (1 overdue) | 2 | 50 % |",
        "- R-2026-0002: Three requests",
        "## Refused, by ground",
    ] {
        assert!(
            text.to_lowercase().contains(&part.to_lowercase()),
            "{part} in\n{text}"
        );
    }
    for name in ["Ann", "Bo ", "Ida", "example.dk"] {
        assert!(!text.contains(name), "{name} in\n{text}");
    }
    assert!(world.ok("report --year 2019").contains("No requests."));
    assert!(
        world
            .run_in(&[("INDSIGT_LANGUAGE", "da")], "report")
            .stdout
            .contains("Til tiden")
    );
}

#[test]
fn what_was_erased_still_counts() {
    let world = world();
    let before = world.json("report");
    world.on("2030-01-01");
    world.ok("purge --yes");
    let after = world.json("report");
    for part in [
        "answered",
        "in_time",
        "median_days",
        "worst_days",
        "refused",
    ] {
        assert_eq!(after["total"][part], before["total"][part], "{part}");
    }
    assert_eq!(after["extensions"][0]["reason"], "");
}

#[test]
fn what_is_due_as_a_mail_names_nobody_and_is_nothing_when_nothing_is() {
    let world = World::danish();
    world.on("2026-11-20");
    assert_eq!(world.ok("due --mail mig@example.dk"), "");
    world.request("access", "Mette Hansen", "mette@example.dk", "2026-10-22");
    let mail = world.ok("due --mail mig@example.dk");
    for part in [
        "To: mig@example.dk",
        "Subject: indsigt: Overskredet: 0",
        "R-2026-0001",
        "2026-11-20",
    ] {
        assert!(mail.contains(part), "{part} in\n{mail}");
    }
    assert!(
        !mail.contains("Mette") && !mail.contains("mette@"),
        "{mail}"
    );
    let path = world.path("frister.ics").display().to_string();
    for _ in 0..2 {
        world.ok(&["due", "--ics", &path]);
    }
    let calendar = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    world.fails(1, "due --mail nobody");
}
