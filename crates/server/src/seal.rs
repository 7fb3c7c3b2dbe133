//! Encrypts stored data that holds a secret, so that a reader of the database learns nothing of it.
//!
//! Sealed data begins with a mark and the name of its key, so that the database can be asked which
//! rows a key still seals. Data that was sealed before keys had names begins with the nonce. It is
//! opened by trying the keys.

use anyhow::{Result, anyhow};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use postern_engine::EngineKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::keys::{KeyName, Keys, NAME_LENGTH};
use crate::random;

/// Bytes of the nonce before the sealed data. That many random bytes never collide
/// (draft-irtf-cfrg-xchacha section 3.1).
const NONCE_LENGTH: usize = 24;

/// The byte before the name of the key. One nonce in 2⁴⁰ begins with it and the name of a given
/// key.
const MARK: u8 = 0x01;

/// Length of mark and name in bytes.
pub(crate) const PREFIX_LENGTH: usize = 1 + NAME_LENGTH;

/// Seals and opens data for one purpose. The first key seals, and all keys open.
pub(crate) struct Seal(Vec<(KeyName, XChaCha20Poly1305)>);

impl Seal {
    /// Derives keys for that purpose.
    pub(crate) fn new(keys: &Keys, purpose: &str) -> Self {
        let cipher = |key: &EngineKey| {
            let derived = Zeroizing::new(key.derived(purpose));
            let cipher = XChaCha20Poly1305::new(Key::from_slice(&*derived));
            (KeyName::of(key), cipher)
        };
        Self(keys.iter().map(cipher).collect())
    }

    /// The beginning of all data that the first key seals.
    pub(crate) fn prefix(&self) -> Vec<u8> {
        let (name, _) = &self.0[0];
        [&[MARK][..], &name.0].concat()
    }

    /// Seals a value.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON.
    pub(crate) fn close(&self, value: &impl Serialize) -> Result<Vec<u8>> {
        let text = Zeroizing::new(serde_json::to_vec(value)?);
        self.close_text(&text)
    }

    fn close_text(&self, text: &[u8]) -> Result<Vec<u8>> {
        let (_, cipher) = &self.0[0];
        let nonce: [u8; NONCE_LENGTH] = random::bytes();
        let sealed = cipher.encrypt(XNonce::from_slice(&nonce), text);
        let sealed = sealed.map_err(|_| anyhow!("the data to be sealed is too long"))?;
        Ok([&self.prefix()[..], &nonce, &sealed].concat())
    }

    /// Opens data that any of the keys has sealed.
    ///
    /// # Errors
    ///
    /// When another key sealed it, or it holds another type of value.
    pub(crate) fn open<T: DeserializeOwned>(&self, sealed: &[u8]) -> Result<T> {
        Ok(serde_json::from_slice(&self.open_text(sealed)?)?)
    }

    /// The same data sealed with the first key; `None` if it is already.
    ///
    /// # Errors
    ///
    /// As for [`Seal::open`].
    pub(crate) fn close_again(&self, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
        if sealed.starts_with(&self.prefix()) {
            return Ok(None);
        }
        self.close_text(&self.open_text(sealed)?).map(Some)
    }

    fn open_text(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let open = |cipher: &XChaCha20Poly1305, sealed: &[u8]| {
            let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LENGTH>()?;
            let text = cipher.decrypt(XNonce::from_slice(nonce), sealed).ok()?;
            Some(Zeroizing::new(text))
        };
        if let Some((&[MARK, ref name @ ..], rest)) = sealed.split_first_chunk::<PREFIX_LENGTH>()
            && let Some((_, cipher)) = self.0.iter().find(|(known, _)| known.0 == *name)
            && let Some(text) = open(cipher, rest)
        {
            return Ok(text);
        }
        let unnamed = self.0.iter().find_map(|(_, cipher)| open(cipher, sealed));
        unnamed.ok_or_else(|| anyhow!("the data was sealed with another key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: [u8; 2]) -> [EngineKey; 2] {
        bytes.map(|byte| EngineKey::new([byte; 32]))
    }

    #[test]
    fn what_is_sealed_is_opened_with_the_same_key_and_purpose_alone() {
        let [key, other] = keys([1, 2]).map(Keys::from);
        let sealed = Seal::new(&key, "outbox").close(&"12345678").unwrap();
        assert!(!sealed.windows(8).any(|window| window == b"12345678"));
        let open = |key, purpose| Seal::new(key, purpose).open::<String>(&sealed);
        assert_eq!(open(&key, "outbox").unwrap(), "12345678");
        assert!(open(&key, "mailbox").is_err());
        assert!(open(&other, "outbox").is_err());
        assert!(
            Seal::new(&key, "outbox")
                .open::<String>(&sealed[..30])
                .is_err()
        );
    }

    #[test]
    fn every_key_opens_and_the_first_seals() {
        let [old, new] = keys([1, 2]);
        let before = Seal::new(&Keys::from(&old), "outbox");
        let both = Seal::new(&Keys::new(new.clone(), [old]), "outbox");
        let after = Seal::new(&Keys::from(new), "outbox");
        let sealed = before.close(&"12345678").unwrap();
        assert_eq!(both.open::<String>(&sealed).unwrap(), "12345678");
        assert!(after.open::<String>(&sealed).is_err());
        let again = both.close_again(&sealed).unwrap().unwrap();
        assert_eq!(after.open::<String>(&again).unwrap(), "12345678");
        assert!(before.open::<String>(&again).is_err());
        assert!(both.close_again(&again).unwrap().is_none());
    }

    #[test]
    fn what_was_sealed_before_keys_had_names_is_opened() {
        let [key, other] = keys([1, 2]);
        let seal = Seal::new(&Keys::new(other, [key.clone()]), "outbox");
        let sealed = Seal::new(&Keys::from(key), "outbox").close(&1).unwrap();
        let unnamed = &sealed[PREFIX_LENGTH..];
        assert_eq!(seal.open::<i32>(unnamed).unwrap(), 1);
        let again = seal.close_again(unnamed).unwrap().unwrap();
        assert!(again.starts_with(&seal.prefix()));
    }

    #[test]
    fn the_same_twice_looks_different() {
        let [key, _] = keys([1, 2]).map(Keys::from);
        let seal = Seal::new(&key, "outbox");
        assert_ne!(seal.close(&1).unwrap(), seal.close(&1).unwrap());
    }
}
