//! One row of the log, in the form of the export.

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

/// The exported fields of an event. The names of the fields are the names of the columns. They
/// never change, and new fields are added at the end.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The position in the chain. Empty for the second or so until the row is chained.
    pub position: Option<i64>,
    /// The hash over this row and all rows before it, in hexadecimal.
    pub hash: Option<String>,
    /// When it happened, as RFC 3339 in UTC.
    pub at: String,
    /// The SID: the attempt.
    pub sid: String,
    /// The CID: the correlation id of its requests.
    pub cid: String,
    /// The support code that the caller reads to the helpdesk.
    pub support_code: String,
    /// The tenant's domain; empty if the identifier had none.
    pub tenant: String,
    /// The id of the activity.
    pub activity: Activity,
    /// The activity in the reference's words.
    pub activity_name: String,
    /// The id of the exact reason.
    pub reason: String,
    /// The reason in the reference's words.
    pub reason_name: String,
    /// The kind of the reason.
    pub reason_kind: ReasonKind,
    /// The method that the event is about.
    pub method: Option<Method>,
    /// The action that was tried too often.
    pub blocked: Option<Blocked>,
    /// Why the attempt was refused.
    pub refusal: Option<Refusal>,
    /// Whether the action succeeded.
    pub result: AuditResult,
    /// The purpose of the attempt. Empty for a command.
    pub purpose: Option<Purpose>,
    /// The identifier that the person entered.
    pub identifier: String,
    /// The account, if there is one.
    pub account: Option<String>,
    /// What the page did not tell the person: `unknown-tenant`, `unknown-identifier`, or a refusal.
    pub concealed: Option<String>,
    /// The short form of the support code, which people read out on the phone.
    pub short_code: String,
    /// What an administrator did with a command.
    pub action: Option<Action>,
    /// The user of the operating system that the command ran as.
    pub user: Option<String>,
    /// The name of the administrator, as given with `--actor`.
    pub actor: Option<String>,
    /// The reason that the administrator gave.
    pub because: Option<String>,
    /// The names of the changed fields.
    pub fields: Option<String>,
    /// Names of the imported files, or a group.
    pub about: Option<String>,
    /// Accounts that an import created.
    pub created: Option<u64>,
    /// Accounts and groups that an import changed.
    pub changed: Option<u64>,
    /// Accounts and groups that already were as the imported files say.
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

    /// The exported form of a row.
    ///
    /// # Errors
    ///
    /// When the row cannot be read back as an event.
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

    /// The same line for a spreadsheet: texts that it would take for formulas are marked.
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

/// The parts of a reason that have a column of their own.
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

/// The word that names a value in JSON, without the data that the value holds.
fn id(value: &impl Serialize) -> Result<String> {
    let value = serde_json::to_value(value)?;
    let word = match &value {
        Value::String(word) => Some(word),
        Value::Object(fields) => fields.keys().next(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    word.cloned().context("it has no id")
}

/// The bytes in hexadecimal, two digits each.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
