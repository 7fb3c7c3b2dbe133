//! Gives a proof to the method that asks for it.

use postern_protocol::{CodeLength, ProblemKind, Proof, TypedCode};

use super::claim::Claim;
use super::progress::Progress;
use super::proving::Proving;
use super::tries;
use crate::turn::Turn;
use crate::{CallEnd, CallId};

/// Checks what a person gives as a proof.
pub(crate) fn prove(
    claim: &mut Claim,
    proving: Proving,
    proof: &Proof,
    turn: &mut Turn<'_>,
) -> Progress {
    match (proving, proof) {
        (Proving::EnteringCode(state), Proof::Code(typed)) => {
            let typed = TypedCode::parse(typed.reveal(), state.length());
            state.prove(claim, &typed, turn)
        }
        (Proving::EnteringAuthenticatorCode(state), Proof::Code(typed)) => {
            let typed = TypedCode::parse(typed.reveal(), CodeLength::AUTHENTICATOR);
            state.prove(claim, &typed, turn)
        }
        (Proving::AnsweringQuestions(state), Proof::Answers(answers)) => {
            state.prove(claim, answers, turn)
        }
        (proving, Proof::Code(_) | Proof::Answers(_)) => {
            Progress::but(proving, ProblemKind::NotExpected)
        }
    }
}

/// Handles the end of a call. If nothing waits for the call any more, nothing changes: the person
/// may have chosen another method.
pub(crate) fn call_ended(
    claim: &mut Claim,
    mut proving: Proving,
    call: CallId,
    end: CallEnd,
    turn: &mut Turn<'_>,
) -> Progress {
    let Some(live) = proving.live_call_mut().filter(|live| live.id == call) else {
        return Progress::but(proving, ProblemKind::NotExpected);
    };
    let method = live.method;
    match end {
        CallEnd::KeyPressed => tries::pass(claim, method, turn),
        CallEnd::NoAnswer | CallEnd::Failed => {
            live.failed = true;
            proving.into()
        }
    }
}
