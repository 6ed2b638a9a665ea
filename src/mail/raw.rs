//! What is done to the bytes of a mail before `mail-parser` reads them.
//!
//! Measured with `mail-parser` 0.11.9, which has no limits (1.0 has them, but needs Rust 1.98): 24 MB of
//! `message/rfc822` headers overflow the stack when the result is dropped, 25 MB of empty parts take 870 MB, 25 MB of
//! them in base64 630 MB. Header bytes that are not UTF-8 and characters split between two encoded words are lost, and
//! so are the body after a missing blank line, the text of a multipart that was cut, and a last field without a line
//! end. Each is put right here, in the bytes.

use std::borrow::Cow;
use std::fmt::Write;
use std::io::BufRead;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::parsers::MessageStream;
use mail_parser::{MessageParser, MimeHeaders};

use super::{Limits, Problem, text};

/// How many fields are kept: beyond it nothing sensible comes.
const FIELD_LIMIT: usize = 2000;
/// How often a text may look like the start of a part, for each part that is read: dashes and a blank line are common.
const LOOKALIKES: usize = 8;
/// How many `*` one field may hold: each may be a piece of a parameter (RFC 2231), and the library joins them in a time
/// that grows with the square of their number (18 MB of them took 87 seconds).
const STAR_LIMIT: usize = 2000;
/// How many encoded words may begin in a field and not end; nobody writes one.
const UNFINISHED_WORDS: usize = 50;
/// What the library reads as the header field of a structure, once white space is left out.
const TYPE_FIELD: &[u8] = b"content-type:";
/// Fields that say how a body is to be read: of several the first counts, where the library takes the last.
const OF_BODY: [&[u8]; 3] = [
    b"content-type",
    b"content-transfer-encoding",
    b"content-disposition",
];
/// A mail inside a mail under a name the library does not open; of the length of the real names.
const NESTED: &[u8] = b"message/nested";

/// A mail fit for the library.
pub(super) struct Raw {
    pub(super) bytes: Vec<u8>,
    /// What was found wrong on the way.
    pub(super) problems: Vec<Problem>,
}

/// Prepares a mail; time and memory are linear in its size.
pub(super) fn prepare(raw: &[u8], limits: &Limits) -> Raw {
    let lines = with_line_feeds(raw);
    let mut out = Raw {
        bytes: Vec::with_capacity(lines.len() + 100),
        problems: Vec::new(),
    };
    let body = out.take_header(without_preamble(&lines), limits.header_bytes);
    let head = MessageParser::new()
        .with_mime_headers()
        .parse_headers(&out.bytes);
    let root = head.as_ref().and_then(|head| head.content_type());
    let is_multipart = root.is_some_and(|root| root.ctype() == "multipart");
    let is_mail = root.is_some_and(|root| root.ctype() == "message");
    out.bytes.extend_from_slice(body);
    if is_multipart || is_mail {
        let mut boundaries = Vec::new();
        out.limit_stars();
        out.defuse(limits, &mut boundaries);
        let found = boundaries.len();
        boundaries.retain(|it| !it.trim_end().is_empty());
        if boundaries.len() < found || (is_multipart && found == 0) {
            out.note(Problem::UnclosedPart);
        }
        out.part_lookalikes(&boundaries);
        out.close(&boundaries);
    }
    out
}

