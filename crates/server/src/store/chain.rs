//! The chain of the audit log. Each row has a keyed hash over itself and the row before it.
//!
//! Rows are written without a hash, so that no writer waits for another. They are chained soon
//! after, one after the other. The table `chain` has the two ends, sealed with the same key: the
//! link before the first row that is kept, and the last link.
//!
//! A thief with the database but without the key cannot change a chained row unnoticed, remove one
//! from the beginning, the middle or the end, insert one, or change their order. A thief can do the
//! following:
//! - Do any of that with a row that is not chained yet, for about a second after it was written.
//!   Also write new rows, which are chained like any others.
//! - Put the whole log, with its ends and the vault, back to an earlier state that they have kept.
//!   An administrator who noted the last position and hash elsewhere, or who has an export, finds
//!   that.
//!
//! An emptied log is found. The vault notes under its seal that there have been rows, and without
//! the vault no other key opens anything. If a thief removes the vault too, the store looks as if
//! it was made before vaults existed. There a log without a row is found if the key has sealed
//! anything else. A store with nothing left in it is a new store.

mod ends;
mod walk;

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, ensure};
use hmac::Mac;
use postern_engine::EngineKey;
use postern_protocol::Timestamp;
use serde::Deserialize;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};
use tracing::{error, info};

use super::result::Result;
use super::statement::{Statement, row_parameters};
use super::vault::Vault;
use crate::keys::Keys;
use crate::metrics;
use crate::seal::Seal;

pub(super) use ends::{ENDS, Ends, EndsSeal};
pub use walk::{Walk, Walked};

use ends::{Link, mac};

/// A row of the audit log, as it is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AuditRow {
    /// The number of the row. Deleted rows and failed transactions leave gaps.
    pub id: i64,
    /// The event, as JSON.
    pub event: String,
    /// The position in the chain, counted from 1; `None` until the row is chained.
    pub position: Option<i64>,
    /// The hash over this row and all rows before it.
    pub hash: Option<Vec<u8>>,
}

/// The result of verifying the chain of the audit log.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Verdict {
    /// The number of rows that are correctly chained.
    pub chained: i64,
    /// The number of rows that were written a moment ago and are not chained yet.
    pub unchained: i64,
    /// The first position where a row was changed, removed or inserted.
    pub broken_at: Option<i64>,
    /// How a whole chain differs from the noted position.
    pub noted: Option<NotAsNoted>,
    /// Position and hash of the last correctly chained row.
    pub last: Option<(i64, Vec<u8>)>,
    /// The position before the beginning of the chain. The row there and those before it were
    /// deleted, or are outside of the chain.
    pub first: i64,
}

/// How a chain differs from what was noted elsewhere.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotAsNoted {
    /// It ends before the noted position.
    Shorter,
    /// It has another hash at that position.
    OtherHash,
}

/// A position of the audit log's chain that was noted elsewhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// The position.
    pub position: i64,
    /// The hash at that position, if it was noted too.
    pub digest: Option<Vec<u8>>,
}

impl Verdict {
    /// Whether every row is present and unchanged, and the noted position matches.
    pub const fn is_whole(&self) -> bool {
        self.broken_at.is_none() && self.noted.is_none()
    }
}

/// Rows that are read at once during a walk.
const ROWS: i64 = 1_000;

/// Maximum rows that one statement chains.
const LINKS: usize = 100;

/// Links and verifies rows. The first key links and seals. Links of any key are verified.
pub(super) struct Chain {
    rows: Vec<[u8; 32]>,
    ends: EndsSeal,
    vault: Seal,
    /// Whether the vault notes that there have been rows.
    is_noted: AtomicBool,
    /// Whether the log has reported that the chain is broken.
    is_said: AtomicBool,
}

/// The event's values that have columns of their own, for queries.
#[derive(Deserialize)]
struct Columns {
    at: i64,
    tenant: String,
}

