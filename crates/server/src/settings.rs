//! What the host goes by while it runs: the configuration, checked and ready for use. Replaced as a
//! whole when it is read again.

use std::collections::BTreeMap;
use std::time::Duration;

use postern_engine::{Identifier, Identify, Tenant};
use postern_protocol::ProblemKind;

use crate::breached;
use crate::http::Difficulty;
use crate::logo::Logo;

/// Tenants and what every request needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Every tenant.
    pub tenants: Vec<Tenant>,
    /// Style sheets with the colours of those tenants that have their own, by the domain that names
    /// them.
    pub themes: BTreeMap<String, String>,
    /// The pictures of those tenants that have some, by the id of the tenant.
    pub logos: BTreeMap<String, Logo>,
    /// The host of the wizard's own address, such as `reset.contoso.example`: what a text message
    /// is bound to.
    pub host: String,
    /// The origin of the wizard's own pages, as a browser writes it, such as
    /// `https://reset.contoso.example`.
    pub origin: String,
    /// How much work is asked before an attempt.
    pub difficulty: Difficulty,
    /// The service that is asked whether a password was breached, if one is.
    pub breached_passwords: Option<breached::BreachSettings>,
    /// How long the audit log is kept; `None` for ever.
    pub audit_kept: Option<Duration>,
}

impl Settings {
    /// Tenants at a host, reached over `https:`, and everything else at its default.
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

    /// The tenant that has a domain, in whichever form that is written.
    pub fn tenant(&self, domain: &str) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| tenant.has_domain(domain))
    }

    /// Who a person says they are, and the tenant that has them.
    ///
    /// # Errors
    ///
    /// What [`Identifier::locate`] says.
    pub fn locate(&self, identify: &Identify) -> Result<(Identifier, &Tenant), ProblemKind> {
        let page = identify.tenant.as_deref();
        Identifier::locate(&identify.identifier, page, &self.tenants)
    }

    /// The tenant that something is kept under: by its id, or by a domain.
    pub fn tenant_kept_as(&self, name: &str) -> Option<&Tenant> {
        let by_id = self.tenants.iter().find(|tenant| tenant.id() == name);
        by_id.or_else(|| self.tenant(name))
    }

    /// Whether any tenant lets pages of that origin contain the wizard.
    pub fn has_portal(&self, origin: &str) -> bool {
        self.tenants.iter().any(|tenant| tenant.has_portal(origin))
    }
}
