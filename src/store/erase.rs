//! Erasing so that nothing is left (RULES §7): the erasing transaction is carried out but never committed; what it
//! leaves is copied row by row into a new file, and that file takes the place of the old one.
//!
//! Until the renaming the store is as it was; after it, it is erased. What lies beside it is deleted afterwards, under a
//! marker by which the next start completes what a killed process left undone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{self, Access};
use super::tx::Tx;
use super::{Store, StoreError, Writer, guarded, neighbours, rewrite};

/// What the new file is called until it takes the place of the store.
const UNFINISHED: &str = "erasing";
/// Says that what lies beside the store is to be deleted, once the new file is in its place.
const MARKER: &str = "erased";

/// What an earlier, killed process was at when it erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Interrupted {
    /// It did not come to count: nothing was erased.
    BeforeItCounted,
    /// It counted; these files beside the store were deleted only now.
    AfterItCounted(Vec<PathBuf>),
}

/// The names an erasure uses beside the store.
struct Names {
    store: PathBuf,
    unfinished: PathBuf,
    marker: PathBuf,
}

impl Names {
    fn of(path: &Path) -> Self {
        let store = file::real(path);
        Self {
            unfinished: file::hidden_beside(&store, UNFINISHED),
            marker: file::hidden_beside(&store, MARKER),
            store,
        }
    }

    /// Completes, or takes away, what a killed process left. The lock must be held.
    fn settle(&self) -> Result<Option<Interrupted>, StoreError> {
        // Left half-way by a conversion, it is a copy of the store.
        let set_aside = file::hidden_beside(&self.store, file::SETTING_ASIDE);
        file::remove_if_there(&set_aside).map_err(|source| io_error(&set_aside, source))?;
        // The new file is still there: it never took the place of the store.
        if file::remove_if_there(&self.unfinished)
            .map_err(|source| io_error(&self.unfinished, source))?
        {
            self.remove_marker()?;
            return Ok(Some(Interrupted::BeforeItCounted));
        }
        if self.marker.exists() {
            return Ok(Some(Interrupted::AfterItCounted(self.delete_copies()?)));
        }
        Ok(None)
    }

    /// Puts the new file in the place of the store, durably, and deletes what lies beside it.
    fn put_in_place(&self) -> Result<Vec<PathBuf>, StoreError> {
        let folder = file::folder_of(&self.store);
        file::create_hidden(&self.marker)
            .and_then(|_| file::sync_folder(folder))
            .map_err(|source| io_error(&self.marker, source))?;
        fs::rename(&self.unfinished, &self.store)
            .and_then(|()| file::sync_folder(folder))
            .map_err(|source| io_error(&self.store, source))?;
        self.delete_copies()
    }

    /// Deletes what lies beside the store, then the marker that says so.
    fn delete_copies(&self) -> Result<Vec<PathBuf>, StoreError> {
        let copies =
            neighbours::copies(&self.store).map_err(|source| io_error(&self.store, source))?;
        for copy in &copies {
            file::remove_if_there(copy).map_err(|source| io_error(copy, source))?;
            if let Some(folder) = copy.parent() {
                file::sync_folder(folder).map_err(|source| io_error(copy, source))?;
            }
        }
        self.remove_marker()?;
        Ok(copies)
    }

    fn remove_marker(&self) -> Result<(), StoreError> {
        file::remove_if_there(&self.marker)
            .and_then(|_| file::sync_folder(file::folder_of(&self.store)))
            .map_err(|source| io_error(&self.marker, source))
    }
}

fn io_error(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}

/// The new file, removed again unless it took the place of the store.
struct Unfinished<'a>(&'a Path);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start.
        drop(file::remove_if_there(self.0));
    }
}

impl Store {
    /// Erases in one transaction: afterwards no byte of what was erased is in the file, nor in one beside it that
    /// belongs to it; interrupted or failing before that, everything is as it was. What was changed before can no
    /// longer be undone, and drafts are gone. Where `work` erases nothing, nothing is written.
    ///
    /// Gives what `work` gave and the files beside the store that were deleted.
    ///
    /// # Errors
    /// What the closure gives, and every [`StoreError`] as its `From`.
    pub fn erase<T, E: From<StoreError>>(
        &self,
        writer: Writer,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(T, Vec<PathBuf>), E> {
        self.create_if_wanted()?;
        guarded(|| {
            file::check_plausible(&self.path)?;
            let _lock = file::lock(&self.path, Access::Exclusive, self.wait)?;
            let names = Names::of(&self.path);
            names.settle()?;
            // Open until the new file is in place: whoever came by another way finds it in use, not replaced.
            let database = self.open_to_write()?;
            let write = database.begin_write().map_err(StoreError::from)?;
            let mut tx = Tx::begin_erasing(&write, writer)?;
            let result = work(&mut tx)?;
            if !tx.finish()? {
                write.abort().map_err(StoreError::from)?;
                self.close(database)?;
                return Ok((result, Vec::new()));
            }
            let unfinished = Unfinished(&names.unfinished);
            self.write_anew(&write, unfinished.0)?;
            write.abort().map_err(StoreError::from)?;
            let copies = names.put_in_place()?;
            // The old file has no name any more; whether it is closed well does not matter.
            drop(database);
            Ok((result, copies))
        })
    }

    /// Writes the rows a transaction sees into a new file, durably and no longer than they need.
    fn write_anew(&self, from: &redb::WriteTransaction, path: &Path) -> Result<(), StoreError> {
        let made = file::create_hidden(path).and_then(|file| Ok((file.try_clone()?, file)));
        let (file, synced) = made.map_err(|source| io_error(path, source))?;
        let mut database = file::create_without_tables(path, file)?;
        rewrite::copy_rows_uncommitted(from, &database, || Ok(()))?;
        // It grew by doubling: up to half of it is empty.
        database.compact()?;
        self.close(database)?;
        synced.sync_all().map_err(|source| io_error(path, source))
    }

    /// Completes, or takes away, what a process left that was killed while it erased; tells which.
    ///
    /// Nothing is done while somebody has the store, or where nothing may be changed.
    ///
    /// # Errors
    /// [`StoreError::Io`] when a file cannot be removed.
    pub fn settle_interrupted_erasure(&self) -> Result<Option<Interrupted>, StoreError> {
        let names = Names::of(&self.path);
        if !self.create || !(names.unfinished.exists() || names.marker.exists()) {
            return Ok(None);
        }
        match file::lock(&self.path, Access::Exclusive, std::time::Duration::ZERO) {
            Ok(_lock) => names.settle(),
            Err(StoreError::Busy { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The files beside the store that an erasure would delete.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the folder cannot be read.
    pub fn copies_beside(&self) -> Result<Vec<PathBuf>, StoreError> {
        let store = file::real(&self.path);
        neighbours::copies(&store).map_err(|source| io_error(&store, source))
    }
}
