//! Which numbers are assigned, and as what.
//!
//! One automaton holds the numbers of all plans, each with the set of its types; one walk over at
//! most 17 digits answers everything.

use core::fmt;

use crate::number::PhoneNumber;
use crate::plan::Plan;
use crate::region::Region;
use crate::table::{Kind, Plans};

#[cfg(all(test, feature = "embedded"))]
mod tests;

/// What a range of numbers is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberType {
    /// A place rather than a person.
    FixedLine,
    /// A mobile phone.
    Mobile,
    /// Free for who calls.
    TollFree,
    /// Dearer than other numbers.
    PremiumRate,
    /// Paid for by both sides.
    SharedCost,
    /// Follows a person from phone to phone.
    Personal,
    /// A phone on the internet.
    Voip,
    /// A pager.
    Pager,
    /// A company's one number for all its places ("universal access number").
    Uan,
    /// An answering machine.
    Voicemail,
}

impl NumberType {
    /// All of them, by their bits in [`Types`].
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

    /// The type in lower case with hyphens.
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

/// The types that a number can have; several where a plan does not tell them apart, none where it
/// does not know the number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Types(u16);

impl Types {
    /// Whether a number of these types can be of this one.
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
    /// The types with commas between them.
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
    /// What a number is for, as far as its numbering plan tells.
    pub fn types(&self, number: PhoneNumber) -> Types {
        self.placed(number).map_or(Types(0), |(_, types)| types)
    }

    /// The region that a number belongs to. A service of the whole world, such as +800, has none,
    /// and neither has a number that none of several regions has assigned.
    pub fn region(&self, number: PhoneNumber) -> Option<Region> {
        self.placed(number)?.0.region()
    }

    /// The plan that a number belongs to, and its types there.
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

    /// The plan and the types, if a number belongs to this region rather than to another with the
    /// same calling code.
    ///
    /// Leading digits decide where the region has some, and else that it knows the number, as in
    /// libphonenumber.
    fn claim(self, digits: &[u8]) -> Option<(Self, Types)> {
        if self.has(Kind::LeadingDigits) {
            self.longest(Kind::LeadingDigits, digits, |_, _| true)?;
            return Some((self, self.types(digits)));
        }
        let types = self.types(digits);
        (!types.is_empty()).then_some((self, types))
    }
}
