//! Whether the service lives, and whether it can do what it is there for.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use postern_engine::WriteBackHealth;
use serde::Serialize;
use tokio::sync::Mutex;
use tokio::time::Instant;
use tracing::warn;

use super::limits::Slots;
use super::service::Service;
use crate::clock::Clock;
use crate::metrics;

/// Something that has waited in the outbox for so long says that carriers do not do what they are
/// there for.
const OVERDUE: Duration = Duration::from_mins(1);

/// No part is waited for longer than that: probes give up after some seconds.
const SAID_WITHIN: Duration = Duration::from_secs(3);

/// How long what the parts said is said again: however many ask, the parts are asked once.
const SAID_FOR: Duration = Duration::from_secs(1);

/// A service without a free place for so long is to be sent no more requests.
const FULL_FOR: Duration = Duration::from_secs(3);

/// How far a clock may be from the database's: what one replica supersedes goes by the seconds that
/// another has written, and a code of an app works for thirty.
const SKEW_MAX: Duration = Duration::from_secs(2);

pub(super) fn router(places: Arc<Slots>) -> Router<Arc<Service>> {
    let probe = Arc::new(Probe {
        places,
        said: Mutex::default(),
    });
    Router::new()
        .route("/readyz", get(ready))
        .layer(Extension(probe))
        .route("/healthz", get(async || "ok\n"))
}

/// What the parts said last.
struct Probe {
    places: Arc<Slots>,
    said: Mutex<Option<(Instant, Readiness)>>,
}

/// How each part is: `ok`, or what is wrong with it. Nothing of what it said goes into the answer.
#[derive(Clone, Copy, Serialize)]
struct Readiness {
    store: &'static str,
    outbox: &'static str,
    directory: &'static str,
    requests: &'static str,
    key: &'static str,
    clock: &'static str,
    breached_passwords: &'static str,
}

const OK: &str = "ok";
const UNREACHABLE: &str = "unreachable";

async fn ready(
    State(service): State<Arc<Service>>,
    Extension(probe): Extension<Arc<Probe>>,
) -> Response {
    let readiness = probe.readiness(&service).await;
    let Readiness {
        store,
        outbox,
        directory,
        requests,
        key,
        clock,
        breached_passwords,
    } = readiness;
    let parts = [
        store,
        outbox,
        directory,
        requests,
        key,
        clock,
        breached_passwords,
    ];
    let status = if parts.iter().all(|part| *part == OK) {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(readiness)).into_response()
}

impl Probe {
    /// Of those who ask at once one asks the parts, and the others are told the same.
    async fn readiness(&self, service: &Service) -> Readiness {
        let mut said = self.said.lock().await;
        if let Some((at, readiness)) = *said
            && at.elapsed() < SAID_FOR
        {
            return readiness;
        }
        let ((store, clock), outbox, directory, breached_passwords) = tokio::join!(
            store(service),
            outbox(service),
            directory(service),
            breached_passwords(service)
        );
        let full_since = self.places.full_since();
        let is_full = full_since.is_some_and(|since| since.elapsed() >= FULL_FOR);
        let requests = if is_full { "full" } else { OK };
        let readiness = Readiness {
            store,
            outbox,
            directory,
            requests,
            key: if service.store.is_open() {
                OK
            } else {
                "missing"
            },
            clock,
            breached_passwords,
        };
        *said = Some((Instant::now(), readiness));
        readiness
    }
}

/// The store, and our clock beside its.
async fn store(service: &Service) -> (&'static str, &'static str) {
    let before = Clock::system_milliseconds();
    match tokio::time::timeout(SAID_WITHIN, service.store.clock()).await {
        Ok(Ok(theirs)) => {
            let after = Clock::system_milliseconds();
            (OK, theirs.map_or(OK, |theirs| clock(before, theirs, after)))
        }
        Ok(Err(error)) => {
            warn!(error = format!("{error:#}"), "the store does not answer");
            metrics::store_error(metrics::During::Readiness);
            (UNREACHABLE, OK)
        }
        Err(_) => (UNREACHABLE, OK),
    }
}

/// Whether our clock goes as theirs does, which was read between these two moments.
fn clock(before: i64, theirs: i64, after: i64) -> &'static str {
    let skew = Duration::from_millis(skew(before, theirs, after));
    metrics::clock_skew(skew);
    if skew <= SKEW_MAX {
        return OK;
    }
    let skew_ms = u64::try_from(skew.as_millis()).unwrap_or(u64::MAX);
    warn!(
        skew_ms,
        "the clocks of this machine and of the database differ: have both set by NTP"
    );
    "skewed"
}

/// Milliseconds that a clock is outside of what two looks at another leave open.
fn skew(before: i64, theirs: i64, after: i64) -> u64 {
    let early = before.saturating_sub(theirs);
    let late = theirs.saturating_sub(after);
    u64::try_from(early.max(late)).unwrap_or(0)
}

async fn outbox(service: &Service) -> &'static str {
    let now = service.judge.clock.now();
    let backlog = tokio::time::timeout(SAID_WITHIN, service.store.backlog()).await;
    let Ok(Ok(backlog)) = backlog else {
        return UNREACHABLE;
    };
    if service.judge.outbox.unopened_count() > 0 {
        return "unopened";
    }
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

/// Whether the service for breached passwords answers what can be read.
async fn breached_passwords(service: &Service) -> &'static str {
    let Some(breaches) = service.judge.breaches.load_full() else {
        return OK;
    };
    if breaches.can_be_read(SAID_WITHIN).await {
        OK
    } else {
        "unreadable"
    }
}

#[cfg(test)]
mod tests {
    use super::skew;

    #[test]
    fn a_clock_is_skewed_by_what_the_way_there_and_back_does_not_explain() {
        assert_eq!(skew(1_000, 1_000, 1_000), 0);
        assert_eq!(skew(1_000, 1_200, 1_500), 0);
        assert_eq!(skew(1_000, 4_000, 1_500), 2_500);
        assert_eq!(skew(5_000, 1_000, 5_100), 4_000);
    }
}
