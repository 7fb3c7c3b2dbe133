//! How attempts end that the person abandons, and what the audit calls it.
//!
//! The reference tells thirteen ways of abandoning and two of canceling; which one it was, the state knows.

use postern_protocol::EndReason;

use crate::audit::Reason;
use crate::ledger::{Counter, Retirement};
use crate::states::Ended;
use crate::turn::Turn;
use crate::{Attempt, locks};

/// What time, and what happened elsewhere, have made of an attempt.
pub(crate) fn by_now(attempt: Attempt, turn: &mut Turn<'_>) -> Attempt {
    let attempt = if let Attempt::WritingBack(state) = attempt {
        state.or_give_up(turn)
    } else {
        attempt
    };
    let is_writing = matches!(attempt, Attempt::WritingBack(_));
    let Some(case) = attempt.case().filter(|_| !attempt.is_over() && !is_writing) else {
        return attempt;
    };
    if turn.now() >= case.expires_at {
        let Some(reason) = abandoned(&attempt) else {
            return attempt;
        };
        turn.retire_code(&attempt, Retirement::Expired);
        return end(attempt, EndReason::Expired, reason, turn);
    }
    // A password that was just set is changed again only in an attempt with new proofs (OWASP ASVS 5.0, 7.4.3).
    let last_reset = turn.ledger().last(Counter::Reset);
    if attempt.is_proven() && last_reset.is_some_and(|at| at > case.created_at) {
        let Some(reason) = abandoned(&attempt) else {
            return attempt;
        };
        return end(attempt, EndReason::Superseded, reason, turn);
    }
    // A person who has proved who they are is not locked out by another person's tries under their name.
    locks::reach(attempt, turn)
}

/// Ends an attempt.
pub(crate) fn end(
    attempt: Attempt,
    reason: EndReason,
    audited: Reason,
    turn: &mut Turn<'_>,
) -> Attempt {
    let Some(case) = attempt.into_case() else {
        return Attempt::default();
    };
    turn.audit_failure(&case, audited);
    Ended {
        case,
        reason,
        at: turn.now(),
    }
    .into()
}

/// What leaving an attempt is called; `None` where there is nothing to leave.
pub(crate) const fn canceled(attempt: &Attempt) -> Option<Reason> {
    match attempt {
        Attempt::ChoosingPurpose(_)
        | Attempt::ChoosingMethod(_)
        | Attempt::EnteringPhone(_)
        | Attempt::EnteringCode(_)
        | Attempt::EnteringAuthenticatorCode(_)
        | Attempt::AwaitingCall(_)
        | Attempt::AnsweringQuestions(_) => Some(Reason::CanceledBeforeProof),
        Attempt::ChoosingPassword(_) | Attempt::ConfirmingUnlock(_) => {
            Some(Reason::CanceledBeforePassword)
        }
        Attempt::Arriving(_)
        | Attempt::WritingBack(_)
        | Attempt::Done(_)
        | Attempt::Refused(_)
        | Attempt::Locked(_)
        | Attempt::Ended(_) => None,
    }
}

/// What letting an attempt run out is called; `None` where nothing runs out.
fn abandoned(attempt: &Attempt) -> Option<Reason> {
    let case = attempt.case()?;
    let between_gates = case.gates.last().map_or(
        Reason::AbandonedAfterIdentifying,
        Reason::AbandonedAfterCompleting,
    );
    match attempt {
        Attempt::ChoosingPurpose(_) | Attempt::ChoosingMethod(_) | Attempt::ConfirmingUnlock(_) => {
            Some(between_gates)
        }
        Attempt::EnteringPhone(state) => Some(match &state.pending {
            Some(pending) => Reason::AbandonedAfterStarting(pending.method()),
            None => between_gates,
        }),
        Attempt::EnteringCode(state) => Some(Reason::AbandonedAfterStarting(state.code.method)),
        Attempt::EnteringAuthenticatorCode(_)
        | Attempt::AwaitingCall(_)
        | Attempt::AnsweringQuestions(_) => Some(
            case.last_method
                .map_or(between_gates, Reason::AbandonedAfterStarting),
        ),
        Attempt::ChoosingPassword(state) => Some(if state.was_refused {
            Reason::AbandonedDuringPassword
        } else {
            Reason::AbandonedBeforePassword
        }),
        Attempt::Arriving(_)
        | Attempt::WritingBack(_)
        | Attempt::Done(_)
        | Attempt::Refused(_)
        | Attempt::Locked(_)
        | Attempt::Ended(_) => None,
    }
}
