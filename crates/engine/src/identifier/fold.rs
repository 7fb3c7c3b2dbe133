//! One form for all that people read as the same name.

use alloc::string::String;

use unicode_normalization::UnicodeNormalization;

/// What a capital `İ` has over its `i`.
const DOT_ABOVE: char = '\u{307}';

/// Text as it is compared: compatibility forms made plain (NFKC), full case folding, without what
/// cannot be seen, and with an `i` that has no second dot, so that `İ` is `i`.
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
    // What is composed anew may have another case: once more is enough.
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

/// The same with one apostrophe for all that people and phones write in its place.
pub(super) fn fold_name(name: &str) -> String {
    fold(&with_plain_apostrophes(name))
}

/// With `'` for every sign that stands for an apostrophe: some of them would fall apart into a
/// blank and an accent (NFKC).
pub(crate) fn with_plain_apostrophes(text: &str) -> String {
    let plain = |it| if is_apostrophe(it) { '\'' } else { it };
    text.chars().map(plain).collect()
}

/// Whether a character is an apostrophe, or what is typed or put in the place of one: quotation
/// marks, primes, and accents without a letter.
const fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '`' | '´' | '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{384}' | '\u{55a}' | '\u{5f3}'
        | '\u{1fbd}' | '\u{1fbf}' | '\u{1fef}' | '\u{1ffd}' | '\u{1ffe}' | '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}'
        | '\u{a78b}' | '\u{a78c}' | '\u{ff07}' | '\u{ff40}'
    )
}

/// Full case folding (Unicode 16, section 3.13.3): small, capital, small is what its table says,
/// but for the `ı` without a dot, which is a letter of its own.
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

/// Whether a character cannot be seen by itself (`Default_Ignorable_Code_Point`, Unicode 16,
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
