//! Recent failed proofs, across all processes.

use std::time::Duration;

use postern_protocol::Timestamp;
use sqlx::{Any, AnyPool, Row, Transaction};

use super::result::Result;

/// A leaky bucket with its name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// When it will be empty, in milliseconds since 1970.
    pub empty_at_ms: i64,
}

/// An amount to add to a bucket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Poured {
    /// Its name.
    pub name: String,
    /// How long the amount takes to leak, in milliseconds.
    pub ms: i64,
}

/// Adds all amounts to their buckets. Each bucket holds at most what leaks in `holds`.
pub(super) async fn pour(
    mut transaction: Transaction<'_, Any>,
    poured: &[Poured],
    now: Timestamp,
    holds: Duration,
) -> Result<()> {
    let now = in_ms(now);
    let full = now.saturating_add(i64::try_from(holds.as_millis())?);
    for Poured { name, ms } in poured {
        sqlx::query(
            "INSERT INTO pressure (name, empty_at_ms) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET empty_at_ms = CASE \
             WHEN pressure.empty_at_ms <= $3 THEN excluded.empty_at_ms \
             WHEN pressure.empty_at_ms + (excluded.empty_at_ms - $3) >= $4 THEN $4 \
             ELSE pressure.empty_at_ms + (excluded.empty_at_ms - $3) END",
        )
        .bind(name.clone())
        .bind(now.saturating_add(*ms).min(full))
        .bind(now)
        .bind(full)
        .execute(&mut *transaction)
        .await?;
    }
    Ok(transaction.commit().await?)
}

/// The buckets that will not be empty before a moment, the fullest first, at most `limit`.
pub(super) async fn fuller_than(
    pool: &AnyPool,
    moment: Timestamp,
    limit: i64,
) -> Result<Vec<Bucket>> {
    let query = "SELECT name, empty_at_ms FROM pressure WHERE empty_at_ms >= $1 \
                 ORDER BY empty_at_ms DESC LIMIT $2";
    let rows = sqlx::query(query)
        .bind(in_ms(moment))
        .bind(limit)
        .fetch_all(pool)
        .await?;
    let buckets = rows.iter().map(|row| {
        Ok(Bucket {
            name: row.try_get(0)?,
            empty_at_ms: row.try_get(1)?,
        })
    });
    buckets.collect()
}

/// A moment in milliseconds since 1970.
const fn in_ms(moment: Timestamp) -> i64 {
    moment.seconds().saturating_mul(1_000)
}
