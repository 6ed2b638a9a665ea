//! What holds true of any input, however broken or hostile: no more than a promise of the readers each time.
//!
//! The fuzz targets under `tests/fuzz` call these on whatever they think of, `fuzz_corpus` on what they kept. Each takes
//! bytes and panics where a promise is broken. Only the public surface of the library is used.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Cursor, Read};
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::Copenhagen;
use indsigt::domain::person::{is_address, normalise};
use indsigt::domain::request::Kind;
use indsigt::mail::classify::{self, Asked, Suggestion};
use indsigt::mail::rules::Rules;
use indsigt::mail::source::{RawMail, SourceError, from_reader};
use indsigt::mail::{
    AttachmentInfo, Incoming, Limits, Mailbox, Nature, Problem, ReceiptSource, mbox as split, parse,
};
use indsigt::tables::flaws::{DateField, Flaw, Flawed};
use indsigt::tables::optouts::{Basis, OptOutTable, Why, opt_outs};
use indsigt::tables::person::{PersonRows, rows_of};
use indsigt::tables::recordings::recordings;
use indsigt::tables::register::register;
use indsigt::tables::subscribers::subscribers;

/// Years that a date may have; anything else is a broken clock or a number that is no date.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// Limits so tight that small inputs reach them.
const TIGHT: Limits = Limits {
    mail_bytes: 2000,
    header_bytes: 200,
    text_bytes: 100,
    attachment_bytes: 50,
    parts: 4,
    depth: 3,
};

/// The rules of the intake, read once.
static RULES: LazyLock<Rules> = LazyLock::new(Rules::built_in);

/// Every fourth input or so: what is worth holding but costs a second reading.
fn is_chosen(data: &[u8]) -> bool {
    data.iter().fold(0_u8, |sum, b| sum.wrapping_add(*b)) % 4 == 0
}

/// Whether a character may reach a terminal and shows what it is. Written anew, so that a gap in `clean` is noticed.
fn is_harmless(c: char) -> bool {
    !matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' // control characters, escape among them
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}' | '\u{61c}' // nothing to see
        | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' // separators of lines, directions
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_line(text: &str) -> bool {
    text.chars().all(is_harmless) && text.trim() == text
}

fn is_filled_line(text: &str) -> bool {
    is_line(text) && !text.is_empty()
}

// ---- mail

/// One mail: what is read of it is safe to show, within the limits, dated sanely, and honest about what is missing.
pub fn mail(data: &[u8]) {
    let limits = Limits::default();
    let mail = parse::parse(data, None, &limits);
    holds_for_mail(&mail, data, &limits);
    if !is_chosen(data) {
        return;
    }
    holds_for_suggestion(&mail, &classify::suggest(&RULES, &mail));
    assert_eq!(
        parse::parse(data, None, &limits),
        mail,
        "read twice, read the same"
    );
    let envelope = DateTime::from_timestamp(1_772_445_600, 0);
    let by_other = parse::parse(data, envelope, &limits);
    assert_eq!(
        by_other.fingerprint_source(),
        mail.fingerprint_source(),
        "the route is not part of the mail"
    );
    let tight = parse::parse(data, envelope, &TIGHT);
    holds_for_mail(&tight, data, &TIGHT);
    if data.is_ascii() && !data.contains(&b'\r') {
        let with_returns = String::from_utf8_lossy(data).replace('\n', "\r\n");
        let other = parse::parse(with_returns.as_bytes(), None, &limits);
        assert_eq!(
            String::from_utf8(other.fingerprint_source()),
            String::from_utf8(mail.fingerprint_source()),
            "a server sends the same mail with other line ends"
        );
    }
}

