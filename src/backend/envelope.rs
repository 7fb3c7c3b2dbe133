//! The data that accompanies a request, and the answer to it.

use postern_protocol::{Attempt, AttemptId, SupportCode};

/// The credentials that open an attempt. The browser keeps nothing else of the attempt.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) id: AttemptId,
    pub(crate) token: String,
}

/// The data that accompanies a request.
pub(crate) struct Envelope<'a> {
    /// The attempt and its token; `None` before the attempt exists.
    pub(crate) credentials: Option<&'a Credentials>,
    /// The same key each time the wizard sends the same request, so that the service executes it
    /// once.
    pub(crate) idempotency_key: &'a str,
    /// BCP 47 tag of the current language of the page.
    pub(crate) locale: &'a str,
    /// The support code at the foot of the page.
    pub(crate) support_code: SupportCode,
    /// The solved proof of work, for the first request, as JSON.
    pub(crate) work: Option<String>,
    /// A domain of the organisation that owns the page, for the first request.
    pub(crate) tenant: Option<&'a str>,
    /// How the person came here, for the first request, as JSON.
    pub(crate) via: Option<&'a str>,
}

/// An answer, and the credentials that the first answer contains.
pub(crate) struct Answer {
    pub(crate) attempt: Attempt,
    pub(crate) credentials: Option<Credentials>,
}
