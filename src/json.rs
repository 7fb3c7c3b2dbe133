//! JSON into protocol types and back, as small as the page needs it.
//!
//! The protocol has integers and no fractions, and the page shows no parser's message: what does
//! not fit is `None`. Leaving both out, and serde's visitors with them, makes this a tenth of the
//! size of `serde_json` in the page; tests hold the two to the same answers for every type.

mod read;
#[cfg(test)]
mod tests;
mod tree;
mod write;

pub(crate) use read::{FromJson, Reading, read};
pub(crate) use tree::parse;
pub(crate) use write::{Writer, list};

/// Reads a whole text as one value.
pub(crate) fn from_str<T: FromJson>(text: &str) -> Option<T> {
    read(&parse(text)?)
}
