//! A phone number, and the forms in which it is written.
//!
//! A number is three integers, so it is copied rather than borrowed. Two numbers are equal exactly
//! if their E.164 forms are.

#[cfg(feature = "alloc")]
use alloc::string::String;
use core::fmt;

use crate::digits::Digits;

/// Shown in place of a hidden digit: U+2022 BULLET.
pub const MASKED_DIGIT: char = '\u{2022}';

/// Maximum digits of a national number in libphonenumber.
const LENGTH_MAX: usize = 17;

/// Length of a sign, a calling code and the longest number.
const E164_LENGTH_MAX: usize = 1 + 3 + LENGTH_MAX;

/// Maximum digits that [`PhoneNumber::masked`] shows.
#[cfg(feature = "alloc")]
const SHOWN_DIGITS_MAX: usize = 2;

/// [`PhoneNumber::masked`] shows at most one of this many digits.
#[cfg(feature = "alloc")]
const DIGITS_FOR_ONE_SHOWN: usize = 4;

/// A phone number: a calling code, and a number with a length that the code's country uses.
///
/// [`parse`](crate::parse) makes one from what a person typed, and [`FromStr`](core::str::FromStr)
/// from its E.164 form. Numbers are ordered by calling code, then from shorter to longer, then by
/// their digits.
///
/// ```
/// use postern_phone::{PhoneNumber, Region};
///
/// let number: PhoneNumber = "+31612345678".parse()?;
/// assert_eq!(number.country_code(), 31);
/// assert_eq!(number.national_number().as_str(), "612345678");
/// assert_eq!(number.region(), Region::parse("NL"));
/// assert_eq!(number.reference_form(), "+31 612345678");
/// assert_eq!(number.masked(), "+31 •• •• •• •78");
/// # Ok::<(), postern_phone::NotE164>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber {
    pub(crate) country_code: u16,
    /// How many digits the national number has, leading zeros included.
    pub(crate) length: u8,
    /// The national number as an integer. The longest has 17 digits, and 64 bits hold 19.
    pub(crate) national: u64,
}

impl PhoneNumber {
    /// A number of a calling code in use, with a length that the code's country uses.
    pub(crate) fn new(country_code: u16, digits: &[u8]) -> Self {
        let national = digits
            .iter()
            .fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
        let length = u8::try_from(digits.len()).expect("17 digits at most");
        Self {
            country_code,
            length,
            national,
        }
    }

    /// The calling code, without `+`.
    pub fn country_code(self) -> u16 {
        self.country_code
    }

    /// The number without calling code, extension and national prefix. Leading zeros are part of
    /// it, as in Italy.
    pub fn national_number(self) -> Digits {
        let mut bytes = [0; LENGTH_MAX];
        let start = put_decimal(&mut bytes, LENGTH_MAX, self.national, self.length.into());
        let mut digits = Digits::EMPTY;
        digits.extend(bytes.get(start..).unwrap_or_default());
        digits
    }

    /// Whether a text is the E.164 form of this number.
    #[cfg(feature = "embedded")]
    pub(crate) fn is_written(self, text: &str) -> bool {
        self.e164(&mut [0; E164_LENGTH_MAX]) == text
    }

    fn e164(self, bytes: &mut [u8; E164_LENGTH_MAX]) -> &str {
        let length = self.length.into();
        let end = put_decimal(bytes, E164_LENGTH_MAX, self.national, length);
        signed(bytes, end, self.country_code.into())
    }
}

#[cfg(feature = "alloc")]
impl PhoneNumber {
    /// The number in the form that directories store: `+CC number`, with one space.
    pub fn reference_form(self) -> String {
        let mut text = self.prefix();
        text.push(' ');
        text.extend(self.national_number().chars());
        text
    }

    /// The number with all digits hidden except the last ones, to remind a person of a number that
    /// they know.
    ///
    /// It shows at most two digits, and at most one in four. The groups are those in which people
    /// generally read numbers, not those of the country.
    pub fn masked(self) -> String {
        let digits = self.national_number();
        let shown = SHOWN_DIGITS_MAX.min(digits.len() / DIGITS_FOR_ONE_SHOWN);
        let group = group_length(digits.len());
        // The remaining digits are added to the last group.
        let groups = digits.len() / group;
        let mut text = self.prefix();
        for (index, digit) in digits.chars().enumerate() {
            if index % group == 0 && index / group < groups {
                text.push(' ');
            }
            text.push(if index < digits.len() - shown {
                MASKED_DIGIT
            } else {
                digit
            });
        }
        text
    }

    /// `+` and the calling code.
    fn prefix(self) -> String {
        let mut bytes = [0; E164_LENGTH_MAX];
        let code = self.country_code.into();
        String::from(signed(&mut bytes, E164_LENGTH_MAX, code))
    }
}

/// The usual group size for a number of this length.
#[cfg(feature = "alloc")]
fn group_length(digits: usize) -> usize {
    match digits {
        9 => 2,
        8 => 4,
        _ => 3,
    }
}

/// Writes a calling code with its sign before the text that begins at `end`. Returns the whole
/// text.
fn signed(bytes: &mut [u8; E164_LENGTH_MAX], end: usize, code: u64) -> &str {
    let start = put_decimal(bytes, end, code, 1).saturating_sub(1);
    if let Some(sign) = bytes.get_mut(start) {
        *sign = b'+';
    }
    let text = bytes.get(start..).unwrap_or_default();
    core::str::from_utf8(text).unwrap_or_default()
}

/// Writes the decimal digits of a number, at least `width` of them, so that they end at `end`.
/// Returns where they begin.
fn put_decimal(bytes: &mut [u8], end: usize, mut number: u64, width: usize) -> usize {
    let mut start = end;
    let places = bytes.get_mut(..end).unwrap_or_default();
    for place in places.iter_mut().rev() {
        if number == 0 && end - start >= width {
            break;
        }
        // The value is less than 10, so no bits are lost.
        *place = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
        start -= 1;
    }
    start
}

impl fmt::Display for PhoneNumber {
    /// The E.164 form: `+31612345678`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.e164(&mut [0; E164_LENGTH_MAX]))
    }
}

impl fmt::Debug for PhoneNumber {
    /// The E.164 form.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
