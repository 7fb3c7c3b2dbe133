//! A tenant's password rules, as data that the page may see.
//!
//! They are lengths and classes only. They are not secret, and do not depend on the person.

use alloc::vec::Vec;

use postern_wire_derive::wire;

use super::limits::PASSWORD_LENGTH_MAX;
use super::unicode::{is_capital, is_letter, is_number};

/// The shortest password where it is the only factor (NIST SP 800-63B-4 section 3.1.1.2).
pub const MIN_LENGTH_SINGLE_FACTOR: u16 = 15;

/// The shortest password where it is always one of several factors (NIST SP 800-63B-4 section
/// 3.1.1.2; OWASP ASVS 5.0, 6.2.1). A tenant cannot ask for less. It is also the reference's
/// minimum, and the default.
pub const PASSWORD_LENGTH_MIN: u16 = 8;

/// The reference asks for three of the four classes (Microsoft Entra documentation,
/// `concept-sspr-policy`).
const CLASSES_REFERENCE: u8 = 3;

/// The rules of a tenant. Lengths are counted in code points of the NFC form (NIST SP 800-63B-4
/// section 3.1.1.2).
///
/// ```
/// use postern_protocol::password::PasswordRules;
///
/// assert_eq!(PasswordRules::default().classes_required, 0);
/// assert_eq!(PasswordRules::reference().classes_required, 3);
/// ```
#[wire(check = Self::checked)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PasswordRules {
    /// Code points at least; [`PASSWORD_LENGTH_MIN`] or more.
    #[wire(schema(minimum = 8))]
    pub min_length: u16,
    /// Code points at most; [`PASSWORD_LENGTH_MAX`] or fewer.
    pub max_length: u16,
    /// How many of the four [`CharacterClass`]es it must use; 0 for no such rule.
    pub classes_required: u8,
    /// Whether only printable ASCII is taken: some directories store nothing else.
    pub ascii_only: bool,
}

impl PasswordRules {
    /// The reference's policy for cloud accounts: 8 to 256 characters, three of four classes, ASCII
    /// (Microsoft Entra documentation, `concept-sspr-policy`).
    #[must_use]
    pub const fn reference() -> Self {
        Self {
            min_length: PASSWORD_LENGTH_MIN,
            max_length: PASSWORD_LENGTH_MAX,
            classes_required: CLASSES_REFERENCE,
            ascii_only: true,
        }
    }

    /// The rules, if a password can meet them and the standards allow them.
    ///
    /// # Errors
    ///
    /// A message about the value that is out of bounds.
    pub fn checked(self) -> Result<Self, &'static str> {
        if self.min_length < PASSWORD_LENGTH_MIN
            || self.min_length > self.max_length
            || self.max_length > PASSWORD_LENGTH_MAX
        {
            return Err(
                "password lengths run from 8 to 256, the minimum no larger than the maximum",
            );
        }
        if usize::from(self.classes_required) > CharacterClass::ALL.len() {
            return Err("there are four character classes");
        }
        Ok(self)
    }
}

impl Default for PasswordRules {
    /// 8 to 256 characters of any kind: standards ask for no composition rule (NIST SP 800-63B-4
    /// section 3.1.1.2; OWASP ASVS 5.0, 6.2.5).
    fn default() -> Self {
        Self {
            min_length: PASSWORD_LENGTH_MIN,
            max_length: PASSWORD_LENGTH_MAX,
            classes_required: 0,
            ascii_only: false,
        }
    }
}

/// A kind of character. Every code point is of exactly one.
///
/// A letter without case (Arabic, Hebrew, Chinese, …) counts as lower-case: people who write no
/// capitals could otherwise never reach three classes. Active Directory counts such letters as a
/// class of their own, so a password with three classes here has at least three there.
#[wire]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CharacterClass {
    /// A letter that is not a capital.
    Lower,
    /// A capital, of any script that has them.
    Upper,
    /// A digit or other number of any script.
    Digit,
    /// Anything else, spaces too.
    Symbol,
}

impl CharacterClass {
    /// The four classes, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Lower, Self::Upper, Self::Digit, Self::Symbol];

    /// The class of a code point.
    ///
    /// ```
    /// use postern_protocol::password::CharacterClass;
    ///
    /// assert_eq!(CharacterClass::of('É'), CharacterClass::Upper);
    /// assert_eq!(CharacterClass::of('س'), CharacterClass::Lower);
    /// assert_eq!(CharacterClass::of('٣'), CharacterClass::Digit);
    /// assert_eq!(CharacterClass::of(' '), CharacterClass::Symbol);
    /// ```
    #[must_use]
    pub fn of(character: char) -> Self {
        if is_capital(character) {
            Self::Upper
        } else if is_number(character) {
            Self::Digit
        } else if is_letter(character) {
            Self::Lower
        } else {
            Self::Symbol
        }
    }

    /// The classes that a text lacks, in the order of [`ALL`](Self::ALL).
    pub(super) fn missing_in(text: &str) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|class| !text.chars().any(|character| Self::of(character) == *class))
            .collect()
    }
}
