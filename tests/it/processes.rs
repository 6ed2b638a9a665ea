//! Several processes at once on one store, and processes that are killed in the middle (STORE, "What follows").

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use redb::{ReadableDatabase as _, ReadableTable as _, TableDefinition};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::envelope;
use crate::world::{World, assert_brief};

const WORKERS: usize = 8;
const HISTORY: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("history");

/// A history entry as it lies in the file, `at` with all its digits.
#[derive(serde::Deserialize)]
pub(crate) struct Entry {
    seq: u64,
    at: DateTime<Utc>,
    id: String,
    event: String,
    via: String,
    digest: String,
    chain: String,
}

/// The history from the file itself, each value out of its envelope.
fn history(world: &World) -> Vec<Entry> {
    let database = redb::Database::open(world.store()).unwrap();
    let read = database.begin_read().unwrap();
    let table = read.open_table(HISTORY).unwrap();
    table
        .iter()
        .unwrap()
        .map(|row| serde_json::from_value(envelope::opened(row.unwrap().1.value())).unwrap())
        .collect()
}

/// The chain value of an entry as the format defines it.
pub(crate) fn chain_value(entry: &Entry, previous: &str) -> String {
    let at = entry.at.to_rfc3339_opts(SecondsFormat::Nanos, true);
    let parts: [&[u8]; 7] = [
        previous.as_bytes(),
        &entry.seq.to_le_bytes(),
        at.as_bytes(),
        entry.id.as_bytes(),
        entry.event.as_bytes(),
        entry.via.as_bytes(),
        entry.digest.as_bytes(),
    ];
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut chain = String::new();
    for byte in hasher.finalize() {
        write!(chain, "{byte:02x}").unwrap();
    }
    chain
}

/// Numbers without a gap, and every chain value worked out anew from the one before it.
pub(crate) fn assert_history_whole(world: &World) -> Vec<Entry> {
    let entries = history(world);
    let mut previous = String::new();
    for (expected, entry) in (1..).zip(&entries) {
        assert_eq!(entry.seq, expected, "a gap in the history");
        let chain = chain_value(entry, &previous);
        assert_eq!(
            entry.chain, chain,
            "entry {expected} is not chained to the one before"
        );
        previous.clone_from(&entry.chain);
    }
    entries
}

pub(crate) fn ids(world: &World) -> Vec<String> {
    let list = world.json("list --any");
    let ids: Vec<String> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(list["total"], ids.len());
    ids
}

