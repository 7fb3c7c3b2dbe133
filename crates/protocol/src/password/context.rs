//! The context in which a password is judged: the person, and the banned terms.
//!
//! The page knows only a part of it (the typed identifier, the tenant's name). The rest has its
//! default there.

use alloc::vec::Vec;
use core::iter;

use super::limits::TERM_LENGTH_MIN;
use super::normal::{Spelling, contains, fold, is_separator, letters, substitute_in};
use super::{BannedList, CustomTerms};

/// The person, the tenant and the lists. The default is empty.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The identifier, as typed or as stored.
    pub identifier: &'a str,
    /// First, last and display name, as far as they are known.
    pub names: &'a [&'a str],
    /// Names of the organisation.
    pub tenant: &'a [&'a str],
    /// The administrator's list of terms.
    pub custom: &'a CustomTerms,
    /// The global list of terms.
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

/// A name in the form for comparing. It is not secret.
pub(super) type Term = Vec<char>;

impl Context<'_> {
    /// The longest piece of the identifier that a folded text contains: four or more letters and
    /// digits in a row, with or without signs between them. Empty if the text contains none. `None`
    /// if the identifier has no such piece.
    ///
    /// A piece is a part of the text before the last `@`, or a whole label of the domain other than
    /// the last one. For `ada@contoso.com`, `contoso` is as easy to guess as `ada`. Only whole
    /// labels count, since words contain four letters of one by chance.
    pub(super) fn piece_of_identifier(&self, folded: &[char]) -> Option<Term> {
        let identifier = fold(self.identifier);
        let last = |sign, text: &[char]| text.iter().rposition(|character| *character == sign);
        let at = last('@', &identifier);
        let (name, domain) = identifier.split_at(at.unwrap_or(identifier.len()));
        let domain = &domain[..last('.', domain).unwrap_or(domain.len())];
        // Without the `@`, which the substitutions would turn into an `a`.
        let labels = domain.strip_prefix(&['@']).unwrap_or(domain);
        let labels = labels.split(|sign| *sign == '.');
        let mut found = None;
        for spelling in [Spelling::AsWritten, Spelling::Plain] {
            let text = letters(folded, spelling);
            for (index, part) in iter::once(name).chain(labels.clone()).enumerate() {
                let part = letters(part, spelling);
                let is_label = index > 0;
                let shortest = TERM_LENGTH_MIN.max(if is_label { part.len() } else { 0 });
                for (start, _) in part.windows(shortest).enumerate() {
                    let found: &mut Term = found.get_or_insert_default();
                    while let Some(piece) = part.get(start..start + shortest.max(found.len() + 1))
                        && contains(&text, piece)
                    {
                        *found = piece.to_vec();
                    }
                }
            }
        }
        found
    }

    /// The person's names as a whole, and their parts.
    pub(super) fn name_terms(&self) -> Vec<Term> {
        let mut terms = Vec::new();
        for name in self.names {
            let folded = fold(name);
            add(&folded, &mut terms);
            add_parts(&folded, &mut terms);
        }
        terms
    }

    /// The tenant's names as a whole. Their parts may be everyday words.
    pub(super) fn tenant_terms(&self) -> Vec<Term> {
        let mut terms = Vec::new();
        for name in self.tenant {
            add(&fold(name), &mut terms);
        }
        terms
    }
}

/// The parts between signs, and those between signs and digits: `lovelace` is a part of
/// `ada.lovelace7`.
fn add_parts(folded: &[char], terms: &mut Vec<Term>) {
    for part in folded.split(|character| is_separator(*character)) {
        add(part, terms);
        for letters in part.split(char::is_ascii_digit) {
            add(letters, terms);
        }
    }
}

/// Adds a term, unless it is there already, or so short that words contain it by chance.
fn add(folded: &[char], terms: &mut Vec<Term>) {
    if folded.len() >= TERM_LENGTH_MIN {
        let mut term = folded.to_vec();
        substitute_in(&mut term);
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
}
