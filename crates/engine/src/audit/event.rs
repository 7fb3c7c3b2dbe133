//! One thing that happened: what, to whom, in which attempt, and who did it.

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

/// One thing that happened.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AuditEvent {
    /// What kind of thing.
    pub activity: Activity,
    /// What exactly.
    pub reason: Reason,
    /// Whether it went well.
    pub result: AuditResult,
    /// When it happened.
    pub at: Timestamp,
    /// The tenant's domain; empty if the identifier had none.
    pub tenant: String,
    /// The SID.
    pub attempt: AttemptId,
    /// The CID.
    pub correlation_id: CorrelationId,
    /// What the caller reads to the helpdesk.
    pub support_code: SupportCode,
    /// Who the person said they were.
    pub identifier: String,
    /// The account, if there is one behind the attempt.
    pub account: Option<AccountId>,
    /// What the attempt was for.
    pub purpose: Purpose,
    /// What the person was not told.
    pub concealed: Option<Concealed>,
    /// Who did it by a command; `None` for what people do themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administration: Option<Administration>,
}

/// Whether what happened went well.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditResult {
    /// It did. Being blocked counts as success, as in the reference.
    Success,
    /// It did not.
    Failure,
}

impl AuditEvent {
    /// An event of a case.
    pub(crate) fn new(
        case: &Case,
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
            tenant: case.domain.clone(),
            attempt: case.id,
            correlation_id: case.correlation_id,
            support_code: case.support_code,
            identifier: case.identifier.clone(),
            account: case.account().cloned(),
            purpose: case.purpose,
            concealed: case.concealed(),
            administration: None,
        }
    }

    /// What was to be sent for that method, or word of what has happened, was given up: only the
    /// host can know.
    pub fn undelivered(case: &Case, method: Option<Method>, at: Timestamp) -> Self {
        Self::new(
            case,
            Activity::FlowProgress,
            Reason::Undelivered(method),
            AuditResult::Failure,
            at,
        )
    }

    /// An event of a command. `run` is the same for all events of one run; it stands where an
    /// attempt has its ids.
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
