//! How an attempt ends if the person abandons it, and its reason in the audit.
//!
//! The reference distinguishes thirteen ways of abandoning and two of canceling. The state
//! determines which one it is.

use postern_protocol::EndReason;

use crate::audit::Reason;
use crate::ledger::{Counter, Retirement};
use crate::proof::{Proving, locks};
use crate::reset::states::{Ended, Locked, State};
use crate::turn::Turn;
use crate::{Case, Open};

/// The attempt after the effects of time and of events in other attempts.
pub(crate) fn by_now(open: Open, turn: &mut Turn<'_>) -> Open {
    let open = match open {
        Open {
            case,
            at: State::WritingBack(state),
        } => state.or_give_up(case, turn),
        open => open,
    };
    if open.is_over() || matches!(open.at, State::WritingBack(_)) {
        return open;
    }
    if turn.now() >= open.case.claim.expires_at {
        let Some(reason) = abandoned(&open) else {
            return open;
        };
        turn.retire_code(open.live_code(), Retirement::Expired);
        return end(open.case, EndReason::Expired, reason, turn);
    }
    // A password that another attempt has just set can be changed again only in an attempt with new
    // proofs (OWASP ASVS 5.0, 7.4.3).
    let last_reset = turn.ledger().last(Counter::Reset);
    if open.is_proven() && last_reset.is_some_and(|at| at > open.case.created_at) {
        let Some(reason) = abandoned(&open) else {
            return open;
        };
        return end(open.case, EndReason::Superseded, reason, turn);
    }
    // A person who has proved who they are is not locked out by another person's tries under their
    // name.
    reach(open, turn)
}

/// The effect of a lock that another attempt caused.
fn reach(open: Open, turn: &mut Turn<'_>) -> Open {
    let goes_on = || open.is_at_gate() && locks::goes_on(&open.case.claim, open.proving(), turn);
    if open.is_proven() || goes_on() {
        return open;
    }
    if let Some(lock) = locks::on_all(&open.case.claim, turn) {
        turn.retire_code(open.live_code(), Retirement::Expired);
        return Locked::begin(open.case, lock, turn);
    }
    let closed = open.asked_now().and_then(|method| locks::on(method, turn));
    match closed {
        Some(_) => Open::new(open.case, State::ChoosingMethod),
        None => open,
    }
}

/// Ends an attempt.
pub(crate) fn end(case: Case, reason: EndReason, audited: Reason, turn: &mut Turn<'_>) -> Open {
    turn.audit_failure(&case.claim, audited);
    let at = turn.now();
    Open::new(case, Ended { reason, at })
}

/// The audit reason if the person leaves the attempt. `None` if the person cannot leave this state.
pub(crate) const fn canceled(open: &Open) -> Option<Reason> {
    match &open.at {
        State::ChoosingPurpose | State::ChoosingMethod | State::Proving(_) => {
            Some(Reason::CanceledBeforeProof)
        }
        State::ChoosingPassword(_) | State::ConfirmingUnlock => {
            Some(Reason::CanceledBeforePassword)
        }
        State::WritingBack(_)
        | State::Done(_)
        | State::Refused(_)
        | State::Locked(_)
        | State::Ended(_) => None,
    }
}

/// The audit reason if the time of the attempt runs out. `None` if this state does not time out.
fn abandoned(open: &Open) -> Option<Reason> {
    let case = &open.case;
    let between_gates = case.claim.gates.last().map_or(
        Reason::AbandonedAfterIdentifying,
        Reason::AbandonedAfterCompleting,
    );
    match &open.at {
        State::ChoosingPurpose | State::ChoosingMethod | State::ConfirmingUnlock => {
            Some(between_gates)
        }
        State::Proving(Proving::EnteringPhone(state)) => Some(match &state.pending {
            Some(pending) => Reason::AbandonedAfterStarting(pending.method()),
            None => between_gates,
        }),
        State::Proving(Proving::EnteringCode(state)) => {
            Some(Reason::AbandonedAfterStarting(state.code.method))
        }
        State::Proving(
            Proving::EnteringAuthenticatorCode(_)
            | Proving::AwaitingCall(_)
            | Proving::AnsweringQuestions(_),
        ) => Some(
            case.claim
                .last_method
                .map_or(between_gates, Reason::AbandonedAfterStarting),
        ),
        State::ChoosingPassword(state) => Some(if state.was_refused {
            Reason::AbandonedDuringPassword
        } else {
            Reason::AbandonedBeforePassword
        }),
        State::WritingBack(_)
        | State::Done(_)
        | State::Refused(_)
        | State::Locked(_)
        | State::Ended(_) => None,
    }
}
