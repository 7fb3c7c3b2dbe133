//! Whether a database can be written: tried in a transaction that is rolled back.

use super::dialect::Dialect;
use super::{Result, SqlStore, trouble};

/// What the server does to its tables: all of it is refused where it may not be done, though there
/// is no such row.
const CHANGES: [&str; 5] = [
    "UPDATE accounts SET version = version WHERE 1 = 0",
    "INSERT INTO attempts SELECT * FROM attempts WHERE 1 = 0",
    "INSERT INTO audit (event) SELECT event FROM audit WHERE 1 = 0",
    "UPDATE ledgers SET version = version WHERE 1 = 0",
    "DELETE FROM outbox WHERE 1 = 0",
];

/// A table as a migration makes one.
const TABLE: &str = "CREATE TABLE postern_can_be_written (one INTEGER)";

impl SqlStore {
    /// Whether the start could change what it has to: its tables, where it brings them up to date,
    /// and what is in them, where they are. Nothing is changed.
    ///
    /// # Errors
    ///
    /// The same as the start's.
    pub async fn check_writable(&self, url: &str, migrates: bool) -> Result<()> {
        let is_migrated = self.missing_migrations().await?.is_empty();
        let tables = (migrates || self.dialect == Dialect::Sqlite).then_some(TABLE);
        let changes = CHANGES.into_iter().filter(|_| is_migrated);
        let mut transaction = self.writers.begin().await?;
        for statement in tables.into_iter().chain(changes) {
            let tried = sqlx::query(statement).execute(&mut *transaction).await;
            tried.map_err(|error| trouble::of_connection(url, &error))?;
        }
        Ok(transaction.rollback().await?)
    }
}
