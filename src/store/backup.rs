//! Files that hold a store and are none: writing them, examining them, and putting one in the store's place. How the
//! copy in them is made is left to `copy`.
//!
//! Files are examined in memory, where a damaged one can do no harm. What is written is read back and compared before it
//! gets its name.

use std::fs::{self, File, Permissions};
use std::io::{self, BufReader, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use redb::{
    Database, ReadTransaction, ReadableDatabase, ReadableTable, ReadableTableMetadata,
    TableDefinition, TableError,
};
use serde::de::IgnoredAny;
use tempfile::NamedTempFile;
use twox_hash::xxhash3_128::Hasher;

use super::medium::Memory;
use super::tables::{DRAFTS, FORMAT, HISTORY, ITEMS, META, META_FORMAT, OPERATIONS};
use super::tx::Operation;
use super::view::View;
use super::{Store, StoreError, codec, file, guarded, history, migrate};
use crate::domain::ids::ItemId;

/// After the name of a store, for the one that a restored one took the place of; further ones get a number.
pub(super) const BEFORE_RESTORE: &str = ".before-restore";

/// How many replaced stores may lie beside the store before another one is refused.
const MOST_ASIDE: usize = 1000;

/// What a store file holds, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// The format it was written in.
    pub format: u32,
    /// How many records.
    pub records: u64,
    /// Grows with every change.
    pub generation: u64,
    /// When the last change was made.
    pub last_change: Option<DateTime<Utc>>,
}

impl Contents {
    /// What a file of this program's format holds.
    pub(super) fn of(read: &ReadTransaction) -> Result<Self, StoreError> {
        let view = View::of_read(read)?;
        Ok(Self {
            format: FORMAT,
            records: read.open_table(ITEMS)?.len()?,
            generation: view.generation()?,
            last_change: view.entry(view.last_seq()?)?.map(|entry| entry.at),
        })
    }
}

/// What lies where a store is to be restored.
#[derive(Debug)]
pub enum Present {
    /// Nothing.
    Missing,
    /// A store.
    Store(Contents),
    /// Something that cannot be read as one.
    Unreadable(StoreError),
}

/// What redb says of a file in memory: no disk has failed there, so that every failure is damage.
fn damage(error: impl Into<redb::Error>) -> StoreError {
    match StoreError::from(error.into()) {
        StoreError::Io { source, .. } => StoreError::Damaged {
            place: source.to_string(),
        },
        other => other,
    }
}

/// Opens a file that lies in memory, with every page looked at.
fn open_in_memory(bytes: Vec<u8>) -> Result<Database, StoreError> {
    if !bytes.starts_with(file::MAGIC) {
        return Err(StoreError::Foreign);
    }
    let mut database = file::builder()
        .create_with_backend(Memory::holding(bytes))
        .map_err(|error| match error {
            redb::DatabaseError::UpgradeRequired(_) => {
                StoreError::from_database(Path::new(""), error)
            }
            other => damage(other),
        })?;
    if database.check_integrity().map_err(damage)? {
        Ok(database)
    } else {
        Err(StoreError::Damaged {
            place: "the pages of the file do not belong together".into(),
        })
    }
}

/// Examines a file: it is a store, of a format this program knows, and every page and every value is as it was written.
///
/// A file of an older format is converted in memory, so that what is said of it also holds for its conversion.
///
/// # Errors
/// [`StoreError::Foreign`], [`StoreError::Newer`] or [`StoreError::Damaged`].
pub fn examine(bytes: Vec<u8>) -> Result<Contents, StoreError> {
    guarded(|| examined(bytes))
}

fn examined(bytes: Vec<u8>) -> Result<Contents, StoreError> {
    let database = open_in_memory(bytes)?;
    let older = migrate::older_format_of(&database)?;
    if let Some(found) = older {
        migrate::run(&database, found)?;
    }
    let read = database.begin_read()?;
    check_values(&read)?;
    let mut contents = Contents::of(&read)?;
    contents.format = older.unwrap_or(FORMAT);
    Ok(contents)
}

