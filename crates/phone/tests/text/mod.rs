//! Shared code for the text files of these tests.

/// Replaces each `\u{…}` of a file by its character.
pub(crate) fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut unescaped = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape ends");
        let code = u32::from_str_radix(code, 16).expect("an escape is hexadecimal");
        unescaped.push(char::from_u32(code).expect("an escape is a character"));
        unescaped.push_str(rest);
    }
    unescaped
}
