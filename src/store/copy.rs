//! A checked copy of the store: a new file with its live rows, and nothing of what was deleted.
//!
//! The store is locked only for as long as its file takes to be copied as it is, to one that has no name and is gone with
//! the process; all else is done with that. Two things are done at a time: while the rows are copied, the file they come
//! from is checked, and the copy is checked while it goes to the disk. Memory is for the pages at hand, and hardly grows
//! with the store; but for a store on a disk without room for another of its size, which is copied in memory.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread::{self, ScopedJoinHandle};

use redb::{ReadOnlyDatabase, ReadableDatabase, StorageBackend};

use super::backup::{Contents, Existing, check_values, persist, temporary};
use super::checked::{Checked, check_own_tables};
use super::medium::{self, Medium, Memory};
use super::overlay::Overlay;
use super::{Store, StoreError, file, guarded, rewrite};

/// Why there is no copy.
#[derive(Debug)]
pub enum CopyError {
    /// The store cannot be copied.
    Store(StoreError),
    /// The copy cannot be written, or was not written as it should have been.
    Target(io::Error),
}

impl From<StoreError> for CopyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A copy of a store: a whole file without a name, checked.
#[derive(Debug)]
pub struct Copied {
    medium: Medium,
    /// What it holds.
    pub contents: Contents,
}

impl Copied {
    /// Its bytes.
    ///
    /// # Errors
    /// When the file cannot be looked at.
    pub fn reader(&self) -> io::Result<impl Read + use<>> {
        self.medium.reader()
    }
}

/// A store as it was at one moment.
struct Moment {
    medium: Medium,
    /// What it is called in errors.
    path: PathBuf,
}

impl Store {
    /// Copies the live rows into a file of their own without a name, and checks both. What was deleted is not in it.
    ///
    /// Others read on meanwhile; writers wait for as long as it takes to copy the file. Nothing is made where there is
    /// no store: a backup of nothing is a slip.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] also when the store has pages that an ordinary look would not notice.
    pub fn copy(&self) -> Result<Copied, StoreError> {
        let moment = self.moment()?;
        let scratch = medium::scratch(file::folder_of(&moment.path), moment.len()?);
        if let Some(file) = scratch {
            let medium = Medium::file(file);
            match moment.copy_into(&medium) {
                // In memory there is room perhaps.
                Err(CopyError::Target(_)) => {}
                Err(CopyError::Store(error)) => return Err(error),
                Ok(contents) => return Ok(Copied { medium, contents }),
            }
        }
        let medium = Medium::memory(Memory::default());
        match moment.copy_into(&medium) {
            Ok(contents) => Ok(Copied { medium, contents }),
            Err(CopyError::Store(error)) => Err(error),
            Err(CopyError::Target(source)) => Err(StoreError::Unwritable {
                detail: source.to_string(),
            }),
        }
    }

    /// As [`copy`](Self::copy), to a file for the owner alone: it is checked and on the disk before it gets its name.
    /// Gives its size, too.
    ///
    /// # Errors
    /// [`CopyError::Target`] with [`io::ErrorKind::AlreadyExists`] among others; nothing is left behind.
    pub fn copy_to(&self, path: &Path, existing: Existing) -> Result<(u64, Contents), CopyError> {
        let moment = self.moment()?;
        let written = temporary(path).map_err(CopyError::Target)?;
        let file = written.as_file().try_clone().map_err(CopyError::Target)?;
        let medium = Medium::file(file);
        let contents = moment.copy_into(&medium)?;
        let size = medium.len().map_err(CopyError::Target)?;
        persist(written, path, existing).map_err(CopyError::Target)?;
        Ok((size, contents))
    }

