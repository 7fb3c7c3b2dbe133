//! What the text files of these tests have in common.

/// Puts in the characters that a file writes as `\u{…}`.
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
