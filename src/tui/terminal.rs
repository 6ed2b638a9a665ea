//! The terminal: taking it over, drawing on it, and giving it back in every way a program can end.
//!
//! What it knows about terminals that the libraries below it do not:
//!
//! * A terminal can be dead (the SSH line dropped). ratatui's `restore` and crossterm's macros then
//!   fail, and telling about it on standard error, which is the same dead line, panics. So giving
//!   back ignores every error and tells nobody.
//! * `Terminal::clear` asks the terminal where its cursor is and waits two seconds for an answer.
//!   Nothing here asks the terminal anything: the size comes from the kernel, a full redraw from
//!   [`Screen::resize`].
//! * ratatui writes colours and cursor anew for a frame in which nothing changed. Over SSH that is
//!   traffic for nothing, so the back-end here writes a frame as one piece, and an unchanged one not
//!   at all.
//!
//! What the terminal cannot show is turned into what it can (`glyphs`) when the picture is complete.
//!
//! It reads neither the environment nor keys, and captures no mouse: that would take away the
//! terminal's own way of marking text.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::panic::{self, PanicHookInfo};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

use super::glyphs::{Glyphs, Moved};
use super::picture::{self, Picture};

/// Alternate screen, bracketed paste, no cursor.
const ENTER: &str = "\x1b[?1049h\x1b[?2004h\x1b[?25l";

/// Tells of clicks and the wheel, not of every move, with numbers that reach beyond column 223.
const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";

/// Undoes [`ENTER`] and [`MOUSE`], wherever in a frame the program was stopped: ends a synchronised update and
/// colours, wipes the picture (some terminals keep the alternate screen, and it shows people), then
/// paste, alternate screen, cursor.
const LEAVE: &str =
    "\x1b[?1006l\x1b[?1000l\x1b[?2026l\x1b[0m\x1b[H\x1b[2J\x1b[?2004l\x1b[?1049l\x1b[?25h";

/// Begin and end of a synchronised update: the terminal shows the frame when it is complete.
/// Terminals that do not know it ignore it.
const BEGIN_FRAME: &str = "\x1b[?2026h";
const END_FRAME: &str = "\x1b[?2026l";

const HIDE_CURSOR: &str = "\x1b[?25l";
const SHOW_CURSOR: &str = "\x1b[?25h";

/// A change of so few bytes arrives in one piece on any line, so nothing goes around it: neither a synchronised update nor
/// the hiding of the cursor.
const SMALL_BYTES: usize = 48;

/// Room for a full frame of a large terminal, so that a frame is one `write`.
const FRAME_BYTES: usize = 64 * 1024;

/// Larger terminals are not filled. A terminal may claim to be 65,535 cells square, and two buffers
/// of that size are more memory than there is.
const MAX_COLS: u16 = 1000;
const MAX_ROWS: u16 = 500;

/// What a terminal is taken to be that does not know its own size (serial lines, fresh ptys).
const FALLBACK_SIZE: (u16, u16) = (80, 24);

/// The most text that [`Screen::copy_to_clipboard`] sends, in bytes. Encoded it is 99,992 bytes;
/// terminals that limit OSC 52 do so at 100,000.
pub const CLIPBOARD_LIMIT_BYTES: usize = 74_994;

/// Messages of panics in other threads that are kept. A fault that repeats is told ten times.
const KEPT_PANICS: usize = 10;

/// What the environment says about the terminal; whoever may read the environment fills it in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `TERM`, empty when it is not set.
    pub term: String,
    /// Whether `TMUX` is set and not empty.
    pub tmux: bool,
    /// The owner's editor, as the shell reads it.
    pub editor: String,
    /// The folder for texts that the editor has, and that go with it.
    pub temporary: PathBuf,
    /// What the terminal can show.
    pub glyphs: Glyphs,
    /// Whether it is to tell of the mouse.
    pub mouse: bool,
}

/// Why the terminal UI cannot run here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Standard input or output is not a terminal (cron, a pipe).
    NotATerminal,
    /// `TERM` is unset or `dumb`: a terminal that would show the escape sequences as text. crossterm
    /// does not look at `TERM`, so it would not notice.
    Dumb,
}

/// Whether somebody sits at a terminal: standard input and standard output are one.
pub fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Whether the terminal UI can run here; asked before [`Screen::enter`].
pub fn check(surroundings: &Surroundings) -> Result<(), Unusable> {
    if !is_there() {
        return Err(Unusable::NotATerminal);
    }
    match surroundings.term.as_str() {
        "" | "dumb" => Err(Unusable::Dumb),
        _ => Ok(()),
    }
}

