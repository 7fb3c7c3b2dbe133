//! The source of what is known about people, and the target of new passwords: the built-in
//! accounts, or an external directory.

pub(crate) mod builtin;
mod directories;

use async_trait::async_trait;
use postern_engine::account::AccountId;
use postern_engine::command::PasswordWrite;
use postern_engine::{EngineKey, Identifier, Person, Population, Tenant, WriteBackHealth, Written};

pub use builtin::{BuiltIn, EmptyGroup};
pub use directories::Directories;

/// What is known about the people of tenants, without what they registered.
///
/// An error means that the answer is unknown: the directory did not answer, or its answer made no
/// sense.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The person who signs in with an identifier.
    async fn find(
        &self,
        tenant: &Tenant,
        identifier: &Identifier,
    ) -> anyhow::Result<Option<Person>>;

    /// The person of the account with an id.
    async fn person(&self, tenant: &Tenant, id: &AccountId) -> anyhow::Result<Option<Person>>;

    /// Sets a password and unlocks the account, without delay.
    async fn write_back(&self, tenant: &Tenant, write: &PasswordWrite) -> Written;

    /// Unlocks an account; the password stays.
    async fn unlock(&self, tenant: &Tenant, id: &AccountId) -> Written;

    /// The number of accounts of a tenant. 0 if they cannot be counted.
    async fn people(&self, _: &Tenant) -> anyhow::Result<u64> {
        Ok(0)
    }

    /// The methods that a tenant's people who may reset have on file. An empty population if they
    /// cannot be counted.
    async fn population(&self, _: &Tenant, _: &EngineKey) -> anyhow::Result<Population> {
        Ok(Population::default())
    }

    /// Whether writing to the directory works.
    async fn health(&self, tenant: &Tenant) -> WriteBackHealth;
}
