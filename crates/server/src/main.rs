//! `postern-server`: self-service password reset behind one address.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use postern_engine::{EngineKey, contoso};
use postern_server::clock::Clock;
use postern_server::development;
use postern_server::directory::BuiltIn;
use postern_server::http;
use postern_server::serve::{self, Options};
use postern_server::settings::Settings;
use postern_server::store::SqlStore;
use tracing::info;

/// Connections to the database.
const CONNECTIONS: u32 = 16;

/// Where everything is kept in development.
const DATA: &str = "data";

#[derive(Parser)]
#[command(
    name = "postern-server",
    version,
    about = "Self-service password reset"
)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// Where to listen: an address of this machine alone, for as long as codes go to the development mailbox.
    #[arg(long, default_value = "127.0.0.1:8080", env = "POSTERN_LISTEN")]
    listen: SocketAddr,
    /// The database: a sqlite: or a postgres: URL. Without it, a file in ./data.
    #[arg(long, env = "POSTERN_STORE")]
    store: Option<String>,
    /// A built wizard to serve instead of the one in this program.
    #[arg(long)]
    site: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Task {
    /// Brings the tables up to date.
    Migrate {
        /// Changes nothing, and fails if something is missing.
        #[arg(long)]
        check: bool,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("POSTERN_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    if !arguments.listen.ip().is_loopback() {
        bail!(
            "{} is reached from other machines, and everybody there could read the codes in the development mailbox",
            arguments.listen
        );
    }
    let data = Path::new(DATA);
    std::fs::create_dir_all(data).with_context(|| format!("{DATA} cannot be made"))?;
    let key = development_key(&data.join("development.key"))?;
    let store = match arguments.store {
        Some(store) => store,
        None => format!(
            "sqlite://{}?mode=rwc",
            data.join("postern.sqlite").display()
        ),
    };
    match arguments.task {
        None => serve(arguments.listen, store, arguments.site, key).await,
        Some(Task::Migrate { check: false }) => {
            SqlStore::open(&store, 1, &key).await?;
            Ok(())
        }
        Some(Task::Migrate { check: true }) => {
            let missing = SqlStore::connect(&store, 1, &key)
                .await?
                .missing_migrations()
                .await?;
            if !missing.is_empty() {
                bail!("migrations are missing: {}", missing.join(", "));
            }
            Ok(())
        }
    }
}

async fn serve(
    listen: SocketAddr,
    store: String,
    site: Option<PathBuf>,
    key: EngineKey,
) -> anyhow::Result<()> {
    let store = SqlStore::open(&store, CONNECTIONS, &key).await;
    let store = Arc::new(store.context("the store cannot be opened")?);
    let directory = Arc::new(BuiltIn::new(store.clone(), &key));
    development::add_personas(&directory, &key).await?;
    let running = serve::start(Options {
        listen,
        store,
        directory,
        key,
        settings: Settings {
            tenants: contoso::tenants(),
            host: "localhost".to_owned(),
        },
        site,
        clock: Clock::System,
        asks_work: true,
        http: http::Settings::default(),
    })
    .await?;
    let address = running.address;
    eprintln!("The wizard:  http://localhost:{}/", address.port());
    eprintln!(
        "Its mailbox: http://localhost:{}/development/mailbox",
        address.port()
    );
    stopped().await?;
    info!("stopping");
    running.stop().await;
    Ok(())
}

/// Until somebody wants it to stop.
async fn stopped() -> anyhow::Result<()> {
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminated.recv() => {}
    }
    Ok(())
}

/// The secret of a server in development: made once, and kept beside its data.
fn development_key(path: &Path) -> anyhow::Result<EngineKey> {
    if let Ok(bytes) = std::fs::read(path) {
        let bytes = <[u8; 32]>::try_from(bytes.as_slice());
        return Ok(EngineKey::new(
            bytes.ok().context("the key has not 32 bytes")?,
        ));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
    write_secret(path, &bytes)?;
    Ok(EngineKey::new(bytes))
}

fn write_secret(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be made", path.display()))?;
    Ok(file.write_all(bytes)?)
}
