//! What goes with a request, and what comes back.

use postern_protocol::{Attempt, SupportCode};

use super::request::Credentials;

/// What goes with a request besides itself.
pub(crate) struct Envelope<'a> {
    /// The attempt and its token; `None` before there is one.
    pub(crate) credentials: Option<&'a Credentials>,
    /// The same for every sending of the same request, so that it is done once.
    pub(crate) idempotency_key: &'a str,
    /// BCP 47 tag of the language on the page.
    pub(crate) locale: &'a str,
    /// The code at the foot of the page.
    pub(crate) support_code: SupportCode,
    /// The solved proof of work, for the first request, as JSON.
    pub(crate) work: Option<String>,
    /// A domain of the organisation whose page this is, for the first request.
    pub(crate) tenant: Option<&'a str>,
    /// How the person came here, for the first request, as JSON.
    pub(crate) via: Option<&'a str>,
}

/// An answer, and the credentials that come with the first one.
pub(crate) struct Answer {
    pub(crate) attempt: Attempt,
    pub(crate) credentials: Option<Credentials>,
}
