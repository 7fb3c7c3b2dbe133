//! The context of a command: the store, the tenants, the person who runs it, and the output format.

use std::io::Write;
use std::sync::Arc;

use anyhow::Result;
use postern_engine::account::AccountId;
use postern_engine::audit::{Action, Administration, AuditEvent};
use postern_engine::{EngineKey, Tenant};
use postern_protocol::{Guid, Timestamp};
use serde::Serialize;

use super::Actor;
use crate::accounts::Importer;
use crate::clock::Clock;
use crate::deployment::Deployment;
use crate::directory::BuiltIn;
use crate::random;
use crate::store::{Attempts, Changes, SqlStore};
use crate::visible::{visible_lines, write_json};

/// One run of a command.
pub struct Session {
    /// The store of the deployment.
    pub store: Arc<SqlStore>,
    /// The deployment's secret.
    pub key: EngineKey,
    /// Every tenant.
    pub tenants: Vec<Tenant>,
    /// The person who runs the command.
    pub actor: Actor,
    /// Whether JSON is printed.
    pub is_json: bool,
    /// The id of this run. In the audit log it takes the place of an attempt's ids, and is the same
    /// for all events of the run.
    pub run: Guid,
}

/// Something done, for the audit log.
#[derive(Clone, Debug)]
pub struct Done<'a> {
    /// What was done.
    pub action: Action,
    /// The tenant that the action is about. Empty if it is about none in particular.
    pub tenant: &'a str,
    /// The account, if it is about one.
    pub account: Option<&'a AccountId>,
    /// The reason that the person gave.
    pub because: Option<&'a str>,
    /// The names of the fields that were changed.
    pub fields: Vec<String>,
}

impl<'a> Done<'a> {
    /// Something about a tenant.
    pub const fn new(action: Action, tenant: &'a str) -> Self {
        Self {
            action,
            tenant,
            account: None,
            because: None,
            fields: Vec::new(),
        }
    }

    /// Sets the account that the action is about.
    #[must_use]
    pub const fn to(mut self, account: &'a AccountId) -> Self {
        self.account = Some(account);
        self
    }

    /// Sets the reason.
    #[must_use]
    pub const fn because(mut self, why: Option<&'a str>) -> Self {
        self.because = why;
        self
    }
}

impl Session {
    /// Opens the store of a deployment.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub async fn open(deployment: &Deployment, actor: Actor, is_json: bool) -> Result<Self> {
        let store = deployment.open().await?;
        Ok(Self {
            key: store.keys().first().clone(),
            store,
            tenants: deployment.options.settings.tenants.clone(),
            actor,
            is_json,
            run: Guid::from_random(u128::from_be_bytes(random::bytes())),
        })
    }

    /// The built-in accounts.
    pub fn accounts(&self) -> BuiltIn {
        BuiltIn::new(self.store.clone(), self.store.keys())
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        Clock::System.now()
    }

    /// The audit event of something that this run does.
    pub fn event(&self, done: Done<'_>) -> AuditEvent {
        let by = Administration {
            because: done.because.map(str::to_owned),
            fields: done.fields,
            ..self.actor.administration()
        };
        let account = done.account.cloned();
        AuditEvent::administered(done.action, by, done.tenant, account, self.run, self.now())
    }

    /// The person and the run, in the form that an import needs for its audit events.
    pub fn importer(&self) -> Importer {
        Importer {
            by: self.actor.administration(),
            run: self.run,
            at: self.now(),
        }
    }

    /// Records an action in the audit log.
    ///
    /// # Errors
    ///
    /// When the store fails.
    pub async fn record(&self, done: Done<'_>) -> Result<()> {
        let event = self.event(done);
        let changes = Changes {
            audit: std::slice::from_ref(&event),
            ..Changes::default()
        };
        self.store.commit(changes, self.now()).await.map(|_| ())
    }

    /// Prints a value as JSON or as text. `text` must pass stored strings through `visible`, so
    /// that they cannot begin a line.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn print(
        &self,
        out: &mut impl Write,
        value: &impl Serialize,
        text: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        if self.is_json {
            Ok(write_json(out, value)?)
        } else {
            let mut written = Vec::new();
            text(&mut written)?;
            let written = visible_lines(&String::from_utf8_lossy(&written));
            Ok(out.write_all(written.as_bytes())?)
        }
    }
}
