//! Bytes as lower-case hexadecimal, for digests in stores and in proof-of-work challenges.
//!
//! The code is here because it is smaller than a dependency.

use alloc::string::String;

const DIGITS: [u8; 16] = *b"0123456789abcdef";

/// Encodes each byte as two digits.
pub fn encode(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

/// Decodes exactly `N` bytes of lower-case or upper-case digits.
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = u8::try_from(high << 4 | low).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_decodes() {
        assert_eq!(encode(&[0x00, 0x9f, 0xff]), "009fff");
        assert_eq!(decode("009FfF"), Some([0x00, 0x9f, 0xff]));
    }

    #[test]
    fn another_length_or_another_character_is_refused() {
        assert_eq!(decode::<2>("0011ff"), None);
        assert_eq!(decode::<2>("00g0"), None);
        assert_eq!(decode::<2>("00é"), None);
    }
}
