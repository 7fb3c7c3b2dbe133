//! `/embed/frame`: the wizard as the page of a frame. Which pages may contain it is said by the
//! tenant that `tenant` names, and by no other: a policy that named the portals of all would let
//! each contain the wizard of the others, and tell who they are.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

use super::problem;
use super::service::{NOTHING, Service};
use crate::settings::Settings;

/// The file of the wizard that is served.
const FILE: &str = "frame.html";

/// What a frame has that the page around it lets it have, whatever the file says: of two with the
/// same name the last one counts (RFC 9651 section 3.2). A code can be filled in, and the help
/// strip copied; to share it needs no word here, and browsers that cannot complain of one.
const LEFT: HeaderValue =
    HeaderValue::from_static("otp-credentials=(self), clipboard-write=(self)");

/// What is asked.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// A domain of the tenant.
    tenant: String,
}

pub(super) async fn serve(
    State(service): State<Arc<Service>>,
    Query(asked): Query<Asked>,
    mut headers: HeaderMap,
) -> Response {
    // Nothing of it is kept, whatever a request says.
    headers.remove(header::IF_NONE_MATCH);
    let Some(mut page) = service.site.file(FILE, &headers) else {
        return problem::of_status(StatusCode::NOT_FOUND);
    };
    let ancestors = ancestors(&service.judge.settings.load(), &asked.tenant);
    let headers = page.headers_mut();
    let policy = headers.get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.and_then(|policy| policy.to_str().ok());
    let policy = contained(policy.unwrap_or(NOTHING), &ancestors);
    let Ok(policy) = HeaderValue::from_str(&policy) else {
        return problem::of_status(StatusCode::INTERNAL_SERVER_ERROR);
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::ETAG);
    headers.append(HeaderName::from_static("permissions-policy"), LEFT);
    // A portal that lets nothing in without its leave has to let this in, and asks the same of it
    // (HTML standard, "cross-origin embedder policies"): all that the page loads is its own. How
    // pages open each other is no matter of frames, so that the opener policy stays what it is.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-embedder-policy"),
        HeaderValue::from_static("require-corp"),
    );
    page
}

/// The sources of `frame-ancestors` (Content Security Policy Level 3, section 6.4.2): the portals
/// of the tenant with the domain.
fn ancestors(settings: &Settings, domain: &str) -> String {
    settings
        .tenant(domain)
        .filter(|tenant| !tenant.portals.is_empty())
        .map_or_else(|| "'none'".into(), |tenant| tenant.portals.join(" "))
}

/// A policy with other ancestors.
fn contained(policy: &str, ancestors: &str) -> String {
    let directives = policy.split(';').map(str::trim);
    let mut directives: Vec<&str> = directives
        .filter(|directive| !directive.is_empty() && !directive.starts_with("frame-ancestors"))
        .collect();
    let ancestors = format!("frame-ancestors {ancestors}");
    directives.push(&ancestors);
    directives.join("; ")
}
