//! Keyed digests: by them addresses and mails are found again, and records proved unchanged, without being held.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::domain::item::Item;
use crate::domain::person::normalise;

/// What the digests of files are for, so that they are no other's.
const FILE: &str = "file";

/// The key of a store's digests: random, made with the file, never leaving it.
#[derive(Clone, Copy)]
pub(super) struct Secret(pub(super) [u8; 32]);

impl Secret {
    fn mac(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let mut mac = self.begin(purpose);
        mac.add(bytes);
        mac.end()
    }

    fn begin(&self, purpose: &str) -> FileDigest {
        // A key of any length is good for HMAC; the `None` only stands in for an error that cannot occur.
        let mut mac = FileDigest(Hmac::<Sha256>::new_from_slice(&self.0).ok());
        mac.add(purpose.as_bytes());
        mac.add(&[0]);
        mac
    }

    /// Begins the digest of the content of a file that is read in pieces.
    pub(super) fn begin_file(&self) -> FileDigest {
        self.begin(FILE)
    }

    /// The digest under which an address is indexed; a collision only costs a comparison.
    pub(super) fn address(&self, email: &str) -> u64 {
        let mac = self.mac("address", normalise(email).as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&mac[..8]);
        u64::from_le_bytes(first)
    }

    /// The digest by which the same mail is known again.
    pub(super) fn mail(&self, identity: &[u8]) -> u128 {
        self.number("mail", identity)
    }

    /// The digest under which a Message-ID is indexed.
    pub(super) fn message_id(&self, id: &str) -> u128 {
        self.number("message-id", id.trim().as_bytes())
    }

    /// The digest under which the content of a file is kept.
    pub(super) fn file(&self, content: &[u8]) -> u128 {
        first_number(&self.mac(FILE, content))
    }

    fn number(&self, purpose: &str, bytes: &[u8]) -> u128 {
        first_number(&self.mac(purpose, bytes))
    }

    /// The digest under which it is noted how far a mailbox was read.
    pub(super) fn mailbox(&self, identity: &str) -> String {
        hex(&self.mac("mailbox", identity.as_bytes())[..16])
    }

    /// The digest of a record's content, whatever its version; of nothing when it is gone.
    pub(super) fn item(&self, item: Option<&Item>) -> String {
        let bytes = item.map(content).unwrap_or_default();
        hex(&self.mac("item", &bytes))
    }
}

/// A keyed digest under way.
pub(super) struct FileDigest(Option<Hmac<Sha256>>);

impl FileDigest {
    /// Goes on with these bytes.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        if let Some(mac) = &mut self.0 {
            mac.update(bytes);
        }
    }

    fn end(self) -> [u8; 32] {
        let mac = self.0.map(|mac| mac.finalize().into_bytes().into());
        mac.unwrap_or_default()
    }

    /// The key of the content, as [`Secret::file`] gives it for the whole.
    pub(super) fn key(self) -> u128 {
        first_number(&self.end())
    }
}

fn first_number(mac: &[u8; 32]) -> u128 {
    let mut first = [0; 16];
    first.copy_from_slice(&mac[..16]);
    u128::from_le_bytes(first)
}

fn content(item: &Item) -> Vec<u8> {
    let mut item = item.clone();
    *item.version_mut() = 0;
    serde_json::to_vec(&item).unwrap_or_default()
}

/// SHA-256 over parts, each preceded by its length so that no two lists of parts read alike.
pub(super) fn chain(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    digits.map(|digit| DIGITS[usize::from(digit)]).collect()
}

/// The 32 bytes that [`hex`] wrote out; `None` of anything else.
pub(super) fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let is_digit = |digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
    if text.len() != 2 * bytes.len() || !text.bytes().all(is_digit) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
