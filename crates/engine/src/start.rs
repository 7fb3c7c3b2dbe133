//! Starting a method: something is sent, a call is placed, or something is asked.
//!
//! The same again sends again. Another method may be started at any time within a gate; what was sent before works until
//! something else has really been started in its place.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::time::Duration;

use postern_phone::{NumberType, PhoneNumber};
use postern_protocol::{Guid, Method, Notice, ProblemKind, Refusal, RefusedNumberType, Timestamp};

use crate::audit::{Blocked, Reason};
use crate::code::{Code, LiveCode};
use crate::command::{Call, Command, Mail, MailContent, Text};
use crate::ledger::{Counter, Lock, Retirement};
use crate::states::{
    AnsweringQuestions, AwaitingCall, CALL_RETRY, EnteringAuthenticatorCode, EnteringCode,
    EnteringPhone, LiveCall, Locked, Pending, Refused,
};
use crate::turn::{Next, Turn};
use crate::{Attempt, CallId, Case, locks, offers, passage};

/// A call that was not placed within so long is not waited for any more.
const CALL_DEADLINE: Duration = Duration::from_mins(1);

/// Starts a method, or does again what it did.
pub(crate) fn start(
    attempt: Attempt,
    method: Method,
    phone: Option<&str>,
    turn: &mut Turn<'_>,
) -> Next {
    let Some(case) = attempt.case().filter(|_| attempt.is_at_gate()) else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    if !case.offers(method) {
        return Next::but(attempt, ProblemKind::MethodNotOffered);
    }
    if case.is_known() {
        let Some(account) = turn.account_of(case) else {
            return gone(attempt, turn);
        };
        // What was on file on arrival may have been taken off it since.
        let population = turn.context().population;
        let offers = offers::of_account(account, turn.policy(), turn.region(), population);
        if !offers.iter().any(|offer| offer.method == method) {
            return Next::but(attempt, ProblemKind::MethodNotOffered);
        }
    }
    if let Some(lock) = locks::on_sending(case, method, turn) {
        return closed(attempt, method, lock, turn);
    }
    if let Some(retry_at) = too_soon(&attempt, method, turn) {
        return wait(attempt, method, retry_at);
    }
    match method {
        Method::Email => send_code(attempt, method, turn),
        Method::MobileSms | Method::MobileCall | Method::OfficeCall => {
            reach_phone(attempt, method, phone, turn)
        }
        Method::AuthenticatorCode | Method::Questions => ask(attempt, method, turn),
    }
}

/// Where something is sent.
enum Destination {
    Mailbox(alloc::string::String),
    Phone(PhoneNumber),
}

