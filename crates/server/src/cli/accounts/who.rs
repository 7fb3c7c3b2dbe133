//! The account that a command is about, by one of its identifiers or by its id.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};
use postern_engine::identifier::a_label;
use postern_engine::{Account, Identifier, Tenant};

use super::super::Session;
use crate::directory::builtin::bulk::{RowVersions, Stored};
use crate::failure::Failure;

/// An account.
#[derive(clap::Args, Clone, Debug)]
pub struct Who {
    /// An identifier, such as ada@contoso.example, or the id of an account.
    pub who: String,
    /// The id or a domain of the tenant: needed if several tenants have an account of that id, and
    /// for a name without a domain.
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
}

/// An account that was found.
pub struct Found {
    /// The id of its tenant.
    pub tenant: String,
    /// The account, with the groups that it is in directly.
    pub account: Account,
    pub(crate) passwords: Vec<String>,
    pub(crate) versions: RowVersions,
}

impl Who {
    /// Finds the account.
    ///
    /// # Errors
    ///
    /// [`Failure::NotFound`] if there is no such account. Any other error if several accounts
    /// match, or the store fails.
    pub async fn find(&self, session: &Session) -> Result<Found> {
        let mut found = self.found(session).await?;
        match (found.pop(), found.first()) {
            (Some(found), None) => Ok(found),
            (Some(one), Some(other)) => bail!(
                "{} and {} both have an account {}: name the tenant with --tenant",
                other.tenant,
                one.tenant,
                self.who
            ),
            (None, _) => Err(Failure::NotFound(format!("there is no account {}", self.who)).into()),
        }
    }

    async fn found(&self, session: &Session) -> Result<Vec<Found>> {
        let accounts = session.accounts();
        let tenants = session.tenants_named(self.tenant.as_deref())?;
        let identifier = Identifier::parse(&self.who).ok();
        let mut found = Vec::new();
        for tenant in tenants {
            let mut ids = BTreeSet::new();
            if let Some(identifier) = identifier.as_ref().filter(|it| is_of(it, tenant)) {
                let names = self.names(identifier, tenant);
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let owners = accounts.owners(tenant.id(), &names).await?;
                ids.extend(owners.into_values());
            }
            let is_bare = identifier.as_ref().is_none_or(|it| it.domain().is_none());
            if ids.is_empty() || is_bare {
                ids.insert(self.who.clone());
            }
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let stored = accounts.stored(tenant.id(), &ids).await?;
            ensure!(
                stored.len() <= 1,
                "{} has several accounts that match {}: write the identifier with its domain",
                tenant.id(),
                self.who
            );
            let stored = stored.into_values();
            found.extend(stored.map(|it| {
                let Stored {
                    account,
                    passwords,
                    versions,
                } = it;
                Found {
                    tenant: tenant.id().to_owned(),
                    account,
                    passwords,
                    versions,
                }
            }));
        }
        Ok(found)
    }

    /// The normalised forms that an identifier may be kept under. A bare name belongs to the named
    /// tenant, in any of its domains, as on the tenant's page.
    fn names(&self, identifier: &Identifier, tenant: &Tenant) -> Vec<String> {
        let name = identifier.normalised();
        if identifier.domain().is_some() || self.tenant.is_none() {
            return vec![name.to_owned()];
        }
        let domains = tenant.domains.iter().filter_map(|domain| a_label(domain));
        domains.map(|domain| format!("{name}@{domain}")).collect()
    }
}

/// Whether an identifier can belong to a tenant. A bare name can belong to any tenant.
fn is_of(identifier: &Identifier, tenant: &Tenant) -> bool {
    identifier
        .domain()
        .is_none_or(|domain| tenant.has_domain(domain))
}

impl Session {
    /// The tenant with the given id or domain. Without a name, all tenants.
    ///
    /// # Errors
    ///
    /// [`Failure::NotFound`] if no tenant has that name.
    pub fn tenants_named(&self, name: Option<&str>) -> Result<Vec<&Tenant>> {
        let Some(name) = name else {
            return Ok(self.tenants.iter().collect());
        };
        let lower = name.to_lowercase();
        let tenant = Tenant::kept_as(&self.tenants, &lower);
        let tenant =
            tenant.with_context(|| Failure::NotFound(format!("there is no tenant {name}")))?;
        Ok(vec![tenant])
    }
}