/// Decodes every value that has a checksum; redb's own cover the rest.
pub(super) fn check_values(read: &ReadTransaction) -> Result<(), StoreError> {
    let meta = read.open_table(META)?;
    for row in meta.iter()? {
        let (key, value) = row?;
        if key.value() != META_FORMAT {
            let place = || format!("meta, {}", key.value());
            codec::decode::<IgnoredAny>(value.value(), place)?;
        }
    }
    each(read, ITEMS, |key, value| {
        let id = ItemId::from_key(key).ok_or_else(|| StoreError::Damaged {
            place: format!("items, key {key}"),
        })?;
        codec::decode_item(id, value).map(drop)
    })?;
    each(read, HISTORY, |key, value| {
        history::decode(value, || format!("history, {key}")).map(drop)
    })?;
    each(read, OPERATIONS, |key, value| {
        codec::decode::<Operation>(value, || format!("operations, {key}")).map(drop)
    })?;
    each(read, DRAFTS, |key, value| {
        codec::decode::<IgnoredAny>(value, || format!("drafts, {key}")).map(drop)
    })
}

fn each(
    read: &ReadTransaction,
    definition: TableDefinition<'_, u64, &[u8]>,
    check: impl Fn(u64, &[u8]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let table = read.open_table(definition).map_err(|error| match error {
        TableError::TableDoesNotExist(name) => StoreError::Damaged {
            place: format!("the table {name} is missing"),
        },
        other => other.into(),
    })?;
    for row in table.iter()? {
        let (key, value) = row?;
        check(key.value(), value.value())?;
    }
    Ok(())
}

impl Store {
    /// Puts an examined file in the place of the store, when `agree` does to what lies there. A store that was there is
    /// kept beside it; its path is given back.
    ///
    /// # Errors
    /// What `agree` gives, and then nothing was changed, and every [`StoreError`] as its `From`.
    pub fn replace<E: From<StoreError>>(
        &self,
        bytes: &[u8],
        agree: impl FnOnce(Present) -> Result<(), E>,
    ) -> Result<Option<PathBuf>, E> {
        file::create_folder(&self.path)?;
        let _lock = file::lock(&self.path, file::Access::Exclusive, self.wait)?;
        // Behind a link, so that it goes on leading where it leads.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let present = match look(&path) {
            Present::Unreadable(error @ StoreError::Io { .. }) => return Err(error.into()),
            present => present,
        };
        let missing = matches!(present, Present::Missing);
        agree(present)?;
        let io = |source| StoreError::Io {
            path: path.clone(),
            source,
        };
        let (written, _) = write_beside(&path, |out| out.write_all(bytes)).map_err(io)?;
        let aside = if missing {
            None
        } else {
            Some(keep_beside(&path).map_err(io)?)
        };
        if let Err(error) = written.persist(&path) {
            // Only a second name of the store; if it stays, nothing is lost by it.
            drop(aside.map(fs::remove_file));
            return Err(io(error.error).into());
        }
        file::sync_folder(file::folder_of(&path)).map_err(io)?;
        Ok(aside)
    }

    /// Whether a path leads to the store or to its lock, under whatever name.
    pub fn owns(&self, path: &Path) -> bool {
        let lock = file::sidecar(&self.path);
        let place = |path: &Path| {
            let folder = fs::canonicalize(file::folder_of(path)).ok()?;
            Some(folder.join(path.file_name()?))
        };
        [&self.path, &lock].into_iter().any(|own| {
            let same = place(own).is_some_and(|own| place(path) == Some(own));
            let inode = |path: &Path| path.metadata().ok().map(|meta| (meta.dev(), meta.ino()));
            same || inode(own).is_some_and(|own| inode(path) == Some(own))
        })
    }

    /// The bytes of the file as they were between two changes. Others read on meanwhile; writers wait that long.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        // The handle keeps writers out even where the lock could not be taken.
        let (_lock, _database) = self.open_to_read()?;
        fs::read(&self.path).map_err(|source| self.io(source))
    }

    fn io(&self, source: io::Error) -> StoreError {
        StoreError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

/// What lies at a path, examined in memory so that nothing of it changes. The lock must be held.
fn look(path: &Path) -> Present {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Present::Missing,
        Err(source) => Present::Unreadable(StoreError::Io {
            path: path.to_owned(),
            source,
        }),
        Ok(bytes) => match examine(bytes) {
            Ok(contents) => Present::Store(contents),
            Err(error) => Present::Unreadable(error),
        },
    }
}

