//! One redb file, opened for the length of an operation and closed at once.
//!
//! Nobody holds the file while a person thinks: a terminal forgotten in tmux, cron and a mail filter share it. State,
//! indexes and history change in one transaction, and [`Tx::record`](tx::Tx::record) is the only way to change a
//! record. The store carries out what `domain` decided; it makes no decision of its own, and no other module names redb.

mod backup;
mod checked;
mod codec;
mod copy;
mod digest;
mod drafts;
mod erase;
#[cfg(test)]
mod faults;
mod file;
mod files;
mod fragments;
mod history;
mod indexes;
mod load;
mod medium;
mod migrate;
mod neighbours;
mod overlay;
mod privacy;
mod rehearsal;
mod rewrite;
mod salvage;
mod search;
mod shorten;
mod spans;
mod tables;
mod tx;
mod verify;
mod view;
mod visit;

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use redb::{Durability, ReadableDatabase};

pub use self::backup::{Contents, Existing, Present, TEMPORARY, examine, write_private};
use self::checked::Trouble;
pub use self::copy::{Copied, CopyError};
pub(crate) use self::digest::hex;
pub use self::drafts::Slot;
pub use self::erase::Interrupted;
pub use self::file::Stamp;
pub use self::history::{Entry, Via};
pub use self::load::Load;
pub use self::privacy::{Exposed, Exposure};
pub use self::salvage::Rescued;
pub use self::search::Terms;
pub use self::tx::{Reverted, Tx};
pub use self::verify::{Checked, Fault, Problem, Verification};
pub use self::view::{Bookmark, IdProblem, Mentions, OpenRow, Scope, Sharers, View};
pub use self::visit::Visit;
use crate::domain::standing::Rules;

/// How long an operation waits for whoever has the file.
pub const DEFAULT_WAIT: Duration = Duration::from_secs(5);

/// How often a file that killed writers keep leaving behind is mended before it counts as damaged.
const REPAIRS: usize = 5;

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else has it; nothing was changed.
    #[error("the store is busy (waited {waited:?})")]
    Busy {
        /// How long was waited.
        waited: Duration,
    },
    /// The file is none of ours.
    #[error("the file is not a store of this program")]
    Foreign,
    /// The file was written by a newer program.
    #[error("the store has format {found}, this program knows up to {known}")]
    Newer {
        /// The file's format.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The file was written by an older program and cannot be converted: nothing may be changed.
    #[error("the store has the older format {found}")]
    Older {
        /// The file's format.
        found: u32,
    },
    /// The file is damaged; `place` says where.
    #[error("the store is damaged: {place}")]
    Damaged {
        /// Table and key, or what redb said.
        place: String,
    },
    /// Reading or writing failed; nothing acknowledged is lost.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file was there and is there no more; none was made in its place.
    #[error("{path}: the store is gone", path = path.display())]
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// A value could not be turned into bytes: a defect.
    #[error("cannot be stored: {detail}")]
    Unwritable {
        /// What was said.
        detail: String,
    },
}

impl StoreError {
    fn from_database(path: &Path, error: redb::DatabaseError) -> Self {
        match error {
            redb::DatabaseError::DatabaseAlreadyOpen => Self::Busy {
                waited: Duration::ZERO,
            },
            redb::DatabaseError::UpgradeRequired(found) => Self::Newer {
                found: u32::from(found),
                known: tables::FORMAT,
            },
            other => match Self::from(redb::Error::from(other)) {
                Self::Io {
                    path: unnamed,
                    source,
                } if unnamed.as_os_str().is_empty() => Self::Io {
                    path: path.to_owned(),
                    source,
                },
                named => named,
            },
        }
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Damaged { place } => Self::Damaged { place },
            Trouble::Io { path, source } => Self::Io { path, source },
        }
    }
}

impl From<redb::Error> for StoreError {
    fn from(error: redb::Error) -> Self {
        match error {
            redb::Error::Io(error) => Trouble::from_io(error).into(),
            redb::Error::PreviousIo => Trouble::before().into(),
            other => Self::Damaged {
                place: other.to_string(),
            },
        }
    }
}

macro_rules! from_redb {
    ($($kind:ident),*) => {
        $(impl From<redb::$kind> for StoreError {
            fn from(error: redb::$kind) -> Self {
                redb::Error::from(error).into()
            }
        })*
    };
}

