//! Hostile mails and lists: what of them reaches a terminal, a pipe or a spreadsheet.
//!
//! The bytes are looked at, not the picture: an escape sequence that the program does not write itself for a harmless
//! store, too, is a hole, whatever a terminal would make of it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::pty_harness::Pty;
use crate::world::{PROGRAM, TODAY, World, text};

/// Everything that steers: a title, the clipboard in three ways, a colour, another screen, an answerback, the end of a
/// paste, a link, device control, C1 controls, backspaces, a carriage return, turned and hidden text, language tags.
const STEERING: &str = "\u{1b}]0;ejet\u{7}\u{1b}]52;c;aGVq\u{7}\u{1b}]52;p;aGVq\u{1b}\\\u{9d}52;c;aGVq\u{9c}\u{1b}[31m\u{9b}2J\
    \u{1b}[?1049l\u{1b}[6n\u{1b}[c\u{5}\u{1b}[201~\u{1b}]8;;http://ond.example\u{1b}\\link\u{1b}]8;;\u{1b}\\\u{1b}P$q\"p\u{1b}\\\
    \u{90}+q\u{9c}\u{1b}_x\u{1b}\\\u{1b}c\u{8}\u{8}\u{7f}a\u{0}b\u{e}\u{f}\u{202e}gnolav\u{202c}\u{2066}x\u{2069}\u{200b}\u{200d}\u{200e}\u{200f}\
    \u{61c}\u{2060}\u{feff}\u{fff9}\u{fffb}\u{e0041}\u{e007f}\u{180e}";

/// What every mail here asks, so that it becomes a case.
const ASKED: &str = "Hvad har I om mig?";

fn word(text: &str) -> String {
    format!("=?utf-8?B?{}?=", STANDARD.encode(text))
}

/// A mail from its subject on, under a name of its own.
type Sample = (&'static str, String);

fn plain(subject: &str, more: &str, body: &str) -> String {
    format!("Subject: {subject}\n{more}\n{body}\n")
}

fn part(header: &str, body: &str) -> String {
    format!("--b\n{header}\n\n{body}\n")
}

fn multipart(parts: &str) -> String {
    let more = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n";
    plain("Indsigt", more, &format!("{parts}--b--"))
}

/// What may stand between quotation marks.
fn quoted() -> String {
    STEERING.replace(['"', '\\'], "")
}

/// Steered in words, in every field.
fn in_words() -> Vec<Sample> {
    let quoted = quoted();
    let fields = format!(
        "X-Mailer: {STEERING}\nTo: {STEERING}\nReply-To: {STEERING} <x@y>\nDate: {STEERING}\nMessage-ID: <{STEERING}@x>\n\
         References: <{STEERING}>\nContent-Type: text/plain; charset=\"{quoted}\"\n"
    );
    let formulas = format!("=HYPERLINK(\"http://ond.example\")\n@SUM(1)\n{ASKED}");
    vec![
        (
            "body",
            plain("Indsigt", "", &format!("{ASKED}\n{STEERING}\n\rSlut")),
        ),
        ("bytes", plain("Indsigt", "", ASKED)),
        ("subject", plain(STEERING, "", ASKED)),
        ("encoded subject", plain(&word(STEERING), "", ASKED)),
        ("other fields", plain("Indsigt", &fields, ASKED)),
        ("formula", plain("=cmd|'/c calc'!A1", "", &formulas)),
    ]
}

/// Steered in a code that hides it until it is decoded.
fn in_code() -> Vec<Sample> {
    let bytes: Vec<u8> = format!("{ASKED} {STEERING}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let entities = STEERING.chars().fold(String::new(), |mut all, c| {
        write!(all, "&#{};", u32::from(c)).unwrap();
        all
    });
    let page = format!(
        "<title>{entities}</title><p>{ASKED}</p><p title='{entities}'>{entities}\
         <a href='http://ond.example/{entities}'>x</a>{STEERING}"
    );
    let of = |kind: &str, body: &str| plain("Indsigt", &format!("Content-Type: {kind}\n"), body);
    vec![
        ("html", of("text/html", &page)),
        (
            "utf-7",
            of(
                "text/plain; charset=utf-7",
                &format!("{ASKED} +ABs-[2J+ABs-]52;c;aGVq+AAc-+IC4-"),
            ),
        ),
        (
            "utf-16",
            of(
                "text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64",
                &STANDARD.encode(bytes),
            ),
        ),
        (
            "iso-2022-jp",
            of(
                "text/plain; charset=iso-2022-jp",
                &format!("{ASKED} \u{1b}$B$\u{1b}(B \u{1b}[2J \u{1b}$"),
            ),
        ),
        (
            "quoted printable",
            of(
                "text/plain\nContent-Transfer-Encoding: quoted-printable",
                &format!("{ASKED} =1B]52;c;aGVq=07=9B2J=C2=9B2J=E2=80=AE=00=C0=9B=ED=A0=80"),
            ),
        ),
    ]
}

