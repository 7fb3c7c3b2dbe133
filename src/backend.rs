//! Whom the wizard asks: the service over HTTP, or, in the demo, the same judge inside the page.
//!
//! One enum and not a trait: there are two, and a page has one of them.

#[cfg(feature = "demo")]
pub(crate) use crate::demo::Demo;

mod body;
#[cfg(not(feature = "demo"))]
mod http;
mod request;

#[cfg(not(feature = "demo"))]
pub(crate) use http::Http;
pub(crate) use request::{Credentials, Request};

use postern_protocol::{Attempt, SupportCode};

use crate::config::Config;
use crate::wizard::Failure;

/// The one who is asked.
#[derive(Clone)]
pub(crate) enum Backend {
    /// The service, at its API.
    #[cfg(not(feature = "demo"))]
    Http(Http),
    /// The judge in the page.
    #[cfg(feature = "demo")]
    Demo(Demo),
}

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

impl Backend {
    /// The backend of this build: the demo never asks a service, and nothing else ever asks the demo.
    #[cfg(not(feature = "demo"))]
    pub(crate) fn new(config: &Config) -> Self {
        Self::Http(Http::new(&config.api))
    }

    #[cfg(feature = "demo")]
    pub(crate) fn new(_config: &Config) -> Self {
        Self::Demo(Demo::open())
    }

    /// Asks, and waits for the answer.
    pub(crate) async fn ask(
        &self,
        request: &Request,
        envelope: Envelope<'_>,
    ) -> Result<Answer, Failure> {
        match self {
            #[cfg(not(feature = "demo"))]
            Self::Http(http) => http.ask(request, envelope).await,
            #[cfg(feature = "demo")]
            Self::Demo(demo) => demo.ask(request, envelope).await,
        }
    }

    /// A proof-of-work challenge to solve while the person types, as JSON: the page only carries it to the worker and back.
    pub(crate) async fn challenge(&self) -> Result<String, Failure> {
        match self {
            #[cfg(not(feature = "demo"))]
            Self::Http(http) => http.challenge().await,
            #[cfg(feature = "demo")]
            Self::Demo(demo) => demo.challenge().await,
        }
    }
}
