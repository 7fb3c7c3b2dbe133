//! The settings of the running service: the configuration, checked and prepared. A reload replaces
//! them as a whole.

use std::collections::BTreeMap;
use std::time::Duration;

use postern_engine::Tenant;

use crate::breached;
use crate::http::Difficulty;
use crate::logo::Logo;

/// The tenants, and settings that every request needs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Every tenant.
    pub tenants: Vec<Tenant>,
    /// Style sheets of the tenants with their own colours, by the id of the tenant.
    pub themes: BTreeMap<String, String>,
    /// Logos of the tenants that have one, by the id of the tenant.
    pub logos: BTreeMap<String, Logo>,
    /// The host of the wizard's own address, such as `reset.contoso.example`. Text messages are
    /// bound to it.
    pub host: String,
    /// The origin of the wizard's own pages, as a browser writes it, such as
    /// `https://reset.contoso.example`.
    pub origin: String,
    /// The difficulty of the proof of work.
    pub difficulty: Difficulty,
    /// The service that knows breached passwords, if one is configured.
    pub breached_passwords: Option<breached::BreachSettings>,
    /// How long the audit log is kept; `None` means for ever.
    pub audit_kept: Option<Duration>,
}

impl Settings {
    /// Tenants at a host with `https:`, and defaults for everything else.
    pub fn new(tenants: Vec<Tenant>, host: &str) -> Self {
        Self {
            tenants,
            themes: BTreeMap::new(),
            logos: BTreeMap::new(),
            host: host.to_owned(),
            origin: format!("https://{host}"),
            difficulty: Difficulty::default(),
            breached_passwords: None,
            audit_kept: None,
        }
    }

    /// The tenant with a domain, in either spelling of an international domain.
    pub fn tenant(&self, domain: &str) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| tenant.has_domain(domain))
    }
    /// The tenant that data is kept under, by its id or by a domain.
    pub fn tenant_kept_as(&self, name: &str) -> Option<&Tenant> {
        Tenant::kept_as(&self.tenants, name)
    }

    /// Whether any tenant allows pages of an origin to contain the wizard.
    pub fn has_portal(&self, origin: &str) -> bool {
        self.tenants.iter().any(|tenant| tenant.has_portal(origin))
    }
}
