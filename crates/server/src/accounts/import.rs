//! Plans what a file changes in the store, then reports the plan (dry run) or carries it out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use anyhow::{Result, bail};
use postern_engine::audit::{AuditEvent, Counts};
use postern_engine::{Account, EngineKey, Tenant};
use serde_json::{Map, Value};
use tokio::task::JoinSet;
use tracing::warn;

use super::cells::Initial;
use super::draft::Draft;
use super::faults::Fault;
use super::journal::Journal;
use super::progress::Stage;
use super::report::{Report, ReportLine};
use crate::directory::BuiltIn;
use crate::directory::builtin::bulk::{
    AccountChange, Author, Made, Nesting, ROWS, RowVersions, Stored,
};
use crate::directory::builtin::password::Memory;
use crate::store::{Attempts, Changes, SqlStore};

/// After this many changes the import tells the database to count its rows anew (`ANALYZE`). With
/// the statistics of an empty table, PostgreSQL plans for one row, and the next import takes eight
/// times as long.
const BULK: usize = 1_000;

const HAS_PASSWORD: &str = "the account has a password already, and keeps it";

/// The changes that an import makes.
#[derive(Default)]
pub(super) struct Plan {
    planned: Vec<PlannedAccount>,
    /// Accounts and groups that already are as the files say, counted by tenant.
    unchanged: BTreeMap<String, u64>,
    nestings: Vec<Nesting>,
    left_out: Vec<Fault>,
    /// Errors that show only in comparison with the store.
    pub(super) faults: Vec<Fault>,
}

/// An account that is created or changed.
struct PlannedAccount {
    change: AccountChange,
    draft: Draft,
    /// The hash of its initial password.
    hash: Option<String>,
    /// The names of the changed fields, if the account existed before.
    fields: Vec<String>,
}

/// Errors for identifiers that belong to another account, unless the file takes them from that
/// account.
pub(super) async fn taken(accounts: &BuiltIn, drafts: &[Draft]) -> Result<Vec<Fault>> {
    let in_file: BTreeSet<(&str, &str)> = drafts
        .iter()
        .map(|draft| (draft.tenant.as_str(), draft.account.person.id.as_str()))
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
                // An account that is in the file too has the identifiers that the file gives it.
                let is_taken = owners.get(*identifier).is_some_and(|owner| {
                    *owner != draft.account.person.id.0
                        && !in_file.contains(&(tenant, owner.as_str()))
                });
                if is_taken {
                    faults.push(draft.fault(
                        "identifiers",
                        "one of them belongs to another account, which is not in the file".into(),
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
                .map(|draft| draft.account.person.id.as_str())
                .collect();
            let mut stored = accounts.stored(&tenant, &ids).await?;
            for draft in batch {
                let stored = stored.remove(draft.account.person.id.as_str());
                plan.add(draft, stored)?;
            }
        }
    }
    for nesting in nestings {
        if accounts.nested(&nesting.tenant, &nesting.group).await? == nesting.members {
            *plan.unchanged.entry(nesting.tenant).or_default() += 1;
        } else {
            plan.nestings.push(nesting);
        }
    }
    Ok(plan)
}

/// The change that a row makes to an account, existing or new.
fn change(draft: &Draft, stored: Option<Stored>, hash: Option<&String>) -> AccountChange {
    let tenant = draft.tenant.clone();
    let Some(stored) = stored else {
        return AccountChange {
            tenant,
            account: draft.account.clone(),
            passwords: hash.cloned().into_iter().collect(),
            versions: RowVersions::default(),
        };
    };
    let mut passwords = stored.passwords;
    if passwords.is_empty() {
        passwords.extend(hash.cloned());
    }
    AccountChange {
        tenant,
        account: draft.onto(&stored.account),
        passwords,
        versions: stored.versions,
    }
}

/// The names of the fields in which two accounts differ.
fn differences(one: &Account, other: &Account) -> Result<Vec<String>> {
    let (one, other) = (fields(one)?, fields(other)?);
    let changed = other.into_iter();
    let changed = changed.filter(|(name, value)| one.get(name) != Some(value));
    Ok(changed.map(|(name, _)| name).collect())
}

/// The fields of an account by their names, in their order.
fn fields(account: &Account) -> Result<Map<String, Value>> {
    let mut fields = Map::new();
    let parts = [
        serde_json::to_value(&account.person)?,
        serde_json::to_value(&account.registration)?,
    ];
    for part in parts {
        if let Value::Object(part) = part {
            fields.extend(part);
        }
    }
    Ok(fields)
}

/// For each tenant, how many accounts are new, changed and unchanged.
fn counts<'a>(
    rows: impl Iterator<Item = (&'a str, bool)>,
    nestings: &'a [Nesting],
    unchanged: &'a BTreeMap<String, u64>,
) -> BTreeMap<&'a str, Counts> {
    let mut tenants: BTreeMap<&str, Counts> = BTreeMap::new();
    for (tenant, unchanged) in unchanged {
        tenants.entry(tenant).or_default().unchanged += unchanged;
    }
    for (tenant, is_new) in rows {
        let counts = tenants.entry(tenant).or_default();
        if is_new {
            counts.created += 1;
        } else {
            counts.changed += 1;
        }
    }
    for nesting in nestings {
        tenants.entry(&nesting.tenant).or_default().changed += 1;
    }
    tenants
}

