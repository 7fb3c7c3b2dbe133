//! Text that others have written, as it is printed on a terminal: no character of it moves the cursor, begins a line, or turns what is
//! read around.

/// What turns the direction of a text (Unicode Standard Annex 9) and what begins a line beside control characters (Annex 14).
const INVISIBLE: [std::ops::RangeInclusive<char>; 5] = [
    '\u{61c}'..='\u{61c}',
    '\u{200e}'..='\u{200f}',
    '\u{2028}'..='\u{2029}',
    '\u{202a}'..='\u{202e}',
    '\u{2066}'..='\u{2069}',
];

fn is_visible(character: char) -> bool {
    !character.is_control() && INVISIBLE.iter().all(|range| !range.contains(&character))
}

/// A text of one line.
pub(crate) fn visible(text: &str) -> String {
    escaped(text, is_visible)
}

/// A text of several lines that are our own.
pub(crate) fn visible_lines(text: &str) -> String {
    escaped(text, |it| it == '\n' || is_visible(it))
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if stays(character) {
            escaped.push(character);
        } else {
            escaped.extend(character.escape_default());
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_begins_or_turns_is_written_out() {
        for (text, shown) in [
            ("", ""),
            ("Zoë's 'd \"q\" \\ 😀", "Zoë's 'd \"q\" \\ 😀"),
            ("a\nb", "a\\nb"),
            ("a\r\n\tb", "a\\r\\n\\tb"),
            ("\u{1b}[2Jx", "\\u{1b}[2Jx"),
            ("a\u{7f}b\u{9b}c", "a\\u{7f}b\\u{9b}c"),
            ("\u{202e}evil", "\\u{202e}evil"),
            ("\u{2066}a\u{2069}", "\\u{2066}a\\u{2069}"),
            ("\u{200f}\u{200e}\u{61c}", "\\u{200f}\\u{200e}\\u{61c}"),
            (
                "a\u{2028}b\u{2029}c\u{85}d",
                "a\\u{2028}b\\u{2029}c\\u{85}d",
            ),
            // Words are joined and kept apart so in Persian and in Indic scripts.
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_lines("a\nb\u{202e}\r\n"), "a\nb\\u{202e}\\r\n");
    }
}
