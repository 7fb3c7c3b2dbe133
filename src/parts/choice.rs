//! A choice of one among a few, as radio buttons: nothing happens until the form is sent.

use leptos::prelude::*;

use super::element::{View, el};
use super::field::{describing, field_error, wrong};
use super::text::Text;
use crate::desk::Desk;

/// Something that can be chosen.
pub(crate) struct Choice {
    /// What the form sends for it.
    pub(crate) value: &'static str,
    /// What it is.
    pub(crate) label: Text,
    /// What it means or where it leads.
    pub(crate) hint: Option<Text>,
}

/// The choices, under the heading of the page. `name` names the group in this wizard, and `chosen`
/// holds the value that is chosen, empty for none.
pub(crate) fn choices(
    desk: Desk,
    name: &str,
    choices: Vec<Choice>,
    chosen: RwSignal<String>,
) -> View {
    let group = desk.id(name);
    let fieldset = el("fieldset")
        .live_attr(
            "class",
            wrong(
                desk,
                &group,
                "postern-choices postern-field-wrong",
                "postern-choices",
            ),
        )
        .attr("aria-labelledby", &desk.id("title"))
        .live_attr("aria-describedby", describing(desk, &group, None, None))
        .child(field_error(desk, &group));
    let rows = choices.into_iter().enumerate().map(|(index, choice)| {
        let value = choice.value;
        // The first one carries the group's id: the summary's link leads to it.
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
