//! The file on disk: creating it, opening it, and waiting for whoever has it.
//!
//! redb lets one process in at a time. Everybody therefore opens it for one transaction, under an advisory lock on a
//! sidecar file that queues readers and writers and is dropped by the kernel when a process dies.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::mem::ManuallyDrop;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use redb::backends::FileBackend;
use redb::{Builder, Database, ReadOnlyDatabase, StorageBackend};
use rustix::fs::OFlags;

use super::checked::Checked;
use super::overlay::Overlay;
use super::tables::{self, FORMAT, META, META_FORMAT, META_SECRET};
use super::{StoreError, codec};

/// How a redb file begins.
pub(super) const MAGIC: &[u8] = b"redb\x1A\x0A\xA9\x0D\x0A";

/// After the name of a store, before the number of the format in which it was kept when it was converted.
pub(super) const OLDER_FORMAT: &str = ".format-";
/// What a copy of the file is called while it is set aside.
pub(super) const SETTING_ASIDE: &str = "setting-aside";
/// Memory redb may use for pages; an operation touches few.
const CACHE_BYTES: usize = 16 * 1024 * 1024;
/// The shortest and longest pause between two tries for the lock.
const PAUSE: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(12));

/// A hint whether the file changed: inode, size and modification time. The truth is the generation in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    inode: u64,
    size: u64,
    seconds: i64,
    nanos: i64,
}

/// The stamp of the file, or `None` when it is not there.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    Some(Stamp {
        inode: meta.ino(),
        size: meta.size(),
        seconds: meta.mtime(),
        nanos: meta.mtime_nsec(),
    })
}

/// Holding it keeps others out (or, shared, keeps writers out); dropping it lets them in.
#[derive(Debug)]
#[must_use = "the lock is held only as long as this lives"]
pub(super) struct Lock {
    /// Closing the file gives the lock back; `None` for a reader that may not write the sidecar.
    _file: Option<File>,
}

/// Who may be in the file at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Other readers.
    Shared,
    /// Nobody.
    Exclusive,
}

/// Waits for the lock, at the longest `wait`.
pub(super) fn lock(path: &Path, access: Access, wait: Duration) -> Result<Lock, StoreError> {
    let lock_path = sidecar(path);
    let file = match open_lock_file(&lock_path) {
        Ok(file) => file,
        // A reader without write permission (a mounted backup, say) reads without a queue; redb still keeps
        // writers out while it does.
        Err(error)
            if access == Access::Shared
                && matches!(
                    error.kind(),
                    ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
                ) =>
        {
            return Ok(Lock { _file: None });
        }
        Err(source) => {
            return Err(StoreError::Io {
                path: lock_path,
                source,
            });
        }
    };
    let deadline = Instant::now() + wait;
    let mut pause = PAUSE.0;
    loop {
        let tried = match access {
            Access::Shared => file.try_lock_shared(),
            Access::Exclusive => file.try_lock(),
        };
        match tried {
            Ok(()) => return Ok(Lock { _file: Some(file) }),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                std::thread::sleep(jittered(pause));
                pause = (pause * 2).min(PAUSE.1);
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { waited: wait }),
            Err(TryLockError::Error(source)) => {
                return Err(StoreError::Io {
                    path: lock_path,
                    source,
                });
            }
        }
    }
}

/// Waits so long that everybody who knocks at the lock has knocked once.
pub(super) fn let_others_in() {
    std::thread::sleep(PAUSE.1 + Duration::from_millis(2));
}

/// A pause that differs between processes, so that those who wait do not knock in step.
fn jittered(pause: Duration) -> Duration {
    let nanos = u64::from(std::process::id()).wrapping_mul(2_654_435_761)
        ^ u64::from(Instant::now().elapsed().subsec_nanos());
    pause + Duration::from_micros(nanos % 1_000)
}

/// Where the file really lies. A link to it must lead to the same lock, and a renaming must replace the file and not
/// the link.
pub(super) fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The lock file of a store.
pub(super) fn sidecar(path: &Path) -> PathBuf {
    beside(&real(path), ".lock")
}

/// A path with something after its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A hidden name beside the store for what only one process makes at a time, and only under the exclusive lock.
///
/// It is known in advance, so that what a killed process left is found again without searching the folder.
pub(super) fn hidden_beside(path: &Path, purpose: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".");
    name.push(purpose);
    path.with_file_name(name)
}