fn holds_for_mail(mail: &Incoming, data: &[u8], limits: &Limits) {
    let noted = |problem: &Problem| mail.problems.contains(problem);
    let has = |code: &str| mail.problems.iter().any(|problem| problem.code() == code);
    for mailbox in mail.from.iter().chain(&mail.reply_to).chain(&mail.to) {
        holds_for_mailbox(mailbox);
    }
    assert!(mail.to.len() <= 1000);
    assert_eq!(mail.from.is_none(), noted(&Problem::NoSender));
    assert!(is_line(&mail.subject), "{:?}", mail.subject);
    assert!(mail.subject.len() <= limits.header_bytes * 4);
    let ids = [&mail.in_reply_to, &mail.references].into_iter().flatten();
    for id in ids.chain(&mail.message_id) {
        assert!(is_filled_line(id), "{id:?}");
    }
    assert_eq!(
        mail.received_at.is_none(),
        mail.received_from == ReceiptSource::None
    );
    assert_eq!(mail.received_at.is_none(), noted(&Problem::NoDate));
    for at in mail.received_at.iter().chain(&mail.written_at) {
        assert!(YEARS.contains(&at.year()), "{at}");
    }
    let safe = |c: char| c == '\n' || is_harmless(c);
    assert!(mail.text.chars().all(safe), "{:?}", mail.text);
    assert!(mail.text.len() <= limits.text_bytes);
    assert_eq!(mail.text.trim_matches('\n'), mail.text);
    assert!(
        !mail.text.trim().is_empty() || has("no-text"),
        "an empty text is a problem with a name"
    );
    assert!(mail.attachments.len() <= limits.parts);
    for attachment in &mail.attachments {
        holds_for_attachment(attachment, data.len());
    }
    for (at, problem) in mail.problems.iter().enumerate() {
        assert!(!mail.problems[..at].contains(problem), "{problem:?} twice");
        let detail = problem.detail().unwrap_or_default();
        assert!(
            is_line(&detail) && detail.chars().count() <= 60,
            "{detail:?}"
        );
    }
    assert_eq!(has("truncated"), data.len() > limits.mail_bytes);
    if let Nature::Bounce(returned) = &mail.nature {
        assert!(returned.ids.len() <= 50 && returned.recipients.len() <= 50);
        for word in returned.ids.iter().chain(&returned.recipients) {
            assert!(is_filled_line(word) && word.contains('@'), "{word:?}");
        }
    }
    let source = mail.fingerprint_source();
    assert_eq!(source.split(|&b| b == 0).count(), 4, "four fields, no more");
}

fn holds_for_mailbox(mailbox: &Mailbox) {
    assert!(is_filled_line(&mailbox.email), "{mailbox:?}");
    if let Some(name) = &mailbox.name {
        assert!(is_filled_line(name), "{mailbox:?}");
        assert!(!name.eq_ignore_ascii_case(&mailbox.email), "{mailbox:?}");
    }
}

fn holds_for_attachment(attachment: &AttachmentInfo, bytes: usize) {
    if let Some(name) = &attachment.name {
        assert!(is_filled_line(name), "{name:?}");
        assert!(name.chars().count() <= 200, "{name}");
        assert!(!name.contains(['/', '\\']), "no folders: {name}");
        assert!(![".", ".."].contains(&name.as_str()), "no folder: {name}");
    }
    assert!(is_filled_line(&attachment.mime), "{attachment:?}");
    assert!(attachment.mime.len() <= 255, "{attachment:?}");
    // A text is counted in UTF-8, where one byte of another character set may take three.
    assert!(
        attachment.size <= bytes * 3 + 3,
        "{attachment:?} of {bytes}"
    );
}

