//! `postern.toml`: what an administrator writes, read and checked as a whole before any of it is used.
//!
//! `postern.example.toml` beside this crate names every key.

mod addresses;
mod bare;
mod base_path;
mod carried;
mod colours;
mod document;
mod shared;
mod syntax;
mod tenant;
mod terms;
mod values;
mod warnings;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::ops::Range;
use std::path::{Path, PathBuf};
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
use document::{Document, Step, Wrong};
use tenant::Entry;
pub use values::PublicUrl;
#[cfg(feature = "development")]
pub(crate) use values::is_here;
use values::{DatabaseUrl, DeploymentKeys};

/// Connections to the database, unless the configuration says otherwise: a few for each core of a small machine.
const CONNECTIONS_DEFAULT: u32 = 16;

/// Bytes of a configuration, at most: some thousand organisations have fewer.
const BYTES_MAX: u64 = 1 << 22;

/// Whether this build has a development mode. One for production has none.
const HAS_DEVELOPMENT: bool = cfg!(feature = "development");

/// Why the numbers cannot be where the service is.
const METRICS_LISTEN: &str =
    "http.metrics.listen is the address of listen: each needs a port of its own";

/// A deployment, as it is configured.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Where to listen.
    #[serde(default = "listen_default")]
    pub listen: Spanned<SocketAddr>,
    /// The address that people reach the wizard by.
    pub public_url: Spanned<PublicUrl>,
    /// The path that all of the service is under there.
    #[serde(default)]
    base_path: BasePath,
    /// The deployment's secret: what is kept is sealed with it, and what is counted is counted under names made with it.
    key: DeploymentKeys,
    /// Whether codes that nothing carries go to the development mailbox.
    #[serde(default = "development_default")]
    development: Spanned<bool>,
    /// The database.
    store: Store,
    /// How HTTP is spoken.
    #[serde(default)]
    http: http::Settings,
    /// Who carries mails, texts and calls. In development, a mailbox gets what no carrier takes.
    #[serde(default = "delivery_default")]
    delivery: Spanned<delivery::Settings>,
    /// What is asked before an attempt, in place of a captcha.
    #[serde(default)]
    proof_of_work: Difficulty,
    /// The service that is asked whether a password was breached. None by default.
    #[serde(default)]
    breached_passwords: Option<breached::Settings>,
    /// What is kept of what happened.
    #[serde(default)]
    audit: Audit,
    /// Organisations.
    #[serde(default)]
    tenants: Vec<Spanned<Entry>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Store {
    url: DatabaseUrl,
    #[serde(default)]
    password: Option<Secret>,
    #[serde(default = "connections_default")]
    connections: NonZeroU32,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Audit {
    retention_days: Option<NonZeroU32>,
}

fn listen_default() -> Spanned<SocketAddr> {
    Spanned::new(0..0, (Ipv4Addr::LOCALHOST, 8080).into())
}

fn development_default() -> Spanned<bool> {
    Spanned::new(0..0, false)
}

fn delivery_default() -> Spanned<delivery::Settings> {
    Spanned::new(0..0, delivery::Settings::default())
}

fn connections_default() -> NonZeroU32 {
    NonZeroU32::new(CONNECTIONS_DEFAULT).unwrap_or(NonZeroU32::MIN)
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
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
            .map_err(|error| unread(format!("it cannot be read: {error}")))?
            .ok_or_else(|| {
                unread(format!(
                    "it has more than {BYTES_MAX} bytes, and no configuration has"
                ))
            })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..place]);
            let reason = "this is not UTF-8: save the file as UTF-8".to_owned();
            wrong(vec![ConfigError::at(&before, place..place, reason, &[])])
        })?;
        Self::parse(&text).map_err(wrong)
    }

    /// The same, from its text.
    ///
    /// # Errors
    ///
    /// As [`Config::read`].
    pub fn parse(text: &str) -> Result<Self, Vec<ConfigError>> {
        let (mut document, mut wrong) = Document::parse(text);
        let told = |wrong: Vec<Wrong>| {
            let mut errors: Vec<ConfigError> = wrong
                .into_iter()
                .map(|wrong| ConfigError::at(text, wrong.span, wrong.reason, &wrong.path))
                .collect();
            errors.sort_by_key(|error| error.place);
            errors.dedup();
            errors
        };
        // What could not be read as TOML is missing from the rest.
        if !wrong.is_empty() {
            let bare = document.quote(text, &wrong);
            let mut tried = Vec::new();
            if !bare.is_empty() {
                document.read::<Self>(&mut tried);
            }
            bare::explain(&mut wrong, bare, &tried);
            return Err(told(wrong));
        }
        // Looked for before anything is taken out.
        let shared = shared::faults(&document);
        let config = document.read::<Self>(&mut wrong);
        if let Some(config) = config.as_ref().filter(|_| wrong.is_empty()) {
            wrong = config.wrong(&document);
        }
        wrong.extend(shared);
        match config {
            Some(config) if wrong.is_empty() => Ok(config),
            Some(_) | None => Err(told(wrong)),
        }
    }

    /// What each key may say, but not beside the others.
    fn wrong(&self, document: &Document<'_>) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut refuse = |span: Range<usize>, reason: String| {
            wrong.push(Wrong {
                span,
                reason,
                path: Vec::new(),
            });
        };
        if *self.development.as_ref() && !HAS_DEVELOPMENT {
            refuse(
                self.development.span(),
                "this build has no development mode".into(),
            );
        }
        if self.is_development() && !self.listen.as_ref().ip().is_loopback() {
            refuse(
                self.listen.span(),
                "in development the server may listen to this machine alone: other machines could read the mailbox"
                    .into(),
            );
        }
        if !self.is_development() && !self.public_url.as_ref().is_secure() {
            refuse(
                self.public_url.span(),
                "public-url has to begin with https://, but in development".into(),
            );
        }
        if let Some(span) = document.span(&["http", "metrics", "listen"])
            && is_taken(self.http.metrics.listen, *self.listen.as_ref())
        {
            refuse(span, METRICS_LISTEN.into());
        }
        let host = self.public_url.as_ref().host();
        for (keys, error) in self.delivery.as_ref().check(host) {
            let error = format!("{error:#}");
            // At the key that it is about, if it names one.
            let span = document.key_in(&keys, &error);
            let span = span.or_else(|| document.span(&keys));
            refuse(span.unwrap_or_else(|| self.delivery.span()), error);
        }
        if !self.is_development() {
            for (span, reason) in carried::faults(self, document) {
                refuse(span, reason);
            }
        }
        for entry in &self.tenants {
            for (span, reason) in entry.as_ref().colours().wrong() {
                refuse(span, reason);
            }
        }
        for (index, entry) in self.tenants.iter().enumerate() {
            // In development, built-in accounts play the directory.
            if entry.as_ref().writes_back() && !self.is_development() {
                let place = document.place_in(&tenant_path(index), "write-back");
                refuse(
                    place.unwrap_or_else(|| entry.span()),
                    "write-back = \"deployed\" needs a directory, and this program has none but its own accounts: leave it out"
                        .into(),
                );
            }
        }
        let own = self.public_url.as_ref().origin();
        for portal in self.tenants.iter().flat_map(|it| it.as_ref().portals()) {
            if portal.as_ref().0 == own {
                refuse(
                    portal.span(),
                    format!("{own} is the wizard's own, and no portal"),
                );
            }
        }
        wrong
    }

    /// Whether codes that nothing carries go to the development mailbox.
    pub fn is_development(&self) -> bool {
        HAS_DEVELOPMENT && *self.development.as_ref()
    }

    /// The deployment's keys, the one that seals first. A database that they make gets a lasting part of its own.
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

    /// How HTTP is spoken.
    pub fn http(&self) -> http::Settings {
        http::Settings {
            base_path: self.base_path.as_str().to_owned(),
            ..self.http.clone()
        }
    }

    /// Who carries mails, texts and calls.
    pub fn delivery(&self) -> delivery::Settings {
        let mut delivery = self.delivery.as_ref().clone();
        if let Some(calls) = &mut delivery.calls
            && calls.public_url.is_none()
        {
            let host = self.public_url.as_ref().host();
            calls.public_url = Some(format!("https://{host}{}", self.base_path.as_str()));
        }
        delivery
    }

    /// Connections to it.
    pub fn connections(&self) -> u32 {
        self.store.connections.get()
    }

    /// How long the audit log is kept; for ever unless something is said.
    fn audit_retention(&self) -> Option<Duration> {
        let days = self.audit.retention_days?;
        Some(Duration::from_hours(24) * days.get())
    }

    /// Organisations.
    pub fn tenants(&self) -> Vec<Tenant> {
        let entries = self.tenants.iter();
        entries.map(|entry| entry.as_ref().tenant()).collect()
    }

    /// What the host goes by while it runs.
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

    /// The keys that a running service has taken for good, where another configuration has something else.
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

