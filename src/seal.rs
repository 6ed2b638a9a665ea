//! Sealing and opening with age, as the ordinary `age` tool does. Bytes in, bytes out; the only module that names the
//! crate.
//!
//! Recipients are age's own X25519 keys; SSH keys, plugins and keys in hardware are left to the tool.

use std::fmt;
use std::io::{self, BufReader, Read, Write};
use std::iter;

use age::armor::ArmoredReader;
use age::secrecy::{ExposeSecret as _, SecretString};
use age::{DecryptError, Decryptor, EncryptError, Encryptor, scrypt, x25519};

/// How a sealed file begins, as bytes and as text that can be mailed.
const MAGIC: [&[u8]; 2] = [
    b"age-encryption.org/",
    b"-----BEGIN AGE ENCRYPTED FILE-----",
];

/// How a secret key begins, which is never to be repeated in a message.
const SECRET: &str = "AGE-SECRET-KEY-";

/// The most work a passphrase may cost, as a power of two: what the `age` tool allows. More would take gigabytes.
const MOST_WORK: u8 = 22;

/// The public key of somebody who can open what is sealed to her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

impl Recipient {
    /// The key that is written like this (`age1…`); `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What was given in place of a recipient as it may be repeated: a secret key only in its beginning.
pub fn presentable(given: &str) -> String {
    let given = given.trim();
    match given.get(..SECRET.len()) {
        Some(start) if start.eq_ignore_ascii_case(SECRET) => format!("{SECRET}…"),
        _ => given.to_owned(),
    }
}

/// Words that open what was sealed with them. Not shown by `Debug`.
#[derive(Debug, Clone)]
pub struct Passphrase(SecretString);

impl Passphrase {
    /// The first line of a file without its line break; `None` when it is empty, or no text.
    pub fn in_file(bytes: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(bytes).ok()?.lines().next()?;
        (!line.is_empty()).then(|| Self(SecretString::from(line.to_owned())))
    }

    /// The words themselves, for what encrypts by other means.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

/// For whom something is sealed.
#[derive(Debug, Clone)]
pub enum Seal {
    /// For these; at least one.
    Recipients(Vec<Recipient>),
    /// For whoever knows it.
    Passphrase(Passphrase),
}

/// What a sealed file is opened with.
pub enum Key {
    /// Secret keys, one of which fits.
    Identities(Vec<x25519::Identity>),
    /// The passphrase.
    Passphrase(Passphrase),
}

impl Key {
    /// The secret keys in a file as `age-keygen` writes it.
    ///
    /// # Errors
    /// The number of the first line that is neither key nor remark; 0 when there is no key.
    pub fn in_file(bytes: &[u8]) -> Result<Self, usize> {
        let text = std::str::from_utf8(bytes).map_err(|_| 1_usize)?;
        let mut identities = Vec::new();
        for (number, line) in (1_usize..).zip(text.lines().map(str::trim)) {
            if !line.is_empty() && !line.starts_with('#') {
                identities.push(line.parse().map_err(|_| number)?);
            }
        }
        if identities.is_empty() {
            return Err(0);
        }
        Ok(Self::Identities(identities))
    }
}

/// Why a sealed file stays shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// It is sealed to a key, and none was given.
    NeedsIdentity,
    /// It is sealed with a passphrase, and none was given.
    NeedsPassphrase,
    /// None of the keys fits.
    WrongIdentity,
    /// The passphrase is another one.
    WrongPassphrase,
    /// The passphrase would cost more work than is sensible.
    TooMuchWork,
    /// It was changed, or is not whole.
    Damaged,
}

impl Shut {
    /// A stable word, by which the texts know it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NeedsIdentity => "needs-identity",
            Self::NeedsPassphrase => "needs-passphrase",
            Self::WrongIdentity => "wrong-identity",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::TooMuchWork => "too-much-work",
            Self::Damaged => "damaged",
        }
    }
}

/// Whether these bytes were sealed.
pub fn is_sealed(bytes: &[u8]) -> bool {
    MAGIC
        .iter()
        .any(|magic| bytes.trim_ascii_start().starts_with(magic))
}

/// How much is read at a time: what age seals at a time.
const PART: usize = 64 * 1024;

/// Seals what is read, piece by piece, as it is written.
///
/// # Errors
/// What reading and writing give. Without recipients, or when two kinds of them cannot be mixed; neither comes from this
/// program.
pub fn seal(plain: impl Read, seal: &Seal, sealed: impl Write) -> io::Result<()> {
    let encryptor = match seal {
        Seal::Passphrase(passphrase) => Ok(Encryptor::with_user_passphrase(passphrase.0.clone())),
        Seal::Recipients(recipients) => Encryptor::with_recipients(
            recipients
                .iter()
                .map(|recipient| &recipient.0 as &dyn age::Recipient),
        ),
    };
    let encryptor = encryptor.map_err(|error| match error {
        EncryptError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    })?;
    let mut writer = encryptor.wrap_output(sealed)?;
    io::copy(&mut BufReader::with_capacity(PART, plain), &mut writer)?;
    writer.finish()?.flush()
}

