//! `[[tenants]]`: an organisation in the configuration.

use std::fmt;
use std::path::Path;

use postern_engine::Tenant;
use postern_engine::policy::Policy;
use postern_engine::tenant::{Administrators, BannedTerms, Disclosure, WriteBack};
use postern_phone::Region;
use postern_protocol::password::{PasswordRules, TermError};
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use toml::Spanned;

use super::addresses::{Origin, ReturnTo};
use super::colours::Colours;
use super::values::{Destination, Domain, Locale, Zone, distinct, text};
use crate::accounts::is_ignorable;
use crate::logo::{Logo, Picture};

/// An organisation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct TenantTable {
    #[serde(default, deserialize_with = "id")]
    id: Option<String>,
    #[serde(deserialize_with = "domains")]
    domains: Vec<Domain>,
    #[serde(deserialize_with = "name")]
    name: String,
    #[serde(default = "enabled")]
    enabled: bool,
    #[serde(default)]
    policy: Option<Policy>,
    #[serde(default)]
    disclosure: Disclosure,
    #[serde(default)]
    write_back: WriteBack,
    #[serde(default, deserialize_with = "region")]
    default_region: Option<Region>,
    #[serde(default)]
    time_zone: Option<Zone>,
    #[serde(default)]
    locales: Vec<Locale>,
    #[serde(default)]
    help_url: Option<Destination>,
    #[serde(default)]
    sign_in_url: Option<Destination>,
    #[serde(default)]
    portals: Vec<Spanned<Origin>>,
    #[serde(default)]
    return_to: Vec<ReturnTo>,
    #[serde(default)]
    administrators: Administrators,
    #[serde(default)]
    password_rules: Rules,
    #[serde(default, deserialize_with = "banned_terms")]
    banned_terms: BannedTerms,
    #[serde(default)]
    colours: Colours,
    #[serde(default)]
    logo: Pictures,
}

/// `[tenants.logo]`: the files of an organisation's logo.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Files {
    #[serde(deserialize_with = "picture")]
    light: Option<Picture>,
    #[serde(deserialize_with = "picture")]
    dark: Option<Picture>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "Files")]
struct Pictures(Option<Logo>);

impl TryFrom<Files> for Pictures {
    type Error = &'static str;

    fn try_from(files: Files) -> Result<Self, Self::Error> {
        match (files.light, files.dark) {
            (Some(light), dark) => Ok(Self(Some(Logo { light, dark }))),
            (None, None) => Ok(Self(None)),
            (None, Some(_)) => {
                Err("dark: a picture for dark pages needs `light` beside it, which is missing")
            }
        }
    }
}

/// The rules for a new password. Lengths and counts are those of [`PasswordRules`].
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenRules {
    min_length: u16,
    max_length: u16,
    classes_required: u8,
    ascii_only: bool,
}

