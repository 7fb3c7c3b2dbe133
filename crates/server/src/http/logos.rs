//! `/embed/logos/NAME`: the logo of a tenant, for the wizard's page or a portal's page.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::problem::not_found;
use super::service::Service;
use super::site::File;
use crate::logo::{Logo, Picture};

/// The folder of the logos, relative to an answer of `/api/v1/tenants/DOMAIN`. So it works under
/// any address that a portal forwards.
const FOLDER: &str = "../../../embed/logos/";

/// The policy of a drawing that is opened by itself, as a document of our origin. It may use its
/// own styles and pictures, and runs and fetches nothing.
const INERT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
);
/// One year. The name changes with the content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub(super) async fn serve(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let settings = service.judge.settings.load();
    let mut pictures = settings.logos.values().flat_map(Logo::pictures);
    let Some(picture) = pictures.find(|picture| picture.name == name) else {
        return not_found();
    };
    let file = File::stable(&name, picture.content.clone()).with_gzip(picture.gzip.clone());
    let mut answer = file.answer(&headers);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, INERT);
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    answer
}

/// The address of a logo, relative to the answer about its tenant.
pub(super) fn address(picture: &Picture) -> String {
    format!("{FOLDER}{}", picture.name)
}
