//! Problems as answers (RFC 9457). An error of HTTP itself is a problem of the type `about:blank`.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use postern_protocol::work::Challenge;
use postern_protocol::{Problem, ProblemKind, Timestamp};
use serde::Serialize;
use serde_json::json;

use super::members::WrongMember;
use crate::clock::Clock;
use crate::metrics;

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// The authentication scheme that opens an attempt (RFC 6750 section 3).
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer");

/// The rest of a quota (draft-ietf-httpapi-ratelimit-headers-10 sections 3 and 4).
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// A problem for an answer, with the member of the request that is wrong, if it is about one.
pub(super) struct Refusal {
    problem: Problem,
    wrong: Option<WrongMember>,
    /// The challenge to solve instead, if the work was too light.
    challenge: Option<Box<Challenge>>,
}

impl Refusal {
    /// The work was valid, but such an attempt needs more: this challenge.
    pub(super) fn too_light(challenge: Challenge) -> Self {
        Self {
            challenge: Some(Box::new(challenge)),
            ..ProblemKind::WorkRefused.into()
        }
    }
}

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Self {
        Problem::new(kind).into()
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            wrong: None,
            challenge: None,
        }
    }
}

impl From<WrongMember> for Refusal {
    fn from(wrong: WrongMember) -> Self {
        Self {
            problem: Problem::new(ProblemKind::Malformed),
            wrong: Some(wrong),
            challenge: None,
        }
    }
}

/// The members of RFC 9457 section 3.1, and our own: the kind with its explanation, and the
/// attempt.
#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: String,
    status: u16,
    #[serde(flatten)]
    problem: &'a Problem,
    /// The quotas that were used up (draft-ietf-httpapi-ratelimit-headers-10 section 6.1).
    #[serde(rename = "violated-policies", skip_serializing_if = "Option::is_none")]
    violated_policies: Option<[&'static str; 1]>,
    /// The errors in the request (RFC 9457 section 3).
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<[&'a WrongMember; 1]>,
    /// Must be last: the page cuts it out of the text unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<&'a Challenge>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let kind = &self.problem.kind;
        let status =
            StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = Body {
            r#type: kind.type_uri(),
            title: title(kind),
            status: status.as_u16(),
            problem: &self.problem,
            violated_policies: quota(kind).map(|quota| [quota.policy]),
            errors: self.wrong.as_ref().map(|wrong| [wrong]),
            challenge: self.challenge.as_deref(),
        };
        metrics::problem(kind);
        let Ok(text) = serde_json::to_vec(&body) else {
            return of_status(StatusCode::INTERNAL_SERVER_ERROR);
        };
        let mut response = (status, text).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, MEDIA_TYPE);
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, CHALLENGE);
        }
        if let Some(quota) = quota(kind) {
            response.extensions_mut().insert(quota);
        }
        response
    }
}

/// A problem that says no more than its status (RFC 9457 section 4.2.1).
pub(super) fn of_status(status: StatusCode) -> Response {
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
    });
    let media_type = [(header::CONTENT_TYPE, MEDIA_TYPE)];
    (status, media_type, body.to_string()).into_response()
}

/// The answer for a missing page.
pub(crate) fn not_found() -> Response {
    of_status(StatusCode::NOT_FOUND)
}

/// Turns an error answer of a library, with a plain text or without a body, into a problem. Other
/// answers stay the same.
pub(super) fn instead_of_words(response: Response) -> Response {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let media_type = response.headers().get(header::CONTENT_TYPE);
    let is_text = media_type.is_none_or(|value| value.as_bytes().starts_with(b"text/plain"));
    if !is_error || !is_text {
        return response;
    }
    let mut problem = of_status(status);
    let kept: HeaderMap = response
        .headers()
        .iter()
        .filter(|(name, _)| !matches!(**name, header::CONTENT_TYPE | header::CONTENT_LENGTH))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    problem.headers_mut().extend(kept);
    problem
}

/// A quota that is used up. `with_retry_after` turns it into headers.
#[derive(Clone, Copy)]
struct Quota {
    policy: &'static str,
    /// The parameters of the policy.
    parameters: &'static str,
    /// When the same request may be sent again.
    retry_at: Timestamp,
}

/// Tells a client when to come back: in seconds, which every client understands (RFC 9110 section
/// 10.2.3), and as a quota.
pub(super) async fn with_retry_after(
    State(clock): State<Clock>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if let Some(quota) = response.extensions().get::<Quota>().copied() {
        let now = clock.now();
        let seconds = quota.retry_at.since(now).as_secs().max(1);
        let Quota {
            policy, parameters, ..
        } = quota;
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        let fields = [
            (RATE_LIMIT_POLICY, format!("\"{policy}\"{parameters}")),
            (RATE_LIMIT, format!("\"{policy}\";r=0;t={seconds}")),
        ];
        for (name, value) in fields {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
    response
}

/// The answer of a service that broke.
pub(super) fn internal() -> Response {
    Refusal::from(ProblemKind::Internal).into_response()
}

/// The name of the problem's type as words, for people who read a log. Pages never show it.
pub(super) fn title(kind: &ProblemKind) -> String {
    let mut title = kind.name().replace('-', " ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

/// The quota that a problem is about. A person without an account gets the same quota, since the
/// service counts for them too.
fn quota(kind: &ProblemKind) -> Option<Quota> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only these two name a moment, and the test of 429 fails for any further kind that does"
    )]
    match *kind {
        ProblemKind::ResendTooSoon { retry_at } => Some(Quota {
            policy: "resend",
            parameters: ";q=1",
            retry_at,
        }),
        ProblemKind::TooManyRequests { retry_at } => Some(Quota {
            policy: "attempt",
            parameters: ";q=100;qu=\"concurrent-requests\"",
            retry_at,
        }),
        _ => None,
    }
}
