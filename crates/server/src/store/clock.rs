//! The database's clock, compared with the clock of this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use super::dialect::Dialect;
use super::{Result, SqlStore};

impl SqlStore {
    /// Seconds that the database's clock is ahead of ours. The error is up to half the time of the
    /// query. SQLite has no clock of its own.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    #[expect(
        clippy::disallowed_methods,
        reason = "this compares the clock of this machine with the database's"
    )]
    pub(crate) async fn seconds_ahead(&self) -> Result<f64> {
        match self.dialect {
            Dialect::Sqlite => Ok(0.0),
            Dialect::Postgres => {
                let query =
                    "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)";
                let asked = SystemTime::now();
                let theirs: f64 = sqlx::query_scalar(query).fetch_one(&self.readers).await?;
                let answered = SystemTime::now();
                let seconds =
                    |at: SystemTime| at.duration_since(UNIX_EPOCH).map(|it| it.as_secs_f64());
                Ok(theirs - f64::midpoint(seconds(asked)?, seconds(answered)?))
            }
        }
    }
}
