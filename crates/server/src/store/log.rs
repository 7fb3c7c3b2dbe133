//! The audit log and its chain.

use async_trait::async_trait;
use postern_engine::audit::AuditEvent;
use postern_protocol::Timestamp;
use sqlx::{Any, Transaction};

use super::chain::{AuditRow, Known, Verdict};
use super::result::Result;
use super::sql::SqlStore;
use super::statement::{Statement, row_parameters};
use super::upkeep::Upkeep;

/// The audit log and its chain.
///
/// All moments are arguments: the store has no clock of its own.
#[async_trait]
pub trait AuditLog: Upkeep {
    /// Chains rows of the audit log that are not chained yet, oldest first, at most `limit`.
    /// Returns their number.
    async fn chain(&self, limit: i64) -> Result<u64>;

    /// Rows of the audit log after a number, oldest first.
    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<AuditRow>>;

    /// Verifies the chain of the audit log from its beginning to its end, and a noted position.
    async fn verify_audit(&self, known: Option<&Known>) -> Result<Verdict>;

    /// Begins the chain of the audit log anew after all existing rows, and records why.
    async fn begin_audit_anew(&self, event: &AuditEvent) -> Result<()>;

    /// Deletes rows of the audit log from before a moment, from the beginning of the chain, at most
    /// `limit`. Returns their number.
    async fn forget_audit(&self, before: Timestamp, limit: i64) -> Result<u64>;
}

#[async_trait]
impl AuditLog for SqlStore {
    async fn chain(&self, limit: i64) -> Result<u64> {
        let mut transaction = self.chaining().await?;
        if !self.try_entry_in(&mut transaction).await? {
            return Ok(0);
        }
        let chained = self.chain.go_on(&mut transaction, limit).await?;
        transaction.commit().await?;
        Ok(chained)
    }

    async fn audit(&self, after: i64, limit: i64) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query(
            "SELECT id, event, position, hash FROM audit WHERE id > $1 ORDER BY id LIMIT $2",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(AuditRow::read).collect()
    }

    async fn verify_audit(&self, known: Option<&Known>) -> Result<Verdict> {
        // Reads a snapshot, so that chaining and writing need not wait.
        let mut transaction = self.readers.begin_with(self.dialect.snapshot()).await?;
        self.chain.verify(&mut transaction, known).await
    }

    async fn begin_audit_anew(&self, event: &AuditEvent) -> Result<()> {
        let mut transaction = self.chaining().await?;
        self.chain.begin_anew(&mut transaction).await?;
        self.record_in(&mut transaction, std::slice::from_ref(event))
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn forget_audit(&self, before: Timestamp, limit: i64) -> Result<u64> {
        let mut transaction = self.chaining().await?;
        if !self.try_entry_in(&mut transaction).await? {
            return Ok(0);
        }
        let forgotten = self.chain.forget(&mut transaction, before, limit).await?;
        transaction.commit().await?;
        Ok(forgotten)
    }
}

impl SqlStore {
    /// A transaction that alone changes the chain of the audit log.
    async fn chaining(&self) -> Result<Transaction<'static, Any>> {
        let mut transaction = self.write().await?;
        sqlx::query(self.dialect.lock_chain())
            .fetch_all(&mut *transaction)
            .await?;
        Ok(transaction)
    }
}

pub(super) fn record(audit: &[AuditEvent]) -> Result<Option<Statement>> {
    if audit.is_empty() {
        return Ok(None);
    }
    let places = row_parameters(audit.len(), 3);
    let statement = format!("INSERT INTO audit (at, tenant, event) VALUES {places}");
    let mut query = Statement::new(statement);
    for event in audit {
        query = query
            .bind(event.at.seconds())
            .bind(event.tenant.as_str())
            .bind(serde_json::to_string(event)?);
    }
    Ok(Some(query))
}
