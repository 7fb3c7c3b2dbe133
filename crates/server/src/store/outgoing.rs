//! The outbox, as delivery sees it.

use async_trait::async_trait;
use postern_engine::audit::AuditEvent;
use postern_protocol::Timestamp;
use sqlx::Row;

use super::backlog::{self, Backlog, Lane, Leased};
use super::log::record;
use super::result::Result;
use super::sql::{SqlStore, attempt_id};
use super::statement::{Statement, row_parameters};
use super::upkeep::Upkeep;
use super::writers::{Change, Outcome};

/// The outbox, as delivery sees it.
///
/// All moments are arguments: the store has no clock of its own.
#[async_trait]
pub trait Outgoing: Upkeep {
    /// Leases due rows from a lane of the outbox, so that no other process takes them before
    /// `until`.
    async fn lease(
        &self,
        lane: Lane,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<Leased>>;

    /// Removes leased rows that were carried.
    async fn discharge(&self, ids: &[i64]) -> Result<()>;

    /// Gives up a leased row and records that.
    async fn give_up(&self, id: i64, audit: &[AuditEvent]) -> Result<()>;

    /// Postpones a leased row, either because the recipient's server deferred it, or because its
    /// carrier failed.
    async fn postpone(&self, id: i64, due_at: Timestamp, is_deferred: bool) -> Result<()>;

    /// The backlog of the whole outbox.
    async fn backlog(&self) -> Result<Backlog>;

    /// The backlog of each lane and tenant that has one.
    async fn backlogs(&self) -> Result<Vec<(String, String, Backlog)>>;
}

#[async_trait]
impl Outgoing for SqlStore {
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
        let statement = format!(
            "DELETE FROM outbox WHERE id IN {}",
            row_parameters(1, ids.len())
        );
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
}
