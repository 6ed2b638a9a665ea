//! Finds mails: in a file, a directory, a Maildir or a stream. It writes nothing and opens one file at a time; it moves
//! nothing but, when told to, a mail of a Maildir that was taken ([`move_to_cur`]).

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::mbox::{self, Messages};
use super::raw::field_name;
use super::{Incoming, Limits, Problem, parse};

/// How much of a file decides what it is.
const HEAD_BYTES: u64 = 16 * 1024;
/// How many lines of it are searched for a header field.
const HEAD_LINES: usize = 50;
/// A file is a mail if one of these begins a line in its head.
pub(super) const MAIL_FIELDS: [&str; 14] = [
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "content-type",
    "reply-to",
    "sender",
];

/// One mail as it lies there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawMail {
    /// Where it is: the path as it was given, and `#3` behind it for the third mail of an mbox.
    pub place: String,
    /// The bytes of it, without the line of the mbox.
    pub bytes: Vec<u8>,
    /// The time of the mbox `From ` line (read as UTC where it names no zone) or of the file in a Maildir.
    pub envelope_time: Option<DateTime<Utc>>,
    /// It was longer than [`Limits::mail_bytes`], and is cut there.
    pub truncated: bool,
    /// The file of a Maildir that holds it.
    pub file: Option<PathBuf>,
}

impl RawMail {
    /// Reads it; as [`parse::parse`], with what is known of where it came from.
    pub fn read(&self, limits: &Limits) -> Incoming {
        let mut mail = parse::parse(&self.bytes, self.envelope_time, limits);
        let cut = Problem::Truncated {
            bytes: self.bytes.len(),
        };
        if self.truncated && !mail.problems.contains(&cut) {
            mail.problems.insert(0, cut);
            mail.last_was_cut();
        }
        mail
    }
}

/// Why a path gives no mail.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file has no byte, or only blank lines.
    #[error("{place}: empty")]
    Empty {
        /// The path as given.
        place: String,
    },
    /// The file is neither a mail nor an mbox.
    #[error("{place}: not a mail")]
    NotMail {
        /// The path as given.
        place: String,
    },
    /// The directory is no Maildir and holds no `.eml` or `.mbox` file.
    #[error("{place}: no mail in this directory")]
    NoMails {
        /// The path as given.
        place: String,
    },
    /// The owner's mail program has marked it in a Maildir as something that is not to be taken in.
    #[error("{place}: {why:?}")]
    Marked {
        /// The path as given.
        place: String,
        /// As what.
        why: Mark,
    },
    /// It could not be read.
    #[error("{place}: {source}")]
    Io {
        /// The path as given.
        place: String,
        /// What the system said.
        source: io::Error,
    },
}

impl SourceError {
    /// The path it is about, as given.
    pub fn place(&self) -> &str {
        match self {
            Self::Empty { place }
            | Self::NotMail { place }
            | Self::NoMails { place }
            | Self::Marked { place, .. }
            | Self::Io { place, .. } => place,
        }
    }
}

/// What the flags in the name of a Maildir's file (`1793900000.M1P2.host:2,DT`) can say against taking it in. Read,
/// answered, forwarded and flagged mails are mails like others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `T`: thrown away, and gone when the mail program next empties its bin.
    Trashed,
    /// `D`: a draft of the owner's own, received from nobody.
    Draft,
}

impl Mark {
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.as_encoded_bytes();
        let at = name.windows(3).rposition(|part| part == b":2,")?;
        let flags = &name[at + 3..];
        let has = |flag| flags.contains(&flag);
        if has(b'T') {
            Some(Self::Trashed)
        } else {
            has(b'D').then_some(Self::Draft)
        }
    }
}

type Stream = Box<dyn Read + Send>;

/// A file in a directory that has not been opened yet.
#[derive(Debug)]
struct Waiting {
    path: PathBuf,
    /// In a Maildir the time of the file is the time of delivery; elsewhere it is the time of a copy.
    is_delivered: bool,
}

/// The mails of one path, in order. A file in a directory that cannot be read, or is no mail, is an error item; the
/// others follow.
pub struct Source {
    limits: Limits,
    waiting: VecDeque<Waiting>,
    mbox: Option<(String, Messages<BufReader<Stream>>)>,
    ready: VecDeque<Result<RawMail, SourceError>>,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source")
            .field("waiting", &self.waiting)
            .finish_non_exhaustive()
    }
}

