//! The body of a mail: which of the parts the library found is the readable text, and the names of the others.

use std::borrow::Cow;
use std::sync::Arc;

use mail_parser::{ContentType, Message, MessagePart, MimeHeaders, PartType};

use super::{AttachmentInfo, Limits, Mailbox, Problem, clean, html, parse, raw, text};

/// How many mails inside a mail are searched for a text.
const NESTED_LIMIT: usize = 10;
/// Longest file name that is kept, in characters.
const NAME_LIMIT: usize = 200;
/// Longest media type that is kept, in bytes: two names of 127 and the stroke between them (RFC 6838 §4.2).
const TYPE_LIMIT: usize = 255;
/// A page may be this many times longer than the text it gives.
const MARKUP_FACTOR: usize = 4;

/// What was found in a body; texts are decoded but not cleaned.
pub(super) struct Body {
    pub(super) text: String,
    pub(super) attachments: Vec<AttachmentInfo>,
    /// The sender of the mail inside, where there is exactly one and no machine put it there.
    pub(super) inner_sender: Option<Mailbox>,
    pub(super) problems: Vec<Problem>,
}

/// Reads the body of a mail.
pub(super) fn read(message: &Message<'_>, limits: &Limits) -> Body {
    let mut body = Body {
        text: String::new(),
        attachments: Vec::new(),
        inner_sender: None,
        problems: Vec::new(),
    };
    // The library takes an invitation for a text to be read.
    let invitations = message.text_bodies().filter(|part| is_invitation(part));
    for part in message.attachments().chain(invitations) {
        if body.attachments.len() >= limits.parts {
            body.problems.push(Problem::TooManyParts);
            break;
        }
        body.attachments.push(AttachmentInfo {
            name: file_name(part),
            mime: mime(part),
            size: part.len(),
            content: content(message, part, limits),
        });
        if is_winmail(part) {
            body.problems.push(Problem::Winmail);
        }
    }
    body.take_text(message, limits);
    body.take_passed_on(message, limits);
    body
}

