//! Tries the keys of this process on a database before it is read or changed.

use sqlx::{Any, Transaction};

use super::{Result, SqlStore};

/// The query for the data that the keys are tried on.
const SEALED: &str = "SELECT sealed FROM vault";

impl SqlStore {
    /// Whether the keys opened the database at the last try. While a service runs, that is at most
    /// a second ago.
    pub(super) fn is_open(&self) -> bool {
        self.entry.is_open()
    }

    /// Whether a configured key other than the first seals the database now.
    pub(crate) async fn is_behind(&self) -> Result<bool> {
        self.try_entry().await?;
        Ok(self.entry.is_behind())
    }

    /// Tries whether the keys open the database.
    pub(super) async fn try_entry(&self) -> Result<bool> {
        let row = sqlx::query(SEALED).fetch_optional(&self.readers).await?;
        self.entry.tried(row.as_ref())
    }

    /// The same in a transaction.
    pub(super) async fn try_entry_in(
        &self,
        transaction: &mut Transaction<'static, Any>,
    ) -> Result<bool> {
        let row = sqlx::query(SEALED).fetch_optional(&mut **transaction);
        self.entry.tried(row.await?.as_ref())
    }
}
