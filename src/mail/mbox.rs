//! Cuts an mbox into mails, reading it once from beginning to end.
//!
//! Dialects: mboxo and mboxrd (`>From ` in a body loses one `>`), mboxcl and mboxcl2 (`Content-Length` is believed only
//! where a `From ` line or the end of the file follows the length it gives), CRLF, and no blank line before `From `.
//! Memory is bounded by the largest mail, and that by [`Limits::mail_bytes`].
//!
//! Own code: `mail-parser`'s iterator (0.11.9) cuts at every line that begins with `From `, knows no `Content-Length`
//! (600 sample mails in mboxcl2 became 1519) and has no limit on the length of a mail or of a line.

use std::io::{self, BufRead, Read};

use chrono::{DateTime, Utc};

use super::raw::{field_name, is_blank};
use super::source::{MAIL_FIELDS, RawMail};
use super::{Limits, date};

/// Longest `From ` line that is taken for one.
const ENVELOPE_LIMIT: usize = 1000;
/// What some editors put before the first line of a file.
const BOM: &[u8] = b"\xef\xbb\xbf";
/// Bytes of blank lines that may stand between a mail whose length is known and the next one.
const BLANKS: usize = 8;
/// How often a wrong `Content-Length` is forgiven before no more are believed: each costs a second reading.
const WRONG_LENGTHS: usize = 8;

/// Whether a file that begins like this is an mbox: its first line that is not blank is a `From ` line.
pub fn looks_like_mbox(first_bytes: &[u8]) -> bool {
    let mut lines = without_mark(first_bytes)
        .split(|&b| b == b'\n')
        .skip_while(|line| line.trim_ascii().is_empty());
    let first = lines.next().unwrap_or_default();
    is_envelope(first) || (is_bare(first) && lines.next().is_some_and(begins_header))
}

/// The mails of an mbox, with the default limits. `place` of each is `#1`, `#2` …
pub fn messages<R: BufRead>(reader: R) -> Messages<R> {
    messages_within(reader, &Limits::default())
}

/// As [`messages`], with limits: a longer mail is kept, cut, and marked `truncated`.
pub fn messages_within<R: BufRead>(reader: R, limits: &Limits) -> Messages<R> {
    Messages {
        lines: Lines {
            reader,
            back: Vec::new(),
            at: 0,
        },
        limit: limits.mail_bytes,
        envelope: None,
        number: 0,
        right_lengths: 0,
        wrong_lengths: 0,
        is_begun: false,
        is_done: false,
    }
}

/// Iterator over the mails of an mbox. After a read error it ends.
#[derive(Debug)]
pub struct Messages<R> {
    lines: Lines<R>,
    limit: usize,
    /// The `From ` line of the mail that comes next.
    envelope: Option<Vec<u8>>,
    number: usize,
    right_lengths: usize,
    wrong_lengths: usize,
    /// Whether the first line was read: a mark before it is the file's.
    is_begun: bool,
    is_done: bool,
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = io::Result<RawMail>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let mail = self.mail().transpose();
        self.is_done = !matches!(mail, Some(Ok(_)));
        mail
    }
}

/// What is known of the mail that is being read.
#[derive(Default)]
struct Draft {
    bytes: Vec<u8>,
    truncated: bool,
    in_body: bool,
    length: Option<usize>,
}

impl<R: BufRead> Messages<R> {
    fn mail(&mut self) -> io::Result<Option<RawMail>> {
        let mut draft = Draft::default();
        let mut line = Vec::new();
        let mut envelope = self.envelope.take();
        loop {
            let is_whole = self.lines.read(&mut line, self.limit)?;
            if line.is_empty() {
                break;
            }
            if !std::mem::replace(&mut self.is_begun, true) && line.starts_with(BOM) {
                line.drain(..BOM.len());
            }
            if self.begins_mail(&line)? {
                // Text before the first `From ` line is a mail of its own: nothing is dropped.
                if envelope.is_some() || !draft.bytes.trim_ascii().is_empty() {
                    self.envelope = Some(line);
                    break;
                }
                envelope = Some(std::mem::take(&mut line));
                draft = Draft::default();
                continue;
            }
            draft.truncated |= !is_whole;
            draft.push(&line, self.limit);
            if draft.begins_body(&line) {
                self.take_length(&mut draft)?;
            }
        }
        if envelope.is_none() && draft.bytes.trim_ascii().is_empty() {
            return Ok(None);
        }
        self.number += 1;
        draft.drop_last_blank_line();
        Ok(Some(RawMail {
            place: format!("#{}", self.number),
            bytes: draft.bytes,
            envelope_time: envelope.as_deref().and_then(envelope_time),
            truncated: draft.truncated,
            file: None,
        }))
    }

