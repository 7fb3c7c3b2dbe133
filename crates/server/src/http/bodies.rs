//! Receives whole request bodies before a request takes a place among those being answered. So a
//! slow body delays no other request.
//!
//! The number of bodies in transit is limited for each connection, for each client and in total. If
//! there are too many, the oldest one is cut off, not the newest: an honest body arrives within
//! milliseconds.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::BodyExt;
use hyper::body::Body as _;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::client::{Client, Subnet};
use super::connections::Connected;
use super::{limits, problem};

/// So many bytes must arrive in each interval of [`SLICE_WITHIN`]. That is 3.2 KiB a second. The
/// slowest mobile networks (EDGE) are several times faster.
const SLICE_BYTES: usize = 16 * 1024;

/// The interval in which [`SLICE_BYTES`] must arrive.
const SLICE_WITHIN: Duration = Duration::from_secs(5);

/// Maximum bodies in transit on one connection. A wizard sends one at a time.
const PER_CONNECTION_MAX: usize = 8;

/// Maximum bodies in transit from one client. A whole office may share one address.
const PER_CLIENT_MAX: usize = 128;

/// Maximum bodies in transit in total: 32 MiB of the longest ones that the API accepts.
const ALL_MAX: usize = 2048;

/// The bodies in transit.
#[derive(Default)]
pub(super) struct Bodies(Mutex<OpenBody>);

#[derive(Default)]
struct OpenBody {
    next: u64,
    all: BTreeMap<u64, Coming>,
    by_connection: HashMap<u64, VecDeque<u64>>,
    by_client: HashMap<Subnet, VecDeque<u64>>,
}

struct Coming {
    connection: Option<u64>,
    client: Option<Subnet>,
    /// Dropping this cuts the body off.
    _kept: oneshot::Sender<()>,
}

/// Removes a body from those in transit when it is dropped.
struct OnItsWay {
    bodies: Arc<Bodies>,
    number: u64,
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.bodies.open().remove(self.number);
    }
}

/// The settings of the layer that receives whole bodies.
#[derive(Clone)]
pub(super) struct Whole {
    pub(super) bodies: Arc<Bodies>,
    /// Maximum bytes of a body.
    pub(super) bytes_max: usize,
}

/// Runs the next layer once the body has arrived.
pub(super) async fn whole(State(whole): State<Whole>, request: Request, next: Next) -> Response {
    if !matches!(
        *request.method(),
        Method::POST | Method::PUT | Method::PATCH
    ) {
        // The bodies of other methods are not read.
        return next.run(request).await;
    }
    let connection = request.extensions().get::<Arc<Connected>>().cloned();
    let client = request.extensions().get::<Client>().copied();
    let (parts, body) = request.into_parts();
    let from = From {
        connection: connection.filter(|it| !it.is_proxy()).map(|it| it.number()),
        client: client.and_then(Client::network),
    };
    match whole.read(body, from).await {
        Ok(bytes) => next.run(Request::from_parts(parts, bytes.into())).await,
        Err(Unread::Broken) => problem::of_status(StatusCode::BAD_REQUEST),
        Err(Unread::TooLarge) => problem::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        Err(Unread::TooSlow) => problem::of_status(StatusCode::REQUEST_TIMEOUT),
        Err(Unread::CutOff) => limits::come_back(),
    }
}

/// The source of a body. An unknown part of it has no limit.
#[derive(Clone, Copy)]
struct From {
    connection: Option<u64>,
    client: Option<Subnet>,
}

/// Why a body is missing.
#[derive(Debug, Eq, PartialEq)]
enum Unread {
    /// The body ended too early.
    Broken,
    TooLarge,
    TooSlow,
    /// Too many bodies were in transit.
    CutOff,
}

