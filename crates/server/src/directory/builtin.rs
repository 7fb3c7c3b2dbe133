//! Accounts that the service keeps itself. Account data is sealed, passwords are hashed, and groups
//! are in tables of their own.

mod administration;
pub(crate) mod bulk;
mod census;
mod groups;
mod moved;
pub(crate) mod password;
mod scope;
mod stand_in;
pub(crate) mod unable;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use anyhow::{Context, bail, ensure};
use async_trait::async_trait;
use postern_engine::account::{AccountId, PasswordSource};
use postern_engine::command::PasswordWrite;
use postern_engine::{
    Account, EngineKey, Identifier, Person, Population, Registration, Tenant, WriteBackHealth,
    Written,
};
use postern_protocol::DirectoryRule;
use sqlx::Row;
use sqlx::any::AnyRow;
use tokio::sync::Semaphore;
use tracing::error;

use self::password::Memory;
pub use self::scope::EmptyGroup;
use super::Directory;
use crate::keys::Keys;
use crate::places::{Places, any_place};
use crate::registrations::{Registrations, Within};
use crate::seal::Seal;
use crate::store::{Change, Commit, Outcome, SqlStore, Statement};

/// Number of recent passwords that may not be used again, including the present one.
const HISTORY_LENGTH: usize = 3;

/// Maximum retries of a change when other requests change the account meanwhile. Each of those was
/// a separate commit to this account. Real traffic never causes so many in a row.
const CHANGES_MAX: usize = 10;

/// Accounts in the store's own database.
pub struct BuiltIn {
    store: Arc<SqlStore>,
    seal: Seal,
    /// Permits to hash a password: one for each processor.
    turns: Semaphore,
    /// Scratch memories that are free at the moment.
    memories: Arc<Mutex<Vec<Memory>>>,
    places: Places,
    registrations: Registrations,
}

/// An account in the form of its row.
struct AccountRow {
    person: Person,
    /// The registration, if the row still has it.
    within: Option<Registration>,
    /// Hashes of passwords, the newest last.
    passwords: Vec<String>,
    version: i64,
}

impl BuiltIn {
    /// The accounts of a database.
    pub fn new(store: Arc<SqlStore>, keys: impl Into<Keys>) -> Self {
        let keys = keys.into();
        Self {
            seal: Seal::new(&keys, "accounts"),
            turns: Semaphore::new(available_parallelism().map_or(1, usize::from)),
            memories: Arc::default(),
            places: Places::new(&keys),
            registrations: Registrations::new(store.clone(), &keys),
            store,
        }
    }

    /// Inserts an account with its registration, or replaces the one with the same id. Its password
    /// stays. It becomes a direct member of its groups.
    ///
    /// # Errors
    ///
    /// When an identifier belongs to another account, or the store fails.
    pub async fn put(&self, tenant: &str, account: &Account) -> anyhow::Result<()> {
        let (person, registration) = (&account.person, &account.registration);
        let id = person.id.as_str();
        let mut transaction = self.store.write().await?;
        sqlx::query(
            "INSERT INTO accounts (tenant, id, account, passwords, version, place) VALUES ($1, $2, $3, '[]', 1, $4) \
             ON CONFLICT (tenant, id) DO UPDATE SET account = excluded.account, version = accounts.version + 1",
        )
        .bind(tenant)
        .bind(id)
        .bind(self.close(person)?)
        .bind(any_place())
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO registrations (tenant, account, registration, version, place) VALUES ($1, $2, $3, 1, $4) \
             ON CONFLICT (tenant, account) DO UPDATE SET registration = excluded.registration, version = registrations.version + 1",
        )
        .bind(tenant)
        .bind(id)
        .bind(self.registrations.close(registration)?)
        .bind(any_place())
        .execute(&mut *transaction)
        .await?;
        groups::set(&mut transaction, tenant, id, &person.groups).await?;
        sqlx::query("DELETE FROM identifiers WHERE tenant = $1 AND account = $2")
            .bind(tenant)
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        for identifier in &person.identifiers {
            let normalised = Identifier::parse(identifier)
                .ok()
                .context("an identifier of the account is invalid")?;
            let done = sqlx::query(
                "INSERT INTO identifiers (tenant, identifier, account) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            )
            .bind(tenant)
            .bind(normalised.normalised())
            .bind(id)
            .execute(&mut *transaction)
            .await?;
            ensure!(
                done.rows_affected() == 1,
                "another account of {tenant} has the identifier {identifier}"
            );
        }
        Ok(transaction.commit().await?)
    }

