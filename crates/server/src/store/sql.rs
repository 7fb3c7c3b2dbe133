//! The store in a database: SQLite for one process, PostgreSQL for many.

use std::time::Duration;

use anyhow::Context;
use async_trait::async_trait;
use postern_engine::audit::AuditEvent;
use postern_engine::{CallId, Ledger, SubjectKey};
use postern_protocol::{AttemptId, Guid, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, Row, Transaction};

use super::backlog;
use super::chain::Chain;
use super::dialect::Dialect;
use super::entry::KeyTrial;
use super::help::{self, HelpChange, HelpHour};
use super::pressure;
use super::statement::{Statement, places};
use super::writers::{Change, Outcome, Writers};
use super::{
    AuditRow, Backlog, Bucket, Changes, Commit, Kept, Known, Lane, Leased, Poured, Recorded,
    Result, Store, Verdict, Versioned, Versions,
};
use crate::keys::Keys;

/// A store in a database.
pub struct SqlStore {
    pub(super) dialect: Dialect,
    pub(super) readers: AnyPool,
    pub(super) writers: Writers,
    pub(super) chain: Chain,
    pub(super) keys: Keys,
    pub(super) entry: KeyTrial,
}

impl SqlStore {
    /// The pool for reading, for modules with their own tables in the same database.
    pub(crate) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// A transaction that writes.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>> {
        self.writers.begin().await
    }

    /// Makes a change from prepared statements.
    pub(crate) async fn change(&self, change: Change) -> Result<Outcome> {
        self.writers.change(change).await
    }
}

#[async_trait]
impl Store for SqlStore {
    fn is_open(&self) -> bool {
        self.is_open()
    }

    async fn try_keys(&self) -> Result<bool> {
        self.try_entry().await
    }

