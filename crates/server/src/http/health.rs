//! Whether the service lives, whether it can do what it is there for, and its numbers.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use postern_engine::WriteBackHealth;
use serde::Serialize;
use tokio::sync::Semaphore;
use tracing::warn;

use super::listen::Peer;
use super::{Service, client, limits, problem};
use crate::metrics;

/// Something that has waited in the outbox for so long says that carriers do not do what they are there for.
const OVERDUE: Duration = Duration::from_mins(1);

/// Longer than that nobody waits for a part to say how it is: probes give up after some seconds.
const SAID_WITHIN: Duration = Duration::from_secs(3);

/// How many ask at once how the parts are: probes come one by one, and whoever asks more often asks too much of the parts.
const PROBES_MAX: usize = 8;

/// The text format of Prometheus (its documentation, "Exposition formats").
const METRICS_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

pub(super) fn router() -> Router<Arc<Service>> {
    let places = Arc::new(Semaphore::new(PROBES_MAX));
    Router::new()
        .route("/readyz", get(ready))
        .route("/metrics", get(numbers))
        .route_layer(middleware::from_fn_with_state(places, limits::at_once))
        .route("/healthz", get(async || "ok\n"))
}

/// How each part is: `ok`, or what is wrong with it. Nothing of what it said goes to whoever asks.
#[derive(Serialize)]
struct Readiness {
    store: &'static str,
    outbox: &'static str,
    directory: &'static str,
}

const OK: &str = "ok";
const UNREACHABLE: &str = "unreachable";

async fn ready(State(service): State<Arc<Service>>) -> Response {
    let (store, outbox, directory) =
        tokio::join!(store(&service), outbox(&service), directory(&service));
    let status = if [store, outbox, directory].iter().all(|part| *part == OK) {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let readiness = Readiness {
        store,
        outbox,
        directory,
    };
    (status, Json(readiness)).into_response()
}

async fn store(service: &Service) -> &'static str {
    match tokio::time::timeout(SAID_WITHIN, service.store.ping()).await {
        Ok(Ok(())) => OK,
        Ok(Err(error)) => {
            warn!(error = format!("{error:#}"), "the store does not answer");
            metrics::store_error("readiness");
            UNREACHABLE
        }
        Err(_) => UNREACHABLE,
    }
}

async fn outbox(service: &Service) -> &'static str {
    let now = service.judge.clock.now();
    let backlog = tokio::time::timeout(SAID_WITHIN, service.store.backlog()).await;
    let Ok(Ok(backlog)) = backlog else {
        return UNREACHABLE;
    };
    match backlog.waiting_since {
        Some(since) if now.since(since) >= OVERDUE => "overdue",
        Some(_) | None => OK,
    }
}

/// As the worst of the tenants' directories is.
async fn directory(service: &Service) -> &'static str {
    let settings = service.judge.settings.load_full();
    let worst = async {
        for tenant in &settings.tenants {
            match service.judge.directory.health(tenant).await {
                WriteBackHealth::Healthy => {}
                WriteBackHealth::Unreachable => return UNREACHABLE,
                WriteBackHealth::Misconfigured => return "misconfigured",
            }
        }
        OK
    };
    tokio::time::timeout(SAID_WITHIN, worst)
        .await
        .unwrap_or(UNREACHABLE)
}

async fn numbers(State(service): State<Arc<Service>>, request: Request) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    if !peer.is_some_and(|peer| may_read(peer, &service, request.headers())) {
        return problem::of_status(StatusCode::NOT_FOUND);
    }
    let now = service.judge.clock.now();
    match service.store.backlog().await {
        Ok(backlog) => {
            let waiting_for = backlog.waiting_since.map(|since| now.since(since));
            metrics::backlog(backlog, waiting_for.unwrap_or_default());
        }
        Err(error) => {
            warn!(error = format!("{error:#}"), "the store does not answer");
            metrics::store_error("metrics");
        }
    }
    let text = metrics::recorder().render();
    ([(header::CONTENT_TYPE, METRICS_TYPE)], text).into_response()
}

/// Whether somebody is of this machine or of a network that may. What a proxy passes on that is not trusted comes from anybody,
/// however near the proxy is.
fn may_read(Peer(peer): Peer, service: &Service, headers: &HeaderMap) -> bool {
    let settings = &service.settings;
    let is_forwarded =
        headers.contains_key(header::FORWARDED) || headers.contains_key("x-forwarded-for");
    if is_forwarded && !client::is_in(peer.ip(), &settings.trusted_proxies) {
        return false;
    }
    let client = client::address(peer.ip(), &settings.trusted_proxies, headers);
    client.is_loopback() || client::is_in(client, &settings.metrics_networks)
}
