//! Reports which rows each key seals, and seals them again with the first key, a few rows at a
//! time.

use std::time::Duration;

use anyhow::Context;
use postern_engine::audit::AuditEvent;
use postern_protocol::{AttemptId, Guid, Timestamp};
use sqlx::{Any, Row, Transaction};

use super::log::record;
use super::vault::Vault;
use super::{Result, SqlStore};
use crate::keys::KeyName;
use crate::keys::Keys;
use crate::seal::{PREFIX_LENGTH, Seal};

/// Rows that one transaction seals again. They are few, so that requests do not wait long.
const ROWS: i64 = 100;

/// By then every running process has tried its keys again.
const NOTICED_WITHIN: Duration = Duration::from_secs(3);

/// The statements below compare this many bytes.
const _: () = assert!(PREFIX_LENGTH == 5);

/// A table in which each row has sealed data.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Sealed {
    Accounts,
    Registrations,
    Outbox,
}

impl Sealed {
    const fn count(self) -> &'static str {
        match self {
            Self::Accounts => {
                "SELECT COUNT(CASE WHEN substr(account, 1, 5) = $1 THEN 1 END), COUNT(*) FROM accounts"
            }
            Self::Registrations => {
                "SELECT COUNT(CASE WHEN substr(registration, 1, 5) = $1 THEN 1 END), COUNT(*) FROM registrations"
            }
            Self::Outbox => {
                "SELECT COUNT(CASE WHEN substr(sealed, 1, 5) = $1 THEN 1 END), COUNT(*) FROM outbox"
            }
        }
    }

    /// The query for rows after a position that the first key has not sealed, in order: two names
    /// of the row, and the sealed data.
    const fn others(self) -> &'static str {
        match self {
            Self::Accounts => {
                "SELECT tenant, id, account FROM accounts WHERE substr(account, 1, 5) <> $1 \
                 AND (tenant > $2 OR (tenant = $2 AND id > $3)) ORDER BY tenant, id LIMIT $4"
            }
            Self::Registrations => {
                "SELECT tenant, account, registration FROM registrations WHERE substr(registration, 1, 5) <> $1 \
                 AND (tenant > $2 OR (tenant = $2 AND account > $3)) ORDER BY tenant, account LIMIT $4"
            }
            Self::Outbox => {
                "SELECT '', CAST(id AS TEXT), sealed FROM outbox WHERE substr(sealed, 1, 5) <> $1 \
                 AND $2 = '' AND id > CAST(CAST($3 AS TEXT) AS BIGINT) ORDER BY outbox.id LIMIT $4"
            }
        }
    }

    /// Seals a row, unless it was changed meanwhile: such a change has sealed it with the first
    /// key.
    const fn update(self) -> &'static str {
        match self {
            Self::Accounts => {
                "UPDATE accounts SET account = $3 WHERE tenant = $1 AND id = $2 AND account = $4"
            }
            Self::Registrations => {
                "UPDATE registrations SET registration = $3 WHERE tenant = $1 AND account = $2 AND registration = $4"
            }
            Self::Outbox => {
                "UPDATE outbox SET sealed = $3 WHERE $1 = '' AND id = CAST(CAST($2 AS TEXT) AS BIGINT) AND sealed = $4"
            }
        }
    }

    /// The position before every row.
    const fn beginning(self) -> (&'static str, &'static str) {
        match self {
            Self::Accounts | Self::Registrations => ("", ""),
            Self::Outbox => ("", "0"),
        }
    }
}

impl SqlStore {
    /// The keys of the deployment, with the lasting part of this database.
    pub const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The number of rows that the first key has sealed, and of those that other keys have sealed.
    pub(crate) async fn sealed(&self, table: Sealed, seal: &Seal) -> Result<(i64, i64)> {
        let row = sqlx::query(table.count())
            .bind(seal.prefix())
            .fetch_one(self.readers())
            .await?;
        let (first, all): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        Ok((first, all - first))
    }

