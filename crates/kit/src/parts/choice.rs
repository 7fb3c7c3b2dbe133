//! A choice of one among a few, as radio buttons: it has no effect until the person sends the form.

use leptos::prelude::*;

use super::field::{describing, field_error, wrong};
use super::step::TITLE;
use crate::element::{View, el};
use crate::page::Page;
use crate::text::Text;

/// An option of a choice.
pub struct Choice {
    /// The value that the form sends for it.
    pub value: &'static str,
    /// The label of the option.
    pub label: Text,
    /// The meaning or the effect of the option.
    pub hint: Option<Text>,
}

/// The options, under the heading of the page. `name` names the group on this page. `chosen`
/// contains the selected value, and is empty if there is none.
pub fn choices(
    page: impl Page,
    name: &str,
    choices: Vec<Choice>,
    chosen: RwSignal<String>,
) -> View {
    let group = page.id(name);
    let fieldset = el("fieldset")
        .live_attr(
            "class",
            wrong(
                page,
                &group,
                "postern-choices postern-field-wrong",
                "postern-choices",
            ),
        )
        .attr("aria-labelledby", &page.id(TITLE))
        .live_attr("aria-describedby", describing(page, &group, None, None))
        .child(field_error(page, &group));
    let rows = choices.into_iter().enumerate().map(|(index, choice)| {
        let value = choice.value;
        // The first option has the group's id: the link in the summary points to it.
        let id = if index == 0 {
            group.clone()
        } else {
            [&group, "-", value].concat()
        };
        let mut input = el("input")
            .attr("type", "radio")
            .id(&id)
            .attr("name", &group)
            .attr("value", value)
            .attr_if("checked", chosen.get_untracked() == value)
            .on("change", move |_| chosen.set(value.to_owned()));
        let hint = choice.hint.map(|hint| {
            let hint_id = [&group, "-", value, "-hint"].concat();
            input = input.clone().attr("aria-describedby", &hint_id);
            el("p").class("postern-choice-hint").id(&hint_id).say(hint)
        });
        let label = el("label").attr("for", &id).say(choice.label);
        el("div")
            .class("postern-choice")
            .child([input, label])
            .child(hint)
    });
    fieldset.child(rows.collect::<View>()).into()
}
