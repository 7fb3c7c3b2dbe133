//! The meaning of characters in written phone numbers, and a cursor over characters.
//!
//! The tables hold only what this module needs. Unicode's full properties would be larger than the
//! rest of the parser.

use core::str::Chars;

use crate::digits::Digits;
use crate::error::ParseError;

/// What a character means inside a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// An ASCII digit, or a digit of another script converted to ASCII.
    Digit(u8),
    Plus,
    /// A character that separates groups of digits, or that is invisible.
    Separator,
    Other,
}

/// The digit zero of each supported script. The other nine digits follow it.
const ZEROS: [u16; 36] = [
    0x0030, // ASCII, and full-width after folding.
    0x0660, // Arabic-Indic.
    0x06F0, // Extended Arabic-Indic: Persian, Urdu.
    0x07C0, // N'Ko.
    0x0966, // Devanagari.
    0x09E6, // Bengali.
    0x0A66, // Gurmukhi.
    0x0AE6, // Gujarati.
    0x0B66, // Odia.
    0x0BE6, // Tamil.
    0x0C66, // Telugu.
    0x0CE6, // Kannada.
    0x0D66, // Malayalam.
    0x0DE6, // Sinhala.
    0x0E50, // Thai.
    0x0ED0, // Lao.
    0x0F20, // Tibetan.
    0x1040, // Burmese.
    0x1090, // Shan.
    0x17E0, // Khmer.
    0x1810, // Mongolian.
    0x1946, // Limbu.
    0x19D0, // New Tai Lue.
    0x1A80, // Tai Tham, for daily use.
    0x1A90, // Tai Tham, for religious use.
    0x1B50, // Balinese.
    0x1BB0, // Sundanese.
    0x1C40, // Lepcha.
    0x1C50, // Ol Chiki.
    0xA620, // Vai.
    0xA8D0, // Saurashtra.
    0xA900, // Kayah Li.
    0xA9D0, // Javanese.
    0xA9F0, // Tai Laing.
    0xAA50, // Cham.
    0xABF0, // Meetei Mayek.
];

/// The digit zeros in the second plane, relative to its beginning. Mathematical digits are folded
/// earlier.
const ZEROS_OF_SECOND_PLANE: [u16; 35] = [
    0x04A0, // Osmanya.
    0x0D30, // Hanifi Rohingya.
    0x0D40, // Garay.
    0x1066, // Brahmi.
    0x10F0, // Sora Sompeng.
    0x1136, // Chakma.
    0x11D0, // Sharada.
    0x12F0, // Khudawadi.
    0x1450, // Newa.
    0x14D0, // Tirhuta.
    0x1650, // Modi.
    0x16C0, // Takri.
    0x16D0, // Myanmar Pao Karen.
    0x16DA, // Myanmar Eastern Pwo Karen.
    0x1730, // Ahom.
    0x18E0, // Warang Citi.
    0x1950, // Dives Akuru.
    0x1BF0, // Sunuwar.
    0x1C50, // Bhaiksuki.
    0x1D50, // Masaram Gondi.
    0x1DA0, // Gunjala Gondi.
    0x1DE0, // Tolong Siki.
    0x1F50, // Kawi.
    0x6130, // Gurung Khema.
    0x6A60, // Mro.
    0x6AC0, // Tangsa.
    0x6B50, // Pahawh Hmong.
    0x6D70, // Kirat Rai.
    0xCCF0, // Outlined.
    0xE140, // Nyiakeng Puachue Hmong.
    0xE2F0, // Wancho.
    0xE4F0, // Nag Mundari.
    0xE5F1, // Ol Onal.
    0xE950, // Adlam.
    0xFBF0, // Segmented.
];

