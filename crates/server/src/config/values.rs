//! Values that are checked where they stand, so that what is wrong with them is told with their
//! line.

use std::fmt;
use std::net::IpAddr;

use jiff::tz::TimeZone;
use percent_encoding::percent_decode_str;
use postern_engine::EngineKey;
use postern_engine::identifier::a_label;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use subtle::ConstantTimeEq;
use url::{Host, Url};

use super::guessable::is_guessable;
use crate::secret::Secret;

/// Reads text within a visitor, so that what is wrong with one of a list has the place of that one.
pub(super) fn text<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, D::Error> {
    struct Text<F>(F);

    impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Text<F> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.0)(text).map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(read))
}

/// One of a list in which nothing stands twice. It is read within a visitor, so that what is wrong
/// with it has its place.
pub(super) trait Distinct: Sized {
    /// Reads it, with those before it.
    fn read<'de, D: Deserializer<'de>>(before: &[Self], deserializer: D) -> Result<Self, D::Error>;
}

/// Reads such a list.
pub(super) fn distinct<'de, T: Distinct, A: SeqAccess<'de>>(
    mut list: A,
) -> Result<Vec<T>, A::Error> {
    struct Next<'a, T>(&'a [T]);

    impl<'de, T: Distinct> DeserializeSeed<'de> for Next<'_, T> {
        type Value = T;

        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
            T::read(self.0, deserializer)
        }
    }

    let mut read = Vec::new();
    while let Some(next) = list.next_element_seed(Next(&read))? {
        read.push(next);
    }
    Ok(read)
}

/// Bytes of the deployment's secret.
const KEY_BYTES: usize = 32;

/// The longest domain (RFC 1035 section 2.3.4).
const DOMAIN_LENGTH_MAX: usize = 253;
/// The longest part of one.
const LABEL_LENGTH_MAX: usize = 63;

/// The deployment's secret: 64 hexadecimal digits.
#[derive(Clone)]
pub(super) struct DeploymentKey(pub(super) EngineKey, [u8; KEY_BYTES]);

impl DeploymentKey {
    /// The key itself, where it stands first: what is guessed easily seals nothing. Behind another
    /// it opens, so that it can be exchanged.
    fn sealing<E: Error>(self) -> Result<Self, E> {
        if is_guessable(&self.1) {
            return Err(E::custom(
                "the key is a few digits again and again, or numbers that count, which is easily guessed: `openssl rand -hex 32` \
                 prints a random one. Where this one is in use, put it behind the new one, in a list",
            ));
        }
        Ok(self)
    }

    /// Whether both are one.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.1.ct_eq(&other.1).into()
    }
}

impl fmt::Debug for DeploymentKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DeploymentKey")
    }
}

impl<'de> Deserialize<'de> for DeploymentKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let secret = Secret::deserialize(deserializer)?;
        let bytes = bytes_of_hex(secret.reveal()).ok_or_else(|| {
            D::Error::custom(
                "the key has to be 64 hexadecimal digits, as `openssl rand -hex 32` prints them",
            )
        })?;
        Ok(Self(EngineKey::new(bytes), bytes))
    }
}

/// What a key is written as.
const KEY_EXPECTED: &str = "{ env = \"NAME\" } or { file = \"/path\" }";

impl Distinct for DeploymentKey {
    fn read<'de, D: Deserializer<'de>>(before: &[Self], deserializer: D) -> Result<Self, D::Error> {
        struct Another<'a>(&'a [DeploymentKey]);

        impl<'de> Visitor<'de> for Another<'_> {
            type Value = DeploymentKey;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(KEY_EXPECTED)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DeploymentKey, A::Error> {
                let key = DeploymentKey::deserialize(MapAccessDeserializer::new(map))?;
                if self.0.is_empty() {
                    return key.sealing();
                }
                if self.0.iter().any(|other| other.is(&key)) {
                    return Err(A::Error::custom("the same key stands here twice"));
                }
                Ok(key)
            }
        }

        deserializer.deserialize_any(Another(before))
    }
}

/// One key, or a list of them: the first one seals, all of them open.
#[derive(Clone, Debug)]
pub(super) struct DeploymentKeys(Vec<DeploymentKey>);

impl DeploymentKeys {
    /// Each of them, the one that seals first. A configuration that is taken has one at least.
    pub(super) fn iter(&self) -> impl Iterator<Item = &DeploymentKey> {
        self.0.iter()
    }

    /// Whether both have the same in the same order.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self
                .iter()
                .zip(other.iter())
                .all(|(one, other)| one.is(other))
    }
}

impl<'de> Deserialize<'de> for DeploymentKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeysVisitor)
    }
}

