//! Under which tenants' ids the accounts of a store are.

use std::fmt;

use anyhow::bail;
use postern_engine::Tenant;
use postern_engine::identifier::a_label;
use sqlx::{AssertSqlSafe, Row};
use tracing::warn;

use super::{Result, SqlStore};

/// People whose identifiers all end in domains that their tenant does not have: each of them is of
/// an unknown organisation.
#[derive(Debug, Eq, PartialEq)]
pub struct Unreached {
    /// The place of the tenant in the list of them.
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
            "{people} {accounts} of {tenant} {have} no identifier in a domain of it that is configured: add the domain that they end in to \
             `domains`, or give them another identifier with `accounts rename`"
        )
    }
}

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

    /// Whether the accounts are those of these tenants: under another id, all people of a tenant
    /// would be unknown.
    ///
    /// # Errors
    ///
    /// Which accounts are no tenant's, and how many; and when the store does not do what it is
    /// there for.
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

    /// Says in the log who cannot be found.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
    pub async fn warn_of_unreached(&self, tenants: &[Tenant]) -> Result<()> {
        for it in self.unreached(tenants).await? {
            warn!(
                warning = it.to_string(),
                "there are people who cannot be found"
            );
        }
        Ok(())
    }

    /// The people of these tenants who cannot be found by any of their identifiers, as the domains
    /// are now.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
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
