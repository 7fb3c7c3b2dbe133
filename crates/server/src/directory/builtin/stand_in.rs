//! What is opened where there is no account: opening one takes time, by which people who are there could be told from
//! those who are not.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use postern_engine::Account;
use sqlx::Row;

use super::BuiltIn;

/// The account that was opened last of each tenant, as it is sealed.
#[derive(Default)]
pub(super) struct StandIns(Mutex<HashMap<String, Vec<u8>>>);

impl StandIns {
    pub(super) fn keep(&self, tenant: &str, sealed: Vec<u8>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = kept.get_mut(tenant) {
            *last = sealed;
        } else {
            kept.insert(tenant.to_owned(), sealed);
        }
    }

    fn last(&self, tenant: &str) -> Option<Vec<u8>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(tenant).cloned()
    }
}

impl BuiltIn {
    /// Opens an account of the tenant and forgets it again.
    pub(super) async fn open_stand_in(&self, tenant: &str) -> Result<()> {
        let sealed = if let Some(sealed) = self.stand_ins.last(tenant) {
            sealed
        } else {
            // The first since the start.
            let row = sqlx::query("SELECT account FROM accounts WHERE tenant = $1 LIMIT 1")
                .bind(tenant)
                .fetch_optional(self.store.readers())
                .await?;
            let Some(row) = row else { return Ok(()) };
            row.try_get(0)?
        };
        // An account that a key of before has sealed is no reason to answer otherwise.
        let _opened = self.seal.open::<Account>(&sealed);
        self.stand_ins.keep(tenant, sealed);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use postern_engine::{EngineKey, Identifier, Tenant};

    use super::*;
    use crate::directory::Directory;
    use crate::store::SqlStore;

    #[tokio::test]
    async fn where_there_is_no_account_another_of_the_tenant_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("postern.sqlite");
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let key = EngineKey::new([42; 32]);
        let store = SqlStore::open(&url, 2, &key).await.expect("a store");
        let accounts = BuiltIn::new(Arc::new(store), &key);
        let tenant = Tenant::new("contoso.example", "Contoso");
        let unknown = Identifier::parse("zoe@contoso.example").expect("an identifier");
        // A tenant without an account has none to be told apart from.
        let found = accounts.find(&tenant, &unknown).await.expect("an answer");
        assert!(found.is_none() && accounts.stand_ins.last("contoso.example").is_none());
        let ada = Account::new("ada", "ada@contoso.example");
        accounts.put("contoso.example", &ada).await.expect("room");
        let found = accounts.find(&tenant, &unknown).await.expect("an answer");
        assert!(found.is_none());
        let sealed = accounts.stand_ins.last("contoso.example");
        let opened: Account = accounts
            .seal
            .open(&sealed.expect("one"))
            .expect("an account");
        assert_eq!(opened.id, ada.id);
    }
}
