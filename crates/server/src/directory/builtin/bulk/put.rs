//! Writes the rows of many accounts, each only if it still has the version that was read.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::{AccountChange, Stored};
use crate::directory::BuiltIn;
use crate::places::any_place;
use crate::registrations::{self, NewRow};
use crate::store::row_parameters;

/// Times that a batch is written. The first time refuses a row that changed since it was read, and
/// locks it. An account has two rows, so after the second time both are locked.
const TIMES: usize = 3;

/// Computes the change of an account anew: see [`Author::again`](super::Author::again).
type Again<'a> = dyn FnMut(usize, Option<Stored>) -> Result<Option<AccountChange>> + Send + 'a;

impl BuiltIn {
    /// Writes the accounts and registrations of a batch. What changed since it was read is computed
    /// anew. Returns false if one of the changes is cancelled.
    pub(super) async fn put_all(
        &self,
        transaction: &mut Transaction<'static, Any>,
        batch: &mut [AccountChange],
        again: &mut Again<'_>,
    ) -> Result<bool> {
        let mut left: Vec<usize> = (0..batch.len()).collect();
        for _ in 0..TIMES {
            left = self.put_those(transaction, batch, &left).await?;
            if left.is_empty() {
                return Ok(true);
            }
            if !self.read_again(transaction, batch, &left, again).await? {
                return Ok(false);
            }
        }
        bail!("the database changed an account although its row is locked")
    }

    /// Writes these changes of a batch. Returns those that changed since they were read: nothing of
    /// their accounts is written.
    async fn put_those(
        &self,
        transaction: &mut Transaction<'static, Any>,
        batch: &[AccountChange],
        wanted: &[usize],
    ) -> Result<Vec<usize>> {
        let changes = wanted.iter().filter_map(|at| Some((*at, batch.get(*at)?)));
        let changes: Vec<(usize, &AccountChange)> = changes.collect();
        let rows = changes.iter().map(|(_, change)| {
            Ok(NewRow {
                tenant: &change.tenant,
                account: change.account.person.id.as_str(),
                sealed: self.registrations().close(&change.account.registration)?,
                version: change.versions.registration,
            })
        });
        let rows: Vec<NewRow<'_>> = rows.collect::<Result<_>>()?;
        let stale = registrations::put(transaction, &rows).await?;
        let (mut stale_at, mut fresh) = (Vec::new(), Vec::with_capacity(changes.len()));
        for (index, (at, change)) in changes.into_iter().enumerate() {
            if stale.contains(&index) {
                stale_at.push(at);
            } else {
                fresh.push((at, change));
            }
        }
        if !fresh.is_empty() {
            stale_at.extend(self.put_accounts(transaction, &fresh).await?);
        }
        Ok(stale_at)
    }

    /// Writes the accounts that still have the version that was read, and returns the places of the
    /// others. The others are locked from then on: PostgreSQL locks a row before it checks the
    /// condition ("INSERT", ON CONFLICT DO UPDATE), and SQLite has one writer.
    async fn put_accounts(
        &self,
        transaction: &mut Transaction<'static, Any>,
        changes: &[(usize, &AccountChange)],
    ) -> Result<Vec<usize>> {
        let query = format!(
            "INSERT INTO accounts (tenant, id, account, passwords, version, place) VALUES {} \
             ON CONFLICT (tenant, id) DO UPDATE SET account = excluded.account, passwords = excluded.passwords, \
             version = excluded.version WHERE accounts.version = excluded.version - 1 RETURNING tenant, id",
            row_parameters(changes.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(query));
        for (_, change) in changes {
            query = query
                .bind(change.tenant.clone())
                .bind(change.account.person.id.0.clone())
                .bind(self.close(&change.account.person)?)
                .bind(serde_json::to_string(&change.passwords)?)
                .bind(change.versions.account + 1)
                .bind(any_place());
        }
        let put = query.fetch_all(&mut **transaction).await?;
        if put.len() == changes.len() {
            return Ok(Vec::new());
        }
        let put: Result<BTreeSet<(String, String)>> = put
            .iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect();
        let put = put?;
        let is_stale = |change: &AccountChange| {
            let id = change.account.person.id.0.clone();
            !put.contains(&(change.tenant.clone(), id))
        };
        let stale = changes.iter();
        let stale = stale.filter_map(|(at, change)| is_stale(change).then_some(*at));
        Ok(stale.collect())
    }

    /// Reads accounts again and asks for their new changes. Returns false if one of them is
    /// cancelled.
    async fn read_again(
        &self,
        transaction: &mut Transaction<'static, Any>,
        batch: &mut [AccountChange],
        stale: &[usize],
        again: &mut Again<'_>,
    ) -> Result<bool> {
        for at in stale {
            let Some(change) = batch.get_mut(*at) else {
                continue;
            };
            let id = change.account.person.id.0.clone();
            let mut stored = self.stored_in(transaction, &change.tenant, &[&id]).await?;
            let Some(fresh) = again(*at, stored.remove(&id))? else {
                return Ok(false);
            };
            *change = fresh;
        }
        Ok(true)
    }
}