/// A new, empty file for the owner alone; what lay there before was left by a killed process. The lock must be held.
pub(super) fn create_hidden(path: &Path) -> io::Result<File> {
    remove_if_there(path)?;
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Removes a file; `false` when there was none.
pub(super) fn remove_if_there(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Never through a link: somebody who may write into the folder could aim it at any file of the owner's.
fn open_lock_file(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}

pub(super) fn builder() -> Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES);
    builder
}

/// Opens the file for reading; a file that a killed process left needs a writer to mend it first.
pub(super) fn open_to_read(path: &Path, wait: Duration) -> Result<ReadOnlyDatabase, OpenError> {
    let opened = patiently(wait, || {
        let file = File::open(path)?;
        let checked = Checked::new(FileBackend::new(file)?, path);
        builder().open_read_only_with_backend(checked)
    });
    match opened {
        Ok(database) => Ok(database),
        Err(redb::DatabaseError::RepairAborted) => Err(OpenError::NeedsRepair),
        Err(error) => Err(OpenError::Store(StoreError::from_database(path, error))),
    }
}

/// How long the file may still be in use by somebody who gave the lock back: the kernel closes the files of a killed
/// process one after another.
const LEAVING: Duration = Duration::from_millis(200);

/// Tries again while the file is in use, although the lock is ours: by a killed process that is not quite gone, or by
/// a reader that could not take the lock.
fn patiently<T>(
    wait: Duration,
    open: impl Fn() -> Result<T, redb::DatabaseError>,
) -> Result<T, redb::DatabaseError> {
    let deadline = Instant::now() + wait.max(LEAVING);
    loop {
        match open() {
            Err(redb::DatabaseError::DatabaseAlreadyOpen) if Instant::now() < deadline => {
                std::thread::sleep(jittered(PAUSE.0));
            }
            opened => return opened,
        }
    }
}

/// Why a file could not be opened for reading.
#[derive(Debug)]
pub(super) enum OpenError {
    /// Its last user was killed: open it for writing once.
    NeedsRepair,
    /// Anything else.
    Store(StoreError),
}

/// Opens the file for writing, mending it when its last user was killed.
pub(super) fn open_to_write(path: &Path, wait: Duration) -> Result<Database, StoreError> {
    patiently(wait, || {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        open_backend(FileBackend::new(file)?, path)
    })
    .map_err(|error| StoreError::from_database(path, error))
}

/// Opens a back-end that holds a store, called `path` in errors.
///
/// Never an empty one, which redb would take for one to be made: of files the beginning is looked at before.
pub(super) fn open_backend(
    backend: impl StorageBackend,
    path: &Path,
) -> Result<Database, redb::DatabaseError> {
    builder().create_with_backend(Checked::new(backend, path))
}

/// Makes an empty store in an empty back-end.
pub(super) fn make_in(backend: impl StorageBackend, path: &Path) -> Result<Database, StoreError> {
    let database =
        open_backend(backend, path).map_err(|error| StoreError::from_database(path, error))?;
    initialise(&database)?;
    Ok(database)
}

/// Opens what lies over a file for reading, mending it there when its last user was killed: the file stays as it is.
pub(super) fn open_overlay(path: &Path, overlay: &Overlay) -> Result<ReadOnlyDatabase, StoreError> {
    let failed = |error| StoreError::from_database(path, error);
    match builder().open_read_only_with_backend(Checked::new(overlay.clone(), path)) {
        Err(redb::DatabaseError::RepairAborted) => {
            builder()
                .create_with_backend(Checked::new(overlay.clone(), path))
                .and_then(Database::close)
                .map_err(failed)?;
            builder()
                .open_read_only_with_backend(Checked::new(overlay.clone(), path))
                .map_err(failed)
        }
        opened => opened.map_err(failed),
    }
}

/// What redb's own check says of a file, which stays as it is: `false` when only an older state of it is whole.
pub(super) fn check_integrity(path: &Path, overlay: Overlay) -> Result<bool, StoreError> {
    let failed = |error| StoreError::from_database(path, error);
    // Dropped only when nothing went wrong: closing records things, and must not be tried while a panic unwinds.
    let mut database = ManuallyDrop::new(builder().create_with_backend(overlay).map_err(failed)?);
    let whole = database.check_integrity().map_err(failed)?;
    drop(ManuallyDrop::into_inner(database));
    Ok(whole)
}

