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
    info!("the server is stopping");
    running.stop().await;
    Ok(())
}

fn warn_of(warnings: &[Warning]) {
    for Warning { place, reason } in warnings {
        let line = place.map(|(line, _)| line);
        warn!(line, warning = reason, "the configuration has a warning");
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
            warn!("SIGHUP changes nothing: the server was started without a configuration");
            continue;
        };
        match reload(running, started, path).await {
            Ok((keys, warnings)) => {
                for key in keys {
                    warn!(
                        key,
                        "the key has a new value, which takes effect after a restart"
                    );
                }
                warn_of(&warnings);
                info!("the server read its configuration again");
            }
            Err(wrong) => {
                let wrong = format!("{wrong:#}");
                error!(
                    wrong,
                    "the new configuration is wrong: the server keeps the old one"
                );
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
