//! `postern-server accounts unlock`.

use std::io::Write;

use anyhow::{Result, bail};
use postern_engine::audit::Action;
use postern_engine::{Tenant, Written};
use serde_json::json;

use super::super::Session;
use super::super::session::Done;
use super::Who;
use crate::directory::Directory;

/// Which account, and why.
#[derive(clap::Args)]
pub struct Unlock {
    #[command(flatten)]
    /// Which.
    pub who: Who,
    /// Why, for the audit log.
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
}

impl Unlock {
    /// Does it.
    ///
    /// # Errors
    ///
    /// When there is no such account, or the store does not do what it is there for.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let found = self.who.find(session).await?;
        let id = &found.account.id;
        let was_locked = found.account.is_locked;
        if was_locked {
            let tenant = Tenant::new(&found.tenant, "");
            match session.accounts().unlock(&tenant, id).await {
                Written::Done => {}
                Written::Refused(_)
                | Written::Misconfigured
                | Written::Unreachable
                | Written::Unknown => {
                    bail!("the account could not be unlocked: the log says why");
                }
            }
        }
        let done = Done::new(Action::AccountUnlocked, &found.tenant).to(id);
        session.record(done.because(self.reason.as_deref())).await?;
        let said = json!({ "tenant": found.tenant, "id": id, "was_locked": was_locked });
        session.print(out, &said, |out| {
            if was_locked {
                writeln!(out, "{} {id} is unlocked", found.tenant)?;
            } else {
                writeln!(
                    out,
                    "{} {id} was not locked; `locks show` tells whether this service has locked the person",
                    found.tenant
                )?;
            }
            Ok(())
        })
    }
}
