//! The body of a mail: finds the readable text among its parts and lists the rest.
//!
//! `mail-parser` reads the content types, character sets and transfer codes, but its tree of parts is not used: it has
//! no limit on their number (a mail of 25 MB can ask for gigabytes), recurses when it is dropped, and takes a boundary
//! in the middle of a line or as the beginning of another for its own. This walk is linear in the size of the mail for
//! each level, and the levels are limited.

use std::borrow::Cow;

use mail_parser::ContentType;

use super::header::{Header, decode_base64, decode_quoted, decode_words, field_name, first_line};
use super::{AttachmentInfo, Limits, Problem, charset, clean, html};

/// How many mails inside a mail are searched for a text.
const NESTED_LIMIT: usize = 10;
/// Longest file name that is kept, in characters.
const NAME_LIMIT: usize = 200;
/// A page may be this many times longer than the text it gives.
const MARKUP_FACTOR: usize = 4;

/// What was found in a body; texts are decoded but not cleaned.
pub(super) struct Body {
    pub(super) text: String,
    pub(super) attachments: Vec<AttachmentInfo>,
    pub(super) problems: Vec<Problem>,
}

/// Reads the body that belongs to this header.
pub(super) fn read(header: &Header<'_>, body: &[u8], limits: &Limits) -> Body {
    let mut walk = Walk {
        limits,
        parts: 0,
        plain: String::new(),
        page: None,
        nested: Vec::new(),
        attachments: Vec::new(),
        problems: Vec::new(),
    };
    walk.part(header, body, Place::default());
    let text = walk.text();
    Body {
        text,
        attachments: walk.attachments,
        problems: walk.problems,
    }
}

/// Where a part stands.
#[derive(Clone, Copy, Default)]
struct Place {
    depth: usize,
    /// In a `multipart/digest` a part without a type is a mail.
    in_digest: bool,
    /// In a `multipart/alternative` the parts are the same text over again.
    in_alternative: bool,
}

