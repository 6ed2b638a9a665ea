//! Backup and restore, and the daily backup that is made by the way.
//!
//! A daily backup is known by its name, `STEM-YYYY-MM-DD.redb` or `….redb.age`; nothing else in its folder is ever
//! touched. What was erased must not live on in them (RULES §7): [`Desk::replace_rotated`] is for those who erase.

use std::fs::{self, OpenOptions};
use std::io::{self, BufReader, ErrorKind, IsTerminal, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::{Desk, OpError};
use crate::seal::{self, Key, Seal, Shut};
use crate::store::{self, Contents, Copied, CopyError, Existing, Present, StoreError};

/// The longest a daily backup waits for a busy store: the command that makes it is done already, and the next one will
/// try again.
const PATIENCE: Duration = Duration::from_millis(500);

/// After the name of a daily backup: as it is, and sealed.
const ENDINGS: [&str; 2] = [".redb", ".redb.age"];

/// What is special about backups among the things that can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is there already.
    #[error("{path} is there already", path = .0.display())]
    Exists(PathBuf),
    /// The file is the store itself, or its lock.
    #[error("{path} is the store", path = .0.display())]
    IsTheStore(PathBuf),
    /// The file is a terminal.
    #[error("a backup is nothing for a terminal")]
    Terminal,
    /// The file cannot be restored.
    #[error("{path}: cannot be restored", path = path.display())]
    Unusable {
        /// Which.
        path: PathBuf,
        /// Why.
        why: Unusable,
    },
    /// There is a store that would be replaced, and nobody has agreed to that.
    #[error("{store} would be replaced", store = store.display())]
    WouldReplace {
        /// The store.
        store: PathBuf,
        /// What it holds, or why nobody knows.
        present: Result<Contents, StoreError>,
        /// What would be there instead.
        offered: Contents,
        /// Where the dates of the changes are to be read.
        zone: Tz,
    },
}

/// Why a file cannot be restored.
#[derive(Debug)]
pub enum Unusable {
    /// There is nothing in it.
    Empty,
    /// It is encrypted and stays so.
    Shut(Shut),
    /// It is no store, a damaged one, or a newer program's.
    Store(StoreError),
}

/// A backup that is not written yet.
#[derive(Debug)]
pub struct Prepared<'s> {
    copy: Copied,
    seal: Option<&'s Seal>,
}

impl Prepared<'_> {
    /// Writes it, and gives how many bytes it has.
    ///
    /// # Errors
    /// What writing gives.
    pub fn write_to(&self, out: &mut dyn Write) -> io::Result<u64> {
        let mut counted = Counted { out, bytes: 0 };
        let mut plain = self.copy.reader()?;
        match self.seal {
            None => io::copy(&mut BufReader::with_capacity(PART, plain), &mut counted).map(drop)?,
            Some(seal) => seal::seal(&mut plain, seal, &mut counted)?,
        }
        Ok(counted.bytes)
    }
}

/// How much is read at a time.
const PART: usize = 256 * 1024;

/// Counts what is written.
struct Counted<'o> {
    out: &'o mut dyn Write,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A backup that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backed {
    /// The size of the file.
    pub bytes: u64,
    /// What it holds.
    pub contents: Contents,
}

/// A store that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What it holds.
    pub contents: Contents,
    /// Where the store lies that it took the place of.
    pub aside: Option<PathBuf>,
}

