//! Begins a method: the service sends a code, places a call, or asks something.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::time::Duration;

use postern_protocol::{Guid, Method, Notice};

use super::claim::Claim;
use super::progress::Progress;
use super::proving::{
    AnsweringQuestions, AwaitingCall, EnteringAuthenticatorCode, EnteringCode, LiveCall, Proving,
};
use super::sending::{Destination, destination, is_resting};
use crate::CallId;
use crate::audit::Reason;
use crate::code::{Code, LiveCode};
use crate::command::{Call, Command, Mail, MailContent, Text};
use crate::ledger::{Counter, Retirement};
use crate::turn::Turn;

/// How long an attempt waits for a call to be placed.
const CALL_DEADLINE: Duration = Duration::from_mins(1);

/// Sends a code by mail or text. The message of a decoy is queued and removed like any other, and
/// has no recipient.
pub(super) fn send_code(
    claim: &mut Claim,
    proving: Option<&Proving>,
    method: Method,
    turn: &mut Turn<'_>,
) -> Progress {
    let before = proving.and_then(Proving::live_code);
    if before.is_some_and(|code| code.method == method) {
        turn.notice(Notice::CodeSentAgain);
    }
    let is_resting = is_resting(proving, method, turn);
    begin(claim, proving, method, turn);
    let now = turn.now();
    let length = turn.policy().settings().code_length;
    // A code never outlives its attempt.
    let lifetime = turn
        .policy()
        .code_lifetime()
        .min(claim.expires_at.since(now));
    let digits = Code::random(length, &mut turn.dice);
    let key = turn.key();
    let code = LiveCode::new(
        method,
        length,
        lifetime,
        now,
        &digits,
        &claim.subject_key,
        key,
    );
    let deadline = code.expires_at;
    let letterhead = turn.letterhead(claim);
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
    let destination = destination(claim, method, turn).filter(|_| !is_resting);
    match destination {
        Some(Destination::Mailbox(address)) => turn.order(mail(Vec::from([address]), digits)),
        Some(Destination::Phone(number)) => turn.order(Command::SendText(Text {
            to: number.to_string(),
            code: digits,
            page: claim.page.clone(),
            deadline,
            letterhead,
        })),
        None if method == Method::Email => turn.order(mail(Vec::new(), digits)),
        None => {}
    }
    turn.audit(claim, Reason::Started(method));
    EnteringCode { code }.into()
}

/// Places a call. A decoy's call is never placed, because no typed number matches a decoy's number.
pub(super) fn place_call(
    claim: &mut Claim,
    proving: Option<&Proving>,
    method: Method,
    turn: &mut Turn<'_>,
) -> Progress {
    let is_resting = is_resting(proving, method, turn);
    begin(claim, proving, method, turn);
    let id = CallId(Guid::from_random(turn.dice.bits()));
    let called_at = turn.now();
    let destination = destination(claim, method, turn).filter(|_| !is_resting);
    if let Some(Destination::Phone(number)) = destination {
        let letterhead = turn.letterhead(claim);
        turn.order(Command::PlaceCall(Call {
            id,
            to: number.to_string(),
            method,
            deadline: called_at + CALL_DEADLINE,
            letterhead,
        }));
    }
    turn.audit(claim, Reason::Started(method));
    let call = LiveCall {
        id,
        method,
        called_at,
        failed: false,
    };
    AwaitingCall { call }.into()
}

/// Begins a method that sends nothing.
pub(super) fn ask(
    claim: &mut Claim,
    proving: Option<&Proving>,
    method: Method,
    turn: &mut Turn<'_>,
) -> Progress {
    begin(claim, proving, method, turn);
    turn.audit(claim, Reason::Started(method));
    if method == Method::Questions {
        AnsweringQuestions::begin(claim, turn).into()
    } else {
        EnteringAuthenticatorCode { wrong: None }.into()
    }
}

/// Ends the method that was started before, and counts the new one.
fn begin(claim: &mut Claim, proving: Option<&Proving>, method: Method, turn: &mut Turn<'_>) {
    if let Some(counter) = Counter::of_sending(method) {
        turn.count(counter);
    }
    let code = proving.and_then(Proving::live_code);
    turn.retire_code(code, Retirement::Superseded);
    claim.last_method = Some(method);
}
