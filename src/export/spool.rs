//! What goes to standard output, held back until it is whole: whoever reads it may stop for as long as she likes, and the
//! store is not kept from others meanwhile; and what turns out to be damaged half way is begun anew.
//!
//! The beginning is held in memory, what is longer in a file without a name beside the store, which holds the same and
//! is as private. It is gone when the process is, however that ends. Where no such file can be made (a medium that cannot
//! be written, a full disk), all of it is held in memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// How many bytes are held in memory.
const HELD: usize = 4 * 1024 * 1024;
/// How many bytes are copied at once.
const PIECE: usize = 256 * 1024;

/// A text that is held back.
pub struct Spool {
    folder: PathBuf,
    /// What was written last; all of it while there is no file.
    held: Vec<u8>,
    /// The file with what came before, and its length.
    file: Option<(File, u64)>,
    /// Whether a file could not be made or written.
    in_memory: bool,
}

impl Spool {
    /// An empty one; `folder` is where its file would be made.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self {
            folder,
            held: Vec::new(),
            file: None,
            in_memory: false,
        }
    }

    /// Gives all of it to `output`.
    ///
    /// # Errors
    /// Those of `output`, and of reading the file again.
    pub fn give(mut self, output: &mut dyn Write) -> io::Result<()> {
        if let Some((mut file, length)) = self.file.take() {
            file.seek(SeekFrom::Start(0))?;
            let mut piece = vec![0; PIECE];
            let mut left = length;
            while left > 0 {
                let take = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
                let part = &mut piece[..take];
                file.read_exact(part)?;
                output.write_all(part)?;
                left -= take as u64;
            }
        }
        output.write_all(&self.held)
    }

    /// Puts what is held into the file; where that fails, goes on in memory.
    fn set_down(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            self.file = tempfile::tempfile_in(&self.folder)
                .ok()
                .map(|file| (file, 0));
        }
        let Some((file, length)) = &mut self.file else {
            self.in_memory = true;
            return Ok(());
        };
        if file.write_all(&self.held).is_ok() {
            *length += self.held.len() as u64;
            self.held.clear();
            return Ok(());
        }
        // The disk is full. What was written before is still there, and whole.
        let mut all = vec![0; usize::try_from(*length).map_err(io::Error::other)?];
        file.seek(SeekFrom::Start(0))?;
        file.read_exact(&mut all)?;
        all.append(&mut self.held);
        self.held = all;
        self.file = None;
        self.in_memory = true;
        Ok(())
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= HELD && !self.in_memory {
            self.set_down()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given_back(folder: PathBuf) -> (Vec<u8>, Vec<u8>, bool) {
        let mut spool = Spool::in_folder(folder);
        let mut written = Vec::new();
        for n in 0_u32..700_000 {
            let line = format!("{n} Mette\n");
            spool.write_all(line.as_bytes()).unwrap();
            written.extend_from_slice(line.as_bytes());
        }
        let filed = spool.file.is_some();
        assert!(!filed || spool.held.len() < HELD);
        let mut given = Vec::new();
        spool.give(&mut given).unwrap();
        (written, given, filed)
    }

    #[test]
    fn what_is_held_back_comes_out_whole_with_a_file_and_without() {
        let folder = tempfile::tempdir().unwrap();
        let (written, given, filed) = given_back(folder.path().to_owned());
        assert!(written.len() > 2 * HELD && filed);
        assert!(written == given);
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        let (written, given, filed) = given_back(folder.path().join("nowhere"));
        assert!(written == given && !filed);
    }

    #[test]
    fn a_full_disk_is_no_loss() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::in_folder(folder.path().to_owned());
        let first = vec![b'a'; HELD];
        spool.write_all(&first).unwrap();
        let (file, length) = spool.file.as_mut().unwrap();
        assert_eq!(*length, HELD as u64);
        // Open for reading only: every further write fails.
        let path = folder.path().join("there");
        std::fs::write(&path, &first).unwrap();
        *file = File::open(path).unwrap();
        let second = vec![b'b'; HELD];
        spool.write_all(&second).unwrap();
        let mut given = Vec::new();
        spool.give(&mut given).unwrap();
        assert!(given[..HELD] == first && given[HELD..] == second);
    }
}
