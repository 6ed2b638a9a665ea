//! Restore: what is refused, what is replaced, and that a store is never lost over it.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use chrono::{DateTime, Utc};
use indsigt::store::Store;
use redb::{ReadableDatabase as _, TableDefinition};
use serde_json::{Value, json};

use crate::backup::{everything_in, key, listing, mode};
use crate::world::{World, assert_brief, data, full, text};

/// Processes that write at once.
const WRITERS: usize = 4;

#[test]
fn what_is_no_backup_is_not_restored() {
    let world = full();
    let copy = world.path("copy.redb");
    world.ok(&["backup", &text(&copy)]);
    let whole = fs::read(&copy).unwrap();
    let (recipient, key_file) = key(&world, "key.txt");
    let sealed_path = text(&world.path("copy.age"));
    world.ok(&["backup", &sealed_path, "--recipient", &recipient]);
    let sealed = fs::read(&sealed_path).unwrap();

    let mut flipped = whole.clone();
    let at = whole
        .windows(4)
        .position(|window| window == b"Bo L")
        .unwrap();
    flipped[at] ^= 1;
    let mut holed = whole.clone();
    let page = at / 4096 * 4096;
    holed[page..page + 4096].fill(0);
    let mut changed = sealed.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let foreign = world.path("foreign.redb");
    drop(redb::Database::create(&foreign).unwrap());
    for (content, why) in [
        (Vec::new(), "the file is empty"),
        (b"Kaere Bo, her er min liste".to_vec(), "not a store"),
        (fs::read(&foreign).unwrap(), "not a store"),
        (whole[..whole.len() / 2].to_vec(), "the file is damaged"),
        (whole[..100].to_vec(), "the file is damaged"),
        (flipped, "the file is damaged"),
        (holed, "the file is damaged"),
        (sealed[..sealed.len() - 20].to_vec(), "damaged or not whole"),
        (sealed[..40].to_vec(), "damaged or not whole"),
        (changed, "damaged or not whole"),
    ] {
        let file = world.write("bad", &content);
        for store in [text(&world.store()), text(&world.path("none/new.redb"))] {
            let args = [
                "--store",
                &store,
                "restore",
                &file,
                "--identity",
                &key_file,
                "--yes",
            ];
            let told = world.fails(4, &args);
            assert!(told.contains(why), "{why}: {told}");
        }
        assert!(
            !world.path("none").exists(),
            "nothing is made for what is not restored"
        );
    }
    world.fails(
        4,
        &["restore", &text(&world.path("nothing-there")), "--yes"],
    );
    assert!(listing(world.store().parent().unwrap()).len() == 2);
}

#[test]
fn a_newer_store_is_refused_as_newer_and_an_older_one_is_converted() {
    const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
    let world = full();
    let copy = world.path("copy.redb");
    world.ok(&["backup", &text(&copy)]);
    {
        let database = redb::Database::open(&copy).unwrap();
        let write = database.begin_write().unwrap();
        let format = 99_u32.to_le_bytes();
        write
            .open_table(META)
            .unwrap()
            .insert("format", format.as_slice())
            .unwrap();
        write.commit().unwrap();
    }
    let told = world.fails(65, &["restore", &text(&copy), "--yes"]);
    assert!(told.contains("format 99"), "{told}");

    let old = data("stores/format-1.redb");
    let other = world.path("other.redb");
    let told = world.json(&["--store", &text(&other), "restore", &old]);
    assert!(
        fs::read(&other).unwrap() == fs::read(&old).unwrap(),
        "as it was written"
    );
    // The ordinary opening converts it, and keeps the file it found.
    let due = world.json(&["--store", &text(&other), "due", "--all"]);
    assert_eq!(due["items"][0]["id"], "V-2026-0002");
    let list = world.json(&["--store", &text(&other), "list", "--any"]);
    assert_eq!(told["records"], list["total"]);
    assert!(world.path("other.redb.format-1").exists());
    let database = redb::Database::open(&other).unwrap();
    let read = database.begin_read().unwrap();
    let format = read
        .open_table(META)
        .unwrap()
        .get("format")
        .unwrap()
        .unwrap();
    assert_eq!(format.value(), 5_u32.to_le_bytes());
}

