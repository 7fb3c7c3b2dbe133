//! The form for comparing passwords and terms.
//!
//! Both sides use the same function. So a term matches regardless of case, script of digits and
//! accents, and in spite of substitutions. Only comparisons use this form; stored text stays as
//! typed.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::unicode::{FOLDED_PER_BYTE, foldable};
use crate::code::decimal_digit;

/// The text decomposed and in lower case, without accents and invisible marks, with ASCII digits.
/// It is wiped when dropped, since it may be a password.
pub(super) fn fold(text: &str) -> Zeroizing<Vec<char>> {
    // The buffer has its full size from the start, so that growing leaves no copies behind.
    let mut folded = Zeroizing::new(Vec::with_capacity(text.len() * FOLDED_PER_BYTE));
    if cfg!(feature = "unicode") && text.is_ascii() {
        // Nearly all listed terms are ASCII, which needs no Unicode tables.
        folded.extend(text.chars().map(|character| character.to_ascii_lowercase()));
    } else {
        folded.extend(plain(foldable(text)));
    }
    folded
}

/// The same with the substitutions applied. It has one character for each character of [`fold`].
pub(super) fn normalise(text: &str) -> Zeroizing<Vec<char>> {
    let mut normal = fold(text);
    substitute_in(&mut normal);
    normal
}

/// Replaces substitutes with the letters that they stand for.
pub(super) fn substitute_in(folded: &mut [char]) {
    for character in folded {
        *character = substitute(*character);
    }
}

/// How to read letters that a keyboard may lack.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Spelling {
    /// The letters as written.
    AsWritten,
    /// The same for `ü`, `ue` and `u`, for `å`, `aa` and `a`, and so on.
    Plain,
}

/// The letters and digits of a folded text, with the substitutions applied.
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

/// Whether `text` contains `term`. Both must be in this form.
pub(super) fn contains(text: &[char], term: &[char]) -> bool {
    !term.is_empty() && text.windows(term.len()).any(|window| window == term)
}

/// Whether a character separates parts of a name: ASCII signs, and punctuation and blanks of names
/// and addresses.
pub(super) const fn is_separator(character: char) -> bool {
    if character.is_ascii() {
        !character.is_ascii_alphanumeric()
    } else {
        matches!(character, '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b9}' | '\u{bb}'..='\u{bf}' | '\u{5be}' | '\u{60c}'
            | '\u{61b}' | '\u{61f}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{30fb}')
    }
}

/// The steps that judge and page share, after Unicode tables or the browser have decomposed the
/// text.
fn plain(foldable: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    foldable
        .filter(|character| !is_mark(*character))
        .map(|character| match character {
            // The final form of sigma. Conversion to lower case produces it depending on the
            // position in a word.
            'ς' => 'σ',
            other => decimal_digit(other).unwrap_or(other),
        })
}

/// Whether a character is drawn over, under or through others without making another word, or is
/// invisible.
const fn is_mark(character: char) -> bool {
    matches!(
        character,
        // Accents, and lines with which keycaps and signs are drawn.
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        // Hebrew points; Arabic vowel signs and the tatweel.
        | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61c}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        // Invisible characters.
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

    /// The page's preparation of `foldable`, which in JavaScript is
    /// `text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase()`.
    fn as_the_browser_prepares(text: &str) -> String {
        text.nfkd()
            .collect::<String>()
            .to_lowercase()
            .to_uppercase()
            .to_lowercase()
    }

    /// The page has no tables, so it only applies `plain` to the browser's result.
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