    /// The file as it was between two changes. Others read on meanwhile; writers wait for as long as it takes to copy it.
    fn moment(&self) -> Result<Moment, StoreError> {
        let path = file::real(&self.path);
        let io = |source| StoreError::Io {
            path: path.clone(),
            source,
        };
        // The handle keeps writers out even where the lock could not be taken.
        let (_lock, _database) = guarded(|| self.open_to_read())?;
        let mut source = File::open(&path).map_err(io)?;
        let len = source.metadata().map_err(io)?.len();
        if let Some(mut copy) = medium::scratch(file::folder_of(&path), len)
            && io::copy(&mut source, &mut copy).is_ok_and(|copied| copied == len)
        {
            let medium = Medium::file(copy);
            return Ok(Moment { medium, path });
        }
        let bytes = fs::read(&path).map_err(io)?;
        let medium = Medium::memory(Memory::holding(bytes));
        Ok(Moment { medium, path })
    }
}

impl Moment {
    fn len(&self) -> Result<u64, StoreError> {
        self.medium.len().map_err(|source| StoreError::Io {
            path: self.path.clone(),
            source,
        })
    }

    /// Copies the rows into an empty file, and checks all that was read and all that was written.
    fn copy_into(&self, target: &Medium) -> Result<Contents, CopyError> {
        let (copied, checked) = thread::scope(|scope| {
            let checked = scope.spawn(|| guarded(|| self.check()));
            let copied = guarded(|| self.copy_rows(target));
            (copied, joined(checked))
        });
        if let Some(error) = target.trouble() {
            return Err(CopyError::Target(error));
        }
        // What was noticed while the rows were read says more of where it is.
        let rows = copied?;
        checked?;
        let (same, synced) = thread::scope(|scope| {
            let synced = scope.spawn(|| target.sync());
            let same = self.is_copied(target, &rows);
            (same, synced.join())
        });
        synced
            .unwrap_or_else(|_| Err(broken()))
            .map_err(CopyError::Target)?;
        if same {
            Ok(rows.contents)
        } else {
            Err(CopyError::Target(broken()))
        }
    }

    /// Every value, and the pages on which there are no rows; the others are checked as they are copied.
    fn check(&self) -> Result<(), StoreError> {
        check_own_tables(&self.medium, &self.path)?;
        let database = opened(self.medium.clone(), &self.path)?;
        check_values(&database.begin_read()?)
    }

    fn copy_rows(&self, target: &Medium) -> Result<Rows, StoreError> {
        let source = opened(Checked::once(self.medium.clone(), &self.path), &self.path)?;
        let read = source.begin_read()?;
        let database = file::builder()
            .create_with_backend(target.clone())
            .map_err(|error| StoreError::from_database(&self.path, error))?;
        // redb would keep what it cannot write, and go on.
        let go_on = || {
            if target.has_failed() {
                Err(differs())
            } else {
                Ok(())
            }
        };
        let rows = Rows {
            contents: Contents::of(&read)?,
            sum: rewrite::copy_rows(&read, &database, go_on)?,
        };
        database
            .close()
            .map_err(|error| StoreError::from_database(&self.path, error))?;
        Ok(rows)
    }

    /// Whether a file holds these rows, and all of it is as it was written.
    fn is_copied(&self, target: &Medium, rows: &Rows) -> bool {
        let (there, whole) = thread::scope(|scope| {
            let whole = scope.spawn(|| guarded(|| whole(target, &self.path)));
            let there = guarded(|| Rows::of(target, &self.path));
            (there, joined(whole))
        });
        whole.is_ok() && there.is_ok_and(|there| there == *rows)
    }
}

/// What tells the rows of one file from those of another.
#[derive(PartialEq, Eq)]
struct Rows {
    contents: Contents,
    sum: u128,
}

impl Rows {
    fn of(medium: &Medium, path: &Path) -> Result<Self, StoreError> {
        let database = opened(Checked::once(medium.clone(), path), path)?;
        let read = database.begin_read()?;
        Ok(Self {
            contents: Contents::of(&read)?,
            sum: rewrite::sum_of_rows(&read)?,
        })
    }
}

