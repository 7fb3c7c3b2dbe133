//! The engine's one secret, and the digests made with it.
//!
//! Every digest names what it is for and delimits its parts, so that no digest made for one thing
//! can pass for another.

use alloc::string::String;
use core::fmt;

use hmac::{Hmac, Mac};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::hex;

/// Bytes of a key, a seed and a digest: the output of SHA-256.
pub(crate) const KEY_LENGTH: usize = 32;

/// The secret of a deployment. An attacker who has it can forge codes and tell accounts from
/// decoys.
///
/// It has two parts. The key itself can be exchanged for another one; what is made with it is
/// short-lived, or is sealed again. The lasting part stays when the key is exchanged: answers to
/// questions, the names of ledgers and decoys are made with it, none of which can be made again
/// without the person.
///
/// Neither printed nor serialised; wiped when dropped. All replicas over one store need the same
/// key.
#[derive(Clone)]
#[cfg_attr(feature = "stored", derive(Deserialize, Serialize))]
#[cfg_attr(
    feature = "stored",
    serde(from = "[u8; KEY_LENGTH]", into = "[u8; KEY_LENGTH]")
)]
pub struct EngineKey {
    bytes: [u8; KEY_LENGTH],
    lasting: [u8; KEY_LENGTH],
}

impl EngineKey {
    /// Takes 256 random bits. They are the lasting part too.
    pub const fn new(bytes: [u8; KEY_LENGTH]) -> Self {
        Self {
            bytes,
            lasting: bytes,
        }
    }

    /// The same key with a lasting part of its own.
    #[must_use]
    pub fn with_lasting(mut self, lasting: [u8; KEY_LENGTH]) -> Self {
        self.lasting = lasting;
        self
    }

    /// The same key with itself as its lasting part.
    #[must_use]
    pub fn lasting_itself(self) -> Self {
        let bytes = self.bytes;
        self.with_lasting(bytes)
    }

    /// The lasting part, for the one who seals it.
    pub const fn lasting(&self) -> &[u8; KEY_LENGTH] {
        &self.lasting
    }

    /// HMAC-SHA-256 (RFC 2104) over what the digest is for and its parts, each preceded by its
    /// length.
    pub fn digest(&self, label: &str, parts: &[&[u8]]) -> Digest {
        digest(&self.bytes, label, parts)
    }

    /// The same with the lasting part, for what has to be the same when the key is exchanged.
    pub(crate) fn lasting_digest(&self, label: &str, parts: &[&[u8]]) -> Digest {
        digest(&self.lasting, label, parts)
    }
}

fn digest(key: &[u8; KEY_LENGTH], label: &str, parts: &[&[u8]]) -> Digest {
    let mut mac = mac(key);
    for part in core::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    Digest(mac.finalize().into_bytes().into())
}

#[cfg(feature = "stored")]
impl From<[u8; KEY_LENGTH]> for EngineKey {
    fn from(bytes: [u8; KEY_LENGTH]) -> Self {
        Self::new(bytes)
    }
}

#[cfg(feature = "stored")]
impl From<EngineKey> for [u8; KEY_LENGTH] {
    fn from(key: EngineKey) -> Self {
        key.bytes
    }
}

impl Drop for EngineKey {
    fn drop(&mut self) {
        self.bytes.zeroize();
        self.lasting.zeroize();
    }
}

/// An HMAC-SHA-256 keyed with any bytes.
pub(crate) fn mac(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length")
}

/// 256 bits that stand for something without telling it. Compared in constant time; in JSON as
/// hexadecimal.
#[derive(Clone, Copy, Eq)]
pub struct Digest([u8; KEY_LENGTH]);

impl Digest {
    /// Takes the bytes of one.
    pub const fn new(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Digest(..)")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hex::decode(&text)
            .map(Self)
            .ok_or_else(|| de::Error::custom("a digest has 64 hexadecimal digits"))
    }
}

/// Names the ledger of a subject: an account, or an identifier that no account has.
///
/// It tells neither: it is a keyed digest, of the same form for both.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct SubjectKey(String);

impl SubjectKey {
    pub(crate) fn new(digest: &Digest) -> Self {
        Self(hex::encode(&digest.0))
    }

    /// The key as text, for a store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SubjectKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Stands for an identifier in the ledger of its account, without telling it: a part of a keyed
/// digest.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Alias([u8; ALIAS_LENGTH]);

/// Bytes of an alias: enough to tell a few identifiers apart.
const ALIAS_LENGTH: usize = 8;

impl Alias {
    pub(crate) fn new(digest: &Digest) -> Self {
        let mut alias = [0; ALIAS_LENGTH];
        alias.copy_from_slice(&digest.0[..ALIAS_LENGTH]);
        Self(alias)
    }
}

impl Serialize for Alias {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Alias {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hex::decode(&text)
            .map(Self)
            .ok_or_else(|| de::Error::custom("an alias has 16 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_is_the_same_under_another_key_and_nothing_else_is() {
        let first = EngineKey::new([7; KEY_LENGTH]);
        let second = EngineKey::new([8; KEY_LENGTH]);
        assert_ne!(
            first.lasting_digest("a", &[]),
            second.lasting_digest("a", &[])
        );
        let second = second.with_lasting(*first.lasting());
        assert_eq!(
            first.lasting_digest("a", &[]),
            second.lasting_digest("a", &[])
        );
        assert_ne!(first.digest("a", &[]), second.digest("a", &[]));
    }

    #[test]
    fn parts_are_delimited_and_purposes_kept_apart() {
        let key = EngineKey::new([7; KEY_LENGTH]);
        assert_eq!(key.digest("a", &[b"bc"]), key.digest("a", &[b"bc"]));
        assert_ne!(key.digest("a", &[b"b", b"c"]), key.digest("a", &[b"bc"]));
        assert_ne!(key.digest("ab", &[b"c"]), key.digest("a", &[b"bc"]));
        assert_ne!(
            key.digest("a", &[b"bc"]),
            EngineKey::new([8; KEY_LENGTH]).digest("a", &[b"bc"])
        );
    }
}
