//! A program in a real pseudo-terminal, and a terminal emulator that looks at what it draws.
//!
//! Tests wait for conditions, never for time: [`Pty::wait_for`] returns as soon as the screen shows
//! what is asked for, and after a generous deadline fails with the screen in the message. The
//! program's environment is empty except for what the test gives it.
//!
//! Only for what needs a terminal: what the program does when it starts and ends, signals, sizes,
//! bursts, a dropped line. Everything else is faster and clearer on ratatui's `TestBackend`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, tcflush, tcgetattr, tcsetattr,
};

/// How long a condition may take to come true on a slow, busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// Processor time in `/proc` is counted in hundredths of a second on every common architecture.
const TICK: Duration = Duration::from_millis(10);

/// A program running in a pseudo-terminal. Dropping it kills the program.
pub(crate) struct Pty {
    seen: Arc<Seen>,
    /// `None` after [`Pty::close`].
    line: Option<Line>,
    pid: Pid,
}

/// A line that is slow: the one thing besides [`Pty::watch`] for which time passes here.
#[derive(Clone, Copy)]
pub(crate) struct Slow {
    /// What reaches the screen.
    pub(crate) bytes_per_second: usize,
    /// How long a key is under way.
    pub(crate) delay: Duration,
    /// The speed in bit/s that the program is told, as by ssh within a serial terminal.
    pub(crate) told: Option<u32>,
}

/// This end of the terminal line.
struct Line {
    master: Box<dyn MasterPty + Send>,
    /// The program's end of the line, to be opened for looking at its settings.
    tty: PathBuf,
    keys: Sender<(Instant, Vec<u8>)>,
    reader: JoinHandle<()>,
    writer: JoinHandle<()>,
}

/// What the threads report, and the bell that rings when there is something new.
struct Seen {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser,
    raw: Vec<u8>,
    closing: bool,
    exit: Option<ExitStatus>,
}

impl Pty {
    /// Starts `program`, for ours `env!("CARGO_BIN_EXE_indsigt")`, as the leader of a session of its
    /// own in a terminal of `size` columns and rows. `envs` is its whole environment; give `HOME`,
    /// `TERM` and `LANG`.
    pub(crate) fn spawn(
        program: impl AsRef<OsStr>,
        args: &[&str],
        envs: &[(&str, &str)],
        size: (u16, u16),
    ) -> Self {
        Self::spawn_over(program, args, envs, size, None)
    }

    /// The same over a slow line, or a quick one with `None`.
    pub(crate) fn spawn_over(
        program: impl AsRef<OsStr>,
        args: &[&str],
        envs: &[(&str, &str)],
        size: (u16, u16),
        slow: Option<Slow>,
    ) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        if let Some(Slow {
            told: Some(told), ..
        }) = slow
        {
            let tty = open_tty(&pair.master.tty_name().unwrap());
            let mut settings = tcgetattr(&tty).unwrap();
            settings.set_speed(told).unwrap();
            tcsetattr(&tty, OptionalActions::Now, &settings).unwrap();
        }
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        for (name, value) in envs {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // Ours, or the line would never be seen to close.
        drop(pair.slave);
        let pid = i32::try_from(child.process_id().unwrap()).unwrap();

        let seen = Arc::new(Seen {
            state: Mutex::new(State {
                parser: vt100::Parser::new(size.1, size.0, 0),
                raw: Vec::new(),
                closing: false,
                exit: None,
            }),
            changed: Condvar::new(),
        });
        let (keys, queue) = channel();
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let line = Line {
            tty: pair.master.tty_name().unwrap(),
            master: pair.master,
            keys,
            reader: spawn_with(&seen, move |seen| read_line(reader, seen, slow)),
            // A thread, as writing waits when the program does not read: the test should fail on its
            // deadline then, not hang.
            writer: thread::spawn(move || write_line(writer, &queue, slow)),
        };
        spawn_with(&seen, move |seen| reap(child, seen));
        Self {
            seen,
            line: Some(line),
            pid: Pid::from_raw(pid).unwrap(),
        }
    }

    /// Waits until the screen is as `condition` says; `what` it is waiting for is told on failure.
    #[track_caller]
    pub(crate) fn wait_for(&self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        self.wait_until(what, |state| condition(state.parser.screen()));
    }

    /// Waits until `text` is somewhere on the screen.
    #[track_caller]
    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits for the program to end.
    #[track_caller]
    pub(crate) fn wait_exit(&self) -> ExitStatus {
        self.wait_exit_within(DEADLINE)
    }

    /// Waits for the program to end, for tests in which the time is the point.
    #[track_caller]
    pub(crate) fn wait_exit_within(&self, limit: Duration) -> ExitStatus {
        self.wait_within(limit, "the end of the program", |state| {
            state.exit.is_some()
        });
        self.state().exit.clone().unwrap()
    }

