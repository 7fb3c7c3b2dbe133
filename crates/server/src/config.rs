//! Reads `postern.toml`, and checks all of it before any of it is used.
//!
//! `postern.example.toml` beside this crate names every key.

mod addresses;
mod bare;
mod base_path;
mod carried;
mod colours;
mod document;
mod errors;
mod guessable;
mod place;
mod shared;
mod syntax;
mod tenant;
mod terms;
mod values;
mod warnings;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use postern_engine::{EngineKey, Tenant};
use serde::Deserialize;
use toml::Spanned;

use crate::breached;
use crate::delivery;
use crate::files;
use crate::http::{self, Difficulty};
use crate::keys::Keys;
use crate::random;
use crate::secret::Secret;
use crate::settings::Settings;

#[cfg(feature = "development")]
pub(crate) use addresses::{Origin, ReturnTo};
pub use base_path::BasePath;
use document::Document;
pub use errors::{ConfigError, ConfigErrors};
use errors::{line_and_column, lines_of};
use place::{Wrong, path_of, tenant_path};
use tenant::TenantTable;
pub use values::PublicUrl;
#[cfg(feature = "development")]
pub(crate) use values::is_here;
use values::{DatabaseUrl, DeploymentKeys};
pub use warnings::Warning;

/// Default number of connections to the database: a few for each core of a small machine.
const CONNECTIONS_DEFAULT: u32 = 16;

/// Maximum bytes of a configuration. Some thousand organisations need fewer.
const BYTES_MAX: u64 = 1 << 22;

/// Whether this build has a development mode. A production build has none.
const HAS_DEVELOPMENT: bool = cfg!(feature = "development");

/// The error for metrics on the address of the service.
const METRICS_LISTEN: &str =
    "http.metrics.listen and listen have the same address: give each a port of its own";

