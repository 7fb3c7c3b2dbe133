//! Codes as people type and paste them.
//!
//! A code is a run of digits. People paste the whole message that it came in, with spaces or dashes in the code, so the run is looked for.

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
    /// The code is the one run of that many digits: blanks, hyphens and marks that cannot be seen may stand inside it, and no Latin letter
    /// beside it. The same run twice is one code. Where no run, or more than one, has that length, all digits are taken, so that
    /// their number says what is wrong. Digits may be of any script.
    ///
    /// ```
    /// use postern_protocol::{CodeLength, TypedCode};
    ///
    /// let find = |typed| TypedCode::parse(typed, CodeLength::DEFAULT).digits().to_owned();
    /// assert_eq!(find("G-1234 5678"), "12345678");
    /// assert_eq!(find("41906748 is your code for Contoso. It works for 5 minutes."), "41906748");
    /// assert_eq!(find("١٢٣٤٥٦٧٨"), "12345678");
    /// assert_eq!(find("no digits"), "");
    /// ```
    pub fn parse(typed: &str, length: CodeLength) -> Self {
        let wanted = usize::from(length.digits());
        let mut found = Self(String::with_capacity(TYPED_CODE_DIGITS_MAX));
        let mut is_one = false;
        let mut runs = Runs {
            rest: typed,
            before: None,
        };
        while let Some(run) = runs.next_of(wanted) {
            if is_one && found.0 != run.0 {
                return Self::all_digits(typed);
            }
            is_one = true;
            found = run;
        }
        if is_one {
            found
        } else {
            Self::all_digits(typed)
        }
    }

    /// Every digit there is, up to more than any code has.
    fn all_digits(typed: &str) -> Self {
        let mut digits = String::with_capacity(TYPED_CODE_DIGITS_MAX);
        let all = typed.chars().filter_map(decimal_digit);
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

/// The runs of digits in a text, each with what sets its groups apart.
struct Runs<'a> {
    rest: &'a str,
    /// What stands before the rest.
    before: Option<char>,
}

impl Runs<'_> {
    /// The next run of so many digits that no letter touches. A run that has one code twice is that code.
    fn next_of(&mut self, wanted: usize) -> Option<TypedCode> {
        loop {
            let start = self.rest.find(|c| decimal_digit(c).is_some())?;
            let before = self.rest[..start].chars().next_back().or(self.before);
            let run = &self.rest[start..];
            let end = run
                .find(|c| decimal_digit(c).is_none() && !is_gap(c))
                .unwrap_or(run.len());
            let after = run[end..].chars().next();
            self.before = run[..end].chars().next_back();
            self.rest = &run[end..];
            // Letters of Latin alone: Chinese and Thai are written without blanks.
            let touches = |c: Option<char>| {
                c.is_some_and(|c| c.is_ascii_alphabetic() || c == '@' || c == '_')
            };
            let ends_in_digit = self.before.is_some_and(|c| decimal_digit(c).is_some());
            if touches(before) || (ends_in_digit && touches(after)) {
                continue;
            }
            let digits = TypedCode::all_digits(&run[..end]);
            if digits.len() == wanted {
                return Some(digits);
            }
            // The same code twice, with a blank between.
            let mut copies = run[..end].split(' ').map(TypedCode::all_digits);
            if let Some(first) = copies.next()
                && first.len() == wanted
                && copies.all(|copy| copy.0 == first.0)
            {
                return Some(first);
            }
        }
    }
}

/// What may stand between two groups of one code: blanks, hyphens, and marks that cannot be seen.
fn is_gap(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '-' | '\u{a0}' | '\u{ad}' | '\u{61c}' | '\u{2000}'..='\u{2015}' | '\u{202a}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}' | '\u{2212}' | '\u{3000}' | '\u{fe63}' | '\u{feff}' | '\u{ff0d}'
    )
}

/// The ASCII digit that a decimal digit of any script stands for, as in phone numbers.
pub(crate) fn decimal_digit(character: char) -> Option<char> {
    postern_phone::decimal_digit(character).map(|digit| char::from(b'0' + digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EIGHT: CodeLength = CodeLength::DEFAULT;

    #[test]
    fn a_code_is_found_wherever_it_stands() {
        for (typed, digits) in [
            ("12345678", "12345678"),
            (" 1234 5678\u{a0}", "12345678"),
            ("1234-5678", "12345678"),
            ("1234\u{2013}5678", "12345678"),
            ("12 34 56 78", "12345678"),
            ("1234.5678", "12345678"),
            ("G-12345678", "12345678"),
            ("\u{2066}1234\u{200b}5678\u{2069}", "12345678"),
            ("Your code is 7357 7521. It works until 18:22.", "73577521"),
            (
                "41906748 is your code for Contoso. It works until 6:22 PM. Give it to no one.",
                "41906748",
            ),
            ("Contoso 365: your code is 41906748", "41906748"),
            (
                "41906748 is your code.\n\n@contoso.example #41906748",
                "41906748",
            ),
            (
                "4190 6748\n@portal.example #41906748 @wizard.example",
                "41906748",
            ),
            ("您的验证码是41906748，请勿泄露", "41906748"),
            ("For ada12345678@contoso.example: 41906748", "41906748"),
            ("12345678 12345678", "12345678"),
            ("Sent 2026-11-28 18:15: 41906748", "41906748"),
        ] {
            assert_eq!(TypedCode::parse(typed, EIGHT).digits(), digits, "{typed}");
        }
    }

    #[test]
    fn what_has_no_code_or_two_keeps_all_its_digits() {
        for (typed, digits) in [
            ("code", ""),
            ("1234567", "1234567"),
            ("123456789", "123456789"),
            ("12345678 or 87654321", "1234567887654321"),
            ("Call +31 20 123 4567", "31201234567"),
        ] {
            assert_eq!(TypedCode::parse(typed, EIGHT).digits(), digits, "{typed}");
        }
        assert_eq!(TypedCode::parse(&"7".repeat(500), EIGHT).len(), 64);
    }

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
