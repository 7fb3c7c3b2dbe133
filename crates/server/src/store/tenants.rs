//! Under which tenants' ids the accounts of a store are.

use anyhow::bail;
use postern_engine::Tenant;
use sqlx::Row;

use super::{Result, SqlStore};

impl SqlStore {
    /// How many accounts there are under each tenant's id.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
    pub async fn census(&self) -> Result<Vec<(String, i64)>> {
        let rows =
            sqlx::query("SELECT tenant, COUNT(*) FROM accounts GROUP BY tenant ORDER BY tenant")
                .fetch_all(self.readers())
                .await?;
        let counted = rows
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        counted.collect()
    }

    /// Whether the accounts are those of these tenants: under another id, all people of a tenant would be unknown.
    ///
    /// # Errors
    ///
    /// Which accounts are no tenant's, and how many; and when the store does not do what it is there for.
    pub async fn check_tenants(&self, tenants: &[Tenant]) -> Result<()> {
        let mut lost = self.census().await?;
        lost.retain(|(id, _)| !tenants.iter().any(|tenant| tenant.id() == id));
        if lost.is_empty() {
            return Ok(());
        }
        let lost = lost.iter().map(|(id, count)| match count {
            1 => format!("1 account is under {id}"),
            count => format!("{count} accounts are under {id}"),
        });
        let lost = lost.collect::<Vec<_>>().join(", ");
        bail!(
            "{lost}, and no tenant has that id. Give the tenant that they belong to id = \"…\" with that name. Where these \
             people are to be deleted, `accounts remove --all --tenant … --reason …` removes them"
        )
    }
}
