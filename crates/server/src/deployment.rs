//! The configured deployment, before and at its start.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, ensure};
use postern_engine::{Account, EngineKey};
use tracing::warn;

use crate::config::Config;
use crate::delivery;
#[cfg(feature = "development")]
use crate::development;
use crate::directory::BuiltIn;
use crate::http;
use crate::keys::Keys;
use crate::secret::Secret;
use crate::serve::{self, Options, Running};
use crate::settings::Settings;
use crate::store::SqlStore;
use crate::uncarried::Uncarried;

/// A service before it is started.
pub struct Deployment {
    pub(crate) listen: SocketAddr,
    pub(crate) database: Secret,
    pub(crate) connections: u32,
    /// Whether opening an older database brings it up to date.
    pub(crate) migrates: bool,
    pub(crate) keys: Keys,
    pub(crate) settings: Settings,
    pub(crate) delivery: delivery::DeliverySettings,
    pub(crate) uncarried: Uncarried,
    pub(crate) http: http::HttpSettings,
    /// Accounts that the start puts into the directory, each with the id of its tenant. The
    /// function makes them with the key. Passwords that were set meanwhile stay.
    pub(crate) accounts: fn(&EngineKey) -> Vec<(&'static str, Account)>,
}

impl Deployment {
    /// The deployment that a configuration describes.
    pub fn configured(config: &Config) -> Self {
        Self {
            listen: *config.listen.as_ref(),
            database: config.database(),
            connections: config.connections(),
            migrates: true,
            keys: config.keys(),
            settings: config.settings(),
            delivery: config.delivery(),
            #[cfg(feature = "development")]
            uncarried: development::uncarried(config.is_development()),
            #[cfg(not(feature = "development"))]
            uncarried: Uncarried::default(),
            http: config.http(),
            accounts: |_| Vec::new(),
        }
    }

    /// Starts the service.
    ///
    /// # Errors
    ///
    /// When a part that the service needs is missing or fails.
    pub async fn start(self, site: Option<PathBuf>) -> anyhow::Result<Running> {
        let store = self.open().await?;
        store.check_tenants(&self.settings.tenants).await?;
        store.warn_of_unreached(&self.settings.tenants).await?;
        let keys = store.keys().clone();
        let directory = Arc::new(BuiltIn::new(store.clone(), &keys));
        for (tenant, account) in (self.accounts)(keys.first()) {
            directory.put(tenant, &account).await?;
        }
        let running = serve::start(Options {
            listen: self.listen,
            site,
            delivery: self.delivery,
            http: self.http,
            uncarried: self.uncarried,
            ..Options::new(store, directory.clone(), keys, self.settings)
        })
        .await?;
        running.run_beside(async move {
            if let Err(error) = directory.move_registrations().await {
                let error = format!("{error:#}");
                warn!(error, "registrations stay in the rows of their accounts");
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
        let store = SqlStore::connect(self.database.reveal(), 1, &self.keys).await?;
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
        let store = SqlStore::look(self.database.reveal(), &self.keys).await?;
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
            SqlStore::open(url, connections, &self.keys).await
        } else {
            SqlStore::open_migrated(url, connections, &self.keys).await
        };
        Ok(Arc::new(store.context("the database cannot be opened")?))
    }

    /// The settings that the running service uses.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
