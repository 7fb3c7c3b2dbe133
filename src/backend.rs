//! The backend receives the wizard's requests: it is the service over HTTP or, in the demo, the
//! same judge inside the page.
//!
//! The backend is an enum and not a trait: there are two backends, and each build has one of them.

#[cfg(feature = "demo")]
pub(crate) use crate::demo::Demo;

mod body;
mod envelope;
#[cfg(not(feature = "demo"))]
mod http;

pub(crate) use envelope::{Answer, Credentials, Envelope};
#[cfg(not(feature = "demo"))]
pub(crate) use http::Http;

use postern_flow::reset::{Failure, Request};

use crate::config::Config;

/// The backend of the wizard.
#[derive(Clone)]
pub(crate) enum Backend {
    /// The service, at its API.
    #[cfg(not(feature = "demo"))]
    Http(Http),
    /// The judge in the page.
    #[cfg(feature = "demo")]
    Demo(Demo),
}

impl Backend {
    /// The backend of this build: only the demo build uses the demo backend, and the demo build
    /// never calls a service.
    #[cfg(not(feature = "demo"))]
    pub(crate) fn new(config: &Config) -> Self {
        Self::Http(Http::new(&config.api))
    }

    #[cfg(feature = "demo")]
    pub(crate) fn new(_config: &Config) -> Self {
        Self::Demo(Demo::open())
    }

    /// Sends the request and waits for the answer.
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

    /// A proof-of-work challenge as JSON. The worker solves it while the person types. The page
    /// only passes it to the worker and back.
    pub(crate) async fn challenge(&self) -> Result<String, Failure> {
        match self {
            #[cfg(not(feature = "demo"))]
            Self::Http(http) => http.challenge().await,
            #[cfg(feature = "demo")]
            Self::Demo(demo) => demo.challenge().await,
        }
    }
}
