//! Escapes foreign text for a terminal, in text and in JSON: no character of it moves the cursor,
//! begins a line, or changes the reading direction.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Characters that change the direction of a text (Unicode Standard Annex 9), and those besides
/// control characters that begin a line (Annex 14).
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

/// Escapes a text of one line.
pub(crate) fn visible(text: &str) -> String {
    escaped(text, is_visible)
}

/// Escapes a text whose line breaks are our own.
pub(crate) fn visible_lines(text: &str) -> String {
    escaped(text, |it| it == '\n' || is_visible(it))
}

/// Writes a value as JSON in one line. The value is the same, with invisible characters escaped,
/// such as `\u202e`. Every command writes its JSON with this.
pub(crate) fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Visible))?;
    writeln!(out)
}

struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for piece in fragment.split_inclusive(|it| !is_visible(it)) {
            let seen = piece.trim_end_matches(|it| !is_visible(it));
            writer.write_all(seen.as_bytes())?;
            for unit in piece[seen.len()..].encode_utf16() {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
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
            // Persian and Indic scripts need this character to join and separate letters.
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_lines("a\nb\u{202e}\r\n"), "a\nb\\u{202e}\\r\n");
    }

    #[test]
    fn what_moves_begins_or_turns_is_written_out_in_json_and_read_as_it_was() {
        for (text, written) in [
            ("", r#""""#),
            ("Zoë \"q\" \\ 😀", r#""Zoë \"q\" \\ 😀""#),
            ("a\nb\u{1b}[2J", r#""a\nb\u001b[2J""#),
            ("a\u{7f}b\u{9b}c", r#""a\u007fb\u009bc""#),
            ("\u{202e}evil", r#""\u202eevil""#),
            (
                "\u{202a}\u{202b}\u{202c}\u{202d}",
                r#""\u202a\u202b\u202c\u202d""#,
            ),
            (
                "\u{2066}a\u{2067}b\u{2068}c\u{2069}",
                r#""\u2066a\u2067b\u2068c\u2069""#,
            ),
            ("\u{200f}\u{200e}\u{61c}", r#""\u200f\u200e\u061c""#),
            ("a\u{2028}b\u{2029}c\u{85}d", r#""a\u2028b\u2029c\u0085d""#),
            ("می\u{200c}خواهم", "\"می\u{200c}خواهم\""),
        ] {
            for (value, written) in [
                (serde_json::json!(text), written.to_owned()),
                (
                    serde_json::json!({ "it": [text] }),
                    format!("{{\"it\":[{written}]}}"),
                ),
                (serde_json::json!({ text: 1 }), format!("{{{written}:1}}")),
            ] {
                let mut out = Vec::new();
                write_json(&mut out, &value).unwrap();
                assert_eq!(String::from_utf8_lossy(&out), format!("{written}\n"));
                let read: serde_json::Value = serde_json::from_slice(&out).unwrap();
                assert_eq!(read, value);
            }
        }
    }
}
