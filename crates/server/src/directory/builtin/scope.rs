//! Groups that a policy allows to reset and that have no account.

use std::fmt;

use anyhow::Result;
use postern_engine::Tenant;
use postern_engine::identifier::fold;
use postern_engine::policy::Scope;
use serde::Serialize;

use super::BuiltIn;

/// A group of a policy's scope without a member. Its name may be misspelt.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct EmptyGroup {
    /// The id of the tenant.
    pub tenant: String,
    /// The group, as the policy names it.
    pub group: String,
}

impl fmt::Display for EmptyGroup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tenant, group } = self;
        write!(
            formatter,
            "the tenant {tenant} lets the group {group} reset, and no account is in it: compare its name with those of the \
             accounts"
        )
    }
}

impl BuiltIn {
    /// The groups of a tenant's scope that have no account.
    pub(crate) async fn empty_scope(&self, tenant: &Tenant) -> Result<Vec<EmptyGroup>> {
        let policy = tenant.policy.as_ref();
        let Some(Scope::Groups(groups)) = policy.map(|policy| &policy.settings().scope) else {
            return Ok(Vec::new());
        };
        let mut empty = Vec::new();
        for group in groups {
            if !self.has_members(tenant.id(), group).await? {
                empty.push(EmptyGroup {
                    tenant: tenant.id().to_owned(),
                    group: group.clone(),
                });
            }
        }
        Ok(empty)
    }

    /// Whether any account is in a group, directly or through groups inside it. Names are compared
    /// without case.
    async fn has_members(&self, tenant: &str, group: &str) -> Result<bool> {
        let query = "WITH RECURSIVE inside(name) AS ( \
               SELECT CAST($2 AS TEXT) \
               UNION \
               SELECT coalesce(n.folded_member, lower(n.member)) FROM inside i \
                 JOIN nested_groups n ON n.tenant = $1 AND coalesce(n.folded_group, lower(n.\"group\")) = i.name \
             ) SELECT 1 FROM inside i \
               JOIN members m ON m.tenant = $1 AND coalesce(m.folded, lower(m.\"group\")) = i.name LIMIT 1";
        let row = sqlx::query(query)
            .bind(tenant.to_owned())
            .bind(fold(group))
            .fetch_optional(self.store.readers())
            .await?;
        Ok(row.is_some())
    }
}
