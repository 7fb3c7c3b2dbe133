//! Destinations, told so that their owner recognises them and nobody else learns them.
//!
//! The bullets of an address do not tell how much they hide; those of a number do, as everybody's in a country do.

use alloc::string::String;

use postern_phone::PhoneNumber;

/// What stands for the part of an address that is not told.
const HIDDEN: &str = "•••";

/// Letters of an address that are told, if there are twice as many at least.
const LETTERS_SHOWN: usize = 2;

/// An e-mail address: its first two letters (or one of a short name) and its domain.
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

/// A phone number: its calling code and its last two digits.
pub(crate) fn phone(number: PhoneNumber) -> String {
    number.masked()
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
}
