//! The short support code: eight characters that a person reads out on the phone in place of a
//! GUID.
//!
//! Seven characters are the first 35 bits of the GUID in Crockford's base 32, whose alphabet lacks
//! I, L, O and U. The eighth is a check character. It detects every wrong character and every swap
//! of two characters. The code is derived from the GUID and never stored in place of it.

use core::fmt::{self, Write as _};
use core::str::FromStr;

use crate::{Guid, SupportCode};

/// Crockford's alphabet (<https://www.crockford.com/base32.html>).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters with bits of the GUID.
const DATA_LENGTH: usize = 7;

/// Bits of one character.
const CHARACTER_BITS: u32 = 5;

/// Bits of the GUID in the code: 7 characters of 5 bits.
const DATA_BITS: u32 = 35;

/// Maximum length of the input. A longer text is not a code, and is not read.
const TYPED_LENGTH_MAX: usize = 32;

/// The short form of a support code, shown as `4V1J-7GCD`.
///
/// ```
/// use postern_protocol::{Guid, ShortCode, SupportCode};
///
/// let guid: Guid = "26c323c1-9a2e-4d3f-8b7a-1f2e3d4c5b6a".parse()?;
/// let short = SupportCode(guid).short();
/// assert_eq!(short.to_string(), "4V1J-7GCD");
/// assert_eq!("4vij7gcd".parse(), Ok(short));
/// # Ok::<(), postern_protocol::GuidError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ShortCode(u64);

/// Why a text is not a short code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ShortCodeError {
    /// It does not have exactly eight letters and digits, or has a letter that no code has.
    Malformed,
    /// The form is right, but the check character shows that a character is wrong or two were
    /// swapped.
    Mistyped,
}

impl SupportCode {
    /// The short form.
    pub const fn short(self) -> ShortCode {
        self.0.short()
    }
}

impl Guid {
    /// The first 35 bits, as a code that a person can read out.
    pub const fn short(self) -> ShortCode {
        let bits = u128::from_be_bytes(self.to_bytes()) >> (u128::BITS - DATA_BITS);
        // Only 35 bits remain.
        ShortCode(bits as u64)
    }
}

impl ShortCode {
    /// The first 35 bits of the GUID.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The characters without the hyphen.
    fn characters(self) -> [u8; DATA_LENGTH + 1] {
        let mut digits = [0; DATA_LENGTH + 1];
        let mut bits = self.0;
        for digit in digits.iter_mut().take(DATA_LENGTH).rev() {
            *digit = (bits & 31) as u8;
            bits >>= CHARACTER_BITS;
        }
        digits[DATA_LENGTH] = check(&digits[..DATA_LENGTH]);
        digits.map(|digit| ALPHABET[usize::from(digit)])
    }
}

/// The check over the data: a weighted sum over the field of 32 elements. Each position has a
/// different power of x as its weight. Different weights detect every wrong character and every
/// swap of two characters.
fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |sum, digit| times_x(sum ^ digit))
}

/// Multiplication by x modulo x⁵ + x² + 1, which is primitive: the powers of x are all different.
const fn times_x(element: u8) -> u8 {
    let product = element << 1;
    if product & 32 == 0 {
        product
    } else {
        product ^ 0b10_0101
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, character) in self.characters().into_iter().enumerate() {
            if place == 4 {
                f.write_str("-")?;
            }
            f.write_char(char::from(character))?;
        }
        Ok(())
    }
}

impl FromStr for ShortCode {
    type Err = ShortCodeError;

