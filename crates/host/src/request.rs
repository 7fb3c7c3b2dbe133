//! Requests and answers, in the form of the HTTP API.
//!
//! There is one variant for each path and verb about attempts. The values of HTTP headers are in
//! separate fields.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use postern_engine::{Digest, EngineKey};
use postern_protocol as protocol;
use postern_protocol::{
    AttemptId, ChoosePurpose, Proof, SetPassword, StartAttempt, StartMethod, Started,
};

/// A request with its headers.
pub struct Request {
    /// The operation of the request.
    pub operation: Operation,
    /// The token of `Authorization: Bearer`.
    pub token: Option<String>,
    /// The value of `Idempotency-Key`. It applies to every POST about an attempt.
    pub idempotency_key: Option<String>,
}

impl Request {
    /// A request without headers.
    pub const fn new(operation: Operation) -> Self {
        Self {
            operation,
            token: None,
            idempotency_key: None,
        }
    }

    /// The same with a bearer token.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        Self {
            token: Some(token.into()),
            ..self
        }
    }

    /// The same with an idempotency key.
    #[must_use]
    pub fn with_idempotency_key(self, key: &str) -> Self {
        Self {
            idempotency_key: Some(key.into()),
            ..self
        }
    }
}

/// The operations of the API.
#[expect(
    clippy::large_enum_variant,
    reason = "a request is made, moved once and gone"
)]
pub enum Operation {
    /// `POST /api/v1/attempts`.
    StartAttempt(StartAttempt),
    /// `GET /api/v1/attempts/{id}`.
    Look(AttemptId),
    /// `PUT /api/v1/attempts/{id}/purpose`.
    ChoosePurpose(AttemptId, ChoosePurpose),
    /// `POST /api/v1/attempts/{id}/codes`.
    StartMethod(AttemptId, StartMethod),
    /// `POST /api/v1/attempts/{id}/proofs`.
    Prove(AttemptId, Proof),
    /// `POST /api/v1/attempts/{id}/password`.
    SetPassword(AttemptId, SetPassword),
    /// `POST /api/v1/attempts/{id}/unlock`.
    Unlock(AttemptId),
    /// `POST /api/v1/attempts/{id}/help`.
    AskForHelp(AttemptId),
    /// `DELETE /api/v1/attempts/{id}`.
    Cancel(AttemptId),
}

/// An answer without a problem.
pub enum Answer {
    /// The answer to [`Operation::StartAttempt`].
    Started(Started),
    /// The answer to every other operation.
    Attempt(protocol::Attempt),
}

impl Operation {
    /// The attempt of the operation.
    pub const fn attempt(&self) -> Option<AttemptId> {
        match self {
            Self::StartAttempt(_) => None,
            Self::Look(id)
            | Self::ChoosePurpose(id, _)
            | Self::StartMethod(id, _)
            | Self::Prove(id, _)
            | Self::SetPassword(id, _)
            | Self::Unlock(id)
            | Self::AskForHelp(id)
            | Self::Cancel(id) => Some(*id),
        }
    }

    /// A fingerprint that distinguishes two POSTs about attempts. `None` for an operation that
    /// makes no difference when it is executed twice.
    ///
    /// `nonce` is that of the request's proof of work, if there is one: a repeated request has the
    /// same nonce, and no other request has it. The fingerprint is keyed, because it covers
    /// secrets.
    pub fn fingerprint(&self, key: &EngineKey, nonce: Option<&str>) -> Option<Digest> {
        let of = |label: &str, id: Option<&AttemptId>, parts: &[&[u8]]| {
            let id = id.map(|id| id.0.to_bytes()).unwrap_or_default();
            let parts: Vec<&[u8]> = core::iter::once(&id[..])
                .chain(parts.iter().copied())
                .collect();
            Some(key.digest(label, &parts))
        };
        match self {
            Self::Look(_) | Self::ChoosePurpose(..) | Self::Cancel(_) => None,
            Self::StartAttempt(start) => {
                let mut parts = vec![start.identifier.as_bytes(), start.locale.as_bytes()];
                // Each part comes with its name, so that no part can be taken for another.
                let optional = [
                    ("tenant", &start.tenant),
                    ("return_to", &start.via.return_to),
                    ("state", &start.via.state),
                    ("portal", &start.via.portal),
                ];
                let optional = optional.map(|(name, value)| (name, value.as_deref()));
                for (name, value) in optional.into_iter().chain([("work", nonce)]) {
                    if let Some(value) = value {
                        parts.extend([name.as_bytes(), value.as_bytes()]);
                    }
                }
                of("request: attempt", None, &parts)
            }
            Self::StartMethod(id, start) => {
                let phone = start.phone.as_deref().unwrap_or_default();
                let name = start.method.name();
                of(
                    "request: method",
                    Some(id),
                    &[name.as_bytes(), phone.as_bytes()],
                )
            }
            Self::Prove(id, Proof::Code(code)) => {
                of("request: code", Some(id), &[code.reveal().as_bytes()])
            }
            Self::Prove(id, Proof::Answers(answers)) => {
                let numbers: Vec<[u8; 2]> = answers
                    .iter()
                    .map(|answer| answer.question.to_be_bytes())
                    .collect();
                let parts: Vec<&[u8]> = answers
                    .iter()
                    .zip(&numbers)
                    .flat_map(|(answer, number)| [&number[..], answer.answer.reveal().as_bytes()])
                    .collect();
                of("request: answers", Some(id), &parts)
            }
            Self::SetPassword(id, set) => of(
                "request: password",
                Some(id),
                &[set.password.reveal().as_bytes()],
            ),
            Self::Unlock(id) => of("request: unlock", Some(id), &[]),
            Self::AskForHelp(id) => of("request: help", Some(id), &[]),
        }
    }
}
