//! The file as redb reads it, with every page held against its checksum first.
//!
//! redb keeps its trees as Merkle trees: the commit slot in the header has the checksum of each root, a branch those of
//! its children, and the tree of tables those of every table's root. Yet a plain read looks at none of them; when it was
//! measured, half of all single-bit flips gave wrong data. So the way from the root is followed here as redb goes along
//! it: what a page must be is known before it is read, and a page that is something else is damage, told with the table
//! it belongs to. The price is one hash for each page that is read, whatever the size of the file.
//!
//! The layout is redb's file format 3 (`docs/design.md` of redb). A page of which nothing is known is let through, so that
//! another layout would go unchecked; `tests/it/damage.rs` sees to it that none does.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{self, ErrorKind};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;
use twox_hash::XxHash3_128;

/// The unit of the file.
const PAGE: usize = 4096;
/// The header: 64 bytes, and two commit slots of 128.
const HEADER: usize = 320;
const GOD_BYTE: usize = 9;
const PRIMARY_IS_SECOND: u8 = 1;
const RECOVERY_REQUIRED: u8 = 2;
const TWO_PHASE_COMMIT: u8 = 4;
const REGION_HEADER_PAGES: usize = 16;
const REGION_DATA_PAGES: usize = 20;
const SLOTS: usize = 64;
const SLOT: usize = 128;
/// In a slot: whether there is a tree of tables and one of redb's own, and their roots.
const ROOTS: [(usize, usize); 2] = [(1, 8), (2, 40)];
const SLOT_TRANSACTION: usize = 104;
const SLOT_CHECKSUM: usize = 112;
const LEAF: u8 = 1;
const BRANCH: u8 = 2;
/// The kind of table that is a plain tree; no other is used here.
const PLAIN_TABLE: u8 = 3;
/// In the definition of a table: where the sizes of its keys and values are said.
const KEY_SIZE_AT: usize = 42;
const VALUE_SIZE_AT: usize = 47;

/// What went wrong with the file, inside the [`io::Error`] through which redb passes it on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// A page is not what was written.
    #[error("the file is damaged: {place}")]
    Damaged {
        /// The table and the page.
        place: String,
    },
    /// Reading or writing failed.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

thread_local! {
    /// The last trouble of this thread. redb now and then passes over an error, and only says later that there was one.
    static LAST: RefCell<Option<Trouble>> = const { RefCell::new(None) };
    /// What [`on_the_disk`] tells.
    static ON_THE_DISK: Cell<u64> = const { Cell::new(0) };
}

/// The number of the transaction that the header of the file names which this thread synced last: what is there whatever
/// fails afterwards. It is the header that makes a commit, and a sync that makes the header last.
pub(super) fn on_the_disk() -> u64 {
    ON_THE_DISK.get()
}

impl Trouble {
    /// The error through which redb passes it on; kept in case it does not.
    fn into_io(self) -> io::Error {
        let (kind, copy) = match &self {
            Self::Damaged { place } => {
                let place = place.clone();
                (ErrorKind::Other, Self::Damaged { place })
            }
            Self::Io { path, source } => {
                let same = match source.raw_os_error() {
                    Some(code) => io::Error::from_raw_os_error(code),
                    None => io::Error::new(source.kind(), source.to_string()),
                };
                let path = path.clone();
                (source.kind(), Self::Io { path, source: same })
            }
        };
        LAST.set(Some(copy));
        io::Error::new(kind, self)
    }

    /// What redb means when it says that something failed before.
    pub(super) fn before() -> Self {
        LAST.take().unwrap_or_else(|| Self::Io {
            path: PathBuf::new(),
            source: io::Error::other("an earlier write failed"),
        })
    }

    /// Forgets what is over: a new operation begins.
    pub(super) fn forget() {
        LAST.set(None);
    }

    /// What went wrong with the file that is called `path` in errors.
    fn of(path: &Path, error: io::Error) -> Self {
        match Self::from_io(error) {
            Self::Io { source, .. } => Self::Io {
                path: path.to_owned(),
                source,
            },
            damaged @ Self::Damaged { .. } => damaged,
        }
    }

