//! The one address that browsers use. Requests about attempts go to the two replicas in turn, and
//! so do all other requests.
//!
//! Every connection carries one request: a browser repeats a request by itself if it was lost on a
//! connection that it had used before, and the tests need the page to repeat it.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, Result, anyhow};
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, TRANSFER_ENCODING},
    server::conn::http1::Builder,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value};
use tokio::{
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

use crate::process::local;

/// The paths of requests about attempts, and of requests for challenges. Files have other paths.
const ATTEMPTS: &str = "/api/v1/attempts";
const CHALLENGES: &str = "/api/v1/challenges";

/// The fault of the next request about an attempt, or for a challenge.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Mishap {
    /// A replica handles the request, and its answer is lost.
    Lost,
    /// A replica handles the request, and its answer does not come while the page waits.
    Late,
    /// The answer is from another version of the service, which has another word for the step.
    Strange,
    /// The request reaches a replica without its proof of work.
    WithoutWork,
    /// The request reaches no replica: something on the way, such as a firewall, answers with its
    /// own page with this status.
    Foreign(u16),
}

/// A received request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The method and path.
    pub(crate) what: String,
    /// The idempotency key. Empty if there is none.
    pub(crate) key: String,
    /// The number of the replica that handled it. The first is 0.
    pub(crate) replica: usize,
}

/// The connection from a browser to the replicas.
pub(crate) struct Switchboard {
    address: SocketAddr,
    desk: Arc<Desk>,
    listening: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Desk {
    replicas: Mutex<Vec<SocketAddr>>,
    /// The number of requests so far: first those about anything else, then those about attempts.
    turns: [AtomicUsize; 2],
    /// The planned faults of requests about attempts, and of those for challenges.
    mishaps: Mutex<VecDeque<Mishap>>,
    mishaps_of_challenges: Mutex<VecDeque<Mishap>>,
    asked: Mutex<Vec<Asked>>,
    /// The number of requests for challenges.
    challenges: AtomicUsize,
}

impl Switchboard {
    /// Opens a switchboard without replicas.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) async fn open() -> Result<Self> {
        let listener = TcpListener::bind(local(0)).await?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk::default());
        let listening = tokio::spawn(listen(listener, desk.clone()));
        Ok(Self {
            address,
            desk,
            listening: Mutex::new(Some(listening)),
        })
    }

    /// Connects to these replicas from now on.
    pub(crate) fn connect(&self, replicas: Vec<SocketAddr>) {
        *held(&self.desk.replicas) = replicas;
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address for a browser, with a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Refuses connections, and drops the existing ones.
    pub(crate) async fn go_offline(&self) {
        let listening = held(&self.listening).take();
        if let Some(listening) = listening {
            listening.abort();
            // Only the end of the task matters, not its result.
            let _ = listening.await;
        }
    }

    /// Accepts connections again at the same port.
    ///
    /// # Errors
    /// If another process has taken the port.
    pub(crate) async fn go_online(&self) -> Result<()> {
        if held(&self.listening).is_some() {
            return Ok(());
        }
        let listener = TcpListener::bind(self.address).await?;
        let listening = tokio::spawn(listen(listener, self.desk.clone()));
        held(&self.listening).replace(listening);
        Ok(())
    }

    /// Plans this fault for the next request about an attempt. A second call plans one for the
    /// request after it.
    pub(crate) fn let_happen(&self, mishap: Mishap) {
        held(&self.desk.mishaps).push_back(mishap);
    }

    /// Plans this fault for the next request for a challenge. A second call plans one for the
    /// request after it.
    pub(crate) fn let_happen_to_challenge(&self, mishap: Mishap) {
        held(&self.desk.mishaps_of_challenges).push_back(mishap);
    }

    /// The number of requests for challenges so far.
    pub(crate) fn challenges(&self) -> usize {
        self.desk.challenges.load(Ordering::Relaxed)
    }

    /// The requests about attempts so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        held(&self.desk.asked).clone()
    }
}

