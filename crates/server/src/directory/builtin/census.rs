//! Counts the methods that people have on file, in batches, so that no request waits for it.

use anyhow::{Context, Result};
use postern_engine::policy::Scope;
use postern_engine::population::Census;
use postern_engine::{EngineKey, Population, Tenant};
use sqlx::Row;

use super::{BuiltIn, groups};

/// Accounts that are read at once.
const ROWS: i64 = 200;

impl BuiltIn {
    pub(super) async fn counted(&self, tenant: &Tenant) -> Result<u64> {
        let row = sqlx::query("SELECT COUNT(*) FROM accounts WHERE tenant = $1")
            .bind(tenant.id())
            .fetch_one(self.store.readers())
            .await?;
        let people: i64 = row.try_get(0)?;
        u64::try_from(people).context("the database counted a negative number of accounts")
    }

    pub(super) async fn census(&self, tenant: &Tenant, key: &EngineKey) -> Result<Population> {
        Ok(self.counting(tenant, key).await?.finish())
    }

    /// The unfinished count of all accounts, so that the caller can add more.
    pub(super) async fn counting(&self, tenant: &Tenant, key: &EngineKey) -> Result<Census> {
        let policy = tenant.policy.as_ref();
        let needs_groups = policy.is_some_and(|policy| match policy.settings().scope {
            Scope::All => false,
            Scope::Groups(_) => true,
        });
        let mut census = Census::default();
        let mut last = String::new();
        loop {
            let rows = sqlx::query(
                "SELECT a.id, a.account, r.registration FROM accounts a \
                 LEFT JOIN registrations r ON r.tenant = a.tenant AND r.account = a.id \
                 WHERE a.tenant = $1 AND a.id > $2 ORDER BY a.id LIMIT $3",
            )
            .bind(tenant.id())
            .bind(last.as_str())
            .bind(ROWS)
            .fetch_all(self.store.readers())
            .await?;
            let Some(end) = rows.last() else {
                return Ok(census);
            };
            last = end.try_get(0)?;
            for row in &rows {
                let (id, sealed): (String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
                let mut account = self.joined(&sealed, row.try_get(2)?)?;
                if needs_groups {
                    let found = self.with_groups(groups::ACCOUNT, tenant, &id, &id).await?;
                    let Some(person) = found else { continue };
                    account.person = person;
                }
                census.count(&account, tenant, key);
            }
            tokio::task::yield_now().await;
        }
    }
}
