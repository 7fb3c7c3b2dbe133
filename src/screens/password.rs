//! The password screen shows each rule and whether the password meets it. After a refusal it shows
//! the broken rule.
//!
//! The typed password stays in the field; the screen stores only which rules it meets.

use leptos::prelude::*;
use postern_flow::reset::{Form, Screen, Trouble};
use postern_kit::browser;
use postern_kit::element::{Element, View, el, live, svg, when};
use postern_kit::parts::button::submit;
use postern_kit::parts::field::{error_unseen, field_box, typed as typed_into};
use postern_kit::parts::form::form;
use postern_kit::text::Text;
use postern_protocol::ChoosePassword;
use postern_protocol::password::{Check, Context, PasswordRules, Rule, Typed, checks};

use crate::desk::Desk;
use crate::parts::step::step_screen;
use crate::words::{Words, message};
use postern_protocol::decimal;

/// The minimum length that the page asks password managers to generate: a password that the person
/// does not type can be long.
const MADE_UP_LENGTH_MIN: u16 = 15;

pub(super) fn password(desk: Desk, step: ChoosePassword) -> View {
    let input = el("input");
    let is_visible = RwSignal::new(false);
    let first = StoredValue::new(step);
    // The last known step while the screen is removed.
    let step = move || {
        if let Screen::Password(step) = desk.wizard().screen() {
            step
        } else {
            first.get_value()
        }
    };
    let look = move |text: &str| {
        let wizard = desk.wizard();
        // Uses the judge's form of the identifier: the judge removes characters that were only
        // copied along.
        let identifier = wizard.attempt().map_or("", |attempt| &attempt.identifier);
        look_at(text, step().rules, identifier)
    };
    let typed = RwSignal::new(untrack(|| look("")));
    let is_refused = move || matches!(desk.wizard().trouble(), Some(Trouble::Judged(_)));
    let is_unknown = move || step().outcome_unknown && !is_refused();
    let unknown = move || {
        notice()
            .attr("role", "status")
            .say(message(Words::password_outcome_unknown))
    };
    let kept = move || notice().say(message(Words::password_gates_kept));
    let user_name = el("input")
        .class("postern-hidden")
        .attr("type", "text")
        .attr("name", "username")
        .attr("autocomplete", "username")
        .attr("readonly", "")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .live_attr("value", move || {
            Some(desk.wizard().identifier().to_owned().into())
        });
    let entry = entry(
        desk,
        &input,
        is_visible,
        first.with_value(|step| step.rules),
    )
    .on("input", {
        let input = input.clone();
        move |_| typed.set(untrack(|| look(&input.value())))
    });
    let read = move || {
        is_visible.set(false);
        Form::Password(input.value())
    };
    let form = form(move || desk.submit(read()))
        .child(user_name)
        .child(entry)
        .child(rules(desk, move || step().directory_rules, typed))
        .child(submit(
            desk,
            message(Words::password_set),
            message(Words::password_setting),
        ));
    let asked = [
        when(is_unknown, unknown),
        when(is_refused, kept),
        form.into(),
    ];
    step_screen(
        desk,
        "password",
        message(Words::password_title),
        Some(message(Words::password_hint)),
        asked,
    )
}

fn notice() -> Element {
    el("p").class("postern-notice")
}