/// Where a method leads; nowhere for a decoy.
fn destination(case: &Case, method: Method, turn: &Turn<'_>) -> Option<Destination> {
    let account = turn.account_of(case)?;
    if locks::hidden(case, method, turn).is_some() || is_used_up(method, turn) {
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

/// Whether more was asked for under all identifiers of the person together than is sent to one person. It is not told.
fn is_used_up(method: Method, turn: &Turn<'_>) -> bool {
    let throttles = turn.policy().settings().throttles;
    Counter::of_sending(method).is_some_and(|counter| {
        let limits = [throttles.limit(counter), throttles.a_day()];
        let mut limits = limits.into_iter();
        limits.any(|limit| limit.is_exceeded(counter, turn.ledger(), turn.now()))
    })
}

/// The account was there on arrival and is not any more.
fn gone(attempt: Attempt, turn: &mut Turn<'_>) -> Next {
    turn.retire_code(&attempt, Retirement::Expired);
    match attempt.into_case() {
        Some(case) => Refused::begin(case, Refusal::AccountNotEnabled, turn).into(),
        None => Attempt::default().into(),
    }
}

/// A lock has closed the method. What was sent before it still works, and is not thrown away for what cannot be had.
fn closed(attempt: Attempt, method: Method, lock: Lock, turn: &mut Turn<'_>) -> Next {
    let problem = ProblemKind::MethodLocked { until: lock.until };
    let pending = attempt.pending();
    let is_away = matches!(attempt, Attempt::EnteringPhone(_));
    let on_all = attempt.case().and_then(|case| locks::on_all(case, turn));
    match (on_all, pending) {
        (Some(lock), None) => match attempt.into_case() {
            Some(case) => Locked::begin(case, lock, turn).into(),
            None => Attempt::default().into(),
        },
        (on_all, Some(pending)) if is_away && (on_all.is_some() || pending.method() == method) => {
            Next::but(back_to(attempt, pending), problem)
        }
        _ => Next::but(attempt, problem),
    }
}

/// When it may be sent again, if that is not now.
fn too_soon(attempt: &Attempt, method: Method, turn: &Turn<'_>) -> Option<Timestamp> {
    // A person who has missed a call need not wait to be called again.
    let was_missed = attempt.has_missed_call(method);
    sendable_at(method, was_missed, turn).filter(|retry_at| turn.now() < *retry_at)
}

/// How long a method pauses between what it sends.
fn pause(method: Method, turn: &Turn<'_>) -> Duration {
    if method.is_call() {
        CALL_RETRY
    } else {
        turn.policy().resend_cool_down()
    }
}

/// Whether something was sent to the account too short a while ago, under whichever identifier. It is not told: under
/// this one alone it would have been [too soon](too_soon).
fn is_resting(attempt: &Attempt, method: Method, turn: &Turn<'_>) -> bool {
    let pause = pause(method, turn);
    Counter::of_sending(method).is_some_and(|counter| {
        let sent = turn.ledger().last_apart(counter, pause);
        let is_soon = sent.is_some_and(|last| turn.now() < last + pause);
        is_soon && !attempt.has_missed_call(method)
    })
}

/// When a method may send again, by what it has sent in any attempt under this identifier: after a pause, and within its limits.
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

/// A person who comes back to a method whose code was sent a moment ago finds it as they left it. Nothing is sent
/// twice.
fn wait(attempt: Attempt, method: Method, retry_at: Timestamp) -> Next {
    let is_away = matches!(attempt, Attempt::EnteringPhone(_));
    let pending = attempt
        .pending()
        .filter(|pending| is_away && pending.method() == method);
    let Some(pending) = pending else {
        return Next::but(attempt, ProblemKind::ResendTooSoon { retry_at });
    };
    back_to(attempt, pending).into()
}

fn back_to(attempt: Attempt, pending: Pending) -> Attempt {
    match (attempt.into_case(), pending) {
        (Some(case), Pending::Code(code)) => EnteringCode { case, code }.into(),
        (Some(case), Pending::Call(call)) => AwaitingCall { case, call }.into(),
        (None, _) => Attempt::default(),
    }
}

/// Uses the number on file once it was typed in full.
fn reach_phone(attempt: Attempt, method: Method, phone: Option<&str>, turn: &mut Turn<'_>) -> Next {
    let Some(case) = attempt.case() else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    let Some(typed) = phone else {
        if !case.matched.has(method) {
            return ask_for_phone(attempt, method).into();
        }
        return use_phone(attempt, method, turn);
    };
    let Ok(parsed) = postern_phone::parse(typed, turn.region()) else {
        return Next::but(ask_for_phone(attempt, method), ProblemKind::PhoneMalformed);
    };
    if let Some(extension) = parsed.extension {
        turn.notice(Notice::ExtensionStripped(extension.to_string()));
    }
    if let Some(number_type) = refused_type(parsed.number) {
        return Next::but(
            ask_for_phone(attempt, method),
            ProblemKind::PhoneNotAllowed { number_type },
        );
    }
    let on_file = match destination(case, method, turn) {
        Some(Destination::Phone(number)) => Some(number),
        Some(Destination::Mailbox(_)) | None => None,
    };
    if on_file.is_some_and(|number| number.is_same_phone(parsed.number)) {
        let mut attempt = attempt;
        if let Some(case) = attempt.case_mut() {
            case.matched.add(method);
        }
        return use_phone(attempt, method, turn);
    }
    mismatch(attempt, method, parsed.number, turn)
}

/// The counters of numbers that are not the one on file.
const NUMBERS: &[Counter] = &[Counter::PhoneNumber];

/// Wrong numbers until the lock. In spite of one there is one try, and none before a gate is passed.
pub(crate) fn numbers_left(case: &Case, method: Method, turn: &Turn<'_>) -> u8 {
    match locks::on(method, turn) {
        Some(_) => locks::may_send(case, method).into(),
        None => turn.tries_left(NUMBERS),
    }
}

/// Not the number on file. What costs a try is a number that there can be, typed for the first time.
fn mismatch(attempt: Attempt, method: Method, typed: PhoneNumber, turn: &mut Turn<'_>) -> Next {
    if !typed.is_assigned() {
        return Next::but(ask_for_phone(attempt, method), ProblemKind::PhoneMalformed);
    }
    let Some(case) = attempt.case() else {
        return Next::but(attempt, ProblemKind::NotExpected);
    };
    let digest = turn.key().digest(
        "typed number",
        &[
            case.subject_key.as_str().as_bytes(),
            typed.to_string().as_bytes(),
        ],
    );
    let is_new = !case.wrong_numbers.contains(&digest);
    if is_new {
        turn.audit_failure(case, Reason::FailedProof(method));
        // A person who has passed a gate may have a code sent in spite of a lock, and has one try at the number for it.
        if let Some(lock) = locks::on(method, turn) {
            return closed(attempt, method, lock, turn);
        }
        if let Err(lock) = turn.fail(NUMBERS, Blocked::PhoneNumbers) {
            return passage::lock_out(attempt, lock, turn);
        }
    }
    let tries_left = numbers_left(case, method, turn);
    let mut attempt = ask_for_phone(attempt, method);
    if let Some(case) = attempt.case_mut().filter(|_| is_new) {
        case.wrong_numbers.push(digest);
    }
    Next::but(attempt, ProblemKind::PhoneMismatch { tries_left })
}

/// The type because of which a number is neither called nor texted.
fn refused_type(number: PhoneNumber) -> Option<RefusedNumberType> {
    match number.refused_as()? {
        NumberType::PremiumRate => Some(RefusedNumberType::PremiumRate),
        NumberType::SharedCost => Some(RefusedNumberType::SharedCost),
        NumberType::Pager => Some(RefusedNumberType::Pager),
        NumberType::Voicemail => Some(RefusedNumberType::Voicemail),
        NumberType::FixedLine
        | NumberType::Mobile
        | NumberType::TollFree
        | NumberType::Personal
        | NumberType::Voip
        | NumberType::Uan => None,
    }
}

fn ask_for_phone(attempt: Attempt, method: Method) -> Attempt {
    let pending = attempt.pending();
    match attempt.into_case() {
        Some(case) => EnteringPhone {
            case,
            method,
            pending,
        }
        .into(),
        None => Attempt::default(),
    }
}

fn use_phone(attempt: Attempt, method: Method, turn: &mut Turn<'_>) -> Next {
    if method.is_call() {
        place_call(attempt, method, turn)
    } else {
        send_code(attempt, method, turn)
    }
}

/// Sends a code by mail or text. A decoy's is queued and removed like any other, and has no recipient.
fn send_code(attempt: Attempt, method: Method, turn: &mut Turn<'_>) -> Next {
    if attempt
        .live_code()
        .is_some_and(|code| code.method == method)
    {
        turn.notice(Notice::CodeSentAgain);
    }
    let is_resting = is_resting(&attempt, method, turn);
    let Some(case) = begin(attempt, method, turn) else {
        return Attempt::default().into();
    };
    let now = turn.now();
    let length = turn.policy().settings().code_length;
    // No code outlives its attempt.
    let lifetime = turn
        .policy()
        .code_lifetime()
        .min(case.expires_at.since(now));
    let digits = Code::random(length, &mut turn.dice);
    let key = turn.key();
    let code = LiveCode::new(
        method,
        length,
        lifetime,
        now,
        &digits,
        &case.subject_key,
        key,
    );
    let deadline = code.expires_at;
    let letterhead = turn.letterhead(&case);
    let mail = |to, code| {
        Command::SendMail(Mail {
            to,
            content: MailContent::Code {
                code,
                expires_at: deadline,
            },
            is_app_disabled: false,
            deadline,
            letterhead: letterhead.clone(),
        })
    };
    let destination = destination(&case, method, turn).filter(|_| !is_resting);
    match destination {
        Some(Destination::Mailbox(address)) => turn.order(mail(Vec::from([address]), digits)),
        Some(Destination::Phone(number)) => turn.order(Command::SendText(Text {
            to: number.to_string(),
            code: digits,
            page: case.page.clone(),
            deadline,
            letterhead,
        })),
        None if method == Method::Email => turn.order(mail(Vec::new(), digits)),
        None => {}
    }
    turn.audit(&case, Reason::Started(method));
    EnteringCode { case, code }.into()
}

/// Places a call. A decoy's call is never placed, because no number that is typed matches a decoy's.
fn place_call(attempt: Attempt, method: Method, turn: &mut Turn<'_>) -> Next {
    let is_resting = is_resting(&attempt, method, turn);
    let Some(case) = begin(attempt, method, turn) else {
        return Attempt::default().into();
    };
    let id = CallId(Guid::from_random(turn.dice.bits()));
    let called_at = turn.now();
    let destination = destination(&case, method, turn).filter(|_| !is_resting);
    if let Some(Destination::Phone(number)) = destination {
        let letterhead = turn.letterhead(&case);
        turn.order(Command::PlaceCall(Call {
            id,
            to: number.to_string(),
            method,
            deadline: called_at + CALL_DEADLINE,
            letterhead,
        }));
    }
    turn.audit(&case, Reason::Started(method));
    let call = LiveCall {
        id,
        method,
        called_at,
        failed: false,
    };
    AwaitingCall { case, call }.into()
}

/// Asks for what needs nothing sent.
fn ask(attempt: Attempt, method: Method, turn: &mut Turn<'_>) -> Next {
    let Some(case) = begin(attempt, method, turn) else {
        return Attempt::default().into();
    };
    turn.audit(&case, Reason::Started(method));
    if method == Method::Questions {
        AnsweringQuestions::begin(case, turn).into()
    } else {
        EnteringAuthenticatorCode { case, wrong: None }.into()
    }
}

/// Takes the place of what was started before.
fn begin(attempt: Attempt, method: Method, turn: &mut Turn<'_>) -> Option<Case> {
    if let Some(counter) = Counter::of_sending(method) {
        turn.count(counter);
    }
    turn.retire_code(&attempt, Retirement::Superseded);
    let mut case = attempt.into_case()?;
    case.last_method = Some(method);
    Some(case)
}
