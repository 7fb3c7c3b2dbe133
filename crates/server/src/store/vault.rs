//! The vault: data that all keys of a deployment share, sealed in the database. A process that
//! cannot open it has the wrong key.
//!
//! The store opens the vault before it reads or writes anything else. In a database from before
//! vaults existed, the keys are tried on other sealed data.

use std::fmt;

use anyhow::Result;
use postern_engine::EngineKey;
use postern_protocol::{AttemptId, Guid};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::error::DatabaseError;
use sqlx::{Any, AnyPool, Row, Transaction};
use zeroize::Zeroize;

use super::chain::{ENDS, Ends, EndsSeal};
use crate::keys::Keys;
use crate::seal::{PREFIX_LENGTH, Seal};

/// Rows of each table that keys are tried on in a database without a vault. One row that opens is
/// enough. Some rows may have been sealed with a wrong key before it was refused.
const ROWS_TRIED: i64 = 50;

/// The content of the vault.
#[derive(Clone, Deserialize, Serialize)]
pub(super) struct Vault {
    /// The secret for digests that must stay the same when the key is exchanged.
    pub(super) lasting: [u8; 32],
    /// Linking keys of the audit log's chain from keys that are no longer configured.
    #[serde(default)]
    pub(super) chains: Vec<[u8; 32]>,
    /// Prefixes of data sealed by keys that another key has replaced. A start does not make such a
    /// key the first one again. Otherwise processes without the newer key would take the database
    /// for theirs.
    #[serde(default)]
    pub(super) superseded: Vec<Vec<u8>>,
    /// Whether the audit log has ever had a row. This is in the vault, since removing the vault is
    /// noticed.
    #[serde(default)]
    pub(super) has_audit: bool,
}

impl Drop for Vault {
    fn drop(&mut self) {
        self.lasting.zeroize();
        self.chains.zeroize();
    }
}

/// The error that none of the keys is the one that the database was made with.
#[derive(Clone, Copy, Debug)]
pub struct WrongKey;

impl fmt::Display for WrongKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "this database was created with another key. Nothing in it was read or changed. Configure the key that it was created with, \
             or another database",
        )
    }
}

impl std::error::Error for WrongKey {}

impl Vault {
    pub(super) fn seal(keys: &Keys) -> Seal {
        Seal::new(keys, "vault")
    }

    /// The vault as it is, or as it would be created. Changes nothing.
    ///
    /// # Errors
    ///
    /// [`WrongKey`], or when the database does not answer.
    pub(super) async fn look(pool: &AnyPool, keys: &Keys) -> Result<Self> {
        let sealed = rows(pool, "SELECT sealed FROM vault LIMIT $1").await?;
        if let Some(row) = sealed.first() {
            let sealed: Vec<u8> = row.try_get(0)?;
            return Self::seal(keys).open(&sealed).map_err(|_| WrongKey.into());
        }
        let evidence = evidence(pool).await?;
        let found = keys
            .iter()
            .find(|key| evidence.iter().any(|it| it.is_of(key)));
        let lasting = match found {
            Some(key) => *key.clone().lasting_itself().lasting(),
            None if evidence.is_empty() => *keys.first().lasting(),
            None => return Err(WrongKey.into()),
        };
        Ok(Self {
            lasting,
            chains: Vec::new(),
            superseded: Vec::new(),
            has_audit: !evidence.is_empty(),
        })
    }

    /// The vault inside a transaction; `None` if there is none.
    pub(super) async fn read(
        transaction: &mut Transaction<'static, Any>,
        seal: &Seal,
    ) -> Result<Option<Self>> {
        let row = sqlx::query("SELECT sealed FROM vault")
            .fetch_optional(&mut **transaction)
            .await?;
        let sealed = row.map(|row| row.try_get::<Vec<u8>, _>(0)).transpose()?;
        sealed.map(|sealed| seal.open(&sealed)).transpose()
    }

