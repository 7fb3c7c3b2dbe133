//! The form in which passwords and terms are compared.
//!
//! Both sides go through the same function, so that a term finds itself whatever its case, its
//! script's digits and its accents, and however it is disguised. Only what is compared has this
//! form; what is stored stays as typed.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::unicode::{FOLDED_PER_BYTE, foldable};
use crate::code::decimal_digit;

/// Text taken apart, in lower case, without accents and marks that cannot be seen, its digits those
/// of ASCII; wiped when dropped, since it may be a password.
pub(super) fn fold(text: &str) -> Zeroizing<Vec<char>> {
    // Of its full size from the start, so that growing leaves no copies behind.
    let mut folded = Zeroizing::new(Vec::with_capacity(text.len() * FOLDED_PER_BYTE));
    if cfg!(feature = "unicode") && text.is_ascii() {
        // Nearly all of the lists, of which no table of Unicode has anything to say.
        folded.extend(text.chars().map(|character| character.to_ascii_lowercase()));
    } else {
        folded.extend(plain(foldable(text)));
    }
    folded
}

/// The same with the substitutions: a character for each of [`fold`]'s.
pub(super) fn normalise(text: &str) -> Zeroizing<Vec<char>> {
    let mut normal = fold(text);
    substitute_in(&mut normal);
    normal
}

/// Puts the letter in the place of what is written for it.
pub(super) fn substitute_in(folded: &mut [char]) {
    for character in folded {
        *character = substitute(*character);
    }
}

/// How letters are written that a keyboard may lack.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Spelling {
    /// As they stand there.
    AsWritten,
    /// Alike for `ü`, `ue` and `u`, for `å`, `aa` and `a`, and so on.
    Plain,
}

/// The letters and digits of a folded text, with the substitutions.
pub(super) fn letters(folded: &[char], spelling: Spelling) -> Zeroizing<Vec<char>> {
    let mut letters = Zeroizing::new(Vec::with_capacity(folded.len()));
    for character in folded {
        let mut letter = substitute(*character);
        if spelling == Spelling::Plain {
            letter = match letter {
                'æ' => 'a',
                'ø' | 'œ' => 'o',
                'ł' => 'l',
                'đ' => 'd',
                other => other,
            };
            if matches!(
                (letters.last(), letter),
                (Some('a' | 'o' | 'u'), 'e') | (Some('a'), 'a')
            ) {
                continue;
            }
        }
        if !is_separator(letter) {
            letters.push(letter);
        }
    }
    letters
}

/// Whether `term` stands somewhere in `text`, both in this form.
pub(super) fn contains(text: &[char], term: &[char]) -> bool {
    !term.is_empty() && text.windows(term.len()).any(|window| window == term)
}

/// Whether a part of a name ends there: signs of ASCII, and the punctuation and blanks that names
/// and addresses have beside them.
pub(super) const fn is_separator(character: char) -> bool {
    if character.is_ascii() {
        !character.is_ascii_alphanumeric()
    } else {
        matches!(character, '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b9}' | '\u{bb}'..='\u{bf}' | '\u{5be}' | '\u{60c}'
            | '\u{61b}' | '\u{61f}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{30fb}')
    }
}

/// What judge and page do alike with a text that the tables of Unicode, or the browser, have taken
/// apart.
fn plain(foldable: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    foldable
        .filter(|character| !is_mark(*character))
        .map(|character| match character {
            // At the end of a word it looks otherwise, and lower case makes it by the rules of
            // words.
            'ς' => 'σ',
            other => decimal_digit(other).unwrap_or(other),
        })
}

/// Whether it is written over, under or through others and makes no other word of them, or cannot
/// be seen.
const fn is_mark(character: char) -> bool {
    matches!(
        character,
        // Accents, and the lines that keycaps and signs are drawn with.
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        // Hebrew points; Arabic vowel signs and the tatweel.
        | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        // What cannot be seen.
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// The substitutions that the reference publishes (Microsoft Entra documentation,
/// `concept-password-ban-bad`).
const fn substitute(character: char) -> char {
    match character {
        '0' => 'o',
        '1' => 'l',
        '$' => 's',
        '@' => 'a',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// What the page's `foldable` does, in the words of JavaScript:
    /// `text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase()`.
    fn as_the_browser_prepares(text: &str) -> String {
        text.nfkd()
            .collect::<String>()
            .to_lowercase()
            .to_uppercase()
            .to_lowercase()
    }

    /// The page has no tables of its own: what the browser gave it is made plain and no more.
    fn of_the_page(text: &str) -> Vec<char> {
        plain(as_the_browser_prepares(text).chars()).collect()
    }

    #[test]
    fn every_character_is_folded_alike_by_page_and_judge() {
        for character in '\0'..=char::MAX {
            let text = String::from(character);
            assert_eq!(*fold(&text), of_the_page(&text), "{character:?}");
        }
    }

    #[test]
    fn every_character_that_is_folded_stays_as_it_is() {
        for character in '\0'..=char::MAX {
            let once: String = fold(&String::from(character)).iter().collect();
            assert_eq!(
                *fold(&once),
                *once.chars().collect::<Vec<_>>(),
                "{character:?}"
            );
        }
    }

    #[test]
    fn a_sharp_s_is_compared_as_two() {
        for text in ["Straße", "STRAẞE", "strasse"] {
            assert_eq!(
                *fold(text),
                *"strasse".chars().collect::<Vec<_>>(),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn page_and_judge_compare_the_same_form(text in any::<String>(), greek in "[ΑΣςσ ab']{0,12}", accents in "[aeİı\u{301}\u{307}가ﷺﬁⅨ٣７]{0,12}") {
            for text in [text, greek, accents] {
                prop_assert_eq!(&*fold(&text), &of_the_page(&text));
            }
        }

        #[test]
        fn what_is_folded_stays_as_it_is(text in any::<String>()) {
            let once: String = fold(&text).iter().collect();
            prop_assert_eq!(fold(&once), fold(&text));
        }
    }
}