/// A suggestion shows what it rests on.
fn holds_for_suggestion(mail: &Incoming, suggestion: &Suggestion) {
    let told = |asked: Asked| suggestion.reasons.iter().any(|it| it.asked == asked);
    // A long mail without a word about whoever wrote it asks for nothing, whatever words are in it.
    let is_without = match suggestion.asked {
        Asked::For(Kind::Other) => true,
        Asked::Nothing => suggestion.is_impersonal,
        _ => false,
    };
    assert!(is_without || told(suggestion.asked));
    assert!(
        suggestion
            .reasons
            .is_sorted_by_key(|it| std::cmp::Reverse(it.weight))
    );
    let subject: Vec<&str> = mail.subject.split_whitespace().collect();
    let subject = subject.join(" ");
    for reason in &suggestion.reasons {
        let sentence = &reason.sentence;
        assert!(is_filled_line(sentence) && sentence.chars().count() <= 160);
        let shown = sentence.trim_end_matches('…');
        assert!(!reason.in_subject || subject.contains(shown), "{reason:?}");
        assert!(!reason.phrase.is_empty());
    }
}

// ---- mbox

/// A reader that gives a few bytes at a time, and breaks off with an error if told to.
struct Dribble {
    bytes: Cursor<Vec<u8>>,
    chunk: usize,
    breaks_at: Option<u64>,
}

impl Dribble {
    fn new(data: &[u8], chunk: usize) -> Self {
        Self {
            bytes: Cursor::new(data.to_vec()),
            chunk,
            breaks_at: None,
        }
    }
}

impl Read for Dribble {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.breaks_at.is_some_and(|at| self.bytes.position() >= at) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        let room = buffer.len().min(self.chunk);
        self.bytes.read(&mut buffer[..room])
    }
}

/// A file of mails: nothing in it is dropped, nothing is read twice, and how it is read makes no difference.
pub fn mbox(data: &[u8]) {
    let limits = Limits::default();
    let chunk = 1 + data.len() % 13;
    let whole: Vec<RawMail> = all(split::messages_within(data, &limits));
    let dribbled = BufReader::with_capacity(chunk, data);
    assert_eq!(all(split::messages_within(dribbled, &limits)), whole);
    holds_for_mails(&whole, data, &limits);
    nothing_is_dropped(&whole, data);
    holds_for_source(data, chunk, &limits, &whole);
    if is_chosen(data) {
        let tight: Vec<RawMail> = all(split::messages_within(data, &TIGHT));
        holds_for_mails(&tight, data, &TIGHT);
        let dribbled = BufReader::with_capacity(chunk, data);
        assert_eq!(all(split::messages_within(dribbled, &TIGHT)), tight);
        a_broken_line_ends_it(data, chunk, &whole);
    }
}

fn all<R: io::BufRead>(messages: split::Messages<R>) -> Vec<RawMail> {
    messages
        .map(|mail| mail.unwrap_or_else(|error| panic!("memory cannot fail: {error}")))
        .collect()
}

fn holds_for_mails(mails: &[RawMail], data: &[u8], limits: &Limits) {
    let sum: usize = mails.iter().map(|mail| mail.bytes.len()).sum();
    assert!(sum <= data.len(), "{sum} of {}", data.len());
    for (at, mail) in mails.iter().enumerate() {
        assert_eq!(mail.place, format!("#{}", at + 1));
        assert!(mail.bytes.len() <= limits.mail_bytes);
        assert!(!mail.truncated || data.len() > limits.mail_bytes);
        assert_eq!(mail.file, None);
    }
}

fn filled_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split_inclusive(|&b| b == b'\n')
        .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
        .filter(|line| !line.trim_ascii().is_empty())
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Every line stands in some mail, in order, perhaps with one `>` less; only `From ` lines may go.
fn nothing_is_dropped(mails: &[RawMail], data: &[u8]) {
    // A byte order mark is the file's, also where it stands before a `From ` line in the middle.
    let mut rest = filled_lines(without_mark(data));
    for line in mails.iter().flat_map(|mail| filled_lines(&mail.bytes)) {
        let found = loop {
            let next = rest
                .next()
                .unwrap_or_else(|| panic!("made up: {}", line.escape_ascii()));
            if next == line || (next.starts_with(b">") && &next[1..] == line) {
                break true;
            }
            if !is_from_line(next) {
                break false;
            }
        };
        assert!(found, "lost before: {}", line.escape_ascii());
    }
    for line in rest {
        assert!(is_from_line(line), "lost: {}", line.escape_ascii());
    }
}

