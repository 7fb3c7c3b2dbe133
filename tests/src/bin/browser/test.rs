//! A test: a claim, the function that can prove it wrong, and the engines that can run it.

use std::{future::Future, pin::Pin};

use anyhow::Result;

use crate::{engine::Engine, everywhere, page::Page};

/// A running test. An error says what contradicts the claim.
pub(crate) type Trying<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// A claim about the page.
pub(crate) struct Test {
    name: String,
    attempt: Box<dyn for<'a> Fn(&'a Page) -> Trying<'a>>,
    only: Option<Only>,
    is_of_service: bool,
}

/// The engines that can run a test, and why no others can.
#[derive(Clone, Copy)]
struct Only {
    engines: &'static [Engine],
    reason: &'static str,
}

impl Test {
    /// A claim with its theme and its name.
    pub(crate) fn new(
        theme: &str,
        name: &str,
        attempt: impl for<'a> Fn(&'a Page) -> Trying<'a> + 'static,
    ) -> Self {
        Self {
            name: format!("{theme}::{name}"),
            attempt: Box::new(attempt),
            only: None,
            is_of_service: false,
        }
    }

    /// The same claim only in these engines, with the reason for the others.
    pub(crate) fn only_in(mut self, engines: &'static [Engine], reason: &'static str) -> Self {
        self.only = Some(Only { engines, reason });
        self
    }

    /// The same claim for the page that asks the service, and not for the demo.
    pub(crate) fn at_service(mut self) -> Self {
        self.name = format!("service::{}", self.name);
        self.is_of_service = true;
        self
    }

    /// The same claim with a service next to it that the page itself does not ask.
    pub(crate) fn beside_service(mut self) -> Self {
        self.is_of_service = true;
        self
    }

    /// Whether the page asks the service.
    pub(crate) fn is_of_service(&self) -> bool {
        self.is_of_service
    }

    /// Theme and claim.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Why the claim is skipped in this engine. `None` if it runs.
    ///
    /// With `everywhere`, claims that do not depend on the engine also run in other engines.
    pub(crate) fn reason_to_skip(&self, engine: Engine, everywhere: bool) -> Option<&'static str> {
        if let Some(only) = self.only.filter(|only| !only.engines.contains(&engine)) {
            return Some(only.reason);
        }
        if let Some(reason) = everywhere::reason_against(&self.name, engine) {
            return Some(reason);
        }
        let is_made = everywhere || engine == Engine::Chromium || everywhere::is_made(&self.name);
        (!is_made).then_some("it does not depend on the engine")
    }

    /// Tries to prove the claim wrong.
    ///
    /// # Errors
    /// What contradicts the claim.
    pub(crate) async fn run(&self, page: &Page) -> Result<()> {
        (self.attempt)(page).await
    }
}

/// The claims of a theme, by the names of their functions.
macro_rules! claims {
    ($theme:literal: $($name:ident),+ $(,)?) => {
        vec![$($crate::test::Test::new($theme, stringify!($name), |page| Box::pin($name(page)))),+]
    };
}
pub(crate) use claims;
