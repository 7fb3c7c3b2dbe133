//! The backlog of the outbox: how many messages wait, and for how long.

use postern_protocol::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use super::statement::{Statement, places};
use super::{Backlog, Result, Waiting};

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
    let places = places(waiting.len(), 8);
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
