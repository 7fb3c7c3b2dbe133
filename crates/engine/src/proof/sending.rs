//! Where a method sends something, and when it may.

use alloc::string::{String, ToString};
use core::time::Duration;

use postern_phone::PhoneNumber;
use postern_protocol::{Method, Timestamp};

use super::claim::Claim;
use super::locks;
use super::proving::{CALL_RETRY, Proving};
use crate::ledger::Counter;
use crate::offers;
use crate::turn::Turn;

/// The place to which something is sent.
pub(super) enum Destination {
    Mailbox(String),
    Phone(PhoneNumber),
}

/// The destination of a method. `None` for a decoy.
pub(super) fn destination(claim: &Claim, method: Method, turn: &Turn<'_>) -> Option<Destination> {
    let account = turn.account_of(claim)?;
    if locks::hidden(claim, method, turn).is_some() || is_used_up(method, turn) {
        return None;
    }
    match method {
        Method::Email => account
            .usable_email()
            .map(|address| Destination::Mailbox(address.to_string())),
        Method::MobileSms | Method::MobileCall | Method::OfficeCall => {
            offers::number_on_file(method, account, turn.region()).map(Destination::Phone)
        }
        Method::AuthenticatorCode | Method::Questions => None,
    }
}

/// Whether the requests under all identifiers of the person together exceed a limit of one person.
/// The page does not show this.
fn is_used_up(method: Method, turn: &Turn<'_>) -> bool {
    let throttles = turn.policy().settings().throttles;
    Counter::of_sending(method).is_some_and(|counter| {
        let limits = [throttles.limit(counter), throttles.a_day()];
        let mut limits = limits.into_iter();
        limits.any(|limit| limit.is_exceeded(counter, turn.ledger(), turn.now()))
    })
}

/// When the method may send again, if that is not now.
pub(super) fn too_soon(
    proving: Option<&Proving>,
    method: Method,
    turn: &Turn<'_>,
) -> Option<Timestamp> {
    // A person who has missed a call does not have to wait for the next one.
    let was_missed = proving.is_some_and(|it| it.has_missed_call(method));
    sendable_at(method, was_missed, turn).filter(|retry_at| turn.now() < *retry_at)
}

/// The minimum pause between two messages or calls of a method.
fn pause(method: Method, turn: &Turn<'_>) -> Duration {
    if method.is_call() {
        CALL_RETRY
    } else {
        turn.policy().resend_cool_down()
    }
}

/// Whether the service has sent something to the account too recently, under any identifier. The
/// page does not show this: a message under this identifier alone would have been [too
/// soon](too_soon).
pub(super) fn is_resting(proving: Option<&Proving>, method: Method, turn: &Turn<'_>) -> bool {
    let pause = pause(method, turn);
    Counter::of_sending(method).is_some_and(|counter| {
        let sent = turn.ledger().last_apart(counter, pause);
        let is_soon = sent.is_some_and(|last| turn.now() < last + pause);
        is_soon && !proving.is_some_and(|it| it.has_missed_call(method))
    })
}

/// When a method may send again, judged by what it has sent in any attempt under this identifier:
/// after a pause, and within its limits.
pub(crate) fn sendable_at(method: Method, was_missed: bool, turn: &Turn<'_>) -> Option<Timestamp> {
    let counter = Counter::of_sending(method)?;
    let pause = pause(method, turn);
    let ledger = &*turn.seen();
    let rested = ledger.last(counter).filter(|_| !was_missed);
    let throttles = turn.policy().settings().throttles;
    let limits = [throttles.limit(counter), throttles.a_day()];
    let opened = limits.map(|limit| limit.opens_at(counter, ledger, turn.now()));
    let rested = rested.map(|last| last + pause);
    opened.into_iter().chain([rested]).flatten().max()
}