/// The way to a tenant as it is written.
fn tenant_path(index: usize) -> Vec<Step> {
    vec![Step::Key("tenants".to_owned()), Step::Index(index)]
}

/// Whether one address cannot be listened to beside another: port 0 is any that is free.
fn is_taken(one: SocketAddr, other: SocketAddr) -> bool {
    let (ip, other_ip) = (one.ip(), other.ip());
    // All addresses in IPv6 have those in IPv4 in them.
    let is_within =
        |all: IpAddr, ip: IpAddr| all.is_unspecified() && (all.is_ipv6() || ip.is_ipv4());
    one.port() == other.port()
        && one.port() != 0
        && (ip == other_ip || is_within(ip, other_ip) || is_within(other_ip, ip))
}

/// Something that is wrong with a configuration.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConfigError {
    /// Line and column, from 1 on.
    pub place: Option<(usize, usize)>,
    /// What is wrong there.
    pub reason: String,
    /// What the example says of the key.
    pub help: Option<&'static str>,
}

impl ConfigError {
    fn at(text: &str, span: Range<usize>, reason: String, path: &[Step]) -> Self {
        let before = text.get(..span.start);
        Self {
            place: before.map(|before| {
                let line = before.split('\n').count();
                let column = before.rsplit('\n').next().unwrap_or_default();
                (line, column.chars().count() + 1)
            }),
            reason,
            help: terms::explained(path),
        }
    }
}

/// All that is wrong with a configuration: a line for each, as compilers print them.
#[derive(Clone, Debug)]
pub struct ConfigErrors {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it, line by line.
    pub errors: Vec<ConfigError>,
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            let ConfigError {
                place,
                reason,
                help,
            } = error;
            if index > 0 {
                writeln!(formatter)?;
            }
            write!(formatter, "{}:", self.path.display())?;
            if let Some((line, column)) = place {
                write!(formatter, "{line}:{column}:")?;
            }
            write!(formatter, " {reason}")?;
            if let Some(help) = help {
                write!(formatter, "\n    {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}
