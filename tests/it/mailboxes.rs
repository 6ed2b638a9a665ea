//! Mailboxes as they really are: Maildirs with flags, the dialects of mbox, trials of long runs, mails of any size.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::process::Stdio;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::world::World;

fn mail(n: u32) -> String {
    format!(
        "From: P{n} <p{n}@example.dk>\nSubject: Indsigt\nMessage-ID: <{n}@example.dk>\n\nHvad har I om mig?\n"
    )
}

fn totals(report: &Value) -> Value {
    json!([report["taken"], report["already"], report["left_out"]])
}

fn names(world: &World, folder: &str) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(world.path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

// ------------------------------------------------------------------------------------------------------------ Maildir

#[test]
fn what_was_imported_goes_to_cur_when_told_to_and_not_before() {
    let world = World::new();
    for n in 1..=3 {
        world.write(&format!("Mail/new/{n}.a"), mail(n));
    }
    world.write("Mail/new/4.broken", "\n");
    world.write("Mail/cur/5.a:2,RS", mail(5));
    // A folder that is only called so, and a file in it, stay as they are.
    world.write("new/6.eml", mail(6));
    let new = names(&world, "Mail/new");
    let import = |more: &str| {
        let report = world.json(&*format!("import mail Mail new {more}"));
        totals(&report)
    };
    assert_eq!(import("--dry-run --move-to-cur"), json!([5, 0, 1]));
    assert_eq!(import(""), json!([5, 0, 1]));
    assert_eq!(names(&world, "Mail/new"), new, "unasked, nothing moves");
    // What is in already is moved, too: it was taken in.
    assert_eq!(import("--move-to-cur"), json!([0, 5, 1]));
    assert_eq!(names(&world, "Mail/new"), ["4.broken"]);
    let cur = ["1.a:2,", "2.a:2,", "3.a:2,", "5.a:2,RS"];
    assert_eq!(names(&world, "Mail/cur"), cur);
    assert_eq!(names(&world, "new"), ["6.eml"]);
    assert!(!world.path("cur").exists());
    let before = world.everything();
    assert_eq!(import("--move-to-cur"), json!([0, 5, 1]));
    assert_eq!(before, world.everything());
}

#[test]
fn a_mail_that_cannot_be_moved_is_in_and_told() {
    let world = World::new();
    world.write("Mail/new/1.a", mail(1));
    world.write("Mail/new/2.a", mail(2));
    world.write("Mail/cur/1.a:2,", mail(3));
    let output = world.run("import mail Mail --move-to-cur --json");
    assert_eq!(output.code, 74, "{output}");
    assert_eq!(totals(&output.json()), json!([3, 0, 0]));
    let told = output.error()["message"].to_string();
    assert!(
        told.contains("1.a") && told.contains("could not be moved"),
        "{told}"
    );
    assert_eq!(names(&world, "Mail/new"), ["1.a"]);
    assert_eq!(names(&world, "Mail/cur"), ["1.a:2,", "2.a:2,"]);
    assert_eq!(
        fs::read_to_string(world.path("Mail/cur/1.a:2,")).unwrap(),
        mail(3)
    );
}

#[test]
fn what_is_thrown_away_or_a_draft_is_left_out_by_name() {
    let world = World::new();
    for (n, name) in ["S", "FPRS", "ST", "DS"].iter().enumerate() {
        let n = u32::try_from(n).unwrap();
        world.write(&format!("Mail/cur/{n}.a:2,{name}"), mail(n));
    }
    let report = world.json("import mail Mail");
    assert_eq!(totals(&report), json!([2, 0, 2]));
    let left_out = &report["files"][0]["left_out"];
    for (left, (name, why)) in left_out
        .as_array()
        .unwrap()
        .iter()
        .zip([("2.a:2,ST", "thrown away"), ("3.a:2,DS", "draft")])
    {
        assert!(left["where"].as_str().unwrap().ends_with(name), "{left}");
        assert!(left["why"].as_str().unwrap().contains(why), "{left}");
    }
    assert!(world.ok("import mail Mail").contains("thrown away"));
    // It is never out of reach.
    assert_eq!(
        totals(&world.json("import mail Mail/cur/2.a:2,ST")),
        json!([1, 0, 0])
    );
}

// --------------------------------------------------------------------------------------------------------------- mbox

/// The ways in which programs write the line between two mails.
const FROM_LINES: [&str; 10] = [
    "From p@example.dk Mon Oct 12 10:00:00 2026",
    "From p@example.dk  Mon Oct 12 10:00:00 2026",
    "From - Mon Oct 12 10:00:00 2026",
    "From  Mon Oct 12 10:00:00 2026",
    "From MAILER-DAEMON Mon Oct 12 10:00:00 2026",
    "From p@example.dk Mon Oct 12 12:00:00 2026 +0200",
    "From p@example.dk Mon Oct 12 12:00:00 +0200 2026",
    "From p@example.dk Mon Oct 12 10:00:00 UTC 2026",
    "From uunet!p Mon Oct 12 10:00:00 2026 remote from uunet",
    "From p at example.dk  Mon, 12 Oct 2026 12:00:00 +0200",
];

/// What stands in the mails: lines that are, or look like, those between mails.
fn body(n: usize) -> Vec<&'static str> {
    let lines = [
        "Hvad har I om mig?",
        "From nu af vil jeg vide det hele.",
        "From her on",
        ">From citeret",
        ">>From dobbelt citeret",
        "From: ikke et felt",
        "",
        "From",
        "Mvh",
    ];
    // Each mail has another selection, and none of them ends in a blank line.
    lines
        .iter()
        .enumerate()
        .filter(|(at, _)| *at == 0 || *at == 8 || n & (1 << (at - 1)) != 0)
        .map(|(_, line)| *line)
        .collect()
}

