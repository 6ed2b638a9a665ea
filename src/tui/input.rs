//! Everything that reaches the program from outside, as one stream of [`Input`]: keys, pastes, size
//! changes, signals and the end of the line. Two threads put it into the main loop's channel.
//!
//! The main loop itself never calls crossterm's `poll` or `read`, for when the SSH connection drops
//! and the program survives (SIGHUP ignored by a parent, or only flagged by a handler), they never
//! return and one core runs at 100 % for ever: crossterm issue #793, open, with the pull requests
//! #1067 and #1116. So:
//!
//! * The reader thread waits in the kernel's own `poll`, looks for a hang-up first, and calls
//!   crossterm only when there is something to read, with a limit of one millisecond.
//! * Signals have a thread and do not depend on keys: an unterminated paste makes crossterm swallow
//!   all keys (#1060), and the program must still end on SIGTERM.
//! * The main loop asks [`terminal_is_gone`] when it has been idle for a second, in case the reader
//!   is paused or stuck in half an escape sequence.
//!
//! The package needs crossterm's feature `use-dev-tty`: its other back-end stalls on more than 1,024
//! bytes at once until the next key.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyEventState, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind, poll as poll_keys, read as read_key,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{QueueSelector, tcflush};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::terminal::{is_gone, size};

/// How long crossterm may look for a key. Zero would make it not look at all.
const KEY_WAIT: Duration = Duration::from_millis(1);

/// How long after keys the reader looks once more before it sleeps for good. A look of one
/// millisecond that is interrupted by other processes ends without having looked, and what crossterm
/// has read but not handed out does not wake the kernel's `poll`.
const SECOND_LOOK: Duration = Duration::from_millis(20);

/// How long [`InputThreads::pause`] waits for the reader to let go.
const PAUSE_WAIT: Duration = Duration::from_millis(500);

const PAUSE: u8 = b'p';
const RESUME: u8 = b'r';

/// Something that reached the program from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed or repeats; see [`normalise`].
    Key(KeyEvent),
    /// The mouse was used, where the terminal was asked to tell of it.
    Mouse(Mouse),
    /// A text was pasted, exactly as the terminal sent it: line ends as CR, control characters
    /// included. The text field cleans it.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The process got a signal.
    Signal(Signal),
    /// The terminal is gone. Nothing can be shown or read any more; the program ends.
    HangUp,
}

/// What was done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down at this column and row.
    Click(u16, u16),
    /// The wheel was turned towards the owner.
    WheelDown,
    /// The wheel was turned away from her.
    WheelUp,
}

/// The signals the program acts on, by what they ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM or SIGQUIT: end, keeping drafts.
    Terminate,
    /// SIGHUP: the line dropped or the terminal window was closed; end.
    HangUp,
    /// SIGTSTP, sent by someone: the key is read as a key, as raw mode turns its signal off.
    Suspend,
    /// SIGCONT: take the screen again; after a SIGSTOP it was never left. Arrives after a suspension
    /// of our own as well, where taking it twice does no harm.
    Continue,
    /// SIGINT, sent by someone; `Ctrl-c` is read as a key. Acts like the key.
    Interrupt,
}

/// The threads behind [`start`]. Dropping it ends them; signals that come later are swallowed, so
/// that is for the end of the program only.
#[must_use = "dropping it ends the threads"]
#[derive(Debug)]
pub struct InputThreads {
    control: PipeWriter,
    /// The reader answers each pause with its number.
    answers: Receiver<u64>,
    pauses: u64,
    paused: bool,
    signals: signal_hook::iterator::Handle,
}

/// Starts the reader and the signal thread; what they see arrives at `tx`, as `wrap` makes it.
///
/// To be called before the screen is entered: then there is no moment at which a signal finds the
/// screen taken and nobody listening.
///
/// # Errors
/// When the system has no more threads, pipes or signal handlers to give.
pub fn start<M, W>(tx: Sender<M>, wrap: W) -> io::Result<InputThreads>
where
    M: Send + 'static,
    W: Fn(Input) -> M + Send + Clone + 'static,
{
    let mut signals = Signals::new([SIGTERM, SIGQUIT, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let handle = signals.handle();
    let (control, writer) = io::pipe()?;
    let (answer, answers) = channel();

    let outlet = Outlet {
        tx: tx.clone(),
        wrap: wrap.clone(),
    };
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                if let Some(input) = translate(signal)
                    && !outlet.send(input)
                {
                    break;
                }
            }
        })?;

    let outlet = Outlet { tx, wrap };
    thread::Builder::new()
        .name("keys".into())
        .spawn(move || read_until_the_end(&outlet, control, &answer))
        // Without a reader there is no program: let the signal thread go as well.
        .inspect_err(|_| handle.close())?;

    Ok(InputThreads {
        control: writer,
        answers,
        pauses: 0,
        paused: false,
        signals: handle,
    })
}

