//! The requests of all people: sent to the current address of the program, and sent again after a
//! broken connection.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use tokio::sync::{Semaphore, SemaphorePermit, watch};

use crate::people::AT_ONCE;
use crate::post::Post;
use crate::support::client::{Client, Pass, Reply};

/// A time limit longer than any request may take: 75 seconds, unless the configuration has another
/// value.
const PATIENCE: Duration = Duration::from_mins(2);

/// The delay before a person sends a request again after a broken connection.
const AGAIN_AFTER: Duration = Duration::from_millis(20);

/// The type of the answer that has no problem of its own, such as that of a service without a free
/// place (503).
const OVERLOAD: &str = "about:blank";

/// The delay before a person sends a request again after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// The result, or the description of a fault.
pub(crate) type Told<T> = Result<T, String>;

/// The service as people see it.
pub(crate) struct Service {
    client: Client,
    address: watch::Receiver<Option<SocketAddr>>,
    pub(crate) post: Post,
    pub(crate) counts: Counts,
    places: Semaphore,
    /// The last accepted code of each account's authenticator.
    given: Mutex<BTreeMap<String, String>>,
}

/// The counts so far.
#[derive(Default)]
pub(crate) struct Counts {
    /// Journeys that have come to their end.
    pub(crate) journeys: AtomicUsize,
    /// The number of requests without an answer that were sent again.
    pub(crate) again: AtomicUsize,
    /// Requests that failed and were sent again.
    pub(crate) failed: AtomicUsize,
    /// The number of password writes with an unknown result.
    pub(crate) unknown: AtomicUsize,
    /// The number of codes that were sent again after they had opened a gate.
    pub(crate) replayed: AtomicUsize,
}

pub(crate) fn count(counter: &AtomicUsize) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl Service {
    pub(crate) fn new(address: watch::Receiver<Option<SocketAddr>>) -> Self {
        Self {
            client: Client::new(),
            address,
            post: Post::default(),
            counts: Counts::default(),
            places: Semaphore::new(AT_ONCE),
            given: Mutex::default(),
        }
    }

    /// Waits for a free place.
    pub(crate) async fn place(&self) -> SemaphorePermit<'_> {
        self.places
            .acquire()
            .await
            .expect("the way is never closed")
    }

    /// Records that a code of an account's authenticator was accepted.
    pub(crate) fn was_given(&self, name: &str, code: &str) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.insert(name.to_owned(), code.to_owned());
    }

    /// The last accepted code of an account's authenticator: the authenticator still shows it for a
    /// while.
    pub(crate) fn last_given(&self, name: &str) -> Option<String> {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.get(name).cloned()
    }

    /// Sends a request once, as soon as the program listens. `None` if the connection broke or the
    /// request failed.
    pub(crate) async fn ask(
        &self,
        pass: Option<&Pass>,
        key: &str,
        request: (Method, &str),
        body: Option<Value>,
    ) -> Told<Option<Reply>> {
        let server = self.server().await?;
        let asked = self.client.ask(server, pass, key, request, body);
        let reply = self.within(asked).await?;
        match reply {
            // On a very busy machine a request can fail, or come when no place is free. The client
            // may then send it again, because the service did not accept it.
            Some(reply) if ["internal", OVERLOAD].contains(&reply.problem()) => {
                count(&self.counts.failed);
                tokio::time::sleep(AFTER_FAILURE).await;
                Ok(None)
            }
            reply => Ok(reply),
        }
    }

    /// The proof of work for one attempt.
    pub(crate) async fn work(&self) -> Told<Value> {
        loop {
            let server = self.server().await?;
            if let Some(work) = self.within(self.client.work(server)).await? {
                return Ok(work);
            }
        }
    }

    async fn within<T>(&self, asked: impl Future<Output = reqwest::Result<T>>) -> Told<Option<T>> {
        match tokio::time::timeout(PATIENCE, asked).await {
            Err(_) => Err("a request was not answered and not refused".to_owned()),
            Ok(Ok(answer)) => Ok(Some(answer)),
            Ok(Err(_)) => {
                count(&self.counts.again);
                tokio::time::sleep(AGAIN_AFTER).await;
                Ok(None)
            }
        }
    }

    /// The address of the program, as soon as it listens.
    pub(crate) async fn server(&self) -> Told<SocketAddr> {
        let mut address = self.address.clone();
        let listening = tokio::time::timeout(PATIENCE, address.wait_for(Option::is_some));
        let address = listening.await.ok().and_then(Result::ok);
        let address = address.and_then(|address| *address);
        address.ok_or_else(|| "it does not listen any more".to_owned())
    }
}