/// How a dialect writes a mail: its own header lines, and a line of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// Escapes `From `, and nothing else: `>From ` cannot be told from it afterwards.
    O,
    /// Escapes `From `, `>From `, `>>From ` …
    Rd,
    /// Escapes as [`Self::O`] does, and counts.
    Cl,
    /// Counts, and escapes nothing.
    Cl2,
}

fn written(dialect: Dialect, line: &str) -> String {
    let bare = line.trim_start_matches('>');
    let is_escaped = match dialect {
        Dialect::O | Dialect::Cl => line.starts_with("From "),
        Dialect::Rd => bare.starts_with("From "),
        Dialect::Cl2 => false,
    };
    if is_escaped {
        format!(">{line}")
    } else {
        line.to_owned()
    }
}

/// How many mails an mbox of the test below has: one for every selection of lines.
const MAILS: usize = 128;

fn mbox_in(dialect: Dialect, between: &str) -> String {
    let mut mbox = String::new();
    for n in 0..MAILS {
        let text: String = body(n)
            .iter()
            .map(|line| written(dialect, line) + "\n")
            .collect();
        // Some programs count the blank line at the end, others do not.
        let length = text.len() + between.len() * (n % 2);
        let counted = match dialect {
            Dialect::Cl | Dialect::Cl2 => format!("Content-Length: {length}\n"),
            _ => String::new(),
        };
        let from = FROM_LINES[n % FROM_LINES.len()];
        write!(
            mbox,
            "{from}\nFrom: P <p{n}@example.dk>\nSubject: Sag {n}\nMessage-ID: <{n}@x>\n{counted}\n{text}{between}"
        )
        .unwrap();
    }
    mbox
}

