//! `postern-server audit begin-anew`.

use std::io::Write;

use anyhow::{Result, bail};
use postern_engine::audit::Action;
use serde_json::json;

use super::super::Session;
use super::super::actor::reason;
use super::super::session::Done;
use crate::store::AuditLog;

/// Why the chain begins anew.
///
/// All rows stay as they are, with the positions and hashes that they have, and are exported as
/// before. They are outside of the new chain, whose first row says who began it, why, and where the
/// old one was broken. Export the log first, and keep the export: nothing verifies the old rows any
/// more.
#[derive(clap::Args)]
pub struct BeginAnew {
    /// What you know about the break, for the audit log.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    pub reason: String,
}

impl BeginAnew {
    /// Begins the chain anew.
    ///
    /// # Errors
    ///
    /// When the log is whole, or the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let verdict = session.store.verify_audit(None).await?;
        let Some(position) = verdict.broken_at else {
            bail!("the audit log is whole, so its chain cannot begin anew");
        };
        let because = format!("broken at position {position}: {}", self.reason);
        let done = Done::new(Action::AuditBegunAnew, "").because(Some(&because));
        let event = session.event(done);
        session.store.begin_audit_anew(&event).await?;
        session.print(out, &json!({ "broken_at": position }), |out| {
            Ok(writeln!(
                out,
                "the chain was broken at position {position} and now begins anew; the earlier rows stay, outside of it"
            )?)
        })
    }
}
