//! What a password is held against: who asks, and what is banned.
//!
//! The page knows only a part of it (what was typed, the tenant's name) and leaves the rest at its default.

use alloc::vec::Vec;

use super::evaluate::TERM_LENGTH_MIN;
use super::normal::{fold, substitute_in};
use super::{BannedList, CustomTerms};

/// The person, the tenant and the lists. The default knows of nothing.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The identifier, as typed or on file.
    pub identifier: &'a str,
    /// First, last and display name, as far as they are known.
    pub names: &'a [&'a str],
    /// Names of the organisation.
    pub tenant: &'a [&'a str],
    /// The administrator's terms.
    pub custom: &'a CustomTerms,
    /// The global list.
    pub banned: &'a BannedList,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self {
            identifier: "",
            names: &[],
            tenant: &[],
            custom: &NO_CUSTOM_TERMS,
            banned: &NO_BANNED_LIST,
        }
    }
}

static NO_CUSTOM_TERMS: CustomTerms = CustomTerms::EMPTY;
static NO_BANNED_LIST: BannedList = BannedList::EMPTY;

/// A name in the form that passwords are compared in. It is no secret.
pub(super) type Term = Vec<char>;

impl Context<'_> {
    /// The identifier, what stands before its last `@`, and its parts. Parts of the domain are among them: `contoso` is as
    /// easy to guess for `ada@contoso.com` as `ada` is.
    pub(super) fn identifier_terms(&self) -> Vec<Term> {
        let folded = fold(self.identifier);
        let mut terms = Vec::new();
        add(&folded, &mut terms);
        if let Some(at) = folded.iter().rposition(|character| *character == '@') {
            add(folded.get(..at).unwrap_or_default(), &mut terms);
        }
        add_parts(&folded, &mut terms);
        terms
    }

    /// The person's names, each whole, and their parts.
    pub(super) fn name_terms(&self) -> Vec<Term> {
        let mut terms = Vec::new();
        for name in self.names {
            let folded = fold(name);
            add(&folded, &mut terms);
            add_parts(&folded, &mut terms);
        }
        terms
    }

    /// The tenant's names, each whole: their parts may be words of every day.
    pub(super) fn tenant_terms(&self) -> Vec<Term> {
        let mut terms = Vec::new();
        for name in self.tenant {
            add(&fold(name), &mut terms);
        }
        terms
    }
}

/// The parts between signs, and those between signs and digits: `lovelace` is a part of `ada.lovelace7`.
fn add_parts(folded: &[char], terms: &mut Vec<Term>) {
    for part in folded.split(|character| is_separator(*character)) {
        add(part, terms);
        for letters in part.split(char::is_ascii_digit) {
            add(letters, terms);
        }
    }
}

/// Adds a term, unless it is there or so short that words contain it by chance.
fn add(folded: &[char], terms: &mut Vec<Term>) {
    if folded.len() >= TERM_LENGTH_MIN {
        let mut term = folded.to_vec();
        substitute_in(&mut term);
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
}

/// Whether a part ends there: signs of ASCII, and the punctuation and blanks that names and addresses have beside them.
const fn is_separator(character: char) -> bool {
    if character.is_ascii() {
        !character.is_ascii_alphanumeric()
    } else {
        matches!(character, '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b9}' | '\u{bb}'..='\u{bf}' | '\u{5be}' | '\u{60c}'
            | '\u{61b}' | '\u{61f}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{30fb}')
    }
}