    /// Accepts either case, `O` for `0`, `I` and `L` for `1`, and any number of hyphens and spaces.
    fn from_str(text: &str) -> Result<Self, ShortCodeError> {
        let mut digits = [0; DATA_LENGTH + 1];
        let mut length = 0;
        if text.len() > TYPED_LENGTH_MAX {
            return Err(ShortCodeError::Malformed);
        }
        for character in text.chars() {
            // Hyphens and dashes of any length, since word processors replace one with another.
            if character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}') {
                continue;
            }
            let upper = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET
                .iter()
                .position(|known| char::from(*known) == upper);
            let place = digits.get_mut(length).ok_or(ShortCodeError::Malformed)?;
            *place = value
                .and_then(|value| u8::try_from(value).ok())
                .ok_or(ShortCodeError::Malformed)?;
            length += 1;
        }
        if length != digits.len() {
            return Err(ShortCodeError::Malformed);
        }
        let (data, given) = digits.split_at(DATA_LENGTH);
        if given != [check(data)] {
            return Err(ShortCodeError::Mistyped);
        }
        let bits = data
            .iter()
            .fold(0, |bits, digit| bits << CHARACTER_BITS | u64::from(*digit));
        Ok(Self(bits))
    }
}

impl fmt::Display for ShortCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => {
                "a support code has eight letters and digits, such as 4V1J-7GCD, or is a GUID"
            }
            Self::Mistyped => {
                "a character of the support code is wrong, or two changed places: have it read out again"
            }
        })
    }
}

impl core::error::Error for ShortCodeError {}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString};

    use super::*;

    /// About 60 codes, spread over all values.
    fn codes() -> impl Iterator<Item = ShortCode> {
        let spread = (0..57_u64).map(|number| number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 29);
        spread.chain([0, (1 << DATA_BITS) - 1, 1]).map(ShortCode)
    }

    #[test]
    fn a_code_is_the_first_35_bits_of_the_guid() {
        let guid = |text: &str| text.parse::<Guid>().map(Guid::short);
        // 00000 00000 … and 11111 11111 …
        assert_eq!(
            guid("00000000-0000-4000-8000-000000000000").map(|code| code.to_string()),
            Ok("0000-0000".into())
        );
        let all_ones = guid("ffffffff-ffff-4fff-bfff-ffffffffffff").map(|code| code.to_string());
        assert!(all_ones.is_ok_and(|code| code.starts_with("ZZZZ-ZZZ")));
        // Bits after the 35th do not matter.
        assert_eq!(
            guid("26c323c1-9a2e-4d3f-8b7a-1f2e3d4c5b6a"),
            guid("26c323c1-8000-4000-8000-000000000000")
        );
    }

    #[test]
    fn a_code_is_read_however_a_person_says_or_types_it() {
        for code in codes() {
            let shown = code.to_string();
            let bare = shown.replace('-', "");
            for typed in [
                shown.clone(),
                shown.to_lowercase(),
                bare.clone(),
                shown.replace('-', " "),
                shown.replace('-', "\u{2013}"),
                format!(" {shown} "),
                shown.replace('0', "O").replace('1', "I"),
                shown.replace('0', "o").replace('1', "l"),
                bare.chars()
                    .fold(String::new(), |text, one| format!("{text}{one} ")),
            ] {
                assert_eq!(typed.parse(), Ok(code), "{typed}");
            }
        }
    }

    #[test]
    fn a_wrong_character_and_two_that_changed_places_are_always_found() {
        for code in codes() {
            let characters = code.characters();
            let parsed = |characters: [u8; 8]| {
                let text: String = characters.into_iter().map(char::from).collect();
                text.parse::<ShortCode>()
            };
            for place in 0..characters.len() {
                for wrong in ALPHABET {
                    let mut changed = characters;
                    changed[place] = *wrong;
                    if changed != characters {
                        assert_eq!(parsed(changed), Err(ShortCodeError::Mistyped));
                    }
                }
                for other in 0..place {
                    let mut changed = characters;
                    changed.swap(place, other);
                    if changed != characters {
                        assert_eq!(parsed(changed), Err(ShortCodeError::Mistyped));
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_code_is_told_apart_from_one_that_was_mistyped() {
        for text in [
            "",
            "4V1J-7GC",
            "4V1J-7GCD0",
            "4V1J-7GCU",
            "4V1J_7GCD",
            "26c323c1-9a2e-4d3f-8b7a-1f2e3d4c5b6a",
            "ada@contoso.example",
        ] {
            let malformed = Err(ShortCodeError::Malformed);
            assert_eq!(text.parse::<ShortCode>(), malformed, "{text}");
        }
    }
}
