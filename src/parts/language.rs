//! The choice of language, on every page. A new choice keeps the step and the typed text.

use super::element::{Element, View, el, live};
use super::text::message;
use crate::browser;
use crate::desk::Desk;
use crate::words::{LANGUAGES, Language, Words};

/// A drop-down list of the languages, each with its own name.
pub(crate) fn language_choice(desk: Desk) -> Element {
    let words = desk.words();
    let id = desk.id("language");
    let options = move || {
        let current = words.language().tag;
        let offered = LANGUAGES
            .iter()
            .filter(|language| !language.pseudo || language.tag == current);
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
        .child(live(move || words.language().tag, options))
        .on("change", move |event| {
            if let Some(language) = Language::of(&browser::chosen(&event)) {
                desk.choose_language(words, language);
            }
        });
    el("div")
        .class("postern-language")
        .child(
            el("label")
                .attr("for", &id)
                .say(message(Words::wizard_language)),
        )
        .child(select)
}
