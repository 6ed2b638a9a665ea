//! The header of a mail or of a part: its fields, and RFC 2047 words in them decoded.
//!
//! Own code rather than `mail-parser`'s, for three things real mail does: 8-bit text in no named character set, a
//! character split between two encoded words, and stray lines amid the fields.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::{charset, clean};

/// How many fields are kept: beyond it nothing sensible comes.
const FIELD_LIMIT: usize = 2000;

/// The fields of one header, in their order.
pub(super) struct Header<'a> {
    fields: Vec<(&'a [u8], &'a [u8])>,
    value_limit: usize,
    /// Lines that are no field stood between the fields.
    pub(super) has_stray_lines: bool,
}

impl<'a> Header<'a> {
    /// Splits the bytes of a mail or part in header and body.
    pub(super) fn split(raw: &'a [u8], value_limit: usize) -> (Self, &'a [u8]) {
        let mut header = Self {
            fields: Vec::new(),
            value_limit,
            has_stray_lines: false,
        };
        let mut rest = raw;
        while !rest.is_empty() {
            let line = first_line(rest);
            if is_blank(line) {
                return (header, &rest[line.len()..]);
            }
            let Some(name) = field_name(line) else {
                let next = &rest[line.len()..];
                // One stray line is passed over; where no field follows, the blank line is missing and this is the body.
                let follows = field_name(first_line(next)).is_some() || is_folded(next);
                if !follows {
                    return (header, rest);
                }
                header.has_stray_lines = true;
                rest = next;
                while is_folded(rest) {
                    rest = &rest[first_line(rest).len()..];
                }
                continue;
            };
            let mut end = line.len();
            while is_folded(&rest[end..]) {
                end += first_line(&rest[end..]).len();
            }
            // The colon ends the name, white space before it or not.
            let colon = line.iter().position(|&b| b == b':').unwrap_or(name.len());
            if header.fields.len() < FIELD_LIMIT {
                header.fields.push((name, &rest[colon + 1..end]));
            }
            rest = &rest[end..];
        }
        (header, rest)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The first field of that name, unfolded, as text in whatever character set it is, encoded words untouched.
    pub(super) fn raw(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    /// Every field of that name, as [`Header::raw`].
    pub(super) fn all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = String> + 'h {
        let is_named = move |field: &&(&[u8], &[u8])| field.0.eq_ignore_ascii_case(name.as_bytes());
        self.fields.iter().filter(is_named).map(|(_, value)| {
            let value = &value[..value.len().min(self.value_limit)];
            let (text, _) = charset::guess(&unfolded(value));
            text.trim().to_owned()
        })
    }

    /// The first field of that name, decoded; not cleaned.
    pub(super) fn decoded(&self, name: &str) -> Option<String> {
        self.raw(name).map(|value| decode_words(&value))
    }

    /// `Content-Type` or `Content-Disposition` with its parameters (RFC 2045, RFC 2231).
    pub(super) fn content_type(&self, name: &str) -> Option<ContentType<'static>> {
        let mut value = self.raw(name)?;
        value.push('\n');
        match MessageStream::new(value.as_bytes())
            .parse_content_type()
            .into_owned()
        {
            HeaderValue::ContentType(content_type) => Some(content_type),
            _ => None,
        }
    }

    /// The ids in a field such as `References:`, without angle brackets.
    pub(super) fn ids(&self, name: &str) -> Vec<String> {
        let Some(value) = self.raw(name) else {
            return Vec::new();
        };
        let bracketed: Vec<String> = value
            .split('<')
            .skip(1)
            .filter_map(|piece| piece.split_once('>'))
            .map(|(id, _)| clean::line(&id.split_whitespace().collect::<String>()))
            .filter(|id| !id.is_empty())
            .collect();
        if !bracketed.is_empty() {
            return bracketed;
        }
        // Broken programs leave the brackets out; only a word with an `@` is an id then.
        let plain = value.split_whitespace().filter(|word| word.contains('@'));
        plain
            .map(|word| clean::line(word.trim_matches(['<', '>', ',', ';'])))
            .filter(|id| !id.is_empty())
            .collect()
    }
}

/// Whether the line begins a header field.
pub(super) fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|&b| b == b':')?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(|b| (33..=126).contains(b))).then_some(name)
}

