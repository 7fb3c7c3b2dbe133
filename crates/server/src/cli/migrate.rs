//! `postern-server migrate`.

use std::io::Write;

use anyhow::Result;
use serde_json::json;

use crate::deployment::Deployment;
use crate::visible::write_json;

/// Brings the tables up to date.
#[derive(clap::Args)]
pub(super) struct Migrate {
    /// Changes nothing, and fails if the tables are not up to date or belong to a newer program.
    #[arg(long)]
    check: bool,
}

impl Migrate {
    pub(super) async fn run(
        &self,
        deployment: Deployment,
        is_json: bool,
        out: &mut impl Write,
    ) -> Result<()> {
        let made = if self.check {
            deployment.check_migrations().await?;
            Vec::new()
        } else {
            deployment.migrate().await?
        };
        if is_json {
            return Ok(write_json(out, &json!({ "made": made }))?);
        }
        if made.is_empty() {
            return Ok(writeln!(out, "the tables are up to date")?);
        }
        for migration in made {
            writeln!(out, "made: {migration}")?;
        }
        Ok(writeln!(out, "the tables are up to date now")?)
    }
}
