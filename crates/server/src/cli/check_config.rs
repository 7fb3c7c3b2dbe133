//! `postern-server check-config`.

use anyhow::Context;

use crate::config::Config;

/// Checks the configuration.
#[derive(clap::Args)]
pub(super) struct CheckConfig {}

impl CheckConfig {
    #[expect(clippy::unused_self, reason = "it has no arguments yet")]
    pub(super) fn run(&self, config: Option<&Config>) -> anyhow::Result<()> {
        let config = config.context("--config names the configuration to check")?;
        for warning in config.warnings() {
            eprintln!("warning: {warning}");
        }
        eprintln!("{} tenants, and nothing wrong", config.tenants().len());
        Ok(())
    }
}
