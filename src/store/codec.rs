//! The envelope of a value: `[version u8][crc32 u32 little endian][JSON]`.
//!
//! redb verifies nothing on a plain read, and half of all single-bit flips went through unnoticed when measured;
//! the checksum makes them an error that names table and key. JSON survives added and unknown fields.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;

const VERSION: u8 = 1;
const HEAD: usize = 5;

/// Wraps bytes that are no JSON: `[crc32 u32 little endian][bytes]`.
pub(super) fn seal(bytes: &[u8]) -> Vec<u8> {
    let mut sealed = crc32fast::hash(bytes).to_le_bytes().to_vec();
    sealed.extend_from_slice(bytes);
    sealed
}

/// Unwraps what [`seal`] wrapped; `None` when it is damaged.
pub(super) fn unseal(sealed: &[u8]) -> Option<&[u8]> {
    let (crc, bytes) = sealed.split_first_chunk::<4>()?;
    (*crc == crc32fast::hash(bytes).to_le_bytes()).then_some(bytes)
}

/// Wraps a value.
pub(super) fn encode(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![VERSION, 0, 0, 0, 0];
    serde_json::to_writer(&mut bytes, value).map_err(|error| StoreError::Unwritable {
        detail: error.to_string(),
    })?;
    let crc = crc32fast::hash(bytes.get(HEAD..).unwrap_or_default());
    if let Some(slot) = bytes.get_mut(1..HEAD) {
        slot.copy_from_slice(&crc.to_le_bytes());
    }
    Ok(bytes)
}

/// Unwraps a value; `place` names table and key in the error.
pub(super) fn decode<T: DeserializeOwned>(
    bytes: &[u8],
    place: impl Fn() -> String,
) -> Result<T, StoreError> {
    let damaged = || StoreError::Damaged { place: place() };
    let (head, body) = bytes.split_at_checked(HEAD).ok_or_else(damaged)?;
    let (version, crc) = head.split_first().ok_or_else(damaged)?;
    if *version != VERSION || crc != crc32fast::hash(body).to_le_bytes() {
        return Err(damaged());
    }
    serde_json::from_slice(body).map_err(|_| damaged())
}

/// Unwraps a record; its type is in its id.
pub(super) fn decode_item(id: ItemId, bytes: &[u8]) -> Result<Item, StoreError> {
    let place = || format!("items, {id}");
    let item = match id.item_type {
        ItemType::Request => Item::Request(decode(bytes, place)?),
        ItemType::Recording => Item::Recording(decode(bytes, place)?),
        ItemType::OptOut => Item::OptOut(decode(bytes, place)?),
        ItemType::Mail => Item::Mail(decode(bytes, place)?),
    };
    if item.id() == id {
        Ok(item)
    } else {
        Err(StoreError::Damaged { place: place() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_noticed() {
        let bytes = encode(&"Mette".to_owned()).unwrap();
        for index in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[index / 8] ^= 1 << (index % 8);
            let read: Result<String, _> = decode(&damaged, || "test".into());
            assert!(read.is_err(), "bit {index}");
        }
    }
}
