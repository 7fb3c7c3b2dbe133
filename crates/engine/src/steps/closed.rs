//! What leads nowhere any more: a refusal, and a lock.

use postern_protocol::Refusal;

use crate::Case;
use crate::audit::{Activity, AuditResult, Reason};
use crate::ledger::Lock;
use crate::states::{Locked, Refused};
use crate::turn::Turn;

impl Locked {
    pub(crate) fn begin(case: Case, lock: Lock, turn: &mut Turn<'_>) -> Self {
        let reason = Reason::Blocked(lock.blocked);
        let activity = Activity::BlockedFromReset;
        turn.audit_as(&case, activity, reason, AuditResult::Success);
        Self {
            case,
            until: lock.until,
            lock: Some(lock),
        }
    }
}

impl Refused {
    pub(crate) fn begin(case: Case, refusal: Refusal, turn: &mut Turn<'_>) -> Self {
        turn.audit_failure(&case, Reason::Refused(refusal));
        Self {
            case,
            refusal,
            at: turn.now(),
        }
    }
}
