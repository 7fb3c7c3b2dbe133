//! `postern-server`: self-service password reset behind one address.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
#[cfg(not(feature = "development"))]
use clap::{CommandFactory, error::ErrorKind};
use clap::{Parser, Subcommand};
use postern_server::accounts::Accounts;
use postern_server::audit::Audit;
use postern_server::config::Config;
use postern_server::deployment::Deployment;
#[cfg(feature = "development")]
use postern_server::development::{self, Unconfigured};
use postern_server::serve::Running;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{error, info, warn};

#[derive(Parser)]
#[command(
    name = "postern-server",
    version,
    about = "Self-service password reset",
    after_help = "SIGHUP reads the configuration again; one that is wrong changes nothing."
)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// The configuration. `postern.example.toml` names every key.
    #[arg(long, global = true, env = "POSTERN_CONFIG")]
    config: Option<PathBuf>,
    /// A built wizard to serve instead of the one in this program.
    #[arg(long)]
    site: Option<PathBuf>,
    #[cfg(feature = "development")]
    #[command(flatten)]
    unconfigured: Unconfigured,
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
        .with_span_list(false)
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
    let deployment = match &config {
        Some(config) => Deployment::configured(config),
        #[cfg(feature = "development")]
        None => arguments.unconfigured.deployment()?,
        #[cfg(not(feature = "development"))]
        None => Arguments::command()
            .error(
                ErrorKind::MissingRequiredArgument,
                "this build has no development mode: it needs --config FILE",
            )
            .exit(),
    };
    match arguments.task {
        None => {
            for warning in config.iter().flat_map(Config::warnings) {
                warn!(warning, "the configuration may not say what is meant");
            }
            let running = deployment.start(arguments.site).await?;
            #[cfg(feature = "development")]
            if config.as_ref().is_none_or(Config::is_development) {
                development::tell(&running);
            }
            let again = arguments.config.as_deref().zip(config);
            until_stopped(&running, again).await?;
            info!("stopping");
            running.stop().await;
            Ok(())
        }
        Some(Task::CheckConfig) => {
            let config = config.context("--config names the configuration to check")?;
            for warning in config.warnings() {
                eprintln!("warning: {warning}");
            }
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
