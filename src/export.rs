//! Records as others take them: JSON for scripts, CSV for spreadsheets; and the one way in which files with personal
//! data are written.

pub mod csv;
pub mod json;

use std::io::Write;
use std::path::Path;

use crate::ops::OpError;

/// Writes a file that holds personal data: readable by the owner only, complete or not there at all.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), OpError> {
    let unwritable = |source| OpError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new()
        .prefix(".indsigt-")
        .tempfile_in(folder)
        .map_err(unwritable)?;
    file.write_all(bytes).map_err(unwritable)?;
    file.as_file().sync_all().map_err(unwritable)?;
    file.persist(path)
        .map_err(|error| unwritable(error.error))?;
    Ok(())
}
