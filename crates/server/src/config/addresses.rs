//! The origins whose pages may contain the wizard, and the addresses to return to. Each is compared
//! as a whole, so that only listed ones are allowed.

use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use url::{Host, Url};

use super::values::{is_here, text};

/// An origin as a browser writes it (RFC 6454 section 6.2): scheme and host, and the port if it is
/// not the scheme's default.
#[derive(Clone, Debug)]
pub(crate) struct Origin(pub(crate) String);

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = "expected an origin such as https://portal.contoso.example";
        let url = web_page(text, expected)?;
        let origin = url.origin().ascii_serialization();
        if origin != text {
            return Err(format!(
                "expected only scheme, host and port, as a browser writes them: {origin}"
            ));
        }
        Ok(Self(origin))
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, str::parse)
    }
}

/// An address that the wizard may send a person back to, as a URL parser writes it: scheme, host,
/// port and path.
#[derive(Clone, Debug)]
pub(crate) struct ReturnTo(pub(crate) String);

impl FromStr for ReturnTo {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = "expected an address such as https://portal.contoso.example/account";
        let url = web_page(text, expected)?;
        let is_plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !is_plain {
            return Err("expected only scheme, host, port and path".into());
        }
        Ok(Self(url.into()))
    }
}

impl<'de> Deserialize<'de> for ReturnTo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, str::parse)
    }
}

/// An address over `https:`, or over `http:` to this machine. Its host must be a plain name or IP
/// address, since it is inserted in policies where other characters have a meaning.
fn web_page(text: &str, expected: &'static str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| expected)?;
    let host = url.host().ok_or(expected)?;
    let is_one = match &host {
        Host::Domain(name) => name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    if !is_one {
        return Err(expected);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_here(&host) => Ok(url),
        _ => Err("expected https://, or http:// only to this machine"),
    }
}