/// A deployment, as the configuration describes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The address to listen on.
    #[serde(default = "listen_default")]
    pub listen: Spanned<SocketAddr>,
    /// The address under which people reach the wizard.
    pub public_url: Spanned<PublicUrl>,
    /// The path under that address that the whole service is under.
    #[serde(default)]
    base_path: BasePath,
    /// The deployment's secret. It seals stored data, and names the counters.
    key: DeploymentKeys,
    /// Whether codes without a carrier go to the development mailbox.
    #[serde(default = "development_default")]
    development: Spanned<bool>,
    /// The database.
    store: StoreTable,
    /// The settings of the HTTP server.
    #[serde(default)]
    http: http::HttpSettings,
    /// The carriers of mails, texts and calls. In development, a mailbox replaces missing carriers.
    #[serde(default = "delivery_default")]
    delivery: Spanned<delivery::DeliverySettings>,
    /// The proof of work before an attempt, in place of a captcha.
    #[serde(default)]
    proof_of_work: Difficulty,
    /// The service that knows breached passwords. None by default.
    #[serde(default)]
    breached_passwords: Option<breached::BreachSettings>,
    /// The settings of the audit log.
    #[serde(default)]
    audit: AuditTable,
    /// The tables `[[tenants]]`.
    #[serde(default)]
    tenants: Vec<Spanned<TenantTable>>,
    /// The text of the configuration.
    #[serde(skip)]
    text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StoreTable {
    url: DatabaseUrl,
    #[serde(default)]
    password: Option<Secret>,
    #[serde(default = "connections_default")]
    connections: NonZeroU32,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct AuditTable {
    retention_days: Option<NonZeroU32>,
}

fn listen_default() -> Spanned<SocketAddr> {
    Spanned::new(0..0, (Ipv4Addr::LOCALHOST, 8080).into())
}

fn development_default() -> Spanned<bool> {
    Spanned::new(0..0, false)
}

fn delivery_default() -> Spanned<delivery::DeliverySettings> {
    Spanned::new(0..0, delivery::DeliverySettings::default())
}

fn connections_default() -> NonZeroU32 {
    NonZeroU32::new(CONNECTIONS_DEFAULT).unwrap_or(NonZeroU32::MIN)
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// All errors in the configuration.
    pub fn read(path: &Path) -> Result<Self, ConfigErrors> {
        let wrong = |errors| ConfigErrors {
            path: path.to_owned(),
            errors,
        };
        let unread = |reason| {
            wrong(vec![ConfigError {
                place: None,
                reason,
                help: None,
            }])
        };
        let bytes = files::read_to_end(path, BYTES_MAX)
            .map_err(|error| unread(format!("the file cannot be read: {error}")))?
            .ok_or_else(|| {
                unread(format!(
                    "the file has more than {BYTES_MAX} bytes, too many for a configuration"
                ))
            })?;
        let (text, lost) = lines_of(&bytes);
        let read = Self::parse(&text);
        if lost.is_empty() {
            return read.map_err(wrong);
        }
        let mut errors = lost;
        let is_utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        // Such a line is reported once. A file that is in another encoding as a whole gets no
        // further errors.
        if !is_utf_16 {
            let has_lost = |error: &ConfigError| errors.iter().any(|it| it.line() == error.line());
            let others = read.err().unwrap_or_default().into_iter();
            let others: Vec<_> = others.filter(|error| !has_lost(error)).collect();
            errors.extend(others);
            errors.sort_by_key(|error| error.place);
        }
        Err(wrong(errors))
    }

    /// Parses a configuration from its text.
    ///
    /// # Errors
    ///
    /// As [`Config::read`].
    pub fn parse(text: &str) -> Result<Self, Vec<ConfigError>> {
        let (readable, without_value) = syntax::without_lone_keys(text);
        let (mut document, mut wrong) = Document::parse(&readable);
        wrong.extend(without_value);
        let bare = document.quote(&readable, &wrong);
        // Runs before anything is removed from the document.
        let mut others = shared::faults(&document);
        let config = Self::take(&mut document, &mut others);
        if let Some(config) = &config {
            others.extend(config.wrong(&document));
        }
        bare::explain(&mut wrong, bare, &others);
        if !wrong.is_empty() {
            others.retain(|other| syntax::is_apart(text, &wrong, other));
        }
        wrong.append(&mut others);
        match config {
            Some(config) if wrong.is_empty() => Ok(Self {
                text: text.to_owned(),
                ..config
            }),
            Some(_) | None => {
                let errors = wrong.into_iter();
                let errors =
                    errors.map(|it| ConfigError::at(text, it.span.start, it.reason, &it.path));
                let mut errors: Vec<ConfigError> = errors.collect();
                errors.sort_by_key(|error| error.place);
                errors.dedup();
                Err(errors)
            }
        }
    }

    /// Reads the configuration and collects its errors. That includes errors of a carrier's table
    /// that depend on several of its keys.
    fn take(document: &mut Document<'_>, wrong: &mut Vec<Wrong>) -> Option<Self> {
        loop {
            let config = document.read::<Self>(wrong)?;
            let host = config.public_url.as_ref().host();
            let refused = config.delivery.as_ref().check(host);
            if refused.is_empty() {
                return Some(config);
            }
            for (keys, error) in refused {
                let error = format!("{error:#}");
                let table = path_of(&keys);
                // Points to the key that the error names, if it names one.
                let found = document.named_in(&table, &error);
                let (path, span) = found.unwrap_or_else(|| {
                    let span = document.span(&keys);
                    let span = span.unwrap_or_else(|| config.delivery.span());
                    (table.clone(), span)
                });
                if !document.follows(&table, &error) {
                    wrong.push(Wrong {
                        span,
                        path: Vec::new(),
                        reason: error,
                    });
                }
                document.remove(&path);
            }
        }
    }

    /// Errors that need more than one key to see.
    fn wrong(&self, document: &Document<'_>) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut refuse = |span: Range<usize>, reason: String| {
            wrong.push(Wrong {
                span,
                reason,
                path: Vec::new(),
            });
        };
        // An error that only follows from another error is not reported.
        let lacks = |keys: &[&str]| document.lacks(&path_of(keys));
        let is_in_use = !self.is_development() && !lacks(&["development"]);
        if *self.development.as_ref() && !HAS_DEVELOPMENT {
            refuse(
                self.development.span(),
                "this build has no development mode".into(),
            );
        }
        if self.is_development() && !self.listen.as_ref().ip().is_loopback() {
            refuse(
                self.listen.span(),
                "in development the server may listen only on this machine, since other machines could read the mailbox"
                    .into(),
            );
        }
        if is_in_use && !self.public_url.as_ref().is_secure() {
            refuse(
                self.public_url.span(),
                "public-url must begin with https:// outside development".into(),
            );
        }
        if let Some(span) = document.span(&["http", "metrics", "listen"])
            && !lacks(&["listen"])
            && is_taken(self.http.metrics.listen, *self.listen.as_ref())
        {
            refuse(span, METRICS_LISTEN.into());
        }
        if is_in_use {
            for (span, reason) in carried::faults(&self.tenants, self.delivery.as_ref(), document) {
                refuse(span, reason);
            }
        }
        for (index, entry) in self.tenants.iter().enumerate() {
            let tenant = tenant_path(index);
            let colours = [&tenant[..], &path_of(&["colours"])].concat();
            for (span, reason) in entry.as_ref().colours().wrong() {
                if !document.follows(&colours, &reason) {
                    refuse(span, reason);
                }
            }
            // In development, the built-in accounts take the place of a directory.
            if entry.as_ref().writes_back() && is_in_use {
                let place = document.place_in(&tenant, "write-back");
                refuse(
                    place.unwrap_or_else(|| entry.span()),
                    "write-back = \"deployed\" needs a directory, and this program has only its built-in accounts: remove it"
                        .into(),
                );
            }
        }
        let own = self.public_url.as_ref().origin();
        for portal in self.tenants.iter().flat_map(|it| it.as_ref().portals()) {
            if portal.as_ref().0 == own {
                refuse(
                    portal.span(),
                    format!("{own} is the wizard's own origin, not a portal's"),
                );
            }
        }
        let key = path_of(&["key"]);
        let none = "at least one key is needed";
        if self.key.iter().next().is_none()
            && !document.lacks(&key)
            && !document.follows(&key, none)
        {
            refuse(document.place(&key), none.to_owned());
        }
        wrong
    }

    /// Whether codes without a carrier go to the development mailbox.
    pub fn is_development(&self) -> bool {
        HAS_DEVELOPMENT && *self.development.as_ref()
    }

    /// The deployment's keys; the first one seals. Each has a new random lasting part, which a
    /// database created with them keeps.
    pub fn keys(&self) -> Keys {
        let lasting = random::bytes();
        let keys = self.key.iter().map(|key| key.0.clone());
        let mut keys = keys.map(|key| key.with_lasting(lasting));
        let first = keys
            .next()
            .unwrap_or_else(|| EngineKey::new(random::bytes()));
        Keys::new(first, keys)
    }

    /// The database as a URL, with its password.
    pub fn database(&self) -> Secret {
        self.store.url.with_password(self.store.password.as_ref())
    }

    /// The settings of the HTTP server.
    pub fn http(&self) -> http::HttpSettings {
        http::HttpSettings {
            base_path: self.base_path.as_str().to_owned(),
            ..self.http.clone()
        }
    }

    /// The carriers of mails, texts and calls.
    pub fn delivery(&self) -> delivery::DeliverySettings {
        let mut delivery = self.delivery.as_ref().clone();
        if let Some(calls) = &mut delivery.calls
            && calls.public_url.is_none()
        {
            let host = self.public_url.as_ref().host();
            calls.public_url = Some(format!("https://{host}{}", self.base_path.as_str()));
        }
        delivery
    }

    /// Maximum number of database connections.
    pub fn connections(&self) -> u32 {
        self.store.connections.get()
    }

    /// How long the audit log is kept. `None` means for ever.
    fn audit_retention(&self) -> Option<Duration> {
        let days = self.audit.retention_days?;
        Some(Duration::from_hours(24) * days.get())
    }

    /// The configured tenants.
    pub fn tenants(&self) -> Vec<Tenant> {
        let entries = self.tenants.iter();
        entries.map(|entry| entry.as_ref().tenant()).collect()
    }

    /// The settings that the running service uses.
    pub fn settings(&self) -> Settings {
        Settings {
            tenants: self.tenants(),
            themes: self
                .tenants
                .iter()
                .filter_map(|entry| entry.as_ref().theme())
                .collect(),
            logos: self
                .tenants
                .iter()
                .filter_map(|entry| entry.as_ref().logo())
                .collect(),
            host: self.public_url.as_ref().host().to_owned(),
            origin: self.public_url.as_ref().origin(),
            difficulty: self.proof_of_work,
            breached_passwords: self.breached_passwords.clone(),
            audit_kept: self.audit_retention(),
        }
    }

    /// The keys that differ from another configuration and that a running service cannot change.
    pub fn needs_restart(&self, other: &Self) -> Vec<&'static str> {
        [
            ("listen", self.listen.as_ref() != other.listen.as_ref()),
            ("key", !self.key.is(&other.key)),
            (
                "store",
                self.database().reveal() != other.database().reveal()
                    || self.store.connections != other.store.connections,
            ),
            ("http", self.http != other.http),
            ("base-path", self.base_path != other.base_path),
            (
                "development",
                self.is_development() != other.is_development(),
            ),
        ]
        .into_iter()
        .filter_map(|(key, differs)| differs.then_some(key))
        .collect()
    }
}

/// Whether two addresses cannot be listened on at the same time. Port 0 means any free port.
fn is_taken(one: SocketAddr, other: SocketAddr) -> bool {
    let (ip, other_ip) = (one.ip(), other.ip());
    // The unspecified IPv6 address covers all IPv4 addresses too.
    let is_within =
        |all: IpAddr, ip: IpAddr| all.is_unspecified() && (all.is_ipv6() || ip.is_ipv4());
    one.port() == other.port()
        && one.port() != 0
        && (ip == other_ip || is_within(ip, other_ip) || is_within(other_ip, ip))
}
