//! What a copy of a store lies in: memory, or a file that is ours alone. Nothing here locks, and nothing waits for the
//! disk before [`Medium::sync`]: nobody else knows the file yet.

use std::fmt;
use std::fs::{File, Permissions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use redb::StorageBackend;

/// How many times its size must be free where a store is copied to for a moment: others write there meanwhile.
const ROOM: u64 = 3;

/// A file in memory. Its clones are the same file.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<RwLock<Vec<u8>>>);

/// Without the bytes, which are personal data.
impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}

impl Memory {
    pub(super) fn holding(bytes: Vec<u8>) -> Self {
        Self(Arc::new(RwLock::new(bytes)))
    }

    /// The place of a read or write of `length` bytes.
    fn range(offset: u64, length: usize) -> io::Result<std::ops::Range<usize>> {
        let start = usize::try_from(offset).map_err(|_| ErrorKind::UnexpectedEof)?;
        let end = start.checked_add(length).ok_or(ErrorKind::UnexpectedEof)?;
        Ok(start..end)
    }
}

impl StorageBackend for Memory {
    fn len(&self) -> io::Result<u64> {
        let bytes = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Ok(bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let range = Self::range(offset, out.len())?;
        let bytes = self.0.read().unwrap_or_else(PoisonError::into_inner);
        out.copy_from_slice(bytes.get(range).ok_or(ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = usize::try_from(len).map_err(|_| ErrorKind::OutOfMemory)?;
        let mut bytes = self.0.write().unwrap_or_else(PoisonError::into_inner);
        bytes.resize(len, 0);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let range = Self::range(offset, data.len())?;
        let mut bytes = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let place = bytes.get_mut(range).ok_or(ErrorKind::UnexpectedEof)?;
        place.copy_from_slice(data);
        Ok(())
    }
}

/// Where the bytes are.
#[derive(Debug)]
enum Place {
    File(File),
    Memory(Memory),
}

#[derive(Debug)]
struct Inner {
    place: Place,
    failed: AtomicBool,
    trouble: Mutex<Option<io::Error>>,
}

/// A file or memory as redb reads and writes it. Its clones are the same.
///
/// The first failure of writing is kept: redb goes on for a while without a word, and then says only that something
/// failed.
#[derive(Debug, Clone)]
pub(super) struct Medium(Arc<Inner>);

impl Medium {
    fn at(place: Place) -> Self {
        Self(Arc::new(Inner {
            place,
            failed: AtomicBool::new(false),
            trouble: Mutex::default(),
        }))
    }

    /// A file that is open already.
    pub(super) fn file(file: File) -> Self {
        Self::at(Place::File(file))
    }

    /// A file in memory.
    pub(super) fn memory(memory: Memory) -> Self {
        Self::at(Place::Memory(memory))
    }

    /// Whether writing failed.
    pub(super) fn has_failed(&self) -> bool {
        self.0.failed.load(Ordering::Relaxed)
    }

    /// What failed first when it was written, told once.
    pub(super) fn trouble(&self) -> Option<io::Error> {
        let mut trouble = self
            .0
            .trouble
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        trouble.take()
    }

    /// Waits until all of it is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        match &self.0.place {
            Place::File(file) => file.sync_all(),
            Place::Memory(_) => Ok(()),
        }
    }

    /// Its bytes, from the first on.
    pub(super) fn reader(&self) -> io::Result<impl Read + use<>> {
        Ok(Reader {
            left: self.len()?,
            medium: self.clone(),
            at: 0,
        })
    }

    fn noted(&self, written: io::Result<()>) -> io::Result<()> {
        if let Err(error) = &written
            && !self.0.failed.swap(true, Ordering::Relaxed)
        {
            let same = match error.raw_os_error() {
                Some(code) => io::Error::from_raw_os_error(code),
                None => error.kind().into(),
            };
            let mut trouble = self
                .0
                .trouble
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *trouble = Some(same);
        }
        written
    }
}

impl StorageBackend for Medium {
    fn len(&self) -> io::Result<u64> {
        match &self.0.place {
            Place::File(file) => Ok(file.metadata()?.len()),
            Place::Memory(memory) => memory.len(),
        }
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        match &self.0.place {
            Place::File(file) => file.read_exact_at(out, offset),
            Place::Memory(memory) => memory.read(offset, out),
        }
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.noted(match &self.0.place {
            Place::File(file) => file.set_len(len),
            Place::Memory(memory) => memory.set_len(len),
        })
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.noted(match &self.0.place {
            Place::File(file) => file.write_all_at(data, offset),
            Place::Memory(memory) => memory.write(offset, data),
        })
    }
}

/// Reads a medium from its beginning to its end.
struct Reader {
    medium: Medium,
    at: u64,
    left: u64,
}

impl Read for Reader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let some = usize::try_from(self.left).map_or(out.len(), |left| left.min(out.len()));
        self.medium.read(self.at, &mut out[..some])?;
        self.at += some as u64;
        self.left -= some as u64;
        Ok(some)
    }
}

/// A file without a name in a folder, which is gone when it is closed or the process ends; for the owner alone. `None`
/// where none can be made, or where one of `len` bytes would leave others too little room.
pub(super) fn scratch(folder: &Path, len: u64) -> Option<File> {
    let file = tempfile::tempfile_in(folder).ok()?;
    file.set_permissions(Permissions::from_mode(0o600)).ok()?;
    let there = rustix::fs::fstatvfs(&file).ok()?;
    let free = there.f_bavail.saturating_mul(there.f_frsize);
    (free / ROOM >= len).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_a_file_in_memory_are_not_shown() {
        assert_eq!(
            format!("{:?}", Memory::holding(b"Mette".to_vec())),
            "Memory"
        );
        let medium = Medium::memory(Memory::holding(b"Mette".to_vec()));
        assert!(!format!("{medium:?}").contains("Mette"));
    }

    #[test]
    fn what_lies_in_either_is_read_from_beginning_to_end() {
        let bytes: Vec<u8> = (0..=255).cycle().take(20_001).collect();
        let file = Medium::file(tempfile::tempfile().unwrap());
        let memory = Medium::memory(Memory::default());
        for medium in [file, memory] {
            medium.set_len(bytes.len() as u64).unwrap();
            medium.write(0, &bytes).unwrap();
            let mut read = Vec::new();
            medium.reader().unwrap().read_to_end(&mut read).unwrap();
            assert!(read == bytes);
        }
    }

    /// The device that is always full.
    #[test]
    fn the_first_failure_of_writing_is_kept() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let medium = Medium::file(full.unwrap());
        assert!(!medium.has_failed());
        medium.write(0, b"Mette").unwrap_err();
        assert!(medium.has_failed());
        let told = medium.trouble().unwrap();
        assert_eq!(told.kind(), ErrorKind::StorageFull);
    }

    #[test]
    fn a_file_that_would_fill_the_disk_is_not_begun() {
        let folder = tempfile::tempdir().unwrap();
        assert!(scratch(folder.path(), 4096).is_some());
        assert!(scratch(folder.path(), u64::MAX / 2).is_none());
        assert!(scratch(&folder.path().join("nowhere"), 4096).is_none());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
