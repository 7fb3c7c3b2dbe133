//! A labelled text field: its hint, its error, and the tokens that browsers and password managers
//! look for.
//!
//! The field is uncontrolled: the typed text stays in the element until the person sends the form,
//! so a key press redraws nothing.

use std::borrow::Cow;

use super::element::{Element, View, el, live};
use super::text::Text;
use crate::desk::Desk;
use crate::messages::error_of;

/// The properties of a field that the browser uses: keyboard, autofill, direction.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) input_type: &'static str,
    pub(crate) autocomplete: &'static str,
    pub(crate) inputmode: Option<&'static str>,
    pub(crate) enterkeyhint: &'static str,
    pub(crate) dir: &'static str,
    pub(crate) class: &'static str,
    /// The name by which password managers recognise the field; without it, the field's own name.
    pub(crate) known_as: Option<&'static str>,
}

impl Kind {
    /// User name or e-mail address.
    pub(crate) const IDENTIFIER: Self = Self {
        input_type: "text",
        autocomplete: "username",
        inputmode: Some("email"),
        enterkeyhint: "next",
        dir: "ltr",
        class: "postern-input",
        known_as: Some("username"),
    };
    /// A telephone number.
    pub(crate) const PHONE: Self = Self {
        input_type: "tel",
        autocomplete: "tel",
        inputmode: Some("tel"),
        enterkeyhint: "next",
        dir: "ltr",
        class: "postern-input",
        known_as: Some("tel"),
    };
    /// A code. The type is text, because the person can paste it together with other text.
    pub(crate) const CODE: Self = Self {
        input_type: "text",
        autocomplete: "one-time-code",
        inputmode: Some("numeric"),
        enterkeyhint: "done",
        dir: "ltr",
        class: "postern-input postern-input-code",
        known_as: Some("one-time-code"),
    };
    /// The answer to a question, in any script.
    pub(crate) const ANSWER: Self = Self {
        input_type: "text",
        autocomplete: "off",
        inputmode: None,
        enterkeyhint: "next",
        dir: "auto",
        class: "postern-input",
        known_as: None,
    };
}

/// The description of a field.
pub(crate) struct Field<'a> {
    /// The name of the field in this wizard, used in its id and in the error summary.
    pub(crate) name: &'a str,
    /// The label of the field.
    pub(crate) label: Text,
    /// The properties of the field for the browser.
    pub(crate) kind: Kind,
    /// The initial value of the field.
    pub(crate) value: &'a str,
    /// Whether the lead sentence of the step explains the field.
    pub(crate) explained_by_lead: bool,
}

impl Field<'_> {
    /// The field with its label above it, and its error between the two. `input` is the element
    /// that becomes the field.
    pub(crate) fn view(self, desk: Desk, input: &Element) -> View {
        let Self {
            name,
            label,
            kind,
            value,
            explained_by_lead,
        } = self;
        let id = desk.id(name);
        let mut input = input
            .clone()
            .class(kind.class)
            .attr("type", kind.input_type)
            .attr("autocomplete", kind.autocomplete)
            .attr("enterkeyhint", kind.enterkeyhint)
            .attr("dir", kind.dir)
            .attr("name", kind.known_as.unwrap_or(name))
            .attr("value", value);
        if let Some(mode) = kind.inputmode {
            input = input.attr("inputmode", mode);
        }
        let input = typed(
            desk,
            input,
            &id,
            explained_by_lead.then(|| desk.id("lead")),
            None,
        );
        field_box(desk, &id)
            .child(el("label").attr("for", &id).say(label))
            .child(field_error(desk, &id))
            .child(input)
            .into()
    }
}

/// The box of the field with this id. It is marked while the field has an error.
pub(crate) fn field_box(desk: Desk, id: &str) -> Element {
    el("div").live_attr(
        "class",
        wrong(
            desk,
            id,
            "postern-field postern-field-wrong",
            "postern-field",
        ),
    )
}

/// One of two values of an attribute, depending on an error at the field.
pub(crate) fn wrong(
    desk: Desk,
    id: &str,
    wrong: &'static str,
    right: &'static str,
) -> impl Fn() -> Option<Cow<'static, str>> + 'static {
    let id = id.to_owned();
    move || {
        Some(
            if error_of(desk, &id).is_some() {
                wrong
            } else {
                right
            }
            .into(),
        )
    }
}

/// Adds the attributes that every typed field has: no spelling help, no correction, and the ids of
/// the sentences that explain the field. The ids are in reading order: one before the error, the
/// error while there is one, one after it.
pub(crate) fn typed(
    desk: Desk,
    input: Element,
    id: &str,
    before: Option<String>,
    after: Option<String>,
) -> Element {
    let input = input
        .id(id)
        .attr("autocapitalize", "none")
        .attr("autocorrect", "off")
        .attr("spellcheck", "false")
        .live_attr("aria-describedby", describing(desk, id, before, after));
    let id = id.to_owned();
    input.attr_while("aria-invalid", "true", move || {
        error_of(desk, &id).is_some()
    })
}

/// The ids of the sentences that describe a field. The id of its error is in the middle while there
/// is an error.
pub(crate) fn describing(
    desk: Desk,
    id: &str,
    before: Option<String>,
    after: Option<String>,
) -> impl Fn() -> Option<Cow<'static, str>> + 'static {
    let (id, error) = (id.to_owned(), error_id(id));
    move || {
        let error = error_of(desk, &id).map(|_| &error);
        let ids: Vec<&str> = [before.as_ref(), error, after.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        (!ids.is_empty()).then(|| ids.join(" ").into())
    }
}

/// The error at the field with this id, in the same words as in the summary.
pub(crate) fn field_error(desk: Desk, id: &str) -> View {
    error(desk, id, "postern-error")
}

/// The same error for screen readers only, where the summary above is in view: a sighted person
/// does not see a long text twice.
pub(crate) fn error_unseen(desk: Desk, id: &str) -> View {
    error(desk, id, "postern-hidden")
}

fn error(desk: Desk, id: &str, class: &'static str) -> View {
    let id = id.to_owned();
    let shown = id.clone();
    live(
        move || error_of(desk, &id),
        move || {
            error_of(desk, &shown).map(|text| {
                let prefix = el("span")
                    .class("postern-hidden")
                    .text(&desk.words().wizard_error_prefix())
                    .text(" ");
                el("p")
                    .class(class)
                    .id(&error_id(&shown))
                    .child(prefix)
                    .text(&text)
            })
        },
    )
}

/// The id of the error at a field, for `aria-describedby` of the field.
fn error_id(field: &str) -> String {
    [field, "-error"].concat()
}
