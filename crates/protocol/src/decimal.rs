//! Whole numbers in decimal digits.
//!
//! The page writes few numbers, and none with a width or a plus sign. Without this module, the
//! formatting of the standard library would be part of the first load for this purpose only.

use alloc::string::String;

/// The decimal digits of a number, with a minus sign if it is negative.
pub fn decimal(number: impl Into<i64>) -> String {
    let number = number.into();
    let mut digits = String::new();
    if number < 0 {
        digits.push('-');
    }
    push(&mut digits, number.unsigned_abs());
    digits
}

fn push(digits: &mut String, number: u64) {
    if number >= 10 {
        push(digits, number / 10);
    }
    digits.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::decimal;

    #[test]
    fn a_number_is_written_as_the_standard_library_writes_it() {
        for number in [0, 7, 10, 99, 100, 1_795_913_181, -1, i64::MAX, i64::MIN] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
