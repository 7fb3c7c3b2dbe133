//! The places of accounts and registrations among those of their tenant, and of names that belong
//! to no account.

use std::array;

use postern_engine::{EngineKey, Identifier, SubjectKey, Tenant, subject_key};

use crate::keys::Keys;
use crate::random;

/// Derives the place of a name. The place survives an exchange of the key, as decoys do.
pub(crate) struct Places(EngineKey);

impl Places {
    pub(crate) fn new(keys: &Keys) -> Self {
        Self(EngineKey::new(*keys.first().lasting()))
    }

    /// The place of a name that belongs to no account.
    pub(crate) fn of(&self, name: &str) -> i64 {
        let drawn = self.0.derived(&format!("stand-in for {name}"));
        i64::from_be_bytes(array::from_fn(|at| drawn[at]))
    }

    /// The subject key of an identifier without an account, as an attempt has it.
    pub(crate) fn subject(&self, tenant: &Tenant, identifier: &Identifier) -> SubjectKey {
        subject_key(&self.0, Some(tenant), None, identifier)
    }
}

/// A random place for a new row.
pub(crate) fn any_place() -> i64 {
    i64::from_be_bytes(random::bytes())
}
