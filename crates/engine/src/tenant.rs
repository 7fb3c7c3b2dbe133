//! An organisation: its policy, and the data for its pages and mails.
//!
//! The host owns this data and reads it for each call. Only the administrators' addresses are
//! secret.

use alloc::string::String;
use alloc::vec::Vec;

use postern_phone::Region;
use postern_protocol as protocol;
use postern_protocol::password::{CustomTerms, PasswordRules, TermError};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Policy;
use crate::account::AccountId;
use crate::identifier::a_label;

/// An organisation.
///
/// ```
/// use postern_engine::{Policy, Tenant};
///
/// let tenant = Tenant {
///     policy: Some(Policy::default()),
///     ..Tenant::new("contoso.example", "Contoso")
/// };
/// assert_eq!(tenant.id(), "contoso.example");
/// assert!(tenant.has_domain("Contoso.EXAMPLE"));
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tenant {
    /// The name under which its accounts, its counters and its rows of the audit log are stored,
    /// whatever happens to its domains. `None` means the first domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The domains of its identifiers, in the form of the DNS. The first one appears in its pages
    /// and mails.
    pub domains: Vec<String>,
    /// The name of the organisation. No password may contain it.
    pub name: String,
    /// Whether password reset is on.
    #[serde(default = "enabled")]
    pub is_enabled: bool,
    /// The policy. `None` if the organisation has not made one.
    #[serde(default)]
    pub policy: Option<Policy>,
    /// Whether refusals are shown or concealed.
    #[serde(default)]
    pub disclosure: Disclosure,
    /// Whether passwords can be written back, and to what.
    #[serde(default)]
    pub write_back: WriteBack,
    /// The region whose national format of phone numbers the parser understands.
    #[serde(default, with = "region")]
    pub default_region: Option<Region>,
    /// The time zone of the times in its mails and texts, as a name of the IANA database. `None`
    /// for UTC. The host checks the name.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// BCP 47 tags of its languages, in order of preference.
    #[serde(default)]
    pub locales: Vec<String>,
    /// The address of the helpdesk: an `https:` or `mailto:` address.
    #[serde(default)]
    pub help_url: Option<String>,
    /// The address of the sign-in page.
    #[serde(default)]
    pub sign_in_url: Option<String>,
    /// The origins of the pages that may contain the wizard, each in the form that a browser writes
    /// (RFC 6454 section 6.2).
    #[serde(default)]
    pub portals: Vec<String>,
    /// The addresses to which the wizard may send people back, each in the form that a URL parser
    /// writes (WHATWG URL, section 4.5), without query and fragment.
    #[serde(default)]
    pub return_to: Vec<String>,
    /// The administrators who get mails.
    #[serde(default)]
    pub administrators: Administrators,
    /// The rules for a new password.
    #[serde(default)]
    pub password_rules: PasswordRules,
    /// Terms that the administrator bans from passwords.
    #[serde(default)]
    pub banned_terms: BannedTerms,
}

/// Whether a person who may not reset sees the reason.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// The person sees the reason, as in the reference.
    #[default]
    Explain,
    /// The person goes through an attempt that cannot succeed, as for an unknown identifier. Only
    /// the audit log has the reason.
    Conceal,
}

/// Whether new passwords can be written to a directory on premises.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBack {
    /// They cannot be written.
    #[default]
    NotDeployed,
    /// They can be written, as long as the directory is healthy.
    Deployed,
}

/// The administrators who can help, by tier (Microsoft Entra documentation,
/// `concept-sspr-howitworks`).
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Administrators {
    /// Helpdesk and password administrators: they are asked first.
    pub helpdesk: Vec<Administrator>,
    /// User administrators: they are asked if the first list is empty.
    pub user: Vec<Administrator>,
    /// Global administrators: they are asked if both other lists are empty.
    pub global: Vec<Administrator>,
}

/// An administrator with a mail address.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Administrator {
    /// The administrator's own account, so that they are not notified of their own reset.
    pub account: AccountId,
    /// The mail address: one `@` with text before and after it, so that the host can send a mail.
    #[serde(deserialize_with = "address")]
    pub email: String,
}

/// Checks a mail address: text before the `@` and text after it.
fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_clean = !text
        .chars()
        .any(|character| character.is_whitespace() || character.is_control());
    match text.rsplit_once('@') {
        Some((name, domain)) if is_clean && !name.is_empty() && !domain.is_empty() => Ok(text),
        Some(_) | None => Err(de::Error::custom(
            "expected an email address such as helpdesk@contoso.example",
        )),
    }
}

impl Administrators {
    /// Whether there is no administrator to write to.
    pub fn is_empty(&self) -> bool {
        self.first_tier().is_empty()
    }

    /// The first tier that is not empty.
    pub(crate) fn first_tier(&self) -> &[Administrator] {
        [&self.helpdesk, &self.user, &self.global]
            .into_iter()
            .find(|tier| !tier.is_empty())
            .map_or(&[], Vec::as_slice)
    }

