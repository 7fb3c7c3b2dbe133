//! What the rules need of Unicode: the composed form (NFC, Unicode Standard Annex #15) in which every password and term is
//! judged, lower case, and which characters are letters and digits.
//!
//! The tables for it are larger than all the rest of the page's rules, and every browser has them: the page leaves the feature
//! out and hands in text that JavaScript has composed, lowered, or told the classes of.

#[cfg(feature = "unicode")]
mod tables {
    /// The code points of the NFC form.
    pub(crate) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
        unicode_normalization::UnicodeNormalization::nfc(text)
    }

    /// The simple lower-case mapping, one code point to one, so that lengths stay. Only `İ` has a longer one: its `i` is kept.
    pub(crate) fn lower(character: char) -> char {
        character.to_lowercase().next().unwrap_or(character)
    }

    pub(crate) fn is_capital(character: char) -> bool {
        character.is_uppercase()
    }

    pub(crate) fn is_number(character: char) -> bool {
        character.is_numeric()
    }

    pub(crate) fn is_letter(character: char) -> bool {
        character.is_alphabetic()
    }

    /// Whether a part of an identifier ends there.
    pub(crate) fn is_separator(character: char) -> bool {
        !character.is_alphanumeric()
    }
}

#[cfg(not(feature = "unicode"))]
mod tables {
    /// The code points, composed by whoever called.
    pub(crate) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
        text
    }

    /// Lower case in ASCII; the rest was lowered by whoever called, as it was composed.
    pub(crate) const fn lower(character: char) -> char {
        character.to_ascii_lowercase()
    }

    /// Beyond ASCII, whoever called has put a character of ASCII of the same class in place.
    pub(crate) const fn is_capital(character: char) -> bool {
        character.is_ascii_uppercase()
    }

    /// As for capitals.
    pub(crate) const fn is_number(character: char) -> bool {
        character.is_ascii_digit()
    }

    /// As for capitals.
    pub(crate) const fn is_letter(character: char) -> bool {
        character.is_ascii_alphabetic()
    }

    /// Whether a part of an identifier ends there. Signs beyond ASCII part nothing: the judge, who has the tables, sees to them.
    pub(crate) const fn is_separator(character: char) -> bool {
        character.is_ascii() && !character.is_ascii_alphanumeric()
    }
}

pub(super) use tables::{is_capital, is_letter, is_number, is_separator, lower, nfc};
