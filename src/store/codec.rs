//! The envelope of a value: `[version u8][crc32 u32 little endian][body]`.
//!
//! redb verifies nothing on a plain read, and half of all single-bit flips went through unnoticed when measured;
//! the checksum makes them an error that names table and key. The body is JSON, which survives added and unknown fields,
//! without what `fragments` takes out of it.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{StoreError, fragments};
use crate::domain::ids::{ItemId, ItemType};
use crate::domain::item::Item;

/// The body is JSON: how values were written until format 4.
const PLAIN: u8 = 1;
/// The body is JSON with the numbers of `fragments`.
const PACKED: u8 = 2;
/// The body is [`BESIDE`] bytes, and then as [`PACKED`].
const PACKED_BESIDE: u8 = 3;

/// How much can stand beside a value without being JSON: two digests.
pub(super) const BESIDE: usize = 64;

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
    Ok(enveloped(PACKED, &[&packed(value)?]))
}

/// Wraps a value, with bytes beside it that are kept as they are.
pub(super) fn encode_beside(
    value: &impl Serialize,
    beside: &[u8; BESIDE],
) -> Result<Vec<u8>, StoreError> {
    Ok(enveloped(PACKED_BESIDE, &[beside, &packed(value)?]))
}

fn packed(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(value).map_err(|error| StoreError::Unwritable {
        detail: error.to_string(),
    })?;
    Ok(fragments::pack(&json))
}

fn enveloped(version: u8, body: &[&[u8]]) -> Vec<u8> {
    let mut crc = crc32fast::Hasher::new();
    for part in body {
        crc.update(part);
    }
    [
        &[version][..],
        &crc.finalize().to_le_bytes(),
        &body.concat(),
    ]
    .concat()
}

/// Unwraps a value; `place` names table and key in the error.
pub(super) fn decode<T: DeserializeOwned>(
    bytes: &[u8],
    place: impl Fn() -> String,
) -> Result<T, StoreError> {
    decode_beside(bytes, place).map(|(value, _)| value)
}

/// Unwraps a value and what stands beside it, if anything does.
pub(super) fn decode_beside<T: DeserializeOwned>(
    bytes: &[u8],
    place: impl Fn() -> String,
) -> Result<(T, Option<&[u8; BESIDE]>), StoreError> {
    let damaged = || StoreError::Damaged { place: place() };
    let (json, beside) = opened(bytes).ok_or_else(damaged)?;
    let value = serde_json::from_slice(&json).map_err(|_| damaged())?;
    Ok((value, beside))
}

/// The JSON of a value.
type Json<'b> = Cow<'b, [u8]>;

/// What is in an envelope; `None` when it is damaged.
fn opened(bytes: &[u8]) -> Option<(Json<'_>, Option<&[u8; BESIDE]>)> {
    let (version, rest) = bytes.split_first()?;
    let (crc, body) = rest.split_first_chunk::<4>()?;
    if *crc != crc32fast::hash(body).to_le_bytes() {
        return None;
    }
    match *version {
        PLAIN => Some((Json::Borrowed(body), None)),
        PACKED => Some((Json::Owned(fragments::unpack(body)?), None)),
        PACKED_BESIDE => {
            let (beside, packed) = body.split_first_chunk()?;
            Some((Json::Owned(fragments::unpack(packed)?), Some(beside)))
        }
        _ => None,
    }
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
    use serde_json::Value;

    use super::*;

    const TASKS: &str = r#"[{"id":"kajabi","status":"todo"},{"id":"zoom","status":"todo"}]"#;

    fn tasks() -> Value {
        serde_json::from_str(TASKS).unwrap()
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let plain = enveloped(PLAIN, &[TASKS.as_bytes()]);
        let packed = encode(&tasks()).unwrap();
        let beside = encode_beside(&tasks(), &[7; BESIDE]).unwrap();
        for (bytes, version) in [(plain, PLAIN), (packed, PACKED), (beside, PACKED_BESIDE)] {
            assert_eq!(bytes[0], version);
            for index in 0..bytes.len() * 8 {
                let mut damaged = bytes.clone();
                damaged[index / 8] ^= 1 << (index % 8);
                let read: Result<(Value, _), _> = decode_beside(&damaged, || "test".into());
                assert!(read.is_err(), "bit {index}");
            }
        }
    }
}