/// A mail inside a mail under its real name again.
pub(super) fn as_it_was(nested: &[u8]) -> Vec<u8> {
    let mut bytes = nested.to_vec();
    let mut at = 0;
    while let Some(found) = bytes[at..]
        .windows(NESTED.len())
        .position(|it| it == NESTED)
    {
        at += found;
        bytes[at..at + NESTED.len()].copy_from_slice(b"message/rfc822");
    }
    bytes
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

impl Raw {
    /// Writes the header anew: each field on one line, in UTF-8. Gives the body.
    fn take_header<'a>(&mut self, raw: &'a [u8], value_limit: usize) -> &'a [u8] {
        let mut rest = raw;
        let mut fields = 0;
        let mut seen = [false; OF_BODY.len()];
        while !rest.is_empty() && !is_blank(first_line(rest)) {
            let line = first_line(rest);
            let mut end = line.len();
            while is_folded(&rest[end..]) {
                end += first_line(&rest[end..]).len();
            }
            if let Some(name) = field_name(line) {
                fields += 1;
                let of_body = OF_BODY.iter().position(|it| name.eq_ignore_ascii_case(it));
                let is_passed_over = of_body
                    .is_some_and(|at| std::mem::replace(&mut seen[at], true))
                    || (of_body == Some(0) && is_no_type(&rest[name.len()..end]));
                if fields <= FIELD_LIMIT && !is_passed_over {
                    self.push_field(&rest[..end], value_limit);
                }
            } else {
                // One stray line is passed over; where no field follows, the blank line is missing: this is the body.
                if field_name(first_line(&rest[end..])).is_none() {
                    break;
                }
                self.note(Problem::BadHeader);
            }
            rest = &rest[end..];
        }
        // The library gives nothing for a mail without any field.
        if fields == 0 {
            self.note(Problem::NotAMail);
            self.bytes.extend_from_slice(b"MIME-Version: 1.0\n");
        }
        self.bytes.push(b'\n');
        let line = first_line(rest);
        rest.strip_prefix(line)
            .filter(|_| is_blank(line))
            .unwrap_or(rest)
    }

    fn note(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn push_field(&mut self, field: &[u8], value_limit: usize) {
        let field = &field[..field.len().min(value_limit)];
        let (field, _) = text::guess(field);
        let field = joined_words(&field.replace(['\r', '\n'], ""));
        self.bytes.extend_from_slice(field.trim_end().as_bytes());
        self.bytes.push(b'\n');
    }

    /// Replaces the `*` in a line and its folded ones where there are too many.
    fn limit_stars(&mut self) {
        let (mut stars, mut last) = (0, b'\n');
        for b in &mut self.bytes {
            if last == b'\n' && *b != b' ' && *b != b'\t' {
                stars = 0;
            }
            last = *b;
            if *b == b'*' {
                stars += 1;
                *b = if stars > STAR_LIMIT { b'+' } else { b'*' };
            }
        }
    }

    /// Takes out what would make the library use too much, and notes the boundaries that are left.
    ///
    /// Nothing the library could take for a structure escapes: a part needs dashes and then a blank line, and a part in
    /// which others are needs a `Content-Type` field, which may stand in the middle of a line and hold white space.
    fn defuse(&mut self, limits: &Limits, boundaries: &mut Vec<String>) {
        let mut room = limits.parts.saturating_mul(LOOKALIKES);
        let (mut after_dashes, mut is_blank_line, mut last) = (false, true, b'\n');
        let (mut matched, mut field) = (0, 0);
        for at in 0..self.bytes.len() {
            let b = self.bytes[at].to_ascii_lowercase();
            if b == b'\n' {
                if after_dashes && is_blank_line {
                    after_dashes = false;
                    if room == 0 {
                        self.bytes.truncate(at);
                        self.note(Problem::TooManyParts);
                        return;
                    }
                    room -= 1;
                }
                (is_blank_line, matched) = (true, 0);
            } else if !b.is_ascii_whitespace() {
                is_blank_line = false;
                after_dashes |= b == b'-' && last == b'-';
                let is_next = b == TYPE_FIELD[matched];
                matched = if is_next {
                    matched + 1
                } else {
                    usize::from(b == TYPE_FIELD[0])
                };
                if matched == 1 {
                    field = at;
                }
                if matched == TYPE_FIELD.len() {
                    matched = 0;
                    if let Some(boundary) = self.defuse_type(field, at + 1) {
                        if boundaries.len() < limits.depth {
                            boundaries.push(boundary);
                        } else {
                            self.bytes[field] = b'X';
                            self.note(Problem::TooManyParts);
                        }
                    }
                }
            }
            last = b;
        }
    }

    /// Hides the type of a mail inside this one from the library, and any type that is not plain enough to tell what
    /// it is. Gives the boundary of a multipart.
    fn defuse_type(&mut self, field: usize, value: usize) -> Option<String> {
        let rest = &self.bytes[value..];
        let begin = value + rest.len() - rest.trim_ascii_start().len();
        let is_token = |b: &u8| b.is_ascii_alphanumeric() || b"/.+-_".contains(b);
        let rest = &self.bytes[begin..];
        let end = begin + rest.iter().take_while(|b| is_token(b)).count();
        let kind = self.bytes[begin..end].to_ascii_lowercase();
        let is_plain = kind.split(|&b| b == b'/').count() == 2 && ends_value(&self.bytes[end..]);
        if !is_plain {
            // Without a type it is plain text (RFC 2045 §5.2).
            self.bytes[field] = b'X';
            return None;
        }
        match kind.as_slice() {
            b"message/rfc822" | b"message/global" => {
                self.bytes[begin..end].copy_from_slice(NESTED);
            }
            // The parts of a digest are mails without saying so.
            b"multipart/digest" => self.bytes[begin..end].copy_from_slice(b"multipart/mixed "),
            _ => {}
        }
        if !kind.starts_with(b"multipart/") {
            return None;
        }
        let fields = MessageStream::new(&self.bytes[value..]).parse_content_type();
        let boundary = fields.as_content_type()?.attribute("boundary");
        Some(boundary.unwrap_or_default().to_owned())
    }

    /// Adds the closing lines a mail lacks: the library files the text of an unclosed part under the attachments, with its
    /// transfer encoding undone or not. A part that ends because the one around it goes on is closed there.
    fn close(&mut self, boundaries: &[String]) {
        for (depth, boundary) in boundaries.iter().enumerate().rev() {
            let boundary = boundary.trim_end();
            let opening = format!("--{boundary}");
            let (mut opened, mut closed, mut around) = (None, false, None);
            for (at, line) in lines_of(&self.bytes) {
                match border(line, boundary) {
                    Some(Border::Opens) => opened = opened.or(Some(at)),
                    Some(Border::Closes) => closed |= opened.is_some(),
                    None if opened.is_some() && around.is_none() => {
                        let outer = &boundaries[..depth];
                        let is_of_outer =
                            outer.iter().any(|it| border(line, it.trim_end()).is_some());
                        around = is_of_outer.then_some(at);
                    }
                    None => {}
                }
            }
            if opened.is_none() || boundary.is_empty() {
                self.note(Problem::UnclosedPart);
            } else if !closed {
                self.note(Problem::UnclosedPart);
                let closing = format!("\n{opening}--\n").into_bytes();
                let at = around.unwrap_or(self.bytes.len());
                self.bytes.splice(at..at, closing);
            }
        }
    }

    /// Takes apart what the library would take for a border and is none: it looks neither at what stands before
    /// `--boundary` in a line nor at what comes after it. Where nothing comes after it, a line end was lost before it.
    fn part_lookalikes(&mut self, boundaries: &[String]) {
        let is_alike = |rest: &[u8]| {
            let after = &rest[2..];
            boundaries
                .iter()
                .any(|it| after.starts_with(it.trim_end().as_bytes()))
                && !boundaries
                    .iter()
                    .any(|it| border(rest, it.trim_end()).is_some())
        };
        let mut alike = Vec::new();
        for (start, line) in lines_of(&self.bytes) {
            if !line.contains(&b'-') {
                continue;
            }
            let dashes = line.windows(2).enumerate();
            let dashes = dashes.filter(|(at, pair)| *pair == b"--" && is_alike(&line[*at..]));
            alike.extend(dashes.map(|(at, _)| start + at));
        }
        if alike.is_empty() {
            return;
        }
        let mut bytes = Vec::with_capacity(self.bytes.len() + alike.len());
        let mut done = 0;
        for at in alike {
            bytes.extend_from_slice(&self.bytes[done..=at]);
            bytes.push(b' ');
            done = at + 1;
        }
        bytes.extend_from_slice(&self.bytes[done..]);
        self.bytes = bytes;
    }
}

