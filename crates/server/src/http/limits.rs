//! How much is taken at once: what is too much is refused at once, so that nobody waits in a line that never gets shorter.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::Semaphore;

use super::problem;

/// The longest path with its query; the longest that we have is a tenth of it.
const URI_BYTES_MAX: usize = 2048;

/// When to come back, in seconds: most requests take a fraction of one.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// Answers if there is a place left.
pub(super) async fn at_once(
    State(places): State<Arc<Semaphore>>,
    request: Request,
    next: Next,
) -> Response {
    let uri = request.uri();
    if uri
        .path_and_query()
        .is_some_and(|it| it.as_str().len() > URI_BYTES_MAX)
    {
        return problem::of_status(StatusCode::URI_TOO_LONG);
    }
    let Ok(_place) = places.try_acquire() else {
        let mut response = problem::of_status(StatusCode::SERVICE_UNAVAILABLE);
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, RETRY_AFTER);
        return response;
    };
    next.run(request).await
}
