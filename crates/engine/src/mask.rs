//! Destinations in a masked form: their owner recognises them, and an attacker does not learn them.
//!
//! Before a proof, the page shows only what a decoy can show too: two digits of a number, and
//! nothing of an address.

use alloc::string::{String, ToString};

use postern_phone::PhoneNumber;

/// Replaces the hidden part of an address.
const HIDDEN: &str = "•••";

/// The number of shown letters of an address. A name with fewer than twice as many shows one.
const LETTERS_SHOWN: usize = 2;

/// The number of shown digits of a number.
pub(crate) const DIGITS_SHOWN: u8 = 2;

/// A masked e-mail address, for the person who has proved who they are: its first two letters (or
/// one of a short name) and its domain.
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
