//! A new password, from reading it to writing it back.
//!
//! The type can only be judged and handed over. It cannot be printed, copied or sent, and it is
//! wiped when dropped.

use alloc::string::String;

use super::unicode::nfc;
use zeroize::Zeroizing;

use super::limits::PASSWORD_LENGTH_MAX;
use super::refusal::PasswordRefusal;

/// A code point decomposes into at most four (Unicode Standard Annex #15, section 12). So a text
/// with more code points than this has no NFC form within [`PASSWORD_LENGTH_MAX`].
const TYPED_LENGTH_MAX: usize = 4 * PASSWORD_LENGTH_MAX as usize;

/// Maximum bytes of a code point in UTF-8.
const UTF8_LENGTH_MAX: usize = 4;

/// A password in NFC (NIST SP 800-63B-4 section 3.1.1.2), with at most [`PASSWORD_LENGTH_MAX`] code
/// points and no control characters. Nothing is trimmed (OWASP ASVS 5.0, 6.2.8).
///
/// [`judge`](super::judge) decides whether the rules accept it.
///
/// ```
/// use postern_protocol::password::NewPassword;
///
/// let composed = NewPassword::parse(" caf\u{e9} ")?;
/// let decomposed = NewPassword::parse(" cafe\u{301} ")?;
/// assert_eq!(composed.reveal(), decomposed.reveal());
/// assert_eq!(composed.length(), 6);
/// # Ok::<(), postern_protocol::password::PasswordRefusal>(())
/// ```
pub struct NewPassword(Zeroizing<String>);

impl NewPassword {
    /// Takes a password as typed.
    ///
    /// # Errors
    ///
    /// [`TooLong`](PasswordRefusal::TooLong) above the limit,
    /// [`ControlCharacter`](PasswordRefusal::ControlCharacter) for NUL, line ends and the like,
    /// which no directory stores faithfully.
    pub fn parse(typed: &str) -> Result<Self, PasswordRefusal> {
        let normalised = compose(typed).ok_or(PasswordRefusal::TooLong {
            max: PASSWORD_LENGTH_MAX,
        })?;
        if normalised.chars().any(char::is_control) {
            return Err(PasswordRefusal::ControlCharacter);
        }
        Ok(Self(normalised))
    }

    /// The password, for code that judges it or writes it back.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Its length in code points.
    pub fn length(&self) -> u16 {
        self.0.chars().fold(0, |length, _| length + 1)
    }
}

/// The NFC form, or `None` if it has more than [`PASSWORD_LENGTH_MAX`] code points.
///
/// The buffer has its full size from the start, so that growing leaves no copies behind.
pub(super) fn compose(typed: &str) -> Option<Zeroizing<String>> {
    if typed.chars().nth(TYPED_LENGTH_MAX).is_some() {
        return None;
    }
    let length_max = usize::from(PASSWORD_LENGTH_MAX);
    let mut composed = Zeroizing::new(String::with_capacity(length_max * UTF8_LENGTH_MAX));
    for (position, character) in nfc(typed.chars()).enumerate() {
        if position == length_max {
            return None;
        }
        composed.push(character);
    }
    Some(composed)
}
