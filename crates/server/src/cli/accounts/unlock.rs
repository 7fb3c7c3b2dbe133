//! `postern-server accounts unlock`.

use std::io::Write;

use anyhow::{Result, ensure};
use postern_engine::audit::{Action, AuditEvent};
use serde_json::json;

use super::super::Session;
use super::super::actor::reason;
use super::super::session::Done;
use super::Who;
use crate::directory::builtin::bulk::{AccountChange, Author, Made, Stored};

/// Which account, and why.
#[derive(clap::Args)]
pub struct Unlock {
    #[command(flatten)]
    /// The account.
    pub who: Who,
    /// The reason, for the audit log.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    pub reason: Option<String>,
}

impl Unlock {
    /// Unlocks the account.
    ///
    /// # Errors
    ///
    /// When there is no such account, or the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let found = self.who.find(session).await?;
        let (tenant, id) = (found.tenant.clone(), found.account.person.id.clone());
        let was_locked = found.account.person.is_locked;
        let done = Done::new(Action::AccountUnlocked, &tenant).to(&id);
        let done = done.because(self.reason.as_deref());
        if was_locked {
            let mut unlocking = Unlocking {
                tenant: tenant.clone(),
                event: session.event(done),
            };
            let change = unlocking.change(Stored {
                account: found.account,
                passwords: found.passwords,
                versions: found.versions,
            });
            let accounts = session.accounts();
            let made = accounts
                .change_all(&mut [change], &[], &mut unlocking)
                .await?;
            ensure!(
                made == Made::All,
                "the account was removed meanwhile, or another one has its identifiers"
            );
        } else {
            // Even here the output shows data of the account, so the audit log gets a row.
            let looked = Done::new(Action::AccountShown, &tenant).to(&id);
            let looked = looked.because(self.reason.as_deref());
            session.record(looked).await?;
        }
        let said = json!({ "tenant": tenant, "id": id, "was_locked": was_locked });
        session.print(out, &said, |out| {
            if was_locked {
                writeln!(out, "{tenant} {id} is unlocked")?;
            } else {
                writeln!(
                    out,
                    "{tenant} {id} was not locked; `locks show` shows whether this service has locked the person"
                )?;
            }
            Ok(())
        })
    }
}

/// Clears the lock of an account, and leaves the rest as it is.
struct Unlocking {
    tenant: String,
    event: AuditEvent,
}

impl Unlocking {
    fn change(&self, stored: Stored) -> AccountChange {
        let mut account = stored.account;
        account.person.is_locked = false;
        AccountChange {
            tenant: self.tenant.clone(),
            account,
            passwords: stored.passwords,
            versions: stored.versions,
        }
    }
}

impl Author for Unlocking {
    fn again(&mut self, _: usize, stored: Option<Stored>) -> Result<Option<AccountChange>> {
        Ok(stored.map(|stored| self.change(stored)))
    }

    fn events(&mut self) -> Vec<AuditEvent> {
        vec![self.event.clone()]
    }
}
