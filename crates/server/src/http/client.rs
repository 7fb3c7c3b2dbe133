//! The client's address: the peer of the connection, or, behind trusted proxies, the address in the
//! one header that the proxy writes.
//!
//! The log shows it, limits use it, and it decides who may read the service's own metrics.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

use super::forwarded::ForwardedHeader;
use super::settings::HttpSettings;
use crate::pressure;

/// Every header that a proxy adds. A request with any of them has come through a proxy.
const FORWARDING: [HeaderName; 7] = [
    header::FORWARDED,
    X_FORWARDED_FOR,
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-real-ip"),
    header::VIA,
];

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Bits of an IPv6 address that belong to one client (RFC 6177: a site gets at least 64 bits for
/// its subnets).
const V6_PREFIX_BITS: u32 = 64;

/// The addresses in the header, in the order in which proxies added them: the nearest one last.
/// `None` without the header.
fn chain(named: ForwardedHeader, headers: &HeaderMap) -> Option<Vec<Option<IpAddr>>> {
    let (name, read): (_, fn(&str) -> Option<IpAddr>) = match named {
        ForwardedHeader::Forwarded => (header::FORWARDED, by_rfc),
        ForwardedHeader::XForwardedFor => (X_FORWARDED_FOR, node),
    };
    let all = headers.contains_key(&name);
    all.then(|| entries(headers, &name).map(read).collect())
}

/// The source of a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Client {
    /// The peer of the connection.
    Direct(IpAddr),
    /// A peer that says that it speaks for another, but is not a trusted proxy. It may be a proxy,
    /// or a client that wrote the header itself.
    Forwarder(IpAddr),
    /// A client behind a trusted proxy.
    Proxied {
        /// The client, if a trusted proxy names one.
        client: Option<IpAddr>,
        /// The farthest proxy that is known.
        proxy: IpAddr,
    },
}

impl Client {
    /// The client of a request that came from `peer`.
    ///
    /// Each proxy appends the address that it got the request from. So the list is read from its
    /// right end, as long as a trusted proxy wrote the entry. Any client may have written the rest.
    /// A header that the operator does not configure is ignored.
    pub(super) fn of(peer: IpAddr, headers: &HeaderMap, settings: &HttpSettings) -> Self {
        Self::by(settings.forwarded_header, peer, headers, settings)
    }

    /// The client that the other header names, if it contradicts. That header is not believed.
    pub(super) fn contradiction(
        self,
        peer: IpAddr,
        headers: &HeaderMap,
        settings: &HttpSettings,
    ) -> Option<IpAddr> {
        let other = settings.forwarded_header?.other();
        chain(other, headers)?;
        let claimed = Self::by(Some(other), peer, headers, settings).address();
        (claimed != self.address()).then_some(claimed)
    }

    fn by(
        header: Option<ForwardedHeader>,
        peer: IpAddr,
        headers: &HeaderMap,
        settings: &HttpSettings,
    ) -> Self {
        let peer = peer.to_canonical();
        let trusted = &settings.trusted_proxies;
        if !is_in(peer, trusted) {
            return if is_forwarded(headers) {
                Self::Forwarder(peer)
            } else {
                Self::Direct(peer)
            };
        }
        let mut proxy = peer;
        let mut client = None;
        let chain = header.and_then(|header| chain(header, headers));
        for named in chain.unwrap_or_default().into_iter().rev() {
            client = named.map(|named| named.to_canonical());
            match client {
                Some(named) if is_in(named, trusted) => proxy = named,
                Some(_) | None => break,
            }
        }
        Self::Proxied { client, proxy }
    }

    /// The address of the client, or of the proxy if the client is not named.
    pub(super) const fn address(self) -> IpAddr {
        match self {
            Self::Direct(address)
            | Self::Forwarder(address)
            | Self::Proxied {
                client: Some(address),
                ..
            } => address,
            Self::Proxied {
                client: None,
                proxy,
            } => proxy,
        }
    }

    /// The client, if it is known for sure.
    pub(super) const fn known(self) -> Option<IpAddr> {
        match self {
            Self::Direct(address) => Some(address),
            Self::Forwarder(_) => None,
            Self::Proxied { client, .. } => client,
        }
    }

    /// Whether the client is this machine. A request through a proxy may come from any machine,
    /// even if the proxy is near.
    pub(super) const fn is_this_machine(self) -> bool {
        match self {
            Self::Direct(address) => address.is_loopback(),
            Self::Forwarder(_) | Self::Proxied { .. } => false,
        }
    }

    /// The subnet of one client. `None` if a trusted proxy does not name the client.
    pub(super) const fn network(self) -> Option<Subnet> {
        match self {
            Self::Direct(address)
            | Self::Forwarder(address)
            | Self::Proxied {
                client: Some(address),
                ..
            } => Some(Subnet::of(address)),
            Self::Proxied { client: None, .. } => None,
        }
    }
}

/// The client's network, by which failed proofs are counted. `None` if a trusted proxy does not
/// name the client.
pub(super) struct ClientNetwork(pub(super) Option<pressure::Network>);

impl<S: Sync> FromRequestParts<S> for ClientNetwork {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let client = parts.extensions.get::<Client>();
        let is_named = client.filter(|client| client.network().is_some());
        Ok(Self(
            is_named.map(|client| pressure::Network::of(client.address())),
        ))
    }
}

/// Whether a request has passed a proxy, according to its headers.
pub(super) fn is_forwarded(headers: &HeaderMap) -> bool {
    FORWARDING.iter().any(|name| headers.contains_key(name))
}