    /// All administrators, tier by tier.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Administrator> {
        self.helpdesk.iter().chain(&self.user).chain(&self.global)
    }
}

/// The administrator's banned terms, as written and in a form ready for use. In JSON, the list as
/// written.
#[derive(Clone, Debug)]
pub struct BannedTerms {
    written: Vec<String>,
    terms: CustomTerms,
}

impl BannedTerms {
    /// Parses at most 1000 terms of 4 to 16 characters.
    ///
    /// # Errors
    ///
    /// The first invalid term, and the reason.
    pub fn parse(written: Vec<String>) -> Result<Self, TermError> {
        let terms = CustomTerms::parse(written.iter().map(String::as_str))?;
        Ok(Self { written, terms })
    }

    /// The terms, ready for use.
    pub const fn terms(&self) -> &CustomTerms {
        &self.terms
    }
}

impl Default for BannedTerms {
    fn default() -> Self {
        Self {
            written: Vec::new(),
            terms: CustomTerms::EMPTY,
        }
    }
}

impl Serialize for BannedTerms {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for BannedTerms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(Vec::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Tenant {
    /// A tenant with one domain, enabled, without a policy, and with defaults for everything else.
    pub fn new(domain: &str, name: &str) -> Self {
        Self {
            id: None,
            domains: Vec::from([a_label(domain).unwrap_or_else(|| domain.to_ascii_lowercase())]),
            name: name.into(),
            is_enabled: true,
            policy: None,
            disclosure: Disclosure::Explain,
            write_back: WriteBack::NotDeployed,
            default_region: None,
            time_zone: None,
            locales: Vec::new(),
            help_url: None,
            sign_in_url: None,
            portals: Vec::new(),
            return_to: Vec::new(),
            administrators: Administrators::default(),
            password_rules: PasswordRules::default(),
            banned_terms: BannedTerms::default(),
        }
    }

    /// The name under which everything of the tenant is stored.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_else(|| self.domain())
    }

    /// The tenant whose stored data has this name: the tenant's id, or, as in versions before ids,
    /// one of its domains.
    pub fn kept_as<'t>(tenants: &'t [Self], name: &str) -> Option<&'t Self> {
        let by_id = tenants.iter().find(|tenant| tenant.id() == name);
        by_id.or_else(|| tenants.iter().find(|tenant| tenant.has_domain(name)))
    }

    /// The first domain.
    pub fn domain(&self) -> &str {
        self.domains.first().map_or("", String::as_str)
    }

    /// Whether the domain belongs to the tenant, in any spelling.
    pub fn has_domain(&self, domain: &str) -> bool {
        a_label(domain).is_some_and(|domain| {
            let mut own = self.domains.iter();
            own.any(|own| own.eq_ignore_ascii_case(&domain))
        })
    }

    /// Whether pages of this origin may contain the wizard.
    pub fn has_portal(&self, origin: &str) -> bool {
        self.portals.iter().any(|own| own == origin)
    }

    /// Whether the wizard may send people back to this address, in the form that a URL parser
    /// writes. The whole address has to match, not only its beginning.
    pub fn returns_to(&self, address: &str) -> bool {
        self.return_to.iter().any(|own| own == address)
    }

    /// The public data of the tenant: the answer to `GET /api/v1/tenants/{domain}`.
    pub fn public(&self, domain: &str) -> protocol::Tenant {
        protocol::Tenant {
            domain: domain.into(),
            name: self.name.clone(),
            locales: self.locales.clone(),
            help_url: self.help_url.clone(),
            sign_in_url: self.sign_in_url.clone(),
            // The host adds the pictures.
            logo_url: None,
            logo_dark_url: None,
            portals: self.portals.clone(),
            password_rules: self.password_rules,
        }
    }
}

const fn enabled() -> bool {
    true
}

/// A region as its ISO 3166-1 code.
mod region {
    use alloc::string::String;

    use postern_phone::Region;
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks for a reference to the field"
    )]
    pub(super) fn serialize<S: Serializer>(
        region: &Option<Region>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match region {
            Some(region) => serializer.collect_str(region),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Region>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else {
            return Ok(None);
        };
        Region::parse(&text)
            .map(Some)
            .ok_or_else(|| de::Error::custom("a region is two letters, as in ISO 3166-1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_that_asks_for_fewer_than_eight_characters_cannot_be_read() {
        let read = |length: u16| {
            let mut tenant = Tenant::new("contoso.example", "Contoso");
            tenant.password_rules.min_length = length;
            let written = serde_json::to_string(&tenant).expect("a tenant can be written");
            serde_json::from_str::<Tenant>(&written)
        };
        assert!(read(8).is_ok());
        assert!(read(7).is_err());
    }
}
