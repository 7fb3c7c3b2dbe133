//! No command: runs the service until a signal stops it.

use std::path::{Path, PathBuf};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::{error, info, warn};

use crate::config::{Config, Warning};
use crate::deployment::Deployment;
#[cfg(feature = "development")]
use crate::development;
use crate::serve::Running;

pub(super) async fn run(
    deployment: Deployment,
    site: Option<PathBuf>,
    config: Option<(&Path, Config)>,
) -> anyhow::Result<()> {
    if let Some((_, config)) = &config {
        warn_of(&config.warnings());
    }
    // Registered before the service starts. Without a handler, a hang-up signal would end the
    // program.
    let hung_up = signal(SignalKind::hangup())?;
    let running = deployment.start(site).await?;
    #[cfg(feature = "development")]
    if config
        .as_ref()
        .is_none_or(|(_, config)| config.is_development())
    {
        development::tell(&running);
    }
    until_stopped(&running, hung_up, config).await?;
    info!("stopping");
    running.stop().await;
    Ok(())
}

fn warn_of(warnings: &[Warning]) {
    for Warning { place, reason } in warnings {
        let line = place.map(|(line, _)| line);
        warn!(
            line,
            warning = reason,
            "the configuration may not say what is meant"
        );
    }
}

/// Waits for a signal to stop. Reads the configuration again on SIGHUP.
async fn until_stopped(
    running: &Running,
    mut hung_up: Signal,
    config: Option<(&Path, Config)>,
) -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
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
        match reload(running, started, path).await {
            Ok((keys, warnings)) => {
                for key in keys {
                    warn!(key, "has another value, which a restart is needed for");
                }
                warn_of(&warnings);
                info!("the configuration was read again");
            }
            Err(wrong) => {
                let wrong = format!("{wrong:#}");
                error!(wrong, "the configuration is wrong, and stays what it was");
            }
        }
    }
}

/// Reads the configuration again and applies it. Returns the changed keys that take effect only
/// after a restart, and the warnings.
async fn reload(
    running: &Running,
    started: &Config,
    path: &Path,
) -> anyhow::Result<(Vec<&'static str>, Vec<Warning>)> {
    let new = Config::read(path)?;
    running.check_tenants(&new.settings()).await?;
    running.reload(new.settings(), &new.delivery())?;
    Ok((started.needs_restart(&new), new.warnings()))
}
