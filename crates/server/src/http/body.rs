//! Request bodies: JSON, of the type that says so, of no more than they can be, and with nothing in them that is not known.

use axum::extract::{FromRequest, Request};
use axum::http::header;
use postern_protocol::ProblemKind;
use serde::de::DeserializeOwned;

use super::problem::Refusal;

/// The longest body that is read.
const BYTES_MAX: usize = 16 * 1024;

/// What a body says.
pub(super) struct Json<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let media_type = request.headers().get(header::CONTENT_TYPE);
        let is_json = media_type
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(ProblemKind::Malformed.into());
        }
        let bytes = axum::body::to_bytes(request.into_body(), BYTES_MAX)
            .await
            .map_err(|_| ProblemKind::Malformed)?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|_| ProblemKind::Malformed.into())
    }
}
