//! The audit log of a span of time, page by page.

use postern_engine::audit::AuditEvent;
use postern_protocol::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{AuditRow, Result, SqlStore};

/// A span of time: from a moment on, until before another.
#[derive(Clone, Debug)]
pub struct Span {
    /// The first moment of the span.
    pub since: Timestamp,
    /// The first moment after the span.
    pub until: Timestamp,
    /// The id of the tenant, if the span is about one alone. For a tenant that is not configured,
    /// its domain.
    pub tenant: Option<String>,
}

/// The position between two pages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place {
    /// The moment of the last row.
    pub at: Timestamp,
    /// The number of the last row.
    pub id: i64,
}

impl SqlStore {
    /// Whether there is any event of a tenant, by the tenant's id. For a tenant that is not
    /// configured, by its domain.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn has_audit_of(&self, tenant: &str) -> Result<bool> {
        let row = sqlx::query("SELECT 1 FROM audit WHERE tenant = $1 LIMIT 1")
            .bind(tenant)
            .fetch_optional(self.readers())
            .await?;
        Ok(row.is_some())
    }

    /// Rows of the audit log within a span, after a position, in the order of events.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn audit_of(
        &self,
        span: &Span,
        behind: Option<Place>,
        limit: i64,
    ) -> Result<Vec<(Place, AuditRow)>> {
        let behind = behind.unwrap_or(Place {
            at: span.since,
            id: i64::MIN,
        });
        let rows = sqlx::query(
            "SELECT id, event, position, hash, at FROM audit \
             WHERE (at, id) > ($1, $2) AND at < $3 AND ($4 = 0 OR tenant = $5) \
             ORDER BY at, id LIMIT $6",
        )
        .bind(behind.at.seconds())
        .bind(behind.id)
        .bind(span.until.seconds())
        .bind(i64::from(span.tenant.is_some()))
        .bind(span.tenant.clone().unwrap_or_default())
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        let rows = rows.iter().map(|row| {
            let kept = AuditRow::read(row)?;
            let place = Place {
                at: Timestamp::from_seconds(row.try_get(4)?),
                id: kept.id,
            };
            Ok((place, kept))
        });
        rows.collect()
    }
}

impl AuditRow {
    /// Reads a row whose first columns are id, event, position and hash.
    pub(super) fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            event: row.try_get(1)?,
            position: row.try_get(2)?,
            hash: row.try_get(3)?,
        })
    }

    /// The event of the row.
    ///
    /// # Errors
    ///
    /// When it cannot be read as an event.
    pub fn event(&self) -> Result<AuditEvent> {
        Ok(serde_json::from_str(&self.event)?)
    }
}
