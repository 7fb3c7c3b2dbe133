//! Registrations that are still in the rows of their accounts. Releases before the table of
//! registrations wrote them there.

use postern_engine::Registration;
use postern_engine::account::{Authenticator, RegisteredQuestion};
use serde::Deserialize;

/// The part of an account's row that is about the registration.
#[derive(Deserialize)]
pub(crate) struct Within {
    authenticators: Option<Vec<Authenticator>>,
    questions: Option<Vec<RegisteredQuestion>>,
}

impl Within {
    /// The registration, if the row still has it.
    pub(crate) fn registration(self) -> Option<Registration> {
        let Self {
            authenticators,
            questions,
        } = self;
        (authenticators.is_some() || questions.is_some()).then(|| Registration {
            authenticators: authenticators.unwrap_or_default(),
            questions: questions.unwrap_or_default(),
        })
    }
}