#[test]
fn every_dialect_of_mbox_gives_the_mails_that_were_written() {
    for dialect in [Dialect::O, Dialect::Rd, Dialect::Cl, Dialect::Cl2] {
        let mbox = mbox_in(dialect, "\n");
        let without_last_end = mbox.trim_end().to_owned();
        let variants = [
            ("as it is", mbox.clone()),
            ("CRLF", mbox.replace('\n', "\r\n")),
            ("without its last line end", without_last_end),
            ("with blank lines before it", format!("\n\n{mbox}")),
            ("with a byte order mark", format!("\u{feff}{mbox}")),
            ("without blank lines between", mbox_in(dialect, "")),
        ];
        for (what, text) in variants {
            let world = World::new();
            let path = world.write("in.mbox", text);
            let report = world.json(&["import", "mail", "--all", &path]);
            let messages = report["messages"].as_array().unwrap();
            assert_eq!(messages.len(), MAILS, "{dialect:?} {what}");
            for (n, message) in messages.iter().enumerate() {
                let place = format!("{dialect:?} {what} {n}: {message}");
                let mut expected = body(n).join("\n");
                match dialect {
                    // Which of the two it was, the dialect does not say.
                    Dialect::O | Dialect::Cl => {
                        expected = expected.replace("\n>>From ", "\n>From ");
                        expected = expected.replace("\n>From citeret", "\nFrom citeret");
                    }
                    // Where nothing else tells the dialect, an escaped line is taken for one.
                    Dialect::Cl2 if !expected.contains("\nFrom ") => {
                        expected = expected.replace("\n>From ", "\nFrom ");
                        expected = expected.replace("\n>>From ", "\n>From ");
                    }
                    _ => {}
                }
                assert_eq!(message["text"], expected, "{place}");
                assert_eq!(message["subject"], format!("Sag {n}"), "{place}");
                assert_eq!(message["received_at"], "2026-10-12T10:00:00Z", "{place}");
                assert_eq!(message["problems"], json!([]), "{place}");
            }
            let again = world.json(&["import", "mail", "--all", &path]);
            assert_eq!(totals(&again), json!([0, MAILS, 0]), "{dialect:?} {what}");
        }
    }
}

#[test]
fn a_length_that_lies_swallows_no_mail() {
    let real = |n: u32| {
        let text = mail(n);
        format!("{}\n{text}\n", FROM_LINES[0])
    };
    let next = real(2);
    let whole = "Slet mig.\n".len();
    for length in [
        0,
        1,
        whole - 1,
        whole + 1,
        whole + 2,
        whole + 30,
        whole + 1 + next.len(),
        whole + next.len(),
        whole + 1 + 2 * next.len(),
        1_000_000,
        usize::MAX,
    ] {
        let world = World::new();
        let liar = real(1).replace(
            "Message-ID",
            &format!("Content-Length: {length}\nMessage-ID"),
        );
        let liar = liar.replace("Hvad har I om mig?", "Slet mig.");
        let path = world.write("in.mbox", format!("{liar}{next}{}", real(3)));
        let report = world.json(&["import", "mail", &path]);
        let found: Vec<_> = report["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| (&message["from"]["email"], &message["text"]))
            .collect();
        let text = json!("Hvad har I om mig?");
        let expected = [
            (&json!("p1@example.dk"), &json!("Slet mig.")),
            (&json!("p2@example.dk"), &text),
            (&json!("p3@example.dk"), &text),
        ];
        assert_eq!(found, expected, "{length}");
    }
}

// ------------------------------------------------------------------------------------------------------------- trials

/// What arrives: who writes, what, and in answer to which earlier mail.
type Arriving = (u8, &'static str, Option<usize>, bool);

fn arriving() -> impl Strategy<Value = Arriving> {
    let texts = vec![
        "Hvad har I om mig?",
        "Slet mig, og alt om mig.",
        "Afmeld mig nyhedsbrevet.",
        "Tak for hjælpen!",
        "Har I glemt mit brev?",
        "Ret min adresse, den er forkert.",
    ];
    let earlier = proptest::option::weighted(0.4, 1..300_usize);
    (
        0..60_u8,
        select(texts),
        earlier,
        proptest::bool::weighted(0.1),
    )
}

fn mbox_of(mails: &[Arriving]) -> String {
    let mut mbox = String::new();
    for (n, (who, text, earlier, is_copy)) in mails.iter().enumerate() {
        let earlier = earlier.filter(|back| *back <= n).map(|back| n - back);
        let (n, who, text) = match earlier {
            // The same mail again, by another route.
            Some(at) if *is_copy => (at, mails[at].0, mails[at].1),
            _ => (n, *who, *text),
        };
        let answer = match earlier {
            Some(at) if !*is_copy => format!("In-Reply-To: <{at}@x>\n"),
            _ => String::new(),
        };
        writeln!(
            mbox,
            "{}\nFrom: P{who} <p{who}@example.dk>\nSubject: Brev\nMessage-ID: <{n}@x>\n{answer}\n{text}\n",
            FROM_LINES[0]
        )
        .unwrap();
    }
    mbox
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 60, ..ProptestConfig::default() })]

    /// A trial says what the real run does: ids, verdicts, warnings, whatever comes in whatever batch.
    #[test]
    fn a_trial_foretells_the_run(mails in proptest::collection::vec(arriving(), 210..650)) {
        let world = World::new();
        world.access("2026-11-20");
        world.request("access", "P1", "p1@example.dk", "2026-11-20");
        let path = world.write("in.mbox", mbox_of(&mails));
        let before = world.everything();
        let trial = world.json(&["import", "mail", "--dry-run", &path, &path]);
        prop_assert_eq!(before, world.everything());
        let real = world.json(&["import", "mail", &path, &path]);
        prop_assert_eq!(trial, real);
    }

    /// The same for lists.
    #[test]
    fn a_trial_of_a_list_foretells_the_run(people in proptest::collection::vec(0..400_u16, 210..500)) {
        let world = World::new();
        world.ok("add optout --email p7@example.dk");
        let rows: String = people
            .iter()
            .fold("Email,Status\n".to_owned(), |rows, n| rows + &format!("p{n}@example.dk,unsubscribed\n"));
        let path = world.write("list.csv", rows);
        let before = world.everything();
        let trial = world.json(&["import", "optouts", "--dry-run", &path]);
        prop_assert_eq!(before, world.everything());
        prop_assert_eq!(trial, world.json(&["import", "optouts", &path]));
    }
}