/// The lines with their line ends, each with its place.
fn lines_of(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let at = bytes.len() - rest.len();
        // Reading from memory cannot fail.
        let length = rest.skip_until(b'\n').unwrap_or_default();
        (length > 0).then(|| (at, &bytes[at..at + length]))
    })
}

/// A line between the parts of a multipart.
enum Border {
    Opens,
    Closes,
}

/// What the line is to the multipart with that boundary. White space may stand behind it, and behind its end anything.
fn border(line: &[u8], boundary: &str) -> Option<Border> {
    let rest = line
        .strip_prefix(b"--")?
        .strip_prefix(boundary.as_bytes())?;
    if rest.trim_ascii().is_empty() {
        Some(Border::Opens)
    } else {
        rest.starts_with(b"--").then_some(Border::Closes)
    }
}

/// Whether a `Content-Type` is none, so that the mail is plain text (RFC 2045 §5.2): `x-gzip`, without a slash.
fn is_no_type(field: &[u8]) -> bool {
    let value = field.split(|&b| b == b':').nth(1).unwrap_or_default();
    let kind = value.split(|&b| b == b';').next().unwrap_or_default();
    let kind = kind.trim_ascii();
    // The library makes the best of these.
    let is_half = [b"text".as_slice(), b"multipart"]
        .iter()
        .any(|it| kind.eq_ignore_ascii_case(it));
    !kind.contains(&b'/') && !is_half
}

/// Whether a type ends here: at a semicolon or the end of its field.
fn ends_value(mut rest: &[u8]) -> bool {
    loop {
        match rest {
            [] | [b';', ..] => return true,
            [b'\n', next, ..] if !b" \t".contains(next) => return true,
            [b, tail @ ..] if b.is_ascii_whitespace() => rest = tail,
            _ => return false,
        }
    }
}