from_redb!(
    StorageError,
    TableError,
    TransactionError,
    SetDurabilityError,
    CommitError,
    CompactionError,
    CursorError
);

/// Who changes something, and when: what the history says of it, and the rules that index it.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    /// The instant.
    pub at: DateTime<Utc>,
    /// Through which interface.
    pub via: Via,
    /// The rules in force.
    pub rules: Rules,
    /// The draft that becomes what is written: it is dropped in the same transaction, so that a text is never both
    /// saved and offered again.
    pub finishes: Option<Slot>,
}

/// The store: a path and how to behave towards it. Holds nothing open.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
    wait: Duration,
    create: bool,
    must_exist: bool,
    /// What stands in for the file: everything is read and written there.
    rehearsed: Option<medium::Memory>,
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside a store operation, whose panics are caught and told as damage.
///
/// The panic hook of the program stays silent then.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

impl Store {
    /// The store at `path`, made on first use unless `create` is false. Does no input or output yet.
    pub fn at(path: impl Into<PathBuf>, create: bool) -> Self {
        Self {
            path: path.into(),
            wait: DEFAULT_WAIT,
            create,
            must_exist: false,
            rehearsed: None,
        }
    }

    /// The same store with another bound on waiting.
    #[must_use]
    pub fn waiting(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// The same store, known to be there: when its file is missing later, that is an error. A new one in its place
    /// would look as if nothing were due.
    #[must_use]
    pub fn that_exists(mut self) -> Self {
        self.must_exist = true;
        self
    }

    /// How long an operation waits for whoever has the file.
    pub fn patience(&self) -> Duration {
        self.wait
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the store from others on the machine, and says what had to be done for it or could not be.
    ///
    /// `own_folder` says that the folder is ours and nobody else's. A file that is no store is left as it is, and so is
    /// everything with `--read-only`.
    pub fn keep_private(&self, own_folder: bool) -> Vec<Exposed> {
        let mut found = Vec::new();
        if !self.path.is_file() {
            return found;
        }
        if privacy::is_exposed(&self.path) && self.read(|view| view.generation().map(drop)).is_ok()
        {
            found.extend(privacy::close_file(&self.path, self.create));
        }
        let folder = file::folder_of(&self.path);
        found.extend(privacy::look_at_folder(folder, own_folder, self.create));
        found
    }

    /// Between two changes of a long run: lets in whoever waits for the file. Who comes back at once would take the lock
    /// again before any of those who knock at it does.
    pub fn let_others_in(&self) {
        // Nobody waits for a copy.
        if self.rehearsed.is_none() {
            file::let_others_in();
        }
    }

    /// A cheap hint whether somebody changed it.
    pub fn stamp(&self) -> Option<Stamp> {
        file::stamp(&self.path)
    }

    /// Reads in one transaction, so that everything read belongs together.
    ///
    /// # Errors
    /// What the closure gives, and every [`StoreError`] as its `From`.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&View<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(copy) = &self.rehearsed {
            return guarded(|| read_in(&self.open_copy(copy)?, work));
        }
        self.create_if_wanted()?;
        guarded(|| {
            if !self.create && !self.path.exists() {
                return self.read_nothing(work);
            }
            // The lock is given back after the file is closed: a writer that is let in earlier would find it in use.
            let (_lock, database) = self.open_to_read()?;
            read_in(&database, work)
        })
    }

    /// Opens the file for reading, under its lock; mends it first when its last user was killed.
    fn open_to_read(&self) -> Result<(file::Lock, redb::ReadOnlyDatabase), StoreError> {
        // Before the lock: beside a foreign file not even a lock file is to appear.
        file::check_plausible(&self.path)?;
        for _ in 0..REPAIRS {
            let lock = file::lock(&self.path, file::Access::Shared, self.wait)?;
            match file::open_to_read(&self.path, self.wait) {
                Ok(database) => match migrate::older_format(&database)? {
                    Some(found) if !self.create => return Err(StoreError::Older { found }),
                    Some(_) => {
                        drop(database);
                        drop(lock);
                        self.repair()?;
                    }
                    None => return Ok((lock, database)),
                },
                Err(file::OpenError::Store(error)) => return Err(error),
                Err(file::OpenError::NeedsRepair) => {
                    drop(lock);
                    self.repair()?;
                }
            }
        }
        Err(StoreError::Damaged {
            place: "the file cannot be repaired".into(),
        })
    }

