//! Processes that are killed by the hundred under load, and a screen that stays open beside others that write.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::processes::{assert_history_whole, ids};
use crate::pty_harness::{DEADLINE, Pty};
use crate::world::{PROGRAM, TODAY, World, text};

/// Writers that are killed again and again, while a reader looks on.
const WRITERS: usize = 4;
/// How many are killed altogether.
const KILLS: usize = 300;

/// What a writer did before it was killed, or in spite of it.
#[derive(Default)]
struct Work {
    /// Ids that were printed.
    added: BTreeSet<String>,
    /// Texts of notes whose command ended well.
    noted: BTreeSet<String>,
    /// Commands that were killed: each may have been carried out or not.
    killed: usize,
    done: usize,
}

/// Numbers that differ from writer to writer and are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) % bound
    }
}

/// Runs a command and kills it at some moment. Gives what it printed and whether it ended of itself, and well.
fn killed_after(world: &World, args: &[&str], moment: Duration) -> (Vec<String>, bool) {
    let mut child = world.command(args).spawn().unwrap();
    let printed = BufReader::new(child.stdout.take().unwrap());
    let (ended, over) = channel::<()>();
    let killer = thread::spawn(move || {
        // Not a wait for something to happen: the moment of the kill is what is tried out.
        over.recv_timeout(moment).ok();
        drop(child.kill());
        child.wait().unwrap()
    });
    let lines = printed.lines().map(Result::unwrap).collect();
    drop(ended);
    let status = killer.join().unwrap();
    assert!(
        status.success() || status.code().is_none(),
        "{args:?}: {status}"
    );
    (lines, status.success())
}

fn work(world: &World, writer: usize, whole: Duration, kills: &AtomicUsize) -> Work {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 + writer as u64);
    let mut work = Work::default();
    let span = u64::try_from(whole.as_micros()).unwrap();
    for n in 0.. {
        if kills.load(Ordering::Relaxed) >= KILLS {
            break;
        }
        let moment = Duration::from_micros(random.below(span));
        let mark = format!("w{writer}n{n}");
        let own = work.added.iter().nth(n % work.added.len().max(1)).cloned();
        let ended = match own {
            Some(id) if n % 3 == 0 => {
                let (_, ended) = killed_after(world, &["note", &id, &mark], moment);
                if ended {
                    work.noted.insert(mark);
                }
                ended
            }
            _ => {
                let email = format!("{mark}@example.dk");
                let (lines, ended) =
                    killed_after(world, &["add", "optout", "--email", &email], moment);
                work.added.extend(lines);
                ended
            }
        };
        if ended {
            work.done += 1;
        } else {
            work.killed += 1;
            kills.fetch_add(1, Ordering::Relaxed);
        }
    }
    work
}

#[test]
fn hundreds_of_killed_writers_lose_nothing_they_acknowledged() {
    let world = World::new();
    world.configure("wait_seconds = 60\n");
    world.ok("add optout --email first@example.dk");
    // Under load a command takes longer than alone; the moments reach from its start to beyond its end.
    let started = Instant::now();
    world.ok("add optout --email second@example.dk");
    let whole = started.elapsed() * 8;
    let (kills, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (works, reads) = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut seen, mut reads) = (0, 0);
            while !over.load(Ordering::Relaxed) {
                let total = world.json("list --any --limit 1")["total"]
                    .as_u64()
                    .unwrap();
                assert!(
                    total >= seen,
                    "{total} after {seen}: something was there and is gone"
                );
                (seen, reads) = (total, reads + 1);
            }
            reads
        });
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (world, kills) = (&world, &kills);
                scope.spawn(move || work(world, writer, whole, kills))
            })
            .collect();
        let works: Vec<Work> = writers
            .into_iter()
            .map(|writer| writer.join().unwrap())
            .collect();
        over.store(true, Ordering::Relaxed);
        (works, reader.join().unwrap())
    });

    let (done, entries) = assert_nothing_is_lost(&world, &works);
    let killed: usize = works.iter().map(|work| work.killed).sum();
    println!(
        "{killed} kills, {done} commands that ended, {} of the killed carried out, {reads} reads, in {:?}",
        entries - done,
        started.elapsed()
    );
    assert!(done > 30, "only {done} commands ended");
}

