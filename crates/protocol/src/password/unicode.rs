//! What the rules need of Unicode (Standard Annex #15): the composed form (NFC) of a password, the
//! form for comparing (NFKD in lower case), and which characters are letters and digits.
//!
//! The tables for it are larger than all the rest of the page's rules, and every browser has them:
//! the page leaves the feature out and hands in text that JavaScript has composed, lowered, or told
//! the classes of.

#[cfg(feature = "unicode")]
mod tables {
    /// The code points of the NFC form.
    pub(crate) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
        unicode_normalization::UnicodeNormalization::nfc(text)
    }

    /// How many code points the form for comparing has for each byte of UTF-8, at most: U+FDFA has
    /// 18 for three.
    pub(crate) const FOLDED_PER_BYTE: usize = 6;

    /// The form for comparing: compatibility forms taken apart (NFKD), then small letters, which
    /// makes `ß` of `ẞ`, capitals, which makes `SS` of that, and small letters again.
    pub(crate) fn foldable(text: &str) -> impl Iterator<Item = char> {
        let parts = unicode_normalization::UnicodeNormalization::nfkd(text);
        parts
            .flat_map(char::to_lowercase)
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
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
}

#[cfg(not(feature = "unicode"))]
mod tables {
    /// The code points, which the caller has composed.
    pub(crate) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
        text
    }

    /// Each code point has a byte at least.
    pub(crate) const FOLDED_PER_BYTE: usize = 1;

    /// The form for comparing, which the caller has made.
    pub(crate) fn foldable(text: &str) -> impl Iterator<Item = char> {
        text.chars()
    }

    /// Beyond ASCII, the caller has put a character of ASCII of the same class in place.
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
}

pub(super) use tables::{FOLDED_PER_BYTE, foldable, is_capital, is_letter, is_number, nfc};
