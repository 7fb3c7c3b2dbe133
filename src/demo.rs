//! The demo runs the judge in the page: the real engine over a store in memory replaces the
//! service.
//!
//! A [`host`] contains the world, its clock and the connection to it. The [`panel`] beside the
//! wizard shows the calls, texts and mails. Each page has one host, since several wizards on it
//! share one phone.

mod exchange;
mod host;
mod letters;
mod panel;
mod people;
#[cfg(test)]
mod tests;
mod world;

use std::rc::Rc;

use postern_flow::reset::{Failure, Request};
use postern_kit::browser;

use crate::backend::{Answer, Envelope};
use exchange::Given;
use host::{Connection, Host};

pub(crate) use panel::accompany;

thread_local! {
    static HOST: Rc<Host> = Rc::new(Host::open());
}

/// The service of this page. A handle: all copies use the same service.
#[derive(Clone)]
pub(crate) struct Demo {
    host: Rc<Host>,
}

impl Demo {
    /// The service of this page, in the state that this tab stored.
    pub(crate) fn open() -> Self {
        Self {
            host: HOST.with(Rc::clone),
        }
    }

    /// A proof-of-work challenge, as JSON.
    pub(crate) async fn challenge(&self) -> Result<String, Failure> {
        self.travel().await?;
        let challenge = self.host.challenge();
        serde_json::to_string(&challenge).map_err(|_| Failure::Service)
    }

    /// Answers as the service answers the wizard, and can simulate a lost connection.
    pub(crate) async fn ask(
        &self,
        request: &Request,
        envelope: Envelope<'_>,
    ) -> Result<Answer, Failure> {
        let given = Given {
            locale: envelope.locale,
            support_code: envelope.support_code,
            tenant: envelope.tenant,
            work: envelope.work,
        };
        let asked = exchange::request(
            request,
            envelope.credentials,
            envelope.idempotency_key,
            given,
        )?;
        self.travel().await?;
        let answer = exchange::answer(self.host.call(asked));
        // The wizard repeats a look by itself, so the person would not notice its loss. The demo
        // loses an answer that the person waits for.
        let is_waited_for = !matches!(request, Request::Look);
        if is_waited_for && self.host.connection() == Connection::Lossy {
            self.host.connect(Connection::Online);
            return Err(Failure::Lost);
        }
        answer
    }

    /// Simulates the network delay: one turn of the page's event loop, so that the page visibly
    /// waits.
    async fn travel(&self) -> Result<(), Failure> {
        browser::wait(0).await;
        match self.host.connection() {
            Connection::Offline => Err(Failure::Lost),
            Connection::Online | Connection::Lossy => Ok(()),
        }
    }
}
