//! An organisation: its policy, and what its pages and mails need to know of it.
//!
//! Data of the host's, read for each call; nothing here is secret but the administrators'
//! addresses.

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
    /// What its accounts, its counters and its rows of the audit log are kept under, whatever
    /// becomes of its domains. Where it has none of its own it is the first domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The domains that identifiers end in, as the DNS has them; the first one stands in its pages
    /// and mails.
    pub domains: Vec<String>,
    /// What it calls itself. No password may contain it.
    pub name: String,
    /// Whether password reset is on.
    #[serde(default = "enabled")]
    pub is_enabled: bool,
    /// Its policy; `None` where it has not made one.
    #[serde(default)]
    pub policy: Option<Policy>,
    /// Whether refusals are told or hidden.
    #[serde(default)]
    pub disclosure: Disclosure,
    /// Where passwords can be written back to.
    #[serde(default)]
    pub write_back: WriteBack,
    /// The region whose national format of phone numbers is understood.
    #[serde(default, with = "region")]
    pub default_region: Option<Region>,
    /// The time zone that its mails and texts give times in, as the IANA names it; `None` for UTC.
    /// The host checks the name.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// BCP 47 tags of the languages it wants, most wanted first.
    #[serde(default)]
    pub locales: Vec<String>,
    /// The helpdesk: an `https:` or `mailto:` address.
    #[serde(default)]
    pub help_url: Option<String>,
    /// Where people sign in.
    #[serde(default)]
    pub sign_in_url: Option<String>,
    /// Origins of the pages that may contain the wizard, each as a browser writes it (RFC 6454
    /// section 6.2).
    #[serde(default)]
    pub portals: Vec<String>,
    /// Addresses that people may be sent back to, each as a URL parser writes it (WHATWG URL,
    /// section 4.5), with neither query nor fragment.
    #[serde(default)]
    pub return_to: Vec<String>,
    /// Whom to write to.
    #[serde(default)]
    pub administrators: Administrators,
    /// What a new password is held to.
    #[serde(default)]
    pub password_rules: PasswordRules,
    /// Terms that the administrator bans from passwords.
    #[serde(default)]
    pub banned_terms: BannedTerms,
}

/// Whether a person who may not reset is told why.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// They are, as the reference does.
    #[default]
    Explain,
    /// They are led through an attempt that cannot succeed, as for an unknown identifier. Only the
    /// audit tells.
    Conceal,
}

/// Whether new passwords can be written to a directory on premises.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteBack {
    /// They cannot.
    #[default]
    NotDeployed,
    /// They can, as long as it is healthy.
    Deployed,
}

/// The administrators who can help, by tier (Microsoft Entra documentation,
/// `concept-sspr-howitworks`).
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Administrators {
    /// Helpdesk and password administrators: the first to be asked.
    pub helpdesk: Vec<Administrator>,
    /// User administrators: asked if there are none of the former.
    pub user: Vec<Administrator>,
    /// Global administrators: asked if there are none of either.
    pub global: Vec<Administrator>,
}

/// An administrator who can be written to.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Administrator {
    /// Their own account, so that they are not notified of what they did themselves.
    pub account: AccountId,
    /// Their address: one `@` with something on either side, so that a mail can be sent.
    #[serde(deserialize_with = "address")]
    pub email: String,
}

/// An address as mails are sent to: what stands before the `@` and what stands behind it.
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
    /// Whether there is none to write to.
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

/// The administrator's banned terms, as written and ready for use. In JSON, the list as written.
#[derive(Clone, Debug)]
pub struct BannedTerms {
    written: Vec<String>,
    terms: CustomTerms,
}

impl BannedTerms {
    /// Takes at most 1000 terms of 4 to 16 characters.
    ///
    /// # Errors
    ///
    /// The first term that cannot be taken, and why.
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
    /// A tenant with one domain, enabled, without a policy and with everything else at its default.
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

    /// What everything of it is kept under.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_else(|| self.domain())
    }

    /// Whether something that is kept under that name is its own: under its id, or, as it was
    /// before there were ids, under one of its domains.
    pub fn is_kept_as(&self, name: &str) -> bool {
        self.id() == name || self.has_domain(name)
    }

    /// Its first domain.
    pub fn domain(&self) -> &str {
        self.domains.first().map_or("", String::as_str)
    }

    /// Whether identifiers of that domain are its own, in whichever form it is written.
    pub fn has_domain(&self, domain: &str) -> bool {
        a_label(domain).is_some_and(|domain| {
            let mut own = self.domains.iter();
            own.any(|own| own.eq_ignore_ascii_case(&domain))
        })
    }

    /// Whether pages of that origin may contain the wizard.
    pub fn has_portal(&self, origin: &str) -> bool {
        self.portals.iter().any(|own| own == origin)
    }

    /// Whether people may be sent back to that address, as a URL parser writes it: no other with
    /// the same beginning.
    pub fn returns_to(&self, address: &str) -> bool {
        self.return_to.iter().any(|own| own == address)
    }

    /// What is public about it: the answer to `GET /api/v1/tenants/{domain}`.
    pub fn public(&self, domain: &str) -> protocol::Tenant {
        protocol::Tenant {
            domain: domain.into(),
            name: self.name.clone(),
            locales: self.locales.clone(),
            help_url: self.help_url.clone(),
            sign_in_url: self.sign_in_url.clone(),
            // Pictures are the host's.
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
