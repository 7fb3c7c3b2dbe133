//! The gate mark: two posts and a lintel for each gate that policy asks, its bars up once it is passed.

use postern_protocol::Gates;

use super::element::{Element, View, el, live, svg};
use super::text::Text;
use crate::app::Desk;

/// The mark, with its text where there is more to say than that there is a gate.
pub(crate) fn gate_mark(desk: Desk) -> Element {
    let words = desk.words();
    let gates = move || desk.wizard().gates();
    let required = move || gates().map_or(1, |gates| gates.required.max(1));
    let text = Text::of(move || match gates() {
        None => String::new(),
        Some(Gates { required, passed }) if passed >= required => {
            words.gate_mark_open(required.into())
        }
        Some(Gates { required, passed }) => words.gate_mark(u32::from(passed) + 1, required.into()),
    });
    let is_open = move |index| gates().is_some_and(|gates| index < gates.passed);
    let marks = move || {
        (0..required())
            .map(|index| gate(move || is_open(index)))
            .collect::<View>()
    };
    el("p")
        .class("postern-gates")
        .child(live(required, marks))
        .child(el("span").say(text))
}

fn gate(is_open: impl Fn() -> bool + 'static) -> Element {
    let class = move || {
        if is_open() {
            "postern-gate postern-gate-open"
        } else {
            "postern-gate"
        }
    };
    svg("svg")
        .live_attr("class", move || Some(class().into()))
        .attr("viewBox", "0 0 28 28")
        .attr("aria-hidden", "true")
        .child(
            svg("path")
                .class("postern-bars")
                .attr("d", "M9 7v18M14 7v18M19 7v18M6 13h16M6 19h16"),
        )
        .child(
            svg("path")
                .class("postern-posts")
                .attr("d", "M4.5 5v22M23.5 5v22M1 4h26"),
        )
}
