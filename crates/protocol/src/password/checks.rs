//! The rules as they are met, for the page to show while the person types.
//!
//! Cheap enough for every key, and without the lists of banned terms and the tables of patterns,
//! which only the judge has.

use alloc::vec::Vec;

use super::context::Term;
use super::new_password::compose;
use super::normal::{contains, fold, substitute_in};
use super::{CharacterClass, Context, PasswordRules};

/// A rule that can be told beforehand, with what is needed to tell it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rule {
    /// The length, in code points.
    Length {
        /// At least.
        min: u16,
        /// At most.
        max: u16,
    },
    /// Only letters, digits and signs of ASCII.
    AsciiOnly,
    /// So many of the four [`CharacterClass`]es.
    Classes {
        /// How many.
        required: u8,
    },
    /// No four letters or digits in a row of the identifier.
    NoIdentifier,
    /// Not the person's name.
    NoName,
    /// Not the organisation's name.
    NoTenant,
}

/// A rule, and whether what has been typed so far meets it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Check {
    /// The rule.
    pub rule: Rule,
    /// Whether it is met. Nothing typed meets no rule.
    pub met: bool,
}

/// What has been typed so far, in the forms that the rules look at.
///
/// With this crate's feature `unicode` all three can be the text as typed, since what they need is
/// made here. Without it the caller has made them, and has made the identifier and the names of the
/// [`Context`] as it has made `foldable`.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// Composed (NFC).
    pub composed: &'a str,
    /// Taken apart (NFKD), then in lower, in upper and in lower case again.
    pub foldable: &'a str,
    /// With a letter or digit of ASCII of the same [`CharacterClass`] in the place of each.
    pub classes: &'a str,
}

/// Checks what has been typed so far against the rules and as much of the context as is known.
///
/// Which rules are in the answer, and in which order, depends on `rules` and `context` alone, never
/// on what was typed. Each is met exactly where [`judge`](super::judge) does not refuse the
/// password for it.
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
    // What is too long to be a password, or has a control character, is none and is not looked at
    // further.
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
