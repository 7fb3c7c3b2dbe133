//! What came of an input to a proof.

use postern_protocol::ProblemKind;

use super::proving::Proving;
use crate::ledger::Lock;

/// What came of an input to a proof.
pub(crate) enum Progress {
    /// The person gives a proof, or chooses a method if there is none. With a problem, the input
    /// was refused.
    At(Option<Proving>, Option<ProblemKind>),
    /// The proof was right: the gate is passed.
    Passed,
    /// A lock leaves no way to go on.
    Stopped(Lock),
    /// A lock closes the method, and others are open.
    Closed(Lock),
    /// The account existed on arrival and no longer does.
    Gone,
}

impl Progress {
    /// The input was refused with a problem.
    pub(crate) fn but(proving: impl Into<Option<Proving>>, problem: ProblemKind) -> Self {
        Self::At(proving.into(), Some(problem))
    }
}

impl<P: Into<Proving>> From<P> for Progress {
    fn from(proving: P) -> Self {
        Self::At(Some(proving.into()), None)
    }
}
