//! One event: what happened, to which account, in which attempt, and who did it.

use alloc::string::String;

use postern_protocol::{AttemptId, CorrelationId, Guid, Method, Purpose, SupportCode, Timestamp};
use serde::{Deserialize, Serialize};

use super::action::Action;
use super::activity::Activity;
use super::administration::Administration;
use super::concealed::Concealed;
use super::reason::Reason;
use crate::Case;
use crate::account::AccountId;
use crate::proof::Claim;

/// One event of the audit log.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AuditEvent {
    /// The kind of event.
    pub activity: Activity,
    /// What exactly happened.
    pub reason: Reason,
    /// Whether it succeeded.
    pub result: AuditResult,
    /// When it happened.
    pub at: Timestamp,
    /// The tenant's domain; empty if the identifier had none.
    pub tenant: String,
    /// The session id (SID).
    pub attempt: AttemptId,
    /// The correlation id (CID).
    pub correlation_id: CorrelationId,
    /// The code that the caller reads to the helpdesk.
    pub support_code: SupportCode,
    /// The identifier that the person gave.
    pub identifier: String,
    /// The account, if the attempt has one.
    pub account: Option<AccountId>,
    /// What the attempt was for.
    pub purpose: Purpose,
    /// The fact that the service concealed from the person.
    pub concealed: Option<Concealed>,
    /// Who ran a command. `None` for what people do themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administration: Option<Administration>,
}

/// Whether an event is a success.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditResult {
    /// A success. A lock counts as success, as in the reference.
    Success,
    /// A failure.
    Failure,
}

impl AuditEvent {
    /// An event of a claim.
    pub(crate) fn new(
        claim: &Claim,
        activity: Activity,
        reason: Reason,
        result: AuditResult,
        at: Timestamp,
    ) -> Self {
        Self {
            activity,
            reason,
            result,
            at,
            tenant: claim.domain.clone(),
            attempt: claim.id,
            correlation_id: claim.correlation_id,
            support_code: claim.support_code,
            identifier: claim.identifier.clone(),
            account: claim.account().cloned(),
            purpose: claim.purpose,
            concealed: claim.concealed(),
            administration: None,
        }
    }

    /// The host gave up the delivery of a message for this method, or of a notification. Only the
    /// host knows this, so only the host makes this event.
    pub fn undelivered(case: &Case, method: Option<Method>, at: Timestamp) -> Self {
        Self::new(
            &case.claim,
            Activity::FlowProgress,
            Reason::Undelivered(method),
            AuditResult::Failure,
            at,
        )
    }

    /// An event of a command. `run` is the same for all events of one run. It takes the place of
    /// the ids of an attempt.
    pub fn administered(
        action: Action,
        by: Administration,
        tenant: &str,
        account: Option<AccountId>,
        run: Guid,
        at: Timestamp,
    ) -> Self {
        Self {
            activity: Activity::Administration,
            reason: Reason::Administered(action),
            result: AuditResult::Success,
            at,
            tenant: tenant.into(),
            attempt: AttemptId(run),
            correlation_id: CorrelationId(run),
            support_code: SupportCode(run),
            identifier: String::new(),
            account,
            purpose: Purpose::Reset,
            concealed: None,
            administration: Some(by),
        }
    }
}