impl Chain {
    /// With the present keys, and the linking keys of keys that are no longer configured.
    pub(super) fn new(keys: &Keys, retired: &[[u8; 32]]) -> Self {
        let retired = retired.iter().copied();
        Self {
            vault: Vault::seal(keys),
            is_noted: AtomicBool::new(false),
            rows: keys.iter().map(linking).chain(retired).collect(),
            ends: EndsSeal::of(keys),
            is_said: AtomicBool::new(false),
        }
    }

    /// Reports that the chain is broken: in the metrics, and in one line of the log.
    fn is_broken(&self, why: &'static str) {
        metrics::audit_chain(true);
        if !self.is_said.swap(true, Ordering::Relaxed) {
            error!(
                why,
                "the audit log is broken: `postern-server audit verify` reports where"
            );
        }
    }

    /// Reports that the chain is whole.
    fn is_whole(&self) {
        metrics::audit_chain(false);
        if self.is_said.swap(false, Ordering::Relaxed) {
            info!("the audit log is whole again");
        }
    }

    /// The hash of a row after another, with the key of new rows.
    fn hash(&self, before: &Link, id: i64, event: &str) -> Vec<u8> {
        hash(&self.rows[0], before, id, event)
    }

    /// Whether a hash is that of a row after another, with any of the keys.
    fn is_hash(&self, hashed: &[u8], before: &Link, id: i64, event: &str) -> bool {
        let mut keys = self.rows.iter();
        keys.any(|key| hash(key, before, id, event) == hashed)
    }

    /// The link of a row, if the row is unchanged and follows `before`.
    fn link(&self, before: &Link, row: &AnyRow) -> Result<Option<Link>> {
        let (id, event): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        let (at, tenant): (i64, String) = (row.try_get(4)?, row.try_get(5)?);
        let link = Link {
            position: row.try_get(2)?,
            // A removed hash becomes an empty one, which matches no row.
            hash: row.try_get::<Option<_>, _>(3)?.unwrap_or_default(),
        };
        let has_columns = serde_json::from_str::<Columns>(&event)
            .is_ok_and(|columns| columns.at == at && columns.tenant == tenant);
        let is_next =
            link.position == before.position + 1 && self.is_hash(&link.hash, before, id, &event);
        Ok((has_columns && is_next).then_some(link))
    }

    /// Chains at most `limit` rows. Returns their number.
    pub(super) async fn go_on(
        &self,
        transaction: &mut Transaction<'static, Any>,
        limit: i64,
    ) -> Result<u64> {
        let ends = self.both_ends(transaction).await?;
        if !self.ends.is_ours(&ends) {
            self.is_broken("the recorded ends of the chain were changed");
        }
        let mut last = ends.last.clone();
        let rows =
            sqlx::query("SELECT id, event FROM audit WHERE position IS NULL ORDER BY id LIMIT $1")
                .bind(limit)
                .fetch_all(&mut **transaction)
                .await?;
        let mut links = Vec::with_capacity(rows.len());
        for row in &rows {
            let id: i64 = row.try_get(0)?;
            let event: String = row.try_get(1)?;
            last = Link {
                hash: self.hash(&last, id, &event),
                position: last.position + 1,
            };
            links.push((id, last.clone()));
        }
        for links in links.chunks(LINKS) {
            put(transaction, links).await?;
        }
        if !rows.is_empty() {
            self.note_rows(transaction).await?;
            self.keep(transaction, &ends, ends.first.clone(), last)
                .await?;
        }
        Ok(rows.len() as u64)
    }

    /// Notes in the vault that there have been rows.
    async fn note_rows(&self, transaction: &mut Transaction<'static, Any>) -> Result<()> {
        if self.is_noted.load(Ordering::Relaxed) {
            return Ok(());
        }
        match Vault::read(transaction, &self.vault).await? {
            // The note counts as known only after it was read. A written note may still be rolled
            // back.
            Some(vault) if vault.has_audit => self.is_noted.store(true, Ordering::Relaxed),
            // If we sealed the vault with our first key, it would open again for processes without
            // the new key.
            Some(_) if Vault::prefix(transaction).await? != self.vault.prefix() => {}
            Some(mut vault) => {
                vault.has_audit = true;
                vault.keep(transaction, &self.vault).await?;
            }
            None => {}
        }
        Ok(())
    }

