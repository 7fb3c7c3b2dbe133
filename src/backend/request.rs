//! What can be asked of the service and of the demo.

use postern_protocol::{Answer, AttemptId, Proof, Purpose, SetPassword, StartMethod, TypedSecret};

/// One request of the API.
pub(crate) enum Request {
    /// `POST /attempts`.
    Start { identifier: String },
    /// `GET /attempts/{id}`.
    Look,
    /// `PUT /attempts/{id}/purpose`.
    ChoosePurpose(Purpose),
    /// `POST /attempts/{id}/codes`.
    StartMethod(StartMethod),
    /// `POST /attempts/{id}/proofs`.
    Prove(Proof),
    /// `POST /attempts/{id}/password`.
    SetPassword(SetPassword),
    /// `POST /attempts/{id}/unlock`.
    Unlock,
    /// `POST /attempts/{id}/help`.
    AskForHelp,
    /// `DELETE /attempts/{id}`.
    Cancel,
}

impl Request {
    /// A code, as typed.
    pub(crate) fn code(typed: String) -> Self {
        Self::Prove(Proof::Code(TypedSecret::new(typed)))
    }

    /// Answers, as typed, each with the number of its question.
    pub(crate) fn answers(typed: Vec<(u16, String)>) -> Self {
        let answers = typed.into_iter().map(|(question, answer)| Answer {
            question,
            answer: TypedSecret::new(answer),
        });
        Self::Prove(Proof::Answers(answers.collect()))
    }

    /// The word for it in a failing test: what is asked, never what was typed.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Look => "look",
            Self::ChoosePurpose(_) => "choose-purpose",
            Self::StartMethod(_) => "start-method",
            Self::Prove(_) => "prove",
            Self::SetPassword(_) => "set-password",
            Self::Unlock => "unlock",
            Self::AskForHelp => "ask-for-help",
            Self::Cancel => "cancel",
        }
    }
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What opens an attempt: all that the browser keeps of it.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) id: AttemptId,
    pub(crate) token: String,
}
