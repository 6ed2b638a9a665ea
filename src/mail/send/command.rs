//! A command that takes mails, such as `sendmail -t -i`, `msmtp -t` or `ssh server sendmail -t`.

use std::io::{Read, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::{Fault, Outbound, told};

/// "Later", by `sysexits.h`.
const TEMPFAIL: i32 = 75;
/// What a shell adds to the number of the signal that ended its command.
const SIGNALLED: i32 = 128;
/// Bytes of standard error that are read.
const COMPLAINT: u64 = 64 * 1024;
/// How long the pipes of a command that has ended are waited for: a child of its own may keep them open.
const AFTERWARDS: Duration = Duration::from_millis(500);

/// Runs the command with the mail on its standard input; 0 means that it has taken it.
pub(super) fn hand_over(words: &[String], mail: &Outbound, limit: Duration) -> Result<(), Fault> {
    let not_started = |why: &str| Fault::NotStarted(told(why));
    let Some((program, arguments)) = words.split_first() else {
        return Err(not_started("–"));
    };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        // What is begun is finished, also when the owner interrupts this program meanwhile.
        .process_group(0)
        .spawn()
        .map_err(|error| not_started(&error.to_string()))?;
    let group = Pid::from_child(&child);
    let written = feed(&mut child, mail);
    let complaint = listen(&mut child);
    let status = match ended(child).recv_timeout(limit) {
        Ok(status) => status.map_err(|error| Fault::Broken(told(&error.to_string())))?,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            // Whatever it was at, it is at it no longer; if it is gone by now, so much the better.
            kill_process_group(group, Signal::KILL).unwrap_or_default();
            return Err(Fault::Overdue);
        }
    };
    judge(status, &complaint).and_then(|()| match written.recv_timeout(AFTERWARDS) {
        Ok(true) => Ok(()),
        _ => Err(Fault::Broken(told(&status.to_string()))),
    })
}

/// What the end of the command means; `complaint` is asked where there is something to tell.
fn judge(status: ExitStatus, complaint: &Receiver<Vec<u8>>) -> Result<(), Fault> {
    if status.success() {
        return Ok(());
    }
    let said = complaint.recv_timeout(AFTERWARDS).unwrap_or_default();
    let said = told(String::from_utf8_lossy(&said).trim());
    let ended = told(&status.to_string());
    let why = if said.is_empty() {
        ended
    } else {
        format!("{said} ({ended})")
    };
    let broken = match status.code() {
        None => true,
        Some(code) => code == TEMPFAIL || code > SIGNALLED && status.signal().is_none(),
    };
    Err(if broken {
        Fault::Broken(why)
    } else if status.code() == Some(127) || status.code() == Some(126) {
        // The shell's words for "not found" and "cannot be run".
        Fault::NotStarted(why)
    } else {
        Fault::Failed(why)
    })
}

/// Writes the mail with the line ends of this machine, as such commands expect it; tells whether all of it was taken.
fn feed(child: &mut Child, mail: &Outbound) -> Receiver<bool> {
    let (tell, told) = mpsc::channel();
    let pipe = child.stdin.take();
    let bytes = unix_lines(&mail.bytes);
    thread::spawn(move || {
        let written = pipe.is_some_and(|mut pipe| pipe.write_all(&bytes).is_ok());
        // Nobody asks when the command had failed anyway.
        tell.send(written).unwrap_or_default();
    });
    told
}

fn unix_lines(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            lines.push(*byte);
        }
    }
    lines
}

fn listen(child: &mut Child) -> Receiver<Vec<u8>> {
    let (tell, told) = mpsc::channel();
    let pipe = child.stderr.take();
    thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut pipe) = pipe {
            drop(pipe.by_ref().take(COMPLAINT).read_to_end(&mut said));
            drop(tell.send(said));
            // Whoever is not read to the end is stopped by a full pipe.
            drop(std::io::copy(&mut pipe, &mut std::io::sink()));
        }
    });
    told
}

fn ended(mut child: Child) -> Receiver<std::io::Result<ExitStatus>> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || drop(tell.send(child.wait())));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str) -> Result<(), Fault> {
        let words = ["sh", "-c", script].map(str::to_owned);
        let mail = Outbound {
            from: "a@example.dk".to_owned(),
            to: "b@example.dk".to_owned(),
            bytes: b"To: b@example.dk\r\n\r\nHej\r\n".to_vec(),
        };
        hand_over(&words, &mail, Duration::from_secs(20))
    }

    #[test]
    fn what_the_end_of_a_command_means() {
        assert_eq!(run("cat >/dev/null"), Ok(()));
        assert_eq!(
            run("cat >/dev/null; printf 'no \\033route' >&2; exit 69"),
            Err(Fault::Failed("no route (exit status: 69)".to_owned()))
        );
        for (script, certain) in [
            ("exit 1", true),
            ("cat >/dev/null; exit 75", false),
            ("kill -9 $$", false),
            ("exit 137", false),
            ("/nowhere/sendmail -t", true),
        ] {
            assert_eq!(run(script).unwrap_err().is_certain(), certain, "{script}");
        }
        // Nobody read the mail: a yes to that is none.
        let words = ["sh", "-c", "exec <&-; exit 0"].map(str::to_owned);
        let mail = Outbound {
            from: String::new(),
            to: String::new(),
            bytes: vec![b'a'; 1024 * 1024],
        };
        let ended = hand_over(&words, &mail, Duration::from_secs(20));
        assert!(matches!(ended, Err(Fault::Broken(_))), "{ended:?}");
        let missing = hand_over(&["/nowhere".to_owned()], &mail, Duration::from_secs(1));
        assert!(matches!(missing, Err(Fault::NotStarted(_))), "{missing:?}");
    }

    #[test]
    fn a_command_that_never_ends_is_ended() {
        let words = ["sh", "-c", "cat >/dev/null; exec tail -f /dev/null"].map(str::to_owned);
        let mail = Outbound {
            from: String::new(),
            to: String::new(),
            bytes: b"Hej\r\n".to_vec(),
        };
        let ended = hand_over(&words, &mail, Duration::from_millis(300));
        assert_eq!(ended, Err(Fault::Overdue));
    }

    #[test]
    fn lines_end_as_on_this_machine() {
        assert_eq!(unix_lines(b"a\r\nb\rc\r\n"), b"a\nb\rc\n");
    }
}
