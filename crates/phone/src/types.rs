//! Which numbers are assigned, and their types.
//!
//! One automaton holds the numbers of all plans, each with the set of its types. One walk over at
//! most 17 digits answers every question.

use core::fmt;

use crate::number::PhoneNumber;
use crate::plan::Plan;
use crate::region::Region;
use crate::table::{Kind, Plans};

#[cfg(all(test, feature = "embedded"))]
mod tests;

/// The purpose of a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberType {
    /// The phone of a place, not of a person.
    FixedLine,
    /// A mobile phone.
    Mobile,
    /// Free of charge for the caller.
    TollFree,
    /// More expensive than other numbers.
    PremiumRate,
    /// Caller and owner share the cost.
    SharedCost,
    /// Follows a person from phone to phone.
    Personal,
    /// A phone on the internet.
    Voip,
    /// A pager.
    Pager,
    /// A single number of a company for all of its locations ("universal access number").
    Uan,
    /// An answering machine.
    Voicemail,
}

impl NumberType {
    /// All types, in the order of their bits in [`Types`].
    const ALL: [Self; 10] = [
        Self::FixedLine,
        Self::Mobile,
        Self::TollFree,
        Self::PremiumRate,
        Self::SharedCost,
        Self::Personal,
        Self::Voip,
        Self::Pager,
        Self::Uan,
        Self::Voicemail,
    ];

    /// The name of the type in lower case with hyphens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FixedLine => "fixed-line",
            Self::Mobile => "mobile",
            Self::TollFree => "toll-free",
            Self::PremiumRate => "premium-rate",
            Self::SharedCost => "shared-cost",
            Self::Personal => "personal",
            Self::Voip => "voip",
            Self::Pager => "pager",
            Self::Uan => "uan",
            Self::Voicemail => "voicemail",
        }
    }
}

/// The types that a number can have. Several if a plan does not distinguish them, none if it does
/// not know the number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Types(u16);

impl Types {
    /// Whether a number of these types can have a given type.
    pub fn contains(self, kind: NumberType) -> bool {
        self.iter().any(|one| one == kind)
    }

    /// Whether the plan does not know the number.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The types, one by one.
    pub fn iter(self) -> impl Iterator<Item = NumberType> {
        NumberType::ALL
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.0 >> bit & 1 == 1)
            .map(|(_, kind)| kind)
    }
}

impl fmt::Display for Types {
    /// The types, separated by commas.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, kind) in self.iter().enumerate() {
            formatter.write_str(if index == 0 { "" } else { "," })?;
            formatter.write_str(kind.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Types {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Plans<'_> {
    /// The types of a number, as far as its numbering plan says.
    pub fn types(&self, number: PhoneNumber) -> Types {
        self.placed(number).map_or(Types(0), |(_, types)| types)
    }

    /// The region of a number. A worldwide service, such as +800, has none. A number that none of
    /// several regions has assigned has none either.
    pub fn region(&self, number: PhoneNumber) -> Option<Region> {
        self.placed(number)?.0.region()
    }

    /// The plan of a number, and the number's types in that plan.
    fn placed(&self, number: PhoneNumber) -> Option<(Plan<'_>, Types)> {
        let digits = number.national_number();
        let digits = digits.as_bytes();
        let main = Plan::of_code(self, number.country_code())?;
        if main.is_shared() {
            main.sharing().find_map(|plan| plan.claim(digits))
        } else {
            Some((main, main.types(digits)))
        }
    }
}

impl Plan<'_> {
    fn types(self, digits: &[u8]) -> Types {
        Types(self.accepted(Kind::Numbers, digits).unwrap_or(0))
    }

    /// This plan and the types of a number, if the number belongs to this region rather than to
    /// another with the same calling code.
    ///
    /// If the region has leading digits, they decide. Otherwise the region must know the number, as
    /// in libphonenumber.
    fn claim(self, digits: &[u8]) -> Option<(Self, Types)> {
        if self.has(Kind::LeadingDigits) {
            self.longest(Kind::LeadingDigits, digits, |_, _| true)?;
            return Some((self, self.types(digits)));
        }
        let types = self.types(digits);
        (!types.is_empty()).then_some((self, types))
    }
}
