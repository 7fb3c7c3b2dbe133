//! The lists of banned terms: the global one and the administrator's.
//!
//! Terms are normalised once, when a list is made; a password is then searched for all of them in
//! one walk.

#[cfg(feature = "banned-list")]
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

#[cfg(feature = "banned-list")]
use once_cell::race::OnceBox;

use super::unicode::nfc;
use serde::{Deserialize, Serialize};

use super::limits::TERM_LENGTH_MIN;
use super::normal::normalise;
use super::trie::Trie;

/// The most terms that an administrator may list (Microsoft Entra documentation,
/// `concept-password-ban-bad`).
pub const CUSTOM_TERMS_MAX: usize = 1000;

/// The longest custom term, in code points (Microsoft Entra documentation,
/// `concept-password-ban-bad`).
pub const CUSTOM_TERM_LENGTH_MAX: usize = 16;

/// The list that every tenant has.
#[derive(Clone, Debug)]
pub struct BannedList(Trie);

impl BannedList {
    /// The list of nothing, which the page has.
    pub const EMPTY: Self = Self(Trie::EMPTY);

    /// The lists that come with Postern: breached passwords, and words of the languages that it
    /// speaks. `data/README.md` says where they are from. Made when it is first asked for, and kept
    /// for as long as the process runs.
    #[cfg(feature = "banned-list")]
    #[must_use]
    pub fn global() -> &'static Self {
        static GLOBAL: OnceBox<BannedList> = OnceBox::new();
        const TERMS: &str = include_str!("../../data/banned.txt");
        const WORDS: &str = include_str!("../../data/words.txt");
        let words = WORDS.lines().filter(|line| !line.starts_with('#'));
        let terms = TERMS.lines().chain(words.flat_map(str::split_whitespace));
        GLOBAL.get_or_init(|| Box::new(Self::of(terms)))
    }

    /// A list of other terms, in any order. Those shorter than [`TERM_LENGTH_MIN`] refuse a whole
    /// password only.
    ///
    /// ```
    /// use postern_protocol::password::{evaluate, BannedList, Context, NewPassword};
    ///
    /// let banned = BannedList::of(["contoso", "blank"]);
    /// let context = Context { banned: &banned, ..Context::default() };
    /// let password = NewPassword::parse("C0ntos0Blank12")?;
    /// assert_eq!(evaluate(&password, &context).score, 4);
    /// # Ok::<(), postern_protocol::password::PasswordRefusal>(())
    /// ```
    #[must_use]
    pub fn of<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        Self(trie(terms))
    }

    pub(super) const fn trie(&self) -> &Trie {
        &self.0
    }
}

/// The administrator's own list.
#[derive(Clone, Debug)]
pub struct CustomTerms(Trie);

impl CustomTerms {
    /// The list of nothing.
    pub const EMPTY: Self = Self(Trie::EMPTY);

    /// Takes the terms, of 4 to [`CUSTOM_TERM_LENGTH_MAX`] code points each. Case does not count,
    /// nor do the substitutions; the same term twice is no mistake.
    ///
    /// # Errors
    ///
    /// The first term that cannot be taken, and why.
    ///
    /// ```
    /// use postern_protocol::password::{CustomTerms, TermErrorReason};
    ///
    /// let error = CustomTerms::parse(["contoso", "abc"]).unwrap_err();
    /// assert_eq!(error.index, 1);
    /// assert_eq!(error.reason, TermErrorReason::TooShort);
    /// ```
    pub fn parse<'a>(terms: impl IntoIterator<Item = &'a str>) -> Result<Self, TermError> {
        let mut taken = Vec::new();
        for (index, term) in terms.into_iter().enumerate() {
            if index == CUSTOM_TERMS_MAX {
                return Err(TermErrorReason::TooMany.at(index));
            }
            let length = nfc(term.chars()).take(CUSTOM_TERM_LENGTH_MAX + 1).count();
            if length < TERM_LENGTH_MIN {
                return Err(TermErrorReason::TooShort.at(index));
            }
            if length > CUSTOM_TERM_LENGTH_MAX {
                return Err(TermErrorReason::TooLong.at(index));
            }
            if term.chars().any(char::is_control) {
                return Err(TermErrorReason::ControlCharacter.at(index));
            }
            taken.push(term);
        }
        Ok(Self(trie(taken)))
    }

    pub(super) const fn trie(&self) -> &Trie {
        &self.0
    }
}

/// A custom term that cannot be taken.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct TermError {
    /// Which one, counted from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: TermErrorReason,
}

/// Why a custom term cannot be taken.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermErrorReason {
    /// It is one more than [`CUSTOM_TERMS_MAX`].
    TooMany,
    /// It has fewer than [`TERM_LENGTH_MIN`] code points.
    TooShort,
    /// It has more than [`CUSTOM_TERM_LENGTH_MAX`] code points.
    TooLong,
    /// It has a control character, which no password can have.
    ControlCharacter,
}

impl TermErrorReason {
    const fn at(self, index: usize) -> TermError {
        TermError {
            index,
            reason: self,
        }
    }
}

impl fmt::Display for TermError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "custom term {}: {}", self.index, self.reason)
    }
}

impl fmt::Display for TermErrorReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany => write!(formatter, "more than {CUSTOM_TERMS_MAX} terms"),
            Self::TooShort => write!(formatter, "shorter than {TERM_LENGTH_MIN} characters"),
            Self::TooLong => write!(formatter, "longer than {CUSTOM_TERM_LENGTH_MAX} characters"),
            Self::ControlCharacter => write!(formatter, "has a control character"),
        }
    }
}

impl core::error::Error for TermError {}

fn trie<'a>(terms: impl IntoIterator<Item = &'a str>) -> Trie {
    let mut normal: Vec<String> = terms
        .into_iter()
        .map(|term| normalise(term).iter().collect())
        .filter(|term: &String| !term.is_empty())
        .collect();
    normal.sort_unstable();
    normal.dedup();
    let terms: Vec<&str> = normal.iter().map(String::as_str).collect();
    Trie::of_sorted(&terms)
}