impl Whole {
    async fn read(&self, body: Body, from: From) -> Result<Bytes, Unread> {
        let mut reading = pin!(read(body, self.bytes_max));
        // Most bodies arrive together with their headers.
        tokio::select! {
            biased;
            done = reading.as_mut() => return done,
            () = std::future::ready(()) => {}
        }
        let (kept, cut_off) = oneshot::channel();
        let number = self.bodies.open().begin(from, kept);
        let _on_its_way = OnItsWay {
            bodies: self.bodies.clone(),
            number,
        };
        tokio::select! {
            biased;
            done = reading => done,
            _ = cut_off => Err(Unread::CutOff),
        }
    }
}

impl Bodies {
    fn open(&self) -> MutexGuard<'_, OpenBody> {
        // Code under the lock never panics half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenBody {
    /// Adds a body in transit. Cuts off another one if there are too many.
    fn begin(&mut self, from: From, kept: oneshot::Sender<()>) -> u64 {
        let From { connection, client } = from;
        let of_connection = oldest_of(&self.by_connection, connection, PER_CONNECTION_MAX);
        let of_client = oldest_of(&self.by_client, client, PER_CLIENT_MAX);
        let of_all = (self.all.len() >= ALL_MAX)
            .then(|| self.all.keys().next().copied())
            .flatten();
        if let Some(oldest) = of_connection.or(of_client).or(of_all) {
            self.remove(oldest);
        }
        let number = self.next;
        self.next += 1;
        if let Some(connection) = connection {
            let numbers = self.by_connection.entry(connection).or_default();
            numbers.push_back(number);
        }
        if let Some(client) = client {
            self.by_client.entry(client).or_default().push_back(number);
        }
        self.all.insert(
            number,
            Coming {
                connection,
                client,
                _kept: kept,
            },
        );
        number
    }

    fn remove(&mut self, number: u64) {
        if let Some(coming) = self.all.remove(&number) {
            forget(&mut self.by_connection, coming.connection, number);
            forget(&mut self.by_client, coming.client, number);
        }
    }
}

/// The body that has been in transit for longest, if there are too many.
fn oldest_of<K: Eq + Hash>(
    numbers: &HashMap<K, VecDeque<u64>>,
    key: Option<K>,
    most: usize,
) -> Option<u64> {
    let numbers = numbers.get(&key?)?;
    (numbers.len() >= most)
        .then(|| numbers.front().copied())
        .flatten()
}

fn forget<K: Eq + Hash>(all: &mut HashMap<K, VecDeque<u64>>, key: Option<K>, number: u64) {
    let Some(key) = key else { return };
    if let Some(numbers) = all.get_mut(&key) {
        numbers.retain(|other| *other != number);
        if numbers.is_empty() {
            all.remove(&key);
        }
    }
}

/// The deadline for more bytes of a body of which `received` bytes have arrived.
fn due(begun: Instant, received: usize) -> Instant {
    let slices = u32::try_from(received / SLICE_BYTES).unwrap_or(u32::MAX);
    begun + SLICE_WITHIN * slices.saturating_add(1)
}

