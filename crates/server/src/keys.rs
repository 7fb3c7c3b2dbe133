//! The keys of a deployment: the first one seals, all of them open.
//!
//! A key is exchanged in three steps, each on every replica before the next: the new key is added
//! behind the old one, then put in front of it, and, once `keys rotate` has sealed everything with
//! it, the old one is left out.

use std::fmt;
use std::sync::Arc;

use postern_engine::EngineKey;
use postern_host::Keyring;

/// Bytes of the name of a key: so many that two keys of one list hardly ever have the same.
pub(crate) const NAME_LENGTH: usize = 4;

/// What a key is known by where nothing secret may stand.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct KeyName(pub(crate) [u8; NAME_LENGTH]);

impl KeyName {
    /// That of a key.
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

/// The keys, the one that seals first. There is at least one.
#[derive(Clone)]
pub struct Keys(Arc<[EngineKey]>);

impl Keys {
    /// With the key that seals, and others that open.
    pub fn new(first: EngineKey, others: impl IntoIterator<Item = EngineKey>) -> Self {
        Self(std::iter::once(first).chain(others).collect())
    }

    /// The key that seals.
    pub fn first(&self) -> &EngineKey {
        &self.0[0]
    }

    /// What the first key is known by where nothing secret may stand.
    pub fn first_name(&self) -> String {
        KeyName::of(self.first()).to_string()
    }

    /// All of them, the one that seals first.
    pub fn iter(&self) -> impl Iterator<Item = &EngineKey> {
        self.0.iter()
    }

    /// All of them with the same lasting part.
    pub(crate) fn with_lasting(&self, lasting: &[u8; 32]) -> Self {
        let keys = self.iter();
        Self(keys.map(|key| key.clone().with_lasting(*lasting)).collect())
    }

    /// All of them, as a hearing knows them.
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