/// Opens a path, with the default limits.
///
/// A directory with `new` or `cur` is a Maildir: first `new`, then `cur`, by name; a mail that is thrown away or a draft
/// there is an error item, and is taken in when its own path is given. Another directory gives its `.eml`
/// and `.mbox` files by name, not those in directories below it. A file that begins with a `From ` line is an mbox,
/// any other a single mail.
///
/// # Errors
/// When the path itself gives no mail: it cannot be read, is empty, or is something else. A Maildir without mail is
/// no error, that is how it looks most of the time.
pub fn open(path: &Path) -> Result<Source, SourceError> {
    open_within(path, &Limits::default())
}

/// As [`open`], with limits.
///
/// # Errors
/// As [`open`].
pub fn open_within(path: &Path, limits: &Limits) -> Result<Source, SourceError> {
    let mut source = Source::new(limits);
    let meta = fs::metadata(path).map_err(|error| io_error(path, error))?;
    if !meta.is_dir() {
        source.start(path, false)?;
        return Ok(source);
    }
    let folders = [path.join("new"), path.join("cur")];
    if folders.iter().any(|folder| folder.is_dir()) {
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            let files = sorted_files(folder, |_| true)?;
            source.waiting.extend(files.into_iter().map(|path| Waiting {
                path,
                is_delivered: true,
            }));
        }
        return Ok(source);
    }
    let files = sorted_files(path, |file| {
        let extension = file
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        extension.eq_ignore_ascii_case("eml") || extension.eq_ignore_ascii_case("mbox")
    })?;
    if files.is_empty() {
        return Err(SourceError::NoMails {
            place: place_of(path),
        });
    }
    source.waiting.extend(files.into_iter().map(|path| Waiting {
        path,
        is_delivered: false,
    }));
    Ok(source)
}

/// Reads a stream such as standard input: an mbox or one mail. `place` is what the mails are called, such as `-`.
///
/// # Errors
/// As [`open`] for a file.
pub fn from_reader(
    reader: impl Read + Send + 'static,
    place: &str,
    limits: &Limits,
) -> Result<Source, SourceError> {
    let mut source = Source::new(limits);
    source.start_stream(Box::new(reader), place.to_owned(), None)?;
    Ok(source)
}

impl Iterator for Source {
    type Item = Result<RawMail, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if let Some((place, messages)) = &mut self.mbox {
                match messages.next() {
                    Some(Ok(mut mail)) => {
                        mail.place.insert_str(0, place);
                        return Some(Ok(mail));
                    }
                    Some(Err(source)) => {
                        return Some(Err(SourceError::Io {
                            place: place.clone(),
                            source,
                        }));
                    }
                    None => self.mbox = None,
                }
                continue;
            }
            let Waiting { path, is_delivered } = self.waiting.pop_front()?;
            if let Some(why) = Mark::of(&path).filter(|_| is_delivered) {
                let place = place_of(&path);
                return Some(Err(SourceError::Marked { place, why }));
            }
            if let Err(error) = self.start(&path, is_delivered) {
                return Some(Err(error));
            }
            if let Some(Ok(mail)) = self.ready.back_mut().filter(|_| is_delivered) {
                mail.file = Some(path);
            }
        }
    }
}

impl Source {
    fn new(limits: &Limits) -> Self {
        Self {
            limits: *limits,
            waiting: VecDeque::new(),
            mbox: None,
            ready: VecDeque::new(),
        }
    }

    fn start(&mut self, path: &Path, is_delivered: bool) -> Result<(), SourceError> {
        let opened = File::open(path).and_then(|file| {
            let meta = file.metadata()?;
            // Opening a directory succeeds, reading it gives a message nobody understands.
            if meta.is_dir() {
                Err(io::ErrorKind::IsADirectory.into())
            } else {
                Ok((file, meta))
            }
        });
        let (file, meta) = opened.map_err(|error| io_error(path, error))?;
        let time = if is_delivered {
            delivered_at(path).or_else(|| meta.modified().ok().map(DateTime::<Utc>::from))
        } else {
            None
        };
        self.start_stream(Box::new(file), place_of(path), time)
    }

    fn start_stream(
        &mut self,
        mut stream: Stream,
        place: String,
        time: Option<DateTime<Utc>>,
    ) -> Result<(), SourceError> {
        let mut head = Vec::new();
        let read = stream.by_ref().take(HEAD_BYTES).read_to_end(&mut head);
        read.map_err(|source| SourceError::Io {
            place: place.clone(),
            source,
        })?;
        if head.trim_ascii().is_empty() {
            return Err(SourceError::Empty { place });
        }
        let is_mbox = mbox::looks_like_mbox(&head);
        if !is_mbox && !looks_like_mail(&head) {
            return Err(SourceError::NotMail { place });
        }
        let whole: Stream = Box::new(Cursor::new(head).chain(stream));
        if is_mbox {
            self.mbox = Some((
                place,
                mbox::messages_within(BufReader::new(whole), &self.limits),
            ));
            return Ok(());
        }
        let limit = u64::try_from(self.limits.mail_bytes).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        let read = whole.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|source| SourceError::Io {
            place: place.clone(),
            source,
        })?;
        let truncated = bytes.len() > self.limits.mail_bytes;
        bytes.truncate(self.limits.mail_bytes);
        self.ready.push_back(Ok(RawMail {
            place,
            bytes,
            envelope_time: time,
            truncated,
            file: None,
        }));
        Ok(())
    }
}