    /// Both ends as stored.
    async fn both_ends(&self, transaction: &mut Transaction<'static, Any>) -> Result<Ends> {
        let row = sqlx::query(ENDS)
            .bind(1_i64)
            .fetch_optional(&mut **transaction)
            .await?
            .context("the audit log has no chain")?;
        let mut ends = Ends::read(&row)?;
        if !ends.is_sealed() {
            let vault = Vault::read(transaction, &self.vault).await?;
            ends.is_emptied = vault.is_none_or(|vault| vault.has_audit);
        }
        Ok(ends)
    }

    /// Moves the ends. Ends that were moved without the key are never sealed again, since that
    /// would hide the change.
    async fn keep(
        &self,
        transaction: &mut Transaction<'static, Any>,
        before: &Ends,
        first: Link,
        last: Link,
    ) -> Result<()> {
        let seal = if self.ends.is_ours(before) {
            self.ends.seal(&first, &last)
        } else {
            self.is_broken("the recorded ends of the chain were changed");
            before.seal.clone().unwrap_or_default()
        };
        self.put_ends(transaction, first, last, seal).await
    }

    async fn put_ends(
        &self,
        transaction: &mut Transaction<'static, Any>,
        first: Link,
        last: Link,
        seal: Vec<u8>,
    ) -> Result<()> {
        sqlx::query(
            "UPDATE chain SET first_position = $1, first_hash = $2, last_position = $3, last_hash = $4, seal = $5",
        )
        .bind(first.position)
        .bind(first.hash)
        .bind(last.position)
        .bind(last.hash)
        .bind(seal)
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }

    /// Verifies the chain from its beginning to its end, and a noted position.
    pub(super) async fn verify(
        &self,
        transaction: &mut Transaction<'static, Any>,
        known: Option<&Known>,
    ) -> Result<Verdict> {
        let ends = self.both_ends(transaction).await?;
        let mut here = ends.first.clone();
        let mut verdict = Verdict {
            first: ends.first.position,
            ..Verdict::default()
        };
        let is_other = |here: &Link| {
            known.is_some_and(|known| {
                let digest = known.digest.as_deref();
                known.position == here.position && digest.is_some_and(|it| it != here.hash)
            })
        };
        let mut is_as_noted = !is_other(&here);
        loop {
            let rows = behind(transaction, &here, ROWS).await?;
            for row in &rows {
                let Some(next) = self.link(&here, row)? else {
                    verdict.broken_at = Some(here.position + 1);
                    return Ok(verdict);
                };
                verdict.chained += 1;
                here = next;
                is_as_noted &= !is_other(&here);
            }
            if rows.is_empty() {
                break;
            }
        }
        if !self.is_end(&ends, &here) {
            verdict.broken_at = Some(here.position + 1);
        }
        if !is_as_noted {
            verdict.noted = Some(NotAsNoted::OtherHash);
        } else if known.is_some_and(|known| known.position > here.position) {
            verdict.noted = Some(NotAsNoted::Shorter);
        }
        verdict.last = Some((here.position, here.hash)).filter(|(position, _)| *position > 0);
        verdict.unchained = unchained(transaction).await?;
        Ok(verdict)
    }

    /// Whether the chain ends here, according to ends that only we moved.
    fn is_end(&self, ends: &Ends, here: &Link) -> bool {
        *here == ends.last && self.ends.is_ours(ends)
    }

