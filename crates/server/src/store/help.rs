//! Requests for help of a tenant within an hour, across all processes.

use postern_protocol::Timestamp;
use sqlx::{AnyPool, Row};

use super::result::Result;
use super::statement::Statement;

/// An hour of a tenant in which people ask for help.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HelpHour {
    /// When the first person asked.
    pub begun_at: Timestamp,
    /// The number of people who asked.
    pub asked: i64,
    /// The language of the last request.
    pub locale: String,
}

/// A change of such an hour.
pub struct HelpChange {
    /// The id of the tenant.
    pub tenant: String,
    /// The hour as it was judged; `None` if there was none.
    pub before: Option<HelpHour>,
    /// The new hour; `None` if it is over.
    pub after: Option<HelpHour>,
}

impl HelpChange {
    /// The statement for the change. It gives no row if the hour differs from the judged one.
    pub(super) fn statement(self) -> Option<Statement> {
        let Self {
            tenant,
            before,
            after,
        } = self;
        match (before, after) {
            (None, None) => None,
            (None, Some(after)) => Some(
                Statement::new(
                    "INSERT INTO help_hours (tenant, begun_at, asked, locale) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (tenant) DO NOTHING RETURNING 1",
                )
                .bind(tenant)
                .bind(after.begun_at.seconds())
                .bind(after.asked)
                .bind(after.locale),
            ),
            (Some(before), Some(after)) => Some(
                Statement::new(
                    "UPDATE help_hours SET begun_at = $2, asked = $3, locale = $4 \
                     WHERE tenant = $1 AND begun_at = $5 AND asked = $6 RETURNING 1",
                )
                .bind(tenant)
                .bind(after.begun_at.seconds())
                .bind(after.asked)
                .bind(after.locale)
                .bind(before.begun_at.seconds())
                .bind(before.asked),
            ),
            (Some(before), None) => Some(
                Statement::new(
                    "DELETE FROM help_hours WHERE tenant = $1 AND begun_at = $2 AND asked = $3 RETURNING 1",
                )
                .bind(tenant)
                .bind(before.begun_at.seconds())
                .bind(before.asked),
            ),
        }
    }
}

/// The hour of a tenant.
pub(super) async fn of(pool: &AnyPool, tenant: &str) -> Result<Option<HelpHour>> {
    let query = "SELECT begun_at, asked, locale FROM help_hours WHERE tenant = $1";
    let row = sqlx::query(query).bind(tenant).fetch_optional(pool).await?;
    let hour = row.map(|row| {
        Ok(HelpHour {
            begun_at: Timestamp::from_seconds(row.try_get(0)?),
            asked: row.try_get(1)?,
            locale: row.try_get(2)?,
        })
    });
    hour.transpose()
}

/// The hours that began at or before a moment, with their tenants, at most `limit`.
pub(super) async fn begun_by(
    pool: &AnyPool,
    moment: Timestamp,
    limit: i64,
) -> Result<Vec<(String, HelpHour)>> {
    let query =
        "SELECT tenant, begun_at, asked, locale FROM help_hours WHERE begun_at <= $1 LIMIT $2";
    let rows = sqlx::query(query)
        .bind(moment.seconds())
        .bind(limit)
        .fetch_all(pool)
        .await?;
    let hours = rows.iter().map(|row| {
        let hour = HelpHour {
            begun_at: Timestamp::from_seconds(row.try_get(1)?),
            asked: row.try_get(2)?,
            locale: row.try_get(3)?,
        };
        Ok((row.try_get(0)?, hour))
    });
    hours.collect()
}
