//! Opens a database: to use it, or only to look at it.

use std::time::Duration;

use anyhow::{Context, ensure};
use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, Connection, Executor};

use super::chain::Chain;
use super::dialect::Dialect;
use super::entry::KeyTrial;
use super::refold::{fold_groups, refold};
use super::vault::Vault;
use super::writers::Writers;
use super::{Result, SqlStore, migrations, private, trouble};
use crate::keys::Keys;

/// How long a request waits for a connection.
const ACQUIRE_WITHIN: Duration = Duration::from_secs(5);

/// Idle time after which a connection is tested before its next use.
const TRIED_AFTER: Duration = Duration::from_secs(1);

/// Wait before a database that does not answer is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(250);

/// Connects once, for as long as a request would wait. This gives the real error, which a pool does
/// not report.
async fn first_connection(
    url: &str,
    greeting: &[&'static str],
) -> std::result::Result<(), sqlx::Error> {
    let began = tokio::time::Instant::now();
    loop {
        let left = ACQUIRE_WITHIN.saturating_sub(began.elapsed());
        let tried = tokio::time::timeout(left, AnyConnection::connect(url)).await;
        match tried.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
            Ok(mut connection) => {
                for statement in greeting {
                    connection.execute(*statement).await?;
                }
                return connection.close().await;
            }
            // The database may be about to start.
            Err(sqlx::Error::Io(_)) if began.elapsed() + TRY_AGAIN_AFTER < ACQUIRE_WITHIN => {
                tokio::time::sleep(TRY_AGAIN_AFTER).await;
            }
            Err(error) => return Err(error),
        }
    }
}

fn dialect(url: &str) -> Result<Dialect> {
    Dialect::of(url).context("the URL of a store begins with sqlite: or postgres:")
}

impl SqlStore {
    /// Connects, and brings the tables up to date.
    ///
    /// # Errors
    ///
    /// [`WrongKey`](super::WrongKey) before anything is changed. Any other error when the URL names
    /// an unknown kind of database, or the database cannot be reached or brought up to date.
    pub async fn open(url: &str, connections: u32, keys: impl Into<Keys>) -> Result<Self> {
        let mut store = Self::connect(url, connections, keys).await?;
        store.check_not_newer().await?;
        let run = store.dialect.migrations().run(&store.writers.pool).await;
        run.map_err(|error| trouble::of_migration(url, &error))?;
        let vault = Vault::open(&store.writers.pool, &store.keys).await?;
        store.unlock(&vault);
        refold(&store.writers.pool).await?;
        fold_groups(&store.writers.pool).await?;
        Ok(store)
    }

    /// Connects to a database that is up to date. Changes nothing in it.
    ///
    /// # Errors
    ///
    /// [`WrongKey`](super::WrongKey). Any other error when the database is older or newer than this
    /// program, the URL names an unknown kind of database, or the database cannot be reached.
    pub async fn open_migrated(url: &str, connections: u32, keys: impl Into<Keys>) -> Result<Self> {
        ensure!(!private::is_to_be_made(url)?, migrations::NO_TABLES);
        let store = Self::connect(url, connections, keys).await?;
        store.check_not_newer().await?;
        store.check_up_to_date().await?;
        Ok(store)
    }

    /// Connects and leaves the tables as they are. Creates the file of SQLite if the URL allows it.
    ///
    /// # Errors
    ///
    /// [`WrongKey`](super::WrongKey). Any other error when the URL names an unknown kind of
    /// database, or the database cannot be reached.
    pub async fn connect(url: &str, connections: u32, keys: impl Into<Keys>) -> Result<Self> {
        let dialect = dialect(url)?;
        private::make(url)?;
        private::warn_of(url);
        Self::connect_with(url, connections, keys.into(), dialect.greeting()).await
    }

    /// Connects to look, and creates and changes nothing. Returns `None` if the start has yet to
    /// create the file of SQLite.
    ///
    /// # Errors
    ///
    /// As for [`SqlStore::connect`].
    pub async fn look(url: &str, keys: impl Into<Keys>) -> Result<Option<Self>> {
        let dialect = dialect(url)?;
        if private::is_to_be_made(url)? {
            return Ok(None);
        }
        let store = Self::connect_with(url, 1, keys.into(), dialect.look());
        store.await.map(Some)
    }

    /// Closes all connections. SQLite removes its extra files only when its last connection is
    /// closed.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.pool.close().await;
    }

    async fn connect_with(
        url: &str,
        connections: u32,
        keys: Keys,
        greeting: &'static [&'static str],
    ) -> Result<Self> {
        let dialect = dialect(url)?;
        private::check(url)?;
        sqlx::any::install_default_drivers();
        first_connection(url, greeting)
            .await
            .map_err(|error| trouble::of_connection(url, &error))?;
        let pool = |connections| {
            AnyPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(ACQUIRE_WITHIN)
                // Tested when it is returned and, here, after it was idle for a while. A test
                // before each use would cost every read another round trip.
                .test_before_acquire(false)
                .before_acquire(|connection, used| {
                    Box::pin(async move {
                        if used.idle_for >= TRIED_AFTER {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .after_connect(move |connection, _| {
                    Box::pin(async move {
                        for statement in greeting {
                            connection.execute(*statement).await?;
                        }
                        Ok(())
                    })
                })
                .connect(url)
        };
        let writers = match dialect {
            // SQLite has one writer at a time. Waiting here, in order, is better than retrying.
            Dialect::Sqlite => pool(1).await?,
            Dialect::Postgres => pool(connections).await?,
        };
        let readers = match dialect {
            Dialect::Sqlite => pool(connections).await?,
            Dialect::Postgres => writers.clone(),
        };
        let vault = Vault::look(&readers, &keys).await?;
        let mut store = Self {
            dialect,
            readers,
            writers: Writers::new(writers, dialect),
            chain: Chain::new(&keys, &[]),
            entry: KeyTrial::new(&keys),
            keys,
        };
        store.unlock(&vault);
        Ok(store)
    }

    /// Uses the content of the vault.
    fn unlock(&mut self, vault: &Vault) {
        self.keys = self.keys.with_lasting(&vault.lasting);
        self.chain = Chain::new(&self.keys, &vault.chains);
    }
}