/// Takes a table for one key and a list for several.
struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = DeploymentKeys;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{KEY_EXPECTED}, or a list of those with the newest key first"
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DeploymentKeys, A::Error> {
        let key = DeploymentKey::deserialize(MapAccessDeserializer::new(map))?;
        Ok(DeploymentKeys(vec![key.sealing()?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<DeploymentKeys, A::Error> {
        distinct(list).map(DeploymentKeys)
    }
}

fn bytes_of_hex(text: &str) -> Option<[u8; KEY_BYTES]> {
    let mut bytes = [0; KEY_BYTES];
    if text.len() != 2 * KEY_BYTES {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        // It would take a sign too.
        if pair.starts_with('+') {
            return None;
        }
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

/// The address that people reach the wizard by: `https://` and a host.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicUrl {
    url: Url,
    host: String,
}

impl PublicUrl {
    /// The host, without a port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The origin of its pages, as a browser writes it (RFC 6454 section 6.2).
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// As text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    pub(super) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        const REASON: &str = "expected an address such as https://reset.contoso.example";
        let url = Url::parse(text).map_err(|_| REASON)?;
        let host = url.host().ok_or(REASON)?;
        let is_plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        match url.scheme() {
            "https" => {}
            "http" if is_here(&host) => {}
            _ => return Err("expected https://, or http:// to this machine alone"),
        }
        if !is_plain {
            return Err(REASON);
        }
        if url.path() != "/" {
            return Err("expected no path: base-path says which path all of the service is under");
        }
        let host = host.to_string();
        Ok(Self { url, host })
    }
}

impl<'de> Deserialize<'de> for PublicUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

/// Whether a host is this machine, whichever resolver is asked for its address (RFC 6761 section
/// 6.3).
pub(crate) fn is_here(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// `sqlite:` and a path, or `postgres:` and a server, without a password.
#[derive(Clone, Debug)]
pub(super) struct DatabaseUrl(Url);

impl DatabaseUrl {
    /// With the password that stands elsewhere.
    pub(super) fn with_password(&self, password: Option<&Secret>) -> Secret {
        let mut url = self.0.clone();
        if let Some(password) = password {
            // Only an address without a host takes none, and then there is no host to name.
            let _ = url.set_password(Some(password.reveal()));
        }
        Secret::new(url)
    }
}

impl DatabaseUrl {
    /// Whether nothing of it outlives the server, in any of the ways that SQLite is told so.
    pub(super) fn is_in_memory(&self) -> bool {
        let Some(rest) = self.0.as_str().strip_prefix("sqlite:") else {
            return false;
        };
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let name = rest.split(['?', '#']).next().unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy();
        let is_asked_for = |(key, value): (_, _)| key == "mode" && value == "memory";
        // Without a name it is a file that is gone at the end.
        matches!(&*name, "" | ":memory:" | "file::memory:")
            || self.0.query_pairs().any(is_asked_for)
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let expected = || {
            D::Error::custom(
                "expected sqlite:///path/to/file?mode=rwc or postgres://user@host/database",
            )
        };
        let url = Url::parse(&text).map_err(|_| expected())?;
        if url.password().is_some() {
            return Err(D::Error::custom(
                "the password has a key of its own, store.password",
            ));
        }
        match url.scheme() {
            "sqlite" | "postgres" | "postgresql" => Ok(Self(url)),
            _ => Err(expected()),
        }
    }
}

/// A domain, as the DNS has it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Domain(pub(super) String);

impl Distinct for Domain {
    fn read<'de, D: Deserializer<'de>>(before: &[Self], deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, |written| {
            let domain = Self::parse(written)?;
            if before.contains(&domain) {
                return Err(format!("{} stands here twice", domain.0));
            }
            Ok(domain)
        })
    }
}

impl Domain {
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        let text = a_label(written).unwrap_or_default();
        let is_label = |label: &str| {
            (1..=LABEL_LENGTH_MAX).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let is_domain = text.len() <= DOMAIN_LENGTH_MAX
            && text.split('.').all(is_label)
            && text.parse::<IpAddr>().is_err();
        if is_domain {
            Ok(Self(text))
        } else {
            Err(format!(
                "{written:?} is no domain such as contoso.example or münchen.example"
            ))
        }
    }
}

/// A page or a mailbox that people are sent to: `https:` or `mailto:`.
#[derive(Clone, Debug)]
pub(super) struct Destination(pub(super) String);

impl<'de> Deserialize<'de> for Destination {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match Url::parse(&text) {
            Ok(url) if url.scheme() == "https" => Ok(Self(text)),
            Ok(url) if url.scheme() == "mailto" && url.path().contains('@') => Ok(Self(text)),
            Ok(_) | Err(_) => Err(D::Error::custom(
                "expected a page, https:// and its address, or a mailbox, mailto: and its address",
            )),
        }
    }
}

/// A language that there are words in, as a BCP 47 tag.
#[derive(Clone, Debug)]
pub(super) struct Locale(pub(super) String);

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, |tag| {
            let language = tag.split('-').next().unwrap_or_default();
            let known = crate::words::LANGUAGES.map(|(tag, ..)| tag);
            if known.iter().any(|it| it.eq_ignore_ascii_case(language)) {
                Ok(Self(tag.to_owned()))
            } else {
                let known = known.join(", ");
                Err(format!("there are no words in {tag:?}, only in {known}"))
            }
        })
    }
}

/// A time zone, as the IANA database of time zones spells it.
#[derive(Clone, Debug)]
pub(super) struct Zone(pub(super) String);

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let zone = TimeZone::get(&text).ok();
        let name = zone.as_ref().and_then(TimeZone::iana_name);
        name.map(|name| Self(name.to_owned())).ok_or_else(|| {
            D::Error::custom(format!(
                "{text:?} is no time zone: write one as the IANA names it, such as \"Europe/Amsterdam\" or \"UTC\""
            ))
        })
    }
}
