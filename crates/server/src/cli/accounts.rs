//! `postern-server accounts`: accounts of tenants that have no directory of their own.

use std::io::Write;

use anyhow::Result;

use super::Session;
use crate::accounts::Import;

/// What can be done with accounts.
#[derive(clap::Subcommand)]
pub enum Accounts {
    /// Takes accounts from a CSV file, all of them or none.
    Import(Import),
}

impl Accounts {
    /// Does it.
    ///
    /// # Errors
    ///
    /// When it is refused, or the store or a file does not do what it is there for.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        match self {
            Self::Import(import) => {
                let store = session.store.clone();
                import.run(store, &session.key, &session.tenants, out).await
            }
        }
    }
}
