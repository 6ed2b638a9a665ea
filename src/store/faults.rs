//! A disk that fails: at the n-th write, at the n-th sync, for want of space, and by losing what was not synced when the
//! power goes. Whatever happens, an operation is there afterwards completely or not at all.
//!
//! Completely means every row of every table: what the file holds is compared with what it held before and with what
//! it holds when nothing fails, and the operation after that has to go on from there.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, NaiveDate, Utc};
use redb::{Database, ReadableDatabase, ReadableTable, StorageBackend};

use super::tables::{self, for_every_table};
use super::{StoreError, Tx, Via, Writer, file, write_in};
use crate::domain::deadline::Dates;
use crate::domain::event::Event;
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::opt_out::{OptOut, Source};
use crate::domain::person::{Language, Person};
use crate::domain::recording::{Form, Recording};
use crate::domain::request::{Channel, Closing, Kind, Note, Outcome, Request};
use crate::domain::standing::Rules;
use crate::domain::task::Task;

/// What a disk keeps or loses as a whole.
const SECTOR: usize = 512;
const ENOSPC: i32 = 28;
const EIO: i32 = 5;
/// What may be left when the power goes, for each moment at which it can go.
const CUTS: u64 = 6;

/// What goes wrong, counted from when it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The n-th write and all after it fail with this error.
    Write(usize, i32),
    /// The n-th sync and all after it.
    Sync(usize),
    /// The n-th time the file is to grow, and all after it.
    Grow(usize),
    /// The power goes at the n-th write, sync or change of length.
    Power(usize),
}

/// What was asked of the disk since it last synced.
#[derive(Debug, Clone)]
enum Asked {
    Write(usize, Vec<u8>),
    Length(usize),
}

#[derive(Debug, Default)]
struct Platter {
    /// What a reader sees.
    seen: Vec<u8>,
    /// What is on the disk for certain.
    synced: Vec<u8>,
    asked: Vec<Asked>,
    fault: Option<Fault>,
    writes: usize,
    syncs: usize,
    growths: usize,
    /// How often it failed, and what was still asked of it after that.
    failed: usize,
    written_after_failing: usize,
}

impl Platter {
    /// Counts what is asked for, and fails when it is its turn.
    fn turn(&mut self, ask: Ask) -> io::Result<()> {
        match ask {
            Ask::Write => self.writes += 1,
            Ask::Sync => self.syncs += 1,
            Ask::Grow => self.growths += 1,
            Ask::Shrink => {}
        }
        let all = self.writes + self.syncs + self.growths;
        let error = match self.fault {
            Some(Fault::Write(n, error)) if ask == Ask::Write && self.writes >= n => error,
            Some(Fault::Sync(n)) if ask == Ask::Sync && self.syncs >= n => EIO,
            Some(Fault::Grow(n)) if ask == Ask::Grow && self.growths >= n => ENOSPC,
            Some(Fault::Power(n)) if all >= n => EIO,
            _ => {
                self.written_after_failing += usize::from(self.failed > 0);
                return Ok(());
            }
        };
        self.failed += 1;
        Err(io::Error::from_raw_os_error(error))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Write,
    Sync,
    Grow,
    Shrink,
}

/// A disk; its clones are the same disk.
#[derive(Debug, Clone, Default)]
struct Disk(Arc<Mutex<Platter>>);

impl Disk {
    fn holding(bytes: &[u8]) -> Self {
        let disk = Self::default();
        disk.platter().seen = bytes.to_vec();
        disk.platter().synced = bytes.to_vec();
        disk
    }

    fn failing(bytes: &[u8], fault: Fault) -> Self {
        let disk = Self::holding(bytes);
        disk.platter().fault = Some(fault);
        disk
    }

    fn platter(&self) -> MutexGuard<'_, Platter> {
        self.0.lock().unwrap()
    }

    /// What another process finds while the machine goes on running.
    fn as_seen(&self) -> Vec<u8> {
        self.platter().seen.clone()
    }

