//! `postern-server locks`: shows who is locked out after too many wrong tries, and lets them in
//! again.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use postern_engine::audit::Action;
use postern_engine::ledger::{Counter, Entry, Lock, WINDOW_SECONDS_MAX};
use postern_engine::throttle::{Limit, Throttles};
use postern_engine::{Alias, Identifier, Ledger, SubjectKey, Tenant, alias, subject_key};
use postern_protocol::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Session;
use super::accounts::Who;
use super::actor::reason;
use super::session::Done;
use crate::store::{Attempts, Changes, Commit, Versioned};
use crate::visible::visible;

/// Maximum retries of a change when other processes change the ledger meanwhile.
const TRIES_MAX: usize = 100;

/// What can be done with locks.
#[derive(clap::Subcommand)]
pub enum Locks {
    /// Shows the locks of a person, and the counts that lead to one.
    Show(ShowLocks),
    /// Ends the locks of a person at once, and clears the counters that caused them.
    Lift(Lift),
}

/// Whose locks are shown.
#[derive(clap::Args)]
pub struct ShowLocks {
    /// An identifier, such as ada@contoso.example, or the id of an account.
    #[arg(long, value_name = "IDENTIFIER")]
    pub identifier: String,
    /// The id or a domain of the tenant: needed if several tenants have an account of that id, and
    /// for a name without a domain.
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
}

/// Whose, and why.
#[derive(clap::Args)]
pub struct Lift {
    #[command(flatten)]
    /// Whose locks are lifted.
    pub show: ShowLocks,
    /// The reason, for the audit log.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    pub reason: String,
}

/// The locks and counters of a person.
#[derive(Serialize)]
struct LockReport {
    tenant: String,
    id: String,
    locks: Vec<Told>,
    /// Counts within the last day, as far as the ledger keeps them. A limit may look back over a
    /// shorter window.
    counts: Vec<Tries>,
    /// Authenticators that a hundred wrong codes in a row have disabled.
    disabled_authenticators: Vec<String>,
}

/// A lock, in the form that the command prints.
#[derive(Serialize)]
struct Told {
    /// The action that was tried too often.
    blocked: Value,
    since: String,
    until: String,
    /// The support code of the attempt that caused the lock.
    support_code: Option<String>,
    /// The short form of that code, as the page and the mail show it.
    short_code: Option<String>,
    /// The only identifier under which the page reports the lock. Under the account's other
    /// identifiers the page behaves as if every code were wrong. `null` if the page reports the
    /// lock under all identifiers.
    #[serde(rename = "told_under")]
    under: Option<String>,
    /// Whether the page reports the lock under no identifier. The lock is the account's, and
    /// several identifiers caused it together.
    #[serde(skip)]
    is_told_nowhere: bool,
    /// Whether a reset under another identifier ended the lock for all identifiers except this one.
    is_ended_elsewhere: bool,
}

impl Told {
    /// Says under which identifiers the page reports the lock, unless it does under all.
    fn place(&self) -> String {
        match (&self.under, self.is_ended_elsewhere) {
            (None, _) => String::new(),
            (Some(none), _) if self.is_told_nowhere => {
                format!("; the page reports it under {none}, but it holds under all of them")
            }
            (Some(identifier), false) => format!(
                "; the page reports it only under {}, but it holds under the others too",
                visible(identifier)
            ),
            (Some(identifier), true) => format!(
                "; it holds only under {}, since a reset under another identifier ended it for the others",
                visible(identifier)
            ),
        }
    }
}

/// A counter and its counts.
#[derive(Serialize)]
struct Tries {
    counter: Counter,
    times: usize,
    /// The count within the window of the counter's limit.
    times_in_window: usize,
    window_seconds: u32,
    /// Maximum count within the window.
    limit: u8,
    /// Maximum count within a day, if the counter has such a limit.
    limit_in_a_day: Option<u8>,
}

