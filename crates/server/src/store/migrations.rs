//! The migrations that a database has, and those that this program knows.

use anyhow::ensure;
use sqlx::Row;

use super::{Result, SqlStore};

/// The error for an empty database that must stay empty.
pub(super) const NO_TABLES: &str = "the database does not have the tables of this program yet. `postern-server migrate` creates them; \
     with --no-migrate nothing else does";

impl SqlStore {
    /// Checks that no newer program has changed the database.
    ///
    /// # Errors
    ///
    /// When the database has migrations that this program does not know, or does not answer.
    pub async fn check_not_newer(&self) -> Result<()> {
        let unknown = self.unknown_migrations().await?;
        ensure!(
            unknown.is_empty(),
            "the database is newer than this program: it has the migrations {unknown:?}, which this program does not know. \
             Start the version of the program that made them, or restore the backup from before the upgrade"
        );
        Ok(())
    }

    /// Checks that the database is up to date.
    pub(super) async fn check_up_to_date(&self) -> Result<()> {
        let missing = self.missing_migrations().await?;
        ensure!(
            missing.len() < self.dialect.migrations().iter().count(),
            NO_TABLES
        );
        ensure!(
            missing.is_empty(),
            "the database is older than this program: it lacks the migrations {}. `postern-server migrate` of this program applies them; \
             with --no-migrate nothing else does",
            missing.join(", ")
        );
        Ok(())
    }

    /// Migrations of the database that this program does not know: a newer program has applied
    /// them.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn unknown_migrations(&self) -> Result<Vec<i64>> {
        let known = |version: &i64| {
            let mut migrations = self.dialect.migrations().iter();
            migrations.any(|migration| migration.version == *version)
        };
        let mut applied = self.applied_migrations().await?;
        applied.retain(|version| !known(version));
        Ok(applied)
    }

    async fn applied_migrations(&self) -> Result<Vec<i64>> {
        let exists: i64 = sqlx::query_scalar(self.dialect.has_migrations())
            .fetch_one(&self.readers)
            .await?;
        if exists == 0 {
            return Ok(Vec::new());
        }
        let rows =
            sqlx::query("SELECT version FROM _sqlx_migrations WHERE success ORDER BY version")
                .fetch_all(&self.readers)
                .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Migrations that the database lacks.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn missing_migrations(&self) -> Result<Vec<String>> {
        let applied = self.applied_migrations().await?;
        let missing = self
            .dialect
            .migrations()
            .iter()
            .filter(|migration| !applied.contains(&migration.version))
            .map(|migration| format!("{} {}", migration.version, migration.description));
        Ok(missing.collect())
    }
}