/// First and last character of each range of characters that separate groups or are invisible.
const SEPARATORS: [(u16, u16); 44] = [
    (0x0009, 0x000D), // Tab and line ends.
    (0x0020, 0x0020),
    (0x0028, 0x0029), // Brackets.
    (0x002D, 0x002F), // Hyphen, dot, slash.
    (0x005B, 0x005B), // Square brackets.
    (0x005D, 0x005D),
    (0x00A0, 0x00A0), // No-break space.
    (0x00AD, 0x00AD), // Soft hyphen.
    (0x00B7, 0x00B7), // Middle dot.
    (0x034F, 0x034F), // Combining grapheme joiner.
    (0x058A, 0x058A), // Armenian hyphen.
    (0x05BE, 0x05BE), // Hebrew maqaf.
    (0x061C, 0x061C), // Arabic letter mark.
    (0x06D4, 0x06D4), // Arabic full stop.
    (0x1400, 0x1400), // Canadian syllabics hyphen.
    (0x1680, 0x1680), // Ogham space.
    (0x1806, 0x1806), // Mongolian soft hyphen.
    (0x180E, 0x180E), // Mongolian vowel separator.
    (0x2000, 0x2015), // Spaces, joiners, direction marks, dashes.
    (0x2024, 0x2024), // One dot leader.
    (0x2027, 0x202F), // Hyphenation point, line ends, embeddings, narrow no-break space.
    (0x2043, 0x2044), // Hyphen bullet, fraction slash.
    (0x2053, 0x2053), // Swung dash.
    (0x205F, 0x206F), // Mathematical space, word joiner, isolates.
    (0x207B, 0x207B), // Superscript and subscript minus.
    (0x207D, 0x207E), // Superscript brackets.
    (0x208B, 0x208B),
    (0x2212, 0x2212), // Minus.
    (0x2215, 0x2215), // Division slash.
    (0x2219, 0x2219), // Bullet operator.
    (0x223C, 0x223C), // Tilde operator.
    (0x22C5, 0x22C5), // Dot operator.
    (0x2E17, 0x2E17), // Double oblique hyphen.
    (0x2E1A, 0x2E1A), // Hyphen with diaeresis.
    (0x2E3A, 0x2E3B), // Long dashes.
    (0x2E40, 0x2E40), // Double hyphen.
    (0x3000, 0x3002), // Ideographic space, comma and full stop.
    (0x301C, 0x301C), // Wave dash.
    (0x3030, 0x3030), // Wavy dash.
    (0x30A0, 0x30A0), // Katakana double hyphen.
    (0x30FB, 0x30FC), // Katakana middle dot and long vowel mark.
    (0xFE31, 0xFE32), // Vertical dashes.
    (0xFE58, 0xFE63), // Small dash to small hyphen.
    (0xFEFF, 0xFEFF), // Byte order mark.
];

/// The meaning of a folded character.
pub(crate) fn kind(c: char) -> Meaning {
    if c == '+' {
        return Meaning::Plus;
    }
    let (plane, low) = (u32::from(c) >> 16, u32::from(c) & 0xFFFF);
    let Ok(code) = u16::try_from(low) else {
        return Meaning::Other;
    };
    let zeros: &[u16] = match plane {
        // Nearly all input is below the second entry.
        0 if code < ZEROS[1] => &ZEROS[..1],
        0 => &ZEROS,
        1 => &ZEROS_OF_SECOND_PLANE,
        _ => return Meaning::Other,
    };
    for &zero in zeros {
        if let value @ 0..=9 = code.wrapping_sub(zero) {
            // The value is less than 10, so no bits are lost.
            return Meaning::Digit(b'0' + value.to_le_bytes()[0]);
        }
    }
    if plane == 0
        && SEPARATORS
            .iter()
            .any(|&(first, last)| (first..=last).contains(&code))
    {
        Meaning::Separator
    } else {
        Meaning::Other
    }
}

