//! One mail from its bytes to an [`Incoming`]. Pure; never fails: what cannot be read is a [`Problem`].

use chrono::{DateTime, Datelike, Utc};
use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, HeaderName, HeaderValue, Message, MessageParser};

use super::raw::{self, Raw};
use super::{
    Incoming, Limits, Mailbox, Problem, ReceiptSource, body, clean, date, forward, nature,
};

/// A date before this year or after the other is a broken clock, not an arrival.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// Longest text of a broken date that is reported, in characters.
const DATE_DETAIL: usize = 60;
/// How many addresses of one mail are kept.
const ADDRESS_LIMIT: usize = 1000;
/// Headers that may name the sender where `From:` does not, best first.
const OTHER_SENDERS: [(HeaderName<'static>, &str); 4] = [
    (HeaderName::Sender, "Sender"),
    (HeaderName::ReplyTo, "Reply-To"),
    (HeaderName::ReturnPath, "Return-Path"),
    (
        HeaderName::Other(std::borrow::Cow::Borrowed("X-Sender")),
        "X-Sender",
    ),
];

/// Reads one mail.
///
/// `envelope_time` is the time of the mbox `From ` line or of the file in a Maildir, which counts where there is no
/// readable `Received:` (RULES §1.1). Beyond the limits the mail is read as far as they go.
pub fn parse(raw: &[u8], envelope_time: Option<DateTime<Utc>>, limits: &Limits) -> Incoming {
    let cut = &raw[..raw.len().min(limits.mail_bytes)];
    let fit = raw::prepare(cut, limits);
    let message = structure(&fit).unwrap_or_default();
    let body = body::read(&message, limits);
    let mut mail = Incoming {
        from: None,
        reply_to: mailboxes(&message, HeaderName::ReplyTo).into_iter().next(),
        to: mailboxes(&message, HeaderName::To),
        subject: clean::line(field_text(&message, HeaderName::Subject).unwrap_or_default()),
        message_id: message_id(&message),
        in_reply_to: ids(&message, HeaderName::InReplyTo),
        references: ids(&message, HeaderName::References),
        received_at: None,
        received_from: ReceiptSource::None,
        written_at: None,
        text: String::new(),
        attachments: body.attachments,
        inner_sender: None,
        nature: nature::of(&message, &fit.bytes),
        problems: Vec::new(),
    };
    if cut.len() < raw.len() {
        mail.note(Problem::Truncated { bytes: cut.len() });
        mail.last_was_cut();
    }
    fit.problems
        .iter()
        .for_each(|problem| mail.note(problem.clone()));
    set_sender(&mut mail, &message);
    set_receipt(&mut mail, &message, envelope_time);
    body.problems
        .into_iter()
        .for_each(|problem| mail.note(problem));
    set_text(&mut mail, &body.text, limits);
    mail.inner_sender = body.inner_sender.or_else(|| {
        let passed_on = forward::is_passed_on(&mail.subject);
        passed_on
            .then(|| forward::copied_sender(&mail.text))
            .flatten()
    });
    // What a person sends on to herself is hers.
    let own = mail.from.as_ref().map(|from| from.email.to_lowercase());
    mail.inner_sender
        .take_if(|inner| Some(inner.email.to_lowercase()) == own);
    if is_steering(&message, &body.text) {
        mail.note(Problem::HiddenCharacters);
    }
    mail
}

/// The library's reading of a mail. Dates are left raw: [`date`] says why.
pub(super) fn structure(raw: &Raw) -> Option<Message<'_>> {
    MessageParser::new()
        .with_mime_headers()
        .with_address_headers()
        .with_message_ids()
        .header_text(HeaderName::Subject)
        .header_address(HeaderName::ReturnPath)
        .header_address("X-Sender")
        .default_header_raw()
        .parse(&raw.bytes)
}

/// The addresses in every field of that name, groups resolved.
fn mailboxes(message: &Message<'_>, name: HeaderName<'_>) -> Vec<Mailbox> {
    message
        .header_values(name)
        .filter_map(HeaderValue::as_address)
        .flat_map(|address| address.iter())
        .filter_map(mailbox)
        .take(ADDRESS_LIMIT)
        .collect()
}

/// An address without what the library leaves in it: other words before it, a route (`@a,@b:`), `mailto:`.
fn mailbox(addr: &Addr<'_>) -> Option<Mailbox> {
    let email = bare(&clean::line(addr.address()?));
    let name = addr.name().map(clean::line).unwrap_or_default();
    // The library puts a remark behind the name: `a@x.dk (office)`.
    let shown = name.split(" (").next().unwrap_or_default();
    let is_repeated = shown
        .trim_matches(['\'', '<', '>'])
        .eq_ignore_ascii_case(&email);
    (!email.is_empty()).then_some(Mailbox {
        name: (!name.is_empty() && !is_repeated).then_some(name),
        email,
    })
}

