//! The number on file, which the person has to type in full before the service uses it.

use alloc::string::ToString;

use postern_phone::PhoneNumber;
use postern_protocol::{Method, Notice, ProblemKind, RefusedNumberType};

use super::begin::{place_call, send_code};
use super::claim::Claim;
use super::progress::Progress;
use super::proving::{EnteringPhone, Proving};
use super::sending::{Destination, destination};
use super::{locks, tries};
use crate::audit::{Blocked, Reason};
use crate::ledger::Counter;
use crate::turn::Turn;

/// Uses the number on file after the person has typed it in full.
pub(super) fn reach_phone(
    claim: &mut Claim,
    proving: Option<Proving>,
    method: Method,
    phone: Option<&str>,
    turn: &mut Turn<'_>,
) -> Progress {
    let Some(typed) = phone else {
        if !claim.matched.has(method) {
            return ask_for_phone(proving.as_ref(), method).into();
        }
        return use_phone(claim, proving.as_ref(), method, turn);
    };
    let Ok(parsed) = postern_phone::parse(typed, turn.region()) else {
        return Progress::but(
            ask_for_phone(proving.as_ref(), method),
            ProblemKind::PhoneMalformed,
        );
    };
    if let Some(extension) = parsed.extension {
        turn.notice(Notice::ExtensionStripped(extension.to_string()));
    }
    if let Some(number_type) = parsed.number.refused_as().and_then(RefusedNumberType::of) {
        let problem = ProblemKind::PhoneNotAllowed { number_type };
        return Progress::but(ask_for_phone(proving.as_ref(), method), problem);
    }
    let on_file = match destination(claim, method, turn) {
        Some(Destination::Phone(number)) => Some(number),
        Some(Destination::Mailbox(_)) | None => None,
    };
    if on_file.is_some_and(|number| number.is_same_phone(parsed.number)) {
        claim.matched.add(method);
        return use_phone(claim, proving.as_ref(), method, turn);
    }
    mismatch(claim, proving, method, parsed.number, turn)
}

/// The counters of wrong numbers.
const NUMBERS: &[Counter] = &[Counter::PhoneNumber];

/// The number of wrong numbers that the person may still type before the lock. Under a lock it is
/// one, or zero before a passed gate.
pub(crate) fn numbers_left(claim: &Claim, method: Method, turn: &Turn<'_>) -> u8 {
    match locks::on(method, turn) {
        Some(_) => locks::may_send(claim, method).into(),
        None => turn.tries_left(NUMBERS),
    }
}

/// The typed number is not the number on file. Only a number that can exist, and that is typed for
/// the first time, costs a try.
fn mismatch(
    claim: &mut Claim,
    proving: Option<Proving>,
    method: Method,
    typed: PhoneNumber,
    turn: &mut Turn<'_>,
) -> Progress {
    if !typed.is_assigned() {
        return Progress::but(
            ask_for_phone(proving.as_ref(), method),
            ProblemKind::PhoneMalformed,
        );
    }
    let digest = turn.key().digest(
        "typed number",
        &[
            claim.subject_key.as_str().as_bytes(),
            typed.to_string().as_bytes(),
        ],
    );
    let is_new = !claim.wrong_numbers.contains(&digest);
    if is_new {
        turn.audit_failure(claim, Reason::FailedProof(method));
        // Under a lock, a person who has passed a gate may still ask for a code, and has one try at
        // the number for it.
        if let Some(lock) = locks::on(method, turn) {
            return locks::close(claim, proving, method, lock, turn);
        }
        if let Err(lock) = turn.fail(NUMBERS, Blocked::PhoneNumbers) {
            return tries::lock_out(claim, proving.as_ref(), lock, turn);
        }
        claim.wrong_numbers.push(digest);
    }
    let tries_left = numbers_left(claim, method, turn);
    Progress::but(
        ask_for_phone(proving.as_ref(), method),
        ProblemKind::PhoneMismatch { tries_left },
    )
}

fn ask_for_phone(proving: Option<&Proving>, method: Method) -> Proving {
    let pending = proving.and_then(Proving::pending);
    EnteringPhone { method, pending }.into()
}

fn use_phone(
    claim: &mut Claim,
    proving: Option<&Proving>,
    method: Method,
    turn: &mut Turn<'_>,
) -> Progress {
    if method.is_call() {
        place_call(claim, proving, method, turn)
    } else {
        send_code(claim, proving, method, turn)
    }
}