/// Netscape and its heirs write them without a date, too.
fn is_from_line(line: &[u8]) -> bool {
    let line = without_mark(line);
    split::looks_like_mbox(line) || line.starts_with(b"From ")
}

/// A stream gives what the splitter gives, or is one mail, whatever the size of the pieces in which it comes.
fn holds_for_source(data: &[u8], chunk: usize, limits: &Limits, whole: &[RawMail]) {
    let read = |chunk: usize| {
        let source = from_reader(Dribble::new(data, chunk), "-", limits)?;
        source.collect::<Result<Vec<RawMail>, SourceError>>()
    };
    let mails = match (read(chunk), read(usize::MAX)) {
        (Ok(mails), Ok(others)) => {
            assert_eq!(mails, others);
            mails
        }
        (Err(error), Err(other)) => {
            assert_eq!(error.to_string(), other.to_string());
            assert_eq!(error.place(), "-");
            assert!(!split::looks_like_mbox(data), "{error}");
            return;
        }
        (one, other) => panic!("{one:?} but {other:?}"),
    };
    if split::looks_like_mbox(data) {
        assert_eq!(mails.len(), whole.len());
        for (mail, one) in mails.iter().zip(whole) {
            assert_eq!(
                (&mail.bytes, mail.envelope_time),
                (&one.bytes, one.envelope_time)
            );
            assert_eq!(mail.place, format!("-{}", one.place));
        }
    } else {
        let [mail] = mails.as_slice() else {
            panic!("one mail, not {}", mails.len());
        };
        assert_eq!(mail.bytes, data);
    }
}

/// What was read before the line broke is the same; then comes the error, once, and the end.
fn a_broken_line_ends_it(data: &[u8], chunk: usize, whole: &[RawMail]) {
    let mut broken = Dribble::new(data, chunk);
    broken.breaks_at = Some(data.len() as u64 / 2);
    let mut messages = split::messages(BufReader::with_capacity(chunk, broken));
    let mut before = Vec::new();
    for mail in messages.by_ref() {
        match mail {
            Ok(mail) => before.push(mail),
            Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset),
        }
    }
    assert!(messages.next().is_none());
    assert!(before.len() <= whole.len());
}

// ---- tables

/// A table of any kind: what is read can be shown, is dated sanely, has its line, and is of nobody else.
pub fn tables(data: &[u8]) {
    let lines = 1 + data.iter().filter(|&&b| b == b'\n' || b == b'\r').count();
    let listed = holds_for_lists(data, lines);
    if let Ok(table) = opt_outs(data, Copenhagen) {
        holds_for_opt_outs(&table, &listed, lines);
    }
    holds_for_recordings(data, lines);
    holds_for_register(data, lines);
    holds_for_person(data, &listed);
    if is_chosen(data) {
        assert_eq!(opt_outs(data, Copenhagen), opt_outs(data, Copenhagen));
        assert_eq!(recordings(data, Copenhagen), recordings(data, Copenhagen));
        assert_eq!(register(data, Copenhagen), register(data, Copenhagen));
    }
}

fn holds_for_address(email: &str) {
    assert!(is_address(email), "the store takes no {email:?}");
    assert!(is_filled_line(email), "{email:?}");
    assert!(!email.starts_with(['=', '@']), "a formula: {email:?}");
}

fn holds_for_date(on: Option<NaiveDate>) {
    assert!(on.is_none_or(|on| YEARS.contains(&on.year())), "{on:?}");
}

fn holds_for_words(words: &[&Option<String>]) {
    for word in words.iter().copied().flatten() {
        assert!(is_filled_line(word), "{word:?}");
    }
}

