//! The configured deployment, before and at its start.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, ensure};
use postern_engine::{Account, EngineKey};
use tracing::warn;

use crate::config::Config;
#[cfg(feature = "development")]
use crate::development;
use crate::directory::{BuiltIn, Directories};
use crate::secret::Secret;
use crate::serve::{self, Options, Running};
use crate::store::SqlStore;

/// A service before it is started.
pub struct Deployment {
    pub(crate) database: Secret,
    pub(crate) connections: u32,
    /// Whether opening an older database brings it up to date.
    pub(crate) migrates: bool,
    /// Accounts that the start puts into the directory, each with the id of its tenant. The
    /// function makes them with the key. Passwords that were set meanwhile stay.
    pub(crate) accounts: fn(&EngineKey) -> Vec<(&'static str, Account)>,
    /// The options of the service over that database.
    pub(crate) options: Options,
}

impl Deployment {
    /// The deployment that a configuration describes.
    pub fn configured(config: &Config) -> Self {
        Self {
            database: config.database(),
            connections: config.connections(),
            migrates: true,
            accounts: |_| Vec::new(),
            options: Options {
                listen: *config.listen.as_ref(),
                delivery: config.delivery(),
                #[cfg(feature = "development")]
                uncarried: development::uncarried(config.is_development()),
                http: config.http(),
                ..Options::new(config.keys(), config.settings())
            },
        }
    }

    /// Starts the service.
    ///
    /// # Errors
    ///
    /// When a part that the service needs is missing or fails.
    pub async fn start(self, site: Option<PathBuf>) -> anyhow::Result<Running> {
        let store = self.open().await?;
        let tenants = &self.options.settings.tenants;
        store.check_tenants(tenants).await?;
        store.warn_of_unreached(tenants).await?;
        let keys = store.keys().clone();
        let directory = Arc::new(BuiltIn::new(store.clone(), &keys));
        for (tenant, account) in (self.accounts)(keys.first()) {
            directory.put(tenant, &account).await?;
        }
        let options = Options {
            keys,
            site,
            ..self.options
        };
        let directories = Directories::one(directory.clone());
        let running = serve::start(store, directories, options).await?;
        running.run_beside(async move {
            if let Err(error) = directory.move_registrations().await {
                let error = format!("{error:#}");
                warn!(
                    error,
                    "the built-in directory left registrations in the rows of their accounts"
                );
            }
        });
        Ok(running)
    }

    /// Brings the tables up to date regardless of `migrates`. Returns the migrations that were
    /// missing.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn migrate(mut self) -> anyhow::Result<Vec<String>> {
        let store = SqlStore::connect(self.database.reveal(), 1, &self.options.keys).await?;
        let missing = store.missing_migrations().await?;
        store.close().await;
        self.migrates = true;
        self.open().await?.close().await;
        Ok(missing)
    }

    /// Checks that the tables are up to date. Creates and changes nothing.
    ///
    /// # Errors
    ///
    /// When migrations are missing, or the store fails.
    pub async fn check_migrations(&self) -> anyhow::Result<()> {
        let store = SqlStore::look(self.database.reveal(), &self.options.keys).await?;
        let store = store.context("the database does not exist yet: the server creates it at its start, and so does `migrate`")?;
        let checked = async {
            store.check_not_newer().await?;
            let missing = store.missing_migrations().await?;
            ensure!(
                missing.is_empty(),
                "the database lacks migrations: {}",
                missing.join(", ")
            );
            Ok(())
        };
        let checked = checked.await;
        store.close().await;
        checked
    }

    /// Opens the store. Brings its tables up to date if `migrates` is set.
    ///
    /// # Errors
    ///
    /// When the store cannot be opened, or is not up to date and may not be changed.
    pub async fn open(&self) -> anyhow::Result<Arc<SqlStore>> {
        let (url, connections) = (self.database.reveal(), self.connections);
        let store = if self.migrates {
            SqlStore::open(url, connections, &self.options.keys).await
        } else {
            SqlStore::open_migrated(url, connections, &self.options.keys).await
        };
        Ok(Arc::new(store.context("the database cannot be opened")?))
    }
}
