//! Through a real `sshd` on loopback: the program in the terminal that ssh makes for it, and what becomes of it when the
//! connection is cut on either side. Without `sshd` it says so and passes; `.ci/run` installs it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(
    clippy::print_stdout,
    reason = "why it was left out, and what sshd says"
)]

use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process};
use tempfile::TempDir;

use crate::pty::{Demo, ENVIRONMENT, GONE_WITHIN, PROGRAM, SIZE, TODAY, command, store_in};
use crate::pty_drafts::texts;
use crate::pty_harness::Pty;

const SSHD: &str = "/usr/sbin/sshd";

/// A running server for one user and one key. Stopped when dropped.
struct Sshd {
    folder: TempDir,
    process: Child,
    port: u16,
}

impl Drop for Sshd {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Sshd {
    /// A server, or `None` where there is no ssh to test with.
    fn start() -> Option<Self> {
        let tools = [SSHD, "/usr/bin/ssh", "/usr/bin/ssh-keygen"];
        if let Some(missing) = tools.iter().find(|tool| !Path::new(tool).exists()) {
            println!("not tested over ssh: there is no {missing}");
            return None;
        }
        if geteuid().is_root() {
            // Where sshd puts those who have not signed in yet; a start script makes it.
            fs::create_dir_all("/run/sshd").unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        for key in ["host", "user"] {
            let made = Command::new("/usr/bin/ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-f", &at(key)])
                .status();
            assert!(made.unwrap().success());
        }
        fs::copy(at("user.pub"), at("authorized")).unwrap();
        fs::set_permissions(at("authorized"), Permissions::from_mode(0o600)).unwrap();
        // Whoever takes it in between makes the server say so, and the test with it.
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nUsePAM no\n\
             StrictModes no\nPermitRootLogin prohibit-password\nPasswordAuthentication no\nPrintMotd no\n\
             PrintLastLog no\nLogLevel VERBOSE\n",
            at("host"),
            at("authorized")
        );
        fs::write(at("config"), settings).unwrap();
        let mut process = Command::new(SSHD)
            .args(["-D", "-e", "-f", &at("config")])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(process.stderr.take().unwrap()).lines();
        let listens = told.by_ref().map_while(Result::ok);
        let listens = listens.inspect(|line| println!("{line}"));
        assert!(
            listens
                .into_iter()
                .any(|line| line.contains("Server listening")),
            "sshd does not start"
        );
        // Read on, or it would wait for somebody to.
        thread::spawn(move || {
            for line in told.map_while(Result::ok) {
                println!("{line}");
            }
        });
        Some(Self {
            folder,
            process,
            port,
        })
    }

    /// `ssh -tt … indsigt` on a new store with the invented cases, ready for keys.
    fn demo(&self) -> Demo {
        let home = tempfile::tempdir().unwrap();
        let store = store_in(home.path());
        let store = store.to_str().unwrap();
        let filled = command(home.path(), &["demo", "--fill", store], "");
        assert!(filled.status.success(), "{filled:?}");
        let home_path = home.path().to_str().unwrap();
        let line = format!(
            "exec env HOME={home_path} LANG=en_GB.UTF-8 {PROGRAM} --store {store} --today {TODAY}"
        );
        let key = self.folder.path().join("user");
        let port = self.port.to_string();
        let mut args = vec![
            "-tt",
            "-F",
            "none",
            "-i",
            key.to_str().unwrap(),
            "-p",
            &port,
        ];
        for option in [
            "BatchMode=yes",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "IdentitiesOnly=yes",
            "LogLevel=ERROR",
        ] {
            args.extend(["-o", option]);
        }
        args.extend(["127.0.0.1", &line]);
        let mut environment = ENVIRONMENT.to_vec();
        environment.push(("HOME", home_path));
        let pty = Pty::spawn("/usr/bin/ssh", &args, &environment, SIZE);
        let demo = Demo::around(home, pty);
        demo.wait_ready();
        demo
    }

    /// The processes of this server above the program: those that hold the connection.
    fn sessions(&self, program: Pid) -> Vec<Pid> {
        let server = i32::try_from(self.process.id()).unwrap();
        let mut found = Vec::new();
        let mut process = parent(program);
        while process.as_raw_nonzero().get() != server {
            found.push(process);
            process = parent(process);
        }
        assert!(!found.is_empty());
        found
    }
}

