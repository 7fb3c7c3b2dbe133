//! Request bodies: JSON with the right media type, of limited size, and without unknown members.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::members::{self, WrongMember};
use super::problem::{self, Refusal};

/// Maximum bytes of a body. It is twice the longest password with each of its code points escaped
/// as two `\u` sequences.
pub(super) const BYTES_MAX: usize = 16 * 1024;

/// Maximum nesting of objects and lists. The proof of work has the deepest nesting, which is five.
const DEPTH_MAX: usize = 8;
const TOO_DEEP: &str = "expected objects and lists nested at most 8 deep";

/// The parsed body of a request.
pub(super) struct Json<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Response;

    async fn from_request(request: Request, _: &S) -> Result<Self, Response> {
        if !is_json(request.headers()) {
            return Err(problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = read(request, BYTES_MAX).await?;
        if depth(&bytes) > DEPTH_MAX {
            let wrong = WrongMember::body(TOO_DEEP);
            return Err(Refusal::from(wrong).into_response());
        }
        members::read(&bytes)
            .map(Self)
            .map_err(|wrong| Refusal::from(wrong).into_response())
    }
}

/// Reads the whole body, if it has at most `bytes_max` bytes. An earlier layer has received it
/// already.
pub(super) async fn read(request: Request, bytes_max: usize) -> Result<Bytes, Response> {
    let body = axum::body::to_bytes(request.into_body(), bytes_max).await;
    body.map_err(|_| problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))
}

/// Whether the media type is `application/json`, in the only charset that it has (RFC 8259 section
/// 8.1).
fn is_json(headers: &HeaderMap) -> bool {
    let mut parts = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .split(';')
        .map(str::trim);
    let is_type = parts
        .next()
        .is_some_and(|value| value.eq_ignore_ascii_case("application/json"));
    is_type
        && parts.all(|parameter| {
            parameter.is_empty()
                || parameter.eq_ignore_ascii_case("charset=utf-8")
                || parameter.eq_ignore_ascii_case("charset=\"utf-8\"")
        })
}

/// Nesting depth of a JSON text. Unspecified for invalid JSON.
fn depth(text: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut is_string, mut is_escaped) = (false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_string => is_escaped = true,
            b'"' => is_string = !is_string,
            b'{' | b'[' if !is_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !is_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_depth_of_a_text_is_that_of_its_objects_and_lists() {
        assert_eq!(depth(b"1"), 0);
        assert_eq!(depth(br#"{"a":[{}],"b":[]}"#), 3);
        assert_eq!(depth(br#"{"a":"[[[\"[[["}"#), 1);
        assert_eq!(depth(&[b'['; 9]), 9);
    }

    #[test]
    fn json_is_utf_8() {
        for (value, is) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;", true),
            ("application/json; charset=utf-16", false),
            ("application/jsonp", false),
            ("text/plain", false),
            ("", false),
        ] {
            let headers =
                HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(value))]);
            assert_eq!(is_json(&headers), is, "{value}");
        }
    }
}
