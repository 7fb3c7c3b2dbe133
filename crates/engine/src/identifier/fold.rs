//! One form for all texts that people read as the same name.

use alloc::string::String;

use unicode_normalization::UnicodeNormalization;

/// The dot that a capital `İ` leaves above its `i`.
const DOT_ABOVE: char = '\u{307}';

/// Text in its form for comparisons: compatibility forms made plain (NFKC), full case folding,
/// without invisible characters, and without a second dot on an `i`, so that `İ` is `i`.
///
/// ```
/// use postern_engine::identifier::fold;
///
/// assert_eq!(fold("STRAUSS"), fold("Strauß"));
/// assert_eq!(fold("ΝΊΚΟΣ"), fold("Νίκος"));
/// assert_eq!(fold("İbrahim"), "ibrahim");
/// assert_eq!(fold("ａｄａ"), "ada");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let visible = text.chars().filter(|character| !is_ignorable(*character));
    let folded = visible.nfkc().flat_map(folded).nfkc();
    // A newly composed character can have another case. One more pass is enough.
    let folded: String = folded.flat_map(self::folded).nfkc().collect();
    let mut text = String::with_capacity(folded.len());
    for character in folded.nfd() {
        let is_second_dot = character == DOT_ABOVE && text.ends_with('i');
        if !is_second_dot && !is_ignorable(character) {
            text.push(character);
        }
    }
    text.nfc().collect()
}

/// The same, with one apostrophe for all signs that people and phones use as an apostrophe.
pub(super) fn fold_name(name: &str) -> String {
    fold(&with_plain_apostrophes(name))
}

/// The text with `'` for every sign that stands for an apostrophe: NFKC would split some of them
/// into a blank and an accent.
pub(crate) fn with_plain_apostrophes(text: &str) -> String {
    let plain = |it| if is_apostrophe(it) { '\'' } else { it };
    text.chars().map(plain).collect()
}

/// Whether a character is an apostrophe, or a sign that people or programs use as one: quotation
/// marks, primes, and accents without a letter.
const fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{384}' | '\u{55a}' | '\u{5f3}'
        | '\u{1fbd}' | '\u{1fbf}' | '\u{1fef}' | '\u{1ffd}' | '\u{1ffe}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}'
        | '\u{a78b}' | '\u{a78c}' | '\u{ff07}' | '\u{ff40}'
    )
}

/// Full case folding (Unicode 16, section 3.13.3). Lower, upper, lower gives the result of its
/// table, except for the `ı` without a dot, which is its own letter.
fn folded(character: char) -> impl Iterator<Item = char> {
    let is_own = character == 'ı';
    let own = is_own.then_some(character);
    let folds = (!is_own).then_some(character);
    let folded = folds
        .into_iter()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    own.into_iter().chain(folded)
}

/// Whether a character is invisible by itself (`Default_Ignorable_Code_Point`, Unicode 16,
/// `DerivedCoreProperties.txt`).
pub(super) const fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
