//! Numbers that are written differently and reach one phone.
//!
//! Google's library calls them different, or no numbers at all; people and directories do not.

use crate::PhoneNumber;

/// Argentina, where mobile numbers have a 9 before the area code when they are called from abroad,
/// and at home none.
const ARGENTINA: u16 = 54;

/// Mexico, where mobile numbers had a 1 before the area code until 2019. People and directories
/// still write it.
const MEXICO: u16 = 52;

/// Digits of a national number in both countries, without what stands before it (libphonenumber's
/// metadata).
const NATIONAL_LENGTH: u8 = 10;

/// Digits as they are dialled today, where they have a prefix that their country has given up.
pub(crate) fn without_old_prefix(calling_code: u16, digits: &[u8]) -> Option<&[u8]> {
    let today = digits.strip_prefix(b"1")?;
    (calling_code == MEXICO && today.len() == usize::from(NATIONAL_LENGTH)).then_some(today)
}

impl PhoneNumber {
    /// Whether both reach one phone, though one has the 9 of Argentina's mobile phones.
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

    /// The number without what is written before it or not.
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