/// Decodes the RFC 2047 words in a text.
fn decoded(text: &str) -> String {
    let line = format!("{}\n", text.trim());
    let value = MessageStream::new(line.as_bytes()).parse_unstructured();
    clean::line(value.as_text().unwrap_or(text))
}

/// The address in a text that may hold more.
fn bare(text: &str) -> String {
    if text.starts_with('"') && text.contains("\"@") {
        return text.to_owned();
    }
    let tight = text.replace(" @", "@").replace("@ ", "@");
    let word = tight.split_whitespace().find(|word| word.contains('@'));
    let word = word.unwrap_or(&tight);
    // What stands before a colon is `mailto:` or a route.
    let word = word.rsplit([':', '<']).next().unwrap_or(word);
    let word = word.trim_matches(|c: char| "<>(),;\"'".contains(c));
    // `a@[192.0.2.1]` keeps its brackets.
    let word = if word.contains('[') {
        word
    } else {
        word.trim_end_matches(']')
    };
    word.split_whitespace().collect()
}

/// The address the library does not see in `kurt at x.dk` (as list archives write it) or behind an unclosed quote
/// and in an encoded word. One word alone is a local name, `root`.
fn rescued(message: &Message<'_>) -> Option<Mailbox> {
    let (_, field) = message
        .headers_raw()
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("from"))?;
    let field = decoded(field).replace(" at ", "@");
    let is_address = field.contains('@');
    let is_name = field.is_ascii() && !field.is_empty() && !field.contains(char::is_whitespace);
    let email = bare(&field);
    (is_address || is_name).then_some(Mailbox { name: None, email })
}

/// The ids in a field such as `References:`, without angle brackets.
fn ids<'m>(message: &'m Message<'_>, name: HeaderName<'m>) -> Vec<String> {
    let value = first(message, name).and_then(HeaderValue::as_text_list);
    // Broken programs leave the brackets out; only a word with an `@` is an id then.
    let words =
        value
            .into_iter()
            .flatten()
            .flat_map(|id| match id.split_once(char::is_whitespace) {
                Some(_) if id.contains('@') => id
                    .split_whitespace()
                    .filter(|word| word.contains('@'))
                    .collect(),
                _ => vec![id.as_ref()],
            });
    words
        .map(|id| clean::line(id.trim_matches(['<', '>', ',', ';'])))
        .filter(|id| !id.is_empty())
        .collect()
}

/// The id of the mail: what stands in the angle brackets, blanks and all, as whoever answers will write it.
fn message_id(message: &Message<'_>) -> Option<String> {
    let (_, field) = message
        .headers_raw()
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("message-id"))?;
    let inner = field
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(inner, _)| clean::line(inner))
        .filter(|inner| !inner.is_empty());
    inner.or_else(|| ids(message, HeaderName::MessageId).into_iter().next())
}

fn set_sender(mail: &mut Incoming, message: &Message<'_>) {
    let from = mailboxes(message, HeaderName::From);
    // The library cuts `"a b"@x.dk` in two.
    let is_whole = |from: &&Mailbox| from.email.find('@').is_some_and(|at| at > 0);
    let whole = from.iter().find(is_whole).cloned();
    mail.from = whole
        .or_else(|| rescued(message).filter(|from| !from.email.is_empty()))
        .or_else(|| from.into_iter().next());
    if mail.from.is_some() {
        return;
    }
    let name = message
        .from()
        .and_then(|from| from.first())
        .and_then(|from| from.name().map(clean::line));
    for (header, header_name) in OTHER_SENDERS {
        let mut found = mailboxes(message, header).into_iter();
        if let Some(found) = found.find(|mailbox| mailbox.email.contains('@')) {
            mail.from = Some(Mailbox {
                name: name.or(found.name),
                email: found.email,
            });
            mail.note(Problem::SenderGuessed(header_name));
            return;
        }
    }
    mail.note(Problem::NoSender);
}

/// The first field of that name; the library's own getters give the last.
fn first<'m>(message: &'m Message<'_>, name: HeaderName<'m>) -> Option<&'m HeaderValue<'m>> {
    message.header_values(name).next()
}

/// The first field of that name as text.
fn field_text<'m>(message: &'m Message<'_>, name: HeaderName<'m>) -> Option<&'m str> {
    first(message, name)?.as_text()
}

