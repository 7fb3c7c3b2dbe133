//! `postern-server audit`: the audit log.

mod begin_anew;
mod show;

use std::io::Write;

use anyhow::Result;
use postern_engine::audit::Action;

use super::Session;
use super::session::Done;
use crate::audit::{Export, Verify};

pub use self::begin_anew::BeginAnew;
pub use self::show::Show;

/// What can be done with the audit log.
#[derive(clap::Subcommand)]
pub enum Audit {
    /// Shows what happened to a person or in an attempt, by what a caller can tell.
    Show(Show),
    /// Writes what happened in a span of time.
    Export(Export),
    /// Walks its chain, and fails if anything was changed, removed or put in.
    Verify(Verify),
    /// Lets the chain begin anew behind a break, so that what comes can be verified again.
    BeginAnew(BeginAnew),
}

impl Audit {
    /// Does it.
    ///
    /// # Errors
    ///
    /// When the log is not whole, or the store or a file does not do what it is there for.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        match self {
            Self::Show(show) => show.run(session, out).await,
            Self::Export(export) => {
                export
                    .run(&session.store, &session.tenants, session.is_json, out)
                    .await?;
                let tenant = export.tenant.as_deref().unwrap_or_default();
                session
                    .record(Done::new(Action::AuditExported, tenant))
                    .await
            }
            Self::Verify(verify) => verify.run(&session.store, session.is_json, out).await,
            Self::BeginAnew(begin) => begin.run(session, out).await,
        }
    }
}
