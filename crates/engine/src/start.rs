//! Starts a method: the service sends a code, places a call, or asks something.
//!
//! Starting the same method again sends again. A person may start another method at any time within
//! a gate. What the service sent before works until another method has really started in its place.

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
    EnteringPhone, LiveCall, Locked, Pending, Refused, State,
};
use crate::turn::{Next, Turn};
use crate::{CallId, Case, Open, locks, offers, passage};

/// How long an attempt waits for a call to be placed.
const CALL_DEADLINE: Duration = Duration::from_mins(1);

/// Starts a method, or repeats what it did.
pub(crate) fn start(open: Open, method: Method, phone: Option<&str>, turn: &mut Turn<'_>) -> Next {
    if !open.is_at_gate() {
        return Next::but(open, ProblemKind::NotExpected);
    }
    let case = &open.case;
    if !case.offers(method) {
        return Next::but(open, ProblemKind::MethodNotOffered);
    }
    if case.is_known() {
        let Some(account) = turn.account_of(case) else {
            return gone(open, turn);
        };
        // What was on file on arrival may have been removed since.
        let population = turn.context().population;
        let offers = offers::of_account(account, turn.policy(), turn.region(), population);
        if !offers.iter().any(|offer| offer.method == method) {
            return Next::but(open, ProblemKind::MethodNotOffered);
        }
    }
    if let Some(lock) = locks::on_sending(case, method, turn) {
        let others = locks::open_offers(case, |it| open.has_begun(it), turn);
        if open.pending().is_none() && !others.is_empty() {
            return Next::but(open, ProblemKind::MethodLocked { until: lock.until });
        }
        return closed(open, method, lock, turn);
    }
    if let Some(retry_at) = too_soon(&open, method, turn) {
        return wait(open, method, retry_at);
    }
    match method {
        Method::Email => send_code(open, method, turn),
        Method::MobileSms | Method::MobileCall | Method::OfficeCall => {
            reach_phone(open, method, phone, turn)
        }
        Method::AuthenticatorCode | Method::Questions => ask(open, method, turn),
    }
}

/// The place to which something is sent.
enum Destination {
    Mailbox(alloc::string::String),
    Phone(PhoneNumber),
}

/// The destination of a method. `None` for a decoy.
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

/// The account existed on arrival and no longer does.
fn gone(open: Open, turn: &mut Turn<'_>) -> Next {
    turn.retire_code(open.live_code(), Retirement::Expired);
    Refused::begin(open.case, Refusal::AccountNotEnabled, turn).into()
}

/// A lock has closed the method. A code or call from before the lock still works and is kept,
/// because the person cannot get a new one.
fn closed(open: Open, method: Method, lock: Lock, turn: &mut Turn<'_>) -> Next {
    let problem = ProblemKind::MethodLocked { until: lock.until };
    let pending = open.pending();
    let is_away = matches!(open.at, State::EnteringPhone(_));
    let on_all = locks::on_all(&open.case, turn);
    match (on_all, pending) {
        (Some(lock), None) => Locked::begin(open.case, lock, turn).into(),
        (on_all, Some(pending)) if is_away && (on_all.is_some() || pending.method() == method) => {
            Next::but(back_to(open.case, pending), problem)
        }
        _ => Next::but(open, problem),
    }
}