impl Drop for Switchboard {
    fn drop(&mut self) {
        if let Some(listening) = held(&self.listening).take() {
            listening.abort();
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Accepts connections. The accepted connections end with this task.
async fn listen(listener: TcpListener, desk: Arc<Desk>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, client)) = listener.accept().await {
        let desk = desk.clone();
        connections.spawn(async move {
            let service = service_fn(|request| desk.pass(request, client));
            let connection = Builder::new()
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            // A browser that leaves in the middle, and an answer that is lost on purpose, are not
            // errors.
            let _ = connection.await;
        });
        while connections.try_join_next().is_some() {}
    }
}

impl Desk {
    /// Passes a request on, and its answer back, unless a fault is planned.
    async fn pass(
        &self,
        request: Request<Incoming>,
        client: SocketAddr,
    ) -> Result<Response<Full<Bytes>>> {
        let path = request.uri().path();
        let is_about_attempt = path.starts_with(ATTEMPTS);
        let mishap = if is_about_attempt {
            held(&self.mishaps).pop_front()
        } else if path == CHALLENGES {
            self.challenges.fetch_add(1, Ordering::Relaxed);
            held(&self.mishaps_of_challenges).pop_front()
        } else {
            None
        };
        let what = format!("{} {}", request.method(), request.uri().path());
        let key = request.headers().get("idempotency-key");
        let key = key
            .and_then(|key| key.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        let (mut head, body) = request.into_parts();
        let forwarded = HeaderValue::from_str(&client.ip().to_string())?;
        head.headers.insert("x-forwarded-for", forwarded);
        head.headers.remove(CONNECTION);
        let mut body = body.collect().await?.to_bytes();
        if let Some(Mishap::Foreign(status)) = mishap {
            return foreign(status);
        }
        if mishap == Some(Mishap::WithoutWork) {
            body = without_work(&body)?;
            head.headers.remove(CONTENT_LENGTH);
        }

        let (replica, stream) = self
            .reach(&self.turns[usize::from(is_about_attempt)])
            .await?;
        if is_about_attempt {
            held(&self.asked).push(Asked { what, key, replica });
        }
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let answer = sender
            .send_request(Request::from_parts(head, Full::new(body)))
            .await?;
        let (mut head, body) = answer.into_parts();
        let mut body = body.collect().await?.to_bytes();
        match mishap {
            None | Some(Mishap::WithoutWork | Mishap::Foreign(_)) => {}
            Some(Mishap::Lost) => return Err(anyhow!("the answer is lost on purpose")),
            // Waits until the page closes the connection.
            Some(Mishap::Late) => std::future::pending().await,
            Some(Mishap::Strange) => {
                body = String::from_utf8_lossy(&body)
                    .replace("\"step\"", "\"stage\"")
                    .into();
                head.headers.remove(CONTENT_LENGTH);
            }
        }
        head.headers.remove(TRANSFER_ENCODING);
        Ok(Response::from_parts(head, Full::new(body)))
    }

    /// A connection to the replica whose turn it is. If that accepts none, to the next one.
    async fn reach(&self, turns: &AtomicUsize) -> Result<(usize, TcpStream)> {
        let replicas = held(&self.replicas).clone();
        let turn = turns.fetch_add(1, Ordering::Relaxed);
        for step in 0..replicas.len() {
            let number = (turn + step) % replicas.len();
            if let Ok(stream) = TcpStream::connect(replicas[number]).await {
                return Ok((number, stream));
            }
        }
        None.context("no replica takes a connection")
    }
}

/// A page that is not from the service.
fn foreign(status: u16) -> Result<Response<Full<Bytes>>> {
    let page = "<!doctype html><title>Blocked</title><h1>Blocked</h1>";
    let answer = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/html; charset=utf-8");
    Ok(answer.body(page.into())?)
}

/// A request that begins an attempt, without its proof of work.
fn without_work(body: &[u8]) -> Result<Bytes> {
    let mut body: Map<String, Value> = serde_json::from_slice(body)?;
    body.remove("work");
    Ok(serde_json::to_vec(&body)?.into())
}
