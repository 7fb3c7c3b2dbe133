//! Why the judge gives no answer.

use postern_protocol::{Problem, ProblemKind};

use crate::pressure::Times;

/// Why a request got no answer of the judge's.
pub(super) enum Unanswered {
    /// The work is lighter than what is asked of such an attempt.
    TooLight(Times),
    /// What was judged has changed meanwhile.
    Conflict,
    /// What is answered instead.
    Problem(ProblemKind),
    /// The store or the directory did not do what they are there for.
    Broken(anyhow::Error),
}

impl From<anyhow::Error> for Unanswered {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// Why a request was not done.
pub(crate) enum NotDone {
    /// A problem.
    Problem(Problem),
    /// The work is too light: it is asked so many times as hard.
    TooLight(Times),
}

impl From<ProblemKind> for NotDone {
    fn from(kind: ProblemKind) -> Self {
        Self::Problem(Problem::new(kind))
    }
}