    /// Seals every row of a table with the first key. Returns how many rows none of the keys opens;
    /// those stay.
    pub(crate) async fn seal_again(&self, table: Sealed, seal: &Seal) -> Result<u64> {
        let mut unopened = 0;
        let (tenant, id) = table.beginning();
        let mut place = (tenant.to_owned(), id.to_owned());
        loop {
            let rows = sqlx::query(table.others())
                .bind(seal.prefix())
                .bind(place.0.clone())
                .bind(place.1.clone())
                .bind(ROWS)
                .fetch_all(self.readers())
                .await?;
            if rows.is_empty() {
                return Ok(unopened);
            }
            let mut transaction = self.write().await?;
            for row in &rows {
                place = (row.try_get(0)?, row.try_get(1)?);
                let sealed: Vec<u8> = row.try_get(2)?;
                match seal.close_again(&sealed) {
                    Ok(None) => {}
                    Err(_) => unopened += 1,
                    Ok(Some(again)) => {
                        sqlx::query(table.update())
                            .bind(place.0.clone())
                            .bind(place.1.clone())
                            .bind(again)
                            .bind(sealed)
                            .execute(&mut *transaction)
                            .await?;
                    }
                }
            }
            transaction.commit().await?;
        }
    }

    /// The number of open attempts that were begun with the first key, and of those begun with
    /// others.
    pub(crate) async fn attempts_by_key(&self, now: Timestamp) -> Result<(i64, i64)> {
        let first = KeyName::of(self.keys().first());
        let rows = sqlx::query("SELECT id, token FROM attempts WHERE ends_at > $1")
            .bind(now.seconds())
            .fetch_all(self.readers())
            .await?;
        let mut counted = (0, 0);
        for row in &rows {
            let (id, token): (Vec<u8>, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
            let id = <[u8; 16]>::try_from(id.as_slice()).ok();
            let token = <[u8; 32]>::try_from(token.as_slice()).ok();
            let key = id.zip(token).and_then(|(id, token)| {
                let id = AttemptId(Guid::from_bytes(id));
                self.keys().ring().of_attempt(id, &token).map(KeyName::of)
            });
            if key == Some(first) {
                counted.0 += 1;
            } else {
                counted.1 += 1;
            }
        }
        Ok(counted)
    }
}

impl SqlStore {
    /// Records events in a transaction.
    pub(crate) async fn record_in(
        &self,
        transaction: &mut Transaction<'static, Any>,
        events: &[AuditEvent],
    ) -> Result<()> {
        if let Some(statement) = record(events)? {
            statement.query().execute(&mut **transaction).await?;
        }
        Ok(())
    }

    /// Seals the vault with the first key before anything else is sealed with it, so that a process
    /// without that key notices. If another key has replaced the first one since, the vault stays
    /// as it is.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub(crate) async fn begin_with_first(&self) -> Result<()> {
        self.seal_vault(false).await
    }

    /// Seals the vault and the ends of the audit log's chain with the first key. Keeps the linking
    /// keys of the other keys, so that their rows can be verified when those keys are no longer
    /// configured. Returns after processes without the first key have had time to notice.
    pub(crate) async fn rotate_vault(&self) -> Result<()> {
        self.seal_vault(true).await
    }

    async fn seal_vault(&self, is_asked_for: bool) -> Result<()> {
        let mut transaction = self.write().await?;
        sqlx::query(self.dialect.lock_chain())
            .fetch_all(&mut *transaction)
            .await?;
        let seal = Vault::seal(&self.keys);
        let vault = Vault::read(&mut transaction, &seal).await?;
        let mut vault = vault.context("the database has no check value")?;
        let (before, first) = (Vault::prefix(&mut transaction).await?, seal.prefix());
        let is_changed = before != first;
        if !is_asked_for && (!is_changed || vault.superseded.contains(&first)) {
            return Ok(());
        }
        vault.superseded.retain(|key| *key != first);
        if is_changed {
            vault.superseded.push(before);
        }
        for key in self.keys.iter().skip(1) {
            let linking = super::chain::linking(key);
            if !vault.chains.contains(&linking) {
                vault.chains.push(linking);
            }
        }
        vault.keep(&mut transaction, &seal).await?;
        self.chain.seal_again(&mut transaction).await?;
        transaction.commit().await?;
        if is_changed {
            tokio::time::sleep(NOTICED_WITHIN).await;
        }
        Ok(())
    }
}
