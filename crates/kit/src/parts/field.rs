//! A labelled text field: its hint, its error, and the tokens that browsers and password managers
//! look for.
//!
//! The field is uncontrolled: the typed text stays in the element until the person sends the form,
//! so a key press redraws nothing.

use std::borrow::Cow;

use super::step::LEAD;
use crate::element::{Element, View, el, live};
use crate::page::{Page, error_of};
use crate::text::Text;

/// The properties of a field that the browser uses: keyboard, autofill, direction.
#[derive(Clone, Copy)]
pub struct Kind {
    pub input_type: &'static str,
    pub autocomplete: &'static str,
    pub inputmode: Option<&'static str>,
    pub enterkeyhint: &'static str,
    pub dir: &'static str,
    pub class: &'static str,
    /// The name by which password managers recognise the field; without it, the field's own name.
    pub known_as: Option<&'static str>,
}

impl Kind {
    /// User name or e-mail address.
    pub const IDENTIFIER: Self = Self {
        input_type: "text",
        autocomplete: "username",
        inputmode: Some("email"),
        enterkeyhint: "next",
        dir: "ltr",
        class: "postern-input",
        known_as: Some("username"),
    };
    /// A telephone number.
    pub const PHONE: Self = Self {
        input_type: "tel",
        autocomplete: "tel",
        inputmode: Some("tel"),
        enterkeyhint: "next",
        dir: "ltr",
        class: "postern-input",
        known_as: Some("tel"),
    };
    /// A code. The type is text, because the person can paste it together with other text.
    pub const CODE: Self = Self {
        input_type: "text",
        autocomplete: "one-time-code",
        inputmode: Some("numeric"),
        enterkeyhint: "done",
        dir: "ltr",
        class: "postern-input postern-input-code",
        known_as: Some("one-time-code"),
    };
    /// The answer to a question, in any script.
    pub const ANSWER: Self = Self {
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
pub struct Field<'a> {
    /// The name of the field on this page, used in its id and in the error summary.
    pub name: &'a str,
    /// The label of the field.
    pub label: Text,
    /// The properties of the field for the browser.
    pub kind: Kind,
    /// The initial value of the field.
    pub value: &'a str,
    /// Whether the lead sentence of the step explains the field.
    pub explained_by_lead: bool,
}

impl Field<'_> {
    /// The field with its label above it, and its error between the two. `input` is the element
    /// that becomes the field.
    pub fn view(self, page: impl Page, input: &Element) -> View {
        let Self {
            name,
            label,
            kind,
            value,
            explained_by_lead,
        } = self;
        let id = page.id(name);
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
            page,
            input,
            &id,
            explained_by_lead.then(|| page.id(LEAD)),
            None,
        );
        field_box(page, &id)
            .child(el("label").attr("for", &id).say(label))
            .child(field_error(page, &id))
            .child(input)
            .into()
    }
}

/// The box of the field with this id. It is marked while the field has an error.
pub fn field_box(page: impl Page, id: &str) -> Element {
    el("div").live_attr(
        "class",
        wrong(
            page,
            id,
            "postern-field postern-field-wrong",
            "postern-field",
        ),
    )
}

/// One of two values of an attribute, depending on an error at the field.
pub fn wrong(
    page: impl Page,
    id: &str,
    wrong: &'static str,
    right: &'static str,
) -> impl Fn() -> Option<Cow<'static, str>> + 'static {
    let id = id.to_owned();
    move || {
        Some(
            if error_of(page, &id).is_some() {
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
pub fn typed(
    page: impl Page,
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
        .live_attr("aria-describedby", describing(page, id, before, after));
    let id = id.to_owned();
    input.attr_while("aria-invalid", "true", move || {
        error_of(page, &id).is_some()
    })
}

/// The ids of the sentences that describe a field. The id of its error is in the middle while there
/// is an error.
pub fn describing(
    page: impl Page,
    id: &str,
    before: Option<String>,
    after: Option<String>,
) -> impl Fn() -> Option<Cow<'static, str>> + 'static {
    let (id, error) = (id.to_owned(), error_id(id));
    move || {
        let error = error_of(page, &id).map(|_| &error);
        let ids: Vec<&str> = [before.as_ref(), error, after.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        (!ids.is_empty()).then(|| ids.join(" ").into())
    }
}

/// The error at the field with this id, in the same words as in the summary.
pub fn field_error(page: impl Page, id: &str) -> View {
    error(page, id, "postern-error")
}

/// The same error for screen readers only, where the summary above is in view: a sighted person
/// does not see a long text twice.
pub fn error_unseen(page: impl Page, id: &str) -> View {
    error(page, id, "postern-hidden")
}

fn error(page: impl Page, id: &str, class: &'static str) -> View {
    let id = id.to_owned();
    let shown = id.clone();
    live(
        move || error_of(page, &id),
        move || {
            error_of(page, &shown).map(|text| {
                let prefix = el("span")
                    .class("postern-hidden")
                    .text(&page.error_prefix())
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
