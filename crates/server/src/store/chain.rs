//! The chain of the audit log: each row carries a keyed hash over itself and the one before it.
//!
//! Rows are written without it, so that nobody who writes waits for anybody else, and are chained soon after, one after the other.
//! The table `chain` has the two ends: what came before the first row that is kept, and the last.
//! With them a row that was changed, removed or put in is found wherever it is; without the key nobody can make the chain again.

use anyhow::Context;
use hmac::{Hmac, Mac};
use postern_engine::EngineKey;
use postern_protocol::Timestamp;
use sha2::Sha256;
use sqlx::{Any, Row, Transaction};

use super::{Result, Verdict};

/// Rows read at once when the chain is walked.
const ROWS: i64 = 1_000;

pub(super) struct Chain {
    key: [u8; 32],
}

/// An end of the chain: a position and the hash there.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Link {
    /// How many rows there are up to here, counted from the first of all.
    position: i64,
    /// The hash over all of them.
    hash: Vec<u8>,
}

impl Chain {
    pub(super) fn new(key: &EngineKey) -> Self {
        Self {
            key: key.derived("audit chain"),
        }
    }

    /// The hash of a row behind another.
    fn hash(&self, before: &Link, id: i64, event: &str) -> Vec<u8> {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.key)
            .expect("HMAC takes a key of any length");
        mac.update(&before.hash);
        mac.update(&before.position.to_be_bytes());
        mac.update(&id.to_be_bytes());
        mac.update(event.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// Chains so many rows at most, and tells how many it was.
    pub(super) async fn go_on(
        &self,
        transaction: &mut Transaction<'static, Any>,
        limit: i64,
    ) -> Result<u64> {
        let (_, mut last) = ends(transaction).await?;
        let rows =
            sqlx::query("SELECT id, event FROM audit WHERE position IS NULL ORDER BY id LIMIT $1")
                .bind(limit)
                .fetch_all(&mut **transaction)
                .await?;
        for row in &rows {
            let id: i64 = row.try_get(0)?;
            let event: String = row.try_get(1)?;
            last = Link {
                hash: self.hash(&last, id, &event),
                position: last.position + 1,
            };
            sqlx::query("UPDATE audit SET position = $2, hash = $3 WHERE id = $1")
                .bind(id)
                .bind(last.position)
                .bind(last.hash.clone())
                .execute(&mut **transaction)
                .await?;
        }
        if !rows.is_empty() {
            sqlx::query("UPDATE chain SET last_position = $1, last_hash = $2")
                .bind(last.position)
                .bind(last.hash)
                .execute(&mut **transaction)
                .await?;
        }
        Ok(rows.len() as u64)
    }

    /// Walks the chain from its beginning to its end.
    pub(super) async fn verify(
        &self,
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<Verdict> {
        let (first, last) = ends(transaction).await?;
        let mut here = first;
        let mut verdict = Verdict::default();
        loop {
            let rows = sqlx::query(
                "SELECT id, event, position, hash FROM audit WHERE position > $1 ORDER BY position LIMIT $2",
            )
            .bind(here.position)
            .bind(ROWS)
            .fetch_all(&mut **transaction)
            .await?;
            for row in &rows {
                let (id, event): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
                let next = Link {
                    position: row.try_get(2)?,
                    hash: row.try_get(3)?,
                };
                if next.position != here.position + 1 || next.hash != self.hash(&here, id, &event) {
                    verdict.broken_at = Some(here.position + 1);
                    return Ok(verdict);
                }
                verdict.chained += 1;
                here = next;
            }
            if rows.is_empty() {
                break;
            }
        }
        if here != last {
            verdict.broken_at = Some(here.position + 1);
        }
        let row = sqlx::query("SELECT COUNT(*) FROM audit WHERE position IS NULL")
            .fetch_one(&mut **transaction)
            .await?;
        verdict.unchained = row.try_get(0)?;
        Ok(verdict)
    }

    /// Forgets chained rows from before a moment, from the beginning on: the chain then begins behind them.
    pub(super) async fn forget(
        transaction: &mut Transaction<'static, Any>,
        before: Timestamp,
        limit: i64,
    ) -> Result<u64> {
        let (first, _) = ends(transaction).await?;
        let rows = sqlx::query(
            "SELECT at, position, hash FROM audit WHERE position > $1 ORDER BY position LIMIT $2",
        )
        .bind(first.position)
        .bind(limit)
        .fetch_all(&mut **transaction)
        .await?;
        let mut end = None;
        for row in &rows {
            let at: i64 = row.try_get(0)?;
            if at >= before.seconds() {
                break;
            }
            end = Some(Link {
                position: row.try_get(1)?,
                hash: row.try_get(2)?,
            });
        }
        let Some(end) = end else { return Ok(0) };
        let done = sqlx::query("DELETE FROM audit WHERE position <= $1")
            .bind(end.position)
            .execute(&mut **transaction)
            .await?;
        sqlx::query("UPDATE chain SET first_position = $1, first_hash = $2")
            .bind(end.position)
            .bind(end.hash)
            .execute(&mut **transaction)
            .await?;
        Ok(done.rows_affected())
    }
}

/// The two ends of the chain.
async fn ends(transaction: &mut Transaction<'static, Any>) -> Result<(Link, Link)> {
    let row = sqlx::query("SELECT first_position, first_hash, last_position, last_hash FROM chain")
        .fetch_optional(&mut **transaction)
        .await?
        .context("the audit log has no chain")?;
    let link = |first: usize| -> Result<Link> {
        Ok(Link {
            position: row.try_get(first)?,
            hash: row.try_get(first + 1)?,
        })
    };
    Ok((link(0)?, link(2)?))
}
