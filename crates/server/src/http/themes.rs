//! `/embed/themes/DOMAIN.css`: the colours of a tenant, for a page of its own or of a portal to put
//! behind ours.

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
        // That there is no such tenant is public too, so that a portal's page can say so.
        let mut answer = not_found();
        share(answer.headers_mut());
        return answer;
    };
    // One that has no colours of its own has an empty sheet: browsers complain of what is not
    // there.
    let sheet = settings.themes.get(tenant.id()).cloned();
    File::stable("theme.css", Bytes::from(sheet.unwrap_or_default())).answer(&headers)
}
