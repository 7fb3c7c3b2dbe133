//! Codes as people type and paste them.
//!
//! A code is digits; what stands around them in a message (spaces, dashes, a `G-` in front) is not a mistake.

use alloc::string::String;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// The shortest code that may be sent: six decimal digits (NIST SP 800-63B-4 section 4.2.1.2).
pub const CODE_LENGTH_MIN: u8 = 6;

/// The longest that may be sent: WebOTP fills in at most ten characters.
pub const CODE_LENGTH_MAX: u8 = 10;

/// More than this was not meant as a code; what is longer is not looked at.
const TYPED_CODE_CHARS_MAX: usize = 64;

/// How many digits a code has: 6 to 10.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u8")]
pub struct CodeLength(u8);

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for CodeLength {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::Type::Integer)
            .description(Some("How many digits a code has."))
            .minimum(Some(CODE_LENGTH_MIN))
            .maximum(Some(CODE_LENGTH_MAX))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for CodeLength {}

impl TryFrom<u8> for CodeLength {
    type Error = &'static str;

    fn try_from(digits: u8) -> Result<Self, Self::Error> {
        let length = Self::clamped(digits);
        if length.digits() == digits {
            Ok(length)
        } else {
            Err("a code has 6 to 10 digits")
        }
    }
}

impl CodeLength {
    /// Eight digits: guessing five times at each of a thousand accounts finds one in 0.005 % of cases, against 0.5 % with six.
    pub const DEFAULT: Self = Self(8);

    /// Six digits, as every authenticator app shows.
    pub const AUTHENTICATOR: Self = Self(6);

    /// The length, held to what may be sent.
    #[must_use]
    pub const fn clamped(digits: u8) -> Self {
        if digits < CODE_LENGTH_MIN {
            Self(CODE_LENGTH_MIN)
        } else if digits > CODE_LENGTH_MAX {
            Self(CODE_LENGTH_MAX)
        } else {
            Self(digits)
        }
    }

    /// The number of digits.
    pub const fn digits(self) -> u8 {
        self.0
    }
}

impl Default for CodeLength {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The digits of a code that somebody typed. Neither printed nor serialised; wiped when dropped.
pub struct TypedCode(String);

impl TypedCode {
    /// Takes the digits out of what was typed or pasted; anything else is left out.
    ///
    /// Digits may be ASCII, Arabic-Indic, Extended Arabic-Indic (Persian), Devanagari or full-width.
    ///
    /// ```
    /// use postern_protocol::TypedCode;
    ///
    /// assert_eq!(TypedCode::parse("G-123 456").digits(), "123456");
    /// assert_eq!(TypedCode::parse("١٢٣٤٥٦٧٨").digits(), "12345678");
    /// assert_eq!(TypedCode::parse("no digits").digits(), "");
    /// ```
    pub fn parse(typed: &str) -> Self {
        Self(
            typed
                .chars()
                .take(TYPED_CODE_CHARS_MAX)
                .filter_map(decimal_digit)
                .collect(),
        )
    }

    /// The digits, as ASCII.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Drop for TypedCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The ASCII digit that a decimal digit of one of the scripts in use here stands for.
fn decimal_digit(character: char) -> Option<char> {
    const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];
    ZEROS.into_iter().find_map(|zero| {
        let offset = u32::from(character).wrapping_sub(u32::from(zero));
        char::from_digit(offset, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_the_digits_is_left_out() {
        for (typed, digits) in [
            ("12345678", "12345678"),
            (" 1234 5678\u{a0}", "12345678"),
            ("1234-5678", "12345678"),
            ("G-12345678", "12345678"),
            ("\u{2066}12345678\u{2069}", "12345678"),
            ("۱۲۳۴۵۶", "123456"),
            ("１２３４５６", "123456"),
            ("१२३४५६", "123456"),
            ("code", ""),
        ] {
            assert_eq!(TypedCode::parse(typed).digits(), digits, "{typed}");
        }
    }

    #[test]
    fn a_length_is_held_to_six_to_ten() {
        assert_eq!(
            [0, 6, 8, 10, 99].map(|n| CodeLength::clamped(n).digits()),
            [6, 6, 8, 10, 10]
        );
    }
}
