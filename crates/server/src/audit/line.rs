//! One row of the log as it is exported.

use std::fmt::Write;

use anyhow::{Context, Result};
use postern_engine::audit::{
    Action, Activity, AuditResult, Blocked, Concealed, Reason, ReasonKind,
};
use postern_protocol::{Method, Purpose, Refusal};
use serde::Serialize;
use serde_json::Value;

use crate::formula::defused;
use crate::store::AuditRow;

/// What is exported of an event. The names of the fields are those of the columns; they stay, and
/// new ones come last.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its place in the chain; empty for the second or so until it has one.
    pub position: Option<i64>,
    /// The hash over it and all before it, as hexadecimal.
    pub hash: Option<String>,
    /// When, as RFC 3339 in UTC.
    pub at: String,
    /// The SID: the attempt.
    pub sid: String,
    /// The CID: the correlation id of its requests.
    pub cid: String,
    /// What the caller reads to the helpdesk.
    pub support_code: String,
    /// The tenant's domain; empty if the identifier had none.
    pub tenant: String,
    /// What kind of thing, by its id.
    pub activity: Activity,
    /// The same in the reference's words.
    pub activity_name: String,
    /// What exactly, by its id.
    pub reason: String,
    /// The same in the reference's words.
    pub reason_name: String,
    /// The kind of reason.
    pub reason_kind: ReasonKind,
    /// The method that it was about.
    pub method: Option<Method>,
    /// What was tried too often.
    pub blocked: Option<Blocked>,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// Whether it went well.
    pub result: AuditResult,
    /// What the attempt was for; empty for what was done by a command.
    pub purpose: Option<Purpose>,
    /// Who the person said they were.
    pub identifier: String,
    /// The account, if there is one.
    pub account: Option<String>,
    /// What the person was not told: `unknown-tenant`, `unknown-identifier`, or a refusal.
    pub concealed: Option<String>,
    /// The short form of the support code, which people read out on the phone.
    pub short_code: String,
    /// What an administrator did by a command.
    pub action: Option<Action>,
    /// The user of the operating system whom the command ran as.
    pub user: Option<String>,
    /// Who was at the keyboard, as they said.
    pub actor: Option<String>,
    /// Why, as they said.
    pub because: Option<String>,
    /// The names of the fields that were changed.
    pub fields: Option<String>,
    /// Names of the files that were imported, or a group.
    pub about: Option<String>,
    /// Accounts that an import has made.
    pub created: Option<u64>,
    /// Accounts and groups that an import has changed.
    pub changed: Option<u64>,
    /// Accounts and groups that were as the imported files say.
    pub unchanged: Option<u64>,
}

impl Line {
    /// The names of the columns, in their order.
    pub const COLUMNS: [&'static str; 30] = [
        "position",
        "hash",
        "at",
        "sid",
        "cid",
        "support_code",
        "tenant",
        "activity",
        "activity_name",
        "reason",
        "reason_name",
        "reason_kind",
        "method",
        "blocked",
        "refusal",
        "result",
        "purpose",
        "identifier",
        "account",
        "concealed",
        "short_code",
        "action",
        "user",
        "actor",
        "because",
        "fields",
        "about",
        "created",
        "changed",
        "unchanged",
    ];

    /// A row as it is exported.
    ///
    /// # Errors
    ///
    /// When it is not what was written.
    pub fn new(row: &AuditRow) -> Result<Self> {
        let event = row
            .event()
            .with_context(|| format!("row {} of the audit log cannot be read", row.id))?;
        let (method, blocked, refusal) = about(event.reason);
        let action = if let Reason::Administered(action) = event.reason {
            Some(action)
        } else {
            None
        };
        let by = event.administration.unwrap_or_default();
        let is_command = action.is_some();
        Ok(Self {
            action,
            user: Some(by.user).filter(|user| !user.is_empty()),
            actor: by.actor,
            because: by.because,
            fields: Some(by.fields.join(" ")).filter(|fields| !fields.is_empty()),
            about: by.about,
            created: by.counts.map(|counts| counts.created),
            changed: by.counts.map(|counts| counts.changed),
            unchanged: by.counts.map(|counts| counts.unchanged),
            position: row.position,
            hash: row.hash.as_deref().map(hex),
            at: jiff::Timestamp::from_second(event.at.seconds())?.to_string(),
            sid: event.attempt.to_string(),
            cid: event.correlation_id.to_string(),
            support_code: event.support_code.to_string(),
            short_code: event.support_code.short().to_string(),
            tenant: event.tenant,
            activity: event.activity,
            activity_name: event.activity.to_string(),
            reason: id(&event.reason)?,
            reason_name: event.reason.to_string(),
            reason_kind: event.reason.kind(),
            method,
            blocked,
            refusal,
            result: event.result,
            purpose: (!is_command).then_some(event.purpose),
            identifier: event.identifier,
            account: event.account.map(|account| account.0),
            concealed: match event.concealed {
                None => None,
                Some(Concealed::Refusal(refusal)) => Some(id(&refusal)?),
                Some(concealed @ (Concealed::UnknownTenant | Concealed::UnknownIdentifier)) => {
                    Some(id(&concealed)?)
                }
            },
        })
    }

    /// The same for a spreadsheet, which would take some texts for formulas.
    #[must_use]
    pub fn defused(self) -> Self {
        Self {
            tenant: defused(&self.tenant),
            identifier: defused(&self.identifier),
            account: self.account.as_deref().map(defused),
            user: self.user.as_deref().map(defused),
            actor: self.actor.as_deref().map(defused),
            because: self.because.as_deref().map(defused),
            fields: self.fields.as_deref().map(defused),
            about: self.about.as_deref().map(defused),
            ..self
        }
    }
}

/// What a reason is about, each of which has a column of its own.
const fn about(reason: Reason) -> (Option<Method>, Option<Blocked>, Option<Refusal>) {
    match reason {
        Reason::Started(method)
        | Reason::FailedProof(method)
        | Reason::Completed(method)
        | Reason::AbandonedAfterCompleting(method)
        | Reason::AbandonedAfterStarting(method) => (Some(method), None, None),
        Reason::ContactedAdministrator(method) | Reason::Undelivered(method) => {
            (method, None, None)
        }
        Reason::Blocked(blocked) => (None, Some(blocked), None),
        Reason::Refused(refusal) => (None, None, Some(refusal)),
        Reason::SubmittedIdentifier
        | Reason::PresentedOptions
        | Reason::CompletedAll
        | Reason::PasswordBanned
        | Reason::PasswordAgainstPolicy
        | Reason::PasswordAgainstDirectory
        | Reason::BreachServiceUnreachable
        | Reason::AbandonedAfterIdentifying
        | Reason::AbandonedBeforePassword
        | Reason::AbandonedDuringPassword
        | Reason::CanceledBeforeProof
        | Reason::CanceledBeforePassword
        | Reason::NoCookies
        | Reason::Succeeded
        | Reason::CompletedReset
        | Reason::Unlocked
        | Reason::AuthenticatorDisabled
        | Reason::Administered(_) => (None, None, None),
    }
}

/// The word by which something is known in JSON, without what it holds.
fn id(value: &impl Serialize) -> Result<String> {
    let value = serde_json::to_value(value)?;
    let word = match &value {
        Value::String(word) => Some(word),
        Value::Object(fields) => fields.keys().next(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    word.cloned().context("it has no id")
}

/// Two digits a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
