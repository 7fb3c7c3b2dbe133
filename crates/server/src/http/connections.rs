//! The open connections: how many a client has, and which one is closed if there are too many.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use super::client::{self, Subnet};
use super::files;
use super::settings::HttpSettings;

/// Maximum connections. Each costs some ten kilobytes. Further connections wait in the kernel.
const ALL_MAX: usize = 8192;

/// Maximum connections of one client. A whole office of a hundred browsers may share one address.
const PER_CLIENT_MAX: usize = 512;

/// How often the log says that a client has too many connections, so that a flood of connections
/// does not flood the log.
const SAY_AGAIN_AFTER: Duration = Duration::from_mins(1);

/// A connection, in the form that its requests see.
pub(super) struct Connected {
    number: u64,
    peer: SocketAddr,
    is_proxy: bool,
    opened: Instant,
    /// Nanoseconds after `opened` at which a request on the connection last arrived whole or was
    /// answered.
    active: AtomicU64,
    /// Requests on the connection that have arrived whole and are not answered yet.
    busy: AtomicUsize,
    cut_off: CancellationToken,
}

/// A request that has arrived whole and is not answered yet. It ends when dropped.
pub(super) struct Busy(Arc<Connected>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
        self.0.touch();
    }
}

impl Connected {
    /// The address of the peer.
    pub(super) const fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// A unique number of the connection.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Whether the peer is a trusted proxy.
    pub(super) const fn is_proxy(&self) -> bool {
        self.is_proxy
    }

    /// Marks that a request on the connection has arrived whole.
    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        self.busy.fetch_add(1, Ordering::Relaxed);
        self.touch();
        Busy(self.clone())
    }

    /// Waits until the connection is cut off, because there are too many.
    pub(super) async fn cut_off(&self) {
        self.cut_off.cancelled().await;
    }

    fn touch(&self) {
        let after = u64::try_from(self.opened.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.active.store(after, Ordering::Relaxed);
    }

    /// The sort key for cutting off: idle connections first, and of those the one that has been
    /// idle for longest.
    fn worth(&self) -> (bool, Instant) {
        let after = Duration::from_nanos(self.active.load(Ordering::Relaxed));
        let is_busy = self.busy.load(Ordering::Relaxed) > 0;
        (is_busy, self.opened + after)
    }
}

/// All open connections.
pub(super) struct Connections {
    max: usize,
    per_client_max: usize,
    open: Mutex<OpenConnection>,
}

#[derive(Default)]
struct OpenConnection {
    next: u64,
    /// When the log last said that a client has too many.
    said: Option<Instant>,
    by_client: HashMap<Subnet, Vec<Arc<Connected>>>,
}

/// Removes a connection from the list when it is dropped.
pub(super) struct Opened {
    connections: Arc<Connections>,
    connected: Arc<Connected>,
}

impl Opened {
    pub(super) const fn connected(&self) -> &Arc<Connected> {
        &self.connected
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.connections.forget(&self.connected);
    }
}

impl Connections {
    /// Allows as many connections as this process may open files for.
    pub(super) fn new() -> Arc<Self> {
        Self::bounded(files::left_for(ALL_MAX))
    }

    fn bounded(max: usize) -> Arc<Self> {
        Arc::new(Self {
            max,
            per_client_max: PER_CLIENT_MAX.min(max / 2).max(1),
            open: Mutex::default(),
        })
    }

    /// Maximum number of connections.
    pub(super) const fn max(&self) -> usize {
        self.max
    }

    /// Adds a connection. If its client has too many, the one that has been idle for longest is cut
    /// off. A trusted proxy may have any number.
    pub(super) fn open(self: &Arc<Self>, peer: SocketAddr, settings: &HttpSettings) -> Opened {
        let is_proxy = client::is_in(peer.ip(), &settings.trusted_proxies);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let connected = Arc::new(Connected {
            number: open.next,
            peer,
            is_proxy,
            opened: Instant::now(),
            active: AtomicU64::new(0),
            busy: AtomicUsize::new(0),
            cut_off: CancellationToken::new(),
        });
        open.next += 1;
        let mut cut_off = false;
        if !is_proxy {
            let network = Subnet::of(peer.ip());
            let of_client = open.by_client.entry(network).or_default();
            if of_client.len() >= self.per_client_max {
                let idlest = of_client.iter().enumerate();
                let idlest = idlest.min_by_key(|(_, connected)| connected.worth());
                if let Some(place) = idlest.map(|(place, _)| place) {
                    of_client.swap_remove(place).cut_off.cancel();
                    cut_off = true;
                }
            }
            of_client.push(connected.clone());
        }
        if cut_off
            && open
                .said
                .is_none_or(|said| said.elapsed() >= SAY_AGAIN_AFTER)
        {
            open.said = Some(Instant::now());
            warn!(
                client = %peer.ip(),
                connections = self.per_client_max,
                "a client has too many connections, so the server closes its idlest one: if the client is a proxy, name it in \
                 http.trusted-proxies"
            );
        }
        Opened {
            connections: self.clone(),
            connected,
        }
    }

    fn forget(&self, connected: &Arc<Connected>) {
        let network = Subnet::of(connected.peer.ip());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_client) = open.by_client.get_mut(&network) {
            of_client.retain(|other| other.number != connected.number);
            if of_client.is_empty() {
                open.by_client.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(last: u8) -> SocketAddr {
        ([192, 0, 2, last], 443).into()
    }

    fn is_cut_off(opened: &Opened) -> bool {
        opened.connected.cut_off.is_cancelled()
    }

    #[test]
    fn the_idlest_connection_of_a_client_goes_where_there_are_too_many() {
        let connections = Connections::bounded(6);
        let settings = HttpSettings::default();
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(connections.open(peer(1), &settings));
        }
        let neighbour = connections.open(peer(2), &settings);
        // The first connection is busy, and the second one was until now.
        let at_work = held[0].connected.busy();
        drop(held[1].connected.busy());
        let newest = connections.open(peer(1), &settings);
        assert_eq!(
            held.iter().map(is_cut_off).collect::<Vec<_>>(),
            [false, false, true]
        );
        assert!(!is_cut_off(&newest) && !is_cut_off(&neighbour));
        drop(at_work);
        drop((held, newest, neighbour));
        assert!(connections.open.lock().unwrap().by_client.is_empty());
    }

    #[test]
    fn a_trusted_proxy_may_have_any_number_of_connections() {
        let connections = Connections::bounded(2);
        let settings = HttpSettings {
            trusted_proxies: vec!["192.0.2.0/24".parse().unwrap()],
            ..HttpSettings::default()
        };
        let open = |_| connections.open(peer(1), &settings);
        let held: Vec<_> = (0..10).map(open).collect();
        assert!(!held.iter().any(is_cut_off));
    }
}