    /// What redb passed on, and where, when it came from here.
    pub(super) fn from_io(error: io::Error) -> Self {
        error.downcast().unwrap_or_else(|source| {
            if source.kind() == ErrorKind::UnexpectedEof {
                // The file was cut: nothing is wrong with the disk.
                return Self::Damaged {
                    place: "the file ends too early".into(),
                };
            }
            Self::Io {
                path: PathBuf::new(),
                source,
            }
        })
    }
}

/// A back-end whose pages are checked as they are read, and whose errors say which file it was.
pub(super) struct Checked<B> {
    inner: B,
    path: PathBuf,
    known: Mutex<Known>,
}

/// By hand: redb may print its back-end, and what is known of a file is long.
impl<B> fmt::Debug for Checked<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl<B> Checked<B> {
    /// Checks what is read from `inner`, which is called `path` in errors.
    pub(super) fn new(inner: B, path: &Path) -> Self {
        Self {
            inner,
            path: path.to_owned(),
            known: Mutex::default(),
        }
    }

    /// As [`new`](Self::new), for one walk over all of the file: what is known of a leaf is forgotten once it was found to
    /// be so, which else would grow with the file.
    pub(super) fn once(inner: B, path: &Path) -> Self {
        let checked = Self::new(inner, path);
        checked.known().forgets = true;
        checked
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn told<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|source| Trouble::of(&self.path, source).into_io())
    }
}

impl<B: StorageBackend> StorageBackend for Checked<B> {
    fn len(&self) -> io::Result<u64> {
        self.told(self.inner.len())
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.told(self.inner.read(offset, out))?;
        let mut known = self.known();
        if offset == 0 {
            known.take_header(out, &ROOTS);
            return Ok(());
        }
        known
            .check(offset, out)
            .map_err(|place| Trouble::Damaged { place }.into_io())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.told(self.inner.set_len(len))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.told(self.inner.sync_data())?;
        ON_THE_DISK.set(self.known().transaction);
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.told(self.inner.write(offset, data))?;
        let mut known = self.known();
        if offset == 0 {
            known.take_header(data, &ROOTS);
        } else {
            known.forget(offset, data.len());
        }
        Ok(())
    }

    fn close(&self) -> io::Result<()> {
        self.told(self.inner.close())
    }

