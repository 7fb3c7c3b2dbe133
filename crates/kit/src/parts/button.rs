//! Buttons. Each step has one primary button. While its work is under way, the button says so and
//! ignores a second press.

use crate::element::{Element, View, el};
use crate::page::Page;
use crate::text::Text;

/// The name of the button that sends the form of a step.
pub const SEND: &str = "send";

/// The CSS classes of a quiet button, and of a filled one.
pub const QUIET: &str = "postern-quiet";
pub const FILLED: &str = "postern-button";

/// The button that sends a form, with its label and the polite announcement while the request is
/// under way.
///
/// The button is never disabled, so that the focus stays on it: a second press while the first is
/// under way has no effect.
pub fn submit(page: impl Page, label: Text, busy: Text) -> View {
    let is_busy = move || page.is_busy();
    let button = el("button")
        .attr("type", "submit")
        .id(&page.id(SEND))
        .class(FILLED)
        .attr_while("aria-disabled", "true", is_busy)
        .say(label);
    let said = Text::of(move || if is_busy() { busy.get() } else { String::new() });
    let status = el("p")
        .class("postern-status")
        .attr("role", "status")
        .say(said);
    el("div")
        .class("postern-submit")
        .child([button, status])
        .into()
}

/// A primary button that does not send a form.
pub fn primary(label: Text, press: impl Fn() + 'static) -> View {
    el("div")
        .class("postern-submit")
        .child(button(FILLED, label, press))
        .into()
}

/// A quiet button: a way out, or an action beside the step.
pub fn quiet(label: Text, press: impl Fn() + 'static) -> Element {
    button(QUIET, label, press)
}

/// A button with this class that does not send a form.
pub fn button(class: &str, label: Text, press: impl Fn() + 'static) -> Element {
    el("button")
        .attr("type", "button")
        .class(class)
        .on("click", move |_| press())
        .say(label)
}
