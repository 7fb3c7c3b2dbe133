//! Finds the number in the input: its country, and the parts that only serve to dial it.
//!
//! The order of attempts is that of Google's libphonenumber, so that both read the same number from
//! the same input.

use crate::digits::Digits;
use crate::error::ParseError;
use crate::extension::Extension;
use crate::number::PhoneNumber;
use crate::plan::Plan;
use crate::region::Region;
use crate::same;
use crate::scan;
use crate::table::Plans;

/// The result of reading an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The number, without extension.
    pub number: PhoneNumber,
    /// The digits to dial after the call is answered.
    pub extension: Option<Extension>,
}

/// The international prefix of most countries, which people write everywhere.
const USUAL_INTERNATIONAL_PREFIX: &[u8] = b"00";

impl Plans<'_> {
    /// Reads a phone number in any format that people use, as [`parse`](crate::parse) does.
    ///
    /// # Errors
    ///
    /// [`ParseError`] says what is wrong and where.
    pub fn parse(&self, input: &str, default_region: Option<Region>) -> Result<Parsed, ParseError> {
        let typed = scan::read(input)?;
        let home = || default_region.and_then(|region| Plan::of_region(self, region));
        let digits = typed.digits.as_bytes();
        let number = if digits.is_empty() {
            Err(ParseError::Empty)
        } else if typed.international {
            // Some people write a `+` before the prefix that should replace it.
            self.international(digits).or_else(|refused| {
                let ParseError::UnknownCountryCode { .. } = refused else {
                    return Err(refused);
                };
                match home().and_then(|home| home.without_international_prefix(digits)) {
                    Some(digits) => self.international(digits),
                    None => Err(refused),
                }
            })
        } else if let Some(home) = home() {
            self.as_dialled(home, digits)
        } else if let Some(digits) = digits.strip_prefix(USUAL_INTERNATIONAL_PREFIX) {
            self.international(digits)
        } else {
            Err(ParseError::NoCountryCode)
        };
        Ok(Parsed {
            number: number?,
            extension: typed.extension,
        })
    }

    /// Reads digits that begin with a calling code.
    fn international(&self, digits: &[u8]) -> Result<PhoneNumber, ParseError> {
        let (plan, national) = Plan::of_number(self, digits)
            .map_err(|code| ParseError::UnknownCountryCode { code })?;
        // People write the national prefix after the calling code too: `+31 (0)6 …`.
        plan.national(national)
    }

    /// Reads digits as they are dialled in a region.
    fn as_dialled(&self, home: Plan<'_>, digits: &[u8]) -> Result<PhoneNumber, ParseError> {
        let abroad = home
            .without_international_prefix(digits)
            .map(|digits| self.international(digits));
        if let Some(Ok(number)) = abroad {
            return Ok(number);
        }
        if let Some(after) = digits.strip_prefix(USUAL_INTERNATIONAL_PREFIX)
            && !home.keeps(digits)
            && let Ok(number) = self.international(after)
        {
            return Ok(number);
        }
        if let Some(refused) = abroad {
            return refused;
        }
        match home.without_calling_code(digits) {
            Some(number) => home.main().national(number.as_bytes()),
            None => home.national(digits),
        }
    }
}

impl Plan<'_> {
    /// Reads the digits of a number of this plan, with or without the national prefix.
    fn national(self, digits: &[u8]) -> Result<PhoneNumber, ParseError> {
        let main = self.main();
        let possible = main.lengths();
        let mut without = self.without_national_prefix(digits);
        let mut number = without.as_ref().map_or(digits, Digits::as_bytes);
        // The rest must also be read as the same number after the calling code.
        while possible.contains(number.len())
            && let Some(next) = main.without_national_prefix(number)
        {
            number = without.insert(next).as_bytes();
        }

        if !main.is_possible(number)
            && let Some(today) = same::without_old_prefix(self.calling_code(), number)
            && main.is_possible(today)
        {
            return Ok(PhoneNumber::new(self.calling_code(), today));
        }
        if main.is_possible(number) {
            Ok(PhoneNumber::new(self.calling_code(), number))
        } else if number.len() < possible.shortest() {
            Err(ParseError::TooShort { possible })
        } else if number.len() > possible.longest() {
            Err(ParseError::TooLong { possible })
        } else {
            Err(ParseError::ImpossibleLength { possible })
        }
    }
}
