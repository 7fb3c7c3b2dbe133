//! A phone number, and the forms it is written in.
//!
//! It is three integers, so it is copied rather than borrowed, and two numbers are equal exactly if their E.164 forms are.

use alloc::string::String;
use core::fmt;

use crate::digits::Digits;

/// What stands for a digit that is not shown: U+2022 BULLET.
pub const MASKED_DIGIT: char = '\u{2022}';

/// The most digits that [`PhoneNumber::masked`] shows.
const SHOWN_DIGITS_MAX: usize = 2;

/// Of this many digits, [`PhoneNumber::masked`] shows one at most.
const DIGITS_FOR_ONE_SHOWN: usize = 4;

/// A phone number: a calling code, and a number whose length that code's country uses.
///
/// [`parse`](crate::parse) makes one from what a person typed, and [`FromStr`](core::str::FromStr) from its E.164 form.
/// Numbers are ordered by calling code, then from shorter to longer, then by their digits.
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
    country_code: u16,
    /// How many digits the national number has, leading zeros included.
    length: u8,
    /// Those digits as a number. The longest have 17, and 64 bits hold 19.
    national: u64,
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

    /// The number without calling code, extension and national prefix. Zeros that begin it are part of it, as in Italy.
    pub fn national_number(self) -> Digits {
        let mut digits = Digits::EMPTY;
        digits.extend(decimal(
            &mut [0; 20],
            self.national,
            usize::from(self.length),
        ));
        digits
    }

    /// The number in the form that directories keep it in: `+CC number`, with one space.
    pub fn reference_form(self) -> String {
        let mut text = self.prefix();
        text.push(' ');
        text.extend(self.national_number().chars());
        text
    }

    /// The number with all but its last digits hidden, to remind someone of a number they know.
    ///
    /// Two digits are shown at most, and never more than one in four. The groups are those that people read numbers in, not those of the country.
    pub fn masked(self) -> String {
        let digits = self.national_number();
        let shown = SHOWN_DIGITS_MAX.min(digits.len() / DIGITS_FOR_ONE_SHOWN);
        let group = group_length(digits.len());
        // What does not fill a group goes to the last one.
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
        let mut text = String::from('+');
        let mut buffer = [0; 20];
        let code = decimal(&mut buffer, u64::from(self.country_code), 1);
        text.extend(code.iter().copied().map(char::from));
        text
    }
}

/// Groups of this many digits are how a number this long is usually read.
fn group_length(digits: usize) -> usize {
    match digits {
        9 => 2,
        8 => 4,
        _ => 3,
    }
}

/// The decimal digits of a number, at least `width` of them.
fn decimal(buffer: &mut [u8; 20], mut number: u64, width: usize) -> &[u8] {
    let mut start = buffer.len();
    for place in buffer.iter_mut().rev() {
        let is_filled = 20 - start >= width;
        if number == 0 && is_filled {
            break;
        }
        // Less than 10, so nothing is lost.
        *place = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
        start -= 1;
    }
    buffer.get(start..).unwrap_or_default()
}

impl fmt::Display for PhoneNumber {
    /// The E.164 form: `+31612345678`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.prefix())?;
        formatter.write_str(self.national_number().as_str())
    }
}

impl fmt::Debug for PhoneNumber {
    /// The E.164 form.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
