//! The digits that were typed or pasted.

use alloc::string::String;

use zeroize::Zeroize;

/// Maximum number of digits that are kept. More digits only need to be recognised as too many.
const TYPED_CODE_DIGITS_MAX: usize = 64;

/// The digits of a typed or pasted code. They cannot be printed or serialised, and are wiped when
/// dropped.
pub struct TypedCode(pub(super) String);

impl TypedCode {
    /// The number of digits in the input, at any position.
    pub fn count_digits(typed: &str) -> usize {
        typed.chars().filter_map(decimal_digit).count()
    }

    /// Every digit of the input, up to a maximum that is more than any code has.
    pub(super) fn all_digits(typed: &str) -> Self {
        Self::of(typed.chars().filter_map(decimal_digit))
    }

    pub(super) fn of(all: impl Iterator<Item = char>) -> Self {
        let mut digits = String::with_capacity(TYPED_CODE_DIGITS_MAX);
        digits.extend(all.take(TYPED_CODE_DIGITS_MAX));
        Self(digits)
    }

    /// The digits, as ASCII.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number of digits.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no digits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Drop for TypedCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The ASCII form of a decimal digit of any script, as in phone numbers.
pub(crate) fn decimal_digit(character: char) -> Option<char> {
    postern_phone::decimal_digit(character).map(|digit| char::from(b'0' + digit))
}