/// The lines and addresses of a mailing list; empty where the file is none.
fn holds_for_lists(data: &[u8], lines: usize) -> Vec<(usize, String)> {
    let list = match subscribers(data) {
        Ok(list) => list,
        Err(error) => {
            assert!((1..=lines).contains(&error.line()), "{error}");
            return Vec::new();
        }
    };
    let listed: Vec<(usize, String)> = list.iter().collect();
    assert!(listed.is_sorted_by_key(|(line, _)| *line));
    for (line, email) in &listed {
        assert!((1..=lines).contains(line));
        holds_for_address(email);
    }
    listed
}

fn holds_for_opt_outs(table: &OptOutTable, listed: &[(usize, String)], lines: usize) {
    let mut seen = BTreeSet::new();
    let made_of: BTreeSet<(usize, &str)> = listed
        .iter()
        .map(|(line, email)| (*line, email.as_str()))
        .collect();
    for row in &table.rows {
        assert!((1..=lines).contains(&row.line));
        holds_for_address(&row.email);
        holds_for_words(&[&row.name]);
        holds_for_date(row.on);
        assert!(seen.insert(row.email.to_lowercase()), "{row:?} twice");
        let is_listed = made_of.contains(&(row.line, row.email.as_str()));
        assert!(is_listed, "made up: {row:?}");
    }
    let taken: BTreeSet<usize> = table.rows.iter().map(|row| row.line).collect();
    let left: BTreeSet<usize> = table.left_out.iter().map(|left| left.line).collect();
    for (line, email) in listed {
        let is_told = taken.contains(line) || left.contains(line);
        assert!(is_told, "nothing is said of line {line}, {email}");
    }
    for line in left
        .into_iter()
        .chain(table.notes.iter().map(|note| note.line))
    {
        assert!((1..=lines).contains(&line));
    }
    assert!(table.basis != Basis::NoOptOuts || table.rows.is_empty());
    for left in &table.left_out {
        if let Why::Duplicate { of } = left.why {
            assert!(of <= left.line && taken.contains(&of));
        }
    }
    for doubt in &table.doubts {
        assert!(is_filled_line(doubt), "{doubt:?}");
    }
}

fn holds_for_flaws(left_out: &[Flawed], notes: &[Flawed], taken: &[usize], lines: usize) {
    let taken: BTreeSet<usize> = taken.iter().copied().collect();
    for flawed in left_out.iter().chain(notes) {
        assert!((1..=lines).contains(&flawed.line), "{flawed:?}");
        if let Flaw::Repeated { of } | Flaw::AnotherParticipant { of } = flawed.flaw {
            assert!(of < flawed.line && taken.contains(&of), "{flawed:?}");
        }
    }
    for line in &taken {
        assert!((1..=lines).contains(line));
    }
    let needed = |field: DateField| matches!(field, DateField::Recorded | DateField::Received);
    for flawed in left_out {
        let undated = match flawed.flaw {
            Flaw::AmbiguousDate(field) | Flaw::UnreadableDate(field) => needed(field),
            _ => false,
        };
        assert!(
            !undated || !taken.contains(&flawed.line),
            "guessed: {flawed:?}"
        );
    }
    for flawed in notes {
        let wrong = matches!(flawed.flaw, Flaw::AmbiguousDate(field) | Flaw::UnreadableDate(field) if needed(field));
        assert!(!wrong, "taken without its date: {flawed:?}");
    }
}

fn holds_for_recordings(data: &[u8], lines: usize) {
    let table = match recordings(data, Copenhagen) {
        Ok(table) => table,
        Err(error) => return assert!((1..=lines).contains(&error.line()), "{error}"),
    };
    for row in &table.rows {
        holds_for_words(&[&row.title, &row.name, &row.meeting_id]);
        row.emails.iter().for_each(|email| holds_for_address(email));
        holds_for_date(Some(row.recorded_on));
        holds_for_date(row.link_sent_on);
        holds_for_date(row.link_expires_on);
        assert!(row.title.is_some() || row.name.is_some() || !row.emails.is_empty());
        let digits = |id: &String| id.bytes().all(|b| b.is_ascii_digit());
        assert!(row.meeting_id.as_ref().is_none_or(digits), "{row:?}");
        for (place, locator) in &row.copies {
            assert!(is_filled_line(place), "{place:?}");
            holds_for_words(&[locator]);
        }
    }
    let taken: Vec<usize> = table.rows.iter().map(|row| row.line).collect();
    holds_for_flaws(&table.left_out, &table.notes, &taken, lines);
}