struct Walk<'a> {
    limits: &'a Limits,
    parts: usize,
    plain: String,
    page: Option<String>,
    nested: Vec<Cow<'a, [u8]>>,
    attachments: Vec<AttachmentInfo>,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn part(&mut self, header: &Header<'_>, body: &'a [u8], place: Place) {
        self.parts += 1;
        if self.parts > self.limits.parts || place.depth > self.limits.depth {
            self.problems.push(Problem::TooManyParts);
            return;
        }
        let content_type = header.content_type("content-type");
        let (kind, subtype) = media_type(content_type.as_ref(), place.in_digest);
        if kind == "multipart" {
            self.multipart(content_type.as_ref(), &subtype, body, place);
            return;
        }
        let disposition = header.content_type("content-disposition");
        let is_attached = disposition
            .as_ref()
            .is_some_and(|d| d.ctype().eq_ignore_ascii_case("attachment"));
        let name = file_name(disposition.as_ref()).or_else(|| file_name(content_type.as_ref()));
        let encoding = header
            .raw("content-transfer-encoding")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let encoding = encoding.split([' ', ';', '(']).next().unwrap_or_default();
        let is_text = kind == "text" && (subtype == "plain" || subtype == "html");
        // A named text after the first is a file; as the first it may be the whole mail (some programs name it).
        let is_file =
            is_attached || (name.is_some() && (place.depth > 0 && !self.is_without_text()));
        if is_text && !is_file {
            let label = content_type.as_ref().and_then(|c| c.attribute("charset"));
            let bytes = decoded(body, encoding, &mut self.problems);
            self.take_text(&bytes, label, &subtype, place);
            return;
        }
        let size = decoded_size(body, encoding);
        if kind == "message"
            && (subtype == "rfc822" || subtype == "global")
            && self.nested.len() < NESTED_LIMIT
        {
            self.nested
                .push(decoded(body, encoding, &mut self.problems));
        }
        self.attachments.push(AttachmentInfo {
            name,
            mime: clean::line(&format!("{kind}/{subtype}")),
            size,
        });
    }

    fn is_without_text(&self) -> bool {
        self.plain.is_empty() && self.page.is_none()
    }

    fn multipart(
        &mut self,
        content_type: Option<&ContentType<'_>>,
        subtype: &str,
        body: &'a [u8],
        place: Place,
    ) {
        let boundary = content_type
            .and_then(|c| c.attribute("boundary"))
            .unwrap_or_default()
            .trim_end();
        let parts = if boundary.is_empty() {
            None
        } else {
            split(body, boundary.as_bytes(), self.limits.parts)
        };
        let Some(parts) = parts else {
            // Without its boundary it is one text, as far as anyone can tell.
            self.problems.push(Problem::UnclosedPart);
            self.take_text(body, None, "plain", place);
            return;
        };
        if !parts.is_closed {
            self.problems.push(Problem::UnclosedPart);
        }
        let inside = Place {
            depth: place.depth + 1,
            in_digest: subtype == "digest",
            in_alternative: place.in_alternative || subtype == "alternative",
        };
        for part in parts.bodies {
            let (header, body) = part_header(part, self.limits.header_bytes);
            self.part(&header, body, inside);
        }
    }

    fn take_text(&mut self, bytes: &[u8], label: Option<&str>, subtype: &str, place: Place) {
        let is_page = subtype == "html";
        let limit = if is_page {
            self.limits.text_bytes.saturating_mul(MARKUP_FACTOR)
        } else {
            self.limits.text_bytes
        };
        let kept = &bytes[..bytes.len().min(limit)];
        if kept.len() < bytes.len() {
            self.problems.push(Problem::TooLarge);
        }
        let declared = if is_page && label.is_none() {
            meta_charset(kept)
        } else {
            None
        };
        let (text, problem) = charset::decode(kept, label.or(declared.as_deref()));
        self.problems.extend(problem);
        if text.trim().is_empty() {
            return;
        }
        if is_page {
            self.page.get_or_insert(text);
        } else if self.plain.is_empty() {
            self.plain = text;
        } else if !place.in_alternative && self.plain.len() + text.len() <= self.limits.text_bytes {
            // Some programs cut a text in two around a picture: what follows belongs to it.
            self.plain.truncate(self.plain.trim_end().len());
            self.plain.push_str("\n\n");
            self.plain.push_str(&text);
        }
    }

    /// Plain text before HTML before the text of a mail inside.
    fn text(&mut self) -> String {
        if !self.plain.trim().is_empty() {
            return std::mem::take(&mut self.plain);
        }
        if let Some(page) = self.page.take() {
            self.problems.push(Problem::HtmlOnly);
            let text = html::to_text(&page);
            if !text.trim().is_empty() {
                return text;
            }
        }
        let deeper = Limits {
            depth: self.limits.depth / 2,
            ..*self.limits
        };
        for nested in std::mem::take(&mut self.nested) {
            if deeper.depth == 0 {
                break;
            }
            let (header, body) = Header::split(&nested, self.limits.header_bytes);
            let inner = read(&header, body, &deeper);
            if !inner.text.trim().is_empty() {
                self.problems.push(Problem::NestedText);
                self.problems.extend(inner.problems);
                return inner.text;
            }
        }
        self.problems.push(Problem::NoText);
        String::new()
    }
}

/// The header of a part; a part may have none and still begin without the blank line.
fn part_header(part: &[u8], value_limit: usize) -> (Header<'_>, &[u8]) {
    let line = first_line(part);
    if field_name(line).is_none() && !line.trim_ascii().is_empty() {
        let (header, _) = Header::split(b"", value_limit);
        return (header, part);
    }
    Header::split(part, value_limit)
}

/// Type and subtype in lower case; what cannot be read is plain text (RFC 2045 §5.2).
fn media_type(content_type: Option<&ContentType<'_>>, in_digest: bool) -> (String, String) {
    match content_type {
        None if in_digest => ("message".into(), "rfc822".into()),
        Some(c)
            if !c.ctype().is_empty() && c.subtype().is_some_and(|subtype| !subtype.is_empty()) =>
        {
            (
                c.ctype().to_ascii_lowercase(),
                c.subtype().unwrap_or_default().to_ascii_lowercase(),
            )
        }
        _ => ("text".into(), "plain".into()),
    }
}

