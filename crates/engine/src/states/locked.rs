//! Too many tries.
//!
//! Tries are not counted while the lock lasts. Otherwise an attacker could keep an account locked for ever.

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Case;
use crate::audit::{Activity, AuditResult, Reason};
use crate::ledger::Lock;
use crate::turn::Turn;

/// Nothing more until then.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Locked {
    pub(crate) case: Case,
    pub(crate) until: Timestamp,
    /// What brought it about.
    #[serde(default)]
    pub(crate) lock: Option<Lock>,
}

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

    /// When the lock ends.
    pub const fn until(&self) -> Timestamp {
        self.until
    }
}
