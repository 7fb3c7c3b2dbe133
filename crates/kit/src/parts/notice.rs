//! Sentences that stand out beside a step.

use crate::element::{Element, View, el, live};

/// The sentences, each as a notice. A screen reader announces changes politely.
pub fn announced(class: &str, sentences: impl Fn() -> Vec<String> + Clone + 'static) -> Element {
    let key = sentences.clone();
    let notices = move || {
        sentences()
            .iter()
            .map(|text| el("p").class("postern-notice").text(text))
            .collect::<View>()
    };
    el("div")
        .class(class)
        .attr("role", "status")
        .child(live(key, notices))
}
