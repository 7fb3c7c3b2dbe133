//! What parsing knows of the world's numbering plans: calling codes, regions, lengths and prefixes.
//!
//! The tables are compiled by the build script, and hold no number; which numbers are assigned is in `types`.

use crate::automaton::Automaton;
use crate::error::Lengths;
use crate::region::Region;

mod tables {
    include!(concat!(env!("OUT_DIR"), "/numbering.rs"));
}
pub(crate) use tables::{
    INTERNATIONAL_PREFIX, KEPT, NATIONAL_PREFIX, PREPENDED, TAKEN_BY_OTHERS, UNCOMMON,
};

pub(crate) static PREFIXES: Automaton = Automaton(&tables::PREFIXES);

/// ITU-T E.164 §6.2.1: a calling code has one to three digits.
const CALLING_CODE_DIGITS_MAX: usize = 3;

/// A numbering plan, by its index in the tables.
///
/// The main plan of each calling code has the index of the code; then come the plans of the other regions that share one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan(usize);

pub(crate) fn all() -> impl Iterator<Item = Plan> {
    (0..tables::REGIONS.len()).map(Plan)
}

impl Plan {
    pub(crate) fn of_region(region: Region) -> Option<Self> {
        tables::REGIONS
            .iter()
            .position(|letters| *letters == region.letters())
            .map(Self)
    }

    /// The main plan of a calling code.
    pub(crate) fn of_code(code: u16) -> Option<Self> {
        tables::CALLING_CODES.binary_search(&code).ok().map(Self)
    }

    /// The main plan of the calling code that some digits begin with, and the digits after it.
    ///
    /// No calling code begins with another, so there is at most one.
    pub(crate) fn of_number(digits: &[u8]) -> Result<(Self, &[u8]), u16> {
        let mut code = 0;
        for (index, digit) in digits.iter().enumerate().take(CALLING_CODE_DIGITS_MAX) {
            code = code * 10 + u16::from(digit - b'0');
            if code == 0 {
                break;
            }
            if let Some(plan) = Self::of_code(code) {
                return Ok((plan, digits.get(index + 1..).unwrap_or_default()));
            }
        }
        Err(code)
    }

    pub(crate) fn index(self) -> usize {
        self.0
    }

    /// The index among the plans that are not the main ones of their codes.
    pub(crate) fn index_of_other(self) -> Option<usize> {
        self.0.checked_sub(tables::CALLING_CODES.len())
    }

    /// The main plan of this plan's calling code.
    pub(crate) fn main(self) -> Self {
        let other = self.index_of_other();
        let code = other.and_then(|other| tables::CODES_OF_OTHERS.get(other));
        code.map_or(self, |&code| Self(usize::from(code)))
    }

    /// All plans of this plan's calling code, the main one first.
    #[cfg(feature = "plans")]
    pub(crate) fn sharing(self) -> impl Iterator<Item = Self> {
        let main = self.main();
        let others = (tables::CALLING_CODES.len()..tables::REGIONS.len()).map(Self);
        core::iter::once(main).chain(others.filter(move |other| other.main() == main))
    }

    pub(crate) fn calling_code(self) -> u16 {
        tables::CALLING_CODES
            .get(self.main().0)
            .copied()
            .unwrap_or_default()
    }

    /// How long the numbers of the region may be. A number as a whole is measured by its main plan, as in libphonenumber.
    pub(crate) fn lengths(self) -> Lengths {
        Lengths::from_table(tables::LENGTHS.get(self.0).copied().unwrap_or_default())
    }

    /// Whether a number of the calling code may be these digits, by their count or because a region has them that counts otherwise.
    ///
    /// Canada has numbers of seven digits that are dialled without an area code; other numbers of seven digits lack theirs.
    pub(crate) fn is_possible(self, digits: &[u8]) -> bool {
        self.main().lengths().contains(digits.len()) || self.is_uncommon(digits)
    }

    /// The region, or none for a service of the whole world.
    pub(crate) fn region(self) -> Option<Region> {
        tables::REGIONS
            .get(self.0)
            .and_then(|&letters| Region::from_table(letters))
    }
}
