//! The content of files that are kept with records: in pieces, once for each content, under a keyed digest of it.
//!
//! The row that says which record has which file is an index like the others. A content nobody has any more stays until
//! the next erasure, because undo may need it; the new file an erasure writes has it no longer.

use std::collections::BTreeSet;

use redb::{ReadableTable, WriteTransaction};

use super::StoreError;
use super::digest::{Secret, hex};
use super::tables::{FILES, FILES_OF};
use crate::domain::attachment::Attachment;
use crate::domain::ids::ItemId;
use crate::domain::item::Item;

/// Bytes of one piece: with what redb adds it fills a page of 64 KiB, and none of a megabyte is half empty.
const PIECE: usize = 60_000;

/// The key as records hold it.
pub(super) fn written(key: u128) -> String {
    hex(&key.to_be_bytes())
}

/// The key of what a record holds.
pub(super) fn read_key(text: &str) -> Option<u128> {
    u128::from_str_radix(text, 16).ok()
}

/// The contents a record has.
pub(super) fn contents_of(item: Option<&Item>) -> BTreeSet<u128> {
    let files: &[Attachment] = match item {
        Some(Item::Request(request)) => &request.attachments,
        Some(Item::Mail(mail)) => &mail.attachments,
        _ => &[],
    };
    let keys = files.iter().filter_map(|file| file.content.as_deref());
    keys.filter_map(read_key).collect()
}

/// Stores a content, unless it is there.
pub(super) fn put(
    write: &WriteTransaction,
    secret: Secret,
    content: &[u8],
) -> Result<u128, StoreError> {
    let key = secret.file(content);
    let mut table = write.open_table(FILES)?;
    if table.get((key, 0))?.is_none() {
        // A file without a byte is one, too.
        let pieces = content
            .chunks(PIECE)
            .chain(content.is_empty().then_some(content));
        for (number, piece) in (0..).zip(pieces) {
            table.insert((key, number), piece)?;
        }
    }
    Ok(key)
}

/// A content from its pieces, held against its key; `None` when there is none.
pub(super) fn get(
    table: &impl ReadableTable<(u128, u32), &'static [u8]>,
    secret: Secret,
    key: u128,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut content = Vec::new();
    let mut found = false;
    for row in table.range((key, 0)..=(key, u32::MAX))? {
        content.extend_from_slice(row?.1.value());
        found = true;
    }
    if found && secret.file(&content) != key {
        return Err(StoreError::Damaged {
            place: format!("files, {}", written(key)),
        });
    }
    Ok(found.then_some(content))
}

/// Notes which contents a record has after a change.
pub(super) fn index(
    write: &WriteTransaction,
    id: ItemId,
    before: Option<&Item>,
    after: Option<&Item>,
) -> Result<(), StoreError> {
    let (old, new) = (contents_of(before), contents_of(after));
    if old == new {
        return Ok(());
    }
    let mut table = write.open_table(FILES_OF)?;
    for gone in old.difference(&new) {
        table.remove((*gone, id.key()))?;
    }
    for added in new.difference(&old) {
        table.insert((*added, id.key()), ())?;
    }
    Ok(())
}

/// Drops every content that no record has.
pub(super) fn drop_unused(write: &WriteTransaction) -> Result<(), StoreError> {
    let mut used = BTreeSet::new();
    for row in write.open_table(FILES_OF)?.iter()? {
        used.insert(row?.0.value().0);
    }
    write
        .open_table(FILES)?
        .retain(|(key, _), _| used.contains(&key))?;
    Ok(())
}
