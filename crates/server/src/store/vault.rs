//! The vault: what the keys of a deployment have in common, sealed in the database. A process that
//! cannot open it has another key.
//!
//! It is opened before anything else is read or written. A database that was made before there was
//! a vault is tried by what is sealed in it.

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

/// Rows of each table that a database without a vault is tried by. One that opens is enough; some
/// may have been sealed with a wrong key before it was refused.
const ROWS_TRIED: i64 = 50;

/// What is in it.
#[derive(Clone, Deserialize, Serialize)]
pub(super) struct Vault {
    /// What digests are made with that have to stay the same when the key is exchanged.
    pub(super) lasting: [u8; 32],
    /// What the chain of the audit log was made with under keys that were left out since.
    #[serde(default)]
    pub(super) chains: Vec<[u8; 32]>,
    /// What everything began with that keys have sealed which others took the place of. A start
    /// does not put them back, since processes without the newer key would take it for theirs.
    #[serde(default)]
    pub(super) superseded: Vec<Vec<u8>>,
    /// Whether the audit log has had a row. It is here because the vault cannot be taken out
    /// without being missed.
    #[serde(default)]
    pub(super) has_audit: bool,
}

impl Drop for Vault {
    fn drop(&mut self) {
        self.lasting.zeroize();
        self.chains.zeroize();
    }
}

/// None of the keys is the one that the database was made with.
#[derive(Clone, Copy, Debug)]
pub struct WrongKey;

impl fmt::Display for WrongKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "this database was made with another key; nothing in it was read or changed. Configure the key that it was \
             made with, or another database",
        )
    }
}

impl std::error::Error for WrongKey {}

impl Vault {
    pub(super) fn seal(keys: &Keys) -> Seal {
        Seal::new(keys, "vault")
    }

    /// The vault, as it is or as it would be; nothing is changed.
    ///
    /// # Errors
    ///
    /// [`WrongKey`], and when the database does not answer.
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

    /// The vault as it is in a transaction; `None` where there is none.
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

    /// What it begins with, by which its key is known.
    pub(super) async fn prefix(transaction: &mut Transaction<'static, Any>) -> Result<Vec<u8>> {
        let row = sqlx::query("SELECT sealed FROM vault")
            .fetch_one(&mut **transaction)
            .await?;
        let mut sealed: Vec<u8> = row.try_get(0)?;
        sealed.truncate(PREFIX_LENGTH);
        Ok(sealed)
    }

    /// Keeps it in the place of what there was.
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

    /// The vault; it is there from now on.
    pub(super) async fn open(pool: &AnyPool, keys: &Keys) -> Result<Self> {
        let vault = Self::look(pool, keys).await?;
        sqlx::query("INSERT INTO vault (one, sealed) VALUES (1, $1) ON CONFLICT DO NOTHING")
            .bind(Self::seal(keys).close(&vault)?)
            .execute(pool)
            .await?;
        // Another replica may have been first.
        Self::look(pool, keys).await
    }
}

/// Something that only the right key has made.
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

/// What there is of it in a database that has no vault.
async fn evidence(pool: &AnyPool) -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (purpose, query) in [
        ("accounts", "SELECT account FROM accounts LIMIT $1"),
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

/// Rows of a table, or none where the database is older than the table.
async fn rows(pool: &AnyPool, query: &'static str) -> Result<Vec<AnyRow>> {
    let query = sqlx::query(query);
    match query.bind(ROWS_TRIED).fetch_all(pool).await {
        Err(sqlx::Error::Database(error)) if is_not_there(&*error) => Ok(Vec::new()),
        rows => Ok(rows?),
    }
}

/// Whether a table or a column is missing. Nothing else may pass for an empty table: a wrong key
/// would be taken for a right one.
fn is_not_there(error: &dyn DatabaseError) -> bool {
    // PostgreSQL documentation, appendix A: undefined_table and undefined_column. SQLite has words
    // alone.
    matches!(error.code().as_deref(), Some("42P01" | "42703"))
        || error.message().starts_with("no such ")
}
