//! The data that the judge works with: attempts, ledgers, and replies to requests.

use anyhow::Context;
use async_trait::async_trait;
use postern_engine::audit::AuditEvent;
use postern_engine::{Attempt, CallId, Ledger, SubjectKey};
use postern_host::work::Solved;
use postern_host::{Commit, Kept, Receipt, Recorded, Reply, Versioned, Versions};
use postern_protocol::{AttemptId, Timestamp};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::backlog::{self, Waiting};
use super::help::{self, HelpChange, HelpHour};
use super::log::record;
use super::result::Result;
use super::sql::{SqlStore, attempt_id};
use super::statement::Statement;
use super::writers::{Change, Outcome};

/// All that one judgement changes.
#[derive(Default)]
pub struct Changes<'a> {
    /// The new state of the attempt.
    pub attempt: Option<AttemptChange<'a>>,
    /// The new counters.
    pub ledger: Option<(&'a SubjectKey, Versioned<Ledger>)>,
    /// The events for the audit log.
    pub audit: &'a [AuditEvent],
    /// The messages to carry.
    pub outbox: Vec<Waiting>,
    /// The answer to the request.
    pub reply: Option<ReplyChange<'a>>,
    /// The proof of work that the request used up.
    pub burnt: Option<&'a Solved>,
    /// The new count of people who ask for help.
    pub help: Option<HelpChange>,
}

impl Changes<'_> {
    /// Whether there is any change.
    pub fn is_anything(&self) -> bool {
        self.attempt.is_some()
            || self.ledger.is_some()
            || !self.audit.is_empty()
            || !self.outbox.is_empty()
            || self.reply.is_some()
            || self.burnt.is_some()
            || self.help.is_some()
    }
}

/// The new state of an attempt.
pub struct AttemptChange<'a> {
    /// Its id.
    pub id: AttemptId,
    /// The digest that recognises its token.
    pub token: [u8; 32],
    /// The subject of the attempt.
    pub subject: &'a SubjectKey,
    /// The attempt, and the version that was judged.
    pub attempt: Versioned<&'a Attempt>,
    /// When it expires; `None` if it has ended.
    pub ends_at: Option<Timestamp>,
    /// When it may be deleted.
    pub forget_at: Timestamp,
}

/// The answer to a request with an idempotency key.
pub struct ReplyChange<'a> {
    /// The key and the request.
    pub receipt: &'a Receipt,
    /// The answer; `None` if it is not known yet.
    pub reply: Option<&'a Reply>,
    /// Whether this request reserved the key before.
    pub is_taken: bool,
    /// When the key may be deleted.
    pub forget_at: Timestamp,
}

/// The data that the judge works with: attempts, ledgers, and replies to requests.
///
/// All moments are arguments: the store has no clock of its own.
#[async_trait]
pub trait Attempts: Send + Sync {
    /// Reads an attempt.
    async fn attempt(&self, id: AttemptId) -> Result<Option<Kept>>;

    /// The counters of a subject.
    async fn ledger(&self, subject: &SubjectKey) -> Result<Versioned<Ledger>>;

    /// The record of an idempotency key, unless it may be deleted by now.
    async fn reply(&self, key: &str, now: Timestamp) -> Result<Option<Recorded>>;

    /// Commits all changes or none.
    async fn commit(&self, changes: Changes<'_>, now: Timestamp) -> Result<Commit>;

    /// The attempt that waits for a call.
    async fn attempt_of_call(&self, call: CallId) -> Result<Option<AttemptId>>;

    /// Expired attempts whose end is not recorded yet.
    async fn ended(&self, now: Timestamp, limit: i64) -> Result<Vec<AttemptId>>;

    /// The current hour of a tenant's requests for help, if there is one.
    async fn help_hour(&self, tenant: &str) -> Result<Option<HelpHour>>;

    /// The hours that began at or before a moment, with their tenants, at most `limit`.
    async fn help_hours(&self, begun_by: Timestamp, limit: i64) -> Result<Vec<(String, HelpHour)>>;
}

#[async_trait]
impl Attempts for SqlStore {
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

    async fn ledger(&self, subject: &SubjectKey) -> Result<Versioned<Ledger>> {
        let row = sqlx::query("SELECT version, state FROM ledgers WHERE subject = $1")
            .bind(subject.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.map_or_else(|| Ok(Versioned::default()), |row| ledger(&row, 0))
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

    async fn help_hour(&self, tenant: &str) -> Result<Option<HelpHour>> {
        help::of(&self.readers, tenant).await
    }

    async fn help_hours(&self, begun_by: Timestamp, limit: i64) -> Result<Vec<(String, HelpHour)>> {
        help::begun_by(&self.readers, begun_by, limit).await
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

fn kept(row: &AnyRow) -> Result<Kept> {
    let state: String = row.try_get(2)?;
    let is_counted: Option<i64> = row.try_get(3)?;
    Ok(Kept {
        token: digest(row, 0)?,
        attempt: Versioned {
            value: serde_json::from_str(&state).context("a stored attempt cannot be read")?,
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
        value: serde_json::from_str(&state).context("a stored ledger cannot be read")?,
    })
}

fn digest(row: &AnyRow, column: usize) -> Result<[u8; 32]> {
    let bytes: Vec<u8> = row.try_get(column)?;
    <[u8; 32]>::try_from(bytes.as_slice()).context("a stored digest does not have 32 bytes")
}
