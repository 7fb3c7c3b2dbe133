//! Ids and domains that two tenants share. This module searches the document as written, so that it
//! reports them even if there are other errors.

use toml::Spanned;
use toml::de::DeValue;

use super::document::Document;
use super::place::{Path, Step, Wrong};
use super::tenant::is_id;
use super::values::Domain;

/// The id and the domains of a tenant, as written.
#[derive(Default)]
struct Names {
    id: Option<String>,
    /// Domains, each with its index in the list. Invalid domains are left out, since the
    /// deserializer reports them.
    domains: Vec<(usize, String)>,
}

impl Names {
    fn of(tenant: &DeValue<'_>) -> Self {
        let DeValue::Table(tenant) = tenant else {
            return Self::default();
        };
        let id = tenant.get("id").and_then(|id| id.get_ref().as_str());
        let domains = tenant.get("domains").map(Spanned::get_ref);
        let domains = match domains {
            Some(DeValue::Array(domains)) => domains
                .iter()
                .enumerate()
                .filter_map(|(index, domain)| {
                    let Domain(domain) = Domain::parse(domain.get_ref().as_str()?).ok()?;
                    Some((index, domain))
                })
                .collect(),
            Some(_) | None => Vec::new(),
        };
        Self {
            id: id.filter(|id| is_id(id)).map(str::to_owned),
            domains,
        }
    }

    fn has_domain(&self, domain: &str) -> bool {
        self.domains.iter().any(|(_, own)| own == domain)
    }
}

/// Errors for ids and domains that belong to another tenant too. Each is reported once, at its own
/// position.
pub(super) fn faults(document: &Document<'_>) -> Vec<Wrong> {
    let list = Step::Key("tenants".into());
    let Some(DeValue::Array(tenants)) = document.get(std::slice::from_ref(&list)) else {
        return Vec::new();
    };
    let tenants: Vec<Names> = tenants
        .iter()
        .map(|tenant| Names::of(tenant.get_ref()))
        .collect();
    let mut wrong = Vec::new();
    for (number, names) in tenants.iter().enumerate() {
        let mut refuse = |steps: &[Step], reason| {
            let path: Path = [&[list.clone(), Step::Index(number)], steps].concat();
            wrong.push(Wrong {
                span: document.place(&path),
                reason,
                path,
            });
        };
        let before = || tenants.iter().take(number);
        // If the id is also one of the tenant's own domains, the error is about the domain.
        if let Some(id) = names.id.as_deref().filter(|id| !names.has_domain(id)) {
            let reason = if before().any(|other| other.id.as_deref() == Some(id)) {
                Some(format!("another tenant already has the id {id}"))
            } else if tenants.iter().any(|other| other.has_domain(id)) {
                // Data could be kept under either meaning, and would be found at the wrong tenant.
                Some(format!("the id {id} is a domain of another tenant"))
            } else {
                None
            };
            if let Some(reason) = reason {
                refuse(&[Step::Key("id".into())], reason);
            }
        }
        for (index, domain) in &names.domains {
            if before().any(|other| other.has_domain(domain)) {
                refuse(
                    &[Step::Key("domains".into()), Step::Index(*index)],
                    format!("another tenant already has the domain {domain}"),
                );
            }
        }
    }
    wrong
}
