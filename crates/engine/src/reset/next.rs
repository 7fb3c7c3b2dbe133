//! The attempt and the problem after an input, before the reply is made.

use postern_protocol::ProblemKind;

use super::attempt::Attempt;

/// The attempt and the problem after an input, before the reply is made.
pub(crate) struct Next {
    pub(crate) attempt: Attempt,
    pub(crate) problem: Option<ProblemKind>,
}

impl Next {
    /// The input was refused with a problem.
    pub(crate) fn but(attempt: impl Into<Attempt>, problem: ProblemKind) -> Self {
        Self {
            attempt: attempt.into(),
            problem: Some(problem),
        }
    }
}

impl<T: Into<Attempt>> From<T> for Next {
    fn from(attempt: T) -> Self {
        Self {
            attempt: attempt.into(),
            problem: None,
        }
    }
}
