//! Codes as people type and paste them.
//!
//! A code is a run of digits. People paste the whole message that it came in, with spaces or dashes in the code, so the run is looked for.

mod search;

use alloc::string::String;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// The shortest code that may be sent: six decimal digits (NIST SP 800-63B-4 section 4.2.1.2).
pub const CODE_LENGTH_MIN: u8 = 6;

/// The longest that may be sent: WebOTP fills in at most ten characters.
pub const CODE_LENGTH_MAX: u8 = 10;

/// More digits than this are not kept: they only have to be seen to be too many.
const TYPED_CODE_DIGITS_MAX: usize = 64;

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

/// The digits of a code that was typed or pasted. Neither printed nor serialised; wiped when dropped.
pub struct TypedCode(String);

impl TypedCode {
    /// Finds a code of that length in what was typed or pasted, also where that is a whole message.
    ///
    /// The code is the one run of that many digits, or the one word within a run: blanks and hyphens may stand inside it, and no Latin
    /// letter beside it. The same twice is one code. What is a date or a phone number is none. Where two are possible all digits are
    /// taken, and where there is none those that come nearest, so that their number says what is wrong. Digits may be of any script.
    ///
    /// ```
    /// use postern_protocol::{CodeLength, TypedCode};
    ///
    /// let find = |typed| TypedCode::parse(typed, CodeLength::DEFAULT).digits().to_owned();
    /// assert_eq!(find("G-1234 5678"), "12345678");
    /// assert_eq!(find("41906748 is your code for Contoso. It works for 5 minutes."), "41906748");
    /// assert_eq!(find("Office 365 41906748"), "41906748");
    /// assert_eq!(find("١٢٣٤٥٦٧٨"), "12345678");
    /// assert_eq!(find("no digits"), "");
    /// ```
    pub fn parse(typed: &str, length: CodeLength) -> Self {
        search::find(typed, usize::from(length.digits()))
    }

    /// How many digits there are in what was typed, wherever they stand.
    pub fn count_digits(typed: &str) -> usize {
        typed.chars().filter_map(decimal_digit).count()
    }

    /// Every digit there is, up to more than any code has.
    fn all_digits(typed: &str) -> Self {
        Self::of(typed.chars().filter_map(decimal_digit))
    }

    fn of(all: impl Iterator<Item = char>) -> Self {
        let mut digits = String::with_capacity(TYPED_CODE_DIGITS_MAX);
        digits.extend(all.take(TYPED_CODE_DIGITS_MAX));
        Self(digits)
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

/// The ASCII digit that a decimal digit of any script stands for, as in phone numbers.
pub(crate) fn decimal_digit(character: char) -> Option<char> {
    postern_phone::decimal_digit(character).map(|digit| char::from(b'0' + digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_are_read() {
        for typed in [
            "١٢٣٤٥٦",
            "۱۲۳۴۵۶",
            "१२३४५६",
            "১২৩৪৫৬",
            "๑๒๓๔๕๖",
            "១២៣៤៥៦",
            "௧௨௩௪௫௬",
            "༡༢༣༤༥༦",
            "၁၂၃၄၅၆",
            "１２３４５６",
            "𝟏𝟐𝟑𝟒𝟓𝟔",
            "𝟙𝟚𝟛𝟜𝟝𝟞",
            "𝟷𝟸𝟹𝟺𝟻𝟼",
            "𞥑𞥒𞥓𞥔𞥕𞥖",
            "𑄷𑄸𑄹𑄺𑄻𑄼",
            "𐒡𐒢𐒣𐒤𐒥𐒦",
            "𖩡𖩢𖩣𖩤𖩥𖩦",
        ] {
            let read = TypedCode::parse(typed, CodeLength::AUTHENTICATOR);
            assert_eq!(read.digits(), "123456", "{typed}");
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