/// Memory redb may use for pages that are read once, one after another: more of them would only leave the processor's
/// own memory before their place is used again.
const PASSING_BYTES: usize = 1024 * 1024;

fn opened(backend: impl StorageBackend, path: &Path) -> Result<ReadOnlyDatabase, StoreError> {
    file::builder()
        .set_cache_size(PASSING_BYTES)
        .open_read_only_with_backend(backend)
        .map_err(|error| StoreError::from_database(path, error))
}

/// Looks at every page, with redb's own check.
fn whole(medium: &Medium, path: &Path) -> Result<(), StoreError> {
    let overlay = Overlay::onto(medium.clone()).map_err(|source| StoreError::Io {
        path: path.to_owned(),
        source,
    })?;
    if file::check_integrity(path, overlay)? {
        Ok(())
    } else {
        Err(StoreError::Damaged {
            place: "the pages of the file do not belong together".into(),
        })
    }
}

/// What a thread gave; its panics are caught where it begins.
fn joined<T>(thread: ScopedJoinHandle<'_, Result<T, StoreError>>) -> Result<T, StoreError> {
    thread.join().unwrap_or_else(|_| Err(differs()))
}

fn differs() -> StoreError {
    StoreError::Unwritable {
        detail: "the copy differs from the store".into(),
    }
}

fn broken() -> io::Error {
    io::Error::other("what was read back is not what was written")
}

#[cfg(test)]
mod tests {
    use redb::ReadableTableMetadata;

    use super::super::backup::{examine, tests::sample};
    use super::super::codec;
    use super::super::tables::{DRAFTS, HISTORY, ITEMS, META, META_SECRET, OPERATIONS};
    use super::*;
    use crate::domain::ids::{ItemId, ItemType};

    fn moment(medium: Medium) -> Moment {
        let path = PathBuf::from("s.redb");
        Moment { medium, path }
    }

    fn bytes(medium: &Medium) -> Vec<u8> {
        let mut bytes = Vec::new();
        medium.reader().unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    /// A file and memory, with these bytes in them.
    fn media(bytes: &[u8]) -> [Medium; 2] {
        let file = Medium::file(tempfile::tempfile().unwrap());
        let memory = Medium::memory(Memory::default());
        [file, memory].map(|medium| {
            medium.set_len(bytes.len() as u64).unwrap();
            medium.write(0, bytes).unwrap();
            medium
        })
    }

    #[test]
    fn a_copy_has_every_row_of_every_table() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.redb");
        fs::write(&path, sample()).unwrap();
        let store = Store::at(&path, true);
        let copied = store.copy().unwrap();
        let database = opened(copied.medium.clone(), &path).unwrap();
        let read = database.begin_read().unwrap();
        assert_eq!(read.open_table(DRAFTS).unwrap().len().unwrap(), 19);
        let meta = read.open_table(META).unwrap();
        assert!(meta.get(META_SECRET).unwrap().is_some());
        // Written where it belongs at once, it is the same file.
        let target = folder.path().join("copy.redb");
        let (size, contents) = store.copy_to(&target, Existing::Kept).unwrap();
        let there = fs::read(&target).unwrap();
        assert_eq!((size, contents), (there.len() as u64, copied.contents));
        assert!(there == bytes(&copied.medium));
    }

    /// Where the disk has no room for another of its size, memory has; the copy is the same.
    #[test]
    fn a_copy_in_memory_is_the_same_as_one_in_a_file() {
        let whole = sample();
        let mut copies = Vec::new();
        for source in media(&whole) {
            for target in media(&[]) {
                moment(source.clone()).copy_into(&target).unwrap();
                copies.push(bytes(&target));
            }
        }
        assert!(copies.windows(2).all(|two| two[0] == two[1]));
        let contents = examine(whole.clone()).unwrap();
        assert_eq!(examine(copies.remove(0)).unwrap(), contents);
        assert!(media(&whole).iter().all(|source| bytes(source) == whole));
    }

