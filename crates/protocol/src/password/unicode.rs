//! The Unicode functions of the rules (Standard Annex #15): the composed form of a password (NFC),
//! the form for comparing (NFKD in lower case), and which characters are letters and digits.
//!
//! The tables are larger than the rest of the page's rules, and every browser has them. So the page
//! omits the feature, and passes text that JavaScript has composed, converted to lower case, or
//! classified.

#[cfg(feature = "unicode")]
mod tables {
    /// The code points of the NFC form.
    pub(crate) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
        unicode_normalization::UnicodeNormalization::nfc(text)
    }

    /// Maximum code points of the form for comparing for each byte of UTF-8. The worst case is
    /// U+FDFA, with 18 code points for three bytes.
    pub(crate) const FOLDED_PER_BYTE: usize = 6;

    /// The form for comparing. Compatibility forms are decomposed (NFKD). Then the text is
    /// converted to lower case (`ẞ` becomes `ß`), to upper case (`ß` becomes `SS`), and to lower
    /// case again.
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
    /// Returns the code points unchanged, since the caller has composed them.
    pub(crate) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
        text
    }

    /// Each code point has at least one byte.
    pub(crate) const FOLDED_PER_BYTE: usize = 1;

    /// Returns the text unchanged, since the caller has converted it.
    pub(crate) fn foldable(text: &str) -> impl Iterator<Item = char> {
        text.chars()
    }

    /// Beyond ASCII, the caller has replaced each character with an ASCII character of the same
    /// class.
    pub(crate) const fn is_capital(character: char) -> bool {
        character.is_ascii_uppercase()
    }

    /// As for `is_capital`.
    pub(crate) const fn is_number(character: char) -> bool {
        character.is_ascii_digit()
    }

    /// As for `is_capital`.
    pub(crate) const fn is_letter(character: char) -> bool {
        character.is_ascii_alphabetic()
    }
}

pub(super) use tables::{FOLDED_PER_BYTE, foldable, is_capital, is_letter, is_number, nfc};
