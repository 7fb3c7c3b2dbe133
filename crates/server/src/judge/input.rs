//! What an operation asks of the judge.

use postern_engine::host::Operation;
use postern_engine::{Identify, Input};
use postern_protocol as protocol;
use postern_protocol::{Proof, SetPassword, TypedSecret};

/// What an operation asks of the judge, from a page of `portal` or our own; `None` for what is not
/// about an attempt. Made anew for each judgement.
pub(super) fn input(operation: &Operation, portal: Option<&str>) -> Option<Input> {
    let secret = |secret: &TypedSecret| TypedSecret::new(secret.reveal().to_owned());
    Some(match operation {
        Operation::IssueChallenge | Operation::LookUpTenant(_) => return None,
        Operation::StartAttempt(start) => Input::Identify(Identify {
            page: portal.map(str::to_owned),
            ..Identify::from(start)
        }),
        Operation::Look(_) => Input::Look,
        Operation::ChoosePurpose(_, body) => Input::ChoosePurpose(body.purpose),
        Operation::StartMethod(_, body) => Input::StartMethod {
            method: body.method,
            phone: body.phone.clone(),
        },
        Operation::Prove(_, Proof::Code(code)) => Input::Prove(Proof::Code(secret(code))),
        Operation::Prove(_, Proof::Answers(answers)) => {
            let answers = answers.iter().map(|answer| protocol::Answer {
                question: answer.question,
                answer: secret(&answer.answer),
            });
            Input::Prove(Proof::Answers(answers.collect()))
        }
        Operation::SetPassword(_, body) => Input::SetPassword(SetPassword {
            password: secret(&body.password),
        }),
        Operation::Unlock(_) => Input::Unlock,
        Operation::AskForHelp(_) => Input::AskForHelp,
        Operation::Cancel(_) => Input::Cancel,
    })
}
