//! The HTTP service: the API, the wizard's own files, and the probes of operators.

mod api;
mod assets;
mod base;
mod bodies;
mod body;
mod client;
mod connections;
mod cors;
mod difficulty;
mod encoding;
mod files;
mod forwarded;
mod frame;
mod health;
mod key;
mod limits;
mod links;
pub(crate) mod listen;
mod logos;
mod members;
mod numbers;
mod observe;
pub mod openapi;
mod problem;
mod problems;
mod reporting;
mod service;
mod settings;
mod silent;
mod site;
mod telephony;
mod themes;
mod tls;
mod violations;
mod work;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Redirect, Response};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use bodies::{Bodies, Whole};
use observe::Observer;
use service::NOTHING;

pub use difficulty::Difficulty;
pub use forwarded::ForwardedHeader;
pub use service::Service;
pub use settings::{HttpSettings, Metrics, TlsFiles};
pub use site::Site;
pub use tls::Tls;
pub use work::Work;

#[cfg(feature = "development")]
pub(crate) use problem::not_found;
pub(crate) use problems::names as problem_names;
pub(crate) use violations::directives;

/// The routes of the service, except its own metrics. `pages` are added to them.
///
/// The API, files and probes have separate places, so that a flood of one does not keep clients
/// from the others. A request takes a place once its body has arrived.
pub fn router(service: Arc<Service>, pages: Router<Arc<Service>>) -> Router {
    let settings = &service.settings;
    let places = || limits::Slots::shared(settings.concurrency_max.get());
    let at_once = |places: &Arc<limits::Slots>| {
        middleware::from_fn_with_state(places.clone(), limits::at_once)
    };
    let bodies = Arc::<Bodies>::default();
    let whole = |bytes_max| {
        let bodies = bodies.clone();
        middleware::from_fn_with_state(Whole { bodies, bytes_max }, bodies::whole)
    };
    let (of_api, of_files) = (places(), places());
    let with_key = middleware::from_fn_with_state(service.clone(), limits::with_key);
    let api = Router::new()
        .nest(
            "/api/v1",
            api::of_attempts()
                .route_layer(with_key.clone())
                .merge(api::router()),
        )
        .merge(telephony::router().route_layer(with_key))
        .layer(at_once(&of_api))
        .layer(whole(body::BYTES_MAX));
    let files = Router::new()
        .route("/.well-known/change-password", get(change_password))
        .route("/problems/{name}", get(problems::show))
        .route("/embed/frame", get(frame::serve))
        .route("/embed/themes/{name}", get(themes::serve))
        .route("/embed/logos/{name}", get(logos::serve))
        .merge(pages)
        .fallback(assets::serve)
        .layer(at_once(&of_files));
    let reports = violations::router()
        .layer(at_once(&of_files))
        .layer(whole(violations::BYTES_MAX));
    let retry_after =
        middleware::from_fn_with_state(service.judge.clock.clone(), problem::with_retry_after);
    let in_time =
        TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, settings.request_within());
    let answered = api
        .merge(files)
        .merge(reports)
        .layer(retry_after)
        .layer(in_time);
    // A probe must be answered most of all when the service is overloaded.
    let answered = answered.merge(health::router(of_api));
    observed(answered, service)
}

/// The service's own metrics, for a separate listener.
pub(crate) fn numbers(service: Arc<Service>) -> Router {
    observed(numbers::router(), service)
}

/// Adds what all answers have in common, and observes them.
fn observed(router: Router<Arc<Service>>, service: Arc<Service>) -> Router {
    let shared = middleware::from_fn_with_state(service.clone(), cors::shared);
    let observed = middleware::from_fn_with_state(Observer::of(service.clone()), observe::observed);
    let all = ServiceBuilder::new()
        .layer(observed)
        .layer(middleware::from_fn(with_headers))
        .layer(shared)
        .layer(middleware::from_fn(limits::well_formed))
        .layer(CatchPanicLayer::custom(|_| problem::internal()));
    router.with_state(service).layer(all)
}

/// The address to which a password manager sends people who want to change their password (W3C, "A
/// Well-Known URL for Changing Passwords").
async fn change_password(State(service): State<Arc<Service>>) -> Redirect {
    Redirect::to(&format!("{}/", service.settings.base_path))
}

/// Adds default headers to an answer that does not set them: no caching, and no content sniffing.
/// Turns a library's plain-text error into a problem.
async fn with_headers(request: axum::extract::Request, next: Next) -> Response {
    const DEFAULTS: [(HeaderName, HeaderValue); 7] = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(NOTHING),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        ),
    ];
    let mut response = problem::instead_of_words(next.run(request).await);
    for (name, value) in DEFAULTS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}
