//! Copies of recordings on the owner's own disk: a copy is not marked deleted while its file is there.

use std::path::PathBuf;

use super::{Action, OpError};
use crate::domain::item::Item;
use crate::domain::recording::{CopyStatus, RecordingCopy};
use crate::domain::refusal::Refusal;

/// Sees to it that the files of the copies that `action` would mark are gone; deletes them where that was asked for.
///
/// # Errors
/// [`Refusal::FileStillThere`] names the file; [`OpError::Unwritable`] when it could not be deleted.
pub(super) fn clear(item: &Item, action: &Action) -> Result<(), OpError> {
    let Item::Recording(recording) = item else {
        return Ok(());
    };
    let (place, delete) = match action {
        Action::MarkCopy {
            place,
            status: CopyStatus::Deleted | CopyStatus::Purged,
            delete_file,
            ..
        } => (Some(place), *delete_file),
        Action::Resolve(wish) => (None, wish.delete_files),
        _ => return Ok(()),
    };
    let meant = |copy: &&RecordingCopy| {
        copy.status == CopyStatus::Present
            && place.is_none_or(|place| copy.place.eq_ignore_ascii_case(place.trim()))
    };
    for copy in recording.copies.iter().filter(meant) {
        let Some(path) = copy.local_path().map(PathBuf::from) else {
            continue;
        };
        // A link counts as the file it stands for as long as it is there itself.
        if path.symlink_metadata().is_err() {
            continue;
        }
        if !delete {
            return Err(Refusal::FileStillThere {
                id: recording.id,
                place: place.cloned(),
                path: path.display().to_string(),
            }
            .into());
        }
        std::fs::remove_file(&path).map_err(|source| OpError::Unwritable { path, source })?;
    }
    Ok(())
}
