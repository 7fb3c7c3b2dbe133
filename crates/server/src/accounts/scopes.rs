//! Warns of a group that is in a policy's scope and that has no account after the import.

use std::collections::BTreeSet;

use anyhow::Result;
use postern_engine::Tenant;
use postern_engine::identifier::fold;

use super::draft::Draft;
use crate::directory::builtin::bulk::Nesting;
use crate::directory::{BuiltIn, EmptyGroup};

/// The tenants and groups that the files mention.
pub(super) struct Scopes {
    /// The tenants of the files.
    tenants: BTreeSet<String>,
    /// Groups that the files give a member, by tenant and folded name.
    filled: BTreeSet<(String, String)>,
}

impl Scopes {
    pub(super) fn of(drafts: &[Draft], nestings: &[Nesting]) -> Self {
        let of_drafts = drafts.iter().map(|draft| &draft.tenant);
        let of_nestings = nestings.iter().map(|nesting| &nesting.tenant);
        let members = drafts.iter().flat_map(|draft| {
            let groups = draft.account.person.groups.iter();
            groups.map(|group| (draft.tenant.clone(), fold(group)))
        });
        let nested = nestings.iter().filter(|it| !it.members.is_empty());
        let nested = nested.map(|it| (it.tenant.clone(), fold(&it.group)));
        Self {
            tenants: of_drafts.chain(of_nestings).cloned().collect(),
            filled: members.chain(nested).collect(),
        }
    }

    /// The groups in scope that have no account, as the accounts are now.
    pub(super) async fn empty(
        &self,
        accounts: &BuiltIn,
        tenants: &[Tenant],
    ) -> Result<Vec<EmptyGroup>> {
        let mut empty = Vec::new();
        for tenant in tenants.iter().filter(|it| self.tenants.contains(it.id())) {
            empty.extend(accounts.empty_scope(tenant).await?);
        }
        Ok(empty)
    }

    /// Whether the files give a group a member.
    pub(super) fn fill(&self, EmptyGroup { tenant, group }: &EmptyGroup) -> bool {
        self.filled.contains(&(tenant.clone(), fold(group)))
    }
}
