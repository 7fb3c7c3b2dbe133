//! Where accounts are, and where new passwords go: the built-in accounts, or a directory that is not ours.

pub(crate) mod builtin;

use async_trait::async_trait;
use postern_engine::account::AccountId;
use postern_engine::command::WriteBack;
use postern_engine::{Account, Identifier, Tenant, WriteBackHealth, Written};

pub use builtin::BuiltIn;

/// The accounts of tenants.
///
/// An error means that nobody knows: the directory could not be asked, or gave no answer that makes sense.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The account that somebody can sign in to with that identifier.
    async fn find(
        &self,
        tenant: &Tenant,
        identifier: &Identifier,
    ) -> anyhow::Result<Option<Account>>;

    /// An account by its name.
    async fn account(&self, tenant: &Tenant, id: &AccountId) -> anyhow::Result<Option<Account>>;

    /// Sets a password and unlocks the account, now.
    async fn write_back(&self, tenant: &Tenant, write: &WriteBack) -> Written;

    /// Unlocks an account; the password stays.
    async fn unlock(&self, tenant: &Tenant, id: &AccountId) -> Written;

    /// How writing to it is doing.
    async fn health(&self, tenant: &Tenant) -> WriteBackHealth;
}
