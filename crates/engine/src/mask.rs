//! Destinations, masked so that their owner recognises them and an attacker does not learn them.
//!
//! Before a proof that is no more than a decoy can show too: two digits of a number, and nothing of
//! an address.

use alloc::string::{String, ToString};

use postern_phone::PhoneNumber;

/// What stands for the part of an address that is not told.
const HIDDEN: &str = "•••";

/// Letters of an address that are told, if there are twice as many at least.
const LETTERS_SHOWN: usize = 2;

/// Digits of a number that are told.
pub(crate) const DIGITS_SHOWN: u8 = 2;

/// An e-mail address, for the person who has proved who they are: its first two letters (or one of
/// a short name) and its domain.
pub(crate) fn email(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let shown = if local.chars().count() >= 2 * LETTERS_SHOWN {
        LETTERS_SHOWN
    } else {
        1
    };
    let mut masked: String = local.chars().take(shown).collect();
    masked.push_str(HIDDEN);
    masked.push('@');
    masked.push_str(domain);
    masked
}

/// The last two digits of a phone number.
pub(crate) fn last_digits(number: PhoneNumber) -> String {
    let digits = number.to_string();
    let hidden = digits.len().saturating_sub(usize::from(DIGITS_SHOWN));
    digits.get(hidden..).unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_first_letters_and_its_domain() {
        assert_eq!(email("ada.lovelace@home.example"), "ad•••@home.example");
        assert_eq!(email("ada@home.example"), "a•••@home.example");
        assert_eq!(email("甲斐@黒川.日本"), "甲•••@黒川.日本");
    }

    #[test]
    fn a_number_keeps_its_last_two_digits_however_long_it_is() {
        for (number, told) in [
            ("+31612345642", "42"),
            ("+24762889", "89"),
            ("+3546612340", "40"),
        ] {
            assert_eq!(last_digits(number.parse().unwrap()), told);
        }
    }
}
