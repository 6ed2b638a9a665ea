//! Who else on the machine can get at the store: modes of the file and of its folder, mended where that is ours to do.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

/// Reading, writing and entering, by anybody but the owner.
const OTHERS: u32 = 0o077;
const GROUP_WRITES: u32 = 0o020;
const WORLD_WRITES: u32 = 0o002;
/// In a folder like `/tmp` everybody may write, and nobody replace what is another's.
const STICKY: u32 = 0o1000;

/// Something that others could do with the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposed {
    /// What.
    pub how: Exposure,
    /// The file or the folder.
    pub path: PathBuf,
    /// Its mode, as it was found.
    pub mode: u32,
}

/// What others could do, and whether they still can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Get at the file; they can no longer.
    FileClosed,
    /// Get at the file; it could not, or was not to, be changed.
    FileOpen,
    /// Look into the store's own folder; they can no longer.
    FolderClosed,
    /// Put another file in the place of the store.
    FolderWritable,
}

/// Whether others can get at the file. Nothing that is there to be said of a file that is not.
pub(super) fn is_exposed(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.mode() & OTHERS != 0)
}

/// Takes the file from others; `mend` says whether anything may be changed.
pub(super) fn close_file(path: &Path, mend: bool) -> Option<Exposed> {
    let mode = fs::metadata(path).ok()?.mode() & 0o7777;
    let closed = mend && set_mode(path, 0o600, OFlags::empty()).is_ok();
    Some(Exposed {
        how: if closed {
            Exposure::FileClosed
        } else {
            Exposure::FileOpen
        },
        path: path.to_owned(),
        mode,
    })
}

/// Looks at the folder. Only one of our own making is changed: others may be shared for good reasons, and of those
/// it is only said when somebody could put another file in the place of the store.
pub(super) fn look_at_folder(folder: &Path, own: bool, mend: bool) -> Option<Exposed> {
    let meta = fs::metadata(folder).ok()?;
    let mode = meta.mode() & 0o7777;
    // A group of the owner's own, as many systems give everybody one, is nobody else.
    let group_writes = mode & GROUP_WRITES != 0 && meta.gid() != meta.uid();
    let how = if own
        && mend
        && mode & OTHERS != 0
        && set_mode(folder, 0o700, OFlags::DIRECTORY).is_ok()
    {
        Exposure::FolderClosed
    } else if mode & STICKY == 0 && (group_writes || mode & WORLD_WRITES != 0) {
        Exposure::FolderWritable
    } else {
        return None;
    };
    Some(Exposed {
        how,
        path: folder.to_owned(),
        mode,
    })
}

/// Sets the mode of what is there, and of nothing that is put in its place meanwhile.
fn set_mode(path: &Path, mode: u32, flags: OFlags) -> io::Result<()> {
    open(path, flags)?.set_permissions(Permissions::from_mode(mode))
}

fn open(path: &Path, flags: OFlags) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}