    /// Takes the body by its `Content-Length`, if that holds; otherwise gives back what was read.
    fn take_length(&mut self, draft: &mut Draft) -> io::Result<()> {
        let Some(length) = draft
            .length
            .filter(|&n| n > 0 && n.saturating_add(draft.bytes.len()) <= self.limit)
        else {
            return Ok(());
        };
        if self.wrong_lengths >= WRONG_LENGTHS {
            return Ok(());
        }
        let Some((body, ahead)) = self.body_of(length)? else {
            self.wrong_lengths += 1;
            return Ok(());
        };
        // mboxcl2 escapes nothing: where a bare `From ` line stands in the body, `>From ` is what the writer wrote.
        let is_bare = body
            .split_inclusive(|&b| b == b'\n')
            .any(|line| line.starts_with(b"From "));
        for line in body.split_inclusive(|&b| b == b'\n') {
            draft
                .bytes
                .extend_from_slice(if is_bare { line } else { unescaped(line) });
        }
        self.lines.give_back(&ahead);
        Ok(())
    }

    /// Whether a mail begins with this line; what comes after it says so where it has no date.
    fn begins_mail(&mut self, line: &[u8]) -> io::Result<bool> {
        if !is_bare(line) {
            return Ok(is_envelope(line));
        }
        let mut next = Vec::new();
        self.lines.read(&mut next, self.limit)?;
        self.lines.give_back(&next);
        Ok(begins_header(&next))
    }

    /// The body of that length and the lines read after it; `None` when the length does not lead to the end of a mail, or
    /// leads over another one, and then everything is given back.
    fn body_of(&mut self, length: usize) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
        let mut body = Vec::new();
        self.lines.read_bytes(&mut body, length)?;
        let mut ahead = self.lines.ahead(self.limit)?;
        // In a file whose line ends were changed afterwards, each was counted as one byte.
        let pairs = |body: &[u8]| body.windows(2).filter(|pair| pair == b"\r\n").count();
        let mut begins = self.begins_mail(last_line(&ahead))?;
        if body.len() == length && !ends_mail(&body, &ahead, begins) && pairs(&body) > 0 {
            self.lines.give_back(&ahead);
            loop {
                let (before, missing) = (body.len(), length + pairs(&body) - body.len());
                self.lines.read_bytes(&mut body, missing)?;
                if body.len() == before {
                    break;
                }
            }
            ahead = self.lines.ahead(self.limit)?;
            begins = self.begins_mail(last_line(&ahead))?;
        }
        // The line ends at the end of a file are the first thing to be lost.
        let is_whole = body.len() >= length || (ahead.is_empty() && body.len() + BLANKS > length);
        if is_whole
            && ends_mail(&body, &ahead, begins)
            && !hides_mail(&body, self.right_lengths == 0)
        {
            self.right_lengths += 1;
            return Ok(Some((body, ahead)));
        }
        body.extend_from_slice(&ahead);
        self.lines.give_back(&body);
        Ok(None)
    }
}

impl Draft {
    fn push(&mut self, line: &[u8], limit: usize) {
        let line = if self.in_body { unescaped(line) } else { line };
        let room = limit.saturating_sub(self.bytes.len());
        self.truncated |= line.len() > room;
        self.bytes.extend_from_slice(&line[..line.len().min(room)]);
    }

    /// Follows the header; true at its blank line.
    fn begins_body(&mut self, line: &[u8]) -> bool {
        if self.in_body {
            return false;
        }
        self.in_body = is_blank(line);
        if let Some(name) = field_name(line)
            && name.eq_ignore_ascii_case(b"content-length")
        {
            let value = line[name.len()..]
                .trim_ascii_start()
                .strip_prefix(b":")
                .unwrap_or_default();
            self.length = std::str::from_utf8(value)
                .ok()
                .and_then(|text| text.trim().parse().ok());
        }
        self.in_body
    }

    /// The blank line before a `From ` line belongs to the mbox, not to the mail.
    fn drop_last_blank_line(&mut self) {
        let end = [b"\r\n\r\n".as_slice(), b"\n\n"]
            .into_iter()
            .find(|end| self.bytes.ends_with(end));
        if let Some(end) = end {
            self.bytes.truncate(self.bytes.len() - end.len() / 2);
        }
    }
}

