//! A package as a folder or a ZIP file, complete or not there at all, readable by the owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{AesMode, CompressionMethod, DateTime, ZipWriter};

use super::{Content, Package, Piece};
use crate::ops::OpError;
use crate::store::hex;

/// The list of checksums, as `sha256sum -c` reads it.
const SUMS: &str = "SHA256SUMS.txt";
/// How much of a large file is in memory at once.
const CHUNK: usize = 64 * 1024;

/// How a package is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form<'a> {
    /// A folder.
    Folder,
    /// One file, encrypted with a passphrase where there is one (AES-256, as 7-Zip reads it).
    Zip(Option<&'a str>),
}

/// Writes the package to `path`, a folder or a file by its form.
///
/// # Errors
/// [`OpError::Exists`] when there is something of that name; [`OpError::Unwritable`].
pub fn write(package: &Package, path: &Path, form: Form<'_>, on: NaiveDate) -> Result<(), OpError> {
    if path.symlink_metadata().is_ok() {
        return Err(OpError::Exists(path.to_owned()));
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let unwritable = |source| OpError::Unwritable {
        path: path.to_owned(),
        source,
    };
    // Under another name until it is whole; what was begun goes with the value.
    let begun = tempfile::Builder::new()
        .prefix(".indsigt-")
        .tempdir_in(folder)
        .map_err(unwritable)?;
    let inner = begun.path().join("package");
    match form {
        Form::Folder => as_folder(package, &inner),
        Form::Zip(passphrase) => as_zip(package, &inner, passphrase, on),
    }
    .and_then(|()| fs::rename(&inner, path))
    .and_then(|()| File::open(folder)?.sync_all())
    .map_err(unwritable)
}

fn open(content: &Content) -> io::Result<Box<dyn Read + '_>> {
    Ok(match content {
        Content::Bytes(bytes) => Box::new(bytes.as_slice()),
        Content::File(path) => Box::new(File::open(path)?),
    })
}

/// Copies a piece, and gives its line in the list of checksums.
fn copy(piece: &Piece, into: &mut impl Write) -> io::Result<String> {
    let mut from = open(&piece.content)?;
    let mut digest = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = from.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        let part = chunk.get(..read).unwrap_or_default();
        digest.update(part);
        into.write_all(part)?;
    }
    let sum = hex(&digest.finalize());
    Ok(format!("{sum}  {}\n", piece.path))
}

fn as_folder(package: &Package, root: &Path) -> io::Result<()> {
    let make = |path: &Path| {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
    };
    let create = |path: &Path| {
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
    };
    make(root)?;
    let mut sums = String::new();
    for piece in &package.pieces {
        let path = root.join(&piece.path);
        if let Some(parent) = path.parent() {
            make(parent)?;
        }
        let mut file = create(&path)?;
        sums.push_str(&copy(piece, &mut file)?);
        file.sync_all()?;
    }
    let mut file = create(&root.join(SUMS))?;
    file.write_all(sums.as_bytes())?;
    file.sync_all()
}

/// Noon of the day, as a ZIP file has it.
fn day(on: NaiveDate) -> DateTime {
    let year = u16::try_from(on.year()).unwrap_or_default();
    let number = |of: u32| u8::try_from(of).unwrap_or_default();
    DateTime::from_date_and_time(year, number(on.month()), number(on.day()), 12, 0, 0)
        .unwrap_or_default()
}

fn as_zip(
    package: &Package,
    path: &Path,
    passphrase: Option<&str>,
    on: NaiveDate,
) -> io::Result<()> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true)
        .last_modified_time(day(on))
        .unix_permissions(0o600);
    let options = match passphrase {
        Some(passphrase) => options.with_aes_encryption(AesMode::Aes256, passphrase),
        None => options,
    };
    let mut sums = String::new();
    for piece in &package.pieces {
        let name = format!("{}/{}", package.id, piece.path);
        zip.start_file(name, options).map_err(io::Error::other)?;
        sums.push_str(&copy(piece, &mut zip)?);
    }
    zip.start_file(format!("{}/{SUMS}", package.id), options)
        .map_err(io::Error::other)?;
    zip.write_all(sums.as_bytes())?;
    zip.finish().map_err(io::Error::other)?.sync_all()
}
