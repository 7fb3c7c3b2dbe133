//! A form: it never leaves the page. Its content goes to the judge as one event.

use postern_flow::reset::{Event, Form};

use super::element::{Element, el};
use crate::desk::Desk;

/// An empty form, and the function that reads its content when the person sends it. The form
/// disables the browser's own checks: their messages are neither in our words nor in the summary.
pub(crate) fn form(desk: Desk, read: impl Fn() -> Form + 'static) -> Element {
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            desk.dispatch(Event::Submitted(read()));
        })
}
