//! What a lock closes, and what continues in spite of it.
//!
//! An attacker who knows an identifier can cause a lock. So an attempt with a code from before the
//! lock may still be finished with that code. The code has five tries of its own and is one of a
//! hundred million, so guessing it gains nothing.

use alloc::vec::Vec;

use postern_protocol::{Method, Offer, ProblemKind};

use crate::audit::{Activity, AuditResult, Blocked, Reason};
use crate::command::{Command, Mail, MailContent, NOTICE_LIFE};
use crate::gates::Factor;
use crate::ledger::{Lock, Retirement};
use crate::policy::LockScope;
use crate::states::{Locked, State};
use crate::turn::{Next, Turn};
use crate::{Account, Case, Open};

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
pub(crate) fn hidden(case: &Case, method: Method, turn: &Turn<'_>) -> Option<Lock> {
    let scope = turn.policy().settings().lock;
    let is_hidden = |lock: &Lock| {
        let closes = match scope {
            LockScope::Account => true,
            LockScope::Method => lock.closes(method),
        };
        let is_elsewhere = lock.alias.is_some_and(|alias| alias != case.alias);
        closes && is_elsewhere && !lock.is_ended_elsewhere
    };
    let locks = turn.ledger().locks(turn.now()).filter(is_hidden);
    let first = locks.min_by_key(|lock| lock.since);
    first.filter(|_| case.gates.is_untouched())
}

/// The lock that stops this attempt completely, if there is one.
pub(crate) fn on_all(case: &Case, turn: &Turn<'_>) -> Option<Lock> {
    let lock = turn.seen().lock(turn.now())?;
    if turn.policy().settings().lock == LockScope::Account || lock.blocked == Blocked::Resets {
        return Some(lock);
    }
    let open: Vec<Method> = open_offers(case, |_| false, turn)
        .iter()
        .map(|offer| offer.method)
        .collect();
    (Factor::count(&open) < case.gates.missing()).then_some(lock)
}

/// The lock in spite of which an attempt continues: on the method that is asked for now, or on all
/// methods if none is.
pub(crate) fn in_spite_of(open: &Open, turn: &Turn<'_>) -> Option<Lock> {
    if !open.is_at_gate() {
        return None;
    }
    match open.asked_now() {
        Some(method) => on(method, turn),
        None => on_all(&open.case, turn),
    }
}

/// The methods that can pass the current gate now, including those that were started before a lock.
pub(crate) fn open_offers(
    case: &Case,
    is_begun: impl Fn(Method) -> bool,
    turn: &Turn<'_>,
) -> Vec<Offer> {
    let closes_all = turn.policy().settings().lock == LockScope::Account;
    let mut offers = case.admitted_offers();
    offers.retain(|Offer { method, .. }| {
        let goes_on = is_begun(*method) || (closes_all && may_send(case, *method));
        goes_on || on(*method, turn).is_none()
    });
    offers
}

/// One method is closed and others are open: the person chooses among the open ones.
pub(crate) fn elsewhere(case: Case, lock: Lock, turn: &mut Turn<'_>) -> Next {
    turn.audit_as(
        &case,
        Activity::BlockedFromReset,
        Reason::Blocked(lock.blocked),
        AuditResult::Success,
    );
    Next::but(
        Open::new(case, State::ChoosingMethod),
        ProblemKind::MethodLocked { until: lock.until },
    )
}

/// The effect on an attempt of a lock that another attempt caused.
pub(crate) fn reach(open: Open, turn: &mut Turn<'_>) -> Open {
    if open.is_proven() || goes_on(&open, turn) {
        return open;
    }
    if let Some(lock) = on_all(&open.case, turn) {
        turn.retire_code(open.live_code(), Retirement::Expired);
        return Locked::begin(open.case, lock, turn);
    }
    let closed = open.asked_now().and_then(|method| on(method, turn));
    match closed {
        Some(_) => Open::new(open.case, State::ChoosingMethod),
        None => open,
    }
}

/// Whether an attempt may be finished in spite of a lock: with a code that was sent, with a call
/// that rings, or with further codes after a passed gate. Methods whose proof an attacker can guess
/// without any message are closed.
fn goes_on(open: &Open, turn: &Turn<'_>) -> bool {
    let is_alive = open
        .live_code()
        .is_some_and(|code| code.tries_left > 0 && turn.now() < code.expires_at);
    let has_passed = !open.case.gates.is_untouched();
    let is_sent = match open.at {
        State::ChoosingMethod
        | State::EnteringPhone(_)
        | State::EnteringCode(_)
        | State::AwaitingCall(_) => true,
        State::ChoosingPurpose
        | State::EnteringAuthenticatorCode(_)
        | State::AnsweringQuestions(_)
        | State::ChoosingPassword(_)
        | State::ConfirmingUnlock
        | State::WritingBack(_)
        | State::Done(_)
        | State::Refused(_)
        | State::Locked(_)
        | State::Ended(_) => false,
    };
    is_alive || open.is_ringing() || (has_passed && is_sent)
}

/// Whether the service may send something in spite of a lock: in an attempt that has passed a gate.
pub(crate) fn may_send(case: &Case, method: Method) -> bool {
    let is_sent = match method {
        Method::Email | Method::MobileSms | Method::MobileCall | Method::OfficeCall => true,
        Method::AuthenticatorCode | Method::Questions => false,
    };
    is_sent && !case.gates.is_untouched()
}

/// The lock because of which the service neither sends nor asks anything, if there is one.
pub(crate) fn on_sending(case: &Case, method: Method, turn: &Turn<'_>) -> Option<Lock> {
    on(method, turn).filter(|_| !may_send(case, method))
}

/// Sends a mail to the person, in case the tries were not theirs (OWASP ASVS 5.0, 6.3.5). A decoy's
/// mail is queued and removed like any other, and has no recipient.
pub(crate) fn tell(case: &Case, lock: Lock, turn: &mut Turn<'_>) {
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
        is_app_disabled: account.is_some_and(|account| turn.ledger().has_disabled(account)),
        deadline: at + NOTICE_LIFE,
        letterhead,
    }));
}
