//! Settings that are valid but most likely not intended. `check-config` and the start print them,
//! and refuse nothing because of them.

use std::fs::Metadata;
use std::ops::Range;
use std::os::unix::fs::MetadataExt;

use ipnet::IpNet;
use postern_engine::policy::{Policy, Scope};
use postern_protocol::Method;

use super::document::Document;
use super::{Config, line_and_column, path_of, tenant_path};

/// A setting that may not do what the administrator intended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Warning {
    /// Line and column, counted from 1, if the warning is about a written setting.
    pub place: Option<(usize, usize)>,
    /// The warning, for the administrator who wrote the configuration.
    pub reason: String,
}

/// The position of a setting, and the warning about it.
type Warned = (Option<Range<usize>>, String);

/// Networks that together contain every address that a client can have: in IPv4 (RFC 1112 section
/// 4), in IPv6 (RFC 4291 section 2.4), and in IPv4 mapped to IPv6.
const EVERY_ADDRESS: [&[&str]; 3] = [
    &["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"],
    &["2000::/3"],
    &[
        "::ffff:0:0/97",
        "::ffff:128.0.0.0/98",
        "::ffff:192.0.0.0/99",
    ],
];

/// Whether networks together contain every address of a version of IP.
fn have_every_address(networks: &Vec<IpNet>) -> bool {
    let networks = IpNet::aggregate(networks);
    let is_in = |part: &str| {
        let part: Result<IpNet, _> = part.parse();
        part.is_ok_and(|part| networks.iter().any(|network| network.contains(&part)))
    };
    EVERY_ADDRESS
        .iter()
        .any(|parts| parts.iter().all(|part| is_in(part)))
}

impl Config {
    /// All warnings, each with its position.
    pub fn warnings(&self) -> Vec<Warning> {
        let (document, _) = Document::parse(&self.text);
        let http = self.found_in_http(&document).into_iter();
        let tenants = self.found_in_tenants(&document);
        let files = self.found_in_files(&document);
        let found = http.chain(tenants).chain(files);
        let warnings = found.map(|(span, reason)| Warning {
            place: span.and_then(|span| line_and_column(&self.text, span.start)),
            reason,
        });
        warnings.collect()
    }

    /// Line and column of a key, counted from 1. If the key is not written, those of the table
    /// around it.
    pub fn place(&self, key: &str) -> Option<(usize, usize)> {
        let (document, _) = Document::parse(&self.text);
        let keys: Vec<&str> = key.split('.').collect();
        let span = (1..=keys.len())
            .rev()
            .find_map(|it| document.span(&keys[..it]));
        line_and_column(&self.text, span?.start)
    }

    /// Line and column of the scope of the tenant with the given index.
    pub fn place_of_scope(&self, tenant: usize) -> Option<(usize, usize)> {
        let (document, _) = Document::parse(&self.text);
        let policy = [tenant_path(tenant), path_of(&["policy"])].concat();
        let span = document.place_in(&policy, "scope")?;
        line_and_column(&self.text, span.start)
    }

    /// Line and column of the domains of the tenant with the given index.
    pub fn place_of_domains(&self, tenant: usize) -> Option<(usize, usize)> {
        let (document, _) = Document::parse(&self.text);
        let span = document.place_in(&tenant_path(tenant), "domains")?;
        line_and_column(&self.text, span.start)
    }

    /// Files with a secret that other users can read.
    fn found_in_files(&self, document: &Document<'_>) -> Vec<Warned> {
        let mut files = document.secret_files();
        if let Some(tls) = &self.http.tls {
            let place = document.span(&["http", "tls", "key"]);
            files.push((place.unwrap_or_default(), tls.key.display().to_string()));
        }
        let found = files.into_iter().filter_map(|(span, path)| {
            let reader = reader_of(&std::fs::metadata(&path).ok()?)?;
            let reason = format!(
                "{path}: {reader} can read this file, which has a secret: run chmod 600 on it"
            );
            Some((Some(span), reason))
        });
        found.collect()
    }

