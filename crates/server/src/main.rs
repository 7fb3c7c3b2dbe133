//! `postern-server`: self-service password reset behind one address.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use postern_server::accounts::Accounts;
use postern_server::audit::Audit;
use postern_server::config::Config;
use postern_server::deployment::Deployment;
use postern_server::serve::Running;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{error, info, warn};

/// Where everything is kept in development.
const DATA: &str = "data";

#[derive(Parser)]
#[command(
    name = "postern-server",
    version,
    about = "Self-service password reset",
    after_help = "Without a configuration, the organisations of Contoso are served to this machine alone, with the codes in a mailbox.\n\
                  SIGHUP reads the configuration again; one that is wrong changes nothing."
)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// The configuration. `postern.example.toml` names every key.
    #[arg(long, global = true, env = "POSTERN_CONFIG")]
    config: Option<PathBuf>,
    /// Where to listen, without a configuration: an address of this machine alone.
    #[arg(long, env = "POSTERN_LISTEN", conflicts_with = "config")]
    listen: Option<SocketAddr>,
    /// The database, without a configuration: a sqlite: or a postgres: URL. Without it, a file in ./data.
    #[arg(long, env = "POSTERN_STORE", conflicts_with = "config", global = true)]
    store: Option<String>,
    /// A built wizard to serve instead of the one in this program.
    #[arg(long)]
    site: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Task {
    /// Checks the configuration: each thing that is wrong with it, with its line.
    CheckConfig,
    /// Brings the tables up to date.
    Migrate {
        /// Changes nothing, and fails if something is missing.
        #[arg(long)]
        check: bool,
    },
    /// Accounts of tenants that have no directory of their own.
    #[command(subcommand)]
    Accounts(Accounts),
    /// The audit log.
    #[command(subcommand)]
    Audit(Audit),
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
    let config = arguments.config.as_deref().map(read).transpose()?;
    let deployment = if let Some(config) = &config {
        Deployment::configured(config)
    } else {
        let listen = arguments.listen;
        let listen = listen.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, 8080).into());
        Deployment::in_development(Path::new(DATA), listen, arguments.store)?
    };
    match arguments.task {
        None => {
            let running = deployment.start(arguments.site).await?;
            if config.as_ref().is_none_or(|config| config.development) {
                let port = running.address.port();
                eprintln!("The wizard:  http://localhost:{port}/");
                eprintln!("Its mailbox: http://localhost:{port}/development/mailbox");
            }
            let again = arguments.config.as_deref().zip(config);
            until_stopped(&running, again).await?;
            info!("stopping");
            running.stop().await;
            Ok(())
        }
        Some(Task::CheckConfig) => {
            let config = config.context("--config names the configuration to check")?;
            eprintln!("{} tenants, and nothing wrong", config.tenants().len());
            Ok(())
        }
        Some(Task::Migrate { check: false }) => deployment.migrate().await,
        Some(Task::Migrate { check: true }) => deployment.check_migrations().await,
        Some(Task::Accounts(accounts)) => {
            let store = deployment.open().await?;
            let tenants = &deployment.settings().tenants;
            let out = &mut std::io::stdout();
            accounts.run(store, deployment.key(), tenants, out).await
        }
        Some(Task::Audit(audit)) => {
            let store = deployment.open().await?;
            let tenants = &deployment.settings().tenants;
            audit.run(&store, tenants, &mut std::io::stdout()).await
        }
    }
}

fn read(path: &Path) -> anyhow::Result<Config> {
    Config::read(path).map_err(anyhow::Error::new)
}

/// Until somebody wants it to stop. Reads the configuration again for whoever asks.
async fn until_stopped(running: &Running, config: Option<(&Path, Config)>) -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut hung_up = signal(SignalKind::hangup())?;
    loop {
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => return Ok(interrupted?),
            _ = terminated.recv() => return Ok(()),
            _ = hung_up.recv() => {}
        }
        let Some((path, started)) = &config else {
            warn!("there is no configuration to read again");
            continue;
        };
        let reloaded = read(path).and_then(|new| {
            running.reload(new.settings(), &new.delivery())?;
            Ok(started.needs_restart(&new))
        });
        match reloaded {
            Ok(keys) => {
                for key in keys {
                    warn!(key, "has another value, which a restart is needed for");
                }
                info!("the configuration was read again");
            }
            Err(wrong) => {
                let wrong = format!("{wrong:#}");
                error!(wrong, "the configuration is wrong, and stays what it was");
            }
        }
    }
}
