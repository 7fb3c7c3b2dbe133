//! Trusted proxies that do not say whom they speak for: all of their clients share the limits of
//! one, and each such proxy is warned of once.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use tracing::warn;

use super::client::Client;
use super::forwarded::ForwardedHeader;

/// Proxies that are warned of: a trusted network may have more addresses than a log has room for.
const PROXIES_MAX: usize = 32;

/// Those that were warned of.
#[derive(Default)]
pub(super) struct Silent(Mutex<BTreeSet<IpAddr>>);

impl Silent {
    /// Warns of the proxy of a client that it does not name. Where no header is configured, the
    /// configuration is warned of.
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
                 one. Have the proxy write that header, or configure the one that it writes"
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