    fn try_lock_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, redb::BackendError> {
        self.inner.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, redb::BackendError> {
        self.inner.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), redb::BackendError> {
        self.inner.lock_range(start, end)
    }

    fn lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<(), redb::BackendError> {
        self.inner.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), redb::BackendError> {
        self.inner.unlock_range(start, end)
    }

    fn query_lock_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, redb::BackendError> {
        self.inner.query_lock_range(start, end)
    }
}

/// Holds every page of redb's own tables against its checksum: no walk over the rows comes by those. `path` is what the
/// file is called in errors.
pub(super) fn check_own_tables(file: &impl StorageBackend, path: &Path) -> Result<(), Trouble> {
    let failed = |source| Trouble::of(path, source);
    let len = file.len().map_err(failed)?;
    let mut header = [0; HEADER];
    file.read(0, &mut header).map_err(failed)?;
    let mut known = Known::default();
    known.take_header(&header, &ROOTS[1..]);
    // Every page names only such as were written before it, whose checksums it has: this comes to an end.
    while let Some((&offset, expected)) = known.pages.iter().next() {
        let damaged = |place| Trouble::Damaged { place };
        let size = (PAGE as u64) << expected.order;
        if offset.saturating_add(size) > len {
            return Err(damaged(expected.place(offset)));
        }
        let mut page = vec![0; usize::try_from(size).unwrap_or(PAGE)];
        file.read(offset, &mut page).map_err(failed)?;
        known.check(offset, &page).map_err(damaged)?;
        known.pages.remove(&offset);
    }
    Ok(())
}

/// What is known of pages that were not read yet.
#[derive(Debug, Default)]
struct Known {
    /// The last transaction that the header names.
    transaction: u64,
    regions: Regions,
    pages: HashMap<u64, Expected, BuildHasherDefault<OffsetHasher>>,
    /// Whether a leaf is read only once.
    forgets: bool,
}

/// What a page must be.
#[derive(Debug, Clone)]
struct Expected {
    checksum: u128,
    tree: Arc<Tree>,
    /// How large it is: so many times twice the unit.
    order: u64,
}

impl Expected {
    /// What is said of it when it is damaged.
    fn place(&self, offset: u64) -> String {
        format!("{}, page {}", self.tree.name, offset / PAGE as u64)
    }
}

/// The tree a page belongs to: what tells where the page's content ends, and what lies below it.
#[derive(Debug, Clone)]
struct Tree {
    name: String,
    /// Whether its values define tables.
    of_tables: bool,
    key_size: Option<usize>,
    value_size: Option<usize>,
}

/// Where the pages are.
#[derive(Debug, Clone, Copy, Default)]
struct Regions {
    header: u64,
    size: u64,
}

impl Regions {
    /// The place of a page, from the number by which redb calls it.
    fn offset(self, number: u64) -> u64 {
        let order = number >> 59;
        let index = number & (0x000f_ffff >> order);
        let region = (number >> 20) & 0x000f_ffff;
        // From a file that may hold anything: a wrong place is only one that is never asked for.
        (PAGE as u64)
            .wrapping_add(region.wrapping_mul(self.size))
            .wrapping_add(self.header)
            .wrapping_add(index.wrapping_mul((PAGE as u64) << order))
    }
}

/// Spreads the offsets of pages. A branch page tells of hundreds at once, and the standard hasher took longer over them than
/// the checksum of the page; what that one is good for, keys of an adversary's choice, would here only cost time.
#[derive(Default)]
struct OffsetHasher(u64);

impl Hasher for OffsetHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64((*byte).into());
        }
    }

    fn write_u64(&mut self, offset: u64) {
        // Of the product the upper bits are the good ones, and a map begins with the lower.
        self.0 = (self.0 ^ offset)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(26);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Known {
    /// Learns these roots from the header.
    ///
    /// Not after a crash in the middle of a commit of one phase: redb then holds the whole tree against its checksums
    /// itself, to go back to the commit before where they do not fit.
    fn take_header(&mut self, header: &[u8], roots: &[(usize, usize)]) {
        let Some(header) = header.get(..HEADER) else {
            return;
        };
        let pages = |at| u64::from(u32_at(header, at).unwrap_or(0)) * PAGE as u64;
        self.regions = Regions {
            header: pages(REGION_HEADER_PAGES),
            size: pages(REGION_HEADER_PAGES) + pages(REGION_DATA_PAGES),
        };
        let flags = header[GOD_BYTE];
        if flags & RECOVERY_REQUIRED != 0 && flags & TWO_PHASE_COMMIT == 0 {
            return;
        }
        let start = SLOTS + SLOT * usize::from(flags & PRIMARY_IS_SECOND);
        let slot = &header[start..start + SLOT];
        // A slot that is damaged redb refuses itself.
        if u128_at(slot, SLOT_CHECKSUM) != Some(XxHash3_128::oneshot(&slot[..SLOT_CHECKSUM])) {
            return;
        }
        self.transaction = u64_at(slot, SLOT_TRANSACTION).unwrap_or(0);
        for (there, root) in roots {
            if slot[*there] != 0 {
                self.expect_root(&slot[*root..], Arc::new(Tree::of_tables()));
            }
        }
    }

    /// Learns what the root of a tree must be, from its number and checksum.
    fn expect_root(&mut self, root: &[u8], tree: Arc<Tree>) {
        if let (Some(number), Some(checksum)) = (u64_at(root, 0), u128_at(root, 8)) {
            self.expect(number, checksum, tree);
        }
    }

    fn expect(&mut self, number: u64, checksum: u128, tree: Arc<Tree>) {
        let expected = Expected {
            checksum,
            tree,
            order: number >> 59,
        };
        self.pages.insert(self.regions.offset(number), expected);
    }

    /// Forgets what was known of pages that were written now: their checksums are told when they are committed.
    fn forget(&mut self, offset: u64, len: usize) {
        for page in 0..len.div_ceil(PAGE) {
            self.pages.remove(&(offset + (page * PAGE) as u64));
        }
    }

    /// Holds a page against what it must be, and learns what lies below it; else says where the damage is.
    fn check(&mut self, offset: u64, page: &[u8]) -> Result<(), String> {
        let Some(expected) = self.pages.get(&offset).cloned() else {
            return Ok(());
        };
        let tree = &expected.tree;
        let content = tree.content(page);
        if content.map(XxHash3_128::oneshot) != Some(expected.checksum) {
            return Err(expected.place(offset));
        }
        if page[0] == BRANCH {
            self.learn_children(page, tree);
        } else if tree.of_tables {
            self.learn_tables(page);
        } else if self.forgets {
            self.pages.remove(&offset);
        }
        Ok(())
    }

    fn learn_children(&mut self, page: &[u8], tree: &Arc<Tree>) {
        let children = usize::from(u16_at(page, 2).unwrap_or(0)) + 1;
        for child in 0..children {
            let number = u64_at(page, 8 + 16 * children + 8 * child);
            if let (Some(checksum), Some(number)) = (u128_at(page, 8 + 16 * child), number) {
                self.expect(number, checksum, Arc::clone(tree));
            }
        }
    }

    fn learn_tables(&mut self, page: &[u8]) {
        for (name, definition) in definitions(page) {
            let is_plain = definition.first() == Some(&PLAIN_TABLE);
            let (Some(root), true) = (definition.get(10..), is_plain && definition[9] != 0) else {
                continue;
            };
            let size = |at: usize| {
                (definition.get(at) == Some(&1))
                    .then(|| u32_at(definition, at + 1))
                    .flatten()
                    .map(|size| size as usize)
            };
            let tree = Tree {
                name: String::from_utf8_lossy(name).into_owned(),
                of_tables: false,
                key_size: size(KEY_SIZE_AT),
                value_size: size(VALUE_SIZE_AT),
            };
            self.expect_root(root, Arc::new(tree));
        }
    }
}

impl Tree {
    fn of_tables() -> Self {
        Self {
            name: "tables".to_owned(),
            of_tables: true,
            key_size: None,
            value_size: None,
        }
    }

    /// The part of a page that its checksum covers; `None` when the page makes no sense.
    fn content<'p>(&self, page: &'p [u8]) -> Option<&'p [u8]> {
        let count = usize::from(u16_at(page, 2)?);
        let last = count.checked_sub(1)?;
        let end = match *page.first()? {
            LEAF => {
                let (keys, keys_end) = match self.key_size {
                    Some(size) => (0, size * count),
                    None => (4 * count, 0),
                };
                match (self.key_size, self.value_size) {
                    (_, None) => u32_at(page, 4 + keys + 4 * last)? as usize,
                    (Some(_), Some(size)) => 4 + keys_end + size * count,
                    (None, Some(size)) => u32_at(page, 4 + 4 * last)? as usize + size * count,
                }
            }
            BRANCH => {
                let children_end = 8 + 24 * (count + 1);
                match self.key_size {
                    Some(size) => children_end + size * count,
                    None => u32_at(page, children_end + 4 * last)? as usize,
                }
            }
            _ => return None,
        };
        page.get(..end)
    }
}

/// Names and definitions in a leaf of the tree of tables.
fn definitions(page: &[u8]) -> Vec<(&[u8], &[u8])> {
    let count = usize::from(u16_at(page, 2).unwrap_or(0));
    let end =
        |section: usize, n: usize| Some(u32_at(page, 4 + 4 * (section * count + n))? as usize);
    let keys_start = 4 + 8 * count;
    let mut found = Vec::new();
    for n in 0..count {
        let before = |section: usize| match n.checked_sub(1) {
            Some(previous) => end(section, previous),
            None if section == 0 => Some(keys_start),
            None => end(0, count - 1),
        };
        let part = |section| page.get(before(section)?..end(section, n)?);
        found.extend(part(0).zip(part(1)));
    }
    found
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u128_at(bytes: &[u8], at: usize) -> Option<u128> {
    Some(u128::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