/// Columns and rows of the terminal now, as the kernel knows them: no question to the terminal.
pub fn size() -> (u16, u16) {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout())
        .map_or(FALLBACK_SIZE, |size| (size.ws_col, size.ws_row));
    if size.0 == 0 || size.1 == 0 {
        FALLBACK_SIZE
    } else {
        size
    }
}

/// The speed in bit/s that the line is said to have, where it says one.
pub fn bits_per_second() -> Option<u32> {
    let settings = rustix::termios::tcgetattr(rustix::stdio::stdout()).ok()?;
    Some(settings.output_speed())
}

/// Whether a shell waits that could bring a stopped program back.
///
/// A shell with job control gives each job a process group of its own. Started by `ssh -t host …`,
/// as a tmux window's command or by a script, the program shares the group of the session's leader,
/// and a stop would freeze the window for good. The kernel therefore ignores SIGTSTP there; the stop
/// that [`Screen::suspend`] uses is one it does not ignore, so the `Ctrl-z` key asks here first.
pub fn has_job_control() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// What became of a text for the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// Sent to the terminal. Terminals do not say whether they took it.
    Sent,
    /// Longer than [`CLIPBOARD_LIMIT_BYTES`]; nothing was sent, as half a letter helps nobody.
    TooLong,
}

/// The terminal while the program has it. Dropping it gives the terminal back.
///
/// Belongs to one thread, the one that entered: a panic there ends the program, so the screen is
/// left before the message is printed. A panic in another thread may be caught and the picture goes
/// on; its message is kept and printed when the screen is next left.
#[must_use = "dropping the screen leaves it"]
pub struct Screen {
    terminal: Terminal<Painter>,
    line: Arc<Line>,
    surroundings: Surroundings,
}

impl Screen {
    /// Takes the terminal over: raw mode, alternate screen, bracketed paste, no cursor. Nothing is
    /// drawn yet. Installs, once, the panic hook that gives the terminal back.
    ///
    /// # Errors
    /// When there is no terminal or it does not let itself be taken; it is as before then. [`check`]
    /// says so beforehand and with a reason.
    pub fn enter(surroundings: Surroundings) -> io::Result<Self> {
        if !is_there() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "standard input and output must be a terminal",
            ));
        }
        // A descriptor of our own: `io::stdout` breaks a frame into lines of at most 1,024 bytes.
        let line = Arc::new(Line {
            out: File::from(io::stdout().as_fd().try_clone_to_owned()?),
            taken: AtomicBool::new(false),
            owner: thread::current().id(),
            kept: Mutex::new(Vec::new()),
        });
        let painter = Painter::new(Arc::clone(&line));
        let terminal = Terminal::new(painter)?;
        install_panic_hook();
        *current() = Some(Arc::clone(&line));
        let mut screen = Self {
            terminal,
            line,
            surroundings,
        };
        screen.resume()?;
        Ok(screen)
    }

    /// Draws one frame, written to the terminal in one piece; a frame equal to the one on the screen
    /// writes nothing. Does nothing while the screen is left. Gives the number of bytes written.
    ///
    /// # Errors
    /// When the terminal cannot be written to: it is gone, and the program should end.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<usize> {
        if self.line.taken.load(Ordering::Acquire) {
            let glyphs = self.surroundings.glyphs;
            return draw(&mut self.terminal, |frame| {
                render(frame);
                glyphs.rewrite(frame.buffer_mut())
            });
        }
        Ok(0)
    }

    /// Renders a frame that is shown nowhere: the texts that the first one needs have been looked up then.
    pub fn prepare(&mut self, render: impl FnOnce(&mut Frame<'_>)) {
        render(&mut self.terminal.get_frame());
        self.terminal.current_buffer_mut().reset();
    }

    /// Takes note of a new size; the next frame is drawn completely. Also the way to redraw a
    /// picture that something else has written over.
    ///
    /// # Errors
    /// None of its own: nothing is written before the next frame.
    pub fn resize(&mut self, cols: u16, rows: u16) -> io::Result<()> {
        let size = Size::new(cols.clamp(1, MAX_COLS), rows.clamp(1, MAX_ROWS));
        self.terminal.backend_mut().size = size;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Gives the terminal back as it was found. Ignores errors, as the terminal may be dead, and may
    /// be called any number of times.
    pub fn leave(&mut self) {
        self.line.leave();
        self.line.tell_kept_panics();
    }

    /// Takes the terminal again: after [`Screen::leave`] for an editor, and on SIGCONT. After a
    /// SIGSTOP, which nobody can catch, the screen was never left, so it is taken unconditionally.
    ///
    /// # Errors
    /// When the terminal does not let itself be taken; it is left then.
    pub fn resume(&mut self) -> io::Result<()> {
        let (cols, rows) = size();
        // Taking the terminal hides the cursor, whatever was there before.
        self.terminal.backend_mut().shown = None;
        let taken = self.line.take().and_then(|()| {
            if self.surroundings.mouse {
                write_all(&self.line.out, MOUSE.as_bytes())?;
            }
            self.resize(cols, rows)
        });
        if taken.is_err() {
            self.line.leave();
        }
        taken
    }

    /// Stops the program as the shell expects from `Ctrl-z`: leaves the screen, stops, and when
    /// continued takes the screen again. The next frame is drawn completely.
    ///
    /// For SIGTSTP always; for the key only with [`has_job_control`].
    ///
    /// # Errors
    /// When the terminal does not let itself be taken again.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.leave();
        if has_job_control() {
            // The whole job, as the terminal itself would: if a wrapper like `make` or `time` ran on,
            // the shell would go on waiting for it with nothing on the screen.
            kill_current_process_group(Signal::STOP)?;
        } else {
            emulate_default_handler(SIGTSTP)?;
        }
        self.resume()
    }

    /// Puts a text on the clipboard of the machine the person sits at, with OSC 52: the terminal
    /// does it, over SSH too, if it allows it.
    ///
    /// Within tmux the text is sent twice, plainly and wrapped for tmux to pass on. tmux 3.3 and
    /// later heeds the first only with `set-clipboard on` and the second only with
    /// `allow-passthrough on`, drops silently what it does not heed, and with both set the same text
    /// arrives twice. GNU screen would need a third way, in pieces, and gets none.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn copy_to_clipboard(&mut self, text: &str) -> io::Result<Copied> {
        if text.len() > CLIPBOARD_LIMIT_BYTES {
            return Ok(Copied::TooLong);
        }
        let sequence = osc52(text, self.surroundings.tmux);
        write_all(&self.line.out, sequence.as_bytes())?;
        Ok(Copied::Sent)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
        *current() = None;
    }
}

