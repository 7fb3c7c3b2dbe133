//! A short string of ASCII digits without heap allocation.
//!
//! Numbers are read, cut and joined without a heap. A string that does not fit is longer than any
//! number, and only that fact matters.

use core::fmt;

/// Maximum digits of an international prefix in libphonenumber's metadata.
pub(crate) const INTERNATIONAL_PREFIX_DIGITS_MAX: usize = 8;

/// More than the sum of an international prefix (8), a calling code (3), a national prefix (13) and
/// a number with one digit too many (18). So a string that was cut at this length is too long for a
/// number in any reading.
pub(crate) const DIGITS_MAX: usize = 44;

/// A string of ASCII digits.
///
/// ```
/// let number = postern_phone::parse("+39 06 698 12345", None)?.number;
/// assert_eq!(number.national_number().as_str(), "0669812345");
/// # Ok::<(), postern_phone::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    bytes: [u8; DIGITS_MAX],
    length: usize,
}

impl Digits {
    pub(crate) const EMPTY: Self = Self {
        bytes: [b'0'; DIGITS_MAX],
        length: 0,
    };

    /// The digits as text.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// How many digits there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are no digits.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// The digits, one by one.
    #[cfg(feature = "alloc")]
    pub(crate) fn chars(&self) -> impl Iterator<Item = char> {
        self.as_bytes().iter().copied().map(char::from)
    }

    /// Appends an ASCII digit, unless the string is full.
    pub(crate) fn push(&mut self, digit: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = digit;
            self.length += 1;
        }
    }

    pub(crate) fn extend(&mut self, digits: &[u8]) {
        let places = self.bytes.iter_mut().skip(self.length);
        for (place, &digit) in places.zip(digits) {
            *place = digit;
            self.length += 1;
        }
    }

    /// Removes and returns everything after the first `length` digits.
    pub(crate) fn split_off(&mut self, length: usize) -> Self {
        let mut rest = Self::EMPTY;
        rest.extend(self.as_bytes().get(length..).unwrap_or_default());
        self.length = self.length.min(length);
        rest
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}