    /// Types `keys`: text and escape sequences as a terminal would send them.
    pub(crate) fn send(&self, keys: impl AsRef<[u8]>) {
        let line = self.line.as_ref().expect("the line is open");
        let keys = (Instant::now(), keys.as_ref().to_vec());
        line.keys.send(keys).unwrap();
    }

    /// Changes the size of the terminal to `size` columns and rows.
    pub(crate) fn resize(&self, size: (u16, u16)) {
        let line = self.line.as_ref().expect("the line is open");
        self.state().parser.screen_mut().set_size(size.1, size.0);
        line.master.resize(pty_size(size)).unwrap();
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        assert!(self.state().exit.is_none(), "the program has ended");
        kill_process(self.pid, signal).unwrap();
    }

    /// The text on the screen.
    pub(crate) fn screen(&self) -> String {
        self.state().parser.screen().contents()
    }

    /// The screen as it is now.
    pub(crate) fn parsed(&self) -> vt100::Screen {
        self.state().parser.screen().clone()
    }

    /// A point in the program's output, for [`Pty::raw_bytes_since`].
    pub(crate) fn mark(&self) -> usize {
        self.state().raw.len()
    }

    /// What the program has written since `mark`, byte by byte.
    pub(crate) fn raw_bytes_since(&self, mark: usize) -> Vec<u8> {
        self.state().raw[mark..].to_vec()
    }

    /// Waits until the program has written `text`, escape sequences included, after `mark`.
    #[track_caller]
    pub(crate) fn wait_for_bytes(&self, mark: usize, text: &str) {
        self.wait_until(&format!("{text:?}"), |state| {
            let raw = &state.raw[mark..];
            raw.windows(text.len())
                .any(|bytes| bytes == text.as_bytes())
        });
    }

    /// Watches for `time` and returns what the program wrote meanwhile. The one place where time
    /// passes for its own sake: that nothing happens can be seen in no other way.
    pub(crate) fn watch(&self, time: Duration) -> Vec<u8> {
        let mark = self.mark();
        thread::sleep(time);
        self.raw_bytes_since(mark)
    }

    /// Drops the line, as when the SSH connection breaks: the terminal hangs up.
    pub(crate) fn close(&mut self) {
        let Some(line) = self.line.take() else { return };
        // The line hangs up when the last descriptor of this end is closed, and both threads have
        // one. The reader sits in `read`: a byte from the other end brings it back.
        self.state().closing = true;
        let mut tty = open_tty(&line.tty);
        tty.write_all(b"\0").ok();
        line.reader.join().unwrap();
        // portable-pty's writer says goodbye with a line end and the end-of-file character, which
        // a dropped line does not. Without such a character it does not either.
        if let Ok(mut settings) = tcgetattr(&tty) {
            settings.special_codes[SpecialCodeIndex::VEOF] = 0;
            tcsetattr(&tty, OptionalActions::Now, &settings).ok();
        }
        // Keys that nobody read would keep the writer waiting.
        tcflush(&tty, QueueSelector::IFlush).ok();
        drop(line.keys);
        line.writer.join().unwrap();
        drop(line.master);
    }

    /// Whether the terminal is as a shell wants it: lines are edited and echoed by the kernel, the
    /// normal screen is shown, the cursor is there, pastes are plain.
    pub(crate) fn is_restored(&self) -> bool {
        self.is_cooked() && shows_shell(self.state().parser.screen())
    }

    /// Waits until the terminal is as a shell wants it.
    #[track_caller]
    pub(crate) fn wait_restored(&self) {
        // The settings of the line change without a byte being written, so no bell rings.
        let started = Instant::now();
        while !self.is_restored() {
            assert!(
                started.elapsed() < DEADLINE,
                "not restored: cooked {}, screen\n{}",
                self.is_cooked(),
                describe(&self.state())
            );
            self.rest();
        }
    }

    /// Waits until the program has the keys to itself (raw mode). It takes the terminal twice when it is continued, and
    /// lets go of it for a moment in between.
    #[track_caller]
    pub(crate) fn wait_raw(&self) {
        let started = Instant::now();
        while self.is_cooked() {
            assert!(started.elapsed() < DEADLINE, "still not in raw mode");
            self.rest();
        }
    }

