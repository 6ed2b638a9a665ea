//! The envelope of the store's values, read and written as the format says and not with the program's own code.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use serde_json::Value;

/// Beside an entry of the history: the digest of the record and the chain value.
const BESIDE: usize = 64;

/// The JSON in an envelope; of a history entry with the two digests that stand beside it.
pub(crate) fn opened(bytes: &[u8]) -> Value {
    let (head, body) = bytes.split_at(5);
    assert_eq!(head[1..], crc32fast::hash(body).to_le_bytes());
    let (beside, body) = match head[0] {
        1 => return serde_json::from_slice(body).unwrap(),
        2 => (None, body),
        3 => (Some(&body[..BESIDE]), &body[BESIDE..]),
        version => panic!("version {version}"),
    };
    let mut value: Value = serde_json::from_slice(&unpacked(body)).unwrap();
    if let Some((digest, chain)) = beside.map(|beside| beside.split_at(BESIDE / 2)) {
        value["digest"] = Value::from(hex(digest));
        value["chain"] = Value::from(hex(chain));
    }
    value
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Puts the fragments back that numbers stand for.
fn unpacked(packed: &[u8]) -> Vec<u8> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/store.fragments");
    let list = fs::read_to_string(list).unwrap();
    let list: Vec<&str> = list.lines().collect();
    let mut json = Vec::new();
    let mut bytes = packed.iter().copied().map(usize::from);
    while let Some(byte) = bytes.next() {
        match byte {
            0..24 => json.extend(list[byte].bytes()),
            24..32 => {
                json.extend(list[24 + (byte - 24) * 256 + bytes.next().unwrap()].bytes());
            }
            plain => json.push(u8::try_from(plain).unwrap()),
        }
    }
    json
}

/// An envelope round JSON, as programs wrote it until format 4; those of today read it too.
pub(crate) fn closed(value: &Value) -> Vec<u8> {
    let body = value.to_string();
    let crc = crc32fast::hash(body.as_bytes()).to_le_bytes();
    [&[1], &crc[..], body.as_bytes()].concat()
}