impl Plan {
    /// Adds the change of one row to the plan.
    fn add(&mut self, mut draft: Draft, stored: Option<Stored>) -> Result<()> {
        let there = stored.as_ref().map(|stored| stored.account.clone());
        let has_password = stored.as_ref().is_some_and(|it| !it.passwords.is_empty());
        if has_password && draft.password.take().is_some() {
            let left_out = draft.fault("password", HAS_PASSWORD.into());
            self.left_out.push(left_out);
        }
        let change = change(&draft, stored, None);
        let mut fields = match &there {
            Some(there) => differences(there, &change.account)?,
            None => Vec::new(),
        };
        if let Some(column) = draft.doubled_question(&change.account) {
            let why = "the account has another question, not in the file, with the same text";
            self.faults.push(draft.fault(&column, why.into()));
        }
        if there.is_some() && draft.password.is_some() {
            fields.push("password".into());
        }
        if there.is_some() && fields.is_empty() {
            *self.unchanged.entry(change.tenant).or_default() += 1;
            return Ok(());
        }
        self.planned.push(PlannedAccount {
            change,
            draft,
            hash: None,
            fields,
        });
        Ok(())
    }

    /// Warnings, in the order of lines, for people who are created or changed, who may reset, and
    /// who cannot.
    pub(super) async fn unable(
        &self,
        accounts: &BuiltIn,
        tenants: &[Tenant],
        key: &EngineKey,
    ) -> Result<Vec<Fault>> {
        let mut unable = Vec::new();
        for tenant in tenants {
            let planned = self.planned.iter();
            let planned: Vec<&PlannedAccount> = planned
                .filter(|it| it.change.tenant == tenant.id())
                .collect();
            if planned.is_empty() {
                continue;
            }
            let people: Vec<&Account> = planned.iter().map(|it| &it.change.account).collect();
            let gates = accounts.gates(tenant, key, &self.nestings, &people);
            let gates = gates.await?;
            unable.extend(planned.iter().filter_map(|planned| {
                let why = gates.unable(&planned.change.account)?;
                Some(planned.draft.note(why))
            }));
        }
        unable.sort_by_key(|it| it.line);
        Ok(unable)
    }

    /// Reports what would be done, and records the dry run in the audit log.
    pub(super) async fn tell(self, store: &SqlStore, journal: &Journal) -> Result<Report> {
        let rows = self.planned.iter();
        let rows = rows.map(|it| (it.change.tenant.as_str(), it.change.versions.is_new()));
        let counts = counts(rows, &self.nestings, &self.unchanged);
        let tried = counts.into_iter();
        let tried: Vec<AuditEvent> = tried
            .map(|(tenant, counts)| journal.tried(tenant, counts))
            .collect();
        let changes = Changes {
            audit: &tried,
            ..Changes::default()
        };
        store.commit(changes, journal.at()).await?;
        Ok(self.told())
    }

    fn told(self) -> Report {
        let accounts = self.planned.iter().map(|planned| ReportLine {
            action: if planned.change.versions.is_new() {
                "create"
            } else {
                "change"
            },
            tenant: planned.change.tenant.clone(),
            what: planned.change.account.person.id.to_string(),
            fields: planned.fields.clone(),
            numbers: planned.draft.numbers.iter().cloned().collect(),
        });
        let groups = self.nestings.iter().map(|nesting| ReportLine {
            action: "change",
            tenant: nesting.tenant.clone(),
            what: format!("group {}", nesting.group),
            fields: Vec::new(),
            numbers: BTreeMap::new(),
        });
        let changes = accounts.chain(groups).collect();
        Report {
            dry_run: true,
            changes,
            ..self.sum()
        }
    }

    /// Carries out the plan and reports how much it changed. If an account was changed meanwhile,
    /// the import applies its change to the newer state.
    pub(super) async fn run(mut self, accounts: &BuiltIn, journal: &Journal) -> Result<Report> {
        self.hash().await?;
        let report = Report {
            left_out: std::mem::take(&mut self.left_out),
            ..Report::default()
        };
        let mut changes = Vec::with_capacity(self.planned.len());
        let mut rows = Vec::with_capacity(self.planned.len());
        for planned in self.planned {
            rows.push(WrittenRow {
                tenant: planned.change.tenant.clone(),
                is_new: planned.change.versions.is_new(),
                draft: planned.draft,
                hash: planned.hash,
                fields: planned.fields,
            });
            changes.push(planned.change);
        }
        let mut writing = Writing {
            stage: Stage::new("writing accounts", changes.len()),
            rows,
            nestings: &self.nestings,
            unchanged: self.unchanged,
            journal,
            report,
        };
        let made = accounts
            .change_all(&mut changes, &self.nestings, &mut writing)
            .await?;
        let Writing { rows, report, .. } = writing;
        match made {
            Made::All if changes.len() >= BULK => {
                if let Err(error) = accounts.analyze().await {
                    let error = format!("{error:#}");
                    warn!(
                        error,
                        "the accounts were imported, but the database could not renew its statistics"
                    );
                }
            }
            Made::All => {}
            Made::Stale => {
                bail!("an account of the file was changed meanwhile: import the file again")
            }
            Made::Taken(indices) => {
                let why = "another account got one of them while the import ran";
                let faults = indices.into_iter().filter_map(|index| rows.get(index));
                let faults = faults.map(|row| row.draft.fault("identifiers", why.into()));
                return Ok(Report::refused(false, report.warnings, faults.collect()));
            }
        }
        Ok(report)
    }

