//! What follows a proof: the next gate, the end of the gates, or a lock.

use postern_protocol::{Method, Purpose};

use crate::audit::{Blocked, Reason};
use crate::ledger::{Counter, Lock, Retirement};
use crate::locks;
use crate::policy::LockScope;
use crate::states::{ChoosingPassword, Locked, State};
use crate::steps::choosing_method;
use crate::turn::{Next, Turn};
use crate::{Case, Open};

/// A proof was right, so the gate is passed.
pub(crate) fn pass(mut case: Case, method: Method, turn: &mut Turn<'_>) -> Next {
    turn.audit(&case, Reason::Completed(method));
    case.gates.pass(method);
    if !case.gates.is_complete() {
        return choosing_method::begin(case, turn).into();
    }
    turn.audit(&case, Reason::CompletedAll);
    match case.purpose {
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

/// The counters of a wrong proof of a method. In a policy whose locks close every method, all
/// methods share one counter.
pub(crate) fn tries(method: Method, turn: &Turn<'_>) -> &'static [Counter] {
    use Counter::{AuthenticatorCode, EmailCode, Identity, Questions, TextCode};
    match (turn.policy().settings().lock, method) {
        (LockScope::Account, Method::AuthenticatorCode) => &[AuthenticatorCode, Identity],
        (LockScope::Account, Method::Questions) => &[Questions, Identity],
        (LockScope::Account, Method::Email | Method::MobileSms)
        // A person cannot type anything wrong in a call.
        | (_, Method::MobileCall | Method::OfficeCall) => &[Identity],
        (LockScope::Method, Method::Email) => &[EmailCode],
        (LockScope::Method, Method::MobileSms) => &[TextCode],
        (LockScope::Method, Method::AuthenticatorCode) => &[AuthenticatorCode],
        (LockScope::Method, Method::Questions) => &[Questions],
    }
}

/// A proof was wrong. If the attempt may be finished in spite of a lock, the failure does not make
/// the lock longer.
///
/// # Errors
///
/// The lock that the failure has caused.
pub(crate) fn fail(case: &Case, method: Method, turn: &mut Turn<'_>) -> Result<(), Lock> {
    turn.audit_failure(case, Reason::FailedProof(method));
    if locks::on(method, turn).is_some() {
        return Ok(());
    }
    turn.fail(tries(method, turn), Blocked::by(method))
}

/// One try too many. It ends the attempt, or one method in it.
pub(crate) fn lock_out(open: Open, lock: Lock, turn: &mut Turn<'_>) -> Next {
    turn.retire_code(open.live_code(), Retirement::Expired);
    let case = open.case;
    locks::tell(&case, lock, turn);
    match locks::on_all(&case, turn) {
        Some(lock) => Locked::begin(case, lock, turn).into(),
        None => locks::elsewhere(case, lock, turn),
    }
}
