//! Decodes the bytes of a file into text: finds the encoding, and removes what Excel writes before
//! and after the rows.

use anyhow::{Result, bail, ensure};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Stands for bytes that are not a character. If the file contains it already, an earlier program
/// lost a character.
pub(super) const LOST: char = char::REPLACEMENT_CHARACTER;

/// The mark of UTF-32 in little-endian order. It begins with the mark of UTF-16 (Unicode 17.0,
/// section 23.8).
const UTF_32_MARK: [u8; 4] = [0xff, 0xfe, 0, 0];

/// Ctrl-Z: the end of a text in CP/M and DOS. Some programs still write it.
const CTRL_Z: char = '\u{1a}';

/// Bytes that are looked at to recognise UTF-16 without a mark. A header is longer, and every
/// second byte of it is zero.
const PROBED: usize = 16;

/// A text, and the separator that its first line names.
#[expect(clippy::struct_field_names, reason = "the field holds the text itself")]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) separator: Option<char>,
    /// The line that the text begins in: 2 after a line `sep=`.
    pub(super) line: u64,
}

/// Finds the encoding that a label names, such as `windows-1252` (WHATWG Encoding, section 4.2).
///
/// # Errors
///
/// When no encoding has that label.
pub fn parse_encoding(label: &str) -> Result<&'static Encoding> {
    let encoding = Encoding::for_label(label.as_bytes());
    let Some(encoding) = encoding else {
        bail!(
            "no encoding has this name; examples are utf-8, utf-16le, windows-1252 and shift_jis"
        );
    };
    Ok(encoding)
}

/// Reads the bytes by their byte order mark, otherwise by `encoding`, otherwise as UTF-8 or
/// recognised UTF-16. Bytes that are not a character become [`LOST`].
pub(super) fn read(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Result<Text> {
    ensure!(
        !bytes.starts_with(&UTF_32_MARK),
        "the file is in UTF-32: save it as \"CSV UTF-8\" or as .xlsx"
    );
    let text = decode(bytes, encoding);
    let end = text.trim_end_matches([CTRL_Z, '\r', '\n', '\0']).len();
    // Trailing line ends stay, so that the text need not be copied.
    let mut text = match text.get(end..) {
        Some(tail) if tail.contains(CTRL_Z) => [&text[..end], "\n"].concat(),
        Some(_) | None => text,
    };
    let Some((separator, length)) = named_separator(&text) else {
        return Ok(Text {
            text,
            separator: None,
            line: 1,
        });
    };
    text.drain(..length);
    Ok(Text {
        text,
        separator: Some(separator),
        line: 2,
    })
}

fn decode(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> String {
    let (encoding, mark) = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (encoding.unwrap_or_else(|| guess(&bytes)), 0),
    };
    if encoding == UTF_8 && mark == 0 {
        return String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
    text.into_owned()
}

/// UTF-16 if every second byte is zero, as in any header. UTF-8 otherwise.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let probed = bytes.get(..PROBED.min(bytes.len())).unwrap_or_default();
    let zeros = |parity: usize| {
        let mut half = probed.iter().skip(parity).step_by(2);
        probed.len() > 3 && half.all(|byte| *byte == 0)
    };
    match (zeros(0), zeros(1)) {
        (false, true) => UTF_16LE,
        (true, false) => UTF_16BE,
        (true, true) | (false, false) => UTF_8,
    }
}

/// The separator that a first line such as `sep=;` names, and the length of that line with its end.
/// A program that saved the file again may have added quotation marks around it, or separators
/// after it.
fn named_separator(text: &str) -> Option<(char, usize)> {
    let line = text.split(['\r', '\n']).next()?;
    let rest = text.get(line.len()..)?;
    let end = if rest.starts_with("\r\n") {
        2
    } else {
        rest.len().min(1)
    };
    let named = line.trim_start_matches('"');
    let is_named = named.get(..4)?.eq_ignore_ascii_case("sep=");
    let mut behind = named.get(4..).filter(|_| is_named)?.chars();
    let separator = behind.next().filter(|it| it.is_ascii() && *it != '"')?;
    let is_alone = behind.all(|it| it == separator || matches!(it, '"' | ' '));
    is_alone.then_some((separator, line.len() + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<char>) {
        let read = read(bytes.to_vec(), None).expect("it is read");
        (read.text, read.separator)
    }

    #[test]
    fn utf_16_is_read_in_either_order_with_its_mark_and_without() {
        let written = "tenant;id\r\ncontoso;Zoë 😀\r\n";
        let little: Vec<u8> = written.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = written.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, bytes) in [(&[0xff, 0xfe], &little), (&[0xfe, 0xff], &big)] {
            assert_eq!(text(bytes).0, written);
            assert_eq!(text(&[mark.as_slice(), bytes].concat()).0, written);
        }
        assert_eq!(text(b"\xef\xbb\xbftenant,id\n").0, "tenant,id\n");
    }

    #[test]
    fn a_first_line_names_the_separator_however_it_was_saved() {
        for (first, separator) in [
            ("sep=;\r\n", ';'),
            ("SEP=,\n", ','),
            ("sep=\t\r", '\t'),
            ("\"sep=;\"\r\n", ';'),
            ("sep=;;;;;\r\n", ';'),
            ("\"sep=,\",,,\n", ','),
        ] {
            let written = format!("{first}tenant,id\n");
            assert_eq!(
                text(written.as_bytes()),
                ("tenant,id\n".into(), Some(separator))
            );
        }
        assert_eq!(text(b"sep=x,y\n"), ("sep=x,y\n".into(), None));
    }

    #[test]
    fn ctrl_z_at_the_end_is_no_row() {
        assert_eq!(text(b"tenant,id\r\na,b\r\n\x1a").0, "tenant,id\r\na,b\n");
        assert_eq!(
            text(b"tenant,id\r\na,b\r\n\x1a\r\n").0,
            "tenant,id\r\na,b\n"
        );
    }

    #[test]
    fn what_is_no_character_is_marked_as_lost() {
        assert_eq!(text(b"tenant,id\na,\xff\n").0, "tenant,id\na,\u{fffd}\n");
        let read = read(b"Zo\xeb".to_vec(), Some(encoding_rs::WINDOWS_1252));
        assert_eq!(read.expect("it is read").text, "Zoë");
    }
}