impl Desk {
    /// A checked copy of the store, to be written somewhere, sealed where that is wanted. Nothing is written yet.
    pub fn prepare_backup<'s>(&self, seal: Option<&'s Seal>) -> Result<Prepared<'s>, OpError> {
        let copy = self.store.copy()?;
        Ok(Prepared { copy, seal })
    }

    /// Writes a checked copy of the store to a file.
    ///
    /// What is no file but a way to somewhere else (a pipe, a device) is written into as it is.
    ///
    /// # Errors
    /// [`BackupError`] when the file must not be written; nothing is left behind then, nor after any other error.
    pub fn backup(
        &self,
        to: &Path,
        seal: Option<&Seal>,
        existing: Existing,
    ) -> Result<Backed, OpError> {
        if self.store.owns(to) {
            return Err(BackupError::IsTheStore(to.to_owned()).into());
        }
        let unwritable = |source| OpError::Unwritable {
            path: to.to_owned(),
            source,
        };
        let stream = to.metadata().is_ok_and(|meta| {
            let kind = meta.file_type();
            kind.is_char_device() || kind.is_fifo()
        });
        let exists = || BackupError::Exists(to.to_owned());
        if !stream && existing == Existing::Kept && to.symlink_metadata().is_ok() {
            return Err(exists().into());
        }
        if stream {
            let prepared = self.prepare_backup(seal)?;
            let mut file = OpenOptions::new()
                .write(true)
                .open(to)
                .map_err(unwritable)?;
            if file.is_terminal() {
                return Err(BackupError::Terminal.into());
            }
            let bytes = prepared.write_to(&mut file).map_err(unwritable)?;
            let contents = prepared.copy.contents;
            return Ok(Backed { bytes, contents });
        }
        write_copy(&self.store, to, seal, existing).map_err(|error| match error {
            OpError::Unwritable { source, .. } if source.kind() == ErrorKind::AlreadyExists => {
                exists().into()
            }
            other => other,
        })
    }

    /// Puts a backup in the place of the store, after examining all of it. `from` is where it came from, for messages;
    /// `agreed` that a store with records may be replaced.
    ///
    /// # Errors
    /// [`BackupError::Unusable`] and [`BackupError::WouldReplace`]; the store is as it was then.
    pub fn restore(
        &self,
        from: &Path,
        file: Vec<u8>,
        key: Option<&Key>,
        agreed: bool,
    ) -> Result<Restored, OpError> {
        self.must_write()?;
        if self.store.owns(from) {
            return Err(BackupError::IsTheStore(from.to_owned()).into());
        }
        let unusable = |why| BackupError::Unusable {
            path: from.to_owned(),
            why,
        };
        if file.is_empty() {
            return Err(unusable(Unusable::Empty).into());
        }
        let plain = if seal::is_sealed(&file) {
            seal::open(&file, key).map_err(|shut| unusable(Unusable::Shut(shut)))?
        } else {
            file
        };
        let offered =
            store::examine(plain.clone()).map_err(|error| unusable(Unusable::Store(error)))?;
        let aside = self.store.replace(&plain, |present| {
            let present = match present {
                Present::Missing => return Ok(()),
                Present::Store(contents) if agreed || contents.records == 0 => return Ok(()),
                Present::Unreadable(_) if agreed => return Ok(()),
                Present::Store(contents) => Ok(contents),
                Present::Unreadable(error) => Err(error),
            };
            Err(OpError::from(BackupError::WouldReplace {
                store: self.store.path().to_owned(),
                present,
                offered,
                zone: self.settings.zone,
            }))
        })?;
        Ok(Restored {
            contents: offered,
            aside,
        })
    }

    /// Makes the backup of this day, when daily backups are wanted and there is none yet, and deletes those that are
    /// older than they are kept. Gives the path of the one that was made.
    ///
    /// Of several processes that try at once, one makes it. A busy store is left to the next command.
    ///
    /// # Errors
    /// Why there is none, or an old one still is; whoever calls this has done its own work already and only tells.
    pub fn rotate(&self) -> Result<Option<PathBuf>, OpError> {
        let Some(rotation) = self.rotation() else {
            return Ok(None);
        };
        let path = rotation.path();
        if self.read_only || !self.store.path().exists() || path.symlink_metadata().is_ok() {
            return Ok(None);
        }
        let store = self.store.clone().waiting(PATIENCE);
        match rotation.make(&store, Existing::Kept) {
            Ok(()) => {}
            Err(OpError::Store(StoreError::Busy { .. })) => return Ok(None),
            Err(OpError::Unwritable { source, .. })
                if source.kind() == ErrorKind::AlreadyExists =>
            {
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
        let kept = u64::from(self.settings.backup_keep_days);
        let oldest = rotation.today.checked_sub_days(Days::new(kept - 1));
        for own in rotation.own()? {
            // What a killed process left of another day is nobody's any more.
            let left = own.unfinished && own.date < rotation.today;
            if left || oldest.is_some_and(|oldest| own.date < oldest) {
                remove(&own.path)?;
            }
        }
        Ok(Some(path))
    }

    /// The daily backups of this store there are, oldest first.
    pub fn rotated(&self) -> Result<Vec<PathBuf>, OpError> {
        let Some(rotation) = self.rotation() else {
            return Ok(Vec::new());
        };
        let own = rotation.own()?.into_iter();
        Ok(own
            .filter(|own| !own.unfinished)
            .map(|own| own.path)
            .collect())
    }

    /// Deletes every daily backup and makes that of today afresh: what was erased from the store is then in none of
    /// them. To be called after an erasure was committed.
    ///
    /// # Errors
    /// Why one could not be deleted, or today's not be made. The old ones are deleted even when no new one can be made:
    /// that something is gone was promised, that there is a backup was not.
    pub fn replace_rotated(&self) -> Result<(), OpError> {
        self.must_write()?;
        let Some(rotation) = self.rotation() else {
            return Ok(());
        };
        let made = rotation.make(&self.store, Existing::Replaced);
        let today = rotation.path();
        for own in rotation.own()? {
            if made.is_err() || own.path != today {
                remove(&own.path)?;
            }
        }
        // The old ones may have been what filled the disk.
        made.or_else(|_| rotation.make(&self.store, Existing::Replaced))
    }

    fn rotation(&self) -> Option<Rotation<'_>> {
        let folder = self.settings.backup_folder.as_deref()?;
        let path = self.store.path();
        let rotation = Rotation {
            folder,
            stem: path.file_stem()?.to_str()?,
            recipients: &self.settings.backup_recipients,
            today: self.clock.moment().today,
        };
        // A look into a daily backup, opened as a store, makes no backup of it.
        let dated = rotation.stem.len().checked_sub(DATED);
        let looks_like_one = dated
            .and_then(|at| date_in(rotation.stem.get(at..)?))
            .is_some();
        let real = |path: &Path| fs::canonicalize(path).ok();
        let lies_there = real(folder).is_some_and(|folder| {
            real(path).is_some_and(|path| path.parent() == Some(folder.as_path()))
        });
        (!(looks_like_one && lies_there)).then_some(rotation)
    }
}

