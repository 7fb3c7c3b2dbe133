//! `postern-server accounts rename`.

use std::io::Write;

use anyhow::{Context, Result, ensure};
use postern_engine::Identifier;
use postern_engine::audit::{Action, AuditEvent};
use serde_json::json;

use super::super::Session;
use super::super::actor::reason;
use super::super::session::Done;
use super::Who;
use crate::accounts::SEPARATOR;
use crate::directory::builtin::bulk::{AccountChange, Author, Made, Stored};

/// Which account, and its new identifier. Its id stays.
#[derive(clap::Args)]
pub struct Rename {
    #[command(flatten)]
    /// The account.
    pub who: Who,
    /// The new identifier, which takes the place of the first one.
    #[arg(long, value_name = "IDENTIFIER")]
    pub to: String,
    /// Keeps the old first identifier too, so that people can still use it.
    #[arg(long)]
    pub keep: bool,
    /// The reason, for the audit log.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    pub reason: Option<String>,
}

impl Rename {
    /// Renames the account.
    ///
    /// # Errors
    ///
    /// When there is no such account, the identifier is invalid or belongs to another account, or
    /// the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let found = self.who.find(session).await?;
        let new = Identifier::parse(&self.to).ok();
        let new = new.with_context(|| format!("{} is not an identifier", self.to))?;
        let to = new.as_typed();
        ensure!(
            !to.contains(SEPARATOR),
            "{to} contains {SEPARATOR}, which separates identifiers in a file of accounts"
        );
        let tenant = session.tenants_named(Some(&found.tenant))?;
        let is_own = |domain| tenant.iter().any(|tenant| tenant.has_domain(domain));
        ensure!(
            new.domain().is_some_and(is_own),
            "{to} does not end in a domain of {}, so it would find no account",
            found.tenant
        );
        let mut identifiers = found.account.person.identifiers.clone();
        if !self.keep && !identifiers.is_empty() {
            identifiers.remove(0);
        }
        let is_new = |identifier: &String| {
            let parsed = Identifier::parse(identifier).ok();
            parsed.is_none_or(|it| it.normalised() != new.normalised())
        };
        identifiers.retain(is_new);
        identifiers.insert(0, to.to_owned());
        let id = found.account.person.id.clone();
        let done = Done {
            fields: vec!["identifiers".into()],
            ..Done::new(Action::AccountRenamed, &found.tenant)
        };
        let event = session.event(done.to(&id).because(self.reason.as_deref()));
        let mut account = found.account;
        account.person.identifiers.clone_from(&identifiers);
        let change = AccountChange {
            tenant: found.tenant.clone(),
            account,
            passwords: found.passwords,
            versions: found.versions,
        };
        let accounts = session.accounts();
        let made = accounts
            .change_all(&mut [change], &[], &mut Once(event))
            .await?;
        ensure!(
            made == Made::All,
            "nothing was changed: {to} belongs to another account, or the account was changed meanwhile"
        );
        let said = json!({ "tenant": found.tenant, "id": id, "identifiers": identifiers });
        session.print(out, &said, |out| {
            let all = identifiers.join(", ");
            Ok(writeln!(out, "{} {id} is now {all}", found.tenant)?)
        })
    }
}

/// One change to the account as it was read, with its audit event. It is not retried.
struct Once(AuditEvent);

impl Author for Once {
    fn again(&mut self, _: usize, _: Option<Stored>) -> Result<Option<AccountChange>> {
        Ok(None)
    }

    fn events(&mut self) -> Vec<AuditEvent> {
        vec![self.0.clone()]
    }
}
