//! Sentences, before a language says them.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use postern_protocol::Timestamp;

/// A sentence: the key of its words, and the values of their placeholders.
#[derive(Clone)]
pub struct Sentence {
    /// The key of the message in `letters.ftl`.
    pub key: &'static str,
    /// The value of each placeholder, by its name.
    pub values: Vec<(&'static str, Value)>,
}

/// The value of a placeholder.
#[derive(Clone)]
pub enum Value {
    /// A whole number.
    Number(u32),
    /// Words, or a code, number or address: the name of the placeholder tells which.
    Text(String),
    /// A point in time, which the language writes in the zone of the reader.
    Moment(Timestamp),
}

/// Says sentences in one language.
pub trait Speaker {
    /// The sentence with its values.
    fn say(&self, sentence: &Sentence) -> String;
}

impl Sentence {
    pub(crate) fn new(
        key: &'static str,
        values: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Self {
        Self {
            key,
            values: values.into_iter().collect(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Moment(at)
    }
}