fn decoded<'b>(body: &'b [u8], encoding: &str, problems: &mut Vec<Problem>) -> Cow<'b, [u8]> {
    let (bytes, is_broken) = match encoding {
        "base64" => decode_base64(body),
        "quoted-printable" => decode_quoted(body),
        _ => return Cow::Borrowed(body),
    };
    if is_broken {
        problems.push(Problem::BrokenEncoding);
    }
    Cow::Owned(bytes)
}

/// The size after decoding, without decoding: an attachment is named, not opened.
fn decoded_size(body: &[u8], encoding: &str) -> usize {
    match encoding {
        "base64" => {
            let digits = body
                .iter()
                .filter(|b| b.is_ascii_alphanumeric() || **b == b'+' || **b == b'/')
                .count();
            digits * 3 / 4
        }
        "quoted-printable" => decode_quoted(body).0.len(),
        _ => body.len(),
    }
}

/// The file name without folders: `..\..\x` is nothing but `x`.
fn file_name(content_type: Option<&ContentType<'_>>) -> Option<String> {
    let value =
        content_type.and_then(|c| c.attribute("filename").or_else(|| c.attribute("name")))?;
    let name = clean::line(&decode_words(value));
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    (!name.is_empty()).then(|| name.chars().take(NAME_LIMIT).collect())
}

/// The character set an HTML page names for itself.
fn meta_charset(page: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&page[..page.len().min(2048)]).to_ascii_lowercase();
    let (_, value) = start.split_once("charset=")?;
    let value = value.trim_start_matches(['"', '\'']);
    let name: String = value
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    (!name.is_empty()).then_some(name)
}

struct Parts<'a> {
    bodies: Vec<&'a [u8]>,
    is_closed: bool,
}

/// Cuts a multipart body at its boundary lines; `None` if there is not one.
fn split<'a>(body: &'a [u8], boundary: &[u8], limit: usize) -> Option<Parts<'a>> {
    let mut bodies = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    while at < body.len() {
        let line = first_line(&body[at..]);
        if let Some(is_last) = delimiter(line, boundary) {
            if let Some(start) = start {
                bodies.push(without_line_end(&body[start..at]));
            }
            // One more than is read, so that the reader notices.
            if is_last || bodies.len() > limit {
                return Some(Parts {
                    bodies,
                    is_closed: true,
                });
            }
            start = Some(at + line.len());
        }
        at += line.len();
    }
    bodies.push(&body[start?..]);
    Some(Parts {
        bodies,
        is_closed: false,
    })
}

/// Whether the line is `--boundary` (`false`) or `--boundary--` (`true`).
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line
        .strip_prefix(b"--")?
        .strip_prefix(boundary)?
        .trim_ascii_end();
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(part: &[u8]) -> &[u8] {
    part.strip_suffix(b"\r\n")
        .or_else(|| part.strip_suffix(b"\n"))
        .unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(raw: &str) -> Body {
        let (header, body) = Header::split(raw.as_bytes(), 10_000);
        read(&header, body, &Limits::default())
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
                size: 3
            }]
        );
    }

    #[test]
    fn a_boundary_that_begins_another_is_not_taken_for_it() {
        let body = read_all(
            "Content-Type: multipart/mixed; boundary=a\n\n--a\n\nen\n--ab\nto --a\n--a--\n",
        );
        assert_eq!(body.text, "en\n--ab\nto --a");
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
        let (header, _) = Header::split(b"Content-Type: text/html\n\n", 1000);
        let body = read(
            &header,
            b"<meta charset=iso-8859-1><p>bl\xe5",
            &Limits::default(),
        );
        assert_eq!(
            (body.text.as_str(), body.problems),
            ("blå", vec![Problem::HtmlOnly])
        );
    }
}
