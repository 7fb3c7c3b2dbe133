//! The kinds of messages, in the demo and at the service.

/// The kind of a sent message.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Mail,
    Call,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Mail => "mail",
            Self::Call => "call",
        }
    }
}
