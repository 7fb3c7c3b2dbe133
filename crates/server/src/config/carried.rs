//! Messages that a tenant's policy needs and that have no carrier.

use std::collections::BTreeSet;
use std::ops::Range;

use postern_protocol::Method;
use toml::Spanned;

use super::document::Document;
use super::place::{Path, path_of, tenant_path};
use super::tenant::TenantTable;
use crate::delivery;

/// An error for each missing carrier, at the method that needs it. Mails are always needed, since
/// people get a mail when their password changes.
pub(super) fn faults(
    tenants: &[Spanned<TenantTable>],
    delivery: &delivery::DeliverySettings,
    document: &Document<'_>,
) -> Vec<(Range<usize>, String)> {
    let mut faults = Vec::new();
    for (index, entry) in tenants.iter().enumerate() {
        let tenant = entry.as_ref().tenant();
        let methods = tenant
            .policy
            .as_ref()
            .map(|policy| policy.settings().methods.as_slice());
        let methods = methods.unwrap_or_default().iter().copied();
        let mut missing = BTreeSet::new();
        for method in std::iter::once(Method::Email).chain(methods) {
            let (what, key) = match method {
                Method::MobileSms => ("texts", "delivery.texts"),
                Method::MobileCall | Method::OfficeCall => ("calls", "delivery.calls"),
                Method::Email | Method::Questions | Method::AuthenticatorCode => {
                    ("mails", "delivery.mail")
                }
            };
            // A carrier with an error is reported already. If the methods have an error, the real
            // ones are unknown.
            let carrier: Vec<&str> = key.split('.').collect();
            let is_unsure = document.lacks(&path_of(&carrier))
                || (method != Method::Email && document.lacks(&methods_of(index)));
            if !is_unsure && !delivery.carries(method) && missing.insert(key) {
                let domains = [tenant_path(index), path_of(&["domains"])].concat();
                let name = if document.lacks(&domains) {
                    "this tenant"
                } else {
                    tenant.domain()
                };
                let place = place(document, index, method).unwrap_or_else(|| entry.span());
                let reason = format!("{name} sends {what}, but the configuration has no {key}");
                faults.push((place, reason));
            }
        }
    }
    faults
}

/// The position of a method of a tenant. If the policy has the method by default, the position of
/// the policy.
fn place(document: &Document<'_>, index: usize, method: Method) -> Option<Range<usize>> {
    let name = serde_json::to_value(method).ok()?;
    let place = document.place_of(&methods_of(index), name.as_str()?);
    place.or_else(|| document.place_in(&tenant_path(index), "policy"))
}

/// The path to the methods of a tenant's policy.
fn methods_of(index: usize) -> Path {
    [tenant_path(index), path_of(&["policy", "methods"])].concat()
}
