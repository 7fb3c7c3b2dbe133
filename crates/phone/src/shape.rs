//! Checks a number without any numbering plan.

use crate::digits::INTERNATIONAL_PREFIX_DIGITS_MAX;
use crate::error::{Lengths, ParseError};
use crate::region::Region;
use crate::scan;

/// ITU-T E.164 §6.1: maximum digits of an international number, with its calling code.
const E164_DIGITS_MAX: usize = 15;

/// Checks whether an input has the shape of a phone number and a length that E.164 allows, for use
/// before any [`Plans`](crate::Plans) are loaded.
///
/// An accepted input may still not be a number. [`Plans::parse`](crate::Plans::parse) refuses every
/// input that this function refuses, except one with more digits than E.164 allows.
///
/// ```
/// use postern_phone::{ParseError, check_shape};
///
/// assert_eq!(check_shape("+31 6 1234 5678", None), Ok(()));
/// assert_eq!(check_shape("06 1234 5678", None), Err(ParseError::NoCountryCode));
/// assert_eq!(check_shape("06 FLOWERS", None), Err(ParseError::Letters { position: 4 }));
/// ```
///
/// # Errors
///
/// [`ParseError`] says what is wrong and where.
pub fn check_shape(input: &str, default_region: Option<Region>) -> Result<(), ParseError> {
    let typed = scan::read(input)?;
    let digits = typed.digits.as_bytes();
    let prefix_max = if typed.international {
        0
    } else {
        INTERNATIONAL_PREFIX_DIGITS_MAX
    };
    if digits.is_empty() {
        Err(ParseError::Empty)
    } else if !typed.international && default_region.is_none() && !digits.starts_with(b"00") {
        Err(ParseError::NoCountryCode)
    } else if digits.len() > prefix_max + E164_DIGITS_MAX {
        // The calling code takes at least one of the digits.
        let possible = Lengths::up_to(E164_DIGITS_MAX - 1);
        Err(ParseError::TooLong { possible })
    } else {
        Ok(())
    }
}
