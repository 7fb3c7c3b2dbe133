//! The placeholders that messages may have, and their kinds. The kind depends on the name, so that
//! `$code` is a code in every message of every language.

/// The kind of value that a placeholder represents.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A whole number: `Intl.NumberFormat` writes it, a message may choose by it, and it is
    /// isolated left to right.
    Number,
    /// A code, phone number or address: written unchanged, isolated left to right.
    Code,
    /// Words: isolated in the direction of their own first letter.
    Text,
}

/// Every placeholder, in alphabetical order.
const KINDS: [(&str, Kind); 32] = [
    ("address", Kind::Code),
    ("answers", Kind::Text),
    ("code", Kind::Code),
    ("day", Kind::Number),
    ("detail", Kind::Text),
    ("digits", Kind::Number),
    ("end", Kind::Code),
    ("extension", Kind::Code),
    ("gate", Kind::Number),
    ("hint", Kind::Code),
    ("identifier", Kind::Code),
    ("left", Kind::Number),
    ("max", Kind::Number),
    ("min", Kind::Number),
    ("minutes", Kind::Number),
    ("missing", Kind::Number),
    ("month", Kind::Number),
    ("more", Kind::Number),
    ("number", Kind::Code),
    ("places", Kind::Text),
    ("position", Kind::Number),
    ("question", Kind::Text),
    ("refusal", Kind::Text),
    ("required", Kind::Number),
    ("seconds", Kind::Number),
    ("tenant", Kind::Text),
    ("time", Kind::Text),
    ("title", Kind::Text),
    ("total", Kind::Number),
    ("until", Kind::Text),
    ("year", Kind::Code),
    ("zone", Kind::Code),
];

/// The kind of the placeholder with this name.
pub fn kind(name: &str) -> Option<Kind> {
    KINDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| *kind)
}