/// Names of attachments that lead elsewhere or say something else than they are.
fn in_names() -> Vec<Sample> {
    let quoted = quoted();
    let names = [
        "../../../etc/passwd",
        "..\\\\..\\\\windows\\\\x.exe",
        "/dev/sda",
        "~/.bashrc",
        "-rf",
        "$(reboot)",
        "a\u{202e}fdp.exe",
        &quoted,
        &word(STEERING),
    ];
    let attached = names.map(|name| {
        let header = format!(
            "Content-Type: application/pdf; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\""
        );
        part(&header, "x")
    });
    let asked = part("Content-Type: text/plain", ASKED);
    vec![(
        "attachments",
        multipart(&format!("{asked}{}", attached.concat())),
    )]
}

/// More of something than anybody sends.
fn in_masses() -> Vec<Sample> {
    let asked = part("Content-Type: text/plain", ASKED);
    let deep = (0..5_000).fold(String::new(), |mut deep, n| {
        write!(
            deep,
            "Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
        )
        .unwrap();
        deep
    });
    let long = format!("{STEERING}{}", "\u{202e}æ\u{1b}[2J".repeat(100_000));
    let marks = "\u{301}".repeat(20_000);
    let families = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(200);
    let words = |word: &str, times| format!("{ASKED} {}", word.repeat(times));
    vec![
        (
            "parts",
            multipart(&(asked + &"--b\n\nx\n".repeat(1_000_000))),
        ),
        ("deep", format!("Subject: Indsigt\n{deep}\n{ASKED}")),
        ("long subject", plain(&long, "", ASKED)),
        (
            "long field",
            plain("Indsigt", &format!("X-A: {}\n", "x".repeat(1 << 20)), ASKED),
        ),
        (
            "many fields",
            plain("Indsigt", &"X-A: x\n".repeat(150_000), ASKED),
        ),
        (
            "long line",
            plain("Indsigt", "", &words("ord\u{200b}", 200_000)),
        ),
        (
            "combining",
            plain(&format!("A{marks}"), "", &format!("{ASKED} e{marks}")),
        ),
        (
            "wide",
            plain(&families, "", &words("漢字\u{3000}\u{fffd}", 500)),
        ),
    ]
}

/// The mails; the person of each has an address of her own.
fn mails() -> Vec<(&'static str, Vec<u8>)> {
    [in_words(), in_code(), in_names(), in_masses()]
        .concat()
        .into_iter()
        .enumerate()
        .map(|(n, (name, rest))| {
            let who = if name == "formula" {
                "=1+1".to_owned()
            } else {
                quoted()
            };
            let mail = format!("From: \"{who}\" <p{n}@example.dk>\n{rest}");
            // C1 controls of one byte, which are no UTF-8.
            let bytes: &[u8] = if name == "bytes" {
                b"\x9b2J\x9d52;c;aGVq\x9c\xff\n"
            } else {
                b""
            };
            (name, [mail.as_bytes(), bytes].concat())
        })
        .collect()
}

