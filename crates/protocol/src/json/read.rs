//! Reads a JSON tree as values.
//!
//! If a value does not fit, the reader sets a flag and continues with an arbitrary value. It checks
//! the flag once at the end. A reader that stops at the first misfit would need code at each such
//! stop to drop the values that it has read so far.

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

use super::tree::Json;
use crate::Guid;

/// Reads a tree as one value; `None` if it does not fit.
pub(super) fn read<T: FromJson>(json: &Json) -> Option<T> {
    let fits = Cell::new(true);
    let value = T::from_json(Reader { json, fits: &fits });
    fits.get().then_some(value)
}

/// A type that can be read from JSON.
pub trait FromJson: Sized {
    /// Returns the value. If the JSON does not fit, it sets the flag and returns an arbitrary
    /// value.
    fn from_json(from: Reader<'_>) -> Self;
}

/// A place in a tree, and the flag that records whether everything has fitted so far.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    json: &'a Json,
    fits: &'a Cell<bool>,
}

impl<'a> Reader<'a> {
    /// Records that the JSON does not fit.
    pub fn misfit(self) {
        self.fits.set(false);
    }

    /// Unwraps a value. If it is `None`, records a misfit and returns the default.
    fn fitting<T: Default>(self, value: Option<T>) -> T {
        if value.is_none() {
            self.misfit();
        }
        value.unwrap_or_default()
    }

    const fn at(self, json: &'a Json) -> Self {
        Self { json, ..self }
    }

    /// The members of an object.
    pub fn members(self) -> impl Iterator<Item = (&'a str, Self)> {
        let members: &[_] = if let Json::Object(members) = self.json {
            members
        } else {
            self.misfit();
            &[]
        };
        members
            .iter()
            .map(move |(name, json)| (name.as_str(), self.at(json)))
    }

    /// The member with this name, if it exists.
    fn member(self, name: &str) -> Option<Self> {
        self.members()
            .find(|(own, _)| *own == name)
            .map(|(_, json)| json)
    }

    /// The field with this name; a missing field is read as null.
    pub fn field<T: FromJson>(self, name: &str) -> T {
        T::from_json(self.member(name).unwrap_or(self.at(&Json::Null)))
    }

    /// The field with this name; a missing field has its default value.
    pub fn field_or_default<T: FromJson + Default>(self, name: &str) -> T {
        self.member(name).map(T::from_json).unwrap_or_default()
    }

    /// Checks that an object has no other members than these.
    pub fn only(self, names: &[&str]) {
        if self.members().any(|(own, _)| !names.contains(&own)) {
            self.misfit();
        }
    }

    /// Reads a variant: its name, or an object with one member that has the name of the variant.
    /// Returns the number and the content of the variant.
    pub fn variant(self, names: &[&str]) -> (usize, Self) {
        let (name, content) = match self.json {
            Json::Text(name) => (name.as_str(), self.at(&Json::Null)),
            Json::Object(members) if members.len() == 1 => {
                self.members().next().unwrap_or(("", self))
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::List(_) | Json::Object(_) => {
                ("", self)
            }
        };
        let number = names.iter().position(|own| *own == name);
        (self.fitting(number), content)
    }

    /// Reads a variant of an enum whose variants have no content, and returns its number.
    pub fn word(self, names: &[&str]) -> usize {
        let (number, content) = self.variant(names);
        content.nothing();
        number
    }

    fn integer(self) -> i64 {
        if let Json::Number(number) = self.json {
            *number
        } else {
            self.misfit();
            0
        }
    }

    fn text(self) -> &'a str {
        if let Json::Text(text) = self.json {
            text
        } else {
            self.misfit();
            ""
        }
    }

    /// Checks that a variant without content has none.
    pub fn nothing(self) {
        if !matches!(self.json, Json::Null) {
            self.misfit();
        }
    }
}

macro_rules! integers {
    ($($type:ident)+) => {
        $(impl FromJson for $type {
            fn from_json(from: Reader<'_>) -> Self {
                from.fitting(from.integer().try_into().ok())
            }
        })+
    };
}

integers!(u8 u16 u32);

impl FromJson for i64 {
    fn from_json(from: Reader<'_>) -> Self {
        from.integer()
    }
}

impl FromJson for bool {
    fn from_json(from: Reader<'_>) -> Self {
        from.fitting(match from.json {
            Json::Bool(value) => Some(*value),
            Json::Null | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
        })
    }
}

impl FromJson for String {
    fn from_json(from: Reader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(from: Reader<'_>) -> Self {
        if let Json::Null = from.json {
            None
        } else {
            Some(T::from_json(from))
        }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(from: Reader<'_>) -> Self {
        Self::new(T::from_json(from))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(from: Reader<'_>) -> Self {
        let items: &[_] = if let Json::List(items) = from.json {
            items
        } else {
            from.misfit();
            &[]
        };
        items
            .iter()
            .map(|item| T::from_json(from.at(item)))
            .collect()
    }
}

impl FromJson for Guid {
    fn from_json(from: Reader<'_>) -> Self {
        from.text().parse().unwrap_or_else(|_| {
            from.misfit();
            Self::from_random(0)
        })
    }
}
