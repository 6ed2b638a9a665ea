//! `fetch`: new mail from a Maildir, and from a real IMAP server over TLS. Taken once, whatever happens on the way, and
//! without a trace in the mailbox unless one is wanted.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::thread;

use serde_json::{Value, json};

use crate::dovecot::{Dovecot, PASSWORD, Proof};
use crate::world::World;

/// A request for access, the `n`-th.
fn mail(n: u32) -> String {
    format!(
        "From: Nr. {n} <nr{n}@example.dk>\nTo: kontakt@luma.example\nSubject: Indsigt\n\
         Date: Mon, 16 Nov 2026 08:{:02}:00 +0100\nMessage-ID: <{n}@example.dk>\n\n\
         Hej\n\nJeg vil gerne have indsigt i mine oplysninger, sag {n}.\n",
        n % 60
    )
}

/// Its file name in a Maildir: delivered on the 17th, `n` minutes after noon.
fn name(n: u32) -> String {
    format!("{}.M{n}P1.luma", 1_794_916_800 + n * 60)
}

fn deliver(server: &Dovecot, numbers: impl IntoIterator<Item = u32>) {
    for n in numbers {
        server.deliver("", &name(n), &mail(n));
    }
}

/// Settings that lead to the server.
fn settings(server: &Dovecot, more: &str) -> String {
    settings_at(server.port, &server.certificate(), more)
}

fn settings_at(port: u16, certificate: &str, more: &str) -> String {
    format!(
        "[mail]\nimap_host = \"localhost\"\nimap_port = {port}\nimap_user = \"kontakt\"\n\
         imap_password_command = \"printf '%s\\\\n' '{PASSWORD}'\"\nimap_ca_file = \"{certificate}\"\n{more}\n"
    )
}

/// How many were taken in, were known already, were left out.
fn totals(report: &Value) -> Value {
    json!([report["taken"], report["already"], report["left_out"]])
}

fn fetch(world: &World) -> Value {
    totals(&world.json("fetch"))
}

/// The error of a `fetch` that fails before it has taken anything: with code 74, briefly, and in Danish too.
fn failure(world: &World) -> String {
    let danish = world.run("--language da fetch");
    assert_eq!((danish.code, danish.stdout.as_str()), (74, ""), "{danish}");
    let error = world.fails(74, "fetch");
    assert!(!error.contains(PASSWORD) && !danish.stderr.contains(PASSWORD));
    assert_ne!(error, danish.stderr);
    error
}

#[test]
fn without_a_mailbox_it_says_how_to_name_one() {
    let world = World::new();
    let error = world.fails(2, "fetch");
    assert!(
        error.contains("[mail]") && error.contains("config init"),
        "{error}"
    );
    assert_eq!(world.fails(2, "fetch --dry-run"), error);
    world.configure("[mail]\nimap_host = \"imap.example.dk\"\nimap_tls = \"no\"\n");
    let error = world.run("fetch");
    assert_eq!(error.code, 4, "{error}");
    for setting in ["imap_user", "imap_password_command", "imap_tls"] {
        assert!(error.stderr.contains(setting), "{error}");
    }
    world.configure("[mail]\nmaildir = \"~/nowhere\"\n");
    assert!(world.fails(4, "fetch").contains("nowhere"));
    fs::create_dir(world.path("nowhere")).unwrap();
    assert!(world.fails(4, "fetch").contains("new and cur"));
}

#[test]
fn a_maildir_is_read_and_left_as_it_is() {
    let world = World::new();
    world.configure("[mail]\nmaildir = \"~/Mail\"\n");
    world.write(&format!("Mail/new/{}", name(1)), mail(1));
    world.write(&format!("Mail/cur/{}:2,S", name(2)), mail(2));
    let dry = world.json("fetch --dry-run");
    assert_eq!(totals(&dry), json!([2, 0, 0]));
    let report = world.json("fetch");
    assert_eq!(report["messages"], dry["messages"]);
    assert_eq!(report["messages"][0]["received_at"], "2026-11-17T12:01:00Z");
    assert_eq!(report["messages"][0]["kind"], "access");
    assert_eq!(fetch(&world), json!([0, 2, 0]));
    assert!(world.path(&format!("Mail/new/{}", name(1))).exists());
    // What is undone may come again.
    world.ok("undo");
    assert_eq!(fetch(&world), json!([2, 0, 0]));
}

