//! Exported lists: opt-outs, recordings, an old register of requests; and the check of a mailing list.
//!
//! Rows are stored in batches, each in a transaction of its own that undo takes back together with the others. A row is
//! known again by a keyed digest, as a mail is, and beside that by what the store holds: entered by hand, or from
//! another list of the same sessions, it is not taken twice.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};

use super::letter::NOBODY;
use super::{BATCH, FileReport, ImportReport, LeftOut, LeftOutWhy, Progress, after};
use crate::domain::conduct::{self, Moment, PastClosing};
use crate::domain::cpr::without_cpr;
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::opt_out::Source as OptOutSource;
use crate::domain::person::{Language, Person, is_address, normalise};
use crate::domain::recording::{Form, Recording};
use crate::domain::request::{Kind, Outcome, Request};
use crate::domain::text::fold;
use crate::ops::add::{
    MailFacts, NewOptOut, NewRecording, NewRequest, RecordingFacts, entry_warnings,
};
use crate::ops::{Desk, OpError, Warning};
use crate::store::{Scope, StoreError, Tx, View};
use crate::tables::TableError;
use crate::tables::flaws::{Flaw, Flawed};
use crate::tables::optouts::{Basis, OptOutRow, Why, opt_outs};
use crate::tables::recordings::{RecordingRow, recordings};
use crate::tables::register::{RegisterRow, register};
use crate::tables::subscribers::subscribers;
use crate::when::ReceivedAt;

/// Rows that are looked up at once, while nobody writes.
const LOOKED_UP: usize = 10_000;

/// What a look through a mailing list found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubscriberCheck {
    /// How many addresses were looked up.
    pub checked: usize,
    /// Those that are not to be written to.
    pub hits: Vec<SubscriberHit>,
}

/// An address that is not to be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriberHit {
    /// Its line in the list.
    pub line: usize,
    /// The address as the list has it.
    pub email: String,
    /// The opt-out or the withdrawal.
    pub id: ItemId,
    /// Local date on which that came.
    pub since: NaiveDate,
}

/// What is written into cases that come from a register, in the owner's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterWords {
    /// Why a case is closed although no task was done here.
    pub closed_because: String,
    /// What stands before words of the register that were not understood.
    pub unread: String,
    /// The language in which the people are answered; a register does not say.
    pub language: Language,
}

impl Desk {
    /// Takes the opt-outs of an exported list in; an address that has opted out already stays as it is.
    ///
    /// # Errors
    /// [`OpError::BadTable`] when the file cannot be used; nothing was taken in then.
    pub fn import_opt_outs(
        &self,
        path: &Path,
        dry_run: bool,
        progress: Progress<'_>,
    ) -> Result<ImportReport, OpError> {
        if dry_run {
            return self.rehearsing()?.import_opt_outs(path, false, progress);
        }
        let zone = self.settings.zone;
        let (place, table) = self.table(path, |bytes| opt_outs(bytes, zone))?;
        if matches!(table.basis, Basis::EveryRow) && !table.doubts.is_empty() {
            return Err(OpError::DoubtfulList {
                place,
                columns: table.doubts,
            });
        }
        let of_row = |line: usize, why: Why| LeftOut {
            place: line.to_string(),
            why: LeftOutWhy::Row(why),
        };
        let mut file = FileReport {
            path: place,
            left_out: table
                .left_out
                .iter()
                .map(|it| of_row(it.line, it.why))
                .collect(),
            notes: table
                .notes
                .iter()
                .map(|it| of_row(it.line, it.why))
                .collect(),
            ..FileReport::default()
        };
        let catalogue = self.catalogue()?;
        let moment = self.clock.moment();
        let (fresh, stopped) = self.not_out_yet(&table.rows, progress)?;
        let known = table.rows.len() - fresh.len();
        file.already = known;
        if stopped {
            return Ok(ImportReport {
                files: vec![file],
                stopped,
                ..ImportReport::default()
            });
        }
        let progress: Progress<'_> = &mut |read| progress(known + read);
        let stopped = self.in_batches(&fresh, progress, moment, |tx, row| {
            // It may have come meanwhile, or with an earlier row.
            if is_out(tx, &row.email)? {
                file.already += 1;
                return Ok(false);
            }
            let new = NewOptOut {
                email: row.email.clone(),
                name: row.name.as_deref().map(without_cpr),
                received_on: row.on.map(|on| on.min(moment.today)),
                source: OptOutSource::List,
            };
            file.taken
                .push(self.opt_out(tx, catalogue, &new, moment)?.id());
            Ok(true)
        })?;
        Ok(ImportReport {
            files: vec![file],
            stopped,
            ..ImportReport::default()
        })
    }

