//! The terminal UI: builds screen, threads and model, and runs the loop. Nothing else.
//!
//! Input → message → `update` → effects → worker → message; `view` draws when nothing is waiting. The loop receives from
//! one channel and never asks crossterm itself, which spins on a dead line (crossterm #793). Nothing is drawn, and not a byte is
//! written, while nothing happens.

pub mod dialogs;
pub mod drafts;
pub mod editor;
pub mod filter;
pub mod glyphs;
pub mod input;
pub mod keymap;
pub mod layout;
pub mod model;
pub mod msg;
mod pace;
mod picture;
pub mod plain;
pub mod screens;
mod sgr;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod worker;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use self::editor::EditorFault;
use self::input::{Input, InputThreads, Signal};
use self::model::Model;
use self::msg::{Effect, LoadRequest, Msg};
use self::pace::Pace;
use self::terminal::{Copied, Screen};
pub use self::terminal::{Surroundings, Unusable};
use crate::clock::Clock;
use crate::i18n::Texts;
use crate::ops::{Desk, OpError};
use crate::store::{Store, StoreError};

/// How often the screen looks at the clock, the store's file, the line and what was typed, however many keys come.
const TICK: Duration = Duration::from_secs(1);

/// How long a frame waits for rows that are asked for where there are none: they mostly come at once, and a list that is first
/// emptied and then filled is drawn twice.
const ROWS_COME_WITHIN: Duration = Duration::from_millis(30);

/// How long the end of the program waits, beyond the store's own patience, for an operation that is under way.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// Why the terminal UI could not be opened, or ended.
#[derive(Debug)]
pub enum Unable {
    /// The terminal is none, or too simple.
    Terminal(Unusable),
    /// The store cannot be read.
    Op(OpError),
    /// The terminal failed.
    Io(io::Error),
}

/// What the loop itself works with.
struct Loop {
    screen: Screen,
    model: Model,
    messages: Receiver<Msg>,
    jobs: worker::Jobs,
    threads: InputThreads,
    /// The owner's editor, and the folder for the texts it has.
    editor: (String, PathBuf),
    clock: Clock,
    store: Store,
    pace: Pace,
}

/// Opens the terminal UI and runs it to its end.
///
/// # Errors
/// See [`Unable`]; the terminal is given back in every case.
pub fn run(
    mut desk: Desk,
    texts: Texts,
    surroundings: Surroundings,
    color: bool,
) -> Result<(), Unable> {
    terminal::check(&surroundings).map_err(Unable::Terminal)?;
    look_at_the_store(&mut desk)?;
    let (sender, messages) = mpsc::channel();
    // Before the screen: no signal may find it taken with nobody listening.
    let threads = input::start(sender.clone(), Msg::Input).map_err(Unable::Io)?;
    let (clock, store) = (desk.clock, desk.store.clone());
    let (services, settings) = (desk.services(), desk.settings.clone());
    let read_only = desk.read_only;
    let (jobs, worker) = worker::start(desk, texts.language(), sender);
    let first = LoadRequest::first(terminal::size());
    let asked = first.number;
    jobs.send(Effect::Load(first));
    // Cards of the owner's own are read beside the rows.
    let catalogue = services.catalogue().map_err(Unable::Op)?.clone();
    let mut model = Model::new(
        texts,
        catalogue,
        &settings,
        clock.moment().today,
        terminal::size(),
        color,
    );
    model.requests = asked;
    model.read_only = read_only;
    model.started_read_only = read_only;
    let editor = (surroundings.editor.clone(), surroundings.temporary.clone());
    let screen = Screen::enter(surroundings).map_err(Unable::Io)?;
    let mut running = Loop {
        screen,
        model,
        messages,
        jobs,
        threads,
        editor,
        clock,
        store,
        pace: Pace::of(terminal::bits_per_second()),
    };
    let ended = running.run();
    running.screen.leave();
    running.keep_what_would_be_lost();
    let Loop { jobs, threads, .. } = running;
    // The worker ends with its queue; what it is doing is carried through.
    drop(jobs);
    drop(worker.join());
    drop(threads);
    ended.map_err(Unable::Io)
}

/// Looks whether the store can be read, which is told on the ordinary screen when it cannot, with its exit code.
fn look_at_the_store(desk: &mut Desk) -> Result<(), Unable> {
    let looked = desk.store.read(|view| {
        view.generation()?;
        // What cannot be read is told with the rows, which it is to be offered beside.
        Ok(desk.has_old_drafts(view).unwrap_or(false))
    });
    let has_old_drafts = match looked {
        Err(OpError::Store(StoreError::Damaged { .. })) => {
            // Perhaps it is only the drafts.
            let again = desk.store.read(|view| Ok(view.generation()?));
            again.map_err(Unable::Op)?;
            false
        }
        looked => looked.map_err(Unable::Op)?,
    };
    if desk.store.stamp().is_some() {
        desk.store = desk.store.clone().that_exists();
    }
    if has_old_drafts {
        // Whoever has the store now, the next start tries again.
        desk.forget_old_drafts().ok();
    }
    Ok(())
}

