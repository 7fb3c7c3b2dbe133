//! `postern-server audit show`.

use std::io::Write;

use anyhow::Result;
use postern_engine::Identifier;
use postern_engine::audit::{Action, AuditEvent};
use postern_protocol::{Guid, ShortCode, ShortCodeError};

use super::super::Session;
use super::super::accounts::Who;
use super::super::session::Done;
use crate::audit::Line;
use crate::failure::Failure;
use crate::store::{AuditRow, Clue, EventField};
use crate::visible::visible;

/// Maximum rows that are shown: the newest. `audit export` has all rows.
const ROWS_MAX: i64 = 500;

/// What a caller can tell.
#[derive(clap::Args)]
pub struct ShowAudit {
    /// A support code as the page shows it (4V1J-7GCD) or in full, the id of an attempt (SID or
    /// CID), an identifier such as ada@contoso.example, or the id of an account.
    #[arg(value_parser = clue)]
    pub what: String,
}

fn clue(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("expected a code, an identifier or an id"),
        text => Ok(text.to_owned()),
    }
}

/// The parsed clue that the search uses.
enum Sought {
    Short(ShortCode),
    Guid(Guid),
    /// Identifiers in lower case, and an account id.
    Person(Vec<String>, String),
}

impl ShowAudit {
    /// Shows the events. With `--json`, it prints one object a line, as `audit export` does.
    ///
    /// # Errors
    ///
    /// [`Failure::NotFound`] when no event matches. [`Failure::Misused`] when the code was
    /// mistyped. Any other error when the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let sought = self.sought(session).await?;
        let rows = session.store.audit_about(&sought.clues(), ROWS_MAX).await?;
        let mut shown = Vec::new();
        for row in rows {
            let event = row.event()?;
            if sought.is_in(&event) {
                shown.push((row, event));
            }
        }
        if shown.is_empty() {
            let what = &self.what;
            return Err(
                Failure::NotFound(format!("the audit log has nothing about {what}")).into(),
            );
        }
        let tenants: std::collections::BTreeSet<&str> = shown
            .iter()
            .map(|(_, event)| event.tenant.as_str())
            .collect();
        for tenant in tenants {
            let done = Done::new(Action::AuditShown, tenant).because(Some(&self.what));
            session.record(done).await?;
        }
        for (row, event) in &shown {
            line(session, row, event, out)?;
        }
        Ok(())
    }

    async fn sought(&self, session: &Session) -> Result<Sought> {
        let what = self.what.trim();
        if let Ok(guid) = what.to_lowercase().parse() {
            return Ok(Sought::Guid(guid));
        }
        let is_account = |who: String| Who { who, tenant: None };
        let account = is_account(what.to_owned()).find(session).await.ok();
        match what.parse::<ShortCode>() {
            Ok(code) => return Ok(Sought::Short(code)),
            Err(mistyped @ ShortCodeError::Mistyped) if account.is_none() => {
                return Err(Failure::Misused(mistyped.to_string()).into());
            }
            Err(ShortCodeError::Mistyped | ShortCodeError::Malformed) => {}
        }
        // SQLite lowers ASCII letters only, so both forms are searched.
        let mut identifiers = vec![what.to_lowercase(), what.to_ascii_lowercase()];
        if let Ok(identifier) = Identifier::parse(what) {
            identifiers.push(identifier.normalised().to_lowercase());
        }
        let id = account.map_or_else(|| what.to_owned(), |found| found.account.person.id.0);
        Ok(Sought::Person(identifiers, id))
    }
}

impl Sought {
    /// Conditions on the fields of an event. A matching event meets at least one.
    fn clues(&self) -> Vec<Clue> {
        match self {
            Self::Short(code) => {
                // The first seven hexadecimal digits are 28 of the code's 35 bits.
                let digits = format!("{:07x}", code.bits() >> 7);
                vec![Clue::Begins(EventField::SupportCode, digits)]
            }
            Self::Guid(guid) => {
                let fields = [
                    EventField::SupportCode,
                    EventField::Attempt,
                    EventField::CorrelationId,
                ];
                fields.map(|field| Clue::Is(field, guid.to_string())).into()
            }
            Self::Person(identifiers, account) => {
                let identifiers = identifiers.iter().cloned();
                let identifiers = identifiers.map(|it| Clue::Is(EventField::Identifier, it));
                let account = Clue::Is(EventField::Account, account.clone());
                identifiers.chain([account]).collect()
            }
        }
    }

    fn is_in(&self, event: &AuditEvent) -> bool {
        match self {
            Self::Short(code) => event.support_code.short() == *code,
            Self::Guid(guid) => {
                event.support_code.0 == *guid
                    || event.attempt.0 == *guid
                    || event.correlation_id.0 == *guid
            }
            Self::Person(identifiers, id) => {
                identifiers.contains(&event.identifier.to_lowercase())
                    || event.account.as_ref().is_some_and(|it| it.0 == *id)
            }
        }
    }
}

fn line(session: &Session, row: &AuditRow, event: &AuditEvent, out: &mut impl Write) -> Result<()> {
    let line = Line::new(row)?;
    session.print(out, &line, |out| {
        let result = serde_json::to_value(event.result)?;
        let result = result.as_str().unwrap_or_default();
        let mut rest = String::new();
        for (name, value) in [
            ("concealed", &line.concealed),
            ("user", &line.user),
            ("actor", &line.actor),
            ("because", &line.because),
            ("fields", &line.fields),
            ("about", &line.about),
        ] {
            if let Some(value) = value {
                rest = format!("{rest}; {name}: {}", visible(value));
            }
        }
        for (name, count) in [
            ("created", line.created),
            ("changed", line.changed),
            ("unchanged", line.unchanged),
        ] {
            if let Some(count) = count {
                rest = format!("{rest}; {name}: {count}");
            }
        }
        let who = match &line.account {
            Some(account) if line.identifier.is_empty() => account,
            Some(_) | None => &line.identifier,
        };
        let who = visible(who);
        let (at, code, tenant, words) =
            (&line.at, &line.short_code, &line.tenant, &line.reason_name);
        Ok(writeln!(
            out,
            "{at}  {code}  {tenant}  {who}  {result}: {words}{rest}"
        )?)
    })
}
