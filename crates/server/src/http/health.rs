//! Whether the service lives, and whether it can do what it is there for.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use super::Service;

/// Something that has waited in the outbox for so long says that carriers do not do what they are there for.
const OVERDUE: Duration = Duration::from_mins(1);

pub(super) fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
}

async fn ready(State(service): State<Arc<Service>>) -> Response {
    let now = service.judge.clock.now();
    let store = service.store.ping().await.is_ok();
    let outbox = service.store.backlog().await.is_ok_and(|backlog| {
        backlog
            .waiting_since
            .is_none_or(|since| now.since(since) < OVERDUE)
    });
    let status = if store && outbox {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(json!({ "store": store, "outbox": outbox }))).into_response()
}
