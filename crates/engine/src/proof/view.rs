//! A proof in the form that the person may see.

use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol as protocol;
use postern_protocol::{CodeLength, Method, Offer, Step, Timestamp};

use super::claim::Claim;
use super::locks;
use super::phone::numbers_left;
use super::proving::{AwaitingCall, CALL_RETRY, EnteringCode, Proving};
use super::sending::sendable_at;
use super::tries::tries;
use crate::turn::Turn;

/// The step of the page that asks for a proof.
pub(crate) fn step_of(claim: &Claim, proving: &Proving, turn: &Turn<'_>) -> Step {
    let offers = || locks::open_offers(claim, Some(proving), turn);
    match proving {
        Proving::EnteringPhone(state) => Step::EnterPhone(protocol::EnterPhone {
            gate: claim.gates.current(),
            offers: offers(),
            method: state.method,
            hint: hint(claim, state.method),
            tries_left: numbers_left(claim, state.method, turn),
        }),
        Proving::EnteringCode(state) => Step::EnterCode(enter_code(claim, state, offers(), turn)),
        Proving::EnteringAuthenticatorCode(_) => Step::EnterCode(protocol::EnterCode {
            gate: claim.gates.current(),
            offers: offers(),
            method: Method::AuthenticatorCode,
            hint: None,
            length: CodeLength::AUTHENTICATOR,
            tries_left: turn.tries_left(tries(Method::AuthenticatorCode, turn)),
            is_spent: false,
            expires_at: None,
            resend_at: None,
        }),
        Proving::AwaitingCall(state) => Step::AwaitCall(protocol::AwaitCall {
            gate: claim.gates.current(),
            offers: offers(),
            method: state.call.method,
            hint: hint(claim, state.call.method),
            called_at: state.call.called_at,
            retry_at: retry_at(claim, state, turn),
            failed: state.call.failed,
        }),
        Proving::AnsweringQuestions(state) => Step::AnswerQuestions(protocol::AnswerQuestions {
            gate: claim.gates.current(),
            offers: offers(),
            questions: state.questions.clone(),
            tries_left: turn.tries_left(tries(Method::Questions, turn)),
        }),
    }
}

/// When the phone may be called again: after the pause, and within the limits.
fn retry_at(claim: &Claim, state: &AwaitingCall, turn: &Turn<'_>) -> Timestamp {
    let pause = state.call.called_at + CALL_RETRY;
    let method = state.call.method;
    let opened = sendable_at(method, state.call.failed, turn);
    let retry_at = opened.map_or(
        pause,
        |at| if state.call.failed { at } else { at.max(pause) },
    );
    let lock = locks::on_sending(claim, method, turn);
    lock.map_or(retry_at, |lock| lock.until.max(retry_at))
}

fn enter_code(
    claim: &Claim,
    state: &EnteringCode,
    offers: Vec<Offer>,
    turn: &Turn<'_>,
) -> protocol::EnterCode {
    let method = state.code.method;
    // If nothing is counted any more, because a success in another attempt cleared the counters,
    // there is no wait.
    let opened = sendable_at(method, false, turn).unwrap_or_else(|| turn.now());
    let lock = locks::on_sending(claim, method, turn);
    let resend_at = lock.map_or(opened, |lock| lock.until.max(opened));
    protocol::EnterCode {
        gate: claim.gates.current(),
        offers,
        method: state.code.method,
        hint: claim.hint(state.code.method),
        length: state.code.length,
        tries_left: state.tries_left(turn),
        is_spent: state.code.tries_left == 0,
        expires_at: Some(state.code.expires_at),
        resend_at: Some(resend_at),
    }
}

/// The hint of a method with a destination. An account that has lost the destination meanwhile
/// gives an empty hint.
fn hint(claim: &Claim, method: Method) -> String {
    claim.hint(method).unwrap_or_default()
}