/// The addresses that belong to one client: one IPv4 address, or the 2⁶⁴ addresses of an IPv6
/// subnet.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Subnet(IpAddr);

impl Subnet {
    pub(super) const fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(IpAddr::V4(address)),
            IpAddr::V6(address) => {
                let subnet = address.to_bits() >> V6_PREFIX_BITS << V6_PREFIX_BITS;
                Self(IpAddr::V6(Ipv6Addr::from_bits(subnet)))
            }
        }
    }
}

/// Whether an address is in one of the networks.
pub(super) fn is_in(address: IpAddr, networks: &[IpNet]) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

/// The elements of a list in all headers of a name, which count as one list (RFC 9110 section 5.3).
fn entries<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).iter();
    values.flat_map(|value| value.to_str().unwrap_or_default().split(','))
}

/// The address in `for=` of an element of `Forwarded` (RFC 7239 section 4). `None` for `unknown`
/// and for names that hide an address.
fn by_rfc(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    node(value.trim().trim_matches('"'))
}

/// An address with or without a port. With a port, an IPv6 address is in brackets (RFC 7239 section
/// 6).
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse();
    address
        .or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip()))
        .ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const PROXY: &str = "10.0.0.1";

    fn client(
        header: Option<ForwardedHeader>,
        peer: &str,
        headers: &[(&'static str, &'static str)],
    ) -> (Client, Option<IpAddr>) {
        let settings = HttpSettings {
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()],
            forwarded_header: header,
            ..HttpSettings::default()
        };
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        let peer = peer.parse().unwrap();
        let client = Client::of(peer, &map, &settings);
        (client, client.contradiction(peer, &map, &settings))
    }

    fn seen(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let (client, _) = client(Some(ForwardedHeader::XForwardedFor), peer, headers);
        client.address().to_string()
    }

    #[test]
    fn the_peer_is_the_client_unless_it_is_a_trusted_proxy() {
        let lie = [("x-forwarded-for", "198.51.100.7")];
        assert_eq!(seen("203.0.113.9", &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", &lie), "203.0.113.9");
        assert_eq!(seen(PROXY, &lie), "198.51.100.7");
        assert_eq!(seen("::ffff:10.0.0.1", &lie), "198.51.100.7");
    }

    #[test]
    fn the_list_is_walked_from_the_right_past_every_trusted_proxy_and_no_further() {
        for (value, client) in [
            ("192.0.2.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
            ("192.0.2.1, 198.51.100.7", "198.51.100.7"),
            ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
            ("192.0.2.1, garbage, 10.0.0.2", "10.0.0.2"),
            ("", PROXY),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("198.51.100.7:80", "198.51.100.7"),
        ] {
            assert_eq!(
                seen(PROXY, &[("x-forwarded-for", value)]),
                client,
                "{value}"
            );
        }
        let lines = [
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-for", "198.51.100.7, 10.0.0.2"),
        ];
        assert_eq!(seen(PROXY, &lines), "198.51.100.7");
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_writes_it() {
        for (value, expected) in [
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
            ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=192.0.2.43, for=\"[fd00::1]\"", "192.0.2.43"),
            ("for=192.0.2.43, for=unknown", PROXY),
            ("for=_hidden", PROXY),
        ] {
            let headers = [("forwarded", value)];
            let (seen, _) = client(Some(ForwardedHeader::Forwarded), PROXY, &headers);
            assert_eq!(seen.address().to_string(), expected, "{value}");
        }
    }

    #[test]
    fn only_the_header_that_the_operator_names_is_believed() {
        let headers = [
            ("forwarded", "for=192.0.2.1"),
            ("x-forwarded-for", "192.0.2.2"),
        ];
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        for (header, believed, ignored) in [
            (
                Some(ForwardedHeader::Forwarded),
                "192.0.2.1",
                Some("192.0.2.2"),
            ),
            (
                Some(ForwardedHeader::XForwardedFor),
                "192.0.2.2",
                Some("192.0.2.1"),
            ),
            (None, PROXY, None),
        ] {
            let (client, other) = client(header, PROXY, &headers);
            assert_eq!(client.address(), address(believed));
            assert_eq!(other, ignored.map(address));
        }
        let same = [
            ("forwarded", "for=192.0.2.1"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        let (_, other) = client(Some(ForwardedHeader::Forwarded), PROXY, &same);
        assert_eq!(other, None);
    }

    #[test]
    fn what_comes_through_a_proxy_is_never_this_machine() {
        let is_here = |headers: HeaderMap, proxies: &[&str]| {
            let settings = HttpSettings {
                trusted_proxies: proxies.iter().map(|it| it.parse().unwrap()).collect(),
                forwarded_header: Some(ForwardedHeader::XForwardedFor),
                ..HttpSettings::default()
            };
            Client::of("127.0.0.1".parse().unwrap(), &headers, &settings).is_this_machine()
        };
        let trusted = ["127.0.0.0/8"].as_slice();
        assert!(is_here(HeaderMap::new(), &[]));
        assert!(!is_here(HeaderMap::new(), trusted));
        for name in FORWARDING {
            for value in ["127.0.0.1", "for=127.0.0.1", "for=unknown", "for=_x", ""] {
                let headers =
                    HeaderMap::from_iter([(name.clone(), HeaderValue::from_static(value))]);
                assert!(!is_here(headers.clone(), &[]), "{name}: {value}");
                assert!(!is_here(headers, trusted), "{name}: {value}");
            }
        }
    }

    #[test]
    fn a_client_has_one_address_of_version_4_or_a_subnet_of_version_6() {
        let network = |text: &str| Subnet::of(text.parse().unwrap());
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:0:0:1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
    }
}