/// Reads a whole body, if it has at most `bytes_max` bytes and arrives fast enough.
async fn read(mut body: Body, bytes_max: usize) -> Result<Bytes, Unread> {
    let promised = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if promised > bytes_max {
        return Err(Unread::TooLarge);
    }
    let begun = Instant::now();
    let mut bytes = Vec::with_capacity(promised.min(SLICE_BYTES));
    loop {
        let frame = tokio::time::timeout_at(due(begun, bytes.len()), body.frame()).await;
        let Some(frame) = frame.map_err(|_| Unread::TooSlow)? else {
            return Ok(bytes.into());
        };
        // A frame without data has trailers. They carry nothing that the service uses.
        let Ok(data) = frame.map_err(|_| Unread::Broken)?.into_data() else {
            continue;
        };
        if bytes.len() + data.len() > bytes_max {
            return Err(Unread::TooLarge);
        }
        bytes.extend_from_slice(&data);
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use http_body_util::channel::Channel;
    use hyper::body::Frame;

    use super::*;

    fn network(last: u8) -> Subnet {
        Subnet::of(IpAddr::from([192, 0, 2, last]))
    }

    /// Begins a body. Returns its number, and a receiver that notices when it is cut off.
    fn begin(open: &mut OpenBody, connection: u64, client: u8) -> (u64, oneshot::Receiver<()>) {
        let (kept, cut_off) = oneshot::channel();
        let from = From {
            connection: Some(connection),
            client: Some(network(client)),
        };
        (open.begin(from, kept), cut_off)
    }

    fn is_cut_off(cut_off: &mut oneshot::Receiver<()>) -> bool {
        matches!(
            cut_off.try_recv(),
            Err(oneshot::error::TryRecvError::Closed)
        )
    }

    #[test]
    fn the_oldest_body_of_a_connection_goes_where_there_are_too_many() {
        let mut open = OpenBody::default();
        let mut bodies: Vec<_> = (0..PER_CONNECTION_MAX)
            .map(|_| begin(&mut open, 1, 1).1)
            .collect();
        let (_, mut other) = begin(&mut open, 2, 1);
        assert!(!bodies.iter_mut().any(is_cut_off));
        let (_, mut newest) = begin(&mut open, 1, 1);
        assert!(is_cut_off(&mut bodies[0]));
        assert!(!bodies[1..].iter_mut().any(is_cut_off));
        assert!(!is_cut_off(&mut newest) && !is_cut_off(&mut other));
    }

    #[test]
    fn the_oldest_body_of_a_client_goes_and_none_of_another_client() {
        let mut open = OpenBody::default();
        let (_, mut neighbour) = begin(&mut open, 1_000, 2);
        let mut bodies: Vec<_> = (0..PER_CLIENT_MAX as u64)
            .map(|connection| begin(&mut open, connection, 1).1)
            .collect();
        let (_, mut newest) = begin(&mut open, 2_000, 1);
        assert!(is_cut_off(&mut bodies[0]));
        assert!(!bodies[1..].iter_mut().any(is_cut_off));
        assert!(!is_cut_off(&mut newest) && !is_cut_off(&mut neighbour));
    }

    #[test]
    fn what_is_there_is_forgotten() {
        let mut open = OpenBody::default();
        let (number, _cut_off) = begin(&mut open, 1, 1);
        open.remove(number);
        assert!(open.all.is_empty() && open.by_client.is_empty() && open.by_connection.is_empty());
    }

    #[test]
    fn sixteen_kilobytes_have_five_seconds_and_the_next_have_five_more() {
        let begun = Instant::now();
        let kib = 1024;
        for (received, seconds) in [
            (0, 5),
            (1, 5),
            (16 * kib - 1, 5),
            (16 * kib, 10),
            (31 * kib, 10),
            (63 * kib, 20),
        ] {
            let within = due(begun, received) - begun;
            assert_eq!(within, Duration::from_secs(seconds), "{received}");
        }
    }

    #[tokio::test]
    async fn what_is_longer_than_it_may_be_is_not_read() {
        let whole = |bytes: usize| Body::from(vec![b' '; bytes]);
        let of_unknown_length = |bytes: usize| {
            let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(bytes);
            for _ in 0..bytes {
                let sent = sender.try_send(Frame::data(Bytes::from_static(b" ")));
                assert!(sent.is_ok(), "there is room for it");
            }
            Body::new(body)
        };
        for (body, expected) in [
            (whole(0), Ok(0)),
            (whole(8), Ok(8)),
            (whole(9), Err(Unread::TooLarge)),
            (of_unknown_length(8), Ok(8)),
            (of_unknown_length(9), Err(Unread::TooLarge)),
        ] {
            let read = read(body, 8).await;
            assert_eq!(read.map(|bytes| bytes.len()), expected);
        }
    }
}
