//! The form in which passwords and terms are compared.
//!
//! Both sides go through the same function, so that a term finds itself whatever its case and however it is disguised.

use alloc::vec::Vec;

use super::unicode::{lower, nfc};
use zeroize::Zeroizing;

use super::PASSWORD_LENGTH_MAX;

/// NFC, lower case, then the substitutions; wiped when dropped, since it may be a password.
///
/// Lower-casing can make a pair composable that was not (`J` with a caron), hence NFC again after it.
pub(super) fn normalise(text: &str) -> Zeroizing<Vec<char>> {
    let mut normal = Zeroizing::new(Vec::with_capacity(usize::from(PASSWORD_LENGTH_MAX)));
    normal.extend(nfc(nfc(text.chars()).map(lower)).map(substitute));
    normal
}

/// Whether `term` stands somewhere in `text`, both in this form.
pub(super) fn contains(text: &[char], term: &[char]) -> bool {
    !term.is_empty() && text.windows(term.len()).any(|window| window == term)
}

/// The substitutions that the reference publishes (Microsoft Entra documentation, `concept-password-ban-bad`).
const fn substitute(character: char) -> char {
    match character {
        '0' => 'o',
        '1' => 'l',
        '$' => 's',
        '@' => 'a',
        other => other,
    }
}
