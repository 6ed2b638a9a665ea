//! Bytes to text, where `mail-parser` alone would lose letters.
//!
//! Measured with 0.11.9: text in Latin-1 that names no character set or a wrong one comes out as
//! replacement characters, UTF-8 that claims to be ASCII as two letters for one, a part with one wrong character in
//! its base64 or quoted-printable comes out undecoded, and quoted-printable that ends in a soft line break loses its last
//! letters. Only such parts are decoded again here, by the library's own
//! decoders.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::DecoderFnc;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Message, MessagePart, MimeHeaders};

use super::{Problem, clean};

/// Longest name of a character set that is looked up or reported.
const NAME_LIMIT: usize = 40;
/// How much of a page is searched for the name of its character set.
const PAGE_HEAD: usize = 2048;

/// The text of a text part, and what was wrong with it.
pub(super) fn of_part<'a>(
    message: &'a Message<'_>,
    part: &'a MessagePart<'_>,
) -> (Cow<'a, str>, Vec<Problem>) {
    let text = part.text_contents().unwrap_or_default();
    let label = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    let label = label.map(str::trim).filter(|label| !label.is_empty());
    let mut problems = Vec::new();
    let decoder = label.and_then(|label| decoder(label, &mut problems));
    let is_ascii = label.is_some_and(is_ascii);
    let is_doubtful = part.is_encoding_problem
        || is_cut_short(message, part)
        || text.contains(char::REPLACEMENT_CHARACTER)
        || (is_ascii && !text.is_ascii());
    if !is_doubtful {
        return (Cow::Borrowed(text), problems);
    }
    let (bytes, is_broken) = decoded_part(message, part);
    if is_broken {
        problems.push(Problem::BrokenEncoding);
    }
    let meta = label.is_none().then(|| meta_charset(&bytes)).flatten();
    let meta = meta.and_then(|name| decoder_named(&name));
    let (text, problem) = if let Some(decoder) = decoder.or(meta) {
        let text = decoder(&bytes);
        let is_broken = text.contains(char::REPLACEMENT_CHARACTER);
        (text, is_broken.then_some(Problem::BrokenEncoding))
    } else {
        let (text, problem) = guess(&bytes);
        // That the name is unknown says it already.
        (text, problem.filter(|_| problems.is_empty()))
    };
    problems.extend(problem);
    (Cow::Owned(text), problems)
}

/// The bytes of a part as they were before they were encoded for the way.
pub(super) fn bytes_of_part(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    decoded_part(message, part).0.into_owned()
}

/// Whether a quoted-printable part ends in a soft line break: with it the library takes away what stands before it.
fn is_cut_short(message: &Message<'_>, part: &MessagePart<'_>) -> bool {
    is_quoted_printable(part.content_transfer_encoding().unwrap_or_default())
        && raw_of_part(message, part).trim_ascii_end().ends_with(b"=")
}

fn raw_of_part<'a>(message: &'a Message<'_>, part: &MessagePart<'_>) -> &'a [u8] {
    let at = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let range = at(part.raw_body_offset())..at(part.raw_end_offset());
    message.raw_message().get(range).unwrap_or_default()
}

/// The bytes of a part with its transfer encoding undone, and whether some could not be.
fn decoded_part<'a>(message: &'a Message<'_>, part: &MessagePart<'_>) -> (Cow<'a, [u8]>, bool) {
    let raw = raw_of_part(message, part);
    let encoding = part.content_transfer_encoding().unwrap_or_default();
    transfer_decoded(raw, encoding)
}

/// The library's decoder for that name; none where a guess is as good. Notes a name nobody knows.
fn decoder(label: &str, problems: &mut Vec<Problem>) -> Option<DecoderFnc> {
    let is_utf8 = Encoding::for_label(label.as_bytes()) == Some(UTF_8);
    if is_utf8 || is_ascii(label) {
        return None;
    }
    let decoder = decoder_named(label);
    if decoder.is_none() {
        let name: String = clean::line(label).chars().take(NAME_LIMIT).collect();
        problems.push(Problem::UnknownCharset(name.trim_end().to_owned()));
    }
    decoder
}

fn decoder_named(label: &str) -> Option<DecoderFnc> {
    charset_decoder(label.as_bytes()).filter(|_| label.len() <= NAME_LIMIT)
}

fn is_ascii(label: &str) -> bool {
    label.eq_ignore_ascii_case("us-ascii") || label.eq_ignore_ascii_case("ascii")
}

