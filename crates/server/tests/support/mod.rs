//! Shared code of the server tests: separate databases, servers over them, and clients.

#![allow(
    dead_code,
    unused_macros,
    reason = "each test program uses a part of this"
)]

/// Runs checks about a database as tests: each runs on an empty database of either kind. The
/// parameter of a check describes the database.
macro_rules! on_each_store {
    (|$database:ident| $given:tt; $($claim:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $claim() {
                let $database = crate::support::Database::sqlite();
                super::$claim $given.await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $claim() {
                let $database = crate::support::Database::postgres().await;
                super::$claim $given.await;
            })+
        }
    };
}

pub(crate) mod client;
pub(crate) mod document;
pub(crate) mod log;
pub(crate) mod server;
pub(crate) mod service;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use postern_engine::account::AccountId;
use postern_engine::{Account, EngineKey, Tenant};
use postern_server::directory::{BuiltIn, Directory};
use postern_server::failure::Failure;
use postern_server::registrations::Registrations;
use postern_server::store::SqlStore;
use tempfile::TempDir;

pub(crate) use postern_peers::postgres::Postgres;

/// The secret of every server under test, as a configuration has it.
pub(crate) const KEY: &str = "8298b1ef6484c50ee74c8528ffc910f997f8ac7292fffa6c2e5c6a1759e9f484";

/// Another secret.
pub(crate) const OTHER_KEY: &str =
    "3c5e55818755a5ce89b7647075df189483e1894ccee6e0fc80e1592eb9ffcdae";

/// The secret of every server under test.
pub(crate) fn key() -> EngineKey {
    let digit = |index: usize| u8::from_str_radix(&KEY[index..=index], 16).expect("a digit");
    EngineKey::new(std::array::from_fn(|index| {
        digit(2 * index) << 4 | digit(2 * index + 1)
    }))
}

/// An account: what the built-in directory knows about a person, and what the person registered.
pub(crate) async fn account(
    store: &Arc<SqlStore>,
    tenant: &Tenant,
    id: &AccountId,
) -> anyhow::Result<Option<Account>> {
    let keys = store.keys();
    let directory = BuiltIn::new(store.clone(), keys);
    let Some(person) = directory.person(tenant, id).await? else {
        return Ok(None);
    };
    let registrations = Registrations::new(store.clone(), keys);
    let registration = registrations.of(tenant, id).await?;
    Ok(Some(Account::of(person, registration)))
}

/// Whether a command was called for an object that does not exist.
pub(crate) fn is_not_found(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Failure::NotFound(_)))
}

/// An empty database that is removed at the end of the test.
pub(crate) struct Database {
    pub(crate) url: String,
    _directory: Option<TempDir>,
}

impl Database {
    /// A database in a SQLite file.
    pub(crate) fn sqlite() -> Self {
        let directory = TempDir::new().expect("there is room for a database");
        let path = directory.path().join("postern.sqlite");
        Self {
            url: format!("sqlite://{}?mode=rwc", path.display()),
            _directory: Some(directory),
        }
    }

    /// A database in a PostgreSQL server of this test.
    pub(crate) async fn of(postgres: &Postgres) -> Self {
        Self {
            url: postgres.create("postern").await,
            _directory: None,
        }
    }

    /// A separate database in the server that all tests of this program share.
    pub(crate) async fn postgres() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let name = format!("postern_{}", LAST.fetch_add(1, Ordering::Relaxed));
        Self {
            url: Postgres::shared().create(&name).await,
            _directory: None,
        }
    }

    pub(crate) async fn open(&self) -> SqlStore {
        self.open_with(&key()).await
    }

    /// Opens the database with this key.
    pub(crate) async fn open_with(&self, key: &EngineKey) -> SqlStore {
        SqlStore::open(&self.url, 8, key)
            .await
            .unwrap_or_else(|error| panic!("{}: {error:#}", self.url))
    }
}
