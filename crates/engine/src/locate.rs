//! The organisation of an identifier.

use alloc::borrow::ToOwned;

use postern_protocol::ProblemKind;

use crate::identifier::a_label;
use crate::{Identifier, Tenant};

impl Identifier {
    /// Reads an identifier and finds its organisation: the one of its domain, or the one of the
    /// page if the page has one and the typed identifier has no domain. If there is only one
    /// organisation, every page belongs to it.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse), [`ProblemKind::OrganisationMissing`],
    /// [`ProblemKind::OrganisationOther`] if the page belongs to another tenant, or
    /// [`ProblemKind::OrganisationUnknown`]: the list of organisations is public.
    pub fn locate<'t>(
        typed: &str,
        page: Option<&str>,
        tenants: &'t [Tenant],
    ) -> Result<(Self, &'t Tenant), ProblemKind> {
        let identifier = Self::parse(typed)?;
        let of = |domain: &str| tenants.iter().find(|tenant| tenant.has_domain(domain));
        let of_page = page.and_then(|page| {
            let domain = a_label(page)?;
            Some((of(&domain)?, domain))
        });
        if let Some(domain) = identifier.domain() {
            let tenant = of(domain).ok_or(ProblemKind::OrganisationUnknown)?;
            return match of_page {
                Some((own, _)) if own.domain() != tenant.domain() => {
                    Err(ProblemKind::OrganisationOther {
                        tenant_name: own.name.clone(),
                    })
                }
                Some(_) | None => Ok((identifier, tenant)),
            };
        }
        let only = || match tenants {
            [tenant] => Some((tenant, tenant.domain().to_owned())),
            _ => None,
        };
        let (tenant, domain) = of_page
            .or_else(only)
            .ok_or(ProblemKind::OrganisationMissing)?;
        let identifier = identifier.within(domain);
        Ok((identifier, tenant))
    }
}
