//! Reads and opens a stand-in account if there is no account. Opening takes time, and an attacker
//! could measure whether an account exists.
//!
//! Every account has a random place among those of its tenant, which is drawn when the account is
//! first written. The key gives each unknown name a place. The account at that place, or the next
//! one after it, is its stand-in; after the last account comes the first. So an attacker who
//! measures can neither choose nor know the stand-in, and every replica reads the same one.

use anyhow::Result;
use postern_engine::account::AccountId;
use postern_engine::{Identifier, Person, Tenant};
use sqlx::Row;
use tracing::error;

use super::{BuiltIn, groups};

impl BuiltIn {
    /// Opens an account and discards it. If it cannot be opened, the log says so, but the answer
    /// stays the same.
    pub(super) fn open_stand_in(&self, sealed: &[u8]) {
        if let Err(error) = self.seal.open::<Person>(sealed) {
            error!(
                error = format!("{error:#}"),
                "the built-in directory cannot open the stand-in account for an unknown name"
            );
        }
    }

    /// The account that is read in place of an identifier's own. `None` if the identifier has an
    /// account, or the tenant has none.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn stand_in(
        &self,
        tenant: &Tenant,
        identifier: &Identifier,
    ) -> Result<Option<AccountId>> {
        let subject = self.places.subject(tenant, identifier);
        let name = identifier.normalised();
        let rows = self.read(groups::IDENTIFIED, tenant, name, subject.as_str());
        for row in rows.await? {
            let is_account = row.try_get::<Option<Vec<u8>>, _>(0)?.is_some();
            if is_account && row.try_get::<i64, _>(2)? != groups::ASKED {
                return Ok(Some(AccountId(row.try_get(1)?)));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use postern_engine::{Account, EngineKey};
    use sqlx::AssertSqlSafe;
    use tempfile::TempDir;
    use tracing::{Event, Subscriber};
    use tracing_subscriber::Layer;
    use tracing_subscriber::layer::{Context, SubscriberExt};

    use super::*;
    use crate::directory::Directory;
    use crate::store::{SqlStore, temporary};

    /// Counts the log lines of this module.
    #[derive(Clone, Default)]
    struct Told(Arc<AtomicUsize>);

    impl<S: Subscriber> Layer<S> for Told {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            let target = event.metadata().target();
            if module_path!().strip_suffix("::tests") == Some(target) {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// The accounts of Ada and Bob, each in one group.
    async fn two_accounts() -> (TempDir, Arc<SqlStore>, BuiltIn) {
        let key = EngineKey::new([42; 32]);
        let (folder, store) = temporary::store(&key).await;
        let accounts = BuiltIn::new(store.clone(), &key);
        for name in ["ada", "bob"] {
            let mut account = Account::new(name, &format!("{name}@contoso.example"));
            account.person.groups = vec![format!("friends of {name}")];
            let put = accounts.put("contoso.example", &account).await;
            put.expect("room");
        }
        (folder, store, accounts)
    }

    #[tokio::test]
    async fn one_account_is_opened_whether_the_one_that_was_asked_for_is_there_or_not() {
        let told = Told::default();
        let count = told.0.clone();
        let log = tracing_subscriber::registry().with(told);
        let _here = tracing::subscriber::set_default(log);
        let (_folder, store, accounts) = two_accounts().await;
        let tenant = Tenant::new("contoso.example", "Contoso");
        let [known, unknown] = ["ada", "zoe"].map(|name| {
            let identifier = Identifier::parse(&format!("{name}@contoso.example"));
            identifier.expect("an identifier")
        });
        let subject = accounts.places.subject(&tenant, &unknown);
        let ids = ["ada", subject.as_str()].map(|id| AccountId(id.to_owned()));
        let is_found = async || {
            let mut found = Vec::new();
            for identifier in [&known, &unknown] {
                let account = accounts.find(&tenant, identifier).await;
                found.push(account.map(|it| it.is_some()).ok());
            }
            for id in &ids {
                let account = accounts.person(&tenant, id).await;
                found.push(account.map(|it| it.is_some()).ok());
            }
            found
        };
        assert_eq!(is_found().await, [Some(true), Some(false)].repeat(2));
        assert_eq!(count.load(Ordering::Relaxed), 0);

        // The accounts are damaged, so each attempt to open one shows: for an existing account as
        // an error, and for a stand-in in the log.
        let mut transaction = store.write().await.expect("a transaction");
        let damage = sqlx::query("UPDATE accounts SET account = x'00'").execute(&mut *transaction);
        damage.await.expect("all are damaged");
        transaction.commit().await.expect("all are damaged");
        assert_eq!(is_found().await, [None, Some(false)].repeat(2));
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn where_there_is_no_account_another_of_the_tenant_is_read_and_never_given() {
        let (_folder, store, accounts) = two_accounts().await;
        let tenant = Tenant::new("contoso.example", "Contoso");
        let unknown = Identifier::parse("zoe@contoso.example").expect("an identifier");
        let subject = accounts.places.subject(&tenant, &unknown);
        let found = accounts.find(&tenant, &unknown).await;
        assert!(found.expect("an answer").is_none());
        let named = AccountId(subject.as_str().to_owned());
        let named = accounts.person(&tenant, &named).await;
        assert!(named.expect("an answer").is_none());

        // The first request has the identifier, and later ones have the subject. Both read the same
        // stand-in.
        let stand_in = accounts.stand_in(&tenant, &unknown).await;
        let stand_in = stand_in.expect("an answer").expect("two are there").0;
        for (query, name) in [
            (groups::IDENTIFIED, unknown.normalised()),
            (groups::ACCOUNT, subject.as_str()),
        ] {
            let rows = accounts.read(query, &tenant, name, subject.as_str()).await;
            let rows = rows.expect("rows");
            let named: Vec<String> = rows.iter().map(|row| row.get(1)).collect();
            assert_eq!(named, [stand_in.clone(), format!("friends of {stand_in}")]);

            // No step of the plan reads all accounts.
            let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}")))
                .bind("contoso.example")
                .bind(name)
                .bind(groups::GROUPS_MAX)
                .bind(0)
                .fetch_all(store.readers());
            let plan = plan.await.expect("a plan");
            let steps: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
            let of_place = steps.iter().filter(|it| it.contains("accounts_by_place"));
            assert_eq!(of_place.count(), 2, "{steps:?}");
            assert!(!steps.iter().any(|it| it == "SCAN accounts"), "{steps:?}");
        }
    }
}
