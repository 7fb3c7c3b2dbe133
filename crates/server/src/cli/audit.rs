//! `postern-server audit`: the audit log.

mod begin_anew;
mod show;

use std::io::Write;

use anyhow::Result;
use postern_engine::audit::Action;

use super::Session;
use super::session::Done;
use crate::audit::{AuditExport, Verify};

pub use self::begin_anew::BeginAnew;
pub use self::show::ShowAudit;

/// What can be done with the audit log.
#[derive(clap::Subcommand)]
pub enum Audit {
    /// Shows what happened to a person or in an attempt, by a code, an identifier or an id.
    Show(ShowAudit),
    /// Exports the events of a span of time.
    Export(AuditExport),
    /// Verifies the chain of the log, and fails if a row was changed, removed or inserted.
    Verify(Verify),
    /// Begins a new chain after a break, so that later rows can be verified again.
    BeginAnew(BeginAnew),
}

impl Audit {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// When the log is not whole, or the store or a file fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        match self {
            Self::Show(show) => show.run(session, out).await,
            Self::Export(export) => {
                let (store, tenants) = (&session.store, &session.tenants);
                let planned = export.plan(store, tenants, session.is_json).await?;
                let done = Done::new(Action::AuditExported, planned.tenant());
                // Recorded before any row leaves.
                session.record(done).await?;
                planned.write(store, out).await
            }
            Self::Verify(verify) => verify.run(&session.store, session.is_json, out).await,
            Self::BeginAnew(begin) => begin.run(session, out).await,
        }
    }
}
