//! One mail from its bytes to an [`Incoming`]. Pure; never fails: what cannot be read is a [`Problem`].

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Utc};

use super::header::{Header, decode_words, field_name, first_line, is_blank};
use super::{Incoming, Limits, Mailbox, Problem, ReceiptSource, address, body, clean, date};

/// A date before this year or after the other is a broken clock, not an arrival.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// Longest text of a broken date that is reported, in characters.
const DATE_DETAIL: usize = 60;
/// Headers that may name the sender where `From:` does not, best first.
const OTHER_SENDERS: [&str; 4] = ["Sender", "Reply-To", "Return-Path", "X-Sender"];

/// Reads one mail.
///
/// `envelope_time` is the time of the mbox `From ` line or of the file in a Maildir, which counts where there is no
/// readable `Received:` (RULES §1.1). Beyond the limits the mail is read as far as they go.
pub fn parse(raw: &[u8], envelope_time: Option<DateTime<Utc>>, limits: &Limits) -> Incoming {
    let cut = &raw[..raw.len().min(limits.mail_bytes)];
    let lines = with_line_feeds(cut);
    let (header, body) = Header::split(without_preamble(&lines), limits.header_bytes);
    let body = body::read(&header, body, limits);
    let mut mail = Incoming {
        from: None,
        reply_to: mailboxes(&header, "reply-to")
            .into_iter()
            .find(|mailbox| !mailbox.email.is_empty()),
        to: header
            .all("to")
            .flat_map(|value| address::parse(&value))
            .filter(|to| !to.email.is_empty())
            .collect(),
        subject: clean::line(&header.decoded("subject").unwrap_or_default()),
        message_id: header.ids("message-id").into_iter().next(),
        in_reply_to: header.ids("in-reply-to"),
        references: header.ids("references"),
        received_at: None,
        received_from: ReceiptSource::None,
        written_at: None,
        text: String::new(),
        attachments: body.attachments,
        problems: Vec::new(),
    };
    if cut.len() < raw.len() {
        mail.note(Problem::Truncated { bytes: cut.len() });
    }
    if header.is_empty() {
        mail.note(Problem::NotAMail);
    } else if header.has_stray_lines {
        mail.note(Problem::BadHeader);
    }
    set_sender(&mut mail, &header);
    set_receipt(&mut mail, &header, envelope_time);
    body.problems
        .into_iter()
        .for_each(|problem| mail.note(problem));
    set_text(&mut mail, &body.text, limits);
    if is_steering(&header, &body.text) {
        mail.note(Problem::HiddenCharacters);
    }
    mail
}

/// Mail from old Macs has carriage returns alone for line ends.
fn with_line_feeds(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    raw.iter()
        .map(|&b| if b == b'\r' { b'\n' } else { b })
        .collect()
}

/// Passes over what may stand before the header: a byte order mark, blank lines, the line of an mbox.
fn without_preamble(raw: &[u8]) -> &[u8] {
    let mut rest = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    loop {
        let line = first_line(rest);
        let is_envelope = (line.starts_with(b"From ") || line.starts_with(b">From "))
            && field_name(line).is_none();
        if line.is_empty() || !(is_blank(line) || is_envelope) {
            return rest;
        }
        rest = &rest[line.len()..];
    }
}

fn mailboxes(header: &Header<'_>, name: &str) -> Vec<Mailbox> {
    header
        .raw(name)
        .map(|value| address::parse(&value))
        .unwrap_or_default()
}

/// A whole address before a local name before a name alone.
fn best(mailboxes: Vec<Mailbox>) -> Option<Mailbox> {
    let rank = |mailbox: &Mailbox| (!mailbox.email.contains('@'), mailbox.email.is_empty());
    // `min_by_key` gives the first of equals, which is the author.
    mailboxes.into_iter().min_by_key(rank)
}

fn set_sender(mail: &mut Incoming, header: &Header<'_>) {
    let from = best(mailboxes(header, "from"));
    if let Some(from) = from.as_ref().filter(|from| !from.email.is_empty()) {
        mail.from = Some(from.clone());
        return;
    }
    let name = from.and_then(|from| from.name);
    for other in OTHER_SENDERS {
        let found = mailboxes(header, other)
            .into_iter()
            .find(|mailbox| mailbox.email.contains('@'));
        if let Some(found) = found {
            mail.from = Some(Mailbox {
                name: name.or(found.name),
                email: found.email,
            });
            mail.note(Problem::SenderGuessed(other));
            return;
        }
    }
    mail.note(Problem::NoSender);
}

