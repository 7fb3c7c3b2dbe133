//! The backlog of the outbox: how many messages wait, and for how long.

use postern_protocol::{AttemptId, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use super::result::Result;
use super::statement::{Statement, row_parameters};

/// A lane of the outbox. Each lane has its own carrier, so that a failing carrier delays no other
/// lane.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Lane {
    /// Mails, through the mail server.
    Mail,
    /// Text messages.
    Text,
    /// Calls, through the telephony service.
    Call,
}

impl Lane {
    /// Every lane.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Text, Self::Call];

    /// The name of the lane in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Call => "call",
        }
    }
}

/// A sealed message that waits to be carried.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The lane that it waits in.
    pub lane: Lane,
    /// The attempt that ordered it, if one did.
    pub attempt: Option<AttemptId>,
    /// The id of the tenant that it belongs to.
    pub tenant: String,
    /// The message, sealed with the first key.
    pub sealed: Vec<u8>,
    /// The moment from which the message is useless.
    pub deadline: Timestamp,
}

/// A row that was leased from the outbox.
#[derive(Clone, Debug)]
pub struct Leased {
    /// The number of the row.
    pub id: i64,
    /// The attempt that ordered it, if known.
    pub attempt: Option<AttemptId>,
    /// The sealed message.
    pub sealed: Vec<u8>,
    /// The number of earlier tries.
    pub tries: i64,
    /// The moment from which the message is useless.
    pub deadline: Timestamp,
}

/// The backlog of the outbox.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Backlog {
    /// The number of waiting messages.
    pub waiting: i64,
    /// Since when the message that has waited longest for its carrier has waited; `None` if none
    /// waits. Messages that a recipient's server has deferred do not count.
    pub waiting_since: Option<Timestamp>,
}

pub(super) async fn of_all(readers: &AnyPool) -> Result<Backlog> {
    let row =
        sqlx::query("SELECT COUNT(*), MIN(CASE WHEN deferred = 0 THEN written_at END) FROM outbox")
            .fetch_one(readers)
            .await?;
    backlog(&row, 0)
}

/// The backlog of each lane and tenant that has one.
pub(super) async fn by_lane_and_tenant(
    readers: &AnyPool,
) -> Result<Vec<(String, String, Backlog)>> {
    let rows = sqlx::query(
        "SELECT lane, tenant, COUNT(*), MIN(CASE WHEN deferred = 0 THEN written_at END) FROM outbox \
         GROUP BY lane, tenant",
    )
    .fetch_all(readers)
    .await?;
    let backlogs = rows.iter().map(|row| {
        let backlog = backlog(row, 2)?;
        Ok((row.try_get(0)?, row.try_get(1)?, backlog))
    });
    backlogs.collect()
}

/// Reads a backlog from two columns, beginning with the count.
fn backlog(row: &AnyRow, first: usize) -> Result<Backlog> {
    let waiting_since: Option<i64> = row.try_get(first + 1)?;
    Ok(Backlog {
        waiting: row.try_get(first)?,
        waiting_since: waiting_since.map(Timestamp::from_seconds),
    })
}

/// The statement that inserts messages into the outbox.
pub(super) fn put_by(waiting: Vec<Waiting>, now: Timestamp) -> Option<Statement> {
    if waiting.is_empty() {
        return None;
    }
    let places = row_parameters(waiting.len(), 8);
    let statement = format!(
        "INSERT INTO outbox (sealed, due_at, written_at, deadline, lane, attempt, tenant, tries) VALUES {places}"
    );
    let mut query = Statement::new(statement);
    for waiting in waiting {
        query = query
            .bind(waiting.sealed)
            .bind(now.seconds())
            .bind(now.seconds())
            .bind(waiting.deadline.seconds())
            .bind(waiting.lane.as_str())
            .bind(waiting.attempt.map(|it| it.0.to_bytes().to_vec()))
            .bind(waiting.tenant)
            .bind(0);
    }
    Some(query)
}
