//! Takes away what comes before a number: the international and the national prefix.
//!
//! Some prefixes are more than digits to drop: a carrier's code behind them goes too, and in some regions a local number gets its area code put before it.
//! All of that is in the payload that the prefix's automaton ends in: from the lowest bit, 1 bit that is set, [`MUST_END`], 3 bits and 4 bits for where the part to keep begins and ends, and 5 bits for the digits to put before that part.

use crate::automaton::{DEAD, Node};
use crate::digits::Digits;
use crate::plan::{INTERNATIONAL_PREFIX, KEPT, NATIONAL_PREFIX, PREFIXES, PREPENDED, Plan};

/// In a payload: only a number that ends with the prefix has it.
const MUST_END: u16 = 1 << 1;

impl Plan {
    /// The digits after the prefix for calls abroad, such as `00`.
    pub(crate) fn without_international_prefix(self, digits: &[u8]) -> Option<&[u8]> {
        let (length, _) =
            PREFIXES.longest(self.root(&INTERNATIONAL_PREFIX), digits, |_, _| true)?;
        // No calling code begins with 0.
        digits
            .get(length..)
            .filter(|rest| rest.first() != Some(&b'0'))
    }

    /// The number as it is dialled from abroad, given as it is dialled at home.
    ///
    /// None if there is no prefix, or if what looks like one belongs to the number.
    pub(crate) fn without_national_prefix(self, digits: &[u8]) -> Option<Digits> {
        let counts = |length, payload| payload & MUST_END == 0 || length == digits.len();
        let (length, payload) = PREFIXES.longest(self.root(&NATIONAL_PREFIX), digits, counts)?;
        if self.keeps(digits) {
            return None;
        }

        let action = usize::from(payload);
        let (start, end) = (action >> 2 & 0b111, action >> 5 & 0b1111);
        let mut number = Digits::EMPTY;
        let prepended = PREPENDED.get(action >> 9).into_iter().flatten();
        prepended
            .filter(|byte| byte.is_ascii_digit())
            .for_each(|&digit| number.push(digit));
        number.extend(digits.get(start..end).unwrap_or_default());
        number.extend(digits.get(length..).unwrap_or_default());

        let lengths = self.lengths();
        let is_new = number.as_bytes() != digits;
        let is_possible = lengths.contains(number.len()) || number.len() > lengths.longest();
        (is_new && is_possible).then_some(number)
    }

    /// Whether these digits are a number of the plan although they begin like a prefix or a calling code.
    pub(crate) fn keeps(self, digits: &[u8]) -> bool {
        PREFIXES.accepted(self.root(&KEPT), digits).is_some()
    }

    fn root(self, table: &[Node]) -> Node {
        table.get(self.index()).copied().unwrap_or(DEAD)
    }
}
