//! Moves registrations out of the rows of their accounts, into rows of their own. Releases before
//! the table of registrations wrote both into one row.

use anyhow::Result;
use postern_engine::{Person, Registration};
use sqlx::Row;
use tracing::{info, warn};

use super::BuiltIn;
use crate::registrations::{self, NewRow};

/// Rows that one transaction moves. They are few, so that requests do not wait long.
const ROWS: i64 = 100;

/// The accounts after a position that have no row in the table of registrations.
const LEFT: &str = "SELECT a.tenant, a.id, a.account, a.version FROM accounts a \
     WHERE (a.tenant > $1 OR (a.tenant = $1 AND a.id > $2)) \
     AND NOT EXISTS (SELECT 1 FROM registrations r WHERE r.tenant = a.tenant AND r.account = a.id) \
     ORDER BY a.tenant, a.id LIMIT $3";

/// An account whose registration has no row of its own.
struct Left {
    tenant: String,
    id: String,
    person: Person,
    registration: Registration,
    version: i64,
}

impl BuiltIn {
    /// Moves the registrations of all accounts. Accounts that none of the keys opens stay as they
    /// are. An account that changes meanwhile moves with that change, or at the next start.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn move_registrations(&self) -> Result<()> {
        let mut place = (String::new(), String::new());
        let (mut moved, mut unopened) = (0_usize, 0_usize);
        loop {
            let rows = sqlx::query(LEFT)
                .bind(place.0.clone())
                .bind(place.1.clone())
                .bind(ROWS)
                .fetch_all(self.store.readers())
                .await?;
            if rows.is_empty() {
                break;
            }
            let mut left = Vec::with_capacity(rows.len());
            for row in &rows {
                place = (row.try_get(0)?, row.try_get(1)?);
                let (sealed, version): (Vec<u8>, i64) = (row.try_get(2)?, row.try_get(3)?);
                let opened = self.seal.open(&sealed);
                match opened.and_then(|person| Ok((person, self.within(&sealed)?))) {
                    Ok((person, within)) => left.push(Left {
                        tenant: place.0.clone(),
                        id: place.1.clone(),
                        person,
                        registration: within.unwrap_or_default(),
                        version,
                    }),
                    Err(_) => unopened += 1,
                }
            }
            moved += self.move_rows(left).await?;
        }
        if moved > 0 {
            info!(
                moved,
                "the built-in directory moved registrations into rows of their own"
            );
        }
        if unopened > 0 {
            warn!(
                unopened,
                "the built-in directory left registrations in the rows of accounts that no key opens"
            );
        }
        Ok(())
    }

    /// Moves the registrations of accounts that did not change since they were read. Returns their
    /// number.
    async fn move_rows(&self, left: Vec<Left>) -> Result<usize> {
        let mut transaction = self.store.write().await?;
        let mut rows = Vec::with_capacity(left.len());
        for it in &left {
            let done = sqlx::query(
                "UPDATE accounts SET account = $3, version = version + 1 WHERE tenant = $1 AND id = $2 AND version = $4",
            )
            .bind(it.tenant.clone())
            .bind(it.id.clone())
            .bind(self.close(&it.person)?)
            .bind(it.version)
            .execute(&mut *transaction)
            .await?;
            if done.rows_affected() == 1 {
                rows.push(NewRow {
                    tenant: &it.tenant,
                    account: &it.id,
                    sealed: self.registrations.close(&it.registration)?,
                    version: 0,
                });
            }
        }
        if !rows.is_empty() {
            registrations::put(&mut transaction, &rows).await?;
        }
        transaction.commit().await?;
        Ok(rows.len())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use postern_engine::account::{
        AccountId, Authenticator, AuthenticatorId, AuthenticatorSecret, RegisteredQuestion,
        TotpAlgorithm, TotpPeriod,
    };
    use postern_engine::{Account, EngineKey, Tenant};
    use postern_protocol::QuestionText;
    use serde_json::Value;
    use tempfile::TempDir;

    use super::*;
    use crate::directory::Directory;
    use crate::store::{SqlStore, temporary};

    const DOMAIN: &str = "contoso.example";

    async fn on_sqlite() -> (TempDir, Arc<SqlStore>, BuiltIn) {
        let key = EngineKey::new([42; 32]);
        let (folder, store) = temporary::store(&key).await;
        let accounts = BuiltIn::new(store.clone(), &key);
        (folder, store, accounts)
    }

    /// An account with an app and a question.
    fn account(name: &str) -> Account {
        let mut account = Account::new(name, &format!("{name}@{DOMAIN}"));
        account.person.mobile = Some("+31 6 12345678".into());
        account.registration.authenticators.push(Authenticator {
            id: AuthenticatorId("phone".into()),
            secret: AuthenticatorSecret::new(b"12345678901234567890".to_vec()),
            period: TotpPeriod::Seconds30,
            algorithm: TotpAlgorithm::Sha1,
        });
        let (key, text) = (EngineKey::new([42; 32]), QuestionText::Predefined(3));
        let question = RegisteredQuestion::new(&key, &account.person.id, 1, text, "Blue Lake");
        account.registration.questions.extend(question);
        account
    }

    /// Puts an account as the releases before wrote it: in one row.
    async fn put_as_before(accounts: &BuiltIn, store: &SqlStore, name: &str) {
        let account = account(name);
        accounts.put(DOMAIN, &account).await.expect("there is room");
        let mut row = serde_json::to_value(&account.person).expect("it is JSON");
        let within = serde_json::to_value(&account.registration).expect("it is JSON");
        let (Value::Object(row), Value::Object(within)) = (&mut row, within) else {
            panic!("both are objects");
        };
        row.extend(within);
        let mut transaction = store.write().await.expect("a transaction");
        for (query, sealed) in [
            (
                "UPDATE accounts SET account = $2 WHERE id = $1",
                accounts.seal.close(&row).expect("it can be sealed"),
            ),
            (
                "DELETE FROM registrations WHERE account = $1 AND registration <> $2",
                Vec::new(),
            ),
        ] {
            let done = sqlx::query(query).bind(name.to_owned()).bind(sealed);
            let done = done.execute(&mut *transaction).await.expect("it is done");
            assert_eq!(done.rows_affected(), 1, "{query}");
        }
        transaction.commit().await.expect("it is done");
    }

    async fn registered(accounts: &BuiltIn, name: &str) -> (usize, usize) {
        let tenant = Tenant::new(DOMAIN, "Contoso");
        let id = AccountId(name.to_owned());
        let person = accounts.person(&tenant, &id).await.expect("an answer");
        let person = person.expect("it is there");
        assert_eq!(person.mobile.as_deref(), Some("+31 6 12345678"));
        let registration = accounts.registrations.of(&tenant, &id).await;
        let Registration {
            authenticators,
            questions,
        } = registration.expect("an answer");
        (authenticators.len(), questions.len())
    }

    /// How many registrations have rows of their own, and how many accounts still have one.
    async fn rows(accounts: &BuiltIn, store: &SqlStore) -> (i64, usize) {
        let own = sqlx::query_scalar("SELECT COUNT(*) FROM registrations");
        let own = own.fetch_one(store.readers()).await.expect("a number");
        let query = sqlx::query("SELECT account FROM accounts");
        let rows = query.fetch_all(store.readers()).await.expect("rows");
        let within = rows.iter().filter(|row| {
            let within = accounts.within(&row.get::<Vec<u8>, _>(0));
            within.expect("it can be opened").is_some()
        });
        (own, within.count())
    }

    #[tokio::test]
    async fn a_registration_in_the_row_of_its_account_is_read_and_kept_by_every_change() {
        let (_folder, store, accounts) = on_sqlite().await;
        let tenant = Tenant::new(DOMAIN, "Contoso");
        for name in ["ada", "ben", "cas", "dan"] {
            put_as_before(&accounts, &store, name).await;
            assert_eq!(registered(&accounts, name).await, (1, 1));
        }
        assert_eq!(rows(&accounts, &store).await, (0, 4));
        let stored = accounts.stored(DOMAIN, &["ada"]).await.expect("rows");
        assert_eq!(stored["ada"].account.registration.questions.len(), 1);
        assert_eq!(stored["ada"].versions.registration, 0);

        let id = |name: &str| AccountId(name.to_owned());
        let (ada, ben) = (id("ada"), id("ben"));
        let given = accounts.give_password(DOMAIN, &ada, "correct horse");
        given.await.expect("it has a password");
        let unlocked = accounts.unlock(&tenant, &ben).await;
        assert_eq!(unlocked, postern_engine::Written::Done);
        accounts
            .put(DOMAIN, &account("cas"))
            .await
            .expect("there is room");
        for name in ["ada", "ben", "cas", "dan"] {
            assert_eq!(registered(&accounts, name).await, (1, 1), "{name}");
        }
        assert_eq!(rows(&accounts, &store).await, (3, 1));
    }

    #[tokio::test]
    async fn all_registrations_move_out_of_the_rows_of_their_accounts_and_damaged_ones_stay() {
        let (_folder, store, accounts) = on_sqlite().await;
        let people: Vec<String> = (0..230).map(|number| format!("p{number:03}")).collect();
        for name in &people {
            put_as_before(&accounts, &store, name).await;
        }
        accounts
            .put(DOMAIN, &account("new"))
            .await
            .expect("there is room");
        let mut transaction = store.write().await.expect("a transaction");
        let damage = "UPDATE accounts SET account = x'00' WHERE id = 'p100'";
        let damage = sqlx::query(damage).execute(&mut *transaction);
        damage.await.expect("it is damaged");
        transaction.commit().await.expect("it is damaged");

        for _ in 0..2 {
            accounts.move_registrations().await.expect("they move");
            for name in people.iter().filter(|name| *name != "p100") {
                assert_eq!(registered(&accounts, name).await, (1, 1), "{name}");
            }
            let left = accounts.stored(DOMAIN, &["p101", "p229", "new"]).await;
            let left = left.expect("rows");
            let versions = |name: &str| {
                (
                    left[name].versions.account,
                    left[name].versions.registration,
                )
            };
            assert_eq!(versions("p101"), (2, 1));
            assert_eq!(versions("p229"), (2, 1));
            assert_eq!(versions("new"), (1, 1));
        }
        let own: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM registrations")
            .fetch_one(store.readers())
            .await
            .expect("a number");
        assert_eq!(own, 230);
    }
}