#[test]
fn eight_processes_write_and_read_at_once_and_nothing_acknowledged_is_lost() {
    const ROUNDS: usize = 12;
    let world = World::new();
    world.configure("wait_seconds = 60\n");
    let acknowledged: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let world = &world;
                scope.spawn(move || {
                    let mut ids = Vec::new();
                    for round in 0..ROUNDS {
                        let email = format!("w{worker}r{round}@example.dk");
                        let id = match worker % 2 {
                            0 => world.ok(&["add", "optout", "--email", &email]),
                            _ => world.ok(&[
                                "add", "request", "--kind", "other", "--name", "M", "--email",
                                &email,
                            ]),
                        };
                        assert_eq!(
                            world.json(&["show", &id])["id"],
                            id.as_str(),
                            "read back at once"
                        );
                        if round % 3 == 0 {
                            world.ok(&["note", &id, "A remark"]);
                        }
                        world.ok("due");
                        ids.push(id);
                    }
                    ids
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    let distinct: BTreeSet<&String> = acknowledged.iter().collect();
    assert_eq!(
        distinct.len(),
        WORKERS * ROUNDS,
        "an id was given out twice"
    );
    let there: BTreeSet<String> = ids(&world).into_iter().collect();
    assert_eq!(
        there,
        acknowledged.iter().cloned().collect(),
        "exactly what was acknowledged"
    );
    let entries = assert_history_whole(&world);
    assert_eq!(entries.len(), WORKERS * (ROUNDS + ROUNDS / 3));
    for item_type in ["R", "N"] {
        let last = format!("{item_type}-2026-{:04}", WORKERS * ROUNDS / 2);
        assert!(there.contains(&last), "numbers without a gap up to {last}");
    }
}

/// Eight processes find no store: one makes it, all of them use it.
#[test]
fn eight_processes_make_the_store_together() {
    let world = World::new();
    world.configure("wait_seconds = 60\n");
    thread::scope(|scope| {
        for n in 0..WORKERS {
            let world = &world;
            scope.spawn(move || {
                world.ok(&["add", "optout", "--email", &format!("a{n}@example.dk")])
            });
        }
    });
    assert_eq!(ids(&world).len(), WORKERS);
    assert_history_whole(&world);
    let left: Vec<String> = fs::read_dir(world.store().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "indsigt.redb" && name != "indsigt.redb.lock")
        .collect();
    assert!(left.is_empty(), "{left:?} was left behind");
}

/// The same mailbox from eight mail filters at once comes in once.
#[test]
fn eight_imports_of_the_same_mailbox_take_it_in_once() {
    let world = World::new();
    world.configure("wait_seconds = 60\n");
    let mailbox = crate::world::data("mail/five.mboxrd");
    let taken: u64 = thread::scope(|scope| {
        let runs: Vec<_> = (0..WORKERS)
            .map(|_| {
                scope.spawn(|| {
                    world.json(&["import", "mail", &mailbox])["taken"]
                        .as_u64()
                        .unwrap()
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!((taken, ids(&world).len()), (4, 4));
}

/// A writer is killed thirty times, each time a little later in its work, from before it opens the store to after it
/// has answered. What it acknowledged is there; the store opens every time.
#[test]
fn a_writer_killed_at_any_moment_loses_nothing_it_acknowledged() {
    let world = World::new();
    world.ok("add optout --email first@example.dk");
    let mut acknowledged: BTreeSet<String> = ids(&world).into_iter().collect();
    let started = std::time::Instant::now();
    world.ok("add optout --email second@example.dk");
    let whole = started.elapsed();
    acknowledged.insert("N-2026-0002".to_owned());
    let mut kills = 0;
    for n in 0..30_u32 {
        let email = format!("k{n}@example.dk");
        let mut child = world
            .command(&["add", "optout", "--email", &email])
            .spawn()
            .unwrap();
        let printed = BufReader::new(child.stdout.take().unwrap());
        let (_never, moment_passes) = std::sync::mpsc::channel::<()>();
        let moment = whole * n / 25;
        let killer = thread::spawn(move || {
            // Not a wait for something to happen: the moment of the kill is what is tried out.
            moment_passes.recv_timeout(moment).ok();
            drop(child.kill());
            child.wait().unwrap()
        });
        acknowledged.extend(printed.lines().map(Result::unwrap));
        let status = killer.join().unwrap();
        kills += usize::from(!status.success());
        let there: BTreeSet<String> = ids(&world).into_iter().collect();
        assert!(
            acknowledged.is_subset(&there),
            "kill {n}: {acknowledged:?} are not all in {there:?}"
        );
        assert!(there.len() <= acknowledged.len() + kills, "kill {n}");
    }
    assert!(kills >= 5, "only {kills} of 30 were killed in time");
    world.ok("note n1 'And it goes on'");
    assert_history_whole(&world);
}

/// An import of hundreds of mails is killed while it works: run again, it completes.
#[test]
fn an_import_killed_in_the_middle_is_completed_by_the_next_one() {
    let world = World::new();
    let mut mailbox = String::new();
    for n in 0..600 {
        write!(mailbox,
            "From p{n}@example.dk Fri Nov 20 10:00:00 2026\nFrom: p{n}@example.dk\nSubject: Indsigt {n}\n\
             Date: Fri, 20 Nov 2026 10:00:00 +0100\nMessage-ID: <{n}@example.dk>\n\nHvad har du om mig? {n}\n\n"
        ).unwrap();
    }
    let path = world.write("inbox.mbox", mailbox);
    world.ok("due");
    let mut child = world.command(&["import", "mail", &path]).spawn().unwrap();
    // The first batch is in, the last cannot be: that is the middle.
    while world.json("list --limit 1")["total"] == 0 && child.try_wait().unwrap().is_none() {}
    drop(child.kill());
    child.wait().unwrap();
    let before = ids(&world).len() as u64;
    assert_eq!(before % 200, 0, "a batch is in whole or not at all");
    let report = world.json(&["import", "mail", &path]);
    assert_eq!(report["already"].as_u64().unwrap(), before);
    assert_eq!(report["taken"].as_u64().unwrap(), 600 - before);
    assert_eq!(ids(&world).len(), 600);
    assert_history_whole(&world);
}

#[test]
fn a_held_lock_is_busy_after_the_wait_and_changes_nothing() {
    let world = World::new();
    world.access("2026-11-20");
    let before = world.everything();
    let mut sidecar = world.store().into_os_string();
    sidecar.push(".lock");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(sidecar)
        .unwrap();
    lock.lock().unwrap();
    for (wait, least) in [(0, Duration::ZERO), (1, Duration::from_secs(1))] {
        world.configure(&format!("wait_seconds = {wait}\n"));
        for (language, what, hint) in [
            ("en", "in use by another program", "Try again in a moment"),
            (
                "da",
                "i brug af et andet program",
                "Prøv igen om et øjeblik",
            ),
        ] {
            let started = std::time::Instant::now();
            let output = world.run(&["note", "r1", "x", "--language", language]);
            assert_eq!((output.code, output.stdout.as_str()), (75, ""), "{output}");
            assert!(started.elapsed() >= least, "it did not wait");
            assert!(
                output.stderr.contains(what) && output.stderr.contains(hint),
                "{output}"
            );
            assert_brief(&output.stderr);
        }
    }
    world.configure("wait_seconds = 0\n");
    for command in [
        &["due"][..],
        &["show", "r1"],
        &["undo"],
        &["import", "mail", &crate::world::data("mail/five.mboxrd")],
    ] {
        assert_eq!(world.run(command).code, 75, "{command:?}");
    }
    let error: Value = world.run("due --json").error();
    assert_eq!(
        (&error["code"], &error["kind"]),
        (&75.into(), &"busy".into())
    );
    drop(lock);
    assert_eq!(before, world.everything());
}

/// The file may be in use although the lock is free: by a killed process that is not quite gone, or by a reader that
/// could not take the lock. That too is waited for.
#[test]
fn a_file_in_use_without_the_lock_is_waited_for() {
    let world = World::new();
    world.access("2026-11-20");
    let before = world.everything();
    world.configure("wait_seconds = 1\n");
    let database = redb::Database::open(world.store()).unwrap();
    for command in ["note r1 x", "due"] {
        let started = std::time::Instant::now();
        let output = world.run(command);
        assert_eq!(output.code, 75, "{command}: {output}");
        assert!(
            started.elapsed() >= Duration::from_secs(1),
            "{command} did not wait"
        );
    }
    drop(database);
    assert_eq!(before, world.everything());
}

/// Readers do not keep each other out.
#[test]
fn a_reader_beside_a_reader_does_not_wait() {
    let world = World::new();
    world.access("2026-11-20");
    world.configure("wait_seconds = 0\n");
    let mut sidecar = world.store().into_os_string();
    sidecar.push(".lock");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(sidecar)
        .unwrap();
    lock.lock_shared().unwrap();
    assert_eq!(
        world.json("due --all")["items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(world.run("note r1 x").code, 75);
}

/// Who waits is served as soon as the store is free.
#[test]
fn a_writer_that_waits_goes_on_when_the_lock_is_given_back() {
    let world = World::new();
    world.access("2026-11-20");
    world.configure("wait_seconds = 30\n");
    let mut sidecar = world.store().into_os_string();
    sidecar.push(".lock");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(sidecar)
        .unwrap();
    lock.lock().unwrap();
    let mut child = world.command(&["note", "r1", "patient"]).spawn().unwrap();
    assert!(child.try_wait().unwrap().is_none());
    drop(lock);
    assert!(child.wait().unwrap().success());
    assert_eq!(world.json("show r1")["notes"][0]["text"], "patient");
}