/// The names under which replaced stores are kept, in order.
fn asides(path: &Path) -> impl Iterator<Item = PathBuf> {
    let first = file::beside(path, BEFORE_RESTORE);
    let more = (2..=MOST_ASIDE).map({
        let path = path.to_owned();
        move |n| file::beside(&path, &format!("{BEFORE_RESTORE}.{n}"))
    });
    std::iter::once(first).chain(more)
}

/// Gives the file at `path` a second name under which it stays when another one is renamed into its place: at no moment
/// is there no store.
fn keep_beside(path: &Path) -> io::Result<PathBuf> {
    for aside in asides(path) {
        let kept = match fs::hard_link(path, &aside) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            // A file system without second names gets a copy.
            Err(_) => copy_beside(path, &aside),
            linked => linked,
        };
        kept?;
        fs::set_permissions(&aside, Permissions::from_mode(0o600))?;
        return Ok(aside);
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn copy_beside(path: &Path, aside: &Path) -> io::Result<()> {
    let mut copy = temporary(aside)?;
    io::copy(&mut File::open(path)?, &mut copy)?;
    copy.as_file().sync_all()?;
    copy.persist_noclobber(aside)?;
    Ok(())
}

/// Whether a file that is there already is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and writing fails.
    Kept,
    /// It is replaced.
    Replaced,
}

/// Writes a file that holds personal data: readable by the owner only; on the disk, and the same there as it was given,
/// before it gets its name. Gives its size.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`] among others; nothing is left behind.
pub fn write_private(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<u64> {
    let (written, size) = write_beside(path, write)?;
    persist(written, path, existing)?;
    Ok(size)
}

/// Gives a file that is on the disk its name, durably.
pub(super) fn persist(written: NamedTempFile, path: &Path, existing: Existing) -> io::Result<()> {
    match existing {
        Existing::Kept => written.persist_noclobber(path)?,
        Existing::Replaced => written.persist(path)?,
    };
    file::sync_folder(file::folder_of(path))
}

/// How the temporary file of a file begins and ends; between them stand letters of chance.
pub const TEMPORARY: (&str, &str) = (".", ".tmp");

pub(super) fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let mut prefix = std::ffi::OsString::from(TEMPORARY.0);
    prefix.push(name);
    prefix.push(".");
    tempfile::Builder::new()
        .prefix(&prefix)
        .suffix(TEMPORARY.1)
        .tempfile_in(file::folder_of(path))
}

/// What is written, with its size and checksum.
struct Told<W> {
    into: W,
    size: u64,
    sum: Hasher,
}

impl<W> Told<W> {
    fn new(into: W) -> Self {
        Self {
            into,
            size: 0,
            sum: Hasher::new(),
        }
    }

    /// What tells these bytes from others.
    fn what(&self) -> (u64, u128) {
        (self.size, self.sum.finish_128())
    }
}

impl<W: Write> Write for Told<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.into.write(bytes)?;
        self.size += written as u64;
        self.sum.write(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.into.flush()
    }
}

