//! Converts the wizard's requests to the format of the engine's host, and the host's answers to the
//! format of the wizard.
//!
//! With the service, HTTP writes and reads these values; the demo passes the values themselves.

use postern_flow::reset::{Failure, Request};
use postern_host::{self as host, Operation};
use postern_protocol::{
    Answer as QuestionAnswer, ChoosePurpose, Problem, ProblemKind, Proof, SetPassword,
    StartAttempt, Started, SupportCode, TypedSecret, Via,
};

use crate::backend::{Answer, Credentials};

/// The data that the first request contains.
pub(super) struct Given<'a> {
    pub(super) locale: &'a str,
    pub(super) support_code: SupportCode,
    pub(super) tenant: Option<&'a str>,
    /// As JSON.
    pub(super) work: Option<String>,
}

/// A request with its headers.
///
/// # Errors
///
/// [`ProblemKind::AttemptUnknown`] for a request about an attempt without the credentials of one.
pub(super) fn request(
    request: &Request,
    credentials: Option<&Credentials>,
    idempotency_key: &str,
    given: Given<'_>,
) -> Result<host::Request, Failure> {
    if let Request::Start { identifier } = request {
        let start = Operation::StartAttempt(StartAttempt {
            identifier: identifier.clone(),
            tenant: given.tenant.map(str::to_owned),
            locale: given.locale.to_owned(),
            support_code: given.support_code,
            work: given.work.and_then(|work| serde_json::from_str(&work).ok()),
            via: Via::default(),
        });
        return Ok(host::Request::new(start).with_idempotency_key(idempotency_key));
    }
    let unknown = || Failure::Problem(Problem::new(ProblemKind::AttemptUnknown));
    let Credentials { id, token } = credentials.ok_or_else(unknown)?;
    let id = *id;
    let operation = match request {
        Request::Start { .. } => unreachable!("made above"),
        Request::Look => Operation::Look(id),
        Request::ChoosePurpose(purpose) => {
            Operation::ChoosePurpose(id, ChoosePurpose { purpose: *purpose })
        }
        Request::StartMethod(body) => Operation::StartMethod(id, body.clone()),
        Request::Prove(proof) => Operation::Prove(id, again(proof)),
        Request::SetPassword(body) => Operation::SetPassword(
            id,
            SetPassword {
                password: typed_again(&body.password),
            },
        ),
        Request::Unlock => Operation::Unlock(id),
        Request::AskForHelp => Operation::AskForHelp(id),
        Request::Cancel => Operation::Cancel(id),
    };
    Ok(host::Request::new(operation)
        .with_token(token)
        .with_idempotency_key(idempotency_key))
}

/// An answer, with the credentials that the first answer contains.
///
/// # Errors
///
/// The problem that the host answered.
pub(super) fn answer(answer: Result<host::Answer, Problem>) -> Result<Answer, Failure> {
    match answer {
        Ok(host::Answer::Started(Started { attempt, token })) => {
            let credentials = Credentials {
                id: attempt.id,
                token,
            };
            Ok(Answer {
                attempt,
                credentials: Some(credentials),
            })
        }
        Ok(host::Answer::Attempt(attempt)) => Ok(Answer {
            attempt,
            credentials: None,
        }),
        Err(problem) => Err(Failure::Problem(problem)),
    }
}

/// Copies the proof: the wizard keeps the original, to send it again if the answer gets lost.
fn again(proof: &Proof) -> Proof {
    match proof {
        Proof::Code(code) => Proof::Code(typed_again(code)),
        Proof::Answers(answers) => Proof::Answers(
            answers
                .iter()
                .map(|given| QuestionAnswer {
                    question: given.question,
                    answer: typed_again(&given.answer),
                })
                .collect(),
        ),
    }
}

fn typed_again(secret: &TypedSecret) -> TypedSecret {
    TypedSecret::new(secret.reveal().to_owned())
}