/// Whether the line begins a header field: the name of it.
pub(super) fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|&b| b == b':')?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(|b| (33..=126).contains(b))).then_some(name)
}

/// The first line with its line end.
pub(super) fn first_line(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|&b| b == b'\n');
    &bytes[..end.map_or(bytes.len(), |at| at + 1)]
}

/// Whether the line holds only its line end.
pub(super) fn is_blank(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n" | b"\r")
}

fn is_folded(rest: &[u8]) -> bool {
    rest.starts_with(b" ") || rest.starts_with(b"\t")
}

/// An RFC 2047 word with its data in the Q encoding, and what follows it.
struct Word<'a> {
    charset: &'a str,
    data: String,
    rest: &'a str,
}

/// Joins neighbouring encoded words of one character set: the library decodes each alone, and real programs split
/// characters between them.
fn joined_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Behind the last `?=` no word can end; looking for one from every beginning would take the square of the length.
    let end = text.rfind("?=").map_or(0, |at| at + 2);
    let is_mark = |c: char| ".!?".contains(c);
    let tail = text[end..].trim_start_matches(is_mark);
    let mut rest = &text[..text.len() - tail.len()];
    while let Some(start) = rest.find("=?") {
        out.push_str(&rest[..start]);
        let Some(mut word) = encoded_word(&rest[start..]) else {
            out.push_str("=?");
            rest = &rest[start + 2..];
            continue;
        };
        // The Japanese sets switch alphabets; each word begins anew, and joined they would be an error.
        let is_stateful = word.charset.to_ascii_lowercase().starts_with("iso-2022");
        while let Some(next) = encoded_word(word.rest.trim_start())
            && next.charset.eq_ignore_ascii_case(word.charset)
            && !is_stateful
        {
            word.data.push_str(&next.data);
            word.rest = next.rest;
        }
        // The library puts a space between a word and what follows it at once: the full stop of `=?utf-8?q?Hej?=.`
        let is_stop = |c: char| is_mark(c) && !is_stateful;
        let after = word.rest.trim_start_matches(is_stop);
        for b in word.rest[..word.rest.len() - after.len()].bytes() {
            hex(&mut word.data, b);
        }
        out.extend(["=?", word.charset, "?Q?", &word.data, "?="]);
        rest = after;
    }
    out.push_str(rest);
    // The library looks for the end of every word that begins, each time to the end of the field.
    if tail.matches("=?").nth(UNFINISHED_WORDS).is_some() {
        out.push_str(&tail.replace("=?", "="));
    } else {
        out.push_str(tail);
    }
    out
}

/// `=?charset?B|Q?data?=` at the beginning of the text.
fn encoded_word(text: &str) -> Option<Word<'_>> {
    let (charset, text) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, text) = text.split_once('?')?;
    if charset.contains(char::is_whitespace) || !["q", "Q", "b", "B"].contains(&encoding) {
        return None;
    }
    let (data, rest) = text.split_once("?=")?;
    let data = match encoding {
        "q" | "Q" => ascii(data, charset),
        "b" | "B" => {
            let bytes = base64_decode(&text::padded(data.as_bytes()))?;
            bytes.iter().fold(String::new(), |mut data, b| {
                hex(&mut data, *b);
                data
            })
        }
        _ => return None,
    };
    Some(Word {
        charset,
        data,
        rest,
    })
}

/// Adds a byte in the Q encoding.
fn hex(data: &mut String, b: u8) {
    // Writing to a `String` cannot fail.
    write!(data, "={b:02X}").unwrap_or_default();
}