/// UTF-8, unless so much of it is invalid that it is what Windows in Western Europe writes.
pub(super) fn guess(bytes: &[u8]) -> (String, Option<Problem>) {
    let (text, _, had_errors) = UTF_8.decode(bytes);
    if !had_errors {
        return (text.into_owned(), None);
    }
    let count = |is_wanted: fn(char) -> bool| text.chars().filter(|&c| is_wanted(c)).count();
    let broken = count(|c| c == char::REPLACEMENT_CHARACTER);
    let sound = count(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
    if broken <= sound {
        return (text.into_owned(), Some(Problem::BrokenEncoding));
    }
    let (text, _, _) = WINDOWS_1252.decode(bytes);
    let guessed = Problem::GuessedCharset("windows-1252");
    (text.into_owned(), Some(guessed))
}

/// The character set an HTML page names for itself.
fn meta_charset(page: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&page[..page.len().min(PAGE_HEAD)]).to_ascii_lowercase();
    let (_, value) = head.split_once("charset=")?;
    let name = value.trim_start_matches(['"', '\'']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
    Some(name[..end.unwrap_or(name.len())].to_owned())
}

fn is_quoted_printable(encoding: &str) -> bool {
    encoding.trim().eq_ignore_ascii_case("quoted-printable")
}

/// The bytes behind a transfer encoding, and whether anything in it was wrong.
fn transfer_decoded<'a>(raw: &'a [u8], encoding: &str) -> (Cow<'a, [u8]>, bool) {
    if encoding.trim().eq_ignore_ascii_case("base64") {
        let is_other = |&b: &u8| !(is_digit(b) || b == b'=' || b.is_ascii_whitespace());
        let bytes = base64_decode(&padded(raw)).unwrap_or_default();
        (Cow::Owned(bytes), raw.iter().any(is_other))
    } else if is_quoted_printable(encoding) {
        let sound = escaped(raw);
        let is_broken = sound.len() != raw.len();
        match quoted_printable_decode(&sound) {
            Some(bytes) => (Cow::Owned(bytes), is_broken),
            None => (Cow::Borrowed(raw), true),
        }
    } else {
        (Cow::Borrowed(raw), false)
    }
}

fn is_digit(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'+' || b == b'/'
}

/// The base64 digits up to the padding, with as much padding as they need: the library refuses anything else.
pub(super) fn padded(data: &[u8]) -> Vec<u8> {
    let data = data.iter().copied().take_while(|&b| b != b'=');
    let mut digits: Vec<u8> = data.filter(|&b| is_digit(b)).collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    digits.resize(digits.len().next_multiple_of(4), b'=');
    digits
}

/// Quoted-printable with every `=` that begins no code written as one: the library refuses the whole part otherwise.
fn escaped(raw: &[u8]) -> Vec<u8> {
    let mut sound = Vec::with_capacity(raw.len());
    for (at, &b) in raw.iter().enumerate() {
        sound.push(b);
        if b == b'=' && !is_code(&raw[at + 1..]) {
            sound.extend_from_slice(b"3D");
        }
    }
    sound
}

/// Whether two digits stand here, or nothing more in this line. Looks no further than the white space goes: a line may
/// be as long as the mail, and be full of `=`.
fn is_code(rest: &[u8]) -> bool {
    if let [high, low, ..] = rest
        && high.is_ascii_hexdigit()
    {
        return low.is_ascii_hexdigit();
    }
    let is_blank = |b: &&u8| b.is_ascii_whitespace() && **b != b'\n';
    let blank = rest.iter().take_while(is_blank);
    rest.get(blank.count()).is_none_or(|&b| b == b'\n')
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::*;

    #[test]
    fn bytes_in_no_named_character_set() {
        let guessed = Some(Problem::GuessedCharset("windows-1252"));
        assert_eq!(guess(b"bl\xe5b\xe6r"), ("blåbær".into(), guessed));
        assert_eq!(guess("blåbær".as_bytes()), ("blåbær".into(), None));
        let cut = guess(&"blåbærgrød".as_bytes()[..11]);
        assert_eq!(cut.1, Some(Problem::BrokenEncoding));
    }

    #[test]
    fn a_part_that_ends_in_a_soft_line_break_keeps_its_last_letters() {
        for (written, text) in [
            ("Hilsen Åse p=C3=A5=", "Hilsen Åse på"),
            ("a=", "a"),
            ("=", ""),
        ] {
            let mail = format!(
                "From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\
                 Content-Type: text/plain; charset=utf-8\n\
                 Content-Transfer-Encoding: quoted-printable\n\n{written}\n--y--\n"
            );
            for mail in [mail.replace('\n', "\r\n"), mail] {
                let mail = crate::mail::parse::parse(mail.as_bytes(), None, &Limits::default());
                assert_eq!(mail.text, text, "{written}");
            }
        }
    }

    #[test]
    fn damaged_transfer_encodings_give_what_can_be_had() {
        for (raw, encoding, expected, is_broken) in [
            ("SGVq\r\nSGVq", "base64", "HejHej", false),
            ("SGVq!SGV", "BASE64", "HejHe", true),
            ("SGV=\n_____\nfooter", "base64", "He", true),
            (
                "100 =\r\n50 =3D =zz",
                "quoted-printable",
                "100 50 = =zz",
                true,
            ),
            ("a==b", "quoted-printable", "a==b", true),
            ("slut=", "quoted-printable", "slut", false),
        ] {
            let (bytes, broken) = transfer_decoded(raw.as_bytes(), encoding);
            assert_eq!(
                (bytes.as_ref(), broken),
                (expected.as_bytes(), is_broken),
                "{raw}"
            );
        }
    }
}