#[test]
fn what_was_taken_from_new_goes_to_cur_when_told_to_and_unread() {
    let world = World::new();
    world.configure("[mail]\nmaildir = \"~/Mail\"\nmove_to_cur = true\nall = true\n");
    for n in 1..=3 {
        world.write(&format!("Mail/new/{}", name(n)), mail(n));
    }
    world.write("Mail/new/1.broken", "\n");
    world.write(&format!("Mail/cur/{}:2,FS", name(9)), mail(9));
    assert_eq!(totals(&world.json("fetch --dry-run")), json!([4, 0, 1]));
    let files = |folder: &str| {
        let entries = fs::read_dir(world.path(folder)).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(files("Mail/new").len(), 4);
    assert_eq!(fetch(&world), json!([4, 0, 1]));
    assert_eq!(files("Mail/new"), ["1.broken"]);
    let expected: Vec<_> = (1..=3).map(|n| format!("{}:2,", name(n))).collect();
    assert_eq!(files("Mail/cur")[..3], expected);
    assert_eq!(fetch(&world), json!([0, 4, 1]));
    // A name that is taken already is not written over; the mail is in all the same.
    world.write(&format!("Mail/new/{}", name(1)), mail(10));
    let output = world.run("fetch --json");
    assert_eq!(output.code, 74, "{output}");
    assert_eq!(totals(&output.json()), json!([1, 4, 1]));
    assert!(
        output.error()["message"]
            .as_str()
            .unwrap()
            .contains("could not be moved")
    );
    assert_eq!(
        fs::read_to_string(world.path(&format!("Mail/cur/{}:2,", name(1)))).unwrap(),
        mail(1)
    );
}

#[test]
fn a_folder_on_a_server_is_read_once_and_nothing_in_it_changes() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    world.configure(&settings(&server, ""));
    assert_eq!(fetch(&world), json!([0, 0, 0]));
    deliver(&server, 1..=3);
    assert_eq!(totals(&world.json("fetch --dry-run")), json!([3, 0, 0]));
    let report = world.json("fetch");
    assert_eq!(totals(&report), json!([3, 0, 0]));
    assert_eq!(report["files"][0]["path"], "imap://localhost/INBOX");
    let first = &report["messages"][0];
    assert_eq!(first["where"], "imap://localhost/INBOX;UID=1");
    assert_eq!(
        first["from"],
        json!({"name": "Nr. 1", "email": "nr1@example.dk"})
    );
    assert_eq!(first["kind"], "access");
    // Only what is new is looked at: nothing is even known again.
    assert_eq!(fetch(&world), json!([0, 0, 0]));
    deliver(&server, [4]);
    let report = world.json("fetch");
    assert_eq!(totals(&report), json!([1, 0, 0]));
    assert_eq!(
        report["messages"][0]["where"],
        "imap://localhost/INBOX;UID=4"
    );
    // Nothing was marked as read, or as anything else.
    let expected: Vec<_> = (1..=4).map(name).collect();
    assert_eq!(server.mails(""), expected, "{}", server.log());
    // The store holds no name of the mailbox.
    let stored = fs::read(world.store()).unwrap();
    let is_there = |word: &[u8]| stored.windows(word.len()).any(|part| part == word);
    assert!(!is_there(b"localhost") && !is_there(PASSWORD.as_bytes()));
    world.ok("history");
}

#[test]
fn the_arrival_at_the_mailbox_counts_where_no_header_tells_it() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    world.configure(&settings(&server, ""));
    deliver(&server, [1]);
    let arrived = fs::metadata(server.maildir("new").join(name(1))).unwrap();
    let arrived: chrono::DateTime<chrono::Utc> = arrived.modified().unwrap().into();
    let report = world.json("fetch --dry-run");
    assert_eq!(
        report["messages"][0]["received_at"],
        arrived.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    );
}

#[test]
fn a_server_that_numbers_anew_brings_nothing_twice() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    world.configure(&settings(&server, ""));
    deliver(&server, 1..=3);
    assert_eq!(fetch(&world), json!([3, 0, 0]));
    server.forget_numbers();
    deliver(&server, [4]);
    assert_eq!(fetch(&world), json!([1, 3, 0]));
    assert_eq!(fetch(&world), json!([0, 0, 0]));
}

#[test]
fn what_is_undone_can_be_fetched_again() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    world.configure(&settings(&server, ""));
    deliver(&server, [1]);
    assert_eq!(fetch(&world), json!([1, 0, 0]));
    deliver(&server, [2, 3]);
    assert_eq!(fetch(&world), json!([2, 0, 0]));
    world.ok("undo");
    world.ok("redo");
    assert_eq!(fetch(&world), json!([0, 0, 0]));
    world.ok("undo");
    assert_eq!(fetch(&world), json!([2, 0, 0]));
}