impl Body {
    /// Plain text before HTML before what the library could not place before the text of a mail inside.
    fn take_text(&mut self, message: &Message<'_>, limits: &Limits) {
        let is_plain = |part: &&MessagePart<'_>| {
            matches!(part.body, PartType::Text(_)) && !is_invitation(part)
        };
        let is_page = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
        let lost = |part: &&MessagePart<'_>| is_misplaced(part);
        self.take_parts(message, message.text_bodies().filter(is_plain), limits);
        if self.text.is_empty() {
            self.take_parts(message, message.html_bodies().filter(is_page), limits);
        }
        if self.text.is_empty() {
            self.take_parts(message, message.attachments().filter(lost), limits);
        }
        if self.text.is_empty() {
            self.take_nested(message, limits);
        }
        if self.text.is_empty() {
            self.take_invitation(message, limits);
        }
        if self.text.is_empty() {
            self.problems.push(Problem::NoText);
        }
    }

    /// Some programs cut a text in two around a picture: what follows belongs to it.
    fn take_parts<'a, 'x: 'a>(
        &mut self,
        message: &'a Message<'x>,
        parts: impl Iterator<Item = &'a MessagePart<'a>>,
        limits: &Limits,
    ) {
        for part in parts {
            let (text, problems) = text::of_part(message, part);
            self.problems.extend(problems);
            let is_page = is_type(part, "text", "html");
            let limit = limits
                .text_bytes
                .saturating_mul(if is_page { MARKUP_FACTOR } else { 1 });
            let kept = &text[..text.floor_char_boundary(limit)];
            if kept.len() < text.len() || self.text.len() > limits.text_bytes {
                self.problems.push(Problem::TooLarge);
            }
            let text = if is_page {
                self.problems.push(Problem::HtmlOnly);
                Cow::Owned(html::to_text(kept))
            } else {
                Cow::Borrowed(kept)
            };
            if text.trim().is_empty() || self.text.len() > limits.text_bytes {
                continue;
            }
            if !self.text.is_empty() {
                self.text.truncate(self.text.trim_end().len());
                self.text.push_str("\n\n");
            }
            self.text.push_str(&text);
        }
    }

    /// What an invitation says, where a mail holds nothing else.
    fn take_invitation(&mut self, message: &Message<'_>, limits: &Limits) {
        let mut parts = message.parts.iter();
        let Some(part) = parts.find(|part| is_invitation(part)) else {
            return;
        };
        let (text, _) = text::of_part(message, part);
        let kept = &text[..text.floor_char_boundary(limits.text_bytes)];
        self.text = invitation(kept);
        if !self.text.is_empty() {
            self.problems.push(Problem::CalendarText);
        }
    }

    /// A mail that was passed on as an attachment: who wrote it, and below the words that go with it what it says.
    fn take_passed_on(&mut self, message: &Message<'_>, limits: &Limits) {
        let is_nested = |part: &&MessagePart<'_>| is_type(part, "message", "nested");
        let mut inside = message.attachments().filter(is_nested);
        let (Some(part), None) = (inside.next(), inside.next()) else {
            return;
        };
        // A letter that came back holds a mail, too, and nobody passed that on.
        let subtype = message.content_type().and_then(ContentType::subtype);
        let is_report = subtype.is_some_and(|subtype| subtype.eq_ignore_ascii_case("report"));
        if is_report || limits.depth < 2 {
            return;
        }
        let deeper = Limits {
            depth: limits.depth / 2,
            attachment_bytes: 0,
            ..*limits
        };
        let inner = parse::parse(part.contents(), None, &deeper);
        self.inner_sender.clone_from(&inner.from);
        if self.problems.contains(&Problem::NestedText) || inner.text.is_empty() {
            return;
        }
        let from = inner.from.map_or_else(String::new, |from| match from.name {
            Some(name) => format!("{name} <{}>", from.email),
            None => from.email,
        });
        let head = format!("\n\n---\nFrom: {from}\nSubject: {}\n\n", inner.subject);
        if self.text.len() + head.len() + inner.text.len() > limits.text_bytes {
            self.problems.push(Problem::TooLarge);
            return;
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str(&head);
        self.text.push_str(&inner.text);
    }

    /// The text of the first mail inside that has one.
    fn take_nested(&mut self, message: &Message<'_>, limits: &Limits) {
        let deeper = Limits {
            depth: limits.depth / 2,
            ..*limits
        };
        let is_nested = |part: &&MessagePart<'_>| is_type(part, "message", "nested");
        for part in message.attachments().filter(is_nested).take(NESTED_LIMIT) {
            if deeper.depth == 0 {
                return;
            }
            let raw = raw::prepare(part.contents(), &deeper);
            let Some(inner) = parse::structure(&raw) else {
                continue;
            };
            let inner = read(&inner, &deeper);
            if !inner.text.is_empty() {
                self.text = inner.text;
                self.problems.push(Problem::NestedText);
                self.problems.extend(inner.problems);
                return;
            }
        }
    }
}

/// The bytes of an attachment as they were sent; the library has texts in its own encoding only.
fn content(message: &Message<'_>, part: &MessagePart<'_>, limits: &Limits) -> Option<Arc<[u8]>> {
    // Encoded it is larger: what is too large decoded is not decoded a second time.
    if part.len() > limits.attachment_bytes {
        return None;
    }
    let bytes: Arc<[u8]> = if is_type(part, "message", "nested") {
        raw::as_it_was(part.contents()).into()
    } else if part.is_text() || part.is_encoding_problem {
        text::bytes_of_part(message, part).into()
    } else {
        part.contents().into()
    };
    (bytes.len() <= limits.attachment_bytes).then_some(bytes)
}

fn is_invitation(part: &MessagePart<'_>) -> bool {
    is_type(part, "text", "calendar")
}

fn is_winmail(part: &MessagePart<'_>) -> bool {
    is_type(part, "application", "ms-tnef")
        || part
            .attachment_name()
            .is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"))
}

