//! `postern-server keys`: reports which key seals which rows, and seals all rows again with the
//! first key.

use std::io::Write;

use anyhow::Result;
use postern_engine::audit::Action;
use serde::Serialize;

use super::Session;
use super::actor::reason;
use super::session::Done;
use crate::outbox::Outbox;
use crate::store::Sealed;

/// What can be done with the keys.
#[derive(clap::Subcommand)]
pub enum KeysCommand {
    /// Reports how much each configured key still seals.
    Status(Status),
    /// Seals everything with the first configured key, a few rows at a time, while the service
    /// runs.
    Rotate(Rotate),
}

/// Nothing is changed.
#[derive(clap::Args)]
pub struct Status {}

/// It can be stopped and begun again at any time.
#[derive(clap::Args)]
pub struct Rotate {
    /// The reason, for the audit log.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    pub reason: Option<String>,
}

/// The last lines of a rotation's output.
const OTHERS: &str = "every process needs the key. A process without it answers no attempt, its /readyz says \"key\": \"missing\", and \
     its postern_key_missing is 1. Where postern_key_behind is 1, put the key first before you remove another";

/// Printed if the configured keys are in an older order.
const BEHIND: &str = "the database is sealed with one of these keys that is not the first, so this configuration is an old one: put the \
     key first that other processes have first, and restart each process that has this configuration. `keys rotate` \
     with this configuration would go back to its first key";

/// How many rows each key seals.
#[derive(Serialize)]
struct KeyReport {
    /// The name of the first key. It is derived from the key and reveals nothing about it.
    first: String,
    /// Whether everything is sealed with the first key, so that the others can be left out.
    is_done: bool,
    /// Whether the database is sealed with a configured key other than the first: the configured
    /// keys are in an older order.
    is_behind: bool,
    accounts: SealedBy,
    registrations: SealedBy,
    outbox: SealedBy,
    attempts: SealedBy,
}

/// Counts of the rows that the first key sealed, and of those that other keys sealed.
#[derive(Serialize)]
struct SealedBy {
    first: i64,
    others: i64,
}

impl KeysCommand {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// When a row opens with none of the keys, or the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        match self {
            Self::Status(_) => status(session, out).await,
            Self::Rotate(rotate) => rotate.run(session, out).await,
        }
    }
}

impl Rotate {
    async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        session.store.rotate_vault().await?;
        let outbox = Outbox::new(session.store.keys());
        let accounts = session.accounts();
        let mut unopened = accounts.seal_again().await?;
        unopened += accounts.registrations().seal_again().await?;
        unopened += session
            .store
            .seal_again(Sealed::Outbox, outbox.seal())
            .await?;
        let done = Done::new(Action::KeysRotated, "");
        session.record(done.because(self.reason.as_deref())).await?;
        status(session, out).await?;
        if !session.is_json {
            writeln!(out, "{OTHERS}")?;
        }
        anyhow::ensure!(
            unopened == 0,
            "{unopened} rows are sealed with keys that are not configured, and stay as they are"
        );
        Ok(())
    }
}

async fn status(session: &Session, out: &mut impl Write) -> Result<()> {
    let store = &session.store;
    let counted = |(first, others)| SealedBy { first, others };
    let outbox = Outbox::new(store.keys());
    let directory = session.accounts();
    let sealed = store.sealed(Sealed::Accounts, directory.seal());
    let accounts = counted(sealed.await?);
    let sealed = store.sealed(Sealed::Registrations, directory.registrations().seal());
    let registrations = counted(sealed.await?);
    let outbox = counted(store.sealed(Sealed::Outbox, outbox.seal()).await?);
    let attempts = counted(store.attempts_by_key(session.now()).await?);
    let is_behind = store.is_behind().await?;
    let report = KeyReport {
        first: store.keys().first_name(),
        is_done: !is_behind
            && accounts.others + registrations.others + outbox.others + attempts.others == 0,
        is_behind,
        accounts,
        registrations,
        outbox,
        attempts,
    };
    session.print(out, &report, |out| {
        writeln!(out, "the first key is {}", report.first)?;
        for (what, counted) in [
            ("accounts", &report.accounts),
            ("registrations", &report.registrations),
            ("messages", &report.outbox),
            ("attempts", &report.attempts),
        ] {
            let SealedBy { first, others } = counted;
            writeln!(out, "{what:13} {first} with the first key, {others} with others")?;
        }
        if report.is_behind {
            writeln!(out, "{BEHIND}")?;
        } else if report.is_done {
            writeln!(out, "you can remove every other key from the configuration")?;
        } else {
            writeln!(
                out,
                "keep the other keys: `keys rotate` seals accounts, registrations and messages again; attempts end within 15 minutes. \
                 If more attempts have other keys after that, a process still seals with one of them: its postern_key_behind is 1"
            )?;
        }
        Ok(())
    })
}
