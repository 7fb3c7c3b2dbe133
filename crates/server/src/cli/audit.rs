//! `postern-server audit`: the audit log.

use std::io::Write;

use anyhow::Result;

use super::Session;
use crate::audit::{Export, Verify};

/// What can be done with the audit log.
#[derive(clap::Subcommand)]
pub enum Audit {
    /// Writes what happened in a span of time.
    Export(Export),
    /// Walks its chain, and fails if anything was changed, removed or put in.
    Verify(Verify),
}

impl Audit {
    /// Does it.
    ///
    /// # Errors
    ///
    /// When the log is not whole, or the store or a file does not do what it is there for.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        match self {
            Self::Export(export) => export.run(&session.store, &session.tenants, out).await,
            Self::Verify(verify) => verify.run(&session.store, out).await,
        }
    }
}
