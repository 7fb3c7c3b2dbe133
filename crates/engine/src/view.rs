//! The attempt in the form that the person may see.
//!
//! One function decides what leaves the service, so that no fact about a decoy, no digest and no
//! secret ever does.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use postern_protocol as protocol;
use postern_protocol::{CodeLength, Help, Method, Notice, Offer, Step, Timestamp};

use crate::states::{self, CALL_RETRY, State};
use crate::turn::Turn;
use crate::{Case, Open, Subject, help, locks, passage, start};

/// The answer to every request, once the person has said who they are.
pub(crate) fn of(open: &Open, turn: &Turn<'_>, notices: Vec<Notice>) -> protocol::Attempt {
    let case = &open.case;
    let tenant = turn.tenant();
    let can_request =
        open.can_ask_for_help() && help::is_staffed(tenant) && case.help_requested_at.is_none();
    protocol::Attempt {
        id: case.id,
        correlation_id: case.correlation_id,
        support_code: case.support_code,
        tenant_name: tenant.map(|tenant| tenant.name.clone()),
        default_region: turn.region().map(|region| region.to_string()),
        identifier: case.identifier.clone(),
        purpose: case.purpose,
        asks_purpose: case.asks_purpose,
        now: turn.now(),
        expires_at: case.expires_at,
        gates: case.gates.summary(),
        step: step(open, turn),
        locked_until: locks::in_spite_of(open, turn).map(|lock| lock.until),
        help: Help {
            url: tenant.and_then(|tenant| tenant.help_url.clone()),
            can_request,
            requested_at: case.help_requested_at,
        },
        notices,
    }
}

fn step(open: &Open, turn: &Turn<'_>) -> Step {
    let case = &open.case;
    let offers = || locks::open_offers(case, |method| open.has_begun(method), turn);
    match &open.at {
        State::ChoosingPurpose => Step::ChoosePurpose,
        State::ChoosingMethod => Step::ChooseMethod(protocol::ChooseMethod {
            gate: case.gates.current(),
            offers: offers(),
        }),
        State::EnteringPhone(state) => Step::EnterPhone(protocol::EnterPhone {
            gate: case.gates.current(),
            offers: offers(),
            method: state.method,
            hint: hint(case, state.method),
            tries_left: start::numbers_left(case, state.method, turn),
        }),
        State::EnteringCode(state) => Step::EnterCode(enter_code(case, state, offers(), turn)),
        State::EnteringAuthenticatorCode(_) => Step::EnterCode(protocol::EnterCode {
            gate: case.gates.current(),
            offers: offers(),
            method: Method::AuthenticatorCode,
            hint: None,
            length: CodeLength::AUTHENTICATOR,
            tries_left: turn.tries_left(passage::tries(Method::AuthenticatorCode, turn)),
            is_spent: false,
            expires_at: None,
            resend_at: None,
        }),
        State::AwaitingCall(state) => Step::AwaitCall(protocol::AwaitCall {
            gate: case.gates.current(),
            offers: offers(),
            method: state.call.method,
            hint: hint(case, state.call.method),
            called_at: state.call.called_at,
            retry_at: retry_at(case, state, turn),
            failed: state.call.failed,
        }),
        State::AnsweringQuestions(state) => Step::AnswerQuestions(protocol::AnswerQuestions {
            gate: case.gates.current(),
            offers: offers(),
            questions: state.questions.clone(),
            tries_left: turn.tries_left(passage::tries(Method::Questions, turn)),
        }),
        State::ChoosingPassword(state) => Step::ChoosePassword(protocol::ChoosePassword {
            rules: turn
                .tenant()
                .map(|tenant| tenant.password_rules)
                .unwrap_or_default(),
            directory_rules: matches!(
                case.subject,
                Subject::Account {
                    on_premises: true,
                    ..
                }
            ),
            outcome_unknown: state.outcome_unknown,
        }),
        State::ConfirmingUnlock => Step::ConfirmUnlock,
        State::WritingBack(_) => Step::WritingBack,
        State::Done(state) => Step::Done(protocol::Done {
            at: state.at,
            effective_in_minutes: state.effective_in_minutes,
            notified: state.notified.clone(),
            sign_in_url: case.return_to.clone().or_else(|| {
                let tenant = turn.tenant()?;
                tenant.sign_in_url.clone()
            }),
        }),
        State::Refused(state) => Step::Refused(protocol::Refused {
            refusal: state.refusal,
            at: state.at,
        }),
        State::Locked(state) => Step::Locked {
            until: stands_until(state, turn),
        },
        State::Ended(state) => Step::Ended {
            reason: state.reason,
        },
    }
}

/// The end of a lock. If an administrator has lifted it, it has ended by now.
fn stands_until(state: &states::Locked, turn: &Turn<'_>) -> Timestamp {
    match turn.seen().lock(turn.now()) {
        Some(_) => state.until,
        None => state.until.min(turn.now()),
    }
}

/// When the phone may be called again: after the pause, and within the limits.
fn retry_at(case: &Case, state: &states::AwaitingCall, turn: &Turn<'_>) -> Timestamp {
    let pause = state.call.called_at + CALL_RETRY;
    let method = state.call.method;
    let opened = start::sendable_at(method, state.call.failed, turn);
    let retry_at = opened.map_or(
        pause,
        |at| if state.call.failed { at } else { at.max(pause) },
    );
    let lock = locks::on_sending(case, method, turn);
    lock.map_or(retry_at, |lock| lock.until.max(retry_at))
}

fn enter_code(
    case: &Case,
    state: &states::EnteringCode,
    offers: Vec<Offer>,
    turn: &Turn<'_>,
) -> protocol::EnterCode {
    let method = state.code.method;
    // If nothing is counted any more, because a success in another attempt cleared the counters,
    // there is no wait.
    let opened = start::sendable_at(method, false, turn).unwrap_or_else(|| turn.now());
    let lock = locks::on_sending(case, method, turn);
    let resend_at = lock.map_or(opened, |lock| lock.until.max(opened));
    protocol::EnterCode {
        gate: case.gates.current(),
        offers,
        method: state.code.method,
        hint: case.hint(state.code.method),
        length: state.code.length,
        tries_left: state.tries_left(turn),
        is_spent: state.code.tries_left == 0,
        expires_at: Some(state.code.expires_at),
        resend_at: Some(resend_at),
    }
}

/// The hint of a method with a destination. An account that has lost the destination meanwhile
/// gives an empty hint.
fn hint(case: &Case, method: Method) -> String {
    case.hint(method).unwrap_or_default()
}
