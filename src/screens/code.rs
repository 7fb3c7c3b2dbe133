//! Enter the code: one field that takes it however it is pasted, and a new code when there is need of one.

use leptos::prelude::*;
use postern_protocol::{EnterCode, Method};

use crate::app::Desk;
use crate::browser::{self, CodeFromText};
use crate::parts::button::{quiet, submit};
use crate::parts::element::{Element, View, effect, el, when};
use crate::parts::field::{Field, Kind};
use crate::parts::form::form;
use crate::parts::step::step as framed;
use crate::parts::text::{Text, message};
use crate::wizard::{Busy, Event, Form, Screen};
use crate::words::Words;

pub(super) fn code(desk: Desk, step: EnterCode) -> View {
    let words = desk.words();
    let input = el("input");
    let method = step.method;
    let first = StoredValue::new(step);
    // The last of it while the screen is being taken down.
    let step = move || {
        if let Screen::Code(step) = desk.wizard().screen() {
            step
        } else {
            first.get_value()
        }
    };
    if method == Method::MobileSms {
        fill_from_text(&input, step);
    }
    let title = message(match method {
        Method::AuthenticatorCode => Words::code_title_authenticator,
        Method::Email => Words::code_title_email,
        Method::MobileSms | Method::MobileCall | Method::OfficeCall | Method::Questions => {
            Words::code_title_text
        }
    });
    let lead = Text::of(move || {
        let step = step();
        let digits = step.length.digits().into();
        let hint = step.hint.unwrap_or_default();
        match method {
            Method::AuthenticatorCode => words.code_authenticator_hint(digits),
            Method::Email => words.code_sent_email(digits, &hint),
            Method::MobileSms | Method::MobileCall | Method::OfficeCall | Method::Questions => {
                words.code_sent_text(digits, &hint)
            }
        }
    });
    let busy = Text::of(move || match desk.wizard().busy() {
        Some(Busy::Sending(_)) => words.method_sending(),
        _ => words.code_checking(),
    });
    let field = Field {
        name: "code",
        label: message(Words::code_label),
        kind: Kind::CODE,
        value: "",
        explained_by_lead: true,
    }
    .view(desk, &input);
    let form = form(desk, move || Form::Code(input.value()))
        .child(field)
        .child(submit(desk, message(Words::wizard_continue), busy));
    let other = move || {
        quiet(message(Words::code_other_method), move || {
            desk.dispatch(Event::OtherMethod);
        })
    };
    let ways_out = el("div")
        .class("postern-ways-out")
        .child(resend(desk, step))
        .child(when(move || step().offers.len() > 1, other));
    framed(desk, "code", title, Some(lead), [form, ways_out])
}

/// Another code: offered once the cool-down is over, and until then a sentence that counts it down.
fn resend(desk: Desk, step: impl Fn() -> EnterCode + Copy + 'static) -> View {
    let words = desk.words();
    let clock = desk.clock();
    let wait = move || step().resend_at.map(|at| clock.seconds_until(at));
    let is_offered = move || wait() == Some(0);
    let offer = move || {
        quiet(message(Words::code_resend), move || {
            desk.dispatch(Event::Submitted(Form::Resend));
        })
    };
    let waits = move || wait().is_some_and(|seconds| seconds > 0);
    let waiting = move || {
        quiet_text(Text::of(move || {
            words.code_resend_in(wait().unwrap_or_default())
        }))
    };
    let expires = move || {
        step()
            .expires_at
            .map(|at| words.code_expires(&browser::format_time(words.language().tag, at)))
    };
    [
        when(
            move || step().expires_at.is_some(),
            move || quiet_text(Text::of(move || expires().unwrap_or_default())),
        ),
        when(is_offered, offer),
        when(waits, waiting),
    ]
    .into()
}

fn quiet_text(text: Text) -> Element {
    el("p").class("postern-quiet-text").say(text)
}

/// Lets the browser read the code out of the text message, where it can; the person still sends it.
fn fill_from_text(input: &Element, step: impl Fn() -> EnterCode + 'static) {
    let input = input.clone();
    let asking = StoredValue::new_local(None::<CodeFromText>);
    let mut last = None;
    effect(move || {
        // Again for each code that is sent.
        let expires = step().expires_at;
        if last.replace(expires) != Some(expires) {
            let input = input.clone();
            asking.set_value(Some(CodeFromText::ask(Box::new(move |code: String| {
                input.set_value(&code);
            }))));
        }
    });
}
