//! `/metrics`, on a separate listener, so that requests through the service's proxy do not reach
//! it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Version, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tracing::warn;

use super::client::{self, Client};
use super::connections::Connected;
use super::service::Service;
use super::{limits, problem};
use crate::metrics;

/// The text format of Prometheus (its documentation, "Exposition formats").
const METRICS_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Maximum simultaneous requests for the metrics. More would load the store too much.
const AT_ONCE_MAX: usize = 8;

pub(super) fn router() -> Router<Arc<Service>> {
    let places = limits::Slots::new(AT_ONCE_MAX);
    Router::new()
        .route("/metrics", get(numbers))
        .route_layer(middleware::from_fn_with_state(places, limits::at_once))
        .fallback(async || problem::of_status(StatusCode::NOT_FOUND))
}

async fn numbers(State(service): State<Arc<Service>>, request: Request) -> Response {
    if !may_read(&service, &request) {
        return problem::of_status(StatusCode::NOT_FOUND);
    }
    let settings = service.judge.settings.load_full();
    let now = service.judge.clock.now();
    let backlogs = service.store.backlogs().await;
    let told = backlogs.map(|backlogs| metrics::backlog(backlogs, now, &settings.tenants));
    if let Err(error) = told {
        warn!(error = format!("{error:#}"), "the store does not answer");
        metrics::store_error(metrics::During::Metrics);
    }
    let text = metrics::recorder().render();
    ([(header::CONTENT_TYPE, METRICS_TYPE)], text).into_response()
}

/// Whether the client is on this machine or in an allowed network.
fn may_read(service: &Service, request: &Request) -> bool {
    // By default nginx speaks HTTP/1.0 to the server behind it, and then names no client.
    // Collectors of metrics speak HTTP/1.1.
    if request.version() <= Version::HTTP_10 {
        return false;
    }
    let settings = &service.settings;
    let Some(connected) = request.extensions().get::<Arc<Connected>>() else {
        return false;
    };
    let (peer, networks) = (
        connected.peer().ip().to_canonical(),
        &settings.metrics.networks,
    );
    let client = Client::of(peer, request.headers(), settings);
    // Such a proxy machine names no client here, and is itself in the allowed networks.
    let is_named = !client::is_forwarded(request.headers()) && client::is_in(peer, networks);
    let is_known = |client| client::is_in(client, networks);
    client.is_this_machine() || is_named || client.known().is_some_and(is_known)
}