fn osc52(text: &str, tmux: bool) -> String {
    let encoded = BASE64.encode(text);
    let plain = format!("\x1b]52;c;{encoded}\x07");
    if tmux {
        // In the wrapping every escape is doubled; there is one, as the end is a BEL.
        format!("{plain}\x1bPtmux;\x1b{plain}\x1b\\")
    } else {
        plain
    }
}

/// The terminal as something to write to, shared with the panic hook.
struct Line {
    out: File,
    /// Whether the terminal is in raw mode and shows the alternate screen.
    taken: AtomicBool,
    owner: ThreadId,
    /// What panics in other threads had to say while the screen was taken.
    kept: Mutex<Vec<String>>,
}

impl Line {
    fn take(&self) -> io::Result<()> {
        // crossterm remembers that raw mode is on and then does nothing, though a shell may have
        // changed the terminal since: turn it off to have it turned on.
        disable_raw_mode().ok();
        enable_raw_mode()?;
        self.taken.store(true, Ordering::Release);
        write_all(&self.out, ENTER.as_bytes())
    }

    fn leave(&self) {
        if self.taken.swap(false, Ordering::AcqRel) {
            write_all(&self.out, LEAVE.as_bytes()).ok();
            disable_raw_mode().ok();
        }
    }

    fn keep(&self, message: String) {
        let mut kept = unpoisoned(&self.kept);
        if kept.len() < KEPT_PANICS {
            kept.push(message);
        }
    }

    fn tell_kept_panics(&self) {
        let kept = std::mem::take(&mut *unpoisoned(&self.kept));
        if kept.is_empty() || !stderr_is_alive() {
            return;
        }
        for message in kept {
            // Not `eprintln`, which panics when it fails.
            writeln!(io::stderr(), "{message}").ok();
        }
    }
}