    fn found_in_http(&self, document: &Document<'_>) -> Vec<Warned> {
        let http = &self.http;
        let has_proxies = !http.trusted_proxies.is_empty();
        let mut found = Vec::new();
        let mut add = |keys: &[&str], reason: &str| {
            found.push((document.span(keys), reason.to_owned()));
        };
        if has_proxies && http.forwarded_header.is_none() {
            add(
                &["http", "trusted-proxies"],
                "http.trusted-proxies is set without http.forwarded-header, so the server cannot tell clients apart: name the one header that your \
                 proxy writes, \"x-forwarded-for\" or \"forwarded\"",
            );
        }
        if !has_proxies && http.forwarded_header.is_some() {
            add(
                &["http", "forwarded-header"],
                "http.forwarded-header is set without http.trusted-proxies, so the server believes no proxy",
            );
        }
        if have_every_address(&http.trusted_proxies) {
            add(
                &["http", "trusted-proxies"],
                "http.trusted-proxies covers every address: any client can claim to be another one",
            );
        }
        if self.store.url.is_in_memory() {
            add(
                &["store", "url"],
                "store.url is a database in memory: accounts, locks and the audit log are lost when the server ends",
            );
        }
        if self.public_url.as_ref().is_secure() && http.tls.is_none() && !has_proxies {
            add(
                &["public-url"],
                "public-url begins with https://, but neither http.tls nor http.trusted-proxies is set: if a proxy in front speaks \
                 HTTPS, name it in http.trusted-proxies, or all its clients share the limits of one",
            );
        }
        if !http.metrics.listen.ip().is_loopback() && http.metrics.networks.is_empty() {
            add(
                &["http", "metrics", "listen"],
                "other machines can reach http.metrics.listen, but http.metrics.networks lets none of them read it",
            );
        }
        found
    }

    /// Settings that let no person reset, that let the wrong person reset, or that let no call for
    /// help arrive.
    fn found_in_tenants(&self, document: &Document<'_>) -> Vec<Warned> {
        let mut found = Vec::new();
        if self.tenants.is_empty() {
            let reason = "the configuration has no [[tenants]]: every identifier is unknown";
            found.push((None, reason.to_owned()));
        }
        for (index, entry) in self.tenants.iter().enumerate() {
            let tenant = entry.as_ref().tenant();
            let name = tenant.domain();
            let settings = tenant.policy.as_ref().map(Policy::settings);
            let path = tenant_path(index);
            let policy = [tenant_path(index), path_of(&["policy"])].concat();
            let place = |table, key| document.place_in(table, key);
            let header = || place(&path, "policy").unwrap_or_else(|| entry.span());
            let mut add = |span: Option<Range<usize>>, reason: String| {
                found.push((Some(span.unwrap_or_else(header)), reason));
            };
            if tenant.policy.is_none() {
                add(
                    None,
                    format!(
                        "the tenant {name} has no policy, so its people cannot reset their passwords: add a table [tenants.policy]"
                    ),
                );
            }
            if settings
                .is_some_and(|it| matches!(&it.scope, Scope::Groups(groups) if groups.is_empty()))
            {
                add(
                    place(&policy, "scope"),
                    format!(
                        "the tenant {name} has scope = {{ groups = [] }}, so its people cannot reset their passwords: name a group, or \
                         remove scope"
                    ),
                );
            }
            if !tenant.is_enabled {
                add(
                    place(&path, "enabled"),
                    format!(
                        "the tenant {name} has enabled = false, so its people cannot reset their passwords"
                    ),
                );
            }
            if tenant.policy.is_some() && tenant.administrators.is_empty() {
                add(
                    place(&path, "administrators"),
                    format!(
                        "the tenant {name} has no administrators, so a request for help reaches no mailbox: add [tenants.administrators]"
                    ),
                );
            }
            let is_app_enough = tenant.policy.as_ref().is_some_and(|it| {
                it.settings().gates_required == 1 && it.allows(Method::AuthenticatorCode)
            });
            if is_app_enough {
                let reason = format!("the tenant {name} {APP_ENOUGH}");
                add(place(&policy, "methods"), reason);
            }
        }
        found
    }
}

/// The warning about a policy that an authenticator app alone passes.
const APP_ENOUGH: &str = "has one gate, and the six digits of an authenticator app pass it alone: an attacker who tries six codes a day \
     for each of 10,000 people gets into one of their accounts within a day in 16 cases of 100. Ask for two gates, \
     or remove authenticator-code";

/// The users other than the owner who can read a file. A group may read a file that root owns:
/// PostgreSQL has the same rule for its keys.
fn reader_of(file: &Metadata) -> Option<&'static str> {
    const OTHERS: u32 = 0o007;
    const GROUP: u32 = 0o070;
    if file.mode() & OTHERS != 0 {
        Some("every user of this machine")
    } else if file.mode() & GROUP != 0 && file.uid() != 0 {
        Some("every user of its group")
    } else {
        None
    }
}
