//! Text for the parts of a page: it updates when the language or the state changes.

use std::rc::Rc;

use crate::words::Words;

/// Text that updates when its sources change. A clone has a low cost.
#[derive(Clone)]
pub(crate) enum Text {
    /// A message, in the current language of the page.
    Message(Words, fn(Words) -> String),
    /// Text from a closure.
    Made(Rc<dyn Fn() -> String>),
}

impl Text {
    /// Text that the closure returns.
    pub(crate) fn of(says: impl Fn() -> String + 'static) -> Self {
        Self::Made(Rc::new(says))
    }

    /// The current text; readers run again when it changes.
    pub(crate) fn get(&self) -> String {
        match self {
            Self::Message(words, message) => message(*words),
            Self::Made(says) => says(),
        }
    }
}

/// A message without placeholders: `message(Words::identify_title)`.
pub(crate) fn message(message: fn(Words) -> String) -> Text {
    Text::Message(Words::here(), message)
}
