//! The frame of a step: its heading, its one sentence, and the place of everything else.
//!
//! A new step moves the focus to its heading, so that the focus does not stay on a removed element.
//! In a portal's page it takes the focus only if the person's focus is in the app, or if the
//! person's action led there.

use crate::element::{Element, effect, el};
use crate::page::Page;
use crate::text::Text;

/// The id of a step's heading, and of its one sentence.
pub(crate) const TITLE: &str = "title";
pub(crate) const LEAD: &str = "lead";

/// An empty step. `name` is its name in CSS and in tests.
pub fn step(name: &str) -> Element {
    el("div").class("postern-step").attr("data-step", name)
}

/// The heading of a step. It takes the focus if the step follows another one.
pub fn heading(page: impl Page, title: Text) -> Element {
    let heading = el("h1")
        .id(&page.id(TITLE))
        .attr("tabindex", "-1")
        .say(title);
    if page.arrives() {
        let heading = heading.clone();
        let owns_page = page.owns_page();
        effect(move || heading.arrive(owns_page));
    }
    heading
}

/// The one sentence of a step, where one is necessary.
pub fn lead(page: impl Page, sentence: Text) -> Element {
    el("p")
        .class("postern-lead")
        .id(&page.id(LEAD))
        .say(sentence)
}
