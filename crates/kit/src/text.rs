//! Text for the parts of a page: it updates when the language or the state changes.

use std::rc::Rc;

/// Text that updates when its sources change. A clone has a low cost.
#[derive(Clone)]
pub struct Text(Rc<dyn Fn() -> String>);

impl Text {
    /// Text that the closure returns.
    pub fn of(says: impl Fn() -> String + 'static) -> Self {
        Self(Rc::new(says))
    }

    /// The current text; readers run again when it changes.
    pub fn get(&self) -> String {
        (self.0)()
    }
}
