//! A test: a claim, the function that can prove it wrong, and the engines that can be asked.

use std::{future::Future, pin::Pin};

use anyhow::Result;

use crate::{engine::Engine, everywhere, page::Page};

/// What a test does, under way: an error says what was not as claimed.
pub(crate) type Trying<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// A claim about the page.
pub(crate) struct Test {
    name: String,
    attempt: Box<dyn for<'a> Fn(&'a Page) -> Trying<'a>>,
    only: Option<Only>,
    is_of_service: bool,
}

/// The engines that a test is for, and why no others.
#[derive(Clone, Copy)]
struct Only {
    engines: &'static [Engine],
    reason: &'static str,
}

impl Test {
    /// A claim by its theme and its name.
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

    /// The same in those engines alone, with the reason that is given for the others.
    pub(crate) fn only_in(mut self, engines: &'static [Engine], reason: &'static str) -> Self {
        self.only = Some(Only { engines, reason });
        self
    }

    /// The same of the page that asks the service, and not of the demo.
    pub(crate) fn at_service(mut self) -> Self {
        self.name = format!("service::{}", self.name);
        self.is_of_service = true;
        self
    }

    /// The same with a service beside it that the page itself does not ask.
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

    /// Why it says nothing about that engine, if it does not.
    ///
    /// With `everywhere`, claims are made in other engines too that do not depend on the engine.
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
    /// With what was not as claimed.
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