/// Writes everything. Other than `Write::write_all` it also does so when a program that shares the
/// terminal (ssh, an editor) has left it in non-blocking mode.
fn write_all(mut out: &File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match out.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                // A hang-up ends the wait too, and the next write reports it.
                poll(&mut [PollFd::new(&out, PollFlags::OUT)], None).ok();
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The screen that a panic has to leave.
fn current() -> MutexGuard<'static, Option<Arc<Line>>> {
    static CURRENT: Mutex<Option<Arc<Line>>> = Mutex::new(None);
    unpoisoned(&CURRENT)
}

/// The values here are whole at every moment, so a panic while one was locked does not matter.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| on_panic(info, &*previous)));
    });
}

fn on_panic(info: &PanicHookInfo<'_>, previous: &dyn Fn(&PanicHookInfo<'_>)) {
    let line = current().clone();
    if let Some(line) = line
        && line.taken.load(Ordering::Acquire)
    {
        let thread = thread::current();
        if thread.id() != line.owner {
            let name = thread.name().unwrap_or("<unnamed>");
            line.keep(format!("thread '{name}' {info}"));
            return;
        }
        // First the screen, then the message: printed the other way round it would vanish with the
        // alternate screen.
        line.leave();
    }
    // A hook that prints with `eprintln` would panic within the panic on a dead line, and abort.
    if stderr_is_alive() {
        previous(info);
    }
}

fn stderr_is_alive() -> bool {
    let stderr = rustix::stdio::stderr();
    let mut fds = [PollFd::new(&stderr, PollFlags::OUT)];
    poll(&mut fds, Some(&Timespec::default())).is_ok() && !is_gone(fds[0].revents())
}

/// Whether what `poll` reported says that there is nothing behind the descriptor any more.
pub(super) fn is_gone(events: PollFlags) -> bool {
    events.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}

