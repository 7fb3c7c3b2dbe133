//! Writes values as JSON: a type supplies the names, and the writer escapes texts as RFC 8259
//! section 7 requires.

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::{Guid, decimal};

/// A type that can be written as JSON.
pub trait ToJson {
    /// Writes the value.
    fn to_json(&self, to: &mut Writer);
}

/// A text under construction.
pub struct Writer(String);

impl Writer {
    pub(super) const fn new() -> Self {
        Self(String::new())
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Begins an object.
    pub fn open(&mut self) {
        self.0.push('{');
    }

    /// Ends an object.
    pub fn close(&mut self) {
        self.0.push('}');
    }

    /// Writes the name of a member. Its value comes next.
    pub fn name(&mut self, name: &str) {
        self.separate('{');
        self.text(name);
        self.0.push(':');
    }

    /// Writes a member.
    pub fn field<T: ToJson + ?Sized>(&mut self, name: &str, value: &T) {
        self.name(name);
        value.to_json(self);
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let out = &mut self.0;
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

    /// Writes the comma between two members or items: behind anything but the beginning.
    fn separate(&mut self, beginning: char) {
        if !self.0.ends_with(beginning) {
            self.0.push(',');
        }
    }
}

/// A value that is JSON already, and is passed on as it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Raw<'a>(pub &'a str);

impl ToJson for Raw<'_> {
    fn to_json(&self, to: &mut Writer) {
        to.0.push_str(self.0);
    }
}

impl ToJson for str {
    fn to_json(&self, to: &mut Writer) {
        to.text(self);
    }
}

impl ToJson for String {
    fn to_json(&self, to: &mut Writer) {
        to.text(self);
    }
}

impl ToJson for Guid {
    fn to_json(&self, to: &mut Writer) {
        to.text(&self.to_string());
    }
}

impl ToJson for bool {
    fn to_json(&self, to: &mut Writer) {
        Raw(if *self { "true" } else { "false" }).to_json(to);
    }
}

macro_rules! integers {
    ($($type:ident)+) => {
        $(impl ToJson for $type {
            fn to_json(&self, to: &mut Writer) {
                Raw(&decimal(*self)).to_json(to);
            }
        })+
    };
}

integers!(u8 u16 u32 i64);

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self, to: &mut Writer) {
        (**self).to_json(to);
    }
}

impl<T: ToJson> ToJson for Box<T> {
    fn to_json(&self, to: &mut Writer) {
        (**self).to_json(to);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self, to: &mut Writer) {
        match self {
            Some(value) => value.to_json(to),
            None => Raw("null").to_json(to),
        }
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self, to: &mut Writer) {
        to.0.push('[');
        for item in self {
            to.separate('[');
            item.to_json(to);
        }
        to.0.push(']');
    }
}
