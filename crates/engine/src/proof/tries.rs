//! What a proof counts: a right one passes the gate, and a wrong one is a try.

use postern_protocol::Method;

use super::claim::Claim;
use super::locks;
use super::progress::Progress;
use super::proving::Proving;
use crate::audit::{Blocked, Reason};
use crate::ledger::{Counter, Lock, Retirement};
use crate::policy::LockScope;
use crate::turn::Turn;

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

/// A proof was right, so the gate is passed.
pub(super) fn pass(claim: &mut Claim, method: Method, turn: &mut Turn<'_>) -> Progress {
    turn.audit(claim, Reason::Completed(method));
    claim.gates.pass(method);
    Progress::Passed
}

/// A proof was wrong. If the claim may be proved in spite of a lock, the failure does not make the
/// lock longer.
///
/// # Errors
///
/// The lock that the failure has caused.
pub(super) fn fail(claim: &Claim, method: Method, turn: &mut Turn<'_>) -> Result<(), Lock> {
    turn.audit_failure(claim, Reason::FailedProof(method));
    if locks::on(method, turn).is_some() {
        return Ok(());
    }
    turn.fail(tries(method, turn), Blocked::by(method))
}

/// One try too many. It closes everything, or one method.
pub(super) fn lock_out(
    claim: &Claim,
    proving: Option<&Proving>,
    lock: Lock,
    turn: &mut Turn<'_>,
) -> Progress {
    let code = proving.and_then(Proving::live_code);
    turn.retire_code(code, Retirement::Expired);
    locks::tell(claim, lock, turn);
    locked(claim, lock, turn)
}

/// What a lock on one method leaves: nothing, or the other methods.
pub(super) fn locked(claim: &Claim, lock: Lock, turn: &Turn<'_>) -> Progress {
    match locks::on_all(claim, turn) {
        Some(lock) => Progress::Stopped(lock),
        None => Progress::Closed(lock),
    }
}
