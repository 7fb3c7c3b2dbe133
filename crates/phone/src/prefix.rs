//! Takes away what comes before a number: the international and the national prefix.
//!
//! Some prefixes are more than digits to drop: a carrier's code behind them goes too, and in some
//! regions a local number gets its area code put before it. All of that is in the payload that the
//! prefix's automaton ends in: from the lowest bit, 1 bit that is set, [`MUST_END`], 3 bits and 4
//! bits for where the part to keep begins and ends, and 5 bits for the digits to put before that
//! part.

use crate::digits::Digits;
use crate::plan::Plan;
use crate::table::Kind;

/// In a payload: only a number that ends with the prefix has it.
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

    /// The number after the calling code of the region, where digits begin with it although there
    /// is no `+`: only if they make no number of the region as they are.
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

    /// Whether digits are a calling code and a number rather than a number of the region.
    fn takes_calling_code(self, digits: &[u8], number: &[u8]) -> bool {
        if let Some(other) = self.index_of_other() {
            let root = self.plans.root_of_taken(other);
            self.plans.automaton.accepted(root, digits).is_some()
        } else {
            // A number that still has a prefix is none.
            self.is_possible(number)
                && self.without_national_prefix(number).is_none()
                && !self.keeps(digits)
        }
    }

    /// The number as it is dialled from abroad, given as it is dialled at home.
    ///
    /// None if there is no prefix, or if what looks like one belongs to the number.
    pub(crate) fn without_national_prefix(self, digits: &[u8]) -> Option<Digits> {
        let lengths = self.lengths();
        self.without_prefix(digits)
            .filter(|number| lengths.contains(number.len()) || number.len() > lengths.longest())
    }

    /// The same, however long the number is then.
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

    /// Whether these digits are an assigned number of a region that counts its digits otherwise
    /// than the main one of its calling code.
    pub(crate) fn is_uncommon(self, digits: &[u8]) -> bool {
        let automaton = &self.plans.automaton;
        let code = self.calling_code();
        let after_code = [100, 10, 1]
            .into_iter()
            .filter(|place| code >= *place)
            // Less than 10, so nothing is lost.
            .map(|place| b'0' + (code / place % 10).to_le_bytes()[0])
            .fold(self.plans.root_of_uncommon(), |node, digit| {
                automaton.step(node, digit)
            });
        automaton.accepted(after_code, digits).is_some()
    }
}
