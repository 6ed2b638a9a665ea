//! Files that are damaged in every way a disk, a copy or a careless hand can: whatever is asked, the answer is the right
//! one or says that the file is damaged. Never a wrong one, never a panic, never a wait without end.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use indsigt::clock::Clock;
use indsigt::config::Settings;
use indsigt::demo;
use indsigt::ops::queries::{ListQuery, Which};
use indsigt::ops::{Action, Desk, Op, OpError};
use indsigt::store::{Scope, Store, StoreError, Via};
use tempfile::TempDir;

use crate::pty_harness::Pty;
use crate::world::{PROGRAM, TODAY, World, assert_brief, text};

const PAGE: usize = 4096;
/// Where the header ends; what follows in the first page is never used.
const HEADER: usize = 320;
/// Files that are damaged and asked, in two threads at once.
const FILES: usize = 1_000;
/// A file among so many is also written to.
const WRITTEN: usize = 4;
/// How long everything asked of one file may take on a slow, busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked of a store, and how.
const QUESTIONS: [(&str, Question); 8] = [
    ("due", |desk, _| desk.due(None, usize::MAX).map(shown)),
    ("list", |desk, _| desk.list(&everything()).map(shown)),
    ("search", |desk, _| {
        let search = Some("hansen".to_owned());
        let query = ListQuery {
            search,
            ..everything()
        };
        desk.list(&query).map(shown)
    }),
    ("show", |desk, _| {
        let ids = ["r-2026-1", "r-2026-20", "v-2026-3", "n-2026-2", "n-2026-90"];
        let cards = ids.map(|id| desk.detail(desk.find(id)?));
        cards.into_iter().collect::<Result<Vec<_>, _>>().map(shown)
    }),
    ("no such id", |desk, _| desk.find("r-2026-999").map(shown)),
    ("person", |desk, _| desk.person("s7@example.dk").map(shown)),
    ("history", |desk, _| {
        desk.history(None, usize::MAX).map(shown)
    }),
    ("check-subscribers", |desk, list| {
        let check = desk.check_subscribers(list)?;
        Ok(shown((check.checked, check.hits)))
    }),
];

type Question = fn(&Desk, &Path) -> Result<String, OpError>;

fn shown(answer: impl std::fmt::Debug) -> String {
    format!("{answer:?}")
}

fn everything() -> ListQuery {
    ListQuery {
        which: Which::Any,
        ..ListQuery::open(Scope::Everything)
    }
}

/// What is said of a store that is asked: an answer, or that it cannot be read.
fn ask(desk: &Desk, list: &Path, question: Question) -> Result<String, StoreError> {
    match question(desk, list) {
        Ok(answer) => Ok(answer),
        Err(OpError::Store(error)) => Err(error),
        // “There is no such case” is an answer too, and can be a wrong one.
        Err(other) => Ok(shown(other)),
    }
}

fn desk(store: PathBuf) -> Desk {
    let settings = Settings::default();
    let today: NaiveDate = TODAY.parse().unwrap();
    let clock = Clock::fixed(settings.zone, today.and_hms_opt(9, 0, 0).unwrap());
    Desk::new(Store::at(store, true), settings, clock, Via::Cli)
}

fn write_note(desk: &Desk) -> Result<(), OpError> {
    let id = desk.find("r-2026-1")?;
    let note = Action::Note("Ringede tilbage".to_owned());
    desk.run(&Op::Act(vec![id.into()], note)).map(drop)
}

/// A store, and what it says undamaged: before and after a note was written.
struct Original {
    folder: TempDir,
    bytes: Vec<u8>,
    /// The same store a little earlier: a page of it in the place of today's is a write that never arrived.
    earlier: Vec<u8>,
    answers: Vec<String>,
    answers_after_note: Vec<String>,
}

impl Original {
    /// The invented cases and as many opt-outs again, so that indexes have branches and not a single page each.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("original.redb");
        let today = TODAY.parse().unwrap();
        demo::fill(&path, &Settings::default(), today).unwrap();
        let mut csv = "Email,Status\n".to_owned();
        for n in 0..120 {
            writeln!(csv, "s{n}@example.dk,unsubscribed").unwrap();
        }
        let list = folder.path().join("list.csv");
        fs::write(&list, csv).unwrap();
        let desk = desk(path.clone());
        assert_eq!(
            desk.import_opt_outs(&list, false, &mut |_| ControlFlow::Continue(()))
                .unwrap()
                .totals()
                .0,
            120
        );
        let earlier = fs::read(&path).unwrap();
        desk.run(&Op::Act(
            vec![desk.find("r-2026-2").unwrap().into()],
            Action::Note("En til".to_owned()),
        ))
        .unwrap();
        let bytes = fs::read(&path).unwrap();
        let answers = || {
            let answer = |(_, question)| ask(&desk, &list, question).unwrap();
            QUESTIONS.into_iter().map(answer).collect::<Vec<_>>()
        };
        let before = answers();
        write_note(&desk).unwrap();
        Self {
            answers: before,
            answers_after_note: answers(),
            folder,
            bytes,
            earlier,
        }
    }

    fn list(&self) -> PathBuf {
        self.folder.path().join("list.csv")
    }

    /// The pages that are not empty.
    fn used_pages(&self) -> Vec<usize> {
        let used = |page: &usize| self.bytes[page * PAGE..][..PAGE].iter().any(|&b| b != 0);
        (1..self.bytes.len() / PAGE).filter(used).collect()
    }
}

/// Numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn of<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len())]
    }
}

/// Damages a file; says how.
fn damage(original: &Original, n: usize) -> (String, Vec<u8>) {
    let mut random = Random((n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut bytes = original.bytes.clone();
    let used = original.used_pages();
    let page = random.of(&used);
    let range = page * PAGE..(page + 1) * PAGE;
    let what = match n % 20 {
        0..9 => {
            let bit = random.below(PAGE * 8);
            bytes[range.start + bit / 8] ^= 1 << (bit % 8);
            format!("bit {bit} of page {page} flipped")
        }
        9 | 10 => {
            let bit = random.below(HEADER * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            format!("bit {bit} of the header flipped")
        }
        11 | 12 => {
            bytes[range].fill(0);
            format!("page {page} zeroed")
        }
        13 => {
            let from = random.below(PAGE);
            bytes[range][from..].fill_with(|| u8::try_from(random.below(256)).unwrap());
            format!("page {page} overwritten from {from}")
        }
        14 | 15 => {
            let len = random.below(bytes.len());
            bytes.truncate(len);
            format!("cut to {len} bytes")
        }
        16 => {
            let more = 1 + random.below(3 * PAGE);
            bytes.extend((0..more).map(|byte| u8::try_from(byte % 251).unwrap()));
            format!("{more} bytes appended")
        }
        17 => {
            let other = random.of(&used) * PAGE;
            bytes.copy_within(other..other + PAGE, range.start);
            format!("page {page} is a copy of {}", other / PAGE)
        }
        18 => {
            let other = random.of(&used) * PAGE;
            let kept = bytes[range.clone()].to_vec();
            bytes.copy_within(other..other + PAGE, range.start);
            bytes[other..other + PAGE].copy_from_slice(&kept);
            format!("pages {page} and {} exchanged", other / PAGE)
        }
        _ => {
            // One whose newer content never reached the disk.
            let changed: Vec<usize> = used
                .iter()
                .copied()
                .filter(|page| {
                    let range = page * PAGE..(page + 1) * PAGE;
                    original.earlier.get(range.clone()) != Some(&original.bytes[range])
                })
                .collect();
            let page = random.of(&changed);
            let range = page * PAGE..(page + 1) * PAGE;
            bytes[range.clone()].copy_from_slice(&original.earlier[range]);
            format!("page {page} is an older one")
        }
    };
    (what, bytes)
}

/// What was found.
#[derive(Default)]
struct Found {
    answered: AtomicUsize,
    told: AtomicUsize,
    written: AtomicUsize,
}

/// Asks everything of one damaged file, or writes to it first.
fn try_one(original: &Original, n: usize, path: &Path, found: &Found) {
    let started = Instant::now();
    let (what, bytes) = damage(original, n);
    fs::write(path, &bytes).unwrap();
    let desk = desk(path.to_owned());
    let mut right = &original.answers;
    if n.is_multiple_of(WRITTEN) {
        match write_note(&desk) {
            Ok(()) => {
                right = &original.answers_after_note;
                found.written.fetch_add(1, Ordering::Relaxed);
            }
            Err(OpError::Store(error)) => assert_told(&error, &what),
            Err(other) => panic!("{what}: {other:?}"),
        }
    }
    // Half of the questions for each file: all of them take twice as long and find the same.
    let asked = QUESTIONS.into_iter().zip(right).skip(n / 20 % 2).step_by(2);
    for ((name, question), right) in asked {
        match ask(&desk, &original.list(), question) {
            Ok(answer) => {
                assert!(
                    answer == *right,
                    "{what}: a wrong answer to {name}:\n{answer}"
                );
                found.answered.fetch_add(1, Ordering::Relaxed);
            }
            Err(error) => {
                assert_told(&error, &format!("{what}, {name}"));
                found.told.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
    assert!(
        started.elapsed() < PATIENCE,
        "{what}: {:?}",
        started.elapsed()
    );
}

/// As damage, that is. Only where the file is too short for what it says, reading itself fails.
fn assert_told(error: &StoreError, what: &str) {
    let told = match error {
        StoreError::Damaged { .. } | StoreError::Foreign | StoreError::Newer { .. } => true,
        StoreError::Io { .. } => what.starts_with("cut to"),
        _ => false,
    };
    assert!(told, "{what}: {error:?}");
}

#[test]
fn a_damaged_file_gives_the_right_answer_or_none() {
    let original = Original::new();
    let (found, next) = (Found::default(), AtomicUsize::new(0));
    thread::scope(|scope| {
        for worker in 0..2 {
            let (original, found, next) = (&original, &found, &next);
            scope.spawn(move || {
                let path = original
                    .folder
                    .path()
                    .join(format!("damaged-{worker}.redb"));
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= FILES {
                        return;
                    }
                    try_one(original, n, &path, found);
                }
            });
        }
    });
    let (answered, told) = (found.answered.into_inner(), found.told.into_inner());
    println!(
        "{FILES} files of {} pages: {answered} answers right, {told} times told, {} written to",
        original.bytes.len() / PAGE,
        found.written.into_inner()
    );
    assert!(
        answered > FILES && told > FILES / 2,
        "{answered} answered, {told} told"
    );
}

/// A command and what it prints undamaged; those that change something print what they like.
const COMMANDS: [(&str, bool); 9] = [
    ("due --all --json", true),
    ("list all --any --json", true),
    ("show r-2026-1 --json", true),
    ("person hansen --json", true),
    ("history --json", true),
    ("export all --format json", true),
    ("note r-2026-1 'Ringede tilbage'", false),
    ("add optout --email ny@example.dk", false),
    ("undo", false),
];

/// The program itself, with its exit codes and its words.
#[test]
fn the_program_says_that_a_file_is_damaged_and_what_to_do() {
    let original = Original::new();
    let world = World::new();
    let store = world.write("damaged.redb", &original.bytes);
    let run = |command: &str| world.run(format!("{command} --store {store}").as_str());
    let right = COMMANDS.map(|(command, reads)| reads.then(|| run(command).stdout));
    let mut told = 0;
    for n in 0..60 {
        let (what, bytes) = damage(&original, n);
        let at = n * 7 % COMMANDS.len();
        let (command, _) = COMMANDS[at];
        fs::write(&store, &bytes).unwrap();
        let output = run(command);
        match output.code {
            0 => assert!(
                right[at]
                    .as_ref()
                    .is_none_or(|right| *right == output.stdout),
                "{what}, {command}: {output}"
            ),
            65 | 74 => {
                told += 1;
                // A register is written as far as it can be read, and says that it is not whole.
                assert!(
                    output.stdout.is_empty() || command.starts_with("export"),
                    "{what}, {command}"
                );
                if output.stdout.is_empty() {
                    assert_helpful(&output.stderr, command);
                } else {
                    assert!(output.stderr.contains("indsigt verify"), "{what}: {output}");
                }
            }
            _ => panic!("{what}, {command}: {output}"),
        }
    }
    assert!(told >= 10, "{told} of 60 were told");
}

/// One message that says what and what to do, as text or as JSON.
fn assert_helpful(stderr: &str, command: &str) {
    let (message, hint) = if command.contains("--json") {
        let error: serde_json::Value = serde_json::from_str(stderr).unwrap();
        let part = |name: &str| error["error"][name].as_str().unwrap().to_owned();
        (part("message"), part("hint"))
    } else {
        assert_brief(stderr);
        let (message, hint) = stderr.split_once('\n').unwrap();
        (message.to_owned(), hint.to_owned())
    };
    assert!(
        [
            "damaged (",
            "not an indsigt store",
            "cannot be read",
            "has format"
        ]
        .iter()
        .any(|what| message.contains(what)),
        "{message}"
    );
    assert!(hint.contains("backup") || hint.contains("Check"), "{hint}");
}

/// The screen: damage that keeps it from opening is told on the ordinary screen; damage that it meets later, on the
/// last line, with everything that can still be read in its place.
#[test]
fn the_screen_says_that_a_file_is_damaged() {
    let original = Original::new();
    let path = original.folder.path().join("screen.redb");
    let zeroed = |page: usize| {
        let mut bytes = original.bytes.clone();
        bytes[page * PAGE..][..PAGE].fill(0);
        fs::write(&path, bytes).unwrap();
        let desk = desk(path.clone());
        let opens = desk
            .store
            .read(|view| Ok::<_, OpError>(view.generation()?))
            .is_ok();
        (opens, desk.due(Some(7), 50).is_ok())
    };
    let find = |wanted| {
        let pages = original.used_pages();
        pages
            .into_iter()
            .find(|page| zeroed(*page) == wanted)
            .unwrap()
    };
    let home = text(original.folder.path());
    let envs = [
        ("TERM", "xterm-256color"),
        ("LANG", "en_GB.UTF-8"),
        ("HOME", &home),
    ];
    let start = || {
        let args = ["--store", path.to_str().unwrap(), "--today", TODAY];
        Pty::spawn(PROGRAM, &args, &envs, (100, 30))
    };

    find((false, false));
    let pty = start();
    assert_eq!(pty.wait_exit().exit_code(), 65);
    pty.wait_for_text("The store is damaged (");
    pty.wait_for_text("latest backup");

    find((true, false));
    let pty = start();
    pty.wait_for_text("The store is damaged (");
    pty.send("5");
    pty.wait_for_text("History");
    pty.send("q");
    assert!(pty.wait_exit().success());
}
