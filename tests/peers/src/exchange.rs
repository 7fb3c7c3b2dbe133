//! The other side of calls, with Twilio's HTTP protocol: it accepts calls, and sends signed
//! requests and reports to the server.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use sha1::Sha1;
use tokio::net::{TcpListener, TcpStream};

use crate::process::until;

/// The account for which calls are placed, and its token.
pub const ACCOUNT: &str = "AC00000000000000000000000000000000";
pub const TOKEN: &str = "open sesame";
/// The number that calls come from.
pub const FROM: &str = "+15005550006";

/// Parameters of a request.
type Parameters = Vec<(String, String)>;

/// The received requests, and the status of the answers.
#[derive(Default)]
struct Desk {
    placed: Mutex<Vec<Parameters>>,
    refusal: AtomicU16,
}

/// An exchange.
pub struct Exchange {
    address: SocketAddr,
    desk: Arc<Desk>,
}

/// A call that the server asked the exchange to place.
pub struct Placed(Parameters);

impl Placed {
    pub fn parameter(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

impl Exchange {
    pub async fn start() -> Self {
        let desk = Arc::new(Desk::default());
        let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Calls.json");
        let router = Router::new()
            .route(&path, post(place))
            .with_state(desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let address = listener.local_addr().expect("it has one");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, desk }
    }

    /// The address of its API.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it refuses every call, with this error.
    pub fn refuse(&self, code: u16) {
        self.desk.refusal.store(code, Ordering::SeqCst);
    }

    /// Waits for the first call.
    pub async fn placed(&self) -> Placed {
        until("a call", async || self.all().into_iter().next()).await
    }

    /// Every call so far.
    pub fn all(&self) -> Vec<Placed> {
        let placed = self.desk.placed.lock().expect("no thread panics with it");
        placed.iter().cloned().map(Placed).collect()
    }

    /// Sends the server a request, as the call service does. `url` is the address that the server
    /// gave, and `server` is the address on which it listens.
    pub async fn ask(
        &self,
        server: SocketAddr,
        url: &str,
        parameters: &[(&str, &str)],
    ) -> (u16, String) {
        let signature = sign(TOKEN, url, parameters);
        self.ask_signed(server, url, parameters, Some(&signature))
            .await
    }

    /// The same with any signature or none.
    pub async fn ask_signed(
        &self,
        server: SocketAddr,
        url: &str,
        parameters: &[(&str, &str)],
        signature: Option<&str>,
    ) -> (u16, String) {
        let (_, address) = url.split_once("://").expect("it is an address");
        let (host, path) = address.split_once('/').expect("it has a path");
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters)
            .finish();
        // The request has the form that a proxy with TLS forwards.
        let mut request = Request::post(format!("/{path}"))
            .header("Host", host)
            .header("Content-Type", "application/x-www-form-urlencoded");
        if let Some(signature) = signature {
            request = request.header("X-Twilio-Signature", signature);
        }
        let request = request.body(Full::new(Bytes::from(body)));
        let stream = TcpStream::connect(server).await;
        let stream = TokioIo::new(stream.expect("the server listens"));
        let (mut sender, connection) = handshake(stream).await.expect("it speaks HTTP");
        tokio::spawn(connection);
        let sent = sender.send_request(request.expect("it is a request"));
        let response = sent.await.expect("the server answers");
        let status = response.status().as_u16();
        let body = response.into_body().collect().await;
        let body = body.expect("it can be read").to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}

/// A signature as in Twilio's documentation ("Validating requests").
pub fn sign(token: &str, url: &str, parameters: &[(&str, &str)]) -> String {
    let mut sorted = parameters.to_vec();
    sorted.sort_unstable();
    let signed = sorted
        .iter()
        .fold(url.to_owned(), |text, (name, value)| text + name + value);
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("any key will do");
    mac.update(signed.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

async fn place(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let known = format!("Basic {}", STANDARD.encode(format!("{ACCOUNT}:{TOKEN}")));
    if headers
        .get("authorization")
        .is_none_or(|given| given != &known)
    {
        return (StatusCode::UNAUTHORIZED, r#"{"code": 20003}"#.into());
    }
    let refusal = desk.refusal.load(Ordering::SeqCst);
    if refusal > 0 {
        return (
            StatusCode::BAD_REQUEST,
            format!(r#"{{"code": {refusal}, "status": 400}}"#),
        );
    }
    let call = form_urlencoded::parse(&body).into_owned().collect();
    desk.placed
        .lock()
        .expect("no thread panics with it")
        .push(call);
    (
        StatusCode::CREATED,
        r#"{"sid": "CA1", "status": "queued"}"#.into(),
    )
}