    /// Begins the chain anew after all existing rows. They stay as they are, outside of the chain.
    pub(super) async fn begin_anew(
        &self,
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<()> {
        let ends = self.both_ends(transaction).await?;
        let row = sqlx::query("SELECT MAX(position) FROM audit")
            .fetch_one(&mut **transaction)
            .await?;
        let highest: Option<i64> = row.try_get(0)?;
        let position = highest.unwrap_or_default();
        let before = Link {
            position: position.max(ends.last.position).max(ends.first.position) + 1,
            hash: ends.last.hash,
        };
        let begin = Link {
            hash: self.hash(&before, 0, "begun anew"),
            position: before.position,
        };
        self.put_ends(
            transaction,
            begin.clone(),
            begin.clone(),
            self.ends.seal(&begin, &begin),
        )
        .await
    }

    /// Seals the ends with the first key. Ends that were moved without the key stay as they are.
    pub(super) async fn seal_again(
        &self,
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<()> {
        let ends = self.both_ends(transaction).await?;
        if !ends.is_sealed() || !self.ends.is_ours(&ends) {
            return Ok(());
        }
        let seal = self.ends.seal(&ends.first, &ends.last);
        self.put_ends(transaction, ends.first, ends.last, seal)
            .await
    }

    /// Deletes chained rows from before a moment, from the beginning on. The chain then begins
    /// after them.
    ///
    /// No row from a break on is deleted, so that the break can still be found.
    pub(super) async fn forget(
        &self,
        transaction: &mut Transaction<'static, Any>,
        before: Timestamp,
        limit: i64,
    ) -> Result<u64> {
        let ends = self.both_ends(transaction).await?;
        let rows = behind(transaction, &ends.first, limit).await?;
        let mut end = ends.first.clone();
        for row in &rows {
            let at: i64 = row.try_get(4)?;
            if at >= before.seconds() {
                break;
            }
            let Some(next) = self.link(&end, row)?.filter(|_| self.ends.is_ours(&ends)) else {
                self.is_broken("a row to be deleted does not continue the chain: it and all later rows are kept");
                break;
            };
            end = next;
        }
        if end == ends.first {
            return Ok(0);
        }
        let done = sqlx::query("DELETE FROM audit WHERE position <= $1")
            .bind(end.position)
            .execute(&mut **transaction)
            .await?;
        let last = ends.last.clone();
        self.keep(transaction, &ends, end, last).await?;
        Ok(done.rows_affected())
    }
}

/// The linking key that a key derives.
pub(super) fn linking(key: &EngineKey) -> [u8; 32] {
    key.derived("audit chain")
}

fn hash(key: &[u8; 32], before: &Link, id: i64, event: &str) -> Vec<u8> {
    let mut mac = mac(key);
    mac.update(&before.hash);
    mac.update(&before.position.to_be_bytes());
    mac.update(&id.to_be_bytes());
    mac.update(event.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The number of rows that are not chained yet.
async fn unchained(transaction: &mut Transaction<'static, Any>) -> Result<i64> {
    let row = sqlx::query("SELECT COUNT(*) FROM audit WHERE position IS NULL")
        .fetch_one(&mut **transaction)
        .await?;
    Ok(row.try_get(0)?)
}

/// Stores the links of rows.
async fn put(transaction: &mut Transaction<'static, Any>, links: &[(i64, Link)]) -> Result<()> {
    let put = Statement::new(format!(
        "WITH links (id, position, hash) AS (VALUES {}) \
         UPDATE audit SET position = links.position, hash = links.hash FROM links WHERE audit.id = links.id",
        row_parameters(links.len(), 3)
    ));
    let put = links.iter().fold(put, |put, (id, link)| {
        put.bind(*id).bind(link.position).bind(link.hash.clone())
    });
    let done = put.query().execute(&mut **transaction).await?;
    ensure!(
        done.rows_affected() == links.len() as u64,
        "a row of the audit log disappeared while it was being chained"
    );
    Ok(())
}

/// Chained rows after a position, in order.
async fn behind(
    transaction: &mut Transaction<'static, Any>,
    place: &Link,
    limit: i64,
) -> Result<Vec<AnyRow>> {
    let rows = sqlx::query(
        "SELECT id, event, position, hash, at, tenant FROM audit WHERE position > $1 ORDER BY position LIMIT $2",
    )
    .bind(place.position)
    .bind(limit)
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}
