//! The one thread that reads and changes the store for the terminal UI, so that the screen never waits for a disk or a
//! busy store. Effects are carried out in order; every result goes back as a message.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use super::drafts::Unkept;
use super::msg::{Effect, ExportScope, Going, LetterGoing, LoadRequest, Loaded, Msg, Tab, Wanted};
use crate::domain::conduct::Sending;
use crate::domain::deadline::SOON_DAYS;
use crate::domain::draft::Place;
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::refusal::Refusal;
use crate::export::{Format, Reminders};
use crate::i18n::words::Wording;
use crate::i18n::{Language, Texts};
use crate::letters::{self, Letter, Way, Wish, eml};
use crate::ops::listing::Patience;
use crate::ops::queries::{Card, ListQuery};
use crate::ops::{Desk, Done, Op, OpError, Target};
use crate::package::{self, write::Form};
use crate::store::{Scope, Via, Visit};

/// When the rows are found, so many records more are looked at to tell how many others there are.
const ENOUGH: usize = 500;

/// Starts the worker; it ends when what it gets its jobs from is dropped.
pub fn start(desk: Desk, language: Language, answers: Sender<Msg>) -> (Jobs, JoinHandle<()>) {
    let (queue, jobs) = mpsc::channel();
    let newest = Newest::default();
    let of_worker = newest.clone();
    let thread = thread::spawn(move || {
        let mut worker = Worker::new(desk, language);
        worker.newest = of_worker;
        for job in jobs {
            if let Some(answer) = worker.answer(job)
                && answers.send(answer).is_err()
            {
                return;
            }
        }
    });
    (Jobs { queue, newest }, thread)
}

/// Carries effects out.
#[derive(Debug)]
pub struct Worker {
    desk: Desk,
    texts: Texts,
    /// The visit before this one, as the first look at the store found it.
    visit: OnceCell<Option<Visit>>,
    newest: Newest,
}

/// The number of the latest request for rows, known to the worker before it comes to it.
#[derive(Debug, Clone, Default)]
struct Newest(Arc<AtomicU64>);

impl Newest {
    fn is_after(&self, number: u64) -> bool {
        self.0.load(Ordering::Relaxed) > number
    }
}

/// Where the worker gets its jobs.
#[derive(Debug)]
pub struct Jobs {
    queue: Sender<Effect>,
    newest: Newest,
}

impl Jobs {
    /// Gives the worker something to do. One that is gone has told why by panicking.
    pub fn send(&self, effect: Effect) {
        if let Effect::Load(request) = &effect {
            self.newest.0.store(request.number, Ordering::Relaxed);
        }
        drop(self.queue.send(effect));
    }
}

impl Worker {
    /// A worker over a desk. Its texts are its own: Fluent's bundles stay on the thread that made them.
    pub fn new(desk: Desk, language: Language) -> Self {
        Self {
            desk,
            texts: Texts::new(language),
            visit: OnceCell::new(),
            newest: Newest::default(),
        }
    }

    /// The desk that it works at.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// What comes of an effect; `None` for those that belong to the terminal, for a visit, and for a backup of the day that went well.
    pub fn answer(&self, job: Effect) -> Option<Msg> {
        Some(match job {
            Effect::Load(request) => {
                let number = request.number;
                // Who types on does not wait for what the letters before would have found.
                if self.newest.is_after(number) {
                    return None;
                }
                match self.load(&request) {
                    Ok(loaded) => Msg::Loaded(Box::new(loaded)),
                    Err(error) => Msg::LoadFailed(number, error),
                }
            }
            Effect::Report(year) => Msg::Reported(year, Box::new(self.desk.report(Some(year)))),
            Effect::Run(op) => Msg::Done(Box::new(self.desk.run(&op))),
            Effect::Finish(op, place) => Msg::Done(Box::new(self.desk.finish(&op, &place))),
            Effect::KeepDraft(unkept) => {
                let Unkept {
                    place,
                    seen,
                    fields,
                } = unkept;
                let kept = self.desk.keep_draft(&place, seen, &fields);
                Msg::DraftKept(place, kept)
            }
            Effect::DropDraft(place) => {
                let dropped = self.desk.drop_draft(&place);
                Msg::DraftDropped(place, dropped)
            }
            Effect::Undo => self.undo(),
            Effect::Export {
                scope,
                format,
                path,
            } => Msg::Exported(self.export(&scope, format, &path)),
            Effect::Package { id, zip, path } => Msg::Exported(self.package(id, zip, &path)),
            Effect::WriteLetter(id, wish) => {
                let written = self.write_letter(id, &wish);
                Msg::LetterWritten(Box::new((wish, written)))
            }
            Effect::LetterFile { letter, eml, path } => {
                Msg::LetterFiled(self.letter_file(&letter, eml, path))
            }
            Effect::LetterGoes(going) => {
                let id = going.target.id;
                let gone = self.letter_goes(*going);
                // A try that failed is noted with the case: what was seen of it is one version older.
                let noted = matches!(
                    gone,
                    Err(OpError::NotSent { .. }
                        | OpError::MaybeSent { .. }
                        | OpError::SentUnrecorded { .. })
                );
                let card = noted.then(|| self.desk.detail(id).ok()).flatten();
                let version = card.map(|card| card.item.version());
                Msg::LetterGone(Box::new(gone), version)
            }
            Effect::Rotate => Msg::RotationFailed(self.desk.rotate().err()?),
            Effect::Visit => {
                // One that is not noted leaves the one before: more is told next time, and nothing too little.
                if !self.desk.read_only {
                    self.desk.note_visit().ok();
                }
                return None;
            }
            Effect::Copy(_) | Effect::Edit(_) | Effect::Suspend | Effect::Quit => return None,
        })
    }

