//! Where accounts are, and where new passwords go: the built-in accounts, or a directory that is
//! not ours.

pub(crate) mod builtin;

use async_trait::async_trait;
use postern_engine::account::AccountId;
use postern_engine::command::{PasswordWrite, RenewAnswers};
use postern_engine::{
    Account, EngineKey, Identifier, Population, Tenant, WriteBackHealth, Written,
};

pub use builtin::{BuiltIn, EmptyGroup};

/// The accounts of tenants.
///
/// An error means that it is not known: the directory could not be asked, or gave no answer that
/// makes sense.
#[async_trait]
pub trait Directory: Send + Sync {
    /// The account that a person can sign in to with that identifier.
    async fn find(
        &self,
        tenant: &Tenant,
        identifier: &Identifier,
    ) -> anyhow::Result<Option<Account>>;

    /// An account by its name.
    async fn account(&self, tenant: &Tenant, id: &AccountId) -> anyhow::Result<Option<Account>>;

    /// Sets a password and unlocks the account, now.
    async fn write_back(&self, tenant: &Tenant, write: &PasswordWrite) -> Written;

    /// Unlocks an account; the password stays.
    async fn unlock(&self, tenant: &Tenant, id: &AccountId) -> Written;

    /// Keeps answers in the newest form in the place of those on file. Does nothing in a directory
    /// that keeps no answers.
    async fn renew_answers(&self, _: &Tenant, _: &RenewAnswers) -> anyhow::Result<()> {
        Ok(())
    }

    /// How many accounts a tenant has; none, where they cannot be counted.
    async fn people(&self, _: &Tenant) -> anyhow::Result<u64> {
        Ok(0)
    }

    /// What the people of a tenant have on file who may reset now; of no person, where they cannot
    /// be counted.
    async fn population(&self, _: &Tenant, _: &EngineKey) -> anyhow::Result<Population> {
        Ok(Population::default())
    }

    /// How writing to it is doing.
    async fn health(&self, tenant: &Tenant) -> WriteBackHealth;
}