/// The field itself, and the button that shows its content.
fn entry(desk: Desk, input: &Element, is_visible: RwSignal<bool>, rules: PasswordRules) -> Element {
    let words = desk.words();
    let id = desk.id("password");
    let length_min = decimal(rules.min_length.max(MADE_UP_LENGTH_MIN));
    let length_max = decimal(rules.max_length);
    let input = input
        .clone()
        .class("postern-input")
        .live_attr("type", move || {
            Some(if is_visible.get() { "text" } else { "password" }.into())
        })
        .attr("name", "new-password")
        .attr("autocomplete", "new-password")
        // Password managers read this attribute when they generate a password (Apple's
        // passwordrules; not in HTML).
        .attr(
            "passwordrules",
            &[
                "minlength: ",
                &length_min,
                "; maxlength: ",
                &length_max,
                "; allowed: ascii-printable;",
            ]
            .concat(),
        )
        .attr("enterkeyhint", "done")
        .attr("dir", "ltr");
    let input = typed_into(desk, input, &id, None, Some(desk.id("password-rules")));
    let pick = move |visible: fn(Words) -> String, hidden: fn(Words) -> String| {
        move || {
            if is_visible.get() {
                visible(words)
            } else {
                hidden(words)
            }
        }
    };
    let label = pick(Words::password_hide, Words::password_show);
    let show = el("button")
        .attr("type", "button")
        .class("postern-quiet postern-show")
        .attr("aria-controls", &id)
        .live_attr("aria-label", move || Some(label().into()))
        .on("click", move |_| {
            is_visible.set(!is_visible.get_untracked());
        })
        .say(Text::of(pick(
            Words::password_hide_short,
            Words::password_show_short,
        )));
    let status = Text::of(pick(Words::password_visible, Words::password_hidden));
    field_box(desk, &id)
        .child(
            el("label")
                .attr("for", &id)
                .say(message(Words::password_label)),
        )
        .child(error_unseen(desk, &id))
        .child(el("div").class("postern-password").child([input, show]))
        .child(
            el("p")
                .class("postern-hidden")
                .attr("role", "status")
                .say(status),
        )
}

/// The rules, each with its current state.
fn rules(
    desk: Desk,
    directory: impl Fn() -> bool + 'static,
    typed: RwSignal<Vec<Check>>,
) -> Element {
    let words = desk.words();
    let rows = move || {
        typed
            .get()
            .into_iter()
            .map(|check| rule(words, check))
            .collect::<View>()
    };
    let key = move || (words.language().tag, typed.get());
    // A rule that only the judge can check has no tick, whatever the person types.
    let later = |text| {
        let row = el("li").class("postern-rule").child(mark("M4 8h8"));
        row.say(message(text))
    };
    let of_directory = move || later(Words::password_rule_directory);
    el("div")
        .class("postern-rules")
        .id(&desk.id("password-rules"))
        .child(el("p").say(message(Words::password_rules_title)))
        .child(el("ul").child([
            live(key, rows),
            later(Words::password_rule_common).into(),
            when(directory, of_directory),
        ]))
}

fn rule(words: Words, check: Check) -> Element {
    let (class, path, met) = if check.met {
        (
            "postern-rule postern-rule-met",
            "M3 8.5 6.5 12 13 4.5",
            words.password_rule_met(),
        )
    } else {
        ("postern-rule", "M4 8h8", words.password_rule_open())
    };
    el("li")
        .class(class)
        .child(mark(path))
        .child(el("span").class("postern-hidden").text(&met).text(" "))
        .text(&rule_words(words, check.rule))
}

fn mark(path: &str) -> Element {
    svg("svg")
        .class("postern-rule-mark")
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", path))
}

fn rule_words(words: Words, rule: Rule) -> String {
    match rule {
        Rule::Length { min, max } => words.password_rule_length(max.into(), min.into()),
        Rule::AsciiOnly => words.password_rule_ascii(),
        Rule::Classes { required } => words.password_rule_classes(required.into()),
        Rule::NoIdentifier => words.password_rule_identifier(),
        // Only the judge knows these; the page has neither name.
        Rule::NoName | Rule::NoTenant => String::new(),
    }
}

/// Checks the text against the rules. The browser supplies the text in its different forms, because
/// it has the tables of Unicode.
fn look_at(typed: &str, rules: PasswordRules, identifier: &str) -> Vec<Check> {
    let composed = browser::compose(typed);
    let typed = Typed {
        composed: &composed,
        foldable: &browser::foldable(typed),
        classes: &browser::classes(&composed),
    };
    let identifier = browser::foldable(identifier);
    let who = Context {
        identifier: &identifier,
        ..Context::default()
    };
    checks(typed, &rules, &who)
}
