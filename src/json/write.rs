//! Writes request bodies as JSON objects: the page supplies the names, and the writer escapes the
//! values as RFC 8259 section 7 requires.

use crate::decimal::decimal;

/// An object under construction.
pub(crate) struct Writer(String);

impl Writer {
    /// An empty object.
    pub(crate) fn new() -> Self {
        Self("{".to_owned())
    }

    /// Adds a text member.
    pub(crate) fn text(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        quote(&mut self.0, value);
        self
    }

    /// Adds a whole-number member.
    pub(crate) fn number(self, name: &str, value: i64) -> Self {
        self.json(name, &decimal(value))
    }

    /// Adds a member whose value is already JSON.
    pub(crate) fn json(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        self.0.push_str(value);
        self
    }

    /// The whole object.
    pub(crate) fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn name(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(&mut self.0, name);
        self.0.push(':');
    }
}

/// Writes several values that are already JSON as a list.
pub(crate) fn list(values: impl Iterator<Item = String>) -> String {
    let mut out = "[".to_owned();
    for value in values {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&value);
    }
    out.push(']');
    out
}

fn quote(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.push(char::from(HEX[character as usize >> 4]));
                out.push(char::from(HEX[character as usize & 15]));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}