    fn load(&self, request: &LoadRequest) -> Result<Loaded, OpError> {
        // Before reading: a change in between is then noticed at the next tick.
        let stamp = self.desk.store.stamp();
        self.desk.store.read(|view| {
            // Every tab shows the summary; only Today shows the rows it is counted from.
            let rows = match request.wanted {
                Wanted::Due => request.offset + request.limit,
                Wanted::List(_) | Wanted::History => 0,
            };
            let due = self.desk.due_in(view, Some(SOON_DAYS), rows)?;
            let mut loaded = Loaded {
                number: request.number,
                tab: request.tab,
                offset: request.offset,
                total: 0,
                more: false,
                cards: Vec::new(),
                entries: Vec::new(),
                summary: due.summary,
                open: [0; 3],
                next: due.next.map(|row| (row.id, row.attention_on)),
                nothing_yet: view.count(Scope::Everything, true)? == 0
                    && view.count(Scope::Everything, false)? == 0
                    && view.count(Scope::Of(ItemType::Mail), true)? == 0
                    && view.count(Scope::Of(ItemType::Mail), false)? == 0,
                glance: None,
                deletions: None,
                drafts: self.desk.drafts_in(view)?,
                stamp,
            };
            if self.visit.get().is_none() {
                let before = view.visit()?;
                self.visit.get_or_init(|| before);
            }
            if request.tab == Tab::Recordings {
                loaded.deletions = Some(self.desk.deletions_in(view)?);
            }
            for (slot, item_type) in loaded.open.iter_mut().zip(ItemType::WORKED) {
                *slot = view.count(Scope::Of(item_type), true)?;
            }
            match &request.wanted {
                Wanted::Due => {
                    let visit = self.visit.get().copied().flatten();
                    loaded.glance = Some(self.desk.glance_in(view, visit, due.past_retention)?);
                    loaded.total = due.total;
                    loaded.cards = due.cards.into_iter().skip(request.offset).collect();
                }
                Wanted::List(query) => {
                    let query = ListQuery {
                        skip: request.offset,
                        limit: request.limit,
                        ..query.clone()
                    };
                    let number = request.number;
                    let patience = Patience {
                        enough: ENOUGH,
                        goes_on: &|| !self.newest.is_after(number),
                    };
                    let list = self.desk.list_in(view, &query, &patience)?;
                    (loaded.total, loaded.more) = (list.total, list.more);
                    loaded.cards = list.cards;
                }
                Wanted::History => {
                    let last = view.last_seq()?;
                    loaded.total = usize::try_from(last).unwrap_or(usize::MAX);
                    let newest = last.saturating_sub(request.offset as u64);
                    for seq in (1..=newest).rev().take(request.limit) {
                        loaded.entries.extend(view.entry(seq)?);
                    }
                }
            }
            Ok(loaded)
        })
    }

    /// Undoes what this screen did; asks before it takes back what a command or an import did meanwhile.
    fn undo(&self) -> Msg {
        let next = self
            .desk
            .store
            .read(|view| Ok::<_, OpError>(view.next_undo()?));
        match next {
            Ok(Some((event, ids, via))) if via != Via::Tui => Msg::UndoOfOthers { event, ids, via },
            Ok(_) => Msg::Done(Box::new(self.desk.run(&Op::Undo))),
            Err(error) => Msg::Done(Box::new(Err(error))),
        }
    }

