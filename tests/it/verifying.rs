//! `verify` names what is wrong with a store, changes nothing, and never falls over it; what can be read is rescued.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use redb::{Key, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use serde_json::{Value, json};

use crate::envelope;
use crate::processes::chain_value;
use crate::world::{World, assert_brief, full};

const PAGE: usize = 4096;

type Bytes = TableDefinition<'static, u64, &'static [u8]>;
const ITEMS: Bytes = TableDefinition::new("items");
const HISTORY: Bytes = TableDefinition::new("history");
const OPERATIONS: Bytes = TableDefinition::new("operations");
const DRAFTS: Bytes = TableDefinition::new("drafts");
const META: TableDefinition<'static, &str, &[u8]> = TableDefinition::new("meta");

/// Changes the JSON of a row by hand; the checksum is right afterwards.
fn edit(world: &World, table: Bytes, key: u64, change: impl FnOnce(&mut Value)) {
    let database = redb::Database::open(world.store()).unwrap();
    let write = database.begin_write().unwrap();
    {
        let mut table = write.open_table(table).unwrap();
        let bytes = table.get(key).unwrap().unwrap().value().to_vec();
        let mut value = envelope::opened(&bytes);
        change(&mut value);
        let bytes = envelope::closed(&value);
        table.insert(key, bytes.as_slice()).unwrap();
    }
    write.commit().unwrap();
}

/// Takes a row out.
fn remove<V: redb::Value + 'static>(
    world: &World,
    table: TableDefinition<'static, u64, V>,
    key: u64,
) {
    let database = redb::Database::open(world.store()).unwrap();
    let write = database.begin_write().unwrap();
    assert!(
        write
            .open_table(table)
            .unwrap()
            .remove(key)
            .unwrap()
            .is_some()
    );
    write.commit().unwrap();
}

/// Takes the first row out of a table.
fn remove_first<K: Key + 'static, V: redb::Value + 'static>(world: &World, name: &str) {
    let database = redb::Database::open(world.store()).unwrap();
    let write = database.begin_write().unwrap();
    let table: TableDefinition<'_, K, V> = TableDefinition::new(name);
    assert!(
        write
            .open_table(table)
            .unwrap()
            .pop_first()
            .unwrap()
            .is_some(),
        "{name} is empty"
    );
    write.commit().unwrap();
}

/// Puts bytes in the place of a value, without a right checksum.
fn spoil(world: &World, table: Bytes, key: u64) {
    let database = redb::Database::open(world.store()).unwrap();
    let write = database.begin_write().unwrap();
    write
        .open_table(table)
        .unwrap()
        .insert(key, b"\x01not what was written".as_slice())
        .unwrap();
    write.commit().unwrap();
}

fn keys(world: &World, table: Bytes) -> Vec<u64> {
    let database = redb::Database::open(world.store()).unwrap();
    let read = database.begin_read().unwrap();
    let table = read.open_table(table).unwrap();
    table
        .iter()
        .unwrap()
        .map(|row| row.unwrap().0.value())
        .collect()
}

/// What `verify` finds: kind, table and id of each problem. The exit code says the same.
fn problems(world: &World) -> Vec<Value> {
    let output = world.run("verify --json");
    let found = output.json();
    assert_eq!(
        output.code,
        if found["ok"] == true { 0 } else { 65 },
        "{output}"
    );
    let problems: Vec<Value> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| json!([problem["what"], problem["table"], problem["id"]]))
        .collect();
    assert_eq!(found["total"], problems.len());
    assert_eq!(problems.is_empty(), found["ok"] == true);
    problems
}

fn assert_finds(world: &World, expected: &[Value]) {
    assert_eq!(problems(world), expected);
    let told = world.run("verify");
    for problem in expected {
        for part in [&problem[1], &problem[2]]
            .into_iter()
            .filter_map(Value::as_str)
        {
            assert!(told.stdout.contains(part), "{part} in {told}");
        }
    }
    assert_brief(&told.stderr);
    assert!(!told.stdout.contains('⟦'), "{told}");
}

/// A world with one of everything, and something to undo, redo and find again.
fn busy() -> World {
    let world = full();
    world.ok(&[
        "import",
        "mail",
        "--all",
        &crate::world::data("mail/five.mboxrd"),
    ]);
    world.ok("resolve v1");
    world.ok("note r1 one");
    world.ok("note r1 two");
    world.ok("undo");
    world
}

