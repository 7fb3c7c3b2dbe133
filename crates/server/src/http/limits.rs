//! How much is taken at once: what is too much is refused at once, so that no request waits in a line that never gets shorter.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::connections::Connected;
use super::problem;

/// The longest path with its query; the longest that we have is a tenth of it.
const URI_BYTES_MAX: usize = 2048;

/// When to come back, in seconds: most requests take a fraction of one.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// Places of those who are answered at once.
pub(super) struct Places {
    free: Semaphore,
    /// Since when none has been free.
    full_since: Mutex<Option<Instant>>,
}

/// One of them, for as long as a request has it.
pub(super) struct Place<'a> {
    places: &'a Places,
    _permit: SemaphorePermit<'a>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.places.set_full(None);
    }
}

impl Places {
    /// So many.
    pub(super) fn new(places: usize) -> Arc<Self> {
        Arc::new(Self {
            free: Semaphore::new(places.min(Semaphore::MAX_PERMITS)),
            full_since: Mutex::default(),
        })
    }

    /// Since when none has been free; `None` if one is.
    pub(super) fn full_since(&self) -> Option<Instant> {
        if self.free.available_permits() > 0 {
            return None;
        }
        *self
            .full_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<Place<'_>> {
        let permit = self.free.try_acquire().ok()?;
        if self.free.available_permits() == 0 {
            self.set_full(Some(Instant::now()));
        }
        Some(Place {
            places: self,
            _permit: permit,
        })
    }

    fn set_full(&self, since: Option<Instant>) {
        *self
            .full_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = since;
    }
}

/// Answers if there is a place left.
pub(super) async fn at_once(
    State(places): State<Arc<Places>>,
    request: Request,
    next: Next,
) -> Response {
    let connected = request.extensions().get::<Arc<Connected>>();
    let _busy = connected.map(Connected::busy);
    let Some(_place) = places.take() else {
        return come_back();
    };
    next.run(request).await
}

/// Refuses what is no request at all, whatever it asks for.
pub(super) async fn well_formed(request: Request, next: Next) -> Response {
    if !names_host(&request) {
        return problem::of_status(StatusCode::BAD_REQUEST);
    }
    let uri = request.uri();
    if uri
        .path_and_query()
        .is_some_and(|it| it.as_str().len() > URI_BYTES_MAX)
    {
        return problem::of_status(StatusCode::URI_TOO_LONG);
    }
    next.run(request).await
}

/// Whether a request says which host it is for, once: from HTTP/1.1 on it has to (RFC 9112 section 3.2, RFC 9113 section 8.3.1).
fn names_host(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => Authority::try_from(host.as_bytes())
            .is_ok_and(|host| !host.host().is_empty() && !host.as_str().contains('@')),
        (None, _) => match request.version() {
            Version::HTTP_09 | Version::HTTP_10 => true,
            Version::HTTP_11 => false,
            _ => request.uri().authority().is_some(),
        },
        (Some(_), Some(_)) => false,
    }
}

/// There is too much to do now.
pub(super) fn come_back() -> Response {
    let mut response = problem::of_status(StatusCode::SERVICE_UNAVAILABLE);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_full_from_when_the_last_was_taken_until_one_is_free() {
        let places = Places::new(2);
        let first = places.take();
        assert_eq!(places.full_since(), None);
        let last = places.take();
        let since = places.full_since();
        assert!(since.is_some());
        assert!(places.take().is_none());
        assert_eq!(places.full_since(), since);
        drop(first);
        assert_eq!(places.full_since(), None);
        let again = places.take();
        assert!(places.full_since() > since);
        drop((last, again));
        assert_eq!(places.full_since(), None);
    }

    #[test]
    fn a_request_names_its_host_once() {
        for (version, uri, hosts, is) in [
            (Version::HTTP_11, "/", &["reset.example"][..], true),
            (Version::HTTP_11, "/", &["reset.example:8443"], true),
            (Version::HTTP_11, "/", &["[::1]:8080"], true),
            (Version::HTTP_11, "/", &[], false),
            (Version::HTTP_11, "/", &[""], false),
            (Version::HTTP_11, "/", &["a b"], false),
            (Version::HTTP_11, "/", &["ada@reset.example"], false),
            (Version::HTTP_11, "/", &["a.example", "b.example"], false),
            (Version::HTTP_11, "/", &["a.example", "a.example"], false),
            (Version::HTTP_11, "http://a.example/", &[], false),
            (Version::HTTP_10, "/", &[], true),
            (Version::HTTP_10, "/", &["a b"], false),
            (Version::HTTP_2, "https://a.example/", &[], true),
            (Version::HTTP_2, "/", &[], false),
            (Version::HTTP_2, "/", &["a.example"], true),
        ] {
            let mut request = axum::http::Request::builder().version(version).uri(uri);
            for host in hosts {
                request = request.header(header::HOST, *host);
            }
            let request = request.body(axum::body::Body::empty()).unwrap();
            assert_eq!(names_host(&request), is, "{version:?} {uri} {hosts:?}");
        }
    }
}