impl Tries {
    fn of(
        (counter, times): (Counter, usize),
        ledger: &Ledger,
        throttles: &Throttles,
        now: Timestamp,
    ) -> Self {
        let Limit {
            tries,
            window_seconds,
        } = throttles.limit(counter);
        let window = Duration::from_secs(u64::from(window_seconds));
        let is_sent = matches!(
            counter,
            Counter::Text | Counter::Mail | Counter::MobileCall | Counter::OfficeCall
        );
        Self {
            counter,
            times,
            times_in_window: ledger.count(counter, window, now),
            window_seconds,
            limit: tries,
            limit_in_a_day: is_sent.then_some(throttles.codes_per_day),
        }
    }

    fn name(&self) -> String {
        let name = serde_json::to_value(self.counter).unwrap_or_default();
        word(&name).to_owned()
    }

    fn told(&self) -> String {
        let (name, times) = (self.name(), self.times);
        if self.window_seconds == WINDOW_SECONDS_MAX {
            return format!("{name} in the last 24 hours: {times} of {}", self.limit);
        }
        let window = match self.window_seconds {
            hours if hours % 3600 == 0 && hours > 3600 => format!("{} hours", hours / 3600),
            minutes if minutes % 60 == 0 => format!("{} minutes", minutes / 60),
            seconds => format!("{seconds} seconds"),
        };
        let of_day = self.limit_in_a_day.map(|limit| format!(" of {limit}"));
        format!(
            "{name} in the last {window}: {} of {}, in the last 24 hours: {times}{}",
            self.times_in_window,
            self.limit,
            of_day.unwrap_or_default()
        )
    }
}

impl Locks {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// When there is no such account, or the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        session.store.check_tenants(&session.tenants).await?;
        match self {
            Self::Show(show) => show.run(session, out).await,
            Self::Lift(lift) => lift.run(session, out).await,
        }
    }
}

/// A person, and the key of the ledger that counts their tries.
struct Person {
    tenant: String,
    /// The alias of each identifier.
    aliases: Vec<(Alias, String)>,
    account: postern_engine::Account,
    subject: SubjectKey,
    throttles: Throttles,
}

impl Person {
    /// The identifier of an alias.
    fn called(&self, alias: Alias) -> String {
        let known = self.aliases.iter().find(|(of, _)| *of == alias);
        let known = known.map(|(_, written)| written.clone());
        known.unwrap_or_else(|| {
            let told = if alias == Alias::default() {
                "none of its identifiers"
            } else {
                "an identifier that it no longer has"
            };
            told.to_owned()
        })
    }
}

impl ShowLocks {
    async fn person(&self, session: &Session) -> Result<Person> {
        let who = Who {
            who: self.identifier.clone(),
            tenant: self.tenant.clone(),
        };
        let found = who.find(session).await?;
        let tenants = session.tenants_named(Some(&found.tenant))?;
        let tenant: &Tenant = tenants
            .first()
            .context("the tenant of the account is not configured")?;
        let typed = found.account.person.identifiers.first();
        let typed = typed.map_or(self.identifier.as_str(), String::as_str);
        let Ok(identifier) = Identifier::parse(typed) else {
            bail!("{typed} is not an identifier");
        };
        let subject = subject_key(
            &session.key,
            Some(tenant),
            Some(&found.account.person.id),
            &identifier,
        );
        let policy = tenant.policy.as_ref();
        let aliases = found
            .account
            .person
            .identifiers
            .iter()
            .filter_map(|written| {
                let identifier = Identifier::parse(written).ok()?;
                Some((
                    alias(&session.key, Some(tenant), &identifier),
                    written.clone(),
                ))
            });
        Ok(Person {
            aliases: aliases.collect(),
            tenant: found.tenant,
            account: found.account,
            subject,
            throttles: policy
                .map(|policy| policy.settings().throttles)
                .unwrap_or_default(),
        })
    }