/// `>From ` and `>>From ` lose one `>`.
fn unescaped(line: &[u8]) -> &[u8] {
    let stripped = line.iter().position(|&b| b != b'>').unwrap_or(line.len());
    if stripped > 0 && line[stripped..].starts_with(b"From ") {
        &line[1..]
    } else {
        line
    }
}

/// Whether a mail can end between these: at the end of the file, or before a `From ` line. The lines that end the body
/// may or may not be counted in its length. `begins` says whether the last of the lines begins a mail.
fn ends_mail(body: &[u8], ahead: &[u8], begins: bool) -> bool {
    let last = last_line(ahead);
    last.is_empty()
        || (is_blank(last) && ahead.len() <= BLANKS)
        || (begins && (body.ends_with(b"\n") || last.len() < ahead.len()))
}

fn last_line(lines: &[u8]) -> &[u8] {
    let lines_end = lines.strip_suffix(b"\n").unwrap_or(lines);
    let start = lines_end.iter().rposition(|&b| b == b'\n');
    &lines[start.map_or(0, |at| at + 1)..]
}

/// Whether a whole mail that came by post stands in a body: its length was a lie, and the mail would be lost.
///
/// A few lines of one, quoted in a letter about mails, are not taken for it; nor is one without a length of its own where
/// the others have theirs, as in a letter that came back: `is_first` says that none had.
fn hides_mail(body: &[u8], is_first: bool) -> bool {
    let mut lines = body.split_inclusive(|&b| b == b'\n').peekable();
    let mut is_after_blank = true;
    while let Some(line) = lines.next() {
        if is_after_blank && (is_envelope(line) || is_bare(line)) {
            let (mut is_from_somebody, mut is_posted, mut is_measured) = (false, false, is_first);
            while let Some(line) = lines.next_if(|line| !is_blank(line)) {
                let name = field_name(line).unwrap_or_default();
                let is = |other: &str| name.eq_ignore_ascii_case(other.as_bytes());
                is_from_somebody |= is("from");
                is_posted |= is("message-id") || is("received");
                is_measured |= is("content-length");
            }
            if is_from_somebody && is_posted && is_measured {
                return true;
            }
        }
        is_after_blank = is_blank(line);
    }
    false
}

/// The line without a byte order mark, which stands before a `From ` line where files were put together.
fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix(BOM).unwrap_or(line)
}

/// Whether the line is `From `, a sender, and a date: a sentence that begins with "From" is not.
fn is_envelope(line: &[u8]) -> bool {
    date_in(line).is_some()
}

/// Whether the line is `From ` and a sender without a date, as Netscape's heirs write it: `From -`.
fn is_bare(line: &[u8]) -> bool {
    let words = without_mark(line)
        .strip_prefix(b"From ")
        .unwrap_or_default();
    let word = words.trim_ascii();
    let is_word = line.len() <= ENVELOPE_LIMIT && !word.iter().any(u8::is_ascii_whitespace);
    is_word && (word == b"-" || word.contains(&b'@'))
}

/// Whether the line is the first of a mail's header.
fn begins_header(line: &[u8]) -> bool {
    field_name(line).is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        name.starts_with(b"x-") || MAIL_FIELDS.iter().any(|field| name == field.as_bytes())
    })
}

/// The date of a `From ` line: from its weekday on.
fn date_in(line: &[u8]) -> Option<String> {
    let line = without_mark(line);
    if !line.starts_with(b"From ") || line.len() > ENVELOPE_LIMIT {
        return None;
    }
    let text = String::from_utf8_lossy(&line[5..]);
    let words: Vec<&str> = text.split_whitespace().collect();
    // The sender comes first, may be several words in archives that hide addresses, and may be left out.
    let start =
        (0..words.len()).find(|&at| date::is_weekday(words[at]) && is_date(&words[at + 1..]))?;
    Some(words[start..].join(" "))
}

/// Month, day, time and year stand here, in the order of `asctime` or of RFC 5322.
fn is_date(words: &[&str]) -> bool {
    let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let words = &words[..words.len().min(7)];
    let has_time = words.iter().take(4).any(|word| word.contains(':'));
    let has_year = words
        .iter()
        .skip(2)
        .any(|word| word.len() == 4 && is_number(word));
    let is_day = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let has_day = words.iter().take(2).any(|word| is_day(word));
    has_time && has_year && has_day
}

