//! What the file changes in the store: first found out, then told or done.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use anyhow::{Result, ensure};
use postern_engine::Account;
use serde_json::Value;
use tokio::task::JoinSet;

use super::cells::Initial;
use super::draft::Draft;
use super::sheet::Fault;
use crate::directory::BuiltIn;
use crate::directory::builtin::bulk::{Change, Nesting, ROWS, Stored};
use crate::directory::builtin::password::Memory;

/// What is to be changed.
#[derive(Default)]
pub(super) struct Plan {
    changes: Vec<Planned>,
    unchanged: usize,
    nestings: Vec<Nesting>,
}

/// An account that is created or changed.
struct Planned {
    change: Change,
    password: Option<Initial>,
    /// What is changed, if it is there.
    fields: Vec<String>,
}

/// Identifiers that are another account's, unless the file takes them from it.
pub(super) async fn taken(accounts: &BuiltIn, drafts: &[Draft]) -> Result<Vec<Fault>> {
    let in_file: BTreeSet<(&str, &str)> = drafts
        .iter()
        .map(|draft| (draft.tenant.as_str(), draft.account.id.as_str()))
        .collect();
    let mut tenants: BTreeMap<&str, Vec<(&str, &Draft)>> = BTreeMap::new();
    for draft in drafts {
        let wanted = tenants.entry(&draft.tenant).or_default();
        wanted.extend(draft.identifiers.iter().map(|it| (it.as_str(), draft)));
    }
    let mut faults = Vec::new();
    for (tenant, wanted) in tenants {
        for wanted in wanted.chunks(ROWS) {
            let identifiers: Vec<&str> = wanted.iter().map(|(identifier, _)| *identifier).collect();
            let owners = accounts.owners(tenant, &identifiers).await?;
            for (identifier, draft) in wanted {
                // One that is in the file too has the identifiers that it has there.
                let is_taken = owners.get(*identifier).is_some_and(|owner| {
                    *owner != draft.account.id.0 && !in_file.contains(&(tenant, owner.as_str()))
                });
                if is_taken {
                    faults.push(draft.fault(
                        "identifiers",
                        "one of them is another account's, which the file does not have".into(),
                    ));
                }
            }
        }
    }
    Ok(faults)
}

/// Compares the file with the store.
pub(super) async fn plan(
    accounts: &BuiltIn,
    drafts: Vec<Draft>,
    nestings: Vec<Nesting>,
) -> Result<Plan> {
    let mut plan = Plan::default();
    let mut tenants: BTreeMap<String, Vec<Draft>> = BTreeMap::new();
    for draft in drafts {
        tenants.entry(draft.tenant.clone()).or_default().push(draft);
    }
    for (tenant, drafts) in tenants {
        let mut drafts = drafts.into_iter();
        loop {
            let batch: Vec<Draft> = drafts.by_ref().take(ROWS).collect();
            if batch.is_empty() {
                break;
            }
            let ids: Vec<&str> = batch
                .iter()
                .map(|draft| draft.account.id.as_str())
                .collect();
            let mut stored = accounts.stored(&tenant, &ids).await?;
            for draft in batch {
                let stored = stored.remove(draft.account.id.as_str());
                match planned(draft, stored)? {
                    Some(planned) => plan.changes.push(planned),
                    None => plan.unchanged += 1,
                }
            }
        }
    }
    for nesting in nestings {
        if accounts.nested(&nesting.tenant, &nesting.group).await? == nesting.members {
            plan.unchanged += 1;
        } else {
            plan.nestings.push(nesting);
        }
    }
    Ok(plan)
}