fn write_beside(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<(NamedTempFile, u64)> {
    let mut told = Told::new(temporary(path)?);
    write(&mut told)?;
    let what = told.what();
    let written = told.into;
    written.as_file().sync_all()?;
    if what_is_in(written.path())? == what {
        Ok((written, what.0))
    } else {
        Err(io::Error::other(
            "what was read back is not what was written",
        ))
    }
}

/// How much is read back at a time.
const PART: usize = 256 * 1024;

/// The size and the checksum of a file.
fn what_is_in(path: &Path) -> io::Result<(u64, u128)> {
    let mut told = Told::new(io::sink());
    let mut file = BufReader::with_capacity(PART, File::open(path)?);
    io::copy(&mut file, &mut told)?;
    Ok(told.what())
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Read as _;

    use super::super::medium::Medium;
    use super::*;
    use crate::domain::ids::ItemType;

    /// A store with nothing in it but drafts.
    pub(in super::super) fn sample() -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.redb");
        let store = Store::at(&path, true);
        store.create_if_wanted().unwrap();
        let database = file::open_to_write(&path, store.wait).unwrap();
        let write = database.begin_write().unwrap();
        for table in [DRAFTS] {
            let text = "Udkast".repeat(700);
            let bytes = codec::encode(&text).unwrap();
            let mut table = write.open_table(table).unwrap();
            for key in 1..20 {
                table.insert(key, bytes.as_slice()).unwrap();
            }
        }
        write.commit().unwrap();
        drop(database);
        fs::read(path).unwrap()
    }

    /// Every flipped bit either changes nothing that is kept, or is noticed; none panics or is told as a failing disk.
    #[test]
    fn a_flipped_bit_is_noticed_or_harmless() {
        let whole = sample();
        let contents = examine(whole.clone()).unwrap();
        let mut noticed = 0;
        // Every byte of the header, and some of all others.
        for at in (0..320).chain((320..whole.len()).step_by(97)) {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (at % 8);
            match examine(changed) {
                Ok(same) => assert_eq!(same, contents, "byte {at}"),
                Err(
                    StoreError::Damaged { .. } | StoreError::Foreign | StoreError::Newer { .. },
                ) => noticed += 1,
                Err(other) => panic!("byte {at}: {other:?}"),
            }
        }
        assert!(noticed > 50, "only {noticed}");
    }

    #[test]
    fn a_shortened_file_is_noticed() {
        let whole = sample();
        for length in (0..whole.len()).step_by(1021) {
            let problem = examine(whole[..length].to_vec()).unwrap_err();
            let foreign = matches!(problem, StoreError::Foreign);
            assert_eq!(foreign, length < file::MAGIC.len(), "{length}: {problem:?}");
            assert!(
                foreign || matches!(problem, StoreError::Damaged { .. }),
                "{length}: {problem:?}"
            );
        }
    }

    /// The checksum of a value is looked at, not only those of the pages: a page may have been written with a wrong value.
    #[test]
    fn a_wrong_value_on_a_sound_page_is_noticed() {
        let id = ItemId {
            item_type: ItemType::Request,
            year: 2026,
            number: 1,
        };
        for (table, key) in [
            (ITEMS, id.key()),
            (HISTORY, 1),
            (OPERATIONS, 1),
            (DRAFTS, 5),
        ] {
            let memory = Memory::holding(sample());
            let database = file::builder().create_with_backend(memory.clone()).unwrap();
            let write = database.begin_write().unwrap();
            let mut value = codec::encode(&"Mette").unwrap();
            value[7] ^= 1;
            write
                .open_table(table)
                .unwrap()
                .insert(key, value.as_slice())
                .unwrap();
            write.commit().unwrap();
            database.close().unwrap();
            let mut bytes = Vec::new();
            let medium = Medium::memory(memory);
            medium.reader().unwrap().read_to_end(&mut bytes).unwrap();
            let problem = examine(bytes).unwrap_err();
            assert!(
                matches!(&problem, StoreError::Damaged { place } if place.contains(", ")),
                "{problem:?}"
            );
        }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        let of = |bytes: &[u8]| {
            let mut told = Told::new(io::sink());
            // In pieces, as it comes.
            bytes
                .chunks(777)
                .for_each(|part| told.write_all(part).unwrap());
            told.what()
        };
        let bytes = vec![3; PART + 20_000];
        fs::write(&path, &bytes).unwrap();
        assert_eq!(what_is_in(&path).unwrap(), of(&bytes));
        let mut other = bytes.clone();
        other[PART] = 4;
        for other in [&bytes[1..], &other, &[]] {
            assert_ne!(what_is_in(&path).unwrap(), of(other), "{}", other.len());
        }
    }
}