/// A world that has taken all of it in.
pub(crate) fn full() -> World {
    let world = World::new();
    // Other control characters in a list say that it is no text.
    let cell = "\u{1b}]52;c;aGVq\u{1b}\\\u{9b}2J\u{202e}x\u{202c}\u{200b}\u{feff}\u{e0041}";
    for (n, (_, mail)) in mails().into_iter().enumerate() {
        world.write(&format!("folder/{n:02}{STEERING_NAME}.eml"), mail);
    }
    world.write("folder/bad\u{1b}[2J\u{202e}.eml", [0, 27, 155, 7]);
    let report = world.run("import mail --all folder");
    assert_eq!(report.code, 0, "{report}");
    harmless("import", &report.stdout);
    let rows = "anden@example.dk,Anden,subscribed\n".repeat(100);
    world.write(
        "list.csv",
        format!(
            "Email,Name,Status\n\"{cell}@example.dk\",\"{cell}\",unsubscribed\nok@example.dk,\"{cell}\",unsubscribed\n\
             =1+1@example.dk,=1+1,unsubscribed\n{rows}"
        ),
    );
    let report = world.run("import optouts list.csv");
    assert_eq!(report.code, 0, "{report}");
    harmless("import", &report.stdout);
    world
}

/// What a file in a folder may be called.
const STEERING_NAME: &str = "\u{1b}]52;c;aGVq\u{7}\u{9b}2J\u{202e}\u{200b}";

/// A character that steers or hides.
fn harmful(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(u32::from(c),
            0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF
            | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

#[track_caller]
pub(crate) fn harmless(what: &str, printed: &str) {
    let found = printed.char_indices().find(|(_, c)| harmful(*c));
    if let Some((at, c)) = found {
        let around: String = printed[..at].chars().rev().take(60).collect();
        let around: String = around.chars().rev().collect();
        panic!("{what}: {c:?} after {around:?}");
    }
}

/// The same of every text in a document, keys included, as a program that reads it would print it.
fn harmless_values(what: &str, value: &Value) {
    match value {
        Value::String(text) => harmless(what, text),
        Value::Array(values) => values.iter().for_each(|value| harmless_values(what, value)),
        Value::Object(fields) => {
            for (name, value) in fields {
                harmless(what, name);
                harmless_values(&format!("{what} {name}"), value);
            }
        }
        _ => {}
    }
}

#[test]
fn nothing_hostile_is_printed() {
    let world = full();
    let ids = BTreeSet::from(["r", "n"]);
    let count = mails().len();
    let mut commands: Vec<String> = [
        "list --any",
        "list aside",
        "due --all",
        "person example.dk",
        "history --limit 1000",
        "export all --format csv",
        "verify",
        "import mail folder",
        "import mail --dry-run --all folder",
        "import optouts list.csv",
        "check-subscribers list.csv",
        "undo",
        "redo",
    ]
    .map(str::to_owned)
    .to_vec();
    for n in 1..=count {
        commands.extend(ids.iter().map(|id| format!("show {id}{n}")));
        commands.push(format!("history r{n}"));
    }
    for command in &commands {
        let output = world.run(command.as_str());
        harmless(command, &output.stdout);
        harmless(command, &output.stderr);
        if command.starts_with("export") || command == "verify" {
            continue;
        }
        let output = world.run(&*format!("{command} --json"));
        for printed in [&output.stdout, &output.stderr] {
            harmless(command, printed);
            if let Ok(value) = serde_json::from_str::<Value>(printed) {
                harmless_values(command, &value);
            }
        }
    }
    let cases = world.json("list requests --any")["total"].as_u64().unwrap();
    assert_eq!(cases, count as u64, "each is a case");
    // No cell is a formula.
    let csv = world.ok("export all --format csv");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.as_bytes());
    for row in reader.records() {
        for cell in &row.unwrap() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?}"
            );
        }
    }
}

