//! Tests on the invented mails in `tests/data/mail`, whole and damaged.

use std::path::Path;

use super::source::SourceError;
use super::*;
use crate::domain::request::Kind;

/// The shipped rules, read once.
static RULES: std::sync::LazyLock<rules::Rules> = std::sync::LazyLock::new(rules::Rules::built_in);

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mail");

fn one(name: &str) -> Incoming {
    let mut source = source::open(&Path::new(FOLDER).join(name)).unwrap();
    source.next().unwrap().unwrap().read(&Limits::default())
}

fn codes(mail: &Incoming) -> Vec<&'static str> {
    mail.problems.iter().map(Problem::code).collect()
}

#[test]
fn each_sample_is_read() {
    let rows: &[(&str, &str, &str, Kind, &[&str])] = &[
        (
            "plain-utf8.eml",
            "Mette Hansen",
            "Indsigt i mine oplysninger",
            Kind::Access,
            &[],
        ),
        (
            "quoted-printable-latin1.eml",
            "Søren Bjørn Møller",
            "Tilbagetrækning af samtykke",
            Kind::Withdrawal,
            &[],
        ),
        (
            "base64-html-only.eml",
            "Nørgaard, Åse",
            "Konto",
            Kind::Erasure,
            &["html-only"],
        ),
        (
            "alternative-with-attachment.eml",
            "Jonas Holm",
            "Redigering af video",
            Kind::NameRedaction,
            &[],
        ),
        (
            "rfc2047-headers.eml",
            "Jørgen Ærø (privat)",
            "Anmodning om indsigt i de oplysninger I behandler om mig – og om cookies på hjemmesiden",
            Kind::Access,
            &[],
        ),
        (
            "broken-charset.eml",
            "Bjørn Kjær",
            "Række",
            Kind::Rectification,
            &["unknown-charset"],
        ),
        (
            "escape-and-bidi.eml",
            "]0;ejetSkurk",
            "Slet [2Jmig fdp.exe",
            Kind::Erasure,
            &["hidden-characters"],
        ),
    ];
    for (name, sender, subject, kind, problems) in rows {
        let mail = one(name);
        let from = mail.from.as_ref().and_then(|from| from.name.as_deref());
        assert_eq!(
            (from, mail.subject.as_str()),
            (Some(*sender), *subject),
            "{name}"
        );
        assert_eq!(
            (
                classify::suggest(&RULES, &mail).asked,
                codes(&mail).as_slice()
            ),
            (classify::Asked::For(*kind), *problems),
            "{name}"
        );
        assert_eq!(mail.received_from, ReceiptSource::Received, "{name}");
    }
}

#[test]
fn a_page_keeps_its_links_and_an_attachment_its_name() {
    assert!(
        one("base64-html-only.eml")
            .text
            .contains("her (https://kurser.example/konto?id=7&sprog=da).")
    );
    let mail = one("alternative-with-attachment.eml");
    assert_eq!(
        mail.attachments[0].name.as_deref(),
        Some("skærmbillede.png")
    );
    assert_eq!(
        mail.references,
        ["foerste@luma.example", "tidligere@luma.example"]
    );
}

#[test]
fn a_mail_without_an_id_has_a_fingerprint() {
    let mail = one("no-message-id.eml");
    assert_eq!(
        (mail.message_id.as_deref(), mail.received_from),
        (None, ReceiptSource::DateHeader)
    );
    assert!(mail.fingerprint_source().starts_with(b"ida@example.dk\0"));
}

#[test]
fn an_mbox_gives_its_mails_and_what_is_none_is_refused() {
    let open = |name: &str| source::open(&Path::new(FOLDER).join(name));
    let mails: Vec<Incoming> = open("five.mboxrd")
        .unwrap()
        .map(|mail| mail.unwrap().read(&Limits::default()))
        .collect();
    assert_eq!(mails.len(), 5);
    assert_eq!(
        mails[2].text.lines().nth(1),
        Some(">From et citat af et citat")
    );
    assert!(
        mails
            .iter()
            .all(|mail| mail.received_from == ReceiptSource::Envelope)
    );
    assert!(matches!(open("empty.mbox"), Err(SourceError::Empty { .. })));
    assert!(matches!(
        open("binary.bin"),
        Err(SourceError::NotMail { .. })
    ));
}

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        const SHARP: &[u8] = b"\n\r=?<>\"(),;:-\\ \0\x1b&#";
        for _ in 0..=self.below(6) {
            if bytes.is_empty() {
                return;
            }
            let at = self.below(bytes.len());
            match self.below(6) {
                0 => bytes.truncate(at),
                1 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                2 => bytes[at] = SHARP[self.below(SHARP.len())],
                3 => bytes.insert(at, SHARP[self.below(SHARP.len())]),
                4 => drop(bytes.drain(at..(at + self.below(40)).min(bytes.len()))),
                _ => {
                    let end = (at + self.below(200)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
        }
    }
}

#[test]
fn damaged_mail_never_stops_the_reader_and_comes_out_clean() {
    let rounds = std::env::var("MAIL_ROUNDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(150);
    let mut dice = Dice(0x1d5);
    let limits = Limits {
        mail_bytes: 1500,
        text_bytes: 700,
        parts: 5,
        depth: 3,
        header_bytes: 300,
        attachment_bytes: 200,
    };
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let whole = std::fs::read(entry.unwrap().path()).unwrap();
        for round in 0..rounds {
            let mut bytes = whole.clone();
            dice.damage(&mut bytes);
            let limits = if round % 2 == 0 {
                Limits::default()
            } else {
                limits
            };
            for mail in mbox::messages_within(bytes.as_slice(), &limits) {
                let mail = mail.unwrap().read(&limits);
                assert_eq!(clean::line(&mail.subject), mail.subject);
                assert_eq!(clean::text(&mail.text), mail.text);
                assert!(mail.text.len() <= limits.text_bytes);
                let from = mail.from.as_ref().map_or("", |from| &from.email);
                assert_eq!(clean::line(from), from);
                assert!(
                    classify::suggest(&RULES, &mail)
                        .reasons
                        .iter()
                        .all(|reason| reason.sentence.chars().count() <= 160)
                );
            }
        }
    }
}
