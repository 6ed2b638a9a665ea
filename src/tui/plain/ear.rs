//! What is said to the program line by line: lines of standard input when they are asked for, and signals at any time.
//!
//! A line is only read when it is wanted, so that an editor that is started in between has the terminal to itself. Reading
//! sits in a thread of its own: a signal is heard while it waits.

use std::io::{self, BufRead, IsTerminal, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use encoding_rs::WINDOWS_1252;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

/// The longest line that is taken, in bytes; what is beyond is left out.
const LINE_BYTES: u64 = 1_000_000;

/// Something that was heard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A line, as it was typed, without its end.
    Line(String),
    /// `Ctrl-c`: out of what is being asked.
    Interrupt,
    /// The end: of the input, of the line (SIGHUP), or of the patience of whoever started the program.
    End,
}

/// Listens.
#[derive(Debug)]
pub(super) struct Ear {
    wishes: Sender<()>,
    news: Receiver<Heard>,
    /// Whether the thread reads already, for a question that was left.
    reading: bool,
    signals: Handle,
    /// Whether somebody sits there: then lines are echoed, and an editor can be started.
    pub(super) is_terminal: bool,
}

impl Ear {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system has no more threads or signal handlers to give.
    pub(super) fn new() -> io::Result<Self> {
        let (news_to, news) = channel();
        let mut signals = Signals::new([SIGTERM, SIGQUIT, SIGHUP, SIGINT])?;
        let handle = signals.handle();
        let outlet = news_to.clone();
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                for signal in signals.forever() {
                    let heard = if signal == SIGINT {
                        Heard::Interrupt
                    } else {
                        Heard::End
                    };
                    if outlet.send(heard).is_err() {
                        return;
                    }
                }
            })?;
        let (wishes, asked) = channel::<()>();
        thread::Builder::new()
            .name("lines".into())
            .spawn(move || {
                for () in asked {
                    if news_to.send(line()).is_err() {
                        return;
                    }
                }
            })
            .inspect_err(|_| handle.close())?;
        Ok(Self {
            wishes,
            news,
            reading: false,
            signals: handle,
            is_terminal: io::stdin().is_terminal(),
        })
    }

    /// Waits for the next thing that is said.
    pub(super) fn next(&mut self) -> Heard {
        if !self.reading {
            self.reading = self.wishes.send(()).is_ok();
        }
        let heard = self.news.recv().unwrap_or(Heard::End);
        if matches!(heard, Heard::Line(_)) {
            self.reading = false;
        }
        heard
    }

    /// Whether the end was said meanwhile.
    pub(super) fn forget_interrupts(&mut self) -> bool {
        self.news.try_iter().any(|heard| heard == Heard::End)
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.signals.close();
    }
}

/// The next line of standard input; an error is its end, as is a terminal that hung up.
fn line() -> Heard {
    let mut stdin = io::stdin().lock();
    let mut bytes = Vec::new();
    match stdin
        .by_ref()
        .take(LINE_BYTES)
        .read_until(b'\n', &mut bytes)
    {
        Ok(0) | Err(_) => return Heard::End,
        Ok(_) => {}
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() as u64 == LINE_BYTES && stdin.skip_until(b'\n').is_err() {
        return Heard::End;
    }
    Heard::Line(decoded(bytes))
}

/// What was typed on a terminal that knows no UTF-8 is Latin-1, as Windows has it.
fn decoded(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(error.as_bytes());
        text.into_owned()
    })
}
