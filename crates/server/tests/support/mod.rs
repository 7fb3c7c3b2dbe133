//! What the tests of the server need beside it: databases of their own, really there.

#![allow(dead_code, reason = "each test program uses a part of this")]

pub(crate) mod document;
mod postgres;
pub(crate) mod server;

use std::sync::atomic::{AtomicU32, Ordering};

use postern_engine::EngineKey;
use postern_server::store::SqlStore;
use tempfile::TempDir;

pub(crate) use postgres::Postgres;

/// The secret of every server under test.
pub(crate) fn key() -> EngineKey {
    EngineKey::new([42; 32])
}

/// An empty database, gone at the end of the test.
pub(crate) struct Database {
    pub(crate) url: String,
    _directory: Option<TempDir>,
}

impl Database {
    /// A file.
    pub(crate) fn sqlite() -> Self {
        let directory = TempDir::new().expect("there is room for a database");
        let path = directory.path().join("postern.sqlite");
        Self {
            url: format!("sqlite://{}?mode=rwc", path.display()),
            _directory: Some(directory),
        }
    }

    /// One of its own in the server that all tests of this program share.
    pub(crate) async fn postgres() -> Self {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let name = format!("postern_{}", LAST.fetch_add(1, Ordering::Relaxed));
        Self {
            url: Postgres::shared().create(&name).await,
            _directory: None,
        }
    }

    pub(crate) async fn open(&self) -> SqlStore {
        SqlStore::open(&self.url, 8, &key())
            .await
            .unwrap_or_else(|error| panic!("{}: {error:#}", self.url))
    }
}
