//! Words as the parts of a page take them: said again when the language or the state changes.

use std::rc::Rc;

use crate::words::Words;

/// Words, now and whenever they change. Cheap to clone.
#[derive(Clone)]
pub(crate) enum Text {
    /// A message, in the language on the page.
    Message(Words, fn(Words) -> String),
    /// Words made of more than that.
    Made(Rc<dyn Fn() -> String>),
}

impl Text {
    /// What the closure says.
    pub(crate) fn of(says: impl Fn() -> String + 'static) -> Self {
        Self::Made(Rc::new(says))
    }

    /// The words now; what reads them follows them.
    pub(crate) fn get(&self) -> String {
        match self {
            Self::Message(words, message) => message(*words),
            Self::Made(says) => says(),
        }
    }
}

/// A message with nothing to fill in: `message(Words::identify_title)`.
pub(crate) fn message(message: fn(Words) -> String) -> Text {
    Text::Message(Words::here(), message)
}
