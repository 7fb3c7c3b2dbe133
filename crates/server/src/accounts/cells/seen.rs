//! Characters that make two texts differ although they look alike.

/// A character that cannot be seen, or that looks like another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unseen {
    /// A character that is not drawn.
    Mark(char),
    /// A blank other than the ordinary space.
    Blank(char),
}

/// The first character of a text that cannot be seen, or that looks like another.
pub(super) fn unseen(text: &str) -> Option<Unseen> {
    text.chars().find_map(|character| {
        if is_ignorable(character) {
            Some(Unseen::Mark(character))
        } else if character.is_whitespace() && character != ' ' {
            Some(Unseen::Blank(character))
        } else {
            None
        }
    })
}

/// `Default_Ignorable_Code_Point` (Unicode 17.0, `DerivedCoreProperties.txt`).
pub(crate) const fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_told_apart() {
        for (text, found) in [
            ("ann", None),
            ("Zoë van der Berg", None),
            ("an\u{200b}n", Some(Unseen::Mark('\u{200b}'))),
            ("ann\u{ad}", Some(Unseen::Mark('\u{ad}'))),
            ("a\u{e0041}nn", Some(Unseen::Mark('\u{e0041}'))),
            ("self\u{a0}service", Some(Unseen::Blank('\u{a0}'))),
            ("self\u{3000}service", Some(Unseen::Blank('\u{3000}'))),
        ] {
            assert_eq!(unseen(text), found, "{text:?}");
        }
    }
}
