//! Keyed digests: by them addresses and mails are found again, and records proved unchanged, without being held.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::domain::item::Item;
use crate::domain::person::normalise;

/// The key of a store's digests: random, made with the file, never leaving it.
#[derive(Clone, Copy)]
pub(super) struct Secret(pub(super) [u8; 32]);

impl Secret {
    fn mac(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        // A key of any length is good for HMAC; the empty default only stands in for an error that cannot occur.
        Hmac::<Sha256>::new_from_slice(&self.0)
            .map(|mut mac| {
                mac.update(purpose.as_bytes());
                mac.update(&[0]);
                mac.update(bytes);
                mac.finalize().into_bytes().into()
            })
            .unwrap_or_default()
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

    fn number(&self, purpose: &str, bytes: &[u8]) -> u128 {
        let mac = self.mac(purpose, bytes);
        let mut first = [0; 16];
        first.copy_from_slice(&mac[..16]);
        u128::from_le_bytes(first)
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
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
