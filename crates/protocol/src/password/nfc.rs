//! The composed form of a text (NFC, Unicode Standard Annex #15), in which every password and term is judged.
//!
//! The tables for it are larger than all the rest of the page, and every browser has them: the page leaves the feature
//! out and hands in text that `String.prototype.normalize` has composed. The same goes for lower case beyond ASCII.

/// The code points of the NFC form.
#[cfg(feature = "nfc")]
pub(super) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    unicode_normalization::UnicodeNormalization::nfc(text)
}

/// The code points, composed by whoever called.
#[cfg(not(feature = "nfc"))]
pub(super) fn nfc(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text
}
