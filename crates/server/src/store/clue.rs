//! Conditions that find rows of the audit log.

/// A field by which events can be found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum EventField {
    SupportCode,
    Attempt,
    CorrelationId,
    /// In lower case.
    Identifier,
    Account,
}

/// A condition on a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Clue {
    Is(EventField, String),
    /// The field begins with these digits.
    Begins(EventField, String),
}