/// The instant of arrival: topmost `Received:`, else the envelope, else `Date:` (RULES §1.1).
fn set_receipt(mail: &mut Incoming, header: &Header<'_>, envelope_time: Option<DateTime<Utc>>) {
    let stamp = header
        .raw("received")
        .and_then(|value| value.rsplit_once(';').map(|(_, stamp)| stamp.to_owned()));
    let received = stamp.and_then(|stamp| readable(mail, &stamp));
    let envelope = envelope_time.filter(|at| {
        let is_sane = YEARS.contains(&at.year());
        if !is_sane {
            mail.note(Problem::BadDate(at.to_rfc3339()));
        }
        is_sane
    });
    mail.written_at = header.raw("date").and_then(|value| readable(mail, &value));
    let sources = [
        (received, ReceiptSource::Received),
        (envelope, ReceiptSource::Envelope),
        (mail.written_at, ReceiptSource::DateHeader),
    ];
    match sources.into_iter().find(|(at, _)| at.is_some()) {
        Some((at, source)) => (mail.received_at, mail.received_from) = (at, source),
        None => mail.note(Problem::NoDate),
    }
}

/// The instant, if it can be read and lies in a sane year; otherwise notes why not.
fn readable(mail: &mut Incoming, text: &str) -> Option<DateTime<Utc>> {
    let instant = date::parse(text).filter(|at| YEARS.contains(&at.year()));
    if instant.is_none() {
        let detail = clean::line(&decode_words(text))
            .chars()
            .take(DATE_DETAIL)
            .collect();
        mail.note(Problem::BadDate(detail));
    }
    instant
}

