//! A store in a folder of its own, for tests.

use std::sync::Arc;

use tempfile::TempDir;

use super::SqlStore;
use crate::keys::Keys;

/// An empty store in SQLite. It is gone with the folder.
pub(crate) async fn store(keys: impl Into<Keys>) -> (TempDir, Arc<SqlStore>) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = folder.path().join("postern.sqlite");
    let url = format!("sqlite://{}?mode=rwc", path.display());
    let store = SqlStore::open(&url, 2, keys).await;
    (folder, Arc::new(store.expect("an empty store opens")))
}
