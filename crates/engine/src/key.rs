//! The engine's only secret, and the digests that it makes.
//!
//! Every digest names its purpose and delimits its parts, so that a digest for one purpose cannot
//! be used for another.

use alloc::string::String;
use core::fmt;

use hmac::{Hmac, Mac};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::hex;

/// The length of a key, a seed and a digest in bytes: the output of SHA-256.
pub(crate) const KEY_LENGTH: usize = 32;

/// The secret of a deployment. An attacker who has it can forge codes and distinguish accounts from
/// decoys.
///
/// It has two parts. The key itself can be exchanged for another one: everything made with it is
/// short-lived or is sealed again. The lasting part stays when the key is exchanged: answers to
/// questions, the names of ledgers, and decoys are made with it, and none of them can be made again
/// without the person.
///
/// It is never printed. Only the feature `stored` makes it serialisable. It is wiped from memory
/// when dropped. All replicas over one store need the same key.
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
    /// Makes a key from 256 random bits. They are also its lasting part.
    pub const fn new(bytes: [u8; KEY_LENGTH]) -> Self {
        Self {
            bytes,
            lasting: bytes,
        }
    }

    /// The same key with another lasting part.
    #[must_use]
    pub fn with_lasting(mut self, lasting: [u8; KEY_LENGTH]) -> Self {
        self.lasting = lasting;
        self
    }

    /// The same key, with the key itself as its lasting part.
    #[must_use]
    pub fn lasting_itself(self) -> Self {
        let bytes = self.bytes;
        self.with_lasting(bytes)
    }

    /// The lasting part, for the code that seals it.
    pub const fn lasting(&self) -> &[u8; KEY_LENGTH] {
        &self.lasting
    }

    /// HMAC-SHA-256 (RFC 2104) over the purpose of the digest and its parts, each preceded by its
    /// length.
    pub fn digest(&self, label: &str, parts: &[&[u8]]) -> Digest {
        digest(&self.bytes, label, parts)
    }

    /// The same with the lasting part, for digests that must stay the same when the key is
    /// exchanged.
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

/// An HMAC-SHA-256 with a key of any length.
pub(crate) fn mac(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length")
}

/// 256 bits that stand for a value and do not reveal it. Digests are compared in constant time. In
/// JSON, a digest is hexadecimal.
#[derive(Clone, Copy, Eq)]
pub struct Digest([u8; KEY_LENGTH]);

impl Digest {
    /// Makes a digest from its bytes.
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

/// The name of a subject's ledger. A subject is an account, or an identifier without an account.
///
/// The name reveals neither: it is a keyed digest, in the same form for both.
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

/// Stands for an identifier in the ledger of its account, and does not reveal it: a part of a keyed
/// digest.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Alias([u8; ALIAS_LENGTH]);

/// The length of an alias in bytes: enough to distinguish a few identifiers.
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