    /// Sets the groups that are members of a group, and removes all other groups from it.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn nest(&self, tenant: &str, group: &str, members: &[String]) -> anyhow::Result<()> {
        let mut transaction = self.store.write().await?;
        groups::nest(&mut transaction, tenant, group, members).await?;
        Ok(transaction.commit().await?)
    }

    /// Gives an account a password without checking the rules.
    ///
    /// # Errors
    ///
    /// When there is no such account, or the store fails.
    pub async fn give_password(
        &self,
        tenant: &str,
        id: &AccountId,
        password: &str,
    ) -> anyhow::Result<()> {
        let password = zeroize::Zeroizing::new(password.to_owned());
        let hash = self
            .in_turn(move |memory| memory.hash_of(&password))
            .await??;
        for _ in 0..CHANGES_MAX {
            let row = self.row(tenant, id).await?;
            let mut row = row.with_context(|| format!("{tenant} has no account {id}"))?;
            row.passwords.push(hash.clone());
            if self.change(tenant, &row).await? {
                return Ok(());
            }
        }
        bail!(overtaken(tenant, id))
    }

    /// Whether a password is the account's present one.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn is_password(
        &self,
        tenant: &str,
        id: &AccountId,
        password: &str,
    ) -> anyhow::Result<bool> {
        let Some(row) = self.row(tenant, id).await? else {
            return Ok(false);
        };
        let password = password.to_owned();
        let newest = row.passwords.last().cloned();
        self.in_turn(move |memory| newest.is_some_and(|hash| memory.is_hash_of(&hash, &password)))
            .await
    }

    /// Runs Argon2 on the blocking pool, since one hash takes a noticeable time by design. At most
    /// one hash runs per processor: more would not finish sooner, and each needs its own memory.
    async fn in_turn<T: Send + 'static>(
        &self,
        hash: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> anyhow::Result<T> {
        let _turn = self.turns.acquire().await?;
        let memories = self.memories.clone();
        let hash = move || {
            let free = || memories.lock().unwrap_or_else(PoisonError::into_inner);
            let mut memory = free().pop().unwrap_or_default();
            let hashed = hash(&mut memory);
            free().push(memory);
            hashed
        };
        Ok(tokio::task::spawn_blocking(hash).await?)
    }

    /// Seals a person without their groups, which are in tables of their own.
    fn close(&self, person: &Person) -> anyhow::Result<Vec<u8>> {
        self.seal.close(&Person {
            groups: Vec::new(),
            ..person.clone()
        })
    }

    /// The account of a row and its registration. Without a registration, the row may still have
    /// it.
    fn joined(&self, row: &[u8], registration: Option<Vec<u8>>) -> anyhow::Result<Account> {
        let registration = match registration {
            Some(sealed) => self.registrations.open(&sealed)?,
            None => self.within(row)?.unwrap_or_default(),
        };
        Ok(Account::of(self.seal.open(row)?, registration))
    }

    /// The registration that a row still has.
    fn within(&self, row: &[u8]) -> anyhow::Result<Option<Registration>> {
        Ok(self.seal.open::<Within>(row)?.registration())
    }

    /// What people registered.
    pub const fn registrations(&self) -> &Registrations {
        &self.registrations
    }

    /// The person that one of the queries of [`groups`] finds. If it finds none, this opens the
    /// stand-in account of the name instead, so that it takes the same time.
    async fn with_groups(
        &self,
        query: &'static str,
        tenant: &Tenant,
        name: &str,
        stand_in_for: &str,
    ) -> anyhow::Result<Option<Person>> {
        let rows = self.read(query, tenant, name, stand_in_for).await?;
        let (mut found, mut groups) = (None::<Person>, Vec::new());
        for row in rows {
            match row.try_get::<Option<Vec<u8>>, _>(0)? {
                Some(sealed) if row.try_get::<i64, _>(2)? == groups::ASKED => {
                    found = Some(self.seal.open(&sealed)?);
                }
                Some(sealed) => self.open_stand_in(&sealed),
                None => groups.push(row.try_get(1)?),
            }
        }
        groups.sort();
        Ok(found.map(|person| Person { groups, ..person }))
    }

    async fn read(
        &self,
        query: &'static str,
        tenant: &Tenant,
        name: &str,
        stand_in_for: &str,
    ) -> anyhow::Result<Vec<AnyRow>> {
        let rows = sqlx::query(query)
            .bind(tenant.id())
            .bind(name)
            .bind(groups::GROUPS_MAX)
            .bind(self.places.of(stand_in_for))
            .fetch_all(self.store.readers());
        Ok(rows.await?)
    }

    async fn row(&self, tenant: &str, id: &AccountId) -> anyhow::Result<Option<AccountRow>> {
        let row = sqlx::query(
            "SELECT account, passwords, version FROM accounts WHERE tenant = $1 AND id = $2",
        )
        .bind(tenant)
        .bind(id.as_str())
        .fetch_optional(self.store.readers())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let sealed: Vec<u8> = row.try_get(0)?;
        let passwords: String = row.try_get(1)?;
        Ok(Some(AccountRow {
            person: self.seal.open(&sealed)?,
            within: self.within(&sealed)?,
            passwords: serde_json::from_str(&passwords)?,
            version: row.try_get(2)?,
        }))
    }

    /// Writes a person if the account still has the version that was read. Returns false if it was
    /// changed meanwhile. A registration that the row still has moves to its own row.
    async fn change(&self, tenant: &str, row: &AccountRow) -> anyhow::Result<bool> {
        let id = row.person.id.as_str();
        let update = Statement::new(
            "UPDATE accounts SET account = $3, passwords = $4, version = $5 + 1 \
             WHERE tenant = $1 AND id = $2 AND version = $5 RETURNING 1",
        )
        .bind(tenant)
        .bind(id)
        .bind(self.close(&row.person)?)
        .bind(serde_json::to_string(&row.passwords)?)
        .bind(row.version);
        let within = row.within.as_ref();
        let within = within.map(|within| self.registrations.moving(tenant, id, within));
        let change = Change::default().and_if(Some(update), Commit::Conflict);
        let outcome = self.store.change(change.and(within.transpose()?)).await?;
        Ok(matches!(outcome, Outcome::Made(_)))
    }

    async fn try_write_back(&self, tenant: &str, write: &PasswordWrite) -> anyhow::Result<Written> {
        for _ in 0..CHANGES_MAX {
            let Some(mut row) = self.row(tenant, &write.account).await? else {
                return Ok(Written::Misconfigured);
            };
            let password = zeroize::Zeroizing::new(write.password.reveal().to_owned());
            let keeps_history = row.person.password_source == PasswordSource::OnPremises;
            let used: Vec<String> = row
                .passwords
                .iter()
                .rev()
                .take(HISTORY_LENGTH)
                .cloned()
                .collect();
            let hashed = self.in_turn(move |memory| {
                if keeps_history && used.iter().any(|hash| memory.is_hash_of(hash, &password)) {
                    return Ok(None);
                }
                memory.hash_of(&password).map(Some)
            });
            let Some(hash) = hashed.await?? else {
                return Ok(Written::Refused(DirectoryRule::History));
            };
            row.passwords.push(hash);
            let excess = row.passwords.len().saturating_sub(HISTORY_LENGTH);
            row.passwords.drain(..excess);
            row.person.is_locked = false;
            if self.change(tenant, &row).await? {
                return Ok(Written::Done);
            }
        }
        Ok(unchanged(tenant, &write.account))
    }

    async fn try_unlock(&self, tenant: &str, id: &AccountId) -> anyhow::Result<Written> {
        for _ in 0..CHANGES_MAX {
            let Some(mut row) = self.row(tenant, id).await? else {
                return Ok(Written::Misconfigured);
            };
            row.person.is_locked = false;
            if self.change(tenant, &row).await? {
                return Ok(Written::Done);
            }
        }
        Ok(unchanged(tenant, id))
    }
}