    async fn clock(&self) -> Result<Option<i64>> {
        let row = sqlx::query(self.dialect.clock())
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get(0)?)
    }

    async fn attempt(&self, id: AttemptId) -> Result<Option<Kept>> {
        let row = sqlx::query(
            "SELECT a.token, a.version, a.state, l.version, l.state FROM attempts a \
             LEFT JOIN ledgers l ON l.subject = a.subject WHERE a.id = $1",
        )
        .bind(id.0.to_bytes().to_vec())
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| kept(&row)).transpose()
    }

    async fn populations(&self, tenant: &str) -> Result<Vec<(Timestamp, Vec<u8>)>> {
        let rows = sqlx::query(
            "SELECT valid_from, state FROM populations WHERE tenant = $1 ORDER BY valid_from DESC LIMIT 2",
        )
        .bind(tenant)
        .fetch_all(&self.readers)
        .await?;
        let counts = rows.iter().map(|row| {
            let valid_from = Timestamp::from_seconds(row.try_get(0)?);
            Ok((valid_from, row.try_get(1)?))
        });
        counts.collect()
    }

    async fn keep_population(
        &self,
        tenant: &str,
        valid_from: Timestamp,
        sealed: Vec<u8>,
    ) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO populations (tenant, valid_from, state) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(tenant)
        .bind(valid_from.seconds())
        .bind(sealed)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM populations WHERE tenant = $1 AND valid_from NOT IN \
             (SELECT valid_from FROM populations WHERE tenant = $1 ORDER BY valid_from DESC LIMIT 2)",
        )
        .bind(tenant)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    async fn ledger(&self, subject: &SubjectKey) -> Result<Versioned<Ledger>> {
        let row = sqlx::query("SELECT version, state FROM ledgers WHERE subject = $1")
            .bind(subject.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.map_or_else(|| Ok(Versioned::default()), |row| ledger(&row, 0))
    }

    async fn help_hour(&self, tenant: &str) -> Result<Option<HelpHour>> {
        help::of(&self.readers, tenant).await
    }

    async fn help_hours(&self, begun_by: Timestamp, limit: i64) -> Result<Vec<(String, HelpHour)>> {
        help::begun_by(&self.readers, begun_by, limit).await
    }

    async fn pour(&self, poured: &[Poured], now: Timestamp, holds: Duration) -> Result<()> {
        pressure::pour(self.write().await?, poured, now, holds).await
    }

    async fn fuller_than(&self, moment: Timestamp, limit: i64) -> Result<Vec<Bucket>> {
        pressure::fuller_than(&self.readers, moment, limit).await
    }

    async fn reply(&self, key: &str, now: Timestamp) -> Result<Option<Recorded>> {
        let row =
            sqlx::query("SELECT fingerprint, reply FROM replies WHERE key = $1 AND forget_at > $2")
                .bind(key)
                .bind(now.seconds())
                .fetch_optional(&self.readers)
                .await?;
        let Some(row) = row else { return Ok(None) };
        let reply: Option<String> = row.try_get(1)?;
        Ok(Some(Recorded {
            fingerprint: digest(&row, 0)?,
            reply: reply.map(|text| serde_json::from_str(&text)).transpose()?,
        }))
    }

    async fn commit(&self, changes: Changes<'_>, now: Timestamp) -> Result<Commit> {
        let attempt = changes.attempt.as_ref().map(|it| it.attempt.version);
        let ledger = changes.ledger.as_ref().map(|(_, ledger)| ledger.version);
        let change = Change::default()
            .and_if(take_key(&changes, now)?, Commit::Conflict)
            .and_if(change_attempt(&changes)?, Commit::Conflict)
            .and_if(change_ledger(&changes, now)?, Commit::Conflict)
            .and_if(burn(&changes), Commit::Burnt)
            .and_if(
                changes.help.and_then(HelpChange::statement),
                Commit::Conflict,
            )
            .and(record(changes.audit)?)
            .and(backlog::put_by(changes.outbox, now));
        Ok(match self.change(change).await? {
            Outcome::Made(_) => Commit::Done(Versions {
                attempt: attempt.map(next),
                ledger: ledger.map(next),
            }),
            Outcome::Not(why) => why,
        })
    }

    async fn attempt_of_call(&self, call: CallId) -> Result<Option<AttemptId>> {
        let row = sqlx::query("SELECT id FROM attempts WHERE call = $1")
            .bind(call.0.to_bytes().to_vec())
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| attempt_id(&row, 0)).transpose()
    }

    async fn ended(&self, now: Timestamp, limit: i64) -> Result<Vec<AttemptId>> {
        let rows =
            sqlx::query("SELECT id FROM attempts WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2")
                .bind(now.seconds())
                .bind(limit)
                .fetch_all(&self.readers)
                .await?;
        rows.iter().map(|row| attempt_id(row, 0)).collect()
    }

    async fn lease(
        &self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<Leased>> {
        let lease = Statement::new(self.dialect.lease())
            .bind(now.seconds())
            .bind(until.seconds())
            .bind(limit)
            .bind(lane.as_str());
        let Outcome::Made(rows) = self.change(Change::default().and(Some(lease))).await? else {
            return Ok(Vec::new());
        };
        let leased = rows.iter().map(|row| {
            let attempt: Option<Vec<u8>> = row.try_get(4)?;
            Ok(Leased {
                id: row.try_get(0)?,
                attempt: attempt.map(|_| attempt_id(row, 4)).transpose()?,
                sealed: row.try_get(1)?,
                tries: row.try_get(2)?,
                deadline: Timestamp::from_seconds(row.try_get(3)?),
            })
        });
        leased.collect()
    }

    async fn discharge(&self, ids: &[i64]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let statement = format!("DELETE FROM outbox WHERE id IN {}", places(1, ids.len()));
        let discharge = Statement::new(statement);
        let discharge = ids.iter().fold(discharge, |it, id| it.bind(*id));
        self.change(Change::default().and(Some(discharge))).await?;
        Ok(())
    }

    async fn give_up(&self, id: i64, audit: &[AuditEvent]) -> Result<()> {
        let remove = Statement::new("DELETE FROM outbox WHERE id = $1").bind(id);
        let change = Change::default().and(Some(remove)).and(record(audit)?);
        self.change(change).await?;
        Ok(())
    }

    async fn postpone(&self, id: i64, due_at: Timestamp, is_deferred: bool) -> Result<()> {
        sqlx::query("UPDATE outbox SET due_at = $2, deferred = $3 WHERE id = $1")
            .bind(id)
            .bind(due_at.seconds())
            .bind(i64::from(is_deferred))
            .execute(&self.writers.pool)
            .await?;
        Ok(())
    }

    async fn backlog(&self) -> Result<Backlog> {
        backlog::of_all(&self.readers).await
    }

    async fn backlogs(&self) -> Result<Vec<(String, String, Backlog)>> {
        backlog::by_lane_and_tenant(&self.readers).await
    }

    async fn prune(&self, now: Timestamp, limit: i64) -> Result<u64> {
        let mut pruned = 0;
        // Uses small separate transactions, so that no request waits long for one.
        for statement in [
            "DELETE FROM attempts WHERE id IN (SELECT id FROM attempts WHERE forget_at <= $1 LIMIT $2)",
            "DELETE FROM ledgers WHERE subject IN (SELECT subject FROM ledgers WHERE forget_at <= $1 LIMIT $2)",
            "DELETE FROM replies WHERE key IN (SELECT key FROM replies WHERE forget_at <= $1 LIMIT $2)",
            "DELETE FROM burnt WHERE nonce IN (SELECT nonce FROM burnt WHERE forget_at <= $1 LIMIT $2)",
            "DELETE FROM pressure WHERE name IN \
             (SELECT name FROM pressure WHERE empty_at_ms <= CAST($1 AS BIGINT) * 1000 LIMIT $2)",
        ] {
            let done = sqlx::query(statement)
                .bind(now.seconds())
                .bind(limit)
                .execute(&self.writers.pool)
                .await?;
            pruned += done.rows_affected();
        }
        Ok(pruned)
    }

    async fn chain(&self, limit: i64) -> Result<u64> {
        let mut transaction = self.write().await?;
        sqlx::query(self.dialect.lock_chain())
            .fetch_all(&mut *transaction)
            .await?;
        if !self.try_entry_in(&mut transaction).await? {
            return Ok(0);
        }
        let chained = self.chain.go_on(&mut transaction, limit).await?;
        transaction.commit().await?;
        Ok(chained)
    }

    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query(
            "SELECT id, event, position, hash FROM audit WHERE id > $1 ORDER BY id LIMIT $2",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(AuditRow::read).collect()
    }

    async fn verify_audit(&self, known: Option<&Known>) -> Result<Verdict> {
        // Reads a snapshot, so that chaining and writing need not wait.
        let mut transaction = self.readers.begin_with(self.dialect.snapshot()).await?;
        self.chain.verify(&mut transaction, known).await
    }

    async fn begin_audit_anew(&self, event: &AuditEvent) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(self.dialect.lock_chain())
            .fetch_all(&mut *transaction)
            .await?;
        self.chain.begin_anew(&mut transaction).await?;
        self.record_in(&mut transaction, std::slice::from_ref(event))
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn forget_audit(&self, before: Timestamp, limit: i64) -> Result<u64> {
        let mut transaction = self.write().await?;
        sqlx::query(self.dialect.lock_chain())
            .fetch_all(&mut *transaction)
            .await?;
        if !self.try_entry_in(&mut transaction).await? {
            return Ok(0);
        }
        let forgotten = self.chain.forget(&mut transaction, before, limit).await?;
        transaction.commit().await?;
        Ok(forgotten)
    }
}