/// Whether a file that begins like this is a mail: a header field that mail has stands in its first lines.
pub fn looks_like_mail(first_bytes: &[u8]) -> bool {
    let text = first_bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(first_bytes);
    let mut lines = text
        .split(|&b| b == b'\n' || b == b'\r')
        .filter(|line| !line.trim_ascii().is_empty())
        .take(HEAD_LINES);
    lines.any(|line| {
        let name = field_name(line).unwrap_or_default();
        MAIL_FIELDS
            .iter()
            .any(|field| name.eq_ignore_ascii_case(field.as_bytes()))
    })
}

/// The files of a directory by name, without hidden ones.
fn sorted_files(
    folder: &Path,
    is_wanted: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, SourceError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| io_error(folder, error))? {
        let entry = entry.map_err(|error| io_error(folder, error))?;
        let path = entry.path();
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !is_hidden && !path.is_dir() && is_wanted(&path) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Moves a mail that lies in the `new` of a Maildir to its `cur`, as a mail program does that has seen it there; no
/// flag is set, it stays unread. Mails elsewhere stay where they are.
///
/// # Errors
/// What the system said.
pub fn move_to_cur(file: &Path) -> io::Result<()> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return Ok(());
    };
    if !folder.ends_with("new") {
        return Ok(());
    }
    let mut name = name.to_owned();
    // In `new` there are no flags yet; some programs leave them there all the same.
    if !name
        .as_encoded_bytes()
        .windows(3)
        .any(|part| part == b":2,")
    {
        name.push(":2,");
    }
    let cur = folder.with_file_name("cur");
    let target = cur.join(name);
    fs::create_dir_all(&cur)?;
    // A rename would put it silently in the place of a mail of the same name.
    if target.try_exists()? {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(file, target)
}

/// When a mail was delivered into its Maildir: the seconds its file name begins with (`1793900000.M1P2.host`). Unlike
/// the file's own time, it survives copying. Other names are not taken for times.
fn delivered_at(path: &Path) -> Option<DateTime<Utc>> {
    /// 1 January 2000; names with smaller numbers count something else.
    const EARLIEST: i64 = 946_684_800;
    let name = path.file_name()?.to_str()?;
    let (seconds, _) = name.split_once('.')?;
    let seconds = seconds
        .parse()
        .ok()
        .filter(|seconds| *seconds >= EARLIEST)?;
    DateTime::from_timestamp(seconds, 0)
}

/// The path as it was given, fit to show: a file name may hold escape sequences too.
fn place_of(path: &Path) -> String {
    super::clean::line(&path.to_string_lossy())
}

