//! Serves the wizard's own files by their paths.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::base::WithoutSlash;
use super::problem;
use super::service::Service;
use super::site::INDEX;

pub(super) async fn serve(
    State(service): State<Arc<Service>>,
    without_slash: Option<Extension<WithoutSlash>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if without_slash.is_some() {
        let query = uri
            .query()
            .map_or_else(String::new, |query| format!("?{query}"));
        let base = &service.settings.base_path;
        return Redirect::permanent(&format!("{base}/{query}")).into_response();
    }
    let name = match uri.path().trim_start_matches('/') {
        "" => INDEX,
        name => name,
    };
    // Only existing files are served: a missing page must not look as if it existed.
    let Some(file) = service.site.file(name, &headers) else {
        return problem::of_status(StatusCode::NOT_FOUND);
    };
    if method != Method::GET && method != Method::HEAD {
        let mut refused = problem::of_status(StatusCode::METHOD_NOT_ALLOWED);
        let allowed = HeaderValue::from_static("GET,HEAD");
        refused.headers_mut().insert(header::ALLOW, allowed);
        return refused;
    }
    file
}
