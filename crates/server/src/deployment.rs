//! What the program runs, as it is configured.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use postern_engine::{Account, EngineKey};

use crate::config::Config;
use crate::delivery::{self, Uncarried};
#[cfg(feature = "development")]
use crate::development;
use crate::directory::BuiltIn;
use crate::http;
use crate::secret::Secret;
use crate::serve::{self, Options, Running};
use crate::settings::Settings;
use crate::store::SqlStore;

/// A service before it is started.
pub struct Deployment {
    pub(crate) listen: SocketAddr,
    pub(crate) database: Secret,
    pub(crate) connections: u32,
    pub(crate) key: EngineKey,
    pub(crate) settings: Settings,
    pub(crate) delivery: delivery::Settings,
    pub(crate) uncarried: Uncarried,
    pub(crate) http: http::Settings,
    /// Who is put into the directory on start, each with the domain of their tenant. Passwords that were set meanwhile stay.
    pub(crate) accounts: Vec<(&'static str, Account)>,
}

impl Deployment {
    /// As it is configured.
    pub fn configured(config: &Config) -> Self {
        Self {
            listen: *config.listen.as_ref(),
            database: config.database(),
            connections: config.connections(),
            key: config.key(),
            settings: config.settings(),
            delivery: config.delivery(),
            #[cfg(feature = "development")]
            uncarried: development::uncarried(config.is_development()),
            #[cfg(not(feature = "development"))]
            uncarried: Uncarried::default(),
            http: config.http(),
            accounts: Vec::new(),
        }
    }

    /// Starts the service.
    ///
    /// # Errors
    ///
    /// When something that it needs is not there.
    pub async fn start(self, site: Option<PathBuf>) -> anyhow::Result<Running> {
        let store = self.open().await?;
        let directory = Arc::new(BuiltIn::new(store.clone(), &self.key));
        for (domain, account) in &self.accounts {
            directory.put(domain, account).await?;
        }
        serve::start(Options {
            listen: self.listen,
            site,
            delivery: self.delivery,
            http: self.http,
            uncarried: self.uncarried,
            ..Options::new(store, directory, self.key, self.settings)
        })
        .await
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    ///
    /// When the store does not do what it is there for.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        self.open().await.map(|_| ())
    }

    /// Whether the tables are up to date; changes nothing.
    ///
    /// # Errors
    ///
    /// What is missing, or that the store does not do what it is there for.
    pub async fn check_migrations(&self) -> anyhow::Result<()> {
        let store = SqlStore::connect(self.database.reveal(), 1, &self.key).await?;
        let missing = store.missing_migrations().await?;
        if !missing.is_empty() {
            bail!("migrations are missing: {}", missing.join(", "));
        }
        Ok(())
    }

    /// Opens the store.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub async fn open(&self) -> anyhow::Result<Arc<SqlStore>> {
        let store = SqlStore::open(self.database.reveal(), self.connections, &self.key).await;
        Ok(Arc::new(store.context("the store cannot be opened")?))
    }

    /// The deployment's secret.
    pub fn key(&self) -> &EngineKey {
        &self.key
    }

    /// What the host goes by while it runs.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