#[test]
fn folders_have_danish_names_and_mailboxes_are_told_apart() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    let folder = ".Foresp&APg-rgsler";
    server.deliver(folder, &name(1), &mail(1));
    deliver(&server, [2]);
    world.configure(&settings(&server, "imap_folder = \"Forespørgsler\""));
    assert_eq!(fetch(&world), json!([1, 0, 0]));
    world.configure(&settings(&server, ""));
    assert_eq!(fetch(&world), json!([1, 0, 0]));
    world.configure(&settings(&server, "imap_folder = \"Findes ikke\""));
    assert!(failure(&world).contains("Findes ikke"));
}

#[test]
fn taken_mails_are_moved_when_told_to_and_no_others() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    let configured = settings(&server, "imap_move_to = \"Taget ind\"");
    world.configure(&configured);
    deliver(&server, 1..=2);
    // Asked before anything is fetched.
    assert!(failure(&world).contains("Taget ind"));
    server.deliver(".Taget ind", "1.before", &mail(99));
    assert_eq!(totals(&world.json("fetch --dry-run")), json!([2, 0, 0]));
    assert_eq!(server.mails("").len(), 2);
    assert_eq!(fetch(&world), json!([2, 0, 0]));
    assert_eq!(server.mails(""), Vec::<String>::new());
    assert_eq!(server.mails(".Taget ind").len(), 3);
    // What is known already is in, too, and what was read before moving was wanted is nobody's business.
    server.deliver("", &name(5), &mail(1));
    assert_eq!(fetch(&world), json!([0, 1, 0]));
    assert_eq!(server.mails("").len(), 0);
    assert_eq!(server.mails(".Taget ind").len(), 4);
    // None of them was marked as read.
    let seen = |name: &String| {
        let flags = name.split_once(":2,").map(|(_, flags)| flags);
        flags.is_some_and(|flags| flags.contains('S'))
    };
    assert!(!server.mails(".Taget ind").iter().any(seen));
}

#[test]
fn what_could_not_be_moved_is_in_and_moved_by_the_next_run() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    server.deliver(".Taget", "1.before", &mail(99));
    world.configure(&settings(&server, "imap_move_to = \"Taget\""));
    deliver(&server, [1, 2]);
    let allow = |mode| {
        for part in ["tmp", "cur", "new"] {
            let path = server.maildir(".Taget").join(part);
            fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0o500);
    let output = world.run("fetch --json");
    assert_eq!(output.code, 74, "{output}");
    assert_eq!(totals(&output.json()), json!([2, 0, 0]));
    assert_eq!(server.mails("").len(), 2);
    allow(0o700);
    assert_eq!(fetch(&world), json!([0, 0, 0]));
    assert_eq!(server.mails(""), Vec::<String>::new());
    assert_eq!(server.mails(".Taget").len(), 3);
}

#[test]
fn an_older_server_copies_and_takes_away_those_mails_only() {
    let old = "imap_capability = IMAP4rev1 UIDPLUS\n";
    let Some(server) = Dovecot::start(Proof::ByRoot, old) else {
        return;
    };
    let world = World::new();
    server.deliver(".Taget", "1.before", &mail(99));
    deliver(&server, [1]);
    // Somebody has marked a mail as deleted, and may still want it.
    server.deliver("", "1.broken", "no mail at all");
    let marked = server.maildir("cur").join("1.broken:2,T");
    fs::rename(server.maildir("new").join("1.broken"), marked).unwrap();
    world.configure(&settings(&server, "imap_move_to = \"Taget\""));
    assert_eq!(fetch(&world), json!([1, 0, 1]));
    assert_eq!(server.mails(""), ["1.broken:2,T"]);
    assert_eq!(server.mails(".Taget").len(), 2);
}

#[test]
fn a_server_that_cannot_move_is_left_alone() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "imap_capability = IMAP4rev1\n") else {
        return;
    };
    let world = World::new();
    deliver(&server, [1]);
    server.deliver(".Taget", "1.before", &mail(99));
    world.configure(&settings(&server, "imap_move_to = \"Taget\""));
    assert!(failure(&world).contains("imap_move_to"));
    world.configure(&settings(&server, ""));
    assert_eq!(fetch(&world), json!([1, 0, 0]));
}

#[test]
fn the_password_is_the_commands_and_a_wrong_one_is_told() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    let right = settings(&server, "");
    world.configure(&right.replace(PASSWORD, "forkert"));
    assert!(failure(&world).contains("imap_password_command"));
    world.configure(&right.replace("printf", "echo gpg: no secret key >&2; exit 2; printf"));
    assert!(failure(&world).contains("gpg: no secret key"));
    world.configure(&right);
    assert_eq!(fetch(&world), json!([0, 0, 0]));
}

