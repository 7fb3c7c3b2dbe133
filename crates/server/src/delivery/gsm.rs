//! Whether a text fits the basic alphabet that every phone supports. A text that does not fit takes
//! twice the room.

/// The basic alphabet and its extension by the escape character (3GPP TS 23.038, sections 6.2.1 and
/// 6.2.1.1).
const ALPHABET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\u{c}^{}\\[~]|€";

/// Whether the alphabet has every character of a text.
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().all(|character| ALPHABET.contains(character))
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn arabic_does_not_fit_the_alphabet_and_the_languages_of_the_west_do() {
        assert!(is_plain(
            "12345678 ist Ihr Code für Größe [€]\n\n@reset.example #12345678"
        ));
        assert!(!is_plain("رمزك"));
        assert!(!is_plain("it’s"));
        assert!(!is_plain("ç"));
    }
}