/// Encodes what some programs leave as it is in a word in the Q encoding: the characters stand in the header's own set
/// and not in that of the word, as far as that has them.
fn ascii(data: &str, charset: &str) -> String {
    let is_unicode = charset.eq_ignore_ascii_case("utf-8");
    let mut out = String::with_capacity(data.len());
    for c in data.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(b) if !c.is_ascii() && !is_unicode => hex(&mut out, b),
            _ if !c.is_ascii() && is_unicode => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes)
                    .bytes()
                    .for_each(|b| hex(&mut out, b));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(raw: &[u8]) -> String {
        String::from_utf8(prepare(raw, &Limits::default()).bytes).unwrap()
    }

    #[test]
    fn headers_are_put_in_order() {
        for (raw, expected) in [
            (
                b"Subject: a\r\n b\r\n\tc\r\nFrom : d\r\n\r\nbody".as_slice(),
                "Subject: a b\tc\nFrom : d\n\nbody",
            ),
            (
                b"From: a\n>From b\nSubject: c\n\nd",
                "From: a\nSubject: c\n\nd",
            ),
            (b"From: a\nHej med jer\nmvh", "From: a\n\nHej med jer\nmvh"),
            (b"Subject: bl\xe5b\xe6r\n\n", "Subject: blåbær\n\n"),
            (b"\xef\xbb\xbf\nFrom x 1\nA: b", "A: b\n\n"),
            (b"A: b\rC: d\r\re", "A: b\nC: d\n\ne"),
        ] {
            assert_eq!(header(raw), expected);
        }
    }

    #[test]
    fn split_characters_are_joined() {
        for (text, expected) in [
            (
                "=?utf-8?q?a=C3?=\t=?UTF-8?Q?=B8b?= c",
                "=?utf-8?Q?a=C3=B8b?= c",
            ),
            ("=?utf-8?B?U8O?= =?utf-8?q?=B8?=", "=?utf-8?Q?=53=C3=B8?="),
            ("=?a?q?a?= =?b?q?b?=", "=?a?Q?a?= =?b?Q?b?="),
            ("=?utf-8?q?a?=. B", "=?utf-8?Q?a=2E?= B"),
            ("=?utf-8?q?a?=<b@c>", "=?utf-8?Q?a?=<b@c>"),
            ("=?iso-8859-1?q?ø?=", "=?iso-8859-1?Q?=F8?="),
            ("=?UTF-8?q?ø?=", "=?UTF-8?Q?=C3=B8?="),
            ("2+2=?4 =?utf-8?x?a?=", "2+2=?4 =?utf-8?x?a?="),
            ("=?a?q?b?= =?c", "=?a?Q?b?= =?c"),
            ("=?=?", "=?=?"),
        ] {
            assert_eq!(joined_words(text), expected, "{text}");
        }
    }

    fn text(raw: &str) -> String {
        super::super::parse::parse(raw.as_bytes(), None, &Limits::default()).text
    }

    #[test]
    fn of_two_types_the_first_counts_and_what_is_no_type_does_not() {
        let parts = "\n--b\n\nen\n--b--\n";
        for (header, expected) in [
            (
                "Content-Type: multipart/mixed; boundary=b\ncontent-type: text/plain\n",
                "en",
            ),
            (
                "Content-Type: application-x-gzip; name=a\n",
                "--b\n\nen\n--b--",
            ),
            ("Content-Type: text\n", "--b\n\nen\n--b--"),
        ] {
            assert_eq!(
                text(&format!("From: a@b\n{header}{parts}")),
                expected,
                "{header}"
            );
        }
    }

    #[test]
    fn a_line_that_begins_like_a_border_is_none() {
        let mail = |line: &str| {
            text(&format!(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nen\n{line}\nto\n--b--\nefter\n"
            ))
        };
        assert_eq!(mail("--b og mere"), "en\n- -b og mere\nto");
        assert_eq!(mail("se --bc"), "en\nse - -bc\nto");
        assert_eq!(mail("--b  \n"), "en\n\nto");
        assert_eq!(mail("uden linjeskift--b\n"), "en\nuden linjeskift\n\nto");
    }

    #[test]
    fn a_part_that_is_not_closed_ends_where_the_one_around_it_goes_on() {
        for inner in ["c", "bc", "b-c"] {
            let raw = format!(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary={inner}\n\n\
                 --{inner}\n\nen\n--{inner}\n\nto\n--b\n\ntre\n--b--\n"
            );
            assert_eq!(text(&raw), "en\n\nto\n\ntre", "{inner}");
            let raw = prepare(raw.as_bytes(), &Limits::default());
            assert_eq!(raw.problems, [Problem::UnclosedPart]);
        }
    }

    #[test]
    fn nothing_is_left_that_the_library_would_open() {
        for hidden in [
            "Content-Type: message/rfc822",
            "CONTENT-TYPE :\n message/RFC822",
            "Con tent-Type: message/global; a=b",
            "x--aContent-Type: message/rfc822",
            "Content-Type: message/x\n rfc822",
            "Content-Type: message/(x)rfc822",
            "Content-Type: message / rfc822",
            "Content-Type: multipart/digest; boundary=a",
        ] {
            let raw = format!(
                "Content-Type: multipart/mixed; boundary=a\n\n--a\n{hidden}\n\nA: b\n\nc\n--a--\n"
            );
            let raw = prepare(raw.as_bytes(), &Limits::default());
            let mail = MessageParser::new()
                .with_mime_headers()
                .parse(&raw.bytes)
                .unwrap();
            assert!(
                !mail.parts.iter().any(mail_parser::MessagePart::is_message),
                "{hidden}"
            );
        }
    }
}
