//! Kinds of messages, in the demo as at the service.

/// What can have been sent.
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
