//! What a lock closes, and what continues in spite of it.
//!
//! An attacker who knows an identifier can cause a lock. So an attempt with a code from before the
//! lock may still be finished with that code. The code has five tries of its own and is one of a
//! hundred million, so guessing it gains nothing.

use alloc::vec::Vec;

use postern_protocol::{Method, Offer, ProblemKind};

use super::claim::Claim;
use super::gates::Factor;
use super::progress::Progress;
use super::proving::Proving;
use crate::Account;
use crate::audit::Blocked;
use crate::command::{Command, Mail, MailContent, NOTICE_LIFE};
use crate::ledger::Lock;
use crate::policy::LockScope;
use crate::turn::Turn;

/// The lock that closes a method, if there is one.
pub(crate) fn on(method: Method, turn: &Turn<'_>) -> Option<Lock> {
    let scope = turn.policy().settings().lock;
    let closes = |lock: &Lock| match scope {
        LockScope::Account => true,
        LockScope::Method => lock.closes(method),
    };
    let seen = turn.seen();
    let locks = seen.locks(turn.now()).filter(closes);
    locks.max_by_key(|lock| lock.until)
}

/// The lock that was caused under other identifiers of the person. As long as an attempt has passed
/// no gate, such a lock makes the method lead nowhere from its first moment on: the page does not
/// show the lock, and no proof of the method is right.
pub(crate) fn hidden(claim: &Claim, method: Method, turn: &Turn<'_>) -> Option<Lock> {
    let scope = turn.policy().settings().lock;
    let is_hidden = |lock: &Lock| {
        let closes = match scope {
            LockScope::Account => true,
            LockScope::Method => lock.closes(method),
        };
        let is_elsewhere = lock.alias.is_some_and(|alias| alias != claim.alias);
        closes && is_elsewhere && !lock.is_ended_elsewhere
    };
    let locks = turn.ledger().locks(turn.now()).filter(is_hidden);
    let first = locks.min_by_key(|lock| lock.since);
    first.filter(|_| claim.gates.is_untouched())
}

/// The lock that leaves this claim no way to go on, if there is one.
pub(crate) fn on_all(claim: &Claim, turn: &Turn<'_>) -> Option<Lock> {
    let lock = turn.seen().lock(turn.now())?;
    if turn.policy().settings().lock == LockScope::Account || lock.blocked == Blocked::Resets {
        return Some(lock);
    }
    let open: Vec<Method> = open_offers(claim, None, turn)
        .iter()
        .map(|offer| offer.method)
        .collect();
    (Factor::count(&open) < claim.gates.missing()).then_some(lock)
}

/// The methods that can pass the current gate now, including those that were started before a lock.
pub(crate) fn open_offers(claim: &Claim, proving: Option<&Proving>, turn: &Turn<'_>) -> Vec<Offer> {
    let closes_all = turn.policy().settings().lock == LockScope::Account;
    let mut offers = claim.admitted_offers();
    offers.retain(|Offer { method, .. }| {
        let is_begun = proving.is_some_and(|it| it.has_begun(*method));
        let goes_on = is_begun || (closes_all && may_send(claim, *method));
        goes_on || on(*method, turn).is_none()
    });
    offers
}

/// Whether a claim may be proved to the end in spite of a lock: with a code that was sent, with a
/// call that rings, or with further codes after a passed gate. Methods whose proof an attacker can
/// guess without any message are closed.
pub(crate) fn goes_on(claim: &Claim, proving: Option<&Proving>, turn: &Turn<'_>) -> bool {
    let code = proving.and_then(Proving::live_code);
    let is_alive = code.is_some_and(|code| code.tries_left > 0 && turn.now() < code.expires_at);
    let is_ringing = proving.is_some_and(Proving::is_ringing);
    let has_passed = !claim.gates.is_untouched();
    let is_sent = match proving {
        None
        | Some(Proving::EnteringPhone(_) | Proving::EnteringCode(_) | Proving::AwaitingCall(_)) => {
            true
        }
        Some(Proving::EnteringAuthenticatorCode(_) | Proving::AnsweringQuestions(_)) => false,
    };
    is_alive || is_ringing || (has_passed && is_sent)
}

/// A lock has closed the method. A code or call from before the lock still works and is kept,
/// because the person cannot get a new one.
pub(crate) fn close(
    claim: &Claim,
    proving: Option<Proving>,
    method: Method,
    lock: Lock,
    turn: &Turn<'_>,
) -> Progress {
    let problem = ProblemKind::MethodLocked { until: lock.until };
    let pending = proving.as_ref().and_then(Proving::pending);
    let is_away = matches!(proving, Some(Proving::EnteringPhone(_)));
    match (on_all(claim, turn), pending) {
        (Some(lock), None) => Progress::Stopped(lock),
        (on_all, Some(pending)) if is_away && (on_all.is_some() || pending.method() == method) => {
            Progress::but(Proving::from(pending), problem)
        }
        _ => Progress::but(proving, problem),
    }
}

/// Whether the service may send something in spite of a lock: in an attempt that has passed a gate.
pub(crate) fn may_send(claim: &Claim, method: Method) -> bool {
    let is_sent = match method {
        Method::Email | Method::MobileSms | Method::MobileCall | Method::OfficeCall => true,
        Method::AuthenticatorCode | Method::Questions => false,
    };
    is_sent && !claim.gates.is_untouched()
}

/// The lock because of which the service neither sends nor asks anything, if there is one.
pub(crate) fn on_sending(claim: &Claim, method: Method, turn: &Turn<'_>) -> Option<Lock> {
    on(method, turn).filter(|_| !may_send(claim, method))
}

/// Sends a mail to the person, in case the tries were not theirs (OWASP ASVS 5.0, 6.3.5). A decoy's
/// mail is queued and removed like any other, and has no recipient.
pub(crate) fn tell(claim: &Claim, lock: Lock, turn: &mut Turn<'_>) {
    let account = turn.account_of(claim);
    let to = account.map(Account::notified_addresses).unwrap_or_default();
    let at = turn.now();
    let letterhead = turn.letterhead(claim);
    turn.order(Command::SendMail(Mail {
        to,
        content: MailContent::Locked {
            at,
            until: lock.until,
        },
        is_app_disabled: account.is_some_and(|account| turn.ledger().has_disabled(account)),
        deadline: at + NOTICE_LIFE,
        letterhead,
    }));
}
