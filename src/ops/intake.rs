//! Taking in what arrives: mails here, exported lists in `tables`, the rows of one person in `rows`.
//!
//! `sorting` says where a mail belongs. Idempotent: a mail is known again by its Message-ID, sender and text (by the text alone where there is no
//! Message-ID), an opt-out by its address. A broken mail never stops a run and is never dropped silently; running an import again
//! changes nothing.

mod fetch;
mod files;
mod letter;
mod reading;
mod rows;
mod sorting;
mod tables;

use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, TimeDelta, Utc};

use self::letter::{Letter, person_of};
use self::reading::{ReadMail, read_all};
pub use self::rows::RowsTaken;
use self::sorting::Place;
pub use self::tables::{RegisterWords, SubscriberCheck, SubscriberHit};
use super::add::{NewOptOut, entry_warnings};
use super::{Desk, OpError, Warning};
use crate::catalogue::Catalogue;
use crate::domain::conduct::Moment;
use crate::domain::correspondence::{AsideWhy, Relation};
use crate::domain::deadline::local_date;
use crate::domain::event::Event;
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;
use crate::domain::opt_out::Source as OptOutSource;
use crate::domain::refusal::Refusal;
use crate::domain::request::Kind;
use crate::mail::classify::{Asked, Reason, Suggestion};
use crate::mail::rules::Rules;
use crate::mail::source::{self, Mark, SourceError, move_to_cur};
use crate::mail::{Incoming, Limits, Mailbox, Problem, ReceiptSource};
use crate::store::Tx;
use crate::tables::flaws::Flaw;
use crate::tables::optouts::Why;

/// Mails, or rows of a list, that are stored in one transaction: a crash loses at most the work of one batch, and the run is repeated.
const BATCH: usize = 200;

/// The most there are in a later batch. Each is twice as large as the one before, so that the first is in soon, and the
/// waits for the disk that a transaction costs are shared by more; nobody else waits longer than for some tenths
/// of a second.
const LARGEST_BATCH: usize = 800;

/// How large the batch after one of this size may be.
fn after(size: usize) -> usize {
    (2 * size).min(LARGEST_BATCH)
}

/// Bytes of mails from which on a batch takes no further one: they are all in memory at once.
const BATCH_BYTES: usize = 32 * 1024 * 1024;

/// The mails of the next transaction.
fn next_batch(
    mails: &mut impl Iterator<Item = Result<source::RawMail, SourceError>>,
    most: usize,
) -> Vec<Result<source::RawMail, SourceError>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < most
        && bytes < BATCH_BYTES
        && let Some(mail) = mails.next()
    {
        bytes += mail.as_ref().map_or(0, |mail| mail.bytes.len());
        batch.push(mail);
    }
    batch
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A new request.
    Request,
    /// A new opt-out.
    OptOut,
    /// Added to the case it answers.
    Reply,
    /// A letter that came back, added to its case.
    Bounce,
    /// An automatic answer, added to its case.
    Autoresponse,
    /// Set aside: it asks for nothing, or no person wrote it.
    Aside(AsideWhy),
    /// In already.
    Duplicate,
    /// Could not be read as a mail, or came from nobody.
    Unreadable,
}

impl Verdict {
    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::OptOut => "optout",
            Self::Reply => "reply",
            Self::Bounce => "bounce",
            Self::Autoresponse => "autoresponse",
            Self::Aside(_) => "aside",
            Self::Duplicate => "duplicate",
            Self::Unreadable => "unreadable",
        }
    }
}

/// One mail and what became of it.
#[derive(Debug, Clone)]
pub struct MessageReport {
    /// Where it is.
    pub place: String,
    /// What became of it.
    pub verdict: Verdict,
    /// What it became, or is, or was added to.
    pub id: Option<ItemId>,
    /// What it seems to ask for.
    pub asked: Asked,
    /// What else is asked for.
    pub also: Vec<Asked>,
    /// What the suggestion rests on.
    pub reasons: Vec<Reason>,
    /// The sender.
    pub from: Option<(Option<String>, String)>,
    /// The subject.
    pub subject: String,
    /// When it arrived.
    pub received_at: Option<DateTime<Utc>>,
    /// Its Message-ID.
    pub message_id: Option<String>,
    /// The beginning of its text.
    pub text: String,
    /// What was wrong with it, as codes.
    pub problems: Vec<String>,
    /// How many files came with it.
    pub attachments: usize,
    /// Who wrote the mail that was passed on in it.
    pub inner_sender: Option<(Option<String>, String)>,
    /// What the owner should know at once: a repeat, a conflict.
    pub warnings: Vec<Warning>,
}

