//! The files beside a store that belong to it and hold what it held: an erasure has to reach them too (RULES §7).
//!
//! The one list of them. Who makes another such file adds it here. Daily backups lie where the owner wants them: `ops`
//! sees to those.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::backup::BEFORE_RESTORE;
use super::file::{self, OLDER_FORMAT};

/// Every copy of the store at `store` that the program set aside: they hold the same.
pub(super) fn copies(store: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = in_folder(file::folder_of(store), |name| is_set_aside(store, name))?;
    found.sort();
    Ok(found)
}

/// The files of a folder whose name is `wanted`; none when there is no such folder.
fn in_folder(folder: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(&wanted) && !entry.file_type()?.is_dir() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// `indsigt.redb.format-1`, the file as it was before it was converted; `indsigt.redb.before-restore` and
/// `indsigt.redb.before-restore.2`, those that were replaced.
fn is_set_aside(store: &Path, name: &str) -> bool {
    let own = store.file_name().and_then(|own| own.to_str());
    let Some(rest) = own.and_then(|own| name.strip_prefix(own)) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    rest == BEFORE_RESTORE
        || rest.strip_prefix(OLDER_FORMAT).is_some_and(is_number)
        || rest
            .strip_prefix(BEFORE_RESTORE)
            .and_then(|rest| rest.strip_prefix('.'))
            .is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_belongs_to_the_store_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("indsigt.redb");
        let own = [
            "indsigt.redb.format-1",
            "indsigt.redb.before-restore",
            "indsigt.redb.before-restore.2",
        ];
        let others = [
            "indsigt.redb",
            "indsigt.redb.lock",
            "indsigt.redb.format-",
            "indsigt.redb.format-1.txt",
            "other.redb.format-1",
            "other.redb.before-restore",
            "indsigt.redb.before-restore.txt",
            "indsigt.redb.before-restored",
            "indsigt-2026-11-22.redb",
        ];
        for name in own.iter().chain(&others) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let mut expected: Vec<PathBuf> = own.iter().map(|name| folder.path().join(name)).collect();
        expected.sort();
        assert_eq!(copies(&store).unwrap(), expected);
        assert_eq!(
            copies(Path::new("/nowhere/at/all.redb")).unwrap(),
            Vec::<PathBuf>::new()
        );
    }
}
