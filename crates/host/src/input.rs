//! The judge's input for an operation.

use alloc::borrow::ToOwned;

use postern_engine::{Identify, Input};
use postern_protocol as protocol;
use postern_protocol::{Proof, SetPassword, TypedSecret};

use crate::Operation;

impl Operation {
    /// The judge's input for this operation, from a page of `portal` or from our own.
    pub(crate) fn input(&self, portal: Option<&str>) -> Input {
        let secret = |secret: &TypedSecret| TypedSecret::new(secret.reveal().to_owned());
        match self {
            Self::StartAttempt(start) => Input::Identify(Identify {
                page: portal.map(str::to_owned),
                ..Identify::from(start)
            }),
            Self::Look(_) => Input::Look,
            Self::ChoosePurpose(_, body) => Input::ChoosePurpose(body.purpose),
            Self::StartMethod(_, body) => Input::StartMethod {
                method: body.method,
                phone: body.phone.clone(),
            },
            Self::Prove(_, Proof::Code(code)) => Input::Prove(Proof::Code(secret(code))),
            Self::Prove(_, Proof::Answers(answers)) => {
                let answers = answers.iter().map(|answer| protocol::Answer {
                    question: answer.question,
                    answer: secret(&answer.answer),
                });
                Input::Prove(Proof::Answers(answers.collect()))
            }
            Self::SetPassword(_, body) => Input::SetPassword(SetPassword {
                password: secret(&body.password),
            }),
            Self::Unlock(_) => Input::Unlock,
            Self::AskForHelp(_) => Input::AskForHelp,
            Self::Cancel(_) => Input::Cancel,
        }
    }
}