/// Opens what was sealed, written as bytes or as text.
///
/// # Errors
/// Why it stays shut. Nothing of what was sealed is given out unless all of it is as it was sealed.
pub fn open(sealed: &[u8], key: Option<&Key>) -> Result<Vec<u8>, Shut> {
    let reader = ArmoredReader::new(sealed.trim_ascii_start());
    let decryptor = Decryptor::new_buffered(reader).map_err(|_| Shut::Damaged)?;
    let opened = match (key, decryptor.is_scrypt()) {
        (None | Some(Key::Identities(_)), true) => return Err(Shut::NeedsPassphrase),
        (None | Some(Key::Passphrase(_)), false) => return Err(Shut::NeedsIdentity),
        (Some(Key::Passphrase(passphrase)), true) => {
            let mut identity = scrypt::Identity::new(passphrase.0.clone());
            identity.set_max_work_factor(MOST_WORK);
            decryptor
                .decrypt(iter::once(&identity as &dyn age::Identity))
                .map_err(|error| told(&error, Shut::WrongPassphrase))
        }
        (Some(Key::Identities(identities)), false) => decryptor
            .decrypt(
                identities
                    .iter()
                    .map(|identity| identity as &dyn age::Identity),
            )
            .map_err(|error| told(&error, Shut::WrongIdentity)),
    };
    let mut plain = Vec::with_capacity(sealed.len());
    opened?.read_to_end(&mut plain).map_err(|_| Shut::Damaged)?;
    Ok(plain)
}

fn told(error: &DecryptError, wrong: Shut) -> Shut {
    match error {
        DecryptError::NoMatchingKeys
        | DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed => wrong,
        DecryptError::ExcessiveWork { .. } => Shut::TooMuchWork,
        _ => Shut::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> (Seal, Key) {
        let identity = x25519::Identity::generate();
        let recipient = Recipient::parse(&identity.to_public().to_string()).unwrap();
        (
            Seal::Recipients(vec![recipient]),
            Key::Identities(vec![identity]),
        )
    }

    fn sealed(plain: &[u8], by: &Seal) -> Vec<u8> {
        let mut sealed = Vec::new();
        seal(plain, by, &mut sealed).unwrap();
        sealed
    }

    #[test]
    fn what_was_sealed_is_opened_by_its_key_alone() {
        let (mine, my_key) = pair();
        let (_, other_key) = pair();
        let plain = vec![7_u8; 200_000];
        let sealed = sealed(&plain, &mine);
        assert!(is_sealed(&sealed) && !is_sealed(&plain));
        assert_eq!(open(&sealed, Some(&my_key)), Ok(plain));
        assert_eq!(open(&sealed, Some(&other_key)), Err(Shut::WrongIdentity));
        assert_eq!(open(&sealed, None), Err(Shut::NeedsIdentity));
        let passphrase = Key::Passphrase(Passphrase::in_file(b"x").unwrap());
        assert_eq!(open(&sealed, Some(&passphrase)), Err(Shut::NeedsIdentity));
    }

    #[test]
    fn a_changed_or_shortened_file_stays_shut() {
        let (mine, my_key) = pair();
        let sealed = sealed(&vec![7_u8; 70_000], &mine);
        for at in (0..sealed.len()).step_by(211) {
            assert!(open(&sealed[..at], Some(&my_key)).is_err(), "cut at {at}");
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&changed, Some(&my_key)).is_err(), "changed at {at}");
        }
    }

    #[test]
    fn a_passphrase_is_the_first_line_of_its_file() {
        for file in [
            "korrekt hest\n",
            "korrekt hest\r\n",
            "korrekt hest",
            "korrekt hest\nmere",
        ] {
            let Some(Passphrase(words)) = Passphrase::in_file(file.as_bytes()) else {
                panic!("{file:?}");
            };
            assert_eq!(
                age::secrecy::ExposeSecret::expose_secret(&words),
                "korrekt hest"
            );
        }
        for file in [&b""[..], b"\n", b"\nsecond", b"\xff\n"] {
            assert!(Passphrase::in_file(file).is_none(), "{file:?}");
        }
        let shown = format!("{:?}", Passphrase::in_file(b"hemmelig"));
        assert!(!shown.contains("hemmelig"), "{shown}");
    }

    #[test]
    fn a_key_file_is_read_as_age_keygen_writes_it() {
        use age::secrecy::ExposeSecret as _;
        let secret = x25519::Identity::generate().to_string();
        let secret = secret.expose_secret();
        let file = format!("# created: 2026-11-22\n# public key: age1…\n{secret}\n");
        assert!(Key::in_file(file.as_bytes()).is_ok());
        assert!(matches!(Key::in_file(b"# only a remark\n"), Err(0)));
        assert!(matches!(Key::in_file(b"# one\nssh-ed25519 AAAA\n"), Err(2)));
        assert!(matches!(Key::in_file(b"\xff"), Err(1)));
    }

    #[test]
    fn a_secret_key_given_as_a_recipient_is_not_repeated() {
        assert_eq!(presentable("age-secret-key-1abc"), "AGE-SECRET-KEY-…");
        assert_eq!(presentable(" age1abc "), "age1abc");
        assert_eq!(presentable("æøåæøåæøåæ"), "æøåæøåæøåæ");
        assert_eq!(Recipient::parse("AGE-SECRET-KEY-1ABC"), None);
    }
}
