//! What people registered with the service, whatever directory their accounts are in.
//!
//! Every registration has a random place among those of its tenant, as accounts of the built-in
//! directory have (see `directory/builtin/stand_in.rs`). For a name without a registration, this
//! reads and opens the one at the place of that name and discards it, so that it takes the same
//! time.

mod moved;
mod row;

use std::sync::Arc;

use anyhow::{Result, bail};
use postern_engine::account::AccountId;
use postern_engine::command::RenewAnswers;
use postern_engine::{Registration, Tenant};
use sqlx::Row;
use tracing::error;

pub(crate) use self::moved::Within;
pub(crate) use self::row::{NewRow, put};
use crate::keys::Keys;
use crate::places::{Places, any_place};
use crate::seal::Seal;
use crate::store::{Sealed, SqlStore, Statement};

/// Maximum retries of a change when other requests change the registration meanwhile. Each of those
/// was a separate commit to this registration. Real traffic never causes so many in a row.
const CHANGES_MAX: usize = 10;

/// The requested registration, or else its stand-in, with the turn of the row. The last part finds
/// a registration that is still in the row of its account.
const FOUND: &str = "WITH drawn AS ( \
       SELECT turn, account FROM ( \
         SELECT 0 AS turn, account FROM registrations WHERE tenant = $1 AND account = $2 \
         UNION ALL SELECT 1, account FROM ( \
           SELECT account FROM registrations WHERE tenant = $1 AND place >= $3 ORDER BY place, account LIMIT 1 \
         ) AS behind \
         UNION ALL SELECT 2, account FROM ( \
           SELECT account FROM registrations WHERE tenant = $1 ORDER BY place, account LIMIT 1 \
         ) AS least \
       ) AS turns ORDER BY turn LIMIT 1 \
     ) SELECT (SELECT turn FROM drawn), registration, version FROM registrations \
       WHERE tenant = $1 AND account = (SELECT account FROM drawn) \
     UNION ALL SELECT 3, account, 0 FROM accounts \
       WHERE tenant = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM drawn WHERE turn = 0)";

/// The turn of the requested registration.
const ASKED: i64 = 0;
/// The turn of the row of an account without a registration.
const WITHIN: i64 = 3;

/// The registrations of all tenants.
pub struct Registrations {
    store: Arc<SqlStore>,
    seal: Seal,
    /// Opens the registrations that are still in the rows of their accounts.
    accounts: Seal,
    places: Places,
}

/// A registration and its version; the version is 0 if it has no row.
struct Versioned {
    registration: Registration,
    version: i64,
}

impl Registrations {
    /// The registrations of a database.
    pub fn new(store: Arc<SqlStore>, keys: impl Into<Keys>) -> Self {
        let keys = keys.into();
        Self {
            store,
            seal: Seal::new(&keys, "registrations"),
            accounts: Seal::new(&keys, "accounts"),
            places: Places::new(&keys),
        }
    }

    /// What a person registered. Empty if the person registered nothing, and for a name that no
    /// account has.
    ///
    /// # Errors
    ///
    /// When the store fails, or none of the keys opens the registration.
    pub async fn of(&self, tenant: &Tenant, account: &AccountId) -> Result<Registration> {
        let found = self.find(tenant.id(), account).await?;
        Ok(found.map_or_else(Registration::default, |found| found.registration))
    }

    /// Replaces the stored answers with the same answers in the newest form.
    ///
    /// # Errors
    ///
    /// When the store fails, or other requests were faster each time.
    pub async fn renew_answers(&self, tenant: &Tenant, renew: &RenewAnswers) -> Result<()> {
        let (tenant, account) = (tenant.id(), &renew.account);
        for _ in 0..CHANGES_MAX {
            let Some(mut found) = self.find(tenant, account).await? else {
                return Ok(());
            };
            if !renew.apply(&mut found.registration) {
                return Ok(());
            }
            let sealed = self.close(&found.registration)?;
            let mut transaction = self.store.write().await?;
            let row = NewRow {
                tenant,
                account: account.as_str(),
                sealed,
                version: found.version,
            };
            if put(&mut transaction, &[row]).await?.is_empty() {
                transaction.commit().await?;
                return Ok(());
            }
        }
        bail!(
            "other requests changed the registration of {account} of {tenant} {CHANGES_MAX} times in a row"
        )
    }