impl Default for WrittenRules {
    fn default() -> Self {
        let PasswordRules {
            min_length,
            max_length,
            classes_required,
            ascii_only,
        } = PasswordRules::default();
        Self {
            min_length,
            max_length,
            classes_required,
            ascii_only,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(try_from = "WrittenRules")]
struct Rules(PasswordRules);

impl TryFrom<WrittenRules> for Rules {
    type Error = String;

    fn try_from(written: WrittenRules) -> Result<Self, Self::Error> {
        let rules = PasswordRules {
            min_length: written.min_length,
            max_length: written.max_length,
            classes_required: written.classes_required,
            ascii_only: written.ascii_only,
        };
        rules.checked().map(Self).map_err(|why| {
            // The message names the key, so that the error gets the position of the key.
            let is_length = why.starts_with("password lengths");
            let key = if is_length {
                "min-length"
            } else {
                "classes-required"
            };
            format!("{key}: {why}")
        })
    }
}

impl TenantTable {
    pub(super) fn domains(&self) -> impl Iterator<Item = &str> {
        self.domains.iter().map(|Domain(domain)| domain.as_str())
    }

    /// The id that all data of the tenant is kept under.
    pub(super) fn id(&self) -> &str {
        let first = || self.domains().next().unwrap_or_default();
        self.id.as_deref().unwrap_or_else(first)
    }

    /// Origins of the pages that may contain the wizard.
    pub(super) fn portals(&self) -> &[Spanned<Origin>] {
        &self.portals
    }

    /// Whether the tenant wants passwords written back to a directory.
    pub(super) const fn writes_back(&self) -> bool {
        matches!(self.write_back, WriteBack::Deployed)
    }

    /// The tenant's colours.
    pub(super) const fn colours(&self) -> &Colours {
        &self.colours
    }

    /// The tenant's id, and a style sheet with its colours. `None` if it sets none.
    pub(super) fn theme(&self) -> Option<(String, String)> {
        let id = self.id().to_owned();
        Some((id, self.colours.style_sheet(self.domains())?))
    }

    /// The tenant's id and its logo. `None` if it has no logo.
    pub(super) fn logo(&self) -> Option<(String, Logo)> {
        Some((self.id().to_owned(), self.logo.0.clone()?))
    }

    /// The tenant in the form that the judge uses.
    pub(super) fn tenant(&self) -> Tenant {
        let link =
            |link: &Option<Destination>| link.as_ref().map(|Destination(address)| address.clone());
        Tenant {
            id: self.id.clone(),
            domains: self.domains().map(str::to_owned).collect(),
            name: self.name.clone(),
            is_enabled: self.enabled,
            policy: self.policy.clone(),
            disclosure: self.disclosure,
            write_back: self.write_back,
            default_region: self.default_region,
            time_zone: self.time_zone.as_ref().map(|Zone(name)| name.clone()),
            locales: self.locales.iter().map(|Locale(tag)| tag.clone()).collect(),
            help_url: link(&self.help_url),
            sign_in_url: link(&self.sign_in_url),
            portals: self
                .portals
                .iter()
                .map(|origin| origin.as_ref().0.clone())
                .collect(),
            return_to: self
                .return_to
                .iter()
                .map(|ReturnTo(address)| address.clone())
                .collect(),
            administrators: self.administrators.clone(),
            password_rules: self.password_rules.0,
            banned_terms: self.banned_terms.clone(),
        }
    }
}

/// Maximum characters of an id: the same as for a domain (RFC 1035 section 2.3.4).
const ID_LENGTH_MAX: usize = 253;

/// Whether a text is a valid tenant id.
pub(super) fn is_id(id: &str) -> bool {
    let is_plain = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || "-._".contains(character)
    };
    !id.is_empty() && id.len() <= ID_LENGTH_MAX && id.chars().all(is_plain)
}

fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let id = String::deserialize(deserializer)?;
    if !is_id(&id) {
        return Err(D::Error::custom(
            "an id consists of lower-case letters from a to z, digits, dots, hyphens and underscores",
        ));
    }
    Ok(Some(id))
}

const fn enabled() -> bool {
    true
}

fn picture<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Picture>, D::Error> {
    text(deserializer, |path| {
        Picture::read(Path::new(path)).map(Some)
    })
}

/// A banned term. Its own type gives the error of an invalid term the position of that term.
struct Term(String);

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, |term| {
            BannedTerms::parse(vec![term.to_owned()])
                .map(|_| Self(term.to_owned()))
                .map_err(|TermError { reason, .. }| format!("the term {term:?}: {reason}"))
        })
    }
}

fn banned_terms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BannedTerms, D::Error> {
    let terms = Vec::<Term>::deserialize(deserializer)?;
    let terms = terms.into_iter().map(|Term(term)| term).collect();
    BannedTerms::parse(terms).map_err(|TermError { reason, .. }| D::Error::custom(reason))
}

fn domains<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Domain>, D::Error> {
    struct Domains;

    impl<'de> Visitor<'de> for Domains {
        type Value = Vec<Domain>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a sequence")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Vec<Domain>, A::Error> {
            let domains = distinct(list)?;
            if domains.is_empty() {
                return Err(A::Error::custom("a tenant needs at least one domain"));
            }
            Ok(domains)
        }
    }

    deserializer.deserialize_seq(Domains)
}

fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(D::Error::custom(
            "a tenant needs a name that is printed on one line",
        ));
    }
    if let Some(mark) = name.chars().find(|it| is_unseen(*it)) {
        return Err(D::Error::custom(format!(
            "the name of a tenant must not contain the invisible character U+{:04X}",
            u32::from(mark)
        )));
    }
    Ok(name)
}

/// Whether a character reverses the reading direction, breaks a line or is not drawn. Characters
/// that join letters or choose the form of a letter are allowed.
fn is_unseen(character: char) -> bool {
    let is_of_script = matches!(
        character,
        '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
    );
    let is_line = matches!(character, '\u{2028}' | '\u{2029}');
    is_line || (is_ignorable(character) && !is_of_script)
}

fn region<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Region>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let known = Region::parse(&text).filter(|region| region.calling_code().is_some());
    known.map(Some).ok_or_else(|| {
        D::Error::custom(format!(
            "{text:?} is not a region with phone numbers: write the two letters of ISO 3166-1"
        ))
    })
}
