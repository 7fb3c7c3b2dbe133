//! What the program runs: as it is configured, or, without a configuration, for whoever wants to see it on their own machine.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use postern_engine::{EngineKey, contoso};

use crate::config::Config;
use crate::delivery;
use crate::development;
use crate::directory::BuiltIn;
use crate::http;
use crate::secret::Secret;
use crate::serve::{self, Options, Running};
use crate::settings::Settings;
use crate::store::SqlStore;

/// Connections to the database of a server in development.
const CONNECTIONS: u32 = 16;

/// A service before it is started.
pub struct Deployment {
    listen: SocketAddr,
    database: Secret,
    connections: u32,
    key: EngineKey,
    settings: Settings,
    delivery: delivery::Settings,
    http: http::Settings,
    has_mailbox: bool,
    has_personas: bool,
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
            http: config.http(),
            has_mailbox: config.development,
            has_personas: false,
        }
    }

    /// The organisations of Contoso, with everything in one directory and the codes in a mailbox for everybody on this machine.
    ///
    /// # Errors
    ///
    /// When other machines could reach that address, or the directory cannot be made.
    pub fn in_development(
        data: &Path,
        listen: SocketAddr,
        database: Option<String>,
    ) -> anyhow::Result<Self> {
        ensure!(
            listen.ip().is_loopback(),
            "{listen} is reached from other machines, and everybody there could read the codes in the development mailbox"
        );
        std::fs::create_dir_all(data)
            .with_context(|| format!("{} cannot be made", data.display()))?;
        let file = || {
            format!(
                "sqlite://{}?mode=rwc",
                data.join("postern.sqlite").display()
            )
        };
        Ok(Self {
            listen,
            database: Secret::new(database.unwrap_or_else(file)),
            connections: CONNECTIONS,
            key: development::key(&data.join("development.key"))?,
            settings: Settings::new(contoso::tenants(), "localhost"),
            delivery: delivery::Settings::default(),
            http: http::Settings::default(),
            has_mailbox: true,
            has_personas: true,
        })
    }

    /// Starts the service.
    ///
    /// # Errors
    ///
    /// When something that it needs is not there.
    pub async fn start(self, site: Option<PathBuf>) -> anyhow::Result<Running> {
        let store = self.open().await?;
        let directory = Arc::new(BuiltIn::new(store.clone(), &self.key));
        if self.has_personas {
            development::add_personas(&directory, &self.key).await?;
        }
        serve::start(Options {
            listen: self.listen,
            site,
            delivery: self.delivery,
            http: self.http,
            has_mailbox: self.has_mailbox,
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