/// The instant of a `From ` line. The line has no zone as a rule, and is then read as UTC: most programs write it so.
fn envelope_time(line: &[u8]) -> Option<DateTime<Utc>> {
    let text = date_in(line)?;
    // `remote from host` is the tail uucp left.
    date::parse(text.split(" remote from ").next().unwrap_or_default())
}

/// Lines of a reader, with what was read too far given back.
#[derive(Debug)]
struct Lines<R> {
    reader: R,
    back: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Lines<R> {
    /// Reads one line into `line`, at most `limit` bytes of it; false if it was longer. Empty at the end.
    fn read(&mut self, line: &mut Vec<u8>, limit: usize) -> io::Result<bool> {
        line.clear();
        let mut is_whole = true;
        loop {
            let back = &self.back[self.at..];
            let is_from_back = !back.is_empty();
            let chunk = if is_from_back {
                back
            } else {
                self.reader.fill_buf()?
            };
            let end = chunk.iter().position(|&b| b == b'\n').map(|at| at + 1);
            let used = end.unwrap_or(chunk.len());
            let room = limit.saturating_sub(line.len());
            line.extend_from_slice(&chunk[..used.min(room)]);
            is_whole &= used <= room;
            if is_from_back {
                self.at += used;
            } else {
                self.reader.consume(used);
            }
            if used == 0 || end.is_some() {
                return Ok(is_whole);
            }
        }
    }

    fn read_bytes(&mut self, into: &mut Vec<u8>, length: usize) -> io::Result<()> {
        let back = &self.back[self.at..];
        let from_back = back.len().min(length);
        into.extend_from_slice(&back[..from_back]);
        self.at += from_back;
        let rest = u64::try_from(length - from_back).unwrap_or(u64::MAX);
        self.reader.by_ref().take(rest).read_to_end(into)?;
        Ok(())
    }

    /// Blank lines, and the line after them.
    fn ahead(&mut self, limit: usize) -> io::Result<Vec<u8>> {
        let mut ahead = Vec::new();
        let mut line = Vec::new();
        loop {
            let is_whole = self.read(&mut line, limit)?;
            ahead.extend_from_slice(&line);
            if !is_whole {
                // The rest of it is gone; the line after it must not be joined to it.
                ahead.push(b'\n');
            }
            if line.is_empty() || !is_blank(&line) || ahead.len() > BLANKS {
                return Ok(ahead);
            }
        }
    }

    /// Takes back what was read last.
    fn give_back(&mut self, bytes: &[u8]) {
        // What came from there need not be copied, nor what lies behind it: that would be done for every mail of a file.
        if self.at >= bytes.len() && &self.back[self.at - bytes.len()..self.at] == bytes {
            self.at -= bytes.len();
            return;
        }
        let mut back = bytes.to_vec();
        back.extend_from_slice(&self.back[self.at..]);
        (self.back, self.at) = (back, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "From mette@example.dk Mon Mar  2 09:00:00 2026\n";

    fn bodies(mbox: &str) -> Vec<String> {
        messages(mbox.as_bytes())
            .map(|mail| String::from_utf8(mail.unwrap().bytes).unwrap())
            .collect()
    }

    #[test]
    fn from_lines() {
        for line in [
            "From mette@example.dk Mon Mar  2 09:00:00 2026",
            "From - Mon Mar 02 09:00:00 2026\r",
            "From guido at python.org  Mon Mar  2 09:00:00 2026",
            "From 17@xxx Mon Mar 02 09:00:00 +0000 2026",
            "From a@b Mon, 2 Mar 2026 10:00:00 +0100",
            "From a@b Mon Mar  2 10:00 2026 +0100",
            "From a@b Mon Mar  2 10:00:00 CET 2026",
            "From uunet!a Mon Mar  2 09:00:00 2026 remote from uunet",
            "From  Mon Mar  2 09:00:00 2026",
        ] {
            assert!(is_envelope(line.as_bytes()), "{line}");
            assert!(
                envelope_time(line.as_bytes())
                    .unwrap()
                    .to_rfc3339()
                    .starts_with("2026-03-02T09:00:00"),
                "{line}"
            );
        }
        for line in [
            "From here on it is easy",
            "From Monday on, see 2026",
            "From: a@b",
            "From Mon Mar",
            ">From a Mon Mar  2 09:00:00 2026",
            "From a@b Sat down at 10:00",
        ] {
            assert!(!is_envelope(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_byte_order_mark_goes_with_the_file_and_with_a_from_line_and_stays_in_a_text() {
        let mark = "\u{feff}";
        let mbox = format!(
            "{mark}{FROM}Subject: a\n\n{mark}en\n{mark}{mark}\n\n{mark}{FROM}Subject: b\n\nto\n"
        );
        assert_eq!(
            bodies(&mbox),
            [
                format!("Subject: a\n\n{mark}en\n{mark}{mark}\n").as_str(),
                "Subject: b\n\nto\n"
            ]
        );
        assert!(looks_like_mbox(mbox.as_bytes()));
    }

    #[test]
    fn mails_are_cut_at_from_lines_only() {
        let mbox = format!(
            "{FROM}Subject: a\n\nen\nFrom here on\n\n{FROM}Subject: b\n\nto\n{FROM}Subject: c\n\ntre"
        );
        assert_eq!(
            bodies(&mbox),
            [
                "Subject: a\n\nen\nFrom here on\n",
                "Subject: b\n\nto\n",
                "Subject: c\n\ntre"
            ]
        );
        let crlf = mbox.replace('\n', "\r\n");
        assert_eq!(bodies(&crlf)[0], "Subject: a\r\n\r\nen\r\nFrom here on\r\n");
        assert_eq!(bodies(&crlf).len(), 3);
    }

    #[test]
    fn one_escape_is_taken_back() {
        assert_eq!(
            bodies(&format!("{FROM}A: b\n\n>From x\n>>From y\n> From z\n")),
            ["A: b\n\nFrom x\n>From y\n> From z\n"]
        );
    }

    #[test]
    fn content_length_counts_where_it_holds() {
        let body = format!("x\n{FROM}y\n>From z\n");
        let mbox = format!(
            "{FROM}Content-Length: {}\n\n{body}\n{FROM}A: b\n\nc\n",
            body.len()
        );
        assert_eq!(
            bodies(&mbox),
            [
                format!("Content-Length: {}\n\n{body}", body.len()),
                "A: b\n\nc\n".to_owned()
            ]
        );
        let wrong =
            format!("{FROM}Content-Length: 9\n\nabc\n\n{FROM}Content-Length: 99999\n\ndef\n");
        assert_eq!(
            bodies(&wrong),
            [
                "Content-Length: 9\n\nabc\n",
                "Content-Length: 99999\n\ndef\n"
            ]
        );
    }

    /// The sum of such a length and the header does not fit a number; taken as true, the whole file would be one mail.
    #[test]
    fn a_length_beyond_all_numbers_is_not_believed() {
        for length in [usize::MAX, usize::MAX - 20] {
            let mbox = format!("{FROM}Content-Length: {length}\n\nabc\n\n{FROM}A: b\n\nc\n");
            assert_eq!(
                bodies(&mbox),
                [
                    format!("Content-Length: {length}\n\nabc\n"),
                    "A: b\n\nc\n".to_owned()
                ]
            );
        }
    }

    #[test]
    fn a_long_line_behind_a_wrong_length_ends_where_it_ends() {
        let limits = Limits {
            mail_bytes: 200,
            ..Limits::default()
        };
        let mbox = format!(
            "{FROM}Content-Length: 4\n\nabc\n{}\n{FROM}A: b\n\nc\n",
            "x".repeat(1000)
        );
        let mails: Vec<_> = messages_within(mbox.as_bytes(), &limits)
            .map(Result::unwrap)
            .collect();
        assert_eq!(mails.len(), 2);
        assert!(mails[0].truncated && !mails[1].truncated);
    }

    #[test]
    fn a_length_that_was_counted_with_other_line_ends_counts() {
        let body = format!("x\n{FROM}y\n");
        let mbox = format!(
            "{FROM}Content-Length: {}\n\n{body}\n{FROM}A: b\n\nc\n",
            body.len()
        );
        let crlf = mbox.replace('\n', "\r\n");
        assert_eq!(
            bodies(&crlf),
            bodies(&mbox)
                .iter()
                .map(|mail| mail.replace('\n', "\r\n"))
                .collect::<Vec<_>>()
        );
        assert_eq!(bodies(&crlf).len(), 2);
    }

    #[test]
    fn a_length_that_leads_over_another_mail_is_a_lie() {
        let next = |id: &str| format!("{FROM}From: c@d\n{id}: <1@d>\n\nslet mig\n\n");
        let mbox = |next: &str, last: &str| {
            let length = "abc\n\n".len() + next.len();
            format!("{FROM}Content-Length: {length}\n\nabc\n\n{next}{last}")
        };
        for last in ["", &format!("{FROM}A: b\n\nc\n")] {
            let mails = bodies(&mbox(&next("Message-Id"), last));
            assert_eq!(mails.len(), if last.is_empty() { 2 } else { 3 });
            assert!(mails[0].ends_with("\n\nabc\n"), "{mails:?}");
        }
        // Where lengths are right, a mail without one is part of a letter that came back.
        let right = format!("{FROM}Content-Length: 4\n\nabc\n\n");
        for (more, count) in [("\nContent-Length: 9", 3), ("", 2)] {
            let next = next("Message-Id").replace("<1@d>", &format!("<1@d>{more}"));
            let mbox = format!("{right}{}", mbox(&next, ""));
            assert_eq!(bodies(&mbox).len(), count, "{mbox}");
        }
        // Lines about mails in a letter are no mail.
        assert_eq!(bodies(&mbox(&next("Subject"), "")).len(), 1);
    }

    #[test]
    fn a_from_line_without_a_date_is_known_by_the_header_after_it() {
        let mbox = "From - \nX-Mozilla-Status: 0001\nA: b\n\nFrom Russia with love\nFrom me\nYear: 1963\nFrom a@b\nTlf: 1\n\
                    From -\nReceived: x\nContent-Length: 4\n\nabc\nFrom a@b\nFrom: c\n\nd\n";
        for mbox in [mbox.to_owned(), mbox.replace('\n', "\r\n")] {
            assert!(looks_like_mbox(mbox.as_bytes()));
            let mails = bodies(&mbox);
            assert_eq!(mails.len(), 3, "{mails:?}");
            assert!(mails[0].trim_end().ends_with("Tlf: 1"), "{mails:?}");
            assert!(mails[1].trim_end().ends_with("abc"), "{mails:?}");
        }
        assert!(!looks_like_mbox(b"From -\n\nhej") && !looks_like_mbox(b"From -"));
    }

    #[test]
    fn what_is_given_back_is_not_copied_for_every_mail() {
        let small = format!("{FROM}Content-Length: 2\n\nx\n\n");
        let many = small.repeat(100_000);
        let mbox = format!("{FROM}Content-Length: {}\n\n{many}y\n", many.len() - 7);
        let started = std::time::Instant::now();
        assert_eq!(messages(mbox.as_bytes()).count(), 100_001);
        assert!(started.elapsed().as_secs() < 20);
    }

    #[test]
    fn a_byte_order_mark_hides_no_from_line() {
        let mbox = format!("\u{feff}{FROM}A: b\n\nc\n\n{FROM}A: d\n\ne\n");
        assert!(looks_like_mbox(mbox.as_bytes()));
        let mails: Vec<_> = messages(mbox.as_bytes()).map(Result::unwrap).collect();
        assert!(mails.iter().all(|mail| mail.envelope_time.is_some()));
        assert_eq!(bodies(&mbox), ["A: b\n\nc\n", "A: d\n\ne\n"]);
    }

    #[test]
    fn a_long_mail_is_cut_and_the_next_one_whole() {
        let limits = Limits {
            mail_bytes: 100,
            ..Limits::default()
        };
        let mbox = format!("{FROM}A: b\n\n{}\n{FROM}A: c\n\nd\n", "x".repeat(1000));
        let mails: Vec<_> = messages_within(mbox.as_bytes(), &limits)
            .map(Result::unwrap)
            .collect();
        assert_eq!(
            (mails.len(), mails[0].bytes.len(), mails[0].truncated),
            (2, 100, true)
        );
        assert_eq!(
            (
                mails[1].bytes.as_slice(),
                mails[1].truncated,
                mails[1].place.as_str()
            ),
            (b"A: c\n\nd\n".as_slice(), false, "#2")
        );
    }

    #[test]
    fn what_stands_before_the_first_from_line_is_a_mail() {
        assert_eq!(bodies(&format!("\n\n{FROM}A: b\n\nc\n")).len(), 1);
        assert_eq!(bodies(&format!("A: a\n\nb\n\n{FROM}A: b\n\nc\n")).len(), 2);
        assert_eq!(bodies("").len(), 0);
        assert_eq!(bodies(&format!("{FROM}{FROM}")).len(), 2);
    }

    #[test]
    fn the_beginning_tells_an_mbox() {
        assert!(looks_like_mbox(format!("\n{FROM}").as_bytes()));
        assert!(
            !looks_like_mbox(b"From: a@b\n\nx")
                && !looks_like_mbox(b"")
                && !looks_like_mbox(b"From here")
        );
    }
}