/// What was acknowledged is there, what was killed may be, and nothing else is. Gives how many commands ended well, and
/// how many entries the history has.
fn assert_nothing_is_lost(world: &World, works: &[Work]) -> (usize, usize) {
    let there: BTreeSet<String> = ids(world).into_iter().collect();
    let records: Value = serde_json::from_str(&world.records()).unwrap();
    let notes: BTreeSet<String> = records["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|item| item["notes"].as_array().unwrap())
        .map(|note| note["text"].as_str().unwrap().to_owned())
        .collect();
    // Two before the writers began.
    let (mut done, mut killed) = (2, 0);
    for work in works {
        assert!(
            work.added.is_subset(&there),
            "an id was printed and is not there"
        );
        assert!(
            work.noted.is_subset(&notes),
            "a note was acknowledged and is not there"
        );
        done += work.done;
        killed += work.killed;
    }
    let entries = assert_history_whole(world).len();
    assert_eq!(
        entries,
        there.len() + notes.len(),
        "one entry for each change"
    );
    assert!(
        (done..=done + killed).contains(&entries),
        "{done}, {killed}, {entries}"
    );
    // A number is given out in the transaction that uses it.
    let last = format!("N-2026-{:04}", there.len());
    assert!(there.contains(&last), "numbers without a gap up to {last}");
    (done, entries)
}

/// How soon a change made elsewhere is to be on the screen.
const SEEN_WITHIN: Duration = Duration::from_secs(2);

/// The case whose detail stands beside the list.
fn selected(screen: &vt100::Screen) -> Option<String> {
    let contents = screen.contents();
    let (_, rest) = contents.split_once("│ R-")?;
    Some(rest.chars().take(9).collect())
}

#[test]
fn an_open_screen_follows_others_at_its_ease_with_its_cursor_in_place() {
    const CHANGES: usize = 10;
    let world = World::new();
    for n in 0..12 {
        world.request("access", "Mette", &format!("m{n}@example.dk"), "2026-11-10");
    }
    let home = text(&world.path(""));
    let envs = [
        ("TERM", "xterm-256color"),
        ("LANG", "en_GB.UTF-8"),
        ("HOME", home.as_str()),
    ];
    let pty = Pty::spawn(PROGRAM, &["--today", TODAY], &envs, (110, 30));
    pty.wait_for_text("2 Requests 12");
    pty.send("2");
    pty.wait_for("the first case", |screen| {
        selected(screen).as_deref() == Some("2026-0001")
    });
    pty.send("jjjj");
    pty.wait_for("the fifth case", |screen| {
        selected(screen).as_deref() == Some("2026-0005")
    });
    let (started, used) = (Instant::now(), pty.cpu_time());
    let mut in_time = 0;
    for n in 0..CHANGES {
        // Some come before the cursor, some after it.
        let received = if n % 2 == 0 {
            "2026-10-20"
        } else {
            "2026-11-21"
        };
        world.request("access", "Bo", &format!("b{n}@example.dk"), received);
        let changed = Instant::now();
        pty.wait_for_text(&format!("2 Requests {}", 13 + n));
        in_time += usize::from(changed.elapsed() < SEEN_WITHIN);
        pty.wait_for("the cursor in its place", |screen| {
            selected(screen).as_deref() == Some("2026-0005")
        });
    }
    // A machine with better things to do may be late once.
    assert!(
        in_time >= CHANGES - 1,
        "only {in_time} of {CHANGES} in {SEEN_WITHIN:?}"
    );
    let busy = pty.cpu_time().saturating_sub(used);
    assert!(
        busy < started.elapsed() / 4,
        "{busy:?} of {:?}",
        started.elapsed()
    );
    assert!(started.elapsed() < DEADLINE * 2);

    // Nothing happens, and nothing is done.
    while !pty.watch(Duration::from_millis(300)).is_empty() {}
    let used = pty.cpu_time();
    let written = pty.watch(Duration::from_secs(3));
    assert_eq!(String::from_utf8_lossy(&written), "");
    let idle = pty.cpu_time().saturating_sub(used);
    assert!(
        idle <= Duration::from_millis(30),
        "{idle:?} in three idle seconds"
    );
    println!("{busy:?} for {CHANGES} changes, {in_time} in time, {idle:?} in 3 idle seconds");
    pty.send("q");
    assert!(pty.wait_exit().success());
}