/// The result if other requests were faster each time: nothing was changed, and the person can try
/// again.
fn unchanged(tenant: &str, id: &AccountId) -> Written {
    error!(
        error = overtaken(tenant, id),
        "the built-in directory could not change an account"
    );
    Written::Unreachable
}

fn overtaken(tenant: &str, id: &AccountId) -> String {
    format!("other requests changed the account {id} of {tenant} {CHANGES_MAX} times in a row")
}

#[async_trait]
impl Directory for BuiltIn {
    async fn find(
        &self,
        tenant: &Tenant,
        identifier: &Identifier,
    ) -> anyhow::Result<Option<Person>> {
        let subject = self.places.subject(tenant, identifier);
        let name = identifier.normalised();
        self.with_groups(groups::IDENTIFIED, tenant, name, subject.as_str())
            .await
    }

    async fn person(&self, tenant: &Tenant, id: &AccountId) -> anyhow::Result<Option<Person>> {
        let id = id.as_str();
        self.with_groups(groups::ACCOUNT, tenant, id, id).await
    }

    async fn write_back(&self, tenant: &Tenant, write: &PasswordWrite) -> Written {
        said(self.try_write_back(tenant.id(), write).await)
    }

    async fn unlock(&self, tenant: &Tenant, id: &AccountId) -> Written {
        said(self.try_unlock(tenant.id(), id).await)
    }

    async fn people(&self, tenant: &Tenant) -> anyhow::Result<u64> {
        self.counted(tenant).await
    }

    async fn population(&self, tenant: &Tenant, key: &EngineKey) -> anyhow::Result<Population> {
        self.census(tenant, key).await
    }

    async fn health(&self, _: &Tenant) -> WriteBackHealth {
        // Accounts and attempts are in the same database: a replica that reads this can reach both.
        WriteBackHealth::Healthy
    }
}

fn said(written: anyhow::Result<Written>) -> Written {
    written.unwrap_or_else(|error| {
        error!(
            error = format!("{error:#}"),
            "the built-in directory could not change an account"
        );
        Written::Unknown
    })
}
