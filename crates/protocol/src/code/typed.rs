//! The digits that were typed or pasted.

use alloc::string::String;

use zeroize::Zeroize;

/// More digits than this are not kept: they only have to be seen to be too many.
const TYPED_CODE_DIGITS_MAX: usize = 64;

/// The digits of a code that was typed or pasted. Neither printed nor serialised; wiped when
/// dropped.
pub struct TypedCode(pub(super) String);

impl TypedCode {
    /// How many digits there are in what was typed, wherever they stand.
    pub fn count_digits(typed: &str) -> usize {
        typed.chars().filter_map(decimal_digit).count()
    }

    /// Every digit there is, up to more than any code has.
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

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Drop for TypedCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The ASCII digit that a decimal digit of any script stands for, as in phone numbers.
pub(crate) fn decimal_digit(character: char) -> Option<char> {
    postern_phone::decimal_digit(character).map(|digit| char::from(b'0' + digit))
}
