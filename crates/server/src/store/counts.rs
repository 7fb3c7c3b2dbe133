//! What all replicas count together: people, and failed proofs.

use std::time::Duration;

use async_trait::async_trait;
use postern_protocol::Timestamp;
use sqlx::Row;

use super::pressure::{self, Bucket, Poured};
use super::result::Result;
use super::sql::SqlStore;
use super::upkeep::Upkeep;

/// What all replicas count together: people, and failed proofs.
///
/// All moments are arguments: the store has no clock of its own.
#[async_trait]
pub trait Counts: Upkeep {
    /// The latest counts of a tenant's people, sealed, each with the moment from which it is valid:
    /// the present count, and a future one.
    async fn populations(&self, tenant: &str) -> Result<Vec<(Timestamp, Vec<u8>)>>;

    /// Stores a count, unless another process has stored one for the same moment. Deletes counts
    /// that are no longer valid.
    async fn keep_population(
        &self,
        tenant: &str,
        valid_from: Timestamp,
        sealed: Vec<u8>,
    ) -> Result<()>;

    /// Adds failures to buckets. Each bucket holds at most what leaks in `holds`. The names must be
    /// sorted, so that two processes do not wait for each other.
    async fn pour(&self, poured: &[Poured], now: Timestamp, holds: Duration) -> Result<()>;

    /// The buckets that will not be empty before a moment, the fullest first, at most `limit`.
    async fn fuller_than(&self, moment: Timestamp, limit: i64) -> Result<Vec<Bucket>>;
}

#[async_trait]
impl Counts for SqlStore {
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

    async fn pour(&self, poured: &[Poured], now: Timestamp, holds: Duration) -> Result<()> {
        pressure::pour(self.write().await?, poured, now, holds).await
    }

    async fn fuller_than(&self, moment: Timestamp, limit: i64) -> Result<Vec<Bucket>> {
        pressure::fuller_than(&self.readers, moment, limit).await
    }
}