fn holds_for_register(data: &[u8], lines: usize) {
    let table = match register(data, Copenhagen) {
        Ok(table) => table,
        Err(error) => return assert!((1..=lines).contains(&error.line()), "{error}"),
    };
    for row in &table.rows {
        holds_for_words(&[&row.name, &row.subject, &row.text, &row.note]);
        row.emails.iter().for_each(|email| holds_for_address(email));
        assert!(row.name.is_some() || !row.emails.is_empty());
        holds_for_date(Some(row.received_on));
        holds_for_date(row.closed.map(|(on, _)| on));
        for (column, word) in &row.unread {
            assert!(is_line(column) && is_filled_line(word), "{row:?}");
        }
    }
    let taken: Vec<usize> = table.rows.iter().map(|row| row.line).collect();
    holds_for_flaws(&table.left_out, &table.notes, &taken, lines);
}

/// The rows of one person are hers, all of them, and of nobody else.
fn holds_for_person(data: &[u8], listed: &[(usize, String)]) {
    let stranger = BTreeSet::from(["nobody@nowhere.invalid".to_owned()]);
    let is_there = String::from_utf8_lossy(data).contains("nowhere.invalid");
    if let Ok(found) = rows_of(data, &stranger, "")
        && !is_there
    {
        assert_eq!(found.tables, [], "a stranger has no rows");
    }
    let Some((_, email)) = listed.get(data.len() % listed.len().max(1)) else {
        return;
    };
    let hers = BTreeSet::from([normalise(email)]);
    let Ok(found) = rows_of(data, &hers, "") else {
        return;
    };
    holds_for_rows(&found, &hers);
    // A row below all others is somebody else's, whatever stands open above it.
    if let Ok(text) = std::str::from_utf8(data) {
        let more = format!("{text}\nkanarie@canary.invalid,kanarie\n");
        if let Ok(found) = rows_of(more.as_bytes(), &hers, "")
            && !text.contains("canary.invalid")
            && !hers.contains("kanarie@canary.invalid")
        {
            let cells = found
                .tables
                .iter()
                .flat_map(|table| table.rows.iter().flatten());
            for cell in cells {
                assert!(!cell.contains("canary.invalid"), "of another: {cell:?}");
            }
        }
    }
}

fn holds_for_rows(found: &PersonRows, hers: &BTreeSet<String>) {
    let mut count = 0;
    for table in &found.tables {
        assert!(!table.by_name, "without a name nothing is found by it");
        assert!(!table.rows.is_empty());
        count += table.rows.len();
        for row in &table.rows {
            // A bar parts addresses, and may be in one.
            let apart = |c: char| " ,;<>".contains(c);
            let words = row.iter().flat_map(|cell| {
                cell.split(apart)
                    .chain(cell.split(move |c| apart(c) || c == '|'))
            });
            let mut bare = words.map(|word| match word.get(..7) {
                Some(head) if head.eq_ignore_ascii_case("mailto:") => &word[7..],
                _ => word,
            });
            assert!(
                bare.any(|word| hers.contains(&normalise(word))),
                "not hers: {row:?}"
            );
        }
        for cell in table.header.iter().chain(table.rows.iter().flatten()) {
            assert!(is_line(cell), "{cell:?}");
        }
    }
    assert!(count <= found.searched);
}

// ---- dates

