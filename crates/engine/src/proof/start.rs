//! Starts a method of a gate.
//!
//! Starting the same method again sends again. A person may start another method at any time within
//! a gate. What the service sent before works until another method has really started in its place.

use postern_protocol::{Method, ProblemKind, Timestamp};

use super::begin::{ask, send_code};
use super::claim::Claim;
use super::locks;
use super::phone::reach_phone;
use super::progress::Progress;
use super::proving::Proving;
use super::sending::too_soon;
use crate::ledger::Retirement;
use crate::offers;
use crate::turn::Turn;

/// Starts a method, or repeats what it did. `proving` is the method that was started before.
pub(crate) fn start(
    claim: &mut Claim,
    proving: Option<Proving>,
    method: Method,
    phone: Option<&str>,
    turn: &mut Turn<'_>,
) -> Progress {
    if !claim.offers(method) {
        return Progress::but(proving, ProblemKind::MethodNotOffered);
    }
    if claim.is_known() {
        let Some(account) = turn.account_of(claim) else {
            let code = proving.as_ref().and_then(Proving::live_code);
            turn.retire_code(code, Retirement::Expired);
            return Progress::Gone;
        };
        // What was on file on arrival may have been removed since.
        let population = turn.context().population;
        let offers = offers::of_account(account, turn.policy(), turn.region(), population);
        if !offers.iter().any(|offer| offer.method == method) {
            return Progress::but(proving, ProblemKind::MethodNotOffered);
        }
    }
    if let Some(lock) = locks::on_sending(claim, method, turn) {
        let others = locks::open_offers(claim, proving.as_ref(), turn);
        let has_pending = proving.as_ref().is_some_and(|it| it.pending().is_some());
        if !has_pending && !others.is_empty() {
            return Progress::but(proving, ProblemKind::MethodLocked { until: lock.until });
        }
        return locks::close(claim, proving, method, lock, turn);
    }
    if let Some(retry_at) = too_soon(proving.as_ref(), method, turn) {
        return wait(proving, method, retry_at);
    }
    match method {
        Method::Email => send_code(claim, proving.as_ref(), method, turn),
        Method::MobileSms | Method::MobileCall | Method::OfficeCall => {
            reach_phone(claim, proving, method, phone, turn)
        }
        Method::AuthenticatorCode | Method::Questions => ask(claim, proving.as_ref(), method, turn),
    }
}

/// A person who returns to a method whose code was sent a moment ago finds it as they left it.
/// Nothing is sent twice.
fn wait(proving: Option<Proving>, method: Method, retry_at: Timestamp) -> Progress {
    let is_away = matches!(proving, Some(Proving::EnteringPhone(_)));
    let pending = proving.as_ref().and_then(Proving::pending);
    let pending = pending.filter(|pending| is_away && pending.method() == method);
    match pending {
        Some(pending) => Proving::from(pending).into(),
        None => Progress::but(proving, ProblemKind::ResendTooSoon { retry_at }),
    }
}
