//! The extension: digits to dial after the call is answered, and the ways to write one.
//!
//! The forms are those of Google's libphonenumber. The less clearly a form means an extension, the
//! fewer digits it allows.

use core::fmt;

use crate::character::{Cursor, Meaning, kind};
use crate::digits::Digits;
use crate::error::ParseError;

/// Maximum digits after a word that can only mean an extension.
const WORD_DIGITS_MAX: usize = 20;

/// Labels of an extension other than the word itself, with the maximum number of digits after them.
const LABELS: [(&str, usize); 6] = [
    ("\u{434}\u{43e}\u{431}", WORD_DIGITS_MAX),
    ("anexo", WORD_DIGITS_MAX),
    ("int", 9),
    ("x", 9),
    ("#", 9),
    ("~", 9),
];

/// Pauses that a phone makes while it dials. They may also come before a label. Without digits
/// after them they mean nothing.
const PAUSES: [(&str, usize); 3] = [(",,", 15), (",", 9), (";", 15)];

/// Maximum digits of an extension in the form `123 456 12#`.
pub(crate) const HASH_DIGITS_MAX: usize = 6;

/// Maximum digits of `;ext=` in a `tel:` URI.
pub(crate) const PARAMETER_DIGITS_MAX: usize = 20;

/// The digits that lead from a switchboard to a person. They are not part of the number.
///
/// ```
/// let parsed = postern_phone::parse("+1 425 123 4567 ext. 042", None)?;
/// assert_eq!(parsed.number.to_string(), "+14251234567");
/// assert_eq!(parsed.extension.expect("an extension").as_str(), "042");
/// # Ok::<(), postern_phone::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Extension(Digits);

impl Extension {
    /// The digits, with leading zeros.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn new(digits: Digits) -> Option<Self> {
        (!digits.is_empty()).then_some(Self(digits))
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

/// Reads an extension that begins with a label, to the end of the input.
///
/// A pause without digits after it is not an extension and not an error.
pub(crate) fn read(mut cursor: Cursor<'_>) -> Result<Option<Extension>, ParseError> {
    let start = cursor.clone();
    let pause = skip_any(&mut cursor, &PAUSES);
    cursor.skip_while(is_gap);
    let label = skip_word(&mut cursor).or_else(|| skip_any(&mut cursor, &LABELS));
    let Some(digits_max) = label.or(pause) else {
        return Err(start.refusal());
    };
    cursor.skip_while(is_gap);
    let digits = cursor.digits(digits_max);
    if digits.is_empty() && (label.is_some() || !cursor.is_at_end()) {
        return Err(start.refusal());
    }
    cursor.skip_text("#");
    cursor.skip_while(is_gap);
    if cursor.is_at_end() {
        Ok(Extension::new(digits))
    } else {
        Err(cursor.refusal())
    }
}

/// Skips the word `extension`, in full or shortened: without the `e`, and without the letters
/// between the `t` and the last `n`.
fn skip_word(cursor: &mut Cursor<'_>) -> Option<usize> {
    let mut after = cursor.clone();
    after.skip_text("e");
    if !after.skip_text("xt") {
        return None;
    }
    if after.skip_text("ensio") {
        after.skip_text("\u{301}");
    } else {
        after.skip_text("ensi\u{f3}");
    }
    after.skip_text("n");
    *cursor = after;
    Some(WORD_DIGITS_MAX)
}

/// Skips the first of `labels` that follows. Returns the maximum number of digits after it.
fn skip_any(cursor: &mut Cursor<'_>, labels: &[(&str, usize)]) -> Option<usize> {
    labels
        .iter()
        .find(|(label, _)| cursor.skip_text(label))
        .map(|&(_, digits_max)| digits_max)
}

/// Whether a character may be between a label, the digits and the end.
fn is_gap(c: char) -> bool {
    kind(c) == Meaning::Separator || matches!(c, ',' | ':')
}
