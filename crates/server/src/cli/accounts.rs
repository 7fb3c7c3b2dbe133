//! `postern-server accounts`: accounts of tenants that have no directory of their own.

mod export;
mod list;
mod remove;
mod rename;
mod show;
mod template;
mod unlock;
mod who;

use std::io::Write;

use anyhow::Result;

use super::Session;
use crate::accounts::Import;
use crate::failure::Failure;

pub use self::export::Export;
pub use self::list::List;
pub use self::remove::Remove;
pub use self::rename::Rename;
pub use self::show::Show;
pub use self::template::Template;
pub use self::unlock::Unlock;
pub use self::who::{Found, Who};

/// What can be done with accounts.
#[derive(clap::Subcommand)]
pub enum Accounts {
    /// Imports accounts from a CSV file or a workbook, all of them or none.
    Import(Import),
    /// Lists accounts, one a line.
    List(List),
    /// Shows what is on file for one account, without secrets.
    Show(Show),
    /// Writes accounts as the CSV that `accounts import` reads, without secrets.
    Export(Export),
    /// Removes an account and what is kept about the person, except the audit log.
    Remove(Remove),
    /// Gives an account another identifier.
    Rename(Rename),
    /// Unlocks an account that too many wrong passwords have locked. `locks lift` lifts the locks
    /// of this service.
    Unlock(Unlock),
    /// Prints the header row of the CSV that `accounts import` reads, and an example.
    Template(Template),
}

impl Accounts {
    /// Refuses `--json` where the command cannot print JSON.
    ///
    /// # Errors
    ///
    /// [`Failure::Misused`] when the command writes CSV only.
    pub fn check_json(&self, is_json: bool) -> Result<()> {
        let why = match self {
            Self::Export(_) if is_json => {
                "--json: `accounts export` writes only the CSV that `accounts import` reads; `accounts list --json` writes every account \
                 as JSON"
            }
            Self::Template(_) if is_json => {
                "--json: `accounts template` writes only the CSV that `accounts import` reads"
            }
            Self::Import(_)
            | Self::List(_)
            | Self::Show(_)
            | Self::Export(_)
            | Self::Remove(_)
            | Self::Rename(_)
            | Self::Unlock(_)
            | Self::Template(_) => return Ok(()),
        };
        Err(Failure::Misused(why.into()).into())
    }

    /// Runs the command.
    ///
    /// # Errors
    ///
    /// When the command is refused, or the store or a file fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        match self {
            // Removal skips the check: an administrator uses it to free ids that the configuration
            // needs.
            Self::Remove(_) | Self::Template(_) => {}
            Self::Import(_)
            | Self::List(_)
            | Self::Show(_)
            | Self::Export(_)
            | Self::Rename(_)
            | Self::Unlock(_) => session.store.check_tenants(&session.tenants).await?,
        }
        match self {
            Self::Import(import) => {
                let store = session.store.clone();
                let (tenants, importer) = (&session.tenants, session.importer());
                let report = import.run(store, &session.key, tenants, importer).await?;
                report.write(session.is_json, out)
            }
            Self::List(list) => list.run(session, out).await,
            Self::Show(show) => show.run(session, out).await,
            Self::Export(export) => export.run(session, out).await,
            Self::Remove(remove) => remove.run(session, out).await,
            Self::Rename(rename) => rename.run(session, out).await,
            Self::Unlock(unlock) => unlock.run(session, out).await,
            Self::Template(template) => template.run(out),
        }
    }
}
