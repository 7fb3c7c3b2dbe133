//! The identifier that a person gives, as typed and as looked up.
//!
//! One function reads an identifier wherever one is written: on the page, over the API, in a sheet
//! of accounts, in the configuration, in a directory. What cannot be an identifier never reaches a
//! directory.

mod clean;
mod domain;
mod fold;

use alloc::format;
use alloc::string::String;

use postern_protocol::{IDENTIFIER_LENGTH_MAX, ProblemKind};

pub use domain::a_label;
pub use fold::fold;
pub(crate) use fold::with_plain_apostrophes;

use fold::fold_name;

/// A user name or an e-mail address, of 1 to [`IDENTIFIER_LENGTH_MAX`] characters.
///
/// What came along when it was copied is taken off: `mailto:`, a label such as `Email:`, a name
/// around `<…>`, quotes, blanks, a full stop at the end, marks that cannot be seen. What is left is
/// shown as typed. What is compared is folded: compatibility forms, case and accents that were
/// composed otherwise do not count, every apostrophe is `'`, and a domain is its A-label.
///
/// ```
/// use postern_engine::Identifier;
///
/// let identifier = Identifier::parse("  Ada Birch <Ada@München.example>, ")?;
/// assert_eq!(identifier.as_typed(), "Ada@München.example");
/// assert_eq!(identifier.normalised(), "ada@xn--mnchen-3ya.example");
/// assert_eq!(identifier.domain(), Some("xn--mnchen-3ya.example"));
/// # Ok::<(), postern_protocol::ProblemKind>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Identifier {
    typed: String,
    name: String,
    domain: Option<String>,
    normalised: String,
}

impl Identifier {
    /// Takes what was typed.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::IdentifierEmpty`], [`ProblemKind::IdentifierTooLong`], or
    /// [`ProblemKind::IdentifierMalformed`] for what can be read in more than one way.
    pub fn parse(typed: &str) -> Result<Self, ProblemKind> {
        let typed = clean::cleaned(typed)?;
        if typed.chars().count() > IDENTIFIER_LENGTH_MAX {
            return Err(ProblemKind::IdentifierTooLong);
        }
        let (name, domain) = if let Some((name, domain)) = typed.rsplit_once(clean::is_at) {
            (without_realm(name).1, Some(domain))
        } else {
            let (realm, name) = without_realm(&typed);
            // `contoso.example\ada` says where it belongs; what stands in `CONTOSO\ada` no
            // configuration knows.
            (name, realm.filter(|realm| realm.contains('.')))
        };
        let name = fold_name(name);
        let domain = domain.map(|domain| a_label(domain).unwrap_or_else(|| fold(domain)));
        // No directory has a colon in a name: what stands before it was copied along.
        let is_name = !name.is_empty() && !name.contains(['@', ':']);
        if !is_name || domain.as_ref().is_some_and(String::is_empty) {
            return Err(ProblemKind::IdentifierMalformed);
        }
        Ok(Self::new(typed, name, domain))
    }

    fn new(typed: String, name: String, domain: Option<String>) -> Self {
        let normalised = match &domain {
            Some(domain) => format!("{name}@{domain}"),
            None => name.clone(),
        };
        Self {
            typed,
            name,
            domain,
            normalised,
        }
    }

    /// The same name in a domain.
    pub(crate) fn within(self, domain: String) -> Self {
        Self::new(self.typed, self.name, Some(domain))
    }

    /// As typed, for showing.
    pub fn as_typed(&self) -> &str {
        &self.typed
    }

    /// For comparing.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// The A-label of what stands after the `@`: it picks the tenant.
    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }
}

/// What stands before the last backslash, as in `CONTOSO\ada`, and what behind it.
fn without_realm(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once(clean::is_backslash) {
        Some((realm, name)) => (Some(realm), name),
        None => (None, name),
    }
}

/// The form in which identifiers and addresses are compared.
pub fn normalise(text: &str) -> String {
    match Identifier::parse(text) {
        Ok(identifier) => identifier.normalised,
        Err(_) => fold_name(text.trim()),
    }
}
