//! One numbering plan: its calling code, its region, and the lengths of its numbers.

use crate::error::{LONGEST, Lengths};
use crate::region::Region;
use crate::table::{Kind, Plans};

/// ITU-T E.164 §6.2.1: a calling code has one to three digits.
const CALLING_CODE_DIGITS_MAX: usize = 3;

/// The number of letters from A to Z.
const LETTERS: usize = 26;

impl Plans<'_> {
    /// The calling code of a region, without `+`.
    pub fn calling_code(&self, region: Region) -> Option<u16> {
        Plan::of_region(self, region).map(Plan::calling_code)
    }
}

/// A numbering plan, by its index in the table.
///
/// The main plan of each calling code has the index of the code. After those come the plans of
/// other regions with a shared code.
#[derive(Clone, Copy)]
pub(crate) struct Plan<'p> {
    pub(crate) plans: &'p Plans<'p>,
    index: usize,
}

impl<'p> Plan<'p> {
    pub(crate) fn of_region(plans: &'p Plans<'p>, region: Region) -> Option<Self> {
        let place = region.letters().iter().fold(0, |place, letter| {
            place * LETTERS + usize::from(letter.saturating_sub(b'A'))
        });
        let index = usize::from(*plans.by_letters.get(place)?);
        (index < plans.regions.len()).then_some(Self { plans, index })
    }

    /// The main plan of a calling code.
    pub(crate) fn of_code(plans: &'p Plans<'p>, code: u16) -> Option<Self> {
        let (three, _) = padded(code);
        Self::beginning(plans, three).filter(|plan| plan.calling_code() == code)
    }

    /// The main plan of the calling code at the beginning of the digits, and the digits after it.
    /// The error holds the digits in the place of a calling code.
    pub(crate) fn of_number<'d>(
        plans: &'p Plans<'p>,
        digits: &'d [u8],
    ) -> Result<(Self, &'d [u8]), u16> {
        let first = digits.get(..CALLING_CODE_DIGITS_MAX).unwrap_or(digits);
        // No calling code begins with 0.
        if first.first().is_none_or(|&digit| digit == b'0') {
            return Err(0);
        }
        let values = first.iter().map(|digit| u16::from(digit - b'0'));
        let value = values.fold(0, |value, digit| value * 10 + digit);
        let (three, _) = padded(value);
        let plan = Self::beginning(plans, three).ok_or(value)?;
        let (_, length) = padded(plan.calling_code());
        // The zeros that were appended are not part of the digits.
        let rest = digits.get(length..).ok_or(value)?;
        Ok((plan, rest))
    }

    /// The main plan of the calling code at the beginning of three digits.
    fn beginning(plans: &'p Plans<'p>, three: u16) -> Option<Self> {
        let index = usize::from(*plans.by_digits.get(usize::from(three))?);
        (index < plans.calling_codes.len()).then_some(Self { plans, index })
    }

    #[cfg(test)]
    pub(crate) fn index(self) -> usize {
        self.index
    }

    /// The index among the plans other than the main ones.
    pub(crate) fn index_of_other(self) -> Option<usize> {
        self.index.checked_sub(self.plans.calling_codes.len())
    }

    /// The main plan of this plan's calling code.
    pub(crate) fn main(self) -> Self {
        let other = self.index_of_other();
        let code = other.and_then(|other| self.plans.codes_of_others.get(other));
        let index = code.map_or(self.index, |&code| usize::from(code));
        Self { index, ..self }
    }

    /// All plans with this plan's calling code, the main one first.
    pub(crate) fn sharing(self) -> impl Iterator<Item = Self> {
        let main = self.main();
        let mains = self.plans.calling_codes.len();
        let others = self.plans.codes_of_others.iter().enumerate();
        let others = others
            .filter(move |&(_, &code)| usize::from(code) == main.index)
            .map(move |(other, _)| Self {
                index: mains + other,
                ..self
            });
        core::iter::once(main).chain(others)
    }

    /// Whether the calling code of a main plan has other plans too.
    pub(crate) fn is_shared(self) -> bool {
        let code = u8::try_from(self.index);
        code.is_ok_and(|code| self.plans.codes_of_others.contains(&code))
    }

    pub(crate) fn calling_code(self) -> u16 {
        self.plans.calling_codes.get(self.main().index)
    }

    /// The lengths of the region's numbers. The length of a whole number is checked with the main
    /// plan, as in libphonenumber.
    pub(crate) fn lengths(self) -> Lengths {
        self.plans.lengths(self.index)
    }

    /// Whether these digits can be a number of the calling code: by their length, or since a region
    /// has such a number with another length.
    ///
    /// Canada has numbers of seven digits that are dialled without an area code. Other numbers of
    /// seven digits lack their area code.
    pub(crate) fn is_possible(self, digits: &[u8]) -> bool {
        let is_usual = self.main().lengths().contains(digits.len());
        is_usual || digits.len() <= LONGEST && self.is_uncommon(digits)
    }

    /// The region; `None` for a worldwide service.
    pub(crate) fn region(self) -> Option<Region> {
        let letters = self.plans.regions.get(self.index)?;
        Region::from_table(*letters)
    }

    /// Whether both are the same plan.
    pub(crate) fn is(self, other: Self) -> bool {
        self.index == other.index
    }

    /// The payload of the node that `digits` lead to in one of the plan's automata, if that node
    /// accepts.
    pub(crate) fn accepted(self, kind: Kind, digits: &[u8]) -> Option<u16> {
        let root = self.plans.root(kind, self.index);
        self.plans.automaton.accepted(root, digits)
    }

    /// The last accepting node that counts on the path of `digits` in one of the plan's automata:
    /// the number of digits that lead to it, and its payload.
    pub(crate) fn longest(
        self,
        kind: Kind,
        digits: &[u8],
        counts: impl Fn(usize, u16) -> bool,
    ) -> Option<(usize, u16)> {
        let root = self.plans.root(kind, self.index);
        self.plans.automaton.longest(root, digits, counts)
    }

    /// Whether the plan has an automaton of this kind.
    pub(crate) fn has(self, kind: Kind) -> bool {
        self.plans.root(kind, self.index) != crate::automaton::DEAD
    }
}

/// A number of one to three digits, padded with zeros to three digits, and its original number of
/// digits.
fn padded(number: u16) -> (u16, usize) {
    match number {
        0..10 => (number * 100, 1),
        10..100 => (number * 10, 2),
        _ => (number, 3),
    }
}