impl InputThreads {
    /// Stops reading keys, so that another program (an editor) can have them all. Signals and size
    /// changes go on arriving. When it returns without an error nobody here reads the terminal.
    ///
    /// # Errors
    /// `TimedOut` when the reader is in the middle of an escape sequence or a paste whose end has not
    /// come; it goes on reading then, and the other program must not be started.
    pub fn pause(&mut self) -> io::Result<()> {
        if self.paused {
            return Ok(());
        }
        self.pauses += 1;
        self.paused = true;
        if self.control.write_all(&[PAUSE]).is_err() {
            // The reader has ended: the terminal is gone.
            return Ok(());
        }
        let deadline = Instant::now() + PAUSE_WAIT;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left) {
                Ok(number) if number == self.pauses => return Ok(()),
                // A late answer to a pause that was given up.
                Ok(_) => {}
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                    self.go_on();
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
        }
    }

    /// Reads keys again. What was typed at the other program and not read by it is thrown away, and
    /// so are the terminal's late answers to that program's questions: they would arrive as keys.
    pub fn resume(&mut self) {
        if self.paused {
            tcflush(rustix::stdio::stdin(), QueueSelector::IFlush).ok();
            self.go_on();
        }
    }

    fn go_on(&mut self) {
        self.paused = false;
        // Fails when the reader has ended, and then there is nobody to tell.
        self.control.write_all(&[RESUME]).ok();
    }
}

impl Drop for InputThreads {
    fn drop(&mut self) {
        // The reader ends when the other end of its pipe closes. It is not waited for: in the middle
        // of an escape sequence it would wait for the next key.
        self.signals.close();
    }
}

/// Whether the terminal has hung up; takes no time and reads nothing.
///
/// The main loop asks when it has been idle for a second. The reader and SIGHUP tell the same and
/// sooner, but SIGHUP may be ignored (`nohup`) and the reader paused, and a program that outlives
/// its terminal unseen is what this module is there to prevent (crossterm #793).
pub fn terminal_is_gone() -> bool {
    let stdin = rustix::stdio::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
    match poll(&mut fds, Some(&Timespec::default())) {
        Ok(_) => is_gone(fds[0].revents()),
        Err(error) => error != rustix::io::Errno::INTR,
    }
}

/// One way to say each key, so that bindings can be compared: a repeated key is a pressed key, and
/// where Shift is in the character already (`A`, `?`, Shift-Tab as `BackTab`) it is not said twice.
/// With Ctrl a letter is lower case, as most terminals cannot tell them apart.
pub fn normalise(mut key: KeyEvent) -> KeyEvent {
    key.kind = KeyEventKind::Press;
    key.state = KeyEventState::NONE;
    match &mut key.code {
        KeyCode::Char(char) => {
            key.modifiers.remove(KeyModifiers::SHIFT);
            if key.modifiers.contains(KeyModifiers::CONTROL) {
                *char = char.to_ascii_lowercase();
            }
        }
        KeyCode::BackTab => key.modifiers.remove(KeyModifiers::SHIFT),
        _ => {}
    }
    key
}

/// The way into the main loop's channel.
struct Outlet<M, W> {
    tx: Sender<M>,
    wrap: W,
}

impl<M, W: Fn(Input) -> M> Outlet<M, W> {
    /// Whether there is still somebody to send to.
    fn send(&self, input: Input) -> bool {
        self.tx.send((self.wrap)(input)).is_ok()
    }
}

fn translate(signal: i32) -> Option<Input> {
    Some(Input::Signal(match signal {
        SIGTERM | SIGQUIT => Signal::Terminate,
        SIGHUP => Signal::HangUp,
        SIGINT => Signal::Interrupt,
        SIGTSTP => Signal::Suspend,
        SIGCONT => Signal::Continue,
        // crossterm reports sizes too, but only while it is asked for keys.
        SIGWINCH => {
            let (cols, rows) = size();
            return Some(Input::Resize(cols, rows));
        }
        _ => return None,
    }))
}

/// What ended a wait of the reader.
enum Wake {
    Keys,
    Control,
    /// Nothing came within the time.
    Quiet,
    Gone,
}

