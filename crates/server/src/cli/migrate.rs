//! `postern-server migrate`.

use crate::deployment::Deployment;

/// Brings the tables up to date.
#[derive(clap::Args)]
pub(super) struct Migrate {
    /// Changes nothing, and fails if the tables lack something or are of a newer program.
    #[arg(long)]
    check: bool,
}

impl Migrate {
    pub(super) async fn run(&self, deployment: Deployment) -> anyhow::Result<()> {
        if self.check {
            deployment.check_migrations().await
        } else {
            deployment.migrate().await
        }
    }
}
