//! A copy of the store in memory in which a run is tried out.
//!
//! What is done there is done by the same code, commits and numbers included, so that a trial foretells what the real run
//! does: it is the real run, elsewhere. A transaction that is given up at the end would either hold the store for as long
//! as the whole run takes, with mail filters waiting, or be given up after each batch, and then know nothing of the one
//! before. The copy takes as much memory as the store has bytes, and the store is held only while they are read.

use redb::Database;

use super::medium::Memory;
use super::{Store, StoreError, file, guarded};

impl Store {
    /// A copy of this store in memory: changes are seen in it and in its clones, and nowhere else. Where there is no
    /// file, none is made.
    ///
    /// # Errors
    /// As for reading.
    pub fn rehearsal(&self) -> Result<Self, StoreError> {
        let memory = guarded(|| {
            if self.path.exists() {
                return Ok(Memory::holding(self.bytes()?));
            }
            if self.must_exist {
                return Err(StoreError::Gone {
                    path: self.path.clone(),
                });
            }
            let memory = Memory::default();
            self.close(file::make_in(memory.clone(), &self.path)?)?;
            Ok(memory)
        })?;
        Ok(Self {
            rehearsed: Some(memory),
            ..self.clone()
        })
    }

    /// Opens the copy for one transaction, as the file is.
    pub(super) fn open_copy(&self, copy: &Memory) -> Result<Database, StoreError> {
        file::open_backend(copy.clone(), &self.path)
            .map_err(|error| StoreError::from_database(&self.path, error))
    }
}