impl Loop {
    fn run(&mut self) -> io::Result<()> {
        // Behind the rows: nobody waits for a backup.
        self.perform(vec![Effect::Rotate, Effect::Visit])?;
        // Beside the worker, which is reading the rows.
        let model = &self.model;
        self.screen.prepare(|frame| view::view(model, frame));
        // Rows come within milliseconds; drawing an empty list before them would only flicker.
        if let Ok(msg) = self.messages.recv_timeout(TICK) {
            self.handle(msg)?;
        }
        self.draw()?;
        let mut next_look = Instant::now() + TICK;
        // Since when something has happened that is not on the screen yet.
        let mut undrawn = None;
        while !self.model.quit {
            let frame = undrawn.map(|since| self.next_frame(since));
            let wake = frame.map_or(next_look, |frame| frame.min(next_look));
            let left = wake.saturating_duration_since(Instant::now());
            match self.messages.recv_timeout(left) {
                Ok(msg) => {
                    self.handle(msg)?;
                    // Everything that is waiting is seen to before anything is drawn.
                    while let Ok(msg) = self.messages.try_recv() {
                        self.handle(msg)?;
                        if self.model.quit {
                            return Ok(());
                        }
                    }
                    undrawn.get_or_insert_with(Instant::now);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            if undrawn.is_some_and(|since| self.next_frame(since) <= Instant::now()) {
                self.draw()?;
                undrawn = None;
            }
            if Instant::now() >= next_look {
                if input::terminal_is_gone() {
                    return Ok(());
                }
                self.tick()?;
                next_look = Instant::now() + TICK;
            }
        }
        Ok(())
    }

    /// When what has happened since then may be drawn.
    fn next_frame(&self, since: Instant) -> Instant {
        let patience = if self.model.awaits_rows() {
            ROWS_COME_WITHIN
        } else {
            Duration::ZERO
        };
        self.pace.not_before(since + patience)
    }

    /// The end, whatever brought it: an operation under way is waited for, as its form is all that is left of the text
    /// when it is refused; then what stands in a form is kept. The worker carries through what it was given.
    fn keep_what_would_be_lost(&mut self) {
        let patience = self.store.patience() + LAST_WAIT;
        while self.model.form().is_some_and(|form| form.saving) {
            let Ok(msg) = self.messages.recv_timeout(patience) else {
                break;
            };
            if matches!(msg, Msg::Done(_) | Msg::LetterGone(..)) {
                self.send(msg);
            }
        }
        self.send(Msg::Input(Input::HangUp));
    }

    /// Hands the worker what comes of a message, and leaves the terminal alone.
    fn send(&mut self, msg: Msg) {
        for effect in update::update(&mut self.model, msg) {
            self.jobs.send(effect);
        }
    }

    /// Looks whether the day or the store has changed, or something was typed; draws only then.
    fn tick(&mut self) -> io::Result<()> {
        let today = self.clock.moment().today;
        let stamp = self.store.stamp();
        if !self.model.is_outdated(today, stamp) && !self.model.has_unkept_text() {
            return Ok(());
        }
        self.handle(Msg::Tick(today, stamp))
    }

    fn draw(&mut self) -> io::Result<()> {
        let model = &self.model;
        let written = self.screen.draw(|frame| view::view(model, frame))?;
        self.pace.drawn(Instant::now(), written);
        Ok(())
    }

    fn handle(&mut self, msg: Msg) -> io::Result<()> {
        match &msg {
            Msg::Input(Input::Signal(Signal::Suspend)) => return self.suspend(),
            Msg::Input(Input::Signal(Signal::Continue)) => {
                self.screen.resume()?;
                return self.resized(terminal::size());
            }
            Msg::Input(Input::Resize(width, height)) => {
                self.screen.resize(*width, *height)?;
            }
            _ => {}
        }
        let effects = update::update(&mut self.model, msg);
        self.perform(effects)
    }

    fn resized(&mut self, (width, height): (u16, u16)) -> io::Result<()> {
        let effects = update::update(&mut self.model, Msg::Input(Input::Resize(width, height)));
        self.perform(effects)?;
        self.draw()
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.screen.suspend()?;
        self.resized(terminal::size())
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Copy(text) => self.copy(&text)?,
                Effect::Edit(text) => self.edit(&text)?,
                Effect::Suspend => {
                    // Without a shell that wakes it, a stopped program would freeze the window.
                    if terminal::has_job_control() {
                        self.suspend()?;
                    }
                }
                other => self.jobs.send(other),
            }
        }
        Ok(())
    }

    /// Gives the terminal to the owner's editor, and takes it again.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        let edited = if self.threads.pause().is_ok() {
            self.screen.leave();
            let (command, folder) = &self.editor;
            let edited = editor::edit(command, folder, text);
            self.screen.resume()?;
            self.threads.resume();
            edited
        } else {
            Err(EditorFault::Busy)
        };
        // What was signalled meanwhile was for the editor, but for the end.
        let meant_for_it = |msg: &Msg| {
            let signals = [Signal::Interrupt, Signal::Suspend, Signal::Continue];
            matches!(msg, Msg::Input(Input::Signal(signal)) if signals.contains(signal))
        };
        let meanwhile: Vec<Msg> = self.messages.try_iter().collect();
        self.handle(Msg::Edited(edited))?;
        for msg in meanwhile.into_iter().filter(|msg| !meant_for_it(msg)) {
            self.handle(msg)?;
        }
        self.resized(terminal::size())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        let id = match self.screen.copy_to_clipboard(text)? {
            Copied::Sent => "copied",
            Copied::TooLong => "copy-too-long",
        };
        let told = self.model.texts.get(id);
        self.model.tell(told);
        Ok(())
    }
}
