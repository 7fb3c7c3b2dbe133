//! `postern-server accounts list`.

use std::io::Write;

use anyhow::Result;
use postern_engine::audit::Action;

use super::super::Session;
use super::super::session::Done;
use super::Found;
use super::show::View;
use crate::visible::visible;

/// Which accounts.
#[derive(clap::Args, Default)]
pub struct List {
    /// Only accounts of the tenant with this id or domain.
    #[arg(long, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// Only accounts that too many wrong passwords have locked.
    #[arg(long)]
    pub locked: bool,
    /// Only people who may reset but cannot: what is on file does not pass the gates of their
    /// tenant's policy. Each comes with the reason.
    #[arg(long)]
    pub unable: bool,
}

impl List {
    /// Runs the list. With `--json`, it prints one object a line.
    ///
    /// # Errors
    ///
    /// When there is no such tenant, or the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        for tenant in session.tenants_named(self.tenant.as_deref())? {
            session
                .record(Done::new(Action::AccountsListed, tenant.id()))
                .await?;
            let accounts = session.accounts();
            let gates = if self.unable {
                Some(accounts.gates(tenant, &session.key, &[], &[]).await?)
            } else {
                None
            };
            let mut pages = Pages::new(session, tenant.id());
            while let Some(page) = pages.next().await? {
                for found in page {
                    let unable = gates.as_ref().map(|it| it.unable(&found.account));
                    let mut view = View::from(found);
                    view.unable = unable.clone().flatten();
                    let is_listed = view.is_locked || !self.locked;
                    if is_listed && unable != Some(None) {
                        self.line(session, out, &view)?;
                    }
                }
            }
        }
        Ok(out.flush()?)
    }

    #[expect(clippy::unused_self, reason = "it prints what it lists")]
    fn line(&self, session: &Session, out: &mut impl Write, view: &View) -> Result<()> {
        session.print(out, view, |out| {
            let first = view.identifiers.first().map_or("", String::as_str);
            let (id, first) = (visible(&view.id), visible(first));
            let locked = if view.is_locked { " locked" } else { "" };
            let why = view.unable.as_ref();
            let why = why.map(|why| format!(" {why}")).unwrap_or_default();
            let state = serde_json::to_value(view.state)?;
            let state = state.as_str().unwrap_or_default();
            Ok(writeln!(
                out,
                "{}  {id}  {first}  {state}{locked}{why}",
                view.tenant
            )?)
        })
    }
}

/// The accounts of a tenant, page by page, in the order of ids.
pub(super) struct Pages<'s> {
    session: &'s Session,
    tenant: &'s str,
    last: String,
}

impl<'s> Pages<'s> {
    pub(super) const fn new(session: &'s Session, tenant: &'s str) -> Self {
        Self {
            session,
            tenant,
            last: String::new(),
        }
    }

    pub(super) async fn next(&mut self) -> Result<Option<Vec<Found>>> {
        let accounts = self.session.accounts();
        let ids = accounts.ids_after(self.tenant, &self.last).await?;
        let Some(last) = ids.last() else {
            return Ok(None);
        };
        self.last.clone_from(last);
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let stored = accounts.stored(self.tenant, &ids).await?;
        let found = stored.into_values().map(|stored| Found {
            tenant: self.tenant.to_owned(),
            account: stored.account,
            passwords: stored.passwords,
            versions: stored.versions,
        });
        Ok(Some(found.collect()))
    }
}