    /// Whether the kernel edits and echoes lines (the opposite of raw mode).
    pub(crate) fn is_cooked(&self) -> bool {
        let line = self.line.as_ref().expect("the line is open");
        let modes = tcgetattr(open_tty(&line.tty)).unwrap().local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// The state of the process: `S` sleeping, `R` running, `T` stopped, `Z` ended.
    pub(crate) fn process_state(&self) -> char {
        self.stat()[0].chars().next().unwrap()
    }

    /// Waits until the process is in `state`.
    #[track_caller]
    pub(crate) fn wait_process_state(&self, state: char) {
        let started = Instant::now();
        while self.process_state() != state {
            assert!(
                started.elapsed() < DEADLINE,
                "the process is {:?}, not {state:?}",
                self.process_state()
            );
            self.rest();
        }
    }

    /// The processor time that the process has used so far.
    pub(crate) fn cpu_time(&self) -> Duration {
        let stat = self.stat();
        let ticks = |field: usize| stat[field].parse::<u32>().unwrap();
        TICK * (ticks(11) + ticks(12))
    }

    /// `/proc/<pid>/stat` from the third field on: the second, the name, may contain anything.
    fn stat(&self) -> Vec<String> {
        let path = format!("/proc/{}/stat", self.pid.as_raw_nonzero());
        let stat = fs::read_to_string(path).expect("the process is there");
        let (_, fields) = stat.rsplit_once(')').unwrap();
        fields.split_whitespace().map(str::to_owned).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.seen.state()
    }

    /// Waits for news or a moment, where the thing waited for rings no bell.
    fn rest(&self) {
        drop(
            self.seen
                .changed
                .wait_timeout(self.state(), Duration::from_millis(5)),
        );
    }

    #[track_caller]
    fn wait_until(&self, what: &str, condition: impl Fn(&State) -> bool) {
        self.wait_within(DEADLINE, what, condition);
    }

    #[track_caller]
    fn wait_within(&self, limit: Duration, what: &str, condition: impl Fn(&State) -> bool) {
        let (state, waited) = self
            .seen
            .changed
            .wait_timeout_while(self.state(), limit, |state| !condition(state))
            .unwrap_or_else(PoisonError::into_inner);
        // Let go first: a lock held while panicking would take the clean-up along.
        let shown = waited.timed_out().then(|| describe(&state));
        drop(state);
        if let Some(shown) = shown {
            panic!("waited {limit:?} for {what}\n{shown}");
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.state().exit.is_none() {
            kill_process(self.pid, Signal::KILL).ok();
        }
        self.close();
    }
}

impl Seen {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the screen is in the state a shell expects; see [`Pty::is_restored`].
pub(crate) fn shows_shell(screen: &vt100::Screen) -> bool {
    !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
}

fn describe(state: &State) -> String {
    let screen = state.parser.screen();
    let tail = state.raw.len().saturating_sub(300);
    format!(
        "--- screen (alternate {}, cursor hidden {}, paste {}, exit {:?})\n{}\n--- last bytes of {}\n{:?}",
        screen.alternate_screen(),
        screen.hide_cursor(),
        screen.bracketed_paste(),
        state.exit,
        screen.contents(),
        state.raw.len(),
        String::from_utf8_lossy(&state.raw[tail..]),
    )
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// Opens the program's end of the line without making it the terminal of the tests.
fn open_tty(path: &PathBuf) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(OFlags::NOCTTY.bits().cast_signed())
        .open(path)
        .unwrap()
}

fn spawn_with(seen: &Arc<Seen>, run: impl FnOnce(&Seen) + Send + 'static) -> JoinHandle<()> {
    let seen = Arc::clone(seen);
    thread::spawn(move || run(&seen))
}

fn read_line(mut reader: Box<dyn Read + Send>, seen: &Seen, slow: Option<Slow>) {
    let mut bytes = [0; 4096];
    // A tenth of a second at a time.
    let at_once = slow.map_or(bytes.len(), |slow| slow.bytes_per_second / 10);
    while let Ok(count @ 1..) = reader.read(&mut bytes[..at_once]) {
        let mut state = seen.state();
        if state.closing {
            break;
        }
        state.parser.process(&bytes[..count]);
        state.raw.extend_from_slice(&bytes[..count]);
        drop(state);
        seen.changed.notify_all();
        if let Some(slow) = slow {
            let bytes = u32::try_from(count).unwrap();
            let speed = u32::try_from(slow.bytes_per_second).unwrap();
            thread::sleep(Duration::from_secs(1) * bytes / speed);
        }
    }
}

fn write_line(
    mut writer: Box<dyn Write + Send>,
    queue: &Receiver<(Instant, Vec<u8>)>,
    slow: Option<Slow>,
) {
    for (typed, keys) in queue {
        if let Some(slow) = slow {
            let arrives = typed + slow.delay;
            thread::sleep(arrives.saturating_duration_since(Instant::now()));
        }
        if writer.write_all(&keys).is_err() {
            break;
        }
    }
}

fn reap(mut child: Box<dyn Child + Send + Sync>, seen: &Seen) {
    let exit = child.wait().unwrap();
    seen.state().exit = Some(exit);
    seen.changed.notify_all();
}
