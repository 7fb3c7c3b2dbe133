//! `/embed/themes/DOMAIN.css`: the colours of a tenant, which the wizard's page or a portal's page
//! loads after our own style sheet.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::problem::not_found;
use super::service::Service;
use super::site::{File, share};

pub(super) async fn serve(
    State(service): State<Arc<Service>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let settings = service.judge.settings.load();
    let domain = name.strip_suffix(".css");
    let tenant = domain.and_then(|domain| settings.tenant(domain));
    let Some(tenant) = tenant else {
        // It is public that a tenant does not exist, so that a portal's page can show it.
        let mut answer = not_found();
        share(answer.headers_mut());
        return answer;
    };
    // A tenant without its own colours has an empty sheet, since browsers report a missing one as
    // an error.
    let sheet = settings.themes.get(tenant.id()).cloned();
    File::stable("theme.css", Bytes::from(sheet.unwrap_or_default())).answer(&headers)
}
