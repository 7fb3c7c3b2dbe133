//! The plans as a part of the program, and functions that use them implicitly.

use core::str::FromStr;

use crate::error::{NotE164, ParseError};
use crate::number::PhoneNumber;
use crate::parse::Parsed;
use crate::plan::Plan;
use crate::region::Region;
use crate::table::Plans;
use crate::types::{NumberType, Types};

/// The table of all numbering plans, for a program that uses this crate without the feature
/// `embedded`.
pub static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/plans.bin"));

static PLANS: Plans<'static> = match Plans::read(TABLE) {
    Ok(plans) => plans,
    Err(_) => panic!("the build script writes what is read here"),
};

impl Plans<'static> {
    /// The plans that are part of the program.
    pub fn embedded() -> &'static Self {
        &PLANS
    }
}

/// Reads a phone number in any format that people use.
///
/// A number that begins with neither `+` nor an international prefix is taken to belong to
/// `default_region`.
///
/// A returned number has a length that its country uses. It need not be assigned, nor in a range
/// that is in use.
///
/// ```
/// use postern_phone::{Region, parse};
///
/// let parsed = parse("06-1234 5678", Region::parse("NL"))?;
/// assert_eq!(parsed.number.to_string(), "+31612345678");
/// # Ok::<(), postern_phone::ParseError>(())
/// ```
///
/// # Errors
///
/// [`ParseError`] says what is wrong and where.
pub fn parse(input: &str, default_region: Option<Region>) -> Result<Parsed, ParseError> {
    PLANS.parse(input, default_region)
}

impl PhoneNumber {
    /// Whether numbers of this calling code have this length, or one of its regions has assigned
    /// the number although it has another length.
    ///
    /// True for every number that this version of the crate has read. It says nothing about whether
    /// the number is in use.
    pub fn is_possible(self) -> bool {
        Plan::of_code(&PLANS, self.country_code())
            .is_some_and(|plan| plan.is_possible(self.national_number().as_bytes()))
    }

    /// Whether the numbering plan has assigned a range that contains this number.
    ///
    /// A number that is not assigned may still ring: plans change faster than they are published.
    pub fn is_assigned(self) -> bool {
        !self.types().is_empty()
    }

    /// The types of the number, as far as the numbering plan says.
    pub fn types(self) -> Types {
        PLANS.types(self)
    }

    /// The type because of which a service should not call or text the number. `None` if it may be
    /// a destination.
    ///
    /// ```
    /// use postern_phone::{NumberType, PhoneNumber};
    ///
    /// let number: PhoneNumber = "+31900123456".parse()?;
    /// assert_eq!(number.refused_as(), Some(NumberType::PremiumRate));
    /// # Ok::<(), postern_phone::NotE164>(())
    /// ```
    pub fn refused_as(self) -> Option<NumberType> {
        self.types().refused_as()
    }

    /// Whether a text message may reach a person at the number, as far as the numbering plan says.
    ///
    /// A number of Argentina counts as a mobile number if it would be one with a 9.
    pub fn can_receive_text(self) -> bool {
        let is_mobile = |number: Self| number.types().contains(NumberType::Mobile);
        self.types().can_receive_text() || self.with_mobile_prefix().is_some_and(is_mobile)
    }

    /// The region of the number. A worldwide service, such as +800, has none. A number that none of
    /// several regions has assigned has none either.
    pub fn region(self) -> Option<Region> {
        PLANS.region(self)
    }
}

impl FromStr for PhoneNumber {
    type Err = NotE164;

    /// Reads the E.164 form and no other form.
    fn from_str(text: &str) -> Result<Self, NotE164> {
        match parse(text, None) {
            Ok(parsed) if parsed.number.is_written(text) => Ok(parsed.number),
            Ok(_) | Err(_) => Err(NotE164),
        }
    }
}

impl Region {
    /// Every region with a numbering plan.
    pub fn all() -> impl Iterator<Item = Self> {
        PLANS.regions()
    }

    /// The calling code of the region, without `+`.
    pub fn calling_code(self) -> Option<u16> {
        PLANS.calling_code(self)
    }
}