#[test]
fn a_healthy_store_is_found_healthy_and_is_not_touched() {
    let world = busy();
    let before = fs::read(world.store()).unwrap();
    let found = world.json("verify");
    let history = world.json("history")["entries"].clone();
    let last = history.as_array().unwrap().last().unwrap().clone();
    assert_eq!(found["ok"], true);
    assert_eq!(found["problems"], json!([]));
    assert_eq!(
        found["checked"]["records"],
        world.json("list --any")["total"]
    );
    assert_eq!(
        found["checked"]["history"],
        history.as_array().unwrap().len()
    );
    assert_eq!(
        found["head"],
        json!({"seq": last["seq"], "chain": last["chain"]})
    );
    let told = world.ok("--read-only verify");
    assert!(
        told.contains(&last["chain"].as_str().unwrap()[..16]),
        "{told}"
    );
    assert!(told.ends_with("No problems found."), "{told}");
    assert!(
        world
            .ok("verify --language da")
            .ends_with("Ingen fejl fundet.")
    );
    assert!(
        before == fs::read(world.store()).unwrap(),
        "verify wrote something"
    );
}

#[test]
fn an_empty_store_and_one_that_is_not_there_are_healthy() {
    let world = World::new();
    assert_eq!(world.json("--read-only verify")["ok"], true);
    assert!(!world.store().exists());
    assert_eq!(world.json("verify")["ok"], true);
    assert_eq!(world.json("verify")["head"], Value::Null);
}

#[test]
fn the_demo_is_healthy() {
    let world = World::new();
    let path = crate::world::text(&world.path("demo.redb"));
    world.ok(&["demo", "--fill", &path]);
    assert_eq!(
        world.json(&["--store", &path, "verify"])["problems"],
        json!([])
    );
}

/// A writer was killed: the file needs mending. That is no damage, and a store that must not change is not mended.
#[test]
fn a_file_that_a_killed_writer_left_is_checked_as_it_would_be_mended() {
    let world = busy();
    let database = redb::Database::open(world.store()).unwrap();
    let killed = fs::read(world.store()).unwrap();
    drop(database);
    fs::write(world.store(), &killed).unwrap();
    let database = redb::Database::builder().open_read_only(world.store());
    assert!(matches!(database, Err(redb::DatabaseError::RepairAborted)));
    drop(database);
    assert_eq!(problems(&world), Vec::<Value>::new());
    assert_eq!(world.json("--read-only verify")["ok"], true);
    assert!(killed == fs::read(world.store()).unwrap(), "it was mended");
}

#[test]
fn a_history_edited_by_hand_is_noticed() {
    let world = busy();
    let entry = world.json("history")["entries"][2].clone();
    edit(&world, HISTORY, 3, |entry| entry["via"] = json!("tui"));
    assert_finds(&world, &[json!(["chain", "history", entry["id"]])]);

    // With its own chain value made to fit, the next one does not.
    let world = busy();
    let entries = world.json("history")["entries"].clone();
    edit(&world, HISTORY, 3, |entry| {
        entry["via"] = json!("tui");
        entry["chain"] = json!(chained(entry, entries[1]["chain"].as_str().unwrap()));
    });
    assert_finds(&world, &[json!(["chain", "history", entries[3]["id"]])]);

    // An entry that was about another record.
    let world = busy();
    edit(&world, HISTORY, 3, |entry| {
        entry["id"] = json!("R-2026-0001");
    });
    let found = problems(&world);
    assert!(
        found.contains(&json!(["chain", "history", "R-2026-0001"])),
        "{found:?}"
    );
}

/// The chain value that the entry must have.
fn chained(entry: &Value, previous: &str) -> String {
    chain_value(&serde_json::from_value(entry.clone()).unwrap(), previous)
}

#[test]
fn a_missing_history_entry_is_noticed() {
    let world = busy();
    remove(&world, HISTORY, 3);
    assert_eq!(world.run("verify --json").json()["problems"][0]["key"], "3");
    assert_finds(&world, &[json!(["gap", "history", null])]);

    // The end cut off, with the record left as it was after it.
    let world = busy();
    let last = *keys(&world, HISTORY).last().unwrap();
    remove(&world, HISTORY, last);
    let found = problems(&world);
    assert!(
        found.contains(&json!(["changed", "history", "R-2026-0001"])),
        "{found:?}"
    );
}

