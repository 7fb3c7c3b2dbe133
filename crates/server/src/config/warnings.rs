//! What may be meant, and most likely is not: told by `check-config` and at the start, and nothing
//! is refused for it.

use std::fs::Metadata;
use std::ops::Range;
use std::os::unix::fs::MetadataExt;

use ipnet::IpNet;
use postern_engine::policy::{Policy, Scope};
use postern_protocol::Method;

use super::document::Document;
use super::{Config, line_and_column, path_of, tenant_path};

/// Something of a configuration that may not say what is meant.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Warning {
    /// Line and column, from 1 on, where it is about something that is written.
    pub place: Option<(usize, usize)>,
    /// What, for the administrator who wrote it.
    pub reason: String,
}

/// Where something stands, and what is to be said of it.
type Warned = (Option<Range<usize>>, String);

/// What every address that a client can have is in, by the version of IP (RFC 1112 section 4, RFC
/// 4291 section 2.4), and those of the fourth as the sixth writes them.
const EVERY_ADDRESS: [&[&str]; 3] = [
    &["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"],
    &["2000::/3"],
    &[
        "::ffff:0:0/97",
        "::ffff:128.0.0.0/98",
        "::ffff:192.0.0.0/99",
    ],
];

/// Whether networks have every address of a version of IP in them, together.
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
    /// Each with its place.
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

    /// Line and column of a key, from 1 on; where it is not written, of the table that it would be
    /// in.
    pub fn place(&self, key: &str) -> Option<(usize, usize)> {
        let (document, _) = Document::parse(&self.text);
        let keys: Vec<&str> = key.split('.').collect();
        let span = (1..=keys.len())
            .rev()
            .find_map(|it| document.span(&keys[..it]));
        line_and_column(&self.text, span?.start)
    }

    /// Line and column of the scope of a tenant, by its place in the list of them.
    pub fn place_of_scope(&self, tenant: usize) -> Option<(usize, usize)> {
        let (document, _) = Document::parse(&self.text);
        let policy = [tenant_path(tenant), path_of(&["policy"])].concat();
        let span = document.place_in(&policy, "scope")?;
        line_and_column(&self.text, span.start)
    }

    /// Line and column of the domains of a tenant, by its place in the list of them.
    pub fn place_of_domains(&self, tenant: usize) -> Option<(usize, usize)> {
        let (document, _) = Document::parse(&self.text);
        let span = document.place_in(&tenant_path(tenant), "domains")?;
        line_and_column(&self.text, span.start)
    }

    /// Files with something secret that other users can read.
    fn found_in_files(&self, document: &Document<'_>) -> Vec<Warned> {
        let mut files = document.secret_files();
        if let Some(tls) = &self.http.tls {
            let place = document.span(&["http", "tls", "key"]);
            files.push((place.unwrap_or_default(), tls.key.display().to_string()));
        }
        let found = files.into_iter().filter_map(|(span, path)| {
            let reader = reader_of(&std::fs::metadata(&path).ok()?)?;
            let reason = format!("{path}: {reader} can read this file with a secret: chmod 600 it");
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
                "http.trusted-proxies is there without http.forwarded-header: no client is told from another. Name the one header that your \
                 proxy writes, \"x-forwarded-for\" or \"forwarded\"",
            );
        }
        if !has_proxies && http.forwarded_header.is_some() {
            add(
                &["http", "forwarded-header"],
                "http.forwarded-header is there without http.trusted-proxies: no proxy is believed",
            );
        }
        if have_every_address(&http.trusted_proxies) {
            add(
                &["http", "trusted-proxies"],
                "http.trusted-proxies has every address in it: any client can say that it is another one",
            );
        }
        if self.store.url.is_in_memory() {
            add(
                &["store", "url"],
                "store.url is a database in memory: accounts, locks and the audit log are gone when the server ends",
            );
        }
        if self.public_url.as_ref().is_secure() && http.tls.is_none() && !has_proxies {
            add(
                &["public-url"],
                "public-url begins with https://, and there is neither http.tls nor http.trusted-proxies: a proxy in front that speaks HTTPS has to \
                 be named in http.trusted-proxies, or all its clients share the limits of one",
            );
        }
        if !http.metrics.listen.ip().is_loopback() && http.metrics.networks.is_empty() {
            add(
                &["http", "metrics", "listen"],
                "http.metrics.listen is reached from other machines, and http.metrics.networks lets none of them read it",
            );
        }
        found
    }

    /// What lets no person reset, or one who should not, or no call for help arrive.
    fn found_in_tenants(&self, document: &Document<'_>) -> Vec<Warned> {
        let mut found = Vec::new();
        if self.tenants.is_empty() {
            let reason = "there is no [[tenants]]: every identifier is unknown";
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
                        "the tenant {name} has no policy, and its people cannot reset their passwords: add a table [tenants.policy]"
                    ),
                );
            }
            if settings
                .is_some_and(|it| matches!(&it.scope, Scope::Groups(groups) if groups.is_empty()))
            {
                add(
                    place(&policy, "scope"),
                    format!(
                        "the tenant {name} has scope = {{ groups = [] }}, and its people cannot reset their passwords: name a group, or leave scope out"
                    ),
                );
            }
            if !tenant.is_enabled {
                add(
                    place(&path, "enabled"),
                    format!(
                        "the tenant {name} has enabled = false, and its people cannot reset their passwords"
                    ),
                );
            }
            if tenant.policy.is_some() && tenant.administrators.is_empty() {
                add(
                    place(&path, "administrators"),
                    format!(
                        "the tenant {name} has no administrators, so that a call for help reaches no mailbox: add [tenants.administrators]"
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

/// What is said of a policy that the app passes by itself.
const APP_ENOUGH: &str = "lets the six digits of an authenticator app alone pass its one gate: who tries six codes a day of each of 10,000 \
    people gets into one of their accounts within a day in 16 cases of 100. Ask for two gates, or leave out authenticator-code";

/// Who else can read a file than its owner. That a group can is meant where root owns it, as
/// PostgreSQL has it of its keys too.
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
