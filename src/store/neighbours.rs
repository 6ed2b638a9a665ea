//! The files beside a store that belong to it and hold what it held: an erasure has to reach them too (RULES §7).
//!
//! The one list of them. Who makes another such file adds it here.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::file::{self, OLDER_FORMAT};

/// The folder of rotated backups, beside the store.
pub(super) const BACKUPS: &str = "backups";
/// What a rotated backup ends with: plain, or encrypted.
const BACKUP_ENDINGS: [&str; 2] = [".redb", ".redb.age"];

/// Every copy of the store at `store`, encrypted ones among them: they hold the same.
pub(super) fn copies(store: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = file::folder_of(store);
    let mut found = in_folder(folder, |name| is_set_aside(store, name))?;
    found.extend(in_folder(&folder.join(BACKUPS), |name| {
        is_rotated_backup(store, name)
    })?);
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

/// `indsigt.redb.format-1`: the file as it was before it was converted.
fn is_set_aside(store: &Path, name: &str) -> bool {
    let own = store.file_name().and_then(|own| own.to_str());
    own.and_then(|own| name.strip_prefix(own)?.strip_prefix(OLDER_FORMAT))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// `indsigt-2026-11-22.redb`, or the same encrypted.
fn is_rotated_backup(store: &Path, name: &str) -> bool {
    let stem = store.file_stem().and_then(|stem| stem.to_str());
    let Some(rest) = stem.and_then(|stem| name.strip_prefix(stem)?.strip_prefix('-')) else {
        return false;
    };
    BACKUP_ENDINGS
        .iter()
        .filter_map(|ending| rest.strip_suffix(ending))
        .any(|day| day.parse::<chrono::NaiveDate>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_belongs_to_the_store_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("indsigt.redb");
        fs::create_dir(folder.path().join(BACKUPS)).unwrap();
        let own = [
            "indsigt.redb.format-1",
            "backups/indsigt-2026-11-22.redb",
            "backups/indsigt-2026-11-22.redb.age",
        ];
        let others = [
            "indsigt.redb",
            "indsigt.redb.lock",
            "indsigt.redb.format-",
            "indsigt.redb.format-1.txt",
            "other.redb.format-1",
            "backups/other-2026-11-22.redb",
            "backups/indsigt-2026-11-22.zip",
            "backups/indsigt-letters.redb",
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