/// What a row changes; `None` if all is as it says.
fn planned(draft: Draft, stored: Option<Stored>) -> Result<Option<Planned>> {
    let Some(stored) = stored else {
        return Ok(Some(Planned {
            change: Change {
                tenant: draft.tenant,
                account: draft.account,
                passwords: Vec::new(),
                version: 0,
            },
            password: draft.password,
            fields: Vec::new(),
        }));
    };
    let account = draft.onto(&stored.account);
    let mut fields = differences(&stored.account, &account)?;
    let password = draft.password.filter(|_| stored.passwords.is_empty());
    if password.is_some() {
        fields.push("password".into());
    }
    Ok((!fields.is_empty()).then(|| Planned {
        change: Change {
            tenant: draft.tenant,
            account,
            passwords: stored.passwords,
            version: stored.version,
        },
        password,
        fields,
    }))
}

/// The fields that are not alike, by name.
fn differences(one: &Account, other: &Account) -> Result<Vec<String>> {
    let (one, other) = (serde_json::to_value(one)?, serde_json::to_value(other)?);
    let (Value::Object(one), Value::Object(other)) = (one, other) else {
        return Ok(Vec::new());
    };
    let fields = other.into_iter();
    let fields = fields.filter(|(name, value)| one.get(name) != Some(value));
    Ok(fields.map(|(name, _)| name).collect())
}

impl Plan {
    /// Says what would be done.
    pub(super) fn tell(&self, out: &mut impl Write) -> Result<()> {
        for Planned { change, fields, .. } in &self.changes {
            let (tenant, id) = (&change.tenant, &change.account.id);
            if change.version == 0 {
                writeln!(out, "create {tenant} {id}")?;
            } else {
                writeln!(out, "change {tenant} {id}: {}", fields.join(", "))?;
            }
        }
        for Nesting { tenant, group, .. } in &self.nestings {
            writeln!(out, "change {tenant} group {group}")?;
        }
        self.sum_up(out, "would be ")
    }

    /// Does it, and says how much that was.
    pub(super) async fn run(mut self, accounts: &BuiltIn, out: &mut impl Write) -> Result<()> {
        self.hash().await?;
        let sum = {
            let mut sum = Vec::new();
            self.sum_up(&mut sum, "")?;
            sum
        };
        let changes = self.changes.into_iter().map(|planned| planned.change);
        let changes: Vec<Change> = changes.collect();
        if !changes.is_empty() || !self.nestings.is_empty() {
            ensure!(
                accounts.change_all(&changes, &self.nestings, &[]).await?,
                "nothing was imported: an account of the file was changed meanwhile; import it again"
            );
        }
        Ok(out.write_all(&sum)?)
    }

    fn sum_up(&self, out: &mut impl Write, would: &str) -> Result<()> {
        let is_new = |planned: &&Planned| planned.change.version == 0;
        let created = self.changes.iter().filter(is_new).count();
        let changed = self.changes.len() - created + self.nestings.len();
        let unchanged = self.unchanged;
        Ok(writeln!(
            out,
            "{created} {would}created, {changed} {would}changed, {unchanged} {would}left as they are"
        )?)
    }

    /// Hashes the initial passwords, on every processor.
    async fn hash(&mut self) -> Result<()> {
        let mut plain = Vec::new();
        for (index, planned) in self.changes.iter_mut().enumerate() {
            match planned.password.take() {
                None => {}
                Some(Initial::Hashed(hash)) => planned.change.passwords.push(hash),
                Some(Initial::Plain(password)) => plain.push((index, password)),
            }
        }
        let waiting = Arc::new(Mutex::new(plain.into_iter()));
        let mut workers = JoinSet::new();
        for _ in 0..available_parallelism().map_or(1, usize::from) {
            let waiting = waiting.clone();
            workers.spawn_blocking(move || {
                let next = || {
                    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
                    waiting.next()
                };
                let (mut hashed, mut memory) = (Vec::new(), Memory::default());
                while let Some((index, password)) = next() {
                    hashed.push((index, memory.hash_of(password.reveal())?));
                }
                anyhow::Ok(hashed)
            });
        }
        while let Some(hashed) = workers.join_next().await {
            for (index, hash) in hashed?? {
                self.changes[index].change.passwords.push(hash);
            }
        }
        Ok(())
    }
}