fn proc(pid: Pid, file: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{}/{file}", pid.as_raw_nonzero()))
}

/// State and parent, from the fields behind the name.
fn stat(pid: Pid) -> Option<(char, i32)> {
    let stat = fs::read_to_string(proc(pid, "stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace();
    let state = fields.next()?.chars().next()?;
    Some((state, fields.next()?.parse().ok()?))
}

fn parent(pid: Pid) -> Pid {
    let (_, parent) = stat(pid).expect("the process is there");
    Pid::from_raw(parent).expect("a parent")
}

/// The program on this store, behind ssh.
fn program_on(store: &Path) -> Pid {
    let all = fs::read_dir("/proc").unwrap().flatten();
    let mut pids = all.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?));
    let is_it = |pid: &Pid| {
        let words = fs::read(proc(*pid, "cmdline")).unwrap_or_default();
        let mut words = words.split(|byte| *byte == 0);
        words.next() == Some(PROGRAM.as_bytes())
            && words.any(|word| word == store.as_os_str().as_encoded_bytes())
    };
    pids.find(is_it).expect("the program runs")
}

/// Waits until the program has ended; one that nobody has collected yet has ended too.
#[track_caller]
fn wait_gone(demo: &Demo, program: Pid) {
    let cut = Instant::now();
    while stat(program).is_some_and(|(state, _)| state != 'Z') {
        assert!(cut.elapsed() < GONE_WITHIN, "it runs on");
        demo.watch(Duration::from_millis(10));
    }
    println!("gone after {:?}", cut.elapsed());
}

/// Types half a note, has the connection cut, and looks at what is left.
fn cut(sshd: &Sshd, cut: impl FnOnce(&Demo, Pid)) {
    let demo = sshd.demo();
    demo.work(&[
        ("2", "R-2026-0025"),
        ("o", "Note – R-2026-0013"),
        ("halvt færdig på", "halvt færdig på"),
    ]);
    let program = program_on(&demo.store());
    cut(&demo, program);
    wait_gone(&demo, program);
    assert_eq!(texts(&demo), ["halvt færdig på"]);
    // Nothing holds the store: a command that does not wait at all may write.
    let config = demo.store().with_file_name("config.toml");
    fs::write(&config, "wait_seconds = 0\n").unwrap();
    let config = config.to_str().unwrap();
    let added = demo.run(&["--config", config, "note", "R-2026-0013", "bagefter"], "");
    assert!(added.status.success(), "{added:?}");
}

#[test]
fn over_ssh_keys_are_heard_and_the_clipboard_is_the_one_at_home() {
    let Some(sshd) = Sshd::start() else { return };
    let demo = sshd.demo();
    demo.work(&[
        ("2", "R-2026-0025"),
        ("o", "Note – R-2026-0013"),
        ("over linjen: æøå", "linjen: æøå"),
        ("\x13", "R-2026-0013: note added"),
    ]);
    let mark = demo.mark();
    demo.work(&[("y", "pernille@skovgaard.example")]);
    demo.send("\r");
    demo.wait_for_bytes(mark, "\x1b]52;c;");
    demo.resize((120, 40));
    demo.wait_for("the larger screen", |screen| {
        screen.contents().contains('│')
    });
    demo.send("q");
    assert!(demo.wait_exit().success());
    demo.wait_restored();
    let shown = demo.json(&["show", "R-2026-0013"]);
    let notes = shown["notes"].as_array().unwrap();
    assert_eq!(notes.last().unwrap()["text"], "over linjen: æøå");
}

#[test]
fn a_cut_at_this_end_of_the_connection_loses_nothing_and_leaves_nothing() {
    let Some(sshd) = Sshd::start() else { return };
    cut(&sshd, |demo, _| demo.signal(Signal::KILL));
}

#[test]
fn a_cut_at_the_other_end_of_the_connection_loses_nothing_and_leaves_nothing() {
    let Some(sshd) = Sshd::start() else { return };
    cut(&sshd, |_, program| {
        for session in sshd.sessions(program) {
            kill_process(session, Signal::KILL).unwrap();
        }
    });
}