    fn export(
        &self,
        scope: &ExportScope,
        format: Format,
        path: &str,
    ) -> Result<(usize, String), OpError> {
        let cards = self.cards(scope)?;
        let wording = Wording {
            texts: &self.texts,
            catalogue: self.desk.catalogue()?,
            rules: self.desk.settings.rules,
            zone: self.desk.settings.zone,
        };
        let at = self.desk.clock.moment().now;
        let reminders = Reminders::of(&self.desk.settings, at, self.desk.last_change()?);
        crate::export::write_private_by(Path::new(path), |file| {
            crate::export::register(&cards, format, &wording, &reminders, file)
        })?;
        Ok((cards.len(), path.to_owned()))
    }

    /// The package for the person; where somebody else is named in it, the command line has the word to write it all the same.
    fn package(&self, id: ItemId, zip: bool, path: &str) -> Result<(usize, String), OpError> {
        let card = self.desk.detail(id)?;
        let package = package::package(&self.desk, &card, &self.texts)?;
        package::may_go(&package, false)?;
        let form = if zip { Form::Zip(None) } else { Form::Folder };
        let today = self.desk.clock.moment().today;
        package::write::write(&package, Path::new(path), form, today)?;
        Ok((package.pieces.len(), path.to_owned()))
    }

    fn write_letter(&self, id: ItemId, wish: &Wish) -> Result<Letter, OpError> {
        let card = self.desk.detail(id)?;
        letters::write(&self.desk, &card, wish, &self.texts)
    }

    fn letter_file(&self, letter: &Letter, eml: bool, path: String) -> Result<String, OpError> {
        let bytes = if eml {
            let controller = &self.desk.settings.controller;
            let card = self.desk.detail(letter.id)?;
            let threading = eml::threading(&card.item, letter, controller);
            let now = self.desk.clock.moment().now;
            eml::draft(letter, controller, &threading, now)?
        } else {
            letter.on_paper().into_bytes()
        };
        crate::export::write_private(Path::new(&path), &bytes)?;
        Ok(path)
    }

    /// A letter went: that, what it tells and the closing of the case are one change; the drafts go after it.
    fn letter_goes(&self, going: LetterGoing) -> Result<Done, OpError> {
        let LetterGoing {
            target,
            letter,
            how,
            resolve,
            drafts,
        } = going;
        let card = self.desk.detail(target.id)?;
        let done = match how {
            Going::Went(channel, on) => {
                let controller = &self.desk.settings.controller;
                let threading = eml::threading(&card.item, &letter, controller);
                let on = on.unwrap_or(self.desk.clock.moment().today);
                let sending = letter.sending(channel, on, threading.message_id, resolve);
                self.record_letter(target, sending, drafts.first())?
            }
            Going::Send { again } => {
                let to = letter.to.clone();
                let way = Way { to, resolve, again };
                // As it was seen: whoever changed the case meanwhile is not passed over.
                let mut posting = letters::posting(&self.desk, &card, &letter, &way)?;
                posting.target = target;
                self.desk.post(&posting)?
            }
            Going::DidGo => {
                let open = Desk::being_sent(&card.item, Some(letter.letter));
                let mut sending = open.ok_or(Refusal::NotBeingSent(target.id))?;
                sending.resolve = resolve;
                self.record_letter(target, sending, drafts.first())?
            }
            // What was written is still wanted.
            Going::DidNotGo => return self.desk.note_not_sent(target, letter.letter),
        };
        for place in &drafts {
            // One that stays is offered once more, and goes of itself in time.
            self.desk.drop_draft(place).ok();
        }
        Ok(done)
    }

    fn record_letter(
        &self,
        target: Target,
        sending: Sending,
        draft: Option<&Place>,
    ) -> Result<Done, OpError> {
        let op = Op::SendLetter(target, Box::new(sending));
        match draft {
            Some(place) => self.desk.finish(&op, place),
            None => self.desk.run(&op),
        }
    }

    fn cards(&self, scope: &ExportScope) -> Result<Vec<Card>, OpError> {
        match scope {
            ExportScope::Query(query) => Ok(self
                .desk
                .list(&ListQuery {
                    skip: 0,
                    limit: usize::MAX,
                    ..query.clone()
                })?
                .cards),
            ExportScope::These(ids) => ids.iter().map(|id| self.desk.detail(*id)).collect(),
        }
    }
}
