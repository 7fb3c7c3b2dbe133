//! Values that are checked while they are read, so that their errors have a line.

use std::fmt;
use std::net::IpAddr;

use jiff::tz::TimeZone;
use percent_encoding::percent_decode_str;
use postern_engine::EngineKey;
use postern_engine::identifier::a_label;
use postern_locale::{LANGUAGES, negotiate, ranges};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use subtle::ConstantTimeEq;
use url::{Host, Url};

use super::guessable::is_guessable;
use crate::secret::Secret;

/// Reads text within a visitor, so that an error about an item of a list has the position of that
/// item.
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

/// An item of a list without duplicates. It is read within a visitor, so that its errors have a
/// position.
pub(super) trait Distinct: Sized {
    /// Reads an item, given the items before it.
    fn read<'de, D: Deserializer<'de>>(before: &[Self], deserializer: D) -> Result<Self, D::Error>;
}

/// Reads a list without duplicates.
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

/// Length of the deployment's secret in bytes.
const KEY_BYTES: usize = 32;

/// Maximum length of a domain (RFC 1035 section 2.3.4).
const DOMAIN_LENGTH_MAX: usize = 253;
/// Maximum length of a part of a domain.
const LABEL_LENGTH_MAX: usize = 63;

/// The deployment's secret: 64 hexadecimal digits.
#[derive(Clone)]
pub(super) struct DeploymentKey(pub(super) EngineKey, [u8; KEY_BYTES]);

impl DeploymentKey {
    /// Checks a key in the first position. A key that is easy to guess must not seal. In a later
    /// position it may still open, so that it can be replaced.
    fn sealing<E: Error>(self) -> Result<Self, E> {
        if is_guessable(&self.1) {
            return Err(E::custom(
                "the key is easy to guess, since it repeats a few digits or counts: `openssl rand -hex 32` prints a random one. If this \
                 key is in use, make a list of the new key and, after it, this one",
            ));
        }
        Ok(self)
    }

    /// Whether two keys are equal. Compares in constant time.
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
                "the key must be 64 hexadecimal digits, as `openssl rand -hex 32` prints them",
            )
        })?;
        Ok(Self(EngineKey::new(bytes), bytes))
    }
}

/// How a key is written in the configuration.
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
                    return Err(A::Error::custom("the list has the same key twice"));
                }
                Ok(key)
            }
        }

        deserializer.deserialize_any(Another(before))
    }
}

/// One key, or a list of keys. The first one seals, and all of them open.
#[derive(Clone, Debug)]
pub(super) struct DeploymentKeys(Vec<DeploymentKey>);

impl DeploymentKeys {
    /// The keys, the sealing one first. A valid configuration has at least one.
    pub(super) fn iter(&self) -> impl Iterator<Item = &DeploymentKey> {
        self.0.iter()
    }

    /// Whether two lists have the same keys in the same order.
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

/// Accepts a table for one key, or a list for several.
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
        // `from_str_radix` would accept a sign too.
        if pair.starts_with('+') {
            return None;
        }
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

/// The address under which people reach the wizard: `https://` and a host.
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

    /// The address as text, without a trailing slash.
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
            _ => return Err("expected https://, or http:// only to this machine"),
        }
        if !is_plain {
            return Err(REASON);
        }
        if url.path() != "/" {
            return Err("expected no path: base-path sets the path of the whole service");
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

/// Whether a host is this machine, independent of any resolver (RFC 6761 section 6.3).
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
    /// The URL with the password, which the configuration has under a key of its own.
    pub(super) fn with_password(&self, password: Option<&Secret>) -> Secret {
        let mut url = self.0.clone();
        if let Some(password) = password {
            // Setting a password fails only if the URL has no host, and such a URL needs no
            // password.
            let _ = url.set_password(Some(password.reveal()));
        }
        Secret::new(url)
    }
}

impl DatabaseUrl {
    /// Whether the database is lost when the server ends. Covers every way to tell SQLite so.
    pub(super) fn is_in_memory(&self) -> bool {
        let Some(rest) = self.0.as_str().strip_prefix("sqlite:") else {
            return false;
        };
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let name = rest.split(['?', '#']).next().unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy();
        let is_asked_for = |(key, value): (_, _)| key == "mode" && value == "memory";
        // A database without a name is a temporary file.
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
                "put the password into its own key, store.password",
            ));
        }
        match url.scheme() {
            "sqlite" | "postgres" | "postgresql" => Ok(Self(url)),
            _ => Err(expected()),
        }
    }
}

/// A domain, in the form of the DNS.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Domain(pub(super) String);

impl Distinct for Domain {
    fn read<'de, D: Deserializer<'de>>(before: &[Self], deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, |written| {
            let domain = Self::parse(written)?;
            if before.contains(&domain) {
                return Err(format!("{} is in the list twice", domain.0));
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
                "{written:?} is not a domain such as contoso.example or münchen.example"
            ))
        }
    }
}

/// A page or a mailbox that the wizard sends people to: `https:` or `mailto:`.
#[derive(Clone, Debug)]
pub(super) struct Destination(pub(super) String);

impl<'de> Deserialize<'de> for Destination {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match Url::parse(&text) {
            Ok(url) if url.scheme() == "https" => Ok(Self(text)),
            Ok(url) if url.scheme() == "mailto" && url.path().contains('@') => Ok(Self(text)),
            Ok(_) | Err(_) => Err(D::Error::custom(
                "expected the address of a page, with https://, or of a mailbox, with mailto:",
            )),
        }
    }
}

/// A supported language, as a BCP 47 tag.
#[derive(Clone, Debug)]
pub(super) struct Locale(pub(super) String);

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, |tag| {
            let known = LANGUAGES.each_ref().map(|language| language.tag);
            if negotiate([tag], &ranges(&known)).is_some() {
                Ok(Self(tag.to_owned()))
            } else {
                let known = known.join(", ");
                Err(format!(
                    "Postern has no translation for {tag:?}, only for {known}"
                ))
            }
        })
    }
}

/// A time zone, in the spelling of the IANA time zone database.
#[derive(Clone, Debug)]
pub(super) struct Zone(pub(super) String);

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let zone = TimeZone::get(&text).ok();
        let name = zone.as_ref().and_then(TimeZone::iana_name);
        name.map(|name| Self(name.to_owned())).ok_or_else(|| {
            D::Error::custom(format!(
                "{text:?} is not a time zone: write its name in the IANA database, such as \"Europe/Amsterdam\" or \"UTC\""
            ))
        })
    }
}
