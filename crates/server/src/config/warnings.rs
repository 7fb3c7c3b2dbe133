//! What may be meant, and most likely is not: told by `check-config` and at the start, and nothing is refused for it.

use postern_engine::policy::Scope;
use postern_protocol::Method;

use super::Config;

impl Config {
    /// Each as a sentence for the administrator who wrote the configuration.
    pub fn warnings(&self) -> Vec<String> {
        let http = self.warnings_of_http().into_iter().map(str::to_owned);
        http.chain(self.warnings_of_tenants()).collect()
    }

    fn warnings_of_http(&self) -> Vec<&'static str> {
        let http = &self.http;
        let has_proxies = !http.trusted_proxies.is_empty();
        let mut warnings = Vec::new();
        if has_proxies && http.forwarded_header.is_none() {
            warnings.push(
                "http.trusted-proxies is there without http.forwarded-header: no client is told from another. Name the one header that your \
                 proxy writes, \"x-forwarded-for\" or \"forwarded\"",
            );
        }
        if !has_proxies && http.forwarded_header.is_some() {
            warnings.push(
                "http.forwarded-header is there without http.trusted-proxies: no proxy is believed",
            );
        }
        if http
            .trusted_proxies
            .iter()
            .any(|network| network.prefix_len() == 0)
        {
            warnings.push(
                "http.trusted-proxies has every address in it: any client can say that it is another one",
            );
        }
        if self.public_url.as_ref().is_secure() && http.tls.is_none() && !has_proxies {
            warnings.push(
                "public-url begins with https://, and there is neither http.tls nor http.trusted-proxies: a proxy in front that speaks HTTPS has to \
                 be named in http.trusted-proxies, or all its clients share the limits of one",
            );
        }
        if !http.metrics.listen.ip().is_loopback() && http.metrics.networks.is_empty() {
            warnings.push(
                "http.metrics.listen is reached from other machines, and http.metrics.networks lets none of them read it",
            );
        }
        let is_app_enough = self.tenants().iter().any(|tenant| {
            tenant.policy.as_ref().is_some_and(|policy| {
                policy.settings().gates_required == 1 && policy.allows(Method::AuthenticatorCode)
            })
        });
        if is_app_enough {
            warnings.push(
                "the six digits of an authenticator app alone pass the one gate of a tenant.policy: who tries six codes a day of each of 10,000 \
                 people gets into one of their accounts within a day in 16 cases of 100. Ask for two gates, or leave out authenticator-code",
            );
        }
        warnings
    }

    /// What lets no person reset, or no call for help arrive.
    fn warnings_of_tenants(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.tenants.is_empty() {
            warnings.push("there is no [[tenants]]: every identifier is unknown".to_owned());
        }
        for entry in &self.tenants {
            let tenant = entry.as_ref().tenant();
            let name = tenant.domain();
            if tenant.policy.is_none() {
                warnings.push(format!(
                    "the tenant {name} has no policy, and its people cannot reset their passwords: add a table [tenants.policy]"
                ));
            }
            let scope = tenant.policy.as_ref().map(|it| &it.settings().scope);
            if scope
                .is_some_and(|scope| matches!(scope, Scope::Groups(groups) if groups.is_empty()))
            {
                warnings.push(format!(
                    "the tenant {name} has scope = {{ groups = [] }}, and its people cannot reset their passwords: name a group, or leave scope out"
                ));
            }
            if !tenant.is_enabled {
                warnings.push(format!(
                    "the tenant {name} has enabled = false, and its people cannot reset their passwords"
                ));
            }
            if tenant.policy.is_some() && tenant.administrators.is_empty() {
                warnings.push(format!(
                    "the tenant {name} has no administrators, so that a call for help reaches no mailbox: add [tenants.administrators]"
                ));
            }
        }
        warnings
    }
}
