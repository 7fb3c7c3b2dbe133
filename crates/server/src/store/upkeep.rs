//! Whether the store can be used, and deleting rows that may be deleted.

use async_trait::async_trait;
use postern_protocol::Timestamp;
use sqlx::Row;

use super::result::Result;
use super::sql::SqlStore;

/// Whether the store can be used, and deleting rows that may be deleted.
///
/// All moments are arguments: the store has no clock of its own.
#[async_trait]
pub trait Upkeep: Send + Sync {
    /// Whether the keys opened the store at the last try.
    fn is_open(&self) -> bool;

    /// Tries whether the keys open the store. They do not after another process exchanged its key.
    async fn try_keys(&self) -> Result<bool>;

    /// The time of the store's own clock, in milliseconds since 1970; `None` if it uses our clock.
    async fn clock(&self) -> Result<Option<i64>>;

    /// Deletes rows that may be deleted, at most `limit` in each table. Returns their number.
    async fn prune(&self, now: Timestamp, limit: i64) -> Result<u64>;
}

#[async_trait]
impl Upkeep for SqlStore {
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
}
