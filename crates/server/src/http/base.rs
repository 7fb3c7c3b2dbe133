//! The path that the whole service is under. It is removed before a request is routed, and added to
//! addresses in answers.
//!
//! A proxy may keep the path or remove it itself. A route with a fixed place at the root of a host,
//! such as `/.well-known`, is found there too.

use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// Marks a request for the base path without its trailing slash, which relative addresses in the
/// page need.
#[derive(Clone, Copy)]
pub(super) struct WithoutSlash;

/// Removes the base path from the address of a request.
pub(super) fn take_off<B>(base: &str, request: &mut Request<B>) {
    if base.is_empty() {
        return;
    }
    let (Some(rest), query) = (
        request.uri().path().strip_prefix(base),
        request.uri().query(),
    ) else {
        return;
    };
    if !rest.is_empty() && !rest.starts_with('/') {
        return;
    }
    let path = if rest.is_empty() { "/" } else { rest };
    let asked = match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let is_without_slash = rest.is_empty();
    let mut parts = request.uri().clone().into_parts();
    let Ok(path) = PathAndQuery::try_from(asked) else {
        return;
    };
    parts.path_and_query = Some(path);
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
        if is_without_slash {
            request.extensions_mut().insert(WithoutSlash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_taken_off_and_nothing_that_only_begins_like_it() {
        for (base, asked, routed) in [
            ("/reset", "/reset/", "/"),
            ("/reset", "/reset", "/"),
            ("/reset", "/reset?tenant=a", "/?tenant=a"),
            ("/reset", "/reset/api/v1/x?y=/reset", "/api/v1/x?y=/reset"),
            ("/reset", "/reset/reset", "/reset"),
            ("/reset", "/resets", "/resets"),
            ("/reset", "/healthz", "/healthz"),
            ("/reset", "https://a.example/reset/a", "https://a.example/a"),
            ("/reset", "*", "*"),
            ("/a/b", "/a/b/c", "/c"),
            ("", "/reset", "/reset"),
        ] {
            let mut request = Request::builder().uri(asked).body(()).unwrap();
            take_off(base, &mut request);
            assert_eq!(request.uri().to_string(), routed, "{base} {asked}");
        }
    }
}