/// The first line with its line end.
pub(super) fn first_line(bytes: &[u8]) -> &[u8] {
    let end = bytes
        .iter()
        .position(|&b| b == b'\n')
        .map_or(bytes.len(), |at| at + 1);
    &bytes[..end]
}

/// Whether the line holds only its line end.
pub(super) fn is_blank(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n" | b"\r")
}

fn is_folded(rest: &[u8]) -> bool {
    rest.starts_with(b" ") || rest.starts_with(b"\t")
}

fn unfolded(value: &[u8]) -> Cow<'_, [u8]> {
    if !value.contains(&b'\n') {
        return Cow::Borrowed(value);
    }
    value
        .iter()
        .copied()
        .filter(|&b| b != b'\n' && b != b'\r')
        .collect()
}

/// An encoded word taken apart.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    /// What follows it.
    rest: &'a str,
}

/// Decodes RFC 2047 words wherever they stand: real mail has them inside quotes and against other text.
pub(super) fn decode_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let Some(mut word) = encoded_word(&rest[start..]) else {
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        out.push_str(&rest[..start]);
        // White space between two encoded words is not part of the text; a character may be split between them.
        loop {
            let after = word.rest;
            let Some(next) = encoded_word(after.trim_start()) else {
                break;
            };
            // The Japanese sets switch alphabets; each word begins anew, and joined they would be an error.
            let is_stateful = word
                .charset
                .get(..8)
                .is_some_and(|start| start.eq_ignore_ascii_case("iso-2022"));
            if next.charset.eq_ignore_ascii_case(word.charset) && !is_stateful {
                word.bytes.extend_from_slice(&next.bytes);
                word.rest = next.rest;
            } else {
                out.push_str(&charset::decode(&word.bytes, Some(word.charset)).0);
                word = next;
            }
        }
        out.push_str(&charset::decode(&word.bytes, Some(word.charset)).0);
        rest = word.rest;
    }
    out.push_str(rest);
    out
}

/// `=?charset*language?B|Q?data?=` at the beginning of the text.
fn encoded_word(text: &str) -> Option<Word<'_>> {
    let (charset, text) = text.strip_prefix("=?")?.split_once('?')?;
    if charset.is_empty() || charset.len() > 60 || charset.contains(char::is_whitespace) {
        return None;
    }
    let (encoding, text) = text.split_once('?')?;
    let (data, rest) = text.split_once("?=")?;
    let bytes = match encoding {
        "b" | "B" => decode_base64(data.as_bytes()).0,
        "q" | "Q" => decode_quoted(data.replace('_', "=20").as_bytes()).0,
        _ => return None,
    };
    let charset = charset
        .split_once('*')
        .map_or(charset, |(charset, _)| charset);
    Some(Word {
        charset,
        bytes,
        rest,
    })
}

/// Base64, and whether anything in it was not. Cut or littered data gives what can be had.
pub(super) fn decode_base64(data: &[u8]) -> (Vec<u8>, bool) {
    let mut digits = Vec::with_capacity(data.len() + 4);
    let mut is_broken = false;
    let mut rest = data.iter();
    for &b in rest.by_ref() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => digits.push(b),
            b'=' => break,
            b => is_broken |= !b.is_ascii_whitespace(),
        }
    }
    // A footer that a list server put behind the padding is not part of the data.
    is_broken |= rest.any(|&b| b != b'=' && !b.is_ascii_whitespace());
    if digits.len() % 4 == 1 {
        digits.pop();
        is_broken = true;
    }
    while digits.len() % 4 != 0 {
        digits.push(b'=');
    }
    let decoded = mail_parser::decoders::base64::base64_decode(&digits);
    (decoded.unwrap_or_default(), is_broken)
}

/// Quoted-printable, and whether anything in it was not. What is no code stays as it is.
pub(super) fn decode_quoted(data: &[u8]) -> (Vec<u8>, bool) {
    let mut sound = Vec::with_capacity(data.len());
    let mut is_broken = false;
    for (at, &b) in data.iter().enumerate() {
        sound.push(b);
        let rest = &data[at + 1..];
        if b == b'=' && !is_code(rest) {
            sound.extend_from_slice(b"3D");
            is_broken = true;
        }
    }
    let decoded = mail_parser::decoders::quoted_printable::quoted_printable_decode(&sound);
    (decoded.unwrap_or_else(|| data.to_vec()), is_broken)
}

