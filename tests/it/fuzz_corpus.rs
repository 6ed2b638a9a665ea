//! What the fuzz targets under `tests/fuzz` stored, and the samples they begin with, read once more by the same checks.
//! It takes a second; looking for more is `tests/fuzz/run`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::invariants;

/// Every file of the folders goes through the check; the names of those that break it are told together.
fn all(folders: &[&str], check: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut broken = Vec::new();
    let mut count = 0;
    for folder in folders {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let data = fs::read(&path).unwrap();
            count += 1;
            if catch_unwind(|| check(&data)).is_err() {
                broken.push(path);
            }
        }
    }
    assert!(broken.is_empty(), "{broken:?}");
    assert!(count > 0, "the corpus is there");
}

#[test]
fn mails_hold_what_is_promised() {
    all(&["fuzz/corpus/mail", "data/mail"], invariants::mail);
}

#[test]
fn files_of_mails_hold_what_is_promised() {
    all(&["fuzz/corpus/mbox", "data/mail"], invariants::mbox);
}

#[test]
fn tables_hold_what_is_promised() {
    all(&["fuzz/corpus/tables", "data/csv"], invariants::tables);
}

#[test]
fn dates_hold_what_is_promised() {
    all(&["fuzz/corpus/dates"], invariants::dates);
}

/// Shapes that once took the square of their length: at the size of a mail, hours. Here each would take half a minute and more.
#[test]
fn hostile_shapes_take_no_longer_than_their_length() {
    let n = 50_000;
    let mail =
        |kind: &str, body: String| format!("From: a@x.example\nContent-Type: {kind}\n\n{body}");
    let quoted = "text/plain; charset=us-ascii\nContent-Transfer-Encoding: quoted-printable";
    let mails = [
        mail(quoted, format!("=zz{}", " ".repeat(n))),
        mail(quoted, format!("=zz{}", "= ".repeat(n / 2))),
        mail(
            "text/html",
            format!("a<br>{}{}", " ".repeat(n / 2), "<div>".repeat(n / 10)),
        ),
        format!(
            "{}\n\nx",
            "Subject: =?a?q? ".to_owned() + &"=?a?q? ".repeat(9000)
        )
        .repeat(4),
    ];
    let columns = |name: &str| {
        let header = name.repeat(n / 2 / name.len());
        format!("Email,{header}\n{}", "a\n".repeat(n / 4))
    };
    let sessions: Vec<String> = (0..n / 25)
        .map(|at| format!("Hold,2026-03-02,Person {at}"))
        .collect();
    let sessions = sessions.join("\n");
    let tables = [
        columns("Unsub,"),
        columns("Name,"),
        columns("Email,"),
        columns("Host,").replace("Email", "Topic,Start"),
        columns("Xmail,").replace("Email", "Plan"),
        format!("Topic,Start,Client\n{sessions}"),
    ];
    for (check, inputs) in [
        (invariants::mail as fn(&[u8]), mails.as_slice()),
        (invariants::tables, tables.as_slice()),
    ] {
        for input in inputs {
            let started = Instant::now();
            check(input.as_bytes());
            let taken = started.elapsed();
            let head: String = input.chars().take(120).collect();
            assert!(taken < Duration::from_secs(10), "{taken:?} for {head}");
        }
    }
}