/// Whether a folded character that is neither digit nor separator counts as a letter.
///
/// Beyond ASCII every character counts, except the blocks of signs, symbols and pictures.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        'ª' | 'µ' | 'º' => true,
        '\u{80}'..='\u{BF}'
        | '×'
        | '÷'
        | '\u{2000}'..='\u{2BFF}'
        | '\u{3000}'..='\u{303F}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{FE00}'..='\u{FE6F}'
        | '\u{FFF0}'..='\u{FFFF}'
        | '\u{1F000}'..='\u{1FAFF}'
        | '\u{E0000}'.. => false,
        _ => true,
    }
}

/// Whether a character is invisible: marks of direction and of width.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// The value of a decimal digit of any script in use, including full-width and mathematical digits.
///
/// ```
/// assert_eq!(postern_phone::decimal_digit('٣'), Some(3));
/// assert_eq!(postern_phone::decimal_digit('x'), None);
/// ```
pub fn decimal_digit(c: char) -> Option<u8> {
    match kind(fold(c)) {
        Meaning::Digit(digit) => Some(digit - b'0'),
        Meaning::Plus | Meaning::Separator | Meaning::Other => None,
    }
}

/// Converts full-width and mathematical forms to ASCII, and capitals that a label may contain to
/// lower case.
fn fold(c: char) -> char {
    let offset = match c {
        '\u{FF01}'..='\u{FF5E}' => {
            let ascii = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
            return ascii.to_ascii_lowercase();
        }
        // There are five alphabets of ten digits each.
        '\u{1D7CE}'..='\u{1D7FF}' => {
            let digit = (u32::from(c) - 0x1D7CE) % 10;
            return char::from_digit(digit, 10).unwrap_or(c);
        }
        'A'..='Z' | '\u{D3}' | '\u{410}'..='\u{42F}' => 0x20,
        _ => 0,
    };
    char::from_u32(u32::from(c) + offset).unwrap_or(c)
}

/// A position in the input. It returns every character folded.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    input: &'a str,
    chars: Chars<'a>,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(input: &'a str) -> Self {
        Self {
            input,
            chars: input.chars(),
        }
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.chars.clone().next().map(fold)
    }

    pub(crate) fn next(&mut self) -> Option<char> {
        self.chars.next().map(fold)
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.peek().is_none()
    }

    pub(crate) fn skip_while(&mut self, belongs: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&belongs) {
            self.next();
        }
    }

    /// Skips `text`, which must be folded. Returns false and skips nothing if other text follows.
    pub(crate) fn skip_text(&mut self, text: &str) -> bool {
        let mut after = self.clone();
        let is_there = text.chars().all(|c| after.next() == Some(c));
        if is_there {
            *self = after;
        }
        is_there
    }

    /// Skips consecutive ASCII digits, which are most of the input, and returns them.
    pub(crate) fn ascii_digits(&mut self) -> &'a [u8] {
        let rest = self.chars.as_str();
        let end = rest.bytes().position(|byte| !byte.is_ascii_digit());
        // ASCII digits have one byte each, so the end is at a character boundary.
        let (digits, rest) = rest
            .split_at_checked(end.unwrap_or(rest.len()))
            .unwrap_or(("", rest));
        self.chars = rest.chars();
        digits.as_bytes()
    }

    /// Reads at most `max` consecutive digits.
    pub(crate) fn digits(&mut self, max: usize) -> Digits {
        let mut digits = Digits::EMPTY;
        while let Some(Meaning::Digit(digit)) = self.peek().map(kind)
            && digits.len() < max
        {
            digits.push(digit);
            self.next();
        }
        digits
    }

    /// The error that the next character is unexpected, or the last one if there is no next one.
    pub(crate) fn refusal(&self) -> ParseError {
        let passed = self.input.len() - self.chars.as_str().len();
        let passed = self.input.get(..passed).unwrap_or_default().chars();
        let position = passed.filter(|c| !is_unseen(*c)).count() + usize::from(!self.is_at_end());
        match self.peek() {
            Some(c) if is_letter(c) => ParseError::Letters { position },
            Some(_) | None => ParseError::UnexpectedCharacter { position },
        }
    }
}
