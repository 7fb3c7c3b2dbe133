//! Checks rules while the person types, for the page to show.
//!
//! The checks are cheap enough for every key press. They need neither the lists of banned terms nor
//! the tables of patterns, which only the judge has.

use alloc::vec::Vec;

use super::context::Term;
use super::new_password::compose;
use super::normal::{contains, fold, substitute_in};
use super::{CharacterClass, Context, PasswordRules};

/// A rule that the page can show beforehand, with the data to explain it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rule {
    /// The length, in code points.
    Length {
        /// Minimum length.
        min: u16,
        /// Maximum length.
        max: u16,
    },
    /// Only letters, digits and signs of ASCII.
    AsciiOnly,
    /// A minimum number of the four [`CharacterClass`]es.
    Classes {
        /// The number of classes.
        required: u8,
    },
    /// No part of the identifier with four or more letters or digits in a row.
    NoIdentifier,
    /// No name of the person.
    NoName,
    /// No name of the organisation.
    NoTenant,
}

/// A rule, and whether the typed text meets it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Check {
    /// The rule.
    pub rule: Rule,
    /// Whether the text meets the rule. An empty text meets no rule.
    pub met: bool,
}

/// The typed text, in the forms that the rules need.
///
/// With this crate's feature `unicode` all three can be the text as typed, since this crate
/// converts it. Without the feature the caller must convert it. Then the caller must also convert
/// the identifier and the names of the [`Context`], in the same way as `foldable`.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// The text in NFC.
    pub composed: &'a str,
    /// The text in NFKD, then converted to lower, upper and lower case again.
    pub foldable: &'a str,
    /// The text with each letter or digit replaced by an ASCII one of the same [`CharacterClass`].
    pub classes: &'a str,
}

/// Checks the typed text against the rules and the known part of the context.
///
/// Which rules the answer has, and their order, depends on `rules` and `context` alone, never on
/// the text. Each rule is met exactly if [`judge`](super::judge) does not refuse the password
/// because of it.
///
/// ```
/// use postern_protocol::password::{checks, Check, Context, PasswordRules, Rule, Typed};
///
/// let context = Context { identifier: "ada@example.org", ..Context::default() };
/// let typed = "ada's example";
/// let typed = Typed { composed: typed, foldable: typed, classes: typed };
/// let shown = checks(typed, &PasswordRules::default(), &context);
/// assert_eq!(shown[0], Check { rule: Rule::Length { min: 8, max: 256 }, met: true });
/// assert_eq!(shown[1], Check { rule: Rule::NoIdentifier, met: false });
/// ```
pub fn checks(typed: Typed<'_>, rules: &PasswordRules, context: &Context<'_>) -> Vec<Check> {
    let composed = compose(typed.composed);
    // A text that is too long for a password, or that has a control character, is not a password.
    // It is not checked further.
    let text = composed.as_deref().map_or("", |text| text.as_str());
    let text = if text.chars().any(char::is_control) {
        ""
    } else {
        text
    };
    let folded = fold(if text.is_empty() { "" } else { typed.foldable });
    let mut checks = Vec::new();
    let mut check = |rule, met: bool| {
        let met = met && !text.is_empty();
        checks.push(Check { rule, met });
    };

    let lengths = usize::from(rules.min_length)..=usize::from(rules.max_length);
    check(
        Rule::Length {
            min: rules.min_length,
            max: rules.max_length,
        },
        lengths.contains(&text.chars().count()),
    );
    if rules.ascii_only {
        check(Rule::AsciiOnly, text.is_ascii());
    }
    if rules.classes_required > 0 {
        let used = CharacterClass::ALL.len() - CharacterClass::missing_in(typed.classes).len();
        let required = rules.classes_required;
        check(Rule::Classes { required }, used >= usize::from(required));
    }
    if let Some(piece) = context.piece_of_identifier(&folded) {
        check(Rule::NoIdentifier, piece.is_empty());
    }
    let mut normal = folded;
    substitute_in(&mut normal);
    let names: [(Rule, Vec<Term>); 2] = [
        (Rule::NoName, context.name_terms()),
        (Rule::NoTenant, context.tenant_terms()),
    ];
    for (rule, terms) in names {
        if !terms.is_empty() {
            check(rule, !terms.iter().any(|term| contains(&normal, term)));
        }
    }
    checks
}
