//! Too many tries.
//!
//! What is tried while the lock lasts is not counted: anybody could otherwise keep somebody else locked for ever.

use postern_protocol::Timestamp;
use serde::{Deserialize, Serialize};

use crate::audit::{Activity, AuditResult, Reason};
use crate::command::{Command, Mail, MailContent};
use crate::ledger::Lock;
use crate::states::done::NOTICE_LIFE;
use crate::turn::Turn;
use crate::{Account, Case};

/// Nothing more until then.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Locked {
    pub(crate) case: Case,
    pub(crate) until: Timestamp,
}

impl Locked {
    /// By a lock that there was not before: the person is told, in case it was not them (OWASP ASVS 5.0, 6.3.5).
    pub(crate) fn anew(case: Case, lock: Lock, turn: &mut Turn<'_>) -> Self {
        tell(&case, lock, turn);
        Self::begin(case, lock, turn)
    }

    pub(crate) fn begin(case: Case, lock: Lock, turn: &mut Turn<'_>) -> Self {
        let reason = Reason::Blocked(lock.blocked);
        let activity = Activity::BlockedFromReset;
        turn.audit_as(&case, activity, reason, AuditResult::Success);
        Self {
            case,
            until: lock.until,
        }
    }

    /// When the lock ends.
    pub const fn until(&self) -> Timestamp {
        self.until
    }
}

/// Writes to the person. A decoy's mail waits and is taken as any other is, and is for nobody.
fn tell(case: &Case, lock: Lock, turn: &mut Turn<'_>) {
    let account = turn.account_of(case);
    let to = account.map(Account::notified_addresses).unwrap_or_default();
    let at = turn.now();
    let letterhead = turn.letterhead(case);
    turn.order(Command::SendMail(Mail {
        to,
        content: MailContent::Locked {
            at,
            until: lock.until,
        },
        deadline: at + NOTICE_LIFE,
        letterhead,
    }));
}
