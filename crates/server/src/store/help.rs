//! How often people of a tenant ask for help within an hour, in whichever process.

use postern_protocol::Timestamp;
use sqlx::{AnyPool, Row};

use super::result::Result;
use super::statement::Statement;

/// An hour of a tenant in which people ask for help.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HelpHour {
    /// When the first of them asked.
    pub begun_at: Timestamp,
    /// How many have.
    pub asked: i64,
    /// The language of the last.
    pub locale: String,
}

/// A change to it.
pub struct HelpChange {
    /// Whose it is, by its id.
    pub tenant: String,
    /// As it was judged; `None` if there was none.
    pub before: Option<HelpHour>,
    /// As it is now; `None` if it is over.
    pub after: Option<HelpHour>,
}

impl HelpChange {
    /// No row if it is not as it was judged.
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

/// That of a tenant.
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

/// Those that began at that moment or before, so many at most, by their tenants.
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