impl MessageReport {
    /// What is known of a mail before it is decided what becomes of it.
    fn of(place: &str, mail: &Incoming, suggestion: &Suggestion) -> Self {
        let who = |from: &Mailbox| (from.name.clone(), from.email.clone());
        Self {
            place: place.to_owned(),
            verdict: Verdict::Unreadable,
            id: None,
            asked: suggestion.asked,
            also: suggestion.also.clone(),
            reasons: suggestion.reasons.clone(),
            from: mail.from.as_ref().map(who),
            subject: mail.subject.clone(),
            received_at: mail.received_at,
            message_id: mail.message_id.clone(),
            text: mail.text.chars().take(400).collect(),
            problems: mail
                .problems
                .iter()
                .map(|problem| problem.code().to_owned())
                .collect(),
            attachments: mail.attachments.len(),
            inner_sender: mail.inner_sender.as_ref().map(who),
            warnings: Vec::new(),
        }
    }

    /// Whether the store has this mail, in whatever way.
    fn is_in(&self) -> bool {
        self.verdict != Verdict::Unreadable
    }

    /// Whether it changed anything.
    fn changes(&self) -> bool {
        !matches!(self.verdict, Verdict::Duplicate | Verdict::Unreadable)
    }
}

/// Something that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where: a path, or a line.
    pub place: String,
    /// Why.
    pub why: LeftOutWhy,
}

/// Why something was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOutWhy {
    /// No mail, with the codes of its problems.
    Unreadable(Vec<String>),
    /// Set aside under this id.
    Aside(ItemId, AsideWhy),
    /// Thrown away, or a draft, in a Maildir.
    Marked(Mark),
    /// The file cannot be read.
    Io(String),
    /// A row of a table.
    Row(Why),
    /// A row of a list of recordings or of requests.
    Flaw(Flaw),
    /// A row that a rule does not let in.
    Refused(Refusal),
    /// Taken in, and worth knowing at once: a conflict, a repeat.
    Warning(Warning),
}

/// What became of one file.
#[derive(Debug, Clone, Default)]
pub struct FileReport {
    /// The path as it was given.
    pub path: String,
    /// What it became.
    pub taken: Vec<ItemId>,
    /// How many were in already.
    pub already: usize,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// What was taken in, but is doubtful.
    pub notes: Vec<LeftOut>,
}

/// What became of an import.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// File by file.
    pub files: Vec<FileReport>,
    /// Mail by mail.
    pub messages: Vec<MessageReport>,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    /// Sources that could not be used beside others that could.
    pub unusable: Vec<OpError>,
}

impl ImportReport {
    /// How many were taken in, were in already, were left out.
    pub fn totals(&self) -> (usize, usize, usize) {
        self.files.iter().fold((0, 0, 0), |sum, file| {
            (
                sum.0 + file.taken.len(),
                sum.1 + file.already,
                sum.2 + file.left_out.len(),
            )
        })
    }
}

/// A mail source as it was named.
pub enum MailSource<'a> {
    /// A file, a folder, a Maildir.
    Path(&'a Path),
    /// A stream, and the name it goes by.
    Stream(Box<dyn Read + Send>, &'a str),
}

impl std::fmt::Debug for MailSource<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Self::Stream(_, name) => f.debug_tuple("Stream").field(name).finish(),
        }
    }
}

/// How mails are taken in.
#[derive(Debug, Clone, Copy, Default)]
pub struct HowMail {
    /// Every mail of a person is a request: the mailbox is used for nothing else.
    pub all: bool,
    /// Nothing is changed, and the report says what would be.
    pub dry_run: bool,
    /// What was taken from the `new` of a Maildir goes to its `cur`.
    pub move_to_cur: bool,
}

