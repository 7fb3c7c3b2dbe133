//! Numbers that are written differently and reach the same phone.
//!
//! Google's library treats them as different, or as invalid. People and directories treat them as
//! the same.

use crate::PhoneNumber;

/// Argentina. Mobile numbers have a 9 before the area code when they are dialled from abroad, and
/// none at home.
const ARGENTINA: u16 = 54;

/// Mexico. Until 2019 mobile numbers had a 1 before the area code. People and directories still
/// write it.
const MEXICO: u16 = 52;

/// Digits of a national number in both countries, without the 9 or the 1 (libphonenumber's
/// metadata).
const NATIONAL_LENGTH: u8 = 10;

/// The digits as they are dialled today, if they have a prefix that their country has abolished.
pub(crate) fn without_old_prefix(calling_code: u16, digits: &[u8]) -> Option<&[u8]> {
    let today = digits.strip_prefix(b"1")?;
    (calling_code == MEXICO && today.len() == usize::from(NATIONAL_LENGTH)).then_some(today)
}

impl PhoneNumber {
    /// Whether both numbers reach the same phone, although one has the 9 of Argentina's mobile
    /// phones.
    ///
    /// ```
    /// # #[cfg(feature = "embedded")] {
    /// use postern_phone::parse;
    ///
    /// let number = |text| parse(text, None).expect("a number").number;
    /// assert!(number("+54 9 11 2345-6789").is_same_phone(number("+54 11 2345-6789")));
    /// assert!(!number("+54 9 11 2345-6789").is_same_phone(number("+54 11 2345-6780")));
    /// # }
    /// ```
    #[must_use]
    pub fn is_same_phone(self, other: Self) -> bool {
        self.reached() == other.reached()
    }

    /// The mobile number of Argentina whose 9 may have been left out.
    #[cfg(feature = "embedded")]
    pub(crate) fn with_mobile_prefix(self) -> Option<Self> {
        let may_lack = self.country_code == ARGENTINA && self.length == NATIONAL_LENGTH;
        may_lack.then(|| Self {
            length: NATIONAL_LENGTH + 1,
            national: self.national + 9 * 10_u64.pow(NATIONAL_LENGTH.into()),
            ..self
        })
    }

    /// The number without the prefix that may be written or not.
    fn reached(self) -> Self {
        let weight = 10_u64.pow(NATIONAL_LENGTH.into());
        let has_prefix = self.country_code == ARGENTINA
            && self.length == NATIONAL_LENGTH + 1
            && self.national / weight == 9;
        if !has_prefix {
            return self;
        }
        Self {
            length: NATIONAL_LENGTH,
            national: self.national % weight,
            ..self
        }
    }
}