#[test]
fn a_trial_makes_no_store_and_needs_none_to_be_written() {
    let world = World::new();
    world.write("1.eml", mail(1));
    let trial = world.json("import mail --dry-run 1.eml");
    assert_eq!(totals(&trial), json!([1, 0, 0]));
    assert!(!world.store().exists());
    assert_eq!(world.json("import mail 1.eml"), trial);
    world.write("2.eml", mail(2));
    let trial = world.json("--read-only import mail --dry-run 1.eml 2.eml");
    assert_eq!(totals(&trial), json!([1, 1, 0]));
}

// --------------------------------------------------------------------------------------------------------------- size

/// Imports what `write` puts on standard input; gives the most memory the program used, in bytes, and its report.
fn imported(world: &World, write: impl FnOnce(&mut dyn Write)) -> (u64, Value) {
    let mut command = world.command("import mail --all --json -");
    command.stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    // The kernel forgets the peak when the program ends: it is asked for until then.
    let watcher = std::thread::spawn(move || {
        let mut most = 0;
        while let Some(peak) = fs::read_to_string(&status).ok().as_deref().and_then(peak) {
            most = peak;
            std::thread::yield_now();
        }
        most
    });
    write(&mut child.stdin.take().unwrap());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    (
        watcher.join().unwrap(),
        serde_json::from_slice(&output.stdout).unwrap(),
    )
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[test]
fn a_mail_of_a_hundred_megabytes_takes_little_memory() {
    const MEGABYTE: usize = 1024 * 1024;
    const ALLOWED: u64 = 300 * MEGABYTE as u64;
    let header = "From: Mette <mette@example.dk>\nSubject: Indsigt\n";
    let attached = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHvad har I om mig?\n\
                    --b\nContent-Type: application/zip; name=x.zip\nContent-Transfer-Encoding: base64\n\n";
    let base64 = format!("{}\n", "QUJD".repeat(19)).repeat(MEGABYTE / 77);
    let line = "x".repeat(MEGABYTE);
    let field = format!("X-Field: {}\n", "y".repeat(60)).repeat(MEGABYTE / 70);
    for (what, begin, piece) in [
        ("an attachment", attached, &base64),
        ("a line", "\n", &line),
        ("a header", "", &field),
        ("a field", "X-Field: ", &line),
    ] {
        let world = World::new();
        let (peak, report) = imported(&world, |pipe| {
            // The program may stop reading where its limit is.
            let mut parts = [header, begin]
                .into_iter()
                .chain((0..100).map(|_| piece.as_str()));
            drop(parts.try_for_each(|part| pipe.write_all(part.as_bytes())));
        });
        let message = &report["messages"][0];
        assert_eq!(totals(&report), json!([1, 0, 0]), "{what}: {message}");
        assert_eq!(message["from"]["email"], "mette@example.dk", "{what}");
        assert!(
            message["problems"].to_string().contains("truncated"),
            "{what}: {message}"
        );
        assert!(
            peak > 0 && peak < ALLOWED,
            "{what}: {} MB",
            peak / MEGABYTE as u64
        );
    }
}
