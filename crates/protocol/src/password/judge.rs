//! The verdict: every rule that a password fails, in the order of the report.
//!
//! All failures are reported at once, so that a person does not fix one only to get the next.

use alloc::vec::Vec;

use super::evaluate::{Evaluation, Source, evaluate};
use super::limits::SCORE_REQUIRED;
use super::normal::fold;
use super::pattern::Pattern;
use super::{CharacterClass, Context, NewPassword, PasswordRefusal, PasswordRules, TermList};

/// Judges a password. An empty answer accepts it.
///
/// The order is that of [`PasswordRefusal`]'s variants.
pub fn judge(
    password: &NewPassword,
    rules: &PasswordRules,
    context: &Context<'_>,
) -> Vec<PasswordRefusal> {
    let mut refusals = Vec::new();
    refuse_by_shape(password, *rules, &mut refusals);
    refuse_by_content(&evaluate(password, context), &mut refusals);
    refusals
}

/// Whether [`judge`] refuses a password because of an identifier. No other part of its answer
/// depends on the identifier.
///
/// ```
/// use postern_protocol::password::{NewPassword, contains_identifier};
///
/// let password = NewPassword::parse("ada.l0velace!")?;
/// assert!(contains_identifier(&password, "lovelace@example.org"));
/// assert!(!contains_identifier(&password, "grace@example.org"));
/// # Ok::<(), postern_protocol::password::PasswordRefusal>(())
/// ```
pub fn contains_identifier(password: &NewPassword, identifier: &str) -> bool {
    let context = Context {
        identifier,
        ..Context::default()
    };
    context
        .piece_of_identifier(&fold(password.reveal()))
        .is_some_and(|piece| !piece.is_empty())
}

fn refuse_by_shape(
    password: &NewPassword,
    rules: PasswordRules,
    refusals: &mut Vec<PasswordRefusal>,
) {
    let text = password.reveal();
    let length = password.length();
    if length < rules.min_length {
        refusals.push(PasswordRefusal::TooShort {
            min: rules.min_length,
            actual: length,
        });
    }
    if length > rules.max_length {
        refusals.push(PasswordRefusal::TooLong {
            max: rules.max_length,
        });
    }
    if rules.ascii_only && !text.is_ascii() {
        refusals.push(PasswordRefusal::NotAscii);
    }
    let missing = CharacterClass::missing_in(text);
    if CharacterClass::ALL.len() - missing.len() < usize::from(rules.classes_required) {
        refusals.push(PasswordRefusal::TooFewClasses {
            required: rules.classes_required,
            missing,
        });
    }
}

fn refuse_by_content(evaluation: &Evaluation, refusals: &mut Vec<PasswordRefusal>) {
    refusals.extend(evaluation.pattern.map(|pattern| match pattern {
        Pattern::Repetition => PasswordRefusal::Repetition,
        Pattern::Sequence => PasswordRefusal::Sequence,
        Pattern::Date => PasswordRefusal::Date,
    }));
    let whole = |list| evaluation.whole.contains(&list);
    for (failed, refusal) in [
        (
            evaluation.has(Source::Identifier),
            PasswordRefusal::ContainsIdentifier,
        ),
        (evaluation.has(Source::Name), PasswordRefusal::ContainsName),
        (
            evaluation.has(Source::Tenant),
            PasswordRefusal::ContainsTenant,
        ),
        (whole(TermList::Global), PasswordRefusal::Banned),
        (whole(TermList::Custom), PasswordRefusal::BannedCustom),
    ] {
        if failed {
            refusals.push(refusal);
        }
    }
    if evaluation.score < SCORE_REQUIRED {
        refusals.push(PasswordRefusal::TooGuessable {
            score: evaluation.score,
            required: SCORE_REQUIRED,
            lists: [TermList::Global, TermList::Custom]
                .into_iter()
                .filter(|list| evaluation.has(Source::Banned(*list)))
                .collect(),
        });
    }
}
