//! Limits on simultaneous work. Excess requests are refused at once, so that no request waits in a
//! queue that only grows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

use super::Service;
use super::client::{Client, Subnet};
use super::connections::Connected;
use super::problem;

/// Maximum bytes of a path with its query. Our longest one is a tenth of that.
const URI_BYTES_MAX: usize = 2048;

/// Seconds until a client should try again. Most requests take a fraction of a second.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// One client may take one of this many parts of the places. A whole office may share one address,
/// so a share must not be small. Of 512 places it is 128. That is more than a hundred browsers need
/// when each sends one request after the other. Still, three clients together leave a quarter to
/// all others.
const CLIENTS_MIN: usize = 4;

/// The places for requests that are being answered.
pub(super) struct Slots {
    free: Semaphore,
    per_client_max: usize,
    /// Places taken by each client that has any.
    taken: Mutex<HashMap<Subnet, usize>>,
    /// Since when no place has been free.
    full_since: Mutex<Option<Instant>>,
}

/// A place that a request holds until it is dropped.
pub(super) struct Slot<'a> {
    places: &'a Slots,
    client: Option<Subnet>,
    _permit: SemaphorePermit<'a>,
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        if let Some(client) = self.client {
            self.places.give_back(client);
        }
        self.places.set_full(None);
    }
}

impl Slots {
    /// That many places, of which one client may take a share.
    pub(super) fn shared(places: usize) -> Arc<Self> {
        Self::with(places, (places / CLIENTS_MIN).max(1))
    }

    /// That many places, all of which one client may take.
    pub(super) fn new(places: usize) -> Arc<Self> {
        Self::with(places, places)
    }

    fn with(places: usize, per_client_max: usize) -> Arc<Self> {
        Arc::new(Self {
            free: Semaphore::new(places.min(Semaphore::MAX_PERMITS)),
            per_client_max,
            taken: Mutex::default(),
            full_since: Mutex::default(),
        })
    }

    /// Since when no place has been free; `None` if one is free.
    pub(super) fn full_since(&self) -> Option<Instant> {
        if self.free.available_permits() > 0 {
            return None;
        }
        *self
            .full_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place for a client. If a trusted proxy does not name the client, there is no share
    /// to exceed.
    fn take(&self, client: Option<Subnet>) -> Option<Slot<'_>> {
        let permit = {
            let mut taken = self.taken();
            let of_client = client.and_then(|client| taken.get(&client).copied());
            let of_client = of_client.unwrap_or_default();
            if of_client >= self.per_client_max {
                return None;
            }
            let permit = self.free.try_acquire().ok()?;
            if let Some(client) = client {
                taken.insert(client, of_client + 1);
            }
            permit
        };
        if self.free.available_permits() == 0 {
            self.set_full(Some(Instant::now()));
        }
        Some(Slot {
            places: self,
            client,
            _permit: permit,
        })
    }

    fn give_back(&self, client: Subnet) {
        let mut taken = self.taken();
        match taken.get_mut(&client) {
            Some(of_client) if *of_client > 1 => *of_client -= 1,
            Some(_) | None => {
                taken.remove(&client);
            }
        }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Subnet, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_full(&self, since: Option<Instant>) {
        *self
            .full_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = since;
    }
}

/// Answers if a place is free and the client's share is not used up.
pub(super) async fn at_once(
    State(places): State<Arc<Slots>>,
    request: Request,
    next: Next,
) -> Response {
    let connected = request.extensions().get::<Arc<Connected>>();
    let _busy = connected.map(Connected::busy);
    let client = request.extensions().get::<Client>().copied();
    let Some(_place) = places.take(client.and_then(Client::network)) else {
        return come_back();
    };
    next.run(request).await
}

/// Answers while the keys of this process open the database. If they do not, every person gets the
/// same answer, whether the account exists or not. Otherwise a person whose account was just sealed
/// with the new key would get an error of the service, and others would not.
pub(super) async fn with_key(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    if !service.store.is_open() {
        return come_back();
    }
    let response = next.run(request).await;
    let is_broken = response.status() == StatusCode::INTERNAL_SERVER_ERROR;
    if is_broken && matches!(service.store.try_keys().await, Ok(false)) {
        return come_back();
    }
    response
}

/// Refuses malformed requests for any address.
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

/// Whether a request names its host exactly once. HTTP/1.1 and later require it (RFC 9112 section
/// 3.2, RFC 9113 section 8.3.1).
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

/// The answer of an overloaded service.
pub(super) fn come_back() -> Response {
    let mut response = problem::of_status(StatusCode::SERVICE_UNAVAILABLE);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, RETRY_AFTER);
    response
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn client(last: u8) -> Subnet {
        Subnet::of(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn a_client_has_a_quarter_of_the_places_and_the_others_the_rest() {
        let places = Slots::shared(8);
        let held = [places.take(Some(client(1))), places.take(Some(client(1)))];
        assert!(held.iter().all(Option::is_some));
        assert!(places.take(Some(client(1))).is_none());
        let others: Vec<_> = (2..5)
            .flat_map(|last| {
                [
                    places.take(Some(client(last))),
                    places.take(Some(client(last))),
                ]
            })
            .collect();
        assert!(others.iter().all(Option::is_some));
        assert!(places.take(Some(client(5))).is_none(), "all are taken");
        drop(others);
        // A proxy that does not name its clients may speak for many.
        let unnamed: Vec<_> = (0..6).map(|_| places.take(None)).collect();
        assert!(unnamed.iter().all(Option::is_some));
        let [first, second] = held;
        drop(first);
        let again = places.take(Some(client(1)));
        assert!(again.is_some() && places.take(Some(client(1))).is_none());
        drop((second, again, unnamed));
        assert!(places.taken().is_empty());
    }

    #[test]
    fn of_few_places_a_client_has_one_and_of_those_that_are_not_shared_all() {
        for places in 1..8 {
            let places = Slots::shared(places);
            let first = places.take(Some(client(1)));
            assert!(first.is_some() && places.take(Some(client(1))).is_none());
        }
        let places = Slots::new(3);
        let all: Vec<_> = (0..3).map(|_| places.take(Some(client(1)))).collect();
        assert!(all.iter().all(Option::is_some));
    }

    #[test]
    fn places_are_full_from_when_the_last_was_taken_until_one_is_free() {
        let places = Slots::new(2);
        let first = places.take(None);
        assert_eq!(places.full_since(), None);
        let last = places.take(None);
        let since = places.full_since();
        assert!(since.is_some());
        assert!(places.take(None).is_none());
        assert_eq!(places.full_since(), since);
        drop(first);
        assert_eq!(places.full_since(), None);
        let again = places.take(None);
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
