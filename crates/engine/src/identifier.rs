//! The identifier that a person gives: its typed form and its form for lookups.
//!
//! One function reads every identifier: on the page, over the API, in a sheet of accounts, in the
//! configuration, and in a directory. A text that cannot be an identifier never reaches a
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
/// The parser removes what people copy along with an identifier: `mailto:`, a label such as
/// `Email:`, a name around `<…>`, quotes, blanks, a full stop at the end, and invisible marks. The
/// rest is shown as typed. Comparisons use a folded form: they ignore compatibility forms, case,
/// and the way in which accents are composed. Every apostrophe is `'`, and a domain is its A-label.
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
    /// Parses the typed text.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::IdentifierEmpty`], [`ProblemKind::IdentifierTooLong`], or
    /// [`ProblemKind::IdentifierMalformed`] for a text with more than one possible reading.
    pub fn parse(typed: &str) -> Result<Self, ProblemKind> {
        let typed = clean::cleaned(typed)?;
        if typed.chars().count() > IDENTIFIER_LENGTH_MAX {
            return Err(ProblemKind::IdentifierTooLong);
        }
        let (name, domain) = if let Some((name, domain)) = typed.rsplit_once(clean::is_at) {
            (without_realm(name).1, Some(domain))
        } else {
            let (realm, name) = without_realm(&typed);
            // `contoso.example\ada` contains a domain. The realm in `CONTOSO\ada` does not, and no
            // configuration has it.
            (name, realm.filter(|realm| realm.contains('.')))
        };
        let name = fold_name(name);
        let domain = domain.map(|domain| a_label(domain).unwrap_or_else(|| fold(domain)));
        // No directory has a colon in a name: the person copied the part before it along.
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

    /// The same name in the given domain.
    pub(crate) fn within(self, domain: String) -> Self {
        Self::new(self.typed, self.name, Some(domain))
    }

    /// The typed form, for display.
    pub fn as_typed(&self) -> &str {
        &self.typed
    }

    /// The form for comparisons.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// The A-label of the part after the `@`, or of a realm that is a domain. It selects the
    /// tenant.
    pub fn domain(&self) -> Option<&str> {
        self.domain.as_deref()
    }
}

/// The part before the last backslash, as in `CONTOSO\ada`, and the part after it.
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
