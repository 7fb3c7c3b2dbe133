//! What rows of the audit log are found by.

/// What an event can be found by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum EventField {
    SupportCode,
    Attempt,
    CorrelationId,
    /// In lower case.
    Identifier,
    Account,
}

/// What an event has in a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Clue {
    Is(EventField, String),
    /// It begins with these digits.
    Begins(EventField, String),
}
