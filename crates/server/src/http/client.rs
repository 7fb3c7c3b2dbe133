//! The client's address: whoever connects, or, behind proxies that we trust, whom they say they speak for.
//!
//! It goes into the log. Nothing is decided by it but who may read the service's own numbers.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of the client of a request that came from `peer`.
///
/// A proxy adds to the right whom it heard from, so that the list is walked from there for as long as those who wrote it are
/// trusted. What else stands in it anybody may have written. Where both headers are there and say different things, one of
/// them was not written by the proxy, and neither is believed.
pub(super) fn address(peer: IpAddr, trusted: &[IpNet], headers: &HeaderMap) -> IpAddr {
    let walk = |chain: Vec<Option<IpAddr>>| {
        let mut client = peer.to_canonical();
        for named in chain.into_iter().rev() {
            match named {
                Some(named) if is_in(client, trusted) => client = named.to_canonical(),
                Some(_) | None => break,
            }
        }
        client
    };
    let forwarded =
        entries(headers, &header::FORWARDED).map(|list| walk(list.map(by_rfc).collect()));
    let by_custom = entries(headers, &X_FORWARDED_FOR).map(|list| walk(list.map(node).collect()));
    match (forwarded, by_custom) {
        (Some(one), Some(other)) if one != other => peer.to_canonical(),
        (Some(client), _) | (None, Some(client)) => client,
        (None, None) => peer.to_canonical(),
    }
}

/// Whether an address is in one of the networks.
pub(super) fn is_in(address: IpAddr, networks: &[IpNet]) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

/// The elements of a list in the headers of a name, all of them one list (RFC 9110 section 5.3).
fn entries<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
    headers.contains_key(name).then(|| {
        let values = headers.get_all(name).iter();
        values.flat_map(|value| value.to_str().unwrap_or_default().split(','))
    })
}

/// `for=` of an element of `Forwarded` (RFC 7239 section 4); nothing for `unknown` and names that hide an address.
fn by_rfc(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    node(value.trim().trim_matches('"'))
}

/// An address, with or without a port; version 6 in brackets where there is one (RFC 7239 section 6).
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

    fn seen(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        address(peer.parse().unwrap(), &trusted, &map).to_string()
    }

    #[test]
    fn whoever_connects_is_the_client_unless_it_is_a_trusted_proxy() {
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
        for (value, client) in [
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
            ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=192.0.2.43, for=\"[fd00::1]\"", "192.0.2.43"),
            ("for=192.0.2.43, for=unknown", PROXY),
            ("for=_hidden", PROXY),
        ] {
            assert_eq!(seen(PROXY, &[("forwarded", value)]), client, "{value}");
        }
    }

    #[test]
    fn headers_that_contradict_each_other_are_not_believed() {
        let both = |custom| [("forwarded", "for=192.0.2.1"), ("x-forwarded-for", custom)];
        assert_eq!(seen(PROXY, &both("192.0.2.1")), "192.0.2.1");
        assert_eq!(seen(PROXY, &both("192.0.2.2")), PROXY);
    }
}
