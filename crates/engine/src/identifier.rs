//! Who somebody says they are, as typed and as looked up.
//!
//! Parsed once at the edge: what is not an identifier never reaches a directory.

use alloc::borrow::ToOwned;
use alloc::string::String;

use postern_protocol::{IDENTIFIER_LENGTH_MAX, ProblemKind};
use unicode_normalization::UnicodeNormalization;

/// A user name or an e-mail address, of 1 to [`IDENTIFIER_LENGTH_MAX`] characters, without control characters and
/// invisible marks that came along when it was copied.
///
/// ```
/// use postern_engine::Identifier;
///
/// let identifier = Identifier::parse("  Ada@Contoso.example ")?;
/// assert_eq!(identifier.as_typed(), "Ada@Contoso.example");
/// assert_eq!(identifier.normalised(), "ada@contoso.example");
/// assert_eq!(identifier.domain(), Some("contoso.example"));
/// # Ok::<(), postern_protocol::ProblemKind>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Identifier {
    typed: String,
    normalised: String,
}

impl Identifier {
    /// Takes what was typed.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::IdentifierEmpty`] or [`ProblemKind::IdentifierTooLong`].
    pub fn parse(typed: &str) -> Result<Self, ProblemKind> {
        // One more than is taken is enough to know that it is too long, however much was sent.
        let visible: String = typed
            .trim()
            .chars()
            .filter(|character| !is_invisible(*character))
            .take(IDENTIFIER_LENGTH_MAX + 1)
            .collect();
        let visible = visible.trim();
        if visible.is_empty() {
            return Err(ProblemKind::IdentifierEmpty);
        }
        if visible.chars().count() > IDENTIFIER_LENGTH_MAX {
            return Err(ProblemKind::IdentifierTooLong);
        }
        Ok(Self {
            normalised: normalise(visible),
            typed: visible.to_owned(),
        })
    }

    /// As typed, for showing.
    pub fn as_typed(&self) -> &str {
        &self.typed
    }

    /// For comparing: NFC, lower-case.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// What stands after the last `@`, normalised: it picks the tenant.
    pub fn domain(&self) -> Option<&str> {
        self.normalised
            .rsplit_once('@')
            .map(|(_, domain)| domain)
            .filter(|domain| !domain.is_empty())
    }
}

/// The form in which identifiers and addresses are compared.
pub(crate) fn normalise(text: &str) -> String {
    text.trim()
        .nfc()
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// Control characters could forge lines in a log; zero-width and directional marks cannot be seen, yet come along when
/// an address is copied out of a mail.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_see_is_left_out() {
        let identifier = Identifier::parse("\u{2068}ada@contoso.example\u{2069}\u{200b}\n");
        assert_eq!(identifier.unwrap().as_typed(), "ada@contoso.example");
        assert_eq!(
            Identifier::parse(" \u{200b}\u{0} "),
            Err(ProblemKind::IdentifierEmpty)
        );
    }

    #[test]
    fn the_longest_address_is_taken_and_no_longer_one() {
        let longest = "é".repeat(IDENTIFIER_LENGTH_MAX);
        assert!(Identifier::parse(&longest).is_ok());
        assert_eq!(
            Identifier::parse(&(longest + "a")),
            Err(ProblemKind::IdentifierTooLong)
        );
    }

    #[test]
    fn composed_and_decomposed_forms_are_one_identifier() {
        let composed = Identifier::parse("REN\u{c9}@x.example").unwrap();
        let decomposed = Identifier::parse("rene\u{301}@X.example").unwrap();
        assert_eq!(composed.normalised(), decomposed.normalised());
    }

    #[test]
    fn a_user_name_has_no_domain() {
        assert_eq!(Identifier::parse("ada").unwrap().domain(), None);
        assert_eq!(Identifier::parse("ada@").unwrap().domain(), None);
    }
}