    fn sum(&self) -> Report {
        let is_new = |planned: &&PlannedAccount| planned.change.versions.is_new();
        let created = self.planned.iter().filter(is_new).count();
        Report {
            created: created as u64,
            changed: (self.planned.len() - created + self.nestings.len()) as u64,
            unchanged: self.unchanged.values().sum(),
            left_out: self.left_out.clone(),
            ..Report::default()
        }
    }

    /// Hashes the initial passwords, with one thread for each processor.
    async fn hash(&mut self) -> Result<()> {
        let mut plain = Vec::new();
        for (index, planned) in self.planned.iter_mut().enumerate() {
            match planned.draft.password.take() {
                None => {}
                Some(Initial::Hashed(hash)) => planned.give(hash),
                Some(Initial::Plain(password)) => plain.push((index, password)),
            }
        }
        let stage = Arc::new(Stage::new("hashing passwords", plain.len()));
        let waiting = Arc::new(Mutex::new(plain.into_iter()));
        let mut workers = JoinSet::new();
        for _ in 0..available_parallelism().map_or(1, usize::from) {
            let (waiting, stage) = (waiting.clone(), stage.clone());
            workers.spawn_blocking(move || {
                let next = || {
                    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
                    waiting.next()
                };
                let (mut hashed, mut memory) = (Vec::new(), Memory::default());
                while let Some((index, password)) = next() {
                    hashed.push((index, memory.hash_of(password.reveal())?));
                    stage.advance(1);
                }
                anyhow::Ok(hashed)
            });
        }
        while let Some(hashed) = workers.join_next().await {
            for (index, hash) in hashed?? {
                self.planned[index].give(hash);
            }
        }
        Ok(())
    }
}

impl PlannedAccount {
    /// Gives the account its first password.
    fn give(&mut self, hash: String) {
        self.change.passwords.push(hash.clone());
        self.hash = Some(hash);
    }
}

/// A row of the file while it is written.
struct WrittenRow {
    tenant: String,
    /// Whether the account did not exist when the row was written.
    is_new: bool,
    draft: Draft,
    hash: Option<String>,
    /// The names of the changed fields, if the account existed.
    fields: Vec<String>,
}

/// An import while it is being written. It recomputes the change of an account that was changed
/// meanwhile, and counts at its end.
struct Writing<'a> {
    stage: Stage,
    rows: Vec<WrittenRow>,
    nestings: &'a [Nesting],
    unchanged: BTreeMap<String, u64>,
    journal: &'a Journal,
    report: Report,
}

impl Author for Writing<'_> {
    fn again(&mut self, index: usize, stored: Option<Stored>) -> Result<Option<AccountChange>> {
        let Some(row) = self.rows.get_mut(index) else {
            return Ok(None);
        };
        let has_password = stored.as_ref().is_some_and(|it| !it.passwords.is_empty());
        if has_password && row.hash.is_some() {
            let left_out = row.draft.fault("password", HAS_PASSWORD.into());
            self.report.left_out.push(left_out);
        }
        let there = stored.as_ref().map(|stored| stored.account.clone());
        let change = change(&row.draft, stored, row.hash.as_ref());
        row.is_new = there.is_none();
        row.fields = match &there {
            Some(there) => differences(there, &change.account)?,
            None => Vec::new(),
        };
        if there.is_some() && !has_password && row.hash.is_some() {
            row.fields.push("password".into());
        }
        Ok(Some(change))
    }

    fn written(&mut self, count: usize) {
        self.stage.advance(count);
    }

    fn events(&mut self) -> Vec<AuditEvent> {
        let rows = self.rows.iter();
        let rows = rows.map(|row| (row.tenant.as_str(), row.is_new));
        let tenants = counts(rows, self.nestings, &self.unchanged);
        for counts in tenants.values() {
            self.report.created += counts.created;
            self.report.changed += counts.changed;
            self.report.unchanged += counts.unchanged;
        }
        let imported = tenants
            .iter()
            .map(|(tenant, counts)| self.journal.imported(tenant, *counts));
        let is_changed = |row: &&WrittenRow| !row.is_new;
        let accounts = self.rows.iter().filter(is_changed).map(|row| {
            let account = &row.draft.account.person.id;
            let fields = row.fields.clone();
            self.journal.account_changed(&row.tenant, account, fields)
        });
        let groups = self.nestings.iter();
        let groups = groups.map(|it| self.journal.group_changed(&it.tenant, &it.group));
        imported.chain(accounts).chain(groups).collect()
    }
}