/// Runs the reader, and tells of a hang-up even when crossterm's parser should panic: a program
/// that takes no keys must not stay on the screen.
fn read_until_the_end<M, W: Fn(Input) -> M>(
    outlet: &Outlet<M, W>,
    control: PipeReader,
    answer: &Sender<u64>,
) {
    struct Last<'a, M, W: Fn(Input) -> M>(&'a Outlet<M, W>);
    impl<M, W: Fn(Input) -> M> Drop for Last<'_, M, W> {
        fn drop(&mut self) {
            if thread::panicking() {
                self.0.send(Input::HangUp);
            }
        }
    }
    let _last = Last(outlet);
    if read_keys(outlet, control, answer).is_err() {
        outlet.send(Input::HangUp);
    }
}

/// Reads keys until nobody wants them any more. An error means that the terminal is gone.
fn read_keys<M, W: Fn(Input) -> M>(
    outlet: &Outlet<M, W>,
    mut control: PipeReader,
    answer: &Sender<u64>,
) -> io::Result<()> {
    let mut pauses = 0;
    let mut limit = None;
    loop {
        match wait(&control, limit) {
            Wake::Gone => return Err(io::ErrorKind::BrokenPipe.into()),
            Wake::Control => {
                let mut command = [0];
                while control.read(&mut command)? > 0 && command == [PAUSE] {
                    pauses += 1;
                    // If nobody waits for the answer, the next read says so.
                    answer.send(pauses).ok();
                }
                if command != [RESUME] {
                    return Ok(());
                }
            }
            Wake::Keys | Wake::Quiet => {
                let mut any = false;
                while poll_keys(KEY_WAIT)? {
                    any = true;
                    if let Some(input) = keep(read_key()?)
                        && !outlet.send(input)
                    {
                        return Ok(());
                    }
                }
                limit = any.then_some(SECOND_LOOK);
            }
        }
    }
}

/// What of crossterm's events the program wants. Sizes come from the signal thread; the releases of
/// keys and focus were never asked for, but some terminals send them.
fn keep(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(normalise(key))),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Mouse(event) => mouse(event).map(Input::Mouse),
        _ => None,
    }
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Click(event.column, event.row)),
        MouseEventKind::ScrollDown => Some(Mouse::WheelDown),
        MouseEventKind::ScrollUp => Some(Mouse::WheelUp),
        _ => None,
    }
}

fn wait(control: &PipeReader, limit: Option<Duration>) -> Wake {
    let stdin = rustix::stdio::stdin();
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    loop {
        let mut fds = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(control, PollFlags::IN),
        ];
        match poll(&mut fds, limit.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return Wake::Gone,
            Ok(0) => return Wake::Quiet,
            Ok(_) if !fds[1].revents().is_empty() => return Wake::Control,
            Ok(_) if is_gone(fds[0].revents()) => return Wake::Gone,

            Ok(_) => return Wake::Keys,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn shift_is_not_said_twice() {
        let shift = KeyModifiers::SHIFT;
        let none = KeyModifiers::NONE;
        let says = |code| normalise(key(code, shift));
        assert_eq!(says(KeyCode::Char('G')), key(KeyCode::Char('G'), none));
        assert_eq!(says(KeyCode::BackTab), key(KeyCode::BackTab, none));
        assert_eq!(says(KeyCode::Up), key(KeyCode::Up, shift));
        assert_eq!(
            normalise(key(KeyCode::Char('D'), KeyModifiers::CONTROL | shift)),
            key(KeyCode::Char('d'), KeyModifiers::CONTROL)
        );
    }

    #[test]
    fn repeats_are_presses_and_releases_are_nothing() {
        let mut event = key(KeyCode::Char('j'), KeyModifiers::NONE);
        let pressed = Some(Input::Key(event));
        event.kind = KeyEventKind::Repeat;
        assert_eq!(keep(Event::Key(event)), pressed);
        event.kind = KeyEventKind::Release;
        assert_eq!(keep(Event::Key(event)), None);
        assert_eq!(keep(Event::Resize(1, 1)), None);
    }

    #[test]
    fn signals_say_what_they_ask_for() {
        assert_eq!(translate(SIGQUIT), Some(Input::Signal(Signal::Terminate)));
        assert_eq!(translate(SIGHUP), Some(Input::Signal(Signal::HangUp)));
        assert_eq!(translate(SIGCONT), Some(Input::Signal(Signal::Continue)));
        assert!(matches!(translate(SIGWINCH), Some(Input::Resize(_, _))));
        assert_eq!(translate(signal_hook::consts::SIGUSR1), None);
    }
}
