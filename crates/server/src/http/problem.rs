//! Problems as answers (RFC 9457).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use postern_protocol::{Problem, ProblemKind, Timestamp};
use serde::Serialize;

use super::Service;

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// A problem on its way out.
pub(super) struct Refusal(pub(super) Problem);

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Self {
        Self(Problem::new(kind))
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

/// The members of RFC 9457 section 3.1, and ours: the kind with what explains it, and the attempt.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'a str,
    title: String,
    status: u16,
    #[serde(flatten)]
    problem: &'a Problem,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let kind = &self.0.kind;
        let status =
            StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = Body {
            r#type: kind.type_uri(),
            title: title(kind),
            status: status.as_u16(),
            problem: &self.0,
        };
        let Ok(text) = serde_json::to_vec(&body) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let mut response = (status, text).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, MEDIA_TYPE);
        if let Some(retry_at) = retry_at(kind) {
            response.extensions_mut().insert(RetryAt(retry_at));
        }
        response
    }
}

/// When the same may be asked again, on the way to becoming a header.
#[derive(Clone, Copy)]
struct RetryAt(Timestamp);

/// Says when to come back, in seconds, which is what every client understands (RFC 9110 section 10.2.3).
pub(super) async fn with_retry_after(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if let Some(RetryAt(retry_at)) = response.extensions().get().copied() {
        let seconds = retry_at.since(service.judge.clock.now()).as_secs().max(1);
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The answer of a service that broke.
pub(super) fn internal() -> Response {
    Refusal::from(ProblemKind::Internal).into_response()
}

/// What stands in the type's path, in words: for whoever reads a log, never for a page.
fn title(kind: &ProblemKind) -> String {
    let name = kind.type_uri().rsplit('/').next().unwrap_or_default();
    let mut title = name.replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

fn retry_at(kind: &ProblemKind) -> Option<Timestamp> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "these two name a moment, and any other that comes to do so fails the test of 429"
    )]
    match kind {
        ProblemKind::ResendTooSoon { retry_at } | ProblemKind::TooManyRequests { retry_at } => {
            Some(*retry_at)
        }
        _ => None,
    }
}
