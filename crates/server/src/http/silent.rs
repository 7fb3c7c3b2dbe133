//! Trusted proxies that do not name their clients. All clients of such a proxy share the limits of
//! one client. The log warns of each such proxy once.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use tracing::warn;

use super::client::Client;
use super::forwarded::ForwardedHeader;

/// Maximum proxies to warn of: a trusted network may have more addresses than a log has room for.
const PROXIES_MAX: usize = 32;

/// The proxies that the log has warned of.
#[derive(Default)]
pub(super) struct Silent(Mutex<BTreeSet<IpAddr>>);

impl Silent {
    /// Warns of a proxy that does not name its client. If no header is configured, the warnings
    /// about the configuration cover it.
    pub(super) fn hear(&self, client: Client, header: Option<ForwardedHeader>) {
        let (
            Client::Proxied {
                client: None,
                proxy,
            },
            Some(header),
        ) = (client, header)
        else {
            return;
        };
        if self.is_news(proxy) {
            warn!(
                proxy = %proxy,
                header = header.name(),
                "a trusted proxy does not name its client in the header of http.forwarded-header: all clients behind it share the limits of \
                 one. Configure the proxy to write that header, or name the header that it writes"
            );
        }
    }

    fn is_news(&self, proxy: IpAddr) -> bool {
        let mut warned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        warned.len() < PROXIES_MAX && warned.insert(proxy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_proxy_is_warned_of_once_and_no_more_than_are_read() {
        let silent = Silent::default();
        let proxies = (0..=255).map(|last| IpAddr::from([10, 0, 0, last]));
        let news = |_: usize| {
            proxies
                .clone()
                .filter(|proxy| silent.is_news(*proxy))
                .count()
        };
        assert_eq!([0, 1].map(news), [PROXIES_MAX, 0]);
    }
}
