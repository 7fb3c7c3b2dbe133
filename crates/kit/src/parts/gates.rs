//! The gate mark: two posts and a lintel for each of two gates. The bars of a gate are up when the
//! person has passed it.
//!
//! The mark shows the person's progress. With one gate there is no progress to show, so there is no
//! mark.

use postern_protocol::Gates;

use crate::element::{Element, View, el, svg, when};
use crate::text::Text;

/// The mark with its text, if policy requires more than one gate.
pub fn gate_mark(
    gates: impl Fn() -> Option<Gates> + Copy + 'static,
    text: impl Fn(Gates) -> String + Copy + 'static,
) -> View {
    let has_several = move || gates().is_some_and(|gates| gates.required > 1);
    let gates = move || gates().unwrap_or_default();
    when(has_several, move || mark(gates, text))
}

fn mark(
    gates: impl Fn() -> Gates + Copy + 'static,
    text: impl Fn(Gates) -> String + 'static,
) -> Element {
    let marks = (0..gates().required)
        .map(|index| gate(move || index < gates().passed))
        .collect::<View>();
    el("p")
        .class("postern-gates")
        .child(marks)
        .child(el("span").say(Text::of(move || text(gates()))))
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
                .attr("d", "M4.5 26.5V4h19v22.5M1 4h26"),
        )
}
