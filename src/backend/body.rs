//! Requests as the service reads them: the JSON of the types in `postern_protocol::request`, to which a test holds it.

use postern_protocol::work::{Challenge, Payload};
use postern_protocol::{Answer, Proof, Purpose};

use super::{Envelope, Request};
use crate::json::{Writer, list};

impl Request {
    /// The body, where the request has one.
    #[cfg_attr(
        feature = "demo",
        expect(dead_code, reason = "the demo's judge takes requests as they are")
    )]
    pub(super) fn body(&self, envelope: &Envelope<'_>) -> Option<String> {
        let body = match self {
            Self::Start { identifier } => {
                let body = Writer::new()
                    .text("identifier", identifier)
                    .text("locale", envelope.locale)
                    .text("support_code", &envelope.support_code.to_string());
                match &envelope.work {
                    Some(work) => body.json("work", &payload(work)),
                    None => body,
                }
            }
            Self::ChoosePurpose(purpose) => {
                let purpose = match purpose {
                    Purpose::Reset => "reset",
                    Purpose::Unlock => "unlock",
                };
                Writer::new().text("purpose", purpose)
            }
            Self::StartMethod(start) => {
                let body = Writer::new().text("method", start.method.name());
                match &start.phone {
                    Some(phone) => body.text("phone", phone),
                    None => body,
                }
            }
            Self::Prove(Proof::Code(code)) => Writer::new().text("code", code.reveal()),
            Self::Prove(Proof::Answers(answers)) => {
                Writer::new().json("answers", &list(answers.iter().map(answer)))
            }
            Self::SetPassword(set) => Writer::new().text("password", set.password.reveal()),
            Self::Look | Self::Unlock | Self::AskForHelp | Self::Cancel => return None,
        };
        Some(body.finish())
    }
}

fn answer(answer: &Answer) -> String {
    Writer::new()
        .number("question", answer.question.into())
        .text("answer", answer.answer.reveal())
        .finish()
}

fn payload(payload: &Payload) -> String {
    let solution = Writer::new()
        .number("counter", payload.solution.counter.into())
        .text("derivedKey", &payload.solution.derived_key);
    Writer::new()
        .json("challenge", &challenge(&payload.challenge))
        .json("solution", &solution.finish())
        .finish()
}

/// A challenge, as it came: the judge's signature covers its members in the order of their names.
pub(crate) fn challenge(challenge: &Challenge) -> String {
    let parameters = &challenge.parameters;
    let members = Writer::new()
        .text("algorithm", &parameters.algorithm)
        .number("cost", parameters.cost.into())
        .number("expiresAt", parameters.expires_at.seconds())
        .number("keyLength", parameters.key_length.into())
        .text("keyPrefix", &parameters.key_prefix)
        .text("keySignature", &parameters.key_signature)
        .text("nonce", &parameters.nonce)
        .text("salt", &parameters.salt);
    Writer::new()
        .json("parameters", &members.finish())
        .text("signature", &challenge.signature)
        .finish()
}
