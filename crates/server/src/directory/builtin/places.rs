//! The places of accounts among those of their tenant, and of names that no account has.

use std::array;

use postern_engine::{EngineKey, Identifier, SubjectKey, Tenant, subject_key};

use crate::keys::Keys;
use crate::random;

/// Gives names their places: the same when the key is exchanged, as decoys are.
pub(super) struct Places(EngineKey);

impl Places {
    pub(super) fn new(keys: &Keys) -> Self {
        Self(EngineKey::new(*keys.first().lasting()))
    }

    /// The place of a name.
    pub(super) fn of(&self, name: &str) -> i64 {
        let drawn = self.0.derived(&format!("stand-in for {name}"));
        i64::from_be_bytes(array::from_fn(|at| drawn[at]))
    }

    /// What an attempt knows an identifier by that no account has.
    pub(super) fn subject(&self, tenant: &Tenant, identifier: &Identifier) -> SubjectKey {
        subject_key(&self.0, Some(tenant), None, identifier)
    }
}

/// The place of a new account.
pub(super) fn any_place() -> i64 {
    i64::from_be_bytes(random::bytes())
}
