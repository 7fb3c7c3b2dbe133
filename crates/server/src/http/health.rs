//! Health checks: whether the service is alive, and whether it can do its work.

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

/// A parcel that has been due for this long shows that carriers fail.
const OVERDUE: Duration = Duration::from_mins(1);

/// Maximum wait for the answer of one part: probes give up after some seconds.
const SAID_WITHIN: Duration = Duration::from_secs(3);

/// How long the last answers are reused. However many probes come, the parts are asked once in that
/// time.
const SAID_FOR: Duration = Duration::from_secs(1);

/// A service without a free place for this long should get no more requests.
const FULL_FOR: Duration = Duration::from_secs(3);

/// Maximum difference between our clock and the database's. Replicas compare seconds that others
/// wrote, and a code of an authenticator app is valid for thirty seconds.
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

/// The last answers of the parts.
struct Probe {
    places: Arc<Slots>,
    said: Mutex<Option<(Instant, Readiness)>>,
}

/// The state of each part: `ok`, or a word for what is wrong. The answer contains no details.
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
    /// Of simultaneous probes, one asks the parts, and the others get the same answer.
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

/// The state of the store, and of our clock compared with the store's.
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

/// Whether our clock agrees with the store's, which was read between the two given moments.
fn clock(before: i64, theirs: i64, after: i64) -> &'static str {
    let skew = Duration::from_millis(skew(before, theirs, after));
    metrics::clock_skew(skew);
    if skew <= SKEW_MAX {
        return OK;
    }
    let skew_ms = u64::try_from(skew.as_millis()).unwrap_or(u64::MAX);
    warn!(
        skew_ms,
        "the clocks of this machine and of the database differ: set both by NTP"
    );
    "skewed"
}

/// The milliseconds by which a clock is outside the interval between two readings of another.
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

/// The state of the worst of the tenants' directories.
async fn directory(service: &Service) -> &'static str {
    let settings = service.judge.settings.load_full();
    let worst = async {
        for tenant in &settings.tenants {
            match service.judge.directories.of(tenant).health(tenant).await {
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

/// Whether answers of the service for breached passwords can be read.
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