/// Called after every batch with the number of mails or rows read so far; says whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(usize) -> ControlFlow<()>;

impl Desk {
    /// Takes mails in.
    ///
    /// # Errors
    /// [`OpError::BadMail`] when a source as a whole cannot be used; nothing of any source was taken in then.
    pub fn import_mail(
        &self,
        sources: Vec<MailSource<'_>>,
        how: HowMail,
        progress: Progress<'_>,
    ) -> Result<ImportReport, OpError> {
        if how.dry_run {
            let how = HowMail {
                all: how.all,
                ..HowMail::default()
            };
            return self.rehearsing()?.import_mail(sources, how, progress);
        }
        self.must_write()?;
        // What is wrong with the rules is told before anything is read.
        let mut run = Run::new(self, how.all, how.move_to_cur)?;
        // All sources are opened before anything is stored: a wrong path alone takes nothing in. Among several it is
        // left out with its reason, and does not stop the others.
        let several = sources.len() > 1;
        let mut opened = Vec::new();
        let mut unusable = Vec::new();
        for source in sources {
            match open(source) {
                Err(OpError::BadMail { place, source }) if several => {
                    unusable.push((place, source));
                }
                other => opened.push(other?),
            }
        }
        if opened.is_empty()
            && let Some((place, source)) = unusable.pop()
        {
            return Err(OpError::BadMail { place, source });
        }
        for (path, error) in unusable {
            run.begin(path);
            run.leave_out_file(&error);
            let place = error.place().to_owned();
            let source = error;
            run.report.unusable.push(OpError::BadMail { place, source });
        }
        for (path, mails) in opened {
            run.begin(path);
            if run.take_all(mails, progress)?.is_break() {
                break;
            }
        }
        Ok(run.end())
    }

    fn import_writer(&self, moment: Moment) -> crate::store::Writer {
        crate::store::Writer {
            via: match self.via {
                crate::store::Via::Demo => crate::store::Via::Demo,
                _ => crate::store::Via::Import,
            },
            ..self.writer(moment)
        }
    }
}

fn open(source: MailSource<'_>) -> Result<(String, source::Source), OpError> {
    let (place, opened) = match source {
        MailSource::Path(path) => (path.display().to_string(), source::open(path)),
        MailSource::Stream(stream, name) => (
            name.to_owned(),
            source::from_reader(stream, name, &Limits::default()),
        ),
    };
    match opened {
        Ok(mails) => Ok((place, mails)),
        Err(source) => Err(OpError::BadMail { place, source }),
    }
}

/// A mail import under way.
struct Run<'a> {
    desk: &'a Desk,
    rules: Rules,
    moment: Moment,
    all: bool,
    /// The operation of the batch before, which the next one goes on with: undo takes the whole import back.
    batch: Option<u64>,
    /// Whether taken mails go from the `new` of a Maildir to its `cur`.
    moves: bool,
    /// How many mails the next batch has at most.
    batch_size: usize,
    /// Mails that were read so far.
    read: usize,
    /// The first mail that could not be moved. The others have the same reason, and all of them are in.
    unmoved: Option<OpError>,
    /// How far a mailbox on a server was read with the next batch.
    mark: Option<fetch::Mark>,
    report: ImportReport,
}

impl<'a> Run<'a> {
    /// A run that has read nothing yet.
    ///
    /// # Errors
    /// The owner's rules of the intake cannot be used.
    fn new(desk: &'a Desk, all: bool, moves: bool) -> Result<Self, OpError> {
        Ok(Self {
            desk,
            rules: desk.intake_rules()?,
            moment: desk.clock.moment(),
            all,
            batch: None,
            moves,
            batch_size: BATCH,
            read: 0,
            unmoved: None,
            mark: None,
            report: ImportReport::default(),
        })
    }
}

