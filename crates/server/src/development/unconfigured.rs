//! The deployment of a server without a configuration.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, ensure};
use postern_engine::EngineKey;
use postern_world::contoso;

use super::uncarried;
use crate::config::{Origin, ReturnTo};
use crate::deployment::Deployment;
use crate::http;
use crate::secret::Secret;
use crate::serve::Options;
use crate::settings::Settings;

/// The directory for all data.
const DATA: &str = "data";

/// Connections to the database.
const CONNECTIONS: u32 = 16;

/// What can be said in place of a configuration.
#[derive(clap::Args)]
#[command(
    next_help_heading = "Without a configuration, the server serves the organisations of Contoso to this machine only, with the codes in \
                         a mailbox"
)]
pub struct Unconfigured {
    /// Where to listen: an address that only this machine can reach.
    #[arg(long, env = "POSTERN_LISTEN", conflicts_with = "config")]
    listen: Option<SocketAddr>,
    /// The database: a sqlite: or a postgres: URL. Without it, a file in ./data.
    #[arg(long, env = "POSTERN_STORE", conflicts_with = "config", global = true)]
    store: Option<String>,
    /// The origin of a portal whose pages may contain the wizard, as `portals` has it in a
    /// configuration. Can be given several times.
    #[arg(long, value_name = "ORIGIN", conflicts_with = "config")]
    portal: Vec<Origin>,
    /// An address that people may be sent back to, as `return-to` has it in a configuration. Can be
    /// given several times.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "config")]
    return_to: Vec<ReturnTo>,
}

impl Unconfigured {
    /// The organisations of Contoso, with everything in one directory and the codes in a mailbox
    /// that every user of this machine can read.
    ///
    /// # Errors
    ///
    /// When other machines could reach that address, or the directory cannot be made.
    pub fn deployment(self) -> anyhow::Result<Deployment> {
        let listen = self.listen;
        let listen = listen.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, 8080).into());
        ensure!(
            listen.ip().is_loopback(),
            "{listen} is reached from other machines, which could read the codes in the development mailbox"
        );
        let data = Path::new(DATA);
        std::fs::create_dir_all(data)
            .with_context(|| format!("{} cannot be created", data.display()))?;
        let file = || {
            format!(
                "sqlite://{}?mode=rwc",
                data.join("postern.sqlite").display()
            )
        };
        let key = key(&data.join("development.key"))?;
        let mut tenants = contoso::tenants();
        for tenant in &mut tenants {
            tenant.portals = self.portal.iter().map(|own| own.0.clone()).collect();
            tenant.return_to = self.return_to.iter().map(|own| own.0.clone()).collect();
        }
        let settings = Settings {
            origin: format!("http://localhost:{}", listen.port()),
            ..Settings::new(tenants, "localhost")
        };
        Ok(Deployment {
            database: Secret::new(self.store.unwrap_or_else(file)),
            connections: CONNECTIONS,
            migrates: true,
            accounts: contoso::accounts,
            options: Options {
                listen,
                uncarried: uncarried(true),
                http: http::HttpSettings::default(),
                ..Options::new(key, settings)
            },
        })
    }
}

/// Reads the secret. On the first start it generates the secret and stores it beside the data.
fn key(path: &Path) -> anyhow::Result<EngineKey> {
    if let Ok(bytes) = std::fs::read(path) {
        let bytes = <[u8; 32]>::try_from(bytes.as_slice());
        return Ok(EngineKey::new(
            bytes.ok().context("the key has not 32 bytes")?,
        ));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be created", path.display()))?;
    file.write_all(&bytes)?;
    Ok(EngineKey::new(bytes))
}
