//! A real IMAP server for a test: Dovecot on loopback ports of its own, with certificates made for it, in a folder that
//! goes with it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::world::text;

/// The password that every user has.
pub(crate) const PASSWORD: &str = "hemmelig æøå";

/// How the server proves who it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// A certificate for `localhost` by a root of its own.
    ByRoot,
    /// A certificate that vouches for itself and names nobody, as `openssl req -x509` makes it.
    Alone,
}

/// A running server. Stopped when dropped.
pub(crate) struct Dovecot {
    folder: TempDir,
    process: Child,
    /// For connections that are encrypted from the first byte on.
    pub(crate) port: u16,
    /// For those that are encrypted later.
    pub(crate) plain_port: u16,
}

/// Whoever the mails belong to: Dovecot serves no mails to root.
struct Owner {
    name: String,
    group: String,
    uid: u32,
    gid: u32,
}

impl Owner {
    fn find() -> Self {
        // Debian's nobody.
        const NOBODY: u32 = 65534;
        if rustix::process::geteuid().is_root() {
            return Self {
                name: "nobody".to_owned(),
                group: "nogroup".to_owned(),
                uid: NOBODY,
                gid: NOBODY,
            };
        }
        let ask = |what| {
            let output = Command::new("id").arg(what).output().unwrap();
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        Self {
            name: ask("-un"),
            group: ask("-gn"),
            uid: rustix::process::getuid().as_raw(),
            gid: rustix::process::getgid().as_raw(),
        }
    }
}

fn program() -> Option<&'static Path> {
    ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"]
        .map(Path::new)
        .into_iter()
        .find(|path| path.exists())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn openssl(folder: &Path, args: &str) {
    let output = Command::new("openssl")
        .args(args.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "openssl {args}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

pub(crate) fn certify(folder: &Path, proof: Proof) {
    const KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    if proof == Proof::Alone {
        let args = format!(
            "req -x509 {KEY} -keyout server.key -out server.pem -days 2 -subj /CN=mail.invalid"
        );
        openssl(folder, &args);
        fs::copy(folder.join("server.pem"), folder.join("ca.pem")).unwrap();
        return;
    }
    fs::write(folder.join("names"), "subjectAltName=DNS:localhost\n").unwrap();
    for args in [
        format!("req -x509 {KEY} -keyout ca.key -out ca.pem -days 2 -subj /CN=root.invalid"),
        format!("req {KEY} -keyout server.key -out server.csr -subj /CN=localhost"),
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile names"
            .to_owned(),
    ] {
        openssl(folder, &args);
    }
}

impl Dovecot {
    /// A server, or `None` and a word on standard error where there is no Dovecot. `more` are further settings.
    pub(crate) fn start(proof: Proof, more: &str) -> Option<Self> {
        let Some(program) = program() else {
            let line =
                "SKIPPED: no Dovecot here, IMAP is not tested (apt-get install dovecot-imapd)\n";
            // Past the test harness, which keeps what a passing test prints.
            io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let folder = tempfile::Builder::new()
            .prefix("indsigt-dovecot-")
            .tempdir()
            .unwrap();
        let path = folder.path();
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
        certify(path, proof);
        let owner = Owner::find();
        let mail = path.join("mail");
        fs::create_dir(&mail).unwrap();
        if rustix::process::geteuid().is_root() {
            chown(&mail, Some(owner.uid), Some(owner.gid)).unwrap();
        }
        let (port, plain_port) = (free_port(), free_port());
        fs::write(path.join("users"), format!("kontakt:{{PLAIN}}{PASSWORD}\n")).unwrap();
        let settings = settings(path, &owner, port, plain_port) + more;
        fs::write(path.join("dovecot.conf"), settings).unwrap();
        let process = Command::new(program)
            .args(["-F", "-c"])
            .arg(path.join("dovecot.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(path.join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let mut server = Self {
            folder,
            process,
            port,
            plain_port,
        };
        server.wait_until_it_listens();
        Some(server)
    }

    fn wait_until_it_listens(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let has_ended = self.process.try_wait().unwrap().is_some();
            assert!(
                !has_ended && begun.elapsed() < Duration::from_secs(30),
                "Dovecot does not start:\n{}",
                self.log()
            );
            std::thread::yield_now();
        }
    }

    /// What the server noted.
    pub(crate) fn log(&self) -> String {
        ["stderr", "log"]
            .map(|name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default())
            .concat()
    }

    /// The certificate by which it is known.
    pub(crate) fn certificate(&self) -> String {
        text(&self.folder.path().join("ca.pem"))
    }

    /// A folder of kontakt's: `""` is the inbox, others begin with a dot.
    pub(crate) fn maildir(&self, name: &str) -> PathBuf {
        self.folder.path().join("mail/kontakt").join(name)
    }

    /// Delivers a mail, as a mail server does it. `name` must be new.
    pub(crate) fn deliver(&self, folder: &str, name: &str, mail: &str) {
        let maildir = self.maildir(folder);
        let owner = Owner::find();
        let is_root = rustix::process::geteuid().is_root();
        for part in ["", "tmp", "cur", "new"] {
            let path = maildir.join(part);
            fs::create_dir_all(&path).unwrap();
            if is_root {
                chown(&path, Some(owner.uid), Some(owner.gid)).unwrap();
            }
        }
        if is_root {
            chown(self.maildir(""), Some(owner.uid), Some(owner.gid)).unwrap();
        }
        let written = maildir.join("tmp").join(name);
        fs::write(&written, mail).unwrap();
        if is_root {
            chown(&written, Some(owner.uid), Some(owner.gid)).unwrap();
        }
        fs::rename(written, maildir.join("new").join(name)).unwrap();
    }

    /// The file names of the mails of a folder, with their flags.
    pub(crate) fn mails(&self, folder: &str) -> Vec<String> {
        let mut names = Vec::new();
        for part in ["new", "cur"] {
            let Ok(entries) = fs::read_dir(self.maildir(folder).join(part)) else {
                continue;
            };
            names.extend(entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()));
        }
        names.sort();
        names
    }

    /// Makes the server number the inbox anew.
    pub(crate) fn forget_numbers(&self) {
        for entry in fs::read_dir(self.maildir("")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name == "dovecot-uidlist" || name.starts_with("dovecot.index") {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.process);
        // Killed outright it would leave its helpers behind.
        if rustix::process::kill_process(pid, rustix::process::Signal::TERM).is_ok() {
            drop(self.process.wait());
        }
    }
}

fn settings(folder: &Path, owner: &Owner, port: u16, plain_port: u16) -> String {
    let Owner {
        name,
        group,
        uid,
        gid,
    } = owner;
    let folder = folder.display();
    format!(
        "protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
instance_name = {port}
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
default_internal_user = {name}
default_login_user = {name}
default_internal_group = {group}
auth_mechanisms = plain
mail_location = maildir:{folder}/mail/%u
first_valid_uid = {uid}
first_valid_gid = {gid}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"
    )
}