    /// The rows whose addresses have not opted out, and whether the run was stopped meanwhile. They are looked up before
    /// anything is written: a list that is in already costs no transaction.
    fn not_out_yet<'r>(
        &self,
        rows: &'r [OptOutRow],
        progress: Progress<'_>,
    ) -> Result<(Vec<&'r OptOutRow>, bool), OpError> {
        let mut fresh = Vec::new();
        let mut looked_up = 0;
        for part in rows.chunks(LOOKED_UP) {
            if looked_up > 0 {
                self.store.let_others_in();
            }
            self.store.read(|view| {
                for row in part {
                    if !is_out(view, &row.email)? {
                        fresh.push(row);
                    }
                }
                Ok::<(), OpError>(())
            })?;
            looked_up += part.len();
            let known = looked_up - fresh.len();
            if known > 0 && progress(known).is_break() && looked_up < rows.len() {
                return Ok((fresh, true));
            }
        }
        Ok((fresh, false))
    }

    /// Takes the recordings of a list in; one that is in the store already stays as it is.
    ///
    /// # Errors
    /// [`OpError::BadTable`] when the file cannot be used; nothing was taken in then.
    pub fn import_recordings(
        &self,
        path: &Path,
        dry_run: bool,
        progress: Progress<'_>,
    ) -> Result<ImportReport, OpError> {
        if dry_run {
            return self.rehearsing()?.import_recordings(path, false, progress);
        }
        let zone = self.settings.zone;
        let (place, table) = self.table(path, |bytes| recordings(bytes, zone))?;
        let mut file = report_of(place, &table.left_out, &table.notes);
        let moment = self.clock.moment();
        let mut known: Option<KnownRecordings> = None;
        let mut passed_over = HashSet::new();
        let stopped = self.in_batches(&table.rows, progress, moment, |tx, row| {
            let known = match &mut known {
                Some(known) => known,
                none => none.insert(KnownRecordings::of(tx)?),
            };
            let identity = identity_of_recording(row);
            if tx.seen(&identity)?.is_some() || known.holds(row) {
                file.already += 1;
                passed_over.insert(row.line);
                return Ok(false);
            }
            let facts = RecordingFacts {
                started_at: row.started_at,
                digest: Some(tx.mail_digest(&identity)),
            };
            let entered = conduct::session_held(row.recorded_on, moment)
                .map_err(OpError::from)
                .and_then(|()| self.enter_recording(tx, &new_recording(row), facts, moment));
            let (item, warnings) = match entered {
                Ok(entered) => entered,
                Err(error) => {
                    passed_over.insert(row.line);
                    return file.refuse(row.line, error);
                }
            };
            if let Item::Recording(recording) = &item {
                known.add(recording);
            }
            if row.name.is_none() && row.emails.is_empty() {
                file.note(row.line, LeftOutWhy::Flaw(Flaw::NoClient));
            }
            file.warn(row.line, warnings);
            file.taken.push(item.id());
            Ok(true)
        })?;
        file.settle(&passed_over);
        Ok(ImportReport {
            files: vec![file],
            stopped,
            ..ImportReport::default()
        })
    }

    /// Takes the requests of an old register in, those that ended closed on the day that it names.
    ///
    /// # Errors
    /// [`OpError::BadTable`] when the file cannot be used; nothing was taken in then.
    pub fn import_requests(
        &self,
        path: &Path,
        words: &RegisterWords,
        dry_run: bool,
        progress: Progress<'_>,
    ) -> Result<ImportReport, OpError> {
        if dry_run {
            return self
                .rehearsing()?
                .import_requests(path, words, false, progress);
        }
        let zone = self.settings.zone;
        let (place, table) = self.table(path, |bytes| register(bytes, zone))?;
        let mut file = report_of(place, &table.left_out, &table.notes);
        let moment = self.clock.moment();
        let mut known: Option<KnownRequests> = None;
        let mut passed_over = HashSet::new();
        let stopped = self.in_batches(&table.rows, progress, moment, |tx, row| {
            let known = match &mut known {
                Some(known) => known,
                none => none.insert(KnownRequests::of(tx)?),
            };
            let identity = identity_of_request(row);
            if tx.seen(&identity)?.is_some() || known.holds(row) {
                file.already += 1;
                passed_over.insert(row.line);
                return Ok(false);
            }
            let entered = self.enter_past_request(tx, row, &identity, words, moment);
            let (item, warnings) = match entered {
                Ok(entered) => entered,
                Err(error) => {
                    passed_over.insert(row.line);
                    return file.refuse(row.line, error);
                }
            };
            if let Item::Request(request) = &item {
                known.add(request);
            }
            file.warn(row.line, warnings);
            file.taken.push(item.id());
            Ok(true)
        })?;
        file.settle(&passed_over);
        Ok(ImportReport {
            files: vec![file],
            stopped,
            ..ImportReport::default()
        })
    }

    /// Enters a request of a register: received, its remarks noted, and closed when it was. Everything that can be
    /// refused is asked before the first of the events.
    fn enter_past_request(
        &self,
        tx: &mut Tx<'_>,
        row: &RegisterRow,
        identity: &[u8],
        words: &RegisterWords,
        moment: Moment,
    ) -> Result<(Item, Vec<Warning>), OpError> {
        let masked = |text: &Option<String>| text.as_deref().map(without_cpr);
        conduct::past_dates(row.received_on, row.closed.map(|(on, _)| on), moment)?;
        let new = NewRequest {
            kind: row.kind,
            person: person(row.name.as_deref(), &row.emails),
            received: Some(ReceivedAt::Date(row.received_on)),
            channel: row.channel,
            language: words.language,
            message: masked(&row.text),
            mail: Some(Box::new(MailFacts {
                subject: masked(&row.subject),
                digest: tx.mail_digest(identity),
                ..MailFacts::default()
            })),
        };
        let mut item = self.receive(tx, self.catalogue()?, &new, moment)?;
        let id = item.id();
        let unread = row
            .unread
            .iter()
            .map(|(column, word)| format!("{} {column}: {word}", words.unread));
        for text in row.note.iter().cloned().chain(unread) {
            item = tx.record(id, &conduct::note(&without_cpr(&text), moment)?)?;
        }
        let Some((on, outcome)) = row.closed else {
            let warnings = entry_warnings(tx, &item, self.settings.rules)?;
            return Ok((item, warnings));
        };
        let closing = PastClosing {
            on,
            outcome,
            note: None,
            reason: words.closed_because.clone(),
        };
        let event = conduct::close_in_the_past(&item, closing, moment)?;
        Ok((tx.record(id, &event)?, Vec::new()))
    }

    /// Which addresses of a mailing list have opted out or withdrawn their consent: an opt-out always wins over a list.
    ///
    /// # Errors
    /// [`OpError::BadTable`] when the file cannot be used.
    pub fn check_subscribers(&self, path: &Path) -> Result<SubscriberCheck, OpError> {
        let bytes = read(path)?;
        let list = subscribers(&bytes).map_err(|source| bad_table(path, source))?;
        self.store.read(|view| {
            let mut check = SubscriberCheck::default();
            for (line, email) in list.iter() {
                check.checked += 1;
                let known = view.with_addresses(&[normalise(&email)].into())?;
                let left = known
                    .iter()
                    .filter(|item| has_left(item))
                    .min_by_key(|item| (item.received_on(), item.id()));
                check.hits.extend(left.map(|item| SubscriberHit {
                    line,
                    email,
                    id: item.id(),
                    since: item.received_on(),
                }));
            }
            Ok(check)
        })
    }

    /// Reads a file as a table, before anything is stored; gives its path as it was given, too.
    fn table<T>(
        &self,
        path: &Path,
        parse: impl FnOnce(&[u8]) -> Result<T, TableError>,
    ) -> Result<(String, T), OpError> {
        self.must_write()?;
        let table = parse(&read(path)?).map_err(|source| bad_table(path, source))?;
        Ok((path.display().to_string(), table))
    }

    /// Takes rows in, batch by batch; `take` says whether it stored anything. Gives whether the run was stopped between
    /// two batches.
    fn in_batches<T>(
        &self,
        rows: &[T],
        progress: Progress<'_>,
        moment: Moment,
        mut take: impl FnMut(&mut Tx<'_>, &T) -> Result<bool, OpError>,
    ) -> Result<bool, OpError> {
        let mut batch = None;
        let mut read = 0;
        let mut size = BATCH;
        while read < rows.len() {
            let part = &rows[read..rows.len().min(read + size)];
            size = after(size);
            if read > 0 {
                self.store.let_others_in();
            }
            let mut number = None;
            let mut stored = false;
            let work = |tx: &mut Tx<'_>| {
                number = Some(tx.go_on_with(batch)?);
                for row in part {
                    stored |= take(tx, row)?;
                }
                Ok::<(), OpError>(())
            };
            self.store.write(self.import_writer(moment), work)?;
            if stored {
                batch = number;
            }
            read += part.len();
            if progress(read).is_break() && read < rows.len() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Whether an address has opted out.
fn is_out(view: &View<'_>, email: &str) -> Result<bool, StoreError> {
    let known = view.with_addresses(&[normalise(email)].into())?;
    Ok(known.iter().any(|item| matches!(item, Item::OptOut(_))))
}

impl LeftOut {
    /// The line of the file, where the place is one.
    fn line(&self) -> usize {
        self.place.parse().unwrap_or_default()
    }
}

impl FileReport {
    fn note(&mut self, line: usize, why: LeftOutWhy) {
        let place = line.to_string();
        self.notes.push(LeftOut { place, why });
    }

    fn warn(&mut self, line: usize, warnings: Vec<Warning>) {
        for warning in warnings {
            self.note(line, LeftOutWhy::Warning(warning));
        }
    }

    /// Puts the lines in order. What was doubtful about rows that were not taken no longer matters.
    fn settle(&mut self, passed_over: &HashSet<usize>) {
        self.notes
            .retain(|note| !passed_over.contains(&note.line()));
        self.notes.sort_by_key(LeftOut::line);
        self.left_out.sort_by_key(LeftOut::line);
    }

    /// Leaves a row out that a rule does not let in; anything else that went wrong ends the run.
    fn refuse(&mut self, line: usize, error: OpError) -> Result<bool, OpError> {
        let OpError::Refused(refusal) = error else {
            return Err(error);
        };
        self.left_out.push(LeftOut {
            place: line.to_string(),
            why: LeftOutWhy::Refused(refusal),
        });
        Ok(false)
    }
}

fn report_of(path: String, left_out: &[Flawed], notes: &[Flawed]) -> FileReport {
    let told = |list: &[Flawed]| {
        let one = |it: &Flawed| LeftOut {
            place: it.line.to_string(),
            why: LeftOutWhy::Flaw(it.flaw),
        };
        list.iter().map(one).collect()
    };
    FileReport {
        path,
        left_out: told(left_out),
        notes: told(notes),
        ..FileReport::default()
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, OpError> {
    std::fs::read(path).map_err(|source| OpError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

pub(super) fn bad_table(path: &Path, source: TableError) -> OpError {
    OpError::BadTable {
        place: path.display().to_string(),
        source,
    }
}

/// Whether a record says that its address is to get no more newsletters.
fn has_left(item: &Item) -> bool {
    match item {
        Item::OptOut(_) => true,
        Item::Request(request) => {
            request.kind.takes_effect_at_once()
                && request
                    .closing
                    .as_ref()
                    .is_none_or(|closing| closing.outcome.is_none_or(Outcome::is_answer))
        }
        Item::Recording(_) | Item::Mail(_) => false,
    }
}

/// The person of a row. One that a list does not name is to be filled in; the report says so.
fn person(name: Option<&str>, emails: &[String]) -> Person {
    let emails: Vec<String> = emails.iter().filter(|it| is_address(it)).cloned().collect();
    let name = match name {
        Some(name) => without_cpr(name),
        None if emails.is_empty() => NOBODY.to_owned(),
        None => String::new(),
    };
    Person { name, emails }
}

fn new_recording(row: &RecordingRow) -> NewRecording {
    let person = person(row.name.as_deref(), &row.emails);
    let title = row.title.as_deref().map(without_cpr);
    let title = title.unwrap_or_else(|| match person.email() {
        Some(email) if person.name.is_empty() => email.to_owned(),
        _ => person.name.clone(),
    });
    let masked = |(place, locator): &(String, Option<String>)| {
        (without_cpr(place), locator.as_deref().map(without_cpr))
    };
    NewRecording {
        title,
        person,
        recorded_on: row.recorded_on,
        form: if row.group {
            Form::Group
        } else {
            Form::Private
        },
        link_sent_on: row.link_sent_on,
        link_expires_on: row.link_expires_on,
        copies: row.copies.iter().map(masked).collect(),
        declined: false,
    }
}

/// Who a record is about, as it is compared: by address, and by name where one of two has no address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Who {
    addresses: BTreeSet<String>,
    name: String,
}

impl Who {
    fn of(person: &Person) -> Self {
        Self {
            addresses: person.addresses(),
            name: fold(person.name.trim()),
        }
    }

    fn is(&self, other: &Self) -> bool {
        if self.addresses.is_empty() || other.addresses.is_empty() {
            return self.name == other.name;
        }
        !self.addresses.is_disjoint(&other.addresses)
    }

    /// The part of a row's identity that says whose it is.
    fn word(&self) -> String {
        self.addresses
            .first()
            .cloned()
            .unwrap_or_else(|| self.name.clone())
    }
}

/// What makes a row the same recording: its meeting and start, else title, day, time and person.
fn identity_of_recording(row: &RecordingRow) -> Vec<u8> {
    let day = row.recorded_on.to_string();
    let time = row.started_at.map(|time| time.to_string());
    let parts = match (&row.meeting_id, time) {
        (Some(meeting), Some(time)) => vec!["meeting".to_owned(), meeting.clone(), day, time],
        (_, time) => {
            let new = new_recording(row);
            let who = Who::of(&new.person).word();
            vec![
                "session".to_owned(),
                fold(&new.title),
                day,
                time.unwrap_or_default(),
                who,
            ]
        }
    };
    [vec!["recording".to_owned()], parts]
        .concat()
        .join("\u{0}")
        .into_bytes()
}

fn identity_of_request(row: &RegisterRow) -> Vec<u8> {
    let who = Who::of(&person(row.name.as_deref(), &row.emails)).word();
    let day = row.received_on.to_string();
    ["request", row.kind.word(), &day, &who]
        .join("\u{0}")
        .into_bytes()
}

/// A day, and the folded title or the locator.
type Key = (NaiveDate, String);

/// The recordings of the store, to be compared with the rows of a list.
#[derive(Debug, Default)]
struct KnownRecordings {
    titled: HashMap<Key, Vec<(Who, Option<NaiveTime>)>>,
    /// By locator and day: a personal meeting room has one address for all its sessions.
    located: HashMap<Key, Vec<Option<NaiveTime>>>,
}

impl KnownRecordings {
    fn of(tx: &Tx<'_>) -> Result<Self, StoreError> {
        let mut known = Self::default();
        tx.scan(Scope::Of(ItemType::Recording), |item| {
            if let Item::Recording(recording) = &item {
                known.add(recording);
            }
            true
        })?;
        Ok(known)
    }

    fn add(&mut self, recording: &Recording) {
        let day = recording.recorded_on;
        self.titled
            .entry((day, fold(&recording.title)))
            .or_default()
            .push((Who::of(&recording.person), recording.started_at));
        for copy in &recording.copies {
            if let Some(locator) = copy.locator.as_deref().filter(|_| copy.place != "local") {
                let key = (day, comparable(locator));
                self.located
                    .entry(key)
                    .or_default()
                    .push(recording.started_at);
            }
        }
    }

    fn holds(&self, row: &RecordingRow) -> bool {
        let new = new_recording(row);
        let who = Who::of(&new.person);
        let day = row.recorded_on;
        // Two sessions of one day are told apart by their beginning, where both are known.
        let fits = |start: Option<NaiveTime>| {
            start
                .zip(row.started_at)
                .is_none_or(|(one, other)| one == other)
        };
        let titled = self.titled.get(&(day, fold(&new.title)));
        let same = titled.is_some_and(|all| {
            all.iter()
                .any(|(other, start)| who.is(other) && fits(*start))
        });
        same || new.copies.iter().any(|(_, locator)| {
            let locator = locator.as_deref().map(comparable);
            let starts = locator.and_then(|locator| self.located.get(&(day, locator)));
            starts.is_some_and(|starts| starts.iter().any(|start| fits(*start)))
        })
    }
}

/// A locator as it is compared: `987 6543 2100` is `98765432100`.
fn comparable(locator: &str) -> String {
    locator.split_whitespace().collect()
}

/// The requests of the store, to be compared with the rows of a register.
#[derive(Debug, Default)]
struct KnownRequests(HashMap<(Kind, NaiveDate), Vec<Who>>);

impl KnownRequests {
    fn of(tx: &Tx<'_>) -> Result<Self, StoreError> {
        let mut known = Self::default();
        tx.scan(Scope::Of(ItemType::Request), |item| {
            if let Item::Request(request) = &item {
                known.add(request);
            }
            true
        })?;
        Ok(known)
    }

    fn add(&mut self, request: &Request) {
        let key = (request.kind, request.received_on);
        self.0
            .entry(key)
            .or_default()
            .push(Who::of(&request.person));
    }

    fn holds(&self, row: &RegisterRow) -> bool {
        let who = Who::of(&person(row.name.as_deref(), &row.emails));
        let same_day = self.0.get(&(row.kind, row.received_on));
        same_day.is_some_and(|all| all.iter().any(|other| who.is(other)))
    }
}
