//! The other side of calls, as Twilio speaks it over HTTP: takes calls to be placed, and asks and tells us, signed.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use postern_server::delivery::CallSettings;
use postern_server::secret::Secret;
use reqwest::Client;
use sha1::Sha1;
use tokio::net::TcpListener;

use super::process::until;
use super::service::{HOST, Service};

const ACCOUNT: &str = "AC00000000000000000000000000000000";
const TOKEN: &str = "open sesame";
/// The number that calls come from.
pub(crate) const FROM: &str = "+15005550006";

/// Parameters of a request.
type Parameters = Vec<(String, String)>;

/// What was asked, and with what status that is answered.
#[derive(Default)]
struct Desk {
    placed: Mutex<Vec<Parameters>>,
    refusal: AtomicU16,
}

/// An exchange.
pub(crate) struct Exchange {
    address: SocketAddr,
    desk: Arc<Desk>,
    client: Client,
}

/// A call that it was asked to place.
pub(crate) struct Placed(Parameters);

impl Placed {
    pub(crate) fn parameter(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

impl Exchange {
    pub(crate) async fn start() -> Self {
        let _said_before = rustls::crypto::ring::default_provider().install_default();
        let desk = Arc::new(Desk::default());
        let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Calls.json");
        let router = Router::new()
            .route(&path, post(place))
            .with_state(desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let address = listener.local_addr().expect("it has one");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            desk,
            client: Client::new(),
        }
    }

    /// As an administrator writes it, but for the secret.
    pub(crate) fn settings(&self) -> CallSettings {
        let settings = serde_json::json!({
            "account-sid": ACCOUNT,
            "auth-token": { "file": concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml") },
            "from": FROM,
            "url": format!("http://{}", self.address),
        });
        CallSettings {
            auth_token: Secret::new(TOKEN),
            ..serde_json::from_value(settings).expect("the settings are well-formed")
        }
    }

    /// From now on every call is refused, with that error.
    pub(crate) fn refuse(&self, code: u16) {
        self.desk.refusal.store(code, Ordering::SeqCst);
    }

    /// Waits for the first call.
    pub(crate) async fn placed(&self) -> Placed {
        until("a call", async || {
            let placed = self.desk.placed.lock().expect("nobody panics with it");
            placed.first().cloned().map(Placed)
        })
        .await
    }

    /// Asks or tells us, as whoever places our calls does.
    pub(crate) async fn ask(
        &self,
        service: &Service,
        url: &str,
        parameters: &[(&str, &str)],
    ) -> (u16, String) {
        let signature = sign(TOKEN, url, parameters);
        self.ask_signed(service, url, parameters, Some(&signature))
            .await
    }

    /// The same with any signature or none.
    pub(crate) async fn ask_signed(
        &self,
        service: &Service,
        url: &str,
        parameters: &[(&str, &str)],
        signature: Option<&str>,
    ) -> (u16, String) {
        let public = format!("https://{HOST}");
        let path = url.strip_prefix(&public).expect("it is our own address");
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters)
            .finish();
        // As a proxy that ends TLS passes it on.
        let mut request = self
            .client
            .post(format!("{}{path}", service.url()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(body);
        if let Some(signature) = signature {
            request = request.header("X-Twilio-Signature", signature);
        }
        let response = request.send().await.expect("the server answers");
        let status = response.status().as_u16();
        (status, response.text().await.expect("it can be read"))
    }
}

/// A signature as Twilio's documentation says it is made ("Validating requests").
pub(crate) fn sign(token: &str, url: &str, parameters: &[(&str, &str)]) -> String {
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
        .expect("nobody panics with it")
        .push(call);
    (
        StatusCode::CREATED,
        r#"{"sid": "CA1", "status": "queued"}"#.into(),
    )
}
