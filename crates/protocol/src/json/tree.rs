//! Parses a text into a tree of values.

use alloc::string::String;
use alloc::vec::Vec;

/// The limit is more than the depth of any reply. It prevents a hostile answer from exhausting the
/// stack.
pub(super) const DEPTH_MAX: u8 = 32;

/// A value as written in the text.
#[derive(Clone, Debug)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    /// The members, in the order of the text.
    Object(Vec<(String, Json)>),
}

/// Parses a whole text into a tree.
pub(super) fn parse(text: &str) -> Option<Json> {
    let mut parser = Parser {
        text,
        at: 0,
        is_sound: true,
    };
    let value = parser.value(DEPTH_MAX);
    parser.skip_space();
    (parser.is_sound && parser.at == text.len()).then_some(value)
}

/// Parser of a JSON text. On an error it sets a flag and skips to the end of the text. No step
/// returns early: each early return would add drop code to the wasm.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    is_sound: bool,
}

impl Parser<'_> {
    fn fault(&mut self) {
        self.is_sound = false;
        self.at = self.text.len();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Skips space, and consumes this byte if it comes next.
    fn takes(&mut self, byte: u8) -> bool {
        self.skip_space();
        let comes = self.peek() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    fn expect(&mut self, byte: u8) {
        if !self.takes(byte) {
            self.fault();
        }
    }

    /// The next `bytes` bytes; empty if fewer remain.
    fn advance(&mut self, bytes: usize) -> &str {
        let from = self.at;
        if let Some(next) = self.text.get(from..from + bytes) {
            self.at += bytes;
            next
        } else {
            self.fault();
            ""
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Json {
        if self.advance(word.len()) != word {
            self.fault();
        }
        value
    }

    fn value(&mut self, depth: u8) -> Json {
        self.skip_space();
        match self.peek() {
            _ if depth == 0 => {
                self.fault();
                Json::Null
            }
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'"') => Json::Text(self.string()),
            Some(b'[') => self.list(depth - 1),
            Some(b'{') => self.object(depth - 1),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: u8) -> Json {
        let mut items = Vec::new();
        self.expect(b'[');
        if !self.takes(b']') {
            loop {
                items.push(self.value(depth));
                if !self.takes(b',') {
                    break;
                }
            }
            self.expect(b']');
        }
        Json::List(items)
    }

    fn object(&mut self, depth: u8) -> Json {
        let mut members = Vec::new();
        self.expect(b'{');
        if !self.takes(b'}') {
            loop {
                let name = self.string();
                self.expect(b':');
                members.push((name, self.value(depth)));
                if !self.takes(b',') {
                    break;
                }
            }
            self.expect(b'}');
        }
        Json::Object(members)
    }

    fn number(&mut self) -> Json {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let digits = rest
            .bytes()
            .take_while(|byte| matches!(byte, b'-' | b'0'..=b'9'))
            .count();
        let digits = self.advance(digits);
        let magnitude = digits.trim_start_matches('-');
        let has_leading_zero = magnitude.starts_with('0') && magnitude != "0";
        let number = digits.parse().ok().filter(|_| !has_leading_zero);
        // A fraction or an exponent after the number begins with a letter or a dot, and no JSON
        // token begins so.
        if number.is_none() {
            self.fault();
        }
        Json::Number(number.unwrap_or_default())
    }

    fn string(&mut self) -> String {
        self.expect(b'"');
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let end = rest
                .bytes()
                .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
                .unwrap_or(rest.len());
            out.push_str(self.advance(end));
            match self.advance(1) {
                "\"" => break,
                "\\" => out.push(self.escape()),
                _ => {
                    self.fault();
                    break;
                }
            }
        }
        out
    }

    fn escape(&mut self) -> char {
        match self.advance(1) {
            "\"" => '"',
            "\\" => '\\',
            "/" => '/',
            "b" => '\u{8}',
            "f" => '\u{c}',
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            "u" => self.unicode_escape(),
            _ => self.no_char(),
        }
    }

    /// Four hexadecimal digits, or eight for a surrogate pair (RFC 8259 section 7).
    fn unicode_escape(&mut self) -> char {
        let mut code = self.four_digits();
        if (0xd800..0xdc00).contains(&code) {
            self.word("\\u", Json::Null);
            let low = self.four_digits().wrapping_sub(0xdc00);
            // A second half outside its range does not form a character with the first.
            code = if low < 0x400 {
                0x1_0000 + ((code - 0xd800) << 10 | low)
            } else {
                code
            };
        }
        char::from_u32(code).unwrap_or_else(|| self.no_char())
    }

    fn four_digits(&mut self) -> u32 {
        let digits = self.advance(4);
        let number = u32::from_str_radix(digits, 16).ok();
        number
            .filter(|_| !digits.starts_with('+'))
            .unwrap_or(u32::MAX)
    }

    fn no_char(&mut self) -> char {
        self.fault();
        '\0'
    }
}
