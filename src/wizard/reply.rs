//! What comes back of a request.

use postern_protocol::{Attempt, Problem};

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// The attempt as it stands.
    pub(crate) attempt: Attempt,
}

/// Why nothing good came back.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// No answer: the request may or may not have arrived.
    Lost,
    /// An answer that is none: a proxy's error page, say.
    Service,
    /// The judge's own no.
    Problem(Problem),
}
