//! The password rules. The page uses them while the person types, and the service uses them to
//! decide.
//!
//! They are pure functions of a password, the [`PasswordRules`] and a [`Context`], so that page and
//! service never differ. The page does not have the lists of banned terms, so its answer is correct
//! but incomplete.
//!
//! ```
//! use postern_protocol::password::{judge, Context, CustomTerms, NewPassword, PasswordRefusal, PasswordRules};
//!
//! let custom = CustomTerms::parse(["contoso"])?;
//! let context = Context { identifier: "ada@example.org", custom: &custom, ..Context::default() };
//!
//! let password = NewPassword::parse("C0ntos0!12")?;
//! let refusals = judge(&password, &PasswordRules::default(), &context);
//! assert_eq!(refusals.first().map(PasswordRefusal::name), Some("too-guessable"));
//!
//! let password = NewPassword::parse("Three boats, no sail")?;
//! assert!(judge(&password, &PasswordRules::default(), &context).is_empty());
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod checks;
mod context;
mod evaluate;
mod judge;
mod limits;
mod new_password;
mod normal;
mod pattern;
mod patterns;
mod refusal;
mod rules;
mod steps;
mod terms;
#[cfg(test)]
mod tests;
mod trie;
mod unicode;

pub use checks::{Check, Rule, Typed, checks};
pub use context::Context;
pub use evaluate::{Evaluation, Found, Source, evaluate};
pub use judge::{contains_identifier, judge};
pub use limits::{PASSWORD_LENGTH_MAX, SCORE_REQUIRED, TERM_LENGTH_MIN};
pub use new_password::NewPassword;
pub use pattern::Pattern;
pub use refusal::{PasswordRefusal, TermList};
pub use rules::{CharacterClass, MIN_LENGTH_SINGLE_FACTOR, PASSWORD_LENGTH_MIN, PasswordRules};
pub use terms::{
    BannedList, CUSTOM_TERM_LENGTH_MAX, CUSTOM_TERMS_MAX, CustomTerms, TermError, TermErrorReason,
};
