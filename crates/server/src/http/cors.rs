//! Requests for `/api/v1` from pages of other origins (Fetch standard, section 3.3). Only pages of
//! portals that a tenant lists may read the answers. Uses the settings of that moment.
//!
//! This module does not use the layer of tower-http, which answers every preflight with 200 and
//! tells every origin what is allowed.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use postern_engine::Tenant;

use super::problem;
use super::service::Service;
use crate::settings::Settings;

/// The beginning of the paths that portals may request.
const API: &str = "/api/v1/";

/// The answer to a preflight: the methods of the API, and its headers that a browser does not allow
/// by default. Two hours are the longest that browsers remember it.
const LET: [(HeaderName, HeaderValue); 3] = [
    (
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET,POST,PUT,DELETE"),
    ),
    (
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("authorization,content-type,idempotency-key"),
    ),
    (
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("7200"),
    ),
];

/// Headers of an answer that the wizard reads.
const EXPOSED: HeaderValue = HeaderValue::from_static("retry-after");

/// The relation of the requesting page to us. Browsers set it, and pages cannot (W3C, "Fetch
/// Metadata Request Headers", section 2.3).
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets the pages of listed portals read answers.
pub(super) async fn shared(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    if !request.uri().path().starts_with(API) {
        return next.run(request).await;
    }
    let is_preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let origin = request.headers().get(header::ORIGIN).cloned();
    let origin = origin.filter(|origin| {
        let settings = service.judge.settings.load();
        origin.to_str().is_ok_and(|it| settings.has_portal(it))
    });
    let mut response = match (is_preflight, &origin) {
        (true, Some(_)) => (StatusCode::NO_CONTENT, LET).into_response(),
        (true, None) => problem::of_status(StatusCode::FORBIDDEN),
        (false, _) => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    response
}

/// The origin of the requesting page, if it is foreign. `None` for our own page, and for requests
/// that do not come from a page.
pub(super) struct Elsewhere(pub(super) Option<String>);

impl Elsewhere {
    /// Whether people of a tenant may begin on this page: yes if the tenant lists the page, whether
    /// it knows the person or not.
    pub(super) fn may_begin(&self, tenant: &Tenant) -> bool {
        let origin = self.0.as_ref();
        origin.is_none_or(|origin| tenant.has_portal(origin))
    }

    /// Whether any person may begin on this page.
    pub(super) fn is_ours_or_listed(&self, settings: &Settings) -> bool {
        let origin = self.0.as_ref();
        origin.is_none_or(|origin| settings.has_portal(origin))
    }
}

impl FromRequestParts<Arc<Service>> for Elsewhere {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Infallible> {
        let Some(origin) = parts.headers.get(header::ORIGIN) else {
            return Ok(Self(None));
        };
        // Our own page may be reached under several names. The browser says whether it is our own,
        // and the configured address counts too.
        let site = parts.headers.get(SEC_FETCH_SITE);
        let is_own = site.is_some_and(|site| site == "same-origin")
            || origin == service.judge.settings.load().origin.as_str();
        let origin = String::from_utf8_lossy(origin.as_bytes()).into_owned();
        Ok(Self((!is_own).then_some(origin)))
    }
}