#[test]
fn a_store_with_records_is_replaced_only_with_a_word_and_is_kept() {
    let world = full();
    let copy = text(&world.path("copy.redb"));
    world.ok(&["backup", &copy]);
    let backed_up = world.everything().unwrap();
    world.ok("add optout --email later@example.dk");
    let later = world.everything().unwrap();
    let folder = world.store().parent().unwrap().to_owned();
    let (bytes, files) = (fs::read(world.store()).unwrap(), listing(&folder));
    let stamp = fs::metadata(world.store()).unwrap();

    let told = world.refused(&["restore", &copy]);
    assert!(
        told.contains("5 cases") && told.contains("4 cases"),
        "{told}"
    );
    assert!(
        told.contains("change no. 6") && told.contains("change no. 5"),
        "{told}"
    );
    assert!(told.contains("--yes"), "{told}");
    let error: Value = world.run(&["restore", &copy, "--json"]).error();
    assert_eq!(
        (&error["code"], &error["kind"]),
        (&json!(1), &json!("refused"))
    );
    let error = world
        .run(&["--read-only", "restore", &copy, "--yes", "--json"])
        .error();
    assert_eq!(error["kind"], "read-only");
    assert!(fs::read(world.store()).unwrap() == bytes);
    let now = fs::metadata(world.store()).unwrap();
    assert_eq!(
        (now.ino(), now.mtime_nsec()),
        (stamp.ino(), stamp.mtime_nsec())
    );
    assert_eq!(listing(&folder), files);

    let told = world.json(&["restore", &copy, "--yes"]);
    let aside = folder.join("indsigt.redb.before-restore");
    assert_eq!(told["set_aside"], text(&aside));
    assert_eq!(
        (&told["records"], &told["generation"]),
        (&json!(4), &json!(5))
    );
    assert_eq!(told["path"], text(&world.store()));
    // An instant of that day where she lives, which began in the evening before of UTC.
    let last: DateTime<Utc> = told["last_change"].as_str().unwrap().parse().unwrap();
    let there = last.with_timezone(&chrono_tz::Europe::Copenhagen);
    assert_eq!(there.date_naive().to_string(), "2026-11-22");
    assert!(fs::read(&aside).unwrap() == bytes, "kept as it was");
    assert_eq!((mode(&aside), mode(&world.store())), (0o600, 0o600));
    assert_eq!(world.everything().unwrap(), backed_up);

    // Back again, from what was kept: the next one gets a number.
    let told = world.ok(&["restore", &text(&aside), "--yes"]);
    assert!(told.contains("indsigt.redb.before-restore.2"), "{told}");
    assert_eq!(world.everything().unwrap(), later);
    let kept = Store::at(world.store(), true).copies_beside().unwrap();
    assert_eq!(
        kept,
        [aside.clone(), folder.join("indsigt.redb.before-restore.2")]
    );
    assert_eq!(
        listing(&folder).difference(&files).count(),
        2,
        "nothing else is left behind"
    );
}

#[test]
fn a_store_without_records_is_replaced_without_a_word() {
    let world = full();
    let copy = text(&world.path("copy.redb"));
    world.ok(&["backup", &copy]);
    let before = world.everything().unwrap();
    let other = text(&world.path("other/new.redb"));
    world.ok(&["--store", &other, "due"]);
    world.ok(&["--store", &other, "restore", &copy]);
    assert_eq!(everything_in(&world, &other), before);
    let fresh = text(&world.path("fresh/new.redb"));
    let told = world.json(&["--store", &fresh, "restore", &copy]);
    assert_eq!(told["set_aside"], Value::Null);
    assert_eq!(mode(&world.path("fresh")), 0o700);
    assert_eq!(mode(Path::new(&fresh)), 0o600);
    assert_eq!(everything_in(&world, &fresh), before);
}

