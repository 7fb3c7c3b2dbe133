//! `/embed/frame`: the wizard as the page of a frame. The tenant in the parameter `tenant` decides
//! which pages may contain it. A policy with the portals of all tenants would let each portal
//! contain the wizards of the others, and would reveal who they are.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

use super::problem;
use super::service::{NOTHING, Service};
use crate::settings::Settings;

/// The file of the wizard that this route serves.
const FILE: &str = "frame.html";

/// The permissions that the frame keeps if the page around it grants them, regardless of the file's
/// own header: of two with the same name the last one counts (RFC 9651 section 3.2). Browsers may
/// fill in a code, and the help strip may be copied. Sharing needs no entry here, and browsers that
/// cannot share complain about one.
const LEFT: HeaderValue =
    HeaderValue::from_static("otp-credentials=(self), clipboard-write=(self)");

/// The query of the request.
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
    // The page is never cached, whatever the request says.
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
    // A portal with a cross-origin embedder policy must be able to embed this page, and requires
    // the same policy of it (HTML standard, "cross-origin embedder policies"). All that the page
    // loads is its own. The opener policy is about windows and not about frames, so it stays
    // unchanged.
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
/// of the tenant with the given domain.
fn ancestors(settings: &Settings, domain: &str) -> String {
    settings
        .tenant(domain)
        .filter(|tenant| !tenant.portals.is_empty())
        .map_or_else(|| "'none'".into(), |tenant| tenant.portals.join(" "))
}

/// Replaces the ancestors of a policy.
fn contained(policy: &str, ancestors: &str) -> String {
    let directives = policy.split(';').map(str::trim);
    let mut directives: Vec<&str> = directives
        .filter(|directive| !directive.is_empty() && !directive.starts_with("frame-ancestors"))
        .collect();
    let ancestors = format!("frame-ancestors {ancestors}");
    directives.push(&ancestors);
    directives.join("; ")
}
