//! The judge in the page: the real engine over a store in memory, asked in place of the service.
//!
//! A [`host`] holds the world, its clock and the connection to it; the [`panel`] shows beside the
//! wizard what would otherwise come by telephone and mail. One host for each page, since several
//! wizards on it share one phone.

mod exchange;
mod host;
mod letters;
mod panel;
mod people;
#[cfg(test)]
mod tests;
mod world;

use std::rc::Rc;

use crate::backend::{Answer, Envelope, Request};
use crate::browser;
use crate::wizard::Failure;
use exchange::Given;
use host::{Connection, Host};

pub(crate) use panel::accompany;

thread_local! {
    static HOST: Rc<Host> = Rc::new(Host::open());
}

/// The service of this page. A handle: copies ask the same one.
#[derive(Clone)]
pub(crate) struct Demo {
    host: Rc<Host>,
}

impl Demo {
    /// The one of this page, as this tab left it.
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

    /// Asks as the wizard would ask the service, and may lose the connection as the wizard would.
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
        // The wizard repeats a look by itself, so its loss would not be noticed. What gets lost is
        // an answer that the person waits for.
        let is_waited_for = !matches!(request, Request::Look);
        if is_waited_for && self.host.connection() == Connection::Lossy {
            self.host.connect(Connection::Online);
            return Err(Failure::Lost);
        }
        answer
    }

    /// The way there: one turn of the page's loop, so that the page is seen to wait.
    async fn travel(&self) -> Result<(), Failure> {
        browser::wait(0).await;
        match self.host.connection() {
            Connection::Offline => Err(Failure::Lost),
            Connection::Online | Connection::Lossy => Ok(()),
        }
    }
}
