//! Writes rows of registrations.

use std::collections::BTreeSet;

use anyhow::Result;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use crate::places::any_place;
use crate::store::row_parameters;

/// A row to write.
pub(crate) struct NewRow<'a> {
    pub(crate) tenant: &'a str,
    pub(crate) account: &'a str,
    pub(crate) sealed: Vec<u8>,
    /// The version that was read; 0 if there was no row.
    pub(crate) version: i64,
}

/// Writes the rows that still have the version that was read, and returns the indexes of the
/// others. PostgreSQL locks those others until the transaction ends ("INSERT", ON CONFLICT DO
/// UPDATE), and SQLite has one writer.
pub(crate) async fn put(
    transaction: &mut Transaction<'static, Any>,
    rows: &[NewRow<'_>],
) -> Result<Vec<usize>> {
    let query = format!(
        "INSERT INTO registrations (tenant, account, registration, version, place) VALUES {} \
         ON CONFLICT (tenant, account) DO UPDATE SET registration = excluded.registration, version = excluded.version \
         WHERE registrations.version = excluded.version - 1 RETURNING tenant, account",
        row_parameters(rows.len(), 5)
    );
    let mut query = sqlx::query(AssertSqlSafe(query));
    for row in rows {
        query = query
            .bind(row.tenant.to_owned())
            .bind(row.account.to_owned())
            .bind(row.sealed.clone())
            .bind(row.version + 1)
            .bind(any_place());
    }
    let done = query.fetch_all(&mut **transaction).await?;
    let done: Result<BTreeSet<(String, String)>> = done
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect();
    let done = done?;
    let is_stale =
        |row: &NewRow<'_>| !done.contains(&(row.tenant.to_owned(), row.account.to_owned()));
    let stale = rows.iter().enumerate();
    Ok(stale
        .filter_map(|(index, row)| is_stale(row).then_some(index))
        .collect())
}