/// That is what restoring is for.
#[test]
fn a_damaged_store_is_replaced_with_a_word_and_is_kept() {
    let world = full();
    let copy = text(&world.path("copy.redb"));
    world.ok(&["backup", &copy]);
    let before = world.everything().unwrap();
    let whole = fs::read(world.store()).unwrap();
    let mut holed = whole.clone();
    holed[8192..].fill(0);
    for (n, damaged) in [
        whole[..5000].to_vec(),
        holed,
        b"rubbish".to_vec(),
        Vec::new(),
    ]
    .into_iter()
    .enumerate()
    {
        fs::write(world.store(), &damaged).unwrap();
        let output = world.run(&["restore", &copy]);
        assert_eq!(output.code, 1, "{output}");
        assert!(output.stderr.contains("cannot be read"), "{output}");
        assert_brief(&output.stderr);
        assert!(fs::read(world.store()).unwrap() == damaged);
        let told = world.json(&["restore", &copy, "--yes"]);
        let aside = told["set_aside"].as_str().unwrap();
        assert!(fs::read(aside).unwrap() == damaged, "{n}");
        assert_eq!(world.everything().unwrap(), before);
    }
}

/// Behind a link lies the store on another disk, say; restoring leaves the link as it is.
#[test]
fn a_store_behind_a_link_is_replaced_where_it_lies() {
    let world = full();
    let copy = text(&world.path("copy.redb"));
    world.ok(&["backup", &copy]);
    let real = world.path("disk");
    fs::create_dir(&real).unwrap();
    let real = real.join("real.redb");
    fs::rename(world.store(), &real).unwrap();
    symlink(&real, world.store()).unwrap();
    world.ok("note r1 'After the copy'");
    world.ok(&["restore", &copy, "--yes"]);
    assert!(world.store().symlink_metadata().unwrap().is_symlink());
    assert_eq!(world.json("show r1")["notes"], json!([]));
    assert!(world.path("disk/real.redb.before-restore").exists());
}

/// A copy is made beside readers and waits for a writer; a restore waits for both.
#[test]
fn a_store_in_use_is_neither_copied_from_under_a_writer_nor_replaced_under_anybody() {
    let world = full();
    let copy = text(&world.path("copy.redb"));
    world.ok(&["backup", &copy]);
    let before = world.everything();
    world.configure("wait_seconds = 0\n");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(text(&world.store()) + ".lock")
        .unwrap();
    let other = text(&world.path("other.redb"));
    lock.lock().unwrap();
    assert_eq!(world.run(&["backup", &other]).code, 75);
    assert_eq!(world.run(&["restore", &copy, "--yes"]).code, 75);
    assert!(!Path::new(&other).exists());
    lock.unlock().unwrap();
    lock.lock_shared().unwrap();
    assert_eq!(world.run(&["backup", &other]).code, 0);
    assert_eq!(world.run(&["restore", &copy, "--yes"]).code, 75);
    lock.unlock().unwrap();
    assert_eq!(world.everything(), before);
    assert_eq!(listing(world.store().parent().unwrap()).len(), 2);
}

/// A restore while others write: each of their changes is in the store that was kept, or in the new one.
#[test]
fn nothing_acknowledged_is_lost_when_a_store_is_restored_under_writers() {
    let world = World::new();
    world.configure("wait_seconds = 60\n");
    world.access("2026-11-20");
    let copy = text(&world.path("copy.redb"));
    world.ok(&["backup", &copy]);
    let emails: Vec<String> = thread::scope(|scope| {
        let (bell, rung) = mpsc::channel();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (world, bell) = (&world, bell.clone());
                scope.spawn(move || {
                    let emails = (0..6).map(|n| format!("w{writer}n{n}@example.dk"));
                    emails
                        .inspect(|email| {
                            world.ok(&["add", "optout", "--email", email]);
                            bell.send(()).unwrap();
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        rung.iter().take(WRITERS).for_each(drop);
        world.ok(&["restore", &copy, "--yes"]);
        writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap())
            .collect()
    });
    let aside = text(&world.store()) + ".before-restore";
    let held = |store: &str| world.ok(&["--store", store, "export", "all", "--format", "json"]);
    let (kept, new) = (held(&aside), held(&text(&world.store())));
    for email in emails {
        assert!(kept.contains(&email) != new.contains(&email), "{email}");
    }
}