impl Run<'_> {
    /// From here on mails come from there.
    fn begin(&mut self, path: String) {
        self.report.files.push(FileReport {
            path,
            ..FileReport::default()
        });
    }

    fn end(mut self) -> ImportReport {
        self.report.unusable.extend(self.unmoved);
        self.report
    }

    /// Takes the mails of a source in, batch by batch. Mails are moved when they are in the store, and not before.
    fn take_all(
        &mut self,
        mails: source::Source,
        progress: Progress<'_>,
    ) -> Result<ControlFlow<()>, OpError> {
        let mut mails = mails.peekable();
        while mails.peek().is_some() {
            let batch = next_batch(&mut mails, self.batch_size);
            self.batch_size = after(self.batch_size);
            self.read += batch.len();
            let files: Vec<_> = batch
                .iter()
                .flatten()
                .map(|mail| mail.file.clone())
                .collect();
            let first = self.report.messages.len();
            self.take_batch(batch)?;
            self.move_taken(&files, first);
            if progress(self.read).is_break() {
                self.report.stopped = true;
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Moves the files of the mails from number `first` on that the store has.
    fn move_taken(&mut self, files: &[Option<PathBuf>], first: usize) {
        let taken = files
            .iter()
            .zip(&self.report.messages[first..])
            .filter(|(_, message)| self.moves && message.is_in())
            .filter_map(|(file, _)| file.as_ref());
        for file in taken {
            if let Err(source) = move_to_cur(file) {
                let path = file.clone();
                self.unmoved
                    .get_or_insert(OpError::NotMoved { path, source });
            }
        }
    }

    fn take_batch(
        &mut self,
        batch: Vec<Result<source::RawMail, SourceError>>,
    ) -> Result<(), OpError> {
        if !self.report.messages.is_empty() {
            self.desk.store.let_others_in();
        }
        let mut mails = Vec::new();
        for mail in batch {
            match mail {
                Ok(raw) => mails.push(raw),
                Err(error) => self.leave_out_file(&error),
            }
        }
        let desk = self.desk;
        // Before the store is opened: nobody waits for the reading of mails.
        let mails = read_all(&mails, &self.rules, &desk.mail_limits());
        let catalogue = desk.catalogue()?;
        let writer = desk.import_writer(self.moment);
        let mut reports = Vec::new();
        let mut number = None;
        let work = |tx: &mut Tx<'_>| {
            number = Some(tx.go_on_with(self.batch)?);
            for read in &mails {
                reports.push(self.take(tx, catalogue, read)?);
            }
            if let Some(mark) = &self.mark {
                mark.set(tx, &reports)?;
            }
            Ok::<(), OpError>(())
        };
        desk.store.write(writer, work)?;
        if reports.iter().any(MessageReport::changes) {
            self.batch = number;
        }
        for report in reports {
            self.add(report);
        }
        Ok(())
    }

    fn leave_out_file(&mut self, error: &SourceError) {
        let why = match error {
            SourceError::Io { source, .. } => LeftOutWhy::Io(source.to_string()),
            SourceError::Marked { why, .. } => LeftOutWhy::Marked(*why),
            _ => LeftOutWhy::Unreadable(vec!["not-a-mail".to_owned()]),
        };
        let left_out = LeftOut {
            place: error.place().to_owned(),
            why,
        };
        if let Some(file) = self.report.files.last_mut() {
            file.left_out.push(left_out);
        }
    }

    fn take(
        &self,
        tx: &mut Tx<'_>,
        catalogue: &Catalogue,
        read: &ReadMail,
    ) -> Result<MessageReport, OpError> {
        let ReadMail {
            place,
            identity,
            mail,
            suggestion,
        } = read;
        let mut report = MessageReport::of(place, mail, suggestion);
        if mail.problems.contains(&Problem::NotAMail) {
            return Ok(report);
        }
        if let Some(id) = tx.seen(identity)? {
            report.verdict = Verdict::Duplicate;
            report.id = Some(id);
            return Ok(report);
        }
        let received_at = self.believable(mail, &mut report.problems);
        let place = sorting::place(tx, mail, suggestion, self.all)?;
        let letter = Letter {
            mail,
            received_at,
            received_on: received_at.map_or(self.moment.today, |at| {
                local_date(at, self.desk.settings.zone)
            }),
            digest: tx.mail_digest(identity),
            problems: report.problems.clone(),
            attachments: files::keep(tx, mail, place, self.moment)?,
        };
        let Some(item) = self.enter(tx, catalogue, place, &letter, &mut report)? else {
            return Ok(report);
        };
        report.id = Some(item.id());
        Ok(report)
    }

    /// Makes of a mail what it is; `None` for an opt-out that is in already.
    fn enter(
        &self,
        tx: &mut Tx<'_>,
        catalogue: &Catalogue,
        place: Place,
        letter: &Letter<'_>,
        report: &mut MessageReport,
    ) -> Result<Option<Item>, OpError> {
        let item = match place {
            Place::Request(kind) => {
                report.verdict = Verdict::Request;
                let new = letter.request(kind);
                let item = self.desk.receive(tx, catalogue, &new, self.moment)?;
                report.warnings = entry_warnings(tx, &item, self.desk.settings.rules)?;
                item
            }
            Place::OptOut => match self.opt_out(tx, catalogue, letter)? {
                Ok(item) => {
                    report.verdict = Verdict::OptOut;
                    item
                }
                Err(known) => {
                    report.verdict = Verdict::Duplicate;
                    report.id = Some(known);
                    return Ok(None);
                }
            },
            Place::Case(id, relation) => {
                report.verdict = match relation {
                    Relation::Reply => Verdict::Reply,
                    Relation::Bounce => Verdict::Bounce,
                    Relation::Autoresponse => Verdict::Autoresponse,
                };
                tx.record(
                    id,
                    &Event::MailAdded(
                        Box::new(letter.on_case(relation)),
                        letter.attachments.clone(),
                    ),
                )?
            }
            Place::Aside(why) => {
                report.verdict = Verdict::Aside(why);
                let id = tx.next_id(ItemType::Mail, self.moment.today.year())?;
                let mail = letter.aside(id, why, self.moment);
                tx.record(id, &Event::MailSetAside(Box::new(mail)))?
            }
        };
        Ok(Some(item))
    }

    /// The arrival, unless it rests on the sender's clock alone and that is ahead: nothing arrives in the future.
    fn believable(&self, mail: &Incoming, problems: &mut Vec<String>) -> Option<DateTime<Utc>> {
        let latest = self.moment.now + TimeDelta::days(1);
        match mail.received_at {
            Some(at) if mail.received_from == ReceiptSource::DateHeader && at > latest => {
                problems.push("date-in-future".to_owned());
                None
            }
            at => at,
        }
    }

    /// Enters an opt-out; gives the one there is when the sender has left already, and not come back since.
    fn opt_out(
        &self,
        tx: &mut Tx<'_>,
        catalogue: &Catalogue,
        letter: &Letter<'_>,
    ) -> Result<Result<Item, ItemId>, OpError> {
        let person = person_of(letter.mail);
        let known = tx.with_addresses(&person.addresses())?;
        let still_out = known.iter().find(|item| {
            matches!(item, Item::OptOut(_))
                && item
                    .closing()
                    .is_none_or(|closing| letter.received_on <= closing.on)
        });
        if let Some(item) = still_out {
            return Ok(Err(item.id()));
        }
        let Some(email) = person.email() else {
            // Nobody can be taken off a list without an address: it is a case to be looked at.
            let new = letter.request(Kind::Other);
            return Ok(Ok(self.desk.receive(tx, catalogue, &new, self.moment)?));
        };
        let new = NewOptOut {
            email: email.to_owned(),
            name: Some(person.name.clone()).filter(|name| !name.is_empty()),
            received_on: Some(letter.received_on),
            source: OptOutSource::Mail,
        };
        Ok(Ok(self.desk.opt_out(tx, catalogue, &new, self.moment)?))
    }

    fn add(&mut self, report: MessageReport) {
        let Some(file) = self.report.files.last_mut() else {
            return;
        };
        match (report.verdict, report.id) {
            (Verdict::Duplicate, _) => file.already += 1,
            (Verdict::Aside(why), Some(id)) => file.left_out.push(LeftOut {
                place: report.place.clone(),
                why: LeftOutWhy::Aside(id, why),
            }),
            (Verdict::Unreadable, _) | (_, None) => file.left_out.push(LeftOut {
                place: report.place.clone(),
                why: LeftOutWhy::Unreadable(report.problems.clone()),
            }),
            (_, Some(id)) => file.taken.push(id),
        }
        self.report.messages.push(report);
    }
}
