//! What a password is held against: who asks, and what is banned.
//!
//! The page knows only a part of it (what was typed, the tenant's name) and leaves the rest at its default.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::evaluate::TERM_LENGTH_MIN;
use super::normal::normalise;
use super::unicode::is_separator;
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

/// A name in the form that passwords are compared in.
pub(super) type Term = Zeroizing<Vec<char>>;

impl<'a> Context<'a> {
    /// The identifier, what stands before its last `@`, and its parts between characters that are neither letter nor
    /// digit. Parts of the domain are among them: `contoso` is as easy to guess for `ada@contoso.com` as `ada` is.
    pub(super) fn identifier_terms(&self) -> impl Iterator<Item = Term> + use<'a> {
        let identifier = self.identifier;
        let local = identifier.rsplit_once('@').map(|(local, _)| local);
        [Some(identifier), local]
            .into_iter()
            .flatten()
            .chain(identifier.split(is_separator))
            .filter_map(long_enough)
    }

    /// The person's names, each whole.
    pub(super) fn name_terms(&self) -> impl Iterator<Item = Term> + use<'a> {
        self.names.iter().copied().filter_map(long_enough)
    }

    /// The tenant's names, each whole.
    pub(super) fn tenant_terms(&self) -> impl Iterator<Item = Term> + use<'a> {
        self.tenant.iter().copied().filter_map(long_enough)
    }
}

/// The term, unless it is so short that words contain it by chance.
fn long_enough(text: &str) -> Option<Term> {
    let term = normalise(text);
    (term.len() >= TERM_LENGTH_MIN).then_some(term)
}
