//! A file that can be opened for writing without being written to: what redb mends, checks or records lands in memory.
//!
//! So a store that must not change can be checked, and one that a killed process left can be read as it would be once
//! it is mended.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

use super::medium::Medium;

/// The piece in which what was written is kept; redb writes in pieces of this size, but for the header.
const BLOCK: usize = 4096;

/// The file below, and what was written over it.
#[derive(Debug)]
struct Layers {
    below: Medium,
    /// How far the file still shows through: never beyond a length it was cut to.
    shows_to: u64,
    len: u64,
    written: BTreeMap<u64, Box<[u8; BLOCK]>>,
}

/// A handle on both layers; all handles of one file see the same.
#[derive(Debug, Clone)]
pub(super) struct Overlay(Arc<Mutex<Layers>>);

impl Overlay {
    /// Over the file at `path`, which is opened for reading only.
    pub(super) fn over(path: &Path) -> io::Result<Self> {
        Self::onto(Medium::file(File::open(path)?))
    }

    /// Over what lies in a medium, which is only read.
    pub(super) fn onto(below: Medium) -> io::Result<Self> {
        let len = below.len()?;
        Ok(Self(Arc::new(Mutex::new(Layers {
            below,
            shows_to: len,
            len,
            written: BTreeMap::new(),
        }))))
    }

    /// Every change is whole before anything can panic, so that a poisoned lock hides nothing.
    fn layers(&self) -> MutexGuard<'_, Layers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Layers {
    fn block(&self, number: u64) -> io::Result<Box<[u8; BLOCK]>> {
        if let Some(block) = self.written.get(&number) {
            return Ok(block.clone());
        }
        let mut block = Box::new([0; BLOCK]);
        let start = number * BLOCK as u64;
        let shown = self.shows_to.saturating_sub(start).min(BLOCK as u64);
        let shown = usize::try_from(shown).unwrap_or(BLOCK);
        self.below.read(start, &mut block[..shown])?;
        Ok(block)
    }
}

/// The blocks a stretch touches: number of the block, where in it, and how much.
fn pieces(offset: u64, len: usize) -> impl Iterator<Item = (u64, usize, usize)> {
    let mut at = offset;
    let mut left = len;
    std::iter::from_fn(move || {
        if left == 0 {
            return None;
        }
        let within = usize::try_from(at % BLOCK as u64).unwrap_or_default();
        let some = left.min(BLOCK - within);
        let piece = (at / BLOCK as u64, within, some);
        at += some as u64;
        left -= some;
        Some(piece)
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.layers().len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let layers = self.layers();
        let end = offset.saturating_add(out.len() as u64);
        if end > layers.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let touched = offset / BLOCK as u64..end.div_ceil(BLOCK as u64);
        if end <= layers.shows_to && layers.written.range(touched).next().is_none() {
            return layers.below.read(offset, out);
        }
        let mut done = 0;
        for (number, within, some) in pieces(offset, out.len()) {
            out[done..done + some].copy_from_slice(&layers.block(number)?[within..within + some]);
            done += some;
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut layers = self.layers();
        layers.len = len;
        layers.shows_to = layers.shows_to.min(len);
        layers.written.split_off(&len.div_ceil(BLOCK as u64));
        if let Some(last) = layers.written.get_mut(&(len / BLOCK as u64)) {
            last[usize::try_from(len % BLOCK as u64).unwrap_or_default()..].fill(0);
        }
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut layers = self.layers();
        let mut done = 0;
        for (number, within, some) in pieces(offset, data.len()) {
            let mut block = layers.block(number)?;
            block[within..within + some].copy_from_slice(&data[done..done + some]);
            layers.written.insert(number, block);
            done += some;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_the_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, vec![7; 3 * BLOCK]).unwrap();
        let overlay = Overlay::over(&path).unwrap();
        let mut same = vec![7; 3 * BLOCK];
        let all = |len: usize| {
            let mut bytes = vec![1; len];
            overlay.read(0, &mut bytes).unwrap();
            bytes
        };
        // Across the border of two blocks.
        overlay.write(BLOCK as u64 - 2, &[1, 2, 3, 4]).unwrap();
        same[BLOCK - 2..BLOCK + 2].copy_from_slice(&[1, 2, 3, 4]);
        assert!(all(3 * BLOCK) == same);
        // What is cut off does not come back.
        for len in [BLOCK as u64 + 1, 4 * BLOCK as u64] {
            overlay.set_len(len).unwrap();
            same.resize(usize::try_from(len).unwrap(), 0);
            assert!(all(same.len()) == same, "{len}");
        }
        assert!(overlay.read(4 * BLOCK as u64, &mut [0]).is_err());
        assert!(std::fs::read(&path).unwrap() == vec![7; 3 * BLOCK]);
    }
}
