//! A form: it never leaves the page, and what it says goes to the judge as one event.

use super::element::{Element, el};
use crate::desk::Desk;
use crate::wizard::{Event, Form};

/// A form with nothing in it yet, and how its answer is read when it is sent. The browser's own
/// checks are left out: what they say is neither in our words nor in the summary.
pub(crate) fn form(desk: Desk, read: impl Fn() -> Form + 'static) -> Element {
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            desk.dispatch(Event::Submitted(read()));
        })
}
