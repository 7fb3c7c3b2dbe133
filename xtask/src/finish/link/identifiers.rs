//! A minimal JavaScript scanner, to find names in wasm-bindgen's script: its identifiers, and the
//! text next to each.

use std::ops::Range;

/// The prefix by which the script uses the wasm's exports.
const WASM: &str = "wasm.";

/// The positions of the identifiers of a script, in order. Keywords, numbers and text in strings
/// count too.
pub(super) fn identifiers(script: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + script[from..].find(is_part)?;
        let length = script[start..].find(|character| !is_part(character));
        from = length.map_or(script.len(), |length| start + length);
        Some(start..from)
    })
}

/// Whether an identifier is an export of the wasm: `mount` in `wasm.mount`, but not in
/// `a.wasm.mount`.
pub(super) fn is_export(script: &str, identifier: &Range<usize>) -> bool {
    let before = script[..identifier.start].strip_suffix(WASM);
    before
        .is_some_and(|before| !before.ends_with(|character| is_part(character) || character == '.'))
}

/// Whether an identifier is the key of a property, as `key` is in `{ key: value }`.
pub(super) fn is_key(script: &str, identifier: &Range<usize>) -> bool {
    script[identifier.end..].starts_with(':')
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::{identifiers, is_export, is_key};

    #[test]
    fn identifiers_are_whole_words_with_dollars_and_letters_of_any_script() {
        let script = "é$_1 = wasm.a(b2)";
        let words: Vec<&str> = identifiers(script).map(|range| &script[range]).collect();
        assert_eq!(words, ["é$_1", "wasm", "a", "b2"]);
    }

    #[test]
    fn only_what_follows_the_wasm_itself_is_an_export() {
        let script = "wasm.a; my_wasm.b; my.wasm.c; d; wasm2.e";
        let exports: Vec<&str> = identifiers(script)
            .filter(|range| is_export(script, range))
            .map(|range| &script[range])
            .collect();
        assert_eq!(exports, ["a"]);
    }

    #[test]
    fn a_key_is_what_a_colon_follows() {
        let script = "{ a: b, c }";
        let keys: Vec<&str> = identifiers(script)
            .filter(|range| is_key(script, range))
            .map(|range| &script[range])
            .collect();
        assert_eq!(keys, ["a"]);
    }
}