    /// The prefix of the sealed vault, which identifies its key.
    pub(super) async fn prefix(transaction: &mut Transaction<'static, Any>) -> Result<Vec<u8>> {
        let row = sqlx::query("SELECT sealed FROM vault")
            .fetch_one(&mut **transaction)
            .await?;
        let mut sealed: Vec<u8> = row.try_get(0)?;
        sealed.truncate(PREFIX_LENGTH);
        Ok(sealed)
    }

    /// Stores the vault in place of the previous one.
    pub(super) async fn keep(
        &self,
        transaction: &mut Transaction<'static, Any>,
        seal: &Seal,
    ) -> Result<()> {
        sqlx::query("UPDATE vault SET sealed = $1")
            .bind(seal.close(self)?)
            .execute(&mut **transaction)
            .await?;
        Ok(())
    }

    /// Opens the vault. Creates it if there is none.
    pub(super) async fn open(pool: &AnyPool, keys: &Keys) -> Result<Self> {
        let vault = Self::look(pool, keys).await?;
        sqlx::query("INSERT INTO vault (one, sealed) VALUES (1, $1) ON CONFLICT DO NOTHING")
            .bind(Self::seal(keys).close(&vault)?)
            .execute(pool)
            .await?;
        // Another replica may have created it first.
        Self::look(pool, keys).await
    }
}

/// Data that only the right key can have made.
enum Evidence {
    Sealed(&'static str, Vec<u8>),
    Token(AttemptId, Vec<u8>),
    Ends(Ends),
}

impl Evidence {
    fn is_of(&self, key: &EngineKey) -> bool {
        match self {
            Self::Sealed(purpose, sealed) => {
                let seal = Seal::new(&Keys::from(key), purpose);
                seal.open::<serde::de::IgnoredAny>(sealed).is_ok()
            }
            Self::Token(id, digest) => {
                key.token_digest(&key.token(*id)).as_bytes()[..] == digest[..]
            }
            Self::Ends(ends) => EndsSeal::of(&Keys::from(key)).is_ours(ends),
        }
    }
}

/// Such data in a database without a vault.
async fn evidence(pool: &AnyPool) -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (purpose, query) in [
        ("accounts", "SELECT account FROM accounts LIMIT $1"),
        (
            "registrations",
            "SELECT registration FROM registrations LIMIT $1",
        ),
        ("outbox", "SELECT sealed FROM outbox LIMIT $1"),
    ] {
        for row in rows(pool, query).await? {
            evidence.push(Evidence::Sealed(purpose, row.try_get(0)?));
        }
    }
    for row in rows(pool, "SELECT id, token FROM attempts LIMIT $1").await? {
        let id: Vec<u8> = row.try_get(0)?;
        if let Ok(id) = <[u8; 16]>::try_from(id.as_slice()) {
            let id = AttemptId(Guid::from_bytes(id));
            evidence.push(Evidence::Token(id, row.try_get(1)?));
        }
    }
    for row in rows(pool, ENDS).await? {
        let ends = Ends::read(&row)?;
        if ends.is_sealed() {
            evidence.push(Evidence::Ends(ends));
        }
    }
    Ok(evidence)
}

/// Rows of a table; none if the database is older than the table.
async fn rows(pool: &AnyPool, query: &'static str) -> Result<Vec<AnyRow>> {
    let query = sqlx::query(query);
    match query.bind(ROWS_TRIED).fetch_all(pool).await {
        Err(sqlx::Error::Database(error)) if is_not_there(&*error) => Ok(Vec::new()),
        rows => Ok(rows?),
    }
}

/// Whether an error means that a table or column is missing. No other error may pass for an empty
/// table, since a wrong key would then be accepted.
fn is_not_there(error: &dyn DatabaseError) -> bool {
    // PostgreSQL documentation, appendix A: undefined_table and undefined_column. SQLite has only a
    // message.
    matches!(error.code().as_deref(), Some("42P01" | "42703"))
        || error.message().starts_with("no such ")
}
