//! `postern-server accounts remove`.

use std::io::Write;

use anyhow::{Result, ensure};
use postern_engine::account::AccountId;
use postern_engine::audit::Action;
use serde_json::json;

use super::super::Session;
use super::super::actor::reason;
use super::super::session::Done;
use super::list::Pages;
use super::{Found, Who};

/// Which account, and why.
///
/// The command removes the data on file, identifiers, groups, passwords, counters, attempts,
/// remembered answers and waiting messages. Rows of the audit log stay until audit.retention-days
/// is over. They say who did what and when, contain the identifier and the account id, and show
/// what happened to an account (GDPR article 17, paragraph 3).
#[derive(clap::Args)]
pub struct Remove {
    /// An identifier, such as ada@contoso.example, or the id of an account.
    #[arg(required_unless_present = "all")]
    pub who: Option<String>,
    /// The id or a domain of the tenant: needed if several tenants have an account of that id.
    #[arg(long, value_name = "TENANT", required_if_eq("all", "true"))]
    pub tenant: Option<String>,
    /// All accounts of --tenant. If the tenant is no longer configured, name it by its id.
    #[arg(long, conflicts_with = "who")]
    pub all: bool,
    /// The reason, for the audit log. Required with --all.
    #[arg(
        long,
        value_name = "REASON",
        value_parser = reason,
        required_if_eq("all", "true")
    )]
    pub reason: Option<String>,
}

impl Remove {
    /// Removes the account, or all accounts of the tenant.
    ///
    /// # Errors
    ///
    /// When there is no such account, or the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let mut removed = 0_u64;
        match (&self.who, &self.tenant) {
            (Some(who), tenant) => {
                let who = Who {
                    who: who.clone(),
                    tenant: tenant.clone(),
                };
                let found = who.find(session).await?;
                ensure!(
                    self.remove(session, &found).await?,
                    "the account was removed meanwhile"
                );
                removed = 1;
            }
            (None, Some(name)) => {
                // Accounts of a tenant that is no longer configured can be removed too, by the id
                // that they are kept under.
                let named = session.tenants_named(Some(name));
                let configured = named
                    .as_ref()
                    .ok()
                    .and_then(|tenants| tenants.first().copied());
                let tenant = configured.map_or(name.as_str(), |tenant| tenant.id());
                let mut pages = Pages::new(session, tenant);
                while let Some(page) = pages.next().await? {
                    for found in page {
                        removed += u64::from(self.remove(session, &found).await?);
                    }
                }
                session.accounts().forget_groups(tenant).await?;
                if removed == 0 {
                    named.map(drop)?;
                }
            }
            (None, None) => {}
        }
        session.print(out, &json!({ "removed": removed }), |out| {
            let s = if removed == 1 { "" } else { "s" };
            Ok(writeln!(out, "{removed} account{s} removed")?)
        })
    }

    async fn remove(&self, session: &Session, found: &Found) -> Result<bool> {
        let id: &AccountId = &found.account.person.id;
        let done = Done::new(Action::AccountRemoved, &found.tenant).to(id);
        let event = session.event(done.because(self.reason.as_deref()));
        let accounts = session.accounts();
        accounts
            .remove(&found.tenant, &found.account.person, &session.key, &event)
            .await
    }
}