    /// A flipped bit anywhere either is noticed, or is not in the copy.
    #[test]
    fn damage_is_not_copied() {
        let whole = sample();
        let [good, _] = media(&[]);
        let [source, _] = media(&whole);
        moment(source).copy_into(&good).unwrap();
        let good = bytes(&good);
        let mut noticed = 0;
        for at in (file::MAGIC.len()..320).chain((320..whole.len()).step_by(211)) {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (at % 8);
            let [source, target] = [&changed[..], &[]].map(|bytes| {
                let [_, memory] = media(bytes);
                memory
            });
            match moment(source).copy_into(&target) {
                Ok(_) => assert!(bytes(&target) == good, "byte {at}"),
                Err(CopyError::Store(StoreError::Io { source, .. })) => {
                    panic!("byte {at}: {source:?}")
                }
                Err(CopyError::Store(_)) => noticed += 1,
                Err(CopyError::Target(error)) => panic!("byte {at}: {error:?}"),
            }
        }
        assert!(noticed > 50, "only {noticed}");
    }

    /// The checksum of a value is looked at, not only those of the pages: a page may have been written with a wrong value.
    #[test]
    fn a_wrong_value_on_a_sound_page_is_not_copied() {
        let id = ItemId {
            item_type: ItemType::Request,
            year: 2026,
            number: 1,
        };
        let places = [
            (ITEMS, id.key()),
            (HISTORY, 1),
            (OPERATIONS, 1),
            (DRAFTS, 5),
        ];
        for (table, key) in places {
            let [_, medium] = media(&sample());
            let database = file::builder().create_with_backend(medium.clone()).unwrap();
            let write = database.begin_write().unwrap();
            let mut value = codec::encode(&"Mette").unwrap();
            value[7] ^= 1;
            let mut open = write.open_table(table).unwrap();
            open.insert(key, value.as_slice()).unwrap();
            drop(open);
            write.commit().unwrap();
            database.close().unwrap();
            let [target, _] = media(&[]);
            let problem = moment(medium).copy_into(&target).unwrap_err();
            assert!(
                matches!(&problem, CopyError::Store(StoreError::Damaged { place }) if place.contains(", ")),
                "{problem:?}"
            );
        }
    }

    /// What lies in the copy is read again, and held against what was read from the store.
    #[test]
    fn a_copy_that_is_not_what_was_written_is_noticed() {
        let [source, _] = media(&sample());
        let moment = moment(source);
        let [copy, _] = media(&[]);
        let rows = moment
            .copy_rows(&copy)
            .unwrap_or_else(|error| panic!("{error}"));
        assert!(moment.is_copied(&copy, &rows));
        let whole = bytes(&copy);
        // A text that is in it, and nowhere that nobody looks.
        let at = whole.windows(6).position(|six| six == b"Udkast").unwrap();
        copy.write(at as u64, b"udkast").unwrap();
        assert!(!moment.is_copied(&copy, &rows));
        copy.write(at as u64, b"Udkast").unwrap();
        assert!(moment.is_copied(&copy, &rows));
        // Whole, but with other rows.
        let database = file::builder().create_with_backend(copy.clone()).unwrap();
        let write = database.begin_write().unwrap();
        write.open_table(DRAFTS).unwrap().remove(7).unwrap();
        write.commit().unwrap();
        database.close().unwrap();
        assert!(!moment.is_copied(&copy, &rows));
    }

    #[test]
    fn a_full_disk_is_told_and_nothing_is_left() {
        let [source, _] = media(&sample());
        let full = fs::OpenOptions::new()
            .write(true)
            .read(true)
            .open("/dev/full");
        let target = Medium::file(full.unwrap());
        let problem = moment(source).copy_into(&target).unwrap_err();
        assert!(matches!(problem, CopyError::Target(_)), "{problem:?}");
    }
}