#[test]
fn a_record_changed_around_the_program_is_noticed() {
    let world = busy();
    let key = keys(&world, ITEMS)[0];
    edit(&world, ITEMS, key, |request| {
        request["channel"] = json!("phone");
    });
    assert_finds(&world, &[json!(["changed", "history", "R-2026-0001"])]);

    let world = busy();
    remove(&world, ITEMS, key);
    let found = problems(&world);
    assert!(
        found.contains(&json!(["vanished", "history", "R-2026-0001"])),
        "{found:?}"
    );

    // One that never came in.
    let world = busy();
    let copied = {
        let database = redb::Database::open(world.store()).unwrap();
        let write = database.begin_write().unwrap();
        let mut table = write.open_table(ITEMS).unwrap();
        let bytes = table.get(key).unwrap().unwrap().value().to_vec();
        let mut value = envelope::opened(&bytes);
        value["id"] = json!("R-2026-0099");
        let new = (key & !0xffff_ffff) | 0x63;
        table
            .insert(new, envelope::closed(&value).as_slice())
            .unwrap();
        drop(table);
        write.commit().unwrap();
        new
    };
    let found = problems(&world);
    for expected in [
        json!(["no-history", "items", "R-2026-0099"]),
        json!(["counter-behind", "counters", "R-2026-0099"]),
    ] {
        assert!(found.contains(&expected), "{copied}: {found:?}");
    }
}

#[test]
fn a_row_missing_in_an_index_is_noticed() {
    type Triple = (u8, u32, u64);
    type Remove = fn(&World, &str);
    let cases: [(&str, Remove); 9] = [
        ("open", remove_first::<Triple, (u32, u32)>),
        ("attention", remove_first::<u64, (u32, u32, u32)>),
        ("closed", remove_first::<Triple, ()>),
        ("retention", remove_first::<(u32, u64), ()>),
        ("persons", remove_first::<(u64, u64), ()>),
        ("seen", remove_first::<u128, u64>),
        ("history_of", remove_first::<(u64, u64), ()>),
        ("counts", remove_first::<(u8, bool), u64>),
        ("counters", remove_first::<(u8, u16), u32>),
    ];
    for (table, remove) in cases {
        let world = busy();
        remove(&world, table);
        let found = problems(&world);
        let (what, named) = match table {
            "counts" => ("index-differs", false),
            "counters" => ("counter-behind", true),
            _ => ("index-missing", true),
        };
        assert_eq!(found.len(), 1, "{table}: {found:?}");
        assert_eq!(
            (&found[0][0], &found[0][1]),
            (&json!(what), &json!(table)),
            "{table}"
        );
        assert_eq!(found[0][2].is_string(), named, "{table}: {found:?}");
    }
}

#[test]
fn every_damaged_row_is_named_and_none_hides_another() {
    let world = busy();
    let items = keys(&world, ITEMS);
    let operation = keys(&world, OPERATIONS)[0];
    spoil(&world, ITEMS, items[1]);
    spoil(&world, ITEMS, items[3]);
    spoil(&world, HISTORY, 2);
    spoil(&world, OPERATIONS, operation);
    spoil(&world, DRAFTS, 7);
    let found = world.run("verify --json").json();
    let told: Vec<Value> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| json!([problem["what"], problem["table"], problem["key"]]))
        .collect();
    for (table, key) in [
        ("items", items[1]),
        ("items", items[3]),
        ("history", 2),
        ("operations", operation),
        ("drafts", 7),
    ] {
        let expected = json!(["damaged", table, key.to_string()]);
        assert!(told.contains(&expected), "{expected} in {told:?}");
    }
    assert_eq!(
        told.len(),
        5,
        "what follows from damage is not told again: {told:?}"
    );
    assert!(
        found["problems"]
            .as_array()
            .unwrap()
            .iter()
            .any(|problem| problem["id"] == "R-2026-0002")
    );

    // The one value without which nothing else can be opened.
    let world = busy();
    let database = redb::Database::open(world.store()).unwrap();
    let write = database.begin_write().unwrap();
    write
        .open_table(META)
        .unwrap()
        .insert("secret", b"\x01spoilt".as_slice())
        .unwrap();
    write.commit().unwrap();
    drop(database);
    assert_finds(&world, &[json!(["damaged", "meta", null])]);
    let rescued = world.run("export all --format json");
    assert_eq!(rescued.code, 0, "{rescued}");
}

/// Whatever is damaged: a word and an exit code, no panic, and no wrong data taken for right. Whether it is found.
fn is_found(world: &World, what: &str, records: &str) -> bool {
    let checked = world.run("verify");
    assert!([0, 65].contains(&checked.code), "{what}: {checked}");
    let rescued = world.run("--read-only export all --format json");
    assert!([0, 65].contains(&rescued.code), "{what}: {rescued}");
    if checked.code == 0 {
        let same = rescued.code == 0 && rescued.stdout.trim_end() == records;
        assert!(same, "{what}: found healthy, but not the same: {rescued}");
        return false;
    }
    assert_brief(&checked.stderr);
    if rescued.stdout.is_empty() {
        assert_eq!(rescued.code, 65, "{what}");
        return true;
    }
    let whole: Value = serde_json::from_str(records).unwrap();
    let whole = whole["items"].as_array().unwrap();
    for item in rescued.json()["items"].as_array().unwrap() {
        let same = whole
            .iter()
            .find(|other| other["id"] == item["id"])
            .unwrap();
        for field in ["person", "received_on", "notes", "copies", "tasks"] {
            assert_eq!(item[field], same[field], "{what}: {}", item["id"]);
        }
    }
    if rescued.code == 0 {
        assert_eq!(
            rescued.json()["total"],
            whole.len(),
            "{what}: some are missing, and it is not said"
        );
    }
    true
}