/// The length of `-YYYY-MM-DD`.
const DATED: usize = 11;

/// The daily backups of one store.
struct Rotation<'a> {
    folder: &'a Path,
    stem: &'a str,
    recipients: &'a [seal::Recipient],
    today: NaiveDate,
}

/// A file of the rotation.
struct Own {
    date: NaiveDate,
    path: PathBuf,
    /// Whether it never got its name.
    unfinished: bool,
}

impl Rotation<'_> {
    /// Where the backup of today belongs.
    fn path(&self) -> PathBuf {
        let ending = ENDINGS[usize::from(!self.recipients.is_empty())];
        self.folder
            .join(format!("{}-{}{ending}", self.stem, self.today))
    }

    fn make(&self, store: &store::Store, existing: Existing) -> Result<(), OpError> {
        let seal =
            (!self.recipients.is_empty()).then(|| Seal::Recipients(self.recipients.to_vec()));
        let path = self.path();
        // Before the store is read: a folder that is missing (a disk that is not there) costs nothing then.
        fs::metadata(self.folder).map_err(|source| OpError::Unwritable {
            path: self.folder.to_owned(),
            source,
        })?;
        write_copy(store, &path, seal.as_ref(), existing).map(drop)
    }

    /// The files of the rotation that are there, by date.
    fn own(&self) -> Result<Vec<Own>, OpError> {
        let unreadable = |source| OpError::Unreadable {
            path: self.folder.to_owned(),
            source,
        };
        let mut found = Vec::new();
        for entry in fs::read_dir(self.folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let name = entry.file_name();
            let named = name.to_str().and_then(|name| self.named(name));
            if let (true, Some((date, unfinished))) = (is_file, named) {
                found.push(Own {
                    date,
                    path: entry.path(),
                    unfinished,
                });
            }
        }
        found.sort_by(|a, b| (a.date, &a.path).cmp(&(b.date, &b.path)));
        Ok(found)
    }

    /// The date in the name of a file of the rotation, and whether the file is unfinished; `None` for all other names.
    fn named(&self, name: &str) -> Option<(NaiveDate, bool)> {
        let (before, after) = store::TEMPORARY;
        let unfinished = name
            .strip_prefix(before)
            .and_then(|name| name.strip_suffix(after))
            .and_then(|name| name.rsplit_once('.'))
            .filter(|(_, chance)| chance.chars().all(|c| c.is_ascii_alphanumeric()));
        let name = unfinished.map_or(name, |(name, _)| name);
        let rest = name.strip_prefix(self.stem)?;
        let (dated, ending) = rest.split_at_checked(DATED)?;
        let date = date_in(dated)?;
        ENDINGS
            .contains(&ending)
            .then_some((date, unfinished.is_some()))
    }
}

/// The date in `-YYYY-MM-DD`, written just like that.
fn date_in(dated: &str) -> Option<NaiveDate> {
    let text = dated.strip_prefix('-')?;
    let date: NaiveDate = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

/// Writes a checked copy of the store to a file. What is not sealed is made in its place at once.
fn write_copy(
    store: &store::Store,
    path: &Path,
    seal: Option<&Seal>,
    existing: Existing,
) -> Result<Backed, OpError> {
    let unwritable = |source| OpError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let (bytes, contents) = if seal.is_some() {
        let prepared = Prepared {
            copy: store.copy()?,
            seal,
        };
        let write = |out: &mut dyn Write| prepared.write_to(out).map(drop);
        let bytes = store::write_private(path, existing, write).map_err(unwritable)?;
        (bytes, prepared.copy.contents)
    } else {
        store.copy_to(path, existing).map_err(|error| match error {
            CopyError::Store(error) => error.into(),
            CopyError::Target(source) => unwritable(source),
        })?
    };
    Ok(Backed { bytes, contents })
}

/// Deletes a file; that another process did so first is as good.
fn remove(path: &Path) -> Result<(), OpError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != ErrorKind::NotFound => Err(OpError::Unwritable {
            path: path.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}
