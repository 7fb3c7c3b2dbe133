//! The requests of the wizard to the service or the demo.

use postern_protocol::{Answer, Proof, Purpose, SetPassword, StartMethod, TypedSecret};

/// One request of the API.
pub enum Request {
    /// Begins an attempt.
    Start { identifier: String },
    /// Asks where the attempt is.
    Look,
    /// Says why the person is having trouble.
    ChoosePurpose(Purpose),
    /// Starts a method, or sends its code again.
    StartMethod(StartMethod),
    /// Gives a code or answers back.
    Prove(Proof),
    /// Sets the new password.
    SetPassword(SetPassword),
    /// Unlocks the account.
    Unlock,
    /// Tells the administrators that the person is stuck.
    AskForHelp,
    /// Leaves the attempt.
    Cancel,
}

impl Request {
    /// Creates a proof from a code, as typed.
    pub fn code(typed: String) -> Self {
        Self::Prove(Proof::Code(TypedSecret::new(typed)))
    }

    /// Creates a proof from answers, as typed, each with the number of its question.
    pub fn answers(typed: Vec<(u16, String)>) -> Self {
        let answers = typed.into_iter().map(|(question, answer)| Answer {
            question,
            answer: TypedSecret::new(answer),
        });
        Self::Prove(Proof::Answers(answers.collect()))
    }

    /// The name of the request in a failing test. It never contains typed text.
    pub fn name(&self) -> &'static str {
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
