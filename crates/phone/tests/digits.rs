//! Tests that the parser reads every decimal digit of Unicode with its value, and no other
//! character as a digit.

use std::ops::RangeInclusive;

use postern_phone::decimal_digit;
use unicode_general_category::{GeneralCategory, UNICODE_VERSION, get_general_category};

/// Unicode puts the ten digits of a script in a row, from zero on (section 4.6 of the standard).
const BASE: usize = 10;

/// The digits that Unicode 17 has added: Tolong Siki.
const SINCE_17: RangeInclusive<char> = '\u{11DE0}'..='\u{11DE9}';

#[test]
fn every_decimal_digit_of_unicode_is_read_and_nothing_else() {
    assert_eq!(UNICODE_VERSION, (16, 0, 0), "later digits are in its table");
    let is_decimal = |c: &char| {
        SINCE_17.contains(c) || get_general_category(*c) == GeneralCategory::DecimalNumber
    };
    let (decimals, others): (Vec<char>, Vec<char>) = (char::MIN..=char::MAX).partition(is_decimal);
    assert_eq!(decimals.len(), 770);
    for script in decimals.chunks(BASE) {
        for (value, &c) in (0..).zip(script) {
            assert_eq!(decimal_digit(c), Some(value), "U+{:04X}", u32::from(c));
        }
    }
    for c in others {
        assert_eq!(decimal_digit(c), None, "U+{:04X}", u32::from(c));
    }
}
