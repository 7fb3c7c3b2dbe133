//! The keys of a deployment: the first one seals, and all of them open.
//!
//! An administrator exchanges a key in three steps, each on every replica before the next. First
//! they add the new key after the old one. Then they move the new key to the first place. Finally,
//! when `keys rotate` has sealed everything with the new key, they remove the old one.

use std::fmt;
use std::sync::Arc;

use postern_engine::EngineKey;
use postern_host::Keyring;

/// The length of a key's name in bytes: two keys of one list almost never have the same name.
pub(crate) const NAME_LENGTH: usize = 4;

/// The name of a key, for places that must not contain a secret.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct KeyName(pub(crate) [u8; NAME_LENGTH]);

impl KeyName {
    /// The name of a key.
    pub(crate) fn of(key: &EngineKey) -> Self {
        let [a, b, c, d, ..] = key.derived("key name");
        Self([a, b, c, d])
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The keys. The first one seals. There is at least one.
#[derive(Clone)]
pub struct Keys(Arc<[EngineKey]>);

impl Keys {
    /// Makes the list from the key that seals, and others that open.
    pub fn new(first: EngineKey, others: impl IntoIterator<Item = EngineKey>) -> Self {
        Self(std::iter::once(first).chain(others).collect())
    }

    /// The key that seals.
    pub fn first(&self) -> &EngineKey {
        &self.0[0]
    }

    /// The name of the first key, for places that must not contain a secret.
    pub fn first_name(&self) -> String {
        KeyName::of(self.first()).to_string()
    }

    /// All keys. The first one seals.
    pub fn iter(&self) -> impl Iterator<Item = &EngineKey> {
        self.0.iter()
    }

    /// The same keys with this lasting part.
    pub(crate) fn with_lasting(&self, lasting: &[u8; 32]) -> Self {
        let keys = self.iter();
        Self(keys.map(|key| key.clone().with_lasting(*lasting)).collect())
    }

    /// All keys, in the form for a hearing.
    pub(crate) fn ring(&self) -> Keyring<'_> {
        Keyring {
            first: self.first(),
            others: &self.0[1..],
        }
    }
}

impl From<EngineKey> for Keys {
    fn from(key: EngineKey) -> Self {
        Self::new(key, [])
    }
}

impl From<&EngineKey> for Keys {
    fn from(key: &EngineKey) -> Self {
        Self::new(key.clone(), [])
    }
}

impl From<&Self> for Keys {
    fn from(keys: &Self) -> Self {
        keys.clone()
    }
}

#[cfg(test)]
mod tests {
    use postern_protocol::{AttemptId, Guid};

    use super::*;

    #[test]
    fn an_attempt_keeps_the_key_that_it_was_begun_with() {
        let (old, new) = (EngineKey::new([1; 32]), EngineKey::new([2; 32]));
        let id = AttemptId(Guid::from_random(7));
        let token = *old.token_digest(&old.token(id)).as_bytes();
        let keys = Keys::new(new.clone(), [old.clone()]);
        let found = keys.ring().of_attempt(id, &token);
        assert_eq!(found.map(KeyName::of), Some(KeyName::of(&old)));
        assert!(Keys::from(new).ring().of_attempt(id, &token).is_none());
    }
}