    /// What is found after a power cut: what was synced, and of the rest what the seed says. Every other seed keeps
    /// the order in which it was written, the others keep any sectors.
    fn after_power_cut(&self, seed: u64) -> Vec<u8> {
        let platter = self.platter();
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut bytes = platter.synced.clone();
        let in_order = seed.is_multiple_of(2);
        let parts: Vec<Asked> = platter.asked.iter().flat_map(sectors).collect();
        let kept_in_order = random.below(parts.len() + 1);
        let one_in = 1 + random.below(4);
        for (n, part) in parts.into_iter().enumerate() {
            let kept = if in_order {
                n < kept_in_order
            } else {
                random.below(one_in + 1) != 0
            };
            match part {
                Asked::Length(len) if kept => bytes.resize(len, 0),
                // Beyond the end of the file there is nothing to be kept.
                Asked::Write(at, data) if kept && at + data.len() <= bytes.len() => {
                    bytes[at..at + data.len()].copy_from_slice(&data);
                }
                _ => {}
            }
        }
        bytes
    }
}

/// The parts that a disk keeps or loses one by one.
fn sectors(asked: &Asked) -> Vec<Asked> {
    match asked {
        Asked::Length(len) => vec![Asked::Length(*len)],
        Asked::Write(at, data) => {
            let mut parts = Vec::new();
            let (mut at, mut data) = (*at, data.as_slice());
            while !data.is_empty() {
                let (part, rest) = data.split_at(data.len().min(SECTOR - at % SECTOR));
                parts.push(Asked::Write(at, part.to_vec()));
                (at, data) = (at + part.len(), rest);
            }
            parts
        }
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.platter().seen.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let at = usize::try_from(offset).unwrap();
        let platter = self.platter();
        let part = platter.seen.get(at..at + out.len());
        out.copy_from_slice(part.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = usize::try_from(len).unwrap();
        let mut platter = self.platter();
        let grows = len > platter.seen.len();
        platter.turn(if grows { Ask::Grow } else { Ask::Shrink })?;
        platter.seen.resize(len, 0);
        platter.asked.push(Asked::Length(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut platter = self.platter();
        platter.turn(Ask::Sync)?;
        platter.synced = platter.seen.clone();
        platter.asked.clear();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let at = usize::try_from(offset).unwrap();
        let mut platter = self.platter();
        platter.turn(Ask::Write)?;
        let end = at + data.len();
        if platter.seen.len() < end {
            platter.seen.resize(end, 0);
            platter.asked.push(Asked::Length(end));
        }
        platter.seen[at..end].copy_from_slice(data);
        platter.asked.push(Asked::Write(at, data.to_vec()));
        Ok(())
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
}

/// Something to do, always the same.
type Operation = fn(&mut Tx<'_>) -> Result<(), StoreError>;

/// The operations that are tried out on the same store.
const OPERATIONS: [(&str, Operation); 5] = [
    ("add", |tx| {
        request(tx, "bo@example.dk", None)?;
        Ok(())
    }),
    ("import", |tx| {
        tx.go_on_with(None)?;
        for n in 0..40_u128 {
            request(tx, &format!("p{n}@example.dk"), Some(1000 + n))?;
        }
        Ok(())
    }),
    ("resolve", |tx| {
        for number in [2, 3] {
            let closing = Closing {
                on: today(),
                at: now(),
                outcome: Some(Outcome::Answered),
                note: Some("Sendt".to_owned()),
                override_reason: None,
                duplicate_of: None,
            };
            tx.record(id(ItemType::Request, number), &Event::Resolved(closing))?;
        }
        Ok(())
    }),
    ("undo", |tx| {
        assert!(tx.undo()?.is_ok());
        Ok(())
    }),
    ("note", note),
];

/// A remark on a record that is there before and after every operation.
fn note(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let note = Note {
        at: now(),
        text: "Ringede tilbage. ".repeat(600),
    };
    tx.record(id(ItemType::Request, 1), &Event::Noted(note))?;
    Ok(())
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn now() -> DateTime<Utc> {
    today().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

fn id(item_type: ItemType, number: u32) -> ItemId {
    ItemId {
        item_type,
        year: 2026,
        number,
    }
}

fn person(email: &str) -> Person {
    Person {
        name: "Bo Lind".to_owned(),
        emails: vec![email.to_owned()],
    }
}

fn dates() -> Dates {
    Dates {
        due: today() + chrono::Days::new(30),
        act_by: today() + chrono::Days::new(28),
    }
}

fn request(tx: &mut Tx<'_>, email: &str, mail: Option<u128>) -> Result<(), StoreError> {
    let id = tx.next_id(ItemType::Request, 2026)?;
    let request = Request {
        id,
        version: 1,
        kind: Kind::Access,
        person: person(email),
        channel: Channel::Mail,
        language: Language::Da,
        received_at: None,
        received_on: today(),
        registered_at: now(),
        dates: dates(),
        extension: None,
        identity: None,
        tasks: ["zoom", "kajabi", "economic", "mail"]
            .map(Task::from_catalogue)
            .to_vec(),
        rejection: None,
        earlier_rejections: Vec::new(),
        notes: Vec::new(),
        subject: Some("Indsigt".to_owned()),
        message: Some("Hvad har du om mig? ".repeat(10)),
        message_id: mail.map(|mail| format!("{mail}@example.dk")),
        intake_digest: mail.map(|mail| format!("{mail:032x}")),
        letters: Vec::new(),
        outbox: Vec::new(),
        mails: Vec::new(),
        attachments: Vec::new(),
        inner_sender: None,
        unread: false,
        intake_problems: Vec::new(),
        hold: None,
        erasure: None,
        closing: None,
    };
    tx.record(id, &Event::RequestReceived(Box::new(request)))?;
    Ok(())
}

fn recording(tx: &mut Tx<'_>, email: &str) -> Result<(), StoreError> {
    let id = tx.next_id(ItemType::Recording, 2026)?;
    let recording = Recording {
        id,
        version: 1,
        title: "Første samtale".to_owned(),
        form: Form::Private,
        person: person(email),
        recorded_on: today(),
        registered_at: now(),
        declined: false,
        link_sent_on: Some(today()),
        link_expires_on: None,
        dates: Some(dates()),
        agreement: None,
        intake_digest: None,
        started_at: None,
        consents: Vec::new(),
        letters: Vec::new(),
        outbox: Vec::new(),
        delivered: None,
        copies: Vec::new(),
        notes: Vec::new(),
        hold: None,
        erasure: None,
        closing: None,
    };
    tx.record(id, &Event::RecordingRegistered(Box::new(recording)))?;
    Ok(())
}

fn opt_out(tx: &mut Tx<'_>, email: &str) -> Result<(), StoreError> {
    let id = tx.next_id(ItemType::OptOut, 2026)?;
    let opt_out = OptOut {
        id,
        version: 1,
        person: person(email),
        source: Source::Link,
        received_on: today(),
        registered_at: now(),
        dates: dates(),
        tasks: vec![Task::from_catalogue("kajabi")],
        letters: Vec::new(),
        outbox: Vec::new(),
        notes: Vec::new(),
        hold: None,
        erasure: None,
        closing: None,
    };
    tx.record(id, &Event::OptOutReceived(Box::new(opt_out)))?;
    Ok(())
}

fn open(disk: &Disk) -> Result<Database, StoreError> {
    let path = Path::new("the.disk");
    file::open_backend(disk.clone(), path).map_err(|error| StoreError::from_database(path, error))
}

/// Opens, changes and closes, as a process does.
fn run(disk: &Disk, operation: Operation) -> Result<(), StoreError> {
    let writer = Writer {
        at: now(),
        via: Via::Cli,
        rules: Rules::default(),
        finishes: None,
    };
    write_in(open(disk)?, writer, operation)
}

/// The bytes of a store with records of every type, a conflict among them.
fn filled() -> Vec<u8> {
    let disk = Disk::default();
    drop(file::make_in(disk.clone(), Path::new("the.disk")).unwrap());
    run(&disk, |tx| {
        for n in 0..30 {
            request(tx, &format!("r{n}@example.dk"), Some(n))?;
            opt_out(tx, &format!("n{n}@example.dk"))?;
        }
        recording(tx, "bo@example.dk")
    })
    .unwrap();
    run(&disk, |tx| request(tx, "bo@example.dk", None)).unwrap();
    disk.as_seen()
}

/// Every row of every table, as text.
fn rows(bytes: &[u8]) -> BTreeMap<String, String> {
    let database = open(&Disk::holding(bytes)).expect("the store opens");
    let read = database.begin_read().unwrap();
    let mut rows = BTreeMap::new();
    macro_rules! take {
        ($table:ident) => {
            for row in read.open_table(tables::$table).unwrap().iter().unwrap() {
                let (key, value) = row.unwrap();
                let key = format!("{} {:?}", stringify!($table), key.value());
                rows.insert(key, format!("{:?}", value.value()));
            }
        };
    }
    for_every_table!(take);
    rows
}

/// What a store holds before and after an operation, and then with one more; and what was looked at already.
struct Expected {
    before: BTreeMap<String, String>,
    after: BTreeMap<String, String>,
    before_and_note: BTreeMap<String, String>,
    after_and_note: BTreeMap<String, String>,
    /// Whether the operation was in a file with these bytes: many faults leave the same.
    seen: RefCell<HashMap<Vec<u8>, bool>>,
}

impl Expected {
    fn of(base: &[u8], operation: Operation) -> Self {
        let noted = |bytes: &[u8]| {
            let disk = Disk::holding(bytes);
            run(&disk, note).unwrap();
            rows(&disk.as_seen())
        };
        let disk = Disk::holding(base);
        run(&disk, operation).unwrap();
        let done = disk.as_seen();
        let expected = Self {
            before: rows(base),
            after: rows(&done),
            before_and_note: noted(base),
            after_and_note: noted(&done),
            seen: RefCell::default(),
        };
        assert_ne!(expected.before, expected.after);
        expected
    }

    /// Whole or not at all, and good to go on with.
    #[track_caller]
    fn assert_met(&self, bytes: Vec<u8>, acknowledged: bool, what: &str) {
        let seen = self.seen.borrow().get(&bytes).copied();
        let there = seen.unwrap_or_else(|| self.look(&bytes, what));
        assert!(there || !acknowledged, "{what}: acknowledged and lost");
        self.seen.borrow_mut().insert(bytes, there);
    }

    fn look(&self, bytes: &[u8], what: &str) -> bool {
        let found = rows(bytes);
        let there = found == self.after;
        assert!(there || found == self.before, "{what}: neither nor");
        let disk = Disk::holding(bytes);
        run(&disk, note).unwrap_or_else(|error| panic!("{what}: the next operation: {error}"));
        let next = if there {
            &self.after_and_note
        } else {
            &self.before_and_note
        };
        assert!(rows(&disk.as_seen()) == *next, "{what}: the next operation");
        there
    }
}

/// How often an operation met its fault.
struct Met {
    /// Runs in which something failed.
    failed: usize,
    /// Among them, those in which the change was safe already and only the orderly end was missing.
    safe_already: usize,
}

/// Runs `operation` with the fault at 1, 2, 3 … until nothing fails any more. When the power goes `cuts` ways of
/// losing what was not synced are tried each time.
fn with_each(
    base: &[u8],
    (name, operation): (&str, Operation),
    cuts: u64,
    fault: impl Fn(usize) -> Fault,
) -> Met {
    let expected = Expected::of(base, operation);
    let mut met = Met {
        failed: 0,
        safe_already: 0,
    };
    for n in 1.. {
        let fault = fault(n);
        let what = format!("{name}, {fault:?}");
        let disk = Disk::failing(base, fault);
        let result = run(&disk, operation);
        let (failed, after) = {
            let platter = disk.platter();
            (platter.failed, platter.written_after_failing)
        };
        match &result {
            Ok(()) if failed == 0 => return met,
            Ok(()) => met.safe_already += 1,
            Err(StoreError::Io { path, source }) => {
                assert_eq!(path, Path::new("the.disk"), "{what}");
                let code = source.raw_os_error();
                assert!(matches!(code, Some(ENOSPC | EIO)), "{what}: {source:?}");
            }
            Err(other) => panic!("{what}: {other:?}"),
        }
        assert!(failed > 0, "{what}: failed of itself");
        assert_eq!(after, 0, "{what}: the handle was used further");
        met.failed += 1;
        expected.assert_met(disk.as_seen(), result.is_ok(), &what);
        for seed in 0..cuts {
            let left = disk.after_power_cut(n as u64 * cuts + seed);
            expected.assert_met(left, result.is_ok(), &format!("{what}, cut {seed}"));
        }
    }
    unreachable!()
}

/// As `Store::shorten` does.
fn give_back_room(disk: &Disk) -> Result<(), StoreError> {
    let mut database = open(disk)?;
    database.compact()?;
    let closed = database.close();
    closed.map_err(|error| StoreError::from_database(Path::new("the.disk"), error))
}

#[test]
fn giving_back_room_loses_nothing_whatever_fails() {
    let disk = Disk::holding(&filled());
    for _ in 0..6 {
        run(&disk, note).unwrap();
    }
    let base = disk.as_seen();
    let whole = Disk::holding(&base);
    give_back_room(&whole).unwrap();
    assert!(whole.as_seen().len() < base.len(), "there was no room");
    let expected = rows(&base);
    assert!(rows(&whole.as_seen()) == expected);

    let write: fn(usize) -> Fault = |n| Fault::Write(n, EIO);
    for fault in [write, Fault::Sync, Fault::Power] {
        let mut failed = 0;
        for n in 1.. {
            let disk = Disk::failing(&base, fault(n));
            let result = give_back_room(&disk);
            if disk.platter().failed == 0 {
                result.unwrap();
                break;
            }
            failed += 1;
            let what = format!("{:?}", fault(n));
            let left = disk.after_power_cut(n as u64);
            assert!(rows(&left) == expected, "{what}");
            let disk = Disk::holding(&left);
            run(&disk, note).unwrap_or_else(|error| panic!("{what}: {error}"));
        }
        assert!(failed > 5, "{failed}");
    }
}

#[test]
fn a_write_that_fails_leaves_all_or_nothing() {
    let base = filled();
    for operation in OPERATIONS {
        // Full and broken in turn: what is left does not depend on the word for it.
        let met = with_each(&base, operation, 1, |n| {
            Fault::Write(n, if n % 2 == 0 { ENOSPC } else { EIO })
        });
        // The smallest of them writes twenty times.
        assert!(met.failed >= 15, "{}: {} writes", operation.0, met.failed);
        assert!(met.safe_already > 0, "{}: told as failed", operation.0);
    }
}

#[test]
fn a_sync_that_fails_leaves_all_or_nothing() {
    let base = filled();
    for operation in OPERATIONS {
        let met = with_each(&base, operation, CUTS, Fault::Sync);
        assert!(met.failed >= 5, "{}: {} syncs", operation.0, met.failed);
        assert!(met.safe_already > 0, "{}: told as failed", operation.0);
    }
}

#[test]
fn a_disk_without_room_to_grow_leaves_all_or_nothing() {
    let base = filled();
    let failed: usize = OPERATIONS
        .into_iter()
        .map(|operation| with_each(&base, operation, CUTS, Fault::Grow).failed)
        .sum();
    assert!(failed >= 1, "the file never grew");
}

#[test]
fn a_power_cut_at_any_moment_leaves_all_or_nothing() {
    let base = filled();
    for operation in OPERATIONS {
        let met = with_each(&base, operation, CUTS, Fault::Power);
        assert!(met.failed > 20, "{}: {} moments", operation.0, met.failed);
    }
}

/// What redb does with a handle after a failed commit: nothing more. [`write_in`] takes it by value, so that nobody can.
#[test]
fn after_a_failed_commit_the_handle_lets_nothing_more_be_written() {
    let disk = Disk::holding(&filled());
    let database = open(&disk).unwrap();
    let first = database.begin_write().unwrap();
    first
        .open_table(tables::DRAFTS)
        .unwrap()
        .insert(1, [1].as_slice())
        .unwrap();
    disk.platter().fault = Some(Fault::Write(0, ENOSPC));
    assert!(matches!(
        StoreError::from(first.commit().unwrap_err()),
        StoreError::Io { .. }
    ));
    // There is room again; the handle stays unusable all the same.
    disk.platter().fault = None;
    let refused = database.begin_write().map(drop).unwrap_err();
    assert!(matches!(StoreError::from(refused), StoreError::Io { .. }));
    drop(database);
    assert_eq!(disk.platter().written_after_failing, 0);
    run(&disk, note).unwrap();
}

/// The store makes itself in one commit: a disk that fails leaves nothing that would be taken for a store.
#[test]
fn making_a_store_fails_as_a_whole() {
    for n in 1.. {
        let disk = Disk::failing(&[], Fault::Write(n, ENOSPC));
        let made = file::make_in(disk.clone(), Path::new("the.disk")).map(drop);
        match made {
            Ok(()) if disk.platter().failed == 0 => {
                assert!(n > 4, "only {n} writes");
                return;
            }
            Ok(()) => {}
            Err(error) => assert!(matches!(error, StoreError::Io { .. }), "{n}: {error:?}"),
        }
    }
}