/// What an invitation is about, when and by whom: the fields of its first event, unfolded (RFC 5545 §3.1).
fn invitation(calendar: &str) -> String {
    let unfolded = calendar
        .replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "");
    let value = |name: &str| {
        let line = unfolded.lines().find(|line| {
            let rest = line.get(name.len()..).unwrap_or_default();
            line.get(..name.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(name))
                && rest.starts_with([':', ';'])
        })?;
        let (_, text) = line.split_once(':')?;
        let text = text
            .replace("\\n", "\n")
            .replace("\\,", ",")
            .replace("\\;", ";");
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    ["SUMMARY", "DESCRIPTION", "LOCATION"]
        .into_iter()
        .filter_map(value)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The library files a text under the attachments when its multipart has no boundary or ends before it; nobody
/// attached it.
fn is_misplaced(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type().map_or("text", |kind| kind.ctype());
    let is_attached = part
        .content_disposition()
        .is_some_and(ContentType::is_attachment);
    !is_attached
        && !is_invitation(part)
        && part.text_contents().is_some()
        && (kind == "multipart" || kind == "text")
}

fn is_type(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.is_content_type(kind, subtype)
}

/// The media type of a part; `raw` hides those of mails.
fn mime(part: &MessagePart<'_>) -> String {
    if is_type(part, "message", "nested") {
        return "message/rfc822".to_owned();
    }
    part.content_type().map_or_else(
        || "text/plain".to_owned(),
        |kind| {
            let subtype = kind.subtype().unwrap_or("plain");
            let whole = clean::line(&format!("{}/{subtype}", kind.ctype()));
            let kept = &whole[..whole.floor_char_boundary(TYPE_LIMIT)];
            kept.trim_end().to_owned()
        },
    )
}

/// The file name without folders: `..\..\x` is nothing but `x`, and `..` is none.
fn file_name(part: &MessagePart<'_>) -> Option<String> {
    let name = clean::line(part.attachment_name()?);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name: String = name.chars().take(NAME_LIMIT).collect();
    let name = name.trim_end();
    (!["", ".", ".."].contains(&name)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::Incoming;
    use super::*;

    fn read_all(raw: &str) -> Incoming {
        read_bytes(raw.as_bytes())
    }

    fn read_bytes(raw: &[u8]) -> Incoming {
        let header = b"From: a@b\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n";
        parse::parse(&[header, raw].concat(), None, &Limits::default())
    }

    #[test]
    fn the_plain_alternative_is_the_text() {
        let body = read_all(
            "Content-Type: multipart/mixed; boundary=a\n\nfortale\n--a\nContent-Type: multipart/alternative; boundary=\"ab\"\n\n--ab\n\ntekst\n--ab\nContent-Type: text/html\n\n<p>side\n--ab--\n--a\nContent-Type: application/pdf; name=\"=?utf-8?q?r=C3=A6kke.pdf?=\"\nContent-Transfer-Encoding: base64\n\nSGVq\n--a--\nefter",
        );
        assert_eq!((body.text.as_str(), body.problems), ("tekst", vec![]));
        assert_eq!(
            body.attachments,
            [AttachmentInfo {
                name: Some("række.pdf".into()),
                mime: "application/pdf".into(),
                size: 3,
                content: Some(b"Hej".as_slice().into()),
            }]
        );
    }

    #[test]
    fn names_and_types_of_attachments_have_an_end_and_no_folder() {
        let long = "x".repeat(1000);
        for (name, kept) in [
            ("..", None),
            ("a/..", None),
            ("c:\\\\.", None),
            ("../.ssh", Some(".ssh")),
            (long.as_str(), Some(&long[..NAME_LIMIT])),
        ] {
            let mail = read_all(&format!(
                "Content-Type: application/{long}; name=\"{name}\"\n\nx\n"
            ));
            let [attachment] = mail.attachments.as_slice() else {
                panic!("{mail:?}");
            };
            assert_eq!(attachment.name.as_deref(), kept);
            assert_eq!(attachment.mime.len(), TYPE_LIMIT);
        }
        let mail = read_all(&format!("Content-Type: x{}/y\n\nx\n", "æ".repeat(500)));
        assert!(
            mail.attachments
                .iter()
                .all(|it| it.mime.len() <= TYPE_LIMIT)
        );
    }

    #[test]
    fn a_text_that_nobody_sees_is_none() {
        for unseen in ["\u{200b}\u{200d}\n", "\u{feff}", "<p>&#8203;</p>"] {
            let kind = if unseen.starts_with('<') {
                "html"
            } else {
                "plain"
            };
            let mail = read_all(&format!(
                "Content-Type: text/{kind}; charset=utf-8\n\n{unseen}\n"
            ));
            assert_eq!(mail.text, "");
            assert!(mail.problems.contains(&Problem::NoText), "{mail:?}");
        }
    }

    #[test]
    fn a_mail_that_was_cut_keeps_its_text() {
        let whole = "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=a-b\n\n--a-b\nContent-Transfer-Encoding: quoted-printable\n\nt=C3=A5rn\n--a-b\nContent-Type: text/html\n\n<p>side\n--a-b--\n--a--\n";
        let text = whole.find("t=C3").unwrap();
        for end in text + 9..whole.len() - 5 {
            let mail = read_all(&whole[..end]);
            assert!(mail.text.starts_with("tårn"), "{end}: {mail:?}");
            assert!(mail.problems.contains(&Problem::UnclosedPart));
        }
    }

    #[test]
    fn a_multipart_without_its_boundary_is_text() {
        for kind in ["multipart/mixed", "multipart/mixed; boundary=b"] {
            let mail = read_all(&format!("Content-Type: {kind}\n\nhej\n"));
            assert_eq!(
                (mail.text.as_str(), mail.problems),
                ("hej", vec![Problem::UnclosedPart])
            );
        }
    }

    #[test]
    fn texts_around_a_picture_belong_together() {
        let body = read_all(
            "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nen\n--a\nContent-Type: image/png\n\nx\n--a\n\nto\n--a--\n",
        );
        assert_eq!(body.text, "en\n\nto");
    }

    #[test]
    fn a_mail_inside_is_read_when_there_is_nothing_else() {
        let body = read_all(
            "Content-Type: multipart/mixed; boundary=a\n\n--a\n\n\n--a\nContent-Type: message/rfc822\n\nFrom: x@y\n\nindre\n--a--\n",
        );
        assert_eq!(
            (body.text.as_str(), body.problems),
            ("indre", vec![Problem::NestedText])
        );
        assert_eq!(body.attachments.len(), 1);
    }

    #[test]
    fn a_bomb_of_parts_is_cut() {
        let many = "--a\n\nx\n".repeat(100_000);
        let body = read_all(&format!(
            "Content-Type: multipart/mixed; boundary=a\n\n{many}"
        ));
        assert!(body.problems.contains(&Problem::TooManyParts));
        let level = |n: u32| {
            format!(
                "--b{n}\nContent-Type: multipart/mixed; boundary=b{}\n\n",
                n + 1
            )
        };
        let deep: String =
            std::iter::once("Content-Type: multipart/mixed; boundary=b0\n\n".to_owned())
                .chain((0..5000).map(level))
                .collect();
        assert!(read_all(&deep).problems.contains(&Problem::TooManyParts));
        let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
        assert!(read_all(&nested).problems.contains(&Problem::NoText));
    }

    #[test]
    fn file_names_lose_their_folders() {
        let body = read_all(
            "Content-Type: text/plain; name=x\nContent-Disposition: attachment; filename=\"..\\\\..\\\\a/b\u{202e}.txt\"\n\nx",
        );
        assert_eq!(body.attachments[0].name.as_deref(), Some("b.txt"));
    }

    #[test]
    fn a_page_names_its_own_character_set() {
        let body = read_bytes(b"Content-Type: text/html\n\n<meta charset=iso-8859-1><p>bl\xe5");
        assert_eq!(
            (body.text.as_str(), body.problems),
            ("blå", vec![Problem::HtmlOnly])
        );
    }
}
