//! Checks in a transaction that is rolled back whether a database can be written.

use super::dialect::Dialect;
use super::{Result, SqlStore, trouble};

/// The server's changes to its tables, without matching rows. The database refuses them all if the
/// user lacks the permission.
const CHANGES: [&str; 5] = [
    "UPDATE accounts SET version = version WHERE 1 = 0",
    "INSERT INTO attempts SELECT * FROM attempts WHERE 1 = 0",
    "INSERT INTO audit (event) SELECT event FROM audit WHERE 1 = 0",
    "UPDATE ledgers SET version = version WHERE 1 = 0",
    "DELETE FROM outbox WHERE 1 = 0",
];

/// A table, as a migration creates one.
const TABLE: &str = "CREATE TABLE postern_can_be_written (one INTEGER)";

impl SqlStore {
    /// Checks whether the start could make its changes: to the tables if it brings them up to date,
    /// and to their rows. Changes nothing.
    ///
    /// # Errors
    ///
    /// The same errors as those of the start.
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
