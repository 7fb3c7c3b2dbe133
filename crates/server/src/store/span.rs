//! The audit log of a span of time, page by page.

use postern_engine::audit::AuditEvent;
use postern_protocol::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{AuditRow, Result, SqlStore};

/// What is asked for: from a moment on, until before another.
#[derive(Clone, Debug)]
pub struct Span {
    /// The first moment of it.
    pub since: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// The domain that names the tenant, if it is about one alone.
    pub tenant: Option<String>,
}

/// Where a page ends and the next one begins.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place {
    /// The moment of the last row.
    pub at: Timestamp,
    /// Its number.
    pub id: i64,
}

impl SqlStore {
    /// Whether any event is of a tenant, by the domain that names it.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
    pub async fn has_audit_of(&self, tenant: &str) -> Result<bool> {
        let row = sqlx::query("SELECT 1 FROM audit WHERE tenant = $1 LIMIT 1")
            .bind(tenant)
            .fetch_optional(self.readers())
            .await?;
        Ok(row.is_some())
    }

    /// Rows of the audit log of a span, from behind a place, in the order in which things happened.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
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
    /// A row of a query whose first columns are id, event, position and hash.
    pub(super) fn read(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            event: row.try_get(1)?,
            position: row.try_get(2)?,
            hash: row.try_get(3)?,
        })
    }

    /// What happened.
    ///
    /// # Errors
    ///
    /// When it is not what was written.
    pub fn event(&self) -> Result<AuditEvent> {
        Ok(serde_json::from_str(&self.event)?)
    }
}
