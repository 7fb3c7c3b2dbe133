//! The beginnings of the states that lead nowhere: a refusal, and a lock.

use postern_protocol::Refusal;

use crate::audit::{Activity, AuditResult, Reason};
use crate::ledger::Lock;
use crate::reset::states::{Locked, Refused};
use crate::turn::Turn;
use crate::{Case, Open};

impl Locked {
    pub(crate) fn begin(case: Case, lock: Lock, turn: &mut Turn<'_>) -> Open {
        let reason = Reason::Blocked(lock.blocked);
        let activity = Activity::BlockedFromReset;
        turn.audit_as(&case.claim, activity, reason, AuditResult::Success);
        let until = lock.until;
        let lock = Some(lock);
        Open::new(case, Self { until, lock })
    }
}

impl Refused {
    pub(crate) fn begin(case: Case, refusal: Refusal, turn: &mut Turn<'_>) -> Open {
        turn.audit_failure(&case.claim, Reason::Refused(refusal));
        let at = turn.now();
        Open::new(case, Self { refusal, at })
    }
}