    async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let person = self.person(session).await?;
        let ledger = session.store.ledger(&person.subject).await?.value;
        let report = report(&person, &ledger, session.now())?;
        let done = Done::new(Action::LocksShown, &person.tenant).to(&person.account.person.id);
        session.record(done).await?;
        session.print(out, &report, |out| {
            let name = format!("{} {}", report.tenant, visible(&report.id));
            if report.locks.is_empty() {
                writeln!(out, "{name} is not locked")?;
            }
            for lock in &report.locks {
                let code = lock.short_code.as_deref().unwrap_or("unknown");
                writeln!(
                    out,
                    "{name} is locked from {} until {}: {}, support code {code}{}",
                    lock.since,
                    lock.until,
                    word(&lock.blocked),
                    lock.place()
                )?;
            }
            for counted in &report.counts {
                writeln!(out, "{}", counted.told())?;
            }
            for app in &report.disabled_authenticators {
                writeln!(out, "authenticator {} is disabled", visible(app))?;
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
            let lifted = match report.locks.len() {
                0 => "there was no lock".to_owned(),
                1 => "1 lock was lifted".to_owned(),
                locks => format!("{locks} locks were lifted"),
            };
            // Mails to administrators stay counted, since they never cause a lock.
            let counts = report.counts.iter();
            let counts = counts.filter(|it| it.counter != Counter::Help);
            let counts = counts.map(|it| format!("{} {}", it.name(), it.times));
            let apps = report.disabled_authenticators.iter();
            let apps = apps.map(|app| format!("the failures of authenticator {}", visible(app)));
            let cleared: Vec<String> = counts.chain(apps).collect();
            let cleared = if cleared.is_empty() {
                "nothing was counted".to_owned()
            } else {
                format!("cleared: {}", cleared.join(", "))
            };
            writeln!(out, "{tenant} {}: {lifted}; {cleared}", visible(id))?;
            Ok(())
        })
    }

    /// Lifts the locks, and returns the ledger as it was before.
    async fn lift(&self, session: &Session, person: &Person) -> Result<Ledger> {
        for _ in 0..TRIES_MAX {
            let now = session.now();
            let before = session.store.ledger(&person.subject).await?;
            let mut after = before.value.clone();
            after.apply(&Entry::Lift, now);
            let done = Done::new(Action::LocksLifted, &person.tenant).to(&person.account.person.id);
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
                Commit::Done(_) => return Ok(before.value),
                Commit::Conflict | Commit::Burnt => {}
            }
        }
        bail!("other requests keep changing the counters of the account: try again")
    }
}

fn report(person: &Person, ledger: &Ledger, now: Timestamp) -> Result<LockReport> {
    let told = |lock: Lock| {
        Ok(Told {
            blocked: serde_json::to_value(lock.blocked)?,
            since: moment(lock.since),
            until: moment(lock.until),
            support_code: lock.support_code.map(|code| code.to_string()),
            short_code: lock.support_code.map(|code| code.short().to_string()),
            under: lock.alias.map(|of| person.called(of)),
            is_told_nowhere: lock.alias == Some(Alias::default()),
            is_ended_elsewhere: lock.is_ended_elsewhere,
        })
    };
    let apps = person.account.registration.authenticators.iter();
    Ok(LockReport {
        tenant: person.tenant.clone(),
        id: person.account.person.id.0.clone(),
        locks: ledger.locks(now).map(told).collect::<Result<_>>()?,
        counts: ledger
            .counts(now)
            .map(|it| Tries::of(it, ledger, &person.throttles, now))
            .collect(),
        disabled_authenticators: apps
            .filter(|app| ledger.is_disabled(&app.id))
            .map(|app| app.id.0.clone())
            .collect(),
    })
}

/// A JSON string without its quotation marks.
fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at.seconds()).map_or_else(|_| String::new(), |at| at.to_string())
}
