//! Checks under which tenants' ids the accounts of a store are.

use std::fmt;

use anyhow::bail;
use postern_engine::Tenant;
use postern_engine::identifier::a_label;
use sqlx::{AssertSqlSafe, Row};
use tracing::warn;

use super::{Result, SqlStore};

/// People whose identifiers all end in domains that their tenant does not have. For them the
/// organisation is unknown.
#[derive(Debug, Eq, PartialEq)]
pub struct Unreached {
    /// The index of the tenant in the list.
    pub index: usize,
    tenant: String,
    people: i64,
}

impl fmt::Display for Unreached {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tenant, people, .. } = self;
        let (accounts, have) = match people {
            1 => ("account", "has"),
            _ => ("accounts", "have"),
        };
        write!(
            formatter,
            "{people} {accounts} of {tenant} {have} no identifier in a domain that is configured for it: add the domain of their \
             identifiers to `domains`, or give them another identifier with `accounts rename`"
        )
    }
}

impl SqlStore {
    /// The number of accounts under each tenant's id.
    ///
    /// # Errors
    ///
    /// When the store fails.
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

    /// Checks that all accounts belong to these tenants. If a tenant has another id, all of its
    /// people are unknown.
    ///
    /// # Errors
    ///
    /// The accounts without a tenant and their number. Also when the store fails.
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
            "{lost}, and no tenant has that id. Add that id to the tenant that they belong to, as id = \"…\". To delete these people, \
             run `accounts remove --all --tenant … --reason …`"
        )
    }

    /// Logs the people who cannot be found.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn warn_of_unreached(&self, tenants: &[Tenant]) -> Result<()> {
        for it in self.unreached(tenants).await? {
            warn!(
                warning = it.to_string(),
                "some people cannot be found by any identifier"
            );
        }
        Ok(())
    }

    /// The people of these tenants who cannot be found by any of their identifiers, with the
    /// present domains.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn unreached(&self, tenants: &[Tenant]) -> Result<Vec<Unreached>> {
        let mut unreached = Vec::new();
        for (index, tenant) in tenants.iter().enumerate() {
            let ends = tenant.domains.iter();
            let ends: Vec<String> = ends
                .filter_map(|domain| Some(format!("@{}", a_label(domain)?)))
                .collect();
            let is_in = (2..ends.len() + 2).map(|it| {
                format!("substr(i.identifier, length(i.identifier) - length(${it}) + 1) = ${it}")
            });
            let is_in = is_in.collect::<Vec<_>>().join(" OR ");
            if is_in.is_empty() {
                continue;
            }
            let query = format!(
                "SELECT COUNT(*) FROM accounts a WHERE a.tenant = $1 AND NOT EXISTS ( \
                   SELECT 1 FROM identifiers i WHERE i.tenant = a.tenant AND i.account = a.id AND ({is_in}))"
            );
            let mut query = sqlx::query_scalar(AssertSqlSafe(query)).bind(tenant.id().to_owned());
            for end in ends {
                query = query.bind(end);
            }
            let people: i64 = query.fetch_one(self.readers()).await?;
            if people > 0 {
                unreached.push(Unreached {
                    index,
                    tenant: tenant.id().to_owned(),
                    people,
                });
            }
        }
        Ok(unreached)
    }
}
