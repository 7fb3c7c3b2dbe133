//! A region that has a numbering plan, by its two letters.
//!
//! The crate has no names of regions. The program names them in the reader's language.

use core::fmt;

/// An ISO 3166-1 alpha-2 code, such as `NL`.
///
/// Any two letters are a region. Not every region has a numbering plan in this crate.
///
/// ```
/// use postern_phone::Region;
///
/// let region = Region::parse("nl").expect("two letters");
/// assert_eq!(region.as_str(), "NL");
/// assert_eq!(region.calling_code(), Some(31));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 2]);

impl Region {
    /// Reads two ASCII letters of either case.
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [one, two] if one.is_ascii_alphabetic() && two.is_ascii_alphabetic() => {
                Some(Self([one.to_ascii_uppercase(), two.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The two letters, in upper case.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The region with these letters in a table, where zeros mean no region.
    pub(crate) fn from_table(letters: [u8; 2]) -> Option<Self> {
        (letters != [0, 0]).then_some(Self(letters))
    }

    pub(crate) fn letters(self) -> [u8; 2] {
        self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
