//! What follows a proof: the next gate, the end of the gates, or a lock.

use postern_protocol::{Method, Purpose};

use crate::audit::Reason;
use crate::ledger::{Counter, Entry, Lock, Retirement};
use crate::states::{ChoosingMethod, ChoosingPassword, ConfirmingUnlock, Locked};
use crate::turn::{Next, Turn};
use crate::{Attempt, Case};

/// A proof was right: the gate is passed.
pub(crate) fn pass(mut case: Case, method: Method, turn: &mut Turn<'_>) -> Next {
    turn.audit(&case, Reason::Completed(method));
    case.gates.pass(method);
    if !case.gates.is_complete() {
        return ChoosingMethod::begin(case, turn).into();
    }
    turn.audit(&case, Reason::CompletedAll);
    match case.purpose {
        Purpose::Reset => ChoosingPassword {
            case,
            outcome_unknown: false,
            was_refused: false,
        }
        .into(),
        Purpose::Unlock => ConfirmingUnlock { case }.into(),
    }
}

/// One try too many.
pub(crate) fn lock_out(attempt: impl Into<Attempt>, lock: Lock, turn: &mut Turn<'_>) -> Next {
    let attempt = attempt.into();
    retire_code(&attempt, Retirement::Expired, turn);
    match attempt.into_case() {
        Some(case) => Locked::anew(case, lock, turn).into(),
        None => Attempt::default().into(),
    }
}

/// The code that an attempt was waiting for works no longer. It is still recognised for a while.
pub(crate) fn retire_code(attempt: &Attempt, why: Retirement, turn: &mut Turn<'_>) {
    if let Some(code) = attempt.live_code() {
        let is_over = turn.now() >= code.expires_at;
        turn.record(Entry::RetireCode {
            digest: code.digest,
            why: if is_over { Retirement::Expired } else { why },
        });
    }
}

/// Proofs that may still be given: all that the limit lets fail, and the one that would lock if it were wrong.
pub(crate) fn proofs_left(turn: &Turn<'_>) -> u8 {
    turn.left(Counter::Identity).saturating_add(1)
}
