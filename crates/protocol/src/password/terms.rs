//! The lists of banned terms: the global one and the administrator's.
//!
//! Terms are normalised once, when a list is created. One walk then searches a password for all of
//! them.

#[cfg(feature = "banned-list")]
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

#[cfg(feature = "banned-list")]
use once_cell::race::OnceBox;

use super::unicode::nfc;

use super::limits::TERM_LENGTH_MIN;
use super::normal::normalise;
use super::trie::Trie;

/// Maximum number of terms in an administrator's list (Microsoft Entra documentation,
/// `concept-password-ban-bad`).
pub const CUSTOM_TERMS_MAX: usize = 1000;

/// Maximum length of a custom term, in code points (Microsoft Entra documentation,
/// `concept-password-ban-bad`).
pub const CUSTOM_TERM_LENGTH_MAX: usize = 16;

/// The list that applies to every tenant.
#[derive(Clone, Debug)]
pub struct BannedList(Trie);

impl BannedList {
    /// The empty list, which the page has.
    pub const EMPTY: Self = Self(Trie::EMPTY);

    /// Postern's own lists: breached passwords, and words of the supported languages.
    /// `data/README.md` names their sources. The list is created on first use, and kept until the
    /// process ends.
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

    /// A list of other terms, in any order. Terms shorter than [`TERM_LENGTH_MIN`] refuse only a
    /// whole password.
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
    /// The empty list.
    pub const EMPTY: Self = Self(Trie::EMPTY);

    /// Takes terms of 4 to [`CUSTOM_TERM_LENGTH_MAX`] code points each. Case and substitutions do
    /// not matter. A repeated term is not an error.
    ///
    /// # Errors
    ///
    /// The first invalid term, and the reason.
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

/// An invalid custom term.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TermError {
    /// The index of the term, counted from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: TermErrorReason,
}

/// Why a custom term is invalid.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TermErrorReason {
    /// The term exceeds [`CUSTOM_TERMS_MAX`].
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
