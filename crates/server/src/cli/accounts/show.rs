//! `postern-server accounts show`.

use std::io::Write;

use anyhow::Result;
use postern_engine::account::{AccountState, PasswordSource};
use postern_engine::audit::Action;
use postern_engine::{Account, Person, Registration};
use postern_protocol::QuestionText;
use serde::Serialize;

use super::super::Session;
use super::super::session::Done;
use super::{Found, Who};
use crate::visible::visible;

/// One account.
#[derive(clap::Args)]
pub struct Show {
    #[command(flatten)]
    /// The account.
    pub who: Who,
}

/// The shown fields of an account: no secret, no answer and no password.
#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of an account"
)]
pub(super) struct View {
    pub(super) tenant: String,
    pub(super) id: String,
    pub(super) identifiers: Vec<String>,
    names: Vec<String>,
    primary_email: Option<String>,
    alternate_emails: Vec<String>,
    mobile: Option<String>,
    office_phone: Option<String>,
    groups: Vec<String>,
    is_administrator: bool,
    is_licensed: bool,
    pub(super) state: AccountState,
    pub(super) is_locked: bool,
    password_source: PasswordSource,
    has_password: bool,
    questions: Vec<String>,
    authenticators: usize,
    /// Why the person may reset but cannot. Present only if `--unable` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unable: Option<String>,
}

impl From<Found> for View {
    fn from(found: Found) -> Self {
        let Account {
            person,
            registration,
        } = found.account;
        let Person {
            id,
            identifiers,
            names,
            primary_email,
            alternate_emails,
            mobile,
            office_phone,
            is_administrator,
            groups,
            is_licensed,
            state,
            is_locked,
            password_source,
        } = person;
        let Registration {
            authenticators,
            questions,
        } = registration;
        let asked = |text: &QuestionText| match text {
            QuestionText::Predefined(number) => number.to_string(),
            QuestionText::Custom(text) => text.clone(),
        };
        Self {
            tenant: found.tenant,
            id: id.0,
            identifiers,
            names,
            primary_email,
            alternate_emails,
            mobile,
            office_phone,
            groups,
            is_administrator,
            is_licensed,
            state,
            is_locked,
            password_source,
            has_password: !found.passwords.is_empty(),
            questions: questions.iter().map(|it| asked(&it.text)).collect(),
            authenticators: authenticators.len(),
            unable: None,
        }
    }
}

impl Show {
    /// Shows the account.
    ///
    /// # Errors
    ///
    /// When there is no such account, or the store fails.
    pub async fn run(&self, session: &Session, out: &mut impl Write) -> Result<()> {
        let found = self.who.find(session).await?;
        let id = found.account.person.id.clone();
        session
            .record(Done::new(Action::AccountShown, &found.tenant).to(&id))
            .await?;
        let view = View::from(found);
        session.print(out, &view, |out| {
            let value = serde_json::to_value(&view)?;
            let fields = value.as_object().into_iter().flatten();
            for (name, value) in fields {
                writeln!(out, "{:18} {}", name.replace('_', " "), text(value))?;
            }
            Ok(())
        })
    }
}

/// A JSON value in words for people.
fn text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "none".into(),
        serde_json::Value::Bool(true) => "yes".into(),
        serde_json::Value::Bool(false) => "no".into(),
        serde_json::Value::String(text) => visible(text),
        serde_json::Value::Array(items) if items.is_empty() => "none".into(),
        serde_json::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(text).collect();
            items.join("; ")
        }
        serde_json::Value::Number(_) | serde_json::Value::Object(_) => value.to_string(),
    }
}
