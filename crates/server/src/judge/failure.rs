//! Why the judge gives no answer.

use postern_protocol::{Problem, ProblemKind};

use crate::pressure::Times;

/// Why the judge has not answered a request.
pub(super) enum Unanswered {
    /// The work is lighter than required for such an attempt.
    TooLight(Times),
    /// The judged data has changed meanwhile.
    Conflict,
    /// The problem to answer with.
    Problem(ProblemKind),
    /// The store or the directory failed.
    Broken(anyhow::Error),
}

impl From<anyhow::Error> for Unanswered {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

/// Why the server did not execute a request.
pub(crate) enum NotDone {
    /// The problem to answer with.
    Problem(Problem),
    /// The work is too light. It has to be this many times as hard.
    TooLight(Times),
}

impl From<ProblemKind> for NotDone {
    fn from(kind: ProblemKind) -> Self {
        Self::Problem(Problem::new(kind))
    }
}
