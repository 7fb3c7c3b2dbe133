//! `postern-server locks`: whom too many wrong tries keep out, and letting them in again.

use std::io::Write;

use anyhow::{Context, Result, bail};
use postern_engine::audit::Action;
use postern_engine::ledger::{Counter, Entry, Lock};
use postern_engine::{Identifier, Ledger, SubjectKey, Tenant, subject_key};
use postern_protocol::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Session;
use super::accounts::Who;
use super::actor::reason;
use super::session::Done;
use crate::store::{Changes, Commit, Store, Versioned};

/// How often a change is made again because another process changed the ledger meanwhile.
const TRIES_MAX: usize = 100;

/// What can be done with locks.
#[derive(clap::Subcommand)]
pub enum Locks {
    /// Shows the locks of a person, and what is counted towards one.
    Show(Show),
    /// Ends the locks of a person at once, and clears the counters that caused them.
    Lift(Lift),
}

/// Whose.
#[derive(clap::Args)]
pub struct Show {
    /// An identifier, such as ada@contoso.example, or the id of an account.
    #[arg(long, value_name = "IDENTIFIER")]
    pub identifier: String,
    /// The id or a domain of the tenant: needed where several tenants have an account of that id.
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
}

/// Whose, and why.
#[derive(clap::Args)]
pub struct Lift {
    #[command(flatten)]
    /// Whose.
    pub show: Show,
    /// Why, for the audit log.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    pub reason: String,
}

/// What is known of a person.
#[derive(Serialize)]
struct Report {
    tenant: String,
    id: String,
    locks: Vec<Told>,
    /// What was counted within the last day, as far as it is kept: a limit may look back for less.
    counts: Vec<Counted>,
    /// Authenticators that a hundred wrong codes in a row have disabled.
    disabled_authenticators: Vec<String>,
}

/// A lock, as it is told.
#[derive(Serialize)]
struct Told {
    /// What was tried too often.
    blocked: Value,
    since: String,
    until: String,
    /// That of the attempt that caused it.
    support_code: Option<String>,
    /// The same as the page and the mail have it.
    short_code: Option<String>,
}

/// A counter, and how often it was counted.
#[derive(Serialize)]
struct Counted {
    counter: Counter,
    times: usize,
}

impl Locks {
    /// Does it.
    ///
    /// # Errors
    ///
    /// When there is no such account, or the store does not do what it is there for.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        session.store.check_tenants(&session.tenants).await?;
        match self {
            Self::Show(show) => show.run(session, out).await,
            Self::Lift(lift) => lift.run(session, out).await,
        }
    }
}

/// A person, and the name of what is counted of them.
struct Person {
    tenant: String,
    account: postern_engine::Account,
    subject: SubjectKey,
}

impl Show {
    async fn person(&self, session: &Session) -> Result<Person> {
        let who = Who {
            who: self.identifier.clone(),
            tenant: self.tenant.clone(),
        };
        let found = who.find(session).await?;
        let tenants = session.tenants_named(Some(&found.tenant))?;
        let tenant: &Tenant = tenants.first().context("its tenant is not configured")?;
        let typed = found.account.identifiers.first();
        let typed = typed.map_or(self.identifier.as_str(), String::as_str);
        let Ok(identifier) = Identifier::parse(typed) else {
            bail!("{typed} is no identifier");
        };
        let subject = subject_key(
            &session.key,
            Some(tenant),
            Some(&found.account),
            &identifier,
        );
        Ok(Person {
            tenant: found.tenant,
            account: found.account,
            subject,
        })
    }

    async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let person = self.person(session).await?;
        let ledger = session.store.ledger(&person.subject).await?.value;
        let report = report(&person, &ledger, session.now())?;
        let done = Done::new(Action::LocksShown, &person.tenant).to(&person.account.id);
        session.record(done).await?;
        session.print(out, &report, |out| {
            let name = format!("{} {}", report.tenant, report.id);
            if report.locks.is_empty() {
                writeln!(out, "{name} is not locked")?;
            }
            for lock in &report.locks {
                let code = lock.short_code.as_deref().unwrap_or("unknown");
                writeln!(
                    out,
                    "{name} is locked from {} until {}: {}, support code {code}",
                    lock.since,
                    lock.until,
                    word(&lock.blocked)
                )?;
            }
            for counted in &report.counts {
                let counter = serde_json::to_value(counted.counter)?;
                writeln!(
                    out,
                    "{} in the last 24 hours: {}",
                    word(&counter),
                    counted.times
                )?;
            }
            for app in &report.disabled_authenticators {
                writeln!(out, "authenticator {app} is disabled")?;
            }
            Ok(())
        })
    }
}

impl Lift {
    async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let person = self.show.person(session).await?;
        let lifted = self.lift(session, &person).await?;
        let report = report(&person, &lifted, session.now())?;
        session.print(out, &report, |out| {
            let (tenant, id) = (&report.tenant, &report.id);
            match report.locks.len() {
                1 => writeln!(out, "{tenant} {id}: 1 lock was lifted")?,
                locks => writeln!(out, "{tenant} {id}: {locks} locks were lifted")?,
            }
            Ok(())
        })
    }

    /// Lifts them, and gives what there was before.
    async fn lift(&self, session: &Session, person: &Person) -> Result<Ledger> {
        for _ in 0..TRIES_MAX {
            let now = session.now();
            let before = session.store.ledger(&person.subject).await?;
            let mut after = before.value.clone();
            after.apply(&Entry::Lift, now);
            let done = Done::new(Action::LocksLifted, &person.tenant).to(&person.account.id);
            let event = session.event(done.because(Some(&self.reason)));
            let changes = Changes {
                ledger: Some((
                    &person.subject,
                    Versioned {
                        value: after,
                        version: before.version,
                    },
                )),
                audit: std::slice::from_ref(&event),
                ..Changes::default()
            };
            match session.store.commit(changes, now).await? {
                Commit::Done => return Ok(before.value),
                Commit::Conflict | Commit::Burnt => {}
            }
        }
        bail!("the counters of the account change all the time: try again")
    }
}

fn report(person: &Person, ledger: &Ledger, now: Timestamp) -> Result<Report> {
    let told = |lock: Lock| {
        Ok(Told {
            blocked: serde_json::to_value(lock.blocked)?,
            since: moment(lock.since),
            until: moment(lock.until),
            support_code: lock.support_code.map(|code| code.to_string()),
            short_code: lock.support_code.map(|code| code.short().to_string()),
        })
    };
    let apps = person.account.authenticators.iter();
    Ok(Report {
        tenant: person.tenant.clone(),
        id: person.account.id.0.clone(),
        locks: ledger.locks(now).map(told).collect::<Result<_>>()?,
        counts: ledger
            .counts(now)
            .map(|(counter, times)| Counted { counter, times })
            .collect(),
        disabled_authenticators: apps
            .filter(|app| ledger.is_disabled(&app.id))
            .map(|app| app.id.0.clone())
            .collect(),
    })
}

/// A word of JSON without its quotation marks.
fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at.seconds()).map_or_else(|_| String::new(), |at| at.to_string())
}
