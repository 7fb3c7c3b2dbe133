//! Why a password is refused: one variant for each rule.
//!
//! The page turns each into a sentence. No variant contains any part of the password, so a refusal
//! may be sent and logged.

use alloc::vec::Vec;
use core::fmt;

use postern_wire_derive::wire;

use super::{CharacterClass, PasswordRules};

/// A rule that a password fails, with what is needed to explain it. Listed in the order in which
/// they are told.
#[wire]
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PasswordRefusal {
    /// It has a NUL, a line end or another control character (Unicode category Cc).
    ControlCharacter,
    /// Too few code points.
    TooShort {
        /// How many are asked.
        min: u16,
        /// How many it has.
        actual: u16,
    },
    /// Too many code points.
    TooLong {
        /// How many are taken.
        max: u16,
    },
    /// It has something other than printable ASCII, which this tenant's directory does not take.
    NotAscii,
    /// It uses too few classes of characters.
    TooFewClasses {
        /// How many are asked.
        required: u8,
        /// Those that it does not use.
        missing: Vec<CharacterClass>,
    },
    /// It is mostly the same again and again.
    Repetition,
    /// It is mostly keys, letters or digits in their order.
    Sequence,
    /// It is mostly a date.
    Date,
    /// Four letters or digits in a row of the identifier, or more, are in it.
    ContainsIdentifier,
    /// Another identifier of the account, or a part of it, is in it. Only the directory knows of
    /// them, so [`judge`](super::judge) never says this.
    ContainsOtherIdentifier,
    /// The person's first, last or display name, or a part of it, is in it.
    ContainsName,
    /// A name of the organisation is in it.
    ContainsTenant,
    /// The whole password is a globally banned term, or one edit away from one.
    Banned,
    /// The whole password is one of the administrator's terms, or one edit away from one.
    BannedCustom,
    /// With each banned term in it counted as one character, too little is left.
    TooGuessable {
        /// One point for each banned term and each pattern, one for each other character.
        score: u16,
        /// The points asked.
        required: u16,
        /// Where the terms in it are listed; empty where it is merely short.
        lists: Vec<TermList>,
    },
    /// It is the password in use now. Only the directory knows, so [`judge`](super::judge) never
    /// says this.
    SameAsCurrent,
}

impl PasswordRefusal {
    /// Adjusts the limit for a tenant that accepts fewer characters than
    /// [`NewPassword`](super::NewPassword) holds.
    #[must_use]
    pub fn under(self, rules: &PasswordRules) -> Self {
        if let Self::TooLong { .. } = self {
            Self::TooLong {
                max: rules.max_length,
            }
        } else {
            self
        }
    }
}

impl fmt::Display for PasswordRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "password refused: {}", self.name())
    }
}

impl core::error::Error for PasswordRefusal {}

/// Who banned a term.
#[wire]
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum TermList {
    /// The list that every tenant has.
    Global,
    /// The administrator's own.
    Custom,
}
