//! The choice of language, on every page. A new choice keeps the step and the typed text.

use crate::browser;
use crate::element::{Element, View, el, live};
use crate::page::Page;
use crate::text::Text;
use crate::words::{Language, Languages};

/// A drop-down list of the languages, each with its own name. `current` is the tag of the current
/// one.
pub fn language_choice(
    page: impl Page,
    label: Text,
    languages: &'static Languages,
    current: impl Fn() -> &'static str + Copy + 'static,
    choose: impl Fn(&'static Language) + 'static,
) -> Element {
    let id = page.id("language");
    let options = move || {
        let current = current();
        let offered = languages
            .all
            .iter()
            .filter(|language| !language.is_pseudo || language.tag == current);
        let option = |language: &Language| {
            el("option")
                .attr("value", language.tag)
                .attr("lang", language.tag)
                .attr_if("selected", language.tag == current)
                .text(language.name)
        };
        offered.map(option).collect::<View>()
    };
    let select = el("select")
        .id(&id)
        .child(live(current, options))
        .on("change", move |event| {
            if let Some(language) = languages.of(&browser::chosen(&event)) {
                choose(language);
            }
        });
    el("div")
        .class("postern-language")
        .child(el("label").attr("for", &id).say(label))
        .child(select)
}