#[test]
fn a_server_nobody_vouches_for_hears_no_password() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    let right = settings(&server, "");
    for wrong in [
        // No root of the system's.
        right.replace("imap_ca_file", "# imap_ca_file"),
        // Another name than the certificate's.
        right.replace("\"localhost\"", "\"127.0.0.1\""),
    ] {
        world.configure(&wrong);
        let error = failure(&world);
        assert!(error.contains("certificate"), "{error}");
    }
    assert!(!server.log().contains("kontakt"), "{}", server.log());
    world.configure(&right);
    assert_eq!(fetch(&world), json!([0, 0, 0]));
}

#[test]
fn a_certificate_that_vouches_for_itself_can_be_trusted_by_name_of_its_file() {
    let (Some(server), Some(other)) = (
        Dovecot::start(Proof::Alone, ""),
        Dovecot::start(Proof::Alone, ""),
    ) else {
        return;
    };
    let world = World::new();
    world.configure(&settings(&server, ""));
    assert_eq!(fetch(&world), json!([0, 0, 0]));
    world.configure(&settings_at(server.port, &other.certificate(), ""));
    assert!(failure(&world).contains("certificate"));
}

#[test]
fn a_connection_is_encrypted_later_where_the_server_wants_that() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    deliver(&server, [1]);
    let starttls = "imap_tls = \"starttls\"";
    world.configure(&settings_at(
        server.plain_port,
        &server.certificate(),
        starttls,
    ));
    assert_eq!(fetch(&world), json!([1, 0, 0]));
    // The wrong port for it: never without encryption.
    world.configure(&settings_at(server.plain_port, &server.certificate(), ""));
    assert!(failure(&world).contains("imap_tls"));
}

#[test]
fn a_server_that_is_gone_is_told() {
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    let certificate = world.write("ca.pem", fs::read(server.certificate()).unwrap());
    world.configure(&settings_at(server.port, &certificate, ""));
    drop(server);
    assert!(failure(&world).contains("imap_host"));
    world.configure(&settings_at(1, "/nowhere/ca.pem", ""));
    assert!(failure(&world).contains("/nowhere/ca.pem"));
}

/// A way to the server that ends after so many bytes of its answers.
fn cut_after(port: u16, bytes: u64) -> (u16, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    let way = thread::spawn(move || {
        let (near, _) = listener.accept().unwrap();
        let far = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let (mut asks, mut asked) = (near.try_clone().unwrap(), far.try_clone().unwrap());
        let forth = thread::spawn(move || drop(std::io::copy(&mut asks, &mut asked)));
        let (mut answers, mut answered) = (far.take(bytes), near);
        drop(std::io::copy(&mut answers, &mut answered));
        drop(answered.flush());
        // It may have been closed from the other side already.
        drop(answered.shutdown(Shutdown::Both));
        drop(answers.into_inner().shutdown(Shutdown::Both));
        forth.join().unwrap();
    });
    (own, way)
}

#[test]
fn a_run_whose_connection_breaks_keeps_what_it_has_and_goes_on_from_there() {
    const MAILS: u32 = 450;
    let Some(server) = Dovecot::start(Proof::ByRoot, "") else {
        return;
    };
    let world = World::new();
    deliver(&server, 1..=MAILS);
    // One batch has some 75 kB: enough for the first, not for the second.
    let (port, way) = cut_after(server.port, 120_000);
    world.configure(&settings_at(port, &server.certificate(), ""));
    let output = world.run("fetch --json");
    way.join().unwrap();
    assert_eq!(output.code, 74, "{output}");
    let error = output.error();
    assert!(
        error["message"].as_str().unwrap().contains("connection"),
        "{error}"
    );
    let first = output.json()["taken"].as_u64().unwrap();
    assert!(first > 0 && first < u64::from(MAILS), "{first}");
    world.configure(&settings(&server, ""));
    assert_eq!(fetch(&world), json!([u64::from(MAILS) - first, 0, 0]));
    assert_eq!(fetch(&world), json!([0, 0, 0]));
}

#[test]
fn with_nothing_to_be_changed_nothing_is_fetched() {
    let world = World::new();
    world.configure("[mail]\nmaildir = \"~/Mail\"\n");
    world.write("Mail/new/1.a", mail(1));
    assert_eq!(world.run("--read-only fetch").code, 1);
    world.ok("due");
    let output = world.run("--read-only fetch --dry-run --json");
    assert_eq!(totals(&output.json()), json!([1, 0, 0]), "{output}");
}