/// Cleans the text: no spaces at the ends of lines, no blank lines around it, no longer than the limit.
fn set_text(mail: &mut Incoming, text: &str, limits: &Limits) {
    let cleaned = clean::text(text);
    let mut kept = String::with_capacity(cleaned.len().min(limits.text_bytes));
    for line in cleaned.lines() {
        // The signature mark is `-- ` with its space: it is kept as it is.
        let line = if line == "-- " { line } else { line.trim_end() };
        if kept.len() + line.len() + 1 > limits.text_bytes {
            mail.note(Problem::TooLarge);
            let room = limits.text_bytes.saturating_sub(kept.len());
            kept.push_str(&line[..line.floor_char_boundary(room)]);
            break;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept.trim_matches('\n').clone_into(&mut mail.text);
}

fn is_steering(header: &Header<'_>, text: &str) -> bool {
    let in_header = |name| {
        header
            .decoded(name)
            .is_some_and(|value| clean::has_hidden(&value))
    };
    clean::has_hidden(text) || in_header("subject") || in_header("from")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Incoming {
        parse(raw.as_bytes(), None, &Limits::default())
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_ordinary_mail() {
        let mail = read(
            "From mette Mon Mar  2 09:00:00 2026\r\nReceived: from a by b; Mon, 2 Mar 2026 10:00:05 +0100\r\nReceived: from c by a; Mon, 2 Mar 2026 10:00:01 +0100\r\nFrom: Mette Hansen <mette@example.dk>\r\nTo: luma@x.example\r\nReply-To: m@example.dk\r\nSubject: =?utf-8?q?Indsigt_i_mine_oplysninger?=\r\nMessage-ID: <1@example.dk>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\n\r\nHej\r\n\r\nMvh\r\n",
        );
        assert_eq!(
            mail.from,
            Some(Mailbox {
                name: Some("Mette Hansen".into()),
                email: "mette@example.dk".into()
            })
        );
        assert_eq!(mail.reply_to.as_ref().unwrap().email, "m@example.dk");
        assert_eq!(
            (mail.subject.as_str(), mail.text.as_str()),
            ("Indsigt i mine oplysninger", "Hej\n\nMvh")
        );
        assert_eq!(mail.message_id.as_deref(), Some("1@example.dk"));
        assert_eq!(
            (mail.received_at, mail.received_from),
            (Some(at("2026-03-02T09:00:05Z")), ReceiptSource::Received)
        );
        assert_eq!(mail.written_at, Some(at("2026-03-02T09:00:00Z")));
        assert_eq!(mail.problems, []);
    }

    #[test]
    fn the_order_of_the_sources_of_arrival() {
        let envelope = Some(at("2026-03-02T12:00:00Z"));
        let of = |raw: &str, envelope| {
            let mail = parse(raw.as_bytes(), envelope, &Limits::default());
            (
                mail.received_at,
                mail.received_from,
                mail.problems
                    .into_iter()
                    .map(|p| p.code())
                    .collect::<Vec<_>>(),
            )
        };
        let date = "From: a@b\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n";
        let (at_, source, _) = of(
            &format!("Received: x; Mon, 2 Mar 2026 11:00:00 +0100\n{date}\nx"),
            envelope,
        );
        assert_eq!(
            (at_, source),
            (Some(at("2026-03-02T10:00:00Z")), ReceiptSource::Received)
        );
        let (at_, source, problems) = of(
            &format!("Received: x; Thu, 1 Jan 1970 00:00:00 +0000\n{date}\nx"),
            envelope,
        );
        assert_eq!(
            (at_, source, problems),
            (envelope, ReceiptSource::Envelope, vec!["bad-date"])
        );
        let (at_, source, _) = of(&format!("Received: by nobody\n{date}\nx"), None);
        assert_eq!(
            (at_, source),
            (Some(at("2026-03-02T09:00:00Z")), ReceiptSource::DateHeader)
        );
        let (at_, source, problems) = of("From: a@b\nDate: i morgen\n\nx", None);
        assert_eq!(
            (at_, source, problems),
            (None, ReceiptSource::None, vec!["bad-date", "no-date"])
        );
    }

    #[test]
    fn a_missing_sender_is_looked_for() {
        let mail = read("Subject: x\nSender: s@x.example\n\nx");
        assert_eq!(mail.from.as_ref().unwrap().email, "s@x.example");
        assert!(mail.problems.contains(&Problem::SenderGuessed("Sender")));
        let mail = read("From: Mette Hansen\nReturn-Path: <m@x.example>\n\nx");
        assert_eq!(
            mail.from,
            Some(Mailbox {
                name: Some("Mette Hansen".into()),
                email: "m@x.example".into()
            })
        );
        assert!(
            read("Subject: x\n\nx")
                .problems
                .contains(&Problem::NoSender)
        );
    }

    #[test]
    fn what_is_no_mail_is_said_to_be_none() {
        for raw in ["", "\n", "hej\nmed dig\n", "\0\u{1}\u{2}"] {
            assert!(read(raw).problems.contains(&Problem::NotAMail), "{raw:?}");
        }
        assert_eq!(read("hej\nmed dig\n").text, "hej\nmed dig");
    }

    #[test]
    fn old_line_ends_and_a_byte_order_mark() {
        assert_eq!(read("From: a@b\rSubject: c\r\rd\re").text, "d\ne");
        assert_eq!(read("\u{feff}From: a@b\nSubject: c\n\nd").subject, "c");
    }

    #[test]
    fn nothing_hostile_gets_through() {
        let mail = read(
            "From: \"\u{1b}[2Ja\" <a@b\u{202e}>\nSubject: =?utf-8?q?=1B]52;c;aGVq=07?=\nMessage-ID: <\u{1b}x@y>\n\n\u{1b}[31mrød\u{2066}",
        );
        let all = format!("{mail:?}");
        assert!(
            !all.contains("\\u{1b}") && !all.contains("\\u{7}") && !all.contains("\\u{20"),
            "{all}"
        );
        assert!(mail.problems.contains(&Problem::HiddenCharacters));
    }

    #[test]
    fn limits_cut_and_say_so() {
        let limits = Limits {
            mail_bytes: 100,
            text_bytes: 40,
            ..Limits::default()
        };
        let mail = parse(
            format!("From: a@b\n\n{}", "blå bær\n".repeat(40)).as_bytes(),
            None,
            &limits,
        );
        assert!(
            mail.problems.contains(&Problem::Truncated { bytes: 100 })
                && mail.problems.contains(&Problem::TooLarge)
        );
        assert!(mail.text.len() <= 40);
    }
}