/// What a program writes to a terminal, sorted: the forms of its escape sequences, with their numbers left out, and the
/// text between them.
fn taken_apart(bytes: &[u8]) -> (BTreeSet<String>, String) {
    let written = String::from_utf8(bytes.to_vec()).unwrap_or_else(|error| {
        panic!(
            "not UTF-8: {:?}",
            String::from_utf8_lossy(&bytes[error.utf8_error().valid_up_to()..][..20])
        )
    });
    let (mut forms, mut between) = (BTreeSet::new(), String::new());
    let mut rest = written.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\u{1b}' {
            between.push(c);
            continue;
        }
        let mut form = String::from("ESC ");
        let kind = rest.next().unwrap_or_default();
        form.push(kind);
        if kind == '[' {
            for c in rest.by_ref() {
                if !c.is_ascii_digit() && c != ';' {
                    form.push(c);
                }
                if ('@'..='~').contains(&c) {
                    break;
                }
            }
        }
        forms.insert(form);
    }
    (forms, between)
}

/// Opens the store in a terminal and looks at it in every way; gives every byte that was written.
fn looked_at(world: &World, language: &str, size: (u16, u16), cases: usize) -> Vec<u8> {
    let store = text(&world.store());
    let home = text(&world.path(""));
    let envs = [
        ("TERM", "xterm-256color"),
        ("LANG", language),
        ("HOME", &*home),
    ];
    let args = ["--store", &store, "--today", TODAY];
    let pty = Pty::spawn(PROGRAM, &args, &envs, size);
    pty.wait_for("the tabs", |screen| {
        screen.alternate_screen() && screen.contents().contains('5')
    });
    pty.wait_raw();
    // The help covers the screen, and when it is gone, all of that was drawn again. Only it has corners.
    let look = || {
        pty.send("?");
        pty.wait_for("the help", |screen| screen.contents().contains('┌'));
        pty.send("\u{1b}");
        pty.wait_for("the help gone", |screen| !screen.contents().contains('┌'));
    };
    pty.send("2");
    // What is seen afterwards is of this list, and not of the one before.
    look();
    pty.wait_for_text("R-2026-0001");
    // What stands first in a detail stands alone on its line, or behind the border of the list.
    let opened = |screen: &vt100::Screen| {
        let text = screen.contents();
        let lines = text.lines().filter_map(|line| line.rsplit('│').next());
        let ids = lines.filter_map(|line| line.trim_start().split_once("  "));
        let mut ids = ids.map(|(id, _)| id.to_owned());
        ids.find(|id| id.len() == 11 && id.starts_with("R-"))
    };
    let mut seen = BTreeSet::new();
    for n in 0..cases {
        pty.send(if n > 0 { "j\r" } else { "\r" });
        pty.wait_for("a detail", |screen| opened(screen).is_some());
        seen.extend(opened(&pty.parsed()));
        look();
        pty.send("\u{1b}");
        pty.wait_for("the list", |screen| opened(screen).is_none());
    }
    assert_eq!(seen.len(), cases, "{seen:?}");
    for keys in ["1", "2/e\r", "3", "4", "5"] {
        pty.send(keys);
        look();
    }
    let mark = pty.mark();
    pty.send("q");
    pty.wait_for_bytes(mark, "\u{1b}[?1049l");
    assert!(pty.wait_exit().success());
    pty.raw_bytes_since(0)
}

#[test]
fn nothing_hostile_reaches_a_terminal() {
    let harmless_world = crate::world::full();
    let (allowed, _) = taken_apart(&looked_at(&harmless_world, "en_GB.UTF-8", (80, 24), 1));
    assert!(
        allowed.iter().all(|form| form.starts_with("ESC [")),
        "{allowed:?}"
    );
    let world = full();
    for (language, size) in [("en_GB.UTF-8", (80, 24)), ("da_DK.UTF-8", (80, 120))] {
        let (forms, between) = taken_apart(&looked_at(&world, language, size, mails().len()));
        let more: Vec<_> = forms.difference(&allowed).collect();
        assert!(more.is_empty(), "{more:?}");
        harmless("the terminal", &between.replace(['\r', '\n'], ""));
        assert!(between.len() > 10_000, "it was looked at");
    }
}
