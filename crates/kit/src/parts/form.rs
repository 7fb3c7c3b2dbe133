//! A form: it never leaves the page.

use crate::element::{Element, el};

/// An empty form, and what happens when the person sends it. The form disables the browser's own
/// checks: their messages are neither in our words nor in the summary.
pub fn form(send: impl Fn() + 'static) -> Element {
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            send();
        })
}
