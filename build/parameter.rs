//! The placeholders that messages may have, and what each stands for.
//! The kind goes with the name, so that `$code` is a code in every message of every language.

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A whole number: written by `Intl.NumberFormat`, may be counted, isolated left to right.
    Number,
    /// A code, phone number or address: written as it is, isolated left to right.
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

/// What the placeholder of this name stands for.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    KINDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| *kind)
}
