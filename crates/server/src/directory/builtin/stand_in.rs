//! What is read and opened where there is no account: that takes time, by which people who are there could be told from those
//! who are not.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use postern_engine::Account;
use sqlx::Row;

use super::BuiltIn;

/// The name of the account that was found last, of each tenant.
#[derive(Default)]
pub(super) struct StandIns(Mutex<HashMap<String, String>>);

impl StandIns {
    pub(super) fn keep(&self, tenant: &str, id: String) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = kept.get_mut(tenant) {
            *last = id;
        } else {
            kept.insert(tenant.to_owned(), id);
        }
    }

    /// Empty, which is no account's name, where none was found yet.
    pub(super) fn last(&self, tenant: &str) -> String {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(tenant).cloned().unwrap_or_default()
    }
}

impl BuiltIn {
    /// Opens an account and forgets it again. One that a key of before has sealed is no reason to answer otherwise.
    pub(super) fn open_stand_in(&self, sealed: &[u8]) {
        let _opened = self.seal.open::<Account>(sealed);
    }

    /// Where none of the tenant's accounts was found yet since the start, or the last one is gone: any of them.
    pub(super) async fn find_stand_in(&self, tenant: &str) -> Result<()> {
        let row =
            sqlx::query("SELECT id, account FROM accounts WHERE tenant = $1 ORDER BY id LIMIT 1")
                .bind(tenant)
                .fetch_optional(self.store.readers())
                .await?;
        if let Some(row) = row {
            let sealed: Vec<u8> = row.try_get(1)?;
            self.open_stand_in(&sealed);
            self.stand_ins.keep(tenant, row.try_get(0)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use postern_engine::account::AccountId;
    use postern_engine::{EngineKey, Identifier, Tenant};

    use super::super::groups;
    use super::*;
    use crate::directory::Directory;
    use crate::store::SqlStore;

    #[tokio::test]
    async fn where_there_is_no_account_another_of_the_tenant_is_read_and_never_given() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("postern.sqlite");
        let url = format!("sqlite://{}?mode=rwc", path.display());
        let key = EngineKey::new([42; 32]);
        let store = Arc::new(SqlStore::open(&url, 2, &key).await.expect("a store"));
        let accounts = BuiltIn::new(store.clone(), &key);
        let tenant = Tenant::new("contoso.example", "Contoso");
        let unknown = Identifier::parse("zoe@contoso.example").expect("an identifier");
        let is_unknown = async || {
            let found = accounts.find(&tenant, &unknown).await.expect("an answer");
            let named = AccountId("zoe".into());
            let named = accounts.account(&tenant, &named).await.expect("an answer");
            found.is_none() && named.is_none()
        };
        let last = || accounts.stand_ins.last("contoso.example");
        // A tenant without an account has none to be told apart from.
        assert!(is_unknown().await && last().is_empty());
        for name in ["ada", "bob"] {
            let mut account = Account::new(name, &format!("{name}@contoso.example"));
            account.groups = vec![format!("friends of {name}")];
            let put = accounts.put("contoso.example", &account).await;
            put.expect("room");
        }
        assert!(is_unknown().await && ["ada", "bob"].contains(&last().as_str()));
        // The one that was found last stands in, and its groups are given to no other.
        let bob = Identifier::parse("bob@contoso.example").expect("an identifier");
        let found = accounts.find(&tenant, &bob).await.expect("an answer");
        assert_eq!(found.expect("bob is there").groups, ["friends of bob"]);
        assert!(is_unknown().await && last() == "bob");
        let read = sqlx::query(groups::IDENTIFIED)
            .bind("contoso.example")
            .bind(unknown.normalised())
            .bind(groups::GROUPS_MAX)
            .bind(last())
            .fetch_all(store.readers());
        assert_eq!(read.await.expect("rows").len(), 2);
        // Once that account is gone, another stands in.
        accounts.stand_ins.keep("contoso.example", "gone".into());
        assert!(is_unknown().await && ["ada", "bob"].contains(&last().as_str()));
    }
}