/// A column of dates: what could be two days is left open unless the column decides, and two readers agree.
pub fn dates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cells: Vec<String> = text
        .split('\n')
        .take(12)
        .map(|line| {
            line.chars()
                .filter(|c| !c.is_control() && !";\"@".contains(*c))
                .collect()
        })
        .filter(|cell: &String| cell.len() < 80)
        .collect();
    let file = |header: &str| {
        let mut file = format!("{header}\n");
        for (at, cell) in cells.iter().enumerate() {
            file.extend(["p", &at.to_string(), "@x.example;", cell, "\n"]);
        }
        file
    };
    let out = opt_outs(file("Email;Unsubscribed on").as_bytes(), Copenhagen);
    let received = register(file("Email;Received on").as_bytes(), Copenhagen);
    let mut read: BTreeMap<usize, Option<NaiveDate>> = BTreeMap::new();
    for row in out.iter().flat_map(|table| &table.rows) {
        holds_for_date(row.on);
        read.insert(row.line, row.on);
    }
    for row in received.iter().flat_map(|table| &table.rows) {
        if let Some(on) = read.get(&row.line) {
            assert_eq!(*on, Some(row.received_on), "line {}", row.line);
        }
    }
    for (at, cell) in cells.iter().enumerate() {
        if let Some(on) = read.get(&(at + 2)) {
            holds_for_day(cell, *on, &cells);
        }
    }
    instant_holds(&text);
}

/// Two numbers with slashes and a year, and nothing else.
fn slashed(cell: &str) -> Option<(u32, u32, i32)> {
    let parts: Vec<&str> = cell.split('/').collect();
    let [first, second, year] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = first.len() <= 2 && second.len() <= 2 && year.len() == 4;
    (fits && parts.iter().all(digits)).then(|| {
        Some((
            first.parse().ok()?,
            second.parse().ok()?,
            year.parse().ok()?,
        ))
    })?
}

fn holds_for_day(cell: &str, on: Option<NaiveDate>, cells: &[String]) {
    let iso = NaiveDate::parse_from_str(cell, "%Y-%m-%d");
    if let Ok(iso) = iso
        && cell.len() == 10
        && cell.is_ascii()
        && YEARS.contains(&iso.year())
    {
        assert_eq!(on, Some(iso), "{cell}");
    }
    let Some((first, second, year)) = slashed(cell) else {
        return;
    };
    let danish = NaiveDate::from_ymd_opt(year, second, first);
    let american = NaiveDate::from_ymd_opt(year, first, second);
    if let Some(on) = on {
        assert!(
            Some(on) == danish || Some(on) == american,
            "{cell} is no {on}"
        );
    }
    if danish == american || danish.is_none() || american.is_none() {
        return;
    }
    let pairs: Vec<(u32, u32, i32)> = cells.iter().filter_map(|cell| slashed(cell)).collect();
    let day_first = pairs
        .iter()
        .any(|(one, two, _)| *one > 12 && (1..=12).contains(two));
    let month_first = pairs
        .iter()
        .any(|(one, two, _)| *two > 12 && (1..=12).contains(one));
    let slashes = cells.iter().filter(|cell| cell.contains('/')).count();
    if slashes == pairs.len() {
        let decided = match (day_first, month_first) {
            (true, false) => danish,
            (false, true) => american,
            _ => None,
        };
        let decided = decided.filter(|on| YEARS.contains(&on.year()));
        assert_eq!(on, decided, "{cell} among {cells:?}");
    }
    assert!(
        !(day_first && month_first) || on.is_none(),
        "{cell} is guessed"
    );
}

/// A mail's own date: read, it is sane; not read, it is named.
fn instant_holds(text: &str) {
    let line = text.split('\n').next().unwrap_or_default();
    let raw = format!("From: a@x.example\nDate: {line}\n\nHej\n");
    let mail = parse::parse(raw.as_bytes(), None, &Limits::default());
    let in_years = |at: &DateTime<Utc>| YEARS.contains(&at.year());
    assert!(mail.written_at.as_ref().is_none_or(in_years));
    assert_eq!(mail.received_at, mail.written_at);
}
