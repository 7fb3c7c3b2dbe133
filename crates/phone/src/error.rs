//! Why an input is not a phone number, in a form that every language can put into words.

use core::fmt;

/// Maximum characters of an input, as in libphonenumber: far more than any number has, and few
/// enough to read any input.
pub const INPUT_CHARS_MAX: usize = 250;

/// Why [`parse`](crate::parse) refused an input.
///
/// Positions count characters from 1, as a person does: without blanks before the number, and
/// without invisible marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// There is no digit.
    Empty,
    /// The country is unknown: the input has no `+` or `00`, and there is no default region with a
    /// known plan.
    NoCountryCode,
    /// No country has this calling code.
    UnknownCountryCode {
        /// Up to three digits after the `+`; 0 if they begin with 0.
        code: u16,
    },
    /// The number is shorter than any number of its country.
    TooShort {
        /// How many digits the country's numbers have, without the calling code.
        possible: Lengths,
    },
    /// The number is longer than any number of its country.
    TooLong {
        /// How many digits the country's numbers have, without the calling code.
        possible: Lengths,
    },
    /// The country has shorter and longer numbers, but none of this length.
    ImpossibleLength {
        /// How many digits the country's numbers have, without the calling code.
        possible: Lengths,
    },
    /// There are letters that do not introduce an extension, as in a number spelt as a word.
    Letters {
        /// The position of the first letter.
        position: usize,
    },
    /// There is a character that no phone number has, or that is in the wrong place.
    UnexpectedCharacter {
        /// The position of the character.
        position: usize,
    },
    /// The input has more characters than [`INPUT_CHARS_MAX`].
    InputTooLong,
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(formatter, "no digits"),
            Self::NoCountryCode => write!(formatter, "no country code and no default region"),
            Self::UnknownCountryCode { code } => write!(formatter, "unknown country code {code}"),
            Self::TooShort { possible } => {
                write!(formatter, "too short, possible lengths {possible}")
            }
            Self::TooLong { possible } => {
                write!(formatter, "too long, possible lengths {possible}")
            }
            Self::ImpossibleLength { possible } => {
                write!(formatter, "impossible length, possible lengths {possible}")
            }
            Self::Letters { position } => write!(formatter, "letters at position {position}"),
            Self::UnexpectedCharacter { position } => {
                write!(formatter, "unexpected character at position {position}")
            }
            Self::InputTooLong => write!(formatter, "more than {INPUT_CHARS_MAX} characters"),
        }
    }
}

impl core::error::Error for ParseError {}

/// The error that a text is not the E.164 form of a phone number: `+` and digits, as
/// [`PhoneNumber`](crate::PhoneNumber) displays itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotE164;

impl fmt::Display for NotE164 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not a phone number in E.164 form")
    }
}

impl core::error::Error for NotE164 {}

/// How many digits the numbers of a country may have, without the calling code.
///
/// ```
/// use postern_phone::{ParseError, parse};
///
/// let Err(ParseError::TooShort { possible }) = parse("+44 20 79", None) else {
///     panic!("four digits are too few");
/// };
/// assert!(possible.iter().eq([7, 9, 10]));
/// assert_eq!((possible.shortest(), possible.longest()), (7, 10));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Lengths(u16);

/// The length that the lowest bit means: no plan has numbers of one digit.
const SHORTEST: usize = 2;

/// The length that the highest bit means: the longest numbers have that many digits.
pub(crate) const LONGEST: usize = SHORTEST + 15;

impl Lengths {
    pub(crate) fn from_table(bits: u16) -> Self {
        Self(bits)
    }

    /// All lengths up to this one.
    pub(crate) fn up_to(length: usize) -> Self {
        let lengths = SHORTEST..=length.min(LONGEST);
        Self(lengths.fold(0, |bits, length| bits | 1 << (length - SHORTEST)))
    }

    /// Whether a number may have this many digits.
    pub fn contains(self, length: usize) -> bool {
        let bit = length.wrapping_sub(SHORTEST);
        bit < 16 && self.0 >> bit & 1 == 1
    }

    /// The lengths, in ascending order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (SHORTEST..=LONGEST).filter(move |&length| self.contains(length))
    }

    /// The least length.
    pub fn shortest(self) -> usize {
        SHORTEST + self.0.trailing_zeros() as usize
    }

    /// The greatest length.
    pub fn longest(self) -> usize {
        LONGEST - self.0.leading_zeros() as usize
    }
}

impl fmt::Display for Lengths {
    /// The lengths, separated by commas.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, length) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            write!(formatter, "{separator}{length}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Lengths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
