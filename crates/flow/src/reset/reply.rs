//! The result of a request.

use postern_protocol::{Attempt, Problem};

/// The reply to a request.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The current state of the attempt.
    pub attempt: Attempt,
}

/// Why there is no valid reply.
#[derive(Clone, Debug)]
pub enum Failure {
    /// No answer: the request may or may not have arrived.
    Lost,
    /// An answer that is not valid, such as a proxy's error page.
    Service,
    /// The judge refused the request.
    Problem(Problem),
}
