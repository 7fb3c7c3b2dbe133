//! Reads an input: its digits, whether a `+` is before them, and what follows.
//!
//! This module knows no numbering plan. All of its errors are about characters.

use crate::character::{Cursor, Meaning, kind};
use crate::digits::Digits;
use crate::error::{INPUT_CHARS_MAX, ParseError};
use crate::extension::{self, Extension, HASH_DIGITS_MAX, PARAMETER_DIGITS_MAX};

/// Placeholder for a carrier's code.
const CARRIER: &str = "xx";

/// The parts of an input.
pub(crate) struct Typed {
    pub(crate) digits: Digits,
    /// Whether the digits certainly begin with a calling code.
    pub(crate) international: bool,
    pub(crate) extension: Option<Extension>,
}

/// Reads the whole input.
pub(crate) fn read(input: &str) -> Result<Typed, ParseError> {
    if input.len() > INPUT_CHARS_MAX && input.chars().nth(INPUT_CHARS_MAX).is_some() {
        return Err(ParseError::InputTooLong);
    }
    let mut cursor = Cursor::new(input.trim_start());
    cursor.skip_while(|c| kind(c) == Meaning::Separator);
    let is_uri = cursor.skip_text("tel:");
    let mut typed = Typed {
        digits: Digits::EMPTY,
        international: false,
        extension: None,
    };
    // Where the last group of digits begins.
    let mut group = 0;

    loop {
        typed.digits.extend(cursor.ascii_digits());
        let Some(c) = cursor.peek() else { break };
        match kind(c) {
            Meaning::Digit(digit) => typed.digits.push(digit),
            Meaning::Separator => group = typed.digits.len(),
            Meaning::Plus if typed.digits.is_empty() => typed.international = true,
            Meaning::Plus => return Err(cursor.refusal()),
            Meaning::Other => {
                let rest = typed.read_rest(cursor.clone(), group, is_uri);
                // In Latin America, `(0xx)` is a placeholder for a carrier's code.
                if rest.is_ok() || typed.digits.is_empty() || !cursor.skip_text(CARRIER) {
                    rest?;
                    break;
                }
                group = typed.digits.len();
                continue;
            }
        }
        cursor.next();
    }
    Ok(typed)
}

impl Typed {
    /// Reads the part after the digits, from its first character to the end.
    fn read_rest(
        &mut self,
        cursor: Cursor<'_>,
        group: usize,
        is_uri: bool,
    ) -> Result<(), ParseError> {
        if self.digits.is_empty() {
            return Err(cursor.refusal());
        }
        let mut after = cursor.clone();
        match after.next() {
            Some('#')
                if group > 0 && (1..=HASH_DIGITS_MAX).contains(&(self.digits.len() - group)) =>
            {
                after.skip_while(|c| kind(c) == Meaning::Separator);
                if after.is_at_end() {
                    self.extension = Extension::new(self.digits.split_off(group));
                    return Ok(());
                }
            }
            Some(';') if after.peek().is_some_and(|c| c.is_ascii_lowercase()) => {
                return self.read_parameters(cursor, is_uri);
            }
            _ => {}
        }
        self.extension = extension::read(cursor)?;
        Ok(())
    }

    /// Reads the parameters of a `tel:` URI (RFC 3966 §3). People write `;ext=` without the scheme
    /// too.
    fn read_parameters(&mut self, mut cursor: Cursor<'_>, is_uri: bool) -> Result<(), ParseError> {
        while cursor.skip_text(";") {
            if cursor.skip_text("ext=") {
                let digits = cursor.digits(PARAMETER_DIGITS_MAX);
                if digits.is_empty() {
                    return Err(cursor.refusal());
                }
                self.extension = Extension::new(digits);
                cursor.skip_while(|c| kind(c) == Meaning::Separator);
            } else if cursor.skip_text("phone-context=") {
                self.read_context(&mut cursor)?;
            } else if is_uri {
                // RFC 3966 §5.1.5: a parameter that is unknown and not mandatory is skipped.
                cursor.skip_while(|c| c != ';');
            }
        }
        if cursor.is_at_end() {
            Ok(())
        } else {
            Err(cursor.refusal())
        }
    }

    /// Reads the context of a local number: the digits that come before it, or a domain, which is
    /// ignored.
    fn read_context(&mut self, cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
        if cursor.skip_text("+") {
            let mut digits = Digits::EMPTY;
            while let Some(c) = cursor.peek() {
                match kind(c) {
                    Meaning::Digit(digit) => digits.push(digit),
                    Meaning::Separator => {}
                    Meaning::Plus | Meaning::Other => break,
                }
                cursor.next();
            }
            if digits.is_empty() {
                return Err(cursor.refusal());
            }
            if !self.international {
                digits.extend(self.digits.as_bytes());
                self.digits = digits;
                self.international = true;
            }
        } else {
            // RFC 3966 §3: the last label of a domain begins with a letter, so that a domain cannot
            // be mistaken for digits.
            let mut label = None;
            while let Some(c) = cursor
                .peek()
                .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
            {
                label = if c == '.' { None } else { label.or(Some(c)) };
                cursor.next();
            }
            if !label.is_some_and(|first| first.is_ascii_alphabetic()) {
                return Err(cursor.refusal());
            }
        }
        Ok(())
    }
}
