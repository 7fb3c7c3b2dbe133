//! How strong a password is, in a word, for a note beside the rules.
//!
//! Advice and nothing more: it blocks nothing, it needs no list, and it is cheap enough for every key.

use super::evaluate::{SCORE_REQUIRED, evaluate};
use super::normal::normalise;
use super::rules::{MIN_LENGTH_SINGLE_FACTOR, PasswordRules};
use super::{Context, NewPassword};

/// Three words, weakest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Strength {
    /// Would not stand, or only just.
    Weak,
    /// Good beside a second factor.
    Fair,
    /// Good alone.
    Strong,
}

/// Weighs a password by its length without repeats and runs, and by its score with the lists at hand.
///
/// The bounds are the lengths that NIST SP 800-63B-4 section 3.1.1.2 asks of a password: 8 beside another factor, 15 alone.
///
/// ```
/// use postern_protocol::password::{strength, Context, NewPassword, Strength};
///
/// let weigh = |typed| NewPassword::parse(typed).map(|password| strength(&password, &Context::default()));
/// assert_eq!(weigh("aaaaaaaaaaaaaaaa"), Ok(Strength::Weak));
/// assert_eq!(weigh("k7#qXv2m!"), Ok(Strength::Fair));
/// assert_eq!(weigh("three boats, no sail"), Ok(Strength::Strong));
/// ```
pub fn strength(password: &NewPassword, context: &Context<'_>) -> Strength {
    let score = evaluate(password, context).score;
    weigh(&normalise(password.reveal()), score)
}

/// The same where there are no lists at hand, as in the page: every character is a point. It leaves the search for terms
/// out of what is compiled.
///
/// ```
/// use postern_protocol::password::{strength, strength_without_lists, Context, NewPassword};
///
/// let password = NewPassword::parse("three boats, no sail")?;
/// assert_eq!(strength_without_lists(&password), strength(&password, &Context::default()));
/// # Ok::<(), postern_protocol::password::PasswordRefusal>(())
/// ```
pub fn strength_without_lists(password: &NewPassword) -> Strength {
    let text = normalise(password.reveal());
    let score = u16::try_from(text.len()).unwrap_or(u16::MAX);
    weigh(&text, score)
}

fn weigh(text: &[char], score: u16) -> Strength {
    // The next character of a repeat or a run (`aaa`, `abc`, `321`) can be told from the one before it.
    let told = |pair: &&[char]| matches!(pair, [one, next] if u32::from(*one).abs_diff(u32::from(*next)) <= 1);
    let varied = text.len() - text.windows(2).filter(told).count();
    let min_length = PasswordRules::default().min_length;
    if score < SCORE_REQUIRED || varied < usize::from(min_length) {
        Strength::Weak
    } else if score < min_length || varied < usize::from(MIN_LENGTH_SINGLE_FACTOR) {
        Strength::Fair
    } else {
        Strength::Strong
    }
}