/// When the method may send again, if that is not now.
fn too_soon(open: &Open, method: Method, turn: &Turn<'_>) -> Option<Timestamp> {
    // A person who has missed a call does not have to wait for the next one.
    let was_missed = open.has_missed_call(method);
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
fn is_resting(open: &Open, method: Method, turn: &Turn<'_>) -> bool {
    let pause = pause(method, turn);
    Counter::of_sending(method).is_some_and(|counter| {
        let sent = turn.ledger().last_apart(counter, pause);
        let is_soon = sent.is_some_and(|last| turn.now() < last + pause);
        is_soon && !open.has_missed_call(method)
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

/// A person who returns to a method whose code was sent a moment ago finds it as they left it.
/// Nothing is sent twice.
fn wait(open: Open, method: Method, retry_at: Timestamp) -> Next {
    let is_away = matches!(open.at, State::EnteringPhone(_));
    let pending = open
        .pending()
        .filter(|pending| is_away && pending.method() == method);
    let Some(pending) = pending else {
        return Next::but(open, ProblemKind::ResendTooSoon { retry_at });
    };
    back_to(open.case, pending).into()
}

fn back_to(case: Case, pending: Pending) -> Open {
    match pending {
        Pending::Code(code) => Open::new(case, EnteringCode { code }),
        Pending::Call(call) => Open::new(case, AwaitingCall { call }),
    }
}

/// Uses the number on file after the person has typed it in full.
fn reach_phone(mut open: Open, method: Method, phone: Option<&str>, turn: &mut Turn<'_>) -> Next {
    let Some(typed) = phone else {
        if !open.case.matched.has(method) {
            return ask_for_phone(open, method).into();
        }
        return use_phone(open, method, turn);
    };
    let Ok(parsed) = postern_phone::parse(typed, turn.region()) else {
        return Next::but(ask_for_phone(open, method), ProblemKind::PhoneMalformed);
    };
    if let Some(extension) = parsed.extension {
        turn.notice(Notice::ExtensionStripped(extension.to_string()));
    }
    if let Some(number_type) = refused_type(parsed.number) {
        return Next::but(
            ask_for_phone(open, method),
            ProblemKind::PhoneNotAllowed { number_type },
        );
    }
    let on_file = match destination(&open.case, method, turn) {
        Some(Destination::Phone(number)) => Some(number),
        Some(Destination::Mailbox(_)) | None => None,
    };
    if on_file.is_some_and(|number| number.is_same_phone(parsed.number)) {
        open.case.matched.add(method);
        return use_phone(open, method, turn);
    }
    mismatch(open, method, parsed.number, turn)
}

/// The counters of wrong numbers.
const NUMBERS: &[Counter] = &[Counter::PhoneNumber];

/// The number of wrong numbers that the person may still type before the lock. Under a lock it is
/// one, or zero before a passed gate.
pub(crate) fn numbers_left(case: &Case, method: Method, turn: &Turn<'_>) -> u8 {
    match locks::on(method, turn) {
        Some(_) => locks::may_send(case, method).into(),
        None => turn.tries_left(NUMBERS),
    }
}

/// The typed number is not the number on file. Only a number that can exist, and that is typed for
/// the first time, costs a try.
fn mismatch(mut open: Open, method: Method, typed: PhoneNumber, turn: &mut Turn<'_>) -> Next {
    if !typed.is_assigned() {
        return Next::but(ask_for_phone(open, method), ProblemKind::PhoneMalformed);
    }
    let case = &open.case;
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
        // Under a lock, a person who has passed a gate may still ask for a code, and has one try at
        // the number for it.
        if let Some(lock) = locks::on(method, turn) {
            return closed(open, method, lock, turn);
        }
        if let Err(lock) = turn.fail(NUMBERS, Blocked::PhoneNumbers) {
            return passage::lock_out(open, lock, turn);
        }
        open.case.wrong_numbers.push(digest);
    }
    let tries_left = numbers_left(&open.case, method, turn);
    Next::but(
        ask_for_phone(open, method),
        ProblemKind::PhoneMismatch { tries_left },
    )
}

/// The type because of which the service neither calls nor texts a number.
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

fn ask_for_phone(open: Open, method: Method) -> Open {
    let pending = open.pending();
    Open::new(open.case, EnteringPhone { method, pending })
}

fn use_phone(open: Open, method: Method, turn: &mut Turn<'_>) -> Next {
    if method.is_call() {
        place_call(open, method, turn)
    } else {
        send_code(open, method, turn)
    }
}

/// Sends a code by mail or text. The message of a decoy is queued and removed like any other, and
/// has no recipient.
fn send_code(open: Open, method: Method, turn: &mut Turn<'_>) -> Next {
    if open.live_code().is_some_and(|code| code.method == method) {
        turn.notice(Notice::CodeSentAgain);
    }
    let is_resting = is_resting(&open, method, turn);
    let case = begin(open, method, turn);
    let now = turn.now();
    let length = turn.policy().settings().code_length;
    // A code never outlives its attempt.
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
    Open::new(case, EnteringCode { code }).into()
}

/// Places a call. A decoy's call is never placed, because no typed number matches a decoy's number.
fn place_call(open: Open, method: Method, turn: &mut Turn<'_>) -> Next {
    let is_resting = is_resting(&open, method, turn);
    let case = begin(open, method, turn);
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
    Open::new(case, AwaitingCall { call }).into()
}

/// Starts a method that sends nothing.
fn ask(open: Open, method: Method, turn: &mut Turn<'_>) -> Next {
    let case = begin(open, method, turn);
    turn.audit(&case, Reason::Started(method));
    if method == Method::Questions {
        AnsweringQuestions::begin(case, turn).into()
    } else {
        Open::new(case, EnteringAuthenticatorCode { wrong: None }).into()
    }
}

/// Ends the method that was started before, and counts the new one.
fn begin(open: Open, method: Method, turn: &mut Turn<'_>) -> Case {
    if let Some(counter) = Counter::of_sending(method) {
        turn.count(counter);
    }
    turn.retire_code(open.live_code(), Retirement::Superseded);
    let mut case = open.case;
    case.last_method = Some(method);
    case
}