    /// With `--read-only` and no file there is nothing to read, and nothing is made.
    fn read_nothing<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&View<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        read_in(&file::empty_in_memory(&self.path)?, work)
    }

    /// Opens the file for writing once, which mends it and brings it to this program's format.
    fn repair(&self) -> Result<(), StoreError> {
        let _lock = file::lock(&self.path, file::Access::Exclusive, self.wait)?;
        self.close(self.open_to_write()?)
    }

    /// Opens the file for writing, in this program's format. The lock must be held.
    fn open_to_write(&self) -> Result<redb::Database, StoreError> {
        let database = file::open_to_write(&self.path, self.wait)?;
        let Some(found) = migrate::older_format_of(&database)? else {
            return Ok(database);
        };
        if !self.create {
            return Err(StoreError::Older { found });
        }
        self.close(database)?;
        file::set_aside(&self.path, found)?;
        let database = file::open_to_write(&self.path, self.wait)?;
        migrate::run(&database, found)?;
        Ok(database)
    }

    fn close(&self, database: redb::Database) -> Result<(), StoreError> {
        database
            .close()
            .map_err(|error| StoreError::from_database(&self.path, error))
    }

    /// Changes in one transaction: all of it is there afterwards, durably, or nothing.
    ///
    /// # Errors
    /// What the closure gives (and then nothing was changed), and every [`StoreError`] as its `From`.
    pub fn write<T, E: From<StoreError>>(
        &self,
        writer: Writer,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(copy) = &self.rehearsed {
            return guarded(|| write_in(self.open_copy(copy)?, writer, work));
        }
        self.create_if_wanted()?;
        guarded(|| {
            file::check_plausible(&self.path)?;
            let _lock = file::lock(&self.path, file::Access::Exclusive, self.wait)?;
            write_in(self.open_to_write()?, writer, work)
        })
    }

    fn create_if_wanted(&self) -> Result<(), StoreError> {
        if self.must_exist && !self.path.exists() {
            return Err(StoreError::Gone {
                path: self.path.clone(),
            });
        }
        if self.create {
            file::create_if_missing(&self.path, self.wait)?;
        }
        Ok(())
    }
}

/// Reads in one transaction from an open file.
fn read_in<T, E: From<StoreError>>(
    database: &impl ReadableDatabase,
    work: impl FnOnce(&View<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let tx = database.begin_read().map_err(StoreError::from)?;
    work(&View::of_read(&tx)?)
}

/// Changes in one transaction, and closes the file: after a failed write redb lets nothing more be done with it.
///
/// The commit itself waits for no disk. Closing makes it durable, together with what redb needs to open the file again at
/// once, so that it is done once and not twice; until the file is closed nothing is acknowledged. Five times the disk is
/// waited for: the mark that the file is open, the pages, the header that names them, the file's new length, and the mark
/// that it is closed.
///
/// Closing can fail when the change is on the disk already. That is no failure of the change: told as one, it would be made
/// twice. Whoever opens the file next mends it.
fn write_in<T, E: From<StoreError>>(
    database: redb::Database,
    writer: Writer,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let before = checked::on_the_disk();
    let mut write = database.begin_write().map_err(StoreError::from)?;
    write
        .set_durability(Durability::None)
        .map_err(StoreError::from)?;
    let mut tx = Tx::begin(&write, writer)?;
    let result = work(&mut tx)?;
    if !tx.finish()? {
        write.abort().map_err(StoreError::from)?;
        return Ok(result);
    }
    write.commit().map_err(StoreError::from)?;
    if let Err(error) = database.close()
        && checked::on_the_disk() == before
    {
        return Err(StoreError::from(redb::Error::from(error)).into());
    }
    Ok(result)
}

/// Turns a panic inside redb, which a zeroed page can cause, into [`StoreError::Damaged`].
fn guarded<T, E: From<StoreError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let outer = GUARDED.replace(true);
    Trouble::forget();
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.unwrap_or_else(|_| {
        Err(StoreError::Damaged {
            place: "a page of the file cannot be read".into(),
        }
        .into())
    })
}
