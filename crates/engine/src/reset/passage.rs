//! What follows a proof: the same gate, the next one, the end of the gates, or a lock.

use postern_protocol::{ProblemKind, Purpose, Refusal};

use super::attempt::Open;
use super::case::Case;
use super::next::Next;
use super::states::{ChoosingPassword, Locked, Refused, State};
use super::steps::choosing_method;
use crate::audit::{Activity, AuditResult, Reason};
use crate::ledger::Lock;
use crate::proof::Progress;
use crate::turn::Turn;

/// The attempt after an input to a proof.
pub(crate) fn follow(case: Case, progress: Progress, turn: &mut Turn<'_>) -> Next {
    match progress {
        Progress::At(proving, problem) => Next {
            attempt: Open::new(case, proving).into(),
            problem,
        },
        Progress::Passed => passed(case, turn),
        Progress::Stopped(lock) => Locked::begin(case, lock, turn).into(),
        Progress::Closed(lock) => elsewhere(case, lock, turn),
        Progress::Gone => Refused::begin(case, Refusal::AccountNotEnabled, turn).into(),
    }
}

/// A gate is passed.
fn passed(case: Case, turn: &mut Turn<'_>) -> Next {
    if !case.claim.gates.is_complete() {
        return choosing_method::begin(case, turn).into();
    }
    turn.audit(&case.claim, Reason::CompletedAll);
    match case.claim.purpose {
        Purpose::Reset => {
            let state = ChoosingPassword {
                outcome_unknown: false,
                was_refused: false,
            };
            Open::new(case, state).into()
        }
        Purpose::Unlock => Open::new(case, State::ConfirmingUnlock).into(),
    }
}

/// One method is closed and others are open: the person chooses among the open ones.
fn elsewhere(case: Case, lock: Lock, turn: &mut Turn<'_>) -> Next {
    turn.audit_as(
        &case.claim,
        Activity::BlockedFromReset,
        Reason::Blocked(lock.blocked),
        AuditResult::Success,
    );
    Next::but(
        Open::new(case, State::ChoosingMethod),
        ProblemKind::MethodLocked { until: lock.until },
    )
}
