//! Removes the parts before a number: the international and the national prefix.
//!
//! Some prefixes need more than removing digits. A carrier's code after the prefix is removed too.
//! In some regions an area code is put before a local number. The payload of the prefix's automaton
//! describes this, from the lowest bit: 1 bit that is set, [`MUST_END`], 3 bits and 4 bits for the
//! beginning and end of the part to keep, and 5 bits for the digits to put before that part.

use crate::digits::Digits;
use crate::plan::Plan;
use crate::table::Kind;

/// Bit in a payload: the prefix counts only if the number ends with it.
const MUST_END: u16 = 1 << 1;

impl Plan<'_> {
    /// The digits after the prefix for calls abroad, such as `00`.
    pub(crate) fn without_international_prefix(self, digits: &[u8]) -> Option<&[u8]> {
        let (length, _) = self.longest(Kind::InternationalPrefix, digits, |_, _| true)?;
        // No calling code begins with 0.
        digits
            .get(length..)
            .filter(|rest| rest.first() != Some(&b'0'))
    }

    /// The number after the region's calling code, if digits begin with that code without a `+`.
    /// Only if the digits are not a number of the region as they are.
    pub(crate) fn without_calling_code(self, digits: &[u8]) -> Option<Digits> {
        let (plan, national) = Plan::of_number(self.plans, digits).ok()?;
        if !plan.is(self.main()) {
            return None;
        }
        let mut number = Digits::EMPTY;
        number.extend(national);
        number = self.without_prefix(national).unwrap_or(number);

        let is_too_long = digits.len() > self.lengths().longest();
        let is_taken = is_too_long || self.takes_calling_code(digits, number.as_bytes());
        is_taken.then_some(number)
    }

    /// Whether digits are a calling code and a number, rather than a number of the region.
    fn takes_calling_code(self, digits: &[u8], number: &[u8]) -> bool {
        if let Some(other) = self.index_of_other() {
            let root = self.plans.root_of_taken(other);
            self.plans.automaton.accepted(root, digits).is_some()
        } else {
            // A number that still has a prefix does not count.
            self.is_possible(number)
                && self.without_national_prefix(number).is_none()
                && !self.keeps(digits)
        }
    }

    /// Converts a number from its form at home to its form from abroad.
    ///
    /// `None` if there is no prefix, or if the apparent prefix belongs to the number.
    pub(crate) fn without_national_prefix(self, digits: &[u8]) -> Option<Digits> {
        let lengths = self.lengths();
        self.without_prefix(digits)
            .filter(|number| lengths.contains(number.len()) || number.len() > lengths.longest())
    }

    /// The same for a result of any length.
    pub(crate) fn without_prefix(self, digits: &[u8]) -> Option<Digits> {
        let counts = |length, payload| payload & MUST_END == 0 || length == digits.len();
        let (length, payload) = self.longest(Kind::NationalPrefix, digits, counts)?;
        if self.keeps(digits) {
            return None;
        }

        let action = usize::from(payload);
        let (start, end) = (action >> 2 & 0b111, action >> 5 & 0b1111);
        let mut number = Digits::EMPTY;
        let prepended = self.plans.prepended.get(action >> 9).into_iter().flatten();
        prepended
            .filter(|byte| byte.is_ascii_digit())
            .for_each(|&digit| number.push(digit));
        number.extend(digits.get(start..end).unwrap_or_default());
        number.extend(digits.get(length..).unwrap_or_default());
        (number.as_bytes() != digits).then_some(number)
    }

    /// Whether these digits are a number of the plan although they begin like a prefix or a calling
    /// code.
    pub(crate) fn keeps(self, digits: &[u8]) -> bool {
        self.accepted(Kind::Kept, digits).is_some()
    }

    /// Whether these digits are an assigned number of a region whose lengths differ from those of
    /// its calling code's main region.
    pub(crate) fn is_uncommon(self, digits: &[u8]) -> bool {
        let automaton = &self.plans.automaton;
        let code = self.calling_code();
        let after_code = [100, 10, 1]
            .into_iter()
            .filter(|place| code >= *place)
            // The value is less than 10, so no bits are lost.
            .map(|place| b'0' + (code / place % 10).to_le_bytes()[0])
            .fold(self.plans.root_of_uncommon(), |node, digit| {
                automaton.step(node, digit)
            });
        automaton.accepted(after_code, digits).is_some()
    }
}
