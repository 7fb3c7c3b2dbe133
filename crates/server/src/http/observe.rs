//! Observes requests: a span for all log lines of a request, a log line when it is answered, and
//! metrics.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::{Instrument, debug, error_span, field, info};

use super::client::Client;
use super::connections::Connected;
use super::service::Service;
use super::silent::Silent;
use crate::{metrics, random};

/// The beginning of the paths whose answers are logged one by one.
const API: &str = "/api/";

/// The state that observes requests.
#[derive(Clone)]
pub(super) struct Observer {
    service: Arc<Service>,
    silent: Arc<Silent>,
}

impl Observer {
    pub(super) fn of(service: Arc<Service>) -> Self {
        Self {
            service,
            silent: Arc::default(),
        }
    }
}

/// Runs a request in its span. Later code records there what it learns of the attempt: `sid`, `cid`
/// and `support_code` with its `short_code`.
pub(super) async fn observed(
    State(Observer { service, silent }): State<Observer>,
    mut request: Request,
    next: Next,
) -> Response {
    let route = route(&request);
    let method = method(request.method());
    let connected = request.extensions().get::<Arc<Connected>>();
    let peer = connected.map(|connected| connected.peer().ip());
    let settings = &service.settings;
    let client = peer.map(|peer| Client::of(peer, request.headers(), settings));
    let not_believed = client
        .zip(peer)
        .and_then(|(client, peer)| client.contradiction(peer, request.headers(), settings));
    if let Some(client) = client {
        request.extensions_mut().insert(client);
        // Probes come from the networks of proxies, but not through a proxy.
        if route.starts_with(API) {
            silent.hear(client, settings.forwarded_header);
        }
    }
    // The span has the highest level, so that lines of every level have it.
    let span = error_span!(
        "request",
        request_id = format!("{:016x}", u64::from_be_bytes(random::bytes())),
        client = client.map(|client| field::display(client.address())),
        client_not_believed = not_believed.map(field::display),
        method,
        route = &*route,
        sid = field::Empty,
        cid = field::Empty,
        support_code = field::Empty,
        short_code = field::Empty,
    );
    async {
        let begun = Instant::now();
        let in_flight = metrics::InFlight::new();
        let response = next.run(request).await;
        drop(in_flight);
        let (status, took) = (response.status().as_u16(), begun.elapsed());
        metrics::answered(&route, method, status, took);
        let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        if route.starts_with(API) {
            info!(status, duration_ms, "answered");
        } else {
            debug!(status, duration_ms, "answered");
        }
        response
    }
    .instrument(span)
    .await
}

/// The route of a request, without any text that a client sent.
fn route(request: &Request) -> Arc<str> {
    let matched = request.extensions().get::<MatchedPath>();
    matched
        .map(MatchedPath::as_str)
        .filter(|path| !path.contains('*'))
        .unwrap_or("other")
        .into()
}

/// The name of a method, if it is a known one.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
