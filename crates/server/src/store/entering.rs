//! Tries the keys of this process against the database that it is to read or change.

use sqlx::{Any, Transaction};

use super::{Result, SqlStore};

/// The query for what is tried.
const SEALED: &str = "SELECT sealed FROM vault";

impl SqlStore {
    /// Whether the keys opened the database when they were tried last, which is a second ago or
    /// less while a service runs.
    pub(super) fn is_open(&self) -> bool {
        self.entry.is_open()
    }

    /// Whether another of the configured keys than the first seals the database now.
    pub(crate) async fn is_behind(&self) -> Result<bool> {
        self.try_entry().await?;
        Ok(self.entry.is_behind())
    }

    /// Tries whether the keys open the database.
    pub(super) async fn try_entry(&self) -> Result<bool> {
        let row = sqlx::query(SEALED).fetch_optional(&self.readers).await?;
        self.entry.tried(row.as_ref())
    }

    /// The same as it is in a transaction.
    pub(super) async fn try_entry_in(
        &self,
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<bool> {
        let row = sqlx::query(SEALED).fetch_optional(&mut **transaction);
        self.entry.tried(row.await?.as_ref())
    }
}