#[test]
fn flipped_bits_are_found_or_do_no_harm() {
    let world = busy();
    let records = world.records();
    let whole = fs::read(world.store()).unwrap();
    let mut found = 0;
    for n in 0..60 {
        let at = (n * 7_919 + 13) * 131 % whole.len();
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (n % 8);
        fs::write(world.store(), &damaged).unwrap();
        found += usize::from(is_found(
            &world,
            &format!("bit {} of byte {at}", n % 8),
            &records,
        ));
    }
    assert!(found > 5, "only {found} of the flips hit anything");
}

#[test]
fn zeroed_pages_are_found_and_what_is_elsewhere_is_rescued() {
    let world = busy();
    let records = world.records();
    let whole = fs::read(world.store()).unwrap();
    let mut found = 0;
    for page in 0..whole.len() / PAGE {
        let mut damaged = whole.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0);
        fs::write(world.store(), &damaged).unwrap();
        if page == 0 {
            assert_eq!(world.run("verify").code, 65);
            continue;
        }
        found += usize::from(is_found(&world, &format!("page {page}"), &records));
    }
    assert!(found > 5, "only {found} pages were in use");
}

#[test]
fn a_cut_file_is_found() {
    let world = busy();
    let whole = fs::read(world.store()).unwrap();
    for len in [20, 512, PAGE, whole.len() / 2, whole.len() - 1] {
        fs::write(world.store(), &whole[..len]).unwrap();
        let told = world.run("verify");
        assert_eq!(told.code, 65, "{len}: {told}");
        assert_brief(&told.stderr);
    }
}

#[test]
fn one_damaged_record_does_not_keep_the_others_back() {
    let world = busy();
    let all = world.json("list --any")["total"].as_u64().unwrap();
    let key = keys(&world, ITEMS)[1];
    spoil(&world, ITEMS, key);
    let output = world.run("export all --format json");
    assert_eq!(output.code, 65, "{output}");
    assert_eq!(output.json()["total"], all - 1);
    assert!(
        output.stderr.contains("R-2026-0002") && output.stderr.contains("indsigt verify"),
        "{output}"
    );
    let path = crate::world::text(&world.path("rest.csv"));
    let output = world.run(&["export", "requests", "--format", "csv", "--out", &path]);
    assert_eq!(output.code, 65, "{output}");
    assert!(fs::read_to_string(&path).unwrap().contains("R-2026-0001"));
    // Of another type nothing is missing.
    assert_eq!(world.run("export optouts --format json").code, 0);
    // Everything else stops, says where, and what to do.
    for command in ["list --any", "show r2", "person carl@example.dk"] {
        let output = world.run(command);
        assert_eq!(output.code, 65, "{command}: {output}");
        assert!(
            output.stderr.contains("items, R-2026-0002")
                && output.stderr.contains("indsigt verify"),
            "{command}: {output}"
        );
    }
    let danish = world.run("show r2 --language da");
    assert!(
        danish.stderr.contains("Se alle fejl med: indsigt verify"),
        "{danish}"
    );
}

/// A record that links two addresses moves the dates of both, when it comes and when it goes (RULES §1.12).
#[test]
fn the_index_follows_who_belongs_together() {
    let world = World::new();
    world.ok("add recording --title S --name Mette --email a@example.dk --recorded 2026-11-01 --link-sent 2026-11-02");
    let request = world.request("access", "Mette", "b@example.dk", "2026-11-20");
    let act_by = || {
        world.json("due --all")["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["id"] == *request)
            .unwrap()["act_by"]
            .clone()
    };
    let shown = || world.json(&["show", &request])["act_by"].clone();
    let alone = act_by();
    for link in [
        "add request --kind other --name Mette --email a@example.dk --email b@example.dk",
        "edit r2 --email a@example.dk",
        "undo",
        "edit r2 --email b@example.dk",
    ] {
        let output = world.run(link);
        assert_eq!(output.code, 0, "{link}: {output}");
        assert_eq!(act_by(), shown(), "{link}");
        assert_eq!(problems(&world), Vec::<Value>::new(), "{link}");
        let linked = link.starts_with("add") || link == "undo";
        assert_eq!(act_by() == alone, !linked, "{link}");
    }
}