    async fn find(&self, tenant: &str, account: &AccountId) -> Result<Option<Versioned>> {
        let rows = sqlx::query(FOUND)
            .bind(tenant)
            .bind(account.as_str())
            .bind(self.places.of(account.as_str()))
            .fetch_all(self.store.readers())
            .await?;
        let (mut found, mut stand_in) = (None, None);
        for row in rows {
            let (turn, sealed): (i64, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
            match turn {
                ASKED => {
                    let registration = self.open(&sealed)?;
                    let version = row.try_get(2)?;
                    found = Some(Versioned {
                        registration,
                        version,
                    });
                }
                WITHIN => {
                    let within: Within = self.accounts.open(&sealed)?;
                    found = Some(Versioned {
                        registration: within.registration().unwrap_or_default(),
                        version: 0,
                    });
                }
                _ => stand_in = Some(sealed),
            }
        }
        if let (None, Some(sealed)) = (&found, stand_in) {
            self.open_stand_in(&sealed);
        }
        Ok(found)
    }

    /// Opens a registration and discards it. If it cannot be opened, the log says so, but the
    /// answer stays the same.
    fn open_stand_in(&self, sealed: &[u8]) {
        if let Err(error) = self.open(sealed) {
            error!(
                error = format!("{error:#}"),
                "the service cannot open the stand-in registration for an unknown name"
            );
        }
    }

    /// Writes a registration that is still in the row of its account, unless it has a row of its
    /// own meanwhile.
    pub(crate) fn moving(
        &self,
        tenant: &str,
        account: &str,
        within: &Registration,
    ) -> Result<Statement> {
        let insert = Statement::new(
            "INSERT INTO registrations (tenant, account, registration, version, place) VALUES ($1, $2, $3, 1, $4) \
             ON CONFLICT DO NOTHING",
        );
        let insert = insert.bind(tenant).bind(account);
        Ok(insert.bind(self.close(within)?).bind(any_place()))
    }

    /// Seals a registration.
    pub(crate) fn close(&self, registration: &Registration) -> Result<Vec<u8>> {
        self.seal.close(registration)
    }

    /// Opens a registration.
    pub(crate) fn open(&self, sealed: &[u8]) -> Result<Registration> {
        self.seal.open(sealed)
    }

    /// Seals every registration with the first key. Returns how many registrations none of the keys
    /// opens.
    pub(crate) async fn seal_again(&self) -> Result<u64> {
        let sealed = self.store.seal_again(Sealed::Registrations, &self.seal);
        sealed.await
    }

    /// The seal of registrations.
    pub(crate) const fn seal(&self) -> &Seal {
        &self.seal
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use postern_engine::EngineKey;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;
    use crate::store::temporary;

    /// Counts the log lines of this module.
    #[derive(Clone, Default)]
    struct Told(Arc<Mutex<usize>>);

    impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Told {
        fn on_event(
            &self,
            event: &tracing::Event<'_>,
            _: tracing_subscriber::layer::Context<'_, S>,
        ) {
            if module_path!().strip_suffix("::tests") == Some(event.metadata().target()) {
                *self.0.lock().expect("no test panics here") += 1;
            }
        }
    }

    #[tokio::test]
    async fn one_registration_is_opened_whether_the_one_that_was_asked_for_is_there_or_not() {
        let told = Told::default();
        let count = || *told.0.lock().expect("no test panics here");
        let log = tracing_subscriber::registry().with(told.clone());
        let _here = tracing::subscriber::set_default(log);
        let key = EngineKey::new([42; 32]);
        let (_folder, store) = temporary::store(&key).await;
        let registrations = Registrations::new(store.clone(), &key);
        let row = |account| NewRow {
            tenant: "contoso.example",
            account,
            sealed: registrations
                .close(&Registration::default())
                .expect("it is sealed"),
            version: 0,
        };
        let mut transaction = store.write().await.expect("a transaction");
        let stale = put(&mut transaction, &[row("ada"), row("bob")]).await;
        assert!(stale.expect("there is room").is_empty());
        transaction.commit().await.expect("both are there");
        let tenant = Tenant::new("contoso.example", "Contoso");
        let elsewhere = Tenant::new("bank.example", "Bank");
        let (known, unknown) = (AccountId("ada".into()), AccountId("zoe".into()));
        let opened = async |tenant, account| registrations.of(tenant, account).await.is_ok();
        assert!(opened(&tenant, &known).await && opened(&tenant, &unknown).await);
        assert!(opened(&elsewhere, &known).await);
        assert_eq!(count(), 0);

        // The registrations are damaged, so each attempt to open one shows: for an existing
        // registration as an error, and for a stand-in in the log.
        let mut transaction = store.write().await.expect("a transaction");
        let damage = "UPDATE registrations SET registration = x'00'";
        let damage = sqlx::query(damage).execute(&mut *transaction);
        damage.await.expect("all are damaged");
        transaction.commit().await.expect("all are damaged");
        assert!(!opened(&tenant, &known).await);
        assert_eq!(count(), 0);
        assert!(opened(&tenant, &unknown).await);
        assert_eq!(count(), 1);
        // The other tenant has no registration that could stand in.
        assert!(opened(&elsewhere, &known).await);
        assert_eq!(count(), 1);
    }
}