/// Draws one frame; gives the number of bytes written. `render` tells where texts have moved to.
fn draw(
    terminal: &mut Terminal<Painter>,
    render: impl FnOnce(&mut Frame<'_>) -> Moved,
) -> io::Result<usize> {
    let finished = Rc::clone(&terminal.backend().finished);
    terminal.draw(|frame| {
        let mut finished = finished.borrow_mut();
        finished.moved = render(frame);
        finished.buffer.clone_from(frame.buffer_mut());
    })?;
    Ok(terminal.backend().written)
}

/// A frame when everything has been drawn into it.
#[derive(Default)]
struct Finished {
    buffer: Buffer,
    /// Where the texts have moved to: the cursor goes with them.
    moved: Moved,
}

/// ratatui's back-end: writes a frame in one piece when it is complete, and only if there is something
/// in it. It answers ratatui's questions itself instead of asking the terminal, and looks itself at what has changed.
struct Painter {
    line: Arc<Line>,
    /// What the terminal shows, as soon as the frame is written.
    picture: Picture,
    /// The changes so far, empty as long as no cell has changed.
    changes: Vec<u8>,
    /// The frame that is written.
    frame: Vec<u8>,
    size: Size,
    /// Where the cursor was last put, seen or not.
    position: Position,
    /// Whether this frame has a cursor.
    visible: bool,
    /// Where the terminal shows a cursor now.
    shown: Option<Position>,
    /// Bytes of the last frame.
    written: usize,
    /// What is to be shown.
    finished: Rc<RefCell<Finished>>,
}

impl Painter {
    fn new(line: Arc<Line>) -> Self {
        Self {
            line,
            picture: Picture::unknown(),
            changes: Vec::with_capacity(FRAME_BYTES),
            frame: Vec::with_capacity(FRAME_BYTES),
            size: Size::from(FALLBACK_SIZE),
            position: Position::ORIGIN,
            visible: false,
            shown: None,
            written: 0,
            finished: Rc::default(),
        }
    }

    /// Puts the frame together: the changes, and the cursor as it is to be. While more than a little is written the cursor
    /// is away, or terminals without synchronised updates would show it running over the picture.
    fn compose(&mut self, cursor: Option<Position>) {
        self.frame.clear();
        let small = self.changes.len() <= SMALL_BYTES;
        let mut put = |text: &str| self.frame.extend_from_slice(text.as_bytes());
        if !small {
            put(BEGIN_FRAME);
        }
        let hidden = self.shown.is_none() || cursor.is_none() || !small;
        if hidden && self.shown.is_some() {
            put(HIDE_CURSOR);
        }
        self.frame.append(&mut self.changes);
        let mut put = |text: &str| self.frame.extend_from_slice(text.as_bytes());
        if let Some(position) = cursor {
            put(&picture::placed(position));
            if hidden {
                put(SHOW_CURSOR);
            }
        }
        if !small {
            put(END_FRAME);
        }
    }
}

impl Backend for Painter {
    type Error = io::Error;

    /// ratatui's own list of what has changed is left alone: the picture finds it out itself, and with it the shortest way
    /// of saying so.
    fn draw<'a, I>(&mut self, _: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let finished = self.finished.borrow();
        self.picture.change(&mut self.changes, &finished.buffer)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.visible = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.position)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.position = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Only all of it: the program fills the screen.
    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        if clear_type != ClearType::All {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.picture = Picture::unknown();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        let cursor = self.finished.borrow().moved.now(self.position);
        let cursor = self.visible.then_some(cursor);
        self.written = 0;
        if self.changes.is_empty() && cursor == self.shown {
            return Ok(());
        }
        self.compose(cursor);
        self.shown = cursor;
        self.written = self.frame.len();
        write_all(&self.line.out, &self.frame)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek};

    use super::*;

    /// A screen whose terminal is an unlinked file, to see what would be written.
    fn painter() -> (Terminal<Painter>, File) {
        let file = tempfile::tempfile().unwrap();
        let line = Arc::new(Line {
            out: file.try_clone().unwrap(),
            taken: AtomicBool::new(true),
            owner: thread::current().id(),
            kept: Mutex::new(Vec::new()),
        });
        (Terminal::new(Painter::new(line)).unwrap(), file)
    }

    fn shown(terminal: &mut Terminal<Painter>, render: impl FnOnce(&mut Frame<'_>)) {
        let drawn = draw(terminal, |frame| {
            render(frame);
            Moved::default()
        });
        drawn.unwrap();
    }

    fn written(file: &mut File) -> String {
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        file.set_len(0).unwrap();
        file.rewind().unwrap();
        text
    }

    #[test]
    fn a_frame_is_one_synchronised_piece_and_an_unchanged_one_is_nothing() {
        let (mut terminal, mut file) = painter();
        let mut frame = |text: &str| {
            shown(&mut terminal, |f| f.render_widget(text, f.area()));
            written(&mut file)
        };
        let long = "hello ".repeat(10);
        assert_eq!(
            frame(&long),
            format!("{BEGIN_FRAME}\x1b[2J\x1b[H{}{END_FRAME}", long.trim_end())
        );
        assert_eq!(frame(&long), "");
        // A small one needs nothing around it.
        let changed = long.replacen("hello", "hallo", 1);
        assert_eq!(frame(&changed), "\x1b[1;2Ha");
    }

    #[test]
    fn the_cursor_is_written_when_it_changes() {
        let (mut terminal, mut file) = painter();
        let mut frame = |cursor: Option<(u16, u16)>| {
            shown(&mut terminal, |f| {
                if let Some(cursor) = cursor {
                    f.set_cursor_position(cursor);
                }
            });
            written(&mut file)
        };
        assert_eq!(frame(None), "\x1b[2J");
        assert_eq!(frame(None), "");
        assert_eq!(frame(Some((3, 1))), "\x1b[2;4H\x1b[?25h");
        assert_eq!(frame(Some((3, 1))), "");
        assert_eq!(frame(Some((4, 1))), "\x1b[2;5H");
        assert_eq!(frame(None), "\x1b[?25l");
        assert_eq!(frame(None), "");
    }

    #[test]
    fn clearing_asks_the_terminal_nothing() {
        let (mut terminal, mut file) = painter();
        terminal.clear().unwrap();
        shown(&mut terminal, |f| f.render_widget("x", f.area()));
        let text = written(&mut file);
        assert!(text.contains("\x1b[2J"), "{text:?}");
        assert!(!text.contains("\x1b[6n"), "{text:?}");
    }

    #[test]
    fn a_text_for_the_clipboard_is_wrapped_for_tmux_as_well() {
        assert_eq!(osc52("æ", false), "\x1b]52;c;w6Y=\x07");
        assert_eq!(
            osc52("æ", true),
            "\x1b]52;c;w6Y=\x07\x1bPtmux;\x1b\x1b]52;c;w6Y=\x07\x1b\\"
        );
        assert!(BASE64.encode("x".repeat(CLIPBOARD_LIMIT_BYTES)).len() < 100_000);
    }

    #[test]
    fn a_dead_end_is_recognised() {
        assert!(is_gone(PollFlags::IN | PollFlags::HUP));
        assert!(is_gone(PollFlags::NVAL));
        assert!(!is_gone(PollFlags::IN));
    }
}
