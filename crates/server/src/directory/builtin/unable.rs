//! People who may reset but cannot: the methods that they have on file do not pass the gates of
//! their tenant's policy.

use std::collections::BTreeSet;

use anyhow::Result;
use postern_engine::identifier::fold;
use postern_engine::policy::Scope;
use postern_engine::reach::{Lack, Reach};
use postern_engine::{Account, EngineKey, Population, Tenant};
use postern_protocol::Method;

use super::BuiltIn;
use super::bulk::Nesting;

/// The gates of a tenant, with the data that they depend on.
pub(crate) struct Gates<'t> {
    tenant: &'t Tenant,
    /// The groups that the policy names.
    scope: &'t [String],
    /// Those groups and all groups inside them, folded.
    inside: BTreeSet<String>,
    population: Population,
}

impl BuiltIn {
    /// The gates of a tenant, as they will be with these nested groups and accounts added.
    pub(crate) async fn gates<'t>(
        &self,
        tenant: &'t Tenant,
        key: &EngineKey,
        nestings: &[Nesting],
        more: &[&Account],
    ) -> Result<Gates<'t>> {
        let policy = tenant.policy.as_ref();
        let scope = match policy.map(|policy| &policy.settings().scope) {
            Some(Scope::Groups(groups)) => groups.as_slice(),
            Some(Scope::All) | None => &[],
        };
        let mut gates = Gates {
            tenant,
            scope,
            inside: self.inside(tenant.id(), scope, nestings).await?,
            population: Population::default(),
        };
        // Only questions depend on what other people have on file.
        if policy.is_some_and(|policy| policy.allows(Method::Questions)) {
            let mut census = self.counting(tenant, key).await?;
            for account in more {
                census.count(&gates.placed(account), tenant, key);
            }
            gates.population = census.finish();
        }
        Ok(gates)
    }

    /// Groups and all groups inside them, folded.
    async fn inside(
        &self,
        tenant: &str,
        scope: &[String],
        nestings: &[Nesting],
    ) -> Result<BTreeSet<String>> {
        let mut inside = BTreeSet::new();
        let mut waiting = scope.to_vec();
        while let Some(group) = waiting.pop() {
            let name = fold(&group);
            let is_of_file = |it: &&Nesting| it.tenant == tenant && fold(&it.group) == name;
            let members = match nestings.iter().find(is_of_file) {
                Some(nesting) => nesting.members.clone(),
                None => self.nested(tenant, &group).await?,
            };
            if inside.insert(name) {
                waiting.extend(members);
            }
        }
        Ok(inside)
    }
}

impl Gates<'_> {
    /// The account with the groups of the policy that it is in through other groups.
    fn placed(&self, account: &Account) -> Account {
        let mut placed = account.clone();
        let mut own = account.person.groups.iter();
        if own.any(|group| self.inside.contains(&fold(group))) {
            placed.person.groups.extend_from_slice(self.scope);
        }
        placed
    }

    /// Why a person who may reset cannot.
    pub(crate) fn unable(&self, account: &Account) -> Option<String> {
        let reach = Reach::of(&self.placed(account), self.tenant, &self.population)?;
        if reach.is_enough() {
            return None;
        }
        let passes = match reach.passed {
            0 => "no gate".to_owned(),
            passed => format!("only {passed} of {} gates", reach.gates),
        };
        let lacking: Vec<String> = reach.lacking.into_iter().map(in_words).collect();
        let lacking = if lacking.is_empty() {
            "it has no other method".to_owned()
        } else {
            lacking.join(", ")
        };
        let domain = self.tenant.domain();
        Some(format!(
            "passes {passes} of the policy of {domain}: {lacking}"
        ))
    }
}

fn in_words(lack: Lack) -> String {
    match lack {
        Lack::Email => "no alternate email address".to_owned(),
        Lack::Mobile => "no mobile phone".to_owned(),
        Lack::Texts => "a mobile phone that no text reaches".to_owned(),
        Lack::Office => "no office phone".to_owned(),
        Lack::Authenticator => "no authenticator".to_owned(),
        Lack::Questions(needed) => format!("fewer than {needed} questions"),
        Lack::SharedQuestions(needed) => {
            format!("fewer than {needed} questions that other people have in the same words")
        }
    }
}