/// Reserves the idempotency key, or completes its answer. Gives no row if another request has the
/// key.
fn take_key(changes: &Changes<'_>, now: Timestamp) -> Result<Option<Statement>> {
    let Some(change) = &changes.reply else {
        return Ok(None);
    };
    let reply = change.reply.map(serde_json::to_string).transpose()?;
    let query = if change.is_taken {
        "UPDATE replies SET reply = $3, forget_at = $4 WHERE key = $1 AND fingerprint = $2 AND $5 >= 0 RETURNING 1"
    } else {
        // A record that may be deleted counts as missing.
        "INSERT INTO replies (key, fingerprint, reply, forget_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, reply = excluded.reply, \
         forget_at = excluded.forget_at WHERE replies.forget_at <= $5 RETURNING 1"
    };
    Ok(Some(
        Statement::new(query)
            .bind(change.receipt.key())
            .bind(change.receipt.fingerprint().as_bytes().to_vec())
            .bind(reply)
            .bind(change.forget_at.seconds())
            .bind(now.seconds()),
    ))
}

/// Gives no row if the attempt differs from the judged version.
fn change_attempt(changes: &Changes<'_>) -> Result<Option<Statement>> {
    let Some(change) = &changes.attempt else {
        return Ok(None);
    };
    let judged = change.attempt.version;
    let query = if judged == 0 {
        "INSERT INTO attempts (id, token, subject, version, state, call, ends_at, forget_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING 1"
    } else {
        "UPDATE attempts SET token = $2, subject = $3, version = $4, state = $5, call = $6, ends_at = $7, \
         forget_at = $8 WHERE id = $1 AND version = $9 RETURNING 1"
    };
    let call = change.attempt.value.call();
    let statement = Statement::new(query)
        .bind(change.id.0.to_bytes().to_vec())
        .bind(change.token.to_vec())
        .bind(change.subject.as_str())
        .bind(next(judged))
        .bind(serde_json::to_string(change.attempt.value)?)
        .bind(call.map(|call| call.0.to_bytes().to_vec()))
        .bind(change.ends_at.map(Timestamp::seconds))
        .bind(change.forget_at.seconds());
    Ok(Some(of_version(statement, judged)))
}