/// Whether what follows a `=` makes it a code or a soft line end.
fn is_code(rest: &[u8]) -> bool {
    if let [high, low, ..] = rest
        && high.is_ascii_hexdigit()
        && low.is_ascii_hexdigit()
    {
        return true;
    }
    let line = first_line(rest);
    // At the very end a lone `=` is the soft line end of a cut line.
    line.trim_ascii().is_empty() && (line.ends_with(b"\n") || line.len() == rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words() {
        for (text, expected) in [
            ("=?utf-8?Q?S=C3=B8ren_M=C3=B8ller?=", "Søren Møller"),
            ("=?iso-8859-1?b?U/hyZW4=?=", "Søren"),
            ("=?utf-8?B?U8O?= =?utf-8?B?uHJlbg==?=", "Søren"),
            ("=?utf-8?q?a=C3?=\t=?UTF-8?Q?=B8b?= c", "aøb c"),
            ("=?utf-8?q?a?= =?iso-8859-1?q?=F8?=", "aø"),
            ("Sv: =?utf-8?q?a?= og b", "Sv: a og b"),
            ("\"=?utf-8?q?=C3=A5?=\"", "\"å\""),
            (
                "=?iso-2022-jp?b?GyRCRnwbKEI=?= =?iso-2022-jp?b?GyRCS1wbKEI=?=",
                "日本",
            ),
            ("=?utf-8*da?q?=C3=A5?=", "å"),
            ("=?utf-8?q?=3D?=", "="),
            ("=?utf-8?q?med mellemrum?=", "med mellemrum"),
            ("2+2=?4", "2+2=?4"),
            ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
            ("=?utf-8?q?uden ende", "=?utf-8?q?uden ende"),
        ] {
            assert_eq!(decode_words(text), expected, "{text}");
        }
    }

    #[test]
    fn fields_are_split_and_unfolded() {
        let raw = b"Subject: a\r\n b\r\n\tc\r\nX-Empty:\r\nFrom : d\r\n\r\nbody";
        let (header, body) = Header::split(raw, 1000);
        assert_eq!(header.raw("subject").unwrap(), "a b\tc");
        assert_eq!(header.raw("from").unwrap(), "d");
        assert_eq!(header.raw("x-empty").unwrap(), "");
        assert_eq!(body, b"body");
    }

    #[test]
    fn stray_lines_are_passed_over() {
        let (header, body) = Header::split(b"From: a\n>From b\nSubject: c\n\nd", 1000);
        assert_eq!(
            (header.raw("subject").unwrap().as_str(), body),
            ("c", b"d".as_slice())
        );
        assert!(header.has_stray_lines);
    }

    #[test]
    fn a_missing_blank_line_begins_the_body() {
        let (header, body) = Header::split(b"From: a\nHej med jer\nvenlig hilsen", 1000);
        assert_eq!(
            (header.raw("from").unwrap().as_str(), body),
            ("a", b"Hej med jer\nvenlig hilsen".as_slice())
        );
    }

    #[test]
    fn eight_bit_values() {
        let (header, _) = Header::split(b"Subject: bl\xe5b\xe6r\n\n", 1000);
        assert_eq!(header.raw("subject").unwrap(), "blåbær");
        let (header, _) = Header::split("Subject: blåbær\n\n".as_bytes(), 1000);
        assert_eq!(header.raw("subject").unwrap(), "blåbær");
    }

    #[test]
    fn ids() {
        let (header, _) =
            Header::split(b"References: <a@b>\n <c@d> (x)\nIn-Reply-To: e@f\n\n", 1000);
        assert_eq!(header.ids("references"), ["a@b", "c@d"]);
        assert_eq!(header.ids("in-reply-to"), ["e@f"]);
    }

    #[test]
    fn damaged_transfer_encodings_give_what_can_be_had() {
        assert_eq!(decode_base64(b"SGVq\r\nSGVq"), (b"HejHej".to_vec(), false));
        assert_eq!(decode_base64(b"SGVq!SGV"), (b"HejHe".to_vec(), true));
        assert!(decode_base64(b"SGV=\n_____\nfooter").1);
        assert_eq!(
            decode_quoted(b"100 =\r\n50 =3D =zz"),
            (b"100 50 = =zz".to_vec(), true)
        );
        assert_eq!(decode_quoted(b"slut="), (b"slut".to_vec(), false));
    }
}