fn io_error(path: &Path, source: io::Error) -> SourceError {
    SourceError::Io {
        place: place_of(path),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: a@b.example\nSubject: x\n\nhej\n";
    const MBOX: &str = "From a@b.example Mon Mar  2 09:00:00 2026\nSubject: x\n\nhej\n\nFrom - Mon Mar  2 10:00:00 2026\nSubject: y\n\nhej\n";

    fn places(source: Source) -> Vec<String> {
        source
            .map(|item| item.map_or_else(|error| format!("! {error}"), |mail| mail.place))
            .collect()
    }

    #[test]
    fn files_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let mails: Vec<_> = open(&write("box", MBOX.as_bytes()))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(mails.len(), 2);
        assert!(mails[1].place.ends_with("/box#2"));
        assert_eq!(
            mails[1].envelope_time.unwrap().to_rfc3339(),
            "2026-03-02T10:00:00+00:00"
        );
        assert_eq!(open(&write("one", MAIL.as_bytes())).unwrap().count(), 1);
        assert!(matches!(
            open(&write("empty", b"\n")),
            Err(SourceError::Empty { .. })
        ));
        assert!(matches!(
            open(&write("bin", b"\x7fELF\0\x01\0: \n")),
            Err(SourceError::NotMail { .. })
        ));
        assert!(matches!(
            open(&write("csv", b"name;mail\nMette;m@x.example\n")),
            Err(SourceError::NotMail { .. })
        ));
        assert!(matches!(
            open(&dir.path().join("missing")),
            Err(SourceError::Io { .. })
        ));
    }

    #[test]
    fn a_maildir_gives_new_before_cur_with_file_times() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["new", "cur", "tmp"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        for name in ["cur/1:2,S", "new/2", "new/1", "new/.hidden", "tmp/3"] {
            fs::write(dir.path().join(name), MAIL).unwrap();
        }
        let mails: Vec<_> = open(dir.path()).unwrap().map(Result::unwrap).collect();
        let names: Vec<_> = mails
            .iter()
            .map(|mail| mail.place.rsplit('/').next().unwrap())
            .collect();
        assert_eq!(names, ["1", "2", "1:2,S"]);
        assert!(mails.iter().all(|mail| mail.envelope_time.is_some()));
    }

    #[test]
    fn a_taken_mail_of_a_maildir_goes_from_new_to_cur_unread() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["new/1.a", "new/2.b:2,F", "cur/3.c:2,S"] {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, MAIL).unwrap();
        }
        for mail in open(dir.path()).unwrap() {
            move_to_cur(&mail.unwrap().file.unwrap()).unwrap();
        }
        let left = sorted_files(&dir.path().join("cur"), |_| true).unwrap();
        let names: Vec<_> = left.iter().map(|path| path.file_name().unwrap()).collect();
        assert_eq!(names, ["1.a:2,", "2.b:2,F", "3.c:2,S"]);
        // A folder that is only called so is no Maildir.
        fs::write(dir.path().join("new/x.eml"), MAIL).unwrap();
        let mails = open(&dir.path().join("new")).unwrap();
        assert!(mails.flatten().all(|mail| mail.file.is_none()));
        fs::write(dir.path().join("new/1.a"), "From: other@b.example\n\n").unwrap();
        let error = move_to_cur(&dir.path().join("new/1.a")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&left[0]).unwrap(), MAIL);
    }

    #[test]
    fn what_is_thrown_away_or_a_draft_is_passed_over_by_name() {
        for (name, expected) in [
            ("1.M2.host:2,", None),
            ("1.M2.host:2,FPRS", None),
            ("1.M2.host:2,ST", Some(Mark::Trashed)),
            ("1.M2.host:2,DST", Some(Mark::Trashed)),
            ("1.M2.host:2,D", Some(Mark::Draft)),
            ("1.DT.host:2,S", None),
            ("1.DT.host", None),
            ("1.M2.host:1,T", None),
        ] {
            assert_eq!(Mark::of(Path::new(name)), expected, "{name}");
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cur/1.a:2,T");
        fs::create_dir(dir.path().join("cur")).unwrap();
        fs::write(&path, MAIL).unwrap();
        assert!(matches!(
            open(dir.path()).unwrap().next(),
            Some(Err(SourceError::Marked {
                why: Mark::Trashed,
                ..
            }))
        ));
        // Whoever names the file itself wants it.
        assert_eq!(open(&path).unwrap().count(), 1);
    }

    #[test]
    fn a_directory_gives_its_eml_files_and_goes_on_after_a_bad_one() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(open(dir.path()), Err(SourceError::NoMails { .. })));
        for (name, text) in [
            ("c.EML", MAIL),
            ("a.eml", MAIL),
            ("b.eml", ""),
            ("d.mbox", MBOX),
            ("e.txt", MAIL),
        ] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        fs::create_dir(dir.path().join("x.eml")).unwrap();
        let found = places(open(dir.path()).unwrap());
        assert_eq!(found.len(), 5);
        assert!(found[1].starts_with("! ") && found[1].ends_with("b.eml: empty"));
        assert!(found[4].ends_with("d.mbox#2"));
    }

    #[test]
    fn a_stream_is_decided_the_same_way() {
        let limits = Limits {
            mail_bytes: 20,
            ..Limits::default()
        };
        assert_eq!(
            places(from_reader(MBOX.as_bytes(), "-", &Limits::default()).unwrap()),
            ["-#1", "-#2"]
        );
        let mail = from_reader(MAIL.as_bytes(), "-", &limits)
            .unwrap()
            .next()
            .unwrap()
            .unwrap();
        assert_eq!(
            (mail.place.as_str(), mail.bytes.len(), mail.truncated),
            ("-", 20, true)
        );
        assert!(
            mail.read(&limits)
                .problems
                .contains(&Problem::Truncated { bytes: 20 })
        );
        assert!(matches!(
            from_reader(io::empty(), "-", &limits),
            Err(SourceError::Empty { .. })
        ));
    }
}