/// Tells a foreign or empty file from a damaged one before redb looks at it.
pub(super) fn check_plausible(path: &Path) -> Result<(), StoreError> {
    use std::io::Read;
    let io = |source| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    let mut head = [0; MAGIC.len()];
    let mut file = File::open(path).map_err(io)?;
    match file.read_exact(&mut head) {
        Ok(()) if head == MAGIC => Ok(()),
        Ok(()) => Err(StoreError::Foreign),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(StoreError::Foreign),
        Err(error) => Err(io(error)),
    }
}

/// Creates folder and file when they are not there, with modes 0700 and 0600.
///
/// The file is made complete beside its place and renamed into it: a full disk in the middle must not leave a file
/// that never opens.
pub(super) fn create_if_missing(path: &Path, wait: Duration) -> Result<(), StoreError> {
    if path.exists() {
        return Ok(());
    }
    let io = |source| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    let folder = folder_of(path);
    create_folder(path)?;
    let _lock = lock(path, Access::Exclusive, wait)?;
    if path.exists() {
        return Ok(());
    }
    let temporary = tempfile::Builder::new()
        .prefix(".indsigt-")
        .suffix(".new")
        .tempfile_in(folder)
        .map_err(io)?;
    let file = temporary.as_file().try_clone().map_err(io)?;
    let backend = FileBackend::new(file).map_err(|error| StoreError::from_database(path, error))?;
    let database = make_in(backend, path)?;
    database
        .close()
        .map_err(|error| StoreError::from_database(path, error))?;
    temporary.as_file().sync_all().map_err(io)?;
    temporary
        .persist_noclobber(path)
        .map_err(|error| io(error.error))?;
    sync_folder(folder).map_err(io)
}

/// Creates the folder of a file, with mode 0700, when it is not there.
pub(super) fn create_folder(path: &Path) -> Result<(), StoreError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder_of(path))
        .map_err(|source| StoreError::Io {
            path: path.to_owned(),
            source,
        })
}

/// Keeps a file of an older format as it is beside itself, unless there is such a file already: what an interrupted
/// try set aside was the original. The lock must be held, and nobody have the file open.
pub(super) fn set_aside(path: &Path, format: u32) -> Result<(), StoreError> {
    let io = |source| StoreError::Io {
        path: path.to_owned(),
        source,
    };
    let path = &real(path);
    let name = beside(path, &format!("{OLDER_FORMAT}{format}"));
    if name.exists() {
        return Ok(());
    }
    let unfinished = hidden_beside(path, SETTING_ASIDE);
    let mut copy = create_hidden(&unfinished).map_err(io)?;
    io::copy(&mut File::open(path).map_err(io)?, &mut copy).map_err(io)?;
    copy.sync_all().map_err(io)?;
    fs::rename(unfinished, name).map_err(io)?;
    sync_folder(folder_of(path)).map_err(io)
}

/// The folder in which a file lies.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes a renaming in `folder` durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// A database without any table in a new file.
pub(super) fn create_without_tables(path: &Path, file: File) -> Result<Database, StoreError> {
    redb::backends::FileBackend::new(file)
        .and_then(|backend| builder().create_with_backend(backend))
        .map_err(|error| StoreError::from_database(path, error))
}

/// An empty store that exists nowhere.
pub(super) fn empty_in_memory(path: &Path) -> Result<Database, StoreError> {
    make_in(redb::backends::InMemoryBackend::new(), path)
}

/// Writes an empty store: every table, the format, and the key of the digests.
fn initialise(database: &Database) -> Result<(), StoreError> {
    let mut secret = [0_u8; 32];
    getrandom::fill(&mut secret).map_err(|error| StoreError::Unwritable {
        detail: error.to_string(),
    })?;
    let tx = database.begin_write()?;
    {
        let mut meta = tx.open_table(META)?;
        meta.insert(META_FORMAT, FORMAT.to_le_bytes().as_slice())?;
        meta.insert(META_SECRET, codec::encode(&secret)?.as_slice())?;
    }
    {
        macro_rules! make {
            ($table:ident) => {
                tx.open_table(tables::$table)?;
            };
        }
        tables::for_every_table!(make);
    }
    tx.commit()?;
    Ok(())
}
