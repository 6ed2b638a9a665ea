//! Mail servers for a test: a real one (aiosmtpd, as Debian has it) with TLS and sign-in, and one that breaks off where a
//! test wants it to.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use serde_json::Value;
use tempfile::TempDir;

use crate::dovecot::{PASSWORD, Proof, certify};
use crate::world::{data, text};

/// A real server. Stopped when dropped.
pub(crate) struct MailServer {
    folder: TempDir,
    process: Child,
    /// For connections that are encrypted from the first byte on.
    pub(crate) port: u16,
    /// For those that are encrypted with STARTTLS.
    pub(crate) plain_port: u16,
}

/// The Python that Debian's packages are for.
fn python() -> Option<&'static str> {
    const PYTHON: &str = "/usr/bin/python3";
    let knows = Command::new(PYTHON)
        .args(["-c", "import aiosmtpd"])
        .stderr(Stdio::null())
        .status();
    knows.is_ok_and(|status| status.success()).then_some(PYTHON)
}

impl MailServer {
    /// A server, or `None` and a word on standard error where there is no aiosmtpd.
    pub(crate) fn start(proof: Proof) -> Option<Self> {
        let Some(python) = python() else {
            let line = "SKIPPED: no aiosmtpd here, SMTP is not tested (apt-get install python3-aiosmtpd)\n";
            // Past the test harness, which keeps what a passing test prints.
            io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let folder = tempfile::Builder::new()
            .prefix("indsigt-smtpd-")
            .tempdir()
            .unwrap();
        certify(folder.path(), proof);
        let mut process = Command::new(python)
            .arg(data("smtpd.py"))
            .arg(folder.path())
            .arg(PASSWORD)
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.path().join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let ports: Vec<u16> = line
            .split_whitespace()
            .map(|port| port.parse().unwrap())
            .collect();
        let [plain_port, port] = ports[..] else {
            let log = fs::read_to_string(folder.path().join("stderr"));
            panic!("the server does not start: {log:?}")
        };
        Some(Self {
            folder,
            process,
            port,
            plain_port,
        })
    }

    /// The certificate by which it is known.
    pub(crate) fn certificate(&self) -> String {
        text(&self.folder.path().join("ca.pem"))
    }

    /// The mails it has taken, each with its envelope.
    pub(crate) fn taken(&self) -> Vec<(String, Value)> {
        let read = |name: String| fs::read_to_string(self.folder.path().join(name));
        (1..)
            .map_while(|n| {
                let mail = read(format!("{n}.eml")).ok()?;
                let envelope = read(format!("{n}.json")).ok()?;
                Some((mail, serde_json::from_str(&envelope).unwrap()))
            })
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Where a server breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// It closes the connection before it says anything.
    AtOnce,
    /// It knows no encryption.
    Unencrypted,
    /// It says more than it was asked before the encryption begins.
    Injecting,
    /// It closes the connection when it was told DATA.
    BeforeData,
    /// It takes the mail and closes the connection.
    AfterData,
    /// It takes the mail and says nothing more.
    Silent,
    /// It takes the mail and says no.
    Refusing,
}

/// Runs a server that breaks off in the clear, as no encrypted dialogue comes about; gives its port.
pub(crate) fn broken(breaks: Breaks) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        // Whoever does not like what it hears goes away; that ends it, too.
        drop(talk_in_the_clear(&stream, breaks));
    });
    (port, served)
}

fn talk_in_the_clear(mut stream: &TcpStream, breaks: Breaks) -> io::Result<()> {
    if breaks == Breaks::AtOnce {
        return Ok(());
    }
    stream.write_all(b"220 test\r\n")?;
    for line in BufReader::new(stream).lines() {
        let line = line?;
        let answer: &[u8] = match line.get(..4).unwrap_or_default() {
            "EHLO" if breaks == Breaks::Injecting => b"250-test\r\n250 STARTTLS\r\n",
            "EHLO" => b"250-test\r\n250 AUTH PLAIN LOGIN\r\n",
            "STAR" => b"220 go on\r\n250 and more\r\n",
            _ => b"250 OK\r\n",
        };
        stream.write_all(answer)?;
    }
    Ok(())
}

/// A Python script for a server with TLS that breaks off: `rustls` as a server would be one more dependency.
pub(crate) struct BreakingServer {
    process: Child,
    /// For connections that are encrypted from the first byte on.
    pub(crate) port: u16,
    folder: TempDir,
}

impl BreakingServer {
    /// A server, or `None` where there is no Python.
    pub(crate) fn start(breaks: Breaks) -> Option<Self> {
        let python = python()?;
        let folder = tempfile::tempdir().unwrap();
        certify(folder.path(), Proof::ByRoot);
        let mut process = Command::new(python)
            .arg(data("smtpd_breaking.py"))
            .arg(folder.path())
            .arg(format!("{breaks:?}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        Some(Self {
            process,
            port: line.trim().parse().unwrap(),
            folder,
        })
    }

    /// The certificate by which it is known.
    pub(crate) fn certificate(&self) -> String {
        text(&self.folder.path().join("ca.pem"))
    }
}

impl Drop for BreakingServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// What Python's own mail reader makes of a mail: sender, recipient, subject, text, and the headers that thread it.
pub(crate) fn read_by_python(folder: &Path, mail: &str) -> Option<Value> {
    let python = python()?;
    let path = folder.join("read.eml");
    fs::write(&path, mail).unwrap();
    let script = "import sys, json, email, email.policy\n\
        m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n\
        print(json.dumps({'defects': [str(d) for d in m.defects], 'headers': [[k, str(v)] for k, v in m.items()],\n\
        'text': m.get_content(), 'type': m.get_content_type()}))\n";
    let output = Command::new(python)
        .args(["-c", script])
        .arg(&path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
