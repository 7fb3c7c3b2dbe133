//! The chain of the audit log: each row carries a keyed hash over itself and the one before it.
//!
//! Rows are written without it, so that no writer waits for another, and are chained soon after,
//! one after the other. The table `chain` has the two ends, sealed with the same key: what came
//! before the first row that is kept, and the last.
//!
//! A thief with the database and without the key cannot change a chained row, remove one from the
//! beginning, the middle or the end, put one in or put them in another order without it being
//! found. They can:
//! - do so with a row that is not chained yet, for about a second after it was written, and write
//!   rows of their own, which are chained as any others;
//! - put the whole log, ends, vault and all, back to an earlier state of it that they have kept.
//!   That is found by those who have noted the last position and hash somewhere else, or have an
//!   export.
//!
//! An emptied log is found: that there have been rows is sealed in the vault, without which no
//! other key opens anything. A thief who takes the vault out as well leaves a store that was made
//! before there was one, where a log without a row is found by whatever else the key has sealed. A
//! store with nothing left in it is a new one.

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

use super::statement::{Statement, places};
use super::vault::Vault;
use super::{Known, NotAsNoted, Result, Verdict};
use crate::keys::Keys;
use crate::metrics;
use crate::seal::Seal;

pub(super) use ends::{ENDS, Ends, EndsSeal};
pub use walk::{Walk, Walked};

use ends::{Link, mac};

/// Rows read at once when the chain is walked.
const ROWS: i64 = 1_000;

/// Rows chained by one statement.
const LINKS: usize = 100;

/// Links and verifies. The first key links and seals; what any of them has linked is verified.
pub(super) struct Chain {
    rows: Vec<[u8; 32]>,
    ends: EndsSeal,
    vault: Seal,
    /// Whether the vault says that there have been rows.
    is_noted: AtomicBool,
    /// Whether it was said that it is broken.
    is_said: AtomicBool,
}

/// What stands in columns of its own beside an event, so that it can be asked for.
#[derive(Deserialize)]
struct Columns {
    at: i64,
    tenant: String,
}

impl Chain {
    /// With keys, and what rows were linked with under keys that were left out since.
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

    /// It is: a number says so from then on, and one line of the log.
    fn is_broken(&self, why: &'static str) {
        metrics::audit_chain(true);
        if !self.is_said.swap(true, Ordering::Relaxed) {
            error!(
                why,
                "the audit log is not whole: postern-server audit verify tells where"
            );
        }
    }

    /// It is, from its beginning to its end.
    fn is_whole(&self) {
        metrics::audit_chain(false);
        if self.is_said.swap(false, Ordering::Relaxed) {
            info!("the audit log is whole again");
        }
    }

    /// The hash of a row behind another, as new rows get it.
    fn hash(&self, before: &Link, id: i64, event: &str) -> Vec<u8> {
        hash(&self.rows[0], before, id, event)
    }

    /// Whether that is the hash of a row behind another, with any of the keys.
    fn is_hash(&self, hashed: &[u8], before: &Link, id: i64, event: &str) -> bool {
        let mut keys = self.rows.iter();
        keys.any(|key| hash(key, before, id, event) == hashed)
    }

    /// The link that a row is, if it is as it was written and stands behind that one.
    fn link(&self, before: &Link, row: &AnyRow) -> Result<Option<Link>> {
        let (id, event): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        let (at, tenant): (i64, String) = (row.try_get(4)?, row.try_get(5)?);
        let link = Link {
            position: row.try_get(2)?,
            // One that was taken away is no hash of anything.
            hash: row.try_get::<Option<_>, _>(3)?.unwrap_or_default(),
        };
        let has_columns = serde_json::from_str::<Columns>(&event)
            .is_ok_and(|columns| columns.at == at && columns.tenant == tenant);
        let is_next =
            link.position == before.position + 1 && self.is_hash(&link.hash, before, id, &event);
        Ok((has_columns && is_next).then_some(link))
    }

    /// Chains so many rows at most, and tells how many it was.
    pub(super) async fn go_on(
        &self,
        transaction: &mut Transaction<'static, Any>,
        limit: i64,
    ) -> Result<u64> {
        let ends = self.both_ends(transaction).await?;
        if !self.ends.is_ours(&ends) {
            self.is_broken("its ends were moved");
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
            // It is known for good from when it was read, and not from when it was written: that
            // may come to nothing.
            Some(vault) if vault.has_audit => self.is_noted.store(true, Ordering::Relaxed),
            // Sealed with our first key, it would open again for processes that do not have the new
            // one.
            Some(_) if Vault::prefix(transaction).await? != self.vault.prefix() => {}
            Some(mut vault) => {
                vault.has_audit = true;
                vault.keep(transaction, &self.vault).await?;
            }
            None => {}
        }
        Ok(())
    }

    /// Both ends, as they are.
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

    /// Moves the ends. Ends that were moved without the key are never sealed again: that would hide
    /// it.
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
            self.is_broken("its ends were moved");
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

    /// Walks the chain from its beginning to its end, past a place that was noted.
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

    /// Whether it ends there, by ends that were not moved.
    fn is_end(&self, ends: &Ends, here: &Link) -> bool {
        *here == ends.last && self.ends.is_ours(ends)
    }

    /// Lets the chain begin anew behind all rows that there are, which stay as they are and outside
    /// of it.
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

    /// Forgets chained rows from before a moment, from the beginning on: the chain then begins
    /// behind them.
    ///
    /// Nothing is forgotten from where the chain is broken on, so that it can still be found.
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
                self.is_broken("nothing more of it is forgotten");
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

/// What a key links rows with.
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

/// How many rows are not chained yet.
async fn unchained(transaction: &mut Transaction<'static, Any>) -> Result<i64> {
    let row = sqlx::query("SELECT COUNT(*) FROM audit WHERE position IS NULL")
        .fetch_one(&mut **transaction)
        .await?;
    Ok(row.try_get(0)?)
}

/// Writes down which row is which link.
async fn put(transaction: &mut Transaction<'static, Any>, links: &[(i64, Link)]) -> Result<()> {
    let put = Statement::new(format!(
        "WITH links (id, position, hash) AS (VALUES {}) \
         UPDATE audit SET position = links.position, hash = links.hash FROM links WHERE audit.id = links.id",
        places(links.len(), 3)
    ));
    let put = links.iter().fold(put, |put, (id, link)| {
        put.bind(*id).bind(link.position).bind(link.hash.clone())
    });
    let done = put.query().execute(&mut **transaction).await?;
    ensure!(
        done.rows_affected() == links.len() as u64,
        "a row of the audit log went while it was chained"
    );
    Ok(())
}

/// Chained rows behind a place, in order.
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