/// The version of a row after a change of the given version.
const fn next(judged: i64) -> i64 {
    judged + 1
}

/// Binds the judged version, which a statement that updates a row compares.
fn of_version(statement: Statement, judged: i64) -> Statement {
    if judged == 0 {
        statement
    } else {
        statement.bind(judged)
    }
}

/// Gives no row if the ledger differs from the judged version.
fn change_ledger(changes: &Changes<'_>, now: Timestamp) -> Result<Option<Statement>> {
    let Some((subject, ledger)) = &changes.ledger else {
        return Ok(None);
    };
    let judged = ledger.version;
    let query = if judged == 0 {
        "INSERT INTO ledgers (subject, version, state, forget_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (subject) DO NOTHING RETURNING 1"
    } else {
        "UPDATE ledgers SET version = $2, state = $3, forget_at = $4 WHERE subject = $1 AND version = $5 RETURNING 1"
    };
    let statement = Statement::new(query)
        .bind(subject.as_str())
        .bind(next(judged))
        .bind(serde_json::to_string(&ledger.value)?)
        .bind(ledger.value.forget_at(now).seconds());
    Ok(Some(of_version(statement, judged)))
}

/// Gives no row if the proof of work was used before.
fn burn(changes: &Changes<'_>) -> Option<Statement> {
    let solved = changes.burnt?;
    let query = "INSERT INTO burnt (nonce, forget_at) VALUES ($1, $2) ON CONFLICT (nonce) DO NOTHING RETURNING 1";
    Some(
        Statement::new(query)
            .bind(solved.nonce.as_str())
            .bind(solved.expires_at.seconds()),
    )
}

pub(super) fn record(audit: &[AuditEvent]) -> Result<Option<Statement>> {
    if audit.is_empty() {
        return Ok(None);
    }
    let places = places(audit.len(), 3);
    let statement = format!("INSERT INTO audit (at, tenant, event) VALUES {places}");
    let mut query = Statement::new(statement);
    for event in audit {
        query = query
            .bind(event.at.seconds())
            .bind(event.tenant.as_str())
            .bind(serde_json::to_string(event)?);
    }
    Ok(Some(query))
}

fn kept(row: &AnyRow) -> Result<Kept> {
    let state: String = row.try_get(2)?;
    let is_counted: Option<i64> = row.try_get(3)?;
    Ok(Kept {
        token: digest(row, 0)?,
        attempt: Versioned {
            value: serde_json::from_str(&state).context("an attempt is not what was kept")?,
            version: row.try_get(1)?,
        },
        ledger: match is_counted {
            Some(_) => ledger(row, 3)?,
            None => Versioned::default(),
        },
    })
}

/// Reads a ledger from two columns, version and state, beginning with the first.
fn ledger(row: &AnyRow, first: usize) -> Result<Versioned<Ledger>> {
    let state: String = row.try_get(first + 1)?;
    Ok(Versioned {
        version: row.try_get(first)?,
        value: serde_json::from_str(&state).context("a ledger is not what was kept")?,
    })
}

fn digest(row: &AnyRow, column: usize) -> Result<[u8; 32]> {
    let bytes: Vec<u8> = row.try_get(column)?;
    <[u8; 32]>::try_from(bytes.as_slice()).context("a digest has 32 bytes")
}

fn attempt_id(row: &AnyRow, column: usize) -> Result<AttemptId> {
    let bytes: Vec<u8> = row.try_get(column)?;
    let bytes = <[u8; 16]>::try_from(bytes.as_slice()).context("an id has 16 bytes")?;
    Ok(AttemptId(Guid::from_bytes(bytes)))
}