/// The instant of arrival: topmost `Received:`, else the envelope, else `Date:` (RULES §1.1).
fn set_receipt(mail: &mut Incoming, message: &Message<'_>, envelope_time: Option<DateTime<Utc>>) {
    let received = field_text(message, HeaderName::Received)
        .and_then(|value| value.rsplit_once(';'))
        .and_then(|(_, stamp)| readable(mail, stamp));
    let envelope = envelope_time.filter(|at| {
        let is_sane = YEARS.contains(&at.year());
        if !is_sane {
            mail.note(Problem::BadDate(at.to_rfc3339()));
        }
        is_sane
    });
    mail.written_at = field_text(message, HeaderName::Date).and_then(|value| readable(mail, value));
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
        let detail: String = clean::line(text).chars().take(DATE_DETAIL).collect();
        mail.note(Problem::BadDate(detail.trim_end().to_owned()));
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
    // Nothing but what nobody sees, such as zero-width characters, is no text either.
    if mail.text.trim().is_empty() {
        mail.note(Problem::NoText);
    }
}

fn is_steering(message: &Message<'_>, text: &str) -> bool {
    let senders = message.from().into_iter().flat_map(|from| from.iter());
    let mut shown = senders.flat_map(|from| [from.name(), from.address()]);
    clean::has_hidden(text)
        || field_text(message, HeaderName::Subject).is_some_and(clean::has_hidden)
        || shown.any(|text| text.is_some_and(clean::has_hidden))
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

    #[test]
    fn senders_in_many_forms() {
        for (value, name, email) in [
            ("jens@x.example", "", "jens@x.example"),
            (
                "Jens Hansen <jens@x.example>",
                "Jens Hansen",
                "jens@x.example",
            ),
            (
                "\"Hansen, Jens\" <jens@x.example>",
                "Hansen, Jens",
                "jens@x.example",
            ),
            ("Hansen, Jens <jens@x.example>", "Jens", "jens@x.example"),
            (
                "jens@x.example (Jens Hansen)",
                "Jens Hansen",
                "jens@x.example",
            ),
            (
                "=?utf-8?q?Hansen=2C_J=C3=B8rn?= <j@x.example>",
                "Hansen, Jørn",
                "j@x.example",
            ),
            (
                "\"=?utf-8?q?J=C3=B8rn?=\" <j@x.example>",
                "Jørn",
                "j@x.example",
            ),
            ("=?utf-8?q?a=40x=2Edk?=", "", "a@x.dk"),
            (
                "\"jens@x.example\" <Jens@x.example> (hjem)",
                "",
                "Jens@x.example",
            ),
            ("A B jens@x.example", "", "jens@x.example"),
            ("jens @ x.example", "", "jens@x.example"),
            ("<@a,@b:jens@x.example>", "", "jens@x.example"),
            ("Jens <mailto:jens@x.example>", "Jens", "jens@x.example"),
            ("Kurt [mailto:kurt@x.example]", "", "kurt@x.example"),
            ("Jens <jens@x.example", "Jens", "jens@x.example"),
            ("\"unclosed <a@x.example", "", "a@x.example"),
            ("guido at x.example (Guido)", "", "guido@x.example"),
            ("a@[192.0.2.1]", "", "a@[192.0.2.1]"),
            ("\"a b\"@x.example", "", "\"a b\"@x.example"),
            (
                "Hold: a@x.example, b@x.example; c@x.example",
                "",
                "a@x.example",
            ),
            ("root", "", "root"),
        ] {
            let from = read(&format!("From: {value}\n\nx")).from.unwrap();
            let found = (from.name.unwrap_or_default(), from.email);
            assert_eq!(found, (name.to_owned(), email.to_owned()), "{value}");
        }
        for value in ["", " , ;<>", "undisclosed-recipients:;"] {
            assert_eq!(read(&format!("From: {value}\n\nx")).from, None, "{value}");
        }
    }

    #[test]
    fn ids_with_and_without_brackets() {
        let mail = read("References: <a@b>\n <c@d> (x)\nIn-Reply-To: e@f\n\nx");
        assert_eq!(mail.references, ["a@b", "c@d"]);
        assert_eq!(mail.in_reply_to, ["e@f"]);
        for (field, id) in [
            ("<a b@c>", "a b@c"),
            ("  (x) <\"a b\"@c> y", "\"a b\"@c"),
            ("a@b", "a@b"),
            ("<>", ""),
        ] {
            let mail = read(&format!("From: a@b\nMessage-ID: {field}\n\nx"));
            assert_eq!(mail.message_id.unwrap_or_default(), id, "{field}");
        }
    }
}
