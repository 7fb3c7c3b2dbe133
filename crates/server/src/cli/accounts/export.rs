//! `postern-server accounts export`.

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use csv::WriterBuilder;
use postern_engine::account::{AccountState, PasswordSource};
use postern_engine::audit::Action;

use super::super::Session;
use super::super::session::Done;
use super::Found;
use super::list::Pages;
use crate::accounts::EXPORTED;
use crate::formula::defused;

/// Written in place of an administrator's roles, which are not kept.
const SOME_ROLE: &str = "administrator";

/// Which accounts, and where to. An apostrophe precedes text that a spreadsheet would take for a
/// formula; `accounts import` removes it.
#[derive(clap::Args)]
pub struct Export {
    /// Only accounts of the tenant with this id or domain.
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// Writes to a new file that only its owner can read, instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Also writes groups within groups to a new file, as `accounts import --groups` reads it.
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,
}

impl Export {
    /// Runs the export.
    ///
    /// # Errors
    ///
    /// When there is no such tenant, or the store or a file fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        // Fails here if there is no such tenant, before it creates any file.
        session.tenants_named(self.tenant.as_deref())?;
        let Some(path) = &self.output else {
            self.write(session, &mut BufWriter::new(out)).await?;
            return self.write_groups(session).await;
        };
        let mut file = BufWriter::new(new_file(path)?);
        self.write(session, &mut file).await?;
        file.into_inner()?.sync_all()?;
        self.write_groups(session).await
    }

    async fn write(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let mut csv = WriterBuilder::new().from_writer(out);
        csv.write_record(EXPORTED)?;
        for tenant in session.tenants_named(self.tenant.as_deref())? {
            session
                .record(Done::new(Action::AccountsExported, tenant.id()))
                .await?;
            let mut pages = Pages::new(session, tenant.id());
            while let Some(page) = pages.next().await? {
                for found in page {
                    csv.write_record(row(found).map(|field| defused(&field)))?;
                }
            }
        }
        Ok(csv.flush()?)
    }

    async fn write_groups(&self, session: &Session) -> Result<()> {
        let Some(path) = &self.groups else {
            return Ok(());
        };
        let mut csv = WriterBuilder::new().from_writer(new_file(path)?);
        csv.write_record(["tenant", "group", "member"])?;
        for tenant in session.tenants_named(self.tenant.as_deref())? {
            for (group, member) in session.accounts().all_nested(tenant.id()).await? {
                csv.write_record([tenant.id(), &group, &member].map(defused))?;
            }
        }
        Ok(csv.flush()?)
    }
}

/// Creates a file that only its owner can read, since it says how people are reached.
fn new_file(path: &Path) -> Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let file = options.open(path);
    file.with_context(|| format!("{} cannot be created", path.display()))
}

fn row(found: Found) -> [String; EXPORTED.len()] {
    let account = found.account;
    let yes_or_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    [
        found.tenant,
        account.person.id.0,
        account.person.identifiers.join(";"),
        account.person.names.join(";"),
        account.person.primary_email.unwrap_or_default(),
        account.person.alternate_emails.join(";"),
        account.person.mobile.unwrap_or_default(),
        account.person.office_phone.unwrap_or_default(),
        account.person.groups.join(";"),
        if account.person.is_administrator {
            SOME_ROLE.into()
        } else {
            String::new()
        },
        yes_or_no(account.person.is_licensed),
        match account.person.state {
            AccountState::Enabled => "enabled",
            AccountState::Disabled => "disabled",
            AccountState::OptedOut => "opted-out",
        }
        .into(),
        yes_or_no(account.person.is_locked),
        match account.person.password_source {
            PasswordSource::Cloud => "cloud",
            PasswordSource::OnPremises => "on-premises",
            PasswordSource::Elsewhere => "elsewhere",
        }
        .into(),
    ]
}
