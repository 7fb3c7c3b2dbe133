//! The store in a database: SQLite for one process, PostgreSQL for many.

use anyhow::Context;
use postern_protocol::{AttemptId, Guid};
use sqlx::any::AnyRow;
use sqlx::{Any, AnyPool, Row, Transaction};

use super::chain::Chain;
use super::dialect::Dialect;
use super::entry::KeyTrial;
use super::result::Result;
use super::writers::{Change, Outcome, Writers};
use crate::keys::Keys;

/// A store in a database.
pub struct SqlStore {
    pub(super) dialect: Dialect,
    pub(super) readers: AnyPool,
    pub(super) writers: Writers,
    pub(super) chain: Chain,
    pub(super) keys: Keys,
    pub(super) entry: KeyTrial,
}

impl SqlStore {
    /// The same store without joined statements and grouped changes, for the bench that measures
    /// what those save.
    #[must_use]
    pub fn writing_apart(mut self) -> Self {
        self.writers = self.writers.apart();
        self
    }

    /// The pool for reading, for modules with their own tables in the same database.
    pub(crate) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// A transaction that writes.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Any>> {
        self.writers.begin().await
    }

    /// Makes a change from prepared statements.
    pub(crate) async fn change(&self, change: Change) -> Result<Outcome> {
        self.writers.change(change).await
    }
}

pub(super) fn attempt_id(row: &AnyRow, column: usize) -> Result<AttemptId> {
    let bytes: Vec<u8> = row.try_get(column)?;
    let bytes =
        <[u8; 16]>::try_from(bytes.as_slice()).context("a stored id does not have 16 bytes")?;
    Ok(AttemptId(Guid::from_bytes(bytes)))
}
