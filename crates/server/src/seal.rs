//! What is kept for a while and holds a secret, sealed: whoever reads the database reads nothing of it.

use anyhow::{Result, anyhow};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use postern_engine::EngineKey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::random;

/// Bytes of the nonce that stands before what it seals: so many that random ones never meet (draft-irtf-cfrg-xchacha section 3.1).
const NONCE_LENGTH: usize = 24;

/// Seals and opens for one purpose.
pub(crate) struct Seal(XChaCha20Poly1305);

impl Seal {
    /// With a key for that purpose alone.
    pub(crate) fn new(key: &EngineKey, purpose: &str) -> Self {
        let key = Zeroizing::new(key.derived(purpose));
        Self(XChaCha20Poly1305::new(Key::from_slice(&*key)))
    }

    /// Seals a value.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub(crate) fn close(&self, value: &impl Serialize) -> Result<Vec<u8>> {
        let text = Zeroizing::new(serde_json::to_vec(value)?);
        let nonce: [u8; NONCE_LENGTH] = random::bytes();
        let sealed = self.0.encrypt(XNonce::from_slice(&nonce), text.as_slice());
        let sealed = sealed.map_err(|_| anyhow!("what is to be sealed is too long"))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed with the same key.
    ///
    /// # Errors
    ///
    /// When another key was used, or something else was sealed.
    pub(crate) fn open<T: DeserializeOwned>(&self, sealed: &[u8]) -> Result<T> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_LENGTH>()
            .ok_or_else(|| anyhow!("what is sealed is too short"))?;
        let text = self.0.decrypt(XNonce::from_slice(nonce), sealed);
        let text = text.map_err(|_| anyhow!("it was sealed with another key"))?;
        Ok(serde_json::from_slice(&Zeroizing::new(text))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_with_the_same_key_and_purpose_alone() {
        let (key, other) = (EngineKey::new([1; 32]), EngineKey::new([2; 32]));
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
    fn the_same_twice_looks_different() {
        let seal = Seal::new(&EngineKey::new([1; 32]), "outbox");
        assert_ne!(seal.close(&1).unwrap(), seal.close(&1).unwrap());
    }
}
